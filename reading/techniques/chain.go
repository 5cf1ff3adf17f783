package techniques

import (
	"math"

	"hearsay/linear"
)

// chain is a linear-chain conditional random field over the words of a
// sentence (Lafferty, McCallum and Pereira 2001), of which the probability of
// each label at each word is asked.
type chain struct {
	table *linear.Table
	moves [chainLabels + 1][chainLabels]float64 // e to the weight of each label after each other, row 0 for the start
}

// lattice is what a chain needs to remember while it goes over a sentence.
type lattice struct {
	features []linear.Feature
	emit     []float64 // word × label
	ahead    []float64
	behind   [chainLabels]float64
}

// read writes the probability of each label of each word of sentence s to to, word × label.
func (c *chain) read(v *view, s int, w *lattice, to []float64) {
	x := v.d.Sentences[s]
	n := int(x.End - x.First)
	if cap(w.emit) < n*chainLabels {
		w.emit = make([]float64, 2*n*chainLabels)
		w.ahead = make([]float64, 2*n*chainLabels)
	}
	scale := float64(c.table.Scale())
	var sums [chainLabels]int32
	for i := range n {
		w.features = v.word(w.features[:0], x.First+int32(i), s)
		sums = [chainLabels]int32{}
		c.table.AddAll(w.features, sums[:])
		e := w.emit[i*chainLabels:][:chainLabels]
		for l := range e {
			e[l] = math.Exp(float64(sums[l]-sums[0]) * scale)
		}
	}
	for i := range n {
		e, a := w.emit[i*chainLabels:][:chainLabels], w.ahead[i*chainLabels:][:chainLabels]
		total := 0.0
		for l := range a {
			in := c.moves[0][l]
			if i > 0 {
				in = 0
				for k, p := range w.ahead[(i-1)*chainLabels:][:chainLabels] {
					in += p * c.moves[k+1][l]
				}
			}
			a[l] = in * e[l]
			total += a[l]
		}
		for l := range a {
			a[l] /= total
		}
	}
	for l := range w.behind {
		w.behind[l] = 1
	}
	for i := n - 1; i >= 0; i-- {
		a, out := w.ahead[i*chainLabels:][:chainLabels], to[i*chainLabels:][:chainLabels]
		total := 0.0
		for l := range out {
			out[l] = a[l] * w.behind[l]
			total += out[l]
		}
		for l := range out {
			out[l] /= total
		}
		if i == 0 {
			break
		}
		e := w.emit[i*chainLabels:][:chainLabels]
		var next [chainLabels]float64
		top := 0.0
		for k := range next {
			for l := range e {
				next[k] += c.moves[k+1][l] * e[l] * w.behind[l]
			}
			top = max(top, next[k])
		}
		for k := range next {
			w.behind[k] = next[k] / top
		}
	}
}
