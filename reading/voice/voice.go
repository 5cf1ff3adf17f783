// Package voice finds what a text asserts in its own voice: the clauses that
// stand outside every attribution.
package voice

import (
	"slices"

	"hearsay/reading/tree"
	"hearsay/text"
)

// Mark says what part of attributions a token is, as a set of bits.
type Mark uint8

// The parts of an attribution.
const (
	Source Mark = 1 << iota
	Cue
	Content
	Channel
)

// Claim is one assertion: its words, as ranges of tokens in text order.
type Claim struct {
	Content []text.Range
}

var lemmaBe = text.Hash("be")

// Reader finds claims. The zero Reader is ready; it keeps its memory from text
// to text and must not be used by two goroutines at once.
type Reader struct {
	d      *text.Doc
	t      *tree.Tree
	marks  []Mark
	unit   []int32 // token -> the head of the assertion it belongs to, -1 while unknown
	finite []bool  // token -> it is the predicate of a clause with a finite verb
	subj   []bool  // token -> it has a subject of its own
	claims []Claim
	ranges []text.Range
	heads  []int32
	// The tokens of each assertion, as lists in text order.
	firstOf, lastOf, nextOf []int32
}

const (
	leastSplit     = 5  // words on either side of an "and" that divides a sentence into two claims
	leastAside     = 4  // words of a clause that hangs from an attribution
	leastWords     = 2  // words of any claim
	mostAside      = 60 // words of a clause that stands inside an attribution
	longestSubject = 20 // words of a subject that is repeated with its second verb
)

// Read finds the claims of d, whose tree is t, given each token's marks. They
// come in text order and are the Reader's own until the next Read.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, marks []Mark) []Claim {
	r.d, r.t, r.marks = d, t, marks
	r.claims, r.ranges = r.claims[:0], r.ranges[:0]
	n := len(d.Tokens)
	if cap(r.unit) < n {
		r.unit = make([]int32, n, n+n/4)
		r.finite = make([]bool, n, n+n/4)
		r.subj = make([]bool, n, n+n/4)
		r.firstOf = make([]int32, n, n+n/4)
		r.lastOf = make([]int32, n, n+n/4)
		r.nextOf = make([]int32, n, n+n/4)
	}
	r.firstOf, r.lastOf, r.nextOf = r.firstOf[:n], r.lastOf[:n], r.nextOf[:n]
	r.unit, r.finite, r.subj = r.unit[:n], r.finite[:n], r.subj[:n]
	for i := range d.Tokens {
		r.unit[i], r.firstOf[i], r.finite[i], r.subj[i] = -1, -1, false, false
	}
	for i := range d.Tokens {
		t := &d.Tokens[i]
		switch {
		case t.Tag == text.VBD || t.Tag == text.VBZ || t.Tag == text.VBP || t.Tag == text.MD:
			if t.Rel == text.Aux || t.Rel == text.AuxPass || t.Rel == text.Cop {
				if t.Head >= 0 {
					r.finite[t.Head] = true
				}
			} else {
				r.finite[i] = true
			}
		}
		switch t.Rel {
		case text.Nsubj, text.NsubjPass, text.Csubj, text.Expl:
			if t.Head >= 0 {
				r.subj[t.Head] = true
			}
		}
	}
	for _, s := range d.Sentences {
		r.sentence(s)
	}
	slices.SortStableFunc(r.claims, func(a, b Claim) int { return int(a.Content[0].First - b.Content[0].First) })
	return r.claims
}

// sentence finds the claims of one sentence.
func (r *Reader) sentence(s text.Sentence) {
	if r.idle(s) {
		return
	}
	r.heads = r.heads[:0]
	for i := s.First; i < s.End; i++ {
		u := r.unitOf(i)
		if u == i {
			r.heads = append(r.heads, u)
		}
		r.nextOf[i] = -1
		if r.firstOf[u] < 0 {
			r.firstOf[u] = i
		} else {
			r.nextOf[r.lastOf[u]] = i
		}
		r.lastOf[u] = i
	}
	before := len(r.claims)
	for _, u := range r.heads {
		if r.asserted(u) {
			r.claim(u)
		}
	}
	if len(r.claims) == before && r.declares(s) {
		first := len(r.ranges)
		r.ranges = append(r.ranges, text.Range{First: s.First, End: s.End})
		r.finish(first)
	}
	r.asides(s)
}

