// Package names finds the names of people, organisations and places in a text.
package names

import "hearsay/text"

// Type is what a name is of.
type Type uint8

// The types of name, those of CoNLL-2003.
const (
	None Type = iota
	Person
	Organization
	Place
	Misc // nationalities, events, works
)

// Name is one name in the text.
type Name struct {
	text.Range
	Type Type
}

// Reader finds names. The zero Reader is ready; it keeps its memory from text
// to text and must not be used by two goroutines at once.
type Reader struct {
	found []Name
}

// Read returns the names in d, which is tagged, in text order and none inside
// another. They are the Reader's own until the next Read.
func (r *Reader) Read(d *text.Doc) []Name {
	r.found = r.found[:0]
	return r.found
}
