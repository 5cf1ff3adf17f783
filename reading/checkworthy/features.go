package checkworthy

import (
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
	fRel
	fSyms
	fClasses
	fTags
	fSymTags
	fTagSym
	fSyms3
	fBias
	fLength
	fHas
	fCount
	fHead
	fHeadSubj
	fOpen
	fOpenTags
	fClose
	fPair
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
		dst = v.token(dst, i)
		if i > r.First {
			dst = v.pair(dst, i)
		}
		if i > r.First+1 {
			dst = v.triple(dst, i)
		}
	}
	var s statement
	s.add(v, r)
	return v.whole(dst, &s), s.words()
}

// token appends the features of token i by itself.
func (v *view) token(f []linear.Feature, i int32) []linear.Feature {
	t := &v.d.Tokens[i]
	if quoteMark(t.Tag) {
		return f
	}
	sym, tag := v.sym[i], uint32(t.Tag)
	f = append(f,
		linear.Join(fSym, sym, 0, 0),
		linear.Join(fSymTag, sym, tag, 0),
		linear.Join(fClass, uint32(v.class[i]), tag, 0))
	if t.Head < 0 {
		return f
	}
	f = append(f, linear.Join(fRel, sym, uint32(t.Rel), tag))
	switch t.Rel {
	case text.Nsubj, text.NsubjPass, text.Obj, text.Nummod, text.Aux, text.AuxPass, text.Cop, text.Advmod, text.Amod, text.Obl,
		text.Compound, text.Nmod:
		f = append(f, linear.Join(fPair, sym, v.sym[t.Head], uint32(t.Rel)))
	}
	return f
}

func quoteMark(t text.Tag) bool { return t == text.OpenQ || t == text.CloseQ }

// pair appends the features of token i with the one before it.
func (v *view) pair(f []linear.Feature, i int32) []linear.Feature {
	return append(f,
		linear.Join(fSyms, v.sym[i-1], v.sym[i], 0),
		linear.Join(fSymTags, v.sym[i-1], uint32(v.d.Tokens[i].Tag), 0),
		linear.Join(fTagSym, uint32(v.d.Tokens[i-1].Tag), v.sym[i], 0),
		linear.Join(fClasses, uint32(v.class[i-1]), uint32(v.class[i]), 0))
}

// triple appends the features of token i with the two before it.
func (v *view) triple(f []linear.Feature, i int32) []linear.Feature {
	return append(f,
		linear.Join(fTags, uint32(v.d.Tokens[i-2].Tag), uint32(v.d.Tokens[i-1].Tag), uint32(v.d.Tokens[i].Tag)),
		linear.Join(fSyms3, v.sym[i-2], v.sym[i-1], v.sym[i]))
}

// whole appends the features of the statement as a whole.
func (v *view) whole(f []linear.Feature, s *statement) []linear.Feature {
	f = append(f, linear.Join(fBias, 0, 0, 0))
	// Lengths and counts are thermometers, so that neighbours share what they learn.
	for _, least := range lengths {
		if s.words() >= least {
			f = append(f, linear.Join(fLength, uint32(least), 0, 0))
		}
	}
	present := uint32(s.kinds &^ isWord)
	for x := present; x != 0; x &= x - 1 {
		b := bits.TrailingZeros32(x)
		for _, least := range counts {
			if s.count[b] >= least {
				f = append(f, linear.Join(fCount, uint32(b), uint32(least), 0))
			}
		}
	}
	for x := present; x != 0; x &= x - 1 {
		b := uint32(bits.TrailingZeros32(x))
		for y := x & (x - 1); y != 0; y &= y - 1 {
			f = append(f, linear.Join(fHas, b, uint32(bits.TrailingZeros32(y)), 0))
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
			linear.Join(fHead, v.sym[h], uint32(t.Tag), 0),
			linear.Join(fHead, subj, uint32(t.Tag), 1),
			linear.Join(fHead, subj, modal, uint32(t.Tag)+2),
			linear.Join(fHeadSubj, subj, v.sym[h], 0),
			linear.Join(fHead, modal, neg, 60),
			linear.Join(fHead, modal, uint32(t.Tag), 62),
			linear.Join(fHead, subj, 0, 61))
	}
	if s.first >= 0 {
		tok := v.d.Tokens
		f = append(f,
			linear.Join(fOpen, v.sym[s.first], 0, 0),
			linear.Join(fClose, tok[s.last].Lower, 0, 0))
		if s.first < s.last {
			f = append(f,
				linear.Join(fOpen, v.sym[s.first], v.sym[s.first+1], 1),
				linear.Join(fOpenTags, uint32(tok[s.first].Tag), uint32(tok[s.first+1].Tag), 0))
		}
	}
	return f
}

var (
	lengths = [...]int{3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 25, 30, 40}
	counts  = [...]int32{1, 2, 3, 5}
)

const mostChildren = 24 // words that hang from one and are looked at

// statement is what is to be judged as one: a sentence, or a claim's content.
type statement struct {
	kinds       kind      // all that its tokens tell of themselves
	count       [32]int32 // bit of kind -> the tokens that have it
	first, last int32     // of the tokens that are no quotation marks, -1 for none
	head        int32     // the first token that hangs from none of the statement's own, -1 for none
	begun       bool
	found       finding
	asks        bool // it ends in a question mark
}

// words is how many words the statement has.
func (s *statement) words() int { return int(s.count[0]) }

// add makes r part of the statement.
func (s *statement) add(v *view, r text.Range) {
	if !s.begun {
		s.first, s.last, s.head, s.begun = -1, -1, -1, true
	}
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
		if s.first < 0 {
			s.first = i
		}
		s.last = i
		s.asks = v.d.Tokens[i].Lower == lowerQuestion || s.asks && v.kind[i]&isWord == 0
		s.found |= v.found[i] &^ ofMain
		if s.head < 0 && t.Rel != text.Punct && (t.Head < r.First || t.Head >= r.End) {
			s.head = i
		}
	}
}
