package techniques

import (
	"hearsay/linear"
	"hearsay/text"
)

// edge stands for what is before the first and behind the last token of a sentence.
const edge = 1

// word appends the features of token i of sentence s.
func (v *view) word(to []linear.Feature, i int32, s int) []linear.Feature {
	d := v.d
	x, in := &d.Sentences[s], &v.in[s]
	t := &d.Tokens[i]
	lemma := func(k int32) uint32 {
		if k < x.First || k >= x.End {
			return edge
		}
		return d.Tokens[k].Lemma
	}
	class := func(k int32) uint32 {
		if k < x.First || k >= x.End {
			return 1 << 8
		}
		return uint32(v.class[k])
	}
	tag := func(k int32) uint32 {
		if k < x.First || k >= x.End {
			return uint32(text.NumTags)
		}
		return uint32(d.Tokens[k].Tag)
	}
	l, l1, l2, r1, r2 := t.Lemma, lemma(i-1), lemma(i-2), lemma(i+1), lemma(i+2)
	c, c1, d1 := class(i), class(i-1), class(i+1)
	fine := func(k int32) uint32 {
		if k < x.First || k >= x.End {
			return 1 << 16
		}
		return uint32(v.like[k].Fine)
	}
	middle := func(k int32) uint32 {
		if k < x.First || k >= x.End {
			return 1 << 16
		}
		return uint32(v.like[k].Middle)
	}
	quote := uint32(0)
	if t.Quote > 0 {
		quote = 1
	}
	shape := uint32(t.Shape & (text.HasLower | text.HasUpper | text.FirstUpper | text.HasDigit | text.HasHyphen))
	to = append(to,
		linear.Join(1, l, 0, 0),
		linear.Join(2, t.Lower, shape, 0),
		linear.Join(3, l1, 0, 0),
		linear.Join(4, r1, 0, 0),
		linear.Join(5, l2, 0, 0),
		linear.Join(6, r2, 0, 0),
		linear.Join(7, l1, l, 0),
		linear.Join(8, l, r1, 0),
		linear.Join(9, c, 0, 0),
		linear.Join(10, c1, 0, 0),
		linear.Join(11, d1, 0, 0),
		linear.Join(12, c1, c, 0),
		linear.Join(13, c, d1, 0),
		linear.Join(14, uint32(t.Tag), shape, 0),
		linear.Join(15, tag(i-1), uint32(t.Tag), tag(i+1)),
		linear.Join(16, uint32(in.end), uint32(in.where), quote),
		linear.Join(17, uint32(t.Tag), uint32(in.end), quote),
		linear.Join(18, uint32(t.Tag), uint32(in.where), 0),
		linear.Join(19, class(i-2), c1, c),
		linear.Join(20, c, d1, class(i+2)),
		linear.Join(25, fine(i), 0, 0),
		linear.Join(26, fine(i-1), 0, 0),
		linear.Join(27, fine(i+1), 0, 0),
		linear.Join(28, middle(i-1), middle(i), 0),
		linear.Join(29, middle(i), middle(i+1), 0),
		linear.Join(30, middle(i), uint32(t.Tag), 0),
	)
	if h := t.Head; h >= 0 {
		to = append(to,
			linear.Join(21, uint32(t.Rel), d.Tokens[h].Lemma, 0),
			linear.Join(22, uint32(t.Rel), uint32(v.class[h]), 0),
			linear.Join(31, uint32(t.Rel), uint32(v.like[h].Fine), 0))
	}
	if n := t.End - t.Start; n > 4 {
		w := d.Text[t.Start:t.End]
		to = append(to, linear.Join(23, text.Hash(w[n-3:]), 0, 0), linear.Join(24, text.Hash(w[:4]), 0, 0))
	}
	return to
}

// sentence appends the features of sentence s.
func (v *view) sentence(to []linear.Feature, s int) []linear.Feature {
	d := v.d
	x, in := &d.Sentences[s], &v.in[s]
	n := x.End - x.First
	size := uint32(0)
	for _, most := range [...]int32{5, 10, 16, 24, 36, 60} {
		if n > most {
			size++
		}
	}
	quote := uint32(0)
	if in.quoted {
		quote = 1
	}
	to = append(to,
		linear.Join(40, size, 0, 0),
		linear.Join(41, uint32(in.end), quote, 0),
		linear.Join(42, uint32(in.where), uint32(in.end), 0))
	before, seen := uint32(edge), uint32(0)
	for i := x.First; i < x.End; i++ {
		t := &d.Tokens[i]
		to = append(to,
			linear.Join(43, t.Lemma, 0, 0),
			linear.Join(44, before, t.Lemma, 0),
			linear.Join(45, uint32(v.class[i]), 0, 0),
			linear.Join(47, uint32(v.like[i].Fine), 0, 0),
			linear.Join(48, uint32(v.like[i].Middle), 0, 0))
		before = t.Lemma
		if t.Tag != text.OpenQ && t.Tag != text.CloseQ && seen < 3 {
			to = append(to, linear.Join(46, seen, t.Lemma, uint32(in.end)))
			seen++
		}
	}
	return to
}
