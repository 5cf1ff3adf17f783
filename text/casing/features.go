package casing

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"hearsay/linear"
	"hearsay/text"
)

// class is how a word is mostly written where the case is not forced.
type class uint8

const (
	unknown class = iota
	mostlySmall
	mostlyCapital
	mostlyUpper
	mixed
)

// Words are the words whose case is known, by the hash of their small letters.
// They lie in a table of u32 slots (little-endian), the hash with its
// lowest three bits replaced by a class; a slot of 0 is free.
type Words struct {
	slots string
	mask  uint32
}

// WordCounts counts how often a word was written each way.
type WordCounts map[uint32]*[NumCases]int

// shares of a word's occurrences from which it is mostly written so.
const share = 0.9

// NewWords makes the table of the words that were seen at least so many times.
func NewWords(counts WordCounts, least int) *Words {
	var keys []uint32
	for h, n := range counts {
		if n[Small]+n[Capital]+n[Upper] >= least {
			keys = append(keys, h)
		}
	}
	size := 8
	for size < 2*len(keys) {
		size *= 2
	}
	table := make([]uint32, size)
	mask := uint32(size - 1)
	// The order in which keys collide shows in the bytes.
	slices.Sort(keys)
	for _, h := range keys {
		n := counts[h]
		total := float64(n[Small] + n[Capital] + n[Upper])
		c := mixed
		switch {
		case float64(n[Small]) >= share*total:
			c = mostlySmall
		case float64(n[Capital]) >= share*total:
			c = mostlyCapital
		case float64(n[Upper]) >= share*total:
			c = mostlyUpper
		}
		at := spread(h) & mask
		for table[at] != 0 && table[at]&^7 != h&^7 {
			at = (at + 1) & mask
		}
		if table[at] == 0 {
			table[at] = h&^7 | uint32(c)
		}
	}
	out := make([]byte, 0, 4*size)
	for _, v := range table {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return &Words{slots: string(out), mask: mask}
}

func openWords(data string) (*Words, error) {
	n := len(data) / 4
	if len(data)%4 != 0 || n == 0 || bits.OnesCount(uint(n)) != 1 {
		return nil, fmt.Errorf("%d bytes are no table of words", len(data))
	}
	free := false
	for i := 0; i < len(data); i += 4 {
		free = free || data[i]|data[i+1]|data[i+2]|data[i+3] == 0
	}
	if !free {
		return nil, fmt.Errorf("a table of words without a free slot")
	}
	return &Words{slots: data, mask: uint32(n - 1)}, nil
}

func spread(h uint32) uint32 { return (h * 0x9E3779B1) >> 7 }

// Class is how the word with that hash is mostly written.
func (w *Words) Class(lower uint32) class {
	for at := spread(lower) & w.mask; ; at = (at + 1) & w.mask {
		s := w.slots[at*4:][:4]
		v := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
		if v == 0 {
			return unknown
		}
		if v&^7 == lower&^7 {
			return class(v & 7)
		}
	}
}

// NumFeatures is the number of features of a word.
const NumFeatures = 18

// Context is what the model sees of one word: those around it and the cases of
// the two before. The trainer and the model both move it through a sentence.
type Context struct {
	doc    *text.Doc
	words  *Words
	s      text.Sentence
	i      int32
	before [2]Case
	first  bool // no word has come yet
	window [5]seen
}

type seen struct {
	lower, class, suffix uint32
	wordy                bool
}

// Start puts the context at the sentence's first token.
func (c *Context) Start(d *text.Doc, s text.Sentence, words *Words) {
	*c = Context{doc: d, words: words, s: s, i: s.First, first: true}
	for k := range int32(3) {
		c.window[2+k] = c.read(s.First + k)
	}
}

// Next moves on by one token, the present one being in that case.
func (c *Context) Next(now Case) {
	if c.Word() {
		c.first = false
	}
	c.before[0], c.before[1] = now, c.before[0]
	copy(c.window[:], c.window[1:])
	c.i++
	c.window[4] = c.read(c.i + 2)
}

// Word reports whether the token has letters whose case is to be found.
func (c *Context) Word() bool { return c.window[2].wordy }

// First reports whether the token is the sentence's first word.
func (c *Context) First() bool { return c.first }

const outside = 1 // the class and word of what lies beyond the sentence

func (c *Context) read(i int32) seen {
	if i < c.s.First || i >= c.s.End {
		return seen{lower: outside}
	}
	t := &c.doc.Tokens[i]
	w := seen{lower: t.Lower, wordy: t.Shape&(text.HasUpper|text.HasLower) != 0}
	form := c.doc.Text[t.Start:t.End]
	for k := max(0, len(form)-3); k < len(form); k++ {
		b := form[k]
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		w.suffix = w.suffix<<8 | uint32(b)
	}
	known := uint32(0)
	if w.wordy {
		known = uint32(c.words.Class(t.Lower))
	}
	// What is written with is part of the class: figures, hyphens, a stop.
	w.class = known | uint32(t.Shape&(text.HasDigit|text.HasPunct|text.HasHyphen))<<4 | uint32(min(3, len(form)))<<12
	if known == uint32(unknown) && w.wordy {
		w.lower = 2 // all unknown words are alike
	}
	return w
}

// Features fills in the features of the word.
func (c *Context) Features(to *[NumFeatures]linear.Feature) {
	w := &c.window
	this, last, next := &w[2], &w[1], &w[3]
	p1, p2 := uint32(c.before[0]), uint32(c.before[1])
	if c.first {
		p1, p2 = 7, 7
	}
	suffix2 := this.suffix & 0xffff
	*to = [NumFeatures]linear.Feature{
		linear.Join(1, this.lower, 0, 0),
		linear.Join(2, this.lower, p1, 0),
		linear.Join(3, this.lower, last.lower, 0),
		linear.Join(4, this.lower, next.lower, 0),
		linear.Join(5, this.class, last.lower, 0),
		linear.Join(6, this.class, next.lower, 0),
		linear.Join(7, this.class, p1, p2),
		linear.Join(8, this.suffix, this.class, 0),
		linear.Join(9, suffix2, this.class, p1),
		linear.Join(10, last.class, this.class, next.class),
		linear.Join(11, this.class, next.class, p1),
		linear.Join(12, this.class, next.class, w[4].class),
		linear.Join(13, this.suffix, p1, this.class),
		linear.Join(14, this.lower, p1, next.class),
		linear.Join(15, this.lower, last.class, next.class),
		linear.Join(16, this.class, w[0].lower, p1),
		linear.Join(17, this.class, next.suffix, 0),
		linear.Join(18, this.class, w[4].lower, 0),
	}
}
