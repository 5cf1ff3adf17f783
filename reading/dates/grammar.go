package dates

import "hearsay/text"

// A form is how an expression tells its time.
type form uint8

const (
	unsettled form = iota // an expression of time that has no value
	absolute              // by itself
	yearless              // a month, a day, a part of a year or a holiday, whose year is to be found
	ofWeek                // a day of the week
	shift                 // so many units from the publication, or from what was told of before
	stretch               // the units just before the publication, or just after it
	timeOnly              // a time of a day that is to be found
)

// A bearing is what an expression itself says of where its time lies.
type bearing uint8

const (
	unsaid     bearing = iota
	lastOne            // "last Friday"
	nextOne            // "next Friday"
	thisOne            // "this Friday"
	fromThen           // counted from what was told of before: "two days later", "that day"
	fromEvent          // counted from the event that the next words name: "two days after the attack"
	withinYear         // in the year that is n years from the publication's: "June last year"
	withinWeek         // in the week that is n weeks from the publication's: "Friday last week"
)

// An expression is an expression of time as the grammar reads it, before
// anything is known of when its text was written.
type expression struct {
	first, end int // the items that it consists of
	form       form
	bearing    bearing
	approx     bool
	definite   bool  // "the year", with nothing that says which
	compared   bool  // "a year earlier", "the year-ago period": what figures are compared with
	atEnd      bool  // "year-end"
	alone      bool  // a time of day that is all its sentence
	value      value // of an absolute one; of one without year, the same without year
	holiday    int32 // of one without year and value: index in holidays
	weekday    int32
	event      uint32 // where it is counted from an event: the stem of the word for that
	n          int    // units, years or weeks, back where negative
	unit       grain
	plus       distance // from the time told to that which is meant: "two days before Christmas"
	coarse     grain    // of the stretch around the time told that is meant: "the week of March 4"
}

// A distance is a number of units of time, back where negative.
type distance struct {
	n    int
	unit grain
}

// A grammar reads expressions of time from the items of a text.
type grammar struct {
	d *text.Doc
	lexer
	depth int // of the expressions within expressions that are being read
}

// deepest is how many expressions may stand in one another: "around the end of
// the year two days before" is more than anybody writes.
const deepest = 5

// none is an item of no kind, which stands before the first and after the last.
var none item

func (g *grammar) at(i int) *item {
	if i < 0 || i >= len(g.items) {
		return &none
	}
	return &g.items[i]
}

func (g *grammar) kind(i int) kind { return g.at(i).kind }

// skip returns the item after i where i is of the kind k, else i.
func (g *grammar) skip(i int, k kind) int {
	if g.kind(i) == k {
		return i + 1
	}
	return i
}

// before and after are the tokens before the item i and after the item i-1.
func (g *grammar) before(i int) *text.Token {
	if t := g.at(i).token; t > 0 {
		return &g.d.Tokens[t-1]
	}
	return &noToken
}

func (g *grammar) after(i int) *text.Token {
	x := g.at(i - 1)
	// A holiday is several tokens, a compound has several items.
	for t := x.token; int(t) < len(g.d.Tokens); t++ {
		if g.d.Tokens[t].Start >= x.end {
			return &g.d.Tokens[t]
		}
	}
	return &noToken
}

var noToken text.Token

// expression reads the expression that begins with item i and reports whether there is one.
func (g *grammar) expression(i int) (expression, bool) {
	e, ok := g.expressionFrom(i)
	if !ok {
		return e, false
	}
	if e.first = i; e.unit == moment {
		e.first-- // "at"
	}
	return e, true
}

func (g *grammar) expressionFrom(i int) (expression, bool) {
	if g.depth == deepest {
		return expression{}, false
	}
	g.depth++
	e, ok := g.whole(i)
	g.depth--
	return e, ok
}

// whole reads an expression with what may stand before it.
func (g *grammar) whole(i int) (expression, bool) {
	switch g.kind(i) {
	case about:
		e, ok := g.expressionFrom(i + 1)
		e.approx = true
		// "Some" and "nearly" go with numbers and times only.
		return e, ok && e.form != ofWeek
	case theWord:
		return g.definite(i + 1)
	case earlyWord, earlierWord, laterWord, endWord, halfWord:
		return g.partOf(i)
	}
	return g.core(i)
}

// partOf reads a part of a time: "early March", "mid-1990s", "end of 1990",
// "later that day". Its value is that of the whole, of which EDTF has no parts.
func (g *grammar) partOf(i int) (expression, bool) {
	j := i + 1
	switch g.kind(i) {
	case earlyWord:
		j = g.skip(j, hyphen)
		j = g.skip(g.skip(j, inWord), theWord)
	case earlierWord, laterWord:
		j = g.skip(j, inWord)
	default:
		if g.kind(j) != ofWord && !(g.kind(j) == hyphen && g.kind(i) == endWord) {
			return expression{}, false
		}
		j++
	}
	switch g.kind(j) {
	case about, earlierWord, laterWord, endWord, halfWord, article, vague:
		return expression{}, false
	}
	return g.expressionFrom(j)
}

