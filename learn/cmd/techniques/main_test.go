package main

import (
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"hearsay/learn/analysis"
	"hearsay/ledger"
)

// TestMeasure checks the arithmetic on a small answer, by hand: of the first
// span found half is right and of the second nothing, of the wanted one half is found.
func TestMeasure(t *testing.T) {
	found := []span{{ledger.LoadedLanguage, 0, 10}, {ledger.Doubt, 20, 30}}
	wanted := []span{{ledger.LoadedLanguage, 5, 15}, {ledger.Slogans, 22, 26}}
	var s scores
	s.add(found, wanted)
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"labels' precision", s.labels.precision(), 0.25},
		{"labels' recall", s.labels.recall(), 0.25},
		{"spans' precision", s.spans.precision(), (0.5 + 0.4) / 2},
		{"spans' recall", s.spans.recall(), (0.5 + 1) / 2},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s: %v instead of %v", c.name, c.got, c.want)
		}
	}
	if m := merged([]span{{ledger.Doubt, 4, 9}, {ledger.Slogans, 0, 4}, {ledger.Doubt, 12, 14}}); len(m) != 2 || m[0] != (span{Start: 0, End: 9}) {
		t.Errorf("merged into %v", m)
	}
}

// TestMeasureIsTheScorers compares the arithmetic with that of the scorer that
// lies beside the research data.
func TestMeasureIsTheScorers(t *testing.T) {
	const scoring = "../../../../shared/scoring"
	if _, err := os.Stat(scoring + "/techniques.py"); err != nil {
		t.Skipf("NOT MEASURED, the scorer is not here: %v", err)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("NOT MEASURED, the scorer needs Python: %v", err)
	}
	out, err := exec.Command(python, "-B", "-c", `
import sys
sys.path.insert(0, "`+scoring+`")
from techniques import measure, merged
pred = [("Doubt", 0, 12), ("Loaded_Language", 3, 6), ("Loaded_Language", 20, 31), ("Slogans", 40, 50)]
gold = [("Doubt", 5, 20), ("Loaded_Language", 2, 5), ("Loaded_Language", 25, 28), ("Loaded_Language", 29, 45)]
print(measure([(pred, gold)])["f1"], measure([(merged(pred), merged(gold))])["f1"])`).Output()
	if err != nil {
		t.Fatal(err)
	}
	var s scores
	s.add([]span{{ledger.Doubt, 0, 12}, {ledger.LoadedLanguage, 3, 6}, {ledger.LoadedLanguage, 20, 31}, {ledger.Slogans, 40, 50}},
		[]span{{ledger.Doubt, 5, 20}, {ledger.LoadedLanguage, 2, 5}, {ledger.LoadedLanguage, 25, 28}, {ledger.LoadedLanguage, 29, 45}})
	for i, field := range strings.Fields(string(out)) {
		want, err := strconv.ParseFloat(field, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got := []float64{s.labels.f1(), s.spans.f1()}[i]; math.Abs(got-want) > 1e-4 {
			t.Errorf("F1 %v, the scorer says %v", got, want)
		}
	}
}

// TestFit finds the weights of chances that are known.
func TestFit(t *testing.T) {
	var points []point
	for range 3 {
		points = append(points, point{[]float32{1, 1}, 1})
	}
	points = append(points, point{[]float32{1, 1}, 0}, point{[]float32{1, 0}, 1}, point{[]float32{1, 0}, 0})
	w := fit(points, 0)
	if p, q := chance(w, []float32{1, 1}), chance(w, []float32{1, 0}); math.Abs(p-0.75) > 1e-3 || math.Abs(q-0.5) > 1e-3 {
		t.Errorf("chances %v and %v instead of 0.75 and 0.5", p, q)
	}
}

func TestRead(t *testing.T) {
	p, err := analysis.New()
	if err != nil {
		t.Fatal(err)
	}
	x, err := read(p, &row{ID: "a", Text: "Évil lies fell.", Spans: []gold{{ledger.LoadedLanguage, 0, 9}}})
	if err != nil {
		t.Fatal(err)
	}
	if g := x.Gold[0]; x.Doc.Text[g.Start:g.End] != "Évil lies" {
		t.Errorf("the span is %q", x.Doc.Text[g.Start:g.End])
	}
	if labels := wordLabels(&x); labels[0] != 1 || labels[1] != 1 || labels[2] != 0 {
		t.Errorf("labels %v", labels)
	}
	if _, err := read(p, &row{ID: "b", Text: "It fell.", Spans: []gold{{ledger.Doubt, 3, 99}}}); err == nil {
		t.Error("a span beyond the text was read")
	}
}

// TestCopiesShareAFold divides articles of which two are nearly one.
func TestCopiesShareAFold(t *testing.T) {
	p, err := analysis.New()
	if err != nil {
		t.Fatal(err)
	}
	story := strings.Repeat("The miller of Varnholt sold four boats to the ferry company on the Lenne and bought a barn behind the old tannery with the money that was left. ", 3)
	var xs []example
	for i, s := range []string{"Ostmark elects a mayor in May after two years without one, the clerk of the council said.", story, "A bridge was shut.", "He ran. " + story} {
		x, err := read(p, &row{ID: strconv.Itoa(i), Text: s})
		if err != nil {
			t.Fatal(err)
		}
		xs = append(xs, x)
	}
	divide(xs, 3)
	if xs[1].fold != xs[3].fold {
		t.Errorf("copies are in folds %d and %d", xs[1].fold, xs[3].fold)
	}
	if xs[0].fold == xs[1].fold && xs[1].fold == xs[2].fold {
		t.Error("all are in one fold")
	}
}
