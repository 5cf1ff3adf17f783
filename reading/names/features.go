package names

import (
	"hearsay/linear"
	"hearsay/text"
)

// Features appends the features of token i of a segment, by which the first
// pass judges it. The second pass has them too.
func (v *View) Features(f []linear.Feature, g Segment, i int32) []linear.Feature {
	s := v.doc.Sentences[g.Sentence]
	var w [5]*word // the tokens around i, which is w[2]
	for k := range w {
		w[k] = v.at(i+int32(k)-2, s)
	}
	this, last, next := w[2], w[1], w[3]
	join := func(template, a, b, c uint32) { f = append(f, linear.Join(template, a, b, c)) }

	// The words themselves.
	join(1, this.lower, 0, 0)
	join(2, this.lower, this.shape, 0)
	join(3, last.lower, 0, 0)
	join(4, next.lower, 0, 0)
	join(5, w[0].lower, 0, 0)
	join(6, w[4].lower, 0, 0)
	join(7, last.lower, this.lower, 0)
	join(8, this.lower, next.lower, 0)
	join(9, last.lower, next.lower, 0)

	// How they are written.
	join(20, this.shape, g.caps, b2u(this.initial))
	join(23, last.shape, this.shape, next.shape)
	join(24, this.suffix, 0, 0)
	join(25, this.suffix&0xffffff, g.caps, 0)
	join(27, this.prefix, 0, 0)
	join(29, last.lower, this.shape, 0)
	join(30, next.lower, this.shape, 0)

	// Their tags.
	join(40, this.tag, this.shape, 0)
	join(43, last.tag, this.tag, next.tag)

	// Their classes.
	for k := range w {
		join(55+uint32(k), w[k].mid, this.shape, 0)
	}
	join(50, last.fine, 0, 0)
	join(51, this.fine, 0, 0)
	join(52, next.fine, 0, 0)
	join(65, last.mid, this.mid, 0)
	join(66, this.mid, next.mid, 0)
	join(68, last.lower, this.fine, 0)
	join(69, this.fine, next.lower, 0)
	join(70, last.top, this.top, next.top)
	join(73, this.like, 0, 0)
	join(77, this.mid, next.like, 0)
	join(78, last.fine, this.fine, 0)
	join(79, this.fine, next.fine, 0)

	if this.part != 0 {
		c := v.classes.Of(this.part)
		join(81, this.part, this.fine, 0)
		join(82, uint32(c.Middle), this.mid, 0)
	}

	// What the lexicon says.
	join(90, this.known, this.shape, 0)
	join(93, last.known, this.known, next.known)

	// What the gazetteer says.
	join(95, this.place, this.shape, g.caps)
	join(96, last.place, this.place, next.place)
	join(97, this.place, last.lower, 0)
	join(98, this.place, next.lower, 0)
	join(99, this.place, this.mid, 0)

	// The run of capitalised words that the token stands in or beside: its
	// ends, and the words around it.
	first, end := v.run(i, s)
	if end > first {
		head, tail := v.at(first, s), v.at(end-1, s)
		before, after := v.at(first-1, s), v.at(end, s)
		where := min(uint32(i-first), 3)<<2 | min(uint32(end-1-i), 3)
		join(100, tail.lower, where, 0)
		join(101, head.lower, where, 0)
		join(102, tail.mid, where, 0)
		join(103, head.mid, where, 0)
		join(104, before.lower, where, 0)
		join(105, after.lower, where, 0)
		join(106, before.fine, where, 0)
		join(107, after.fine, where, 0)
		join(108, head.top, tail.top, where)
		join(110, before.lower, after.lower, 0)
		join(111, before.mid, after.mid, where)
	}

	// Where it hangs in the tree.
	t := &v.doc.Tokens[i]
	if t.Head >= s.First && t.Head < s.End {
		h := v.at(t.Head, s)
		side := b2u(t.Head < i)
		join(120, uint32(t.Rel), h.lower, side)
		join(121, uint32(t.Rel), h.fine, side)
	}

	// What the text shows of it elsewhere.
	if this.number >= 0 {
		e := &v.said[this.number]
		small, great := bucket(e.lower), bucket(e.inside)
		join(130, small, great, b2u(this.initial))
		join(131, small, g.caps, this.shape)
	}
	join(133, g.caps, this.mid, 0)
	join(134, g.caps, this.lower, 0)
	return f
}

// run returns the longest run of capitalised tokens that i is part of; of a
// token without a capital that which follows it, which may be empty.
func (v *View) run(i int32, s text.Sentence) (first, end int32) {
	const longest = 8
	tokens := v.doc.Tokens
	first, end = i, i
	if !capital(&tokens[i]) {
		first, end = i+1, i+1
	} else {
		for first > s.First && i-first < longest && capital(&tokens[first-1]) {
			first--
		}
	}
	for end < s.End && end-i < longest && capital(&tokens[end]) {
		end++
	}
	return first, end
}

func b2u(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// bucket tells none, one, a few and many apart.
func bucket(n uint16) uint32 {
	switch {
	case n < 2:
		return uint32(n)
	case n < 4:
		return 2
	}
	return 3
}
