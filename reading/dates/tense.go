package dates

import (
	"hearsay/reading/tree"
	"hearsay/text"
)

// A tense is whether what an expression dates is over or to come, as far as
// the words around it tell.
type tense uint8

const (
	untold  tense = iota
	past          // of a verb, or of what is named by its day: "Friday's attack"
	present       // may be either
	future
	limit // the date is where something ends: "until Friday"
	over  // the same in a clause of the past: "had raised the sum by March"
	label // the date tells which one is meant: "the March figures"
)

var (
	wordBe     = text.Hash("be")
	wordHave   = text.Hash("have")
	wordHas    = text.Hash("has")
	wordHad    = text.Hash("had")
	wordWas    = text.Hash("was")
	wordWere   = text.Hash("were")
	wordCan    = text.Hash("can")
	wordCould  = text.Hash("could")
	wordNumber = text.Hash("number")
	wordNo     = text.Hash("no.")
	wordUntil  = text.Hash("until")
	wordTill   = text.Hash("till")
	wordBy     = text.Hash("by")
	wordFor    = text.Hash("for")
	wordSince  = text.Hash("since")
	wordAt     = text.Hash("at")
	wordSet    = text.Hash("set")
	wordFirst  = text.Hash("first")
	wordLast   = text.Hash("last")
	wordOnly   = text.Hash("only")
	wordAs     = text.Hash("as")
	wordEarly  = text.Hash("early")
	wordSoon   = text.Hash("soon")
	wordPlan   = text.Hash("plan")

	wordThrough  = text.Hash("through")
	wordEnded    = text.Hash("ended")
	wordEnding   = text.Hash("ending")
	wordSchedule = text.Hash("schedule")
	wordIn       = text.Hash("in")

	// pending are adjectives and participles of what is to come.
	pending = set(`due payable effective scheduled expected slated planned available upcoming likely ready returnable deliverable
		redeemable eligible`)
	// achieved are verbs whose infinitive tells what was done or is, not what is to be done.
	achieved = set("manage fail begin start continue refuse decline use seem appear happen come help prove turn serve get force compel allow cause able")
	// timetabled are verbs whose present tense tells of what is fixed for later.
	timetabled = set("be begin start open close end expire arrive leave return depart meet visit take become go come resume mature run fall")
	// fixtures are nouns for what is fixed beforehand.
	fixtures = set(`deadline meeting election vote summit talk talks hearing game match session launch visit debate conference trial ceremony
		referendum ballot poll primary convention trip tour auction date opening runoff inauguration final concert rally demonstration protest march`)
	// lasting are nouns whose date is one to come.
	lasting = set("deadline delivery deliveries contract maturity expiration futures")
)

// A clause finds tenses in the trees of a text.
type clause struct {
	d *text.Doc
	t *tree.Tree
}

// tense is the tense of the clause in which the expression of the tokens r, a date of the grain g, stands.
func (c clause) tense(r text.Range, g grain) tense {
	head := tree.Head(c.d, r)
	if head < 0 {
		return untold
	}
	word := func(k int32) *text.Token {
		if r.First < k {
			return &noToken
		}
		return &c.d.Tokens[r.First-k]
	}
	switch p := word(1); {
	case pending()[p.Lower]:
		return future
	case p.Lower == wordAs && (word(2).Lower == wordEarly || word(2).Lower == wordSoon):
		return future
	case (p.Tag == text.IN || p.Tag == text.TO) && pending()[word(2).Lower]:
		return future
	case p.Lower == wordSince:
		return past
	case p.Lower == wordFor && g == day && c.alone(r):
		return future
	case p.Lower == wordUntil || p.Lower == wordTill:
		if c.t.Sentence(r.First-1) != c.t.Sentence(max(r.First-2, 0)) && c.above(head, r) == past {
			return past // "Until Friday, nobody had seen it."
		}
		return limit
	case p.Lower == wordBy || p.Lower == wordThrough:
		switch c.above(head, r) {
		case future:
			return future
		case past:
			return over
		}
		return limit
	}
	return c.above(head, r)
}

// alone reports whether no noun follows r that r belongs to: "for Friday", not "for Friday's attack".
func (c clause) alone(r text.Range) bool {
	if int(r.End) == len(c.d.Tokens) {
		return true
	}
	x := &c.d.Tokens[r.End]
	return x.Tag != text.POS && !x.Tag.Noun() && x.Tag != text.JJ
}

