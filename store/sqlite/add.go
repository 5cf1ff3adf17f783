package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/alerts"
	"hearsay/store/amending"
	"hearsay/store/gathering"
	"hearsay/store/pack"
	"hearsay/store/rows"
)

// Add keeps one article: see store.Store.
func (s *Store) Add(ctx context.Context, origin string, a *article.Article, l *ledger.Ledger) (string, store.Outcome, error) {
	r, err := s.AddAll(ctx, []store.Item{{Origin: origin, Article: a, Ledger: l}})
	if err != nil {
		return "", 0, err
	}
	return r[0].ID, r[0].Outcome, nil
}

// AddAll keeps several articles in one transaction: see store.Store.
func (s *Store) AddAll(ctx context.Context, items []store.Item) ([]store.Result, error) {
	ready, err := s.prepareAll(items)
	if err != nil {
		return nil, err
	}
	results := make([]store.Result, len(items))
	err = s.writing(ctx, func(w *writer) error {
		for i := range ready {
			o, err := ready[i].add(ctx, w)
			if err != nil {
				return fmt.Errorf("adding %s: %w", items[i].Origin, err)
			}
			results[i] = store.Result{ID: ready[i].ID, Outcome: o}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// newVersion is an article made ready before others are kept from writing.
type newVersion struct {
	*pack.Version
	ready *gathering.Article
}

// prepareAll makes articles ready, on all processors.
func (s *Store) prepareAll(items []store.Item) ([]newVersion, error) {
	ready, errs := make([]newVersion, len(items)), make([]error, len(items))
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(len(items), runtime.GOMAXPROCS(0)) {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(items); i = int(next.Add(1)) - 1 {
				ready[i], errs[i] = s.prepare(items[i])
			}
		})
	}
	running.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("adding %s: %w", items[i].Origin, err)
		}
	}
	return ready, nil
}

func (s *Store) prepare(it store.Item) (newVersion, error) {
	v, err := s.packer.Version(it)
	if err != nil {
		return newVersion{}, err
	}
	return newVersion{v, gathering.Ready(v.ID, it.Article, it.Ledger)}, nil
}

