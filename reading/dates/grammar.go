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
	value      value // of an absolute one; of one without year, the same without year
	holiday    int32 // of one without year and value: index in holidays
	weekday    int32
	event      uint32 // where it is counted from an event: the stem of the word for that
	n          int    // units, years or weeks, back where negative
	unit       grain
}

// A grammar reads expressions of time from the items of a text.
type grammar struct {
	d *text.Doc
	lexer
}

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
	case theWord:
		return g.definite(j + 1)
	case about, earlierWord, laterWord, article, vague:
		return expression{}, false
	case earlyWord:
		return g.partOf(j)
	}
	return g.core(j)
}

// definite reads what may follow "the".
func (g *grammar) definite(i int) (expression, bool) {
	switch x := g.at(i); x.kind {
	case ordinal:
		if e, ok := g.dayOfMonth(i); ok {
			return e, true
		}
		return g.ordered(i)
	case endWord, halfWord:
		return g.partOf(i)
	case earlyWord:
		return g.partOf(i)
	case decadeName, fiscalWord:
		return g.core(i)
	case seasonName:
		return g.seasonAt(i, true)
	case lastWord, pastWord, nextWord, comingWord, currentWord, thatWord, previousWord, followingWord:
		return g.directed(i, true)
	case unitName:
		return g.definiteUnit(i)
	case dayPart:
		return g.partOfDay(i)
	case wholeWord:
		if u := g.at(i + 1); u.kind == unitName && grain(u.value) == year {
			e, ok := g.definiteUnit(i + 1)
			return e, ok
		}
	case timeWord:
		return g.thatTime(i, i-2)
	case latestWord:
		return g.directed(i, true)
	}
	return expression{}, false
}

// thatTime reads "at the time", which ends with item i and begins with the
// preposition at item p: about when what was told of before happened.
func (g *grammar) thatTime(i, p int) (expression, bool) {
	e := expression{end: i + 1, form: shift, bearing: fromThen, unit: moment}
	if k := g.at(p); k.kind != inWord || g.d.Tokens[k.token].Lower != wordAt {
		return e, false
	}
	if g.before(p).Tag.Verb() && g.after(i+1).Tag == text.IN && g.kind(i+1) != ofWord {
		return e, true // "said at the time that"
	}
	return e, g.kind(i+1) != ofWord && g.closed(i+1)
}

// definiteUnit reads "the year", "the year 2000", "the day before", "the week of March 4".
func (g *grammar) definiteUnit(i int) (expression, bool) {
	x := g.at(i)
	unit := grain(x.value)
	if unit == hour || x.flags&plural != 0 {
		return expression{}, false
	}
	j := i + 1
	if unit == year {
		if y, n, ok := g.year(j); ok {
			return g.ofYear(y, n), true
		}
		if g.kind(j) == hyphen || g.kind(j) == agoWord || g.kind(j) == earlierWord {
			return g.yearAgo(i)
		}
	}
	e := expression{end: j, form: shift, bearing: fromThen, unit: unit}
	switch g.kind(j) {
	case beforeWord, afterWord, laterWord:
		if e.n = 1; g.kind(j) == beforeWord {
			e.n = -1
		}
		if k := g.at(j + 1); unit == day && k.kind == deictic && k.value != 0 {
			// The day before yesterday, the day after tomorrow.
			return expression{end: j + 2, form: shift, n: e.n + int(k.value), unit: day}, true
		}
		return g.fromTime(e, j)
	case ofWord:
		if inner, ok := g.expressionFrom(j + 1); ok {
			inner.form = unsettledUnless(unit <= day && inner.form == ofWeek, inner.form)
			return inner, true
		}
		return expression{}, false
	case endWord, possessive:
		if j = g.skip(j, possessive); g.kind(j) == endWord && unit == year {
			return expression{end: j + 1, form: shift, unit: year, atEnd: true}, true
		}
		if j > i+1 {
			break
		}
		return expression{}, false
	case hyphen:
		return expression{}, false
	}
	if unit != weekend && !g.closed(i+1) {
		return expression{}, false
	}
	e.definite = true
	p := g.kind(i - 2)
	if g.kind(i-1) == wholeWord {
		p = g.kind(i - 3)
	}
	switch p {
	case inWord, ofWord, untilWord, sinceWord, earlierWord, laterWord:
	default:
		if unit != quarter && unit != weekend {
			return expression{}, false
		}
	}
	return e, true
}

func unsettledUnless(ok bool, f form) form {
	if ok {
		return f
	}
	return unsettled
}

