package main

import (
	"os"
	"testing"
)

// The floors are a little below what was measured when they were set, on
// bare text.
func TestAccuracy(t *testing.T) {
	const path = "../../../../shared/data/gum/dev.conllu.gz"
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED, nothing was measured: %v", err)
	}
	m, err := measure(path, []string{"news", "interview", "speech", "bio", "court"}, false)
	if err != nil {
		t.Fatal(err)
	}
	s := &m.detail
	for _, f := range []struct {
		name      string
		right, of int
		floor     float64
	}{
		{"he", s.pronouns["he"][0], s.pronouns["he"][2], 0.90},
		{"she", s.pronouns["she"][0], s.pronouns["she"][2], 0.87},
		{"pairs of names, precision", s.same, s.found, 0.95},
		{"pairs of names, recall", s.same, s.asked, 0.84},
		{"kind", s.kinds[0], s.kinds[1], 0.81},
	} {
		if got := float64(f.right) / float64(f.of); got < f.floor {
			t.Errorf("%s: %.3f, below %.2f", f.name, got, f.floor)
		}
	}
	// Ours and the baseline's were 0.66 and 0.37 on these documents.
	if got := m.listed[0].CoNLL(); got < 0.64 || got < m.listed[1].CoNLL()+0.2 {
		t.Errorf("CoNLL F1 of people, organisations and places: %.3f, the baseline's %.3f", got, m.listed[1].CoNLL())
	}
}
