package desk

import (
	"container/list"
	"crypto/rand"
	"sync"
	"time"

	"hearsay/article"
	"hearsay/ledger"
)

// read is a text that was read and is not kept, or not yet.
type read struct {
	id      string // hard to guess: whoever has it can see the text
	name    string // what the person called it, or the name of the file
	article article.Article
	ledger  *ledger.Ledger
	at      time.Time
	kept    string // the id it has in the collection; empty until it is there
}

// The limits of what is remembered. A ledger takes some ten times the room of its text.
const (
	mostReads     = 200
	mostReadBytes = 8 << 20 // of texts
	readLife      = 12 * time.Hour
)

// reads remembers what was read last. Its zero value remembers nothing yet.
type reads struct {
	mu    sync.Mutex
	byID  map[string]*list.Element
	order list.List // of *read, the one used last first
	bytes int
}

// put remembers a read and gives it its id.
func (s *reads) put(r *read) {
	r.id = rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byID == nil {
		s.byID = make(map[string]*list.Element)
	}
	s.byID[r.id] = s.order.PushFront(r)
	s.bytes += len(r.article.Text)
	for s.order.Len() > mostReads || s.bytes > mostReadBytes && s.order.Len() > 1 {
		s.drop(s.order.Back())
	}
}

// get returns a copy of a read, and false where it is forgotten.
func (s *reads) get(id string, now time.Time) (read, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.byID[id]
	if !ok {
		return read{}, false
	}
	r := e.Value.(*read)
	if now.Sub(r.at) > readLife {
		s.drop(e)
		return read{}, false
	}
	s.order.MoveToFront(e)
	return *r, true
}

// keep notes under which id a read is in the collection.
func (s *reads) keep(id, kept string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.byID[id]; ok {
		e.Value.(*read).kept = kept
	}
}

func (s *reads) drop(e *list.Element) {
	r := s.order.Remove(e).(*read)
	delete(s.byID, r.id)
	s.bytes -= len(r.article.Text)
}
