package sqlite

import (
	"hearsay/store"
	"hearsay/store/jobs"
)

// Jobs returns the work that a server has taken on: see store.Store.
func (s *Store) Jobs() store.Jobs {
	t := transactions{s}
	return jobs.New(t.Writing, t.Reading)
}
