// Package patience does again what failed only because others were at work on the same store.
package patience

import (
	"context"
	"math/rand/v2"
	"time"
)

// Retry calls f until it does not fail with an error that is passing, or so much time has gone by, or ctx is
// done. It returns the last error of f, or that of ctx.
func Retry(ctx context.Context, patience time.Duration, passing func(error) bool, f func(context.Context) error) error {
	for deadline := time.Now().Add(patience); ; {
		err := f(ctx)
		if err == nil {
			return nil
		}
		if c := ctx.Err(); c != nil {
			return c
		}
		if !passing(err) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(1+rand.IntN(20)) * time.Millisecond): // by chance, so that two do not meet again
		}
	}
}
