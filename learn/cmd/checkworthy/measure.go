package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// answer is what a statement got, and whether people say that it deserves checking.
type answer struct {
	score float64 // log-odds
	yes   bool
}

// measures are those of scoring/checkworthy.py at a threshold of 0.5, and the
// calibration error: how far probabilities lie, in ten bins and on average, from
// the share of the statements in the bin that deserve checking.
type measures struct {
	statements, positive                int
	precision, recall, f1, average, ece float64
	best                                float64 // the F1 of the best threshold
}

func (m measures) String() string {
	return fmt.Sprintf("%5d statements, %.3f of them positive: P %.3f, R %.3f, F1 %.4f (with the best threshold %.4f), average precision %.4f, calibration error %.3f",
		m.statements, float64(m.positive)/float64(max(1, m.statements)), m.precision, m.recall, m.f1, m.best, m.average, m.ece)
}

func measure(answers []answer) measures {
	const bins = 10
	var (
		m                measures
		hits, found      int
		mean, right, all [bins]float64
	)
	order := slices.Clone(answers)
	slices.SortStableFunc(order, func(a, b answer) int { return cmp.Compare(b.score, a.score) })
	for _, a := range order {
		m.statements++
		if a.yes {
			m.positive++
		}
		p := chance(a.score)
		bin := min(bins-1, int(p*bins))
		all[bin]++
		mean[bin] += p
		if a.yes {
			right[bin]++
		}
		if a.score >= 0 {
			found++
			if a.yes {
				hits++
			}
		}
	}
	seen := 0
	for place, a := range order {
		if a.yes {
			seen++
			m.average += float64(seen) / float64(place+1)
		}
		m.best = max(m.best, 2*float64(seen)/float64(place+1+m.positive))
	}
	m.average /= float64(max(1, m.positive))
	m.precision, m.recall = float64(hits)/float64(max(1, found)), float64(hits)/float64(max(1, m.positive))
	m.f1 = 2 * float64(hits) / float64(max(1, found+m.positive))
	for b := range bins {
		m.ece += math.Abs(mean[b]-right[b]) / float64(max(1, m.statements))
	}
	return m
}
