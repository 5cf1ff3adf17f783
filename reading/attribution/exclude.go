package attribution

import "hearsay/text"

// Some words attribute in most texts and in some uses never do. The corpus
// has too few of those uses to learn them from, so they are said here.

// ends are what an event claims when it claims lives.
var ends = lemmas("life", "live", "victim", "casualty", "toll", "dead")

// norms are what something is done in accordance with rather than said by,
// when no article stands before them or when they were drawn up for the deed.
var norms = lemmas("plan", "scenario", "schedule", "script", "design", "procedure", "rule", "tradition", "custom", "timetable",
	"blueprint", "order", "instruction", "principle", "formula", "protocol", "ability", "need", "size", "age", "merit", "taste", "wish")

// makings are how such a plan comes about.
var makings = lemmas("draw", "devise", "prepare", "hatch", "conceive", "lay", "set", "make", "agree", "design", "concoct", "work", "write", "order")

func lemmas(words ...string) map[uint32]bool {
	m := make(map[uint32]bool, len(words))
	for _, w := range words {
		m[text.Hash(w)] = true
	}
	return m
}

var (
	lemmaClaim  = text.Hash("claim")
	lemmaTake   = text.Hash("take")
	lemmaCost   = text.Hash("cost")
	lowerAccord = text.Hash("according")
)

// excluded reports whether a cue attributes nothing in this use: "the blast
// claimed 84 lives", "went off according to the plan drawn up by the attackers".
func (v *view) excluded(c candidate) bool {
	t := v.tokens[c.head]
	s := v.doc.Sentences[v.sentence[c.head]]
	switch {
	case t.Tag.Verb() && (t.Lemma == lemmaClaim || t.Lemma == lemmaTake || t.Lemma == lemmaCost):
		for i := c.head + 1; i < min(s.End, c.head+12); i++ {
			if o := v.tokens[i]; ends[o.Lemma] && o.Tag.Noun() && o.Head == c.head {
				return true
			}
		}
	default:
		for i := c.cue.First; i < c.cue.End; i++ {
			if v.tokens[i].Lower == lowerAccord {
				return v.accordance(c.cue.End, s.End)
			}
		}
	}
	return false
}

// accordance reports whether the noun phrase after "according to", which
// begins at i, is something to act by rather than someone to believe.
func (v *view) accordance(i, end int32) bool {
	start := i
	for ; i < min(end, start+8); i++ {
		t := v.tokens[i]
		if t.Tag.Verb() || t.Tag == text.Comma {
			return false
		}
		if t.Tag.Noun() && !(i+1 < end && v.tokens[i+1].Tag.Noun()) { // the head of a noun phrase is its last noun
			next := v.at(i+1, start, end)
			return norms[t.Lemma] && (i == start || next.Tag.Verb() && makings[next.Lemma])
		}
	}
	return false
}
