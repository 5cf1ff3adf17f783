package incidents

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// ErrNotFound is what a Shelf answers of a record that it does not have.
var ErrNotFound = errors.New("no such record")

// Kept is a record as it stands on a shelf.
type Kept struct {
	*Record
	ID     ID
	Parent ID      // the record before it that tells of the same incident; 0 for none
	Score  float64 // how well it fits its parent; 0 without one, or with a pin
	// Tree is the same for all records of one incident and differs from those of others. It is
	// not the ID of any record and may change.
	Tree uint64
	// Pin is the same for all records that a correction by hand has put together, and 0 where
	// none concerned the record.
	Pin uint64
}

// Shelf is where an Index keeps its records: in memory, or in a store. What it
// returns is not changed by the Index, and must not change when the shelf does.
type Shelf interface {
	// Sharing returns records that have any of the keys, which are of one Day, each once, in any order. The
	// records that have one Hash are in order of their keys' Day and then of ID. Of those no farther
	// from the given key's Day than its Within, the first ofKey that are of that
	// day or later count, and the last ofKey of those before. Of all that count it returns no more than
	// most: those that count for most keys, of these those of the nearest days, of these those of the least ID.
	Sharing(ctx context.Context, keys []Key, ofKey, most int) ([]Kept, error)
	// Record returns one record, or an error that wraps ErrNotFound.
	Record(ctx context.Context, id ID) (Kept, error)
	// Of returns the records of an article, in any order.
	Of(ctx context.Context, article string) ([]Kept, error)
	// Children returns the records whose Parent is the given one, in any order.
	Children(ctx context.Context, parent ID) ([]Kept, error)
	// Members returns the records of a tree, in any order, but no more than most
	// of them (whichever) where most is not 0.
	Members(ctx context.Context, tree uint64, most int) ([]Kept, error)
	// Pinned returns the records with a pin that is not 0, in any order.
	Pinned(ctx context.Context, pin uint64) ([]Kept, error)
	// Put keeps a record with its keys. One with its ID is not there.
	Put(ctx context.Context, k Kept, keys []Key) error
	// Move changes Parent, Score, Tree and Pin of the record with k's ID to those of k.
	Move(ctx context.Context, k Kept) error
	// Remove forgets a record and its keys.
	Remove(ctx context.Context, id ID) error
}

// A new record is compared with no more than mostCompared others, those that share most keys
// with it, and of those that share a key with no more than mostOfKey on either side of its day: those
// of the days nearest to its own. Of an incident told of more often than
// that, each record still finds some, and so all of them hang together.
const (
	mostCompared = 24
	mostOfKey    = 16
)

// Index gathers records into incidents as their articles come and go.
//
// An Index needs its shelf for itself while one of its methods runs. After an
// error the shelf may hold half of a change: a store undoes it.
type Index struct{ Shelf Shelf }

// Add puts the records of an article on the shelf, in the place of those that are
// there of it. A correction by hand holds for the new records too: for the main one,
// and for one that tells of the same incident as the old one of its name.
func (x *Index) Add(ctx context.Context, article string, records []Record) error {
	old, err := x.Shelf.Of(ctx, article)
	if err != nil {
		return fmt.Errorf("incidents of %s: %w", article, err)
	}
	for _, k := range old {
		if err := x.remove(ctx, k); err != nil {
			return fmt.Errorf("taking away incident %s of %s: %w", k.Local, article, err)
		}
	}
	for i := range records {
		r := &records[i]
		if r.Article != article {
			return fmt.Errorf("incident %s belongs to %s, not to %s", r.Local, r.Article, article)
		}
		k := Kept{Record: r, ID: r.ID(), Pin: heir(r, old)}
		switch _, err := x.Shelf.Record(ctx, k.ID); {
		case err == nil:
			continue // another has its ID, by chance
		case !errors.Is(err, ErrNotFound):
			return fmt.Errorf("gathering incident %s of %s: %w", r.Local, article, err)
		}
		if err := x.put(ctx, k); err != nil {
			return fmt.Errorf("gathering incident %s of %s: %w", r.Local, article, err)
		}
	}
	return nil
}

// Remove takes the records of an article from the shelf.
func (x *Index) Remove(ctx context.Context, article string) error { return x.Add(ctx, article, nil) }

