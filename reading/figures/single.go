package figures

import (
	"strings"

	"hearsay/ledger"
	"hearsay/reading/lexicon"
	"hearsay/text"
)

// anyone are the determiners of what stands for nobody in particular.
var anyone = hashes("each", "every", "any", "either", "neither", "no", "what", "which", "whatever")

// nobodies are words for a person that mean nobody in particular.
var nobodies = hashes("someone", "somebody", "anyone", "anybody", "everyone", "everybody", "whoever", "nobody", "other", "one", "people", "figure", "member")

// singles adds a figure of one for each person, named or described, of whom the
// text says what befell him, without a number.
func (r *Reader) singles() {
	for i := range r.d.Tokens {
		if u := r.unit[i]; u == noUnit || u == attackers || u == displaced || r.mask[i]&inFigure != 0 && !r.aged(int32(i)) {
			continue
		}
		r.single(int32(i))
	}
}

// single adds the person whom token i means, if it means one.
func (r *Reader) single(i int32) {
	t := &r.d.Tokens[i]
	f := ledger.Figure{Unit: unitName[r.unit[i]]}
	first, end := i, i+1
	switch {
	case r.w[i].object|r.w[i].state|r.w[i].noun|r.w[i].of != noUnit, t.Tag == text.NNPS || r.w[i].traits&many != 0 && t.Tag.Proper():
		return
	case r.mask[i]&inPerson != 0, t.Tag == text.NNP && r.mask[i]&inName != 0 && r.mask[i]&inPlace == 0 && r.strange(i):
		for first > 0 && r.names[first-1] == r.names[i] && first > r.names[i] {
			first--
		}
		for int(end) < len(r.names) && r.names[end] == r.names[i] {
			end++
		}
		f.Of = r.d.Words(text.Range{First: first, End: end})
	case t.Tag == text.PRP:
		if t.Lower != hashHe && t.Lower != hashShe && t.Lower != hashHim && t.Lower != hashHer {
			return
		}
	case t.Tag == text.NNP && r.mask[i]&(inName|inDate) == 0 && r.stops(i) && r.w[i] == &unknown && lexicon.Of(t.Lower) == 0:
		for first > 0 && i-first < 6 && r.d.Tokens[first-1].Tag == text.NNP && r.mask[first-1] == 0 && r.w[first-1] == &unknown {
			first--
		}
		for int(end) < len(r.d.Tokens) && end-i < 6 && r.d.Tokens[end].Tag == text.NNP && r.mask[end] == 0 && r.w[end] == &unknown {
			end++
		}
		f.Of = r.d.Words(text.Range{First: first, End: end})
	case r.aged(i) && (t.Rel != text.Amod || t.Head < i || t.Head > i+4 || !r.person(t.Head)):
		f.Of = r.d.Form(i)
		r.add(i, i+1, &f, exact(1))
		r.found[len(r.found)-1].weak = r.weak[i]
		return
	case (t.Tag == text.NN || t.Tag == text.NNP && r.mask[i]&inName == 0 || t.Tag == text.JJ || t.Tag == text.UH) && r.person(i) && !among(t.Lower, nobodies):
		p := r.t.Phrase(i)
		for first > p.First && first > i-6 && r.modifies(first-1, i) {
			first--
		}
		of := first
		if r.d.Tokens[of].Tag == text.DT || r.d.Tokens[of].Tag == text.PRPS {
			if h := r.d.Tokens[of].Lower; h == hashNo || r.w[of].traits&none != 0 || among(h, anyone) {
				return
			}
			of++
		}
		f.Of = r.d.Words(text.Range{First: of, End: end})
	default:
		return
	}
	// A figure may have begun in the words before.
	for k := first; k < end; k++ {
		if r.mask[k]&inFigure != 0 {
			first = k + 1
		}
	}
	if first >= end {
		return
	}
	r.add(first, end, &f, exact(1))
	x := &r.found[len(r.found)-1]
	x.weak, x.head = r.weak[i], i
}

