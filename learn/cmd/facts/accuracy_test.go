package main

import (
	"math"
	"os"
	"testing"

	"hearsay/facts"
	"hearsay/facts/index"
	"hearsay/facts/matching"
)

// TestAccuracy pins how well the models in the program find the fact-checks of
// queries that they were not trained on, and how far their chances are from
// what comes true.
func TestAccuracy(t *testing.T) {
	const data = "../../../../shared/data/factchecks"
	if _, err := os.Stat(data); err != nil {
		t.Skipf("SKIPPED: how well fact-checks are found is not checked, as the research data in ../shared is missing: %v", err)
	}
	if testing.Short() {
		t.Skip("SKIPPED: how well fact-checks are found is not checked in a short run")
	}
	all, err := load(data)
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string]struct{ map5, likely, off float64 }{
		"snopes": {0.930, 0.92, 0.04},
		"60k":    {0.550, 0.80, 0.04},
	}
	for _, c := range all {
		floor := floors[c.name]
		var m matching.Matcher
		var map5, likely, likelyRight, off float64
		bins := make(map[int][3]float64) // sum of chances, right ones, all
		for _, q := range c.dev {
			results, err := m.Match([]*index.Segment{c.segment}, q.text, 10, nil)
			if err != nil {
				t.Fatal(err)
			}
			n, average := 0, 0.0
			for place, r := range results {
				right := 0.0
				if q.right[c.reviews[r.ID].id] {
					right = 1
					if n++; place < 5 {
						average += float64(n) / float64(place+1)
					}
				}
				if r.Level == facts.Likely {
					likely++
					likelyRight += right
				}
				b := bins[int(r.Score*10)]
				bins[int(r.Score*10)] = [3]float64{b[0] + r.Score, b[1] + right, b[2] + 1}
			}
			map5 += average / float64(min(len(q.right), 5))
		}
		map5 /= float64(len(c.dev))
		all := 0.0
		for _, b := range bins {
			off += math.Abs(b[0] - b[1])
			all += b[2]
		}
		off /= all
		t.Logf("%s: MAP@5 %.4f, of the likely %.2f are right, chances are off by %.4f", c.name, map5, likelyRight/likely, off)
		if map5 < floor.map5 || likelyRight/likely < floor.likely || off > floor.off {
			t.Errorf("%s: MAP@5 %.4f, of the likely %.2f are right, chances are off by %.4f; want at least %.3f and %.2f, at most %.3f",
				c.name, map5, likelyRight/likely, off, floor.map5, floor.likely, floor.off)
		}
	}
}
