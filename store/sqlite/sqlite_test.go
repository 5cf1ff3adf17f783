package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay/store"
	"hearsay/store/sqlite"
	"hearsay/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Main(m, func(ctx context.Context, file string) (store.Store, error) {
		return sqlite.Open(ctx, file, sqlite.Options{})
	})
}

// opened is open for storetest.
func opened(t testing.TB, file string) store.Store { return open(t, file, sqlite.Options{}) }

func open(t testing.TB, file string, o sqlite.Options) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), file, o)
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
	storetest.Run(t, func(t testing.TB) store.Store {
		return open(t, filepath.Join(t.TempDir(), "a store?of #1 100%.db"), sqlite.Options{})
	})
}

// TestKilled kills a hundred processes that add.
func TestKilled(t *testing.T) {
	times := 100
	if testing.Short() {
		times = 10
	}
	storetest.Killed(t, filepath.Join(t.TempDir(), "store.db"), times, opened)
}

// TestProcesses has processes make one store and add to it at once.
func TestProcesses(t *testing.T) {
	dir := t.TempDir()
	storetest.Together(t, filepath.Join(dir, "store.db"), filepath.Join(dir, "alone.db"), opened)
}

// TestGatheredAnew has a store gather all anew, as a migration does when what is gathered has become another.
func TestGatheredAnew(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, sqlite.Options{})
	r := rand.New(rand.NewPCG(3, 3))
	for i := range 12 {
		a, l := storetest.Report(r, fmt.Sprint("a", i))
		if _, _, err := s.Add(t.Context(), "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	var ids []string
	for n, err := range s.Incidents(t.Context(), store.IncidentFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, n.ID)
	}
	if _, err := s.Merge(t.Context(), ids[:2]...); err != nil {
		t.Fatal(err)
	}
	want := storetest.Gathered(t, s)
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`INSERT INTO ungathered SELECT num FROM texts`); err != nil {
		t.Fatal(err)
	}
	anew := open(t, file, sqlite.Options{})
	if got := storetest.Gathered(t, anew); got != want {
		t.Errorf("gathered anew\n%s\nand before\n%s", got, want)
	}
	if err := anew.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestRemade opens a store of which keys of incidents are still to be made, as a migration leaves it.
