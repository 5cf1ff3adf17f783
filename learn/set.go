package learn

import "hearsay/linear"

// Set gathers the sequences of a training set and numbers their features. The
// zero Set is empty.
type Set struct {
	Index     Index
	Sequences []Sequence

	open Sequence
}

// Add appends a position with its features and label to the sequence under way.
func (s *Set) Add(features []linear.Feature, label uint8) {
	for _, f := range features {
		s.open.Features = append(s.open.Features, s.Index.Add(f))
	}
	s.open.Ends = append(s.open.Ends, int32(len(s.open.Features)))
	s.open.Gold = append(s.open.Gold, label)
}

// EndSequence closes the sequence under way.
func (s *Set) EndSequence() {
	s.Sequences = append(s.Sequences, Sequence{
		Features: append([]int32(nil), s.open.Features...),
		Ends:     append([]int32(nil), s.open.Ends...),
		Gold:     append([]uint8(nil), s.open.Gold...),
	})
	s.open = Sequence{Features: s.open.Features[:0], Ends: s.open.Ends[:0], Gold: s.open.Gold[:0]}
}

// Prune drops the features that occur fewer than least times and numbers the
// others anew.
func (s *Set) Prune(least int) {
	features, ends := make([][]int32, len(s.Sequences)), make([][]int32, len(s.Sequences))
	for i, q := range s.Sequences {
		features[i], ends[i] = q.Features, q.Ends
	}
	s.Index = s.Index.Prune(least, features, ends)
	for i := range s.Sequences {
		s.Sequences[i].Features = features[i]
	}
}

// Prune returns an index of the features that occur at least so many times in
// lists of x's numbers, and gives the lists the new numbers: in each, ends says
// where the features of each position end.
func (x *Index) Prune(least int, features, ends [][]int32) Index {
	counts := make([]int, x.Len())
	for _, list := range features {
		for _, f := range list {
			counts[f]++
		}
	}
	var kept Index
	number := make([]int32, len(counts))
	for n, f := range x.Features() {
		number[n] = -1
		if counts[n] >= least {
			number[n] = kept.Add(f)
		}
	}
	for i, list := range features {
		to, from := 0, int32(0)
		for p, end := range ends[i] {
			for _, f := range list[from:end] {
				if number[f] >= 0 {
					list[to] = number[f]
					to++
				}
			}
			from, ends[i][p] = end, int32(to)
		}
		features[i] = list[:to]
	}
	return kept
}
