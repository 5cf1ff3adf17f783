package postgres_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"

	"hearsay/queue"
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

// The queue's workers want this of it.
var _ queue.Store = (*postgres.Store)(nil)

// TestAddAllAnd does something else in the transaction that adds.
func TestAddAllAnd(t *testing.T) {
	s := open(t, pgtest.Database(t), postgres.Options{})
	a, l := storetest.Random(rand.New(rand.NewPCG(1, 1)), "a1", 6)
	items := []store.Item{{Origin: "x", Article: a, Ledger: l}}
	fails := errors.New("it fails")
	_, err := s.AddAllAnd(t.Context(), items, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO inputs (key, origin, state) VALUES ('', '', '')`)
		return errors.Join(err, fails)
	})
	if !errors.Is(err, fails) {
		t.Errorf("AddAllAnd = %v", err)
	}
	if stats, err := s.Stats(t.Context()); err != nil || stats.Articles+stats.Inputs != 0 {
		t.Errorf("Stats = %+v, %v after what failed", stats, err)
	}
	for _, want := range []store.Outcome{store.Added, store.Known} {
		called := 0
		got, err := s.AddAllAnd(t.Context(), items, func(context.Context, pgx.Tx) error { called++; return nil })
		if err != nil || called != 1 || len(got) != 1 || got[0].Outcome != want {
			t.Errorf("AddAllAnd = %v, %v, with %d calls; want %v", got, err, called, want)
		}
	}
}
