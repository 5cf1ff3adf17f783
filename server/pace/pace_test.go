package pace

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTake(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	l := New(Limit{Every: time.Second, Burst: 3}, 10)
	for i, test := range []struct {
		after time.Duration
		key   string
		want  time.Duration
	}{
		{0, "a", 0}, {0, "a", 0}, {0, "a", 0}, {0, "a", time.Second}, {0, "a", time.Second}, // what is refused costs nothing
		{0, "b", 0},
		{time.Second / 2, "a", time.Second / 2}, {time.Second / 2, "a", 0}, {0, "a", time.Second},
		{time.Hour, "a", 0}, {0, "a", 0}, {0, "a", 0}, {0, "a", time.Second}, // no more than the burst is saved up
	} {
		now = now.Add(test.after)
		if got := l.Take(test.key, now); got != test.want {
			t.Errorf("step %d: %s waits %v, want %v", i, test.key, got, test.want)
		}
	}
	var none *Limiter
	for range 1000 {
		if none.Take("a", now) != 0 || New(Limit{}, 1).Take("a", now) != 0 {
			t.Fatal("held up without a limit")
		}
	}
}

// TestNoMoreThanTheLimit checks, whoever comes when, that in no stretch of time
// more is let through than the limit says, and that no more keys are remembered than agreed.
func TestNoMoreThanTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := Limit{Every: time.Second, Burst: rapid.IntRange(1, 5).Draw(t, "burst")}
		l := New(limit, 8)
		now := time.Unix(1_000_000, 0)
		let := make(map[string][]time.Time)
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 1500).Draw(t, "ms")) * time.Millisecond)
			key := fmt.Sprint(rapid.IntRange(0, 5).Draw(t, "key"))
			if l.Take(key, now) == 0 {
				let[key] = append(let[key], now)
			}
		}
		for key, times := range let {
			for i := range times {
				if j := i + limit.Burst; j < len(times) && times[j].Sub(times[i]) < limit.Every {
					t.Fatalf("%s was let through at %v", key, times[i:j+1])
				}
			}
		}
		for i := range 100 {
			l.Take(fmt.Sprint("other", i), now)
		}
		if len(l.full) > 8 {
			t.Fatalf("%d keys are remembered", len(l.full))
		}
	})
}
