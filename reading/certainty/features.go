package certainty

import (
	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/reading/tree"
	"hearsay/text"
	"hearsay/text/clusters"
)

// The templates of the features of a word that tells of an event.
const (
	fBias = iota
	fLemma
	fLemmaTag
	fClass
	fTagRel
	fConj
	fAux
	fAuxRel
	fAuxNot
	fNot
	fMark
	fMarkRel
	fAdverb
	fCopula
	fSubject
	fDet
	fCase
	fCaseLemma
	fAmod
	fGov
	fGovRel
	fGovMark
	fGovTag
	fGovClass
	fGovNot
	fGovAux
	fGov2
	fGov2Tag
	fUp
	fUpModal
	fUpNot
	fUpMark
	fClauseAux
	fClauseNot
	fClauseLemma
	fClauseTag
	fCueModal
	fCueTo
	fCueTag
	fCueNot
	fCueAux
	fOwn
	fTop
	fAsks
	fQuoted
)

const (
	mostChildren = 24 // words that hang from one and are looked at
	mostUp       = 5  // words above one that are looked at
)

// Features are those of the words of a text, for training. The zero Features
// has none.
type Features struct {
	view  view
	words *clusters.Table
}

// Reset makes f the features of d, whose tree is t and whose ledger so far is l.
func (f *Features) Reset(d *text.Doc, t *tree.Tree, l *ledger.Ledger, words *clusters.Table) {
	f.view.reset(d, t, l)
	f.words = words
}

// Of appends to dst what the score of token i depends on.
func (f *Features) Of(dst []linear.Feature, i int32) []linear.Feature {
	return f.view.features(dst, i, f.words)
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// features appends to f what the score of token i depends on: its own words,
// those that it hangs from, and the cue of its claim.
func (v *view) features(f []linear.Feature, i int32, words *clusters.Table) []linear.Feature {
	tokens := v.d.Tokens
	t, base := &tokens[i], v.first(i)
	tag, rel := uint32(t.Tag), uint32(t.Rel)
	w := v.wording[i]
	f = append(f,
		linear.Join(fBias, 0, 0, 0),
		linear.Join(fLemma, t.Lemma, 0, 0),
		linear.Join(fLemmaTag, t.Lemma, tag, 0),
		linear.Join(fClass, uint32(words.Of(t.Lower)), 0, 0),
		linear.Join(fTagRel, tag, rel, 0))
	if base != i {
		// "may fall and sink": the auxiliary of the first serves for both.
		b := &v.wording[base]
		f = append(f, linear.Join(fConj, tag, uint32(tokens[base].Tag), 0))
		if w.auxes == 0 && t.Tag == tokens[base].Tag {
			w.auxes, w.modal = b.auxes, b.modal
		}
		if w.mark == 0 {
			w.mark = b.mark
		}
	}
	auxes, not, to := uint32(w.auxes), bit(w.not), bit(w.auxes&auxTo != 0)
	f = append(f,
		linear.Join(fAux, w.modal, auxes, tag),
		linear.Join(fAuxRel, auxes, tag, rel),
		linear.Join(fAuxNot, w.modal, not, 0),
		linear.Join(fNot, not, to, tag),
		linear.Join(fMark, w.mark, to, 0),
		linear.Join(fMarkRel, w.mark, tag, rel))
	f = v.below(f, i)

	grel := uint32(tokens[base].Rel)
	if g := v.head(base); g >= 0 {
		G, gw := &tokens[g], &v.wording[g]
		f = append(f,
			linear.Join(fGov, G.Lemma, 0, 0),
			linear.Join(fGovRel, G.Lemma, grel, to),
			linear.Join(fGovMark, G.Lemma, w.mark, w.modal),
			linear.Join(fGovTag, uint32(G.Tag), grel, tag),
			linear.Join(fGovClass, uint32(words.Of(G.Lower)), grel, to),
			linear.Join(fGovNot, G.Lemma, bit(gw.not), grel),
			linear.Join(fGovAux, gw.modal, uint32(gw.auxes), grel))
		above := v.first(g)
		if g2 := v.head(above); g2 >= 0 {
			f = append(f,
				linear.Join(fGov2, tokens[g2].Lemma, grel, uint32(tokens[above].Rel)),
				linear.Join(fGov2Tag, uint32(tokens[g2].Tag), grel, uint32(tokens[above].Rel)))
		}
	} else {
		f = append(f, linear.Join(fGov, 0, 0, 0))
	}
	f = v.up(f, i, base)
	if o := v.owner[i]; o >= 0 {
		f = v.said(f, o, w, tag)
		if h := v.head(base); h < 0 || v.owner[h] != o {
			f = append(f, linear.Join(fTop, tag, w.modal, 0))
		}
	}
	if s := v.t.Sentence(i); s >= 0 && v.asks[s] {
		f = append(f, linear.Join(fAsks, tag, 0, 0))
	}
	if t.Quote > 0 {
		f = append(f, linear.Join(fQuoted, tag, 0, 0))
	}
	return f
}

// below appends what hangs from token i.
func (v *view) below(f []linear.Feature, i int32) []linear.Feature {
	tokens := v.d.Tokens
	t := &tokens[i]
	for c, n := v.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
		k := &tokens[c]
		switch k.Rel {
		case text.Advmod:
			f = append(f, linear.Join(fAdverb, k.Lower, 0, 0))
		case text.Cop:
			f = append(f, linear.Join(fCopula, uint32(t.Tag), k.Lower, 0))
		case text.Nsubj, text.NsubjPass, text.Expl:
			if k.Tag == text.PRP || k.Tag == text.DT || k.Tag == text.EX || nobodies[k.Lower] {
				f = append(f, linear.Join(fSubject, k.Lower, 0, 0))
			}
		case text.Det:
			f = append(f, linear.Join(fDet, k.Lower, 0, 0))
		case text.Case:
			f = append(f, linear.Join(fCase, k.Lower, uint32(t.Tag), 0), linear.Join(fCaseLemma, k.Lower, t.Lemma, 0))
		case text.Amod:
			f = append(f, linear.Join(fAmod, k.Lower, 0, 0))
		}
	}
	return f
}

