// Package prospects finds inside claims what they tell of as wished, planned,
// tried, feared or possible only. "The ministry plans to close the bridge" says
// that it plans; that the bridge closes, it does not. Who counts or weighs
// what a claim says must tell the two apart, so each such part is a claim of
// its own within the other.
package prospects

import (
	"strings"

	"hearsay/reading/tree"
	"hearsay/text"
)

// Prospect is such a part of a claim.
type Prospect struct {
	Content text.Range
	Claim   int32 // the innermost claim or, counted on from the claims, prospect whose content it lies in
}

const (
	leastWords = 3   // words of a part that says something by itself
	mostTokens = 100 // tokens of a part: a longer one is rather misread
)

// Reader finds prospects. The zero Reader is ready; it keeps its memory from
// text to text and must not be used by two goroutines at once.
type Reader struct {
	owner  []int32 // token -> the innermost claim that holds it, -1 for none
	piece  []int32 // token -> the piece of that claim's content that holds it
	size   []int32 // claim -> the tokens of its content
	pieces []text.Range
	found  []Prospect
}

// Begin makes r ready for a text of that many tokens, with no claims yet.
func (r *Reader) Begin(tokens int) {
	if cap(r.owner) < tokens {
		r.owner = make([]int32, tokens, tokens+tokens/4)
		r.piece = make([]int32, tokens, tokens+tokens/4)
	}
	r.owner, r.piece = r.owner[:tokens], r.piece[:tokens]
	for i := range r.owner {
		r.owner[i] = -1
	}
	r.size, r.pieces = r.size[:0], r.pieces[:0]
}

// Add gives r the content of the next claim.
func (r *Reader) Add(content []text.Range) {
	size := int32(0)
	for _, c := range content {
		size += max(0, c.End-c.First)
	}
	claim := int32(len(r.size))
	r.size = append(r.size, size)
	for _, c := range content {
		for i := c.First; i < c.End; i++ {
			if o := r.owner[i]; o < 0 || size < r.size[o] {
				r.owner[i], r.piece[i] = claim, int32(len(r.pieces))
			}
		}
		r.pieces = append(r.pieces, c)
	}
}

// Read finds the prospects in the claims given to r of d, whose tree is t. They
// come in text order, the outer before the inner, and are r's own until the next Read.
func (r *Reader) Read(d *text.Doc, t *tree.Tree) []Prospect {
	r.found = r.found[:0]
	for i := range int32(len(d.Tokens)) {
		h := d.Tokens[i].Head
		if h < 0 || r.owner[h] < 0 || r.owner[i] != r.owner[h] || !ahead(d, t, h, i) {
			continue
		}
		p, ok := r.part(d, t, h, i)
		if !ok {
			continue
		}
		r.found = append(r.found, p)
		// What stands in it and in no claim further in is the prospect's own.
		o := int32(len(r.size))
		r.size = append(r.size, int32(p.Content.Len()))
		for k := p.Content.First; k < p.Content.End; k++ {
			if r.owner[k] == p.Claim {
				r.owner[k], r.piece[k] = o, int32(len(r.pieces))
			}
		}
		r.pieces = append(r.pieces, p.Content)
	}
	return r.found
}

// ahead reports whether what the clause with predicate i tells of is only in
// prospect, by the word h that it hangs from.
func ahead(d *text.Doc, t *tree.Tree, h, i int32) bool {
	k, g := &d.Tokens[i], &d.Tokens[h]
	class := classes[g.Lemma]
	if class == 0 || i < h {
		return false
	}
	if k.Tag == text.VBG {
		return class&outlook != 0 && g.Tag.Noun() && opens(d, t, i, lowerOf)
	}
	switch k.Rel {
	case text.Xcomp, text.ACL, text.Ccomp:
	default:
		return false
	}
	if infinitive(d, t, i) {
		// "is expected to fall" is about the fall; "expects to win" is not about winning.
		return class&aim != 0 && (class&told == 0 || !passive(d, t, h))
	}
	return class&belief != 0 && k.Rel != text.Xcomp && (class&told == 0 || !passive(d, t, h))
}

