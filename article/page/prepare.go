package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// formatting are the elements that change how words look and not what they are.
var formatting = map[atom.Atom]bool{
	atom.Abbr: true, atom.Acronym: true, atom.B: true, atom.Bdi: true, atom.Bdo: true,
	atom.Big: true, atom.Cite: true, atom.Dfn: true, atom.Em: true, atom.Font: true,
	atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true, atom.S: true,
	atom.Samp: true, atom.Small: true, atom.Strike: true, atom.Strong: true,
	atom.Sub: true, atom.Sup: true, atom.Tt: true, atom.U: true, atom.Var: true,
	atom.Wbr: true,
}

// prepare takes the formatting elements out of the tree and leaves their words
// where they stood: the extractor drops white space and line breaks beside
// them, and so glues words together.
func prepare(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && formatting[c.DataAtom] && !tellsMetadata(c) {
			if c.FirstChild != nil {
				next = c.FirstChild
			}
			unwrap(c)
			c = next
			continue
		}
		prepare(c)
		c = next
	}
	mergeText(n)
}

// unwrap puts the children of n in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// mergeText makes one text node of each run of them among n's children.
func mergeText(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode || c.NextSibling == nil || c.NextSibling.Type != html.TextNode {
			continue
		}
		var text strings.Builder
		text.WriteString(c.Data)
		for next := c.NextSibling; next != nil && next.Type == html.TextNode; next = c.NextSibling {
			text.WriteString(next.Data)
			n.RemoveChild(next)
		}
		c.Data = text.String()
	}
}

// tellsMetadata reports whether n may be where the author or the date is found.
func tellsMetadata(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "itemprop", "rel", "data-testid":
			v := strings.ToLower(a.Val)
			for _, word := range []string{"author", "byline", "writer", "date", "time", "publish"} {
				if strings.Contains(v, word) {
					return true
				}
			}
		}
	}
	return false
}
