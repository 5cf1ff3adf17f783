package gathering

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"hearsay/corpus/incidents"
	"hearsay/store"
)

// records is an incidents.Shelf over the tables of a home, for one transaction.
type records struct {
	tx     Tx
	keys   *waiting                // nil where keys do not wait
	adding int64                   // the version whose records are put
	said   map[incidents.ID]spoken // how its claims speak of each
	seen   map[incidents.ID]place
	dirty  map[uint64]*change // the trees that have changed
	texts  nearby

	taken map[incidents.ID][]string // the words of the speakers of what was removed, which may be put again

	replacing bool            // a version may have been gathered of the article whose records are put
	last      *incidents.Kept // what was put last, as it is now

	// What the last question for records that share keys was and found: an Index asks twice,
	// before and after it puts a record. The second answer is the first, as the record itself is of no interest.
	asked []incidents.Key
	found []incidents.Kept
}

// place is where a record was when it was last seen.
type place struct {
	version int64
	tree    uint64
	pin     uint64
	said    int64
}

var _ incidents.Shelf = (*records)(nil)

func newRecords(tx Tx) *records {
	return &records{tx: tx, keys: newWaiting(tx), seen: make(map[incidents.ID]place), dirty: make(map[uint64]*change), texts: make(nearby), taken: make(map[incidents.ID][]string)}
}

// signed is an id as databases keep it, in the order of unsigned numbers.
func signed(id incidents.ID) int64 { return int64(uint64(id) ^ 1<<63) }

func unsigned(id int64) incidents.ID { return incidents.ID(uint64(id) ^ 1<<63) }

// orNull is NULL in the place of what is none.
func orNull(none bool, v int64) any {
	if none {
		return nil
	}
	return v
}

// recordColumns are what kept reads.
const recordColumns = `SELECT r.id, r.version, r.parent, r.score, r.tree, r.pin, r.said, r.record FROM `

// kept returns the records that a query yields.
func (s *records) kept(ctx context.Context, text string, args ...any) (out []incidents.Kept, err error) {
	err = s.tx.Query(ctx, text, args, func(scan func(...any) error) error {
		var id, version, tree, said int64
		var parent, pin *int64
		var encoded []byte
		k := incidents.Kept{Record: new(incidents.Record)}
		if err := scan(&id, &version, &parent, &k.Score, &tree, &pin, &said, &encoded); err != nil {
			return err
		}
		if err := k.Record.UnmarshalBinary(encoded); err != nil {
			return fmt.Errorf("%w: what an article tells of an incident cannot be read: %v", store.ErrDamaged, err)
		}
		k.ID, k.Tree, k.Pin = unsigned(id), uint64(tree), uint64(value0(pin))
		if parent != nil {
			k.Parent = unsigned(*parent)
		}
		s.seen[k.ID] = place{version, k.Tree, k.Pin, said}
		out = append(out, k)
		return nil
	})
	return out, err
}

// Sharing implements incidents.Shelf.
func (s *records) Sharing(ctx context.Context, keys []incidents.Key, ofKey, most int) ([]incidents.Kept, error) {
	if s.asked != nil && slices.Equal(s.asked, keys) {
		s.asked = nil
		return s.found, nil
	}
	ids, err := s.near(ctx, keys, ofKey, most)
	if err != nil {
		return nil, err
	}
	var out []incidents.Kept
	err = inSome(ids, func(args []any) error {
		k, err := s.kept(ctx, someOf, args...)
		out = append(out, k...)
		return err
	})
	s.asked, s.found = slices.Clone(keys), out
	return out, err
}

// Record implements incidents.Shelf.
func (s *records) Record(ctx context.Context, id incidents.ID) (incidents.Kept, error) {
	if s.last != nil && s.last.ID == id {
		return *s.last, nil
	}
	k, err := s.kept(ctx, recordColumns+`incident_records r WHERE r.id = ?`, signed(id))
	if err != nil {
		return incidents.Kept{}, err
	}
	if len(k) == 0 {
		return incidents.Kept{}, fmt.Errorf("%v: %w", id, incidents.ErrNotFound)
	}
	return k[0], nil
}

// Of implements incidents.Shelf.
func (s *records) Of(ctx context.Context, article string) ([]incidents.Kept, error) {
	if s.adding != 0 && !s.replacing {
		return nil, nil
	}
	return s.kept(ctx, recordColumns+`incident_records r WHERE r.version IN (SELECT v.num FROM versions v JOIN articles a ON a.num = v.article WHERE a.id = ?)`, article)
}

// Children implements incidents.Shelf.
func (s *records) Children(ctx context.Context, parent incidents.ID) ([]incidents.Kept, error) {
	return s.kept(ctx, recordColumns+`incident_records r WHERE r.parent = ?`, signed(parent))
}

// Members implements incidents.Shelf.
func (s *records) Members(ctx context.Context, tree uint64, most int) ([]incidents.Kept, error) {
	text := recordColumns + `incident_records r WHERE r.tree = ?`
	if most > 0 {
		text += ` LIMIT ` + strconv.Itoa(most)
	}
	return s.kept(ctx, text, int64(tree))
}