func TestRemade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 1))
	for i := range 12 {
		a, l := storetest.Random(r, fmt.Sprint("a", i), 6)
		if _, _, err := s.Add(t.Context(), "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil { // now all keys are in their places
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var whole, left, made int
	if err := db.QueryRow(`SELECT count(*) FROM incident_keys`).Scan(&whole); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO keys_remaking SELECT id FROM incident_records ORDER BY id LIMIT 1 OFFSET 5;
		DELETE FROM incident_keys WHERE id > (SELECT after FROM keys_remaking)`); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow(`SELECT count(*) FROM incident_keys`).Scan(&left); err != nil || left == 0 || left >= whole {
		t.Fatalf("%d keys of %d are left: %v", left, whole, err)
	}
	again := open(t, file, sqlite.Options{})
	if err := db.QueryRow(`SELECT count(*) FROM incident_keys`).Scan(&made); err != nil || made != whole {
		t.Errorf("%d keys are made of %d: %v", made, whole, err)
	}
	if err := again.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestOlderForm opens a store as it was before copies were gathered.
func TestOlderForm(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, sqlite.Options{})
	for i := range 40 {
		a, l := storetest.Random(rand.New(rand.NewPCG(2, uint64(i%30))), fmt.Sprint("a", i), 6)
		if _, _, err := s.Add(t.Context(), "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	want := storetest.Gathered(t, s)
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`DROP TABLE copy_texts; DROP TABLE copy_keys; DROP TABLE copy_links; DROP TABLE ungathered;
		DROP TABLE incident_records; DROP TABLE incident_keys; DROP TABLE incident_sums; DROP TABLE incident_places; DROP TABLE incident_speakers;
		DROP TABLE correction_records; DROP TABLE corrections;
		DROP TABLE alert_searches; DROP TABLE alert_hooks; DROP TABLE alert_news; DROP TABLE alert_outbox;
		DROP TABLE fact_checks; DROP TABLE fact_gone; DROP TABLE fact_segments; DROP TABLE fact_pages; DROP TABLE fact_counters;
		DROP TABLE keys_waiting; DROP TABLE keys_generation; DROP TABLE keys_remaking; DROP INDEX versions_head; DROP INDEX claims_version; DROP TABLE incident_tallies; DROP TABLE speakers;
		DROP TABLE ledger_corrections; DROP TABLE accounts; DROP TABLE account_sessions; DROP TABLE account_tokens; DROP TABLE audit; DROP TABLE jobs; DROP TABLE job_inputs;
		DELETE FROM goose_db_version WHERE version_id > 1; PRAGMA user_version = 1`); err != nil {
		t.Fatal(err)
	}
	var told []int
	ctx, cancel := context.WithCancel(t.Context())
	broken, err := sqlite.Open(ctx, file, sqlite.Options{Gathered: func(done, of int) {
		told = append(told, done, of)
		cancel()
	}})
	if err == nil {
		broken.Close()
		t.Error("it is open, though it was broken off before all was gathered")
	}
	s = open(t, file, sqlite.Options{Gathered: func(done, of int) { told = append(told, done, of) }})
	if !slices.Equal(told, []int{32, 40, 8, 8}) {
		t.Errorf("told of %v articles gathered", told)
	}
	if got := storetest.Gathered(t, s); got != want || want == "" {
		t.Errorf("gathered\n%s\nand when they were added\n%s", got, want)
	}
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestFull adds to a store that may not grow, as on a disk that is full.
func TestFull(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, sqlite.Options{MaxPages: 150})
	r := rand.New(rand.NewPCG(1, 1))
	var taken []string
	for i := range 1000 {
		a, l := storetest.Random(r, fmt.Sprint("a", i), 20)
		_, _, err := s.Add(t.Context(), "x", a, l)
		if err != nil {
			if !errors.Is(err, store.ErrFull) {
				t.Fatalf("it is full, and Add says %v", err)
			}
			if _, ok, err := s.Known(t.Context(), a); ok || err != nil {
				t.Errorf("Known = %t, %v of what did not fit in", ok, err)
			}
			break
		}
		taken = append(taken, a.ID)
	}
	if len(taken) == 0 || len(taken) == 1000 {
		t.Fatalf("%d articles fitted in", len(taken))
	}
	for _, id := range taken {
		if _, _, err := s.Article(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	// With room again it goes on.
	roomy := open(t, file, sqlite.Options{})
	a, l := storetest.Random(r, "later", 20)
	if _, o, err := roomy.Add(t.Context(), "x", a, l); o != store.Added || err != nil {
		t.Errorf("Add = %v, %v with room again", o, err)
	}
}

// TestVerifyFinds changes a store behind its back.
func TestVerifyFinds(t *testing.T) {
	// Two versions of one article, an article with the words of the newer one, one that has more, and some
	// that tell of incidents.
	sound := filepath.Join(t.TempDir(), "sound.db")
	made, err := sqlite.Open(t.Context(), sound, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range []string{"a", "a", "b", "c", "d", "e", "f"} {
		a, l := storetest.Random(rand.New(rand.NewPCG(1, uint64(min(i, 1)))), id, 6)
		switch id {
		case "c":
			a.Text += "This is all that is known."
			l.Document.Text = a.Text
		case "d", "e", "f":
			a, l = storetest.Report(rand.New(rand.NewPCG(1, uint64(i-3))), id)
		}
		if _, _, err := made.Add(t.Context(), "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"ada", "mara", "bran"} {
		if err := made.Accounts().AddAccount(t.Context(), store.Account{Name: name, Hash: "$argon2id$"}, store.AuditEntry{Action: store.AccountAdded, Subject: name}); err != nil {
			t.Fatal(err)
		}
	}
	if err := made.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Closed, so that no keys wait.
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	made = open(t, sound, sqlite.Options{})
	if err := made.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(t.TempDir(), "whole")
	if err := made.Backup(t.Context(), whole, false); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, damage := range []string{
		`UPDATE claims SET content = 'another' WHERE num = (SELECT max(num) FROM claims)`,
		`UPDATE claims SET level = 'certain', polarity = 'denied', score = -3 WHERE num = (SELECT max(num) FROM claims)`,
		`DELETE FROM claims WHERE num = (SELECT min(num) FROM claims)`,
		`UPDATE entities SET name = 'Another'`,
		`DELETE FROM dates`,
		`UPDATE figures SET value = 0.5 WHERE seq = 1`,
		`INSERT INTO incidents (version, seq, id, type) VALUES (1, 99, 'i99', 'attack')`,
		`INSERT INTO dates (version, seq, words) VALUES (1, 0, 'then')`,
		`UPDATE texts SET content = content || '.'`,
		`DELETE FROM texts`,
		`INSERT INTO texts (num, content) VALUES (1, 'old')`,
		`UPDATE versions SET hash = zeroblob(32)`,
		`UPDATE versions SET ledger = x'00' WHERE num = 1`,
		`UPDATE versions SET last = '2999-12-31'`,
		`DELETE FROM versions WHERE num = 1`,
		`UPDATE articles SET version = 3`,
		`PRAGMA foreign_keys = 0; DELETE FROM versions`,
		`INSERT INTO claims_fts (rowid, content) VALUES (1, 'stray')`,
		`INSERT INTO texts_fts (texts_fts) VALUES ('delete-all')`,
		`DELETE FROM copy_texts WHERE original IS NULL`,
		`UPDATE copy_texts SET hash = 1`,
		`UPDATE copy_texts SET original = NULL`,
		`INSERT INTO copy_texts (num, hash) VALUES (1, 1)`,
		`DELETE FROM copy_keys WHERE key = (SELECT min(key) FROM copy_keys)`,
		`INSERT INTO copy_keys (key, num) VALUES (1, 2)`,
		`INSERT INTO copy_keys (key, num) VALUES (1, 99)`,
		`INSERT INTO keys_waiting (kind, id, keys) VALUES (0, 2, x'01000000')`,
		`INSERT INTO keys_waiting (kind, id, keys) VALUES (1, 1, x'01000000000000000100000001000000')`,
		`INSERT INTO keys_waiting (kind, id, keys) VALUES (1, 1, x'01')`,
		`UPDATE copy_links SET own = own + 1`,
		`UPDATE copy_links SET spans = x'00'`,
		`UPDATE copy_links SET b = 99 WHERE b = (SELECT max(b) FROM copy_links)`,
		`DELETE FROM copy_links`,
		`DELETE FROM incident_records WHERE id = (SELECT min(id) FROM incident_records)`,
		`UPDATE incident_records SET record = x'00'`,
		`UPDATE incident_records SET record = (SELECT record FROM incident_records LIMIT 1)`,
		`UPDATE incident_records SET version = 1`,
		`UPDATE incident_records SET tree = 7 WHERE id = (SELECT max(id) FROM incident_records)`,
		`UPDATE incident_records SET parent = NULL`,
		`UPDATE incident_records SET score = score + 1 WHERE parent IS NOT NULL`,
		`DELETE FROM incident_keys WHERE hash = (SELECT min(hash) FROM incident_keys)`,
		`INSERT INTO incident_keys (span, hash, day, id) VALUES (0, 1, 1, 1)`,
		`UPDATE incident_keys SET day = day + 1`,
		`UPDATE incident_keys SET span = span + 1`,
		`DELETE FROM incident_sums WHERE tree = (SELECT min(tree) FROM incident_sums)`,
		`INSERT INTO incident_sums (tree, id, day, type, articles, said) VALUES (7, 7, 7, 'attack', 1, 0)`,
		`UPDATE incident_sums SET articles = articles + 1`,
		`INSERT INTO incident_tallies (tree, tally) VALUES (7, x'00')`,
		`INSERT INTO incident_tallies (tree, tally) SELECT min(tree), x'00' FROM incident_sums`,
		`DELETE FROM incident_places`,
		`DELETE FROM incident_speakers`,
		`INSERT INTO incident_speakers (word, id) VALUES ('kar', 7)`,
		`INSERT INTO incident_places (word, tree) VALUES ('karsk', 7)`,
		`DELETE FROM audit WHERE num = 2`,
		`DELETE FROM audit WHERE num = 1`,
		`UPDATE audit SET subject = 'wolf' WHERE num = 3`,
		`UPDATE audit SET who = who || action, action = ''`,
		`UPDATE accounts SET hash = 'open sesame' WHERE name = 'ada'`,
		`INSERT INTO account_tokens (id, account, name, scopes, made) VALUES ('1', 'wolf', 'feed', 'read', 1)`,
	} {
		t.Run(damage, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "store.db")
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, file, sqlite.Options{})
			db, err := sql.Open("sqlite", file)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(damage); err != nil {
				t.Fatal(err)
			}
			if err := s.Verify(t.Context()); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("Verify = %v", err)
			}
			copied := filepath.Join(t.TempDir(), "copy")
			if err := s.Backup(t.Context(), copied, false); err != nil {
				t.Fatal(err)
			}
			other := open(t, filepath.Join(t.TempDir(), "other.db"), sqlite.Options{})
			if err := other.Restore(t.Context(), copied); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("Restore = %v", err)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	made := func(name string, statements string) string {
		file := filepath.Join(folder, name)
		db, err := sql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(statements); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for file, why := range map[string]string{
		folder: "it is a folder",
		write("text.db", strings.Repeat("This is no database. ", 100)):                   "it is no database",
		made("other.db", "CREATE TABLE cookies (name)"):                                  "a database of another program",
		made("later.db", "PRAGMA application_id = 1215521145; PRAGMA user_version = 99"): "a later hearsay made it",
	} {
		if s, err := sqlite.Open(t.Context(), file, sqlite.Options{}); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("Open = %v, %v; want an error with %q", s, err, why)
		}
	}
	missing := filepath.Join(folder, "missing.db")
	if _, err := sqlite.Open(t.Context(), missing, sqlite.Options{MustExist: true}); err == nil {
		t.Error("a store that does not exist was opened")
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("a store was made that must exist")
	}
}

// TestLocked has somebody else hold the store.
func TestLocked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, sqlite.Options{Patience: time.Millisecond})
	db, err := sql.Open("sqlite", file+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	a, l := storetest.Random(rand.New(rand.NewPCG(1, 1)), "a", 6)
	if _, _, err := s.Add(t.Context(), "x", a, l); !errors.Is(err, store.ErrBusy) {
		t.Errorf("Add = %v", err)
	}
	if _, _, err := s.Article(t.Context(), "a"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Article = %v: reading must not wait", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, o, err := s.Add(t.Context(), "x", a, l); o != store.Added || err != nil {
		t.Errorf("Add = %v, %v when it is free again", o, err)
	}
}
