package main

import (
	"cmp"
	"slices"

	"hearsay/ledger"
)

// score is how well spans were found: precision and recall in which a span
// that is found in part counts in part, as in SemEval-2020 Task 11 (Da San
// Martino et al. 2020).
type score struct {
	precise, recalled float64 // sums of the parts of found and of wanted spans that are right
	found, wanted     int
}

func (s score) precision() float64 { return share(s.precise, s.found) }
func (s score) recall() float64    { return share(s.recalled, s.wanted) }
func (s score) f1() float64 {
	p, r := s.precision(), s.recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(sum float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return min(1, sum/float64(n))
}

// add counts one article.
func (s *score) add(found, wanted []span) {
	s.precise += overlap(found, wanted)
	s.recalled += overlap(wanted, found)
	s.found += len(found)
	s.wanted += len(wanted)
}

// overlap is the sum over xs of the part of each that ys of its label cover.
func overlap(xs, ys []span) float64 {
	total := 0.0
	for _, x := range xs {
		for _, y := range ys {
			if x.Label == y.Label && x.Start < y.End && y.Start < x.End {
				total += float64(min(x.End, y.End)-max(x.Start, y.Start)) / float64(x.End-x.Start)
			}
		}
	}
	return total
}

// merged are the spans without their labels, those that overlap or touch made one.
func merged(xs []span) []span {
	sorted := slices.Clone(xs)
	slices.SortFunc(sorted, func(a, b span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out []span
	for _, x := range sorted {
		if n := len(out); n > 0 && x.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, x.End)
			continue
		}
		out = append(out, span{Start: x.Start, End: x.End})
	}
	return out
}

// scores are an answer's.
type scores struct {
	spans, labels score
	each          map[ledger.TechniqueLabel]*score
}

func (s *scores) add(found, wanted []span) {
	s.spans.add(merged(found), merged(wanted))
	s.labels.add(found, wanted)
	if s.each == nil {
		s.each = map[ledger.TechniqueLabel]*score{}
	}
	for _, l := range ledger.TechniqueLabels() {
		is := func(x span) bool { return x.Label != l }
		f, w := slices.DeleteFunc(slices.Clone(found), is), slices.DeleteFunc(slices.Clone(wanted), is)
		if len(f)+len(w) == 0 {
			continue
		}
		if s.each[l] == nil {
			s.each[l] = new(score)
		}
		s.each[l].add(f, w)
	}
}
