package copies

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Shelf is where an Index keeps its texts: in memory, or in a store.
type Shelf interface {
	// Sharing returns texts, of which the bodies may be left out, that have some of the keys, at least as many
	// as least says, those that have most of them first and of these the one put last;
	// no more than most. Of a key that very many texts have it need look at no more than the last 64.
	Sharing(ctx context.Context, keys []uint64, least, most int) ([]Text, error)
	// Text returns a text that was put.
	Text(ctx context.Context, id string) (*Text, error)
	// Put keeps a text with its keys and with its links to texts put before.
	Put(ctx context.Context, t *Text, keys []uint64, links []Link) error
	// Links returns the links of a text, to those put before it and after it.
	Links(ctx context.Context, id string) ([]Link, error)
}

// mostCompared is how many texts a new one is compared with at most: those that
// have most in common with it. A story in more copies than that is still one group,
// since each copy is linked with some.
const mostCompared = 48

// LeastShared is how many keys a text must have in common with another to be
// compared with it, where it has as many. One they may have by chance: among a
// million texts it would bring as many as can be looked at.
const LeastShared = 2

// mostBytes is how much text a new one is compared with at most, beside what has
// most in common with it: several very long texts would take minutes.
const mostBytes = 8 << 20

// Index finds the copies among texts that come one by one.
type Index struct{ Shelf Shelf }

// Add puts a text on the shelf and returns its links to the texts there, in the order of the
// others' IDs. A text with the ID of another is for the shelf to refuse.
func (x *Index) Add(ctx context.Context, t *Text) ([]Link, error) {
	w := NewWords(t.Body)
	return x.AddWords(ctx, t, w, w.Keys())
}

// AddWords is Add for a text whose words and keys are at hand.
func (x *Index) AddWords(ctx context.Context, t *Text, w *Words, keys []uint64) ([]Link, error) {
	near, err := x.Shelf.Sharing(ctx, keys, min(len(keys), LeastShared), mostCompared)
	if err != nil {
		return nil, fmt.Errorf("looking for texts like %s: %w", t.ID, err)
	}
	var links []Link
	looked := 0
	of := newcomer{text: t}
	for i := range near {
		if looked > mostBytes {
			break
		}
		if !of.mayLink(&near[i]) {
			continue
		}
		other, err := x.Shelf.Text(ctx, near[i].ID)
		if err != nil {
			return nil, fmt.Errorf("comparing %s with %s: %w", t.ID, near[i].ID, err)
		}
		looked += len(other.Body)
		// Which of two texts is the first to be cut into passages changes them
		// a little: it must not depend on the order in which they came.
		first, second, words, others := other, t, NewWords(other.Body), w
		if t.ID < other.ID {
			first, second, words, others = t, other, w, words
		}
		if l, ok := NewLink(first, second, Compare(words, others)); ok {
			links = append(links, l)
		}
	}
	slices.SortFunc(links, byIDs)
	if err := x.Shelf.Put(ctx, t, keys, links); err != nil {
		return nil, fmt.Errorf("keeping %s: %w", t.ID, err)
	}
	return links, nil
}

func byIDs(a, b Link) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) }

// Group returns the group of copies that a text on the shelf belongs to. It is
// reported not to exist where the text has no copy.
func (x *Index) Group(ctx context.Context, id string) (Group, bool, error) {
	var texts []*Text
	var links []Link
	seen := map[string]bool{id: true}
	for next := []string{id}; len(next) > 0; next = next[1:] {
		t, err := x.Shelf.Text(ctx, next[0])
		if err != nil {
			return Group{}, false, fmt.Errorf("the copies of %s: %w", id, err)
		}
		texts = append(texts, t)
		of, err := x.Shelf.Links(ctx, next[0])
		if err != nil {
			return Group{}, false, fmt.Errorf("the copies of %s: %w", id, err)
		}
		for _, l := range of {
			if l.A == next[0] {
				links = append(links, l) // each link once
			}
			for _, other := range [...]string{l.A, l.B} {
				if !seen[other] {
					seen[other] = true
					next = append(next, other)
				}
			}
		}
	}
	for _, g := range Groups(texts, links) {
		if slices.Contains(g.Articles, id) {
			return g, true, nil
		}
	}
	return Group{}, false, nil
}

// Memory is a Shelf in memory. Its zero value is empty. It is not for several
// goroutines at once.
type Memory struct {
	texts []*Text
	byID  map[string]int
	byKey map[uint64][]int32
	links map[string][]Link
}

var _ Shelf = (*Memory)(nil)

// mostOfKey is how many texts are looked at of those that have one key.
const mostOfKey = 64

// Sharing implements Shelf.
func (s *Memory) Sharing(_ context.Context, keys []uint64, least, most int) ([]Text, error) {
	count := make(map[int32]int)
	for _, k := range keys {
		with := s.byKey[k]
		for _, i := range with[max(0, len(with)-mostOfKey):] {
			count[i]++
		}
	}
	found := make([]int32, 0, len(count))
	for i, n := range count {
		if n < least {
			continue
		}
		found = append(found, i)
	}
	slices.SortFunc(found, func(a, b int32) int { return cmp.Or(count[b]-count[a], int(b-a)) })
	var near []Text
	for _, i := range found[:min(len(found), most)] {
		near = append(near, *s.texts[i])
	}
	return near, nil
}

// Text implements Shelf.
func (s *Memory) Text(_ context.Context, id string) (*Text, error) {
	i, ok := s.byID[id]
	if !ok {
		return nil, fmt.Errorf("there is no text %s", id)
	}
	return s.texts[i], nil
}

// Put implements Shelf. It refuses a text whose ID another has.
func (s *Memory) Put(_ context.Context, t *Text, keys []uint64, links []Link) error {
	if s.byID == nil {
		s.byID, s.byKey, s.links = map[string]int{}, map[uint64][]int32{}, map[string][]Link{}
	}
	if _, ok := s.byID[t.ID]; ok {
		return fmt.Errorf("there is a text %s already", t.ID)
	}
	s.byID[t.ID] = len(s.texts)
	for _, k := range keys {
		s.byKey[k] = append(s.byKey[k], int32(len(s.texts)))
	}
	s.texts = append(s.texts, t)
	for _, l := range links {
		s.links[l.A], s.links[l.B] = append(s.links[l.A], l), append(s.links[l.B], l)
	}
	return nil
}

// Links implements Shelf.
func (s *Memory) Links(_ context.Context, id string) ([]Link, error) { return s.links[id], nil }

// Groups returns all groups of copies on the shelf.
func (s *Memory) Groups() []Group {
	var links []Link
	for _, t := range s.texts {
		for _, l := range s.links[t.ID] {
			if l.A == t.ID {
				links = append(links, l)
			}
		}
	}
	return Groups(s.texts, links)
}
