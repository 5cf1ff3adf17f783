package incidents

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
)

// Memory is a Shelf in memory. Its zero value is empty. It is not for several
// goroutines at once.
type Memory struct {
	records  map[ID]*shelved
	byKey    map[uint64][]place
	byParent map[ID]set
	byTree   map[uint64]set
	byPin    map[uint64]set
	articles map[string]set
}

type set map[ID]struct{}

type shelved struct {
	Kept
	keys []Key
}

// place is where a record stands under a key: by day, then by ID.
type place struct {
	day int32
	id  ID
}

func (p place) compare(o place) int {
	return cmp.Or(cmp.Compare(p.day, o.day), cmp.Compare(p.id, o.id))
}

var _ Shelf = (*Memory)(nil)

// Sharing implements Shelf.
func (m *Memory) Sharing(_ context.Context, keys []Key, ofKey, most int) ([]Kept, error) {
	count, apart := make(map[ID]int), make(map[ID]int64)
	for _, key := range keys {
		list := m.byKey[key.Hash]
		at, _ := slices.BinarySearchFunc(list, place{day: key.Day}, place.compare)
		for _, p := range list[max(0, at-ofKey):min(len(list), at+ofKey)] {
			days := int64(p.day) - int64(key.Day)
			if days = max(days, -days); days <= int64(key.Within) {
				count[p.id]++
				apart[p.id] = days
			}
		}
	}
	ids := slices.SortedFunc(maps.Keys(count), func(a, b ID) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(apart[a], apart[b]), cmp.Compare(a, b))
	})
	out := make([]Kept, 0, min(len(ids), most))
	for _, id := range ids[:min(len(ids), most)] {
		out = append(out, m.records[id].Kept)
	}
	return out, nil
}

// Record implements Shelf.
func (m *Memory) Record(_ context.Context, id ID) (Kept, error) {
	r, ok := m.records[id]
	if !ok {
		return Kept{}, fmt.Errorf("%v: %w", id, ErrNotFound)
	}
	return r.Kept, nil
}

// Of implements Shelf.
func (m *Memory) Of(_ context.Context, article string) ([]Kept, error) {
	return m.all(m.articles[article]), nil
}

// Children implements Shelf.
func (m *Memory) Children(_ context.Context, parent ID) ([]Kept, error) {
	return m.all(m.byParent[parent]), nil
}

// Members implements Shelf.
func (m *Memory) Members(_ context.Context, tree uint64, most int) ([]Kept, error) {
	s := m.byTree[tree]
	if most == 0 || len(s) <= most {
		return m.all(s), nil
	}
	some := make([]Kept, 0, most)
	for id := range s {
		if some = append(some, m.records[id].Kept); len(some) == most {
			break
		}
	}
	return some, nil
}

// Pinned implements Shelf.
func (m *Memory) Pinned(_ context.Context, pin uint64) ([]Kept, error) {
	return m.all(m.byPin[pin]), nil
}

// Put implements Shelf.
func (m *Memory) Put(_ context.Context, k Kept, keys []Key) error {
	if m.records == nil {
		*m = Memory{map[ID]*shelved{}, map[uint64][]place{}, map[ID]set{}, map[uint64]set{}, map[uint64]set{}, map[string]set{}}
	}
	if _, ok := m.records[k.ID]; ok {
		return fmt.Errorf("there is a record %v already", k.ID)
	}
	r := &shelved{k, slices.Clone(keys)}
	m.records[k.ID] = r
	for _, key := range keys {
		p := place{key.Day, k.ID}
		at, _ := slices.BinarySearchFunc(m.byKey[key.Hash], p, place.compare)
		m.byKey[key.Hash] = slices.Insert(m.byKey[key.Hash], at, p)
	}
	enter(m.articles, k.Article, k.ID)
	m.enter(k)
	return nil
}

// Move implements Shelf.
func (m *Memory) Move(_ context.Context, k Kept) error {
	r, ok := m.records[k.ID]
	if !ok {
		return fmt.Errorf("%v: %w", k.ID, ErrNotFound)
	}
	m.leave(r.Kept)
	r.Parent, r.Score, r.Tree, r.Pin = k.Parent, k.Score, k.Tree, k.Pin
	m.enter(r.Kept)
	return nil
}

// Remove implements Shelf.
func (m *Memory) Remove(_ context.Context, id ID) error {
	r, ok := m.records[id]
	if !ok {
		return fmt.Errorf("%v: %w", id, ErrNotFound)
	}
	for _, key := range r.keys {
		list := m.byKey[key.Hash]
		if at, ok := slices.BinarySearchFunc(list, place{key.Day, id}, place.compare); ok {
			m.byKey[key.Hash] = slices.Delete(list, at, at+1)
		}
		if len(m.byKey[key.Hash]) == 0 {
			delete(m.byKey, key.Hash)
		}
	}
	leave(m.articles, r.Article, id)
	m.leave(r.Kept)
	delete(m.records, id)
	return nil
}

// Incidents returns the records of each incident that something tells of, each in the order of Order, the
// incidents in that of their first records.
func (m *Memory) Incidents() [][]Kept {
	all := make([][]Kept, 0, len(m.byTree))
	for _, s := range m.byTree {
		members := m.all(s)
		if !slices.ContainsFunc(members, Kept.Tells) {
			continue
		}
		Order(members)
		all = append(all, members)
	}
	slices.SortFunc(all, func(a, b []Kept) int { return cmp.Compare(a[0].ID, b[0].ID) })
	return all
}

func (m *Memory) all(s set) []Kept {
	all := make([]Kept, 0, len(s))
	for id := range s {
		all = append(all, m.records[id].Kept)
	}
	return all
}

func (m *Memory) enter(k Kept) {
	enter(m.byTree, k.Tree, k.ID)
	if k.Parent != 0 {
		enter(m.byParent, k.Parent, k.ID)
	}
	if k.Pin != 0 {
		enter(m.byPin, k.Pin, k.ID)
	}
}

func (m *Memory) leave(k Kept) {
	leave(m.byTree, k.Tree, k.ID)
	leave(m.byParent, k.Parent, k.ID)
	leave(m.byPin, k.Pin, k.ID)
}

func enter[K comparable](m map[K]set, key K, id ID) {
	if m[key] == nil {
		m[key] = set{}
	}
	m[key][id] = struct{}{}
}

func leave[K comparable](m map[K]set, key K, id ID) {
	delete(m[key], id)
	if len(m[key]) == 0 {
		delete(m, key)
	}
}
