package learn

import (
	"math"
	"math/rand/v2"

	"hearsay/linear"
)

// Sequence is one training sequence: the features of each position and its label.
type Sequence struct {
	Features []int32 // numbers from an Index, all positions one after another
	Ends     []int32 // where each position's features end in Features
	Gold     []uint8
}

// At returns the features of position i.
func (s *Sequence) At(i int) []int32 {
	var from int32
	if i > 0 {
		from = s.Ends[i-1]
	}
	return s.Features[from:s.Ends[i]]
}

// CRF is a linear-chain conditional random field (Lafferty, McCallum and
// Pereira 2001), trained by AdaGrad (Duchi, Hazan and Singer 2011) on one
// sequence at a time, with an L1 penalty applied lazily, when a weight is next
// touched: weights that do not pay for themselves become 0 and are not kept.
type CRF struct {
	Labels  int
	Allowed func(from, to int) bool // which label may follow which; from is -1 at the start
	Rate    float64                 // learning rate, 0.1 when 0
	L1      float64                 // penalty for each step
	L2      float64

	weights []param // feature number × label
	moves   []param // (from+1) × label
	step    int32
}

// param is a weight with its sum of squared gradients and the step it was last touched at.
type param struct {
	w, h float32
	last int32
	sum  float64 // of w over the steps up to last
}

// Train runs epochs over the sequences in an order drawn from seed. features
// is the number of features; each, when not nil, is called after each epoch
// with the mean negative log-likelihood of a position.
func (c *CRF) Train(data []Sequence, features, epochs int, seed uint64, each func(epoch int, loss float64)) {
	L := c.Labels
	if c.Rate == 0 {
		c.Rate = 0.1
	}
	c.weights = make([]param, features*L)
	c.moves = make([]param, (L+1)*L)
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	var s lattice
	for e := range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var loss float64
		var n int
		for _, i := range order {
			loss += c.learn(&data[i], &s)
			n += len(data[i].Gold)
		}
		if each != nil {
			each(e+1, loss/float64(max(1, n)))
		}
	}
	c.settle()
}

type lattice struct {
	score, alpha, beta, norm []float64
	move                     []float64
	post                     []float64
}

// learn takes one step on a sequence and returns its negative log-likelihood.
func (c *CRF) learn(q *Sequence, s *lattice) float64 {
	L, n := c.Labels, len(q.Gold)
	if n == 0 {
		return 0
	}
	c.step++
	s.score = zeros(s.score, n*L)
	s.alpha = zeros(s.alpha, n*L)
	s.beta = zeros(s.beta, n*L)
	s.norm = zeros(s.norm, n)
	s.move = zeros(s.move, (L+1)*L)
	s.post = zeros(s.post, (L+1)*L)
	for i := range n {
		row := s.score[i*L : i*L+L]
		for _, f := range q.At(i) {
			w := c.weights[int(f)*L : int(f)*L+L]
			for l := range w {
				c.shrink(&w[l])
				row[l] += float64(w[l].w)
			}
		}
	}
	for from := -1; from < L; from++ {
		for to := range L {
			at := (from+1)*L + to
			if c.Allowed != nil && !c.Allowed(from, to) {
				s.move[at] = 0
			} else {
				s.move[at] = math.Exp(float64(c.moves[at].w))
			}
		}
	}
	// The forward and backward passes, each position scaled to sum to one.
	var logZ, gold float64
	for i := range n {
		row := s.score[i*L : i*L+L]
		top := row[0]
		for _, v := range row {
			top = max(top, v)
		}
		gold += row[q.Gold[i]]
		logZ += top
		for l := range row {
			row[l] = math.Exp(row[l] - top)
		}
		a := s.alpha[i*L : i*L+L]
		var sum float64
		for to := range a {
			var in float64
			if i == 0 {
				in = s.move[to]
			} else {
				for from := range L {
					in += s.alpha[(i-1)*L+from] * s.move[(from+1)*L+to]
				}
			}
			a[to] = in * row[to]
			sum += a[to]
		}
		for to := range a {
			a[to] /= sum
		}
		s.norm[i] = sum
		logZ += math.Log(sum)
		from := -1
		if i > 0 {
			from = int(q.Gold[i-1])
		}
		gold += float64(c.moves[(from+1)*L+int(q.Gold[i])].w)
	}
	for i := n - 1; i >= 0; i-- {
		b := s.beta[i*L : i*L+L]
		for from := range b {
			if i == n-1 {
				b[from] = 1
				continue
			}
			var out float64
			for to := range L {
				out += s.move[(from+1)*L+to] * s.score[(i+1)*L+to] * s.beta[(i+1)*L+to]
			}
			b[from] = out / s.norm[i+1]
		}
	}
	// Expected moves before the weights change.
	for i := range n {
		for to := range L {
			if i == 0 {
				s.post[to] += s.alpha[to] * s.beta[to]
				continue
			}
			f := s.score[i*L+to] * s.beta[i*L+to] / s.norm[i]
			for from := range L {
				s.post[(from+1)*L+to] += s.alpha[(i-1)*L+from] * s.move[(from+1)*L+to] * f
			}
		}
	}
	prev := -1
	for _, g := range q.Gold {
		s.post[(prev+1)*L+int(g)]--
		prev = int(g)
	}
	for at := range s.post {
		c.shrink(&c.moves[at])
		c.descend(&c.moves[at], s.post[at])
	}
	for i := range n {
		for l := range L {
			g := s.alpha[i*L+l] * s.beta[i*L+l]
			if l == int(q.Gold[i]) {
				g--
			}
			if g > -1e-4 && g < 1e-4 {
				continue
			}
			for _, f := range q.At(i) {
				c.descend(&c.weights[int(f)*L+l], g)
			}
		}
	}
	return logZ - gold
}

