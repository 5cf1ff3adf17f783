package figures

import (
	"strings"

	"hearsay/ledger"
	"hearsay/text"
)

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
	first := i
	money := ""
	if w.money != "" {
		if i+1 >= s.End || !r.symbol(i) {
			return i + 1
		}
		money, i = w.money, i+1
	}
	if digit && t.Shape&(text.HasHyphen|text.HasLower) == text.HasHyphen|text.HasLower {
		return r.hyphened(i, s)
	}
	a, next, ok := r.span(i, s.End)
	if !ok {
		return i + 1
	}
	a.money = money
	if r.mask[i]&inName != 0 && money == "" && r.namesNumber(i, next) {
		return next
	}
	return r.quantity(first, i, next, a, s)
}

var (
	hashYearOld    = text.Hash("year-old")
	hashShot       = text.Hash("shot")
	hashBoth       = text.Hash("both")
	hashNo         = text.Hash("no")
	hashYear       = text.Hash("year")
	hashOld        = text.Hash("old")
	hashAge        = text.Hash("age")
	hashAged       = text.Hash("aged")
	hashAges       = text.Hash("ages")
	hashSo         = text.Hash("so")
	hashLess       = text.Hash("less")
	hashFewer      = text.Hash("fewer")
	hashThan       = text.Hash("than")
	hashLeast      = text.Hash("least")
	hashMost       = text.Hash("most")
	hashAt         = text.Hash("at")
	hashAs         = text.Hash("as")
	hashMany       = text.Hash("many")
	hashMuch       = text.Hash("much")
	hashFew        = text.Hash("few")
	hashUp         = text.Hash("up")
	hashOver       = text.Hash("over")
	hashAbove      = text.Hash("above")
	hashUnder      = text.Hash("under")
	hashBelow      = text.Hash("below")
	hashClose      = text.Hash("close")
	hashWell       = text.Hash("well")
	hashNotWord    = hashNot
	hashEstimated  = text.Hash("estimated")
	hashAnother    = text.Hash("another")
	hashFurther    = text.Hash("further")
	hashAdditional = text.Hash("additional")
	hashOnly       = text.Hash("only")
	hashJust       = text.Hash("just")
	hashTotal      = text.Hash("total")
	hashMinimum    = text.Hash("minimum")
	hashMaximum    = text.Hash("maximum")
	hashUpwards    = text.Hash("upwards")
	hashUpward     = text.Hash("upward")
	hashExcess     = text.Hash("excess")
	hashExceeding  = text.Hash("exceeding")
	hashGreater    = text.Hash("greater")
	hashHigher     = text.Hash("higher")
	hashLower      = text.Hash("lower")
	hashSome       = text.Hash("some")
	hashDays       = text.Hash("day")
	hashMonth      = text.Hash("month")
	hashWeek       = text.Hash("week")
	hashAm         = text.Hash("am")
	hashPm         = text.Hash("pm")
)

// symbol reports whether token i is a currency's sign or code before its number.
func (r *Reader) symbol(i int32) bool {
	t, x := &r.d.Tokens[i], &r.d.Tokens[i+1]
	return x.Shape&text.HasDigit != 0 && x.Start-t.End <= 1 && (t.Shape&text.HasLower == 0)
}

// namesNumber reports whether the number [i, next) is part of a name that
// begins before it or goes on after it.
func (r *Reader) namesNumber(i, next int32) bool {
	return i > 0 && r.names[i-1] == r.names[i] || int(next) < len(r.names) && r.names[next] == r.names[i] || next == i+1
}

