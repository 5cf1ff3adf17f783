package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shared is where the research corpora lie, beside the repository.
const shared = "../../../../shared/data"

// TestAccuracy holds what was measured on half of what nothing was tuned on: one third of the
// Gun Violence Archive's incidents, with their articles alone, so that it is quick. docs/accuracy.md has the
// figures of the whole, which the command measures.
func TestAccuracy(t *testing.T) {
	folder := filepath.Join(shared, "gva")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("SKIPPED: how incidents are gathered is not measured; the Gun Violence Archive is not in ", folder)
	}
	g, err := loadArchive(folder)
	if err != nil {
		t.Fatal(err)
	}
	half := func(incident string) bool { return third(incident) == 1 }
	g.articles = slices.DeleteFunc(g.articles, func(a *listed) bool { return !half(a.Incident) })
	records, err := g.records("")
	if err != nil {
		t.Fatal(err)
	}
	found, err := gather(records)
	if err != nil {
		t.Fatal(err)
	}
	m := g.measure(found, half)
	for _, f := range []struct {
		name       string
		got, least float64
	}{
		{"B-cubed precision", m.precision.of(), 0.98},
		{"B-cubed F1", m.f1(), 0.918},
		{"killed", m.killed.of(), 0.82},
		{"wounded", m.wounded.of(), 0.72},
		{"day", m.date.of(), 0.70},
	} {
		if f.got < f.least {
			t.Errorf("%s %.4f, was at least %.4f", f.name, f.got, f.least)
		}
		t.Logf("%s %.4f", f.name, f.got)
	}
}

func TestAccuracyOnOtherNews(t *testing.T) {
	folder := filepath.Join(shared, "ecbplus")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("SKIPPED: how incidents are gathered is not measured; ECB+ is not in ", folder)
	}
	var b strings.Builder
	m, err := ecb(&b, folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(b.String())
	if m.precision.of() < 0.86 || m.f1() < 0.58 {
		t.Errorf("B-cubed precision %.4f and F1 %.4f, were at least 0.86 and 0.58", m.precision.of(), m.f1())
	}
}
