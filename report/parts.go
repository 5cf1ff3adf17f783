package report

import (
	"cmp"
	"slices"
	"strconv"

	"hearsay/ledger"
)

// A long text is shown in parts, each a page of its own, so that no page grows
// with its text. A part is what text and claims take some partSize bytes of
// markup; the rest of a page takes a quarter of that.
const partSize = 130_000

// What the markup takes beside the words, at most or nearly so.
const (
	entrySize = 330 // of a claim in the list
	markSize  = 55  // of a mark in the text
)

// stretch is a part of the text, in paragraphs or, of paragraphs that are longer
// than a part, pieces of them.
type stretch struct {
	ledger.Span
	pieces []ledger.Span
	claims int // that begin in it
}

// parts cuts the text into parts, all about as large, of which there is at least one;
// of[i] is the part that claim i is listed in: that in which its content begins.
func (o *outline) parts() (list []stretch, of []int) {
	type weight struct{ at, sum int }
	var weights []weight
	for _, m := range o.marks() {
		w := markSize
		if m.first {
			c := &o.Claims[m.claim]
			w += entrySize + escapedSize(o.content(c, ""))
			if c.Source != nil {
				w += c.Source.End - c.Source.Start
			}
			if c.Checkworthiness > 0 {
				w += len(why(&c.Worth, ""))
			}
			for _, k := range c.Checked {
				w += len(k.Note) + len(k.Link)
			}
		}
		weights = append(weights, weight{m.Start, w})
	}
	sum := 0
	for i := range weights {
		sum += weights[i].sum
		weights[i].sum = sum
	}
	before := func(at int) int {
		if i, _ := slices.BinarySearchFunc(weights, at, func(w weight, at int) int { return cmp.Compare(w.at, at) }); i > 0 {
			return weights[i-1].sum
		}
		return 0
	}
	text := o.Document.Text
	size := func(s ledger.Span) int { return escapedSize(text[s.Start:s.End]) + before(s.End) - before(s.Start) }

	total := 0
	type piece struct {
		ledger.Span
		paragraph, size int
	}
	var pieces []piece
	for k, p := range paragraphs(text) {
		for _, s := range o.pieces(p, size) {
			n := size(s)
			pieces, total = append(pieces, piece{s, k, n}), total+n
		}
	}
	count := max(1, (total+partSize-1)/partSize)
	list = []stretch{{}}
	done := 0
	for i, s := range pieces {
		last := &list[len(list)-1]
		// Where more than half of a piece is beyond a part's share it begins the next.
		if len(last.pieces) > 0 && (done+s.size/2)*count > len(list)*total {
			list = append(list, stretch{})
			last = &list[len(list)-1]
		}
		if n := len(last.pieces); n > 0 && s.paragraph == pieces[i-1].paragraph {
			last.pieces[n-1].End = s.End
		} else {
			last.pieces = append(last.pieces, s.Span)
		}
		done += s.size
	}
	for i := range list {
		p := &list[i]
		if i > 0 {
			p.Start = p.pieces[0].Start
			list[i-1].End = p.Start
		}
		p.End = len(text)
	}
	of = make([]int, len(o.Claims))
	w := window{parts: list}
	for i := range o.Claims {
		if c := &o.Claims[i]; len(c.Content) > 0 {
			of[i] = w.at(c.Content[0].Start)
		}
		list[of[i]].claims++
	}
	return list, of
}

// pieces are a paragraph or, of one that is too long for a part, its sentences, and
// of a sentence that is too long stretches of it.
func (o *outline) pieces(p ledger.Span, size func(ledger.Span) int) []ledger.Span {
	const most = partSize / 3
	if size(p) <= most {
		return []ledger.Span{p}
	}
	var list []ledger.Span
	begin := p.Start
	cut := func(at int) {
		if begin < at {
			list = append(list, ledger.Span{Start: begin, End: at})
			begin = at
		}
	}
	var ends []int
	k, _ := slices.BinarySearchFunc(o.Sentences, p.Start, func(s ledger.Sentence, at int) int { return cmp.Compare(s.Start, at) })
	for ; k < len(o.Sentences) && o.Sentences[k].Start < p.End; k++ {
		ends = append(ends, o.Sentences[k].Start)
	}
	for _, end := range append(ends, p.End) {
		for words, more := opening(o.Document.Text[begin:end], most/4); more; words, more = opening(o.Document.Text[begin:end], most/4) {
			cut(begin + len(words))
		}
		cut(end)
	}
	return list
}

// escapedSize is how long s is as HTML has it.
func escapedSize(s string) int {
	n := len(s)
	for i := range len(s) {
		switch s[i] {
		case '&', '<', '>', '"', '\'':
			n += 4
		}
	}
	return n
}

// window is the part of a text that is shown, of several.
type window struct {
	parts []stretch
	of    []int  // of each claim, the part it is listed in
	here  int    // the part that is shown; beyond all of them, none is
	path  string // of the pages of the parts, to which their number is added
}

// lists reports whether claim i is listed.
func (w *window) lists(i int) bool { return w == nil || w.of[i] == w.here }

// at is the part in which a place of the text is.
func (w *window) at(at int) int {
	k, found := slices.BinarySearchFunc(w.parts, at, func(p stretch, at int) int { return cmp.Compare(p.Start, at) })
	if !found {
		k--
	}
	return max(k, 0)
}

// href leads to an anchor in a part.
func (w *window) href(part int, anchor string) string {
	if w == nil || part == w.here {
		return "#" + anchor
	}
	return w.path + strconv.Itoa(part+1) + "#" + anchor
}

// toClaim leads to the entry of claim i.
func (w *window) toClaim(i int, anchor string) string {
	if w == nil {
		return "#" + anchor
	}
	return w.href(w.of[i], anchor)
}

// turn is a way to another part.
type turn struct {
	Name, Path  string
	First, Last string // anchors of claims that it lists
	Here        bool
	Shown       string // how many of its claims are shown, as they are sifted now; empty where none are sifted out
}

// bound leaves out of what is told of the whole text what is beyond what a page can have.
func (a *article) bound() {
	cut := func(list *[]place, most int) {
		if len(*list) > most {
			*list = append((*list)[:most:most], place{Rest: len(*list) - most})
		}
	}
	if n := len(a.Incidents) - 40; n > 0 {
		a.Incidents, a.MoreIncidents = a.Incidents[:40], n
	}
	for i := range a.Incidents {
		x := &a.Incidents[i]
		cut(&x.Means, 12)
		cut(&x.Told, 12)
		for k := range x.Tolls {
			cut(&x.Tolls[k].Given, 12)
		}
		for k := range x.Parts {
			cut(&x.Parts[k].Takes, 12)
		}
	}
	if n := len(a.Moments) - 100; n > 0 {
		a.Moments, a.MoreMoments = a.Moments[:100], n
	}
	for i := range a.Moments {
		cut(&a.Moments[i].Told, 6)
	}
	for i := range a.Kin {
		if k := &a.Kin[i]; len(k.People) > 80 {
			k.People, k.More = k.People[:80], len(k.People)-80
		}
	}
}
