package checkworthy

import (
	"iter"
	"math/bits"

	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/reading/tree"
	"hearsay/text"
	"hearsay/text/clusters"
)

// The templates of the features of a token, of a token with those before it, and of a whole statement.
const (
	fSym = iota
	fClass
	fSymTag
	fSyms
	fTags
	fSyms3
	fLength
	fHas
	fCount
	fHead
	fHeadSubj
	fHeadClass
	fOpen
)

// Features are those of the statements of a text, for training.
type Features struct {
	view view
}

// Reset makes f the features of d, whose tree is t and whose ledger is l.
func (f *Features) Reset(d *text.Doc, t *tree.Tree, l *ledger.Ledger, words *clusters.Table) {
	f.view.reset(d, t, l, words)
}

// Of appends to dst what the score of the statement made of the tokens in r
// depends on, one feature as often as it occurs, and returns how many words it has.
func (f *Features) Of(dst []linear.Feature, r text.Range) ([]linear.Feature, int) {
	v := &f.view
	for i := r.First; i < r.End; i++ {
		p, pp := v.before(i)
		dst = v.token(dst, i)
		if p >= r.First {
			dst = v.pair(dst, p, i)
		}
		if pp >= r.First {
			dst = v.triple(dst, pp, p, i)
		}
	}
	s := v.statement([]text.Range{r})
	v.settle(&s)
	for a, b := range pairs(s.traits()) {
		dst = append(dst, together(a, b))
	}
	return v.whole(dst, &s), s.words()
}

// token appends the features of token i by itself.
func (v *view) token(f []linear.Feature, i int32) []linear.Feature {
	t := &v.d.Tokens[i]
	if quoteMark(t.Tag) {
		return f
	}
	sym, tag := v.sym[i], uint32(t.Tag)
	return append(f,
		linear.Join(fSym, sym, 0, 0),
		linear.Join(fSymTag, sym, tag, 0),
		linear.Join(fClass, uint32(v.class[i]), tag, 0))
}

func quoteMark(t text.Tag) bool { return t == text.OpenQ || t == text.CloseQ }

// before returns the token before i and the one before that, as if there were no
// quotation marks; what is not there is -1, and so is what stands before a quotation mark.
func (v *view) before(i int32) (p, pp int32) {
	if p = v.prev[i]; p < 0 {
		return -1, -1
	}
	return p, v.prev[p]
}

// pair appends the feature of token i with the one before it, p.
func (v *view) pair(f []linear.Feature, p, i int32) []linear.Feature {
	return append(f, linear.Join(fSyms, v.sym[p], v.sym[i], 0))
}

// triple appends the features of token i with the two before it.
func (v *view) triple(f []linear.Feature, pp, p, i int32) []linear.Feature {
	t := v.d.Tokens
	return append(f,
		linear.Join(fTags, uint32(t[pp].Tag), uint32(t[p].Tag), uint32(t[i].Tag)),
		linear.Join(fSyms3, v.sym[pp], v.sym[p], v.sym[i]))
}

// whole appends the features of the statement as a whole, but for those of its traits.
func (v *view) whole(f []linear.Feature, s *statement) []linear.Feature {
	// Lengths and counts are thermometers, so that neighbours share what they learn.
	for _, least := range lengths {
		if s.words() >= least {
			f = append(f, linear.Join(fLength, uint32(least), 0, 0))
		}
	}
	for x := uint32(s.kinds &^ isWord); x != 0; x &= x - 1 {
		b := bits.TrailingZeros32(x)
		for _, least := range counts {
			if s.count[b] >= least {
				f = append(f, linear.Join(fCount, uint32(b), uint32(least), 0))
			}
		}
	}
	// The head of the statement, its subject and auxiliaries.
	if h := s.head; h >= 0 {
		t := &v.d.Tokens[h]
		var subj, modal, neg uint32
		for c, n := v.t.Child(h), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
			k := &v.d.Tokens[c]
			switch k.Rel {
			case text.Nsubj, text.NsubjPass, text.Expl, text.Csubj:
				subj = uint32(k.Tag) + 1
				if k.Tag == text.PRP || k.Tag == text.DT || k.Tag == text.EX {
					subj = k.Lower
				} else if v.kind[c]&isName != 0 {
					subj = v.sym[c]
				}
			case text.Aux, text.AuxPass, text.Cop:
				modal = modal*31 + k.Lower
			case text.Advmod:
				if v.kind[c]&isNot != 0 {
					neg = 1
				}
			}
		}
		f = append(f,
			linear.Join(fHeadClass, uint32(v.class[h]), uint32(t.Tag), 0),
			linear.Join(fHead, v.sym[h], uint32(t.Tag), 0),
			linear.Join(fHead, subj, uint32(t.Tag), 1),
			linear.Join(fHead, subj, modal, uint32(t.Tag)+2),
			linear.Join(fHeadSubj, subj, v.sym[h], 0),
			linear.Join(fHead, modal, neg, 60),
			linear.Join(fHead, modal, uint32(t.Tag), 62),
			linear.Join(fHead, subj, 0, 61))
	}
	if s.first >= 0 {
		f = append(f, linear.Join(fOpen, v.sym[s.first], 0, 0))
		if s.second >= 0 {
			f = append(f, linear.Join(fOpen, v.sym[s.first], v.sym[s.second], 1))
		}
	}
	return f
}

