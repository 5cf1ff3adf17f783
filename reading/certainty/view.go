package certainty

import (
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// view is a text and its ledger so far, with what features and rules ask of both.
type view struct {
	d        *text.Doc
	t        *tree.Tree
	l        *ledger.Ledger
	owner    []int32   // token -> the innermost claim that holds it, -1 for none
	size     []int32   // claim -> the bytes of its content
	cue      []int32   // claim -> the head of its cue, -1 for none
	prospect []bool    // claim -> the claim around it tells of it as planned, feared or the like only
	boosted  []bool    // claim -> a phrase presses it
	asks     []bool    // sentence -> it is a question
	wording  []wording // token -> how it is worded
	press    []bool    // token -> it is part of a phrase that only presses
	cueOf    []int32   // token -> the first claim of whose cue it is part, -1 for none
}

// wording is what the words that hang directly from a word say of it.
type wording struct {
	modal, mark uint32 // its modal's lemma, the conjunction that opens its clause; 0 for none
	auxes       uint8  // which auxiliaries it has
	not         bool   // it is negated
	subject     bool
	cop         bool
	hedged      bool // an adverb makes it less than sure
}

// The auxiliaries.
const (
	auxDo = 1 << iota
	auxHave
	auxHad
	auxBe
	auxWas
	auxModal
	auxTo
)

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// reset makes v the view of d, in time linear in d's tokens and in the lengths
// of the claims' contents.
func (v *view) reset(d *text.Doc, t *tree.Tree, l *ledger.Ledger) {
	v.d, v.t, v.l = d, t, l
	n := len(d.Tokens)
	v.owner, v.wording, v.press = sized(v.owner, n), sized(v.wording, n), sized(v.press, n)
	v.size, v.cue, v.boosted = sized(v.size, len(l.Claims)), sized(v.cue, len(l.Claims)), sized(v.boosted, len(l.Claims))
	v.prospect = sized(v.prospect, len(l.Claims))
	v.asks, v.cueOf = sized(v.asks, len(d.Sentences)), sized(v.cueOf, n)
	for i := range v.owner {
		v.owner[i], v.cueOf[i] = -1, -1
	}
	for i := range l.Claims {
		c := &l.Claims[i]
		for _, p := range c.Content {
			v.size[i] += int32(p.End - p.Start)
		}
		v.cue[i] = -1
		if at := v.around(i); at >= 0 && (c.Cue == nil || l.Claims[at].Cue != nil && c.Cue.Span == l.Claims[at].Cue.Span) {
			// What is in prospect in somebody's words is on their word too.
			v.prospect[i] = true
			v.cue[i] = v.cue[at]
		} else if c.Cue != nil {
			r := d.Cover(c.Cue.Start, c.Cue.End)
			v.cue[i] = v.predicate(r)
			for k := r.First; k < r.End; k++ {
				if v.cueOf[k] < 0 {
					v.cueOf[k] = int32(i)
				}
			}
		}
		for _, p := range c.Content {
			r := d.Cover(p.Start, p.End)
			for k := r.First; k < r.End; k++ {
				if o := v.owner[k]; o < 0 || v.size[i] < v.size[o] {
					v.owner[k] = int32(i)
				}
			}
		}
	}
	for i, s := range d.Sentences {
		v.asks[i] = v.question(s)
	}
	for i := range int32(n) {
		v.word(i)
	}
	for i := range int32(n) {
		v.booster(i)
	}
}

// around is the claim that the i-th stands in, -1 for none.
func (v *view) around(i int) int {
	w := v.l.Claims[i].Within
	if w == "" {
		return -1
	}
	for k := i - 1; k >= max(0, i-mostWithin); k-- {
		if v.l.Claims[k].ID == w {
			return k
		}
	}
	return -1
}

// mostWithin is how many claims there may be between a claim and one in it.
const mostWithin = 16

// predicate is the first full verb of r, or else its head.
func (v *view) predicate(r text.Range) int32 {
	for i := r.First; i < r.End; i++ {
		if t := &v.d.Tokens[i]; t.Tag.Verb() && !auxiliary(t.Rel) {
			return i
		}
	}
	return tree.Head(v.d, r)
}

func auxiliary(r text.Rel) bool { return r == text.Aux || r == text.AuxPass || r == text.Cop }

// question reports whether a sentence ends in a question mark.
func (v *view) question(s text.Sentence) bool {
	for i := s.End - 1; i >= s.First; i-- {
		t := &v.d.Tokens[i]
		if t.Shape&(text.HasLower|text.HasUpper|text.HasDigit) != 0 {
			return false
		}
		if v.d.Text[t.Start] == '?' {
			return true
		}
	}
	return false
}

// word notes what token i says of the word that it hangs from.
func (v *view) word(i int32) {
	tokens := v.d.Tokens
	t := &tokens[i]
	if t.Head < 0 {
		return
	}
	w := &v.wording[t.Head]
	switch t.Rel {
	case text.Aux, text.AuxPass, text.Cop:
		w.cop = w.cop || t.Rel == text.Cop
		switch {
		case t.Tag == text.MD:
			w.modal = modal(t.Lower)
			w.auxes |= auxModal
		case t.Lemma == lemmaDo:
			w.auxes |= auxDo
		case t.Lemma == lemmaHave:
			w.auxes |= auxHave
			if t.Tag == text.VBD {
				w.auxes |= auxHad
			}
		case t.Lemma == lemmaBe:
			w.auxes |= auxBe
			if t.Tag == text.VBD {
				w.auxes |= auxWas
			}
		}
	case text.Mark:
		if t.Tag == text.TO {
			w.auxes |= auxTo
		} else {
			w.mark = t.Lower
		}
	case text.Nsubj, text.NsubjPass, text.Csubj, text.Expl:
		w.subject = true
		w.not = w.not || v.none(i)
	case text.Obj:
		w.not = w.not || v.none(i) && t.Head < i
	case text.Advmod, text.Det, text.Cc, text.Discourse, text.Dep:
		w.not = w.not || v.negates(i)
		w.hedged = w.hedged || hedges[t.Lower]
	}
}

// negates reports whether token i, an adverb or determiner, negates the word
// that it hangs from.
func (v *view) negates(i int32) bool {
	tokens := v.d.Tokens
	t := &tokens[i]
	if t.Lower == lowerLonger {
		return i > 0 && tokens[i-1].Lower == lowerNo
	}
	if !negations[t.Lemma] {
		return false
	}
	// "not only", "no less than", "not until": what follows is said to be so.
	return int(i)+1 >= len(tokens) || !notNegated[tokens[i+1].Lower]
}

// none reports whether the noun phrase with head i is "nobody" or "no bridge".
func (v *view) none(i int32) bool {
	return nobodies[v.d.Tokens[i].Lower] || v.wording[i].not && v.d.Tokens[i].Tag.Noun() && !v.wording[i].cop
}

// The sorts of words in which events are looked for.
type eventKind uint8

const (
	noEvent eventKind = iota
	nounEvent
	verbEvent // a verb, or another word with a copula
)

// event says of which sort token i is.
func (v *view) event(i int32) eventKind {
	t := &v.d.Tokens[i]
	switch {
	case v.press[i] || auxiliary(t.Rel) || t.Rel == text.Mark || t.Rel == text.Case || t.Rel == text.Det || t.Rel == text.Punct:
		return noEvent
	case t.Tag.Verb() || v.wording[i].cop:
		return verbEvent
	case t.Tag == text.NN || t.Tag == text.NNS:
		return nounEvent
	}
	return noEvent
}

// head is the word that i hangs from, -1 at the top: a phrase that only
// presses is taken for no part of the sentence.
func (v *view) head(i int32) int32 {
	h := v.d.Tokens[i].Head
	if h >= 0 && v.press[h] {
		return -1
	}
	return h
}

// first is the first of the words that i is coordinated to.
func (v *view) first(i int32) int32 {
	for n := 0; n < mostConjuncts && v.d.Tokens[i].Rel == text.Conj; n++ {
		h := v.head(i)
		if h < 0 {
			break
		}
		i = h
	}
	return i
}

const (
	mostConjuncts = 8
	mostDepth     = 12 // words above one in its claim
)

// depth is how deep token i stands in its claim. A word that only colours its
// complement, as in "is believed to have fled", stands below it.
func (v *view) depth(i int32) int32 {
	depth := int32(0)
	for o, n := v.owner[i], 0; n < mostDepth; n++ {
		h := v.head(i)
		if h < 0 || v.owner[h] != o {
			return depth
		}
		if v.colours(h, i) != none {
			depth--
		} else {
			depth++
		}
		i = h
	}
	return mostDepth
}

// colours says how h colours its complement i; where it does, the event told
// of is i's, not h's.
func (v *view) colours(h, i int32) colouring {
	t, c := &v.d.Tokens[h], &v.d.Tokens[i]
	if c.Rel != text.Xcomp && c.Rel != text.Ccomp {
		return none
	}
	k := colour[t.Lemma]
	if k == passive && (t.Tag != text.VBN || v.wording[h].auxes&auxBe == 0) {
		return none
	}
	return k
}
