package dates

// An anchor gives expressions their values: it knows when the text was
// published and what dates it has told of so far.
type anchor struct {
	published date
	told      mention // the latest date that the text told of
	toldDay   mention // the latest day
	events    []event
}

// An event is something that the text dated: the stem of a word for it, and
// its day. The zero day says that the text gave the word several.
type event struct {
	stem uint32
	date date
}

// mostEvents bounds how many of them are remembered, so that a long list of
// dates costs no more than its length.
const mostEvents = 64

// dated notes that what the word of that stem means was on the day d.
func (a *anchor) dated(stem uint32, d date) {
	for i := range a.events {
		if e := &a.events[i]; e.stem == stem {
			if e.date != d {
				e.date = date{}
			}
			return
		}
	}
	if len(a.events) < mostEvents {
		a.events = append(a.events, event{stem, d})
	}
}

// when is the day of what a word of that stem means.
func (a *anchor) when(stem uint32) (date, bool) {
	for _, e := range a.events {
		if e.stem == stem {
			return e.date, e.date.known()
		}
	}
	return date{}, false
}

// nearby is how many sentences further on a text still speaks of a time that it told.
const nearby = 4

// recent is how many days a date without year lies back of which a text tells
// as news, whatever year it has just spoken of.
const recent = 45

// A mention is a date that the text told of.
type mention struct {
	date     date
	sentence int32
	explicit bool // its year was said
}

// reset makes a the anchor of a text published then; the zero date is unknown.
func (a *anchor) reset(published date) { *a = anchor{published: published, events: a.events[:0]} }

// tell notes that the text told of v, with its year where explicit.
func (a *anchor) tell(v value, explicit bool, sentence int32) {
	if !v.from.known() || v.to.grain != 0 {
		return
	}
	a.told = mention{v.from, sentence, explicit}
	if v.from.grain == day {
		a.toldDay = mention{v.from, sentence, explicit}
	}
}

// then is the date of grain g that the text told of last, or else the publication's.
func (a *anchor) then(g grain) (date, bool) {
	for _, d := range [...]date{a.told.date, a.toldDay.date} {
		if d, ok := d.to(g); ok {
			return d, true
		}
	}
	return a.published.to(g)
}

// resolve is the value of e in the numbered sentence, in a clause of that tense.
func (a *anchor) resolve(e *expression, t tense, sentence int32) value {
	v := a.settle(e, t, sentence)
	if e.approx {
		v.approx = true
	}
	if e.plus.unit != 0 {
		d, ok := v.from.add(e.plus.n, e.plus.unit)
		if v.to.grain != 0 || !ok {
			return value{}
		}
		v.from = d
	}
	if d, ok := v.from.to(e.coarse); ok && e.coarse != 0 && v.to.grain == 0 {
		v.from = d
	}
	return v
}

func (a *anchor) settle(e *expression, t tense, sentence int32) value {
	switch e.form {
	case absolute:
		return e.value
	case yearless:
		return a.year(e, t, sentence)
	case ofWeek:
		return a.weekday(e, t)
	case shift:
		return a.shift(e, t, sentence)
	case stretch:
		return a.stretch(e)
	case timeOnly:
		e.approx = false // the time is, the day is not
		if e.alone {
			return known(a.published.to(day)) // the heading of an entry in a running report
		}
		return known(a.then(day))
	}
	return value{}
}

// known is the value d where ok, else unknown.
func known(d date, ok bool) value {
	if !ok {
		return value{}
	}
	return single(d)
}

// stretch is the value of "the past two years": from a day, month or year to that of the publication.
func (a *anchor) stretch(e *expression) value {
	g := day
	switch e.unit {
	case month, quarter:
		g = month
	case year, decade, century:
		g = year
	}
	now, ok := a.published.to(g)
	if !ok {
		return value{}
	}
	other, ok := now.add(e.n, e.unit)
	switch {
	case !ok:
		return value{}
	case e.n < 0:
		return value{from: other, to: now}
	}
	return value{from: now, to: other}
}

// shift is the value of an expression that counts from the publication, or
// from what was told of before.
func (a *anchor) shift(e *expression, t tense, sentence int32) value {
	g := min(e.unit, day)
	switch e.unit {
	case weekend:
		return a.weekend(e, t)
	case moment:
		if m := a.told; m.date.known() && sentence-m.sentence <= nearby {
			return value{from: m.date, approx: true}
		}
		return value{}
	}
	base, ok := a.published.to(g)
	switch e.bearing {
	case fromEvent:
		d, ok := a.when(e.event)
		if !ok {
			return value{}
		}
		base, ok = d.to(g)
		if !ok {
			return value{}
		}
	case fromThen:
		if e.definite {
			// "The year" is most often the one of the publication.
			if g == day {
				base, ok = a.then(day)
			}
			break
		}
		base, ok = a.then(g)
		if e.unit == year && e.n == -1 && e.compared {
			// Figures of a period are compared with those of the same a year
			// before, and last year's are of the year before this one.
			now, known := a.published.to(year)
			switch m := a.told; {
			case m.date.grain == quarter && !m.explicit && sentence-m.sentence <= 2*nearby:
				base, ok = m.date, true
			case known && base.year == now.year-1:
				base = now
			}
		}
	}
	if !ok {
		return value{}
	}
	if e.atEnd {
		y := int(base.year)
		if t == past && e.n == 0 {
			y--
		}
		return known(dayOf(y, 12, 31))
	}
	return known(base.add(e.n, e.unit))
}

