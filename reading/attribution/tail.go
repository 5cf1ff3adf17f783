package attribution

import (
	"slices"

	"hearsay/text"
)

// lowerSaid and the words of when something was said, as they end a sentence.
var (
	lowerSaid = text.Hash("said")
	whenSaid  = lowers("on", "late", "early", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "afternoon",
		"evening", "morning", "night")
)

func lowers(list ...string) map[uint32]bool {
	m := make(map[uint32]bool, len(list))
	for _, w := range list {
		m[text.Hash(w)] = true
	}
	return m
}

// longestTitle is the most tokens of who says something at the end of a sentence.
const longestTitle = 14

// findTails appends to s.found the attributions that end a sentence, "…, health
// ministry spokeswoman Ana Tessel said on Friday.", where the learned passes found
// none at the cue, or only what is said of the day. A title before the name, or an
// apposition, breaks the tree on which they lean.
func (v *view) findTails(s *Scratch) {
	for _, x := range v.doc.Sentences {
		r, ok := v.tail(x)
		if !ok {
			continue
		}
		s.found = slices.DeleteFunc(s.found, func(f Relation) bool {
			return overlap(f.Cue, r.Cue) && f.Content[0].First >= r.Cue.End
		})
		if !slices.ContainsFunc(s.found, func(f Relation) bool { return overlap(f.Cue, r.Cue) }) {
			s.found = append(s.found, r)
		}
	}
}

func overlap(a, b text.Range) bool { return a.First < b.End && b.First < a.End }

func (v *view) tail(s text.Sentence) (Relation, bool) {
	i := s.End - 1
	for i > s.First && (v.tokens[i].Tag == text.Stop || v.tokens[i].Quote != 0) {
		i--
	}
	for i > s.First && i > s.End-7 && whenSaid[v.tokens[i].Lower] {
		i--
	}
	if i <= s.First || v.tokens[i].Lower != lowerSaid {
		return Relation{}, false
	}
	end := i
	if v.tokens[end-1].Tag == text.Comma {
		end-- // "the ministry's spokeswoman, Ana Tessel, said"
	}
	first := end
	for commas := i - end; first > s.First && i-first <= longestTitle; first-- {
		t := &v.tokens[first-1]
		if t.Tag == text.Comma {
			if commas--; commas < 0 {
				break
			}
			continue
		}
		if t.Tag.Verb() && t.Tag != text.VBG || t.Tag == text.MD || t.Quote != 0 || t.Tag == text.Stop || t.Tag == text.Colon || t.Tag == text.WDT || t.Tag == text.WP {
			return Relation{}, false
		}
	}
	if first <= s.First+2 || i-first > longestTitle || v.tokens[first-1].Tag != text.Comma {
		return Relation{}, false
	}
	named := false
	for k := first; k < end; k++ {
		named = named || v.tokens[k].Tag.Noun() || v.tokens[k].Tag == text.PRP
	}
	switch v.tokens[first].Tag {
	case text.IN, text.CC, text.TO, text.RB:
		return Relation{}, false
	}
	if !named {
		return Relation{}, false
	}
	r := Relation{Cue: text.Range{First: i, End: i + 1}, Source: text.Range{First: first, End: end}, Within: -1}
	r.Content = v.rest(s.First, first, text.Range{First: first, End: first})
	return r, len(r.Content) > 0
}
