package export

import (
	"net/url"
	"strings"
	"time"
)

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// Between returns the first and the last day of an EDTF date that is a day or
// an interval of two; both are empty for any other.
func Between(date string) (first, last string) {
	from, to, ok := strings.Cut(date, "/")
	if !ok {
		to = from
	}
	if first, last = Day(from), Day(to); first == "" || last == "" || last < first {
		return "", ""
	}
	return first, last
}

func parseURL(s string) (*url.URL, error) { return url.Parse(strings.TrimSpace(s)) }
