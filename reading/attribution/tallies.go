package attribution

import "hearsay/text"

// tallies are the nouns of what somebody is said to put at a number.
var tallies = lemmas("toll", "number", "figure", "count", "tally", "total", "estimate", "casualty", "damage", "loss", "cost")

var (
	lemmaPut = text.Hash("put")
	lowerAt  = text.Hash("at")
)

// findTallies appends to s.found who puts a number at what: "the ministry put the
// death toll at 23". The corpus has hardly any, and a toll without who counted it
// is what this program is not to print.
func (v *view) findTallies(s *Scratch) {
	for i := range v.tokens {
		if t := v.tokens[i]; t.Lemma != lemmaPut || !t.Tag.Verb() || v.children[i]&(hasPassive|hasPassiveSubject) != 0 {
			continue
		}
		r, ok := v.tally(int32(i))
		if !ok {
			continue
		}
		known := false
		for k := range s.found {
			known = known || overlap(s.found[k].Cue, r.Cue)
		}
		if !known {
			s.found = append(s.found, r)
		}
	}
}

// tally reads "put the toll at 23" from its verb: within ten words a noun that is
// counted, "at", and within three more a number.
func (v *view) tally(verb int32) (Relation, bool) {
	end := v.doc.Sentences[v.sentence[verb]].End
	counted, at := false, int32(-1)
	for j := verb + 1; j < min(end, verb+11) && at < 0; j++ {
		switch t := &v.tokens[j]; {
		case t.Tag.Verb() || t.Tag == text.Comma || t.Quote != 0:
			return Relation{}, false
		case tallies[t.Lemma]:
			counted = true
		case t.Lower == lowerAt:
			at = j
		}
	}
	if !counted || at < 0 {
		return Relation{}, false
	}
	last := int32(-1)
	for j := at + 1; j < min(end, at+6); j++ {
		switch t := &v.tokens[j]; {
		case t.Tag == text.CD:
			last = j
		case last < 0 && j > at+3:
			return Relation{}, false
		case last >= 0 && !t.Tag.Noun():
			j = end
		case last >= 0:
			last = j
		}
	}
	r := Relation{Cue: text.Range{First: verb, End: verb + 1}, Source: v.doer(verb), Within: -1}
	if last < 0 || r.Source.Empty() || r.Source.End > verb || v.tokens[r.Source.First].Tag == text.IN {
		return Relation{}, false
	}
	r.Content = []text.Range{{First: verb + 1, End: last + 1}}
	return r, true
}
