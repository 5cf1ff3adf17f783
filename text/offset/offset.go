// Package offset converts between byte offsets and code-point offsets of a text.
package offset

import "unicode/utf8"

// block is how many code points lie between two kept offsets: a lookup walks
// over fewer than that many.
const block = 64

// Runes answers, for one text, which code point a byte belongs to and where a
// code point begins. A byte that is no part of valid UTF-8 counts as one code
// point, as in a range loop and as encoding/json writes it. The zero Runes is
// that of the empty text. A Runes never changes and may be shared.
type Runes struct {
	text  string
	count int // code points in text
	// begin[k] is the byte where code point k*block begins. Both tables are
	// nil where every byte is a code point, so that an ASCII text costs nothing.
	begin []int
	// last[b] is the largest k with begin[k] <= b*block. A block of bytes holds
	// no more than a block of code points, so the k of any byte in it is this or
	// the next.
	last []int
}

// NewRunes indexes text in one pass.
func NewRunes(text string) Runes {
	n := len(text)
	i := 0
	for i < n && text[i] < utf8.RuneSelf {
		i++
	}
	if i == n {
		return Runes{text: text, count: n}
	}
	r := Runes{
		text:  text,
		begin: make([]int, 0, n/block+1),
		last:  make([]int, 0, n/block+1),
	}
	for i = 0; i < n; r.count++ {
		if r.count%block == 0 {
			// Bytes before i belong to code points before this one.
			for len(r.last)*block < i {
				r.last = append(r.last, len(r.begin)-1)
			}
			r.begin = append(r.begin, i)
		}
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	for len(r.last)*block < n {
		r.last = append(r.last, len(r.begin)-1)
	}
	return r
}

// Count is the number of code points in the text.
func (r Runes) Count() int { return r.count }

// CodePoint returns the index of the code point that byte off belongs to, the
// number of code points that end at or before off. An offset before the text
// counts as 0, one behind it as the text's length.
func (r Runes) CodePoint(off int) int {
	off = min(max(off, 0), len(r.text))
	if r.begin == nil {
		return off
	}
	if off == len(r.text) {
		return r.count
	}
	k := r.last[off/block]
	if k+1 < len(r.begin) && r.begin[k+1] <= off {
		k++
	}
	cp := k * block
	for i := r.begin[k]; ; cp++ {
		i += width(r.text[i:])
		if i > off {
			return cp
		}
	}
}

// Byte returns the offset of the first byte of code point cp. An index before
// the text counts as 0, one behind it gives the text's length.
func (r Runes) Byte(cp int) int {
	cp = max(cp, 0)
	if cp >= r.count {
		return len(r.text)
	}
	if r.begin == nil {
		return cp
	}
	i := r.begin[cp/block]
	for range cp % block {
		i += width(r.text[i:])
	}
	return i
}

// width is the number of bytes of the first code point of s.
func width(s string) int {
	if s[0] < utf8.RuneSelf {
		return 1
	}
	_, size := utf8.DecodeRuneInString(s)
	return size
}