// declares reports whether a sentence that no attribution touches has a finite
// verb: then it asserts something even where its tree does not show it.
func (r *Reader) declares(s text.Sentence) bool {
	verb := false
	for i := s.First; i < s.End; i++ {
		if r.marks[i] != 0 {
			return false
		}
		switch r.d.Tokens[i].Tag {
		case text.VBD, text.VBZ, text.VBP, text.MD:
			verb = true
		}
	}
	return verb && s.End-s.First >= leastAside
}

// idle reports whether the sentence asserts nothing of its own: it has no
// words outside attributions, is a question, or is quoted whole.
func (r *Reader) idle(s text.Sentence) bool {
	free, quoted := 0, 0
	for i := s.First; i < s.End; i++ {
		if t := &r.d.Tokens[i]; word(t) {
			if r.marks[i] == 0 || r.marks[i] == Source {
				free++
				if t.Quote > 0 {
					quoted++
				}
			}
		}
	}
	if free == 0 || quoted == free && free > 3 {
		return true
	}
	if r.asks(s) {
		return true
	}
	for i := s.End - 1; i >= s.First; i-- {
		if t := &r.d.Tokens[i]; t.Tag == text.Stop || t.Shape&^text.HasPunct == 0 && t.End-t.Start == 1 && r.d.Text[t.Start] == '?' {
			return r.d.Text[t.Start] == '?'
		} else if word(t) {
			return false
		}
	}
	return false
}

// asks reports whether a sentence has the order of a question, which a
// headline may have without the mark: "What is the Brigade".
func (r *Reader) asks(s text.Sentence) bool {
	i := s.First
	for i < s.End && !word(&r.d.Tokens[i]) {
		i++
	}
	if i+2 >= s.End {
		return false
	}
	if t := &r.d.Tokens[i]; t.Tag != text.WP && t.Tag != text.WRB {
		return false
	}
	t := &r.d.Tokens[i+1]
	return (t.Tag == text.VBZ || t.Tag == text.VBD || t.Tag == text.VBP || t.Tag == text.MD) && (t.Rel == text.Cop || t.Rel == text.Aux || t.Rel == text.AuxPass || t.Lemma == lemmaBe) &&
		r.d.Tokens[i+2].Tag != text.VBG && r.d.Tokens[i+2].Tag != text.VBN
}

func word(t *text.Token) bool {
	return t.Shape&(text.HasLower|text.HasUpper|text.HasDigit) != 0
}

// unitOf is the head of the assertion that token i belongs to: its nearest
// ancestor, or itself, that begins one.
func (r *Reader) unitOf(i int32) int32 {
	a := i
	for r.unit[a] < 0 && !r.begins(a) {
		a = r.d.Tokens[a].Head
	}
	u := r.unit[a]
	if u < 0 {
		u = a
	}
	for a = i; r.unit[a] < 0; a = r.d.Tokens[a].Head {
		r.unit[a] = u
		if a == u {
			break
		}
	}
	return u
}

// begins reports whether an assertion of its own begins at the predicate a:
// the root, a clause coordinated to another when both are long, or a clause
// that hangs from the words of an attribution.
func (r *Reader) begins(a int32) bool {
	t := &r.d.Tokens[a]
	if t.Head < 0 {
		return true
	}
	if r.marks[a] != 0 {
		// What an attribution holds is cut out of what surrounds it.
		return r.marks[t.Head]&Content == 0 && r.marks[a]&(Cue|Content) != 0 && r.marks[t.Head] == 0 && r.finite[a] && (t.Rel == text.Conj || t.Rel == text.Parataxis)
	}
	if !r.finite[a] {
		return false
	}
	over := r.marks[t.Head]
	p := r.t.Phrase(a)
	switch t.Rel {
	case text.Conj, text.Parataxis:
		if over&Content != 0 {
			return false
		}
		if over != 0 {
			return p.Len() >= leastAside
		}
		return r.subj[a] && !r.relative(p) && r.finite[t.Head] && p.Len() >= leastSplit && a-r.t.Phrase(t.Head).First >= leastSplit
	case text.Advcl:
		return over&Cue != 0 && over&Content == 0 && r.subj[a] && p.Len() >= leastAside
	}
	return false
}

