// Package boost learns sums of oblivious trees, in which all nodes of a level
// ask the same question, by gradient boosting: for the order of a list
// (LambdaMART, Burges 2010) or for a probability.
package boost

import (
	"cmp"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Row is one example.
type Row struct {
	Features []float32
	Right    bool
}

// Options are how trees are learned.
type Options struct {
	Trees, Depth int
	Rate         float64
	Ridge        float64 // added to each leaf's sum of second derivatives
	Least        float64 // the least such sum of a leaf that a question may make
	Sample       float64 // the part of the features that each tree may ask about
	Without      []int   // features that no tree may ask about
	Cut          int     // for the order of lists: the place down to which it counts
	Ranking      bool
	Seed         uint64
	Each         func(trees int) // told after each tree, if not nil
}

// Tree is one of the trees. Its leaf's number has bit k set where the feature
// of level k is greater than the threshold.
type Tree struct {
	Features   []int
	Thresholds []float32
	Leaves     []float32
}

// Model is a sum of trees.
type Model struct {
	Base  float64
	Trees []Tree
}

// Score returns the sum of the trees' leaves for an example.
func (m *Model) Score(f []float32) float64 {
	sum := m.Base
	for i := range m.Trees {
		t := &m.Trees[i]
		leaf := 0
		for k, at := range t.Features {
			if f[at] > t.Thresholds[k] {
				leaf |= 1 << k
			}
		}
		sum += float64(t.Leaves[leaf])
	}
	return sum
}

const bins = 64

// Learn learns trees from lists of rows; each list is what was found for one query.
func Learn(lists [][]Row, o Options) *Model {
	var rows []*Row
	var begins []int
	for _, l := range lists {
		begins = append(begins, len(rows))
		for i := range l {
			rows = append(rows, &l[i])
		}
	}
	begins = append(begins, len(rows))
	l := &learner{o: o, rows: rows, begins: begins, n: len(rows), r: rand.New(rand.NewPCG(o.Seed, 1))}
	l.bin(len(rows[0].Features))
	return l.learn()
}

type learner struct {
	o      Options
	rows   []*Row
	begins []int
	n      int
	r      *rand.Rand

	edges  [][]float32 // of the bins of each feature
	binned [][]uint8   // by feature

	scores, g, h []float64
	leaf         []uint8
}

func (l *learner) bin(features int) {
	l.edges, l.binned = make([][]float32, features), make([][]uint8, features)
	values := make([]float32, l.n)
	for f := range features {
		for i, r := range l.rows {
			values[i] = r.Features[f]
		}
		slices.Sort(values)
		distinct := slices.Compact(slices.Clone(values))
		var edges []float32
		if len(distinct) <= bins {
			for i := range len(distinct) - 1 {
				edges = append(edges, (distinct[i]+distinct[i+1])/2)
			}
		} else {
			for i := 1; i < bins; i++ {
				edges = append(edges, values[i*l.n/bins])
			}
			edges = slices.Compact(edges)
		}
		l.edges[f] = edges
		l.binned[f] = make([]uint8, l.n)
		for i, r := range l.rows {
			at, _ := slices.BinarySearchFunc(edges, r.Features[f], func(e, v float32) int {
				if e < v {
					return -1
				}
				return 1
			})
			l.binned[f][i] = uint8(at)
		}
	}
}

func (l *learner) learn() *Model {
	m := &Model{}
	l.scores, l.g, l.h, l.leaf = make([]float64, l.n), make([]float64, l.n), make([]float64, l.n), make([]uint8, l.n)
	if !l.o.Ranking {
		right := 0.0
		for _, r := range l.rows {
			if r.Right {
				right++
			}
		}
		m.Base = math.Log(right / (float64(l.n) - right))
		for i := range l.scores {
			l.scores[i] = m.Base
		}
	}
	for len(m.Trees) < l.o.Trees {
		if l.o.Ranking {
			l.lambdas()
		} else {
			l.logistic()
		}
		t := l.tree()
		m.Trees = append(m.Trees, t)
		for i := range l.scores {
			l.scores[i] += float64(t.Leaves[l.leaf[i]])
		}
		if l.o.Each != nil {
			l.o.Each(len(m.Trees))
		}
	}
	return m
}

func (l *learner) logistic() {
	for i, r := range l.rows {
		p := 1 / (1 + math.Exp(-l.scores[i]))
		l.g[i], l.h[i] = -p, p*(1-p)
		if r.Right {
			l.g[i] = 1 - p
		}
	}
}

// lambdas are the derivatives of how far the right ones come before the others,
// each pair by what its exchange would change in mean reciprocal rank.
func (l *learner) lambdas() {
	clear(l.g)
	clear(l.h)
	var order []int
	for q := range len(l.begins) - 1 {
		from, to := l.begins[q], l.begins[q+1]
		order = order[:0]
		for i := from; i < to; i++ {
			order = append(order, i)
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.scores[b], l.scores[a]) })
		gain := func(place int) float64 {
			if place >= l.o.Cut {
				return 0.25 / float64(place+1)
			}
			return 1 / float64(place+1)
		}
		for pi, i := range order {
			if !l.rows[i].Right {
				continue
			}
			for pj, j := range order {
				if l.rows[j].Right {
					continue
				}
				delta := math.Abs(gain(pi) - gain(pj))
				rho := 1 / (1 + math.Exp(l.scores[i]-l.scores[j]))
				g, h := rho*delta, rho*(1-rho)*delta
				l.g[i] += g
				l.g[j] -= g
				l.h[i] += h
				l.h[j] += h
			}
		}
	}
}

