// Package tree answers what readers ask of a parsed text: which tokens hang
// from a token, how far its phrase reaches, which sentence it stands in.
package tree

import "hearsay/text"

// Tree indexes the dependency trees of one Doc. The zero Tree is that of the
// empty text; Reset makes it that of another and keeps its memory. It must be
// made anew when tokens or heads change.
type Tree struct {
	left, right []int32 // the first and the last token of each subtree
	child, next []int32 // the first child, the next child of the same head; -1 for none
	sentence    []int32
}

// Reset makes t the index of d, in time linear in d's tokens.
func (t *Tree) Reset(d *text.Doc) {
	n := len(d.Tokens)
	t.left, t.right = sized(t.left, n), sized(t.right, n)
	t.child, t.next = sized(t.child, n), sized(t.next, n)
	t.sentence = sized(t.sentence, n)
	for i := range n {
		t.left[i], t.right[i], t.child[i], t.next[i], t.sentence[i] = -1, -1, -1, -1, -1
	}
	for s, sent := range d.Sentences {
		for i := sent.First; i < sent.End; i++ {
			t.sentence[i] = int32(s)
		}
	}
	// A subtree's first token climbs until it meets an ancestor that an
	// earlier one has reached, so each ancestor is set once.
	for i := range n {
		for a := int32(i); a >= 0 && t.left[a] < 0; a = d.Tokens[a].Head {
			t.left[a] = int32(i)
		}
	}
	for i := n - 1; i >= 0; i-- {
		for a := int32(i); a >= 0 && t.right[a] < 0; a = d.Tokens[a].Head {
			t.right[a] = int32(i)
		}
		// From the last to the first, so that children come in text order.
		if h := d.Tokens[i].Head; h >= 0 {
			t.next[i], t.child[h] = t.child[h], int32(i)
		}
	}
}

// Phrase is the range from the first to the last token of i's subtree.
func (t *Tree) Phrase(i int32) text.Range { return text.Range{First: t.left[i], End: t.right[i] + 1} }

// Child is the first token whose head is i, -1 for none.
func (t *Tree) Child(i int32) int32 { return t.child[i] }

// Next is the next token in the text that has i's head, -1 for none.
func (t *Tree) Next(i int32) int32 { return t.next[i] }

// Sentence is the index in Doc.Sentences of the sentence i stands in, -1 for
// a token outside every sentence.
func (t *Tree) Sentence(i int32) int32 { return t.sentence[i] }

// Find returns the first child of i with one of the relations, -1 for none.
func (t *Tree) Find(d *text.Doc, i int32, rels ...text.Rel) int32 {
	for c := t.child[i]; c >= 0; c = t.next[c] {
		for _, r := range rels {
			if d.Tokens[c].Rel == r {
				return c
			}
		}
	}
	return -1
}

// Head is the token of r whose head lies outside r: the head of the phrase.
// Where there are several the first noun, pronoun or number among them counts,
// or else the first. It is -1 for an empty range.
func Head(d *text.Doc, r text.Range) int32 {
	first := int32(-1)
	for i := r.First; i < r.End; i++ {
		t := &d.Tokens[i]
		if t.Head >= r.First && t.Head < r.End || t.Rel == text.Punct || t.Rel == text.Case {
			continue
		}
		if t.Tag.Noun() || t.Tag == text.PRP || t.Tag == text.CD {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 && !r.Empty() {
		return r.First
	}
	return first
}

// Antecedent is the noun that the relative pronoun i stands for: the head of
// the clause it stands in, or where the tree does not say it the noun right
// before. It is -1 for no relative pronoun.
func Antecedent(d *text.Doc, i int32) int32 {
	t := &d.Tokens[i]
	if t.Tag != text.WP && t.Tag != text.WDT {
		return -1
	}
	for n, at := 0, i; n < 4 && d.Tokens[at].Head >= 0; n++ {
		h := d.Tokens[at].Head
		if rel := d.Tokens[at].Rel; (rel == text.ACLRelcl || rel == text.ACL) && h < i {
			return h
		}
		at = h
	}
	if i > 0 {
		at := i - 1
		if at > 0 && (d.Tokens[at].Tag == text.Comma || d.Tokens[at].Tag == text.Colon) {
			at--
		}
		if d.Tokens[at].Tag.Noun() {
			return at
		}
	}
	return -1
}

func sized(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n, n+n/4)
	}
	return s[:n]
}
