// Package figures reads the numbers that a text gives and what they count.
package figures

import (
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Reader is the reader of figures. The zero Reader is ready; it keeps its memory
// from text to text and must not be used by two goroutines at once.
type Reader struct{}

// Read adds to l, the ledger of d so far, whose tree is t.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, l *ledger.Ledger) {
}