// above is the tense of the verb over the token i, the head of the expression r.
func (c clause) above(i int32, r text.Range) tense {
	const highest = 10 // steps up the tree: a date hangs near its verb
	known, fixed := false, false
	for range highest {
		h := c.d.Tokens[i].Head
		if h < 0 {
			return untold
		}
		x := &c.d.Tokens[h]
		switch inside := h >= r.First && h < r.End; {
		case inside:
		case (x.Lemma == wordPlan || x.Lemma == wordSchedule) && h != r.First-1:
			return future // what was planned on Friday is planned at once, what was planned for it later
		case x.Tag.Verb(), x.Tag == text.MD:
			return c.noun(c.verb(h, h, highest), known, fixed)
		case pending()[x.Lower]:
			return future
		default:
			if x.Tag.Noun() && !known {
				if lasting()[x.Lower] {
					if c.above(h, text.Range{First: h, End: h + 1}) == past {
						return over
					}
					return limit
				}
				fixed = fixtures()[x.Lemma]
				known = h >= r.End // "Friday's vote", "the March vote"
			}
			if v := c.t.Find(c.d, h, text.Cop); v >= 0 {
				return c.noun(c.verb(v, h, highest), known, fixed)
			}
		}
		i = h
	}
	return untold
}

// noun is the tense of an expression that tells which thing a noun means, in a
// clause of the tense t; fixed says that the noun means what is fixed beforehand.
func (c clause) noun(t tense, tells, fixed bool) tense {
	if tells && !(fixed && t == future) {
		return label
	}
	return t
}

// verb is the tense of the verb v, whose auxiliaries hang from top: from
// itself, or from the predicate of which it is the copula. depth bounds how far up it looks.
func (c clause) verb(v, top int32, depth int) tense {
	if depth == 0 {
		return untold
	}
	x := &c.d.Tokens[v]
	var modal, able, to, had, have, was, be bool
	for k := c.t.Child(top); k >= 0 && (k < v || top != v); k = c.t.Next(k) {
		y := &c.d.Tokens[k]
		switch {
		case y.Rel != text.Aux && y.Rel != text.AuxPass && y.Rel != text.Mark && y.Rel != text.Cop:
		case y.Lower == wordCan || y.Lower == wordCould:
			able = true
		case y.Tag == text.MD:
			modal = true
		case y.Tag == text.TO:
			to = true
		case y.Lower == wordHad || y.Tag == text.VBD && y.Lower != wordWas && y.Lower != wordWere:
			had = true
		case y.Lower == wordHave || y.Lower == wordHas:
			have = true
		case y.Lower == wordWas || y.Lower == wordWere:
			was = true
		case y.Lemma == wordBe:
			be = true
		}
	}
	switch {
	case modal && !have:
		return future
	case had, have && !to, modal:
		return past
	case able:
		return untold
	case to:
		return c.infinitive(top, depth-1)
	case was:
		return past
	case be && x.Tag == text.VBG:
		return future
	}
	switch x.Tag {
	case text.VBD:
		return past
	case text.VBZ, text.VBP:
		if timetabled()[x.Lemma] && top == v {
			return future
		}
		return present
	case text.VBN:
		if x.Rel == text.Conj && x.Head >= 0 && c.d.Tokens[x.Head].Tag == text.VBN {
			return c.verb(x.Head, x.Head, depth-1)
		}
		if be {
			return present
		}
		if x.Lemma == wordSet {
			return untold // "a summit set for April"
		}
		return past
	}
	// A bare infinitive or a participle has the tense of the verb over it.
	for h, k := c.d.Tokens[top].Head, 0; h >= 0 && k < depth; h, k = c.d.Tokens[h].Head, k+1 {
		if c.d.Tokens[h].Tag.Verb() {
			return c.verb(h, h, depth-1)
		}
	}
	return untold
}

// infinitive is the tense of the infinitive v, which its verb decides.
func (c clause) infinitive(v int32, depth int) tense {
	x := &c.d.Tokens[v]
	if x.Head < 0 {
		return future
	}
	if !c.d.Tokens[x.Head].Tag.Verb() {
		for k := c.t.Child(x.Head); k >= 0; k = c.t.Next(k) {
			switch y := &c.d.Tokens[k]; {
			case y.Lower == wordHad:
				return past // "had been due to expire"
			case y.Lower == wordFirst, y.Lower == wordLast, y.Lower == wordOnly:
				if h := c.d.Tokens[x.Head].Head; h >= 0 {
					return c.above(x.Head, text.Range{First: x.Head, End: x.Head + 1}) // "the first to arrive"
				}
			}
		}
		return future
	}
	h := &c.d.Tokens[x.Head]
	if x.Rel == text.Advcl || achieved()[h.Lemma] {
		return c.verb(x.Head, x.Head, depth)
	}
	// What had been planned is over, one way or the other.
	for k := c.t.Child(x.Head); k >= 0 && k < x.Head; k = c.t.Next(k) {
		if y := &c.d.Tokens[k]; y.Lower == wordHad && y.Rel == text.Aux {
			return past
		}
	}
	return future
}