// quantity reads the figure whose number is the tokens [i, next), from its
// currency's sign at first on.
func (r *Reader) quantity(first, i, next int32, a amount, s text.Sentence) int32 {
	t := &r.d.Tokens[i]
	f := ledger.Figure{Unit: ledger.UnitCount}
	begin := r.before(first, s.First, &a)
	end := next
	at := func(k int32) uint32 {
		if k < s.End && k >= s.First {
			return r.d.Tokens[k].Lower
		}
		return 0
	}
	if a.money == "" {
		if code, after := r.currency(next, s.End, a); code != "" {
			a.money, end = code, after
		}
	}
	switch {
	case a.money != "":
		f.Unit = a.money
		r.add(begin, end, &f, a)
		return end
	case a.suffix == "%", at(next) == hashSign, at(next) == hashPercent, at(next) == hashPer && at(next+1) == hashCent:
		if a.suffix == "" {
			end++
			if at(next) == hashPer {
				end++
			}
		}
		f.Unit = ledger.UnitPercent
		if at(end) == hashOf {
			f.Of, end = r.ofPhrase(end, s.End)
		}
		r.add(begin, end, &f, a)
		return end
	case at(next) == hashPoint && next+1 < s.End:
		return next + 1
	case a.suffix != "":
		f.Unit, f.Of = ledger.UnitMeasure, a.suffix
		r.add(begin, end, &f, a)
		return end
	}
	if e, ok := r.age(first, next, s); ok {
		f.Unit = ledger.UnitAge
		if e > next {
			end = e
		}
		if k := begin - 1; k >= s.First && r.ageWord(k) {
			begin = k
		}
		r.add(begin, end, &f, a)
		return end
	}
	if a.share {
		f.Unit = ledger.UnitShare
		if at(next) == hashOf {
			f.Of, end = r.ofPhrase(next, s.End)
		}
		if f.Of == "" && at(next) == hashOf && end == next+1 {
			end = next
		}
		r.add(begin, end, &f, a)
		return end
	}
	if at(next) < 0+1 && a.one {
		a.vague = true
	}
	if a.known && a.value >= 1 && (at(next) == hashIn || at(next) == hashOut && at(next+1) == hashOf) && !r.bounds(a) {
		// "one in five", "nine out of ten"
		k := next + 1
		if at(next) == hashOut {
			k++
		}
		if at(k) == hashEvery {
			k++
		}
		if k < s.End {
			if b, after, ok := r.number(k, s.End); ok && b.known && b.value > a.value && b.value <= 100 && r.d.Tokens[k].Tag == text.CD && !r.measured(after, s.End) {
				a.value /= b.value
				f.Unit = ledger.UnitShare
				if after < s.End && r.d.Tokens[after].Tag == text.NNS {
					f.Of, after = r.d.Form(after), after+1
				}
				r.add(begin, after, &f, a)
				return after
			}
		}
	}
	if after, ok := r.measured2(next, s.End); ok {
		if a.vague && !a.one {
			a.vague = false
		}
		f.Unit, f.Of = ledger.UnitMeasure, r.d.Words(text.Range{First: next, End: after})
		r.add(begin, after, &f, a)
		return after
	}
	noun, _ := r.counted(i, next, s)
	u, weak := noUnit, false
	switch {
	case noun >= 0:
		end = noun + 1
		f.Of = r.phrase2(next, noun+1)
		u, weak = r.unit[noun], r.weak[noun]
	case at(next) == hashOf:
		if f.Of, end = r.ofPhrase(next, s.End); end <= next+1 {
			end = next
		}
	}
	for k := i; k < next; k++ {
		if r.unit[k] > u {
			u, weak = r.unit[k], r.weak[k]
		}
	}
	if x, e, cause := r.beside(begin, end, s); x != noUnit {
		u, weak = x, r.w[cause].traits&shoots != 0 && x == wounded
		if noun < 0 && e == end+1 && at(next) != hashOf {
			end = e
		}
	}
	if noun >= 0 && u == noUnit && r.w[noun].traits&assailant != 0 {
		u = attackers
	}
	if noun >= 0 && r.w[noun].state == u && r.w[noun].traits&many == 0 && u != noUnit {
		f.Of = ""
	}
	if noun >= 0 && r.w[noun].noun == u && u != noUnit && u != hostages && u != displaced {
		f.Of = ""
	}
	if noun >= 0 && r.w[noun].traits&things != 0 {
		u = noUnit
	}
	if u == noUnit {
		if a.vague || a.one && !r.plain(noun) || r.bareNumber(t, i, next, noun, a, s) {
			return next
		}
	}
	f.Unit = unitName[u]
	r.add(begin, end, &f, a)
	r.found[len(r.found)-1].weak = weak
	r.listed(u, weak)
	return next
}

func (r *Reader) measured(i, end int32) bool { _, ok := r.measured2(i, end); return ok }

// bounds reports whether words before the number make it a bound.
func (r *Reader) bounds(a amount) bool { return a.bounded || a.capped }

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

