package dates

import (
	"strings"
	"unicode/utf8"

	"hearsay/text"
)

// An item is one word of time as the grammar sees it: a token, a part of one
// ("mid" of "mid-1990s"), or a holiday's name of several.
type item struct {
	word
	start, end int32 // bytes of the text
	token      int32 // the one it begins in
}

// A lexer finds the words of time in a text. What lies between them is one
// item of the kind other, and so is the end of a sentence.
type lexer struct {
	items []item
	full  []date    // what items of the kind fullDate mean
	pairs [][2]date // what those of rangeOfTwo mean; days of no month have the grain 0
	lower []byte
}

// read makes the items of d.
func (l *lexer) read(d *text.Doc) {
	l.items, l.full, l.pairs = l.items[:0], l.full[:0], l.pairs[:0]
	x := lexiconOf()
	for _, s := range d.Sentences {
		for i := s.First; i < s.End; {
			i = l.token(x, d, i, s.End)
		}
		l.gap(s.End - 1)
	}
}

// gap says that the grammar must not go on over token i.
func (l *lexer) gap(i int32) {
	if n := len(l.items); n == 0 || l.items[n-1].kind != other {
		l.items = append(l.items, item{token: i})
	}
}

// token makes the items of token i, which stands before end, and returns the token to go on with.
func (l *lexer) token(x *lexicon, d *text.Doc, i, end int32) int32 {
	t := &d.Tokens[i]
	if t.Shape&text.FirstUpper != 0 {
		if n := l.feast(x, d, i, end); n > i {
			return n
		}
	}
	if w, ok := x.words[t.Lower]; ok {
		if w.flags&capital != 0 && t.Shape&text.FirstUpper == 0 || w.flags&noun != 0 && !t.Tag.Noun() || w.kind == lastWord && t.Tag.Verb() {
			l.gap(i)
		} else {
			l.items = append(l.items, item{w, t.Start, t.End, i})
		}
		return i + 1
	}
	n := len(l.items)
	form := d.Text[t.Start:t.End]
	switch {
	case t.End-t.Start > longestToken:
	case t.Shape&text.HasDigit != 0:
		l.numeral(x, form, i, t.Start)
	case t.Shape&text.HasHyphen != 0:
		l.compound(x, form, i, t.Start)
	}
	if len(l.items) == n {
		l.gap(i)
	}
	return i + 1
}

// longestToken is the most bytes of a token with digits or hyphens that is
// looked into.
const longestToken = 40

// feast makes the item of the holiday that token i begins with and returns the
// token after it, i where there is none.
func (l *lexer) feast(x *lexicon, d *text.Doc, i, end int32) int32 {
	best := i
	var rule int32
	for _, f := range x.holidays[d.Tokens[i].Lower] {
		n := i + 1
		for _, w := range f.rest {
			if n < end && d.Tokens[n].Lower == w {
				n++
			} else {
				n = i
				break
			}
		}
		if n > best {
			best, rule = n, f.rule
		}
	}
	if best > i {
		l.items = append(l.items, item{word{kind: holidayName, value: rule}, d.Tokens[i].Start, d.Tokens[best-1].End, i})
	}
	return best
}

// compound makes items of the parts of a token with hyphens, if one of them is a word of time.
func (l *lexer) compound(x *lexicon, form string, token, start int32) {
	n, found := len(l.items), false
	for at := 0; at <= len(form); {
		size := strings.IndexAny(form[at:], "-–")
		part := form[at:]
		if size >= 0 {
			part = form[at : at+size]
		}
		if !l.part(x, part, token, start+int32(at)) {
			l.items = append(l.items, item{token: token, start: start + int32(at), end: start + int32(at+len(part))})
		} else {
			found = true
		}
		if size < 0 {
			break
		}
		at += size
		_, w := utf8.DecodeRuneInString(form[at:])
		l.items = append(l.items, item{word{kind: hyphen}, start + int32(at), start + int32(at+w), token})
		at += w
	}
	if !found {
		l.items = l.items[:n]
	}
}

// part makes the item of a part of a token, if it is a word of time.
func (l *lexer) part(x *lexicon, part string, token, start int32) bool {
	if part == "" {
		return false
	}
	end := start + int32(len(part))
	if part[0] >= '0' && part[0] <= '9' || part[0] == '\'' {
		w, ok := digits(part)
		if ok {
			l.items = append(l.items, item{w, start, end, token})
		}
		return ok
	}
	l.lower = l.lower[:0]
	for _, c := range []byte(part) {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		l.lower = append(l.lower, c)
	}
	w, ok := x.words[text.Hash(string(l.lower))]
	upper := part[0] >= 'A' && part[0] <= 'Z'
	if !ok || w.flags&capital != 0 && !upper || w.flags&(short|doubtful) == short|doubtful {
		return false
	}
	l.items = append(l.items, item{w, start, end, token})
	return true
}

// numeral makes the items of a token with digits.
func (l *lexer) numeral(x *lexicon, form string, token, start int32) {
	end := start + int32(len(form))
	one := func(w word) { l.items = append(l.items, item{w, start, end, token}) }
	if w, ok := digits(form); ok {
		one(w)
		return
	}
	if d, ok := wholeDate(form); ok {
		l.full = append(l.full, d)
		one(word{kind: fullDate, value: int32(len(l.full) - 1)})
		return
	}
	if timeOfDay(form) {
		one(word{kind: clockTime})
		return
	}
	if p, ok := pair(form); ok {
		l.pairs = append(l.pairs, p)
		one(word{kind: rangeOfTwo, value: int32(len(l.pairs) - 1)})
		return
	}
	l.compound(x, form, token, start)
}

