// Package dates reads expressions of time and gives them their values in EDTF
// (ISO 8601-2).
//
// A lexer picks the words of time out of a text, a grammar makes expressions
// of them, and an anchor finds what an expression means that does not say it by
// itself: from the day of publication, from the tense of its clause, and from
// the dates told of before it. The calendar's arithmetic stands by itself.
package dates

import (
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Reader is the reader of dates. The zero Reader is ready; it keeps its memory
// from text to text and must not be used by two goroutines at once.
type Reader struct {
	grammar grammar
	anchor  anchor
	value   []byte
}

// Read adds to l, the ledger of d so far, whose tree is t, the dates that d
// tells of, in text order. A date that the text and l.Document.Published leave
// open has no value.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, l *ledger.Ledger) {
	g := &r.grammar
	g.d = d
	g.read(d)
	published, _ := parse(l.Document.Published)
	r.anchor.reset(published)
	for i := 0; i < len(g.items); {
		if !starts[g.items[i].kind] {
			i++
			continue
		}
		e, ok := g.expression(i)
		if !ok || e.end <= i {
			i++
			continue
		}
		if g.kind(i-1) != eachWord && !g.named(&e) {
			r.add(&e, t, l)
		}
		i = e.end
	}
}

// starts are the kinds of items that an expression may begin with.
var starts = [256]bool{monthName: true, weekdayName: true, seasonName: true, holidayName: true, unitName: true, dayPart: true, dayPoint: true,
	cardinal: true, ordinal: true, yearNumber: true, decadeName: true, fullDate: true, rangeOfTwo: true, clockTime: true, deictic: true,
	lastWord: true, pastWord: true, nextWord: true, comingWord: true, thisWord: true, currentWord: true, thatWord: true, previousWord: true,
	followingWord: true, earlierWord: true, laterWord: true, earlyWord: true, endWord: true, halfWord: true, theWord: true, article: true,
	vague: true, about: true, fiscalWord: true}

// named reports whether e is a part of a name: "Friday Night Lights", "the Sunday Times".
func (g *grammar) named(e *expression) bool {
	if e.form != ofWeek && e.form != yearless || e.bearing != unsaid {
		return false
	}
	end := g.after(e.end)
	if !end.Tag.Proper() {
		return false
	}
	x := &g.d.Tokens[g.at(e.end-1).token]
	return x.Head >= 0 && g.d.Tokens[x.Head].Start >= end.Start && g.d.Tokens[x.Head].Tag.Proper() && (x.Rel == text.Compound || x.Rel == text.Flat)
}

// add puts an expression into l with the value that it has there.
func (r *Reader) add(e *expression, t *tree.Tree, l *ledger.Ledger) {
	g := &r.grammar
	first, end := g.items[e.first], g.items[e.end-1]
	tokens := text.Range{First: first.token, End: end.token + 1}
	sentence := t.Sentence(first.token)
	v := r.anchor.resolve(e, tenseAt(g.d, t, tokens), sentence)
	r.anchor.tell(v, sentence)
	r.value = v.append(r.value[:0])
	l.Dates = append(l.Dates, ledger.Date{
		Piece: ledger.Piece{Span: ledger.Span{Start: int(first.start), End: int(end.end)}},
		Value: string(r.value),
	})
}
