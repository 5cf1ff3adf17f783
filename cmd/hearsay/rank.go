package main

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"hearsay/ledger"
	"hearsay/report"
)

// byWorth is what --rank takes for the order by check-worthiness alone.
const byWorth = "all"

// ranking reads --rank: nil for the order of the text, where nothing is asked for.
func ranking(keys []string) (*report.Ranking, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	if slices.Equal(keys, []string{byWorth}) {
		return &report.Ranking{}, nil
	}
	r := &report.Ranking{}
	for _, k := range keys {
		reason, ok := ledger.ReasonOf(strings.TrimSpace(k))
		switch {
		case k == byWorth:
			return nil, usagef("--rank %s is the order by check-worthiness alone, and stands without reasons beside it", byWorth)
		case !ok:
			return nil, usagef("--rank knows no reason %q: it is %s, or one or more of %s", k, byWorth, strings.Join(reasonKeys(), ", "))
		}
		r.First = append(r.First, reason)
	}
	return r, nil
}

// reasonKeys are the words that --rank takes.
func reasonKeys() []string {
	var keys []string
	for _, r := range ledger.Reasons() {
		keys = append(keys, r.Key())
	}
	return keys
}

// noTechniques is what --techniques takes for none at all.
const noTechniques = "none"

// sureness reads --techniques as reading.Reader takes it.
func sureness(s string) (float64, error) {
	switch s {
	case "":
		return 0, nil
	case noTechniques:
		return math.Inf(1), nil
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || !(0 <= x && x <= 1) { // so that NaN is refused
		return 0, usagef("--techniques is how sure to be of a technique, from 0 to 1, such as 0.5, or %s; not %q", noTechniques, s)
	}
	return max(x, math.SmallestNonzeroFloat64), nil // 0 would leave it to the Reader
}
