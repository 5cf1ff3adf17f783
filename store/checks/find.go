package checks

import (
	"context"
	"errors"
	"fmt"

	"hearsay/facts"
	"hearsay/facts/index"
	"hearsay/facts/matching"
	"hearsay/store"
	"hearsay/store/gathering"
)

// Finder finds fact-checks. It serves one goroutine; several of one Shelf have
// in common what was read of the index.
type Finder struct {
	shelf   *Shelf
	matcher matching.Matcher

	version  version // of the index that is open
	sources  []*source
	segments []*index.Segment
	gone     map[int64]bool
}

// Finder returns a Finder.
func (s *Shelf) Finder() *Finder { return &Finder{shelf: s} }

// Match returns the most fact-checks that have most to do with a text, the best
// first, of those that are there at the moment; no more than 60. With levels
// only those that are likely or related.
func (f *Finder) Match(ctx context.Context, text string, most int, levels bool) (found []facts.Match, err error) {
	p, err := f.shelf.packer()
	if err != nil {
		return nil, err
	}
	err = f.shelf.t.Reading(ctx, func(tx gathering.Tx) error {
		found = found[:0]
		if err := f.open(ctx, tx); err != nil {
			return err
		}
		var gone func(int64) bool
		if len(f.gone) > 0 {
			gone = func(id int64) bool { return f.gone[id] }
		}
		results, err := f.matcher.Match(f.segments, text, most, gone)
		if err != nil {
			return err
		}
		for i := range results {
			r := &results[i]
			if levels && r.Level == "" {
				break // none after it is
			}
			m := facts.Match{Score: r.Score, Level: r.Level, Same: r.Same}
			err := tx.Query(ctx, `SELECT id, record FROM fact_checks WHERE num = ?`, []any{r.ID}, func(scan func(...any) error) error {
				var record []byte
				if err := scan(&m.ID, &record); err != nil {
					return err
				}
				m.Review, err = p.unpack(record)
				return err
			})
			if err != nil {
				return err
			}
			if m.Review == nil {
				return fmt.Errorf("%w: number %d is in the index alone", store.ErrDamaged, r.ID)
			}
			found = append(found, m)
		}
		return nil
	})
	if err != nil {
		if errors.Is(err, index.ErrDamaged) {
			err = fmt.Errorf("%w: %v", store.ErrDamaged, err)
		}
		return nil, fmt.Errorf("looking for fact-checks: %w", err)
	}
	return found, nil
}

// open opens the index, unless it is open as it is now.
func (f *Finder) open(ctx context.Context, tx gathering.Tx) error {
	now, err := versionOf(ctx, tx)
	if err != nil {
		return err
	}
	if now != f.version {
		rows, err := segmentRows(ctx, tx)
		if err != nil {
			return err
		}
		if f.gone, err = goneNums(ctx, tx); err != nil {
			return err
		}
		f.sources, f.segments, f.version = nil, nil, version{}
		for _, r := range rows {
			from := &source{ctx: ctx, tx: tx, row: r, pages: &f.shelf.pages}
			segment, err := index.Open(from)
			if err != nil {
				return damaged(r.segment, err)
			}
			f.sources, f.segments = append(f.sources, from), append(f.segments, segment)
		}
		f.version = now
	}
	for _, s := range f.sources {
		s.ctx, s.tx = ctx, tx
	}
	return nil
}

// version changes whenever the index, or what is gone of it, does.
type version struct{ segments, marks, gone, goneSum int64 }

func versionOf(ctx context.Context, tx gathering.Tx) (v version, err error) {
	err = tx.Query(ctx, `SELECT count(*), CAST(coalesce(sum(mark), 0) AS bigint), (SELECT count(*) FROM fact_gone),
		(SELECT CAST(coalesce(sum(num), 0) AS bigint) FROM fact_gone) FROM fact_segments`, nil, func(scan func(...any) error) error {
		return scan(&v.segments, &v.marks, &v.gone, &v.goneSum)
	})
	return v, err
}

// Verify checks that the index and the fact-checks belong together. What is
// wrong is a store.ErrDamaged.
func Verify(ctx context.Context, tx gathering.Tx) error {
	rows, err := segmentRows(ctx, tx)
	if err != nil {
		return err
	}
	gone, err := goneNums(ctx, tx)
	if err != nil {
		return err
	}
	indexed := make(map[int64]bool)
	pages := cache{most: 1024}
	for _, r := range rows {
		segment, err := index.Open(&source{ctx: ctx, tx: tx, row: r, pages: &pages})
		if err != nil {
			return damaged(r.segment, err)
		}
		for num := range segment.Docs() {
			id, err := segment.ID(uint32(num))
			if err != nil {
				return damaged(r.segment, err)
			}
			if indexed[id] {
				return damaged(r.segment, fmt.Errorf("fact-check %d is in the index twice", id))
			}
			indexed[id] = true
		}
	}
	for num := range gone {
		if !indexed[num] {
			return fmt.Errorf("%w: number %d is gone and not in the index", store.ErrDamaged, num)
		}
		delete(indexed, num)
	}
	n := 0
	err = tx.Query(ctx, `SELECT num FROM fact_checks`, nil, func(scan func(...any) error) error {
		var num int64
		if err := scan(&num); err != nil {
			return err
		}
		n++
		if !indexed[num] {
			return fmt.Errorf("%w: fact-check %d is not in the index", store.ErrDamaged, num)
		}
		return nil
	})
	if err == nil && n != len(indexed) {
		err = fmt.Errorf("%w: %d fact-checks, %d in the index", store.ErrDamaged, n, len(indexed))
	}
	return err
}
