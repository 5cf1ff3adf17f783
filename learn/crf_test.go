package learn

import (
	"math"
	"slices"
	"testing"

	"hearsay/linear"
)

// feature makes a feature of our own for tests.
func feature(template, value uint32) linear.Feature { return linear.Join(template, value, 0, 0) }

// TestCRFLearnsFromNeighbours gives the model a task that no position's own
// features solve: the label after label 1 is 2, else 0.
func TestCRFLearnsFromNeighbours(t *testing.T) {
	var set Set
	for n := range 60 {
		for i := range 10 {
			switch {
			case i%5 == n%5:
				set.Add([]linear.Feature{feature(1, 1)}, 1)
			case i > 0 && (i-1)%5 == n%5:
				set.Add([]linear.Feature{feature(1, 0)}, 2)
			default:
				set.Add([]linear.Feature{feature(1, 0)}, 0)
			}
		}
		set.EndSequence()
	}
	c := CRF{Labels: 3, Allowed: func(from, to int) bool { return to != 2 || from == 1 }}
	var losses []float64
	c.Train(set.Sequences, set.Index.Len(), 10, 1, func(_ int, loss float64) { losses = append(losses, loss) })
	if first, last := losses[0], losses[9]; !(last < first/2) || last < 0 {
		t.Errorf("the loss went from %v to %v", first, last)
	}
	m := c.Moves()
	if !math.IsInf(float64(m[0][2]), -1) || !math.IsInf(float64(m[1][2]), -1) {
		t.Error("a move that is not allowed has a weight")
	}
	if m[2][2] <= m[2][0] {
		t.Errorf("after 1 comes 2: moves %v", m[2])
	}
}

func TestCRFIsReproducible(t *testing.T) {
	train := func(seed uint64) []linear.Row {
		var set Set
		for n := range uint32(30) {
			for i := range uint32(4) {
				set.Add([]linear.Feature{feature(1, n*i%7), feature(2, i)}, uint8(n*i%7%2))
			}
			set.EndSequence()
		}
		c := CRF{Labels: 2, L1: 1e-4}
		c.Train(set.Sequences, set.Index.Len(), 3, seed, nil)
		return c.Rows(&set.Index)
	}
	same := func(a, b []linear.Row) bool {
		return slices.EqualFunc(a, b, func(x, y linear.Row) bool { return x.Feature == y.Feature && slices.Equal(x.Weights, y.Weights) })
	}
	if !same(train(1), train(1)) {
		t.Error("the same seed gave other weights")
	}
	if same(train(1), train(2)) {
		t.Error("another seed gave the same weights: the order is not drawn from it")
	}
}

func TestCRFPenaltyDropsWhatDoesNotPay(t *testing.T) {
	var set Set
	for n := range uint32(200) {
		set.Add([]linear.Feature{feature(1, n%2), feature(2, n)}, uint8(n%2))
		set.EndSequence()
	}
	c := CRF{Labels: 2, L1: 0.05}
	c.Train(set.Sequences, set.Index.Len(), 5, 1, nil)
	kept := 0
	for _, r := range c.Rows(&set.Index) {
		if r.Weights[0] != 0 || r.Weights[1] != 0 {
			kept++
		}
	}
	if kept > 20 {
		t.Errorf("%d of 202 features kept, where 2 tell all", kept)
	}
}

func TestSetPrune(t *testing.T) {
	var set Set
	set.Add([]linear.Feature{feature(1, 1), feature(1, 2)}, 0)
	set.Add([]linear.Feature{feature(1, 3), feature(1, 1)}, 1)
	set.EndSequence()
	set.Prune(2)
	if got := set.Index.Features(); !slices.Equal(got, []linear.Feature{feature(1, 1)}) {
		t.Fatalf("kept %v", got)
	}
	q := set.Sequences[0]
	for i := range 2 {
		if got := q.At(i); !slices.Equal(got, []int32{0}) {
			t.Errorf("position %d has features %v", i, got)
		}
	}
}

func TestRankerLearnsOverBase(t *testing.T) {
	var x Index
	good, bad := x.Add(feature(1, 1)), x.Add(feature(1, 2))
	var lists []List
	for range 50 { // the earlier model prefers the first choice, the reward the second
		lists = append(lists, List{Features: []int32{bad, good}, Ends: []int32{1, 2}, Base: []float64{2, 0}, Reward: []float64{0, 1}})
	}
	r := Ranker{Trust: 0.5}
	r.Train(lists, x.Len(), 10, 1, nil)
	rows := r.Rows(&x)
	if gain := rows[good].Weights[0] - rows[bad].Weights[0]; gain <= 1 {
		t.Errorf("the features gained %v over a base of %v", gain, 0.5*2)
	}
}