// heir is the pin that r takes over from an older version of its article.
func heir(r *Record, old []Kept) uint64 {
	for _, k := range old {
		if k.Pin != 0 && (r.Main && k.Main || r.Local == k.Local && again(r, k.Record)) {
			return k.Pin
		}
	}
	return 0
}

// again reports whether two versions of an article tell of one incident in these records. Score is for
// records of different articles.
func again(r, old *Record) bool {
	return r.Type == old.Type && r.Date == old.Date && slices.Equal(r.Places, old.Places)
}

func (x *Index) put(ctx context.Context, k Kept) error {
	keys := Keys(k.Record)
	if k.Pin != 0 {
		var err error
		if k.Tree, err = x.fresh(ctx, k.ID); err != nil {
			return err
		}
		if err := x.Shelf.Put(ctx, k, keys); err != nil {
			return err
		}
		if err := x.hold(ctx, k.Pin); err != nil {
			return err
		}
		return x.adopt(ctx, k.ID, keys)
	}
	parent, score, err := x.antecedent(ctx, k, keys)
	if err != nil {
		return err
	}
	if k.Tree = parent.Tree; parent.ID == 0 {
		if k.Tree, err = x.fresh(ctx, k.ID); err != nil {
			return err
		}
	}
	k.Parent, k.Score = parent.ID, score
	if err := x.Shelf.Put(ctx, k, keys); err != nil {
		return err
	}
	return x.adopt(ctx, k.ID, keys)
}

// antecedent is the record that k fits best of those that come before it, and the
// zero Kept where it fits none well enough. Of two that it fits as well it is the earlier.
func (x *Index) antecedent(ctx context.Context, k Kept, keys []Key) (best Kept, score float64, err error) {
	near, err := x.Shelf.Sharing(ctx, keys, mostOfKey, mostCompared)
	if err != nil {
		return Kept{}, 0, err
	}
	for _, o := range near {
		if o.ID == k.ID || !precedes(o, k) {
			continue
		}
		s := Score(o.Record, k.Record)
		if s >= Threshold && (best.ID == 0 || s > score || s == score && precedes(o, best)) {
			best, score = o, s
		}
	}
	return best, score, nil
}

// precedes reports whether b may hang from a. What was corrected by hand precedes
// all else, so that a record that comes before it and after the correction can still
// join it. What an article reports precedes what it mentions in passing, so that no two
// incidents become one by way of an article that recalls both. Nothing hangs from an article
// that tells of no incident, but by hand.
func precedes(a, b Kept) bool {
	if !a.Tells() && a.Pin == 0 {
		return false
	}
	if a, b := rank(a), rank(b); a != b {
		return a < b
	}
	return a.ID < b.ID
}

func rank(k Kept) int {
	switch {
	case k.Pin != 0:
		return 0
	case !k.Tells():
		return 3
	case k.Main:
		return 1
	}
	return 2
}

// adopt hangs those later records from a record that fit it better than their parents.
func (x *Index) adopt(ctx context.Context, id ID, keys []Key) error {
	k, err := x.Shelf.Record(ctx, id)
	if err != nil {
		return err
	}
	near, err := x.Shelf.Sharing(ctx, keys, mostOfKey, mostCompared)
	if err != nil {
		return err
	}
	for _, o := range near {
		if o.ID == id || o.Pin != 0 || !precedes(k, o) {
			continue
		}
		s := Score(k.Record, o.Record)
		if s < Threshold || o.Parent != 0 && s < o.Score {
			continue
		}
		if o.Parent != 0 && s == o.Score {
			parent, err := x.Shelf.Record(ctx, o.Parent)
			if err != nil {
				return err
			}
			if !precedes(k, parent) {
				continue
			}
		}
		if err := x.move(ctx, o.ID, id, s); err != nil {
			return err
		}
	}
	return nil
}

// move hangs a record, with all that hangs from it, from a parent, or from none where that is 0.
func (x *Index) move(ctx context.Context, id, parent ID, score float64) error {
	k, err := x.Shelf.Record(ctx, id) // as it is now: trees change
	if err != nil {
		return err
	}
	if k.Parent == parent {
		k.Score = score
		return x.Shelf.Move(ctx, k)
	}
	tree := uint64(0)
	if parent != 0 {
		p, err := x.Shelf.Record(ctx, parent)
		if err != nil {
			return err
		}
		tree = p.Tree
	}
	top := k.Parent == 0
	k.Parent, k.Score = parent, score
	if err := x.Shelf.Move(ctx, k); err != nil {
		return err
	}
	switch {
	case tree == k.Tree:
		return nil
	case tree == 0:
		tree, err := x.fresh(ctx, k.ID)
		if err != nil {
			return err
		}
		return x.paint(ctx, k, tree)
	case top:
		return x.join(ctx, k.Tree, tree)
	}
	return x.paint(ctx, k, tree)
}

