package figures

import (
	"strings"

	"hearsay/ledger"
	"hearsay/text"
)

// quantity is a number in the sentence around it.
type quantity struct {
	amount
	text.Sentence
	begin, first, next int32 // where the expression, the sign of its currency and its own words begin, where they end
	number             int32 // its first numeral
}

// read reads the figure that begins at token i of sentence s, if there is one,
// and returns the token to go on with.
func (r *Reader) read(i int32, s text.Sentence) int32 {
	t, w := &r.d.Tokens[i], r.w[i]
	digit := t.Shape&text.HasDigit != 0
	if !digit && w.traits&(numeral|plenty|few|fraction|none) == 0 && w.money == "" && t.Lower != hashA && t.Lower != hashAn && t.Lower != hashBoth {
		if t.Shape&text.HasHyphen != 0 {
			return r.hyphened(i, s)
		}
		return i + 1
	}
	if r.mask[i]&inDate != 0 || r.mask[i]&inFigure != 0 && !r.aged(i) {
		return i + 1
	}
	if w.traits&none != 0 || t.Lower == hashBoth {
		return r.nobody(i, s)
	}
	q := quantity{Sentence: s, first: i, number: i}
	money := ""
	if w.money != "" {
		if !r.sign(i, s.End) {
			return i + 1
		}
		money = w.money
		q.number++
	}
	if digit && t.Shape&(text.HasHyphen|text.HasLower) == text.HasHyphen|text.HasLower {
		return r.hyphened(i, s)
	}
	var ok bool
	if q.amount, q.next, ok = r.span(q.number, s.End); !ok {
		return i + 1
	}
	if money == "" && r.mask[q.number]&inName != 0 {
		return q.next // "Group of 7"
	}
	q.begin = r.before(q.first, s.First, &q.amount, r.lasts(q.next, s.End))
	if next := r.special(&q, money); next > 0 {
		return next
	}
	return r.count(&q)
}

// special reads a quantity of something other than people or things: money, a
// share, an age, a measure. It returns the token to go on with, 0 where q is
// none of these.
func (r *Reader) special(q *quantity, money string) int32 {
	f := ledger.Figure{}
	begin, end := q.begin, q.next
	if money == "" {
		money, end = r.currency(q)
	}
	if money != "" {
		f.Unit = money
	} else if after, ok := r.percent(q); ok {
		f.Unit, end = ledger.UnitPercent, after
		if r.at(end, q.Sentence) == hashOf {
			f.Of, end = r.ofPhrase(end, q.End)
		}
	} else if q.suffix != "" {
		f.Unit, f.Of = ledger.UnitMeasure, q.suffix
	} else if after, ok := r.age(q); ok {
		f.Unit, end = ledger.UnitAge, after
		if k := begin - 1; k >= q.First && r.ageWord(k) {
			begin = k
		}
	} else if q.share {
		f.Unit = ledger.UnitShare
		if r.at(q.next, q.Sentence) == hashOf {
			f.Of, end = r.ofPhrase(q.next, q.End)
		}
	} else if whole, after, ok := r.outOf(q); ok {
		f.Unit, end = ledger.UnitShare, after
		q.value /= whole
		if after < q.End && r.d.Tokens[after].Tag == text.NNS {
			f.Of, end = r.d.Form(after), after+1
		}
	} else if first, after, ok := r.measured(q); ok {
		f.Unit, end = ledger.UnitMeasure, after
		f.Of = r.d.Words(text.Range{First: first, End: after})
	} else {
		return 0
	}
	r.add(begin, end, &f, q.amount)
	return end
}

// count reads a quantity of people or things, and returns the token to go on with.
func (r *Reader) count(q *quantity) int32 {
	f := ledger.Figure{}
	end := q.next
	u, weak := noUnit, false
	noun := r.counted(q)
	switch {
	case noun >= 0:
		end = noun + 1
		f.Of = r.nounPhrase(q.next, end)
		u, weak = r.unit[noun], r.weak[noun]
	case r.at(q.next, q.Sentence) == hashOf:
		f.Of, end = r.ofPhrase(q.next, q.End)
	}
	for k := q.number; k < q.next; k++ {
		if r.unit[k] > u {
			u, weak = r.unit[k], r.weak[k]
		}
	}
	if x, after, cause := r.beside(q.begin, end, q.Sentence); x != noUnit {
		u, weak = x, x == wounded && r.w[cause].traits&shoots != 0
		if noun < 0 && end == q.next && after == end+1 {
			end = after // "154 dead"
		}
	}
	if noun >= 0 {
		w := r.w[noun]
		switch {
		case w.traits&(things|bullet) != 0:
			u = noUnit
		case u == noUnit && w.traits&assailant != 0 && (q.one || r.several(noun)):
			u = attackers
		case u == noUnit || u == hostages || u == displaced:
		case w.noun == u || w.state == u && w.traits&many == 0:
			f.Of = "" // "84 deaths" counts no deaths but people
		}
	}
	if u == noUnit && (q.vague || q.one && (noun < 0 || !r.person(noun)) || r.idle(q, noun)) {
		return q.next
	}
	f.Unit = unitName[u]
	r.add(q.begin, end, &f, q.amount)
	// Of "four others shot" none is of the dead told of beside them.
	r.found[len(r.found)-1].weak = weak && !(noun >= 0 && r.d.Tokens[noun].Lower == hashOthers)
	r.listed(u, weak)
	return q.next
}

