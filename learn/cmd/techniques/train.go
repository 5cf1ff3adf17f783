package main

import (
	"cmp"
	"log"
	"math"
	"slices"

	"hearsay/learn"
	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/reading/techniques"
)

type options struct {
	data, out, errors          string
	eval                       bool
	folds, epochs, wholeEpochs int
	rate, l1, l2, ridge        float64
	least, words, sentences    int
	seed                       uint64
}

// stages trains the models of words and of sentences.
func (o *options) stages(xs []example) (*techniques.Weights, error) {
	m, err := opened(&techniques.Weights{Moves: noMoves()})
	if err != nil {
		return nil, err
	}
	var (
		f         techniques.Features
		words     learn.Set
		index     learn.Index
		sentences []learn.Example
		buffer    []linear.Feature
	)
	for i := range xs {
		x := &xs[i]
		f.Reset(x.Doc, x.tree, m)
		labels := wordLabels(x)
		for s, sentence := range x.Doc.Sentences {
			if !x.told(s) {
				continue
			}
			for t := sentence.First; t < sentence.End; t++ {
				buffer = f.Word(buffer[:0], t, s)
				words.Add(buffer, labels[t])
			}
			words.EndSequence()
			e := learn.Example{Right: sentenceLabels(x, s)}
			buffer = f.Sentence(buffer[:0], s)
			for _, k := range buffer {
				e.Features = append(e.Features, index.Add(k))
			}
			sentences = append(sentences, e)
		}
	}
	words.Prune(o.least)
	lists, ends := make([][]int32, len(sentences)), make([][]int32, len(sentences))
	for i := range sentences {
		lists[i], ends[i] = sentences[i].Features, []int32{int32(len(sentences[i].Features))}
	}
	index = index.Prune(o.least+1, lists, ends)
	for i := range sentences {
		sentences[i].Features = lists[i]
	}
	crf := learn.CRF{Labels: len(techniques.ChainLabels()), Rate: o.rate, L1: o.l1, L2: o.l2}
	crf.Train(words.Sequences, words.Index.Len(), o.epochs, o.seed, nil)
	each := learn.Logistic{Labels: len(techniques.WholeLabels()), Rate: 2 * o.rate / 3, L1: o.l1 / 3}
	each.Train(sentences, index.Len(), o.wholeEpochs, o.seed)
	return &techniques.Weights{
		Words:     learn.Largest(crf.Rows(&words.Index), o.words),
		Moves:     crf.Moves(),
		Sentences: learn.Largest(each.Rows(&index), o.sentences),
	}, nil
}

func noMoves() [][]float32 {
	n := len(techniques.ChainLabels())
	out := make([][]float32, n+1)
	for i := range out {
		out[i] = make([]float32, n)
	}
	return out
}

func opened(w *techniques.Weights) (*techniques.Model, error) {
	b, err := techniques.Pack(w)
	if err != nil {
		return nil, err
	}
	return techniques.Open(string(b))
}

// longestRun is how many words the techniques of words have at most where they
// are learned from: a longer one is seldom told by its words.
const longestRun = 25

// wordLabels are the labels of the tokens. Where techniques overlap, that
// counts which comes first among the labels.
func wordLabels(x *example) []uint8 {
	out := make([]uint8, len(x.Doc.Tokens))
	for k, l := range techniques.ChainLabels() {
		for _, g := range x.Gold {
			if k == 0 || g.Label != l {
				continue
			}
			r := x.Doc.Cover(g.Start, g.End)
			for i := r.First; i < r.End && r.Len() <= longestRun; i++ {
				if out[i] == 0 {
					out[i] = uint8(k)
				}
			}
		}
	}
	return out
}

// sentenceLabels are what is true of a sentence: of the techniques those that
// cover a third of it, and whether there is any.
func sentenceLabels(x *example, s int) []bool {
	labels := techniques.WholeLabels()
	out := make([]bool, len(labels))
	sentence := x.Doc.Sentences[s]
	for _, g := range x.Gold {
		r := x.Doc.Cover(g.Start, g.End)
		shared := min(r.End, sentence.End) - max(r.First, sentence.First)
		if shared <= 0 {
			continue
		}
		out[0] = true
		for k, l := range labels {
			if k > 0 && g.Label == l && (3*shared >= sentence.End-sentence.First || l == ledger.LoadedLanguage) {
				out[k] = true
			}
		}
	}
	return out
}

