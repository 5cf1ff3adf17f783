package main

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"hearsay/ledger"
	"hearsay/reading/certainty"
)

// sentences are a training set of our own in the data's form.
const sentences = `{"text":"The guild burned the mill .","targets":[{"span1":[2,3],"label":3}]}
{"text":"The guild may burn the mill .","targets":[{"span1":[3,4],"label":1}]}
{"text":"The guild did not burn the mill .","targets":[{"span1":[4,5],"label":-3}]}
{"text":"Varn sold the boat .","targets":[{"span1":[1,2],"label":3}]}
{"text":"Varn may sell the boat .","targets":[{"span1":[2,3],"label":1}]}
{"text":"Varn did not sell the boat .","targets":[{"span1":[3,4],"label":-2.8}]}
{"text":"The mayor said the ferry sank .","targets":[{"span1":[2,3],"label":3},{"span1":[5,6],"label":2.8}]}
`

func examples(t *testing.T) []example {
	t.Helper()
	xs, err := read(strings.NewReader(sentences), "sentences")
	if err != nil {
		t.Fatal(err)
	}
	return xs
}

func TestRead(t *testing.T) {
	xs := examples(t)
	if len(xs) != 7 {
		t.Fatalf("%d sentences", len(xs))
	}
	var got []string
	for _, x := range xs {
		for _, e := range x.events {
			got = append(got, x.doc.Form(e.token))
		}
	}
	if want := "burned burn burn sold sell sell said sank"; strings.Join(got, " ") != want {
		t.Errorf("events %q instead of %q", got, want)
	}
	if e := xs[6].events[1]; e.claim < 0 || !xs[6].ledger.Claims[e.claim].Attributed() {
		t.Errorf("the event in what the mayor said is in claim %d", e.claim)
	}
	if _, err := read(strings.NewReader(`{"text":"It fell","targets":[{"span1":[1,3],"label":3}]}`), "bad"); err == nil {
		t.Error("an event beyond the sentence was read")
	}
}

// TestTrain checks that training gives the same bytes each time, and that they
// tell what was learned.
func TestTrain(t *testing.T) {
	sets := []set{{name: "ours", weight: 1, train: examples(t)}}
	o := options{epochs: 20, seed: 1, least: 1, rate: 0.1, huber: 0.2}
	first, err := train(sets, o)
	if err != nil {
		t.Fatal(err)
	}
	again, err := train([]set{{name: "ours", weight: 1, train: examples(t)}}, o)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Fatal("two trainings on the same sentences differ")
	}
	model, err := certainty.Open(string(first))
	if err != nil {
		t.Fatal(err)
	}
	scores := []float64{}
	for _, x := range sets[0].train[:3] {
		r := certainty.Reader{Model: model}
		r.Read(x.doc, x.tree, x.ledger)
		scores = append(scores, x.ledger.Claims[0].Certainty.Score)
	}
	if !(scores[0] > scores[1] && scores[1] > 0 && scores[2] < 0) {
		t.Errorf("scores %v of what is so, may be so and is not so", scores)
	}
}

func TestMeasure(t *testing.T) {
	if mae, r := measure([]float64{3, 1, -1}, []float64{2, 1, 0}); math.Abs(mae-2.0/3) > 1e-12 || math.Abs(r-1) > 1e-12 {
		t.Errorf("mean absolute error %v, r %v", mae, r)
	}
	if mae, r := measure([]float64{3, 1}, []float64{3, 3}); mae != 1 || r != 0 {
		t.Errorf("mean absolute error %v, r %v of one answer for all", mae, r)
	}
}

func TestInnermost(t *testing.T) {
	piece := func(a, b int) []ledger.Piece { return []ledger.Piece{{Span: ledger.Span{Start: a, End: b}}} }
	l := &ledger.Ledger{Claims: []ledger.Claim{{Content: piece(0, 20)}, {Content: piece(5, 12)}}}
	for _, c := range []struct{ start, end, want int }{{6, 8, 1}, {2, 4, 0}, {10, 14, 0}, {18, 22, -1}} {
		if got := innermost(l, c.start, c.end); got != c.want {
			t.Errorf("[%d, %d) is in claim %d instead of %d", c.start, c.end, got, c.want)
		}
	}
}
