// Package report writes ledgers for people and for programs: as text for a
// terminal, as a web page that stands by itself, as JSON and as CSV.
//
// Every view says what the text says and on whose word. None says that a claim
// is true or false.
package report

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"hearsay/ledger"
)

// Writer writes one ledger after the other. It keeps no ledger once Write has
// returned. It does not close what it writes to, and buffers no more than a
// ledger's own output.
type Writer interface {
	// Write writes the ledger of the next input. It refuses a ledger whose
	// spans do not lie in its text.
	Write(*ledger.Ledger) error
	// Fail says that the next input could not be read. Only jsonl and html
	// have a place for it; the other formats leave it out.
	Fail(ledger.Failure) error
	// Close writes what comes after the last ledger.
	Close() error
}

// The formats that New takes.
const (
	Text  = "text"  // for a terminal
	HTML  = "html"  // one page that needs nothing beside it
	JSON  = "json"  // one ledger, indented
	JSONL = "jsonl" // one ledger or failure a line
)

// CSV is the format of one row a claim, after one row of column names. More
// columns may be added behind these:
//
//	document    document.id
//	url, title, site, published
//	            of the document
//	claim       the claim's id, local to its document
//	within      the id of the claim in whose content this one stands
//	sentence    the id of the sentence that the content begins in
//	start, end  where in document.text the content begins and ends, in code points, half-open
//	voice       attributed, or article for the article's own voice
//	naming      named, unnamed, none; empty in the article's own voice
//	speaker     the name of the entity that speaks, pronouns and descriptions resolved
//	source      the source's words
//	kind        of the source: person, organization, government…
//	cue         the words that attribute
//	channel     the words that say through what it was said
//	manner      direct, indirect, mixed
//	content     what is claimed; " […] " stands between its pieces
//	level       how certain the wording is: certain, probable, possible, unknown
//	polarity    affirmed or denied
//	score       from -3 to 3, a plain number
//	boosted     true where the wording presses rather than supports, else false
//	incident    the id of the incident that the claim is about
//	happened    that incident's type, date and places
//	figures     the figures that the claim gives, in the text's words, "; " between them
//	checks      published fact-checks of like claims: likely or related, publisher, date, the publisher's
//	            rating, address, "; " between them
//	checkworthiness
//	            from 0 to 1, a plain number: how likely the claim is worth checking; empty where it was not judged
//	reasons     what speaks for checking it or against, "; " between them
//	techniques  how the wording works, and whether it is the article's or that of the speaker who is quoted,
//	            "; " between them
//
// A cell that begins with a character which spreadsheets take for the start of
// a formula (= + - @ and their full-width forms, blanks and control characters
// before them passed over) or with a tab or a line break has an apostrophe put
// before it, and NUL is left out. Whoever wants the exact words takes JSONL.
const CSV = "csv"

// Formats are the names that New takes.
func Formats() []string { return []string{Text, HTML, JSON, JSONL, CSV} }

// ErrSecondLedger is what the writer of json returns for a second ledger: the
// format is one document.
var ErrSecondLedger = errors.New("json is one document and holds one ledger; use jsonl for several inputs")

// Options are the choices that the formats leave open.
type Options struct {
	Width int  // of text: columns of the terminal; 80 where it is 0
	Color bool // of text: use colour and box characters; without it only the article brings anything beyond ASCII

	// Rank is the order of the claims in text, html and csv; nil for that of
	// the text, which json and jsonl always keep.
	Rank *Ranking
}

// New returns the writer of a format, one of Formats.
func New(format string, w io.Writer, opt Options) (Writer, error) {
	switch format {
	case Text:
		return newTextWriter(w, opt), nil
	case HTML:
		return &htmlWriter{w: w, rank: opt.Rank}, nil
	case JSON:
		return &jsonWriter{w: w}, nil
	case JSONL:
		return &jsonlWriter{w: w}, nil
	case CSV:
		return newCSVWriter(w, opt), nil
	}
	return nil, fmt.Errorf("there is no format %q: it is one of %s", format, strings.Join(slices.Sorted(slices.Values(Formats())), ", "))
}
