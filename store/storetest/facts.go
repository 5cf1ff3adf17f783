package storetest

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/facts"
	"hearsay/store"
	"hearsay/store/checks"
)

// checksOf are the fact-checks of a store.
func checksOf(s store.Store) *checks.Shelf { return s.(checks.Home).Checks() }

func factChecks(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	shelf := checksOf(s)
	if found, err := shelf.Finder().Match(ctx, "The bridge at Orlen has fallen", 10, false); err != nil || len(found) > 0 {
		t.Fatalf("in an empty store there is %v, %v", found, err)
	}
	bridge := &facts.Review{URL: "https://checks.example/bridge", Claim: "The bridge at Orlen fell on 3 March and 40 people died.", Title: "No, the Orlen bridge stands", Body: "It stands.",
		Publisher: "Orlen Checks", Rating: "False", Published: "2024-03-05", Claimant: "A. Fisher", Claimed: "2024-03-04"}
	mill := &facts.Review{URL: "https://checks.example/mill", Claim: "The mill of Wend was sold for 6,600 crowns.", Publisher: "100% Checked_"}
	n, err := shelf.Import(ctx, []*facts.Review{bridge, mill, mill})
	if want := (checks.Counts{Added: 2, Known: 1}); err != nil || n != want {
		t.Fatalf("imported %+v, %v; want %+v", n, err, want)
	}
	if n, err = shelf.Import(ctx, []*facts.Review{mill, bridge}); err != nil || n != (checks.Counts{Known: 2}) {
		t.Errorf("imported again %+v, %v", n, err)
	}
	finder := shelf.Finder()
	found, err := finder.Match(ctx, "#OrlenBridge collapsed, forty dead on March 3!", 10, false)
	if err != nil || len(found) == 0 {
		t.Fatalf("found %v, %v", found, err)
	}
	if d := cmp.Diff(bridge, found[0].Review); d != "" || found[0].ID != bridge.ID() {
		t.Errorf("found %+v", found[0])
	}
	// A new state takes the place of the old one, also for those who have the index open.
	changed := *bridge
	changed.Rating, changed.Title = "True", "The Orlen bridge fell after all"
	if n, err = shelf.Import(ctx, []*facts.Review{&changed}); err != nil || n != (checks.Counts{Changed: 1}) {
		t.Errorf("imported the change %+v, %v", n, err)
	}
	found, err = finder.Match(ctx, "The bridge at Orlen", 10, false)
	if err != nil || len(found) != 1 || found[0].Review.Rating != "True" {
		t.Errorf("after the change there is %v, %v", found, err)
	}
	for name, test := range map[string]struct {
		f    checks.Filter
		want []string
	}{
		"all":          {checks.Filter{}, []string{changed.ID(), mill.ID()}},
		"one":          {checks.Filter{Limit: 1}, []string{changed.ID()}},
		"by id":        {checks.Filter{ID: mill.ID()}, []string{mill.ID()}},
		"by day":       {checks.Filter{Since: "2024-03-05", Until: "2024-03-05"}, []string{changed.ID()}},
		"after it":     {checks.Filter{Since: "2024-03-06"}, nil},
		"before it":    {checks.Filter{Until: "2024-03-04"}, nil},
		"by publisher": {checks.Filter{Publisher: "ORLEN"}, []string{changed.ID()}},
		"by signs":     {checks.Filter{Publisher: "0% checked_"}, []string{mill.ID()}},
		"by no signs":  {checks.Filter{Publisher: "1%C"}, nil},
	} {
		var got []string
		for r, err := range shelf.All(ctx, test.f) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r.ID())
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	for first := range shelf.All(ctx, checks.Filter{Limit: 1}) {
		for r, err := range shelf.All(ctx, checks.Filter{Before: first.Number}) {
			if err != nil || r.ID() != mill.ID() {
				t.Errorf("after the first comes %v, %v", r.Review, err)
			}
		}
	}
	if err := shelf.Remove(ctx, mill.ID(), "0000"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("removing what is not there: %v", err)
	}
	if err := shelf.Remove(ctx, changed.ID()); err != nil {
		t.Error(err)
	}
	if found, err = finder.Match(ctx, "The bridge at Orlen", 10, false); err != nil || len(found) != 0 {
		t.Errorf("after it was removed there is %v, %v", found, err)
	}
	if n, err := shelf.Len(ctx); n != 1 || err != nil {
		t.Errorf("%d are left, %v", n, err)
	}
	// A backup has them too.
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(ctx, file, false); err != nil {
		t.Fatal(err)
	}
	if err := shelf.Remove(ctx, mill.ID()); err != nil {
		t.Fatal(err)
	}
	if err := s.Restore(ctx, file); err != nil {
		t.Fatal(err)
	}
	if found, err = finder.Match(ctx, "The mill of Wend was sold", 10, false); err != nil || len(found) != 1 {
		t.Errorf("after the backup was restored there is %v, %v", found, err)
	}
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
}

// factChecksInAnyOrder checks that importing and removing in any order leaves
// what is there, and an index that finds all of it.
func factChecksInAnyOrder(t *testing.T, open func(testing.TB) store.Store) {
	s := open(t)
	shelf, finder, ctx := checksOf(s), checksOf(s).Finder(), t.Context()
	rapid.Check(t, func(t *rapid.T) {
		present := make(map[string]*facts.Review)
		for r, err := range shelf.All(ctx, checks.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			present[r.URL] = r.Review
		}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			if rapid.IntRange(0, 3).Draw(t, "step") == 0 && len(present) > 0 {
				var urls []string
				for u := range present {
					urls = append(urls, u)
				}
				slices.Sort(urls)
				u := rapid.SampledFrom(urls).Draw(t, "url")
				if err := shelf.Remove(ctx, present[u].ID()); err != nil {
					t.Fatal(err)
				}
				delete(present, u)
				continue
			}
			var batch []*facts.Review
			for range rapid.IntRange(1, 9).Draw(t, "batch") {
				k := rapid.IntRange(0, 30).Draw(t, "k")
				r := &facts.Review{URL: fmt.Sprintf("https://checks.example/%d", k), Claim: fmt.Sprintf("The tower tower%c leans.", 'a'+k), Rating: rapid.SampledFrom([]string{"", "False", "True"}).Draw(t, "rating")}
				batch = append(batch, r)
				present[r.URL] = r
			}
			if _, err := shelf.Import(ctx, batch); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := shelf.Len(ctx); err != nil || n != len(present) {
			t.Fatalf("there are %d, %v; want %d", n, err, len(present))
		}
		if err := s.Verify(ctx); err != nil {
			t.Fatal(err)
		}
		found, err := finder.Match(ctx, "A tower leans", 60, false)
		if err != nil || len(found) != len(present) {
			t.Fatalf("found %d, %v; want %d", len(found), err, len(present))
		}
		for _, m := range found {
			if d := cmp.Diff(present[m.Review.URL], m.Review); d != "" {
				t.Fatal(d)
			}
		}
	})
}
