package report

import (
	"html/template"
	"strconv"
	"strings"

	"hearsay/ledger"
)

// wordsWriter writes the text with its marks as HTML. A long text has thousands of them, so
// they are written as short as they can be and not by a template: what is claimed
// is <u>, the source <b>, the cue <i> and the channel <em>, of the class of the
// claim's footing. Attributes stand without quotation marks where HTML allows it.
type wordsWriter struct {
	strings.Builder
	open []string // the names of the elements that are open, outermost first
}

// roleTags are the elements of the roles.
var roleTags = [...]string{isContent: "u", isSource: "b", isCue: "i", isChannel: "em"}

// draw marks the text, and notes of which claims and passages it has a place to link to.
func (a *article) draw(o *outline) {
	var m wordsWriter
	pieces, begin := []ledger.Span(nil), 0
	if w := a.window; w == nil {
		pieces = paragraphs(o.Document.Text)
	} else if w.here < len(w.parts) {
		pieces, begin = w.parts[w.here].pieces, w.parts[w.here].Start
	}
	for _, s := range o.strokes(pieces) {
		switch s.Kind {
		case isText:
			m.text(s.Text)
		case openParagraph:
			m.WriteString("<p dir=auto>")
		case closeParagraph:
			m.WriteByte('\n')
		case openMark:
			if s.Mark.claim < 0 {
				class := layerClasses[s.Mark.is]
				if s.Mark.is == isWorded && o.passages[s.Mark.passage].by >= 0 {
					class = `"` + class + ` quoted"`
				}
				m.begin("span", " class="+class)
				continue
			}
			e := a.Entries[s.Mark.claim]
			class := e.Class
			if e.Level > 0 && s.Mark.is == isContent {
				class = `"` + class + " l" + strconv.Itoa(e.Level) + `"`
			}
			m.begin(roleTags[s.Mark.is], " class="+class+" data-c="+e.Anchor)
			if s.Mark.first && !s.Again && s.Mark.Start >= begin {
				e.Placed = true
				m.number(e)
			}
		case closeMark:
			if s.Mark != nil {
				n := a.notes[s.Mark.passage]
				n.Placed = true
				m.note(n)
			}
			m.end()
		}
	}
	a.Words = template.HTML(m.String())
}

func (m *wordsWriter) begin(tag, attributes string) {
	m.open = append(m.open, tag)
	m.WriteString("<" + tag + attributes + ">")
}

func (m *wordsWriter) end() {
	last := len(m.open) - 1
	m.WriteString("</" + m.open[last] + ">")
	m.open = m.open[:last]
}

// number writes the number of a claim, which the style sheet shows: it is no part of the text.
func (m *wordsWriter) number(e *entry) {
	m.WriteString("<a class=no id=t" + e.Anchor + " href=#" + e.Anchor + ` tabindex=-1 aria-label="`)
	m.text(e.Label)
	m.WriteByte('"')
	if e.Hedge != "" {
		m.WriteString(` data-s="`)
		m.text(e.Hedge)
		m.WriteByte('"')
	}
	m.WriteString("></a>")
}

// note writes the number of a passage.
func (m *wordsWriter) note(n *note) {
	m.WriteString("<a class=wn id=t" + n.ID + " href=#" + n.ID + ` aria-label="` + n.Label + `" title="`)
	m.text(n.Work.Name)
	m.WriteString(`" aria-describedby=` + n.Work.ID + "></a>")
}

// text writes what stands in the text or in quotation marks.
func (m *wordsWriter) text(s string) { m.WriteString(escaped.Replace(visible(s))) }

// escaped has for what HTML reads otherwise than as it stands, in text and in quotation marks, what it reads as that.
var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")
