package export

import (
	"net/url"
	"strings"
	"time"
)

// Address returns an address that may stand as one in what others open: http or
// https with a host, without the name and password that somebody may have got it with. Any
// other is empty.
func Address(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.User = nil
	return u.String()
}

// Day returns an EDTF date that is one day, such as 2031-05-02, else "".
func Day(date string) string {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return ""
	}
	return date
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
