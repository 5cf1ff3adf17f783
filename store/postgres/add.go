package postgres

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

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
	return s.AddAllAnd(ctx, items, func(context.Context, pgx.Tx) error { return nil })
}

// AddAllAnd is AddAll, and calls also in the same transaction: what also does is
// kept with the articles, and an error of it undoes all. It may be called more
// than once, since a transaction that others came in between of is begun anew.
func (s *Store) AddAllAnd(ctx context.Context, items []store.Item, also func(context.Context, pgx.Tx) error) ([]store.Result, error) {
	ready := make([]*newVersion, len(items))
	for i, it := range items {
		v, err := s.packer.Version(it)
		if err != nil {
			return nil, fmt.Errorf("adding %s: %w", it.Origin, err)
		}
		ready[i] = &newVersion{Version: v, key: keyOf(v.ID), ready: gathering.Ready(v.ID, it.Article, it.Ledger)}
	}
	var results []store.Result
	err := s.writing(ctx, func(tx pgx.Tx) (err error) {
		results, err = s.addAll(ctx, tx, ready, also)
		return err
	})
	switch {
	case err != nil && len(items) == 1:
		return nil, fmt.Errorf("adding %s: %w", items[0].Origin, err)
	case err != nil:
		return nil, fmt.Errorf("adding %d articles: %w", len(items), err)
	}
	return results, nil
}

// keyOf is what an id, or the name of an input, is found by.
func keyOf(id string) [sha256.Size]byte { return sha256.Sum256([]byte(id)) }

// newVersion is an article made ready before the transaction.
type newVersion struct {
	*pack.Version
	key   [sha256.Size]byte
	ready *gathering.Article

	// What the transaction finds:
	article int64 // the number of the article
	version int64 // from 1, within the article
	num     int64 // of the version
}

// kept is what the store has of an article.
type kept struct {
	article int64
	version int64 // the newest, 0 for none yet
	num     int64 // of the newest version
	hash    []byte
	old     int64       // the version that was the newest before, if there is a newer one
	newest  *newVersion // that, if there is one
}