// propose makes the candidates of every article, of all the lists, by models
// that were trained on the articles of the first list and of plain in the other folds.
func (o *options) propose(xs, plain []example, others ...[]example) ([][][]techniques.Candidate, error) {
	lists := append([][]example{xs, plain}, others...)
	out := make([][][]techniques.Candidate, len(lists))
	for n := range lists {
		out[n] = make([][]techniques.Candidate, len(lists[n]))
	}
	for f := range o.folds {
		var train []example
		for _, list := range lists[:2] {
			for i := range list {
				if list[i].fold != f {
					train = append(train, list[i])
				}
			}
		}
		w, err := o.stages(train)
		if err != nil {
			return nil, err
		}
		m, err := opened(w)
		if err != nil {
			return nil, err
		}
		r := techniques.Reader{Model: m}
		for n, list := range lists {
			for i := range list {
				if list[i].fold == f {
					out[n][i] = r.Candidates(list[i].Doc, list[i].tree)
				}
			}
		}
		log.Printf("fold %d of %d", f+1, o.folds)
	}
	return out, nil
}

// right reports whether a candidate is: whether of it and of a span of its
// label on average half is the other.
func right(x span, gold []span) bool {
	for _, g := range gold {
		if g.Label == x.Label && g.Start < x.End && x.Start < g.End {
			shared := float64(min(g.End, x.End) - max(g.Start, x.Start))
			if shared/float64(x.End-x.Start)+shared/float64(g.End-g.Start) >= 1 {
				return true
			}
		}
	}
	return false
}

func spanOf(x *example, c *techniques.Candidate) span {
	return span{c.Label, int(x.Doc.Tokens[c.Range.First].Start), int(x.Doc.Tokens[c.Range.End-1].End)}
}

// judges trains the judges on the candidates of all folds but one, -1 for none.
func (o *options) judges(xs []example, proposed [][]techniques.Candidate, without int) [][]float64 {
	points := make([][]point, len(techniques.Judged()))
	for i := range xs {
		x := &xs[i]
		for k := range proposed[i] {
			c := &proposed[i][k]
			if x.fold == without || !x.told(int(x.tree.Sentence(c.Range.First))) {
				continue
			}
			p := point{facts: c.Facts[:]}
			if right(spanOf(x, c), x.Gold) {
				p.right = 1
			}
			points[c.Judge] = append(points[c.Judge], p)
		}
	}
	out := make([][]float64, len(points))
	for j := range points {
		if len(points[j]) > 0 {
			out[j] = fit(points[j], o.ridge)
		}
	}
	return out
}

// finding is a span with its score.
type finding struct {
	span
	logit float32 // by the judges
	score float64 // that, calibrated
}

// crossJudge weighs the candidates of each fold of an article list by judges that
// were trained on the other folds.
func crossJudge(xs []example, proposed [][]techniques.Candidate, judges [][][]float64) [][]finding {
	out := make([][]finding, len(xs))
	for i := range xs {
		out[i] = weigh(&xs[i], proposed[i], judges[xs[i].fold])
	}
	return out
}

// weigh has the judges weigh an article's candidates.
func weigh(x *example, candidates []techniques.Candidate, judges [][]float64) []finding {
	var out []finding
	for k := range candidates {
		c := &candidates[k]
		sum := 0.0
		for n, w := range judges[c.Judge] {
			sum += w * float64(c.Facts[n])
		}
		out = append(out, finding{span: spanOf(x, c), logit: float32(sum)})
	}
	return choose(out)
}

// choose takes, of spans of one label that overlap, that with the highest logit.
func choose(xs []finding) []finding {
	slices.SortStableFunc(xs, func(a, b finding) int {
		return cmp.Or(cmp.Compare(b.logit, a.logit), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var out []finding
	for _, x := range xs {
		if !slices.ContainsFunc(out, func(o finding) bool { return o.Label == x.Label && o.Start < x.End && x.Start < o.End }) {
			out = append(out, x)
		}
	}
	return out
}

// calibrate finds which logit is that of the probability of being right, of
// those that are taken (Platt 1999).
func calibrate(xs []example, found [][]finding) (slope, shift float64) {
	var points []point
	for i := range xs {
		for _, f := range found[i] {
			p := point{facts: []float32{1, f.logit}}
			if right(f.span, xs[i].Gold) {
				p.right = 1
			}
			points = append(points, p)
		}
	}
	w := fit(points, 0)
	return w[1], w[0]
}

// rate makes scores of the logits.
func rate(found [][]finding, slope, shift float64) {
	for i := range found {
		for k := range found[i] {
			f := &found[i][k]
			f.score = chance([]float64{shift, slope}, []float32{1, f.logit})
		}
	}
}

// best is the threshold with the best sum of the two F1: of spans and of labels.
func best(xs []example, found [][]finding) float64 {
	at, most := 0.0, 0.0
	for t := 0.04; t < 0.5; t += 0.01 {
		s := measure(xs, found, t)
		if f := s.spans.f1() + s.labels.f1(); f > most {
			at, most = t, f
		}
	}
	return math.Round(at*100) / 100
}
