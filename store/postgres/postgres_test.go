package postgres_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/queue"
	"hearsay/store"
	"hearsay/store/postgres"
	"hearsay/store/postgres/pgtest"
	"hearsay/store/sqlite"
	"hearsay/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Main(m, func(ctx context.Context, address string) (store.Store, error) {
		return postgres.Open(ctx, address, postgres.Options{})
	})
}

// opened is open for storetest.
func opened(t testing.TB, address string) store.Store { return open(t, address, postgres.Options{}) }

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

// empty returns the address of a database with an empty store.
func empty(t testing.TB) string {
	t.Helper()
	return pgtest.Copy(t, "a store", func(address string) error {
		s, err := postgres.Open(t.Context(), address, postgres.Options{})
		if err != nil {
			return err
		}
		return s.Close()
	})
}

func TestStore(t *testing.T) {
	// A check goes to the server and back hundreds of times, and the home in SQLite
	// is held to all of them.
	checks := flag.Lookup("rapid.checks")
	if before := checks.Value.String(); before == checks.DefValue {
		if err := checks.Value.Set("15"); err != nil {
			t.Fatal(err)
		}
		defer checks.Value.Set(before)
	}
	storetest.Run(t, func(t testing.TB) store.Store { return open(t, empty(t), postgres.Options{}) })
}

// The queue's workers want this of it.
var _ queue.Store = (*postgres.Store)(nil)

// TestAddAllAnd does something else in the transaction that adds.
func TestAddAllAnd(t *testing.T) {
	s := open(t, empty(t), postgres.Options{})
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

// TestKilled kills processes that add.
func TestKilled(t *testing.T) {
	times := 20
	if testing.Short() {
		times = 5
	}
	storetest.Killed(t, empty(t), times, opened)
}

// TestProcesses has processes make one store and add to it at once.
func TestProcesses(t *testing.T) {
	storetest.Together(t, pgtest.Database(t), pgtest.Database(t), opened)
}

// hostile is an article with all that PostgreSQL does not take or takes for
// something else, and a ledger of it.
func hostile() (*article.Article, *ledger.Ledger) {
	const bad = "\x00\x1a00'\"\\\u2028\U0010ffff" // in a ledger all is UTF-8
	const worse = bad + "\x00\x1a00\xff\xe2\x82'\"\\\u2028\U0010ffff"
	text := "Mara\x00Lind said the mill\x00burns in Karsk\x1a."
	a := &article.Article{ID: "id" + worse + strings.Repeat("long", 5000), URL: "http://wend.example/" + worse, Title: "Mill" + worse, Byline: []string{"Nell" + worse, worse},
		Site: worse, Published: worse, Language: worse, Text: text}
	cue := ledger.Piece{Span: ledger.Span{Start: 10, End: 14}}
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{ID: a.ID, Text: text, Title: a.Title},
		Sentences: []ledger.Sentence{{ID: "s1", Span: ledger.Span{End: len(text)}}},
		Entities: []ledger.Entity{{ID: "e1", Type: ledger.TypePerson, Name: "Lind" + bad, Aliases: []string{bad}, Mentions: []ledger.Mention{{Span: ledger.Span{End: 9}}}},
			{ID: "e2", Type: ledger.TypePlace, Name: strings.Repeat("Karsk", 5000), Mentions: []ledger.Mention{{Span: ledger.Span{Start: 34, End: 39}}}}},
		Claims: []ledger.Claim{{ID: "c1" + bad, Sentence: "s1", Cue: &cue, Content: []ledger.Piece{{Span: ledger.Span{Start: 15, End: len(text)}}},
			Source:   &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{End: 9}}, Kind: "person" + bad, Naming: ledger.NamingNamed, Entity: "e1", Speaker: "e1"},
			Incident: "i1"}},
		Incidents: []ledger.Incident{{ID: "i1", Type: ledger.IncidentType("attack" + bad), Mentions: []ledger.Mention{{Span: ledger.Span{Start: 24, End: 28}}}, Places: []string{"e2"}}}}
	return a, l
}

