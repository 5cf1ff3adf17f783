package attribution

import "hearsay/text"

// owning are the verbs by which somebody claims or denies a deed when their
// object is responsibility.
var owning = lemmas("claim", "take", "accept", "deny", "admit", "assume", "disclaim")

var (
	lemmaResponsibility = text.Hash("responsibility")
	lowerFor            = text.Hash("for")
	lowerThat           = text.Hash("that")
)

// findResponsibility appends to s.found the claims of responsibility that the
// learned passes overlook: to know who claims an attack is what many read for,
// the wording is fixed, and the corpus, which is about an election, has few.
// taken marks the tokens of the cues found so far.
func (v *view) findResponsibility(s *Scratch) {
	for i := range v.tokens {
		verb := int32(i)
		if t := v.tokens[i]; s.taken[i] != 0 || !t.Tag.Verb() || !owning[t.Lemma] || v.children[i]&hasObject == 0 {
			continue
		}
		content := v.responsibility(verb)
		if content.Empty() {
			continue
		}
		r := Relation{Cue: text.Range{First: verb, End: verb + 1}, Source: v.doer(verb), Content: []text.Range{content}, Within: -1}
		if r.Source.First < content.End && content.First < r.Source.End {
			r.Source = text.Range{}
		}
		v.negate(&r)
		s.found = append(s.found, r)
		s.taken[i] = 1
	}
}

// responsibility is the object of a verb when it is responsibility, with what
// it is for even where the tree hangs that from the verb.
func (v *view) responsibility(verb int32) text.Range {
	end := v.doc.Sentences[v.sentence[verb]].End
	for j := verb + 1; j <= v.right[verb] && j < end; j++ {
		t := v.tokens[j]
		if t.Lemma != lemmaResponsibility || t.Head != verb || t.Rel != text.Obj {
			continue
		}
		r := text.Range{First: v.left[j], End: v.right[j] + 1}
		if r.First <= verb {
			return text.Range{}
		}
		if r.End < end && v.tokens[r.End].Lower == lowerFor {
			if top := v.starts[r.End]; v.tokens[top].Head == verb || v.tokens[top].Head == j {
				r.End = v.right[top] + 1
			}
		}
		return r
	}
	return text.Range{}
}

// doer is the subject of a verb, or of the one that it completes: "did not
// delay in claiming". It is empty where there is none near.
func (v *view) doer(verb int32) text.Range {
	at := verb
	for range 3 {
		first, last := v.left[at], v.right[at]
		for j := first; j <= last; j++ {
			if t := v.tokens[j]; t.Head == at && (t.Rel == text.Nsubj || t.Rel == text.NsubjPass) && t.Tag != text.WDT && t.Tag != text.WP {
				return text.Range{First: v.left[j], End: v.right[j] + 1}
			}
		}
		switch v.tokens[at].Rel {
		case text.Xcomp, text.Advcl, text.ACL, text.Conj, text.Obl, text.Ccomp:
			at = v.tokens[at].Head
		default:
			return text.Range{}
		}
		if at < 0 {
			break
		}
	}
	return text.Range{}
}
