package batch_test

import (
	"context"
	"iter"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hearsay/reading/batch"
)

// double is a step that takes as long as delays says and returns twice its input.
func double(delays []int) func() func(context.Context, int) int {
	return func() func(context.Context, int) int {
		return func(ctx context.Context, i int) int {
			select {
			case <-time.After(time.Duration(delays[i]) * time.Millisecond):
			case <-ctx.Done():
			}
			return 2 * i
		}
	}
}

func upTo(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// inBubble runs f where time is simulated and where a goroutine that outlives f
// fails the test, and returns what f returns.
func inBubble[T any](t *testing.T, f func() T) (result T) {
	synctest.Test(t, func(*testing.T) { result = f() })
	return result
}

func TestOrderIsKeptWhateverTheDelays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		delays := rapid.SliceOfN(rapid.IntRange(0, 50), 0, 60).Draw(rt, "delays")
		workers := rapid.IntRange(0, 9).Draw(rt, "workers")
		got := inBubble(t, func() []int {
			return slices.Collect(batch.Ordered(context.Background(), workers, upTo(len(delays)), double(delays)))
		})
		var want []int
		for i := range delays {
			want = append(want, 2*i)
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestLeavingTheLoopStopsEveryGoroutine(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		delays := rapid.SliceOfN(rapid.IntRange(0, 50), 1, 60).Draw(rt, "delays")
		workers := rapid.IntRange(1, 9).Draw(rt, "workers")
		stop := rapid.IntRange(1, len(delays)).Draw(rt, "stop")
		got := inBubble(t, func() int {
			n := 0
			for range batch.Ordered(context.Background(), workers, upTo(len(delays)), double(delays)) {
				if n++; n == stop {
					break
				}
			}
			return n
		})
		if got != stop {
			rt.Fatalf("yielded %d results, want %d", got, stop)
		}
	})
}

func TestCancellingEndsTheLoopWithAPrefix(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		delays := rapid.SliceOfN(rapid.IntRange(0, 50), 0, 60).Draw(rt, "delays")
		workers := rapid.IntRange(1, 9).Draw(rt, "workers")
		after := rapid.IntRange(0, 500).Draw(rt, "after")
		got := inBubble(t, func() []int {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(after)*time.Millisecond)
			defer cancel()
			return slices.Collect(batch.Ordered(ctx, workers, upTo(len(delays)), double(delays)))
		})
		for i, v := range got {
			if v != 2*i {
				rt.Fatalf("result %d is %d, want %d", i, v, 2*i)
			}
		}
	})
}

func TestFewValuesAreHeld(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const values = 200
		workers := rapid.IntRange(1, 9).Draw(rt, "workers")
		slow := rapid.IntRange(0, values-1).Draw(rt, "slow")
		delays := make([]int, values)
		delays[slow] = 10_000
		most := inBubble(t, func() int64 {
			var taken atomic.Int64
			counted := func(yield func(int) bool) {
				for i := range upTo(values) {
					taken.Add(1)
					if !yield(i) {
						return
					}
				}
			}
			var yielded, most int64
			for range batch.Ordered(context.Background(), workers, counted, double(delays)) {
				most = max(most, taken.Load()-yielded)
				yielded++
			}
			return most
		})
		if limit := int64(4*workers + 2); most > limit {
			rt.Fatalf("held %d values with %d workers, want at most %d", most, workers, limit)
		}
	})
}

func TestEachGoroutineMakesItsOwnStep(t *testing.T) {
	for _, tc := range []struct{ values, workers, want int }{{0, 4, 0}, {1, 4, 1}, {50, 4, 4}} {
		made := inBubble(t, func() int64 {
			var made atomic.Int64
			worker := func() func(context.Context, int) int {
				made.Add(1)
				busy := false // a second goroutine in this step would be a race
				return func(_ context.Context, i int) int {
					busy = !busy
					time.Sleep(time.Millisecond)
					busy = !busy
					return i
				}
			}
			for range batch.Ordered(context.Background(), tc.workers, upTo(tc.values), worker) {
			}
			return made.Load()
		})
		if made != int64(tc.want) {
			t.Errorf("%d values on %d workers made %d steps, want %d", tc.values, tc.workers, made, tc.want)
		}
	}
}