// definite reads what may follow "the".
func (g *grammar) definite(i int) (expression, bool) {
	switch x := g.at(i); x.kind {
	case ordinal:
		if e, ok := g.dayOfMonth(i); ok {
			return e, true
		}
		return g.ordered(i)
	case earlyWord, endWord, halfWord:
		return g.partOf(i)
	case decadeName, fiscalWord:
		return g.core(i)
	case seasonName:
		return g.seasonAt(i, true)
	case lastWord, pastWord, nextWord, comingWord, currentWord, latestWord, thatWord, previousWord, followingWord:
		return g.directed(i, true)
	case unitName:
		return g.definiteUnit(i)
	case dayPart:
		return g.partOfDay(i)
	case wholeWord:
		if u := g.at(i + 1); u.kind == unitName && grain(u.value) == year {
			return g.definiteUnit(i + 1)
		}
	case timeWord:
		return g.thatTime(i, i-2)
	}
	return expression{}, false
}

// closed reports whether the phrase ends before item i: no noun that it
// belongs to and no clause that belongs to it follows.
func (g *grammar) closed(i int) bool {
	t := g.after(i)
	switch {
	case t.Tag == text.IN:
		switch g.kind(i) {
		case other:
			return t.Rel == text.Case // "with", not "that"
		case ofWord, beforeWord, afterWord:
			return false
		}
	case t.Tag == text.WDT, t.Tag == text.WRB, t.Tag == text.WP, t.Tag.Noun(), t.Tag == text.CD, t.Tag == text.PRP, t.Tag == text.JJ, t.Tag == text.DT, t.Tag == text.PRPS, t.Tag == text.EX:
		return false
	}
	return true
}

// core reads an expression without what may stand before it.
func (g *grammar) core(i int) (expression, bool) {
	x := g.at(i)
	switch x.kind {
	case fullDate:
		return g.closing(expression{end: i + 1, form: absolute, value: single(g.full[x.value])})
	case deictic:
		if tok, p := &g.d.Tokens[x.token], g.before(i); tok.Shape&text.FirstUpper != 0 &&
			(tok.Tag.Proper() && p.Tag.Proper() || p.Tag == text.OpenQ && g.after(i+1).Tag == text.CloseQ) {
			return expression{}, false // a newspaper's name, a programme's
		}
		return g.closing(expression{end: g.skip(i+1, dayPart), form: shift, n: int(x.value), unit: day})
	case weekdayName:
		return g.weekdayAt(i)
	case monthName:
		return g.monthAt(i)
	case cardinal, ordinal, rangeOfTwo, yearNumber:
		return g.numberAt(i)
	case decadeName:
		if p := g.kind(i - 1); x.flags&doubtful != 0 && p != theWord && !(p == earlyWord && g.kind(i-2) == theWord) {
			return expression{}, false
		}
		return expression{end: i + 1, form: absolute, value: single(date{grain: decade, year: int16(x.value)})}, true
	case seasonName:
		return g.seasonAt(i, false)
	case holidayName:
		return g.holidayAt(i)
	case clockTime, dayPoint:
		return g.clockAt(i)
	case dayPart:
		if k := g.kind(i - 1); k != inWord && k != untilWord && k != earlyWord {
			return expression{}, false
		}
		if g.kind(i+1) == ofWord || g.kind(i+1) == other && g.kind(i-1) != earlyWord {
			return expression{}, false
		}
		return g.partOfDay(i)
	case thisWord, lastWord, pastWord, nextWord, comingWord, thatWord, currentWord, previousWord, followingWord:
		return g.directed(i, false)
	case fiscalWord:
		if y, n, ok := g.year(i + 1); ok {
			return g.ofYear(y, n), true
		}
		if e, ok := g.ordered(i + 1); ok {
			e.form = unsettled // where a body's year begins is not known
			return e, true
		}
		if u := g.at(i + 1); u.kind == unitName && grain(u.value) == year && g.kind(i-1) == theWord {
			e := expression{end: i + 2, form: shift, unit: year}
			if end := g.after(i + 2).Lower; end == wordEnded || end == wordEnding {
				e.form = unsettled
			}
			return e, true
		}
	case article, vague:
		return g.amountAt(i)
	case unitName:
		if x.flags&plural != 0 {
			return g.amountAt(i)
		}
		if grain(x.value) == year {
			return g.yearAgo(i)
		}
	}
	return expression{}, false
}

// closing takes in what may follow a day: "Friday night", "at 9 p.m.".
func (g *grammar) closing(e expression) (expression, bool) {
	if x := g.at(e.end); x.kind == dayPart {
		if x.flags&plural != 0 {
			return e, false
		}
		e.end++
	}
	j := g.skip(e.end, inWord)
	if k, ok := g.clock(j); ok {
		e.end = k
	} else if g.kind(j) == dayPoint {
		e.end = j + 1
	}
	return e, true
}
