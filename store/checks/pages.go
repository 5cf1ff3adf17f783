package checks

import (
	"cmp"
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"

	"hearsay/facts/index"
	"hearsay/store"
	"hearsay/store/gathering"
)

// pageSize is how many bytes of a segment stand in a row.
const pageSize = 32 << 10

// pageWriter writes a segment, page by page.
type pageWriter struct {
	ctx     context.Context
	tx      gathering.Tx
	segment int64
	pages   int64
	size    int64
	buf     []byte
}

func newPageWriter(ctx context.Context, tx gathering.Tx) (*pageWriter, error) {
	segment, err := counter(ctx, tx, "segment")
	if err != nil {
		return nil, err
	}
	segment++
	return &pageWriter{ctx: ctx, tx: tx, segment: segment}, setCounter(ctx, tx, "segment", segment)
}

// Write implements io.Writer.
func (w *pageWriter) Write(p []byte) (int, error) {
	w.size += int64(len(p))
	for rest := p; len(rest) > 0; {
		n := min(len(rest), pageSize-len(w.buf))
		w.buf = append(w.buf, rest[:n]...)
		rest = rest[n:]
		if len(w.buf) == pageSize {
			if err := w.flush(); err != nil {
				return 0, err
			}
		}
	}
	return len(p), nil
}

func (w *pageWriter) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	err := w.tx.Exec(w.ctx, `INSERT INTO fact_pages (segment, page, data) VALUES (?, ?, ?)`, w.segment, w.pages, slices.Clone(w.buf))
	w.pages++
	w.buf = w.buf[:0]
	return err
}

func (w *pageWriter) close(docs int) error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.tx.Exec(w.ctx, `INSERT INTO fact_segments (segment, mark, docs, size) VALUES (?, ?, ?, ?)`, w.segment, rand.Int64N(1<<40), int64(docs), w.size)
}

// segmentRow is a row of fact_segments. Its mark tells it from another segment of
// that number, which there may be once a store has been restored.
type segmentRow struct{ segment, mark, docs, size int64 }

func segmentRows(ctx context.Context, tx gathering.Tx) (all []segmentRow, err error) {
	err = tx.Query(ctx, `SELECT segment, mark, docs, size FROM fact_segments ORDER BY segment`, nil, func(scan func(...any) error) error {
		var r segmentRow
		if err := scan(&r.segment, &r.mark, &r.docs, &r.size); err != nil {
			return err
		}
		all = append(all, r)
		return nil
	})
	return all, err
}

func goneNums(ctx context.Context, tx gathering.Tx) (map[int64]bool, error) {
	gone := make(map[int64]bool)
	err := tx.Query(ctx, `SELECT num FROM fact_gone`, nil, func(scan func(...any) error) error {
		var n int64
		if err := scan(&n); err != nil {
			return err
		}
		gone[n] = true
		return nil
	})
	return gone, err
}

// Segments of sizes within a factor of four are merged when there are four.
const (
	together = 4
	maxDocs  = 8 << 20 // that a merged segment has
)

func tier(docs int64) int { return bits.Len64(uint64(docs)) / 2 }

// tidy merges segments of about one size, and all of them when a quarter of
// what they hold is gone.
func (s *Shelf) tidy(ctx context.Context, tx gathering.Tx) error {
	for {
		segments, err := segmentRows(ctx, tx)
		if err != nil {
			return err
		}
		gone, err := number(ctx, tx, `SELECT count(*) FROM fact_gone`)
		if err != nil {
			return err
		}
		var docs int64
		tiers := make(map[int][]segmentRow)
		for _, r := range segments {
			docs += r.docs
			if r.docs < maxDocs/together {
				tiers[tier(r.docs)] = append(tiers[tier(r.docs)], r)
			}
		}
		var merge []segmentRow
		if gone > 0 && gone*4 >= docs {
			merge = segments
		} else {
			for t := range 64 {
				if len(tiers[t]) >= together {
					merge = tiers[t]
					break
				}
			}
		}
		if merge == nil {
			return nil
		}
		if err := s.merge(ctx, tx, merge); err != nil {
			return err
		}
	}
}