// closed reports whether the phrase ends before item i: no noun or clause that
// it belongs to follows.
func (g *grammar) closed(i int) bool {
	t := g.after(i)
	switch {
	case t.Tag == text.IN, t.Tag == text.WDT, t.Tag == text.WRB, t.Tag == text.WP:
		return g.kind(i) != other && g.kind(i) != ofWord && g.kind(i) != beforeWord && g.kind(i) != afterWord && t.Tag == text.IN || t.Rel == text.Case
	case t.Tag.Noun(), t.Tag == text.CD, t.Tag == text.PRP, t.Tag == text.JJ, t.Tag == text.DT, t.Tag == text.PRPS, t.Tag == text.EX:
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
		if tok := &g.d.Tokens[x.token]; tok.Tag.Proper() && g.before(i).Tag.Proper() {
			return expression{}, false // a newspaper's name
		}
		return g.closing(expression{end: g.skip(i+1, dayPart), form: shift, n: int(x.value), unit: day})
	case weekdayName:
		return g.weekdayAt(i)
	case monthName:
		return g.monthAt(i)
	case cardinal, ordinal, rangeOfTwo, yearNumber:
		return g.numberAt(i)
	case decadeName:
		if x.value < 1000 || x.flags&spelled == 0 && g.d.Tokens[x.token].Tag == text.NoTag {
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
		if _, ok := g.ordered(i + 1); ok {
			e, _ := g.ordered(i + 1)
			e.form = unsettled
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

// year reads a year's number and returns it and the item after it.
func (g *grammar) year(i int) (int, int, bool) {
	x := g.at(i)
	switch {
	case x.kind == yearNumber:
		return int(x.value), i + 1, true
	case x.kind == cardinal && x.flags&spelled == 0:
		return int(x.value), i + 1, plausible(int(x.value))
	case x.kind == cardinal && x.value >= 11 && x.value <= 20:
		// "Nineteen eighty-four", "twenty twenty".
		if n, j, ok := g.tens(i + 1); ok && n >= 10 {
			return 100*int(x.value) + n, j, x.value >= 17
		}
	case x.kind == cardinal && x.value == 2:
		if g.at(i+1).value == 1000 && g.kind(i+1) == cardinal {
			j := g.skip(i+2, andWord)
			if n, k, ok := g.tens(j); ok {
				return 2000 + n, k, true
			}
			return 2000, i + 2, true
		}
	}
	return 0, i, false
}

// tens reads a number from 1 to 99 in letters.
func (g *grammar) tens(i int) (int, int, bool) {
	x := g.at(i)
	if x.kind != cardinal || x.flags&spelled == 0 || x.value >= 100 {
		return 0, i, false
	}
	if x.value < 20 {
		return int(x.value), i + 1, true
	}
	if y := g.at(g.skip(i+1, hyphen)); y.kind == cardinal && y.flags&spelled != 0 && y.value < 10 {
		return int(x.value + y.value), g.skip(i+1, hyphen) + 1, true
	}
	return int(x.value), i + 1, true
}

// number reads a number below ten thousand.
func (g *grammar) number(i int) (int, int, bool) {
	x := g.at(i)
	if x.kind != cardinal {
		return 0, i, false
	}
	if x.flags&spelled == 0 {
		return int(x.value), i + 1, true
	}
	n, j := 1, i
	if x.value < 100 {
		n, j, _ = g.tens(i)
	}
	if y := g.at(j); y.kind == cardinal && y.flags&spelled != 0 && y.value >= 100 {
		n, j = n*int(y.value), j+1
	}
	return n, j, true
}

// dayNumber reads the number of a day of a month.
func (g *grammar) dayNumber(i int) (int, int, bool) {
	x := g.at(i)
	switch x.kind {
	case ordinal:
		if x.value >= 1 && x.value <= 31 {
			return int(x.value), i + 1, true
		}
	case cardinal:
		if x.flags&spelled == 0 && x.value >= 1 && x.value <= 31 && g.at(i).end-g.at(i).start <= 2 {
			return int(x.value), i + 1, true
		}
		if x.flags&spelled != 0 && (x.value == 20 || x.value == 30) {
			j := g.skip(i+1, hyphen)
			if y := g.at(j); y.kind == ordinal && y.value < 10 && int(x.value+y.value) <= 31 {
				return int(x.value + y.value), j + 1, true
			}
		}
	}
	return 0, i, false
}

// ofYear is the expression of a year that ends before item j, or of what is
// said of the year: "the 1988 third quarter".
func (g *grammar) ofYear(y, j int) expression {
	e := expression{end: j, form: absolute}
	if k, ok := g.ordered(j); ok && k.form == yearless && k.value.from.grain != 0 {
		k.form, k.value.from.year = absolute, int16(y)
		return k
	}
	d, ok := yearOf(y)
	if !ok {
		return expression{end: j}
	}
	e.value = single(d)
	return e
}

// whichYear reads the year after a month or a part of a year: "1998", ", 1998",
// "of 1998", "last year", "of this year". It changes e accordingly.
func (g *grammar) whichYear(e *expression) bool {
	i := e.end
	j := i
	switch g.kind(i) {
	case comma, ofWord, inWord:
		j++
	}
	j2 := g.skip(j, theWord)
	if y, n, ok := g.year(j2); ok && (g.at(j2).kind == yearNumber || g.at(j2).flags&spelled != 0 || y >= 1000) {
		if g.kind(i) == inWord && j2 > j {
			return false
		}
		return g.inYear(e, y, n)
	}
	if g.kind(i) == comma {
		return false
	}
	if n, k, ok := g.relativeYear(j2); ok {
		e.bearing, e.n, e.end = withinYear, n, k
		return true
	}
	return false
}

// inYear makes e the same in the year y, where it ends before item j.
func (g *grammar) inYear(e *expression, y, j int) bool {
	v := e.value
	var ok, ok2 bool
	if v.from.grain == 0 {
		v.from, ok = holidays[e.holiday].in(y)
		ok2 = ok
	} else {
		v.from, ok = strict(v.from, y)
		if ok2 = true; v.to.grain != 0 {
			v.to, ok2 = strict(v.to, y)
		}
	}
	if e.form, e.value, e.end = absolute, v, j; !ok || !ok2 {
		e.form = unsettled // the 29th of February of a year that has none
	}
	return true
}

// strict returns d in the year y, and whether that year has it: not the 29th of February.
func strict(d date, y int) (date, bool) {
	if d.grain == day {
		return dayOf(y, int(d.part), int(d.day))
	}
	return d.inYear(y)
}

// relativeYear reads "last year", "this year", "next year" and "the previous
// year" after "of the", and returns how many years after the publication's it is.
func (g *grammar) relativeYear(i int) (int, int, bool) {
	u := g.at(i + 1)
	if u.kind != unitName || grain(u.value) != year || u.flags&plural != 0 {
		return 0, i, false
	}
	switch g.kind(i) {
	case lastWord:
		return -1, i + 2, true
	case nextWord:
		return 1, i + 2, true
	case thisWord, currentWord:
		return 0, i + 2, true
	}
	return 0, i, false
}

// monthAt reads what begins with a month: "March", "March 4", "March 4-9, 2024", "March 2024".
func (g *grammar) monthAt(i int) (expression, bool) {
	x := g.at(i)
	m := int(x.value)
	e := expression{end: i + 1, form: yearless}
	if d, j, ok := g.dayNumber(i + 1); ok && !g.counts(j) {
		if from, ok := dayOf(0, m, d); ok {
			e.value, e.end = single(from), j
			g.lastDay(&e, m)
			if !g.whichYear(&e) && e.value.to.grain == 0 {
				g.yearOfList(&e)
			}
			if e.form == yearless && m == 9 && d == 11 && attacks()[g.after(e.end).Lower] {
				g.inYear(&e, 2001, e.end) // a name by now
			}
			return g.closing(e)
		}
	}
	if p := g.at(i + 1); p.kind == rangeOfTwo {
		if from, to, ok := g.daysOf(p, m); ok {
			e.value, e.end = value{from: from, to: to}, i+2
			g.whichYear(&e)
			return e, true
		}
	}
	from, _ := monthOf(0, m)
	e.value = single(from)
	// "January-March 1998"
	if k := g.kind(i + 1); (k == dash || k == hyphen) && g.kind(i+2) == monthName && int(g.at(i+2).value) > m {
		e.value.to, _ = monthOf(0, int(g.at(i+2).value))
		e.end = i + 3
		g.whichYear(&e)
		return e, true
	}
	if g.whichYear(&e) {
		return e, true
	}
	return e, g.isMonth(i)
}

// counts reports whether the number before item i counts what follows it: "in March 30 people died".
func (g *grammar) counts(i int) bool {
	switch g.kind(i) {
	case meridiem:
		return true
	case unitName:
		return g.at(i).flags&plural != 0
	case other:
		n := g.at(i - 1)
		return n.kind == cardinal && g.before(i-2).Lower == wordIn && g.after(i).Tag == text.NNS
	}
	return false
}

// yearOfList gives e, a day of a month, the year that stands after the days that
// follow it: "March 3 and 4, 2020".
func (g *grammar) yearOfList(e *expression) {
	const most = 8 // days in a list
	j := e.end
	for range most {
		k := j
		for g.kind(k) == comma || g.kind(k) == andWord || g.kind(k) == orWord {
			k++
		}
		_, n, ok := g.dayNumber(k)
		if !ok || k == j {
			break
		}
		j = n
	}
	if j == e.end {
		return
	}
	with := *e
	with.end = j
	if g.kind(j) == comma && g.whichYear(&with) && with.form == absolute {
		e.form, e.value = with.form, with.value
	}
}

// lastDay reads the other end of a range of days: "-9", "to 9", "through 9".
func (g *grammar) lastDay(e *expression, m int) {
	switch g.kind(e.end) {
	case dash, hyphen, toWord, untilWord:
	default:
		return
	}
	if d, j, ok := g.dayNumber(e.end + 1); ok && d > int(e.value.from.day) && !g.counts(j) && g.kind(j) != monthName {
		if to, ok := dayOf(0, m, d); ok {
			e.value.to, e.end = to, j
		}
	}
}

// daysOf returns the days of the month m that a pair like "4-9" stands for.
func (g *grammar) daysOf(p *item, m int) (from, to date, ok bool) {
	pair := g.pairs[p.value]
	if pair[0].grain != 0 {
		return date{}, date{}, false
	}
	from, ok = dayOf(0, m, int(pair[0].day))
	to, ok2 := dayOf(0, m, int(pair[1].day))
	return from, to, ok && ok2
}

// sharedYear gives e, of no year, that of the date which ends the stretch that
// e begins: "January 5 to February 10, 2019".
func (g *grammar) sharedYear(e *expression) {
	if e.form != yearless || e.bearing != unsaid || e.value.from.grain < month {
		return
	}
	switch g.kind(e.end) {
	case toWord, dash, untilWord, andWord:
	default:
		return
	}
	j := g.skip(e.end+1, inWord)
	if k := g.kind(j); k != monthName && k != cardinal && k != ordinal {
		return
	}
	to, ok := g.core(j)
	if !ok || to.form != absolute || to.value.from.grain != e.value.from.grain || to.value.from.part < e.value.from.part {
		return
	}
	with := *e
	if g.inYear(&with, int(to.value.from.year), e.end); with.form == absolute {
		*e = with
	}
}

// isMonth reports whether the name of a month, with no day or year beside it,
// means the month.
func (g *grammar) isMonth(i int) bool {
	x := g.at(i)
	if x.flags&(doubtful|short) == 0 {
		return true
	}
	tok := &g.d.Tokens[x.token]
	switch g.kind(i - 1) {
	case inWord, sinceWord, untilWord, fromWord, betweenWord, toWord, beforeWord, afterWord, earlyWord, ofWord, endWord,
		lastWord, nextWord, thisWord, comingWord, pastWord, hyphen, thatWord, previousWord, followingWord:
		return x.flags&short == 0 || tok.Shape&text.HasPunct != 0
	case andWord, orWord, comma, dash:
		if g.kind(i-2) == monthName {
			return true
		}
	}
	if x.flags&short != 0 || !tok.Tag.Proper() {
		return false
	}
	// "The March figures", "March's figures", "a May election"
	next := g.after(i + 1)
	return (next.Tag == text.NN || next.Tag == text.NNS) && (tok.Rel == text.Compound || tok.Rel == text.NmodTmod) || next.Tag == text.POS && g.kind(i-1) == other
}

// weekdayAt reads what begins with a day of the week: "Friday", "Friday night",
// "Friday, Oct. 23", "Friday last week".
func (g *grammar) weekdayAt(i int) (expression, bool) {
	x := g.at(i)
	e := expression{end: i + 1, form: ofWeek, weekday: x.value}
	if p := g.at(i + 1); p.kind == dayPart {
		if p.flags&plural != 0 {
			return e, false
		}
		e.end++
	}
	j := g.skip(e.end, comma)
	k := g.skip(j, theWord)
	switch g.kind(k) {
	case monthName:
		if full, ok := g.monthAt(k); ok && full.value.from.grain == day {
			return full, true
		}
	case cardinal, ordinal:
		if full, ok := g.dayOfMonth(k); ok {
			return full, true
		}
	case fullDate:
		full, ok := g.core(k)
		return full, ok
	}
	if x.flags&short != 0 {
		return e, e.end > i+1
	}
	j = g.skip(e.end, ofWord)
	if u := g.at(j + 1); u.kind == unitName && grain(u.value) == week && u.flags&plural == 0 {
		switch g.kind(j) {
		case lastWord:
			e.bearing, e.n, e.end = withinWeek, -1, j+2
		case nextWord:
			e.bearing, e.n, e.end = withinWeek, 1, j+2
		case thisWord:
			e.bearing, e.n, e.end = withinWeek, 0, j+2
		}
	}
	return g.closing(e)
}

// dayOfMonth reads a day before its month: "4 March 2024", "fourth of March",
// "4 to 9 March", "4-9 March".
func (g *grammar) dayOfMonth(i int) (expression, bool) {
	e := expression{form: yearless}
	if p := g.at(i); p.kind == rangeOfTwo && g.kind(i+1) == monthName {
		from, to, ok := g.daysOf(p, int(g.at(i+1).value))
		e.value, e.end = value{from: from, to: to}, i+2
		if ok {
			g.whichYear(&e)
		}
		return e, ok
	}
	d, j, ok := g.dayNumber(i)
	if !ok {
		return e, false
	}
	to := 0
	switch g.kind(j) {
	case toWord, dash, hyphen, untilWord, andWord:
		k := g.skip(j+1, theWord)
		if t, n, ok := g.dayNumber(k); ok && t > d && (g.kind(j) != andWord || t == d+1 || g.kind(i-1) == betweenWord) {
			to, j = t, n
		}
	}
	k := g.skip(g.skip(j, hyphen), ofWord)
	x := g.at(k)
	if x.kind != monthName {
		return e, false
	}
	from, ok := dayOf(0, int(x.value), d)
	if !ok {
		return e, false
	}
	e.value, e.end = single(from), k+1
	if to > 0 {
		if e.value.to, ok = dayOf(0, int(x.value), to); !ok {
			return e, false
		}
	}
	g.whichYear(&e)
	return g.closing(e)
}

// ordered reads an ordinal and what it counts within a year or an era: "third
// quarter", "first half of 1989", "19th century".
func (g *grammar) ordered(i int) (expression, bool) {
	x := g.at(i)
	if x.kind == fiscalWord {
		e, ok := g.ordered(i + 1)
		e.form = unsettled
		return e, ok
	}
	n := int(x.value)
	if x.kind == lastWord && g.kind(i+1) == halfWord {
		n = 2
	} else if x.kind != ordinal {
		return expression{}, false
	}
	j := i + 1
	j = g.skip(g.skip(j, hyphen), fiscalWord)
	e := expression{end: j + 1, form: yearless}
	switch u := g.at(j); {
	case u.kind == halfWord && n <= 2:
		e.value = single(date{grain: half, part: uint8(n)})
	case u.kind == unitName && grain(u.value) == quarter && u.flags&plural == 0 && n >= 1 && n <= 4:
		e.value = single(date{grain: quarter, part: uint8(n)})
	case u.kind == unitName && grain(u.value) == century && n >= 1 && n <= 30:
		return expression{end: j + 1, form: absolute, value: single(date{grain: century, year: int16(100 * (n - 1))})}, n > 1
	default:
		return expression{}, false
	}
	g.whichYear(&e)
	if e.form == yearless && e.value.from.grain == half && e.bearing == unsaid && g.kind(e.end) == ofWord {
		return e, false
	}
	return e, true
}

// seasonAt reads a season, which is no word of time without more: "summer of
// 2014", "the spring", "fall 1998".
func (g *grammar) seasonAt(i int, definite bool) (expression, bool) {
	e := expression{end: i + 1, form: yearless, value: single(date{grain: season, part: uint8(g.at(i).value)})}
	if g.whichYear(&e) {
		return e, true
	}
	if p := g.kind(i - 1); (p == inWord || p == earlyWord) && g.at(i).flags&doubtful == 0 && g.closed(i+1) {
		return e, true
	}
	return e, definite && g.kind(i-2) == inWord && g.closed(i+1)
}

func (g *grammar) holidayAt(i int) (expression, bool) {
	e := expression{end: i + 1, form: yearless, holiday: g.at(i).value}
	if u := g.at(i + 1); u.kind == unitName && (grain(u.value) == week || grain(u.value) == weekend) {
		return expression{end: i + 2}, true
	}
	g.whichYear(&e)
	return g.closing(e)
}

// clock reads a time of day and its zone and returns the item after it.
func (g *grammar) clock(i int) (int, bool) {
	j := i
	switch x := g.at(i); x.kind {
	case clockTime:
		j = g.skip(i+1, meridiem)
	case cardinal:
		if g.kind(i+1) != meridiem || x.value > 12 {
			return i, false
		}
		j = i + 2
	default:
		return i, false
	}
	return g.skip(j, zoneName), true
}

// clockAt reads what begins with a time of day: "9 p.m. EST on Tuesday", "noon Saturday".
func (g *grammar) clockAt(i int) (expression, bool) {
	j, ok := g.clock(i)
	if g.kind(i) == dayPoint {
		j, ok = g.skip(i+1, zoneName), true
	}
	if !ok {
		return expression{}, false
	}
	k := g.skip(g.skip(j, comma), inWord)
	switch g.kind(k) {
	case weekdayName, monthName, deictic, fullDate:
		return g.core(k)
	case theWord:
		if g.kind(k+1) == thatWord && g.at(k+2).kind == unitName {
			return g.directed(k+1, true)
		}
	case thatWord, thisWord:
		if g.kind(k+1) == unitName || g.kind(k+1) == dayPart {
			return g.directed(k, false)
		}
	case cardinal, ordinal:
		if e, ok := g.dayOfMonth(k); ok {
			return e, true
		}
	}
	if j == i+1 {
		switch g.kind(i - 1) {
		case inWord, untilWord, about, beforeWord, afterWord, sinceWord, fromWord, betweenWord:
		default:
			return expression{}, false // a score, a verse; "High Noon"
		}
	}
	return expression{end: j, form: timeOnly}, true
}

// partOfDay reads "the morning" and "mid-afternoon" with nothing that says of
// which day, or the day after it.
func (g *grammar) partOfDay(i int) (expression, bool) {
	if g.at(i).flags&plural != 0 {
		return expression{}, false
	}
	j := i + 1
	if g.kind(j) == ofWord {
		switch g.kind(g.skip(j+1, theWord)) {
		case weekdayName, monthName, fullDate, ordinal, cardinal:
			return g.expressionFrom(j + 1)
		}
		return expression{}, false
	}
	return expression{end: j, form: timeOnly}, g.closed(j)
}

// directed reads an expression that says by a word where its time lies: "last
// week", "this September", "that same day", "the past two years".
func (g *grammar) directed(i int, definite bool) (expression, bool) {
	w := g.kind(i)
	j := i + 1
	// "This past spring", "this coming Sunday", "that same day"
	switch k := g.kind(j); k {
	case lastWord, pastWord, nextWord, comingWord, thatWord:
		if w == thisWord || w == thatWord {
			if w = k; k == pastWord {
				w = lastWord
			}
			j++
		}
	}
	fiscal := g.kind(j) == fiscalWord
	j = g.skip(j, fiscalWord)
	e := expression{end: j + 1}
	n := 0
	switch w {
	case lastWord, pastWord, latestWord:
		e.bearing, n = lastOne, -1
	case nextWord, comingWord:
		e.bearing, n = nextOne, 1
	case thisWord, currentWord:
		e.bearing = thisOne
	case thatWord:
		e.bearing = fromThen
	case previousWord:
		e.bearing, n = fromThen, -1
	case followingWord:
		e.bearing, n = fromThen, 1
	}
	switch x := g.at(j); x.kind {
	case timeWord:
		if w == thatWord && !definite {
			return g.thatTime(j, i-1)
		}
	case unitName:
		if x.flags&plural != 0 {
			return g.stretchOf(w, 0, grain(x.value), j+1)
		}
		unit := grain(x.value)
		switch {
		case unit == hour, w == lastWord && unit == day:
			return expression{}, false
		case w == pastWord, w == lastWord && definite && unit != quarter:
			return g.stretchOf(w, 1, unit, j+1)
		case w == comingWord:
			return g.stretchOf(w, 1, unit, j+1)
		case w == nextWord && definite:
			e.bearing = fromThen
		case w == currentWord && unit == day, w == nextWord && unit == day, w == latestWord && unit != quarter && !fiscal:
			return expression{}, false
		}
		if e.bearing != fromThen {
			e.bearing = unsaid
		}
		e.form, e.unit, e.n = shift, unit, n
		if unit == year && e.bearing == unsaid {
			return g.withinRelative(e, fiscal), true
		}
		return e, true
	case weekdayName:
		if x.flags&short != 0 {
			return e, false
		}
		d, ok := g.weekdayAt(j)
		if d.form == ofWeek && d.bearing == unsaid {
			d.bearing, d.n = e.bearing, n
		}
		return d, ok
	case monthName:
		d, ok := g.monthAt(j)
		if d.form == yearless && d.bearing == unsaid {
			d.bearing, d.n = e.bearing, n
		}
		return d, ok
	case seasonName:
		e.form, e.value = yearless, single(date{grain: season, part: uint8(x.value)})
		e.n = n
		return e, g.d.Tokens[x.token].Tag.Noun()
	case holidayName:
		e.form, e.holiday = yearless, x.value
		e.n = n
		return g.closing(e)
	case dayPart, dayPoint:
		if x.flags&plural != 0 {
			return e, false
		}
		switch w {
		case thisWord:
			return expression{end: j + 1, form: shift, unit: day}, true
		case lastWord:
			return expression{end: j + 1, form: shift, n: -1, unit: day}, true
		case thatWord, previousWord, followingWord:
			return expression{end: j + 1, form: shift, bearing: fromThen, n: n, unit: day}, true
		}
		if w == nextWord && definite {
			return expression{end: j + 1, form: shift, bearing: fromThen, n: 1, unit: day}, true
		}
	case ordinal:
		if d, ok := g.ordered(j); ok {
			return d, true
		}
	case cardinal, vague, article:
		if a, ok := g.amount(j); ok && g.kind(a.end) != oldWord {
			if a.vague {
				a.n = 0
			}
			return g.stretchOf(w, a.n, a.unit, a.end)
		}
	case halfWord:
		if w == lastWord {
			return g.ordered(i)
		}
	}
	return expression{}, false
}

// withinRelative takes in what is said of a year that is told by its distance:
// "this year's third quarter", "last year's Christmas".
func (g *grammar) withinRelative(e expression, fiscal bool) expression {
	j := e.end
	if g.kind(j) != possessive {
		return e
	}
	d, ok := g.ordered(j + 1)
	if !ok || d.form != yearless || d.bearing != unsaid {
		return e
	}
	if d.bearing, d.n = withinYear, e.n; fiscal {
		d.form = unsettled
	}
	return d
}

// stretchOf is the expression "the last n units", where n is 0 for a number
// that is not said; w is the word before the number.
func (g *grammar) stretchOf(w kind, n int, unit grain, end int) (expression, bool) {
	e := expression{end: end, n: n, unit: unit, form: stretch}
	switch {
	case unit == hour:
		return e, false
	case w == thisWord || w == thatWord || w == currentWord || w == latestWord:
		return e, false
	case w == previousWord, w == followingWord, n == 0:
		e.form = unsettled
	case w == lastWord, w == pastWord:
		e.n = -n
	}
	return e, true
}

// An amount is a number of units of time: "two years", "a week or so", "several days".
type amount struct {
	end    int
	n      int
	unit   grain
	vague  bool // the number is not said
	approx bool
}

// amount reads an amount.
func (g *grammar) amount(i int) (amount, bool) {
	a := amount{n: 1}
	j := i
	switch g.kind(i) {
	case article:
		if j++; g.kind(j) == vague {
			a.vague = true
			j = g.skip(j+1, ofWord)
		}
	case vague:
		a.vague = true
		j = g.skip(i+1, ofWord)
	case cardinal:
		var ok bool
		if a.n, j, ok = g.number(i); !ok {
			return a, false
		}
		j = g.skip(j, hyphen)
		if g.kind(j) == andWord && g.kind(j+1) == article && g.kind(j+2) == halfWord {
			a.approx = true
			j += 3
		}
	case unitName:
		if g.at(i).flags&plural == 0 {
			return a, false
		}
		a.vague = true
	}
	u := g.at(j)
	if u.kind != unitName {
		return a, false
	}
	a.unit, a.end = grain(u.value), j+1
	if g.kind(j+1) == orWord && g.kind(j+2) == soWord {
		a.approx, a.end = true, j+3
	}
	return a, true
}

// amountAt reads an amount of time that says when by its end: "two years ago",
// "a day earlier", "four days after". Without such an end it is a duration, and no date.
func (g *grammar) amountAt(i int) (expression, bool) {
	a, ok := g.amount(i)
	if !ok {
		return expression{}, false
	}
	e := expression{end: a.end + 1, form: shift, n: a.n, unit: a.unit, approx: a.approx}
	j := g.skip(a.end, hyphen)
	switch g.kind(j) {
	case agoWord:
		e.n = -a.n
	case earlierWord:
		e.n, e.bearing, e.compared = -a.n, fromThen, true
	case laterWord:
		e.bearing = fromThen
	case fromNowWord:
	case fromWord:
		if g.kind(j+1) != nowWord && g.at(j+1).kind != deictic {
			return e, false
		}
		e.n += int(g.at(j + 1).value)
		e.end = j + 2
	case beforeWord, afterWord:
		if a.unit == hour {
			return e, false
		}
		if e.bearing = fromThen; g.kind(j) == beforeWord {
			e.n = -a.n
		}
		var ok bool
		if e, ok = g.fromTime(e, j); !ok {
			return e, false
		}
	default:
		return e, false
	}
	if e.end < j+1 {
		e.end = j + 1
	}
	if a.vague {
		e.form = unsettled
	}
	if e.unit == hour {
		// So many hours ago it was the same day, or not: what is said is too fine for a date.
		if e.form == shift {
			e.form = unsettled
		}
	}
	return e, true
}

// fromTime reads what an amount before item j, a "before" or an "after", is
// counted from: a time, an event, or what was told of before.
func (g *grammar) fromTime(e expression, j int) (expression, bool) {
	e.end = j + 1
	if g.kind(j) == laterWord {
		return e, true
	}
	if inner, ok := g.expressionFrom(j + 1); ok {
		if inner.form == absolute && inner.value.to.grain == 0 {
			if d, ok := inner.value.from.add(e.n, e.unit); ok {
				e.form, e.value = absolute, single(d)
			} else {
				e.form = unsettled
			}
			e.end = inner.end
			return e, true
		}
		if inner.form == yearless && inner.value.from.grain == 0 {
			// A holiday: the amount is counted from the one that the tense chooses.
			e.form = unsettled
			e.end = inner.end
			return e, true
		}
		e.form = unsettled
		return e, true
	}
	switch t := g.after(j + 1); {
	case t.Tag == text.Comma, t.Tag == text.Stop, t.Tag == text.Colon, t.Start == 0, t.Tag == text.CC, t.Tag == text.CloseQ:
		return e, true
	}
	e.bearing = fromEvent
	return e, true
}

// yearAgo reads "year ago" and "year-earlier", as in "the year-ago quarter".
func (g *grammar) yearAgo(i int) (expression, bool) {
	j := g.skip(i+1, hyphen)
	if g.kind(i+1) == possessive {
		j = i + 2
		if g.kind(j) != endWord {
			return expression{}, false
		}
	}
	e := expression{end: j + 1, form: shift, n: -1, unit: year, bearing: fromThen, compared: true}
	switch g.kind(j) {
	case agoWord, earlierWord:
		if k := j + 1; g.kind(k) == unitName && g.at(k).flags&plural == 0 && grain(g.at(k).value) == quarter {
			e.end = k + 1
			e.form = shift
		} else if d, ok := g.ordered(k); ok {
			d.bearing, d.n = withinYear, -1
			return d, true
		}
		return e, true
	case endWord:
		return expression{end: j + 1, form: shift, unit: year, atEnd: true}, true
	}
	return e, false
}

// numberAt reads what begins with a number.
func (g *grammar) numberAt(i int) (expression, bool) {
	if e, ok := g.dayOfMonth(i); ok {
		return e, true
	}
	x := g.at(i)
	switch x.kind {
	case ordinal:
		return g.ordered(i)
	case rangeOfTwo:
		if p := g.pairs[x.value]; p[0].grain != 0 && !g.measured(i) {
			e := expression{end: i + 1, form: absolute, value: value{from: p[0], to: p[1]}}
			if p[0] == p[1] {
				e.value.to = date{}
			}
			return e, true
		}
		return expression{}, false
	case yearNumber:
		return g.ofYear(int(x.value), i+1), true
	}
	if _, ok := g.clock(i); ok {
		e, ok := g.clockAt(i)
		return e, ok
	}
	if e, ok := g.amountAt(i); ok {
		return e, true
	}
	if y, j, ok := g.year(i); ok && g.isYear(i, j, y) {
		// "1939-1945" with spaces, "1998 – 2001"
		if k := g.kind(j); k == dash || k == hyphen {
			if to, n, ok := g.year(j + 1); ok && to > y && to-y < 200 && g.at(j+1).flags&spelled == 0 {
				from, _ := yearOf(y)
				until, _ := yearOf(to)
				return expression{end: n, form: absolute, value: value{from: from, to: until}}, true
			}
		}
		return g.ofYear(y, j), true
	}
	return expression{}, false
}

// measured reports whether what follows item i is what a number before it counts.
func (g *grammar) measured(i int) bool {
	switch g.kind(i + 1) {
	case unitName:
		return g.at(i+1).flags&plural != 0
	case meridiem, zoneName, oldWord:
		return true
	}
	return counted()[g.after(i+1).Lower]
}

// isYear reports whether the number from item i to item j, y, is a year.
func (g *grammar) isYear(i, j, y int) bool {
	x := g.at(i)
	if g.kind(i-1) == hyphen {
		// "Post-1945" tells a year, "Boeing-1900" tells none.
		return x.flags&spelled == 0 && (g.kind(i-2) == eraWord || g.kind(i-2) == earlyWord)
	}
	if g.kind(j) == hyphen && g.kind(j+1) != cardinal {
		return false
	}
	p := g.before(i)
	switch p.Tag {
	case text.Dollar, text.Pound, text.SYM:
		return false
	}
	if p.Lower == wordNumber || p.Lower == wordNo || g.measured(j-1) {
		return false
	}
	if x.flags&spelled != 0 {
		if y < 2000 && g.kind(i-1) != cardinal {
			return true // nobody counts "nineteen eighty-four"
		}
		k := g.kind(i - 1)
		return k == inWord || k == sinceWord || k == untilWord || k == ofWord || k == fromWord || k == thatWord || k == toWord
	}
	switch g.kind(i - 1) {
	case inWord, sinceWord, untilWord, ofWord, fromWord, betweenWord, toWord, beforeWord, afterWord, fiscalWord, about:
		next := g.after(j)
		if next.Tag == text.NNS && g.kind(i-1) != inWord && g.kind(i-1) != sinceWord && (y < 1900 || y%100 == 0) {
			return false
		}
		return true
	case theWord, comma, andWord, orWord, possessive, laterWord, earlierWord, dash:
		return y >= 1800
	}
	return y >= 1900 && y < 2050 && !p.Tag.Proper() // not "Windows 2000"
}

// another reads the day after item i, the end of e, that has its month and year
// from e: "25" of "April 24 and 25".
func (g *grammar) another(e *expression) (expression, bool) {
	v := e.value
	if e.form != yearless && e.form != absolute || v.from.grain != day || v.to.grain != 0 || g.kind(e.end-1) != cardinal {
		return expression{}, false
	}
	i := e.end
	switch g.kind(i) {
	case comma:
		i = g.skip(i+1, andWord)
	case andWord, orWord:
		i++
	default:
		return expression{}, false
	}
	n, j, ok := g.dayNumber(i)
	if !ok || n <= int(v.from.day) || g.kind(j) != other && g.kind(j) != comma && g.kind(j) != andWord {
		return expression{}, false
	}
	if t := g.after(j); t.Tag.Noun() || t.Tag == text.JJ || t.Tag == text.CD {
		return expression{}, false
	}
	next := *e
	if next.value.from, ok = dayOf(int(v.from.year), int(v.from.part), n); !ok {
		return expression{}, false
	}
	next.first, next.end = i, j
	if e.form == absolute {
		with := next
		with.form = yearless
		with.value.from.year = 0
		if g.kind(j) == comma && g.whichYear(&with) && with.form == absolute {
			next = with
		}
	}
	return next, true
}