// measured2 reports whether a unit of measure begins at token i, and where it ends.
func (r *Reader) measured2(i, end int32) (int32, bool) {
	k := i
	if k < end && (r.d.Tokens[k].Tag == text.JJ || r.d.Tokens[k].Tag == text.NN) && k+1 < end && (r.d.Form(k) == "square" || r.d.Form(k) == "cubic" || r.d.Form(k) == "metric" || r.d.Form(k) == "nautical") {
		k++
	}
	if k >= end || r.w[k].traits&measure == 0 {
		return i, false
	}
	t := &r.d.Tokens[k]
	if t.Shape&text.HasUpper != 0 && t.End-t.Start > 3 || t.Tag == text.VBD {
		return i, false
	}
	if t.End-t.Start == 1 && k+1 < end && r.d.Tokens[k+1].Tag == text.Stop {
		return i, false
	}
	return k + 1, true
}

// plain reports whether a noun is one of which "one" counts: a person, no day or thing.
func (r *Reader) plain(noun int32) bool {
	return noun >= 0 && r.person(noun)
}

// bareNumber reports whether a number that counts nothing known is no figure: a
// year, an hour, a label, a score.
func (r *Reader) bareNumber(t *text.Token, i, next, noun int32, a amount, s text.Sentence) bool {
	digit := t.Shape&text.HasDigit != 0
	if i > s.First {
		p, w := &r.d.Tokens[i-1], r.w[i-1]
		if w.traits&(label|month) != 0 && w.traits&many == 0 && digit {
			return true
		}
		if p.Tag == text.NNP && digit && noun < 0 {
			return true
		}
		if p.End == t.Start && p.Tag != text.LeftB && p.Tag != text.OpenQ && digit && p.Tag != text.Dollar {
			return true // "#5", "A-12"
		}
	}
	if next < s.End {
		x, w := &r.d.Tokens[next], r.w[next]
		if w.traits&month != 0 || x.Lower == hashAm || x.Lower == hashPm || r.clock(next) {
			return true
		}
		if x.Tag == text.NNP && digit && noun < 0 {
			return true // "6740 N. Clark St."
		}
		if w.traits&street != 0 || x.Tag == text.RightB && i > s.First && r.d.Tokens[i-1].Tag == text.LeftB {
			return true
		}
	}
	if noun < 0 {
		if !a.known || r.bounds(a) || a.approximate {
			return false
		}
		// A number that counts nothing we can name is left out, save before "of".
		return !(next < s.End && r.d.Tokens[next].Lower == hashOf) || a.one
	}
	if digit && a.known && a.value >= 1500 && a.value < 2100 && t.End-t.Start == 4 && !r.bounds(a) && r.w[noun].traits&many == 0 {
		return true
	}
	return r.w[noun].traits&street != 0
}

// clock reports whether token i says that the number before it is an hour.
func (r *Reader) clock(i int32) bool {
	switch strings.ToLower(r.d.Form(i)) {
	case "a.m.", "p.m.", "o'clock", "o’clock", "a.m", "p.m", "st", "nd", "rd", "th", "gmt", "utc":
		return true
	}
	return false
}

// counted is the noun that the number [i, next) counts, -1 for none.
func (r *Reader) counted(i, next int32, s text.Sentence) (int32, int32) {
	tok := r.d.Tokens
	// The nouns right after the number, with the adjectives before them.
	noun := int32(-1)
	for k := next; k < s.End && k < next+8; k++ {
		t := &tok[k]
		if r.w[k].object != noUnit && (t.Tag.Proper() || t.Lower == hashShot) || t.Tag.Proper() && r.w[k].state != noUnit {
			break // a headline's verb
		}
		if (t.Tag.Noun() || t.Tag == text.JJ && r.person(k) && !(k+1 < s.End && tok[k+1].Tag.Noun())) && r.mask[k]&(inDate|inPerson) == 0 {
			if noun >= 0 && (r.w[k].state == hostages && r.w[k].noun == noUnit || tok[noun].Tag == text.NNS && t.Tag == text.NNP || r.ageWord(k)) {
				break
			}
			noun = k
			continue
		}
		if noun >= 0 {
			if t.Tag == text.CC && k+1 < s.End && noun == k-1 && false {
				continue
			}
			break
		}
		if t.Lower == hashOther || t.Lower == hashOthers || t.Lower == hashMore {
			if k+1 >= s.End || !tok[k+1].Tag.Noun() && tok[k+1].Tag != text.JJ {
				return k, k + 1
			}
			continue
		}
		switch t.Tag {
		case text.JJ, text.VBN, text.VBG, text.JJR, text.JJS, text.POS, text.CD:
			if t.Head > k || t.Rel == text.Amod || t.Rel == text.Compound || t.Rel == text.Nummod {
				if r.w[k].state != noUnit && t.Head <= k {
					return -1, 0
				}
				continue
			}
			if t.Tag == text.VBN && k == next && k+1 < s.End && tok[k+1].Tag == text.NNS {
				r.mark(k+1, r.w[k].object) // "the three murdered priests"
				continue
			}
			return -1, 0
		case text.Comma:
			if k > next && tok[k-1].Tag == text.JJ && k+1 < s.End && tok[k+1].Tag == text.JJ {
				continue
			}
			return -1, 0
		}
		return -1, 0
	}
	if noun >= 0 && tok[noun].Tag.Proper() && r.mask[noun]&inName != 0 && tok[noun].Tag != text.NNPS {
		if tok[i].Shape&text.HasDigit != 0 {
			return -1, 0
		}
	}
	return noun, noun + 1
}

