package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"hearsay/store"
	"hearsay/store/gathering"
	"hearsay/store/jobs"
)

// Jobs returns the work that a server has taken on: see
// store.Store. One at a time changes it.
func (s *Store) Jobs() store.Jobs {
	return jobs.New(func(ctx context.Context, f func(gathering.Tx) error) error {
		return s.writing(ctx, func(tx pgx.Tx) error {
			if err := alone(ctx, tx, changingJobs); err != nil {
				return err
			}
			return flushed(ctx, tx, f)
		})
	}, transactions{s}.Reading)
}
