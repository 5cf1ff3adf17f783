package attribution

import (
	"slices"

	"hearsay/text"
)

// Two turns of phrase attribute by themselves and are too rare in the corpus
// to be learned well: adverbs that put a clause on nobody's word, and "in X's
// words".

// hearsays are the adverbs.
var hearsays = lemmas("reportedly", "allegedly", "supposedly", "purportedly")

// accounts are what something stands in that is said to be somebody's.
var accounts = lemmas("words", "view", "opinion", "account", "telling")

var (
	lowerIn = text.Hash("in")
	lowerOf = text.Hash("of")
)

// findFixed appends to s.found the attributions made by these phrases, in
// place of those that the learned passes made of the same words.
func (v *view) findFixed(s *Scratch) {
	from := len(s.found)
	for i := range v.tokens {
		t := v.tokens[i]
		switch {
		case hearsays[t.Lower]:
			if r, ok := v.reported(int32(i)); ok {
				s.found = append(s.found, r)
			}
		case accounts[t.Lower] && t.Tag.Noun():
			if r, ok := v.inWords(int32(i)); ok {
				s.found = append(s.found, r)
			}
		}
	}
	fixed := slices.Clone(s.found[from:])
	if len(fixed) == 0 {
		return
	}
	kept := slices.DeleteFunc(s.found[:from], func(r Relation) bool {
		return slices.ContainsFunc(fixed, func(f Relation) bool { return f.Cue.First < r.Cue.End && r.Cue.First < f.Cue.End })
	})
	s.found = append(kept, fixed...)
}

// reported reads the clause that an adverb puts on nobody's word.
func (v *view) reported(i int32) (Relation, bool) {
	head := v.tokens[i].Head
	if head < 0 || v.tokens[head].Tag == text.NoTag {
		return Relation{}, false
	}
	s := v.doc.Sentences[v.sentence[i]]
	r := Relation{Cue: text.Range{First: i, End: i + 1}, Within: -1}
	r.Content = v.rest(max(s.First, v.left[head]), min(s.End, v.right[head]+1), r.Cue)
	return r, len(r.Content) > 0
}

// inWords reads "in X's words" and "in the words of X" where a comma parts
// them from what the words are.
func (v *view) inWords(i int32) (Relation, bool) {
	s := v.doc.Sentences[v.sentence[i]]
	in := i - 1
	for in >= s.First && in > i-10 && v.tokens[in].Lower != lowerIn {
		in--
	}
	if in < s.First || v.tokens[in].Lower != lowerIn || in > s.First && v.tokens[in-1].Tag != text.Comma && v.tokens[in-1].Quote == 0 {
		return Relation{}, false
	}
	phrase := text.Range{First: in, End: i + 1}
	r := Relation{Cue: text.Range{First: i, End: i + 1}, Within: -1}
	if last := v.tokens[i-1]; last.Tag == text.POS || last.Tag == text.PRPS {
		r.Source = text.Range{First: in + 1, End: i}
		if last.Tag == text.POS {
			r.Source.End--
		}
	} else if i+2 < s.End && v.tokens[i+1].Lower == lowerOf {
		end := i + 2
		for end < s.End && v.tokens[end].Tag != text.Comma && v.tokens[end].Tag != text.Stop && !v.tokens[end].Tag.Verb() {
			end++
		}
		r.Cue, r.Source = text.Range{First: in, End: i + 2}, text.Range{First: i + 2, End: end}
		phrase.End = end
	}
	if r.Source.Empty() || phrase.End < s.End && v.tokens[phrase.End].Tag != text.Comma && v.tokens[phrase.End].Tag != text.Stop {
		return Relation{}, false
	}
	r.Content = v.rest(s.First, s.End, phrase)
	return r, len(r.Content) > 0
}

// rest is a range without a phrase in it, without the marks at its edges and
// beside the phrase.
func (v *view) rest(first, end int32, phrase text.Range) []text.Range {
	var out []text.Range
	for _, r := range []text.Range{{First: first, End: min(end, phrase.First)}, {First: max(first, phrase.End), End: end}} {
		for !r.Empty() && (v.tokens[r.First].Tag == text.Comma || v.tokens[r.First].Tag == text.CC && r.First == first) {
			r.First++
		}
		for !r.Empty() && (v.tokens[r.End-1].Tag == text.Comma || v.tokens[r.End-1].Tag == text.Stop) {
			r.End--
		}
		if !r.Empty() {
			out = append(out, r)
		}
	}
	return out
}
