package source_test

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/article"
	"hearsay/export"
	"hearsay/export/exporttest"
	"hearsay/export/source"
	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/postgres"
	"hearsay/store/postgres/pgtest"
	"hearsay/store/sqlite"
)

// homes runs a test with a store of each kind that holds some articles.
func homes(t *testing.T, f func(*testing.T, store.Store)) {
	fill := func(t *testing.T, s store.Store, err error) {
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		for i := range 3 {
			l := exporttest.Numbered(i + 1).Ledger
			l.Document.URL = ""
			d := &l.Document
			a := &article.Article{ID: d.ID, Title: d.Title, Published: d.Published, URL: "https://orvik.example/" + d.ID, Text: d.Text}
			if i == 2 {
				a.Published, l.Document.Published = "2031-06-01", "2031-06-01"
			}
			if _, _, err := s.Add(t.Context(), "test", a, l); err != nil {
				t.Fatal(err)
			}
		}
		f(t, s)
	}
	t.Run("sqlite", func(t *testing.T) {
		s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hearsay.db"), sqlite.Options{})
		fill(t, s, err)
	})
	t.Run("postgres", func(t *testing.T) {
		s, err := postgres.Open(t.Context(), pgtest.Database(t), postgres.Options{})
		fill(t, s, err)
	})
}

// chosen are the articles with the number of the claims that are wanted, -1 for all.
func chosen(t *testing.T, s store.Store, query string, f store.Filter) (ids []string, claims []int) {
	t.Helper()
	for a, err := range source.Articles(t.Context(), s, query, f) {
		if err != nil {
			t.Fatal(err)
		}
		n := len(a.Claims)
		if a.Whole() {
			n = -1
		}
		ids, claims = append(ids, a.ID), append(claims, n)
	}
	return ids, claims
}

func TestArticles(t *testing.T) {
	homes(t, func(t *testing.T, s store.Store) {
		for _, c := range []struct {
			name, query string
			filter      store.Filter
			ids         []string
			claims      []int
		}{
			{"all", "", store.Filter{Limit: 1}, []string{"orvik-1", "orvik-2", "orvik-3"}, []int{-1, -1, -1}},
			{"by day", "", store.Filter{Until: "2031-05-31"}, []string{"orvik-1", "orvik-2"}, []int{-1, -1}},
			{"by speaker", "", store.Filter{Speaker: "Brandt"}, []string{"orvik-3", "orvik-2", "orvik-1"}, []int{2, 2, 2}},
			{"by words", "traitors", store.Filter{Since: "2031-06-01"}, []string{"orvik-3"}, []int{1}},
			{"none", "", store.Filter{Speaker: "Nobody"}, nil, nil},
		} {
			ids, claims := chosen(t, s, c.query, c.filter)
			if !slices.Equal(ids, c.ids) || !slices.Equal(claims, c.claims) {
				t.Errorf("%s: %v with %v claims", c.name, ids, claims)
			}
		}
		for a := range source.Articles(t.Context(), s, "", store.Filter{}) {
			if d := a.Ledger.Document; d.URL != "https://orvik.example/"+a.ID {
				t.Errorf("the address that the store knows is not in the ledger: %q", d.URL)
			}
			break // and no more is asked for
		}
	})
}

func TestIncidents(t *testing.T) {
	homes(t, func(t *testing.T, s store.Store) {
		for _, first := range []bool{false, true} {
			n := 0
			for x, err := range source.Incidents(t.Context(), s, s.Incidents(t.Context(), store.IncidentFilter{}), first) {
				if err != nil {
					t.Fatal(err)
				}
				n++
				if u := x.URL(x.Articles[0]); u != "https://orvik.example/"+x.Articles[0] {
					t.Errorf("the address of %s is %q", x.Articles[0], u)
				}
				if first != (x.First != nil) || first && len(x.First.Targets) != 2 {
					t.Errorf("what the first article tells: %+v", x.First)
				}
			}
			if n == 0 {
				t.Error("there is no incident")
			}
		}
	})
}

