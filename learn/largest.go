package learn

import (
	"cmp"
	"slices"

	"hearsay/linear"
)

// Largest returns the n rows with the largest weights, by the sum of their
// magnitudes, in the order of their features. It keeps rows for its result.
func Largest(rows []linear.Row, n int) []linear.Row {
	if len(rows) > n {
		size := make(map[linear.Feature]float32, len(rows))
		for _, r := range rows {
			for _, w := range r.Weights {
				size[r.Feature] += max(w, -w)
			}
		}
		slices.SortFunc(rows, func(a, b linear.Row) int {
			return cmp.Or(cmp.Compare(size[b.Feature], size[a.Feature]), cmp.Compare(a.Feature, b.Feature))
		})
		rows = rows[:n]
	}
	slices.SortFunc(rows, func(a, b linear.Row) int { return cmp.Compare(a.Feature, b.Feature) })
	return rows
}
