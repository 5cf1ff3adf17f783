// Package events finds the words of a text that tell of something that
// happened, and says of what type it was.
package events

import (
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Event is one mention of something that happened.
type Event struct {
	Trigger text.Range // the words that tell of it: "suicide bombing", "attacked"
	Head    int32      // the token that heads them
	Type    ledger.IncidentType
	Score   float32 // how much speaks for the type, from 0 to 1
}

// Reader finds events. The zero Reader is ready; it keeps its memory from text
// to text and must not be used by two goroutines at once.
type Reader struct {
	found []Event
}

// Read returns the events told of in d, whose tree is t, in text order. They
// are the Reader's own until the next Read.
func (r *Reader) Read(d *text.Doc, t *tree.Tree) []Event {
	r.found = r.found[:0]
	return r.found
}
