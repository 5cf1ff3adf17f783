// Package text keeps a text once and marks it: tokens, sentences, quotations,
// tags, lemmas and a dependency tree, all as offsets into the one string.
package text

import (
	"cmp"
	"slices"
)

// Doc is a text and what has been marked in it. The zero Doc is an empty text.
// A Doc is reused for the next text by Reset, which keeps its memory; it must
// not be used by two goroutines at once.
type Doc struct {
	Text      string
	Tokens    []Token
	Sentences []Sentence
	Quotes    []Quote

	marks []mark // what Segment's passes tell one another
	lemma []byte // Lemmatize's scratch space
}

// Token is one word, number or mark by the conventions of the Penn Treebank:
// "don't" is two tokens, a hyphenated word is one.
type Token struct {
	Start, End int32  // bytes of Doc.Text, half-open
	Head       int32  // index in Doc.Tokens of the syntactic head; -1 for a root or when not parsed
	Lower      uint32 // Hash of the lower-cased form
	Lemma      uint32 // Hash of the lemma; 0 before Lemmatize
	Tag        Tag
	Rel        Rel   // relation to Head
	Shape      Shape // letters, capitals, digits
	Quote      uint8 // how many quotations the token stands in, its own marks included
}

// Sentence is a run of tokens [First, End) of Doc.Tokens.
type Sentence struct {
	First, End int32
	Paragraph  int32 // counted from 0
}

// Quote is one quotation: its opening and closing marks as indexes of
// Doc.Tokens. A quotation whose paragraphs each open with a mark and of which
// only the last closes is one Quote. An unclosed quotation ends with its
// paragraph, or before the mark that closes the quotation around it or opens
// the next: Close is then the last token before that and Closed is false.
type Quote struct {
	Open, Close int32
	Parent      int32 // index in Doc.Quotes of the quotation around it; -1 for none
	Closed      bool
}

// Range is a half-open range of Doc.Tokens.
type Range struct{ First, End int32 }

// Empty reports whether r holds no token.
func (r Range) Empty() bool { return r.End <= r.First }

// Len is the number of tokens in r.
func (r Range) Len() int { return int(r.End - r.First) }

// Reset makes d the unmarked text s, keeping the memory of what it held.
func (d *Doc) Reset(s string) {
	d.Text = s
	d.Tokens = d.Tokens[:0]
	d.Sentences = d.Sentences[:0]
	d.Quotes = d.Quotes[:0]
}

// Form returns the token's own words.
func (d *Doc) Form(i int32) string { return d.Text[d.Tokens[i].Start:d.Tokens[i].End] }

// Words returns the text that r covers, from its first token's start to its last token's end.
func (d *Doc) Words(r Range) string {
	if r.Empty() {
		return ""
	}
	return d.Text[d.Tokens[r.First].Start:d.Tokens[r.End-1].End]
}

// Hash is the 32-bit FNV-1a hash by which word forms and lemmas are compared.
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Cover returns the range of d's tokens that lie in the bytes [start, end) at
// least in part.
func (d *Doc) Cover(start, end int) Range {
	first, _ := slices.BinarySearchFunc(d.Tokens, int32(start), func(t Token, at int32) int { return cmp.Compare(t.End, at+1) })
	last, _ := slices.BinarySearchFunc(d.Tokens, int32(end), func(t Token, at int32) int { return cmp.Compare(t.Start, at) })
	return Range{int32(first), int32(max(first, last))}
}
