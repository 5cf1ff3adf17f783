// Package storetest holds the tests that every home of a store has to pass.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/store"
)

// Run tests the stores that open makes, each of them new and empty. Open closes
// them when the test ends.
func Run(t *testing.T, open func(testing.TB) store.Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, func(testing.TB) store.Store)
	}{

		{"adding", adding}, {"versions", versions}, {"all or none", allOrNone}, {"removing", removing}, {"any order of work", anyOrder},
		{"filters", filters}, {"searching", searching}, {"any query", anyQuery}, {"orders", orders}, {"from many goroutines", fromManyGoroutines}, {"speakers", speaking}, {"who speaks often", speakingOften}, {"inputs", inputs},
		{"backup", backup}, {"searches", searches}, {"news", news}, {"outbox", outbox}, {"jobs", jobsKept}, {"accounts", accountsKept}, {"sessions", sessionsKept}, {"tokens", tokensKept}, {"audit log", auditLog}, {"accounts in a backup", accountsInBackup}, {"at once", atOnce}, {"given up", givenUp},
		{"copies", copied}, {"copies of some days", copiesOfDays}, {"copies in any order", copiesInAnyOrder}, {"many of one text", twinsOfOneText},
		{"fact-checks", factChecks}, {"fact-checks in any order", factChecksInAnyOrder},
		{"incidents", across}, {"much reported", muchReported}, {"told of in some days", toldInDays}, {"incidents in any order", incidentsInAnyOrder}, {"corrections", corrections}, {"claims corrected", claimsCorrected}, {"corrections in any case", correctionsInAnyCase},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open) })
	}
}

func adding(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	a, l := Random(rand.New(rand.NewPCG(1, 1)), "a1", 12)
	if id, ok, err := s.Known(ctx, a); id != "a1" || ok || err != nil {
		t.Errorf("Known = %q, %t, %v before it was added", id, ok, err)
	}
	for i, want := range []store.Outcome{store.Added, store.Known} {
		if id, o, err := s.Add(ctx, "somewhere#1", a, l); id != "a1" || o != want || err != nil {
			t.Fatalf("Add, time %d = %q, %v, %v; want %v", i+1, id, o, err, want)
		}
	}
	if id, ok, err := s.Known(ctx, a); id != "a1" || !ok || err != nil {
		t.Errorf("Known = %q, %t, %v after it was added", id, ok, err)
	}
	got, gotLedger, err := s.Article(ctx, "a1")
	if err != nil {
		t.Fatal(err)
	}
	if got.ID != "a1" || got.Version != 1 || got.Origin != "somewhere#1" || got.Added.IsZero() {
		t.Errorf("got %+v", got)
	}
	if d := cmp.Diff(*a, got.Article); d != "" {
		t.Errorf("the article has changed: %s", d)
	}
	if d := cmp.Diff(plain(t, l), plain(t, gotLedger)); d != "" {
		t.Errorf("the ledger has changed: %s", d)
	}
	stats, err := s.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if stats.Articles != 1 || stats.Versions != 1 || stats.Claims != len(l.Claims) || stats.Entities != len(l.Entities) ||
		stats.Figures != len(l.Figures) || stats.Dates != len(l.Dates) || stats.Incidents != len(l.Incidents) || stats.Bytes == 0 {
		t.Errorf("Stats = %+v", stats)
	}

	// Without an id the address counts, in each of its forms, and without one the text.
	b, m := Random(rand.New(rand.NewPCG(1, 2)), "", 2)
	b.URL = "HTTP://Wend.Example:80/a#top"
	if id, _, err := s.Add(ctx, "x", b, m); id != "http://wend.example/a" || err != nil {
		t.Errorf("Add = %q, %v", id, err)
	}
	b.URL = "http://wend.example/a"
	if _, o, err := s.Add(ctx, "x", b, m); o != store.Known || err != nil {
		t.Errorf("Add = %v, %v for another form of an address", o, err)
	}
	b.URL = ""
	if id, o, err := s.Add(ctx, "x", b, m); !strings.HasPrefix(id, "sha256:") || o != store.Added || err != nil {
		t.Errorf("Add = %q, %v, %v for a text alone", id, o, err)
	}

	// Whatever characters a text has, it comes back.
	odd, oddLedger := sentence("odd", "The mill\x00burns \u2028in \u202eKarsk\ufeff.\x1b[2J")
	if _, _, err := s.Add(ctx, "x", odd, oddLedger); err != nil {
		t.Fatal(err)
	}
	if got, _, err := s.Article(ctx, "odd"); err != nil || got.Article.Text != odd.Text {
		t.Errorf("Article = %+v, %v", got, err)
	}
	whole(t, s)
}

