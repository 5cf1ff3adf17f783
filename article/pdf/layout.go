package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/responses"
)

// PDFium's marks in the stream of characters.
const (
	lineEnd = '\n'
	divided = '\x02' // a hyphen at a line's end by which a word is divided
)

// page is the lines of one page in the order of reading.
type page []line

// line is one line of text and where it stands, in points from the lower left
// corner of the page.
type line struct {
	text                   string
	left, right, base, top float64
	size                   float64 // the height of its tall letters, which tells sizes of type apart
	firstWord              float64 // the width of its first word
	divided                bool    // its last word goes on in the next line
}

// lines makes lines of a page's characters. Those that are written at another
// angle than most are a stamp at the margin and left out.
func lines(chars []*responses.GetPageTextStructuredChar) page {
	upright := 0
	for _, c := range chars {
		if isUpright(c) {
			upright++
		}
	}
	var p page
	var b lineBuilder
	for _, c := range chars {
		if upright*2 > len(chars) && !isUpright(c) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(c.Text)
		switch {
		case c.Text == "" || r == '\r' || r == utf8.RuneError:
		case r == lineEnd:
			p = b.flush(p)
		case r == divided:
			b.line.divided = true
			p = b.flush(p)
		default:
			b.add(r, c.PointPosition)
		}
	}
	return b.flush(p)
}

func isUpright(c *responses.GetPageTextStructuredChar) bool {
	turn := math.Mod(math.Abs(c.Angle), 2*math.Pi)
	return turn < 0.1 || turn > 2*math.Pi-0.1
}

// lineBuilder gathers the characters of one line.
type lineBuilder struct {
	line  line
	text  strings.Builder
	bases []float64
	sizes []float64
	space bool
	words int
}

func (b *lineBuilder) add(r rune, at responses.CharPosition) {
	if unicode.IsSpace(r) || r == '\u00AD' {
		b.space = true
		return
	}
	if b.space && b.text.Len() > 0 {
		b.text.WriteByte(' ')
		b.words++
	}
	b.space = false
	if ligature, ok := ligatures[r]; ok {
		b.text.WriteString(ligature)
	} else if r == '\uFFFE' || r == '\uFEFF' || unicode.IsControl(r) || !utf8.ValidRune(r) {
		return
	} else {
		b.text.WriteRune(r)
	}
	if at.Right <= at.Left || at.Top <= at.Bottom {
		return
	}
	if len(b.bases) == 0 {
		b.line.left, b.line.right, b.line.top = at.Left, at.Right, at.Top
	}
	b.line.left, b.line.right = min(b.line.left, at.Left), max(b.line.right, at.Right)
	b.line.top = max(b.line.top, at.Top)
	b.bases = append(b.bases, at.Bottom)
	b.sizes = append(b.sizes, at.Top-at.Bottom)
	if b.words == 0 {
		b.line.firstWord = at.Right - b.line.left
	}
}

// flush appends the line at hand to p, if there is one, and begins the next.
func (b *lineBuilder) flush(p page) page {
	if b.text.Len() > 0 {
		b.line.text = b.text.String()
		b.line.base, b.line.size = quantile(b.bases, 0.5), quantile(b.sizes, 0.8)
		p = append(p, b.line)
	}
	*b = lineBuilder{bases: b.bases[:0], sizes: b.sizes[:0]}
	return p
}

// ligatures are the letters that type joins and text does not.
var ligatures = map[rune]string{
	'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st",
}

// quantile returns the value below which the share q of values lies, 0 for no
// values. It sorts them.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[int(q*float64(len(values)-1))]
}

// paragraphs joins the lines of all pages into paragraphs, with a blank line
// between them.
func paragraphs(pages []page) string {
	pages = withoutMargins(pages)
	whole := vocabulary(pages)
	var text strings.Builder
	var last *line
	pitch := linePitch(pages)
	for _, p := range pages {
		for i := range p {
			l := &p[i]
			switch {
			case last == nil:
				text.WriteString(l.text)
			case i == 0 && continues(last, l), i > 0 && !breaks(p, i, pitch):
				joinLine(&text, last, l, whole)
			default:
				if last.divided {
					text.WriteByte('-')
				}
				text.WriteString("\n\n")
				text.WriteString(l.text)
			}
			last = l
		}
	}
	return text.String()
}

// joinLine writes l as what follows last in one paragraph, and makes whole the
// word that is divided between them.
func joinLine(text *strings.Builder, last, l *line, whole map[string]bool) {
	switch {
	case !last.divided:
		text.WriteByte(' ')
	case keepsHyphen(lastWord(last.text), firstWord(l.text), whole):
		text.WriteByte('-')
	}
	text.WriteString(l.text)
}

// keepsHyphen tells a compound that a line's end happens to part at its hyphen,
// "Marn-Albion", from a word that is divided: by which of the two stands whole
// elsewhere, and where neither does, by whether a capital letter follows.
func keepsHyphen(before, after string, whole map[string]bool) bool {
	if whole[before+after] {
		return false
	}
	first, _ := utf8.DecodeRuneInString(after)
	return whole[before+"-"+after] || !unicode.IsLower(first) && before != strings.ToUpper(before)
}