// relative reports whether the clause p begins with a word that binds it to
// what stands before: "which", "where", "that", "because".
func (r *Reader) relative(p text.Range) bool {
	for i := p.First; i < p.End; i++ {
		t := &r.d.Tokens[i]
		switch {
		case !word(t) || t.Tag == text.CC:
			continue
		case t.Tag == text.WDT || t.Tag == text.WP || t.Tag == text.WRB || t.Tag == text.WPS:
			return true
		case t.Tag == text.IN:
			return t.Rel == text.Mark
		}
		return false
	}
	return false
}

// asserted reports whether the unit with head u is an assertion of the text's own.
func (r *Reader) asserted(u int32) bool {
	t := &r.d.Tokens[u]
	if r.marks[u] != 0 {
		return false
	}
	if r.finite[u] {
		return true
	}
	// A root without a finite verb: a headline with a participle asserts, a
	// command does not; a misplaced root may have the verb below it.
	switch {
	case t.Tag == text.VB:
		return r.subj[u]
	case t.Tag == text.VBN || t.Tag == text.VBG:
		return r.t.Phrase(u).Len() >= leastAside
	}
	for c, n := r.t.Child(u), 0; c >= 0 && n < 32; c, n = r.t.Next(c), n+1 {
		if r.finite[c] && r.marks[c] == 0 && r.unit[c] == u && r.d.Tokens[c].Rel != text.ACLRelcl {
			return true
		}
	}
	return false
}

// claim takes in the words of unit u.
func (r *Reader) claim(u int32) {
	first := len(r.ranges)
	subject := text.Range{}
	// "Varn met the families and said", "Varn's claim that it was safe proved
	// wrong": the subject is part of both.
	if c := r.t.Find(r.d, u, text.Nsubj, text.NsubjPass); c >= 0 && r.marks[c]&(Source|Cue) != 0 && c < u {
		subject = r.t.Phrase(c)
	}
	// "Varn said no and left early": what left is the other verb's subject.
	shared := r.shared(u)
	if !shared.Empty() {
		r.ranges = append(r.ranges, shared)
	}
	last := int32(-1) // the last word taken in
	for i := r.firstOf[u]; i >= 0; i = r.nextOf[i] {
		if !word(&r.d.Tokens[i]) || r.marks[i] != 0 && (i < subject.First || i >= subject.End) {
			continue
		}
		if last >= 0 && r.joined(last, i) {
			r.ranges[len(r.ranges)-1].End = i + 1
		} else {
			r.ranges = append(r.ranges, text.Range{First: i, End: i + 1})
		}
		last = i
	}
	if last < 0 {
		r.ranges = r.ranges[:first]
		return
	}
	r.complete(u)
	r.finish(first)
}

// shared is the subject that predicate u has from the verb of an attribution
// to which it is coordinated, empty when it has its own or none is near.
func (r *Reader) shared(u int32) text.Range {
	t := &r.d.Tokens[u]
	if t.Rel != text.Conj || r.subj[u] || t.Head < 0 || r.marks[t.Head]&Cue == 0 {
		return text.Range{}
	}
	c := r.t.Find(r.d, t.Head, text.Nsubj, text.NsubjPass)
	if c < 0 || c > u || r.d.Tokens[c].Tag == text.WP || r.d.Tokens[c].Tag == text.WDT {
		return text.Range{}
	}
	p := r.t.Phrase(c)
	if p.Len() > longestSubject || p.End > r.firstOf[u] {
		return text.Range{}
	}
	return p
}

// complete takes in what unit u's last words lead on to where that belongs to
// an attribution: "Varn seized on" the claim of another, "the report shook" a
// belief that many had. Without it the words would say nothing.
func (r *Reader) complete(u int32) {
	x := &r.ranges[len(r.ranges)-1]
	if int(x.End) >= len(r.d.Tokens) || r.marks[x.End]&(Source|Cue) == 0 || r.marks[x.End]&Content != 0 {
		return
	}
	var end int32
	switch t := &r.d.Tokens[x.End-1]; {
	case (t.Rel == text.Case || t.Rel == text.Det || t.Rel == text.NmodPoss) && t.Head >= x.End:
		end = r.t.Phrase(t.Head).End
	default:
		c := r.t.Find(r.d, u, text.Obj)
		if c < x.End || r.marks[c] == 0 {
			return
		}
		end = r.t.Phrase(c).End
	}
	if end > x.End && end-x.End <= mostAside {
		x.End = end
	}
}