// sentence is an article of one sentence, which is one claim.
func sentence(id, text string) (*article.Article, *ledger.Ledger) {
	return &article.Article{ID: id, Text: text}, &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{ID: id, Text: text},
		Sentences: []ledger.Sentence{{ID: "s1", Span: ledger.Span{End: len(text)}}},
		Claims:    []ledger.Claim{{ID: "c1", Sentence: "s1", Content: []ledger.Piece{{Span: ledger.Span{End: len(text)}}}}}}
}

func versions(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	r := rand.New(rand.NewPCG(2, 1))
	var texts []string
	for i := range 4 {
		a, l := Random(r, "a1", 3+i)
		want := store.Changed
		if i == 0 {
			want = store.Added
		}
		if _, o, err := s.Add(ctx, "x", a, l); o != want || err != nil {
			t.Fatalf("Add = %v, %v; want %v", o, err, want)
		}
		texts = append(texts, a.Text)
	}
	for i, text := range texts {
		a, l, err := s.Version(ctx, "a1", i+1)
		if err != nil || a.Version != i+1 || a.Article.Text != text || l.Document.Text != text {
			t.Errorf("version %d = %v, %v", i+1, a, err)
		}
	}
	if _, _, err := s.Version(ctx, "a1", 5); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Version = %v for one that is not there", err)
	}
	if a, l, err := s.Article(ctx, "a1"); err != nil || a.Version != 4 {
		t.Errorf("Article = %v, %v", a, err)
	} else if n := len(collect(t, s.Claims(ctx, "", store.Filter{}))); n != len(l.Claims) {
		t.Errorf("%d claims can be found, and the newest version has %d", n, len(l.Claims))
	}
	whole(t, s)
}

func allOrNone(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	r := rand.New(rand.NewPCG(3, 1))
	a, l := Random(r, "a1", 3)
	b, m := Random(r, "a2", 3)
	_, other := Random(r, "a3", 3)
	broken := *m
	broken.Claims = slices.Clone(m.Claims)
	broken.Claims[0].Content = []ledger.Piece{{Span: ledger.Span{Start: 1, End: len(b.Text) + 1}}}
	for name, bad := range map[string]*ledger.Ledger{"none": nil, "another text's": other, "a broken one": &broken} {
		if _, err := s.AddAll(ctx, []store.Item{{Origin: "good", Article: a, Ledger: l}, {Origin: "bad", Article: b, Ledger: bad}}); err == nil {
			t.Errorf("an article with a ledger that is %s was taken", name)
		}
	}
	c, n := sentence("a4", "The mill \xff burns.")
	if _, _, err := s.Add(ctx, "x", c, n); err == nil {
		t.Error("a text that is not valid UTF-8 was taken")
	}
	if stats, err := s.Stats(ctx); err != nil || stats.Articles != 0 {
		t.Errorf("Stats = %+v, %v after nothing could be added", stats, err)
	}
	got, err := s.AddAll(ctx, []store.Item{{Origin: "x", Article: a, Ledger: l}, {Origin: "x", Article: b, Ledger: m}, {Origin: "x", Article: a, Ledger: l}})
	want := []store.Result{{ID: "a1", Outcome: store.Added}, {ID: "a2", Outcome: store.Added}, {ID: "a1", Outcome: store.Known}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("AddAll = %v, %v; want %v", got, err, want)
	}
	whole(t, s)
}

