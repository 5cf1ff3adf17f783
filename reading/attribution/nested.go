package attribution

import (
	"cmp"
	"slices"

	"hearsay/text"
)

// The corpus has no attribution inside another's content, so the learned
// passes do not look there. What stands there is found by the tree alone, and
// only where it is plain: a verb that mostly attributes, with a subject and a
// clause of its own.

// surelyCue is the bucket from which a verb mostly attributes.
const surelyCue = 6

// findNested appends to s.found the attributions that stand wholly inside the
// content of those found so far. s.taken marks the tokens of their cues.
func (v *view) findNested(s *Scratch) {
	for _, r := range s.found[:len(s.found):len(s.found)] {
		for _, c := range r.Content {
			for i := c.First; i < c.End; i++ {
				if s.taken[i] != 0 || v.bucket[i] < surelyCue || !v.tokens[i].Tag.Verb() || v.tokens[i].Tag == text.VBG ||
					v.children[i]&hasSubject == 0 || v.children[i]&hasClause == 0 {
					continue
				}
				if n, ok := v.plain(i, c); ok && !v.excluded(v.candidate(n.Cue)) {
					s.found = append(s.found, n)
					s.taken[i] = 1
				}
			}
		}
	}
}

// plain reads the attribution of which verb i is the cue off the tree, when
// its subject and clause lie in the span within.
func (v *view) plain(i int32, within text.Range) (Relation, bool) {
	r := Relation{Cue: text.Range{First: i, End: i + 1}, Within: -1}
	for j := max(within.First, v.left[i]); j <= v.right[i] && j < within.End; j++ {
		t := v.tokens[j]
		if t.Head != i {
			continue
		}
		sub := text.Range{First: v.left[j], End: v.right[j] + 1}
		if sub.First < within.First || sub.End > within.End {
			continue
		}
		switch t.Rel {
		case text.Nsubj:
			if t.Tag == text.WDT || t.Tag == text.WP || t.Tag == text.EX {
				return r, false
			}
			r.Source = sub
		case text.Ccomp:
			for sub.First < sub.End && v.tokens[sub.First].Tag == text.Comma {
				sub.First++
			}
			for sub.First < sub.End && (v.tokens[sub.End-1].Tag == text.Comma || v.tokens[sub.End-1].Tag == text.Stop) {
				sub.End--
			}
			if sub.First <= i && i < sub.End { // the clause is parsed around its verb
				return r, false
			}
			if !sub.Empty() {
				r.Content = append(r.Content, sub)
			}
		}
	}
	return r, !r.Source.Empty() && len(r.Content) > 0 && (r.Source.End <= i || r.Source.First > i)
}

// nest sorts attributions by their cues and says of each in which other's
// content it stands: the one with the shortest such content.
func nest(rs []Relation) {
	slices.SortStableFunc(rs, func(x, y Relation) int { return cmp.Compare(x.Cue.First, y.Cue.First) })
	for i := range rs {
		r := &rs[i]
		r.Within = -1
		lo, hi := r.Cue.First, r.Cue.End
		if !r.Source.Empty() {
			lo, hi = min(lo, r.Source.First), max(hi, r.Source.End)
		}
		for _, c := range r.Content {
			lo, hi = min(lo, c.First), max(hi, c.End)
		}
		shortest := int32(0)
		// No content reaches further from its cue than a window, so the search is bounded.
		for j := max(0, i-nestReach); j < min(len(rs), i+nestReach+1); j++ {
			for _, c := range rs[j].Content {
				if j != i && c.First <= lo && hi <= c.End && (r.Within < 0 || c.End-c.First < shortest) {
					r.Within, shortest = int32(j), c.End-c.First
				}
			}
		}
	}
}

// nestReach is how many cues before and after one the one around it may stand.
const nestReach = 48
