package conditions_test

import (
	"errors"
	"slices"
	"testing"

	"hearsay/store"
	"hearsay/store/conditions"
)

func TestWhere(t *testing.T) {
	var w conditions.Where
	w.Equal("c.kind", "")
	w.Before("c.num", &store.Filter{})
	for _, err := range []error{w.Published(&store.Filter{}), w.Happened(&store.Filter{})} {
		if err != nil {
			t.Error(err)
		}
	}
	if w.String() != "" || len(w.Args) > 0 {
		t.Errorf("nothing is wanted, and the conditions are %q of %v", w.String(), w.Args)
	}
	w.Equal("c.kind", "person")
	f := store.Filter{Since: "2031-05-02", Until: "2031-05-09", HappenedUntil: "2031-05-01", Before: 7}
	for _, err := range []error{w.Published(&f), w.Happened(&f)} {
		if err != nil {
			t.Error(err)
		}
	}
	w.Before("c.num", &f)
	const want = " WHERE c.kind = ? AND v.last >= ? AND v.first <= ? AND c.incident IS NOT NULL AND " +
		"EXISTS (SELECT 1 FROM incidents i WHERE i.version = c.version AND i.id = c.incident AND i.first <= ?) AND c.num < ?"
	if got := w.String(); got != want || !slices.Equal(w.Args, []any{"person", "2031-05-02", "2031-05-09", "2031-05-01", int64(7)}) {
		t.Errorf("%s of %v", got, w.Args)
	}
}

func TestNoDays(t *testing.T) {
	for _, f := range []store.Filter{{Since: "2031-05"}, {Until: "then"}, {HappenedSince: "2031-02-30"}, {HappenedUntil: "1"}} {
		var w conditions.Where
		if err := errors.Join(w.Published(&f), w.Happened(&f)); !errors.Is(err, store.ErrQuery) {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestOrders(t *testing.T) {
	if a, b := conditions.InTurn("a.num", &store.Filter{})+conditions.Limit(0), conditions.InTurn("a.num", &store.Filter{LastFirst: true})+conditions.Limit(3); a != " ORDER BY a.num" || b != " ORDER BY a.num DESC LIMIT 3" {
		t.Errorf("%q and %q", a, b)
	}
}
