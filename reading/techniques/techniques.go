// Package techniques finds wordings that persuade by other means than reasons:
// the techniques of SemEval-2023 Task 3 (Piskorski et al. 2023). It says how a
// wording works on its reader and whose wording it is, never whether what it
// says is so.
//
// Three models follow one another. A chain over the words gives the probability
// that each is part of loaded language, name-calling and the like; a second
// model the probability of each technique in each sentence. Runs of probable words, sentences and
// repeated phrases are candidates, and a judge for each technique weighs what is
// known of them: what the first two say of the candidate, the words beside it, its
// sentence and the text as a whole. Rules add what there is too little to learn from.
package techniques

import (
	"cmp"
	"math"
	"slices"

	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Reader finds techniques. The zero Reader finds none: it needs a Model. It
// keeps its memory from text to text and must not be used by two goroutines at once.
type Reader struct {
	Model *Model

	view       view
	lattice    lattice
	opinion    opinion
	candidates []candidate
	said       map[uint64]*phrase
	found      []finding
	taken      []finding
}

// finding is a candidate that was weighed, or what a rule found.
type finding struct {
	judge int8 // the place of its technique among those listed
	text.Range
	score float64
}

// Read adds to l, the ledger of d so far, whose tree is t, the techniques that
// are at least so probable; where least is 0 those that the model lists by
// default.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, l *ledger.Ledger, least float64) {
	if r.Model == nil || len(d.Tokens) == 0 || least > 1 {
		return
	}
	if least <= 0 {
		least = float64(r.Model.threshold)
	}
	r.propose(d, t)
	r.weigh()
	r.found = r.view.ruled(r.found)
	r.choose(least)
	for _, f := range r.taken {
		l.Techniques = append(l.Techniques, ledger.Technique{
			Span:  ledger.Span{Start: int(d.Tokens[f.First].Start), End: int(d.Tokens[f.End-1].End)},
			Label: listed[f.judge], Score: f.score,
			Claim: speaker(d, l, f.Range),
		})
	}
}

// propose finds the candidates of a text.
func (r *Reader) propose(d *text.Doc, t *tree.Tree) {
	m, v, o := r.Model, &r.view, &r.opinion
	v.reset(d, t, m)
	o.reset(len(d.Tokens), len(d.Sentences))
	for s, x := range d.Sentences {
		if x.End > x.First {
			m.chain.read(v, s, &r.lattice, o.word[int(x.First)*chainLabels:int(x.End)*chainLabels])
		}
		r.lattice.features = v.sentence(r.lattice.features[:0], s)
		var sums [wholeLabels]int32
		m.whole.AddAll(r.lattice.features, sums[:])
		for l, sum := range sums {
			o.whole[s*wholeLabels+l] = logistic(float64(sum) * float64(m.whole.Scale()))
		}
	}
	o.sum(v)
	r.candidates = o.runs(r.candidates[:0], v)
	if r.said == nil {
		r.said = map[uint64]*phrase{}
	}
	r.candidates = o.repetitions(r.candidates, v, r.said)
}

// weigh asks the judges.
func (r *Reader) weigh() {
	m := r.Model
	r.found = r.found[:0]
	var facts [NumFacts]float32
	for i := range r.candidates {
		c := &r.candidates[i]
		r.opinion.facts(&r.view, c, &facts)
		sum := float32(0)
		for k, w := range &m.judges[c.judge] {
			sum += w * facts[k]
		}
		p := logistic(float64(m.slope*sum + m.shift))
		r.found = append(r.found, finding{judge: c.judge, Range: c.Range, score: round(p)})
	}
}

// choose takes, of candidates for one technique that overlap, the most
// probable, and leaves those that are less probable than least.
func (r *Reader) choose(least float64) {
	r.taken = r.taken[:0]
	r.found = slices.DeleteFunc(r.found, func(f finding) bool { return f.score < least })
	slices.SortFunc(r.found, func(a, b finding) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.First, b.First), cmp.Compare(b.End, a.End), cmp.Compare(a.judge, b.judge))
	})
	for _, f := range r.found {
		if !slices.ContainsFunc(r.taken, func(o finding) bool { return o.judge == f.judge && o.First < f.End && f.First < o.End }) {
			r.taken = append(r.taken, f)
		}
	}
	slices.SortFunc(r.taken, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.End, a.End), cmp.Compare(a.judge, b.judge))
	})
}

// speaker is the claim whose speaker's words the tokens of x are: the innermost
// in whose content most of them stand in quotation marks. It is empty where they are the
// article's. What is reported without quotation marks is the article's: whose
// words it uses is not known, and the article chose them.
func speaker(d *text.Doc, l *ledger.Ledger, x text.Range) string {
	quoted := 0
	for i := x.First; i < x.End; i++ {
		if d.Tokens[i].Quote > 0 {
			quoted++
		}
	}
	if 2*quoted <= x.Len() {
		return ""
	}
	best, least := "", math.MaxInt
	for k := range l.Claims {
		c := &l.Claims[k]
		if c.Manner != ledger.MannerDirect && c.Manner != ledger.MannerMixed {
			continue
		}
		if c.Content[0].Start >= int(d.Tokens[x.End-1].End) {
			break // claims stand in the order in which their contents begin
		}
		held, size := 0, 0
		for _, p := range c.Content {
			size += p.End - p.Start
			for i := x.First; i < x.End; i++ {
				if t := &d.Tokens[i]; t.Quote > 0 && p.Start <= int(t.Start) && int(t.End) <= p.End {
					held++
				}
			}
		}
		if 2*held > x.Len() && size < least {
			best, least = c.ID, size
		}
	}
	return best
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// step is the precision of a score: more would be noise.
const step = 0.001

func round(x float64) float64 { return math.Round(x/step) / (1 / step) }
