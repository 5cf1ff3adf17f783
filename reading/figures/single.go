package figures

import (
	"hearsay/ledger"
	"hearsay/reading/lexicon"
	"hearsay/text"
)

var (
	hashHe  = text.Hash("he")
	hashShe = text.Hash("she")
	hashHim = text.Hash("him")
	hashHer = text.Hash("her")
)

// singles adds a figure of one for each person, named or described, of whom the
// text says what befell him, without a number.
func (r *Reader) singles() {
	for i := range r.d.Tokens {
		if u := r.unit[i]; u == noUnit || u == attackers || u == displaced || r.mask[i]&inFigure != 0 {
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
	case r.mask[i]&inPerson != 0:
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
	case t.Tag == text.NN && r.person(i):
		p := r.t.Phrase(i)
		for first > p.First && first > i-6 && r.modifies(first-1, i) {
			first--
		}
		of := first
		if r.d.Tokens[of].Tag == text.DT || r.d.Tokens[of].Tag == text.PRPS {
			if h := r.d.Tokens[of].Lower; h == hashNo || r.w[of].traits&none != 0 {
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
	if c&(lexicon.Person|lexicon.Kin) != 0 || r.w[i].traits&(assailant|many) != 0 {
		return true
	}
	if t.Shape&text.HasHyphen != 0 {
		f := r.d.Form(i)
		return len(f) > 9 && f[len(f)-9:] == "-year-old"
	}
	return false
}
