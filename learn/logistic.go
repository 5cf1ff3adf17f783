package learn

import (
	"math"
	"math/rand/v2"

	"hearsay/linear"
)

// Logistic is a logistic regression of several labels at once, each by itself,
// over the same features, trained by AdaGrad (Duchi, Hazan and Singer 2011)
// one example at a time, with a lazy L1 penalty. Weights are averaged.
type Logistic struct {
	Labels int
	Rate   float64 // learning rate, 0.1 when 0
	L1, L2 float64 // penalties for each step

	crf CRF // the weights and their steps
}

// Example is one training example: its features' numbers from an Index, and
// what is true of it.
type Example struct {
	Features []int32
	Right    []bool // one a label
}

// Train runs epochs over the examples in an order drawn from seed. features is
// the number of features.
func (g *Logistic) Train(data []Example, features, epochs int, seed uint64) {
	L := g.Labels
	c := &g.crf
	c.Labels, c.Rate, c.L1, c.L2 = L, g.Rate, g.L1, g.L2
	if c.Rate == 0 {
		c.Rate = 0.1
	}
	c.weights, c.moves = make([]param, features*L), nil
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	sums := make([]float64, L)
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, at := range order {
			x := &data[at]
			c.step++
			clear(sums)
			for _, f := range x.Features {
				w := c.weights[int(f)*L : int(f)*L+L]
				for l := range w {
					c.shrink(&w[l])
					sums[l] += float64(w[l].w)
				}
			}
			for l, sum := range sums {
				gradient := 1 / (1 + math.Exp(-sum))
				if x.Right[l] {
					gradient--
				}
				if gradient > -1e-3 && gradient < 1e-3 {
					continue
				}
				for _, f := range x.Features {
					c.descend(&c.weights[int(f)*L+l], gradient)
				}
			}
		}
	}
	c.settle()
}

// Rows returns the weights of every feature of the index.
func (g *Logistic) Rows(x *Index) []linear.Row { return g.crf.Rows(x) }
