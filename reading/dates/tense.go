package dates

import (
	"hearsay/reading/tree"
	"hearsay/text"
)

// A tense is whether what an expression dates is over or to come, as far as
// the words around it tell.
type tense uint8

const (
	untold    tense = iota
	past            // of a verb, or of what is named by its day: "Friday's attack"
	present         // may be either
	scheduled       // a present of what is fixed: "meets", "is meeting"
	future
	limit // the date is where something ends: "until Friday"
	over  // the same in a clause of the past: "had raised the sum by March"
	label // the date tells which one is meant: "the March figures"
)

var (
	// pending are adjectives and participles of what is to come.
	pending = set(`due payable effective scheduled expected slated planned available upcoming likely ready returnable deliverable
		redeemable eligible`)
	// achieved are verbs whose infinitive tells what was done or is, not what is to be done.
	achieved = set("manage fail begin start continue refuse decline use seem appear happen come help prove turn serve get force compel allow cause able")
	// timetabled are verbs whose present tense tells of what is fixed for later.
	timetabled = set("begin start open close end expire arrive leave return depart meet visit take become go come resume mature run fall")
	// happened are nouns for what is over when it is called by its day, whatever will be said of it.
	happened = set(`attack bombing bomb shooting killing death murder ruling decision announcement statement report crash earthquake quake
		explosion blast strike raid loss gain drop fall decline rise purchase result remark comment news figure close price story verdict
		violence fighting clash incident accident fire storm flood disaster victory defeat win resignation arrest action move order article
		edition editorial letter interview speech testimony massacre assault slaying plunge rally sale indictment conversation`)
	// fixtures are nouns for what has its date long before.
	fixtures = set(`election vote summit referendum ballot poll primary convention olympics game congress inauguration conference trial`)
	// lasting are nouns whose date is one to come.
	lasting = set("deadline delivery deliveries contract maturity expiration futures")
)

// A clause finds the tense of one expression in the trees of a text.
type clause struct {
	d     *text.Doc
	t     *tree.Tree
	grain grain // of the expression
	week  bool  // it is a day of the week, not of a month
}

// tense is the tense of the clause in which the expression of the tokens r stands.
func (c clause) tense(r text.Range) tense {
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
	case p.Lower == wordOf && word(2).Lower == wordAhead:
		return future
	case p.Lower == wordFor && c.grain == day && c.alone(r):
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
	if v := c.copula(i); v >= 0 && v < r.First {
		// "The vote is on Friday."
		if t := c.verb(v, i, highest); t != present {
			return t
		}
		return future
	}
	var n int32 = -1 // the noun that the expression belongs to
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
			return c.noun(n, r, c.verb(h, h, highest))
		case pending()[x.Lower]:
			return future
		default:
			v := c.copula(h)
			if x.Tag.Noun() && n < 0 && (v < 0 || c.d.Tokens[v].Rel == text.Cop) {
				n = h
			}
			if v >= 0 {
				if c.d.Tokens[v].Rel == text.Aux {
					v = h // a verb that was taken for a noun
				}
				return c.noun(n, r, c.verb(v, h, highest))
			}
		}
		i = h
	}
	return untold
}

// noun is the tense of an expression r that belongs to the noun n, to no noun
// where n is negative, in a clause of the tense t.
func (c clause) noun(n int32, r text.Range, t tense) tense {
	if n < 0 {
		if t == scheduled {
			return future
		}
		return t
	}
	if t == scheduled {
		t = present
	}
	x := &c.d.Tokens[n]
	if lasting()[x.Lower] {
		if t == past {
			return over
		}
		return limit
	}
	if !c.week && t != past && t != future && fixtures()[x.Lemma] {
		return limit
	}
	// "Friday's vote", "the March figures"
	if n >= r.End && (t != future || !c.week || happened()[x.Lemma]) {
		return label
	}
	return t
}

// window is how many words before a verb are searched for its auxiliaries: a
// verb may have as many dependents as the text has words.
const window = 12

// copula is the copula or the auxiliary of the predicate i, -1 where it has none near it.
func (c clause) copula(i int32) int32 {
	for k := i - 1; k >= 0 && k > i-window; k-- {
		if y := &c.d.Tokens[k]; y.Head == i && (y.Rel == text.Cop || y.Rel == text.Aux) {
			return k
		}
	}
	return -1
}

// verb is the tense of the verb v, whose auxiliaries hang from top: from
// itself, or from the predicate of which it is the copula. depth bounds how far up it looks.
func (c clause) verb(v, top int32, depth int) tense {
	if depth == 0 {
		return untold
	}
	x := &c.d.Tokens[v]
	var modal, able, to, had, have, was, be bool
	for k := max(v, top) - 1; k >= 0 && k > v-window; k-- {
		y := &c.d.Tokens[k]
		switch {
		case y.Head != top:
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
		if x.Lemma == wordGo {
			return future
		}
		return scheduled
	}
	switch x.Tag {
	case text.VBD:
		return past
	case text.VBZ, text.VBP:
		if timetabled()[x.Lemma] && top == v {
			return scheduled
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
	if timetabled()[x.Lemma] && x.Tag == text.VB {
		return scheduled // a present, taken for an infinitive
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
		t := future
		if c.d.Tokens[x.Head].Tag.Noun() {
			t = limit // a plan's time is to come, that of a decision to have met is over
		}
		for k := x.Head - 1; k >= 0 && k > x.Head-window; k-- {
			switch y := &c.d.Tokens[k]; {
			case y.Head != x.Head:
			case y.Lower == wordHad:
				return past // "had been due to expire"
			case y.Lower == wordFirst, y.Lower == wordLast, y.Lower == wordOnly:
				if h := c.d.Tokens[x.Head].Head; h >= 0 {
					return c.above(x.Head, text.Range{First: x.Head, End: x.Head + 1}) // "the first to arrive"
				}
			}
		}
		return t
	}
	h := &c.d.Tokens[x.Head]
	if x.Rel == text.Advcl || achieved()[h.Lemma] {
		return c.verb(x.Head, x.Head, depth)
	}
	// What had been planned is over, one way or the other.
	for k := x.Head - 1; k >= 0 && k > x.Head-window; k-- {
		if y := &c.d.Tokens[k]; y.Head == x.Head && y.Lower == wordHad && y.Rel == text.Aux {
			return past
		}
	}
	return future
}
