package store

import (
	"context"
	"errors"
	"iter"

	"hearsay/ledger"
	"hearsay/ledger/correction"
)

// Corrections is what people have corrected of the claims of articles. Nothing
// of it is deleted but with the article that it is of.
//
// What a store answers of an article's claims, and of all that is made of them,
// is what the corrected ledger says; the ledger as it was read is kept beside
// it. To a new version of an article its corrections are applied where they fit.
type Corrections interface {
	// Correct keeps corrections of one article that somebody asks for, all of them or
	// none, and returns them as they are kept. An article that is not in the store is
	// ErrNotFound; what cannot be done as asked wraps ErrCorrection and a *correction.RequestError.
	Correct(ctx context.Context, article, who string, requests ...correction.Request) ([]correction.Correction, error)

	// UndoCorrection takes back what Correct kept, by its number. A number that no
	// standing correction has is ErrNotFound.
	UndoCorrection(ctx context.Context, number int, who string) error

	// ClaimCorrections yields the corrections that f selects, the last one first.
	ClaimCorrections(ctx context.Context, f CorrectionFilter) iter.Seq2[*correction.Correction, error]

	// Corrected returns the newest version of an article, as it was read and as
	// corrected, with all that was ever corrected of it, the first one first, and what became of each.
	Corrected(ctx context.Context, article string) (*Corrected, error)
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
	Article  string // an article's id
	Who      string // made it
	Kind     correction.Kind
	Standing bool // leave out what was undone
	Before   int  // leave out this number and above: from the last one found on to what comes after
	Limit    int  // 0 for no limit
}

// ErrCorrection is a correction that cannot be made as it was asked for: the error that
// wraps it says why, for people.
var ErrCorrection = errors.New("this cannot be corrected so")
