package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/store"
	"hearsay/store/amending"
	"hearsay/store/gathering"
	"hearsay/store/pack"
)

var _ store.Corrections = (*Store)(nil)

// amend carries out f with the newest version of an article, as it was read, and
// then writes the rows of what it says, as corrected, anew. The lock of gathering is
// taken before any correction is numbered.
func (s *Store) amend(ctx context.Context, tx pgx.Tx, id string, f func(w gathering.Tx, article int64, version int, asRead *ledger.Ledger) error) error {
	key := keyOf(id)
	var num, version int64
	if err := tx.QueryRow(ctx, `SELECT num FROM articles WHERE key = $1 FOR UPDATE`, key[:]).Scan(&num); errors.Is(err, pgx.ErrNoRows) {
		return store.ErrNotFound
	} else if err != nil {
		return err
	}
	if err := alone(ctx, tx, gatheringNow); err != nil {
		return err
	}
	var of int64
	var title, published *string
	var packed []byte
	err := scanPlain(tx.QueryRow(ctx, `SELECT v.num, v.version, v.title, v.published, v.ledger FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.num = $1`, num),
		[]any{&of, &version, &title, &published, &packed})
	if err != nil {
		return err
	}
	l, err := s.packer.Ledger(packed)
	if err != nil {
		return err
	}
	if err := flushed(ctx, tx, func(w gathering.Tx) error { return f(w, num, int(version), l) }); err != nil {
		return err
	}
	if l, err = amending.To(ctx, &within{tx: tx}, num, l); err != nil {
		return err
	}
	a := &article.Article{Title: value(title), Published: value(published), Text: l.Document.Text}
	v := &newVersion{Version: &pack.Version{Item: store.Item{Article: a, Ledger: l}, ID: id}, ready: gathering.Ready(id, a, l), num: of}
	w := &within{tx: tx}
	g := gathering.New(w)
	if err := g.Outdate(ctx, of); err != nil {
		return err
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	if err := forget(ctx, tx, of); err != nil {
		return err
	}
	if err := say(ctx, tx, []*newVersion{v}); err != nil {
		return err
	}
	if err := g.Add(ctx, of, v.ready); err != nil {
		return err
	}
	if err := g.Done(ctx); err != nil {
		return err
	}
	return w.flush(ctx)
}

// Correct keeps corrections: see store.Corrections.
func (s *Store) Correct(ctx context.Context, id, who string, requests ...correction.Request) (made []correction.Correction, err error) {
	err = s.writing(ctx, func(tx pgx.Tx) error {
		return s.amend(ctx, tx, id, func(w gathering.Tx, num int64, version int, l *ledger.Ledger) (err error) {
			made, err = amending.Keep(ctx, w, num, version, l, who, requests)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("correcting %s: %w", id, err)
	}
	for i := range made {
		made[i].Article = id
	}
	return made, nil
}

// UndoCorrection takes back a correction: see store.Corrections.
func (s *Store) UndoCorrection(ctx context.Context, number int, who string) error {
	err := s.writing(ctx, func(tx pgx.Tx) error {
		id := ""
		err := scanPlain(tx.QueryRow(ctx, `SELECT a.id FROM ledger_corrections c JOIN articles a ON a.num = c.article WHERE c.number = $1`, number), []any{&id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("%w: there is no correction %d that stands", store.ErrNotFound, number)
		}
		if err != nil {
			return err
		}
		return s.amend(ctx, tx, id, func(w gathering.Tx, _ int64, _ int, _ *ledger.Ledger) error {
			_, err := amending.Undo(ctx, w, number, who)
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("taking back correction %d: %w", number, err)
	}
	return nil
}

// ClaimCorrections yields corrections: see store.Corrections.
func (s *Store) ClaimCorrections(ctx context.Context, f store.CorrectionFilter) iter.Seq2[*correction.Correction, error] {
	return func(yield func(*correction.Correction, error) bool) {
		var all []correction.Correction
		err := s.reading(ctx, func(tx pgx.Tx) (err error) {
			all, err = amending.List(ctx, &within{tx: tx}, f)
			return err
		})
		if err != nil {
			yield(nil, fmt.Errorf("listing the corrections: %w", told(cmp.Or(ctx.Err(), err))))
			return
		}
		for i := range all {
			if !yield(&all[i], nil) {
				return
			}
		}
	}
}

// Corrected returns an article with its corrections: see store.Corrections.
func (s *Store) Corrected(ctx context.Context, id string) (*store.Corrected, error) {
	key := keyOf(id)
	var out *store.Corrected
	err := s.reading(ctx, func(tx pgx.Tx) (err error) {
		out = new(store.Corrected)
		var num int64
		row := tx.QueryRow(ctx, `SELECT `+articleColumns+`, a.num FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.key = $1`, key[:])
		if out.Article, out.AsRead, err = s.scanArticle(row, &num); err != nil {
			return err
		}
		if out.Corrections, err = amending.Of(ctx, &within{tx: tx}, num); err != nil {
			return err
		}
		out.Ledger, out.Outcomes = correction.Apply(out.AsRead, out.Corrections)
		return nil
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", id, told(cmp.Or(ctx.Err(), err)))
	}
	return out, nil
}
