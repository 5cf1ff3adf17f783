package store

import (
	"context"
	"errors"
	"iter"
	"time"

	"hearsay/ledger"
	"hearsay/ledger/correction"
)

// Corrections is what people have corrected: claims of articles, and which
// incidents are one. Nothing of it is ever deleted but with the article that it is of.
//
// What a store answers of an article's claims and of all that is made of them
// is what the corrected ledger says; the ledger as it was read is kept beside it.
type Corrections interface {
	// Correct keeps corrections of one article that somebody asks for, all of them or
	// none, and returns them as they are kept. An article that is not in the store is
	// ErrNotFound; what cannot be done as asked wraps ErrCorrection.
	Correct(ctx context.Context, article, who string, requests ...correction.Request) ([]*correction.Correction, error)

	// Undo takes back a correction of whatever kind, by its number. A number that
	// no standing correction has is ErrNotFound. A merge or a split whose records a later
	// correction concerns is an error that wraps ErrLater, until that one is undone.
	Undo(ctx context.Context, number int, who string) error

	// Corrections yields the corrections that f selects, the last one first.
	Corrections(ctx context.Context, f CorrectionFilter) iter.Seq2[*correction.Correction, error]

	// Corrected returns the newest version of an article, as it was read and as
	// corrected, with all that was ever corrected of it, the first one first, and what became of each.
	Corrected(ctx context.Context, article string) (*Corrected, error)

	// Reread puts another reading of the newest version's text in the place of the
	// one that is kept, and applies what was corrected to it. An article that is not
	// in the store, or no longer has this text, is ErrNotFound.
	Reread(ctx context.Context, article string, l *ledger.Ledger) error
}

// Corrected is an article with what was corrected of it.
type Corrected struct {
	Article     *Article
	AsRead      *ledger.Ledger
	Ledger      *ledger.Ledger // the corrected one
	Corrections []correction.Correction
	Outcomes    []correction.Outcome // of each of them
}

// CorrectionFilter selects corrections. A zero field leaves everything in.
type CorrectionFilter struct {
	Article      string // an article's id; leaves out those of incidents
	Who          string // made it
	Kinds        []correction.Kind
	Since, Until time.Time // made at or after, made before
	Standing     bool      // leave out what was undone
	Before       int       // leave out this number and above: from the last one found on to what comes after
	Limit        int       // 0 for no limit
}

// ErrCorrection is a correction that cannot be made as it was asked for: the error that
// wraps it says why, for people.
var ErrCorrection = errors.New("this cannot be corrected so")
