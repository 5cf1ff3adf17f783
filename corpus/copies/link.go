package copies

import (
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"hearsay/ledger"
)

// Text is a text and what is known of it beside its words.
type Text struct {
	ID        string
	Title     string // empty where unknown
	Published string // EDTF; only whole days are made use of
	Body      string
}

// Link says that of two texts one was made from the other, or both from a third.
// A is the ID that comes first in the order of strings.
type Link struct {
	A, B     string
	OfA, OfB float64       // the share of each text's words outside quotation marks that both have
	Own      int           // how many words that are
	InA, InB []ledger.Span // what they share, as bytes of each, in order and apart from one another
}

const (
	fewWords = 15   // words that two captions or datelines may have in common by chance
	enough   = 0.33 // the share of a text's words that makes a copy, if the titles are alike
	some     = 0.16 // the share of the other text's words that it then must be too
	half     = 0.5  // the share that does without titles
	whole    = 0.9  // the share at which texts are the same but for trifles
	long     = 250  // words, more than a site prints around its stories
	weeks    = 28   // days in which a story is reprinted whole, or nearly
	reprint  = 2    // days in which it is reprinted much changed
)

// NewLink weighs what two texts have in common, and reports whether it makes
// them copies. What both merely quote does not count, unless that is all there is to either.
//
// Where both titles are known, the words shared must say what the titles say.
// What a site prints around its stories ("You have read all of your free stories")
// stands under titles that it says nothing of, and so does the background that
// a paper repeats in each report on a matter, while what a copy took over is what its title
// tells. The less the titles have in common, the more of them must be told. Texts that
// share less than half are copies only under titles much alike and where each makes up
// a part of the other that counts: two reports that quote one statement of the police
// share as much. Where the titles have little in common with the words or with
// each other, texts that appeared more than four weeks apart are no copies. Nor are texts of
// which one appeared more than two days after the other and shares less than half, or less than
// three quarters that the titles tell little of: those are reports on what came of it.
func NewLink(a, b *Text, m *Match) (Link, bool) {
	if a.ID > b.ID {
		l, ok := NewLink(b, a, m.turned())
		return l, ok
	}
	if !isCopy(a, b, m) {
		return Link{}, false
	}
	l := Link{A: a.ID, B: b.ID, OfA: m.OfA, OfB: m.OfB, Own: m.Own}
	for _, p := range m.Passages {
		l.InA, l.InB = append(l.InA, p.A), append(l.InB, p.B)
	}
	l.InA, l.InB = apart(l.InA), apart(l.InB)
	return l, true
}

// turned is the match with the texts exchanged. Its passages stay in their order.
func (m *Match) turned() *Match {
	t := &Match{Passages: make([]Passage, len(m.Passages)), Shared: m.Shared, Own: m.Own, OfA: m.OfB, OfB: m.OfA, AllOfA: m.AllOfB, AllOfB: m.AllOfA}
	for i, p := range m.Passages {
		t.Passages[i] = Passage{A: p.B, B: p.A, Words: p.Words, a: p.b, b: p.a}
	}
	return t
}

func isCopy(a, b *Text, m *Match) bool {
	all := min(m.AllOfA, m.AllOfB) >= whole && m.Shared >= fewWords
	most := max(m.OfA, m.OfB)
	if !all && (m.Own < fewWords || most < enough) {
		return false
	}
	if all || most >= 0.75 {
		most = whole
	}
	titleA, titleB := contentWords(a.Title), contentWords(b.Title)
	days, known := daysApart(a.Published, b.Published)
	late := known && days > reprint
	if len(titleA) < 2 || len(titleB) < 2 {
		return most >= whole || most >= half && !late
	}
	alike := max(sharedBy(titleA, titleB), sharedBy(titleB, titleA))
	if alike == 1 || most >= whole && m.Shared >= long && known && days <= weeks {
		return true
	}
	shared := make(map[uint32]bool)
	for _, p := range m.Passages {
		addContentWords(shared, a.Body[p.A.Start:p.A.End])
	}
	told := min(sharedBy(titleA, shared), sharedBy(titleB, shared))
	if known && days > weeks && told <= 0.5 && alike < 0.75 {
		return false
	}
	switch {
	case most < half:
		return !late && min(m.OfA, m.OfB) >= some && alike >= 0.6 && told >= 0.1
	case late && most < whole:
		return told >= 0.6
	case alike >= 0.75:
		return told >= 0.1
	case alike < 0.34 && (late || most < whole):
		return told >= 0.45
	}
	return told >= 0.2
}

// newcomer is a text that is about to be compared with others.
type newcomer struct {
	text  *Text
	title map[uint32]bool // its content words
	body  map[uint32]bool
}

// mayLink reports whether the text may be a copy of another, or the other of it, whatever words they share: by
// their titles and days, and by how much of the titles the text could tell at all. Where it is false, NewLink finds
// no link (see isCopy). What has nothing in common with a text but a line that some site prints everywhere is
// mostly of another month and matter, and need not be read.
func (n *newcomer) mayLink(other *Text) bool {
	if days, known := daysApart(n.text.Published, other.Published); !known || days <= weeks {
		return true
	}
	if n.title == nil {
		n.title = contentWords(n.text.Title)
	}
	title := contentWords(other.Title)
	if len(n.title) < 2 || len(title) < 2 || max(sharedBy(n.title, title), sharedBy(title, n.title)) >= 0.75 {
		return true
	}
	if n.body == nil {
		n.body = contentWords(n.text.Body)
	}
	return min(sharedBy(n.title, n.body), sharedBy(title, n.body)) > 0.5
}

// sharedBy is the share of the words that others have too.
func sharedBy(words, others map[uint32]bool) float64 {
	n := 0
	for w := range words {
		if others[w] {
			n++
		}
	}
	return share(n, len(words))
}

func contentWords(s string) map[uint32]bool {
	m := make(map[uint32]bool)
	addContentWords(m, s)
	return m
}

// addContentWords adds the words of s that are not plain, each by its first five
// characters, which are the same in "shooting" and "shoots".
func addContentWords(m map[uint32]bool, s string) {
	const stem = 5
	for i := 0; i < len(s); {
		whole, short, n := offsetBasis, offsetBasis, 0
		for i < len(s) {
			r, size := utf8.DecodeRuneInString(s[i:])
			i += size
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				break
			}
			whole = (whole ^ uint32(unicode.ToLower(r))) * prime
			if n++; n <= stem {
				short = whole
			}
		}
		if n > 0 && !plainWords[whole] {
			m[short] = true
		}
	}
}

// daysApart is how many days lie between two days, where both are known.
func daysApart(a, b string) (days int, known bool) {
	x, err := time.Parse(time.DateOnly, a)
	if err != nil {
		return 0, false
	}
	y, err := time.Parse(time.DateOnly, b)
	if err != nil {
		return 0, false
	}
	return int(x.Sub(y).Abs() / (24 * time.Hour)), true
}

// apart puts spans in order and makes one of those that overlap.
func apart(spans []ledger.Span) []ledger.Span {
	slices.SortFunc(spans, func(a, b ledger.Span) int { return a.Start - b.Start })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
