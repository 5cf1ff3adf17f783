package dates

// An anchor gives expressions their values: it knows when the text was
// published and what dates it has told of so far.
type anchor struct {
	published date
	told      [2]mention // the latest date told of, and the latest day
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
	a.told[0] = mention{v.from, sentence, explicit}
	if v.from.grain == day {
		a.told[1] = mention{v.from, sentence, explicit}
	}
}

// then is the date of grain g that the text told of last, or else the publication's.
func (a *anchor) then(g grain, sentence int32) (date, bool) {
	if g >= day {
		if m := a.told[1]; m.date.grain != 0 {
			return m.date, true
		}
		return a.published.to(day)
	}
	if m := a.told[0]; m.date.grain != 0 {
		if d, ok := m.date.to(g); ok {
			return d, true
		}
		if m := a.told[1]; m.date.grain != 0 {
			return m.date.to(g)
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
		return a.weekday(e, t, sentence)
	case shift:
		return a.shift(e, t, sentence)
	case stretch:
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
		if !ok {
			return value{}
		}
		if e.n < 0 {
			return value{from: other, to: now}
		}
		return value{from: now, to: other}
	case timeOnly:
		e.approx = false // the time is, the day is not
		d, ok := a.then(day, sentence)
		if e.alone {
			d, ok = a.published.to(day) // the heading of an entry in a running report
		}
		if !ok {
			return value{}
		}
		return single(d)
	}
	return value{}
}

// shift is the value of an expression that counts from the publication, or
// from what was told of before.
func (a *anchor) shift(e *expression, t tense, sentence int32) value {
	g := min(e.unit, day)
	switch e.unit {
	case weekend:
		return a.weekend(e, t)
	case moment:
		if m := a.told[0]; m.date.known() && sentence-m.sentence <= nearby {
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
				base, ok = a.then(day, sentence)
			}
			break
		}
		base, ok = a.then(g, sentence)
		if e.unit == year && e.n == -1 && e.compared {
			// Figures of a period are compared with those of the same a year
			// before, and last year's are of the year before this one.
			now, known := a.published.to(year)
			switch m := a.told[0]; {
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
		d, ok := dayOf(y, 12, 31)
		if !ok {
			return value{}
		}
		return single(d)
	}
	d, ok := base.add(e.n, e.unit)
	if !ok {
		return value{}
	}
	return single(d)
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
	d, ok := cast(n+ahead, weekend)
	if !ok {
		return value{}
	}
	return single(d)
}

// weekday is the day that the name of a day of the week means.
func (a *anchor) weekday(e *expression, t tense, sentence int32) value {
	now, ok := a.published.to(day)
	if !ok {
		return value{}
	}
	n, w := now.first(), int(e.weekday)
	if e.bearing == fromThen && e.n != 0 {
		if then, ok := a.then(day, sentence); ok {
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
	d, ok := cast(n, day)
	if !ok {
		return value{}
	}
	return single(d)
}

// year is the value of an expression without a year.
func (a *anchor) year(e *expression, t tense, sentence int32) value {
	g := e.value.from.grain
	now, ok := a.published.to(max(g, year))
	if g == 0 {
		now, ok = a.published.to(day)
	}
	if !ok {
		if e.bearing == withinYear && a.published.known() {
			now, ok = a.published.to(year)
		}
		if !ok {
			return e.value
		}
	}
	y := int(now.year)
	in := func(y int) (value, bool) {
		if g == 0 {
			d, ok := holidays[e.holiday].in(y)
			return single(d), ok
		}
		v := e.value
		var ok bool
		if v.from, ok = strict(v.from, y); !ok {
			return value{}, false
		}
		if v.to.grain != 0 {
			v.to, ok = strict(v.to, y)
		}
		return v, ok
	}
	if e.bearing == withinYear {
		v, _ := in(y + e.n)
		return v
	}
	if e.bearing == fromThen && e.n == 0 {
		// "That spring"
		if d, ok := a.then(year, sentence); ok {
			v, _ := in(int(d.year))
			return v
		}
	}
	if g == half {
		v, _ := in(y)
		return v
	}
	n := now.first()
	// The last one that is not after the publication, and the next that is not before.
	var before, after value
	var okBefore, okAfter bool
	for k := range 9 {
		if v, ok := in(y - k); ok && !okBefore && v.from.first() <= n {
			before, okBefore = v, true
		}
		if v, ok := in(y + k); ok && !okAfter && v.from.last() >= n {
			after, okAfter = v, true
		}
	}
	if !okBefore || !okAfter {
		return e.value
	}
	// A story of another year goes on in that year.
	if m := a.told[0]; e.bearing == unsaid && t != future && g >= month && m.explicit && m.date.grain >= month && int(m.date.year) != y && sentence-m.sentence <= 1 {
		if v, ok := in(int(m.date.year)); ok && v.from.last() >= m.date.first() && v.from.last() < n && n-before.from.first() > recent {
			return v
		}
	}
	switch e.bearing {
	case lastOne:
		if before.from.last() >= n {
			if v, ok := in(int(before.from.year) - 1); ok {
				return v
			}
		}
		return before
	case nextOne:
		if after.from.first() <= n {
			if v, ok := in(int(after.from.year) + 1); ok {
				return v
			}
		}
		return after
	case thisOne:
		if g == 0 {
			break
		}
		v, ok := in(y)
		if ok {
			return v
		}
	}
	far, near := n-before.from.first(), after.from.first()-n
	switch t {
	case future:
		return after
	case past:
		// Nearly a year ago a day is told with its year.
		if g == day && far > 300 && near < 60 {
			return after
		}
	case limit, over:
		if near < far {
			return after
		}
	default:
		if weight := 3; near*weight < far {
			return after
		}
	}
	return before
}