// shrink applies the penalty of the steps since p was last touched.
func (c *CRF) shrink(p *param) {
	if p.last == c.step {
		return
	}
	p.sum += float64(p.w) * float64(c.step-p.last)
	if p.w != 0 && c.L1 > 0 {
		by := float32(c.Rate * c.L1 * float64(c.step-p.last) / math.Sqrt(float64(p.h)+1e-8))
		switch {
		case p.w > by:
			p.w -= by
		case p.w < -by:
			p.w += by
		default:
			p.w = 0
		}
	}
	p.last = c.step
}

func (c *CRF) descend(p *param, g float64) {
	g += c.L2 * float64(p.w)
	p.h += float32(g * g)
	p.w -= float32(c.Rate * g / math.Sqrt(float64(p.h)+1e-8))
}

// settle makes every weight its mean over the training (Polyak and Juditsky
// 1992), which steps on single sequences need to come to rest. A weight that
// the penalty has driven to 0 by the end stays 0.
func (c *CRF) settle() {
	c.step++
	for _, ps := range [][]param{c.weights, c.moves} {
		for i := range ps {
			p := &ps[i]
			c.shrink(p)
			if p.w != 0 {
				p.w = float32(p.sum / float64(c.step))
			}
		}
	}
}

// Rows returns the weights of every feature of the index.
func (c *CRF) Rows(x *Index) []linear.Row {
	rows := make([]linear.Row, x.Len())
	for n, f := range x.Features() {
		w := make([]float32, c.Labels)
		for l := range w {
			w[l] = c.weights[n*c.Labels+l].w
		}
		rows[n] = linear.Row{Feature: f, Weights: w}
	}
	return rows
}

// Moves returns the weight of each label after each other: row 0 is the start,
// row from+1 after label from. A move that is not allowed is -Inf.
func (c *CRF) Moves() [][]float32 {
	out := make([][]float32, c.Labels+1)
	for from := range out {
		out[from] = make([]float32, c.Labels)
		for to := range out[from] {
			out[from][to] = c.moves[from*c.Labels+to].w
			if c.Allowed != nil && !c.Allowed(from-1, to) {
				out[from][to] = float32(math.Inf(-1))
			}
		}
	}
	return out
}

func zeros(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	s = s[:n]
	clear(s)
	return s
}