func TestStopped(t *testing.T) {
	homes(t, func(t *testing.T, s store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for _, f := range []store.Filter{{}, {Speaker: "Brandt"}} {
			var got error
			for _, err := range source.Articles(ctx, s, "", f) {
				got = err
			}
			if !errors.Is(got, context.Canceled) {
				t.Error(got)
			}
		}
	})
}

func TestInArticle(t *testing.T) {
	all := source.InArticle(exporttest.Article())
	if len(all) != 1 {
		t.Fatalf("there are %d incidents", len(all))
	}
	n := all[0]
	if n.Killed.Best != 4 || n.BlamedOn[0].By != "Ole Brandt" || n.First == nil || n.Support.Articles != 1 || !n.Located() {
		t.Errorf("%+v", n.Incident)
	}
	if len(source.InArticle(exporttest.Bare())) != 0 {
		t.Error("an article that tells of nothing tells of something")
	}
}

// read reads ledgers to the end.
func read(r io.Reader) (ids []string, errs []error) {
	for a, err := range source.Ledgers(r) {
		if err != nil {
			errs = append(errs, err)
		} else {
			ids = append(ids, a.ID)
		}
	}
	return ids, errs
}

func line(t *testing.T, a *export.Article) string {
	t.Helper()
	b, err := a.Ledger.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestLedgers(t *testing.T) {
	one, bare := line(t, exporttest.Article()), line(t, exporttest.Bare())
	failure, err := ledger.Failure{Input: "a.txt", Code: "not-found", Message: "no such file"}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, in string
		read     int
		errs     []string
	}{
		{"nothing", "", 0, nil},
		{"lines", one + "\n" + one + "\n", 2, nil},
		{"no lines", one + bare, 2, nil},
		{"a failure", string(failure) + "\n" + one, 1, []string{"ledger 1: a.txt: no such file"}},
		{"another thing", `{"a":1}` + one, 1, []string{`ledger 1: reading ledger: no "hearsay" number: this is not a ledger`}},
		{"a span outside", `{"hearsay":1,"document":{"text":"a"},"sentences":[{"id":"s1","start":0,"end":9}],"claims":[]}` + one, 1, []string{"ledger 1: reading ledger: sentence s1"}},
		{"broken", one + "\n{", 1, []string{"ledger 2: it cannot be read"}},
		{"no JSON", "Dear reader,", 0, []string{"ledger 1: it cannot be read"}},
	} {
		ids, errs := read(strings.NewReader(c.in))
		if len(ids) != c.read || len(errs) != len(c.errs) {
			t.Errorf("%s: %v and %v", c.name, ids, errs)
			continue
		}
		for i := range errs {
			if !strings.HasPrefix(errs[i].Error(), c.errs[i]) {
				t.Errorf("%s: %v", c.name, errs[i])
			}
		}
	}
	if ids, _ := read(strings.NewReader(bare)); !strings.HasPrefix(ids[0], "sha256:") {
		t.Errorf("an article without a name is called %q", ids[0])
	}
}

// endless is an input that opens a string and never closes it.
type endless struct{ begun bool }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	if !e.begun && len(p) > 0 {
		p[0], e.begun = '"', true
	}
	return len(p), nil
}

func TestTooLong(t *testing.T) {
	for _, err := range source.LedgersUpTo(&endless{}, 1<<20) {
		if !errors.Is(err, source.ErrUnreadable) || !strings.Contains(err.Error(), "it is longer than 1 MB") {
			t.Error(err)
		}
	}
}

func FuzzLedgers(f *testing.F) {
	f.Add(`{"hearsay":1,"document":{"text":"a b"},"sentences":[{"id":"s1","start":0,"end":3}],"claims":[{"id":"c1","content":[{"start":0,"end":1}],"sentence":"s1"}],` +
		`"incidents":[{"id":"i1","type":"attack","mentions":[{"start":0,"end":1}],"blamed_on":[{"start":2,"end":3,"claim":"c1","entity":"e9"}]}]}`)
	f.Fuzz(func(t *testing.T, in string) {
		for a, err := range source.Ledgers(strings.NewReader(in)) {
			if err != nil {
				continue
			}
			source.InArticle(a)
		}
	})
}
