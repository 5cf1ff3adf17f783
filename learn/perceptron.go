package learn

import "hearsay/linear"

// Perceptron is a multi-class averaged perceptron over hashed features
// (Collins 2002). Give it its number of labels before use.
type Perceptron struct {
	Labels int
	// A feature counts only once it has been part of so many updates, those on
	// both sides of a wrong choice counted apart: what was seen once or twice
	// would be learned by heart (Goldberg and Elhadad 2011).
	MinUpdates int32

	index   Index
	closed  bool      // features that are not in the index are not added
	weights []float32 // feature number × label
	sums    []float64 // Σ over steps of the weight, but for what happened since stamp
	stamps  []int32
	updates []int32 // a feature
	step    int32
}

// Restrict gives p, before its first use, the only features it may have, so
// that it learns to do without the rest.
func (p *Perceptron) Restrict(rows []linear.Row) {
	for _, r := range rows {
		p.index.Add(r.Feature)
	}
	n := p.index.Len()
	p.weights = make([]float32, n*p.Labels)
	p.sums = make([]float64, n*p.Labels)
	p.stamps = make([]int32, n*p.Labels)
	p.updates = make([]int32, n)
	p.closed = true
}

// Score adds the weights of the features to scores, one a label.
func (p *Perceptron) Score(features []linear.Feature, scores []float32) {
	for _, f := range features {
		n := p.index.Find(f)
		if n < 0 || p.MinUpdates > 0 && p.updates[n] < p.MinUpdates {
			continue
		}
		row := p.weights[int(n)*p.Labels:][:p.Labels]
		for l, w := range row {
			scores[l] += w
		}
	}
}

// Tick counts one decision; call it once for each, right or wrong.
func (p *Perceptron) Tick() { p.step++ }

// Update adds by to the weight that label has for each of the features.
func (p *Perceptron) Update(features []linear.Feature, label int, by float32) {
	for _, f := range features {
		var n int
		if p.closed {
			if n = int(p.index.Find(f)); n < 0 {
				continue
			}
		} else {
			n = int(p.index.Add(f))
		}
		for len(p.weights) <= n*p.Labels {
			p.weights = append(p.weights, make([]float32, p.Labels)...)
			p.sums = append(p.sums, make([]float64, p.Labels)...)
			p.stamps = append(p.stamps, make([]int32, p.Labels)...)
			p.updates = append(p.updates, 0)
		}
		p.updates[n]++
		at := n*p.Labels + label
		p.sums[at] += float64(p.weights[at]) * float64(p.step-p.stamps[at])
		p.stamps[at] = p.step
		p.weights[at] += by
	}
}

// Averaged returns every feature's averaged weights, but for those that do not count.
func (p *Perceptron) Averaged() []linear.Row {
	rows := make([]linear.Row, 0, p.index.Len())
	for n, f := range p.index.Features() {
		if p.updates[n] < p.MinUpdates {
			continue
		}
		w := make([]float32, p.Labels)
		for l := range w {
			at := n*p.Labels + l
			w[l] = float32((p.sums[at] + float64(p.weights[at])*float64(p.step-p.stamps[at])) / float64(max(1, p.step)))
		}
		rows = append(rows, linear.Row{Feature: f, Weights: w})
	}
	return rows
}