// joined reports whether nothing but free punctuation lies between the words a and b.
func (r *Reader) joined(a, b int32) bool {
	for i := a + 1; i < b; i++ {
		if word(&r.d.Tokens[i]) || r.marks[i]&(Cue|Content) != 0 {
			return false
		}
	}
	return true
}

// finish trims the ranges from first on and makes them a claim when enough of
// them is left to say something.
func (r *Reader) finish(first int) {
	kept := first
	words, least := 0, leastWords
	for _, x := range r.ranges[first:] {
		before := x.End
		if x = r.trim(x); x.End < before {
			least = leastAside // something that it led on to is missing
		}
		if x.Empty() || !r.substance(x) && !(kept == first && r.d.Tokens[x.First].Tag == text.PRP) {
			continue
		}
		for i := x.First; i < x.End; i++ {
			if word(&r.d.Tokens[i]) {
				words++
			}
		}
		r.ranges[kept] = x
		kept++
	}
	r.ranges = r.ranges[:kept]
	if words < least {
		r.ranges = r.ranges[:first]
		return
	}
	r.claims = append(r.claims, Claim{Content: r.ranges[first:kept:kept]})
}

// trim drops conjunctions at the front of x and stops at its end, and closes
// quotation marks and brackets that open inside it.
func (r *Reader) trim(x text.Range) text.Range {
	tokens := r.d.Tokens
	for !x.Empty() && (tokens[x.First].Tag == text.CC || !word(&tokens[x.First])) {
		x.First++
	}
	cut := int(x.End) < len(tokens) && r.marks[x.End] != 0
	for !x.Empty() && (tokens[x.End-1].Tag == text.CC || !word(&tokens[x.End-1]) || cut && leads(tokens[x.End-1].Tag)) {
		x.End--
	}
	if x.Empty() {
		return x
	}
	if x.First > 0 && tokens[x.First-1].Tag == text.OpenQ && r.marks[x.First-1] == 0 {
		x.First--
	}
	if int(x.End) < len(tokens) && r.marks[x.End] == 0 && (tokens[x.End].Tag == text.CloseQ || tokens[x.End].Tag == text.RightB) && tokens[x.First].Tag != text.LeftB {
		x.End++
	}
	return x
}

// leads reports whether a word of that tag only leads on to what follows, and
// says nothing once that is cut off.
func leads(t text.Tag) bool {
	switch t {
	case text.IN, text.TO, text.DT, text.MD, text.WRB, text.WDT, text.WP, text.WPS, text.PRPS, text.POS:
		return true
	}
	return false
}

// substance reports whether x holds a word that says something by itself, and
// so is no leftover of what surrounds attributions.
func (r *Reader) substance(x text.Range) bool {
	for i := x.First; i < x.End; i++ {
		t := &r.d.Tokens[i]
		if t.Tag.Noun() || t.Tag.Verb() || t.Tag == text.CD || t.Tag == text.JJ || t.Tag == text.PRP && x.Len() > 1 {
			return true
		}
	}
	return false
}

// asides finds what a sentence asserts of a source in passing: "Varn, who fled
// to Tormark last year, said".
func (r *Reader) asides(s text.Sentence) {
	for i := s.First; i < s.End; i++ {
		t := &r.d.Tokens[i]
		if t.Rel != text.ACLRelcl || r.marks[i] != Source || !r.finite[i] || t.Head < 0 || r.marks[t.Head] != Source {
			continue
		}
		p := r.t.Phrase(i)
		if p.Len() < leastAside || p.Len() > mostAside || p.First == s.First || r.d.Tokens[p.First-1].Tag != text.Comma && r.d.Tokens[p.First].Tag != text.Comma {
			continue
		}
		whole := true
		for k := p.First; k < p.End; k++ {
			whole = whole && (r.marks[k] == Source || !word(&r.d.Tokens[k]))
		}
		if !whole {
			continue
		}
		first := len(r.ranges)
		r.ranges = append(r.ranges, p)
		r.finish(first)
	}
}
