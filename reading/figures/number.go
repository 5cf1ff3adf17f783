package figures

import (
	"math"

	"hearsay/text"
)

// amount is a number as the text gives it: one value, or bounds, or both.
type amount struct {
	value, low, high float64
	known            bool // value is given
	bounded          bool // low is given
	capped           bool // high is given
	approximate      bool
	share            bool   // of a whole: "half", "two-thirds"
	vague            bool   // "several": a figure only of people who suffered
	one              bool   // "one", which is seldom a number
	suffix           string // what is written onto the digits: "km"
}

// exact makes the amount of one value.
func exact(v float64) amount { return amount{value: v, known: true} }

// orMore makes the amount of what is only said to be so much or more.
func orMore(v float64) amount { return amount{low: v, bounded: true} }

// plenty reports whether a is only said to be many: "dozens".
func (a *amount) plenty() bool { return a.bounded && !a.known && !a.capped }

// times multiplies an amount.
func (a *amount) times(n float64) {
	a.value, a.low, a.high = product(a.value, n), product(a.low, n), product(a.high, n)
}

// product is x times n without the dust that 65.4 billion would have.
func product(x, n float64) float64 { return math.Round(x*n*1e3) / 1e3 }

const longestNumber = 12 // tokens of a number in words

// number reads the number that begins at token i, without what goes before and
// after it, and says where it ends.
func (r *Reader) number(i, end int32) (a amount, next int32, ok bool) {
	if r.d.Tokens[i].Shape&text.HasDigit != 0 {
		return r.digital(i, end)
	}
	w := r.w[i]
	switch {
	case w.traits&plenty != 0:
		return r.plenty(i, end)
	case w.traits&few != 0:
		if i+1 < end && r.w[i+1].traits&(multiplier|plenty) != 0 {
			n := r.w[i+1].n
			next = i + 2
			a = orMore(w.n * n)
			a.approximate = true
			for next < end && r.w[next].traits&multiplier != 0 {
				a.times(r.w[next].n)
				next++
			}
			return a, next, true
		}
		a = orMore(w.n)
		a.vague = true
		return a, i + 1, true
	case w.traits&numeral != 0:
		return r.spelled(i, end)
	case w.traits&fraction != 0 && (r.d.Tokens[i].Lower == hashHalf || r.d.Tokens[i].Shape&text.HasHyphen != 0):
		return r.fraction(i, end)
	}
	// "a hundred", "a dozen", "a couple", "a third of": the article is part of the number.
	if t := r.d.Tokens[i]; (t.Lower == hashA || t.Lower == hashAn) && i+1 < end {
		n := r.w[i+1]
		switch x := &r.d.Tokens[i+1]; {
		case n.traits&multiplier != 0 && x.End-x.Start > 2:
			return r.spelled(i, end)
		case x.Lower == hashCouple:
			a = exact(2)
			a.approximate, a.vague = true, true
			return a, i + 2, true
		case x.Lower == hashHandful:
			a = orMore(3)
			a.vague = true
			return a, i + 2, true
		case n.traits&fraction != 0 && i+2 < end && r.d.Tokens[i+2].Lower == hashOf:
			return r.fraction(i+1, end)
		case n.traits&few != 0 && n.n == 2 && i+2 < end && r.w[i+2].traits&multiplier != 0:
			return r.number(i+1, end)
		case n.traits&few != 0 && n.n == 2:
			a = orMore(n.n)
			a.vague = true
			return a, i + 2, true
		}
	}
	return a, i, false
}

// digital reads a number that begins in digits.
func (r *Reader) digital(i, end int32) (a amount, next int32, ok bool) {
	s := r.d.Form(i)
	for len(s) > 0 && (s[0] == '~' || s[0] == '+') {
		a.approximate = s[0] == '~'
		s = s[1:]
	}
	v, n, ok := digits(s)
	if !ok {
		return a, i, false
	}
	a.value, a.known = v, true
	rest := s[n:]
	if second, cut := dashed(rest); cut {
		// "30-40" is a range, "3-1" a score, "555-0142" a number to call.
		high, n, ok := digits(second)
		if !ok || high <= v {
			return a, i, false
		}
		a.low, a.high, a.known, a.bounded, a.capped = v, high, false, true, true
		rest = second[n:]
	}
	next = i + 1
	switch {
	case rest == "":
	case rest == "+":
		a.low, a.bounded = a.value, true
	case rest == "%":
		a.suffix = rest
	default:
		h := text.HashLower(rest)
		w := words()[h]
		switch {
		case w == nil:
			return a, i, false
		case w.traits&multiplier != 0 && len(rest) <= 2 && !(rest == "m" && r.metres(i)):
			a.times(w.n)
		case w.traits&measure != 0:
			a.suffix = rest
		default:
			return a, i, false
		}
	}
	for next < end && r.w[next].traits&multiplier != 0 && r.long(next) && a.suffix == "" {
		a.times(r.w[next].n)
		next++
	}
	return a, next, true
}

// dashed cuts the hyphen or dash off the front of s.
func dashed(s string) (string, bool) {
	for _, d := range [...]string{"-", "–", "—", "‑"} {
		if len(s) > len(d) && s[:len(d)] == d {
			return s[len(d):], true
		}
	}
	return s, false
}

