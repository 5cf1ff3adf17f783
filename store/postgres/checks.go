package postgres

import (
	"cmp"
	"context"

	"github.com/jackc/pgx/v5"

	"hearsay/store/checks"
	"hearsay/store/gathering"
)

var _ checks.Home = (*Store)(nil)

// Checks returns the store's fact-checks: see checks.Home.
func (s *Store) Checks() *checks.Shelf { return s.checks }

// transactions are those of a store as package checks wants them.
type transactions struct{ s *Store }

// Reading implements checks.Transactions.
func (t transactions) Reading(ctx context.Context, f func(gathering.Tx) error) error {
	if err := t.s.reading(ctx, func(tx pgx.Tx) error { return f(&within{tx: tx}) }); err != nil {
		return told(cmp.Or(ctx.Err(), err))
	}
	return nil
}

// Writing implements checks.Transactions.
func (t transactions) Writing(ctx context.Context, f func(gathering.Tx) error) error {
	return t.s.writing(ctx, func(tx pgx.Tx) error {
		if err := alone(ctx, tx, changingChecks); err != nil {
			return err
		}
		return flushed(ctx, tx, f)
	})
}
