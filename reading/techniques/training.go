package techniques

import (
	"slices"

	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/reading/tree"
	"hearsay/text"
)

// ChainLabels are the labels that words are given, the first that of words in
// no technique.
func ChainLabels() []ledger.TechniqueLabel { return slices.Clone(chainLabel[:]) }

// WholeLabels are what sentences are asked for, the first whether there is any
// technique in them.
func WholeLabels() []ledger.TechniqueLabel { return slices.Clone(wholeLabel[:]) }

// Judged are the techniques that a model finds.
func Judged() []ledger.TechniqueLabel { return slices.Clone(judged[:]) }

// Features makes, for training, the features that a Reader makes for itself.
type Features struct{ view view }

// Reset makes f that of the text d with the tree t. The classes of words are m's.
func (f *Features) Reset(d *text.Doc, t *tree.Tree, m *Model) { f.view.reset(d, t, m) }

// Word appends the features of token i of sentence s.
func (f *Features) Word(to []linear.Feature, i int32, s int) []linear.Feature {
	return f.view.word(to, i, s)
}

// Sentence appends the features of sentence s.
func (f *Features) Sentence(to []linear.Feature, s int) []linear.Feature {
	return f.view.sentence(to, s)
}

// Candidate is a run of words that may be a technique, with what is known of it.
type Candidate struct {
	Label ledger.TechniqueLabel
	Judge int // the place of its label in Judged
	Range text.Range
	Facts [NumFacts]float32
}

// Candidates are those of the text d with the tree t, in no order that means something.
func (r *Reader) Candidates(d *text.Doc, t *tree.Tree) []Candidate {
	r.propose(d, t)
	out := make([]Candidate, len(r.candidates))
	for i := range r.candidates {
		c := &r.candidates[i]
		out[i] = Candidate{Label: judged[c.judge], Judge: int(c.judge), Range: c.Range}
		r.opinion.facts(&r.view, c, &out[i].Facts)
	}
	return out
}