func (v *newVersion) add(ctx context.Context, w *writer) (store.Outcome, error) {
	outcome := store.Added
	var num, newest, old int64
	var hash []byte
	err := w.row(ctx, `SELECT a.num, a.version, v.num, v.hash FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.id = ?`,
		[]any{v.ID}, &num, &newest, &old, &hash)
	switch {
	case err == nil && string(hash) == string(v.Hash[:]):
		return store.Known, nil
	case err == nil:
		outcome = store.Changed
		if err := w.gathered.Outdate(ctx, old); err != nil {
			return 0, err
		}
		if err := forget(ctx, w, old); err != nil {
			return 0, err
		}
		if _, err := w.exec(ctx, `UPDATE articles SET version = ? WHERE num = ?`, newest+1, num); err != nil {
			return 0, err
		}
	case errors.Is(err, sql.ErrNoRows):
		if num, err = inserted(w.exec(ctx, `INSERT INTO articles (id, version) VALUES (?, 1)`, v.ID)); err != nil {
			return 0, err
		}
	default:
		return 0, err
	}
	a := v.Article
	first, last := rows.Days(a.Published)
	version, err := inserted(w.exec(ctx, `INSERT INTO versions (article, version, origin, given, url, title, byline, site, published, first, last, language, hash, added, ledger)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		num, newest+1, v.Origin, known(a.ID), known(a.URL), known(a.Title), known(rows.Join(a.Byline)), known(a.Site), known(a.Published),
		known(first), known(last), known(a.Language), v.Hash[:], time.Now().UnixMicro(), v.Packed))
	if err != nil {
		return 0, err
	}
	saying := *v
	if outcome == store.Changed { // what was corrected of it before is corrected of this version too
		l, err := amending.To(ctx, w, num, v.Ledger)
		if err != nil {
			return 0, err
		}
		if l != v.Ledger {
			corrected := *v.Version
			corrected.Ledger = l
			saying = newVersion{&corrected, gathering.Ready(v.ID, v.Article, l)}
		}
	}
	if err := saying.say(ctx, w, version); err != nil {
		return 0, err
	}
	if err := w.gathered.Add(ctx, version, saying.ready); err != nil {
		return 0, err
	}
	return outcome, alerts.Note(ctx, w, version)
}

// say writes the rows of what the new version says.
func (v *newVersion) say(ctx context.Context, w *writer, version int64) error {
	if _, err := w.exec(ctx, `INSERT INTO texts (num, title, content) VALUES (?, ?, ?)`, version, known(v.Article.Title), v.Article.Text); err != nil {
		return err
	}
	for i := range rows.Tables {
		t := &rows.Tables[i]
		stmt, err := w.statement(ctx, insertions[i])
		if err != nil {
			return err
		}
		all := t.Of(v.Ledger)
		args := make([]any, 2+len(t.Columns))
		// Backwards, so that the numbers of claims rise: the index of words is made for that.
		for seq := len(all) - 1; seq >= 0; seq-- {
			key(t, args, version, seq)
			copy(args[2:], all[seq])
			if _, err := stmt.ExecContext(ctx, args...); err != nil {
				return err
			}
		}
	}
	w.unindexed = append(w.unindexed, version)
	return nil
}

// index writes the words of the versions that were added since it was last called.
// Any other statement may have SQLite write out what the indexes of words hold in
// memory, and then they come in as many small pieces, which are merged over and
// over. So the words come last, those of all articles together.
func (w *writer) index(ctx context.Context) error {
	if len(w.unindexed) == 0 {
		return nil
	}
	// Between them are only versions of this transaction, since their numbers rise.
	first, last := w.unindexed[0], w.unindexed[len(w.unindexed)-1]
	w.unindexed = w.unindexed[:0]
	from, _ := rows.ClaimNumbers(first)
	_, to := rows.ClaimNumbers(last)
	if _, err := w.exec(ctx, `INSERT INTO claims_fts (rowid, content, speakers, places, countries, days)
		SELECT num, content, speakers, places, countries, days FROM claims_words WHERE num BETWEEN ? AND ? ORDER BY num`, from, to); err != nil {
		return err
	}
	_, err := w.exec(ctx, `INSERT INTO texts_fts (rowid, title, content, days) SELECT num, title, content, days FROM texts_words WHERE num BETWEEN ? AND ? ORDER BY num`, first, last)
	return err
}

// insertions are the statements that insert a row of each of rows.Tables.
var insertions = func() (out [len(rows.Tables)]string) {
	for i, t := range rows.Tables {
		a, b := keyColumns(&t)
		out[i] = fmt.Sprintf("INSERT INTO %s (%s, %s, %s) VALUES (?, ?%s)", t.Name, a, b, strings.Join(t.Columns, ", "), strings.Repeat(", ?", len(t.Columns)))
	}
	return out
}()

// keyColumns are the columns that say which row of which version a row is.
func keyColumns(t *rows.Table) (a, b string) {
	if t.Name == "claims" {
		return "num", "version"
	}
	return "version", "seq"
}

// key fills in the key columns.
func key(t *rows.Table, args []any, version int64, seq int) {
	if t.Name == "claims" {
		_, last := rows.ClaimNumbers(version)
		args[0], args[1] = last-int64(seq), version
		return
	}
	args[0], args[1] = version, int64(seq)
}

// forget removes the rows of what a version says.
func forget(ctx context.Context, w *writer, version int64) error {
	if err := w.index(ctx); err != nil {
		return err
	}
	from, to := rows.ClaimNumbers(version)
	// An index of words has to be told which words are to go.
	if _, err := w.exec(ctx, `INSERT INTO claims_fts (claims_fts, rowid, content, speakers, places, countries, days)
		SELECT 'delete', num, content, speakers, places, countries, days FROM claims_words WHERE num BETWEEN ? AND ? ORDER BY num`, from, to); err != nil {
		return err
	}
	if _, err := w.exec(ctx, `INSERT INTO texts_fts (texts_fts, rowid, title, content, days) SELECT 'delete', num, title, content, days FROM texts_words WHERE num = ?`, version); err != nil {
		return err
	}
	if _, err := w.exec(ctx, `DELETE FROM claims WHERE num BETWEEN ? AND ?`, from, to); err != nil {
		return err
	}
	for _, t := range [...]string{`DELETE FROM entities WHERE version = ?`, `DELETE FROM dates WHERE version = ?`, `DELETE FROM figures WHERE version = ?`,
		`DELETE FROM incidents WHERE version = ?`, `DELETE FROM texts WHERE num = ?`} {
		if _, err := w.exec(ctx, t, version); err != nil {
			return err
		}
	}
	return nil
}

// Known looks for an article's text: see store.Store.
func (s *Store) Known(ctx context.Context, a *article.Article) (string, bool, error) {
	id := store.ID(a)
	var hash []byte
	err := s.read.QueryRowContext(ctx, `SELECT v.hash FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.id = ?`, id).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return id, false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("looking for %s: %w", id, told(err))
	}
	sum := sha256.Sum256([]byte(a.Text))
	return id, string(hash) == string(sum[:]), nil
}

// Remove removes an article: see store.Store.
func (s *Store) Remove(ctx context.Context, id string) error {
	err := s.writing(ctx, func(w *writer) error {
		var num, newest int64
		err := w.row(ctx, `SELECT a.num, v.num FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.id = ?`, []any{id}, &num, &newest)
		if errors.Is(err, sql.ErrNoRows) {
			return store.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := w.gathered.Remove(ctx, newest); err != nil {
			return err
		}
		if err := forget(ctx, w, newest); err != nil {
			return err
		}
		if err := alerts.Forget(ctx, w, id); err != nil {
			return err
		}
		_, err = w.exec(ctx, `DELETE FROM articles WHERE num = ?`, num) // and its versions with it
		return err
	})
	if err != nil {
		return fmt.Errorf("removing %s: %w", id, err)
	}
	return nil
}

// Mark keeps the state of an input: see store.Store.
func (s *Store) Mark(ctx context.Context, origin, state string) error {
	err := s.writing(ctx, func(w *writer) (err error) {
		if state == "" {
			_, err = w.exec(ctx, `DELETE FROM inputs WHERE origin = ?`, origin)
		} else {
			_, err = w.exec(ctx, `INSERT INTO inputs (origin, state) VALUES (?, ?) ON CONFLICT (origin) DO UPDATE SET state = excluded.state`, origin, state)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("keeping how far %s has been read: %w", origin, err)
	}
	return nil
}

// State returns the state of an input: see store.Store.
func (s *Store) State(ctx context.Context, origin string) (state string, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT state FROM inputs WHERE origin = ?`, origin).Scan(&state)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("asking how far %s has been read: %w", origin, told(err))
	}
	return state, nil
}

func inserted(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// known is NULL for what is empty.
func known(s string) any {
	if s == "" {
		return nil
	}
	return s
}
