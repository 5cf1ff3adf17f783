package figures

import (
	"strings"

	"hearsay/ledger"
	"hearsay/text"
)

// sign reports whether token i is a currency's sign or code before its number.
func (r *Reader) sign(i, end int32) bool {
	if i+1 >= end {
		return false
	}
	t, x := &r.d.Tokens[i], &r.d.Tokens[i+1]
	return x.Shape&text.HasDigit != 0 && x.Start-t.End <= 1 && t.Shape&text.HasLower == 0
}

// currency reads the name of a currency after its number: its code, empty for
// none, and where it ends.
func (r *Reader) currency(q *quantity) (string, int32) {
	i := q.next
	if q.plenty() && r.at(i, q.Sentence) == hashOf {
		i++ // "millions of dollars"
	}
	if i >= q.End {
		return "", q.next
	}
	t, w := &r.d.Tokens[i], r.w[i]
	if i+1 < q.End && r.d.Tokens[i+1].Tag.Noun() {
		second := text.HashLower(strings.TrimSuffix(r.d.Form(i+1), "s"))
		if code, ok := nations()[[2]uint32{t.Lower, second}]; ok {
			return code, i + 2
		}
	}
	switch {
	case w.money != "" && (t.Tag.Noun() || i == q.next && (t.Tag == text.Dollar || t.Shape&text.HasLower == 0)):
		return w.money, i + 1
	case (t.Lower == hashPounds || t.Lower == hashPound) && q.value >= 1e6 && r.at(i+1, q.Sentence) != hashOf:
		return "GBP", i + 1 // of so many pounds none is a weight
	}
	return "", q.next
}

// percent reports whether a number is followed by a sign of percentage, and
// where that ends.
func (r *Reader) percent(q *quantity) (int32, bool) {
	switch h := r.at(q.next, q.Sentence); {
	case q.suffix == "%":
		return q.next, true
	case h == hashSign || h == hashPercent:
		return q.next + 1, true
	case h == hashPer && r.at(q.next+1, q.Sentence) == hashCent:
		return q.next + 2, true
	case h == hashPercentage && q.next+1 < q.End && r.d.Tokens[q.next+1].Lemma == hashPoint:
		return q.next + 2, true
	}
	return q.next, false
}

// outOf reads the rest of "one in five" or "nine out of ten": the whole, and
// where it ends.
func (r *Reader) outOf(q *quantity) (whole float64, after int32, ok bool) {
	k := q.next
	switch h := r.at(k, q.Sentence); {
	case !q.known || q.value < 1 || q.bounded || q.capped:
		return 0, 0, false
	case h == hashIn:
		k++
	case h == hashOut && r.at(k+1, q.Sentence) == hashOf:
		k += 2
	default:
		return 0, 0, false
	}
	if r.at(k, q.Sentence) == hashEvery {
		k++
	}
	if k >= q.End || r.d.Tokens[k].Tag != text.CD {
		return 0, 0, false
	}
	b, after, ok := r.number(k, q.End)
	if !ok || !b.known || b.value <= q.value || b.value > 100 || r.lasts(after, q.End) {
		return 0, 0, false
	}
	return b.value, after, true
}

// measured reports whether a unit of measure follows a number, and where its
// words begin and end.
func (r *Reader) measured(q *quantity) (first, after int32, ok bool) {
	first = q.next
	if q.plenty() && r.at(first, q.Sentence) == hashOf {
		first++ // "millions of tons"
	}
	k := first
	if k+1 < q.End && r.w[k].traits&power != 0 {
		k++ // "square metres"
	}
	if k >= q.End || r.w[k].traits&measure == 0 {
		return 0, 0, false
	}
	t := &r.d.Tokens[k]
	switch {
	case t.Shape&text.HasUpper != 0 && t.End-t.Start > 3, t.Tag.Verb():
		return 0, 0, false
	case t.End-t.Start == 1 && k+1 < q.End && r.d.Tokens[k+1].Tag == text.Stop:
		return 0, 0, false // an initial
	}
	return first, k + 1, true
}

// lasts reports whether token i is a unit of time, of which "over" says how
// long something took and not that it took longer.
func (r *Reader) lasts(i, end int32) bool {
	return i < end && r.w[i].traits&span != 0
}

// ageWord reports whether token k says that an age follows.
func (r *Reader) ageWord(k int32) bool {
	h := r.d.Tokens[k].Lower
	return h == hashAged || h == hashAge || h == hashAges
}

