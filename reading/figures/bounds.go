package figures

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"hearsay/text"
)

// effect is what words before a number make of it.
type effect uint8

const (
	nothing effect = iota // they belong to the expression: "only", "another"
	least                 // the number is the least that is meant
	most                  // the number is the most that is meant
	about                 // the number is approximate
)

// bounds are the words that may stand before a number, by their effect.
var bounds = []struct {
	effect
	list string
}{
	{nothing, "only, just, another, a further, an additional, a total of"},
	{least, `at least, more than, greater than, higher than, no less than, not less than, no fewer than, not fewer than, no lower than, as few as,
		over, well over, above, well above, exceeding, a minimum of, upwards of, upward of, in excess of`},
	{most, `at most, less than, fewer than, lower than, no more than, not more than, no greater than, no higher than, up to, as many as, as much as,
		under, below, a maximum of`},
	{about, "about, around, approximately, roughly, nearly, almost, some, circa, estimated, an estimated, perhaps, probably, close to"},
}

// bound is one entry of bounds: the hashes of its words.
type bound struct {
	words []uint32
	effect
}

// boundsByEnd gives the bounds by their last words, the longest first.
var boundsByEnd = sync.OnceValue(func() map[uint32][]bound {
	m := map[uint32][]bound{}
	for _, b := range bounds {
		for phrase := range strings.SplitSeq(b.list, ",") {
			h := hashes(strings.Fields(phrase)...)
			last := h[len(h)-1]
			m[last] = append(m[last], bound{h, b.effect})
		}
	}
	for _, list := range m {
		slices.SortStableFunc(list, func(a, b bound) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	return m
})

const mostBounds = 4 // expressions before one number: "an estimated total of about"

// before takes in what stands before a number at i and bears on it, and returns
// where the expression begins. The number may be one of a unit of time: then
// "over" and "under" say how long something took and not that it took longer.
func (r *Reader) before(i, first int32, a *amount, lasts bool) int32 {
	if a.bounded && a.capped && i > first && r.d.Tokens[i-1].Lower == hashBetween {
		i--
	}
	for n := 0; n < mostBounds && i > first && r.mask[i-1]&(inFigure|inDate) == 0; n++ {
		b, ok := r.boundBefore(i, first)
		if !ok {
			break
		}
		if h := r.d.Tokens[i-1].Lower; len(b.words) == 1 && (h == hashOver && (lasts || a.bounded) || h == hashUnder && r.d.Tokens[i-1].Rel == text.Case) {
			break
		}
		switch {
		case b.effect == about:
			a.approximate = true
		case b.effect == least && a.known:
			a.low, a.bounded = a.value, true
		case b.effect == most && a.known:
			a.high, a.capped = a.value, true
		}
		i -= int32(len(b.words))
	}
	return i
}

// boundBefore is the longest bound that ends before token i and begins at first
// or later.
func (r *Reader) boundBefore(i, first int32) (bound, bool) {
next:
	for _, b := range boundsByEnd()[r.d.Tokens[i-1].Lower] {
		start := i - int32(len(b.words))
		if start < first {
			continue
		}
		for k, w := range b.words {
			if r.d.Tokens[start+int32(k)].Lower != w {
				continue next
			}
		}
		return b, true
	}
	return bound{}, false
}