// vocabulary is the words that stand whole within lines, for the words that are
// divided between lines to be compared with.
func vocabulary(pages []page) map[string]bool {
	divides := false
	words := make(map[string]bool)
	for _, p := range pages {
		for _, l := range p {
			divides = divides || l.divided
			for _, w := range strings.Fields(l.text) {
				words[trimWord(w)] = true
			}
		}
	}
	if !divides {
		return nil
	}
	return words
}

func firstWord(s string) string {
	s, _, _ = strings.Cut(s, " ")
	return trimWord(s)
}

func lastWord(s string) string { return trimWord(s[strings.LastIndexByte(s, ' ')+1:]) }

func trimWord(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// linePitch returns the distance between the lines of a paragraph, as the
// middle of all distances between lines that follow one another downwards.
func linePitch(pages []page) float64 {
	var pitches []float64
	for _, p := range pages {
		for i := 1; i < len(p); i++ {
			if d := p[i-1].base - p[i].base; d > 0 && d < 4*max(p[i].size, p[i-1].size) {
				pitches = append(pitches, d)
			}
		}
	}
	return quantile(pitches, 0.5)
}

// breaks reports whether a paragraph begins with line i of a page, i > 0.
func breaks(p page, i int, pitch float64) bool {
	last, l := &p[i-1], &p[i]
	if last.divided {
		return false
	}
	down := last.base - l.base
	switch {
	case down < -l.size: // up again: the next column
		return !continues(last, l)
	case down < l.size/2 && l.left >= last.right-1: // further on in the same line
		return false
	case pitch > 0 && down > 1.4*pitch:
		return true
	case !sameSize(last, l):
		return true
	case isItem(l.text):
		return true
	}
	left, right := column(p, i, pitch)
	if indent := l.left - left; indent > l.size && l.left-last.left > l.size && !isItem(last.text) {
		return true
	}
	// Whoever set the type would have set the first word of this line at the
	// end of the last one, had the paragraph gone on.
	return right-last.right > 1.2*l.firstWord+l.size && (endsSentence(last.text) || !startsLower(l.text))
}

// column returns how far the lines of the block around line i reach to both
// sides. A block ends where the lines do not follow closely, and is looked at
// no further than matters.
func column(p page, i int, pitch float64) (left, right float64) {
	const around = 12
	left, right = min(p[i].left, p[i-1].left), max(p[i].right, p[i-1].right)
	for n := i - 1; n > max(0, i-around) && follows(p, n, pitch); n-- {
		left, right = min(left, p[n-1].left), max(right, p[n-1].right)
	}
	for n := i + 1; n < min(len(p), i+around) && follows(p, n, pitch); n++ {
		left, right = min(left, p[n].left), max(right, p[n].right)
	}
	return left, right
}

// follows reports whether line i stands under line i-1 as in a paragraph, in type
// of the same size.
func follows(p page, i int, pitch float64) bool {
	down := p[i-1].base - p[i].base
	return down > 0 && down <= 1.4*pitch && sameSize(&p[i-1], &p[i])
}

func sameSize(a, b *line) bool { return a.size <= 1.2*b.size && b.size <= 1.2*a.size }

// continues reports whether l, the first line of a page or column, goes on with
// the paragraph of last.
func continues(last, l *line) bool {
	return last.divided || startsLower(l.text) || !endsSentence(last.text) && !isItem(l.text) && sameSize(last, l)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"'”’»)]`)
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") ||
		strings.HasSuffix(s, ":") || strings.HasSuffix(s, "…")
}

// isItem reports whether s begins with the mark of a list.
func isItem(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("•‣◦▪●○■–—*", r) && strings.HasPrefix(s[size:], " ")
}

// withoutMargins leaves out the first and the last lines of the pages that
// recur from page to page or only number them.
func withoutMargins(pages []page) []page {
	const (
		enough      = 3 // pages on which a line recurs by no accident
		top, bottom = "top ", "bottom "
	)
	if len(pages) < 2 {
		return pages
	}
	seen := make(map[string]int)
	for _, p := range pages {
		if len(p) == 0 {
			continue
		}
		seen[top+pattern(p[0].text)]++
		seen[bottom+pattern(p[len(p)-1].text)]++
	}
	isMargin := func(where, text string) bool {
		n := seen[where+pattern(text)]
		return isNumber(text) || n >= enough && n*3 >= len(pages) && !endsSentence(text)
	}
	cut := make([]page, 0, len(pages))
	for _, p := range pages {
		if len(p) > 0 && isMargin(top, p[0].text) {
			p = p[1:]
		}
		if len(p) > 0 && isMargin(bottom, p[len(p)-1].text) {
			p = p[:len(p)-1]
		}
		cut = append(cut, p)
	}
	return cut
}

// pattern is s with its numbers made alike, so that "Page 3" recurs.
func pattern(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, s)
}

// isNumber reports whether s is no more than a page number.
func isNumber(s string) bool {
	s = strings.Trim(s, "-–— ")
	return s != "" && len(s) <= 4 && strings.Trim(s, "0123456789") == ""
}
