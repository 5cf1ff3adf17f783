// Package watch polls news feeds and lists of feeds, each when it is due, and
// hands on what is new in them.
//
// It asks only for what has changed, leaves out what it knows, waits longer and
// longer for a feed that fails, and remembers all of that in a store, so that
// one that is started again goes on where the last one was. What robots.txt
// forbids and how close requests to one host may follow one another is up to
// the Getter's Gate (see package polite).
package watch

import (
	"context"
	"math/rand/v2"
	"time"

	"hearsay/article"
	"hearsay/article/inputs"
	"hearsay/store"
)

// Memory keeps the state of feeds and of their items. A store.Store is one.
type Memory interface {
	Mark(ctx context.Context, origin, state string) error
	State(ctx context.Context, origin string) (state string, err error)
}

// The bounds.
const (
	DefaultEvery = 15 * time.Minute
	MinEvery     = time.Minute

	maxAsked    = 12 * time.Hour // of what a feed says of how often it wants to be read
	maxBackOff  = 24 * time.Hour // between two polls of a feed that fails
	listEvery   = 24 * time.Hour // between two polls of a list of feeds
	stateAhead  = 8 * 24 * time.Hour
	maxAtOnce   = 32  // polls
	maxNew      = 300 // items of a feed that are got in one poll; the others are in the next
	maxTries    = 3   // polls in which an item that cannot be got is tried
	forgetMoved = 3   // failures after which a feed is asked for at its old address again
	jitter      = 10  // a poll is late by up to one part in so many of its interval
)

// Watcher polls feeds. Set the fields before the first use.
type Watcher struct {
	// Getter gets feeds and the pages of their items.
	Getter *article.Getter
	// Memory keeps what has to be known after a restart.
	Memory Memory
	// Add takes an item of a feed into the store. An *article.Error says that the
	// item could not be read, and another error that nothing can be kept. It is
	// called by several goroutines at once.
	Add func(ctx context.Context, it inputs.Item) (id string, o store.Outcome, err error)
	// Tell is told what happens. It is called by several goroutines at once.
	Tell func(Event)

	Every time.Duration // between two polls of a feed, DefaultEvery by default
	Once  bool          // poll what is due and end
	Now   bool          // poll every feed at first, whether it is due or not, also one that is gone
}

// Event is something that happened.
type Event struct {
	Kind    Kind      `json:"event"`
	Time    time.Time `json:"time"`
	Feed    string    `json:"feed"`
	Item    string    `json:"item,omitempty"`    // of an Article or Refused: its name
	ID      string    `json:"id,omitempty"`      // of an Article: its id in the store
	Outcome string    `json:"outcome,omitempty"` // of an Article: added, changed or known
	Code    string    `json:"code,omitempty"`    // of a Refused or Failed: an article.Code
	Message string    `json:"message,omitempty"` // of a Refused or Failed: why, in a line that names the input
	To      string    `json:"to,omitempty"`      // of a Moved: the new address
	Feeds   int       `json:"feeds,omitempty"`   // of a List: how many it names
	Counts  *Counts   `json:"counts,omitempty"`  // of a Polled
	Next    time.Time `json:"next,omitzero"`     // when the feed is polled again
}

// Kind says what happened.
type Kind string

// What can happen.
const (
	Polled  Kind = "polled"  // a feed was read
	Article Kind = "article" // an item of it is in the store
	Refused Kind = "refused" // an item of it could not be read
	Failed  Kind = "failed"  // a feed could not be read
	Gone    Kind = "gone"    // a feed is no more (410), and will not be polled again
	Moved   Kind = "moved"   // a feed has another address from now on
	List    Kind = "list"    // a list of feeds was read
)

// Counts are what became of the items of a feed that was polled.
type Counts struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Known   int `json:"known"`   // of them those refused for good before
	Refused int `json:"refused"` // now
	Left    int `json:"left"`    // for the next poll
}

// Run polls the feeds and the feeds of the lists that names gives, by address
// or, of lists, by file name, until ctx ends, or with Once until nothing is due.
// It returns nil then. An error is one of Memory or Add, after which nothing
// can be kept. When ctx ends no request is begun any more; what was got is kept.
func (w *Watcher) Run(ctx context.Context, names []string) error {
	s := newSchedule(w.Once)
	for _, name := range names {
		s.add(name, "")
	}
	return s.run(ctx, w.poll)
}

func (w *Watcher) tell(e Event) {
	e.Time = time.Now().UTC().Truncate(time.Second)
	e.Next = e.Next.UTC().Truncate(time.Second)
	w.Tell(e)
}

func (w *Watcher) every() time.Duration {
	if w.Every == 0 {
		return DefaultEvery
	}
	return w.Every
}

// late returns how late something that comes every interval may be, so that
// feeds that were read together drift apart.
func late(interval time.Duration) time.Duration {
	return rand.N(max(1, interval/jitter))
}