// join makes one tree of two. The smaller one is the one that is changed, so that
// a hundred thousand records that come one by one in reverse order cost no more than in order.
func (x *Index) join(ctx context.Context, a, b uint64) error {
	for most := 16; ; most *= 2 {
		inA, err := x.Shelf.Members(ctx, a, most)
		if err != nil {
			return err
		}
		inB, err := x.Shelf.Members(ctx, b, most)
		if err != nil {
			return err
		}
		from, to := inA, b
		if len(inB) < len(inA) {
			from, to = inB, a
		}
		if len(from) == most {
			continue
		}
		for _, k := range from {
			k.Tree = to
			if err := x.Shelf.Move(ctx, k); err != nil {
				return err
			}
		}
		return nil
	}
}

// paint gives k and all that hangs from it a tree.
func (x *Index) paint(ctx context.Context, k Kept, tree uint64) error {
	for next := []Kept{k}; len(next) > 0; {
		k := next[len(next)-1]
		next = next[:len(next)-1]
		k.Tree = tree
		if err := x.Shelf.Move(ctx, k); err != nil {
			return err
		}
		children, err := x.Shelf.Children(ctx, k.ID)
		if err != nil {
			return err
		}
		next = append(next, children...)
	}
	return nil
}

// fresh is a number for a tree that no other has. It begins with the day of a record in it, as IDs do, so
// that what is kept of the trees of the same days lies together.
func (x *Index) fresh(ctx context.Context, of ID) (uint64, error) {
	for {
		tree := max(uint64(of)>>dayBits<<dayBits|rand.Uint64()>>(64-dayBits), 1)
		if some, err := x.Shelf.Members(ctx, tree, 1); err != nil || len(some) == 0 {
			return tree, err
		}
	}
}

func (x *Index) remove(ctx context.Context, k Kept) error {
	k, err := x.Shelf.Record(ctx, k.ID)
	if err != nil {
		return err
	}
	children, err := x.Shelf.Children(ctx, k.ID)
	if err != nil {
		return err
	}
	// First all are cut off, so that none finds a parent by way of what goes.
	for _, c := range children {
		if err := x.move(ctx, c.ID, 0, 0); err != nil {
			return err
		}
	}
	if err := x.Shelf.Remove(ctx, k.ID); err != nil {
		return err
	}
	if k.Pin != 0 {
		if err := x.hold(ctx, k.Pin); err != nil {
			return err
		}
	}
	for _, c := range children {
		if c.Pin != 0 {
			continue
		}
		best, score, err := x.antecedent(ctx, c, Keys(c.Record))
		if err != nil {
			return err
		}
		if best.ID == 0 {
			continue
		}
		if err := x.move(ctx, c.ID, best.ID, score); err != nil {
			return err
		}
	}
	return nil
}

// hold hangs all records with a pin from the first of them.
func (x *Index) hold(ctx context.Context, pin uint64) error {
	held, err := x.Shelf.Pinned(ctx, pin)
	if err != nil || len(held) == 0 {
		return err
	}
	first := slices.MinFunc(held, func(a, b Kept) int { return cmp.Compare(a.ID, b.ID) })
	if err := x.move(ctx, first.ID, 0, 0); err != nil {
		return err
	}
	for _, k := range held {
		if k.ID == first.ID {
			continue
		}
		if err := x.move(ctx, k.ID, first.ID, 0); err != nil {
			return err
		}
	}
	return nil
}

// Members returns the records of the incident that a record belongs to, in the order of Order.
func (x *Index) Members(ctx context.Context, id ID) ([]Kept, error) {
	k, err := x.Shelf.Record(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("incident %v: %w", id, err)
	}
	members, err := x.Shelf.Members(ctx, k.Tree, 0)
	if err != nil {
		return nil, fmt.Errorf("incident %v: %w", id, err)
	}
	if !slices.ContainsFunc(members, Kept.Tells) {
		return nil, fmt.Errorf("incident %v: %w", id, ErrNotFound)
	}
	Order(members)
	return members, nil
}

