package dates

import "hearsay/text"

// What the calendar has names and numbers for: years, months, days, parts of a
// year, times of a day.

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
	if x := g.at(i); x.kind == cardinal && x.flags&spelled == 0 && x.end-x.start == 2 && x.value > 31 && e.value.from.grain == day && g.kind(i-1) == monthName {
		return g.inYear(e, int(fullYear(x.value)), i+1) // "3 Jan 90"
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
	j := g.listed(e.end)
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
		return g.core(k)
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
		if t, n, ok := g.dayNumber(k); ok && t > d && (g.kind(j) != andWord || g.kind(i-1) == betweenWord) {
			to, j = t, n
		}
	}
	k := g.skip(g.skip(j, hyphen), ofWord)
	listed := to == 0 && g.kind(k) != monthName
	if listed {
		k = g.listed(j)
	}
	x := g.at(k)
	if x.kind != monthName {
		return e, false
	}
	from, ok := dayOf(0, int(x.value), d)
	if !ok {
		return e, false
	}
	e.value, e.end = single(from), k+1
	if listed {
		g.whichYear(&e)
		e.end = j
		return e, true
	}
	if to > 0 {
		if e.value.to, ok = dayOf(0, int(x.value), to); !ok {
			return e, false
		}
	}
	g.whichYear(&e)
	return g.closing(e)
}

// listed returns the item that follows a list of days which goes on with item
// j, j where it does not: "13, 14 and 15 September".
func (g *grammar) listed(j int) int {
	for range mostListed {
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
	return j
}

// mostListed is how many days of a month are listed before or after its name.
const mostListed = 8

// ordered reads an ordinal and what it counts within a year or an era: "third
// quarter", "first half of 1989", "19th century".
func (g *grammar) ordered(i int) (expression, bool) {
	x := g.at(i)
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

// holidayAt reads what begins with a holiday's name: "Christmas Eve", "Easter 1998".
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
	return expression{end: j, form: timeOnly}, g.kind(i-1) != article
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
		return g.clockAt(i)
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
	case betweenWord:
		// "Between 1830 and 2200" they are times.
		to, _, ok := g.year(j + 1)
		return g.kind(j) != andWord || ok && to > y || g.kind(j+1) != cardinal
	case inWord:
		return p.Lower != wordAt && p.Lower != wordOver && p.Lower != wordWithin
	case sinceWord, fiscalWord:
		return true
	case about:
		return y >= 1500 && (g.kind(i-2) == inWord || g.kind(i-2) == sinceWord || g.kind(i-2) == untilWord)
	case untilWord, ofWord, fromWord, toWord, beforeWord, afterWord:
		if x := g.at(i - 2); g.kind(i-1) == toWord && x.kind == cardinal && !plausible(int(x.value)) {
			return false // "from 0800 to 1500"
		}
		return y >= 1500 && (g.after(j).Tag != text.NNS || y >= 1900 && y%100 != 0)
	case theWord, comma, andWord, orWord, possessive, laterWord, earlierWord, dash:
		return y >= 1800
	}
	switch p.Tag {
	case text.IN, text.TO, text.DT, text.JJ, text.RB, text.CC, text.VBG, text.VBN:
	default:
		if p.Shape&text.FirstUpper != 0 {
			return false // a name's number: "Windows 2000"
		}
	}
	return y >= 1900 && y < 2050
}
