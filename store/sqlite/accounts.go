package sqlite

import (
	"hearsay/store"
	"hearsay/store/accounts"
)

// Accounts returns what the store knows of those who may use it: see store.Store.
func (s *Store) Accounts() store.Accounts {
	t := transactions{s}
	return accounts.New(t.Writing, t.Reading)
}