func removing(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	r := rand.New(rand.NewPCG(4, 1))
	for _, id := range []string{"a1", "a2", "a1"} {
		a, l := Random(r, id, 6)
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"a1", "a2"} {
		if err := s.Remove(ctx, id); err != nil {
			t.Error(err)
		}
		if err := s.Remove(ctx, id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Remove = %v for what has been removed", err)
		}
		if _, _, err := s.Article(ctx, id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Article = %v for what has been removed", err)
		}
		if found := collect(t, s.Texts(ctx, "people", store.Filter{Article: id})); len(found) > 0 {
			t.Errorf("%d texts are found of what has been removed", len(found))
		}
		whole(t, s)
	}
	stats, err := s.Stats(ctx)
	stats.Bytes, stats.Schema = 0, 0
	if err != nil || stats != (store.Stats{}) {
		t.Errorf("Stats = %+v, %v when all has been removed", stats, err)
	}
}

// anyOrder adds, changes and removes articles as it comes and compares the
// store with a map.
func anyOrder(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	rapid.Check(t, func(t *rapid.T) {
		for a, err := range s.Articles(ctx, store.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Remove(ctx, a.ID); err != nil {
				t.Fatal(err)
			}
		}
		model := make(map[string][]string) // the texts of each article's versions
		claims := make(map[string]int)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			id := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id")
			had := model[id]
			if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				err := s.Remove(ctx, id)
				if (err == nil) != (had != nil) || err != nil && !errors.Is(err, store.ErrNotFound) {
					t.Fatalf("Remove = %v of an article with %d versions", err, len(had))
				}
				delete(model, id)
				delete(claims, id)
				continue
			}
			a, l := Random(rand.New(rand.NewPCG(rapid.Uint64Range(0, 3).Draw(t, "text"), 0)), id, 3)
			want := store.Changed
			switch {
			case had == nil:
				want = store.Added
			case had[len(had)-1] == a.Text:
				want = store.Known
			}
			_, o, err := s.Add(ctx, "x", a, l)
			if err != nil || o != want {
				t.Fatalf("Add = %v, %v; want %v", o, err, want)
			}
			if o != store.Known {
				model[id] = append(had, a.Text)
				claims[id] = len(l.Claims)
			}
		}
		count, total := 0, 0
		for id, texts := range model {
			count += len(texts)
			total += claims[id]
			for i, text := range texts {
				if a, _, err := s.Version(ctx, id, i+1); err != nil || a.Article.Text != text {
					t.Fatalf("version %d of %s = %v, %v", i+1, id, a, err)
				}
			}
		}
		stats, err := s.Stats(ctx)
		if err != nil || stats.Articles != len(model) || stats.Versions != count || stats.Claims != total {
			t.Fatalf("Stats = %+v, %v; want %d articles, %d versions, %d claims", stats, err, len(model), count, total)
		}
		if err := s.Verify(ctx); err != nil {
			t.Fatal(err)
		}
	})
}

