package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// small are the words that many headlines leave without a capital.
var small = strings.Fields("a an the of in on at to for and or but by with from as is its it")

// withHeadline returns a with a headline before it, made of one of its own
// lines With Most Words Begun by a Capital: the corpus of 1996 has none of the
// kind, the news of today little else. When a has no line that would do it is
// returned as it is. k chooses the line and whether small words get a capital too.
func withHeadline(a Article, k int) Article {
	type line struct{ start, end int }
	var lines []line
	for at := 0; at < len(a.Text); {
		end := len(a.Text)
		if n := strings.IndexByte(a.Text[at:], '\n'); n >= 0 {
			end = at + n
		}
		if words := strings.Fields(a.Text[at:end]); len(words) >= 8 && strings.ToUpper(a.Text[at:end]) != a.Text[at:end] {
			lines = append(lines, line{at, end})
		}
		at = end + 1
	}
	if len(lines) == 0 {
		return a
	}
	l := lines[k%len(lines)]
	// No longer than headlines are, and not cut inside a name.
	words := 0
	for i := l.start; i < l.end; i++ {
		if a.Text[i] != ' ' {
			continue
		}
		if words++; words >= 12 && !slices.ContainsFunc(a.Names, func(s Span) bool { return s.Start < i && i < s.End }) {
			l.end = i
			break
		}
	}
	var b strings.Builder
	var spans []Span
	begin := true
	for i := l.start; i < l.end; {
		r, size := utf8.DecodeRuneInString(a.Text[i:])
		if begin {
			word := a.Text[i:l.end]
			if n := strings.IndexByte(word, ' '); n >= 0 {
				word = word[:n]
			}
			if k%2 == 1 || !slices.Contains(small, word) {
				if up := unicode.ToUpper(r); utf8.RuneLen(up) == size && !strings.HasPrefix(word, "n't") {
					r = up
				}
			}
		}
		begin = r == ' '
		b.WriteRune(r)
		i += size
	}
	for _, s := range a.Names {
		if s.Start >= l.start && s.End <= l.end {
			spans = append(spans, Span{s.Start - l.start, s.End - l.start, s.Type})
		}
	}
	if b.Len() != l.end-l.start { // a byte that is not UTF-8
		return a
	}
	if k/2%2 == 1 {
		b.WriteByte('.')
	}
	b.WriteByte('\n')
	for _, s := range a.Names {
		spans = append(spans, Span{s.Start + b.Len(), s.End + b.Len(), s.Type})
	}
	a.Text, a.Names = b.String()+a.Text, spans
	return a
}
