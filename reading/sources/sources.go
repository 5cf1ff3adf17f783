// Package sources says of the source of an attribution what sort of speaker it
// is and how far it is identified, of the attribution through what channel it
// was made, and of the content how much of it is quoted.
//
// It judges by the source's own words. Whom a pronoun or description means is
// for others to find; what they find goes before.
package sources

import (
	"strings"
	"sync"

	"hearsay/ledger"
	"hearsay/reading/lexicon"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Judgement is what the words of a source say of it.
type Judgement struct {
	Kind   ledger.SourceKind
	Naming ledger.Naming
	// Several is set when the source joins two or more: "Varn and Hesk". It
	// then has no single speaker.
	Several bool
	// Many is set when the words mean people in the plural, so that even a
	// proper name names nobody in particular: "Republicans".
	Many bool
}

// Judge judges the source s. An empty s is no source at all.
func Judge(d *text.Doc, t *tree.Tree, s text.Range) Judgement {
	if s.Empty() {
		return Judgement{Naming: ledger.NamingNone}
	}
	h := tree.Head(d, s)
	if a := tree.Antecedent(d, h); a >= 0 {
		// "the study, which notes", "a man who said": the words that it stands for.
		k := one(d, text.Range{First: t.Phrase(a).First, End: a + 1}, a)
		if who := d.Tokens[h].Tag == text.WP; !who || k.Kind == ledger.KindPerson || k.Kind == ledger.KindGroup || k.Kind == ledger.KindUnknown || k.Many {
			return k
		}
	}
	j := one(d, s, h)
	for c := t.Child(h); c >= 0; c = t.Next(c) {
		if x := &d.Tokens[c]; x.Rel == text.Conj && c > h && c < s.End && (x.Tag.Noun() || x.Tag == text.PRP) {
			k := one(d, text.Range{First: c, End: s.End}, c)
			if j.Naming != k.Naming {
				j.Naming = ledger.NamingUnnamed
			}
			if j.Kind != k.Kind || k.Kind == ledger.KindPerson {
				j.Kind = ledger.KindGroup
			}
			j.Several = true
		}
	}
	return j
}

// Impersonal reports whether the source s of a cue is an "it" that stands for
// nobody: "it is said that", "it has become clear that".
func Impersonal(d *text.Doc, t *tree.Tree, s, cue text.Range) bool {
	if s.Len() != 1 || d.Tokens[s.First].Lower != wordIt {
		return false
	}
	if d.Tokens[s.First].Rel == text.Expl {
		return true
	}
	h := tree.Head(d, cue)
	for i := cue.First; i < cue.End; i++ {
		if hollow()[d.Tokens[i].Lemma] {
			return true
		}
	}
	return h >= 0 && (d.Tokens[h].Lemma == lemmaBe || t.Find(d, h, text.AuxPass, text.Cop) >= 0)
}

// one judges a source whose head is h.
func one(d *text.Doc, s text.Range, h int32) Judgement {
	t := &d.Tokens[h]
	j := Judgement{Kind: ledger.KindUnknown, Naming: ledger.NamingUnnamed}
	switch {
	case t.Tag == text.PRP || t.Tag == text.PRPS || t.Tag == text.WP:
		j.Kind = pronouns()[t.Lower]
		if j.Kind == "" {
			j.Kind = ledger.KindUnknown
		}
		return j
	case t.Tag.Proper() && t.Shape&text.HasUpper != 0 && !common(d, s, h):
		return proper(d, s, h)
	}
	lemma := t.Lemma
	if lemma == 0 {
		lemma = t.Lower
	}
	c := lexicon.Of(lemma)
	if c == 0 {
		c = lexicon.Of(t.Lower)
	}
	plural := t.Tag == text.NNS || t.Tag == text.NNPS
	if lemma == wordPercent {
		j.Kind, j.Many = ledger.KindGroup, true
		return j
	}
	j.Many = plural
	j.Kind = kind(c, plural)
	if !plural && j.Kind != ledger.KindPerson && c&lexicon.Quantifier == 0 && identified(d, s, h, j.Kind) {
		j.Naming = ledger.NamingNamed
	}
	// "a chorus of critics": those that it is a number of.
	if measures()[lemma] && h+2 < s.End && d.Tokens[h+1].Lower == wordOf {
		for i := h + 2; i < s.End && i < h+8; i++ {
			x := &d.Tokens[i]
			if x.Tag == text.NNS || x.Tag == text.NNPS {
				j.Many, j.Naming, j.Kind = true, ledger.NamingUnnamed, ledger.KindGroup
				if k := lexicon.Of(x.Lemma); x.Tag == text.NNS {
					j.Kind = kind(k, true)
				}
				if j.Kind == ledger.KindUnknown {
					j.Kind = ledger.KindGroup
				}
				return j
			}
			if x.Tag == text.IN {
				break
			}
		}
	}
	// "the newspaper Arvel Courier", "spokesman Leon Abrik": the name may hang
	// from the noun.
	if h+1 < s.End && d.Tokens[h+1].Tag.Proper() && d.Tokens[h+1].Shape&text.HasUpper != 0 && !plural && t.Tag == text.NN {
		j.Naming = ledger.NamingNamed
	}
	return j
}

// common reports whether the capitalised noun h is no name, as in a headline:
// "Poll", "One Tweet".
func common(d *text.Doc, s text.Range, h int32) bool {
	c := lexicon.Of(d.Tokens[h].Lower)
	if c&(lexicon.Document|lexicon.Media) == 0 || lexicon.Named(lexicon.Sequence(0, d.Tokens[h].Lower)) != 0 || c&lexicon.Newsprint != 0 && s.Len() > 1 {
		return false
	}
	for i := s.First; i < h; i++ {
		if t := &d.Tokens[i]; t.Tag.Proper() && lexicon.Of(t.Lower)&lexicon.Quantifier == 0 {
			return false
		}
	}
	return true
}

// kind is the kind of source that a common noun means.
func kind(c lexicon.Class, plural bool) ledger.SourceKind {
	switch {
	case c&lexicon.Person != 0 && !plural:
		return ledger.KindPerson
	case c&lexicon.Authority != 0:
		return ledger.KindGovernment
	case c&lexicon.Person != 0:
		return ledger.KindGroup
	case c&lexicon.Government != 0:
		return ledger.KindGovernment
	case c&lexicon.Media != 0:
		return ledger.KindMedia
	case c&lexicon.Document != 0:
		return ledger.KindDocument
	case c&lexicon.Group != 0 && c&lexicon.Organization == 0:
		return ledger.KindGroup
	case c&lexicon.Organization != 0:
		return ledger.KindOrganization
	case c&(lexicon.Group|lexicon.Quantifier) != 0:
		return ledger.KindGroup
	}
	return ledger.KindUnknown
}

// proper judges a source whose head is a proper noun.
func proper(d *text.Doc, s text.Range, h int32) Judgement {
	j := Judgement{Kind: ledger.KindUnknown, Naming: ledger.NamingNamed}
	first, end := h, h+1
	for first > s.First && d.Tokens[first-1].Tag.Proper() {
		first--
	}
	for end < s.End && d.Tokens[end].Tag.Proper() {
		end++
	}
	name := uint64(0)
	for i := first; i < end; i++ {
		name = lexicon.Sequence(name, d.Tokens[i].Lower)
	}
	t := &d.Tokens[h]
	known := lexicon.Named(name)
	last := lexicon.Of(d.Tokens[end-1].Lower)
	switch {
	case t.Tag == text.NNPS && end-first == 1 && known&^lexicon.Group == 0:
		// "Republicans": a name of many is nobody's.
		return Judgement{Kind: ledger.KindGroup, Naming: ledger.NamingUnnamed, Many: true}
	case known&(lexicon.Government|lexicon.Place) != 0:
		j.Kind = ledger.KindGovernment
	case known&lexicon.Media != 0:
		j.Kind = ledger.KindMedia
	case known&lexicon.Group != 0:
		j.Kind = ledger.KindGroup
	case known&lexicon.Organization != 0:
		j.Kind = ledger.KindOrganization
	case lexicon.Given(d.Tokens[first].Lower) != 0:
		j.Kind = ledger.KindPerson
	case last&lexicon.Newsprint != 0 && end-first > 1:
		j.Kind = ledger.KindMedia
	case last&lexicon.Company != 0 && last&lexicon.Government != 0:
		j.Kind = ledger.KindGovernment
	case last&lexicon.Company != 0:
		j.Kind = ledger.KindOrganization
	case last&lexicon.Person != 0 && last&lexicon.Title != 0:
		j.Kind, j.Naming = ledger.KindPerson, ledger.NamingUnnamed // "the Prime Minister"
	}
	return j
}

// identified reports whether the words before h say which body or document it
// is: a name or a nationality. A document needs a name.
func identified(d *text.Doc, s text.Range, h int32, k ledger.SourceKind) bool {
	for i := s.First; i < h; i++ {
		t := &d.Tokens[i]
		if t.Tag.Proper() && t.Shape&text.HasUpper != 0 && lexicon.Of(t.Lower)&lexicon.Time == 0 {
			return true
		}
		if k == ledger.KindGovernment && lexicon.Demonym(t.Lower) {
			return true
		}
	}
	if k == ledger.KindDocument {
		return false
	}
	// "the government of Valdria"
	return h+2 < s.End && (d.Tokens[h+1].Lower == wordOf) && (d.Tokens[h+2].Tag.Proper() || h+3 < s.End && d.Tokens[h+2].Tag == text.DT && d.Tokens[h+3].Tag.Proper())
}

// Manner says how much of the content is quoted: of its words, those that
// stand in more quotations than the cue does, which may itself be quoted. With
// no cue, cue is empty.
func Manner(d *text.Doc, cue text.Range, content []text.Range) ledger.Manner {
	base := uint8(0)
	if !cue.Empty() {
		base = d.Tokens[cue.First].Quote
		if base > 0 && len(content) > 0 && inside(cue, content) {
			base = 0
		}
	}
	quoted, words := 0, 0
	for _, c := range content {
		for i := c.First; i < c.End; i++ {
			t := &d.Tokens[i]
			if t.Shape&(text.HasLower|text.HasUpper|text.HasDigit) == 0 {
				continue
			}
			words++
			if t.Quote > base {
				quoted++
			}
		}
	}
	switch {
	case quoted == 0:
		return ledger.MannerIndirect
	case quoted == words:
		return ledger.MannerDirect
	}
	return ledger.MannerMixed
}

func inside(r text.Range, in []text.Range) bool {
	return r.First >= in[0].First && r.End <= in[len(in)-1].End
}

var (
	wordOf      = text.Hash("of")
	wordPercent = text.Hash("percent")
	wordIt      = text.Hash("it")
	lemmaBe     = text.Hash("be")
	hollow      = words("seem appear become turn happen")
	measures    = words("group number chorus array handful majority minority series pair couple dozen score crowd lot range host string wave flood all most some many several half percent")
)

var pronouns = sync.OnceValue(func() map[uint32]ledger.SourceKind {
	m := map[uint32]ledger.SourceKind{}
	for f := range strings.FieldsSeq("i he she me him her who you") {
		m[text.Hash(f)] = ledger.KindPerson
	}
	for f := range strings.FieldsSeq("we they us them everyone everybody some many others") {
		m[text.Hash(f)] = ledger.KindGroup
	}
	return m
})
