// Package gathering keeps, in the tables of a store, what articles have to do
// with one another: which are copies of one original, and which tell of the same incidents. It is written in SQL that
// every home's database understands, over the small interface Tx, and a home
// calls it within the transaction that adds, changes or removes an article, so
// that nothing is half-written and nothing disagrees with the articles.
//
// What is gathered does not depend on the order in which articles came, but for
// the caps on what very many have in common: see package copies.
//
// A home has these tables beside its own articles (num, id), versions (num,
// article, version, published, first, last), claims (num, version, speaker, kind), with an index on speaker, and texts (num, title, content),
// the last two with a row for the newest version of each article only. Numbers are
// those of versions, 64 bits wide:
//
//	copy_texts (num PRIMARY KEY, hash NOT NULL, original), an index on (hash),
//	           one on (original) where it is not NULL
//	copy_keys  (key 32 bits, num, PRIMARY KEY (key, num))
//	copy_links (a, b, own NOT NULL, of_a and of_b DOUBLE NOT NULL, spans BYTES NOT NULL, PRIMARY KEY (a, b)), an index on (b)
//
//	incident_records (id PRIMARY KEY, version NOT NULL, parent, score DOUBLE NOT NULL, tree NOT NULL, pin, said NOT NULL, record BYTES NOT NULL),
//	           indexes on (version) and (tree), and on (parent) and (pin) where they are not NULL
//	incident_keys    (span, hash, day, id, PRIMARY KEY (span, hash, day, id)): see incidents.Key.Span
//	keys_remaking    (after NOT NULL), a row where keys of incidents are still to be made: see Remake
//	incident_sums    (tree PRIMARY KEY, id NOT NULL, day NOT NULL, first, last, type TEXT NOT NULL, place TEXT, country TEXT, articles NOT NULL,
//	           said NOT NULL, published_first, published_last), indexes on (day, id), (type, day, id), on (country, day, id) where it is not NULL,
//	           on (day, id) where first <> last, and on (articles) where they are more than 4
//	incident_tallies  (tree PRIMARY KEY, tally BYTES NOT NULL), of what many articles report; none is missed where it is not there
//	incident_places   (word TEXT, tree, PRIMARY KEY (word, tree))
//	incident_speakers (word TEXT, id, PRIMARY KEY (word, id)), an index on (id)
//	corrections        (number PRIMARY KEY, split, made, incidents TEXT, articles TEXT, results TEXT, pin_a, pin_b, undone, all NOT NULL)
//	correction_records (number, id, pin, PRIMARY KEY (number, id)), an index on (id)
//
//	speakers (name TEXT PRIMARY KEY, claims NOT NULL, articles NOT NULL, first TEXT, last TEXT, kinds TEXT NOT NULL), an index on (claims, name);
//	           kinds are lines such as "12 person"
//
//	ungathered (num PRIMARY KEY), which a migration fills with the versions there are
//
// How keys, records, scores and sums are made is part of a store's form, and Verify holds a store to it. To change it takes a
// migration that fills ungathered with all versions, and empties the tables that can no longer be read: each article is
// gathered anew when the store is opened, and keeps its corrections where its records stayed.
package gathering

import (
	"context"
	"fmt"

	"hearsay/article"
	"hearsay/corpus/copies"
	"hearsay/corpus/incidents"
	"hearsay/ledger"
	"hearsay/store/rows"
)

// Tx is what gathering asks of a home's transaction. Parameters are marked by
// "?" and are an int64, a float64, a string, a []byte or nil; a text comes again
// and again, so that it is worth preparing. One query is done before the next begins.
//
// What writes in this package may be called by one transaction at a time: a
// home in which several may write takes a lock that is held to the transaction's
// end before the first of them, and what was kept before the lock was taken must be seen.
type Tx interface {
	Exec(ctx context.Context, text string, args ...any) error
	// Query calls each for every row; each reads the row by scan, and its error ends the query.
	Query(ctx context.Context, text string, args []any, each func(scan func(dest ...any) error) error) error
}

// Article is what gathering wants of an article, made ready before others are
// kept from writing.
type Article struct {
	text    copies.Text
	words   *copies.Words
	keys    []uint64
	records []incidents.Record
	said    map[incidents.ID]spoken

	speakers map[string]map[string]int64 // how many claims stand on whose word, by the kind of the source
}

// Ready makes an article ready, which the store knows by id.
func Ready(id string, a *article.Article, l *ledger.Ledger) *Article {
	r := &Article{text: copies.Text{ID: id, Title: a.Title, Published: a.Published, Body: a.Text}, words: copies.NewWords(a.Text), records: incidents.Records(id, l)}
	r.keys = r.words.Keys()
	r.said = saidOf(r.records, l)
	r.speakers = rows.Speakers(l)
	return r
}

