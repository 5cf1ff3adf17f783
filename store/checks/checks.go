// Package checks keeps published fact-checks in the tables of a store, and an
// index of them that answers at once. It is written in SQL that every home's
// database understands, over transactions that the home gives.
//
// The index is made of segments that never change (package facts/index). What
// is imported becomes a new one; several of about one size are merged into one
// in the transaction that made the last of them. So nothing is half-written, and
// each document is written again only as often as the number of sizes.
//
// A home has these tables:
//
//	fact_checks   (num PRIMARY KEY 64 bits, id TEXT UNIQUE, state 64 bits, published TEXT, publisher TEXT, rating TEXT, record BYTES,
//	              all but num may be anything but NULL), an index on (published)
//	fact_gone     (num PRIMARY KEY), what is in the index and no longer in fact_checks
//	fact_segments (segment PRIMARY KEY, mark, docs, size)
//	fact_pages    (segment, page, data BYTES, PRIMARY KEY (segment, page))
//	fact_counters (name TEXT PRIMARY KEY, value)
package checks

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"hearsay/facts"
	"hearsay/facts/index"
	"hearsay/store"
	"hearsay/store/gathering"
)

// Home is a store that keeps fact-checks.
type Home interface {
	// Checks returns the store's fact-checks. They are usable until the store is closed.
	Checks() *Shelf
}

// Transactions are what a home gives.
type Transactions interface {
	// Reading calls f with the store as it is at one moment.
	Reading(ctx context.Context, f func(gathering.Tx) error) error
	// Writing calls f in a transaction in which nobody else writes; it may call it
	// again when another has come in between.
	Writing(ctx context.Context, f func(gathering.Tx) error) error
}

// Shelf is the fact-checks of a store. It may be used by several goroutines at once.
type Shelf struct {
	t      Transactions
	pages  cache
	packer func() (*packer, error)
}

// New returns the fact-checks of a home.
func New(t Transactions) *Shelf { return &Shelf{t: t, packer: sync.OnceValues(newPacker)} }

// Counts are what became of fact-checks that were imported.
type Counts struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Known   int `json:"known"`
}

// What is imported together: more makes fewer segments, and others wait longer.
const (
	maxTogether      = 8192
	maxTogetherBytes = 32 << 20
)

// Batch collects fact-checks until they are worth importing together.
type Batch struct {
	shelf   *Shelf
	reviews []*facts.Review
	bytes   int
	Counts  Counts // of what has been imported
}

// Batch returns an empty batch, to be used by one goroutine.
func (s *Shelf) Batch() *Batch { return &Batch{shelf: s} }

// Add takes a fact-check in. What was taken is kept when Flush is called, and
// from time to time before.
func (b *Batch) Add(ctx context.Context, r *facts.Review) error {
	b.reviews = append(b.reviews, r)
	b.bytes += len(r.Claim) + len(r.Title) + len(r.Body) + 500
	if len(b.reviews) >= maxTogether || b.bytes >= maxTogetherBytes {
		return b.Flush(ctx)
	}
	return nil
}

// Flush keeps what was taken in: all of it, or, with an error, none.
func (b *Batch) Flush(ctx context.Context) error {
	n, err := b.shelf.Import(ctx, b.reviews)
	if err != nil {
		return err
	}
	b.Counts.Added += n.Added
	b.Counts.Changed += n.Changed
	b.Counts.Known += n.Known
	b.reviews, b.bytes = b.reviews[:0], 0
	return nil
}

// row is a fact-check ready to be kept.
type row struct {
	review *facts.Review
	id     string
	state  int64 // a hash of all that is known of it
	record []byte
}

