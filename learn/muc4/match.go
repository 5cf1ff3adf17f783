package muc4

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Credit is what a response's filler earns beside a key's.
type Credit uint8

// The credits: nothing, half, whole.
const (
	Wrong Credit = iota
	Partial
	Correct
)

// match is the best credit that the response earns with any of the key's
// alternatives.
func match(s Slot, key, response Fill) Credit {
	best := Wrong
	for _, k := range key.Any {
		for _, r := range response.Any {
			var c Credit
			switch s {
			case Date:
				c = matchDate(k, r)
			case Location:
				c = matchLocation(k, r)
			case Individual, Organization:
				c = matchString(k, r)
			case Confidence:
				c = matchConfidence(k, r)
				if c > Wrong && matchAny(key.Of, response.Of) == Wrong {
					c = Wrong
				}
			case Killed, Wounded:
				c = matchAmount(k, r)
			}
			best = max(best, c)
		}
	}
	return best
}

func matchAny(key, response []string) Credit {
	best := Wrong
	for _, k := range key {
		for _, r := range response {
			best = max(best, matchString(k, r))
		}
	}
	return best
}

// matchConfidence: the task's set list has one entry below another; the two
// are partly the same.
func matchConfidence(key, response string) Credit {
	k, r := confidence(key), confidence(response)
	switch {
	case k == r:
		return Correct
	case strings.HasPrefix(k, "SUSPECTED OR ACCUSED") && strings.HasPrefix(r, "SUSPECTED OR ACCUSED"):
		return Partial
	}
	return Wrong
}

func confidence(s string) string { return strings.Join(strings.Fields(s), " ") }

// leading are words before a noun phrase that the keys leave out or put in
// without a difference.
var leading = map[string]bool{"THE": true, "A": true, "AN": true, "ANOTHER": true, "SOME": true, "OTHER": true, "SEVERAL": true, "THIS": true,
	"THESE": true, "THOSE": true, "HIS": true, "ITS": true, "THEIR": true, "ONE": true}

// joints end the part of a noun phrase whose last word is its head.
var joints = map[string]bool{"OF": true, "FROM": true, "IN": true, "WHO": true, "WITH": true, "WEARING": true, "THAT": true, "AT": true, "ON": true,
	"TO": true, "FOR": true, "BELONGING": true, "CARRYING": true, "DRESSED": true, "RIDING": true, "ARMED": false}

// matchString compares noun phrases by the task's guidelines: the same but
// for a determiner is correct, and so is a response that has more words before
// or behind the key's with the same head; one with fewer words, or only
// the same head, is partly so.
func matchString(key, response string) Credit {
	k, r := phrase(key), phrase(response)
	if len(k) == 0 || len(r) == 0 {
		return Wrong
	}
	kh, rh := k[head(k)], r[head(r)]
	switch {
	case slices.Equal(k, r):
		return Correct
	case contains(r, k) && kh == rh:
		return Correct
	case contains(r, k) || contains(k, r), kh == rh:
		return Partial
	}
	return Wrong
}

func phrase(s string) []string {
	w := strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for len(w) > 1 && leading[w[0]] {
		w = w[1:]
	}
	return w
}

func head(w []string) int {
	for i := 1; i < len(w); i++ {
		if joints[w[i]] {
			return i - 1
		}
	}
	return len(w) - 1
}

func contains(long, short []string) bool {
	for i := 0; i+len(short) <= len(long); i++ {
		if slices.Equal(long[i:i+len(short)], short) {
			return true
		}
	}
	return false
}

// placeType is the type that a key puts after a name: "(CITY)".
var placeType = regexp.MustCompile(`\([A-Z0-9 ?'-]*\)`)

// place reads "COUNTRY: REGION (DEPARTMENT): TOWN (TOWN)", each level with
// its names: two joined by a dash for what lies between them.
func place(s string) [][]string {
	s = placeType.ReplaceAllString(strings.ToUpper(s), "")
	var out [][]string
	for _, level := range strings.Split(s, ":") {
		var names []string
		for _, n := range strings.Split(level, " - ") {
			if n = strings.Join(phrase(plain(n)), " "); n != "" {
				names = append(names, n)
			}
		}
		if len(names) > 0 {
			out = append(out, names)
		}
	}
	return out
}

// plain takes the accents off the capitals that Spanish names have; the
// reports have none.
var plain = strings.NewReplacer("Á", "A", "É", "E", "Í", "I", "Ó", "O", "Ú", "U", "Ü", "U", "Ñ", "N").Replace

// matchLocation: the same most exact place is correct, a place in common,
// a country if no more, is partly so.
func matchLocation(key, response string) Credit {
	k, r := place(key), place(response)
	if len(k) == 0 || len(r) == 0 {
		return Wrong
	}
	if share(k[len(k)-1], r[len(r)-1]) {
		return Correct
	}
	for _, a := range k {
		for _, b := range r {
			if share(a, b) {
				return Partial
			}
		}
	}
	return Wrong
}

type day time.Time

func (d day) edtf() string { return time.Time(d).Format("2006-01-02") }

// parseDay reads the task's "30 DEC 89".
func parseDay(d, m, y string) (day, bool) {
	if len(m) < 3 || len(y) < 2 {
		return day{}, false
	}
	if len(d) == 1 {
		d = "0" + d
	}
	t, err := time.Parse("02 Jan 06", d+" "+m[:1]+strings.ToLower(m[1:3])+" "+y[:2])
	return day(t), err == nil
}

// span is a date of the task's: a day, days from and to, or a day that it was
// on or before.
type span struct {
	from, to time.Time
	open     bool // on or before to
}

// recent is how far back the task's incidents go: two months.
const recent = 61 * 24 * time.Hour

func parseSpan(s string) (span, bool) {
	f := strings.Fields(strings.NewReplacer("(", " ", ")", " ", "-", " - ").Replace(strings.ToUpper(s)))
	one := func(f []string) (time.Time, bool) {
		if len(f) != 3 {
			return time.Time{}, false
		}
		d, ok := parseDay(f[0], f[1], f[2])
		return time.Time(d), ok
	}
	if len(f) > 0 && f[0] == "-" {
		t, ok := one(f[1:])
		return span{t.Add(-recent), t, true}, ok
	}
	if i := slices.Index(f, "-"); i >= 0 {
		from, ok1 := one(f[:i])
		to, ok2 := one(f[i+1:])
		return span{from, to, false}, ok1 && ok2
	}
	t, ok := one(f)
	return span{t, t, false}, ok
}

// matchDate: the same is correct; days in common are partly so, but a day on
// or before which something happened is only as good as the day.
func matchDate(key, response string) Credit {
	k, ok1 := parseSpan(key)
	r, ok2 := parseSpan(response)
	switch {
	case !ok1 || !ok2:
		return Wrong
	case k == r:
		return Correct
	case k.open && r.open:
		return Wrong
	case !k.from.After(r.to) && !r.from.After(k.to):
		return Partial
	}
	return Wrong
}