// Gathering gathers within one transaction. It is made when the transaction has
// begun, and not used again for another, nor when one is begun anew. A home calls Outdate or
// Remove for what goes, Add for what comes, and in the end Done.
type Gathering struct {
	tx      Tx
	shelf   *shelf
	records *records
	index   incidents.Index

	speaking speaking
}

// New returns a Gathering for a transaction.
func New(tx Tx) *Gathering {
	s, r := newShelf(tx), newRecords(tx)
	r.keys = s.keys
	return &Gathering{tx: tx, shelf: s, records: r, index: incidents.Index{Shelf: r}, speaking: speaking{tx, make(map[string]*speech)}}
}

// Add gathers the version num, which is the newest of its article and whose
// rows in articles, versions and texts are there. For an older version Outdate
// has been called.
func (g *Gathering) Add(ctx context.Context, num int64, a *Article) error {
	g.speaking.add(a)
	if err := g.shelf.add(ctx, num, a); err != nil {
		return fmt.Errorf("gathering %s: %w", a.text.ID, err)
	}
	g.records.adding, g.records.said = num, a.said
	defer func() { g.records.adding, g.records.said = 0, nil }()
	return g.index.Add(ctx, a.text.ID, a.records)
}

// Outdate takes out what came of the version num, in whose place another is about to be
// added. It is called before the version's rows are removed from the home's tables.
// What the new one inherits of the old one stays until then.
func (g *Gathering) Outdate(ctx context.Context, num int64) error {
	g.records.replacing = true
	if err := g.tx.Exec(ctx, `DELETE FROM ungathered WHERE num = ?`, num); err != nil {
		return err
	}
	if err := g.speaking.remove(ctx, num); err != nil {
		return fmt.Errorf("taking away who speaks in an article: %w", err)
	}
	if err := g.shelf.remove(ctx, num); err != nil {
		return fmt.Errorf("taking an article out of what is gathered: %w", err)
	}
	return nil
}

// Remove takes out all that came of the version num, whose article is about to
// be removed from the home's tables.
func (g *Gathering) Remove(ctx context.Context, num int64) error {
	if err := g.Outdate(ctx, num); err != nil {
		return err
	}
	id := ""
	err := g.tx.Query(ctx, `SELECT a.id FROM versions v JOIN articles a ON a.num = v.article WHERE v.num = ?`, []any{num}, func(scan func(...any) error) error { return scan(&id) })
	if err != nil {
		return err
	}
	return g.index.Remove(ctx, id)
}

// Done is called before the transaction is committed, when all else is done.
func (g *Gathering) Done(ctx context.Context) error {
	if err := g.records.sumUp(ctx); err != nil {
		return fmt.Errorf("summing up incidents: %w", err)
	}
	if err := g.speaking.done(ctx); err != nil {
		return fmt.Errorf("counting who speaks: %w", err)
	}
	if g.shelf.keys != nil {
		if err := g.shelf.keys.done(ctx); err != nil {
			return fmt.Errorf("putting keys in their tables: %w", err)
		}
	}
	return nil
}

// Pending returns how many articles of an older form of the store are still to
// be gathered.
func Pending(ctx context.Context, tx Tx) (n int64, err error) {
	err = tx.Query(ctx, `SELECT count(*) FROM ungathered`, nil, func(scan func(...any) error) error { return scan(&n) })
	return n, err
}

// Resume gathers some articles of an older form of the store, no more than most, and
// returns how many they were. It is called again, each time in a transaction of its
// own, until there are none. Read returns the ledger of a version.
func Resume(ctx context.Context, tx Tx, most int64, read func(ctx context.Context, num int64) (*ledger.Ledger, error)) (n int, err error) {
	var nums []int64
	if err := tx.Query(ctx, `SELECT num FROM ungathered ORDER BY num LIMIT ?`, []any{most}, numbers(&nums)); err != nil {
		return 0, err
	}
	g := New(tx)
	for _, num := range nums {
		if err := g.resume(ctx, num, read); err != nil {
			return 0, err
		}
	}
	return len(nums), g.Done(ctx)
}

// resume gathers one article of an older form of the store.
func (g *Gathering) resume(ctx context.Context, num int64, read func(ctx context.Context, num int64) (*ledger.Ledger, error)) error {
	if err := g.Outdate(ctx, num); err != nil { // an older form may have gathered some of it
		return err
	}
	t, ok, err := g.shelf.text(ctx, num)
	if err != nil || !ok {
		return err
	}
	l, err := read(ctx, num)
	if err != nil {
		return fmt.Errorf("gathering %s: %w", t.ID, err)
	}
	return g.Add(ctx, num, Ready(t.ID, &article.Article{Title: t.Title, Published: t.Published, Text: t.Body}, l))
}

// numbers collects rows of one number.
func numbers(into *[]int64) func(func(...any) error) error {
	return func(scan func(...any) error) error {
		var n int64
		if err := scan(&n); err != nil {
			return err
		}
		*into = append(*into, n)
		return nil
	}
}
