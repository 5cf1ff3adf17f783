package accounts

import (
	"sync"
	"time"
)

// tries counts who fails to log in, by account and address together: whoever
// guesses at an account holds up nobody else who has it.
type tries struct {
	mu   sync.Mutex
	list map[string]*try
}

type try struct {
	failed int
	until  time.Time // before which nothing is tried
}

const (
	freeTries = 5
	mostTries = 20_000 // that are remembered
	longWait  = 15 * time.Minute
	forgotten = time.Hour // after the wait is over
)

// begin counts an attempt as one that fails, until succeed is told otherwise, or
// says how long there is to wait: nothing for the first five, then a second,
// and each time twice as long.
func (t *tries) begin(key string, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.list == nil {
		t.list = make(map[string]*try)
	}
	one := t.list[key]
	if one != nil && now.Sub(one.until) > forgotten {
		one = nil
	}
	if one == nil {
		if len(t.list) >= mostTries {
			t.makeRoom(now)
		}
		one = &try{until: now}
		t.list[key] = one
	}
	if wait := one.until.Sub(now); wait > 0 {
		return wait
	}
	one.until = now
	if one.failed++; one.failed >= freeTries {
		one.until = now.Add(min(longWait, time.Second<<min(one.failed-freeTries, 20)))
	}
	return 0
}

// succeed forgets the attempts.
func (t *tries) succeed(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.list, key)
}

// makeRoom forgets those that lie back, and if there are none, the one that has to wait least.
func (t *tries) makeRoom(now time.Time) {
	least := ""
	for key, one := range t.list {
		if now.Sub(one.until) > forgotten {
			delete(t.list, key)
		} else if least == "" || one.until.Before(t.list[least].until) {
			least = key
		}
	}
	if len(t.list) >= mostTries {
		delete(t.list, least)
	}
}
