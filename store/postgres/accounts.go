package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"hearsay/store"
	"hearsay/store/accounts"
	"hearsay/store/gathering"
)

// Accounts returns what the store knows of those who may use it: see
// store.Store. One at a time changes it.
func (s *Store) Accounts() store.Accounts {
	return accounts.New(func(ctx context.Context, f func(gathering.Tx) error) error {
		return s.writing(ctx, func(tx pgx.Tx) error {
			if err := alone(ctx, tx, changingAccounts); err != nil {
				return err
			}
			return flushed(ctx, tx, f)
		})
	}, transactions{s}.Reading)
}
