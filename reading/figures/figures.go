// Package figures reads the numbers that a text gives, in digits and in words,
// and what they count.
//
// A figure is read from the words of its number and of what goes before it
// ("at least", "some"), its unit from the sentence's tree: who is the object of
// "killed", the subject of "died", whose is the "death". Where the tree fails,
// which it does most in headlines, the words on either side decide.
//
// One person of whom the text says that he was killed, wounded, missing or
// arrested is a figure of 1 as well, though there is no number in the words
// ("a policeman", "Varn"): what an incident did to people is told so as often as in
// numbers.
package figures

import (
	"cmp"
	"slices"

	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Reader is the reader of figures. The zero Reader is ready; it keeps its memory
// from text to text and must not be used by two goroutines at once.
type Reader struct {
	d *text.Doc
	t *tree.Tree
	l *ledger.Ledger

	w         []*word // what is known of each token's form
	subj, obj []int32 // token -> its subject and its object, -1 for none
	fact      []fact
	unit      []unit // token -> what those whom it means suffered or did
	marked    []unit // as unit, where those coordinated with the token have it too
	mask      []mask // token -> why it is no figure
	names     []int32
	entity    []int32 // token -> the entity of the shortest mention that it stands in, -1 for none
	extent    []int32 // token -> the tokens of that mention
	weak      []bool  // token -> only a shooting says that those it means were wounded
	found     []found
	dead      []bool // entity -> it is said to have been killed
	shooting  bool   // the word whose marks are being set says no more than that somebody was shot
	deadNames map[uint32]bool
	marks     int // how many tokens have been marked
}

// found is a figure with what decides whether it stands.
type found struct {
	ledger.Figure
	head int32 // the token that means those counted
	weak bool  // that they were shot is all that says they were wounded
}

// mask says what a token belongs to, so that it is no figure of its own.
type mask uint8

const (
	inDate mask = 1 << iota
	inName
	inPerson
	inPlace
	inFigure // it stands in a figure that has been read
)

var unknown word

// Read adds to l, the ledger of d so far, whose tree is t, the figures of d.
// They come in text order. The dates, names and claims in l are used: a number
// within a date or a name is no figure.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, l *ledger.Ledger) {
	r.d, r.t, r.l = d, t, l
	n := len(d.Tokens)
	r.w, r.fact, r.unit, r.marked, r.mask = sized(r.w, n), sized(r.fact, n), sized(r.unit, n), sized(r.marked, n), sized(r.mask, n)
	r.subj, r.obj, r.names = sized(r.subj, n), sized(r.obj, n), sized(r.names, n)
	r.entity, r.extent, r.weak = sized(r.entity, n), sized(r.extent, n), sized(r.weak, n)
	known := words()
	for i := range d.Tokens {
		r.w[i] = &unknown
		if w, ok := known[d.Tokens[i].Lower]; ok {
			r.w[i] = w
		}
		r.unit[i], r.marked[i], r.mask[i], r.names[i] = noUnit, noUnit, 0, -1
		r.entity[i], r.weak[i] = -1, false
	}
	r.cover()
	r.relate()
	r.harm()
	r.found = r.found[:0]
	for _, s := range d.Sentences {
		for i := s.First; i < s.End; {
			i = r.read(i, s)
		}
	}
	r.singles()
	r.survivors()
	slices.SortStableFunc(r.found, func(a, b found) int { return cmp.Compare(a.Start, b.Start) })
	r.attribute()
	if len(r.found) > 0 {
		l.Figures = make([]ledger.Figure, len(r.found))
		for i := range r.found {
			l.Figures[i] = r.found[i].Figure
		}
	}
	r.d, r.t, r.l = nil, nil, nil
}

// cover notes which tokens stand in dates and in names.
func (r *Reader) cover() {
	for i := range r.l.Dates {
		x := r.d.Cover(r.l.Dates[i].Start, r.l.Dates[i].End)
		for k := x.First; k < x.End; k++ {
			r.mask[k] |= inDate
		}
	}
	for e := range r.l.Entities {
		kind := inName
		switch r.l.Entities[e].Type {
		case ledger.TypePerson:
			kind |= inPerson
		case ledger.TypePlace:
			kind |= inPlace
		}
		for _, m := range r.l.Entities[e].Mentions {
			x := r.d.Cover(m.Start, m.End)
			x.End = min(x.End, x.First+longestMention)
			for k := x.First; k < x.End; k++ {
				if r.entity[k] < 0 || x.Len() < int(r.extent[k]) {
					r.entity[k], r.extent[k] = int32(e), int32(x.Len())
				}
			}
			if m.Pronoun {
				continue
			}
			for k := x.First; k < x.End; k++ {
				r.mask[k] |= kind
				r.names[k] = x.First
			}
		}
	}
}

// longestMention is the most tokens of a mention that are looked at: no name
// has more, and mentions may nest.
const longestMention = 40

// mostClaims is how many claims are looked at for the one that gives a figure: more than begin in any
// real sentence and the quotations around it.
const mostClaims = 64

// attribute finds the innermost claim that gives each figure.
func (r *Reader) attribute() {
	claims := r.l.Claims
	for i := range r.found {
		f := &r.found[i]
		last, _ := slices.BinarySearchFunc(claims, f.Start, func(c ledger.Claim, at int) int { return cmp.Compare(c.Content[0].Start, at+1) })
		best := -1
		for k := last - 1; k >= 0 && k >= last-mostClaims; k-- {
			pieces := claims[k].Content
			at, _ := slices.BinarySearchFunc(pieces, f.Start, func(p ledger.Piece, at int) int { return cmp.Compare(p.Start, at+1) })
			if at == 0 {
				continue
			}
			if p := pieces[at-1]; f.End <= p.End && (best < 0 || p.End-p.Start < best) {
				best = p.End - p.Start
				f.Claim = claims[k].ID
			}
		}
	}
}

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
