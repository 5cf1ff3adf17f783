package dates

import (
	"hearsay/reading/tree"
	"hearsay/text"
)

// A tense is whether what an expression dates is over or to come, as far as
// the words around it tell.
type tense uint8

const (
	untold tense = iota
	past
	present
	future
)

var (
	wordBe     = text.Hash("be")
	wordHave   = text.Hash("have")
	wordDid    = text.Hash("did")
	wordWas    = text.Hash("was")
	wordWere   = text.Hash("were")
	wordNumber = text.Hash("number")
	wordNo     = text.Hash("no.")

	// achieved are verbs whose infinitive tells what was done.
	achieved = set("manage fail begin start continue refuse decline use seem appear happen come go help prove turn serve get have try force compel allow")
	// timed are verbs whose present tense tells of what is fixed for later.
	timed = set("begin start open close end expire arrive leave return depart meet visit take become go come resume mature run fall")
	// pending are adjectives and participles of what is to come.
	pending = set("due payable effective scheduled expected slated set planned available upcoming likely ready returnable deliverable redeemable eligible")
	// coming are nouns for what is fixed beforehand.
	fixture = set(`deadline meeting election vote summit talk hearing game match session expiration maturity launch visit debate conference trial
		ceremony referendum ballot poll primary convention trip tour auction date opening delivery deliveries contract primary runoff inauguration match final concert`)
	lasting = set("deadline delivery deliveries contract maturity expiration futures")
)

// tenseAt is the tense of the clause that the expression of the tokens r stands in.
func tenseAt(d *text.Doc, t *tree.Tree, r text.Range) tense {
	i := tree.Head(d, r)
	if i < 0 {
		return untold
	}
	asNoun := false
	const highest = 12 // steps up the tree; a date hangs near its verb
	for k := 0; k < highest; k++ {
		x := &d.Tokens[i]
		if k > 0 && (i < r.First || i >= r.End) {
			if x.Tag.Verb() || x.Tag == text.MD {
				v := verbTense(d, t, i, 0)
				if asNoun && v != future {
					return past
				}
				return v
			}
			if pending()[x.Lower] {
				return future
			}
			if x.Tag.Noun() && k == 1 {
				if lasting()[x.Lemma] {
					return future
				}
				asNoun = !fixture()[x.Lemma] && (possessiveOrCompound(d, t, r))
				if asNoun {
					return past
				}
			}
			if c := t.Find(d, i, text.Cop); c >= 0 {
				return verbTense(d, t, c, i)
			}
		}
		if x.Head < 0 {
			return untold
		}
		i = x.Head
	}
	return untold
}

// possessiveOrCompound reports whether the expression stands before the noun
// that it belongs to: "Friday's vote", "the Friday vote".
func possessiveOrCompound(d *text.Doc, t *tree.Tree, r text.Range) bool {
	i := tree.Head(d, r)
	return i >= 0 && d.Tokens[i].Head >= r.End
}

// verbTense is the tense of the verb v, whose auxiliaries hang from it, or
// from the predicate that it is the copula of.
func verbTense(d *text.Doc, t *tree.Tree, v, predicate int32) tense {
	top := v
	if predicate > 0 {
		top = predicate
	}
	const highest = 8
	for k := 0; k < highest; k++ {
		x := &d.Tokens[v]
		modal, have, be, was, to, did := false, false, false, false, false, false
		for c := t.Child(top); c >= 0; c = t.Next(c) {
			y := &d.Tokens[c]
			switch {
			case y.Rel != text.Aux && y.Rel != text.AuxPass && y.Rel != text.Mark && y.Rel != text.Cop || c > v && predicate == 0:
			case y.Tag == text.MD:
				modal = true
			case y.Tag == text.TO:
				to = true
			case y.Lemma == wordHave:
				have = true
			case y.Lower == wordWas || y.Lower == wordWere:
				was = true
			case y.Lemma == wordBe:
				be = true
			case y.Lower == wordDid:
				did = true
			}
		}
		switch {
		case modal && !have:
			return future
		case modal, did, have && !to:
			return past
		case to:
			// An infinitive is what its verb makes of it.
			h := d.Tokens[top].Head
			if h < 0 {
				return future
			}
			hx := &d.Tokens[h]
			if pending()[hx.Lower] || !hx.Tag.Verb() {
				if hx.Tag.Verb() || d.Tokens[top].Rel == text.ACL || pending()[hx.Lower] {
					return future
				}
				if hx.Lemma != 0 && d.Tokens[top].Rel != text.Advcl {
					return future
				}
			}
			if d.Tokens[top].Rel != text.Advcl && !achieved()[hx.Lemma] {
				return future
			}
			v, top, predicate = h, h, 0
			continue
		case was && x.Tag == text.VBN:
			if pending()[x.Lower] {
				return future
			}
			return past
		case was:
			return past
		case be && x.Tag == text.VBG:
			return future
		case be && x.Tag == text.VBN:
			if pending()[x.Lower] {
				return future
			}
			return present
		}
		switch x.Tag {
		case text.VBD:
			return past
		case text.VBN:
			if pending()[x.Lower] {
				return future
			}
			return past
		case text.VBZ, text.VBP:
			if timed()[x.Lemma] || x.Lemma == wordBe {
				return future
			}
			return present
		case text.VBG:
			if h := d.Tokens[top].Head; h >= 0 {
				if d.Tokens[h].Tag.Verb() {
					v, top, predicate = h, h, 0
					continue
				}
			}
			return untold
		}
		return untold
	}
	return untold
}