// phrase2 is the words [i, end) without "other", "more" and the like in front.
func (r *Reader) phrase2(i, end int32) string {
	for i < end-1 && (r.d.Tokens[i].Lower == hashOther || r.d.Tokens[i].Lower == hashMore || r.w[i].traits&multiplier != 0) {
		i++
	}
	if i >= end || r.d.Tokens[i].Lower == hashMore {
		return ""
	}
	return r.d.Words(text.Range{First: i, End: end})
}

// ofPhrase reads "of its citizens" from its "of" at i: the words of what is
// counted and where they end. The words are empty after a mere pronoun.
func (r *Reader) ofPhrase(i, end int32) (string, int32) {
	k := i + 1
	for k < end {
		switch t := &r.d.Tokens[k]; t.Tag {
		case text.DT, text.PRPS, text.PDT:
			k++
			continue
		case text.PRP:
			return "", k + 1
		case text.CD:
			return "", i
		}
		break
	}
	first, noun := k, int32(-1)
	for ; k < end && k < first+8; k++ {
		t := &r.d.Tokens[k]
		if t.Tag.Noun() {
			if r.mask[k]&inDate != 0 {
				break
			}
			noun = k
		} else if noun >= 0 || t.Tag != text.JJ && t.Tag != text.VBN && t.Tag != text.VBG && t.Tag != text.POS {
			if noun >= 0 && t.Tag == text.POS && k+1 < end {
				continue
			}
			break
		}
	}
	if noun < 0 {
		if first < end && r.w[first].state != noUnit {
			return "", first + 1 // "two of the wounded"
		}
		if first > i+1 && first < end && r.d.Tokens[first].Tag == text.JJ {
			return "", first + 1
		}
		if first > i+1 {
			return "", first
		}
		return "", i
	}
	return r.d.Words(text.Range{First: first, End: noun + 1}), noun + 1
}

