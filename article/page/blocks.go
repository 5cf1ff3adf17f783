package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inline are the elements that stand within a line of text. Any other element
// begins and ends a paragraph.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true,
	atom.Big: true, atom.Cite: true, atom.Code: true, atom.Data: true, atom.Del: true,
	atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true,
	atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Q: true, atom.S: true,
	atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strike: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Tt: true,
	atom.U: true, atom.Var: true, atom.Wbr: true,
}

// blocks returns the text under n: each paragraph on one line, however the
// page's source broke it, and a blank line between two. Only <br> breaks a line.
func blocks(n *html.Node) string {
	var w writer
	w.node(n)
	return w.text.String()
}

// writer gathers paragraphs. What stands between two words is held back until
// the second one comes.
type writer struct {
	text strings.Builder
	gap  gap
}

// gap is what stands between two words, the wider the greater.
type gap int

const (
	none gap = iota
	space
	line
	paragraph
)

func (w *writer) widen(g gap) { w.gap = max(w.gap, g) }

func (w *writer) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.words(n.Data)
		return
	case n.Type != html.ElementNode && n.Type != html.DocumentNode:
		return
	case n.DataAtom == atom.Br && w.gap >= line:
		w.widen(paragraph) // two in a row are how many pages part paragraphs
		return
	case n.DataAtom == atom.Br:
		w.widen(line)
		return
	}
	block := !inline[n.DataAtom]
	if block {
		w.widen(paragraph)
	}
	for c := range n.ChildNodes() {
		w.node(c)
	}
	if block {
		w.widen(paragraph)
	}
}

func (w *writer) words(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			w.widen(space)
			continue
		}
		if w.text.Len() > 0 {
			w.text.WriteString([...]string{none: "", space: " ", line: "\n", paragraph: "\n\n"}[w.gap])
		}
		w.gap = none
		w.text.WriteRune(r)
	}
}
