package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The widths between which lines are taken for wrapped ones.
const (
	minWrap = 40
	maxWrap = 120
)

// wrapWidth returns the width, in characters, at which the lines of t were
// wrapped, 0 if they were not: if they end where a paragraph does.
//
// Wrapped lines have a common width that the next line's first word would have
// run over, and mostly end inside a sentence.
func wrapWidth(t string) int {
	width := 0
	for rest := t; rest != ""; {
		var line string
		line, rest = cutLine(rest)
		if len(line) <= width {
			continue
		}
		if len(line) > maxWrap*utf8.UTFMax {
			return 0
		}
		if n := utf8.RuneCountInString(line); n > width {
			if n > maxWrap {
				return 0
			}
			width = n
		}
	}
	if width < minWrap {
		return 0
	}
	var pairs, full, inside int
	line, rest := cutLine(t)
	for rest != "" {
		var next string
		next, rest = cutLine(rest)
		if line != "" && next != "" {
			pairs++
			if runsOver(line, next, width) {
				full++
				if startsLower(next) {
					inside++
				}
			}
		}
		line = next
	}
	if pairs < 2 || full*5 < pairs*3 || inside*5 < full*2 {
		return 0
	}
	return width
}

// softBreak reports whether the end of a line is only a space before next, the
// text that follows, in a text whose lines were wrapped at width, if that is
// not 0. Where they were not, only a line that breaks off in a phrase is.
func softBreak(line, next string, width int) bool {
	if bullet(next) {
		return false
	}
	lower := startsLower(next)
	if width == 0 {
		return lower && breaksOff(line)
	}
	next = next[:min(len(next), maxWrap*utf8.UTFMax)]
	if i := strings.IndexByte(next, '\n'); i >= 0 {
		next = next[:i]
	}
	line = strings.TrimSpace(line[:min(len(line), maxWrap*utf8.UTFMax)])
	return lower || runsOver(line, next, width)
}

// breaksOff reports whether a line ends with a letter, a digit or a comma.
func breaksOff(line string) bool {
	i := len(line)
	for i > 0 && classBefore(line, i).blank() {
		_, size := utf8.DecodeLastRuneInString(line[:i])
		i -= size
	}
	return i > 0 && (line[i-1] == ',' || classBefore(line, i).wordy())
}

// runsOver reports whether the first word of next would have made line longer
// than about width.
func runsOver(line, next string, width int) bool {
	word := next
	if i := strings.IndexByte(next, ' '); i >= 0 {
		word = next[:i]
	}
	n := utf8.RuneCountInString(line) + 1
	if line != "" && strings.IndexByte(".!?:", line[len(line)-1]) >= 0 {
		return n+len(word) > width
	}
	// Proportional type and hyphenation leave lines shorter than the longest.
	return (n+len(word))*5 > width*4
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// bullet reports whether a line begins as an entry of a list does.
func bullet(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '-', '*', '–', '—', '•', '▪', '‣', '·', '◦', '●', '■':
		return size < len(s) && (s[size] == ' ' || s[size] == '\t')
	}
	return false
}

// cutLine returns the first line of s, blanks at either end cut off, and what follows it.
func cutLine(s string) (line, rest string) {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		line, rest = s[:i], s[i+1:]
	} else {
		line = s
	}
	if len(line) <= maxWrap*utf8.UTFMax {
		line = strings.TrimSpace(line)
	}
	return line, rest
}
