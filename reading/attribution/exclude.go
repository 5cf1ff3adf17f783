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
	case v.tokens[c.cue.First].Lower == lowerAccord:
		for i := c.cue.End; i < min(s.End, c.cue.End+8); i++ {
			o := v.tokens[i]
			if !o.Tag.Noun() {
				if o.Tag.Verb() || o.Tag == text.Comma {
					return false
				}
				continue
			}
			if i+1 < s.End && v.tokens[i+1].Tag.Noun() {
				continue // the head of a noun phrase is its last noun
			}
			if !norms[o.Lemma] {
				return false
			}
			next := v.at(i+1, s.First, s.End)
			return i == c.cue.End || next.Tag == text.VBN && makings[next.Lemma] || next.Tag == text.VBD && makings[next.Lemma]
		}
	}
	return false
}
