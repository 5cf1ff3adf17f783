package dates

import "hearsay/text"

// What tells its time by its distance from another.

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
		inner, ok := g.expressionFrom(j + 1)
		inner.coarse = unit
		return inner, ok
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
	if unit == day && p == ofWord && g.kind(i-3) == endWord {
		return expression{}, false // "at the end of the day" is said of no day
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
	if g.capital(i) && g.capital(j) && g.kind(j) == unitName {
		return expression{}, false // a programme's name: "This Week"
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
		if t := g.after(e.end); w == thatWord && (t.Lower == wordAs || t.Lower == wordThat) {
			e.form = unsettled // "the same day that she left"
		}
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
		e.end = j + 2
		if x := g.at(j + 1); x.kind == deictic {
			switch a.unit {
			case week:
				e.n, e.unit = 7*a.n+int(x.value), day // "a week from tomorrow"
			case day:
				e.n += int(x.value)
			}
		}
	case beforeWord, afterWord:
		if a.unit == hour {
			return e, false
		}
		if e.bearing = fromThen; g.kind(j) == beforeWord {
			e.n = -a.n
		}
		if a.vague {
			break
		}
		var ok bool
		if e, ok = g.fromTime(e, j); !ok {
			return e, false
		}
	default:
		return e, false
	}
	e.end = max(e.end, j+1)
	if a.vague || e.unit == hour {
		e.form = unsettled // some hours ago it was the same day, or not
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
		if inner.plus.unit != 0 || inner.coarse != 0 {
			return e, false // nobody goes back twice
		}
		inner.plus = distance{e.n, e.unit}
		return inner, true
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
		if d, ok := g.ordered(j + 1); ok {
			d.bearing, d.n, d.compared = withinYear, -1, true
			return d, true
		}
		if u := g.at(j + 1); u.kind == unitName && u.flags&plural == 0 && grain(u.value) == quarter {
			e.end++
		}
		return e, true
	case endWord:
		return expression{end: j + 1, form: shift, unit: year, atEnd: true}, true
	}
	return e, false
}

// capital reports whether item i is written with a capital.
func (g *grammar) capital(i int) bool {
	return g.d.Tokens[g.at(i).token].Shape&text.FirstUpper != 0
}
