// Package pace limits how often somebody may do something.
package pace

import (
	"sync"
	"time"
)

// Limit is how often something may be done: Burst times at once, and once more
// after each Every. The zero Limit is none.
type Limit struct {
	Every time.Duration
	Burst int
}

// Limiter holds each of any number of keys to one Limit, by the generic cell
// rate algorithm: of a key it remembers one moment, and nothing of one that has
// been quiet for as long as its burst lasts. It remembers a bounded number of
// keys; where there are more, some begin anew. It may be used by several goroutines.
type Limiter struct {
	limit Limit
	most  int

	mu    sync.Mutex
	full  map[string]time.Time // until when a key would be busy, if all it did took Every
	swept time.Time
}

// New makes a Limiter that remembers most keys.
func New(l Limit, most int) *Limiter {
	return &Limiter{limit: l, most: most, full: make(map[string]time.Time)}
}

// Take lets a key do it once more, or says how long it has to wait until it may.
func (l *Limiter) Take(key string, now time.Time) (wait time.Duration) {
	if l == nil || l.limit.Every <= 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	until, known := l.full[key]
	if until.Before(now) {
		until = now
	}
	if wait := until.Sub(now) - time.Duration(l.limit.Burst-1)*l.limit.Every; wait > 0 {
		return wait
	}
	if !known && len(l.full) >= l.most {
		l.makeRoom(now)
	}
	l.full[key] = until.Add(l.limit.Every)
	return 0
}

// makeRoom forgets keys that have been quiet, or if there are none, any one.
func (l *Limiter) makeRoom(now time.Time) {
	if now.Sub(l.swept) >= time.Second { // or whoever comes with ever new keys has all of them gone through each time
		l.swept = now
		for key, until := range l.full {
			if !until.After(now) {
				delete(l.full, key)
			}
		}
	}
	for key := range l.full {
		if len(l.full) < l.most {
			return
		}
		delete(l.full, key)
	}
}
