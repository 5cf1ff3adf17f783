package main

import (
	"math"
	"slices"
)

// measure returns the mean absolute error of scores and their correlation with gold.
func measure(gold, scores []float64) (mae, r float64) {
	n := float64(len(gold))
	var meanGold, mean float64
	for i := range gold {
		meanGold += gold[i] / n
		mean += scores[i] / n
		mae += math.Abs(gold[i]-scores[i]) / n
	}
	var both, vg, vs float64
	for i := range gold {
		g, s := gold[i]-meanGold, scores[i]-mean
		both += g * s
		vg += g * g
		vs += s * s
	}
	if vg == 0 || vs == 0 {
		return mae, 0
	}
	return mae, both / math.Sqrt(vg*vs)
}

// median is the number with the least mean absolute error.
func median(x []float64) float64 {
	s := slices.Clone(x)
	slices.Sort(s)
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}