// tree learns one tree and leaves in l.leaf which leaf each row falls in.
func (l *learner) tree() Tree {
	var t Tree
	clear(l.leaf)
	features := slices.DeleteFunc(l.r.Perm(len(l.edges)), func(f int) bool { return slices.Contains(l.o.Without, f) })
	features = features[:max(1, int(l.o.Sample*float64(len(features))))]
	slices.Sort(features)
	type sums [2]float64
	for level := range l.o.Depth {
		leaves := 1 << level
		type choice struct {
			gain float64
			bin  int
		}
		choices := make([]choice, len(features))
		var group sync.WaitGroup
		next := make(chan int, len(features))
		for i := range features {
			next <- i
		}
		close(next)
		for range min(2, runtime.GOMAXPROCS(0)) {
			group.Go(func() {
				hist := make([]sums, leaves*bins)
				for fi := range next {
					f := features[fi]
					clear(hist)
					for i, b := range l.binned[f] {
						s := &hist[int(l.leaf[i])*bins+int(b)]
						s[0] += l.g[i]
						s[1] += l.h[i]
					}
					best := choice{bin: -1}
					gains := make([]float64, len(l.edges[f]))
					for leaf := range leaves {
						row := hist[leaf*bins:][:bins]
						var all sums
						for _, s := range row {
							all[0] += s[0]
							all[1] += s[1]
						}
						none := all[0] * all[0] / (all[1] + l.o.Ridge)
						var low sums
						for b := range gains {
							low[0] += row[b][0]
							low[1] += row[b][1]
							high := sums{all[0] - low[0], all[1] - low[1]}
							if low[1] < l.o.Least || high[1] < l.o.Least {
								continue
							}
							gains[b] += low[0]*low[0]/(low[1]+l.o.Ridge) + high[0]*high[0]/(high[1]+l.o.Ridge) - none
						}
					}
					for b, g := range gains {
						if g > best.gain {
							best = choice{g, b}
						}
					}
					choices[fi] = best
				}
			})
		}
		group.Wait()
		best := -1
		for i, c := range choices {
			if c.bin >= 0 && (best < 0 || c.gain > choices[best].gain) {
				best = i
			}
		}
		if best < 0 || choices[best].gain <= 0 {
			break
		}
		f, bin := features[best], choices[best].bin
		t.Features = append(t.Features, f)
		t.Thresholds = append(t.Thresholds, l.edges[f][bin])
		for i, b := range l.binned[f] {
			if int(b) > bin {
				l.leaf[i] |= 1 << level
			}
		}
	}
	all := make([]sums, 1<<len(t.Features))
	for i, leaf := range l.leaf {
		all[leaf][0] += l.g[i]
		all[leaf][1] += l.h[i]
	}
	for _, s := range all {
		t.Leaves = append(t.Leaves, float32(l.o.Rate*s[0]/(s[1]+l.o.Ridge)))
	}
	return t
}
