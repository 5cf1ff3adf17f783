package rows

import (
	"strings"
	"time"
)

// Days returns the first and the last day, as 2006-01-02, that an EDTF value
// (ISO 8601-2) can mean, both empty if it is not known which they are: for a
// value without a year, or one that is no EDTF. A sign that the value is
// uncertain or approximate ("2024~") does not widen it. An interval that is
// open at an end gives only the other.
func Days(edtf string) (first, last string) {
	from, to, interval := strings.Cut(edtf, "/")
	first, last = span(from)
	if !interval {
		return first, last
	}
	_, last = span(to)
	if first != "" && last != "" && last < first {
		return "", ""
	}
	return first, last
}

// span returns the days of one date: a year, a month or a day, maybe with a
// time of day.
func span(date string) (first, last string) {
	date, _, _ = strings.Cut(date, "T")
	date = strings.TrimRight(date, "?~%")
	var until func(time.Time) time.Time
	layout := ""
	switch len(date) {
	case len("2006"):
		layout, until = "2006", func(t time.Time) time.Time { return t.AddDate(1, 0, -1) }
	case len("2006-01"):
		layout, until = "2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, -1) }
	case len(time.DateOnly):
		layout, until = time.DateOnly, func(t time.Time) time.Time { return t }
	default:
		return "", ""
	}
	t, err := time.Parse(layout, date)
	if err != nil {
		return "", ""
	}
	return t.Format(time.DateOnly), until(t).Format(time.DateOnly)
}
