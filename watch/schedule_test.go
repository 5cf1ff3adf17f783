package watch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hearsay/article/feed"
)

// TestSchedule watches a thousand feeds of fifty hosts for a day, by a clock
// that jumps.
func TestSchedule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const feeds, hosts, every, takes = 1000, 50, 15 * time.Minute, 2 * time.Second
		s := newSchedule(false)
		for i := range feeds {
			s.add(fmt.Sprintf("https://h%d.velmora.example/feed/%d", i%hosts, i), "")
		}
		var mu sync.Mutex
		polls, last := make(map[string]int), make(map[string]time.Time)
		atHost, now, most := make(map[string]int), 0, 0
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		err := s.run(ctx, func(ctx context.Context, e *entry) result {
			mu.Lock()
			if before, ok := last[e.name]; ok && time.Since(before) < every {
				t.Errorf("%s is polled again after %v", e.name, time.Since(before))
			}
			last[e.name] = time.Now()
			polls[e.name]++
			now++
			most = max(most, now)
			if atHost[e.host()]++; atHost[e.host()] > 1 {
				t.Errorf("%s is asked twice at once", e.host())
			}
			mu.Unlock()
			select {
			case <-time.After(takes):
			case <-ctx.Done():
			}
			mu.Lock()
			now--
			atHost[e.host()]--
			mu.Unlock()
			return result{next: time.Now().Add(every)}
		})
		if err != nil || most != maxAtOnce || now != 0 {
			t.Errorf("got %v, %d at most, %d at the end", err, most, now)
		}
		// All of them take 63 s at thirty-two at once, which is less than every.
		for name, n := range polls {
			if want := int(24 * time.Hour / (every + takes)); n < want-1 || n > want+1 {
				t.Errorf("%s was polled %d times, want %d", name, n, want)
			}
		}
		if len(polls) != feeds {
			t.Errorf("%d feeds were polled", len(polls))
		}
	})
}

// TestLists checks that feeds come and go with the lists that name them, and
// that those that the person names stay.
func TestLists(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lists := [][]feed.Outline{
			{{URL: "b"}, {URL: "c"}, {URL: "other", List: true}},
			{{URL: "c"}, {URL: "d"}, {URL: "other", List: true}},
			{{URL: "d"}, {URL: "a"}},
		}
		want := [][]string{
			{"a", "b", "c", "e", "list", "other"},
			{"a", "c", "d", "e", "list", "other"},
			{"a", "d", "list"},
		}
		s := newSchedule(false)
		s.add("list", "")
		s.add("a", "")
		hour := 0
		polled := make(map[string]bool)
		ctx, cancel := context.WithCancel(t.Context())
		err := s.run(ctx, func(_ context.Context, e *entry) result { // one host, so one at a time
			switch e.name {
			case "list":
				if hour > 0 {
					time.Sleep(time.Minute)
				}
				if hour == len(lists) {
					cancel()
					return result{}
				}
				hour++
				return result{next: time.Now().Add(time.Hour), isList: true, list: lists[hour-1]}
			case "other":
				polled[e.name] = true
				return result{next: time.Now().Add(9 * time.Minute), isList: true, list: []feed.Outline{{URL: "e"}, {URL: "list", List: true}}}
			}
			polled[e.name] = true
			if e.name == "a" && time.Now().Minute() >= 40 { // what was dropped has come up by then
				names := slices.Sorted(maps.Keys(s.entries))
				if !slices.Equal(names, want[hour-1]) {
					t.Errorf("with list %d: %v, want %v", hour, names, want[hour-1])
				}
			}
			return result{next: time.Now().Add(10 * time.Minute)}
		})
		if err != nil || hour != len(lists) || len(polled) != 6 {
			t.Errorf("got %v after %d lists, polled %v", err, hour, polled)
		}
	})
}

// TestEnds checks that a schedule ends when all has been polled once, when
// nothing is left, and when nothing can be kept; and that it then waits for what
// is under way.
func TestEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("the disk is full")
		for _, test := range []struct {
			name  string
			once  bool
			poll  func(name string) result
			err   error
			polls int
		}{
			{"once", true, func(string) result { return result{next: time.Now().Add(time.Hour)} }, nil, 40},
			{"gone", false, func(string) result { return result{} }, nil, 40},
			{"full", false, func(name string) result {
				if name == "http://7.example" {
					return result{err: full}
				}
				return result{next: time.Now().Add(time.Hour)}
			}, full, 32},
		} {
			s := newSchedule(test.once)
			for i := range 40 {
				s.add(fmt.Sprintf("http://%d.example", i), "")
			}
			var mu sync.Mutex
			begun, over := 0, 0
			err := s.run(t.Context(), func(_ context.Context, e *entry) result {
				mu.Lock()
				begun++
				mu.Unlock()
				time.Sleep(time.Second)
				mu.Lock()
				over++
				mu.Unlock()
				return test.poll(e.name)
			})
			if !errors.Is(err, test.err) || begun < test.polls || over != begun {
				t.Errorf("%s: got %v; %d polls were begun, %d are over", test.name, err, begun, over)
			}
		}
	})
}
