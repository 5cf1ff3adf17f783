// Package correction holds what people correct of a ledger, and applies it.
//
// A ledger as it was read stays as it is. What was corrected is kept beside it,
// as a list of Corrections in the order in which they were made, and the
// corrected ledger is made of both by Apply whenever it is wanted. So a
// correction can be undone, in any order, by leaving it out; and when a text is
// read again, by other models or because it has changed, the list is applied to
// the new ledger. For that a correction names a claim by its words and those
// around them, never by its id (Anchor): what no longer fits is reported as
// unresolved, and is applied to nothing.
//
// A mark that something was checked says that somebody did, and what they
// wrote. Neither it nor anything else here says that a claim is true or false.
package correction

import (
	"time"

	"hearsay/ledger"
)

// Kind is what a correction changes.
type Kind string

// The kinds of correction. All but the last two concern one claim of an article.
const (
	Content      Kind = "content"      // how far the claim's content reaches
	Cue          Kind = "cue"          // the words that attribute it
	Source       Kind = "source"       // the words that name its source, and where these begin and end
	Speaker      Kind = "speaker"      // whom these words mean
	Unattributed Kind = "unattributed" // it is on nobody's word but the article's own
	Removed      Kind = "removed"      // the text makes no such claim
	Added        Kind = "added"        // the text makes a claim that was missed
	Checked      Kind = "checked"      // somebody checked it, and wrote a note
	Merge        Kind = "merge"        // several incidents across articles are one
	Split        Kind = "split"        // an incident across articles is two
)

// Kinds are all kinds, in the order in which those that are made together are applied.
func Kinds() []Kind {
	return []Kind{Added, Content, Cue, Source, Speaker, Unattributed, Removed, Checked, Merge, Split}
}

// OfIncidents reports whether k concerns incidents across articles, and so no ledger.
func (k Kind) OfIncidents() bool { return k == Merge || k == Split }

// Correction is one thing that somebody corrected. Its JSON is what is kept.
type Correction struct {
	Number  int       `json:"number"`            // from 1, never used again
	Kind    Kind      `json:"kind"`              //
	Who     string    `json:"who"`               // made it
	Made    time.Time `json:"made"`              // to the second
	Article string    `json:"article,omitempty"` // its id; empty where Kind is of incidents
	Version int       `json:"version,omitempty"` // of the article, when it was made
	Anchor  *Anchor   `json:"anchor,omitempty"`  // the claim; nil where Kind is of incidents
	Before  *Reading  `json:"before,omitempty"`  // what it replaced; nil where there was nothing
	After   *Reading  `json:"after,omitempty"`   // what it put in its place; nil where that is nothing
	Note    string    `json:"note,omitempty"`    // why, or what was found
	Link    string    `json:"link,omitempty"`    // http or https
	Undone  *Undone   `json:"undone,omitempty"`  // nil while it stands

	Incidents []string `json:"incidents,omitempty"` // what was merged, or what was split, by the ids given
	Articles  []string `json:"articles,omitempty"`  // of a split: the articles that were taken out
	Into      []string `json:"into,omitempty"`      // the ids of what came of it: one, or of a split what was left and the other
}

// Undone is who took a correction back, and when.
type Undone struct {
	Who  string    `json:"who"`
	When time.Time `json:"when"` // to the second
}

// Standing reports whether the correction was not taken back.
func (c *Correction) Standing() bool { return c.Undone == nil }

// Reading is what a claim is read as, or a part of that: of a Correction only
// what its Kind changes. That is for Content the field Content and for Cue the
// field Cue; for Source, Source and Speaker; for Speaker, Speaker; for
// Unattributed, Source, Speaker and Cue; for Removed and Added all of them.
type Reading struct {
	Content []Quote   `json:"content,omitempty"` // in the order of the text
	Source  *Origin   `json:"source,omitempty"`
	Cue     *Quote    `json:"cue,omitempty"`
	Speaker *Identity `json:"speaker,omitempty"`
}

// Origin is the words that name a source. They are empty where Naming is none:
// "reportedly".
type Origin struct {
	Quote
	Naming ledger.Naming     `json:"naming,omitempty"`
	Kind   ledger.SourceKind `json:"kind,omitempty"`
}

// Identity is whom a source means, by name: an entity of the ledger that has this
// name or alias, or one whom the text does not name.
type Identity struct {
	Name string            `json:"name"`
	Type ledger.EntityType `json:"type,omitempty"`
}

// Quote is words of a text with what stands around them, as the TextQuoteSelector
// and TextPositionSelector of the W3C Web Annotation model have it. Start and
// End count code points of the text that it was made in.
type Quote struct {
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// Anchor is a claim, by its words as they were read when it was corrected, or of
// one that was added as it was added. Earlier corrections do not show in it.
type Anchor struct {
	Text    string  `json:"text"` // a digest of the text that the quotes were made in
	Content []Quote `json:"content"`
	Cue     *Quote  `json:"cue,omitempty"`
	Source  *Quote  `json:"source,omitempty"`
}

// Request is a correction that somebody asks for.
type Request struct {
	Kind  Kind   `json:"kind"`
	Claim string `json:"claim,omitempty"` // the claim's id in the corrected ledger; empty for Added
	// Seen is what Seen made of the claim that was looked at. Where it is given and the
	// claim is another by now, the request is refused.
	Seen string `json:"seen,omitempty"`
	// After is what it should be, as Reading says. A Quote may have Exact alone, and
	// then means the nearest such words, or Start and End alone.
	After *Reading `json:"after,omitempty"`
	Note  string   `json:"note,omitempty"`
	Link  string   `json:"link,omitempty"`
}

// State is what became of a correction.
type State string

// What becomes of a correction when it is applied.
const (
	Applied    State = "applied"
	Replaced   State = "replaced"   // a later one changes the same
	Unresolved State = "unresolved" // the claim, or the words it gives it, can no longer be found: it is applied to nothing
	Refused    State = "refused"    // the claim is there, and with this would break a rule of the ledger
	TakenBack  State = "undone"
	Elsewhere  State = "elsewhere" // it is of incidents, and no matter of a ledger
)

// Outcome is what became of one correction.
type Outcome struct {
	State State  `json:"state"`
	Claim string `json:"claim,omitempty"` // the id that the claim has in this ledger
	By    int    `json:"by,omitempty"`    // of what is replaced: the number of the later one
	Why   string `json:"why,omitempty"`   // of what is unresolved or refused
}