// merge puts one segment in the place of several.
func (s *Shelf) merge(ctx context.Context, tx gathering.Tx, rows []segmentRow) error {
	gone, err := goneNums(ctx, tx)
	if err != nil {
		return err
	}
	pages := cache{most: 1024} // of its own, as all is read once
	var segments []*index.Segment
	for _, r := range rows {
		segment, err := index.Open(&source{ctx: ctx, tx: tx, row: r, pages: &pages})
		if err != nil {
			return damaged(r.segment, err)
		}
		segments = append(segments, segment)
	}
	w, err := newPageWriter(ctx, tx)
	if err != nil {
		return err
	}
	var out []int64 // documents that were gone and are now no longer in the index
	docs, _, err := index.Merge(segments, func(id int64) bool {
		if gone[id] {
			out = append(out, id)
		}
		return gone[id]
	}, w)
	if err != nil {
		return err
	}
	if docs > 0 {
		if err := w.close(docs); err != nil {
			return err
		}
	} else if err := tx.Exec(ctx, `DELETE FROM fact_pages WHERE segment = ?`, w.segment); err != nil {
		return err
	}
	for _, r := range rows {
		for _, text := range []string{`DELETE FROM fact_pages WHERE segment = ?`, `DELETE FROM fact_segments WHERE segment = ?`} {
			if err := tx.Exec(ctx, text, r.segment); err != nil {
				return err
			}
		}
	}
	for _, num := range out {
		if err := tx.Exec(ctx, `DELETE FROM fact_gone WHERE num = ?`, num); err != nil {
			return err
		}
	}
	return nil
}

func damaged(segment int64, err error) error {
	return fmt.Errorf("%w: fact-checks, segment %d: %v", store.ErrDamaged, segment, err)
}

// source is a segment in the store's pages, read in the transaction of the moment.
type source struct {
	ctx   context.Context
	tx    gathering.Tx
	row   segmentRow
	pages *cache
}

// Size implements index.Source.
func (s *source) Size() int64 { return s.row.size }

// Bytes implements index.Source.
func (s *source) Bytes(at int64, n int) ([]byte, error) {
	if at < 0 || n < 0 || at > s.row.size-int64(n) {
		return nil, index.ErrDamaged
	}
	if n == 0 {
		return nil, nil
	}
	first, last := at/pageSize, (at+int64(n)-1)/pageSize
	page, err := s.page(first)
	if err != nil {
		return nil, err
	}
	from := int(at - first*pageSize)
	if first == last {
		if from+n > len(page) {
			return nil, index.ErrDamaged
		}
		return page[from : from+n : from+n], nil
	}
	all := append(make([]byte, 0, n), page[min(from, len(page)):]...)
	for p := first + 1; p <= last; p++ {
		if page, err = s.page(p); err != nil {
			return nil, err
		}
		all = append(all, page[:min(len(page), n-len(all))]...)
	}
	if len(all) != n {
		return nil, index.ErrDamaged
	}
	return all, nil
}

func (s *source) page(number int64) ([]byte, error) {
	key := pageKey{s.row.segment, s.row.mark, number}
	if p, ok := s.pages.get(key); ok {
		return p, nil
	}
	var page []byte
	err := s.tx.Query(s.ctx, `SELECT data FROM fact_pages WHERE segment = ? AND page = ?`, []any{s.row.segment, number}, func(scan func(...any) error) error {
		return scan(&page)
	})
	if err != nil {
		return nil, err
	}
	if len(page) == 0 {
		return nil, damaged(s.row.segment, fmt.Errorf("page %d is missing", number))
	}
	s.pages.put(key, page)
	return page, nil
}

type pageKey struct{ segment, mark, page int64 }

// cache holds pages that were read. The zero value is ready for use.
type cache struct {
	most  int // pages; 0 for maxPages
	mu    sync.RWMutex
	pages map[pageKey][]byte
}

// maxPages is how many pages are held: 256 MB.
const maxPages = 8192

func (c *cache) get(k pageKey) ([]byte, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	p, ok := c.pages[k]
	return p, ok
}

func (c *cache) put(k pageKey, page []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.pages) >= cmp.Or(c.most, maxPages) {
		clear(c.pages) // what is wanted again comes again
	}
	if c.pages == nil {
		c.pages = make(map[pageKey][]byte)
	}
	c.pages[k] = page
}