// Pinned implements incidents.Shelf.
func (s *records) Pinned(ctx context.Context, pin uint64) ([]incidents.Kept, error) {
	return s.kept(ctx, recordColumns+`incident_records r WHERE r.pin = ?`, int64(pin))
}

// Put implements incidents.Shelf.
func (s *records) Put(ctx context.Context, k incidents.Kept, keys []incidents.Key) error {
	encoded, err := k.Record.MarshalBinary()
	if err != nil {
		return err
	}
	at := place{s.adding, k.Tree, k.Pin, s.said[k.ID].ways}
	if s.adding == 0 { // a record that is put again
		at = s.seen[k.ID]
		at.tree, at.pin = k.Tree, k.Pin
	}
	if err := s.tx.Exec(ctx, `INSERT INTO incident_records (id, version, parent, score, tree, pin, said, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		signed(k.ID), at.version, orNull(k.Parent == 0, signed(k.Parent)), k.Score, int64(k.Tree), orNull(k.Pin == 0, int64(k.Pin)), at.said, encoded); err != nil {
		return err
	}
	s.seen[k.ID] = at
	s.last = &k
	c := s.changed(k.Tree)
	c.added = append(c.added, k)
	if !slices.Equal(s.asked, keys) {
		s.asked = nil
	}
	if err := s.putKeys(ctx, k.ID, keys); err != nil {
		return err
	}
	var args []any
	spokenBy := s.said[k.ID].words
	if s.adding == 0 {
		spokenBy = s.taken[k.ID]
	}
	for _, w := range spokenBy {
		args = append(args, w, signed(k.ID))
	}
	return insert(ctx, s.tx, `INSERT INTO incident_speakers (word, id) VALUES `, 2, args)
}

func (s *records) putKeys(ctx context.Context, id incidents.ID, keys []incidents.Key) error {
	if s.keys != nil {
		return s.keys.putRecord(ctx, signed(id), keys)
	}
	var args []any
	for _, key := range keys {
		args = append(args, int64(key.Span()), int64(key.Hash), int64(key.Day), signed(id))
	}
	return insert(ctx, s.tx, `INSERT INTO incident_keys (span, hash, day, id) VALUES `, 4, args)
}

// Move implements incidents.Shelf.
func (s *records) Move(ctx context.Context, k incidents.Kept) error {
	was, ok := s.seen[k.ID]
	if !ok {
		if _, err := s.Record(ctx, k.ID); err != nil {
			return err
		}
		was = s.seen[k.ID]
	}
	s.asked = nil
	if s.last != nil && s.last.ID == k.ID {
		s.last = &k
	}
	if was.tree != k.Tree {
		s.changed(was.tree).lost = true
		c := s.changed(k.Tree)
		c.added = append(c.added, k)
	} else if was.pin != k.Pin {
		s.changed(k.Tree).lost = true
	}
	s.seen[k.ID] = place{was.version, k.Tree, k.Pin, was.said}
	return s.tx.Exec(ctx, `UPDATE incident_records SET parent = ?, score = ?, tree = ?, pin = ? WHERE id = ?`,
		orNull(k.Parent == 0, signed(k.Parent)), k.Score, int64(k.Tree), orNull(k.Pin == 0, int64(k.Pin)), signed(k.ID))
}

// Remove implements incidents.Shelf.
func (s *records) Remove(ctx context.Context, id incidents.ID) error {
	k, err := s.Record(ctx, id)
	if err != nil {
		return err
	}
	s.asked, s.last = nil, nil
	s.changed(k.Tree).lost = true
	var keys [][]any
	for _, key := range incidents.Keys(k.Record) {
		args := []any{int64(key.Hash), int64(key.Day), signed(id)}
		keys = append(keys, args)
		if err := s.tx.Exec(ctx, `DELETE FROM incident_keys WHERE span = ? AND hash = ? AND day = ? AND id = ?`, append([]any{int64(key.Span())}, args...)...); err != nil {
			return err
		}
	}
	if s.keys != nil {
		if err := s.keys.remove(ctx, ofRecord, signed(id), `DELETE FROM temp.incident_waiting WHERE hash = ? AND day = ? AND id = ?`, keys); err != nil {
			return err
		}
	}
	var words []string
	err = s.tx.Query(ctx, `SELECT word FROM incident_speakers WHERE id = ?`, []any{signed(id)}, func(scan func(...any) error) error {
		var w string
		err := scan(&w)
		words = append(words, w)
		return err
	})
	if err != nil {
		return err
	}
	s.taken[id] = words
	if err := s.tx.Exec(ctx, `DELETE FROM incident_speakers WHERE id = ?`, signed(id)); err != nil {
		return err
	}
	return s.tx.Exec(ctx, `DELETE FROM incident_records WHERE id = ?`, signed(id))
}
