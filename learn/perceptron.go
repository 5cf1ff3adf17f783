package learn

import "hearsay/linear"

// Perceptron is a multi-class averaged perceptron over hashed features
// (Collins 2002). Give it its number of labels before use.
type Perceptron struct {
	Labels int

	index   Index
	weights []float32 // feature number × label
	sums    []float64 // Σ over steps of the weight, but for what happened since stamp
	stamps  []int32
	step    int32
}

// Score adds the weights of the features to scores, one a label.
func (p *Perceptron) Score(features []linear.Feature, scores []float32) {
	for _, f := range features {
		n := p.index.Find(f)
		if n < 0 {
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
		n := int(p.index.Add(f))
		for len(p.weights) <= n*p.Labels {
			p.weights = append(p.weights, make([]float32, p.Labels)...)
			p.sums = append(p.sums, make([]float64, p.Labels)...)
			p.stamps = append(p.stamps, make([]int32, p.Labels)...)
		}
		at := n*p.Labels + label
		p.sums[at] += float64(p.weights[at]) * float64(p.step-p.stamps[at])
		p.stamps[at] = p.step
		p.weights[at] += by
	}
}

// Averaged returns every feature's averaged weights.
func (p *Perceptron) Averaged() []linear.Row {
	rows := make([]linear.Row, 0, p.index.Len())
	for n, f := range p.index.Features() {
		w := make([]float32, p.Labels)
		for l := range w {
			at := n*p.Labels + l
			w[l] = float32((p.sums[at] + float64(p.weights[at])*float64(p.step-p.stamps[at])) / float64(max(1, p.step)))
		}
		rows = append(rows, linear.Row{Feature: f, Weights: w})
	}
	return rows
}
