// Package incidents gathers the events that a text tells of into incidents:
// what happened, when, where, to whom, by whose word.
package incidents

import (
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Event is one mention of something that happened.
type Event struct {
	Trigger text.Range // the words that tell of it
	Head    int32      // the token that heads them
	Type    ledger.IncidentType
	Score   float32 // how much speaks for the type, from 0 to 1
}

// Reader gathers incidents. The zero Reader is ready; it keeps its memory from
// text to text and must not be used by two goroutines at once.
type Reader struct{}

// Read adds the incidents of d, whose tree is t, to l, the ledger of d with
// all but incidents in it.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, events []Event, l *ledger.Ledger) {
}
