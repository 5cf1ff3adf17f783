package watch

import (
	"container/heap"
	"context"
	"net/url"
	"strings"
	"time"

	"hearsay/article/feed"
)

// entry is a feed or a list of feeds that is polled.
type entry struct {
	name string
	next time.Time
	seq  int             // its place among all, for those that are due at one time
	from map[string]bool // the lists that name it, "" for the person
	list []feed.Outline  // what it names, of a list
	state
	loaded bool // state is what the memory has
}

// host is the name of whom a poll asks first.
func (e *entry) host() string {
	if u, err := url.Parse(e.address()); err == nil {
		return strings.ToLower(u.Hostname())
	}
	return ""
}

// result is what came of a poll.
type result struct {
	next time.Time      // when to poll again; zero for never
	list []feed.Outline // what a list names
	isList,
	skipped bool // it was not due
	err error // the memory's: nothing more can be kept
}

// schedule says which feed is polled when: the one that is due longest first,
// maxAtOnce at a time, and of one host one at a time.
type schedule struct {
	once    bool
	entries map[string]*entry
	waiting queue
	parked  map[string][]*entry // due, while another of their host is polled
	busy    map[string]bool     // hosts that are being asked
	running int
}

func newSchedule(once bool) *schedule {
	return &schedule{once: once, entries: make(map[string]*entry), parked: make(map[string][]*entry), busy: make(map[string]bool)}
}

// add adds a feed, which a list or ("") the person names, unless it is there.
func (s *schedule) add(name, list string) {
	e := s.entries[name]
	if e == nil {
		e = &entry{name: name, seq: len(s.entries), from: make(map[string]bool)}
		s.entries[name] = e
		heap.Push(&s.waiting, e)
	}
	e.from[list] = true
}

// run polls until ctx ends or, when everything is to be polled once, has been.
func (s *schedule) run(ctx context.Context, poll func(context.Context, *entry) result) (err error) {
	type ended struct {
		entry *entry
		host  string
		result
	}
	done := make(chan ended)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for {
		for ctx.Err() == nil && s.running < maxAtOnce && len(s.waiting) > 0 && !s.waiting[0].next.After(time.Now()) {
			e := heap.Pop(&s.waiting).(*entry)
			if len(e.from) == 0 { // its list names it no more
				s.relist(e, nil)
				delete(s.entries, e.name)
				continue
			}
			host := e.host()
			if s.busy[host] {
				s.parked[host] = append(s.parked[host], e)
				continue
			}
			s.busy[host] = true
			s.running++
			go func() { done <- ended{e, host, poll(ctx, e)} }()
		}
		if s.running == 0 && (ctx.Err() != nil || len(s.waiting) == 0) {
			return err
		}
		var timer *time.Timer
		var due <-chan time.Time
		if s.running < maxAtOnce && len(s.waiting) > 0 && ctx.Err() == nil {
			timer = time.NewTimer(time.Until(s.waiting[0].next))
			due = timer.C
		}
		stop := ctx.Done()
		if ctx.Err() != nil {
			stop = nil // what runs ends by itself
		}
		select {
		case d := <-done:
			s.running--
			delete(s.busy, d.host)
			if list := s.parked[d.host]; len(list) > 0 {
				heap.Push(&s.waiting, list[0])
				if s.parked[d.host] = list[1:]; len(list) == 1 {
					delete(s.parked, d.host)
				}
			}
			if d.err != nil {
				if err == nil {
					err = d.err
				}
				cancel()
			}
			s.ended(d.entry, d.result)
		case <-due:
		case <-stop:
		}
		if timer != nil {
			timer.Stop()
		}
	}
}

// ended puts a feed that was polled back in the queue.
func (s *schedule) ended(e *entry, r result) {
	if r.isList {
		s.relist(e, r.list)
	}
	if r.next.IsZero() || s.once {
		return // it stays among the entries, so that a list does not bring it back
	}
	e.next = r.next
	heap.Push(&s.waiting, e)
}

// relist adds the feeds that a list names and takes away those that it names no
// more, unless the person or another list does.
func (s *schedule) relist(e *entry, list []feed.Outline) {
	now := make(map[string]bool, len(list))
	for _, o := range list {
		now[o.URL] = true
		s.add(o.URL, e.name)
	}
	for _, o := range e.list {
		if before := s.entries[o.URL]; before != nil && !now[o.URL] {
			delete(before.from, e.name)
		}
	}
	e.list = list
}

// queue is a heap of feeds, the one that is due first on top.
type queue []*entry

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if !q[i].next.Equal(q[j].next) {
		return q[i].next.Before(q[j].next)
	}
	return q[i].seq < q[j].seq
}

func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push is heap.Interface's.
func (q *queue) Push(e any) { *q = append(*q, e.(*entry)) }

// Pop is heap.Interface's.
func (q *queue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return e
}
