package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"hearsay/ledger"
)

// mark is a stretch of the text that has a role in a claim.
type mark struct {
	ledger.Span
	is    role
	claim int  // -1 for what belongs to none: a name, a place, a date, a passage
	first bool // the beginning of the claim's content

	passage int // of isWorded
}

// most is how many marks may lie over one another. Those beyond are left out of
// the text, so that no ledger can make the page grow with the square of its size.
const most = 12

// stroke is one step of writing a marked text: a paragraph or a mark begins or
// ends, or a stretch of text comes.
type stroke struct {
	Kind  strokeKind
	Text  string // of a text
	Mark  *mark  // of openMark, and of closeMark where a passage ends
	Again bool   // of openMark: the mark was open before and was only interrupted
}

type strokeKind int

const (
	isText strokeKind = iota
	openParagraph
	closeParagraph
	openMark
	closeMark
)

// marks are all the marks of o's claims in the order in which they open: what
// begins first and, of those, what ends last; of equals the outer claim, and
// content before what attributes it.
func (o *outline) marks() []mark {
	var marks []mark
	depth := o.depths()
	for i := range o.Claims {
		c := &o.Claims[i]
		for j, p := range c.Content {
			marks = append(marks, mark{Span: p.Span, is: isContent, claim: i, first: j == 0})
		}
		if c.Source != nil && c.Source.Naming != ledger.NamingNone {
			marks = append(marks, mark{Span: c.Source.Span, is: isSource, claim: i})
		}
		if c.Cue != nil {
			marks = append(marks, mark{Span: c.Cue.Span, is: isCue, claim: i})
		}
		if c.Channel != nil {
			marks = append(marks, mark{Span: c.Channel.Span, is: isChannel, claim: i})
		}
	}
	for i := range o.passages {
		if p := &o.passages[i]; p.Start < p.End {
			marks = append(marks, mark{Span: p.Span, is: isWorded, claim: -1, passage: i})
		}
	}
	if o.layered {
		marks = o.layers(marks)
	}
	slices.SortStableFunc(marks, func(a, b mark) int {
		if c := cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(b.is, a.is)); c != 0 || a.claim < 0 {
			return c
		}
		return cmp.Compare(depth[a.claim], depth[b.claim])
	})
	return marks
}

// depths are how many claims each claim is shown inside of.
func (o *outline) depths() []int {
	depth := make([]int, len(o.Claims))
	var below []int
	for i := range o.Claims {
		if o.outer[i] < 0 {
			below = append(below, i)
		}
	}
	for len(below) > 0 {
		i := below[len(below)-1]
		below = below[:len(below)-1]
		for _, j := range o.inner[i] {
			depth[j] = depth[i] + 1
			below = append(below, j)
		}
	}
	return depth
}

// strokes writes paragraphs of the text out with their marks. Marks that cross are split, and
// all marks are interrupted where a paragraph ends, so that every mark closes
// inside the one it was opened in.
func (o *outline) strokes(paragraphs []ledger.Span) []stroke {
	d := drawing{text: o.Document.Text, marks: o.marks()}
	for _, p := range paragraphs {
		d.paragraph(p)
	}
	return d.strokes
}

type drawing struct {
	text    string
	marks   []mark // those before next have been opened or left out
	next    int
	open    []*mark // outermost first
	strokes []stroke
}

func (d *drawing) paragraph(p ledger.Span) {
	d.strokes = append(d.strokes, stroke{Kind: openParagraph})
	// What lies wholly in the gap before this paragraph shows nowhere.
	d.begin(p.Start)
	for at := p.Start; at < p.End; {
		to := p.End
		if d.next < len(d.marks) {
			to = min(to, d.marks[d.next].Start)
		}
		for _, m := range d.open {
			to = min(to, m.End)
		}
		d.strokes = append(d.strokes, stroke{Kind: isText, Text: d.text[at:to]})
		at = to
		d.finish(at)
		if at < p.End {
			d.begin(at)
		}
	}
	for range d.open {
		d.strokes = append(d.strokes, stroke{Kind: closeMark})
	}
	d.strokes = append(d.strokes, stroke{Kind: closeParagraph})
}

// begin opens what goes on at the start of a paragraph and the marks that begin here.
func (d *drawing) begin(at int) {
	if n := len(d.strokes); d.strokes[n-1].Kind == openParagraph {
		d.open = slices.DeleteFunc(d.open, func(m *mark) bool { return m.End <= at })
		for _, m := range d.open {
			d.strokes = append(d.strokes, stroke{Kind: openMark, Mark: m, Again: true})
		}
	}
	for ; d.next < len(d.marks) && d.marks[d.next].Start <= at; d.next++ {
		m := &d.marks[d.next]
		if m.End > at && len(d.open) < most {
			d.open = append(d.open, m)
			d.strokes = append(d.strokes, stroke{Kind: openMark, Mark: m})
		}
	}
}

// finish closes the marks that end here, and for that the marks above them,
// which go on after.
func (d *drawing) finish(at int) {
	lowest := slices.IndexFunc(d.open, func(m *mark) bool { return m.End <= at })
	if lowest < 0 {
		return
	}
	for _, m := range slices.Backward(d.open[lowest:]) {
		s := stroke{Kind: closeMark}
		if m.is == isWorded && m.End <= at {
			s.Mark = m
		}
		d.strokes = append(d.strokes, s)
	}
	kept := d.open[:lowest]
	for _, m := range d.open[lowest:] {
		if m.End > at {
			kept = append(kept, m)
			d.strokes = append(d.strokes, stroke{Kind: openMark, Mark: m, Again: true})
		}
	}
	d.open = kept
}

// paragraphs are the parts of a text between its blank lines or, where it has
// none, its lines. Blanks around a paragraph are left out of it.
func paragraphs(text string) []ledger.Span {
	byBlankLine := hasBlankLine(text)
	var list []ledger.Span
	begin, end := -1, 0 // the paragraph so far
	for at := 0; at < len(text); {
		next := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		line := text[at:next]
		if words := strings.TrimSpace(line); words != "" {
			start := at + strings.Index(line, words)
			if begin >= 0 && !byBlankLine {
				list = append(list, ledger.Span{Start: begin, End: end})
				begin = -1
			}
			if begin < 0 {
				begin = start
			}
			end = start + len(words)
		} else if begin >= 0 {
			list = append(list, ledger.Span{Start: begin, End: end})
			begin = -1
		}
		at = next
	}
	if begin >= 0 {
		list = append(list, ledger.Span{Start: begin, End: end})
	}
	return list
}

// hasBlankLine reports whether a line with nothing on it stands between others.
func hasBlankLine(text string) bool {
	text = strings.TrimSpace(text)
	for {
		i := strings.IndexByte(text, '\n')
		if i < 0 {
			return false
		}
		text = text[i+1:]
		rest := strings.TrimLeftFunc(text, func(r rune) bool { return r != '\n' && unicode.IsSpace(r) })
		if strings.HasPrefix(rest, "\n") {
			return true
		}
	}
}