// beside finds by the words on either side of the expression [i, end) what those
// counted suffered, and where the expression ends with an adjective that says so.
func (r *Reader) beside(i, end int32, s text.Sentence) (u unit, after, cause int32) {
	tok := r.d.Tokens
	if k := i - 1; k >= s.First {
		for k > s.First && (tok[k].Tag == text.RB && r.w[k].object == noUnit || r.w[k].traits&fatally != 0) {
			k--
		}
		w := r.w[k]
		if w.object != noUnit && r.verbal(k) && r.fact[k]&passive == 0 && !r.unreal(k) && (tok[k].Rel != text.ACL || tok[k].Tag == text.VBG) && tok[k].Rel != text.Amod {
			return r.result2(k, w.object), end, k
		}
		if tok[k].Lower == hashTo && k > s.First && (tok[k-1].Lemma == hashInjury || tok[k-1].Lemma == hashWound) {
			return wounded, end, k // "injuries to two others"
		}
		if w.traits&dead != 0 && k-1 >= s.First && r.w[k-1].object == wounded {
			return killed, end, k // "shot dead two"
		}
	}
	for k, n := end, 0; k < s.End && n < 8; k, n = k+1, n+1 {
		w := r.w[k]
		t := &tok[k]
		switch {
		case w.state != noUnit && t.Rel != text.Amod, w.state != noUnit && k == end && !(k+1 < s.End && tok[k+1].Tag.Noun()):
			u = w.state
			if w.object != noUnit {
				u = r.result(k, w.object)
			}
			if r.unreal(k) {
				return noUnit, end, k
			}
			return u, k + 1, k
		case w.object != noUnit && (t.Tag == text.VBN || t.Tag.Proper() && r.verbal(k) || t.Tag == text.VBD && (k > end || r.bare(k)) || t.Tag == text.NN && t.Lower == hashShot && k == end):
			if r.unreal(k) || k+1 < s.End && (tok[k+1].Tag == text.DT || tok[k+1].Tag == text.PRPS || tok[k+1].Tag == text.CD) {
				return noUnit, end, k
			}
			return r.result(k, w.object), end, k
		case w.does == killed && r.verbal(k):
			if r.unreal(k) {
				return noUnit, end, k
			}
			return killed, end, k
		case w.traits&filler != 0:
		case t.Lower == hashMore || t.Lower == hashOthers || t.Tag == text.RB && t.Lower != hashNot && t.Lower != hashNt:
		default:
			return noUnit, end, k
		}
	}
	return noUnit, end, end
}

// verbal reports whether token i is a verb, or a capitalised word of a headline
// that can be one.
func (r *Reader) verbal(i int32) bool {
	t := &r.d.Tokens[i]
	return t.Tag.Verb() || t.Tag.Proper() && t.Shape&(text.FirstUpper|text.HasLower) == text.FirstUpper|text.HasLower
}

// result2 is result for a verb in front of its object.
func (r *Reader) result2(i int32, u unit) unit {
	if u == wounded && (r.fact[i]&deadly != 0 || i > 0 && r.w[i-1].traits&fatally != 0) {
		return killed
	}
	return u
}

// currency reads a currency's name after its number.
func (r *Reader) currency(i, end int32, a amount) (string, int32) {
	if i >= end {
		return "", i
	}
	t, w := &r.d.Tokens[i], r.w[i]
	if i+1 < end {
		x := &r.d.Tokens[i+1]
		if x.Tag.Noun() {
			h := text.HashLower(strings.TrimSuffix(r.d.Form(i+1), "s"))
			if code, ok := nations()[[2]uint32{t.Lower, h}]; ok {
				return code, i + 2
			}
			if (r.d.Form(i) == "US" || r.d.Form(i) == "U.S.") && r.w[i+1].money == "USD" {
				return "USD", i + 2
			}
		}
	}
	if w.money != "" && (t.Tag.Noun() || t.Tag == text.Dollar || t.Shape&text.HasLower == 0) {
		return w.money, i + 1
	}
	if (t.Lower == hashPounds || t.Lower == hashPound) && a.value >= 1e6 && !(i+1 < end && r.d.Tokens[i+1].Lower == hashOf) {
		return "GBP", i + 1
	}
	return "", i
}

// ageWord reports whether token k says that an age follows.
func (r *Reader) ageWord(k int32) bool {
	h := r.d.Tokens[k].Lower
	return h == hashAged || h == hashAge || h == hashAges
}

