// Package batch runs one step over many inputs on several goroutines and hands
// the results on in the order of the inputs, holding only a few of them at a time.
package batch

import (
	"context"
	"iter"
	"sync"
)

// ahead is how many inputs for each worker may be under way or wait to be
// handed on. One slow input then holds back the others' results, not their work.
const ahead = 4

// Ordered applies a step to each value of in, on up to n goroutines, and yields
// the results in the order of the values. Each goroutine makes its own step by
// calling worker once, so a step may keep what must not be shared; goroutines
// are started only as values come. At most 4n+2 values have been taken from in
// and not yet been yielded, however long in is.
//
// When ctx ends or the loop over the results is left, no further value is
// taken, steps under way are left to finish (their ctx ends too), and Ordered
// returns when every goroutine that it started has. It cannot interrupt in:
// one that may block must heed ctx itself.
func Ordered[In, Out any](ctx context.Context, n int, in iter.Seq[In], worker func() func(context.Context, In) Out) iter.Seq[Out] {
	n = max(n, 1)
	return func(yield func(Out) bool) {
		var running sync.WaitGroup
		defer running.Wait()
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()

		type job struct {
			in  In
			out chan<- Out
		}
		jobs := make(chan job)
		queue := make(chan (<-chan Out), ahead*n)

		work := func(j job) {
			step := worker()
			j.out <- step(ctx, j.in)
			for j := range jobs {
				j.out <- step(ctx, j.in)
			}
		}
		running.Go(func() {
			defer close(queue)
			defer close(jobs)
			workers := 0
			for v := range in {
				out := make(chan Out, 1)
				select {
				case queue <- out:
				case <-ctx.Done():
					return
				}
				j := job{v, out}
				select {
				case jobs <- j:
					continue
				default:
				}
				if workers < n {
					workers++
					running.Go(func() { work(j) })
					continue
				}
				select {
				case jobs <- j:
				case <-ctx.Done():
					return
				}
			}
		})

		for {
			var out <-chan Out
			var ok bool
			select {
			case out, ok = <-queue:
			case <-ctx.Done():
				return
			}
			if !ok {
				return
			}
			select {
			case v := <-out:
				if !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
