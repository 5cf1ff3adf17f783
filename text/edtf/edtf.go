// Package edtf reads dates of the Extended Date/Time Format (ISO 8601-2) as the
// days that they cover.
package edtf

import "strings"

// Days is the stretch of time that a date covers, as days since 1970-01-01,
// both ends included. The zero Days is unknown.
type Days struct {
	First, Last int32
	Known       bool
}

// Covers reports whether all of b lies in a.
func (a Days) Covers(b Days) bool {
	return a.Known && b.Known && a.First <= b.First && b.Last <= a.Last
}

// Apart is how many days lie between a and b, 0 where they touch.
func (a Days) Apart(b Days) int32 { return max(a.First-b.Last, b.First-a.Last, 0) }

// Len is the number of days in a.
func (a Days) Len() int32 { return a.Last - a.First + 1 }

// Parse reads a date or an interval. Times of day are passed over, qualifiers
// ("~", "?") too; a date whose year is open, and what is no date, is unknown.
func Parse(value string) Days {
	if first, last, ok := strings.Cut(value, "/"); ok {
		a, b := Parse(first), Parse(last)
		switch {
		case a.Known && b.Known && a.First <= b.Last:
			return Days{a.First, b.Last, true}
		default:
			return Days{}
		}
	}
	value, _, _ = strings.Cut(value, "T")
	value = strings.Trim(value, "~?%")
	var part [3]string
	n := 0
	for f := range strings.SplitSeq(value, "-") {
		if n == len(part) {
			return Days{}
		}
		part[n] = strings.Trim(f, "~?%")
		n++
	}
	low, high, ok := open(part[0], 4)
	if !ok || low < 1 {
		return Days{}
	}
	if n == 1 || strings.ContainsAny(part[1], "X") {
		return Days{dayOf(low, 1, 1), dayOf(high, 12, 31), true}
	}
	month, _, ok := open(part[1], 2)
	if !ok || low != high {
		return Days{}
	}
	switch {
	case month >= 21 && month <= 24: // seasons
		start := (month-21)*3 + 3
		return Days{dayOf(low, start, 1), dayOf(low, start+3, 1) + 19, true}
	case month >= 33 && month <= 36: // quarters
		return Days{dayOf(low, (month-33)*3+1, 1), dayOf(low, (month-33)*3+4, 1) - 1, true}
	case month < 1 || month > 12:
		return Days{}
	}
	if n == 2 || strings.Contains(part[2], "X") {
		return Days{dayOf(low, month, 1), dayOf(low, month+1, 1) - 1, true}
	}
	day, _, ok := open(part[2], 2)
	if !ok || day < 1 || day > 31 {
		return Days{}
	}
	at := dayOf(low, month, day)
	return Days{at, at, true}
}

// open reads a number of so many digits of which the last may be left open.
func open(s string, digits int) (low, high int32, ok bool) {
	if len(s) != digits {
		return 0, 0, false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && low == high:
			low, high = low*10+int32(c-'0'), high*10+int32(c-'0')
		case c == 'X' && i > 0:
			low, high = low*10, high*10+9
		default:
			return 0, 0, false
		}
	}
	return low, high, true
}

// dayOf counts days in the Gregorian calendar; month may be beyond 12.
func dayOf(year, month, day int32) int32 {
	year += (month - 1) / 12
	month = (month-1)%12 + 1
	if month <= 2 {
		year, month = year-1, month+12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1 - 719468
}
