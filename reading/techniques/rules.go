package techniques

import (
	"strings"

	"hearsay/ledger"
	"hearsay/text"
)

// rule is a wording that is a technique wherever it stands. Rules find what
// the articles that the model learns from have no or next to no examples of,
// and questions that insinuate in words that are set.
type rule struct {
	label   ledger.TechniqueLabel
	asking  bool // only in questions
	whole   bool // the technique is the sentence, not the words alone
	score   float64
	wording string
}

// The scores of what rules find. They are set by hand: annotators marked few of
// the questions, and of the others there is nothing to measure by.
const (
	insinuation = 0.35
	unmeasured  = 0.5
)

// rules are the wordings: the words one after the other, by their lemmas or
// lower-case forms. "a/b" is either, "(a/b)" may be missing, and "…" stands for
// up to three words of any kind.
var rules = []rule{
	{ledger.Doubt, true, true, insinuation, "who (really/actually/truly) benefit/profit/gain"},
	{ledger.Doubt, true, true, insinuation, "who stand to benefit/profit/gain"},
	{ledger.Doubt, true, true, insinuation, "who be (really/actually/truly) behind"},
	{ledger.Doubt, true, true, insinuation, "be it (really/just/merely/only) (a/an/any) (mere/pure/sheer) coincidence/accident/chance"},
	{ledger.Doubt, true, true, insinuation, "can/could it be (a/an) (mere/pure/sheer) coincidence/accident/chance"},
	{ledger.Doubt, true, true, insinuation, "coincidence ?"},
	{ledger.Doubt, true, true, insinuation, "what be … (really/try/trying) hide/hiding"},
	{ledger.Doubt, true, true, insinuation, "what do … have to hide"},
	{ledger.Doubt, true, true, insinuation, "why should anyone/anybody/we/you believe/trust"},
	{ledger.Doubt, true, true, insinuation, "how can/could anyone/anybody/we/you (ever/still/really/possibly) believe/trust"},
	{ledger.Doubt, true, true, insinuation, "be we (really) suppose/expect/supposed/expected/mean/meant to believe"},

	{ledger.AppealToTime, false, false, unmeasured, "now be the time"},
	{ledger.AppealToTime, false, false, unmeasured, "the time have come"},
	{ledger.AppealToTime, false, false, unmeasured, "time be run/running out"},
	{ledger.AppealToTime, false, false, unmeasured, "before it be too late"},
	{ledger.AppealToTime, false, false, unmeasured, "now or never"},
	{ledger.AppealToTime, false, false, unmeasured, "no time to lose/waste"},
	{ledger.AppealToTime, false, false, unmeasured, "not a moment to lose/waste"},

	{ledger.AppealToValues, false, false, unmeasured, "in the name of freedom/liberty/democracy/justice/humanity/decency/faith"},
	{ledger.AppealToValues, false, false, unmeasured, "our (most) shared/common/core/sacred/cherished/deepest/traditional/fundamental value/principle"},
	{ledger.AppealToValues, false, false, unmeasured, "everything we/that hold/is/be dear/sacred"},
	{ledger.AppealToValues, false, false, unmeasured, "everything we stand for"},

	{ledger.ConsequentialSimplification, false, true, unmeasured, "slippery slope"},
	{ledger.ConsequentialSimplification, false, true, unmeasured, "thin end of the wedge"},
	{ledger.ConsequentialSimplification, false, true, unmeasured, "will/would inevitably/inexorably lead/end/result"},
	{ledger.ConsequentialSimplification, false, true, unmeasured, "the next thing you/we know"},
	{ledger.ConsequentialSimplification, false, true, unmeasured, "where will/does/do it (all) end/stop"},

	{ledger.QuestioningReputation, false, false, unmeasured, "can not be trust/trusted/believe/believed"},
	{ledger.QuestioningReputation, false, false, unmeasured, "have (long) lose/lost all/any/every credibility"},
	{ledger.QuestioningReputation, false, false, unmeasured, "have (a) (long) history/record of lie/lying/deceit/deception/failure/corruption/dishonesty"},
	{ledger.QuestioningReputation, false, false, unmeasured, "no stranger to scandal/controversy/corruption"},
	{ledger.QuestioningReputation, false, false, unmeasured, "a know/known/notorious/serial/proven/habitual/compulsive liar/cheat/fraud/fraudster"},

	{ledger.Whataboutism, true, true, unmeasured, "where be/was/were the outrage/protest/condemnation when/over/about"},
	{ledger.Whataboutism, true, true, unmeasured, "where be/was/were they/you/he/she when"},
	{ledger.Whataboutism, true, true, unmeasured, "but what about"},

	{ledger.AppealToHypocrisy, false, true, unmeasured, "practice/practise what they/he/she/you preach"},
	{ledger.AppealToHypocrisy, false, true, unmeasured, "rich come/coming from"},
	{ledger.AppealToHypocrisy, false, true, unmeasured, "preach water … drink wine"},

	{ledger.AppealToPopularity, false, true, unmeasured, "everyone/everybody know/agree that"},
	{ledger.AppealToPopularity, false, true, unmeasured, "as everyone/everybody know"},
	{ledger.AppealToPopularity, false, true, unmeasured, "the whole/entire world know"},
	{ledger.AppealToPopularity, false, true, unmeasured, "million … can not be wrong"},

	{ledger.ConversationKiller, false, false, unmeasured, "end of story/discussion/debate"},
	{ledger.ConversationKiller, false, false, unmeasured, "enough say/said"},
	{ledger.ConversationKiller, false, false, unmeasured, "case close/closed"},
	{ledger.ConversationKiller, false, false, unmeasured, "it be what it be"},
	{ledger.ConversationKiller, false, false, unmeasured, "nothing more/else to say/discuss"},

	{ledger.StrawMan, false, true, unmeasured, "would have us/you (all) believe"},
}