// traits are what the statement has, as bits: the kinds of its tokens, what the
// rules found, and whether it asks, has a finite verb, a subject, or is bare.
func (s *statement) traits() uint64 {
	x := uint64(s.kinds&^isWord) | uint64(s.found)<<32
	for i, is := range [...]bool{s.asks, s.finite, s.subject, s.bare()} {
		if is {
			x |= 1 << (firstTrait + i)
		}
	}
	return x
}

// bare reports whether the statement has neither a verb nor a figure, so that
// it asserts nothing: "Photo: Britta Varn".
func (s *statement) bare() bool { return !s.verb && s.found&aFigure == 0 }

const (
	firstTrait = 48 // the kinds and the findings have the bits below
	mostTraits = firstTrait + 4
)

// pairs goes through the bits of x by twos, each also with itself.
func pairs(x uint64) iter.Seq2[int, int] {
	return func(yield func(a, b int) bool) {
		for ; x != 0; x &= x - 1 {
			a := bits.TrailingZeros64(x)
			for y := x; y != 0; y &= y - 1 {
				if !yield(a, bits.TrailingZeros64(y)) {
					return
				}
			}
		}
	}
}

// together is the feature of a statement that has two traits.
func together(a, b int) linear.Feature { return linear.Join(fHas, uint32(a), uint32(b), 0) }

var (
	lengths = [...]int{3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 25, 30, 40}
	counts  = [...]int32{1, 2, 3, 5}
)

const mostChildren = 24 // words that hang from one and are looked at

// statement is what is to be judged as one: a sentence, or a claim's content.
type statement struct {
	kinds   kind      // all that its tokens tell of themselves
	count   [32]int32 // bit of kind -> the tokens that have it
	first   int32     // of the tokens that are no quotation marks, -1 for none
	second  int32     // likewise
	last    int32     // likewise
	head    int32     // the first token that hangs from none of its own, -1 for none
	found   finding
	asks    bool // it ends in a question mark
	verb    bool // one of its words is a verb
	finite  bool // one of its verbs is finite
	subject bool // one of its words is a subject
}

// words is how many words the statement has.
func (s *statement) words() int { return int(s.count[0]) }

// statement is that of the parts, which are in the order of the text.
func (v *view) statement(parts []text.Range) statement {
	s := statement{first: -1, second: -1, last: -1, head: -1}
	for _, r := range parts {
		s.add(v, r)
	}
	return s
}

// add makes r part of the statement.
func (s *statement) add(v *view, r text.Range) {
	for i := r.First; i < r.End; i++ {
		k := v.kind[i]
		s.kinds |= k
		for x := uint32(k); x != 0; x &= x - 1 {
			s.count[bits.TrailingZeros32(x)]++
		}
		t := &v.d.Tokens[i]
		if quoteMark(t.Tag) {
			continue
		}
		switch {
		case s.first < 0:
			s.first = i
		case s.second < 0:
			s.second = i
		}
		s.last = i
		s.verb = s.verb || t.Tag.Verb() || t.Tag == text.MD
		switch t.Tag {
		case text.VBD, text.VBZ, text.VBP, text.MD:
			s.finite = true
		}
		s.subject = s.subject || t.Rel == text.Nsubj || t.Rel == text.NsubjPass || t.Rel == text.Expl || t.Rel == text.Csubj
		s.asks = v.d.Tokens[i].Lower == lowerQuestion || s.asks && v.kind[i]&isWord == 0
		s.found |= v.found[i] &^ ofMain
		if t.Rel != text.Punct && (t.Head < r.First || t.Head >= r.End) && (s.head < 0 || v.d.Tokens[s.head].Head == i) {
			s.head = i
		}
	}
}
