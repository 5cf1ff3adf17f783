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
	t, w := &r.d.Tokens[i], r.w[i]
	if n := int32(len(r.d.Tokens)); i > 0 && i+1 < n && r.d.Tokens[i-1].Tag == text.LeftB && r.d.Tokens[i+1].Tag == text.RightB {
		return // the agency of a dateline: "LIMA (EFE) --"
	}
	if w.object|w.state|w.noun|w.of != noUnit || t.Tag == text.NNPS || w.traits&many != 0 && t.Tag.Proper() {
		return
	}
	f := ledger.Figure{Unit: unitName[r.unit[i]]}
	x, of := text.Range{First: i, End: i + 1}, text.Range{}
	switch {
	case r.mask[i]&inPerson != 0, t.Tag == text.NNP && r.mask[i]&(inName|inPlace) == inName && r.strange(i):
		x = r.name(i)
		of = x
	case t.Tag == text.NNP && r.mask[i]&(inName|inDate) == 0 && r.meaningless(i) && r.stops(i):
		x = r.capitals(i)
		of = x
	case t.Lower == hashHe, t.Lower == hashShe, t.Lower == hashHim, t.Tag == text.PRP && t.Lower == hashHer:
	case r.aged(i) && (t.Rel != text.Amod || t.Head < i || t.Head > i+mostNoun || !r.person(t.Head)):
		r.mask[i] &^= inFigure // its age is another figure
		of = x
	case (t.Tag == text.NN || t.Tag == text.NNP && r.mask[i]&inName == 0 || t.Tag == text.JJ || t.Tag == text.UH) && r.person(i) && !among(t.Lower, nobodies):
		if x, of = r.described(i); of.Empty() {
			return
		}
	default:
		return
	}
	// A figure may have begun in the words before.
	for k := x.First; k < x.End; k++ {
		if r.mask[k]&inFigure != 0 {
			x.First = k + 1
		}
	}
	if x.Empty() {
		return
	}
	f.Of = r.d.Words(of)
	r.add(x.First, x.End, &f, exact(1))
	last := &r.found[len(r.found)-1]
	last.weak, last.head = r.weak[i], i
}

// name is the name that token i stands in.
func (r *Reader) name(i int32) text.Range {
	x := text.Range{First: r.names[i], End: i + 1}
	for int(x.End) < len(r.names) && r.names[x.End] == x.First {
		x.End++
	}
	return x
}

const longestName = 6 // capitalised words on either side of one

// capitals is the run of capitalised words around token i that mean nothing
// but a name.
func (r *Reader) capitals(i int32) text.Range {
	x := text.Range{First: i, End: i + 1}
	part := func(k int32) bool {
		return r.d.Tokens[k].Tag == text.NNP && r.mask[k] == 0 && r.w[k] == &unknown
	}
	for x.First > 0 && i-x.First < longestName && part(x.First-1) {
		x.First--
	}
	for int(x.End) < len(r.d.Tokens) && x.End-i < longestName && part(x.End) {
		x.End++
	}
	return x
}

// meaningless reports whether the word i is none that the reader knows.
func (r *Reader) meaningless(i int32) bool {
	return r.w[i] == &unknown && lexicon.Of(r.d.Tokens[i].Lower) == 0
}

// described is the noun phrase whose head is i, and the words in it that say
// who is meant; those are none where that is nobody in particular.
func (r *Reader) described(i int32) (x, of text.Range) {
	x = text.Range{First: i, End: i + 1}
	for first := max(r.t.Phrase(i).First, i-longestName); x.First > first && r.modifies(x.First-1); {
		x.First--
	}
	of = x
	if t := &r.d.Tokens[x.First]; t.Tag == text.DT || t.Tag == text.PRPS {
		if among(t.Lower, anyone) {
			return x, text.Range{}
		}
		of.First++
	}
	return x, of
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

// modifies reports whether token k belongs to the noun that follows it.
func (r *Reader) modifies(k int32) bool {
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
