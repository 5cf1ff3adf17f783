package figures

import (
	"strings"

	"hearsay/text"
)

const mostNoun = 8 // tokens from a number to the noun that it counts

// counted is the noun that a number counts, -1 for none.
func (r *Reader) counted(q *quantity) int32 {
	tok := r.d.Tokens
	noun := int32(-1)
	for k := q.next; k < min(q.End, q.next+mostNoun); k++ {
		t, w := &tok[k], r.w[k]
		if t.Tag.Proper() && w.object|w.state != noUnit || t.Lower == hashShot {
			break // a headline's verb
		}
		if r.nominal(k, q.End) {
			if noun >= 0 && (w.state == hostages && w.noun == noUnit || tok[noun].Tag == text.NNS && t.Tag == text.NNP || r.ageWord(k)) {
				break
			}
			noun = k
			continue
		}
		if noun >= 0 {
			break
		}
		if t.Lower == hashOther || t.Lower == hashOthers || t.Lower == hashMore {
			if k+1 >= q.End || !tok[k+1].Tag.Noun() && tok[k+1].Tag != text.JJ {
				return k // "17 others"
			}
			continue
		}
		if !r.describes(k, q) {
			return -1
		}
	}
	if noun >= 0 && r.mask[noun]&inName != 0 && tok[noun].Tag == text.NNP && tok[q.number].Shape&text.HasDigit != 0 {
		return -1 // "6740 Clark"
	}
	return noun
}

// nominal reports whether token k may be the noun that a number before it counts.
func (r *Reader) nominal(k, end int32) bool {
	t := &r.d.Tokens[k]
	if r.mask[k]&(inDate|inPerson) != 0 {
		return false
	}
	return t.Tag.Noun() || t.Tag == text.JJ && r.person(k) && !(k+1 < end && r.d.Tokens[k+1].Tag.Noun())
}

// describes reports whether token k stands before the noun that a number counts
// and describes it.
func (r *Reader) describes(k int32, q *quantity) bool {
	tok := r.d.Tokens
	t, w := &tok[k], r.w[k]
	switch t.Tag {
	case text.JJ, text.VBN, text.VBG, text.JJR, text.JJS, text.POS, text.CD:
		if t.Head > k || t.Rel == text.Amod || t.Rel == text.Compound || t.Rel == text.Nummod {
			return w.state == noUnit || t.Head > k
		}
		if t.Tag == text.VBN && k == q.next && k+1 < q.End && tok[k+1].Tag == text.NNS {
			r.mark(k+1, w.object) // "the three murdered priests"
			return true
		}
	case text.Comma:
		return k > q.next && tok[k-1].Tag == text.JJ && k+1 < q.End && tok[k+1].Tag == text.JJ
	}
	return false
}

// nounPhrase is the words [i, end) without "other" and the like in front, empty
// where nothing else is left.
func (r *Reader) nounPhrase(i, end int32) string {
	for i < end-1 && (r.d.Tokens[i].Lower == hashOther || r.d.Tokens[i].Lower == hashMore) {
		i++
	}
	if i >= end || r.d.Tokens[i].Lower == hashMore {
		return ""
	}
	return r.d.Words(text.Range{First: i, End: end})
}

// ofPhrase reads "of its citizens" from its "of" at i: the words of what is
// counted and where they end. The words are empty after a mere pronoun; where
// there is no noun either, the end is i.
func (r *Reader) ofPhrase(i, end int32) (string, int32) {
	k := i + 1
	for k < end && (r.d.Tokens[k].Tag == text.DT || r.d.Tokens[k].Tag == text.PRPS || r.d.Tokens[k].Tag == text.PDT) {
		k++
	}
	if k >= end {
		return "", i
	}
	if r.d.Tokens[k].Tag == text.PRP {
		return "", k + 1
	}
	first, noun := k, int32(-1)
	for ; k < min(end, first+mostNoun); k++ {
		t := &r.d.Tokens[k]
		if t.Tag.Noun() {
			if r.mask[k]&inDate != 0 {
				break
			}
			noun = k
			continue
		}
		if t.Tag != text.POS && (noun >= 0 || t.Tag != text.JJ && t.Tag != text.VBN && t.Tag != text.VBG) {
			break
		}
	}
	switch {
	case noun >= 0:
		return r.d.Words(text.Range{First: first, End: noun + 1}), noun + 1
	case r.w[first].state != noUnit, first > i+1 && r.d.Tokens[first].Tag == text.JJ:
		return "", first + 1 // "two of the wounded"
	}
	return "", i
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
		if w.object != noUnit && (r.verbal(k) || r.gerund(k)) && r.fact[k]&passive == 0 && !r.unreal(k) && (tok[k].Rel != text.ACL || tok[k].Tag == text.VBG || r.obj[k] >= i) && tok[k].Rel != text.Amod {
			return r.deed(k, w.object), end, k
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

// gerund reports whether token i, a noun to the tagger, goes on after a comma or an
// "and" as a verb does: "threw a grenade, wounding three officers".
func (r *Reader) gerund(i int32) bool {
	t := &r.d.Tokens[i]
	return t.Tag == text.NN && i > 0 && (r.d.Tokens[i-1].Tag == text.Comma || r.d.Tokens[i-1].Lower == hashAnd) && strings.HasSuffix(r.d.Form(i), "ing")
}

// deed is result for a verb in front of its object.
func (r *Reader) deed(i int32, u unit) unit {
	if u == wounded && (r.fact[i]&deadly != 0 || i > 0 && r.w[i-1].traits&fatally != 0) {
		return killed
	}
	return u
}
