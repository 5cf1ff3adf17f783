package learn_test

import (
	"testing"

	"hearsay/learn"
	"hearsay/linear"
)

func feature(n uint32) linear.Feature { return linear.Join(1, n, 0, 0) }

func TestPerceptronAverages(t *testing.T) {
	p := learn.Perceptron{Labels: 2}
	p.Tick()
	p.Update([]linear.Feature{feature(1)}, 1, 2) // for three of the four steps
	p.Tick()
	p.Tick()
	p.Tick()
	p.Update([]linear.Feature{feature(1)}, 0, 5) // for none
	rows := p.Averaged()
	if len(rows) != 1 || rows[0].Weights[0] != 0 || rows[0].Weights[1] != 1.5 {
		t.Errorf("got %v, want one row of 0 and 1.5", rows)
	}
	scores := make([]float32, 2)
	p.Score([]linear.Feature{feature(1), feature(2)}, scores)
	if scores[0] != 5 || scores[1] != 2 {
		t.Errorf("scores %v, want 5 and 2", scores)
	}
}

func TestPerceptronLeavesRareFeaturesOut(t *testing.T) {
	p := learn.Perceptron{Labels: 1, MinUpdates: 2}
	p.Tick()
	p.Update([]linear.Feature{feature(1), feature(2)}, 0, 1)
	p.Update([]linear.Feature{feature(1)}, 0, 1)
	p.Tick()
	scores := make([]float32, 1)
	p.Score([]linear.Feature{feature(1), feature(2)}, scores)
	if scores[0] != 2 {
		t.Errorf("score %v, want 2 of the feature that was updated twice", scores[0])
	}
	if rows := p.Averaged(); len(rows) != 1 || rows[0].Feature != feature(1) {
		t.Errorf("averaged %v", rows)
	}
}

func TestPerceptronRestrict(t *testing.T) {
	p := learn.Perceptron{Labels: 1}
	p.Restrict([]linear.Row{{Feature: feature(2)}})
	p.Tick()
	p.Update([]linear.Feature{feature(1), feature(2)}, 0, 1)
	p.Tick()
	rows := p.Averaged()
	if len(rows) != 1 || rows[0].Feature != feature(2) || rows[0].Weights[0] != 0.5 {
		t.Errorf("got %v, want feature 2 alone", rows)
	}
}

func TestLargest(t *testing.T) {
	rows := func() []linear.Row {
		return []linear.Row{{Feature: 1, Weights: []float32{1, -1}}, {Feature: 2, Weights: []float32{0, 1}}, {Feature: 3, Weights: []float32{-3, 0}}, {Feature: 4, Weights: []float32{1, 0}}}
	}
	for n, want := range map[int][]linear.Feature{0: {}, 2: {1, 3}, 3: {1, 2, 3}, 9: {1, 2, 3, 4}} {
		got := learn.Largest(rows(), n)
		if len(got) != len(want) {
			t.Errorf("Largest %d: %v", n, got)
			continue
		}
		for i, r := range got {
			if r.Feature != want[i] {
				t.Errorf("Largest %d: feature %d is %d, want %d", n, i, r.Feature, want[i])
			}
		}
	}
}