// part is the phrase of predicate i, which hangs from h, as far as it lies in
// one piece of a claim's content.
func (r *Reader) part(d *text.Doc, t *tree.Tree, h, i int32) (Prospect, bool) {
	p, in, o := t.Phrase(i), r.pieces[r.piece[i]], r.owner[i]
	p.First, p.End = max(p.First, h+1, in.First), min(p.End, in.End)
	if p.Len() > mostTokens {
		return Prospect{}, false
	}
	for p.First < i && !wordy(&d.Tokens[p.First]) {
		p.First++
	}
	for p.End > i+1 && !wordy(&d.Tokens[p.End-1]) && d.Tokens[p.End-1].Tag != text.CloseQ && d.Tokens[p.End-1].Tag != text.RightB {
		p.End--
	}
	words := 0
	for k := p.First; k < p.End; k++ {
		if r.owner[k] == o && wordy(&d.Tokens[k]) {
			words++
		}
	}
	return Prospect{Content: p, Claim: o}, words >= leastWords
}

func wordy(t *text.Token) bool {
	return t.Shape&(text.HasLower|text.HasUpper|text.HasDigit) != 0
}

const mostChildren = 24 // words that hang from one and are looked at

// infinitive reports whether predicate i is opened by "to".
func infinitive(d *text.Doc, t *tree.Tree, i int32) bool {
	if d.Tokens[i].Tag != text.VB && t.Find(d, i, text.Cop) < 0 && t.Find(d, i, text.AuxPass) < 0 {
		return false
	}
	for c, n := t.Child(i), 0; c >= 0 && c < i && n < mostChildren; c, n = t.Next(c), n+1 {
		if d.Tokens[c].Tag == text.TO {
			return true
		}
	}
	return false
}

// opens reports whether that word hangs from i and stands before it.
func opens(d *text.Doc, t *tree.Tree, i int32, lower uint32) bool {
	for c, n := t.Child(i), 0; c >= 0 && c < i && n < mostChildren; c, n = t.Next(c), n+1 {
		if d.Tokens[c].Lower == lower {
			return true
		}
	}
	return false
}

// passive reports whether i is a participle with an auxiliary of the passive.
func passive(d *text.Doc, t *tree.Tree, i int32) bool {
	if d.Tokens[i].Tag != text.VBN {
		return false
	}
	for c, n := t.Child(i), 0; c >= 0 && c < i && n < mostChildren; c, n = t.Next(c), n+1 {
		if d.Tokens[c].Rel == text.AuxPass {
			return true
		}
	}
	return false
}

// class is what a word leaves open, as a set of bits.
type class uint8

const (
	aim     class = 1 << iota // whether what the infinitive after it tells of comes about
	belief                    // whether the clause after it is so
	outlook                   // whether what "of …ing" after it tells of comes about
	told                      // in the passive it only says how sure what follows is
)

var lowerOf = text.Hash("of")

var classes = func() map[uint32]class {
	m := map[uint32]class{}
	for _, l := range []struct {
		class class
		words string
	}{
		{aim, `try seek want plan hope intend agree threaten promise pledge vow ask urge order call refuse decline prepare attempt aim
			willing unwilling ready reluctant eager anxious keen poised free determined effort bid intention threat decision right
			ability offer refusal option chance desire wish need decide permission allow permit require propose proposal commitment
			struggle fight opportunity power capability capacity authority like choose invite encourage persuade convince warn
			necessary enough hard difficult important wait mean design lead instruct tell request demand push move campaign strive
			endeavor endeavour battle obligation duty deal`},
		{aim | told, `expect`},
		{belief | told, `expect think believe suspect assume imagine suppose predict fear hope`},
		{belief, `worry worried afraid concern concerned confident hopeful sure convince convinced optimistic doubtful unclear doubt
			wonder possibility chance risk suspicion likelihood question`},
		{outlook, `possibility risk prospect chance option threat idea danger hope intention fear`},
	} {
		for _, w := range strings.Fields(l.words) {
			m[text.Hash(w)] |= l.class
		}
	}
	return m
}()