// filters compares what each filter finds with what a look at each claim does.
func filters(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	r := rand.New(rand.NewPCG(5, 1))
	for i := range 40 {
		a, l := Random(r, fmt.Sprint("a", i), 8)
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	all := collect(t, s.Claims(ctx, "", store.Filter{}))
	if len(all) != 40*8 || all[0].Article != "a39" || all[0].ID != "c1" || all[1].ID != "c2" {
		t.Fatalf("%d claims, the first of them %+v", len(all), all[0])
	}
	for _, test := range []struct {
		name   string
		query  string
		filter store.Filter
		keep   func(*store.Claim) bool
	}{
		{"since", "", store.Filter{Since: "2018-01-01"}, func(c *store.Claim) bool { return c.Published >= "2018-01-01" }},
		{"until", "", store.Filter{Until: "2017-12-31"}, func(c *store.Claim) bool { return c.Published <= "2017-12-31" }},
		{"article", "", store.Filter{Article: "a7"}, func(c *store.Claim) bool { return c.Article == "a7" }},
		{"place", "", store.Filter{Place: "wend UPPER"}, func(c *store.Claim) bool { return slices.Contains(c.Places, "Upper Wend") }},
		{"accent", "", store.Filter{Place: "sao"}, func(c *store.Claim) bool { return slices.Contains(c.Places, "São Tarn") }},
		{"country", "", store.Filter{Country: "SE"}, func(c *store.Claim) bool { return len(c.Places) > 0 }},
		{"no country", "", store.Filter{Country: "FI"}, func(c *store.Claim) bool { return false }},
		{"speaker", "", store.Filter{Speaker: "Lind"}, func(c *store.Claim) bool { return c.Speaker == "Mara Lind" }},
		{"hyphen", "", store.Filter{Speaker: "Varga-Rohn"}, func(c *store.Claim) bool { return c.Speaker == "Ilse Varga-Rohn" }},
		{"naming", "", store.Filter{Naming: ledger.NamingNamed}, func(c *store.Claim) bool { return c.Naming == ledger.NamingNamed }},
		{"level", "", store.Filter{Level: ledger.LevelPossible}, func(c *store.Claim) bool { return c.Level == ledger.LevelPossible }},
		{"polarity", "", store.Filter{Polarity: ledger.Denied}, func(c *store.Claim) bool { return c.Polarity == ledger.Denied }},
		{"type", "", store.Filter{Type: ledger.Grenade}, func(c *store.Claim) bool { return c.Type == ledger.Grenade }},
		{"score", "", store.Filter{Score: &store.Interval{Low: 1, High: 3}}, func(c *store.Claim) bool { return c.Level != "" && c.Score >= 1 }},
		{"no score", "", store.Filter{Score: &store.Interval{}}, func(c *store.Claim) bool { return c.Level != "" && c.Score == 0 }},
		{"happened since", "", store.Filter{HappenedSince: "2018-01-01"}, func(c *store.Claim) bool { return c.Incident != "" && c.Published >= "2018-01-01" }},
		{"happened until", "", store.Filter{HappenedUntil: "2017-12-31", Naming: ledger.NamingNamed}, func(c *store.Claim) bool {
			return c.Incident != "" && c.Published <= "2017-12-31" && c.Naming == ledger.NamingNamed
		}},
		{"query", "grenades", store.Filter{}, func(c *store.Claim) bool { return strings.Contains(c.Content, "grenade") }},
		{"all", "ferries OR mill", store.Filter{Since: "2014-01-01", Place: "Karsk", Speaker: "guild", Level: ledger.LevelCertain}, func(c *store.Claim) bool {
			return (strings.Contains(c.Content, "ferries") || strings.Contains(c.Content, "mill")) && c.Published >= "2014-01-01" &&
				slices.Contains(c.Places, "Karsk") && c.Speaker == "Harbour Guild" && c.Level == ledger.LevelCertain
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var want []string
			for _, c := range all {
				if test.keep(c) {
					want = append(want, c.Article+" "+c.ID)
				}
			}
			if got := names(collect(t, s.Claims(ctx, test.query, test.filter))); !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if len(want) > 1 {
				test.filter.Limit = len(want) - 1
				if got := names(collect(t, s.Claims(ctx, test.query, test.filter))); !slices.Equal(got, want[:len(want)-1]) {
					t.Errorf("with a limit: got %v, want %v", got, want)
				}
			}
			var pages []*store.Claim
			for test.filter.Limit = 7; ; test.filter.Before = pages[len(pages)-1].Number {
				page := collect(t, s.Claims(ctx, test.query, test.filter))
				if pages = append(pages, page...); len(page) < 7 {
					break
				}
			}
			if got := names(pages); !slices.Equal(got, want) {
				t.Errorf("page by page: got %v, want %v", got, want)
			}
			test.filter.Limit, test.filter.Before, test.filter.Order = 0, 0, store.Relevance
			got := names(collect(t, s.Claims(ctx, test.query, test.filter)))
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("by relevance: got %v, want %v", got, want)
			}
		})
	}
	var ids []string
	for last := int64(0); ; {
		page := collect(t, s.Articles(ctx, store.Filter{LastFirst: true, Limit: 9, Before: last, Since: "2014-01-01"}))
		for _, a := range page {
			ids, last = append(ids, a.ID), a.Number
		}
		if len(page) < 9 {
			break
		}
	}
	var added []string
	for _, a := range collect(t, s.Articles(ctx, store.Filter{Since: "2014-01-01"})) {
		added = append(added, a.ID)
	}
	if slices.Reverse(added); !slices.Equal(ids, added) {
		t.Errorf("articles page by page from the last: %v, want %v", ids, added)
	}
	var hits, paged []string
	for _, h := range collect(t, s.Texts(ctx, "ferries OR mill", store.Filter{})) {
		hits = append(hits, h.Article)
	}
	for last := int64(0); ; {
		page := collect(t, s.Texts(ctx, "ferries OR mill", store.Filter{Limit: 4, Before: last}))
		for _, h := range page {
			paged, last = append(paged, h.Article), h.Number
		}
		if len(page) < 4 {
			break
		}
	}
	if len(hits) < 5 || !slices.Equal(hits, paged) {
		t.Errorf("texts page by page: %v, want %v", paged, hits)
	}
	for _, bad := range []store.Filter{{Since: "then"}, {Until: "2024-02-30"}, {HappenedSince: "2024"}, {HappenedUntil: "24-02-03"}, {Place: "!?"}, {Speaker: " "}} {
		for _, err := range s.Claims(ctx, "", bad) {
			if !errors.Is(err, store.ErrQuery) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
	}
}

func names(claims []*store.Claim) (out []string) {
	for _, c := range claims {
		out = append(out, c.Article+" "+c.ID)
	}
	return out
}

// searching pins what the language of queries means.
func searching(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	for id, text := range map[string]string{
		"a": "The old bridge at Karsk was closed.", "b": "A ferry hit the bridge.", "c": "Émile Quent sold his ferry tickets.", "d": `He said "NOT OR" and left.`,
	} {
		a, l := sentence(id, text)
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ query, want string }{
		{"bridge", "a b"}, {"BRIDGES", "a b"}, {"bridge ferry", "b"}, {"bridge AND ferry", "b"}, {"bridge OR ferry", "a b c"}, {"bridge -ferry", "a"},
		{"bridge NOT ferry", "a"}, {`"the bridge"`, "b"}, {`"bridge the"`, ""}, {"ferr*", "b c"}, {"emile", "c"}, {"(bridge OR tickets) ferry", "b c"},
		{"-ferry bridge", "a"}, {`"not or"`, "d"}, {"bridge OR karsk -closed", "a b"}, {"bridge NOT (ferry OR closed)", ""}, {"content:bridge", ""}, {"zeppelin", ""},
		{"bridge -ferry -closed", ""}, {"old-bridge", "a"}, {"bridge^2", ""},
	} {
		var claims, texts []string
		for _, c := range collect(t, s.Claims(ctx, test.query, store.Filter{})) {
			claims = append(claims, c.Article)
		}
		for _, h := range collect(t, s.Texts(ctx, test.query, store.Filter{Order: store.Relevance})) {
			texts = append(texts, h.Article)
			if h.Snippet == "" {
				t.Errorf("%s: no words around what was found in %s", test.query, h.Article)
			}
		}
		slices.Sort(claims)
		slices.Sort(texts)
		want := strings.Fields(test.want)
		if !slices.Equal(claims, want) || !slices.Equal(texts, want) {
			t.Errorf("%s: claims of %v and texts of %v, want %v", test.query, claims, texts, want)
		}
	}
}

// anyQuery holds that whatever is asked, the answer is one of the store or
// ErrQuery, and never an error of the database.
func anyQuery(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	a, l := Random(rand.New(rand.NewPCG(6, 1)), "a1", 6)
	if _, _, err := s.Add(ctx, "x", a, l); err != nil {
		t.Fatal(err)
	}
	part := rapid.SampledFrom([]string{`"`, "(", ")", "*", "-", "^", ":", "'", ";", "--", " ", " OR ", " AND ", " NOT ", "NEAR(a b)", "{content}", "bridge", "mill", "é", "\x00", "\u0301", "𝒳", "²"})
	rapid.Check(t, func(t *rapid.T) {
		query := strings.Join(rapid.SliceOfN(part, 1, 12).Draw(t, "query"), "")
		f := store.Filter{Speaker: strings.Join(rapid.SliceOfN(part, 0, 3).Draw(t, "speaker"), ""), Article: "a1"}
		for _, err := range s.Claims(ctx, query, f) {
			if err != nil && !errors.Is(err, store.ErrQuery) {
				t.Fatalf("%q: %v", query, err)
			}
		}
		for _, err := range s.Texts(ctx, query, store.Filter{}) {
			if err != nil && !errors.Is(err, store.ErrQuery) {
				t.Fatalf("%q: %v", query, err)
			}
		}
	})
}

// orders has what was added last first, and the best match.
func orders(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	for id, text := range map[string]string{
		"best": "The mill burns and the old mill bridge too.",
		"long": "The bridge is far away from any of the houses that stand around the mill.", "none": "Smoke.",
	} {
		a, l := sentence(id, text)
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	last, l := sentence("last", "A bridge is not a mill, whatever the people who live in the houses on it may say.")
	if _, _, err := s.Add(ctx, "x", last, l); err != nil {
		t.Fatal(err)
	}
	for order, want := range map[store.Order]string{store.Newest: "last", store.Relevance: "best"} {
		claims, hits := collect(t, s.Claims(ctx, "mill bridge", store.Filter{Order: order})), collect(t, s.Texts(ctx, "mill bridge", store.Filter{Order: order}))
		if len(claims) != 3 || len(hits) != 3 || claims[0].Article != want || hits[0].Article != want {
			t.Errorf("order %d: %d claims and %d texts, %s and %s first; want %s", order, len(claims), len(hits), claims[0].Article, hits[0].Article, want)
		}
		claims, hits = collect(t, s.Claims(ctx, "mill bridge", store.Filter{Order: order, Limit: 1})), collect(t, s.Texts(ctx, "mill bridge", store.Filter{Order: order, Limit: 1}))
		if len(claims) != 1 || len(hits) != 1 || claims[0].Article != want || hits[0].Article != want {
			t.Errorf("order %d: %d claims and %d texts of one that is wanted", order, len(claims), len(hits))
		}
	}
	for _, err := range s.Claims(ctx, `"mill`, store.Filter{Order: store.Relevance}) {
		if !errors.Is(err, store.ErrQuery) {
			t.Errorf("of what is no query: %v", err)
		}
	}
}

// fromManyGoroutines adds, changes and removes few articles at once: what is
// waited for must not wait in turn.
func fromManyGoroutines(t *testing.T, open func(testing.TB) store.Store) {
	s := open(t)
	var running sync.WaitGroup
	for w := range 6 {
		running.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 1))
			for range 8 {
				var items []store.Item
				for range 4 {
					a, l := Random(r, fmt.Sprint("a", r.IntN(8)), 2)
					items = append(items, store.Item{Origin: "x", Article: a, Ledger: l})
				}
				if _, err := s.AddAll(t.Context(), items); err != nil {
					t.Error(err)
				}
				if err := s.Remove(t.Context(), fmt.Sprint("a", r.IntN(8))); err != nil && !errors.Is(err, store.ErrNotFound) {
					t.Error(err)
				}
			}
		})
	}
	running.Wait()
	whole(t, s)
}

