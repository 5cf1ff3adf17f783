package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Up to these the main text is looked for. The extractor's time grows with the
// square of the elements in some pages, and it goes over the text many times.
// Articles have two thousand elements, the longest live reports ten times as
// many; a text of a megabyte is a long book.
const (
	maxElements = 30_000
	maxText     = 1 << 20
)

// isHuge reports whether doc is beyond those limits.
func isHuge(doc *html.Node) bool {
	elements, text := 0, 0
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.ElementNode:
			elements++
		case n.Type == html.TextNode && !besideText[n.Parent.DataAtom]:
			text += len(n.Data)
		}
		if elements > maxElements || text > maxText {
			return true
		}
	}
	return false
}

// besideText are the elements in which no article's text stands.
var besideText = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true,
	atom.Nav: true, atom.Header: true, atom.Footer: true, atom.Aside: true,
	atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Iframe: true, atom.Object: true,
	atom.Svg: true, atom.Math: true, atom.Figure: true, atom.Menu: true, atom.Dialog: true,
}

// roughText returns the text of a page that is huge, or in which the extractor
// finds next to nothing: all that stands in its <main>, else in its only
// <article>, else in its body, without what pages mark as standing beside the
// text. It takes those parts out of doc.
func roughText(doc *html.Node) string {
	var root, body *html.Node
	var articles []*html.Node
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Body:
			body = n
		case atom.Main:
			root = n
		case atom.Article:
			articles = append(articles, n)
		}
	}
	switch {
	case root != nil:
	case len(articles) == 1:
		root = articles[0]
	case body != nil:
		root = body
	default:
		return ""
	}
	var beside []*html.Node
	for n := range root.Descendants() {
		if besideText[n.DataAtom] {
			beside = append(beside, n)
		}
	}
	for _, n := range beside {
		n.Parent.RemoveChild(n)
	}
	return blocks(root)
}

// standIn makes the body of doc one paragraph that begins like text, so that
// what the head says of the page can be extracted.
func standIn(doc *html.Node, text string) {
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Body {
			continue
		}
		for c := n.FirstChild; c != nil; c = n.FirstChild {
			n.RemoveChild(c)
		}
		p := &html.Node{Type: html.ElementNode, DataAtom: atom.P, Data: "p"}
		p.AppendChild(&html.Node{Type: html.TextNode, Data: text[:min(len(text), 4096)]})
		n.AppendChild(p)
		return
	}
}
