package main

import (
	"math"
	"math/rand"

	"hearsay/learn"
	"hearsay/linear"
	"hearsay/reading/certainty"
)

// point is one event to learn from: its features, its label and how much it counts.
type point struct {
	features []int32
	label    float64
	weight   float64
}

// regressor is a linear model of one number, trained by AdaGrad (Duchi et al.
// 2011) on Huber's loss, whose weights are averaged over all steps. What lies
// beyond the scale's ends is no error, as scores are cut off there.
type regressor struct {
	index   learn.Index
	rate    float64
	huber   float64 // errors up to this count by their square, larger ones by their size
	weights []float64
	squares []float64 // Σ of squared gradients
	sums    []float64 // Σ over steps of the weight, but for what happened since stamp
	stamps  []float64
	steps   float64
}

// train goes over the points so many times, in an order that depends on the seed only.
func (r *regressor) train(points []point, epochs int, seed int64) {
	n := r.index.Len()
	r.weights, r.squares = make([]float64, n), make([]float64, n)
	r.sums, r.stamps = make([]float64, n), make([]float64, n)
	rng := rand.New(rand.NewSource(seed))
	for range epochs {
		for _, k := range rng.Perm(len(points)) {
			r.step(&points[k])
		}
	}
}

func (r *regressor) step(p *point) {
	r.steps++
	score := certainty.Base
	for _, f := range p.features {
		score += r.weights[f]
	}
	if score >= 3 && p.label >= 3 || score <= -3 && p.label <= -3 {
		return
	}
	gradient := p.weight * max(-1, min(1, (score-p.label)/r.huber))
	if gradient == 0 {
		return
	}
	for _, f := range p.features {
		r.sums[f] += float64(r.weights[f] * (r.steps - r.stamps[f]))
		r.stamps[f] = r.steps
		r.squares[f] += float64(gradient * gradient)
		r.weights[f] -= float64(r.rate * gradient / math.Sqrt(r.squares[f]+1))
	}
}

// rows are the features with their averaged weights.
func (r *regressor) rows() []linear.Row {
	rows := make([]linear.Row, 0, r.index.Len())
	for n, f := range r.index.Features() {
		w := (r.sums[n] + float64(r.weights[n]*(r.steps-r.stamps[n]))) / max(1, r.steps)
		rows = append(rows, linear.Row{Feature: f, Weights: []float32{float32(w)}})
	}
	return rows
}
