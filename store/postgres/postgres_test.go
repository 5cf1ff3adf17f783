package postgres_test

import (
	"testing"

	"hearsay/store"
	"hearsay/store/postgres"
	"hearsay/store/postgres/pgtest"
	"hearsay/store/storetest"
)

func open(t testing.TB, address string, o postgres.Options) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t testing.TB) store.Store { return open(t, pgtest.Database(t), postgres.Options{}) })
}
