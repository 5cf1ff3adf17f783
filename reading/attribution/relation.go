// Package attribution finds who is said to say what: the cue, the source and
// the content of every attribution in a parsed text.
package attribution

import "hearsay/text"

// Relation is one attribution, as ranges of a text's tokens. The terms are
// those of PolNeAR and the PARC 3 annotation guidelines: the cue is the words
// that attribute ("said", "according to", "reportedly"), the source whoever is
// attributed to, the content what is attributed.
type Relation struct {
	Cue     text.Range
	Source  text.Range   // empty when the text names nobody
	Content []text.Range // in text order, at least one
	Within  int32        // index in the list of the relation in whose content this one stands; -1 for none
}
