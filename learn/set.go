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
	counts := make([]int32, s.Index.Len())
	for i := range s.Sequences {
		for _, f := range s.Sequences[i].Features {
			counts[f]++
		}
	}
	var kept Index
	number := make([]int32, len(counts))
	for n, f := range s.Index.Features() {
		number[n] = -1
		if counts[n] >= int32(least) {
			number[n] = kept.Add(f)
		}
	}
	s.Index = kept
	for i := range s.Sequences {
		q := &s.Sequences[i]
		to, from := 0, int32(0)
		for p, end := range q.Ends {
			for _, f := range q.Features[from:end] {
				if number[f] >= 0 {
					q.Features[to] = number[f]
					to++
				}
			}
			from, q.Ends[p] = end, int32(to)
		}
		q.Features = q.Features[:to]
	}
}
