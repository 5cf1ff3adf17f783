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
		{"he", s.pronouns["he"][0], s.pronouns["he"][2], 0.86},
		{"she", s.pronouns["she"][0], s.pronouns["she"][2], 0.82},
		{"pairs of names, precision", s.same, s.found, 0.88},
		{"pairs of names, recall", s.same, s.asked, 0.76},
		{"kind", s.kinds[0], s.kinds[1], 0.82},
	} {
		if got := float64(f.right) / float64(f.of); got < f.floor {
			t.Errorf("%s: %.3f, below %.2f", f.name, got, f.floor)
		}
	}
}