// weekend is the Saturday and Sunday that an expression means.
func (a *anchor) weekend(e *expression, t tense) value {
	now, ok := a.published.to(day)
	if !ok {
		return value{}
	}
	n := now.first()
	ahead := (6 - weekday(n) + 7) % 7 // to this week's or the coming Saturday
	if weekday(n) == 7 {
		ahead = -1
	}
	switch {
	case e.n > 0, e.n == 0 && (t == future || ahead <= 0):
		if e.n > 0 && ahead <= 0 {
			ahead += 7
		}
	default:
		if ahead > 0 || e.n < 0 {
			ahead -= 7
		}
	}
	return known(cast(n+ahead, weekend))
}

// weekday is the day that the name of a day of the week means.
func (a *anchor) weekday(e *expression, t tense) value {
	now, ok := a.published.to(day)
	if !ok {
		return value{}
	}
	n, w := now.first(), int(e.weekday)
	if e.bearing == fromThen && e.n != 0 {
		if then, ok := a.then(day); ok {
			n = then.first()
		}
	}
	back := (weekday(n) - w + 7) % 7  // days since the last one
	ahead := (w - weekday(n) + 7) % 7 // days to the next one
	switch e.bearing {
	case withinWeek:
		n += w - weekday(n) + 7*e.n
	case lastOne, nextOne, fromThen:
		switch {
		case e.n < 0 && back == 0:
			n -= 7
		case e.n < 0:
			n -= back
		case e.n > 0 && ahead == 0:
			n += 7
		case e.n > 0:
			n += ahead
		default:
			n -= back
		}
	case thisOne:
		if t == past {
			n -= back
		} else {
			n += ahead
		}
	default:
		if t == future || t == limit {
			n += ahead
		} else {
			n -= back
		}
	}
	return known(cast(n, day))
}

// in returns an expression without year in the year y, and whether that year has it.
func (e *expression) in(y int) (value, bool) {
	v := e.value
	var ok bool
	if v.from.grain == 0 {
		v.from, ok = holidays[e.holiday].in(y)
		return v, ok
	}
	if v.from, ok = strict(v.from, y); ok && v.to.grain != 0 {
		v.to, ok = strict(v.to, y)
	}
	return v, ok
}

// year is the value of an expression without a year. It stays without one
// where the publication's date is not known as exactly as itself.
func (a *anchor) year(e *expression, t tense, sentence int32) value {
	g := e.value.from.grain
	if g == 0 {
		g = day // a holiday
	}
	this, ok := a.published.to(year)
	if !ok {
		return e.value
	}
	y := int(this.year)
	switch {
	case e.bearing == withinYear:
		v, _ := e.in(y + e.n)
		return v
	case e.bearing == fromThen && e.n == 0: // "that spring"
		then, _ := a.then(year)
		v, _ := e.in(int(then.year))
		return v
	case g == half:
		v, _ := e.in(y)
		return v
	}
	now, ok := a.published.to(g)
	if !ok {
		return e.value
	}
	n := now.first()
	before, after, ok := around(e, y, n)
	if !ok {
		return e.value
	}
	// A story of another year goes on in that year.
	if m := a.told; e.bearing == unsaid && t != future && g >= month && m.explicit && m.date.grain >= month && int(m.date.year) != y && sentence-m.sentence <= 1 {
		if v, ok := e.in(int(m.date.year)); ok && v.from.last() >= m.date.first() && v.from.last() < n && n-before.from.first() > recent {
			return v
		}
	}
	switch e.bearing {
	case lastOne:
		if v, ok := e.in(int(before.from.year) - 1); ok && before.from.last() >= n {
			return v
		}
		return before
	case nextOne:
		if v, ok := e.in(int(after.from.year) + 1); ok && after.from.first() <= n {
			return v
		}
		return after
	case thisOne:
		if v, ok := e.in(y); ok && e.value.from.grain != 0 {
			return v
		}
	}
	if comes(t, g, n-before.from.first(), after.from.first()-n) {
		return after
	}
	return before
}

// around returns the last time of e that has begun by the numbered day of the
// year y, and the first that has not ended.
func around(e *expression, y, n int) (before, after value, ok bool) {
	const years = 9 // between two 29ths of February at most
	var begun, open bool
	for k := range years {
		if v, ok := e.in(y - k); ok && !begun && v.from.first() <= n {
			before, begun = v, true
		}
		if v, ok := e.in(y + k); ok && !open && v.from.last() >= n {
			after, open = v, true
		}
	}
	return before, after, begun && open
}

// comes reports whether of two times of the grain g, one begun back days ago
// and one that begins ahead days from now, a clause of the tense t means the latter.
func comes(t tense, g grain, back, ahead int) bool {
	switch t {
	case future:
		return true
	case past:
		// Nearly a year ago a day is told with its year.
		return g == day && back > 300 && ahead < 60
	case limit, over:
		return ahead < back
	}
	return 3*ahead < back // news look back more than ahead
}
