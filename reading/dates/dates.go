// Package dates reads expressions of time and gives them their values in EDTF
// (ISO 8601-2).
//
// A lexer picks the words of time out of a text, a grammar makes expressions
// of them, and an anchor finds what an expression means that does not say it by
// itself: from the day of publication, from the tense of its clause, and from
// the dates told of before it. The calendar's arithmetic stands by itself.
package dates

import (
	"hash/fnv"
	"slices"

	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Reader is the reader of dates. The zero Reader is ready; it keeps its memory
// from text to text and must not be used by two goroutines at once.
type Reader struct {
	grammar grammar
	anchor  anchor
	last    value         // of the last expression
	end     int           // the item after it
	names   []ledger.Span // of people and organisations, in text order
	name    int           // the first of them that has not been passed
	value   []byte
}

// Read adds to l, the ledger of d so far, whose tree is t, the dates that d
// tells of, in text order. A date that the text and l.Document.Published leave
// open has no value.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, l *ledger.Ledger) {
	g := &r.grammar
	g.d = d
	g.read(d)
	r.names, r.name = r.names[:0], 0
	for k := range l.Entities {
		n := &l.Entities[k]
		if n.Type != ledger.TypePerson && n.Type != ledger.TypeOrganization {
			continue
		}
		for _, m := range n.Mentions {
			if !m.Pronoun {
				r.names = append(r.names, m.Span)
			}
		}
	}
	slices.SortFunc(r.names, func(a, b ledger.Span) int { return a.Start - b.Start })
	published, _ := parse(l.Document.Published)
	r.anchor.reset(published)
	r.last, r.end = value{}, -1
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
		if g.kind(i-1) != eachWord && !g.named(&e) && !r.within(&e) {
			g.sharedYear(&e)
			if r.end == i-1 {
				g.besides(&e, r.last)
			}
			r.last = r.add(&e, t, l)
			for {
				next, ok := g.another(&e)
				if !ok {
					break
				}
				if d, ok := next.value.from.inYear(int(r.last.from.year)); ok && r.last.from.grain == day {
					next.form, next.value = absolute, single(d)
				}
				e = next
				r.last = r.add(&e, t, l)
			}
			r.end = e.end
		}
		i = e.end
	}
}

// besides takes from the value of the expression before e, which one word
// parts from it, what that says of e.
func (g *grammar) besides(e *expression, before value) {
	if before.to.grain != 0 {
		return
	}
	switch g.kind(e.first - 1) {
	case inWord: // "next year in March"
		if e.form == yearless && e.bearing == unsaid && before.from.grain == year {
			g.inYear(e, int(before.from.year), e.end)
		}
	case comma: // "Nov. 3, the day before the vote"
		if e.bearing == fromEvent && before.from.grain == e.unit {
			e.form, e.value = absolute, before
		}
	}
}

// starts are the kinds of items that an expression may begin with.
var starts = [256]bool{monthName: true, weekdayName: true, seasonName: true, holidayName: true, unitName: true, dayPart: true, dayPoint: true,
	cardinal: true, ordinal: true, yearNumber: true, decadeName: true, fullDate: true, rangeOfTwo: true, clockTime: true, deictic: true,
	lastWord: true, pastWord: true, nextWord: true, comingWord: true, thisWord: true, currentWord: true, thatWord: true, previousWord: true,
	followingWord: true, earlierWord: true, laterWord: true, earlyWord: true, endWord: true, halfWord: true, theWord: true, article: true,
	vague: true, about: true, fiscalWord: true}

// within reports whether a name of a person or an organisation holds e and
// more: "the 17 November group". It is asked in text order.
func (r *Reader) within(e *expression) bool {
	start, end := int(r.grammar.items[e.first].start), int(r.grammar.items[e.end-1].end)
	for r.name < len(r.names) && r.names[r.name].End <= start {
		r.name++
	}
	if r.name == len(r.names) {
		return false
	}
	n := r.names[r.name]
	return n.Start <= start && end <= n.End && (n.Start < start || end < n.End)
}

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
	if !e.compared && !(e.bearing == fromThen && e.n < 0) {
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

// stem is what a verb and the noun for what it does have in common, hashed:
// that of "bombed" and "bombing". It is 0 for what is too short to have one.
func stem(form string) uint32 {
	const shortest, longest = 4, 24
	if len(form) > longest {
		return 0
	}
	var buf [longest]byte
	w := buf[:0]
	for _, c := range []byte(form) {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		w = append(w, c)
	}
	for _, e := range endings {
		if n := len(w) - len(e); n >= shortest && string(w[n:]) == e {
			w = w[:n]
			break
		}
	}
	if len(w) < shortest {
		return 0
	}
	h := fnv.New32a()
	h.Write(w)
	return h.Sum32()
}

// endings are those of verbs and of the nouns made from them, the longest first.
var endings = [...]string{"ations", "ation", "ments", "sions", "tions", "ment", "sion", "tion", "ings", "ions", "ding", "ting", "ing", "ion", "ded", "ted",
	"des", "ed", "es", "ts", "de", "te", "s", "d", "t", "e"}