// Import keeps fact-checks: all of them, or none. One that is known, by its page and
// claim, takes the place of its former state; if it is in the list twice, the later counts.
func (s *Shelf) Import(ctx context.Context, reviews []*facts.Review) (n Counts, err error) {
	if len(reviews) == 0 {
		return n, nil
	}
	p, err := s.packer()
	if err != nil {
		return n, err
	}
	rows := make([]row, 0, len(reviews))
	at := make(map[string]int, len(reviews))
	for _, r := range reviews {
		record, err := json.Marshal(r)
		if err != nil {
			return n, err
		}
		sum := sha256.Sum256(record)
		made := row{review: r, id: r.ID(), state: int64(binary.LittleEndian.Uint64(sum[:])), record: p.pack(record)}
		if i, ok := at[made.id]; ok {
			rows[i] = made
			n.Known++
			continue
		}
		at[made.id] = len(rows)
		rows = append(rows, made)
	}
	twice := n.Known
	err = s.t.Writing(ctx, func(tx gathering.Tx) error {
		n = Counts{Known: twice}
		return s.put(ctx, tx, rows, &n)
	})
	if err != nil {
		return Counts{}, fmt.Errorf("keeping fact-checks: %w", err)
	}
	return n, nil
}

func (s *Shelf) put(ctx context.Context, tx gathering.Tx, rows []row, n *Counts) error {
	known, err := states(ctx, tx, rows)
	if err != nil {
		return err
	}
	next, err := counter(ctx, tx, "num")
	if err != nil {
		return err
	}
	var b index.Builder
	for i := range rows {
		r := &rows[i]
		if k, ok := known[r.id]; ok {
			if k.state == r.state {
				n.Known++
				continue
			}
			if err := drop(ctx, tx, k.num); err != nil {
				return err
			}
			n.Changed++
		} else {
			n.Added++
		}
		next++
		v := r.review
		if err := tx.Exec(ctx, `INSERT INTO fact_checks (num, id, state, published, publisher, rating, record) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			next, r.id, r.state, v.Published, v.Publisher, v.Rating, r.record); err != nil {
			return err
		}
		b.Add(next, v.Claim, v.Title, v.Body)
	}
	if b.Len() == 0 {
		return nil
	}
	if err := setCounter(ctx, tx, "num", next); err != nil {
		return err
	}
	w, err := newPageWriter(ctx, tx)
	if err != nil {
		return err
	}
	docs := b.Len()
	if _, err := b.WriteTo(w); err != nil {
		return err
	}
	if err := w.close(docs); err != nil {
		return err
	}
	return s.tidy(ctx, tx)
}

type known struct{ num, state int64 }

// states returns the fact-checks among rows that are known.
func states(ctx context.Context, tx gathering.Tx, rows []row) (map[string]known, error) {
	all := make(map[string]known)
	const together = 100
	query := `SELECT id, num, state FROM fact_checks WHERE id IN (?` + strings.Repeat(`, ?`, together-1) + `)`
	for len(rows) > 0 {
		args := make([]any, together)
		for i := range args {
			args[i] = rows[min(i, len(rows)-1)].id
		}
		rows = rows[min(together, len(rows)):]
		err := tx.Query(ctx, query, args, func(scan func(...any) error) error {
			var id string
			var k known
			if err := scan(&id, &k.num, &k.state); err != nil {
				return err
			}
			all[id] = k
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// drop takes a fact-check out of the table; the index has it until it is tidied.
func drop(ctx context.Context, tx gathering.Tx, num int64) error {
	if err := tx.Exec(ctx, `DELETE FROM fact_checks WHERE num = ?`, num); err != nil {
		return err
	}
	return tx.Exec(ctx, `INSERT INTO fact_gone (num) VALUES (?)`, num)
}

// Remove removes fact-checks, all or none. An id that is not there is
// store.ErrNotFound.
func (s *Shelf) Remove(ctx context.Context, ids ...string) error {
	return s.t.Writing(ctx, func(tx gathering.Tx) error {
		for _, id := range ids {
			found, err := states(ctx, tx, []row{{id: id}})
			if err != nil {
				return fmt.Errorf("removing fact-checks: %w", err)
			}
			k, ok := found[id]
			if !ok {
				return fmt.Errorf("the fact-check %s: %w", id, store.ErrNotFound)
			}
			if err := drop(ctx, tx, k.num); err != nil {
				return fmt.Errorf("removing fact-checks: %w", err)
			}
		}
		return s.tidy(ctx, tx)
	})
}

// Len returns how many fact-checks there are.
func (s *Shelf) Len(ctx context.Context) (n int, err error) {
	err = s.t.Reading(ctx, func(tx gathering.Tx) error {
		v, err := number(ctx, tx, `SELECT count(*) FROM fact_checks`)
		n = int(v)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("counting fact-checks: %w", err)
	}
	return n, nil
}

// Filter selects fact-checks. A zero field leaves everything in.
type Filter struct {
	ID           string
	Since, Until string // days of publication, 2006-01-02, both included; those without a day are left out
	Publisher    string // a part of the name
	Before       int64  // unless it is 0: leave out those of this Number and above, as store.Filter has it
	Limit        int    // 0 for no limit
}

// Kept is a fact-check of a store.
type Kept struct {
	*facts.Review
	Number int64 // its place among them, for Filter.Before
}

// All yields the fact-checks that f selects, that imported last first.
func (s *Shelf) All(ctx context.Context, f Filter) iter.Seq2[Kept, error] {
	return func(yield func(Kept, error) bool) {
		p, err := s.packer()
		if err != nil {
			yield(Kept{}, err)
			return
		}
		stop := errors.New("nobody wants more")
		err = s.t.Reading(ctx, func(tx gathering.Tx) error {
			query, args := f.query()
			return tx.Query(ctx, query, args, func(scan func(...any) error) error {
				var record []byte
				var number int64
				if err := scan(&record, &number); err != nil {
					return err
				}
				r, err := p.unpack(record)
				if err != nil {
					return err
				}
				if !yield(Kept{r, number}, nil) {
					return stop
				}
				return nil
			})
		})
		if err != nil && !errors.Is(err, stop) {
			yield(Kept{}, fmt.Errorf("listing fact-checks: %w", err))
		}
	}
}

func (f Filter) query() (string, []any) {
	var where []string
	var args []any
	if f.ID != "" {
		where, args = append(where, `id = ?`), append(args, f.ID)
	}
	if f.Since != "" {
		where, args = append(where, `published >= ?`), append(args, f.Since)
	}
	if f.Until != "" {
		where, args = append(where, `published <> '' AND published <= ?`), append(args, f.Until)
	}
	if f.Publisher != "" {
		pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(f.Publisher)) + "%"
		where, args = append(where, `lower(publisher) LIKE ? ESCAPE '\'`), append(args, pattern)
	}
	if f.Before > 0 {
		where, args = append(where, `num < ?`), append(args, f.Before)
	}
	query := `SELECT record, num FROM fact_checks`
	if len(where) > 0 {
		query += ` WHERE ` + strings.Join(where, ` AND `)
	}
	query += ` ORDER BY num DESC`
	if f.Limit > 0 {
		query += ` LIMIT ?`
		args = append(args, int64(f.Limit))
	}
	return query, args
}

// number returns the one number that a query asks for.
func number(ctx context.Context, tx gathering.Tx, query string, args ...any) (n int64, err error) {
	err = tx.Query(ctx, query, args, func(scan func(...any) error) error { return scan(&n) })
	return n, err
}

// counter returns the value of a counter, 0 for one that was never set.
func counter(ctx context.Context, tx gathering.Tx, name string) (int64, error) {
	return number(ctx, tx, `SELECT value FROM fact_counters WHERE name = ?`, name)
}

func setCounter(ctx context.Context, tx gathering.Tx, name string, value int64) error {
	return tx.Exec(ctx, `INSERT INTO fact_counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}

// packer packs what is known of fact-checks.
type packer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// maxRecord is the most bytes that a packed fact-check may unfold to.
const maxRecord = 32 << 20

func newPacker() (*packer, error) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, err
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxRecord))
	return &packer{e, d}, err
}

func (p *packer) pack(record []byte) []byte { return p.encoder.EncodeAll(record, nil) }

func (p *packer) unpack(record []byte) (*facts.Review, error) {
	plain, err := p.decoder.DecodeAll(record, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", store.ErrDamaged, err)
	}
	var r facts.Review
	if err := json.Unmarshal(plain, &r); err != nil {
		return nil, fmt.Errorf("%w: %v", store.ErrDamaged, err)
	}
	return &r, nil
}
