package main

import (
	"cmp"
	"math"
	"math/rand"
	"slices"

	"hearsay/linear"
	"hearsay/reading/checkworthy"
)

// point is one statement to learn from.
type point struct {
	features []int32
	share    float64 // how much each feature counts
	yes      bool
}

// logistic is a logistic regression, trained by AdaGrad (Duchi et al. 2011),
// whose weights are averaged over all steps.
type logistic struct {
	weights []float64
	squares []float64 // Σ of squared gradients
	sums    []float64 // Σ over steps of the weight, but for what happened since stamp
	stamps  []float64
	steps   float64
}

// options are how it is trained.
type options struct {
	epochs int
	rate   float64 // how far a step goes
	decay  float64 // how much of a weight each step takes back
	least  int     // how often a feature must occur to be learned
	most   int     // how many features are kept
	clip   float64 // the largest weight
	seed   int64
}

// train returns the averaged weights of n features, learned from points in an
// order that depends on the seed only.
func train(points []point, n int, o options) []float64 {
	l := logistic{weights: make([]float64, n), squares: make([]float64, n), sums: make([]float64, n), stamps: make([]float64, n)}
	rng := rand.New(rand.NewSource(o.seed))
	for range o.epochs {
		for _, k := range rng.Perm(len(points)) {
			l.step(&points[k], o)
		}
	}
	for f := range l.sums {
		l.sums[f] = (l.sums[f] + float64(l.weights[f]*(l.steps-l.stamps[f]))) / max(1, l.steps)
	}
	return l.sums
}

func (l *logistic) step(p *point, o options) {
	l.steps++
	wanted := 0.0
	if p.yes {
		wanted = 1
	}
	off := float64((chance(score(p, l.weights)) - wanted) * p.share)
	for _, f := range p.features {
		gradient := off + float64(o.decay*l.weights[f])
		l.sums[f] += float64(l.weights[f] * (l.steps - l.stamps[f]))
		l.stamps[f] = l.steps
		l.squares[f] += float64(gradient * gradient)
		l.weights[f] -= float64(o.rate * gradient / math.Sqrt(l.squares[f]+1))
	}
}

// score is what the weights give a point.
func score(p *point, weights []float64) float64 {
	sum := 0.0
	for _, f := range p.features {
		sum += weights[f]
	}
	return float64(sum * p.share)
}

// chance is the probability with these log-odds.
func chance(odds float64) float64 { return 1 / (1 + math.Exp(-odds)) }

// freeze makes a table of the o.most largest of the weights.
func freeze(features []linear.Feature, weights []float64, o options) ([]byte, error) {
	rows := make([]linear.Row, len(features))
	for n, f := range features {
		rows[n] = linear.Row{Feature: f, Weights: []float32{float32(weights[n])}}
	}
	slices.SortFunc(rows, func(a, b linear.Row) int {
		size := func(r linear.Row) float64 { return math.Abs(float64(r.Weights[0])) }
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a.Feature, b.Feature))
	})
	return linear.Freeze(rows[:min(o.most, len(rows))], 1, float32(o.clip))
}

// line returns the slope and the base of the log-odds over scores that make the
// answers most probable (Platt 1999), by Newton's method.
func line(answers []answer) (slope, base float64) {
	slope = 1
	for range 50 {
		var gs, gb, hss, hsb, hbb float64
		for _, a := range answers {
			p := chance(slope*a.score + base)
			off, w := p, p*(1-p)
			if a.yes {
				off--
			}
			gs += off * a.score
			gb += off
			hss += w * a.score * a.score
			hsb += w * a.score
			hbb += w
		}
		det := hss*hbb - hsb*hsb
		if det <= 0 {
			break
		}
		slope -= (gs*hbb - gb*hsb) / det
		base -= (gb*hss - gs*hsb) / det
	}
	return slope, base
}

// pointOf makes a point of an example whose features have these numbers.
func pointOf(x *example, numbers []int32, words int) point {
	return point{features: numbers, share: checkworthy.Share(words), yes: x.yes}
}