// addAll adds articles. Many may do so at once: each first inserts the articles
// that are new, then locks those that are there, both in the order of their keys,
// and last waits for the lock of gathering; so nobody waits for one who waits for him.
func (s *Store) addAll(ctx context.Context, tx pgx.Tx, items []*newVersion, also func(context.Context, pgx.Tx) error) ([]store.Result, error) {
	have, err := articlesOf(ctx, tx, items)
	if err != nil {
		return nil, err
	}
	results := make([]store.Result, len(items))
	var added []*newVersion
	for i, v := range items {
		k := have[v.key]
		results[i] = store.Result{ID: v.ID, Outcome: store.Changed}
		switch {
		case k.version > 0 && bytes.Equal(k.hash, v.Hash[:]):
			results[i].Outcome = store.Known
			continue
		case k.version == 0:
			results[i].Outcome = store.Added
		case k.newest == nil:
			k.old = k.num
		}
		k.version++
		k.hash, k.newest = v.Hash[:], v
		v.article, v.version = k.article, k.version
		added = append(added, v)
	}
	if len(added) == 0 {
		return results, also(ctx, tx)
	}
	nums, err := numbers(ctx, tx, "version_nums", len(added))
	if err != nil {
		return nil, err
	}
	for i, v := range added {
		v.num = nums[i]
	}
	if err := insertVersions(ctx, tx, added); err != nil {
		return nil, err
	}
	// Of several versions that come together only the last is searched.
	newest := slices.DeleteFunc(added, func(v *newVersion) bool { return have[v.key].newest != v })
	for i, v := range newest {
		if v.version == 1 {
			continue
		}
		// What was corrected of it before is corrected of this version too.
		l, err := amending.To(ctx, &within{tx: tx}, v.article, v.Ledger)
		if err != nil {
			return nil, err
		}
		if l != v.Ledger {
			corrected, packed := *v, *v.Version
			packed.Ledger = l
			corrected.Version, corrected.ready = &packed, gathering.Ready(v.ID, v.Article, l)
			newest[i] = &corrected
		}
	}
	if err := say(ctx, tx, newest); err != nil {
		return nil, err
	}
	// Last of all comes what one does at a time.
	if err := also(ctx, tx); err != nil {
		return nil, err
	}
	err = s.gathering(ctx, tx, func(g *gathering.Gathering) error {
		for _, v := range newest {
			if old := have[v.key].old; old != 0 {
				if err := g.Outdate(ctx, old); err != nil {
					return err
				}
				if err := forget(ctx, tx, old); err != nil {
					return err
				}
			}
			if err := g.Add(ctx, v.num, v.ready); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return results, flushed(ctx, tx, func(w gathering.Tx) error {
		for _, v := range newest {
			if err := alerts.Note(ctx, w, v.num); err != nil {
				return err
			}
		}
		return nil
	})
}

// gathering carries out f, and keeps others from gathering until the transaction
// ends.
func (s *Store) gathering(ctx context.Context, tx pgx.Tx, f func(*gathering.Gathering) error) error {
	if err := alone(ctx, tx, gatheringNow); err != nil {
		return err
	}
	w := &within{tx: tx}
	g := gathering.New(w)
	if err := f(g); err != nil {
		return err
	}
	if err := g.Done(ctx); err != nil {
		return err
	}
	return w.flush(ctx)
}

// articlesOf makes the rows of articles that are new, and locks those of all.
func articlesOf(ctx context.Context, tx pgx.Tx, items []*newVersion) (map[[sha256.Size]byte]*kept, error) {
	have := make(map[[sha256.Size]byte]*kept, len(items))
	var fresh []*newVersion // each article once, in the order in which they come
	var keys [][]byte
	for _, v := range items {
		if have[v.key] == nil {
			have[v.key] = new(kept)
			fresh = append(fresh, v)
			keys = append(keys, v.key[:])
		}
	}
	err := each(ctx, tx, func(r pgx.Rows) error {
		var key []byte
		if err := r.Scan(&key); err != nil {
			return err
		}
		fresh = slices.DeleteFunc(fresh, func(v *newVersion) bool { return bytes.Equal(v.key[:], key) })
		return nil
	}, `SELECT key FROM articles WHERE key = ANY($1)`, keys)
	if err != nil {
		return nil, err
	}
	if len(fresh) > 0 {
		nums, err := numbers(ctx, tx, "article_nums", len(fresh))
		if err != nil {
			return nil, err
		}
		for i, v := range fresh {
			v.article = nums[i]
		}
		slices.SortFunc(fresh, func(a, b *newVersion) int { return bytes.Compare(a.key[:], b.key[:]) })
		c := make(columns, 3)
		for _, v := range fresh {
			c.add(v.article, v.key[:], v.ID)
		}
		// Who inserts the same at the same time is waited for.
		if _, err := tx.Exec(ctx, `INSERT INTO articles (num, key, id, version)
			SELECT num, key, id, 0 FROM unnest($1::bigint[], $2::bytea[], $3::text[]) WITH ORDINALITY AS u (num, key, id, n) ORDER BY n
			ON CONFLICT (key) DO NOTHING`, c.of(0, bigint), c.of(1, binary), c.of(2, text)); err != nil {
			return nil, err
		}
	}
	locked := 0
	err = each(ctx, tx, func(r pgx.Rows) error {
		var key []byte
		var num, version int64
		if err := r.Scan(&num, &key, &version); err != nil {
			return err
		}
		k := have[[sha256.Size]byte(key)]
		k.article, k.version = num, version
		locked++
		return nil
	}, `SELECT num, key, version FROM articles WHERE key = ANY($1) ORDER BY key FOR UPDATE`, keys)
	if err != nil {
		return nil, err
	}
	if locked < len(keys) { // one was removed in between
		return nil, errAgain
	}
	// A question of its own: what the lock was waited for is seen only by one that is asked after it.
	return have, each(ctx, tx, func(r pgx.Rows) error {
		var key, hash []byte
		var num int64
		if err := r.Scan(&key, &num, &hash); err != nil {
			return err
		}
		k := have[[sha256.Size]byte(key)]
		k.num, k.hash = num, hash
		return nil
	}, `SELECT a.key, v.num, v.hash FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.key = ANY($1)`, keys)
}

// numbers takes n numbers from a sequence, in their order.
func numbers(ctx context.Context, tx pgx.Tx, sequence string, n int) (out []int64, err error) {
	err = each(ctx, tx, func(r pgx.Rows) error {
		var num int64
		err := r.Scan(&num)
		out = append(out, num)
		return err
	}, `SELECT nextval('`+sequence+`') FROM generate_series(1, $1)`, n)
	slices.Sort(out)
	return out, err
}

// insertVersions makes the rows of new versions.
func insertVersions(ctx context.Context, tx pgx.Tx, added []*newVersion) error {
	now := time.Now().UnixMicro()
	t := insertion{table: "versions", columns: versionColumns}
	articles := make(columns, 2)
	for _, v := range added {
		a := v.Article
		first, last := rows.Days(a.Published)
		t.add(v.num, v.article, v.version, v.Origin, known(a.ID), known(a.URL), known(a.Title), known(rows.Join(a.Byline)), known(a.Site), known(a.Published),
			known(first), known(last), known(a.Language), v.Hash[:], now, v.Packed)
		articles.add(v.article, v.version)
	}
	if err := t.exec(ctx, tx); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE articles a SET version = u.version FROM (SELECT num, max(version) AS version FROM unnest($1::bigint[], $2::bigint[]) AS u (num, version) GROUP BY num) u
		WHERE a.num = u.num`, articles.of(0, bigint), articles.of(1, bigint))
	return err
}

// say writes the rows of what new versions say.
func say(ctx context.Context, tx pgx.Tx, added []*newVersion) error {
	t := insertion{table: "texts", columns: textColumns}
	for _, v := range added {
		t.add(textRow(v.num, v.Article.Title, v.Article.Text)...)
	}
	if err := t.exec(ctx, tx); err != nil {
		return err
	}
	for i := range rows.Tables {
		t := insertion{table: rows.Tables[i].Name, columns: columnsOf[i]}
		for _, v := range added {
			for seq, row := range rows.Tables[i].Of(v.Ledger) {
				t.add(tableRow(&rows.Tables[i], v.num, seq, row)...)
			}
		}
		if err := t.exec(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// forget removes the rows of what a version says.
func forget(ctx context.Context, tx pgx.Tx, version int64) error {
	first, last := rows.ClaimNumbers(version)
	if _, err := tx.Exec(ctx, `DELETE FROM claims WHERE num BETWEEN $1 AND $2`, first, last); err != nil {
		return err
	}
	for _, t := range [...]string{`DELETE FROM entities WHERE version = $1`, `DELETE FROM dates WHERE version = $1`,
		`DELETE FROM figures WHERE version = $1`, `DELETE FROM incidents WHERE version = $1`, `DELETE FROM texts WHERE num = $1`} {
		if _, err := tx.Exec(ctx, t, version); err != nil {
			return err
		}
	}
	return nil
}

// Known looks for an article's text: see store.Store.
func (s *Store) Known(ctx context.Context, a *article.Article) (string, bool, error) {
	id := store.ID(a)
	key := keyOf(id)
	var hash []byte
	err := s.row(ctx, []any{&hash}, `SELECT v.hash FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.key = $1`, key[:])
	if errors.Is(err, pgx.ErrNoRows) {
		return id, false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("looking for %s: %w", id, told(cmp.Or(ctx.Err(), err)))
	}
	sum := sha256.Sum256([]byte(a.Text))
	return id, bytes.Equal(hash, sum[:]), nil
}

// Remove removes an article: see store.Store.
func (s *Store) Remove(ctx context.Context, id string) error {
	key := keyOf(id)
	err := s.writing(ctx, func(tx pgx.Tx) error {
		var num, newest int64
		if err := tx.QueryRow(ctx, `SELECT num FROM articles WHERE key = $1 FOR UPDATE`, key[:]).Scan(&num); errors.Is(err, pgx.ErrNoRows) {
			return store.ErrNotFound
		} else if err != nil {
			return err
		}
		// A question of its own: what the lock was waited for is seen only by one that is asked after it.
		err := tx.QueryRow(ctx, `SELECT v.num FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.num = $1`, num).Scan(&newest)
		if err != nil {
			return err
		}
		if err := s.gathering(ctx, tx, func(g *gathering.Gathering) error { return g.Remove(ctx, newest) }); err != nil {
			return err
		}
		if err := forget(ctx, tx, newest); err != nil {
			return err
		}
		if err := flushed(ctx, tx, func(w gathering.Tx) error { return alerts.Forget(ctx, w, id) }); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM articles WHERE num = $1`, num) // and its versions with it
		return err
	})
	if err != nil {
		return fmt.Errorf("removing %s: %w", id, err)
	}
	return nil
}

