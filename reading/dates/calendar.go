package dates

// A grain is how much of the calendar a date covers. Coarser grains are
// smaller, so that grains compare by fineness.
type grain uint8

const (
	century grain = iota + 1
	decade
	year
	half
	season
	quarter
	month
	week
	weekend
	day
	hour   // and whatever is shorter: dates are never cut finer than a day
	moment // a time of no length that is known
)

// A date is one stretch of the proleptic Gregorian calendar: a day, the month,
// the year it falls in, and so on. The zero date is no date.
//
// Week and weekend are held by their first day, a decade and a century by their
// first year (of the decade 1990: 1990; of the 20th century: 1900, as ISO 8601
// counts). A date of the year 0 is one of an unknown year.
type date struct {
	grain grain
	year  int16 // 1 to 9999, 0 when unknown
	part  uint8 // the month 1–12, quarter 1–4, half 1–2 or season 1 (spring) – 4 (winter)
	day   uint8 // of the month, from 1
}

const (
	firstYear = 1
	lastYear  = 9999
)

// monthDays are the days of each month in a leap year.
var monthDays = [13]uint8{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

// daysIn is the number of days in a month, the most that it can have where the
// year is unknown.
func daysIn(y, m int) int {
	if m == 2 && y != 0 && !leap(y) {
		return 28
	}
	return int(monthDays[m])
}

// dayOf returns the day y-m-d, of an unknown year where y is 0, and whether there is such a day.
func dayOf(y, m, d int) (date, bool) {
	if y < 0 || y > lastYear || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return date{}, false
	}
	return date{grain: day, year: int16(y), part: uint8(m), day: uint8(d)}, true
}

// monthOf returns the month y-m, of an unknown year where y is 0, and whether there is such a month.
func monthOf(y, m int) (date, bool) {
	if y < 0 || y > lastYear || m < 1 || m > 12 {
		return date{}, false
	}
	return date{grain: month, year: int16(y), part: uint8(m)}, true
}

// yearOf returns the year, and whether the calendar has it.
func yearOf(y int) (date, bool) {
	if y < firstYear || y > lastYear {
		return date{}, false
	}
	return date{grain: year, year: int16(y)}, true
}

// number counts days from the 1st of March of the year 0, by the method of
// Hinnant, "chrono-compatible low-level date algorithms": years begin in March,
// so that the leap day is a year's last.
func number(y, m, d int) int {
	if m <= 2 {
		y--
		m += 12
	}
	return y*365 + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1
}

// fromNumber is the inverse of number.
func fromNumber(n int) (date, bool) {
	if n < number(firstYear, 1, 1) || n > number(lastYear, 12, 31) {
		return date{}, false
	}
	const era = 146097 // days in 400 years
	y, n := n/era*400, n%era
	k := (n - n/1460 + n/36524 - n/146096) / 365
	n -= 365*k + k/4 - k/100
	m := (5*n + 2) / 153
	d := n - (153*m+2)/5 + 1
	y += k
	if m += 3; m > 12 {
		m -= 12
		y++
	}
	return dayOf(y, m, d)
}

// known reports whether d is a date of a known year.
func (d date) known() bool { return d.grain != 0 && d.year != 0 }

// first is the number of d's first day. The year must be known.
func (d date) first() int {
	y := int(d.year)
	switch d.grain {
	case day, week, weekend:
		return number(y, int(d.part), int(d.day))
	case month:
		return number(y, int(d.part), 1)
	case quarter:
		return number(y, 3*int(d.part)-2, 1)
	case half:
		return number(y, 6*int(d.part)-5, 1)
	case season:
		// The meteorological seasons of the north, winter by the year in which it begins.
		return number(y, 3*int(d.part), 1)
	}
	return number(y, 1, 1)
}

