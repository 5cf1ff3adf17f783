package checkworthy

import (
	"slices"

	"hearsay/ledger"
	"hearsay/reading/lexicon"
	"hearsay/reading/tree"
	"hearsay/text"
	"hearsay/text/clusters"
)

// view is a text and its ledger with what features and rules ask of each token.
type view struct {
	d       *text.Doc
	t       *tree.Tree
	l       *ledger.Ledger
	kind    []kind   // token -> what it is, as bits
	sym     []uint32 // token -> its lemma, or the hash of the class that stands for it
	prev    []int32  // token -> the one before that is no quotation mark, -1 for none and of a quotation mark
	class   []uint8  // token -> its class of words
	sort    []sort   // token -> what it is to the rules
	violent []bool   // token -> it tells of an incident of violence or crime
	means   []bool   // token -> it means somebody named, without a name
	found   []finding
}

// kind is what a token tells of itself, as bits.
type kind uint32

const (
	isWord kind = 1 << iota
	isNumber
	isPercent
	isMoney
	isDate
	isPerson
	isBody
	isPlace
	isName   // any name
	isI      // the first person singular
	isWe     // the first person plural
	isYou    // the second person
	isThey   // the third person
	isMind   // "think", "believe", "hope"
	isOught  // "should", "must"
	isWill   // "will", "'ll"
	isMight  // "may", "could"
	isNot    // "not", "never", "no"
	isMore   // "more", "than", "highest"
	isTrend  // "rise", "cut"
	isState  // "vote", "law", "tax"
	isWrong  // "fraud", "lie"
	isPraise // "great", "terrible"
	isPast   // a verb in the past tense
	isNow    // a verb in the present tense
	isAsk    // "who", "?"
	isSaid   // "said", "according"
	isWhen   // "since", "ago", "ever", "history"
	isAll    // "all", "every", "never", "only"
)

// Hashes that stand for the words of a class.
var (
	symNumber  = text.Hash("\x00number")
	symPercent = text.Hash("\x00percent")
	symMoney   = text.Hash("\x00money")
	symDate    = text.Hash("\x00date")
	symPerson  = text.Hash("\x00person")
	symBody    = text.Hash("\x00body")
	symPlace   = text.Hash("\x00place")
	symName    = text.Hash("\x00name")
)

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// longestMention is the most tokens of a mention that are looked at: no name
// has more, and mentions may nest.
const longestMention = 40

// reset makes v the view of d, in time linear in its tokens and in what the ledger has marked.
func (v *view) reset(d *text.Doc, t *tree.Tree, l *ledger.Ledger, classes *clusters.Table) {
	v.d, v.t, v.l = d, t, l
	n := len(d.Tokens)
	v.kind, v.sym, v.class = sized(v.kind, n), sized(v.sym, n), sized(v.class, n)
	v.prev = sized(v.prev, n)
	v.sort, v.means, v.violent = sized(v.sort, n), sized(v.means, n), sized(v.violent, n)
	known := words()
	last := int32(-1)
	for i := range d.Tokens {
		tok := &d.Tokens[i]
		if v.prev[i] = -1; !quoteMark(tok.Tag) {
			v.prev[i], last = last, int32(i)
		}
		w := known[tok.Lower]
		if tok.Lemma != tok.Lower {
			l := known[tok.Lemma]
			w.kind, w.sort = w.kind|l.kind, w.sort|l.sort
		}
		k := w.kind
		v.sort[i] = w.sort
		if tok.Shape&(text.HasLower|text.HasUpper|text.HasDigit) != 0 {
			k |= isWord
		}
		v.sym[i] = tok.Lemma
		v.class[i] = classes.Of(tok.Lower)
		switch {
		case tok.Tag == text.CD || tok.Shape&text.HasDigit != 0:
			k |= isNumber
			v.sym[i] = symNumber
		case tok.Tag == text.Dollar:
			k |= isMoney
			v.sym[i] = symMoney
		case tok.Tag.Proper():
			k |= isName
			if lexicon.Of(tok.Lemma)&lexicon.Title == 0 {
				v.sym[i] = symName
			}
		case tok.Tag == text.VBD:
			k |= isPast
		case tok.Tag == text.VBZ || tok.Tag == text.VBP:
			k |= isNow
		case tok.Tag == text.MD && k&(isOught|isMight) == 0:
			k |= isWill
		}
		v.kind[i] = k
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		k, sym := isName, symName
		switch e.Type {
		case ledger.TypePerson:
			k, sym = isName|isPerson, symPerson
		case ledger.TypeOrganization:
			k, sym = isName|isBody, symBody
		case ledger.TypePlace:
			k, sym = isName|isPlace, symPlace
		}
		named := slices.ContainsFunc(e.Mentions, func(m ledger.Mention) bool { return !m.Pronoun })
		for _, m := range e.Mentions {
			x := d.Cover(m.Start, m.End)
			if m.Pronoun {
				if h := tree.Head(d, x); named && h >= 0 {
					v.means[h] = true
				}
				continue
			}
			x.End = min(x.End, x.First+longestMention)
			for i := x.First; i < x.End; i++ {
				if d.Tokens[i].Tag.Proper() {
					v.kind[i] |= k
					if v.sym[i] == symName {
						v.sym[i] = sym
					}
				}
			}
		}
	}
	for i := range l.Dates {
		x := d.Cover(l.Dates[i].Start, l.Dates[i].End)
		for i := x.First; i < x.End; i++ {
			v.kind[i] |= isDate
			if v.kind[i]&isNumber != 0 || d.Tokens[i].Tag.Proper() {
				v.sym[i] = symDate
				v.kind[i] &^= isNumber
			}
		}
	}
	for i := range l.Figures {
		f := &l.Figures[i]
		x := d.Cover(f.Start, f.End)
		k, sym := isNumber, uint32(0)
		switch {
		case f.Unit == ledger.UnitPercent:
			k, sym = isNumber|isPercent, symPercent
		case len(f.Unit) == 3:
			k, sym = isNumber|isMoney, symMoney
		}
		for i := x.First; i < x.End; i++ {
			v.kind[i] |= k
			if sym != 0 && v.sym[i] == symNumber {
				v.sym[i] = sym
			}
		}
	}
	v.find()
}
