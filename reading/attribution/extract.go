package attribution

import (
	"hearsay/linear"
	"hearsay/text"
	"hearsay/text/clusters"
)

// Extractor gives the training of a Model the very features that reading uses.
type Extractor struct {
	s     Scratch
	words *clusters.Table
}

// NewExtractor returns an extractor that knows words by their classes.
func NewExtractor() (*Extractor, error) {
	words, err := clusters.Default()
	return &Extractor{words: words}, err
}

// Reset makes x the extractor of a parsed text. without holds the counts that
// the text itself added to counts; nil for a text that is not among them.
func (x *Extractor) Reset(d *text.Doc, counts, without *Counts) {
	x.s.view.reset(d, counts.prior(without), x.words)
}

// Count adds a text's lemmas, and the heads of its cues, to c.
func (x *Extractor) Count(c *Counts, d *text.Doc, cues []text.Range) {
	if c.Verbs == nil {
		c.Verbs, c.Others = map[uint32]Count{}, map[uint32]Count{}
	}
	of := func(t text.Token) map[uint32]Count {
		if t.Tag.Verb() {
			return c.Verbs
		}
		return c.Others
	}
	for _, t := range d.Tokens {
		n := of(t)[t.Lemma]
		n.Seen++
		of(t)[t.Lemma] = n
	}
	x.s.view.reset(d, &prior{}, x.words)
	for _, cue := range cues {
		t := d.Tokens[x.s.view.headOf(cue)]
		n := of(t)[t.Lemma]
		n.Cues++
		of(t)[t.Lemma] = n
	}
}

// Cue returns the first pass's features of token i, valid until the next call.
func (x *Extractor) Cue(i int32) []linear.Feature {
	x.s.features = x.s.view.cueFeatures(x.s.features[:0], i)
	return x.s.features
}

// SetCues says which cues the text has, in order.
func (x *Extractor) SetCues(cues []text.Range) {
	x.s.cues = x.s.cues[:0]
	for _, c := range cues {
		x.s.cues = append(x.s.cues, x.s.view.candidate(c))
	}
}

// Arguments calls each with the second pass's features of every token in the
// window of cue k of SetCues.
func (x *Extractor) Arguments(k int, each func(i int32, f []linear.Feature)) {
	c := x.s.cues[k]
	x.s.arguments.placesOf(&x.s.view, c, x.s.cues[max(0, k-otherCues):min(len(x.s.cues), k+otherCues+1)])
	x.s.arguments.countMarks(&x.s.view, c)
	for i := c.window.First; i < c.window.End; i++ {
		x.s.features = x.s.arguments.argFeatures(x.s.features[:0], &x.s.view, c, i)
		each(i, x.s.features)
	}
}

// Choices calls each with every reading of cue k of SetCues that m's second
// pass thinks best, its score in the units of training, and the third pass's
// features of it.
func (x *Extractor) Choices(m *Model, k int, each func(r Relation, score float64, f []linear.Feature)) {
	m.choices(&x.s, k, choicesLearned)
	for i, c := range x.s.choices {
		x.s.features = x.s.arguments.rankFeatures(x.s.features[:0], &x.s.view, x.s.cues[k], x.s.choices, i)
		each(c.relation, float64(c.score)*float64(m.arguments.Scale()), x.s.features)
	}
}