// age reports whether the number [i, next) is an age, and where what says so
// ends after it.
func (r *Reader) age(i, next int32, s text.Sentence) (int32, bool) {
	tok := r.d.Tokens
	if next < s.End && tok[next].Lower == hashYearOld {
		return next + 1, true
	}
	if next+1 < s.End && tok[next].Lemma == hashYear {
		if tok[next+1].Lower == hashOld {
			return next + 2, true
		}
		if next+2 < s.End && tok[next+1].Lower == hashOf && tok[next+2].Lower == hashAge {
			return next + 3, true
		}
	}
	if i-1 < s.First {
		return next, false
	}
	v, _, ok := digits(r.d.Form(i))
	small := ok && v <= 120 && next == i+1 && tok[i].Shape == text.HasDigit
	if r.ageWord(i-1) || i-2 >= s.First && tok[i-1].Lower == hashBetween && r.ageWord(i-2) {
		return next, true
	}
	if !small {
		return next, false
	}
	p := &tok[i-1]
	// "ages 13, 17 and 19"
	if (p.Tag == text.Comma || p.Lower == hashAnd) && i-2 >= s.First && len(r.found) > 0 {
		k := i - 2
		if tok[k].Tag == text.Comma && k > s.First {
			k--
		}
		if f := &r.found[len(r.found)-1]; f.Unit == ledger.UnitAge && f.End == int(tok[k].End) && r.mask[k]&inFigure != 0 && tok[k].Shape == text.HasDigit && !(next < s.End && tok[next].Tag.Noun()) {
			return next, true
		}
	}
	// "Varn, 34, said", "her brother (12)"
	if p.Tag != text.Comma && p.Tag != text.LeftB || i-2 < s.First {
		return next, false
	}
	b := &tok[i-2]
	if !(b.Tag.Proper() || b.Tag == text.NN && r.person(i-2)) || r.w[i-2].traits&month != 0 || v < 1 {
		return next, false
	}
	if next >= s.End {
		return next, r.mask[i-2]&inPerson != 0
	}
	switch x := &tok[next]; {
	case p.Tag == text.LeftB:
		return next, x.Tag == text.RightB && r.mask[i-2]&inPerson != 0 || x.Tag == text.RightB && b.Tag == text.NN
	case x.Tag == text.Comma, x.Tag == text.Stop, x.Tag == text.Colon, x.Lower == hashOf, (x.Tag.Verb() || x.Tag == text.CC) && b.Tag == text.NNP:
		return next, true
	case x.Tag == text.CC, x.Tag.Verb(), x.Tag == text.LeftB, x.Tag == text.IN:
		return next, r.mask[i-2]&inPerson != 0
	}
	return next, false
}

// hyphened reads a compound that begins with a number: "34-year-old", "5-kilometre".
func (r *Reader) hyphened(i int32, s text.Sentence) int32 {
	t := &r.d.Tokens[i]
	form := r.d.Form(i)
	if len(form) > 64 || r.mask[i]&inDate != 0 {
		return i + 1
	}
	head, rest, ok := strings.Cut(form, "-")
	if !ok {
		return i + 1
	}
	var v float64
	if x, n, ok := digits(head); ok && n == len(head) {
		v = x
	} else {
		w := words()[text.HashLower(head)]
		if w == nil || w.traits&numeral == 0 {
			return i + 1
		}
		v = w.n
		// "twenty-three-year-old"
		if more, after, ok := strings.Cut(rest, "-"); ok && v >= 20 {
			if x := words()[text.HashLower(more)]; x != nil && x.traits&numeral != 0 && x.n < 10 {
				v += x.n
				rest = after
			}
		}
	}
	f := ledger.Figure{}
	unitWord, old, _ := strings.Cut(rest, "-")
	end := i + 1
	h := text.HashLower(unitWord)
	if old == "" && end < s.End && r.d.Tokens[end].Lower == hashOld {
		old = "old"
		end++
	}
	if old == "old" || old == "olds" {
		switch h {
		case hashYear:
		case hashMonth:
			v /= 12
		case hashWeek:
			v *= 7 / 365.25
		case hashDays:
			v /= 365.25
		default:
			return i + 1
		}
		f.Unit = ledger.UnitAge
		if k := t.Head; k >= end && k < end+6 && t.Rel == text.Amod && r.d.Tokens[k].Tag.Noun() {
			f.Of = r.d.Form(k)
		}
		r.add(i, end, &f, exact(v))
		return end
	}
	if w := words()[h]; old == "" && w != nil && w.traits&measure != 0 {
		f.Unit, f.Of = ledger.UnitMeasure, unitWord
		r.add(i, end, &f, exact(v))
	}
	return i + 1
}

