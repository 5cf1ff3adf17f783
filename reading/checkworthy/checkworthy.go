// Package checkworthy judges how far each sentence and each claim deserves a
// fact-checker's hour: how probable it is that people would call it a factual
// statement of public interest that could be checked. It says nothing of
// whether it is so.
//
// A linear model scores a statement by its words and by what the other readers
// found in it; names, numbers and dates count as such only, so that what was
// learned of one debate serves for any text. A claim is judged by its content's
// words alone, as if nobody had been said to say them, since they are what would be checked.
// Rules give the reasons, apart from the score.
package checkworthy

import (
	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Reader judges sentences and claims. It keeps its memory from text to text and
// must not be used by two goroutines at once.
type Reader struct {
	Model *Model

	view     view
	features []linear.Feature
	token    []weight
	named    []bool // sentence -> words of a named source stand in it
}

// weight is what the features of one token add to a statement's score.
type weight struct{ alone, pair, triple int32 }

// Read gives each sentence and claim of l, the ledger of d, whose tree is t, its
// Worth. All that the ledger has of entities, dates, figures and incidents is used.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, l *ledger.Ledger) {
	v := &r.view
	v.reset(d, t, l, r.Model.words)
	r.weigh()
	r.named = sized(r.named, len(d.Sentences))
	for i := range l.Claims {
		c := &l.Claims[i]
		named := c.Attributed() && c.Source != nil && c.Source.Naming == ledger.NamingNamed
		var s statement
		sum := int32(0)
		for _, p := range c.Content {
			x := d.Cover(p.Start, p.End)
			s.add(v, x)
			sum += r.add(x)
			if named && !x.Empty() {
				r.name(x)
			}
		}
		c.Worth = r.judge(&s, sum, named)
	}
	for i := range l.Sentences {
		x := text.Range{First: d.Sentences[i].First, End: d.Sentences[i].End}
		var s statement
		s.add(v, x)
		l.Sentences[i].Worth = r.judge(&s, r.add(x), r.named[i])
	}
	v.d, v.t, v.l = nil, nil, nil
}

// name notes that the sentences which x is part of have words of a named source.
func (r *Reader) name(x text.Range) {
	first, last := r.view.t.Sentence(x.First), r.view.t.Sentence(x.End-1)
	for s := max(first, 0); s <= last; s++ {
		r.named[s] = true
	}
}

// judge is what a statement is worth whose tokens add up to sum.
func (r *Reader) judge(s *statement, sum int32, named bool) ledger.Worth {
	r.view.settle(s)
	r.features = r.view.whole(r.features[:0], s)
	return ledger.Worth{
		Checkworthiness: r.Model.probability(sum+r.Model.sum(r.features), s.words()),
		Reasons:         r.view.reasons(s, named),
	}
}

// weigh looks up what each token adds, once for all the statements it is part of.
func (r *Reader) weigh() {
	v, n := &r.view, int32(len(r.view.d.Tokens))
	r.token = sized(r.token, int(n))
	for i := range n {
		w := &r.token[i]
		r.features = v.token(r.features[:0], i)
		w.alone = r.Model.sum(r.features)
		if i > 0 {
			r.features = v.pair(r.features[:0], i)
			w.pair = r.Model.sum(r.features)
		}
		if i > 1 {
			r.features = v.triple(r.features[:0], i)
			w.triple = r.Model.sum(r.features)
		}
	}
}

// add is what the tokens of x add to a score.
func (r *Reader) add(x text.Range) (sum int32) {
	for i := x.First; i < x.End; i++ {
		w := &r.token[i]
		sum += w.alone
		if i > x.First {
			sum += w.pair
		}
		if i > x.First+1 {
			sum += w.triple
		}
	}
	return sum
}