func TestHostile(t *testing.T) {
	s, ctx := open(t, empty(t), postgres.Options{}), t.Context()
	a, l := hostile()
	for _, want := range []store.Outcome{store.Added, store.Known} {
		if id, o, err := s.Add(ctx, a.ID, a, l); id != a.ID || o != want || err != nil {
			t.Fatalf("Add = %.20q, %v, %v", id, o, err)
		}
	}
	got, _, err := s.Article(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(*a, got.Article); d != "" || got.Origin != a.ID {
		t.Errorf("the article has changed: %.1000s", d)
	}
	for c, err := range s.Claims(ctx, "mill burns", store.Filter{Article: a.ID, Speaker: "lind", Type: l.Incidents[0].Type}) {
		if err != nil || c.Content != a.Text[15:] || c.Speaker != l.Entities[0].Name || c.Title != a.Title {
			t.Errorf("Claims: %+v, %v", c, err)
		}
		got = nil
	}
	if got != nil {
		t.Error("its claim is not found")
	}
	if err := s.Mark(ctx, a.ID, "\x00\xff"); err != nil {
		t.Error(err)
	}
	if state, err := s.State(ctx, a.ID); state != "\x00\xff" || err != nil {
		t.Errorf("State = %q, %v", state, err)
	}
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
	if err := s.Remove(ctx, a.ID); err != nil {
		t.Error(err)
	}
}

// TestLong adds texts with as many different words as an index of words does
// not take, or words as long.
func TestLong(t *testing.T) {
	s, ctx := open(t, empty(t), postgres.Options{}), t.Context()
	var b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&b, "%x ", i*2654435761%(1<<24))
	}
	for id, text := range map[string]string{"words": b.String(), "word": "smoke " + strings.Repeat("é", 1<<20), "marks": strings.Repeat("smoke \u0301", 1<<17)} {
		l := &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{ID: id, Text: text}, Sentences: []ledger.Sentence{{ID: "s1", Span: ledger.Span{End: len(text)}}},
			Claims: []ledger.Claim{{ID: "c1", Sentence: "s1", Content: []ledger.Piece{{Span: ledger.Span{End: len(text)}}}}}}
		if _, _, err := s.Add(ctx, "x", &article.Article{ID: id, Text: text}, l); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		query, _, _ := strings.Cut(text, " ")
		n := 0
		for h, err := range s.Texts(ctx, query, store.Filter{Article: id, Order: store.Relevance}) {
			if n++; err != nil || len(h.Snippet) == 0 {
				t.Errorf("%s: %+v, %v", id, h, err)
			}
		}
		if n != 1 {
			t.Errorf("%s: found %d times", id, n)
		}
	}
}