// last is the number of d's last day. The year must be known.
func (d date) last() int {
	if d.grain >= day {
		return d.first()
	}
	next := d
	switch d.grain {
	case week:
		return d.first() + 6
	case weekend:
		return d.first() + 1
	case month:
		return d.first() + daysIn(int(d.year), int(d.part)) - 1
	case season:
		if d.part == 4 {
			return number(int(d.year)+1, 3, 1) - 1
		}
		next.part++
	case quarter:
		if d.part == 4 {
			return number(int(d.year), 12, 31)
		}
		next.part++
	case half:
		if d.part == 2 {
			return number(int(d.year), 12, 31)
		}
		next.part++
	case year:
		return number(int(d.year), 12, 31)
	case decade:
		return number(int(d.year)+9, 12, 31)
	default:
		return number(int(d.year)+99, 12, 31)
	}
	return next.first() - 1
}

// weekday is the day of the week of a day, 1 for Monday to 7 for Sunday.
func weekday(number int) int { return (number+2)%7 + 1 }

// to returns the stretch of grain g in which d lies, and whether d is so fine
// that there is just one.
func (d date) to(g grain) (date, bool) {
	if g >= hour {
		g = day
	}
	if d.grain == g {
		return d, true
	}
	if !d.known() || d.grain < g {
		return date{}, false
	}
	y := int(d.year)
	switch g {
	case century:
		return date{grain: century, year: int16(y / 100 * 100)}, true
	case decade:
		return date{grain: decade, year: int16(y / 10 * 10)}, true
	case year:
		return date{grain: year, year: d.year}, true
	case week:
		n := d.first()
		return cast(n-weekday(n)+1, week)
	case weekend:
		n := d.first()
		return cast(n-weekday(n)+6, weekend)
	}
	// What is left are parts of a year. A week lies in the month that it begins in.
	m := 0
	switch d.grain {
	case day, week, weekend, month:
		m = int(d.part)
	case quarter:
		m = 3*int(d.part) - 2
	default:
		return date{}, false
	}
	switch g {
	case month:
		if d.grain == quarter {
			return date{}, false
		}
		return date{grain: month, year: d.year, part: uint8(m)}, true
	case quarter:
		return date{grain: quarter, year: d.year, part: uint8((m + 2) / 3)}, true
	case half:
		return date{grain: half, year: d.year, part: uint8((m + 5) / 6)}, true
	case season:
		if d.grain == quarter {
			return date{}, false
		}
		s := date{grain: season, year: d.year, part: uint8(m / 3)}
		if m < 3 {
			s.part, s.year = 4, s.year-1
		}
		return s, s.year > 0
	}
	return date{}, false
}

// cast returns the stretch of grain g (day, week or weekend) that begins on the numbered day.
func cast(n int, g grain) (date, bool) {
	d, ok := fromNumber(n)
	d.grain = g
	return d, ok
}

// maxShift bounds by how many units a date is moved: more leaves every calendar.
const maxShift = 4_000_000

// add moves d by n units of grain g and returns the date of d's own grain that
// it comes to lie on, and whether the calendar reaches so far. A day that the
// month does not have becomes the month's last.
func (d date) add(n int, g grain) (date, bool) {
	if !d.known() || n > maxShift || n < -maxShift {
		return date{}, false
	}
	y := int(d.year)
	switch g {
	case century:
		return d.inYear(y + 100*n)
	case decade:
		return d.inYear(y + 10*n)
	case year:
		return d.inYear(y + n)
	case half, quarter, season:
		if d.grain == g {
			parts := 4
			if g == half {
				parts = 2
			}
			return d.step(n, parts)
		}
		if g == half {
			return d.add(6*n, month)
		}
		return d.add(3*n, month)
	case month:
		if d.grain < month {
			return date{}, false
		}
		k := int(d.part) - 1 + 12*y + n
		if k < 12 {
			return date{}, false
		}
		e := d
		e.part = uint8(k%12) + 1
		return e.inYear(k / 12)
	case week, weekend:
		if d.grain < week {
			return date{}, false
		}
		return cast(d.first()+7*n, d.grain)
	case day:
		if d.grain < day {
			return date{}, false
		}
		return cast(d.first()+n, d.grain)
	}
	return date{}, false
}

