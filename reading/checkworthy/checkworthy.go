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
	"cmp"
	"slices"

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
	weights  []int32
	ends     []int // of each token's features: by itself, with the one before, with the two before
	parts    []text.Range
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
		r.parts = r.parts[:0]
		for _, p := range c.Content {
			x := d.Cover(p.Start, p.End)
			r.parts = append(r.parts, x)
			if named && !x.Empty() {
				r.name(x)
			}
		}
		s := v.statement(r.parts)
		if !s.finite && !s.subject && c.Cue != nil {
			// "Britain supports [the group]": what is said is no statement without the words that attribute it.
			r.parts = append(r.parts, d.Cover(c.Cue.Start, c.Cue.End))
			if c.Source != nil && c.Source.Naming != ledger.NamingNone {
				r.parts = append(r.parts, d.Cover(c.Source.Start, c.Source.End))
			}
			s = v.statement(disjoint(r.parts))
		}
		c.Worth = r.judge(&s, r.add(r.parts...), named)
	}
	for i := range l.Sentences {
		x := text.Range{First: d.Sentences[i].First, End: d.Sentences[i].End}
		r.parts = append(r.parts[:0], x)
		s := v.statement(r.parts)
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
	sum += r.Model.sum(r.features)
	for a, b := range pairs(s.traits()) {
		sum += r.Model.both[a][b]
	}
	return ledger.Worth{
		Checkworthiness: r.Model.probability(sum, s.words(), s.bare()),
		Reasons:         r.view.reasons(s, named),
	}
}

// weigh looks up what each token adds, once for all the statements it is part of.
func (r *Reader) weigh() {
	v, n := &r.view, int32(len(r.view.d.Tokens))
	r.token = sized(r.token, int(n))
	for first := int32(0); first < n; first += batch {
		end := min(n, first+batch)
		r.features, r.ends = r.features[:0], r.ends[:0]
		for i := first; i < end; i++ {
			r.features = v.token(r.features, i)
			r.ends = append(r.ends, len(r.features))
			p, pp := v.before(i)
			if p >= 0 {
				r.features = v.pair(r.features, p, i)
			}
			r.ends = append(r.ends, len(r.features))
			if pp >= 0 {
				r.features = v.triple(r.features, pp, p, i)
			}
			r.ends = append(r.ends, len(r.features))
		}
		r.weights = sized(r.weights, len(r.features))
		r.Model.table.Each(r.features, r.weights)
		at := 0
		sum := func(end int) (sum int32) {
			for ; at < end; at++ {
				sum += r.weights[at]
			}
			return sum
		}
		for i := first; i < end; i++ {
			e := r.ends[3*(i-first):]
			r.token[i] = weight{sum(e[0]), sum(e[1]), sum(e[2])}
		}
	}
}

const batch = 64 // tokens whose features are looked up at once

// disjoint puts ranges in the order of the text and takes from each what
// those before it have.
func disjoint(parts []text.Range) []text.Range {
	slices.SortFunc(parts, func(a, b text.Range) int { return cmp.Compare(a.First, b.First) })
	end := int32(0)
	for i := range parts {
		parts[i].First = max(parts[i].First, end)
		parts[i].End = max(parts[i].End, parts[i].First)
		end = parts[i].End
	}
	return parts
}

// add is what the tokens of the parts add to a score.
func (r *Reader) add(parts ...text.Range) (sum int32) {
	for _, x := range parts {
		for i := x.First; i < x.End; i++ {
			w := &r.token[i]
			sum += w.alone
			p, pp := r.view.before(i)
			if p >= x.First {
				sum += w.pair
			}
			if pp >= x.First {
				sum += w.triple
			}
		}
	}
	return sum
}
