package patience_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hearsay/store/patience"
)

func TestRetry(t *testing.T) {
	held, broken := errors.New("held by another"), errors.New("broken")
	passing := func(err error) bool { return err == held }
	for _, test := range []struct {
		name     string
		patience time.Duration
		errs     []error // of the calls, the last one for all that follow
		want     error
		calls    int
	}{
		{"at once", time.Minute, []error{nil}, nil, 1},
		{"the third time", time.Minute, []error{held, held, nil}, nil, 3},
		{"what does not pass", time.Minute, []error{held, broken}, broken, 2},
		{"at the end of patience", -time.Second, []error{held}, held, 1},
	} {
		calls := 0
		err := patience.Retry(t.Context(), test.patience, passing, func(context.Context) error {
			calls++
			return test.errs[min(calls, len(test.errs))-1]
		})
		if err != test.want || calls != test.calls {
			t.Errorf("%s: %v after %d calls", test.name, err, calls)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := patience.Retry(ctx, time.Minute, passing, func(context.Context) error { cancel(); return held })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v when it was called off", err)
	}
}