func speaking(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	r := rand.New(rand.NewPCG(7, 1))
	for i := range 20 {
		a, l := Random(r, fmt.Sprint("a", i), 5)
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []store.Filter{{}, {Place: "Karsk"}, {Level: ledger.LevelCertain, Since: "2015-01-01"}} {
		want := make(map[string]*store.Speaker)
		seen := make(map[string]bool)
		for _, c := range collect(t, s.Claims(ctx, "", f)) {
			if c.Speaker == "" {
				continue
			}
			p := want[c.Speaker]
			if p == nil {
				p = &store.Speaker{Name: c.Speaker, Kind: c.Kind, First: c.Published, Last: c.Published}
				want[c.Speaker] = p
			}
			p.Claims++
			p.First, p.Last = min(p.First, c.Published), max(p.Last, c.Published)
			if at := c.Speaker + "\n" + c.Article; !seen[at] {
				seen[at] = true
				p.Articles++
			}
		}
		got := collect(t, s.Speakers(ctx, f))
		byName := make(map[string]*store.Speaker)
		for i, p := range got {
			byName[p.Name] = p
			if i > 0 && (got[i-1].Claims < p.Claims || got[i-1].Claims == p.Claims && got[i-1].Name >= p.Name) {
				t.Errorf("%s stands after %s", p.Name, got[i-1].Name)
			}
		}
		if d := cmp.Diff(want, byName); d != "" || len(want) == 0 {
			t.Errorf("%+v: %s", f, d)
		}
	}
}

// speakingOften has speakers come to be frequent and cease to be, and holds that those with most claims are the same
// whether all are counted or only as many as are asked for.
func speakingOften(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	r := rand.New(rand.NewPCG(7, 2))
	check := func(when string, often bool) {
		t.Helper()
		whole(t, s)
		all := collect(t, s.Speakers(ctx, store.Filter{}))
		if len(all) < 4 || often != (all[2].Claims >= 64 && all[len(all)-1].Claims < 64) {
			t.Fatalf("%s: the test is not as it was meant: %d and %d claims", when, all[2].Claims, all[len(all)-1].Claims)
		}
		for _, n := range []int{1, 3, len(all), len(all) + 1} {
			if d := cmp.Diff(all[:min(n, len(all))], collect(t, s.Speakers(ctx, store.Filter{Limit: n}))); d != "" {
				t.Errorf("%s, %d asked for: %s", when, n, d)
			}
		}
	}
	const articles = 130
	made := func(i int) store.Item {
		a, l := Random(r, fmt.Sprint("a", i), 5)
		if i%40 == 0 { // the last speaks seldom
			return store.Item{Origin: "x", Article: a, Ledger: l}
		}
		seldom := speakers[len(speakers)-1]
		for j := range l.Claims {
			if src := l.Claims[j].Source; src != nil && l.Quote(src.Span) == seldom {
				src.Entity, src.Speaker, src.Naming, src.Kind = "", "", ledger.NamingUnnamed, ledger.KindUnknown
			}
		}
		return store.Item{Origin: "x", Article: a, Ledger: l}
	}
	var items []store.Item
	for i := range articles {
		items = append(items, made(i))
	}
	items = append(items, made(3), made(4)) // other versions of two
	for part := range slices.Chunk(items, 17) {
		if _, err := s.AddAll(ctx, part); err != nil {
			t.Fatal(err)
		}
	}
	check("added", true)
	for i := range articles {
		switch {
		case i%3 == 0 && i < 60:
			it := made(i)
			if _, _, err := s.Add(ctx, "x", it.Article, it.Ledger); err != nil {
				t.Fatal(err)
			}
		case i == 60:
			check("changed", true)
		case i > 60:
			if err := s.Remove(ctx, fmt.Sprint("a", i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	check("removed", false)
}

func inputs(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	for _, state := range []string{"", "7 records", "8 records", ""} {
		if err := s.Mark(ctx, "crawl.warc", state); err != nil {
			t.Fatal(err)
		}
		if got, err := s.State(ctx, "crawl.warc"); got != state || err != nil {
			t.Errorf("State = %q, %v; want %q", got, err, state)
		}
		want := 1
		if state == "" {
			want = 0
		}
		if stats, err := s.Stats(ctx); stats.Inputs != want || err != nil {
			t.Errorf("%d inputs, %v; want %d", stats.Inputs, err, want)
		}
	}
}

func backup(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	r := rand.New(rand.NewPCG(8, 1))
	for i := range 5 {
		a, l := Random(r, fmt.Sprint("a", i), 5)
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "copy")
	if err := s.Backup(ctx, file, false); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, file, false); !errors.Is(err, store.ErrExists) {
		t.Errorf("Backup = %v over a file that is there", err)
	}
	before := names(collect(t, s.Claims(ctx, "", store.Filter{})))
	if err := s.Remove(ctx, "a1"); err != nil {
		t.Fatal(err)
	}
	a, l := Random(r, "later", 5)
	if _, _, err := s.Add(ctx, "x", a, l); err != nil {
		t.Fatal(err)
	}
	if err := s.Restore(ctx, file); err != nil {
		t.Fatal(err)
	}
	if after := names(collect(t, s.Claims(ctx, "", store.Filter{}))); !slices.Equal(before, after) {
		t.Errorf("claims before: %v, after: %v", before, after)
	}
	// And it can be written again.
	if _, o, err := s.Add(ctx, "x", a, l); o != store.Added || err != nil {
		t.Errorf("Add = %v, %v after restoring", o, err)
	}
	whole(t, s)
}

func atOnce(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	const workers, each = 4, 15
	var running sync.WaitGroup
	for w := range workers {
		running.Go(func() {
			r := rand.New(rand.NewPCG(9, uint64(w%2))) // two and two add the same
			for i := range each {
				a, l := Random(r, fmt.Sprintf("w%d-%d", w%2, i), 4)
				if _, _, err := s.Add(ctx, "x", a, l); err != nil {
					t.Error(err)
				}
				for _, err := range s.Claims(ctx, "people", store.Filter{Limit: 3}) {
					if err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	running.Wait()
	if stats, err := s.Stats(ctx); err != nil || stats.Articles != 2*each || stats.Versions != 2*each {
		t.Errorf("Stats = %+v, %v", stats, err)
	}
	whole(t, s)
}

func givenUp(t *testing.T, open func(testing.TB) store.Store) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a, l := Random(rand.New(rand.NewPCG(10, 1)), "a1", 4)
	if _, _, err := s.Add(ctx, "x", a, l); !errors.Is(err, context.Canceled) {
		t.Errorf("Add = %v", err)
	}
	file := filepath.Join(t.TempDir(), "copy")
	if err := s.Backup(ctx, file, false); !errors.Is(err, context.Canceled) {
		t.Errorf("Backup = %v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) > 0 {
		t.Errorf("a backup that was given up leaves %v, %v", left, err)
	}
	for _, err := range s.Claims(ctx, "", store.Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Claims: %v", err)
		}
	}
	if _, o, err := s.Add(t.Context(), "x", a, l); o != store.Added || err != nil {
		t.Errorf("Add = %v, %v afterwards", o, err)
	}
	whole(t, s)
}

// tb is a test, or a check of one of its cases.
type tb interface {
	rapid.TB
	Context() context.Context
}

// collect returns what a sequence yields, which must be no error.
func collect[T any](t tb, seq func(func(T, error) bool)) (out []T) {
	t.Helper()
	for v, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// whole checks that the store holds together.
func whole(t tb, s store.Store) {
	t.Helper()
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// plain is a ledger as its JSON.
func plain(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	b, err := l.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
