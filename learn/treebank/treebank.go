// Package treebank makes texts with gold or silver tags and trees, all in one
// scheme, from the corpora that the tagger and the parser learn from.
//
// The scheme is that of text.Tag and text.Rel: the Penn Treebank's tags with
// TO for every "to", and Universal Dependencies 2 with few subtypes. Two
// things follow the news corpus where UD 2 would leave the choice: a title
// before a name is its compound, and reported speech is the ccomp of a cue
// that follows it.
package treebank

import (
	"fmt"
	"slices"
	"strings"

	"hearsay/learn/conllu"
	"hearsay/learn/polnear"
	"hearsay/text"
	"hearsay/text/offset"
)

// Article is one text with sentences, tokens, tags and trees filled in.
type Article struct {
	ID, Genre string
	Index     int // in its file, from 0
	Doc       *text.Doc
}

// node is one token on its way to an Article.
type node struct {
	form       string
	start, end int // bytes
	tag        text.Tag
	head       int // in the sentence, -1 for the root
	rel        text.Rel
}

// GUM loads a file of the GUM corpus. With merged set, words that are hyphenated
// but split in the corpus are put together, as the reader's own tokens are.
func GUM(path string, merged bool) ([]Article, error) {
	docs, err := conllu.Load(path)
	if err != nil {
		return nil, err
	}
	var out []Article
	for k, d := range docs {
		a := Article{ID: d.ID, Genre: d.Genre(), Index: k, Doc: new(text.Doc)}
		var b strings.Builder
		var sentences [][]node
		var paragraphs []bool
		for _, s := range d.Sentences {
			if s.NewParagraph && b.Len() > 0 {
				b.WriteString("\n\n")
			}
			nodes := make([]node, len(s.Words))
			for i, w := range s.Words {
				n := node{form: w.Form, start: b.Len(), tag: gumTag(w.XPOS, w.Form), head: w.Head - 1}
				b.WriteString(w.Form)
				n.end = b.Len()
				if w.SpaceAfter || i == len(s.Words)-1 {
					b.WriteByte(' ')
				}
				var ok bool
				if n.rel, ok = ud2(w.Rel); !ok {
					return nil, fmt.Errorf("loading a treebank: %s: sentence %s has the unknown relation %q", path, s.ID, w.Rel)
				}
				nodes[i] = n
			}
			if merged {
				if m := merge(nodes); tree(m) {
					nodes = m
				}
			}
			sentences = append(sentences, nodes)
			paragraphs = append(paragraphs, s.NewParagraph)
		}
		fill(a.Doc, b.String(), sentences, paragraphs)
		out = append(out, a)
	}
	return out, nil
}

// PolNeAR loads the silver tags and trees of split "train" or "dev" in the
// folder, in the order of its articles; the few that have no columns are left out.
func PolNeAR(folder, split string) ([]Article, error) {
	texts, byID, err := polnear.LoadSplit(folder, split)
	if err != nil {
		return nil, err
	}
	var out []Article
	for k, t := range texts {
		c := byID[t.ID]
		if c == nil {
			continue
		}
		runes := offset.NewRunes(t.Text)
		a := Article{ID: t.ID, Genre: "polnear", Index: k, Doc: new(text.Doc)}
		var sentences [][]node
		for _, s := range c.Sentences {
			nodes, err := silver(s)
			if err != nil {
				return nil, fmt.Errorf("loading a treebank: %s: %w", t.ID, err)
			}
			for i, w := range s {
				nodes[i].start, nodes[i].end = runes.Byte(w.Start), runes.Byte(w.End)
				nodes[i].form = t.Text[nodes[i].start:nodes[i].end]
			}
			sentences = append(sentences, nodes)
		}
		fill(a.Doc, t.Text, sentences, make([]bool, len(sentences)))
		out = append(out, a)
	}
	return out, nil
}

// fill writes the sentences into d. How deep tokens stand in quotations is
// what the reader finds in the same text.
func fill(d *text.Doc, s string, sentences [][]node, paragraphs []bool) {
	d.Reset(s)
	var read text.Doc
	read.Reset(s)
	read.Segment()
	at, paragraph := 0, int32(0)
	for k, nodes := range sentences {
		if paragraphs[k] && k > 0 {
			paragraph++
		}
		first := int32(len(d.Tokens))
		for _, n := range nodes {
			t := text.Token{Start: int32(n.start), End: int32(n.end), Head: -1, Tag: n.tag, Rel: n.rel,
				Lower: text.HashLower(n.form), Shape: text.ShapeOf(n.form)}
			for at < len(read.Tokens)-1 && read.Tokens[at].End <= t.Start {
				at++
			}
			if at < len(read.Tokens) {
				t.Quote = read.Tokens[at].Quote
			}
			if n.head >= 0 {
				t.Head = first + int32(n.head)
			}
			d.Tokens = append(d.Tokens, t)
		}
		d.Sentences = append(d.Sentences, text.Sentence{First: first, End: int32(len(d.Tokens)), Paragraph: paragraph})
	}
}

// keepHyphenated leaves only the sentences in which a hyphen is a token.
func (a *Article) keepHyphenated() {
	a.Doc.Sentences = slices.DeleteFunc(a.Doc.Sentences, func(s text.Sentence) bool {
		return !slices.ContainsFunc(a.Doc.Tokens[s.First:s.End], func(t text.Token) bool { return t.Tag == text.Hyph })
	})
}