// step moves a part of a year by n parts, of which a year has so many.
func (d date) step(n, parts int) (date, bool) {
	k := int(d.part) - 1 + parts*int(d.year) + n
	if k < parts {
		return date{}, false
	}
	d.part = uint8(k%parts) + 1
	return d.inYear(k / parts)
}

// inYear returns d in the year y, and whether the calendar has that year.
func (d date) inYear(y int) (date, bool) {
	if y < firstYear || y > lastYear {
		return date{}, false
	}
	d.year = int16(y)
	if d.grain == day {
		d.day = min(d.day, uint8(daysIn(y, int(d.part))))
	}
	if d.grain == week || d.grain == weekend {
		n := number(y, int(d.part), min(int(d.day), daysIn(y, int(d.part))))
		e, ok := cast(n, day)
		if !ok {
			return date{}, false
		}
		return e.to(d.grain)
	}
	return d, true
}

// A value is what an expression of time stands for: one date, or the stretch
// from one to another. The zero value is unknown.
type value struct {
	from, to date // to is the zero date where from is all
	approx   bool
}

func single(d date) value { return value{from: d} }

// append appends v in EDTF, nothing where it is unknown.
func (v value) append(dst []byte) []byte {
	if v.from.grain == 0 {
		return dst
	}
	dst = v.from.append(dst, v.approx)
	if v.to.grain != 0 {
		dst = append(dst, '/')
		dst = v.to.append(dst, v.approx)
	}
	return dst
}

// EDTF writes quarters and halves of a year as months 33 to 36 and 40 to 41,
// seasons as 21 to 24.
const (
	edtfSeason  = 20
	edtfQuarter = 32
	edtfHalf    = 39
)

// append appends d in EDTF.
func (d date) append(dst []byte, approx bool) []byte {
	mark := func(dst []byte) []byte {
		if approx {
			return append(dst, '~')
		}
		return dst
	}
	switch d.grain {
	case week:
		return d.stretch(dst, 6, approx)
	case weekend:
		return d.stretch(dst, 1, approx)
	}
	y := int(d.year)
	if y == 0 {
		dst = append(dst, "XXXX"...)
	} else {
		dst = append(dst, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
	}
	switch d.grain {
	case century:
		dst[len(dst)-2], dst[len(dst)-1] = 'X', 'X'
	case decade:
		dst[len(dst)-1] = 'X'
	case season:
		dst = two(dst, edtfSeason+int(d.part))
	case quarter:
		dst = two(dst, edtfQuarter+int(d.part))
	case half:
		dst = two(dst, edtfHalf+int(d.part))
	case month:
		dst = two(dst, int(d.part))
	case day:
		dst = two(two(dst, int(d.part)), int(d.day))
	}
	return mark(dst)
}

// stretch appends the days from d's first to the n-th after it.
func (d date) stretch(dst []byte, n int, approx bool) []byte {
	from, ok := cast(d.first(), day)
	to, ok2 := cast(d.first()+n, day)
	if !ok || !ok2 {
		return dst
	}
	dst = from.append(dst, approx)
	return to.append(append(dst, '/'), approx)
}

func two(dst []byte, n int) []byte { return append(dst, '-', byte('0'+n/10), byte('0'+n%10)) }

// parse reads the beginning of an EDTF date, as the date of a publication has
// it: a year, month or day, whatever follows left out.
func parse(s string) (date, bool) {
	digits := func(a, b int) (int, bool) {
		if len(s) < b || a > 0 && s[a-1] != '-' {
			return 0, false
		}
		n := 0
		for _, c := range []byte(s[a:b]) {
			if c < '0' || c > '9' {
				return 0, false
			}
			n = 10*n + int(c-'0')
		}
		return n, len(s) == b || s[b] < '0' || s[b] > '9'
	}
	y, ok := digits(0, 4)
	if !ok {
		return date{}, false
	}
	if m, ok := digits(5, 7); ok && m <= 12 {
		if d, ok := digits(8, 10); ok {
			return dayOf(y, m, d)
		}
		return monthOf(y, m)
	}
	return yearOf(y)
}
