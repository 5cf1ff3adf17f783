package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// run is text of one style.
type run struct {
	style style
	text  string
}

// style is how a run looks on a terminal that can do more than plain text.
type style string

// The styles, as parameters of the terminal's "select graphic rendition".
const (
	regular style = ""
	strong  style = "1"
	faint   style = "2"
	leaning style = "3"
	worked  style = "4" // words whose wording is a technique of persuasion
)

// page collects the lines of a text report, none wider than width columns.
type page struct {
	buf   []byte
	width int
	color bool
	style style // of what is written last
}

// lines breaks the runs into lines at blanks, and a word that is too long for
// a line where a reader sees one character end and the next begin. The first
// line begins with first and the others with as many blanks. What the runs
// bring from outside is made harmless.
func (p *page) lines(first []run, runs ...run) {
	indent := 0
	for _, r := range first {
		p.write(r.style, r.text)
		indent += width(r.text)
	}
	l := line{page: p, indent: indent, column: indent}
	for _, r := range runs {
		l.add(r.style, clean(r.text))
	}
	l.flush()
	p.newline()
}

// blank ends a part of the report.
func (p *page) blank() { p.buf = append(p.buf, '\n') }

// write changes to the style only where it is another: most words have that of
// the word before.
func (p *page) write(s style, text string) {
	if p.color && s != p.style {
		if p.style != regular {
			p.buf = append(p.buf, "\x1b[0m"...)
		}
		if s != regular {
			p.buf = append(p.buf, "\x1b["...)
			p.buf = append(p.buf, s...)
			p.buf = append(p.buf, 'm')
		}
		p.style = s
	}
	p.buf = append(p.buf, text...)
}

// newline ends a line; no style goes beyond it.
func (p *page) newline() {
	p.write(regular, "")
	p.buf = append(p.buf, '\n')
}

// line is a paragraph being broken into lines.
type line struct {
	*page
	indent, column int
	started        bool // something stands on this line already

	// The word being gathered: its letters and where in them each style begins.
	word   []byte
	styles []styled
}

type styled struct {
	style style
	from  int
}

func (l *line) add(s style, text string) {
	for len(text) > 0 {
		i := strings.IndexFunc(text, breaks)
		if i != 0 {
			word := text
			if i > 0 {
				word = text[:i]
			}
			if n := len(l.styles); n == 0 || l.styles[n-1].style != s {
				l.styles = append(l.styles, styled{s, len(l.word)})
			}
			l.word = append(l.word, word...)
			text = text[len(word):]
			continue
		}
		l.flush()
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
}

// flush puts the word on this line or the next.
func (l *line) flush() {
	if len(l.word) == 0 {
		return
	}
	w := width(string(l.word))
	if l.started {
		if l.column+1+w <= l.width {
			l.buf = append(l.buf, ' ')
			l.column++
		} else {
			l.next()
		}
	}
	if l.column+w > l.width {
		l.cut()
	} else {
		l.put(0, len(l.word))
		l.column += w
	}
	l.started = true
	l.word, l.styles = l.word[:0], l.styles[:0]
}

// cut spreads a word over as many lines as it takes.
func (l *line) cut() {
	from, at := 0, 0
	rest, state := l.word, -1
	for len(rest) > 0 {
		var cluster []byte
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeCluster(rest, state)
		if l.column+w > l.width && at > from {
			l.put(from, at)
			l.next()
			from = at
		}
		at += len(cluster)
		l.column += w
	}
	l.put(from, at)
}

// put writes the bytes [from, to) of the word in their styles.
func (l *line) put(from, to int) {
	for i, s := range l.styles {
		end := len(l.word)
		if i+1 < len(l.styles) {
			end = l.styles[i+1].from
		}
		if a, b := max(from, s.from), min(to, end); a < b {
			l.write(s.style, string(l.word[a:b]))
		}
	}
}

func (l *line) next() {
	l.newline()
	for range l.indent {
		l.buf = append(l.buf, ' ')
	}
	l.column, l.started = l.indent, false
}

// breaks reports whether a line may end at r.
func breaks(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u2007' && r != '\u202f'
}

// width is the number of columns that s takes.
func width(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// clean writes out what a terminal would act on and nobody would see: control
// characters and the marks that turn the direction of a line become visible
// escapes such as \x1b. Line breaks and tabs stay; they end a word.
func clean(s string) string {
	if strings.IndexFunc(s, unsafe) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !unsafe(r):
			b.WriteRune(r)
		case r <= 0xFF:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// unsafe reports whether a terminal may do something else with r than show it.
func unsafe(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7F || unicode.IsSpace(r) && r != '\u0085':
		return false
	case unicode.IsControl(r), r == '\u061c', r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	}
	return r == '\ufeff' || r >= '\ufff9' && r <= '\ufffb'
}