// up appends what stands above token i, of which base is the first conjunct.
func (v *view) up(f []linear.Feature, i, base int32) []linear.Feature {
	tokens := v.d.Tokens
	t := &tokens[i]
	rel := uint32(t.Rel)
	inClause := false
	for n, u := 0, base; n < mostUp && u >= 0; n, u = n+1, v.head(u) {
		if u == i {
			continue
		}
		U, w, far := &tokens[u], &v.wording[u], bit(n > 1)
		f = append(f, linear.Join(fUp, U.Lemma, far, 0))
		if w.modal != 0 {
			f = append(f, linear.Join(fUpModal, w.modal, far, 0))
		}
		if w.not {
			f = append(f, linear.Join(fUpNot, far, bit(inClause), 0))
		}
		if w.mark != 0 {
			f = append(f, linear.Join(fUpMark, w.mark, far, 0))
		}
		if !inClause && (U.Tag.Verb() || w.auxes&auxBe != 0) {
			inClause = true
			if !t.Tag.Verb() {
				f = append(f,
					linear.Join(fClauseAux, w.modal, uint32(w.auxes), uint32(U.Tag)),
					linear.Join(fClauseNot, bit(w.not), bit(w.auxes&auxTo != 0), 0),
					linear.Join(fClauseLemma, U.Lemma, rel, 0),
					linear.Join(fClauseTag, uint32(U.Tag), rel, 0))
			}
		}
	}
	return f
}

// said appends what the cue of the claim says of a word of that wording in it.
func (v *view) said(f []linear.Feature, claim int32, w wording, tag uint32) []linear.Feature {
	cue := v.cue[claim]
	if cue < 0 || v.press[cue] {
		return append(f, linear.Join(fOwn, tag, 0, 0))
	}
	C, cw := &v.d.Tokens[cue], &v.wording[cue]
	return append(f,
		linear.Join(fCueModal, C.Lemma, w.modal, 0),
		linear.Join(fCueTo, C.Lemma, bit(w.auxes&auxTo != 0), 0),
		linear.Join(fCueTag, C.Lemma, uint32(C.Tag), 0),
		linear.Join(fCueNot, bit(cw.not), 0, 0),
		linear.Join(fCueAux, cw.modal, uint32(cw.auxes), 0))
}
