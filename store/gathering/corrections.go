package gathering

import (
	"context"
	"fmt"
	"iter"
	"time"

	"hearsay/corpus/incidents"
	"hearsay/store"
	"hearsay/store/rows"
)

// Merge makes one incident of several: see store.Incidents.
func (g *Gathering) Merge(ctx context.Context, ids ...string) (string, error) {
	before := make(map[incidents.ID]uint64)
	of := make([]incidents.ID, len(ids))
	for i, id := range ids {
		var err error
		if of[i], err = g.concerned(ctx, id, before); err != nil {
			return "", err
		}
	}
	root, err := g.index.Merge(ctx, of...)
	if err != nil {
		return "", err
	}
	pin, err := g.pinOf(ctx, root)
	if err != nil {
		return "", err
	}
	c := store.Correction{Incidents: ids, Into: []string{root.String()}}
	return root.String(), g.correct(ctx, c, pin, pin, before)
}

// Split makes two incidents of one: see store.Incidents.
func (g *Gathering) Split(ctx context.Context, id string, articles ...string) (rest, out string, err error) {
	before := make(map[incidents.ID]uint64)
	of, err := g.concerned(ctx, id, before)
	if err != nil {
		return "", "", err
	}
	left, taken, err := g.index.Split(ctx, of, articles...)
	if err != nil {
		return "", "", err
	}
	a, err := g.pinOf(ctx, left)
	if err != nil {
		return "", "", err
	}
	b, err := g.pinOf(ctx, taken)
	if err != nil {
		return "", "", err
	}
	rest, out = left.String(), taken.String()
	c := store.Correction{Split: true, Incidents: []string{id}, Articles: articles, Into: []string{rest, out}}
	return rest, out, g.correct(ctx, c, a, b, before)
}

// concerned notes the pins of the records of an incident, and returns the id of the one named.
func (g *Gathering) concerned(ctx context.Context, id string, pins map[incidents.ID]uint64) (incidents.ID, error) {
	of, err := recordID(id)
	if err != nil {
		return 0, err
	}
	members, err := g.index.Members(ctx, of)
	for _, k := range members {
		pins[k.ID] = k.Pin
	}
	return of, notFound(err)
}

func (g *Gathering) pinOf(ctx context.Context, id incidents.ID) (uint64, error) {
	k, err := g.records.Record(ctx, id)
	return k.Pin, err
}

// correct writes down a correction with the pins that its records had before.
func (g *Gathering) correct(ctx context.Context, c store.Correction, a, b uint64, before map[incidents.ID]uint64) error {
	number := int64(0)
	err := g.tx.Query(ctx, `SELECT max(number) FROM corrections`, nil, func(scan func(...any) error) error {
		var last *int64
		err := scan(&last)
		number = value0(last) + 1
		return err
	})
	if err != nil {
		return err
	}
	split := int64(0)
	if c.Split {
		split = 1
	}
	err = g.tx.Exec(ctx, `INSERT INTO corrections (number, split, made, incidents, articles, results, pin_a, pin_b, undone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		number, split, time.Now().Unix(), rows.Join(c.Incidents), rows.Join(c.Articles), rows.Join(c.Into), int64(a), int64(b))
	if err != nil {
		return err
	}
	var args []any
	for id, pin := range before {
		args = append(args, number, signed(id), orNull(pin == 0, int64(pin)))
	}
	return insert(ctx, g.tx, `INSERT INTO correction_records (number, id, pin) VALUES `, 3, args)
}

// Corrections yields the corrections: see store.Incidents.
func Corrections(ctx context.Context, tx Tx) iter.Seq2[*store.Correction, error] {
	return func(yield func(*store.Correction, error) bool) {
		var all []*store.Correction
		err := tx.Query(ctx, `SELECT number, split, made, incidents, articles, results FROM corrections WHERE undone = 0 ORDER BY number`, nil,
			func(scan func(...any) error) error {
				c := new(store.Correction)
				var split, made int64
				var ids, articles, into string
				err := scan(&c.Number, &split, &made, &ids, &articles, &into)
				c.Split, c.Made = split != 0, time.Unix(made, 0).UTC()
				c.Incidents, c.Articles, c.Into = rows.Split(ids), rows.Split(articles), rows.Split(into)
				all = append(all, c)
				return err
			})
		if err != nil {
			yield(nil, err)
			return
		}
		for _, c := range all {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// Undo takes back a correction: see store.Incidents.
func (g *Gathering) Undo(ctx context.Context, number int) error {
	var pins []uint64
	err := g.tx.Query(ctx, `SELECT pin_a, pin_b FROM corrections WHERE number = ? AND undone = 0`, []any{int64(number)}, func(scan func(...any) error) error {
		var a, b int64
		err := scan(&a, &b)
		if pins = []uint64{uint64(a)}; b != a {
			pins = append(pins, uint64(b))
		}
		return err
	})
	if err != nil {
		return err
	}
	if pins == nil {
		return fmt.Errorf("%w: there is no correction %d", store.ErrNotFound, number)
	}
	later := int64(0)
	err = g.tx.Query(ctx, `SELECT min(l.number) FROM correction_records l JOIN corrections c ON c.number = l.number
		WHERE c.number > ? AND c.undone = 0 AND (l.pin = ? OR l.pin = ? OR l.id IN (SELECT m.id FROM correction_records m WHERE m.number = ?))`,
		[]any{int64(number), int64(pins[0]), int64(pins[len(pins)-1]), int64(number)}, func(scan func(...any) error) error {
			var first *int64
			err := scan(&first)
			later = value0(first)
			return err
		})
	if err != nil {
		return err
	}
	if later != 0 {
		return fmt.Errorf("%w: number %d; undo that one first", store.ErrLater, later)
	}
	before := make(map[incidents.ID]uint64)
	err = g.tx.Query(ctx, `SELECT id, pin FROM correction_records WHERE number = ?`, []any{int64(number)}, func(scan func(...any) error) error {
		var id int64
		var pin *int64
		err := scan(&id, &pin)
		before[unsigned(id)] = uint64(value0(pin))
		return err
	})
	if err != nil {
		return err
	}
	again := make(map[incidents.ID]uint64)
	for _, pin := range pins {
		held, err := g.records.Pinned(ctx, pin)
		if err != nil {
			return err
		}
		for _, k := range held {
			again[k.ID] = before[k.ID] // none for what a new version of an article inherited
		}
	}
	if err := g.index.Repin(ctx, again); err != nil {
		return err
	}
	return g.tx.Exec(ctx, `UPDATE corrections SET undone = 1 WHERE number = ?`, int64(number))
}