// Mark keeps the state of an input: see store.Store.
func (s *Store) Mark(ctx context.Context, origin, state string) error {
	key := keyOf(origin)
	err := s.writing(ctx, func(tx pgx.Tx) (err error) {
		if state == "" {
			_, err = tx.Exec(ctx, `DELETE FROM inputs WHERE key = $1`, key[:])
		} else {
			_, err = tx.Exec(ctx, `INSERT INTO inputs (key, origin, state) VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET state = excluded.state`,
				key[:], escape(origin), escape(state))
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
	key := keyOf(origin)
	err = s.row(ctx, []any{&state}, `SELECT state FROM inputs WHERE key = $1`, key[:])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return "", fmt.Errorf("asking how far %s has been read: %w", origin, told(cmp.Or(ctx.Err(), err)))
	}
	return state, nil
}

// row scans the one row of a query into dest.
func (s *Store) row(ctx context.Context, dest []any, text string, args ...any) error {
	return s.twice(ctx, func() error { return scanPlain(s.pool.QueryRow(ctx, text, args...), dest) })
}

// each calls f for the rows of a query.
func each(ctx context.Context, tx pgx.Tx, f func(pgx.Rows) error, text string, args ...any) error {
	r, err := tx.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := f(r); err != nil {
			return err
		}
	}
	return r.Err()
}

// known is NULL for what is empty.
func known(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// joined are the names of columns.
func joined(list []column) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.name
	}
	return strings.Join(names, ", ")
}