// strange reports whether the name that token i stands in has no word with a
// meaning of its own, as those of people have none.
func (r *Reader) strange(i int32) bool {
	for k := r.names[i]; int(k) < len(r.names) && r.names[k] == r.names[i]; k++ {
		if c := lexicon.Of(r.d.Tokens[k].Lower); r.w[k] != &unknown || c&^(lexicon.Title|lexicon.Person) != 0 {
			return false
		}
	}
	return true
}

// stops reports whether the sentence of token i ends with a full stop, as
// headlines do not: in those a capital means nothing.
func (r *Reader) stops(i int32) bool {
	end := r.sentenceEnd(i)
	for k := end - 1; k > i && k > end-4; k-- {
		if r.d.Tokens[k].Tag == text.Stop {
			return true
		}
	}
	return false
}

// modifies reports whether token k stands in the noun phrase of i and before it.
func (r *Reader) modifies(k, i int32) bool {
	switch t := &r.d.Tokens[k]; t.Rel {
	case text.Det, text.Amod, text.Compound, text.NmodPoss, text.Nummod:
		return t.Tag != text.Comma
	}
	return false
}

// person reports whether the noun i means a human being.
func (r *Reader) person(i int32) bool {
	t := &r.d.Tokens[i]
	c := lexicon.Of(t.Lemma)
	if c == 0 {
		c = lexicon.Of(t.Lower)
	}
	if c&(lexicon.Person|lexicon.Kin) != 0 || r.w[i].traits&(assailant|many|human) != 0 {
		return true
	}
	if t.Tag == text.NN {
		f := r.d.Form(i)
		if len(f) > 6 && (strings.HasSuffix(f, "man") || strings.HasSuffix(f, "woman")) && !strings.HasSuffix(f, "human") && f != "talisman" {
			return true // "ferryman"
		}
	}
	return r.aged(i)
}

const mostNames = 1000

// survivors takes back that somebody was wounded where the text has him killed
// elsewhere, and that so many were where it says only that they were shot, and
// gives the number of the wounded or of as many dead beside it.
func (r *Reader) survivors() {
	r.dead = sized(r.dead, len(r.l.Entities))
	clear(r.dead)
	if r.deadNames == nil || len(r.deadNames) > mostNames {
		r.deadNames = map[uint32]bool{} // clearing a large map would cost each text after it
	}
	clear(r.deadNames)
	most, counted := 0.0, false
	for i := range r.found {
		f := &r.found[i]
		if f.Value == nil {
			continue
		}
		switch f.Unit {
		case ledger.UnitKilled:
			most = max(most, *f.Value)
			if *f.Value == 1 {
				if e := r.entity[f.head]; e >= 0 {
					r.dead[e] = true
				}
				r.deadNames[r.d.Tokens[f.head].Lower] = true
			}
		case ledger.UnitWounded:
			counted = counted || !f.weak && *f.Value > 1
		}
	}
	kept := r.found[:0]
	for _, f := range r.found {
		if f.Unit == ledger.UnitWounded && f.Value != nil {
			single := *f.Value == 1
			e := r.entity[f.head]
			switch {
			case single && f.weak && most > 0 && r.d.Tokens[f.head].Tag != text.NNP && r.d.Tokens[f.head].Tag != text.CD:
				continue
			case single && (e >= 0 && r.dead[e] || (f.weak || r.d.Tokens[f.head].Tag == text.NNP) && r.deadNames[r.d.Tokens[f.head].Lower]):
				if r.d.Tokens[f.head].Tag != text.CD {
					continue
				}
			case single && r.deadNames[r.d.Tokens[f.head].Lower] && r.definite(&f):
				continue
			case !single && f.weak && (counted && most > 0 || most >= *f.Value):
				f.Unit = ledger.UnitCount
			}
		}
		kept = append(kept, f)
	}
	r.found = kept
}

// definite reports whether the words of f begin with "the".
func (r *Reader) definite(f *found) bool {
	return strings.HasPrefix(r.d.Text[f.Start:f.End], "the ") || strings.HasPrefix(r.d.Text[f.Start:f.End], "The ")
}
