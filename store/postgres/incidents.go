package postgres

import (
	"cmp"
	"context"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"hearsay/corpus/copies"
	"hearsay/corpus/incidents"
	"hearsay/store"
	"hearsay/store/conditions"
	"hearsay/store/gathering"
)

var _ store.Incidents = (*Store)(nil)

// Copies yields groups of copies: see store.Store.
func (s *Store) Copies(ctx context.Context, f store.Filter) iter.Seq2[copies.Group, error] {
	return gathered(ctx, s, "looking for copies", func(tx pgx.Tx) iter.Seq2[copies.Group, error] {
		return func(yield func(copies.Group, error) bool) {
			if err := conditions.WholeDays(f.Since, f.Until); err != nil {
				yield(copies.Group{}, err)
				return
			}
			gathering.Groups(ctx, &within{tx: tx}, f)(yield)
		}
	})
}

// Incidents yields incidents: see store.Incidents.
func (s *Store) Incidents(ctx context.Context, f store.IncidentFilter) iter.Seq2[*incidents.Incident, error] {
	return gathered(ctx, s, "looking for incidents", func(tx pgx.Tx) iter.Seq2[*incidents.Incident, error] {
		claims := func(ctx context.Context, f store.Filter) iter.Seq2[*store.Claim, error] {
			return claimsIn(ctx, tx, "", f)
		}
		return gathering.Incidents(ctx, &within{tx: tx}, claims, f)
	})
}

// Incident returns an incident: see store.Incidents.
func (s *Store) Incident(ctx context.Context, id string) (n *incidents.Incident, err error) {
	err = s.reading(ctx, func(tx pgx.Tx) (err error) {
		n, err = gathering.Incident(ctx, &within{tx: tx}, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the incident %s: %w", id, told(cmp.Or(ctx.Err(), err)))
	}
	return n, nil
}

// Merge makes one incident of several: see store.Incidents.
func (s *Store) Merge(ctx context.Context, ids ...string) (id string, err error) {
	err = s.correcting(ctx, func(g *gathering.Gathering) (err error) {
		id, err = g.Merge(ctx, ids...)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("merging incidents: %w", err)
	}
	return id, nil
}

// Split makes two incidents of one: see store.Incidents.
func (s *Store) Split(ctx context.Context, id string, articles ...string) (rest, out string, err error) {
	err = s.correcting(ctx, func(g *gathering.Gathering) (err error) {
		rest, out, err = g.Split(ctx, id, articles...)
		return err
	})
	if err != nil {
		return "", "", fmt.Errorf("splitting an incident: %w", err)
	}
	return rest, out, nil
}

// Corrections yields corrections: see store.Incidents.
func (s *Store) Corrections(ctx context.Context) iter.Seq2[*store.Correction, error] {
	return gathered(ctx, s, "listing the corrections", func(tx pgx.Tx) iter.Seq2[*store.Correction, error] {
		return gathering.Corrections(ctx, &within{tx: tx})
	})
}

// Undo takes back a correction: see store.Incidents.
func (s *Store) Undo(ctx context.Context, number int) error {
	err := s.correcting(ctx, func(g *gathering.Gathering) error { return g.Undo(ctx, number) })
	if err != nil {
		return fmt.Errorf("taking back correction %d: %w", number, err)
	}
	return nil
}

// correcting carries out f in a transaction in which nobody else gathers.
func (s *Store) correcting(ctx context.Context, f func(*gathering.Gathering) error) error {
	return s.writing(ctx, func(tx pgx.Tx) error { return s.gathering(ctx, tx, f) })
}

// gathered yields what ask finds in the store as it is at one moment.
func gathered[T any](ctx context.Context, s *Store, doing string, ask func(pgx.Tx) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := s.reading(ctx, func(tx pgx.Tx) error {
			for v, err := range ask(tx) {
				if err != nil || !yield(v, nil) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			var none T
			yield(none, fmt.Errorf("%s: %w", doing, told(cmp.Or(ctx.Err(), err))))
		}
	}
}
