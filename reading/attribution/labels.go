package attribution

import (
	"cmp"
	"slices"

	"hearsay/text"
)

// LabelCue writes the first pass's labels of a cue to labels, one for each token of the text.
func LabelCue(labels []uint8, cue text.Range) {
	label(labels, cue, cueBegin, cueIn)
}

// LabelArguments writes the second pass's labels of an attribution to labels, one for each token of the text.
func LabelArguments(labels []uint8, r Relation) {
	for _, c := range r.Content {
		label(labels, c, contentBegin, contentIn)
	}
	label(labels, r.Source, sourceBegin, sourceIn)
}

func label(labels []uint8, r text.Range, begin, in uint8) {
	for i := r.First; i < r.End; i++ {
		labels[i] = in
	}
	if !r.Empty() {
		labels[r.First] = begin
	}
}

// MergeCues gives the cues that the second pass is trained on, in text order,
// and for each the number of the gold attribution that it belongs to, -1 for
// none: the cues that were found, and the gold ones that were not.
func MergeCues(found []text.Range, gold []Relation) (cues []text.Range, of []int) {
	type entry struct {
		cue text.Range
		of  int
	}
	var all []entry
	used := make([]bool, len(gold))
	for _, c := range found {
		e := entry{c, -1}
		for g, r := range gold {
			if r.Cue.First < c.End && c.First < r.Cue.End && !used[g] {
				e.of, used[g] = g, true
				break
			}
		}
		all = append(all, e)
	}
	for g, r := range gold {
		if !used[g] {
			all = append(all, entry{r.Cue, g})
		}
	}
	slices.SortStableFunc(all, func(x, y entry) int { return cmp.Compare(x.cue.First, y.cue.First) })
	for _, e := range all {
		cues, of = append(cues, e.cue), append(of, e.of)
	}
	return cues, of
}

// Agreement says from 0 to 1 how well a reading agrees with the gold
// attribution: the F1 of its spans, exact, with a little for the tokens that
// its content shares.
func Agreement(r, gold Relation) float64 {
	if len(r.Content) == 0 {
		return 0
	}
	hit, found, all := 0, len(r.Content), len(gold.Content)
	for _, c := range r.Content {
		if slices.Contains(gold.Content, c) {
			hit++
		}
	}
	if !r.Source.Empty() {
		found++
	}
	if !gold.Source.Empty() {
		all++
	}
	if !r.Source.Empty() && r.Source == gold.Source {
		hit++
	}
	var shared, either int
	for _, c := range r.Content {
		either += c.Len()
		for _, g := range gold.Content {
			shared += max(0, int(min(c.End, g.End)-max(c.First, g.First)))
		}
	}
	for _, g := range gold.Content {
		either += g.Len()
	}
	either -= shared
	return 0.8*2*float64(hit)/float64(found+all) + 0.2*float64(shared)/float64(max(1, either))
}
