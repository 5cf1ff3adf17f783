package tagging

import (
	"hearsay/linear"
	"hearsay/text"
)

// NumFeatures is the number of features of a token.
const NumFeatures = 26

// Context is what the tagger sees of one token: the word, the two on either
// side of it and the two tags before. The trainer and the tagger both move it
// through a sentence.
type Context struct {
	doc        *text.Doc
	dictionary *Dictionary
	i, end     int32   // the token, the sentence's end
	words      [5]word // the token is words[2]
	before     [2]text.Tag
}

// word is what is known of a token before any is tagged.
type word struct {
	lower  uint32 // 1 outside the sentence
	suffix uint32 // the last four bytes in lower case, the very last lowest
	prefix uint32 // the first three
	class  uint32 // of the dictionary
	shape  uint32
	only   text.Tag
}

// Start puts the context at the sentence's first token.
func (c *Context) Start(d *text.Doc, s text.Sentence, dictionary *Dictionary) {
	*c = Context{doc: d, dictionary: dictionary, i: s.First, end: s.End}
	c.words[0].lower, c.words[1].lower = 1, 1
	for k := range int32(3) {
		c.words[2+k] = c.read(s.First + k)
	}
	c.words[2].shape |= atStart
}

// Next moves on by one token, the present one being tagged.
func (c *Context) Next(tag text.Tag) {
	c.before[0], c.before[1] = tag, c.before[0]
	copy(c.words[:], c.words[1:])
	c.i++
	c.words[4] = c.read(c.i + 2)
}

// Only is the token's tag when the dictionary gives it but one, else NoTag.
func (c *Context) Only() text.Tag { return c.words[2].only }

// The bits of word.shape above those of text.Shape.
const (
	atStart = 1 << (8 + iota)
	spaceBefore
	spaceAfter
)

func (c *Context) read(i int32) word {
	if i >= c.end {
		return word{lower: 1}
	}
	t := &c.doc.Tokens[i]
	w := word{lower: t.Lower, shape: uint32(t.Shape)}
	class, only := c.dictionary.find(Key(t.Lower, t.Shape))
	w.class, w.only = uint32(class), only
	form := c.doc.Text[t.Start:t.End]
	for k := max(0, len(form)-4); k < len(form); k++ {
		w.suffix = w.suffix<<8 | uint32(lower(form[k]))
	}
	for k := 0; k < min(3, len(form)); k++ {
		w.prefix = w.prefix<<8 | uint32(lower(form[k]))
	}
	if t.Shape&(text.HasLower|text.HasUpper|text.HasDigit) == 0 {
		// Which way a straight quotation mark faces shows in the spaces around it.
		if t.Start == 0 || c.doc.Text[t.Start-1] <= ' ' {
			w.shape |= spaceBefore
		}
		if int(t.End) == len(c.doc.Text) || c.doc.Text[t.End] <= ' ' {
			w.shape |= spaceAfter
		}
	}
	return w
}

func lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// Features fills in the features of the token.
func (c *Context) Features(to *[NumFeatures]linear.Feature) {
	w := &c.words
	this, next, last := &w[2], &w[3], &w[1]
	p1, p2 := uint32(c.before[0]), uint32(c.before[1])
	p12 := p1<<8 | p2
	suffix3, suffix2 := this.suffix&0xffffff, this.suffix&0xffff
	*to = [NumFeatures]linear.Feature{
		linear.Join(1, this.lower, this.shape, 0),
		linear.Join(2, this.lower, p1, 0),
		linear.Join(3, this.lower, next.class, 0),
		linear.Join(4, this.lower, next.lower, 0),
		linear.Join(5, this.lower, last.lower, 0),
		linear.Join(6, this.suffix, this.shape, 0),
		linear.Join(7, suffix3, this.shape, 0),
		linear.Join(8, suffix2, p1, 0),
		linear.Join(9, suffix3, p1, 0),
		linear.Join(10, this.prefix, this.shape&0xff, 0),
		linear.Join(11, this.prefix, suffix2, 0),
		linear.Join(12, this.class, next.class, p1),
		linear.Join(13, this.class, p12, 0),
		linear.Join(14, p12, 0, 0),
		linear.Join(15, p1, next.class, suffix2),
		linear.Join(16, last.lower, 0, 0),
		linear.Join(17, w[0].lower, p1, 0),
		linear.Join(18, next.lower, 0, 0),
		linear.Join(19, w[4].lower, 0, 0),
		linear.Join(20, next.suffix&0xffffff, this.class, 0),
		linear.Join(21, last.suffix&0xffffff, suffix2, 0),
		linear.Join(22, this.class, next.class, w[4].class),
		linear.Join(23, this.shape, last.shape, next.shape),
		linear.Join(24, this.class, last.lower, 0),
		linear.Join(25, this.lower, p12, 0),
		linear.Join(26, this.shape, p1, this.class),
	}
}
