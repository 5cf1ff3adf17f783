package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/store"
	"hearsay/store/amending"
	"hearsay/store/gathering"
	"hearsay/store/pack"
)

var _ store.Corrections = (*Store)(nil)

// newest is the newest version of an article, as it was read.
type newest struct {
	article, num int64
	version      int
	title        string
	published    string
	asRead       *ledger.Ledger
}

func (s *Store) newestIn(ctx context.Context, w *writer, id string) (n newest, err error) {
	var packed []byte
	var title, published sql.NullString
	err = w.row(ctx, `SELECT a.num, v.num, v.version, v.title, v.published, v.ledger FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.id = ?`,
		[]any{id}, &n.article, &n.num, &n.version, &title, &published, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return n, store.ErrNotFound
	}
	if err != nil {
		return n, err
	}
	n.title, n.published = title.String, published.String
	n.asRead, err = s.packer.Ledger(packed)
	return n, err
}

// sayAgain writes the rows of what an article says, with what was corrected of it, in the place of those that there are.
func (s *Store) sayAgain(ctx context.Context, w *writer, id string, n newest) error {
	l, err := amending.To(ctx, w, n.article, n.asRead)
	if err != nil {
		return err
	}
	if err := w.gathered.Outdate(ctx, n.num); err != nil {
		return err
	}
	if err := forget(ctx, w, n.num); err != nil {
		return err
	}
	a := &article.Article{Title: n.title, Published: n.published, Text: l.Document.Text}
	v := newVersion{&pack.Version{Item: store.Item{Article: a, Ledger: l}, ID: id}, gathering.Ready(id, a, l)}
	if err := v.say(ctx, w, n.num); err != nil {
		return err
	}
	return w.gathered.Add(ctx, n.num, v.ready)
}

// Correct keeps corrections: see store.Corrections.
func (s *Store) Correct(ctx context.Context, id, who string, requests ...correction.Request) (made []correction.Correction, err error) {
	err = s.writing(ctx, func(w *writer) error {
		n, err := s.newestIn(ctx, w, id)
		if err != nil {
			return err
		}
		if made, err = amending.Keep(ctx, w, n.article, n.version, n.asRead, who, requests); err != nil {
			return err
		}
		for i := range made {
			made[i].Article = id
		}
		return s.sayAgain(ctx, w, id, n)
	})
	if err != nil {
		return nil, fmt.Errorf("correcting %s: %w", id, err)
	}
	return made, nil
}

// UndoCorrection takes back a correction: see store.Corrections.
func (s *Store) UndoCorrection(ctx context.Context, number int, who string) error {
	err := s.writing(ctx, func(w *writer) error {
		id, err := amending.Undo(ctx, w, number, who)
		if err != nil {
			return err
		}
		n, err := s.newestIn(ctx, w, id)
		if err != nil {
			return err
		}
		return s.sayAgain(ctx, w, id, n)
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
		err := s.reading(ctx, func(r reader) (err error) {
			all, err = amending.List(ctx, r, f)
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
	out := new(store.Corrected)
	err := s.reading(ctx, func(r reader) (err error) {
		var num int64
		row := r.QueryRowContext(ctx, `SELECT `+versionColumns+`, a.num FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.id = ?`, id)
		if out.Article, out.AsRead, err = s.scanArticle(row, &num); err != nil {
			return err
		}
		if out.Corrections, err = amending.Of(ctx, r, num); err != nil {
			return err
		}
		out.Ledger, out.Outcomes = correction.Apply(out.AsRead, out.Corrections)
		return nil
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", id, told(err))
	}
	return out, nil
}
