package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"hearsay/store"
	"hearsay/store/sqlite"
	"hearsay/store/storetest"
)

// BenchmarkAdd adds articles of thirty sentences whose ledgers are ready, one
// by one and by 32 in a transaction.
func BenchmarkAdd(b *testing.B) {
	for _, together := range []int{1, 32} {
		b.Run(fmt.Sprint(together), func(b *testing.B) {
			s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "store.db"), sqlite.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			r := rand.New(rand.NewPCG(1, 2))
			var items []store.Item
			n := 0
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				a, l := storetest.Random(r, fmt.Sprint("a", n), 30)
				items = append(items, store.Item{Origin: "bench", Article: a, Ledger: l})
				n++
				b.StartTimer()
				if len(items) == together {
					if _, err := s.AddAll(b.Context(), items); err != nil {
						b.Fatal(err)
					}
					items = items[:0]
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}
