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
	var before struct { // the last expression
		end   int
		value value
	}
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
			g.sharedYear(&e)
			if e.form == yearless && e.bearing == unsaid && before.end == i-1 && g.kind(i-1) == inWord && before.value.from.grain == year && before.value.to.grain == 0 {
				g.inYear(&e, int(before.value.from.year), e.end) // "next year in March"
			}
			if e.bearing == fromEvent && g.kind(i-1) == comma && before.end == i-1 && before.value.from.grain == e.unit {
				e.form, e.value = absolute, before.value // "Nov. 3, the day before the vote"
			}
			v := r.add(&e, t, l)
			for {
				next, ok := g.another(&e)
				if !ok {
					break
				}
				if d, ok := next.value.from.inYear(int(v.from.year)); ok && v.from.grain == day {
					next.form, next.value = absolute, single(d)
				}
				e = next
				v = r.add(&e, t, l)
			}
			before.end, before.value = e.end, v
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

// add puts an expression into l with the value that it has there, and returns that.
func (r *Reader) add(e *expression, t *tree.Tree, l *ledger.Ledger) value {
	g := &r.grammar
	first, end := g.items[e.first], g.items[e.end-1]
	tokens := text.Range{First: first.token, End: end.token + 1}
	sentence := t.Sentence(first.token)
	grain := e.value.from.grain
	if e.form == ofWeek {
		grain = day
	}
	if e.form == timeOnly && sentence >= 0 {
		s := &g.d.Sentences[sentence]
		e.alone = s.First == tokens.First && s.End <= tokens.End+1
	}
	if e.bearing == fromEvent {
		e.event = g.eventAfter(end.token)
	}
	v := r.anchor.resolve(e, clause{g.d, t, grain, e.form == ofWeek}.tense(tokens), sentence)
	if !(e.bearing == fromThen && e.n < 0) {
		// What was before is told to compare, and the story stays where it was.
		r.anchor.tell(v, e.form == absolute, sentence)
	}
	if v.from.grain == day && v.to.grain == 0 && !v.approx && e.bearing != fromEvent {
		r.date(tokens, v.from)
	}
	r.value = v.append(r.value[:0])
	l.Dates = append(l.Dates, ledger.Date{
		Piece: ledger.Piece{Span: ledger.Span{Start: int(first.start), End: int(end.end)}},
		Value: string(r.value),
	})
	return v
}

// date notes the day of the verb and of the noun that the expression of the tokens r belongs to.
func (r *Reader) date(tokens text.Range, on date) {
	d := r.grammar.d
	i := tree.Head(d, tokens)
	const highest = 4 // steps up the tree
	for k := 0; k < highest && i >= 0; k++ {
		x := &d.Tokens[i]
		if outside := i < tokens.First || i >= tokens.End; outside && (x.Tag.Verb() || x.Tag == text.NN || x.Tag == text.NNS) {
			if s := stem(d.Form(i)); s != 0 {
				r.anchor.dated(s, on)
			}
			if x.Tag.Verb() {
				return
			}
		}
		i = x.Head
	}
}

// eventAfter is the stem of the word for the event that the preposition or
// conjunction i, an "after" or a "before", puts in relation; 0 where there is none.
func (g *grammar) eventAfter(i int32) uint32 {
	x := &g.d.Tokens[i]
	if x.Head <= i || x.Rel != text.Case && x.Rel != text.Mark {
		return 0
	}
	return stem(g.d.Form(x.Head))
}

// stem is what a verb and the noun for what it does have in common, their
// first letters: of "bombed" and "bombing". It is 0 for a short word.
func stem(form string) uint32 {
	const letters = 4
	if len(form) < letters {
		return 0
	}
	var s uint32
	for _, c := range []byte(form[:letters]) {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c < 'a' || c > 'z' {
			return 0
		}
		s = s<<8 | uint32(c)
	}
	return s
}