// metres reports whether the m written onto the number of token i means metres
// and not millions: no currency stands before it.
func (r *Reader) metres(i int32) bool {
	return i == 0 || r.w[i-1].money == ""
}

// long reports whether a multiplier is a whole word.
func (r *Reader) long(i int32) bool {
	t := &r.d.Tokens[i]
	return t.End-t.Start > 1
}

// spelled reads a number in words: "one hundred and twenty", "a dozen", "two
// and a half million".
func (r *Reader) spelled(i, end int32) (a amount, next int32, ok bool) {
	total, part := 0.0, 0.0
	first := i
	end = min(end, i+longestNumber)
	unit := 1e18 // what the last numeral was worth at most
	for i < end {
		t, w := &r.d.Tokens[i], r.w[i]
		switch {
		case w.traits&numeral != 0:
			if w.n >= unit {
				goto done
			}
			part += w.n
			unit = 10
			if w.n < 20 {
				unit = 1
			}
		case (t.Lower == hashA || t.Lower == hashAn) && i == first:
			part = 1
		case w.traits&multiplier != 0 && r.long(i):
			if part == 0 {
				goto done
			}
			if w.n <= 100 {
				part *= w.n
			} else {
				total += part * w.n
				part = 0
			}
			unit = min(w.n, 100)
		case t.Lower == hashAnd && i > first && i+1 < end && r.w[i-1].traits&multiplier != 0 && r.w[i+1].traits&numeral != 0 && r.w[i+1].n < r.w[i-1].n:
		case t.Lower == hashAnd && i > first && i+2 < end && r.d.Tokens[i+2].Lower == hashHalf && r.d.Tokens[i+1].Lower == hashA:
			part += 0.5
			i += 2
			if i+1 < end && r.w[i+1].traits&multiplier != 0 {
				total += part * r.w[i+1].n
				part = 0
				i++
			}
			i++
			goto done
		default:
			goto done
		}
		i++
	}
done:
	if i == first || total+part == 0 {
		return a, first, false
	}
	a = exact(total + part)
	a.one = i == first+1 && a.value == 1
	return a, i, true
}

// plenty reads "dozens", "hundreds of thousands".
func (r *Reader) plenty(i, end int32) (a amount, next int32, ok bool) {
	a = orMore(2 * r.w[i].n)
	next = i + 1
	for n := 0; n < 2 && next+1 < end && r.d.Tokens[next].Lower == hashOf && r.w[next+1].traits&plenty != 0 && r.w[next+1].n > 10; n++ {
		a.times(r.w[next+1].n)
		next += 2
	}
	if r.w[i].n == 10 && next == i+1 {
		return a, i, false // "tens" of nothing
	}
	return a, next, true
}

// fraction reads "half", "two-thirds", "a quarter", and "half a million".
func (r *Reader) fraction(i, end int32) (a amount, next int32, ok bool) {
	w := r.w[i]
	if r.d.Tokens[i].Lower == hashHalf && i+2 < end && r.d.Tokens[i+1].Lower == hashA && r.w[i+2].traits&multiplier != 0 {
		return exact(r.w[i+2].n / 2), i + 3, true
	}
	if i+1 < end && (r.d.Tokens[i+1].Lower == hashOf || r.d.Tokens[i].Lower == hashHalf && r.d.Tokens[i+1].Tag == text.DT) {
		a = exact(w.n)
		a.share = true
		return a, i + 1, true
	}
	return a, i, false
}

// span reads a number and the one that a range leads on to: "30 to 40".
func (r *Reader) span(i, end int32) (a amount, next int32, ok bool) {
	a, next, ok = r.number(i, end)
	if !ok || next+1 >= end || a.share || a.vague {
		return a, next, ok
	}
	t := &r.d.Tokens[next]
	between := i > 0 && r.d.Tokens[i-1].Lower == hashBetween
	from := i > 0 && r.d.Tokens[i-1].Lower == hashFrom
	joins := t.Lower == hashTo && !from || t.Lower == hashOr || t.Lower == hashAnd && between || t.End-t.Start <= 3 && t.Shape == text.HasPunct && isDash(r.d.Form(next))
	if !joins {
		return a, next, true
	}
	b, after, ok := r.number(next+1, end)
	if !ok || !a.known || !b.known || b.share {
		return a, next, true
	}
	if b.value >= 1e3 && a.value < 1e3 && after > next+2 && i+1 == next {
		// "two to three million"
		n := multiplierBefore(r, next+1, after)
		a.value *= n
	}
	if b.value <= a.value || t.Lower == hashOr && b.value > 2*a.value+1 {
		return a, next, true
	}
	b.low, b.high, b.known, b.bounded, b.capped = a.value, b.value, false, true, true
	b.value = 0
	return b, after, true
}

// multiplierBefore is the product of the multipliers among the tokens [i, end).
func multiplierBefore(r *Reader, i, end int32) float64 {
	n := 1.0
	for ; i < end; i++ {
		if r.w[i].traits&multiplier != 0 {
			n *= r.w[i].n
		}
	}
	return n
}

func isDash(s string) bool { return s == "-" || s == "–" || s == "—" }
