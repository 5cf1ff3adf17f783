package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"iter"

	"hearsay/corpus/incidents"
	"hearsay/store"
	"hearsay/store/gathering"
)

var _ store.Incidents = (*Store)(nil)

// Incidents yields incidents: see store.Incidents.
func (s *Store) Incidents(ctx context.Context, f store.IncidentFilter) iter.Seq2[*incidents.Incident, error] {
	return gathered(ctx, s, "looking for incidents", func(r reader) iter.Seq2[*incidents.Incident, error] {
		return gathering.Incidents(ctx, r, s.claimsAlone, f)
	})
}

// claimsAlone yields claims without a query.
func (s *Store) claimsAlone(ctx context.Context, f store.Filter) iter.Seq2[*store.Claim, error] {
	return s.Claims(ctx, "", f)
}

// Incident returns an incident: see store.Incidents.
func (s *Store) Incident(ctx context.Context, id string) (n *incidents.Incident, err error) {
	err = s.reading(ctx, func(r reader) (err error) {
		n, err = gathering.Incident(ctx, r, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the incident %s: %w", id, told(cmp.Or(ctx.Err(), err)))
	}
	return n, nil
}

// Merge makes one incident of several: see store.Incidents.
func (s *Store) Merge(ctx context.Context, ids ...string) (id string, err error) {
	err = s.writing(ctx, func(w *writer) (err error) {
		id, err = w.gathered.Merge(ctx, ids...)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("merging incidents: %w", err)
	}
	return id, nil
}

// Split makes two incidents of one: see store.Incidents.
func (s *Store) Split(ctx context.Context, id string, articles ...string) (rest, out string, err error) {
	err = s.writing(ctx, func(w *writer) (err error) {
		rest, out, err = w.gathered.Split(ctx, id, articles...)
		return err
	})
	if err != nil {
		return "", "", fmt.Errorf("splitting an incident: %w", err)
	}
	return rest, out, nil
}

// Corrections yields corrections: see store.Incidents.
func (s *Store) Corrections(ctx context.Context) iter.Seq2[*store.Correction, error] {
	return gathered(ctx, s, "listing the corrections", func(r reader) iter.Seq2[*store.Correction, error] { return gathering.Corrections(ctx, r) })
}

// Undo takes back a correction: see store.Incidents.
func (s *Store) Undo(ctx context.Context, number int) error {
	err := s.writing(ctx, func(w *writer) error { return w.gathered.Undo(ctx, number) })
	if err != nil {
		return fmt.Errorf("taking back correction %d: %w", number, err)
	}
	return nil
}

// gathered yields what ask finds in the store as it is at one moment.
func gathered[T any](ctx context.Context, s *Store, doing string, ask func(reader) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := s.reading(ctx, func(r reader) error {
			for v, err := range ask(r) {
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
