package main

import (
	"math"
	"math/rand"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	const rows = "Sentence_id\tText\tclass_label\n" +
		"12\t\"Well, the \"\"Red Mill\"\" burned.\"\tNo\n" +
		"7\tThe guild spent 40 million crowns.\tYes\n" +
		"9\t#NAME?\tNo\n" +
		"cut short\n"
	xs, err := read(strings.NewReader(rows), "rows")
	if err != nil {
		t.Fatal(err)
	}
	if len(xs) != 2 || xs[0].number != 7 || !xs[0].yes || xs[1].yes || xs[1].doc.Text != `Well, the "Red Mill" burned.` {
		t.Errorf("read %d statements, %+v", len(xs), xs)
	}
	if _, err := read(strings.NewReader("head\nx\ttext\tYes\n"), "rows"); err == nil {
		t.Error("a statement without a number was read")
	}
}

func TestMeasure(t *testing.T) {
	m := measure([]answer{{2, true}, {1, false}, {0.5, true}, {-1, true}, {-3, false}})
	// In order: yes, no, yes, yes, no; three are above 0, two of them right.
	if want := (1 + 2.0/3 + 3.0/4) / 3; math.Abs(m.average-want) > 1e-9 {
		t.Errorf("average precision %v instead of %v", m.average, want)
	}
	if math.Abs(m.precision-2.0/3) > 1e-9 || math.Abs(m.recall-2.0/3) > 1e-9 || math.Abs(m.best-6.0/7) > 1e-9 {
		t.Errorf("%+v", m)
	}
}

// TestLine checks that scores which are twice the log-odds and off by one are put right.
func TestLine(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	var answers []answer
	for range 20000 {
		odds := rng.NormFloat64()
		answers = append(answers, answer{2*odds + 1, rng.Float64() < chance(odds)})
	}
	slope, base := line(answers)
	if math.Abs(slope-0.5) > 0.03 || math.Abs(base+0.5) > 0.05 {
		t.Errorf("slope %v and base %v instead of 0.5 and -0.5", slope, base)
	}
}

// TestTrain checks that what tells statements apart gets its weight, and what does not gets none.
func TestTrain(t *testing.T) {
	var points []point
	for i := range 400 {
		p := point{features: []int32{0}, share: 1, yes: i%2 == 0}
		if p.yes {
			p.features = append(p.features, 1)
		}
		points = append(points, p)
	}
	w := train(points, 3, options{epochs: 3, rate: 0.1, seed: 1})
	if w[1] < 0.5 || w[0] > 0 || w[2] != 0 {
		t.Errorf("weights %v", w)
	}
}