// digits reads a number that stands for itself: "4", "4th", "1998", "'98", "1990s", "'90s".
func digits(s string) (word, bool) {
	cut := strings.TrimPrefix(strings.TrimPrefix(s, "'"), "’")
	quoted := len(cut) < len(s)
	k, n := 0, int32(0)
	for k < len(cut) && k <= 4 && cut[k] >= '0' && cut[k] <= '9' {
		n = 10*n + int32(cut[k]-'0')
		k++
	}
	if k == 0 || k > 4 {
		return word{}, false
	}
	switch rest := cut[k:]; rest {
	case "":
		switch {
		case quoted && k == 2:
			return word{kind: yearNumber, value: fullYear(n)}, true
		case !quoted:
			return word{kind: cardinal, value: n}, true
		}
	case "s", "'s", "’s":
		if n%10 == 0 && (k == 4 && n >= 1000 || k == 2) && (rest == "s" || k == 4) {
			if k == 2 {
				n = fullYear(n)
			}
			w := word{kind: decadeName, value: n}
			if k == 2 && !quoted {
				w.flags = doubtful // degrees, ages and percentages are counted so too
			}
			return w, true
		}
	case "st", "nd", "rd", "th":
		if !quoted {
			return word{kind: ordinal, value: n}, true
		}
	}
	return word{}, false
}

// fullYear is the year that two digits stand for: news speak of the last
// hundred years, seldom of what comes.
func fullYear(n int32) int32 {
	if n < 30 {
		return 2000 + n
	}
	return 1900 + n
}

// wholeDate reads a date in digits: year, month and day in this order, or month
// and day, as Americans write them, before the year. Where that cannot be, the day is first.
func wholeDate(s string) (date, bool) {
	if i := strings.IndexByte(s, 'T'); i == len("2024-03-04") {
		s = s[:i]
	}
	var n, size [3]int
	k := 0
	var mark byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if size[k]++; size[k] > 4 {
				return date{}, false
			}
			n[k] = 10*n[k] + int(c-'0')
		case (c == '/' || c == '-' || c == '.') && (mark == 0 || mark == c) && size[k] > 0 && k < 2:
			mark = c
			k++
		default:
			return date{}, false
		}
	}
	if k != 2 || size[2] == 0 {
		return date{}, false
	}
	switch {
	case size[0] == 4 && size[1] <= 2 && size[2] <= 2:
		return dayOf(n[0], n[1], n[2])
	case size[0] > 2 || size[1] > 2 || size[2] != 4 && (size[2] != 2 || mark != '/'):
		return date{}, false
	}
	if size[2] == 2 {
		n[2] = int(fullYear(int32(n[2])))
	}
	// Points are written where the day comes first.
	if mark != '.' {
		if d, ok := dayOf(n[2], n[0], n[1]); ok {
			return d, n[2] != 0
		}
	}
	d, ok := dayOf(n[2], n[1], n[0])
	return d, ok && n[2] != 0
}

// timeOfDay reports whether s is a time of the day: "14:00", "7:15pm", "9pm".
func timeOfDay(s string) bool {
	body := s
	marked := false
	if n := len(s); n > 2 && (s[n-1] == 'm' || s[n-1] == 'M') && strings.IndexByte("apAP", s[n-2]) >= 0 {
		body, marked = s[:n-2], true
	}
	hours, minutes, colon := strings.Cut(body, ":")
	if !colon && !marked || colon && len(minutes) != 2 || len(hours) < 1 || len(hours) > 2 {
		return false
	}
	h, ok := small(hours)
	m, ok2 := 0, true
	if colon {
		m, ok2 = small(minutes)
	}
	return ok && ok2 && h <= 24 && m < 60
}

// small reads a number of at most four digits.
func small(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i == 4 {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, len(s) > 0
}

// pair reads two numbers with a hyphen: the years of "1994-95", a month as ISO
// 8601 writes it ("2024-03", of which both dates are the same), or the days of "4-9", which have the grain 0.
func pair(s string) ([2]date, bool) {
	i := strings.IndexAny(s, "-–/")
	if i < 0 {
		return [2]date{}, false
	}
	_, w := utf8.DecodeRuneInString(s[i:])
	a, ok := small(s[:i])
	b, ok2 := small(s[i+w:])
	if !ok || !ok2 {
		return [2]date{}, false
	}
	switch na, nb := i, len(s)-i-w; {
	case s[i] == '/' && (na != 4 || (a+1)%100 != b):
		return [2]date{}, false // a fraction; only "2023/24" has years
	case na == 4 && nb == 2 && b >= 1 && b <= 12 && b <= a%100:
		m, ok := monthOf(a, b)
		return [2]date{m, m}, ok && plausible(a)
	case na == 4 && (nb == 2 || nb == 4):
		if nb == 2 {
			if b += a / 100 * 100; b < a {
				b += 100
			}
		}
		x, ok := yearOf(a)
		y, ok2 := yearOf(b)
		return [2]date{x, y}, ok && ok2 && a < b && b-a < 200 && plausible(a) && plausible(b)
	case na <= 2 && nb <= 2 && a >= 1 && a < b && b <= 31:
		return [2]date{{day: uint8(a)}, {day: uint8(b)}}, true
	}
	return [2]date{}, false
}

// plausible reports whether a number of four digits can be the year that a
// text of today tells of.
func plausible(y int) bool { return y >= 1000 && y < 2100 }