// nobody reads "no casualties", "no one was killed", "both men died": figures
// only of people and of what they suffered.
func (r *Reader) nobody(i int32, s text.Sentence) int32 {
	t := &r.d.Tokens[i]
	next := i + 1
	a := exact(0)
	noun := int32(-1)
	if t.Lower == hashBoth {
		a = exact(2)
	}
	end := next
	if t.Lower == hashNo && next < s.End && r.d.Tokens[next].Lower == hashOne {
		end, noun = next+1, next
	} else if t.Lower == hashNo || t.Lower == hashBoth || r.w[i].n == 0 && t.Tag == text.DT {
		noun, _ = r.counted(i, next, s)
		if noun >= 0 {
			end = noun + 1
		} else if t.Lower == hashBoth && next < s.End && r.d.Tokens[next].Lower == hashOf {
			_, end = r.ofPhrase(next, s.End)
		}
	} else if next < s.End && r.d.Tokens[next].Lower == hashOf {
		_, end = r.ofPhrase(next, s.End)
	}
	u := r.unit[i]
	f := ledger.Figure{}
	if noun >= 0 {
		u = max(u, r.unit[noun])
		if r.d.Tokens[noun].Lower != hashOne {
			f.Of = r.phrase2(next, noun+1)
		}
		if r.d.Tokens[noun].Lemma == hashCasualty && t.Lower != hashBoth {
			u = killed
		}
	}
	if x, _, _ := r.beside(i, end, s); u == noUnit {
		u = x
	}
	if u == noUnit || u == attackers || t.Lower == hashNo && noun < 0 {
		return next
	}
	if noun >= 0 && r.w[noun].noun == u {
		f.Of = ""
	}
	if noun < 0 && t.Lower == hashBoth && r.unit[i] == noUnit {
		// "both killed and wounded"
		return next
	}
	f.Unit = unitName[u]
	r.add(i, end, &f, a)
	return end
}

var hashCasualty = text.Hash("casualty")

// before takes in what stands before a number at i and bears on it, and returns
// where the expression begins.
func (r *Reader) before(i, first int32, a *amount) int32 {
	tok := r.d.Tokens
	low := func() {
		if a.known {
			a.low, a.bounded = a.value, true
		}
	}
	high := func() {
		if a.known {
			a.high, a.capped = a.value, true
		}
	}
	at := func(k int32) uint32 {
		if k >= first {
			return tok[k].Lower
		}
		return 0
	}
	if a.capped && a.bounded && at(i-1) == hashBetween {
		i--
	}
	for n := 0; n < 4 && i-1 >= first; n++ {
		h := tok[i-1].Lower
		if r.mask[i-1]&(inFigure|inDate) != 0 {
			break
		}
		k := i - 1
		switch {
		case h == hashLeast && at(i-2) == hashAt:
			k = i - 2
			low()
		case h == hashMost && at(i-2) == hashAt:
			k = i - 2
			high()
		case h == hashThan && i-2 >= first:
			p := at(i - 2)
			no := at(i-3) == hashNo || at(i-3) == hashNot
			switch p {
			case hashMore, hashGreater, hashHigher:
				if no {
					high()
				} else {
					low()
				}
			case hashLess, hashFewer, hashLower:
				if no {
					low()
				} else {
					high()
				}
			default:
				return i
			}
			k = i - 2
			if no {
				k--
			}
		case h == hashTo && at(i-2) == hashUp:
			k = i - 2
			high()
		case h == hashTo && at(i-2) == hashClose:
			k = i - 2
			a.approximate = true
		case h == hashAs && (at(i-2) == hashMany || at(i-2) == hashMuch) && at(i-3) == hashAs:
			k = i - 3
			high()
		case h == hashAs && (at(i-2) == hashFew) && at(i-3) == hashAs:
			k = i - 3
			low()
		case h == hashOver || h == hashAbove || h == hashExceeding:
			low()
			if at(k-1) == hashWell {
				k--
			}
		case h == hashUnder && tok[i-1].Rel != text.Case || h == hashBelow:
			high()
		case h == hashOf:
			switch p := at(i - 2); {
			case p == hashTotal && (at(i-3) == hashA || at(i-3) == hashAn):
				k = i - 3
			case p == hashMinimum && at(i-3) == hashA:
				k = i - 3
				low()
			case p == hashMaximum && at(i-3) == hashA:
				k = i - 3
				high()
			case p == hashUpwards || p == hashUpward:
				k = i - 2
				low()
			case p == hashExcess && at(i-3) == hashIn:
				k = i - 3
				low()
			default:
				return i
			}
		case h == hashEstimated && (at(i-2) == hashAn || at(i-2) == hashA):
			k = i - 2
			a.approximate = true
		case (h == hashFurther || h == hashAdditional) && (at(i-2) == hashA || at(i-2) == hashAn):
			k = i - 2
		case h == hashAnother || h == hashOnly || h == hashJust:
		case r.w[i-1].traits&approx != 0:
			a.approximate = true
		default:
			return i
		}
		i = k
	}
	return i
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