// run carries out a statement behind the store's back.
func run(t *testing.T, address, statement string) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	for _, text := range []string{`SET search_path = hearsay`, statement} {
		if _, err := c.Exec(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
}

// TestVerifyFinds changes a store behind its back.
func TestVerifyFinds(t *testing.T) {
	address := empty(t)
	s := open(t, address, postgres.Options{})
	r := rand.New(rand.NewPCG(1, 1))
	for range 2 { // two versions of one article
		a, l := storetest.Random(r, "a", 6)
		if _, _, err := s.Add(t.Context(), "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Mark(t.Context(), "x", "read"); err != nil {
		t.Fatal(err)
	}
	if err := s.Accounts().AddAccount(t.Context(), store.Account{Name: "ada", Hash: "$argon2id$"}, store.AuditEntry{Action: store.AccountAdded, Subject: "ada"}); err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(t.TempDir(), "whole")
	if err := s.Backup(t.Context(), whole, false); err != nil {
		t.Fatal(err)
	}
	for _, damage := range []string{
		`UPDATE claims SET content = 'another' WHERE num = (SELECT max(num) FROM claims)`,
		`UPDATE claims SET level = 'certain', polarity = 'denied', score = -3 WHERE num = (SELECT max(num) FROM claims)`,
		`UPDATE claims SET version = 1`,
		`UPDATE claims SET words = to_tsvector('words', 'another') WHERE num = (SELECT max(num) FROM claims)`,
		`UPDATE claims SET country_words = NULL`,
		`DELETE FROM claims WHERE num = (SELECT min(num) FROM claims)`,
		`INSERT INTO claims (num, version, id, content, words) VALUES (1, 99, 'c99', '', '')`,
		`UPDATE entities SET name = 'Another'`,
		`DELETE FROM dates`,
		`UPDATE figures SET value = 0.5 WHERE seq = 1`,
		`INSERT INTO incidents (version, seq, id, type) VALUES (1, 99, 'i99', 'attack')`,
		`INSERT INTO dates (version, seq, words) VALUES (1, 0, 'then')`,
		`UPDATE texts SET content = content || '.'`,
		`UPDATE texts SET words = ''`,
		`DELETE FROM texts`,
		`INSERT INTO texts (num, content, words) VALUES (1, 'old', '')`,
		`UPDATE versions SET hash = '\x00'`,
		`UPDATE versions SET ledger = '\x00' WHERE num = 1`,
		`UPDATE versions SET last = '2999-12-31'`,
		`DELETE FROM versions WHERE num = 1`,
		`UPDATE articles SET version = 3`,
		`UPDATE articles SET id = 'b'`,
		`UPDATE inputs SET origin = 'y'`,
		`DELETE FROM audit WHERE num = 1`,
		`UPDATE audit SET subject = 'wolf'`,
		`UPDATE accounts SET hash = 'open sesame'`,
		`INSERT INTO account_sessions (id, account, made, seen, ends, address, agent) VALUES ('1', 'wolf', 1, 1, 1, '', '')`,
		`INSERT INTO account_tokens (id, account, name, scopes, made) VALUES ('1', 'wolf', 'feed', 'read', 1)`,
	} {
		t.Run(damage, func(t *testing.T) {
			if err := s.Restore(t.Context(), whole); err != nil {
				t.Fatal(err)
			}
			if err := s.Verify(t.Context()); err != nil {
				t.Fatal(err)
			}
			run(t, address, damage)
			if err := s.Verify(t.Context()); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("Verify = %v", err)
			}
		})
	}
}

// TestExchange takes a store from one home to the other and back.
func TestExchange(t *testing.T) {
	ctx := t.Context()
	address, last := empty(t), empty(t)
	first := open(t, address, postgres.Options{})
	run(t, address, `INSERT INTO alert_searches (name, search, saved) VALUES ('blasts', '{}', 7)`)
	run(t, address, `INSERT INTO fact_counters (name, value) VALUES ('any', 7)`)
	r := rand.New(rand.NewPCG(3, 1))
	for i := range 30 {
		a, l := storetest.Random(r, fmt.Sprint("a", i%25), 10)
		if i%10 == 7 {
			a, l = hostile()
			a.ID = fmt.Sprint(a.ID, i)
		}
		if _, _, err := first.Add(ctx, fmt.Sprint("origin", i), a, l); err != nil {
			t.Fatal(err)
		}
	}
	if err := first.Mark(ctx, "crawl\x00", "7\xff"); err != nil {
		t.Fatal(err)
	}
	files := []string{filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")}
	if err := first.Backup(ctx, files[0], false); err != nil {
		t.Fatal(err)
	}
	second, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "store.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if err := second.Restore(ctx, files[0]); err != nil {
		t.Fatal(err)
	}
	if err := second.Backup(ctx, files[1], false); err != nil {
		t.Fatal(err)
	}
	third := open(t, last, postgres.Options{})
	a, l := storetest.Random(r, "other", 3)
	if _, _, err := third.Add(ctx, "x", a, l); err != nil { // it goes
		t.Fatal(err)
	}
	if err := third.Restore(ctx, files[1]); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(sizes(t, address), sizes(t, last)); d != "" {
		t.Errorf("rows of tables: %s", d)
	}
	want := all(t, first)
	for name, s := range map[string]store.Store{"SQLite": second, "PostgreSQL": third} {
		if err := s.Verify(ctx); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if d := cmp.Diff(want, all(t, s)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if state, err := s.State(ctx, "crawl\x00"); state != "7\xff" || err != nil {
			t.Errorf("%s: State = %q, %v", name, state, err)
		}
		// What comes next is newer than all.
		a, l := storetest.Random(r, "newest", 3)
		if _, o, err := s.Add(ctx, "x", a, l); o != store.Added || err != nil {
			t.Errorf("%s: Add = %v, %v", name, o, err)
		}
		for c, err := range s.Claims(ctx, "", store.Filter{Limit: 1}) {
			if err != nil || c.Article != "newest" {
				t.Errorf("%s: the newest claim is %+v, %v", name, c, err)
			}
		}
	}
}

// sizes are how many rows each table of a store has.
func sizes(t *testing.T, address string) map[string]int {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	rows, err := c.Query(t.Context(), `SELECT tablename FROM pg_tables WHERE schemaname = 'hearsay'`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]int)
	for _, name := range tables {
		var n int
		if err := c.QueryRow(t.Context(), `SELECT count(*) FROM hearsay.`+name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		out[name] = n
	}
	return out
}

// TestTables holds that the tables of both homes are the same, so that a backup
// has all there is, and that what only PostgreSQL has is made when one is restored.
func TestTables(t *testing.T) {
	address := pgtest.Database(t)
	open(t, address, postgres.Options{})
	file, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "store.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	tables, err := file.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"articles.key", "claims.country_words", "claims.place_words", "claims.speaker_words", "claims.words", "inputs.key", "texts.words"}
	for _, column := range []string{"account", "address", "agent", "ends", "id", "made", "seen"} {
		want = append(want, "account_sessions."+column) // which are in no backup
	}
	want = append(want, "keys_remaking.after") // of which nothing is left when a store is open
	for _, table := range tables {
		for _, column := range table.Columns {
			want = append(want, table.Name+"."+column)
		}
	}
	slices.Sort(want)
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	rows, err := c.Query(t.Context(), `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'hearsay' AND table_name NOT LIKE 'goose%'`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" || len(tables) < 15 {
		t.Errorf("%d tables: %s", len(tables), d)
	}
	// What sorts by the locale of the database sorts otherwise than SQLite.
	rows, err = c.Query(t.Context(), `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'hearsay' AND table_name NOT LIKE 'goose%' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`)
	if err != nil {
		t.Fatal(err)
	}
	if local, err := pgx.CollectRows(rows, pgx.RowTo[string]); err != nil || len(local) > 0 {
		t.Errorf("columns without COLLATE \"C\": %v, %v", local, err)
	}
}

// all is what a store says of itself.
func all(t *testing.T, s store.Store) (out []any) {
	t.Helper()
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stats.Bytes, stats.Schema = 0, 0
	out = append(out, stats)
	for a, err := range s.Articles(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for v := range a.Version {
			older, _, err := s.Version(t.Context(), a.ID, v+1)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, *older)
		}
	}
	for _, q := range []string{"", "mill OR bridge"} {
		for c, err := range s.Claims(t.Context(), q, store.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, *c)
		}
	}
	for g, err := range s.Copies(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

func TestRestoreRefuses(t *testing.T) {
	s := open(t, empty(t), postgres.Options{})
	a, l := storetest.Random(rand.New(rand.NewPCG(1, 1)), "a", 6)
	if _, _, err := s.Add(t.Context(), "x", a, l); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(strings.Repeat("This is no backup. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, file + " that is missing", t.TempDir()} {
		if err := s.Restore(t.Context(), name); err == nil {
			t.Errorf("%s was restored", name)
		}
	}
	if _, ok, err := s.Known(t.Context(), a); !ok || err != nil {
		t.Errorf("Known = %t, %v after what was refused", ok, err)
	}
}

// TestLost ends the store's connections.
func TestLost(t *testing.T) {
	address := empty(t)
	s := open(t, address, postgres.Options{})
	r := rand.New(rand.NewPCG(1, 1))
	var a *article.Article
	var l *ledger.Ledger
	lost := 0
	for i := range 6 {
		a, l = storetest.Random(r, fmt.Sprint("a", i), 6)
		items := []store.Item{{Origin: "x", Article: a, Ledger: l}}
		_, err := s.AddAllAnd(t.Context(), items, func(context.Context, pgx.Tx) error {
			if i == 3 {
				run(t, address, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
			}
			return nil
		})
		if err != nil {
			if lost++; !errors.Is(err, store.ErrUnreachable) || strings.Contains(err.Error(), "\n") {
				t.Errorf("AddAll = %v", err)
			}
		}
	}
	if lost != 1 {
		t.Errorf("%d articles were lost with one connection", lost)
	}
	if stats, err := s.Stats(t.Context()); err != nil || stats.Articles != 5 {
		t.Errorf("Stats = %+v, %v", stats, err)
	}
}

// TestLocked has somebody else hold the store.
func TestLocked(t *testing.T) {
	address := empty(t)
	s := open(t, address, postgres.Options{Patience: 50 * time.Millisecond})
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	tx, err := c.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `LOCK TABLE hearsay.articles IN EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	a, l := storetest.Random(rand.New(rand.NewPCG(1, 1)), "a", 6)
	if _, _, err := s.Add(t.Context(), "x", a, l); !errors.Is(err, store.ErrBusy) {
		t.Errorf("Add = %v", err)
	}
	if _, _, err := s.Article(t.Context(), "a"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Article = %v: reading must not wait", err)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, o, err := s.Add(t.Context(), "x", a, l); o != store.Added || err != nil {
		t.Errorf("Add = %v, %v when it is free again", o, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	none, later, foreign := pgtest.Database(t), pgtest.Database(t), pgtest.Database(t)
	open(t, later, postgres.Options{})
	run(t, later, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)`)
	run(t, foreign, `CREATE SCHEMA hearsay; CREATE TABLE hearsay.cookies (name text)`)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	silent := listener.Addr().String()
	listener.Close()
	const secret = "open sesame"
	for _, test := range []struct {
		address, why string
		is           error
	}{
		{"postgres://u:open%20sesame@" + silent + "/x", "is its server running", store.ErrUnreachable},
		{"postgres://u:open sesame@127.0.0.1:1:2/x", "of the form postgres://", nil},
		{"postgres://u:open sesame@127.0.0.1:port/x", "of the form postgres://", nil},
		{"postgres://u:/open sesame@127.0.0.1/x", "of the form postgres://", nil},
		{"postgres://u:%zzopen sesame@127.0.0.1/x", "of the form postgres://", nil},
		{"postgres://u:open%20sesame@127.0.0.1/x?sslmode=never", "of the form postgres://", nil},
		{strings.Replace(none, "/test", "/no", 1), "make it with createdb", nil},
		{strings.Replace(none, "hearsay@", "nobody:open%20sesame@", 1), "refuses this user", nil},
		{none, "no store yet", store.ErrNoStore},
		{later, "a later hearsay made it", nil},
		{foreign, "of another program", nil},
	} {
		s, err := postgres.Open(t.Context(), test.address, postgres.Options{MustExist: true})
		if err == nil || !strings.Contains(err.Error(), test.why) || test.is != nil && !errors.Is(err, test.is) || strings.Contains(err.Error(), "\n") {
			t.Errorf("Open(%q) = %v, %v; want an error with %q", test.address, s, err, test.why)
		}
		if err != nil && (strings.Contains(err.Error(), "sesame") || strings.Contains(err.Error(), secret)) {
			t.Errorf("Open tells the password: %v", err)
		}
	}
	if s, err := postgres.Open(t.Context(), none, postgres.Options{MustExist: true}); err == nil {
		t.Errorf("a store was made that must exist: %v", s)
	}
}

// TestRemade opens a store of which keys of incidents are still to be made, as a migration leaves it.
func TestRemade(t *testing.T) {
	address := empty(t)
	s := open(t, address, postgres.Options{})
	r := rand.New(rand.NewPCG(3, 1))
	for i := range 12 {
		a, l := storetest.Random(r, fmt.Sprint("a", i), 6)
		if _, _, err := s.Add(t.Context(), "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	run(t, address, `INSERT INTO keys_remaking SELECT id FROM incident_records ORDER BY id OFFSET 5 LIMIT 1`)
	run(t, address, `DELETE FROM incident_keys WHERE id > (SELECT after FROM keys_remaking)`)
	if err := s.Verify(t.Context()); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("without keys it is found to be whole: %v", err)
	}
	again := open(t, address, postgres.Options{})
	if err := again.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestOpenedAtOnce makes a store from several sides.
func TestOpenedAtOnce(t *testing.T) {
	address := pgtest.Database(t)
	var opening sync.WaitGroup
	for range 4 {
		opening.Go(func() {
			s, err := postgres.Open(t.Context(), address, postgres.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			s.Close()
		})
	}
	opening.Wait()
	if stats, err := open(t, address, postgres.Options{MustExist: true}).Stats(t.Context()); err != nil || stats.Articles != 0 || stats.Schema == 0 {
		t.Errorf("Stats = %+v, %v", stats, err)
	}
}

// TestHits pins the words around what is found, in the text as it is.
func TestHits(t *testing.T) {
	s, ctx := open(t, empty(t), postgres.Options{}), t.Context()
	text := strings.Repeat("Nothing happened. ", 30) + "Then Émile Quent's ferries-to-be sank." + strings.Repeat(" Nobody knew why.", 30)
	a := &article.Article{ID: "a", Title: "Sunken ferries", Text: text}
	if _, _, err := s.Add(ctx, "x", a, &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{Text: text}}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"emile ferry":               "Émile Quent's ferries-to-be sank.",
		"qu*":                       "Émile Quent's",
		"sunken":                    "Nothing happened.",
		`"ferry sunken"`:            "",
		`"nobody knew why sunken"`:  "", // a phrase does not run from the text into the title
		"-nothing ferries OR sink*": "",
	} {
		var got []string
		for h, err := range s.Texts(ctx, query, store.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, h.Snippet)
		}
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || !strings.Contains(got[0], want)) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}
