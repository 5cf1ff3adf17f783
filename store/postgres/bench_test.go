package postgres_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"hearsay/store"
	"hearsay/store/postgres"
	"hearsay/store/postgres/pgtest"
	"hearsay/store/storetest"
)

// BenchmarkAddAll adds articles of 40 sentences, 32 at a time as hearsay add does.
func BenchmarkAddAll(b *testing.B) {
	s := open(b, pgtest.Database(b), postgres.Options{})
	r := rand.New(rand.NewPCG(1, 1))
	n := 0
	for b.Loop() {
		items := make([]store.Item, 32)
		for i := range items {
			n++
			a, l := storetest.Random(r, fmt.Sprint("a", n), 40)
			items[i] = store.Item{Origin: "x", Article: a, Ledger: l}
		}
		if _, err := s.AddAll(b.Context(), items); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
}
