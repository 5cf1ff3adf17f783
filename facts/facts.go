// Package facts is about published fact-checks: what others have found out of
// what is claimed. Hearsay repeats who published a check of a claim, where, when
// and with which rating; it has no rating of its own.
package facts

import (
	"crypto/sha256"
	"encoding/hex"
)

// Review is a published fact-check: a ClaimReview of schema.org.
type Review struct {
	URL       string `json:"url"`
	Claim     string `json:"claimReviewed"`
	Title     string `json:"name,omitempty"`
	Body      string `json:"reviewBody,omitempty"`
	Publisher string `json:"publisher,omitempty"` // the name of who checked
	Rating    string `json:"rating,omitempty"`    // in the publisher's words
	Published string `json:"published,omitempty"` // 2006-01-02
	Claimant  string `json:"claimant,omitempty"`  // the name of who made the claim
	Claimed   string `json:"claimed,omitempty"`   // the day of the claim, 2006-01-02
}

// ID returns the identity of a fact-check: that of its page and the claim, as
// one page may check several. Two fact-checks of one ID are two states of one.
func (r *Review) ID() string {
	sum := sha256.Sum256([]byte(r.URL + "\x00" + r.Claim))
	return hex.EncodeToString(sum[:8])
}

// Level says how sure it is that a fact-check is about what a text says.
type Level string

// The levels.
const (
	Likely  Level = "likely"  // more likely than not it is about the same claim
	Related Level = "related" // it is about something that the claim has to do with
)

// Match is a fact-check that is, or may be, about what a text says.
type Match struct {
	Review *Review
	ID     string  // of the Review
	Score  float64 // how probable it is that the check is about this very claim
	Level  Level   // empty for one that has less to do with it than Related
	Same   []Same  // what the match rests on
}

// Same is something that a text and a fact-check have in common.
type Same struct {
	Kind SameKind `json:"kind"`
	Text string   `json:"text"` // as the fact-check has it
}

// SameKind says what it is.
type SameKind string

// What a text and a fact-check may have in common.
const (
	SamePerson SameKind = "person"
	SamePlace  SameKind = "place"
	SameName   SameKind = "name" // of somebody or something else, or it is not known of what
	SameFigure SameKind = "figure"
	SameYear   SameKind = "year"
	SameWord   SameKind = "word"
)