// Order puts the records of one incident in order: what was corrected by hand first,
// then what articles report, what they mention in passing, and what is about it only, each by ID. The first is
// the one that the incident is called by.
func Order(members []Kept) {
	slices.SortFunc(members, func(a, b Kept) int {
		return cmp.Or(rank(a)-rank(b), cmp.Compare(a.ID, b.ID))
	})
}

// Merge makes one incident of those that the records belong to, and returns its ID. No
// record that is in it now will leave it again, whatever else comes, but by Merge or Split.
func (x *Index) Merge(ctx context.Context, ids ...ID) (ID, error) {
	var all []Kept
	seen := map[uint64]bool{}
	for _, id := range ids {
		members, err := x.Members(ctx, id)
		if err != nil {
			return 0, err
		}
		if seen[members[0].Tree] {
			continue
		}
		seen[members[0].Tree] = true
		all = append(all, members...)
	}
	if len(seen) < 2 {
		return 0, errors.New("merging takes two incidents or more, and these are one")
	}
	return x.pin(ctx, all)
}

// Split takes what some articles tell out of an incident and makes another of it. It returns the
// IDs of what is left and of the other. Neither will lose a record to the other again,
// whatever else comes, but by Merge or Split.
func (x *Index) Split(ctx context.Context, id ID, articles ...string) (rest, out ID, err error) {
	members, err := x.Members(ctx, id)
	if err != nil {
		return 0, 0, err
	}
	var stays, goes []Kept
	for _, k := range members {
		if slices.Contains(articles, k.Article) {
			goes = append(goes, k)
		} else {
			stays = append(stays, k)
		}
	}
	for _, a := range articles {
		if !slices.ContainsFunc(goes, func(k Kept) bool { return k.Article == a }) {
			return 0, 0, fmt.Errorf("article %s tells nothing of incident %v", a, id)
		}
	}
	if len(goes) == 0 || len(stays) == 0 {
		return 0, 0, fmt.Errorf("splitting incident %v: an article has to stay and an article has to go", id)
	}
	if out, err = x.pin(ctx, goes); err != nil {
		return 0, 0, err
	}
	rest, err = x.pin(ctx, stays)
	return rest, out, err
}

// pin puts records together under a pin that no others have.
func (x *Index) pin(ctx context.Context, records []Kept) (ID, error) {
	Order(records)
	ids := make([]ID, len(records))
	for i, k := range records {
		ids[i] = k.ID
	}
	pin := pinOf(ids)
	for _, id := range ids {
		k, err := x.Shelf.Record(ctx, id)
		if err != nil {
			return 0, err
		}
		k.Pin = pin
		if err := x.Shelf.Move(ctx, k); err != nil {
			return 0, err
		}
	}
	if err := x.hold(ctx, pin); err != nil {
		return 0, err
	}
	first := slices.MinFunc(records, func(a, b Kept) int { return cmp.Compare(a.ID, b.ID) })
	return first.ID, nil
}

// pinOf is a pin for a set of records.
func pinOf(ids []ID) uint64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	pin := uint64(14695981039346656037)
	for _, id := range ids {
		pin = (pin ^ uint64(id)) * 1099511628211
		pin ^= pin >> 29
	}
	return max(pin, 1)
}

// Repin gives records the pins named, 0 for none, as if each came anew: what a correction
// by hand put together is gathered as it was without it.
func (x *Index) Repin(ctx context.Context, pins map[ID]uint64) error {
	all := make([]Kept, 0, len(pins))
	for _, id := range slices.Sorted(maps.Keys(pins)) {
		k, err := x.Shelf.Record(ctx, id)
		if err != nil {
			return fmt.Errorf("incident %v: %w", id, err)
		}
		all = append(all, k)
	}
	for _, k := range all {
		if err := x.remove(ctx, k); err != nil {
			return fmt.Errorf("incident %v: %w", k.ID, err)
		}
	}
	for _, k := range all {
		if err := x.put(ctx, Kept{Record: k.Record, ID: k.ID, Pin: pins[k.ID]}); err != nil {
			return fmt.Errorf("incident %v: %w", k.ID, err)
		}
	}
	return nil
}
