package main

import (
	"math"
	"testing"

	"hearsay/corpus/incidents"
)

func TestMeasure(t *testing.T) {
	g := &archive{order: []string{"1", "2"}, incidents: map[string]*recorded{
		"1": {ID: "1", Date: "2031-05-01", Killed: 2}, "2": {ID: "2", Date: "2031-05-02", Injured: 1},
	}, articles: []*listed{{ID: "a", Incident: "1"}, {ID: "b", Incident: "1"}, {ID: "c", Incident: "2"}, {ID: "d", Incident: "2"}}}
	found := []*incidents.Incident{
		{Articles: []string{"a"}, Date: "2031-05-04"}, // counts only where no larger one has the article
		{Articles: []string{"a", "b", "c"}, Date: "2031-05-01", Killed: &incidents.Toll{Best: 2}},
	}
	m := g.measure(found, func(string) bool { return true })
	// a, b, c are together and d is alone: a and b have two of three right, c one of three.
	if p, r := m.precision.of(), m.recall.of(); math.Abs(p-(2.0/3+2.0/3+1.0/3+1)/4) > 1e-9 || math.Abs(r-(1+1+0.5+0.5)/4) > 1e-9 {
		t.Errorf("precision %v recall %v", p, r)
	}
	if m.killed.of() != 0.5 || m.wounded.of() != 0.5 || m.date.of() != 0.5 {
		t.Errorf("killed %v wounded %v date %v, want a half each", m.killed.of(), m.wounded.of(), m.date.of())
	}
}

func TestFitTellsPairsApart(t *testing.T) {
	var pairs []pair
	for i := range 40 {
		pairs = append(pairs, pair{[]int{i % 2, 2 + i%3}, i%2 == 0})
	}
	w := fit(pairs)
	if at := func(f int) float32 { return weight(w, f) }; at(0) < 1 || at(1) > -1 || math.Abs(float64(at(3))) > 1 {
		t.Errorf("weights %v %v %v", at(0), at(1), at(3))
	}
}

func TestPlain(t *testing.T) {
	if got, want := plain([]string{"The", "ferry", "'s", "crew", "(", "nine", ")", "left", ",", "he", "said", "."}), "The ferry's crew (nine) left, he said."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
