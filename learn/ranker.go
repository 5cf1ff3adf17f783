package learn

import (
	"math"
	"math/rand/v2"

	"hearsay/linear"
)

// List is one decision of a Ranker: choices with their features, what an
// earlier model scored them, and how good each is.
type List struct {
	Features []int32 // numbers from an Index, all choices one after another
	Ends     []int32 // where each choice's features end
	Base     []float64
	Reward   []float64
}

// Ranker chooses from lists by a log-linear model on top of an earlier
// model's scores, Trust·Base + w·features, trained to put its probability on
// the choices of the highest reward (AdaGrad, weights averaged).
type Ranker struct {
	Rate  float64 // learning rate, 0.1 when 0
	L2    float64
	Trust float64 // what the earlier model's scores are worth

	weights []param
	step    int32
}

// Train runs epochs over the lists in an order drawn from seed.
func (r *Ranker) Train(lists []List, features, epochs int, seed uint64, each func(epoch int, loss float64)) {
	if r.Rate == 0 {
		r.Rate = 0.1
	}
	r.weights = make([]param, features)
	trust := r.Trust
	order := make([]int, len(lists))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(seed, 2))
	var p []float64
	for e := range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var loss float64
		for _, i := range order {
			l := &lists[i]
			r.step++
			p = p[:0]
			top := math.Inf(-1)
			var from int32
			for k, end := range l.Ends {
				s := trust * (l.Base[k] - l.Base[0])
				for _, f := range l.Features[from:end] {
					s += float64(r.weights[f].w)
				}
				p = append(p, s)
				top, from = max(top, s), end
			}
			best := math.Inf(-1)
			for _, w := range l.Reward {
				best = max(best, w)
			}
			var sum, good float64
			for k := range p {
				p[k] = math.Exp(p[k] - top)
				sum += p[k]
				if l.Reward[k] >= best-1e-9 {
					good += p[k]
				}
			}
			loss -= math.Log(good/sum + 1e-300)
			from = 0
			for k, end := range l.Ends {
				g := p[k] / sum
				if l.Reward[k] >= best-1e-9 {
					g -= p[k] / (good + 1e-300)
				}
				if math.Abs(g) > 1e-5 {
					for _, f := range l.Features[from:end] {
						r.descend(&r.weights[f], g)
					}
				}
				from = end
			}
		}
		if each != nil {
			each(e+1, loss/float64(max(1, len(lists))))
		}
	}
	r.step++
	for i := range r.weights {
		r.average(&r.weights[i])
		r.weights[i].w = float32(r.weights[i].sum / float64(r.step))
	}
}

func (r *Ranker) average(p *param) {
	p.sum += float64(p.w) * float64(r.step-p.last)
	p.last = r.step
}

func (r *Ranker) descend(p *param, g float64) {
	r.average(p)
	g += r.L2 * float64(p.w)
	p.h += float32(g * g)
	p.w -= float32(r.Rate * g / math.Sqrt(float64(p.h)+1e-8))
}

// Rows returns the weights of every feature of the index.
func (r *Ranker) Rows(x *Index) []linear.Row {
	rows := make([]linear.Row, x.Len())
	for n, f := range x.Features() {
		rows[n] = linear.Row{Feature: f, Weights: []float32{r.weights[n].w}}
	}
	return rows
}