// element is one place in a wording.
type element struct {
	words    []uint32 // any of these; none for a gap
	optional bool
}

// wording is a rule in the form in which it is looked for.
type wording struct {
	rule *rule
	rest []element // after the first word
}

const mostGap = 3

// wordings are the rules by their first word, of which there is always one.
var wordings = func() map[uint32][]wording {
	m := map[uint32][]wording{}
	for i := range rules {
		var elements []element
		for part := range strings.FieldsSeq(rules[i].wording) {
			var e element
			if part != "…" {
				inner := strings.TrimSuffix(strings.TrimPrefix(part, "("), ")")
				e.optional = inner != part
				for w := range strings.SplitSeq(inner, "/") {
					e.words = append(e.words, text.Hash(w))
				}
			}
			elements = append(elements, e)
		}
		for _, w := range elements[0].words {
			m[w] = append(m[w], wording{&rules[i], elements[1:]})
		}
	}
	return m
}()

// ruled appends what the rules find in a text.
func (v *view) ruled(to []finding) []finding {
	tokens := v.d.Tokens
	for _, x := range v.d.Sentences {
		for i := x.First; i < x.End; i++ {
			found, ok := wordings[tokens[i].Lemma]
			if !ok {
				if found, ok = wordings[tokens[i].Lower]; !ok {
					continue
				}
			}
			for _, w := range found {
				end := v.match(w.rest, i+1, x.End)
				if end < 0 || w.rule.asking && !v.asked(end-1, x.End) {
					continue
				}
				r := bare(v.d, text.Range{First: i, End: end})
				if w.rule.whole {
					r = v.clause(text.Range{First: i, End: end}, text.Range{First: x.First, End: x.End})
				}
				to = append(to, finding{judge: judgeOf(w.rule.label), Range: r, score: w.rule.score})
			}
		}
	}
	return to
}

// asked reports whether of the tokens from i to end the first that stops is a question mark.
func (v *view) asked(i, end int32) bool {
	for ; i < end; i++ {
		if t := &v.d.Tokens[i]; t.Tag == text.Stop {
			return v.d.Text[t.Start] == '?'
		}
	}
	return false
}

// clause is the part of the sentence x around r that ends where the text stops
// and begins behind a colon; in quotation marks it is what stands in them.
func (v *view) clause(r, x text.Range) text.Range {
	tokens := v.d.Tokens
	part := x
	for i := r.First - 1; i >= x.First && part == x; i-- {
		if t := &tokens[i]; v.d.Text[t.Start:t.End] == ":" || t.Tag == text.Stop {
			part.First = i + 1
		}
	}
	for i := r.End - 1; i < x.End; i++ {
		if tokens[i].Tag == text.Stop {
			part.End = i
			break
		}
	}
	if q := quoted(v.d, part); q.First <= r.First && r.End <= q.End+1 {
		return q
	}
	return trim(v.d, part)
}

// match is where the elements end that begin with token i, -1 where they do not stand there.
func (v *view) match(rest []element, i, end int32) int32 {
	if len(rest) == 0 {
		return i
	}
	e := &rest[0]
	if e.words == nil {
		for k := i; k < min(end, i+mostGap+1); k++ {
			if to := v.match(rest[1:], k, end); to >= 0 {
				return to
			}
		}
		return -1
	}
	if i < end {
		t := &v.d.Tokens[i]
		for _, w := range e.words {
			if t.Lemma == w || t.Lower == w {
				if to := v.match(rest[1:], i+1, end); to >= 0 {
					return to
				}
				break
			}
		}
	}
	if e.optional {
		return v.match(rest[1:], i, end)
	}
	return -1
}