// age reports whether a number is an age, and where what says so ends.
func (r *Reader) age(q *quantity) (int32, bool) {
	tok := r.d.Tokens
	i, next := q.first, q.next
	if h := r.at(next, q.Sentence); h == hashYearOld || h == hashYo {
		return next + 1, true
	}
	if next+1 < q.End && tok[next].Lemma == hashYear {
		if tok[next+1].Lower == hashOld {
			return next + 2, true
		}
		if r.at(next+1, q.Sentence) == hashOf && r.at(next+2, q.Sentence) == hashAge {
			return next + 3, true
		}
	}
	if i-1 < q.First {
		return next, false
	}
	if r.ageWord(i-1) || i-2 >= q.First && tok[i-1].Lower == hashBetween && r.ageWord(i-2) {
		return next, true
	}
	if tok[i].Shape != text.HasDigit || next != i+1 || !q.known || q.value < 1 || q.value > 120 || i-2 < q.First {
		return next, false
	}
	return next, r.nextAge(q) || r.apposed(q)
}

// nextAge reports whether a number goes on a list of ages: "ages 13, 17 and 19".
func (r *Reader) nextAge(q *quantity) bool {
	tok := r.d.Tokens
	k := q.first - 1
	if tok[k].Tag != text.Comma && tok[k].Lower != hashAnd {
		return false
	}
	if k--; tok[k].Tag == text.Comma && k > q.First {
		k--
	}
	if len(r.found) == 0 || r.mask[k]&inFigure == 0 || tok[k].Shape != text.HasDigit {
		return false
	}
	f := &r.found[len(r.found)-1]
	return f.Unit == ledger.UnitAge && f.End == int(tok[k].End) && !(q.next < q.End && tok[q.next].Tag.Noun())
}

// apposed reports whether a number is the age of whom the words before it name:
// "Varn, 34, said", "her brother (12)".
func (r *Reader) apposed(q *quantity) bool {
	tok := r.d.Tokens
	p, b := &tok[q.first-1], q.first-2
	if p.Tag != text.Comma && p.Tag != text.LeftB || r.w[b].traits&month != 0 {
		return false
	}
	named := tok[b].Tag.Proper()
	if !named && !(tok[b].Tag == text.NN && r.person(b)) {
		return false
	}
	if q.next >= q.End {
		return r.mask[b]&inPerson != 0
	}
	switch x := &tok[q.next]; {
	case p.Tag == text.LeftB:
		return x.Tag == text.RightB && (r.mask[b]&inPerson != 0 || !named)
	case x.Tag == text.Comma, x.Tag == text.Stop, x.Tag == text.Colon, x.Lower == hashOf:
		return true
	case x.Tag.Verb(), x.Tag == text.CC:
		return named
	}
	return false
}

// longestCompound is the most bytes of a compound that begins with a number.
const longestCompound = 64

// hyphened reads a compound that begins with a number, "34-year-old" or
// "5-kilometre", and returns the token to go on with.
func (r *Reader) hyphened(i int32, s text.Sentence) int32 {
	t, form, end := &r.d.Tokens[i], r.d.Form(i), i+1
	if len(form) > longestCompound || r.mask[i]&inDate != 0 {
		return end
	}
	v, rest, ok := leading(form)
	if !ok {
		return end
	}
	f := ledger.Figure{}
	name, old, _ := strings.Cut(rest, "-")
	h := text.HashLower(name)
	if old == "" && r.at(end, s) == hashOld {
		old = "old"
		end++
	}
	if old != "old" && old != "olds" {
		if w := words()[h]; old == "" && w != nil && w.traits&measure != 0 {
			f.Unit, f.Of = ledger.UnitMeasure, name
			r.add(i, end, &f, exact(v))
		}
		return end
	}
	switch h {
	case hashYear:
	case hashMonth:
		v /= 12
	case hashWeek:
		v *= 7 / daysInYear
	case hashDay:
		v /= daysInYear
	default:
		return end
	}
	f.Unit = ledger.UnitAge
	if k := t.Head; k >= end && k < end+mostNoun && t.Rel == text.Amod && r.d.Tokens[k].Tag.Noun() {
		f.Of = r.d.Form(k)
	}
	r.add(i, end, &f, exact(v))
	return end
}

const daysInYear = 365.25

// leading cuts the number off the front of a compound: 23 and "year-old" of
// "twenty-three-year-old".
func leading(form string) (v float64, rest string, ok bool) {
	head, rest, ok := strings.Cut(form, "-")
	if !ok {
		return 0, "", false
	}
	if v, n, ok := digits(head); ok && n == len(head) {
		return v, rest, true
	}
	w := words()[text.HashLower(head)]
	if w == nil || w.traits&numeral == 0 {
		return 0, "", false
	}
	if ones, after, ok := strings.Cut(rest, "-"); ok && w.n >= 20 {
		if x := words()[text.HashLower(ones)]; x != nil && x.traits&numeral != 0 && x.n < 10 {
			return w.n + x.n, after, true
		}
	}
	return w.n, rest, true
}