// nobody reads "no casualties", "no one was killed", "both men died": figures
// only of people and of what they suffered. It returns the token to go on with.
func (r *Reader) nobody(i int32, s text.Sentence) int32 {
	q := quantity{amount: exact(0), Sentence: s, begin: i, first: i, number: i, next: i + 1}
	both := r.d.Tokens[i].Lower == hashBoth
	if both {
		q.amount = exact(2)
	}
	f := ledger.Figure{}
	noun, end := int32(-1), q.next
	switch h := r.d.Tokens[i].Lower; {
	case h == hashNo && r.at(q.next, s) == hashOne:
		end++
	case h == hashNo || both || r.d.Tokens[i].Tag == text.CD:
		if noun = r.counted(&q); noun >= 0 {
			end = noun + 1
			f.Of = r.nounPhrase(q.next, end)
		} else if h == hashNo {
			return q.next
		}
	}
	if end == q.next && r.at(end, s) == hashOf {
		_, end = r.ofPhrase(end, s.End)
	}
	u := r.unit[i]
	for k := q.next; k < end; k++ {
		u = max(u, r.unit[k])
	}
	switch x, _, _ := r.beside(i, end, s); {
	case noun >= 0 && !both && r.d.Tokens[noun].Lemma == hashCasualty:
		u = killed
	case u == noUnit && (!both || noun >= 0):
		u = x
	}
	if u <= attackers {
		return q.next
	}
	if noun >= 0 && r.w[noun].noun == u {
		f.Of = ""
	}
	f.Unit = unitName[u]
	r.add(i, end, &f, q.amount)
	return end
}

// listed gives the figures just before the last one, with nothing but commas
// between, the unit u of the last: "2 adults, six children dead".
func (r *Reader) listed(u unit, weak bool) {
	if u <= attackers {
		return
	}
	for k := len(r.found) - 1; k > 0; k-- {
		f, g := &r.found[k-1], &r.found[k]
		if f.Unit != ledger.UnitCount || f.Of == "" || !r.person(f.head) || g.Start-f.End > 2 || g.Start <= f.End || r.d.Text[f.End] != ',' {
			return
		}
		f.Unit, f.weak = unitName[u], weak
	}
}

// idle reports whether a number counts nothing that can be told, and so is no
// figure: a year, an hour, a label, a score. noun is what it counts, -1 for nothing.
func (r *Reader) idle(q *quantity, noun int32) bool {
	t := &r.d.Tokens[q.number]
	digit := t.Shape&text.HasDigit != 0
	if i := q.number; digit && i > q.First {
		p, w := &r.d.Tokens[i-1], r.w[i-1]
		switch {
		case w.traits&(label|month) != 0 && w.traits&many == 0 && r.mask[i-1]&inDate == 0, p.Tag == text.NNP && noun < 0:
			return true // "Article 5", "Boeing 737"
		case p.End == t.Start && p.Tag != text.LeftB && p.Tag != text.OpenQ && p.Tag != text.Dollar:
			return true // "#5"
		}
	}
	if q.next < q.End {
		x, w := &r.d.Tokens[q.next], r.w[q.next]
		switch {
		case w.traits&(month|clock|street|tally) != 0, digit && x.Tag == text.NNP && noun < 0:
			return true // "28 October", "5 p.m.", "6740 N. Clark St."
		case x.Tag == text.RightB && q.number > q.First && r.d.Tokens[q.number-1].Tag == text.LeftB:
			return true // "(1)"
		}
	}
	if noun < 0 {
		if q.bounded && q.capped && q.next == q.number+1 {
			return true // "555-0142"
		}
		if digit && q.known && q.value < 2400 && t.End-t.Start == 4 && t.Shape == text.HasDigit {
			return true // "around 2100" is an hour, or a year
		}
		if !q.known || q.bounded || q.capped || q.approximate {
			return false
		}
		return q.one || r.at(q.next, q.Sentence) != hashOf
	}
	if digit && q.known && q.value >= 1500 && q.value < 2100 && t.End-t.Start == 4 && !q.bounded && !q.capped && r.w[noun].traits&many == 0 {
		return true // "the 1994 elections"
	}
	return r.w[noun].traits&(street|tally) != 0 || digit && r.d.Tokens[noun].Tag == text.NNP && r.w[noun].traits&many == 0 && !strings.HasSuffix(r.d.Form(noun), "s") // "110 Calhoun"
}

// several reports whether the noun i is a plural.
func (r *Reader) several(i int32) bool {
	return r.d.Tokens[i].Tag == text.NNS || strings.HasSuffix(r.d.Form(i), "men")
}

// at is the hash of the word at k, 0 outside the sentence.
func (r *Reader) at(k int32, s text.Sentence) uint32 {
	if k < s.First || k >= s.End {
		return 0
	}
	return r.d.Tokens[k].Lower
}

// add enters the figure f of amount a that the tokens [i, end) give.
func (r *Reader) add(i, end int32, f *ledger.Figure, a amount) {
	for k := i; k < end; k++ {
		r.mask[k] |= inFigure
	}
	f.Start, f.End = int(r.d.Tokens[i].Start), int(r.d.Tokens[end-1].End)
	if a.known {
		f.Value = pointer(a.value)
	}
	if a.bounded {
		f.Low = pointer(a.low)
	}
	if a.capped {
		f.High = pointer(a.high)
	}
	f.Approximate = a.approximate
	r.found = append(r.found, found{Figure: *f, head: end - 1})
}

func pointer(v float64) *float64 { return &v }
