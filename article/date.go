package article

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

var errDate = errors.New("not a date")

// dateLayouts are the forms in which a date that names its day is met. Those
// that leave the order of day and month open ("03/04/2024") are not among them.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	"2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05.999Z0700",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02 15:04",
	"20060102", "20060102T150405Z07:00", "20060102T150405Z0700", "2006/01/02", "2006/1/2", "2006.01.02",
	time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST",
	time.RFC822, time.RFC822Z, time.RFC850, time.ANSIC, time.UnixDate,
	"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006",
	"Monday, January 2, 2006", "Monday, 2 January 2006", "Monday 2 January 2006", "2 January, 2006",
}

// edtfDate is one date of EDTF, level 1 at most: a year, month or day, digits
// that are not known as X, and a mark of uncertainty.
var edtfDate = regexp.MustCompile(`^(\d{4}|\d{3}X|\d{2}XX|XXXX)(-(0[1-9]|1[0-2]|2[1-4]|XX)(-(0[1-9]|[12]\d|3[01]|XX))?)?[?~%]?$`)

// publicationDate returns s as an EDTF date: itself where it is one, else the
// day that it names, in the time zone that it is given in.
func publicationDate(s string) (string, error) {
	s = strings.TrimSpace(s)
	if isEDTF(s) {
		return s, nil
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly), nil
		}
	}
	return "", fmt.Errorf("%w: %q", errDate, s)
}

// isEDTF reports whether s is a date or an interval of dates.
func isEDTF(s string) bool {
	from, to, interval := strings.Cut(s, "/")
	if !interval {
		return isEDTFDate(s)
	}
	open := func(end string) bool { return end == "" || end == ".." }
	return (isEDTFDate(from) || open(from)) && (isEDTFDate(to) || open(to)) && !(open(from) && open(to))
}

func isEDTFDate(s string) bool {
	if !edtfDate.MatchString(s) {
		return false
	}
	day := strings.TrimRight(s, "?~%")
	if len(day) == len(time.DateOnly) && !strings.Contains(day, "X") {
		_, err := time.Parse(time.DateOnly, day) // no 30 February
		return err == nil
	}
	return true
}
