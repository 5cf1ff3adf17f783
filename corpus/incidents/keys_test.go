package incidents_test

import (
	"testing"

	"pgregory.net/rapid"

	"hearsay/corpus/incidents"
)

// TestSpans holds what a key may find to where keys are kept.
func TestSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		within := rapid.SampledFrom([]int32{7, 30, 120, 1 << 20}).Draw(t, "within")
		day := rapid.Int32Range(-40000, 40000).Draw(t, "day")
		k := incidents.Key{Hash: 1, Day: day, Within: within}
		other := incidents.Key{Hash: 1, Day: day + rapid.Int32Range(-min(within, 50000), min(within, 50000)).Draw(t, "apart"), Within: within}
		first, last := k.Spans()
		if at := other.Span(); at < first || at > last {
			t.Fatalf("%+v is kept in span %d, and %+v looks in those from %d to %d", other, at, k, first, last)
		}
		if first > k.Span() || last < k.Span() {
			t.Fatalf("%+v looks in spans from %d to %d, and is in %d", k, first, last, k.Span())
		}
	})
}
