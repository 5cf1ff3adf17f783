package gathering

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"hearsay/corpus/incidents"
	"hearsay/store"
	"hearsay/text/edtf"
)

// sum is a row of incident_sums: what an incident can be found by.
type sum struct {
	id                            incidents.ID
	day                           int64 // see noDay
	first, last                   *int64
	kind, place, country          string
	articles, said                int64
	publishedFirst, publishedLast *int64
}

// noDay is the day of an incident that has none. Others have their last day, negated, so
// that they come from the newest to the oldest.
const noDay = store.NoDay

// summing makes the row of an incident of its records, in any order.
type summing struct {
	tally    incidents.Tally
	articles int64 // whose records are counted below
	said     int64
	first    *int64 // the days between which they appeared
	last     *int64
}

// add counts one more record of the incident. Said is in what ways its article speaks of it.
func (s *summing) add(k incidents.Kept, said int64) {
	s.tally.Add(k)
	if !k.Main {
		return
	}
	s.articles++ // an article has one main record
	s.said |= said
	if d := edtf.Parse(k.Published); d.Known {
		if s.first == nil {
			s.first, s.last = number(d.First), number(d.Last)
		}
		s.first, s.last = number(int32(min(*s.first, int64(d.First)))), number(int32(max(*s.last, int64(d.Last))))
	}
}

// sum is the row.
func (s *summing) sum() sum {
	of := sum{id: s.tally.ID(), day: noDay, kind: string(s.tally.Type()), articles: s.articles, said: s.said, publishedFirst: s.first, publishedLast: s.last}
	if d := edtf.Parse(s.tally.Date()); d.Known {
		of.first, of.last = number(d.First), number(d.Last)
		of.day = -*of.last
	}
	p := s.tally.Place()
	if of.place = p.Name; of.place != "" {
		of.country = p.Country
	}
	return of
}

// summingOf has counted the records of one incident.
func (s *records) summingOf(members []incidents.Kept) *summing {
	of := new(summing)
	for _, k := range members {
		of.add(k, s.seen[k.ID].said)
	}
	return of
}

func number(n int32) *int64 {
	v := int64(n)
	return &v
}

// values are what stands in the row, but for the tree.
func (s *sum) values() []any {
	optional := func(v *int64) any {
		if v == nil {
			return nil
		}
		return *v
	}
	known := func(v string) any {
		if v == "" {
			return nil
		}
		return v
	}
	return []any{signed(s.id), s.day, optional(s.first), optional(s.last), s.kind, known(s.place), known(s.country), s.articles, s.said,
		optional(s.publishedFirst), optional(s.publishedLast)}
}

const sumColumns = `id, day, first, last, type, place, country, articles, said, published_first, published_last`

// scanSum reads sumColumns.
func scanSum(scan func(...any) error, others ...any) (s sum, err error) {
	var id int64
	var place, country *string
	err = scan(append(others, &id, &s.day, &s.first, &s.last, &s.kind, &place, &country, &s.articles, &s.said, &s.publishedFirst, &s.publishedLast)...)
	s.id, s.place, s.country = unsigned(id), value0(place), value0(country)
	return s, err
}

// tallied is how many articles report an incident at least whose tally is kept: to read it
// and write it back is less work then than to read all its records again.
const tallied = 16

// change is what has happened to a tree.
type change struct {
	added []incidents.Kept // nothing else, if not
	lost  bool             // it has lost records, or their order is another
}

// changed returns what has happened to a tree so far.
func (s *records) changed(tree uint64) *change {
	c := s.dirty[tree]
	if c == nil {
		c = new(change)
		s.dirty[tree] = c
	}
	return c
}

// sumUp brings the rows of the trees that have changed up to date.
func (s *records) sumUp(ctx context.Context) error {
	for _, tree := range slices.Sorted(maps.Keys(s.dirty)) {
		if err := s.sumUpTree(ctx, int64(tree), s.dirty[tree]); err != nil {
			return err
		}
	}
	clear(s.dirty)
	return nil
}

func (s *records) sumUpTree(ctx context.Context, tree int64, c *change) error {
	var was *sum
	err := s.tx.Query(ctx, `SELECT `+sumColumns+` FROM incident_sums WHERE tree = ?`, []any{tree}, func(scan func(...any) error) error {
		v, err := scanSum(scan)
		was = &v
		return err
	})
	if err != nil {
		return err
	}
	var of *summing
	kept := false // a tally
	if was != nil && was.articles >= tallied {
		if of, err = s.tally(ctx, tree, was); err != nil {
			return err
		}
		kept = of != nil
	}
	switch {
	case kept && !c.lost:
		for _, k := range c.added {
			of.add(k, s.seen[k.ID].said)
		}
	default:
		members, err := s.Members(ctx, uint64(tree), 0)
		if err != nil {
			return err
		}
		if of = nil; slices.ContainsFunc(members, incidents.Kept.Tells) {
			of = s.summingOf(members)
		}
	}
	if err := s.putTally(ctx, tree, kept, of); err != nil {
		return err
	}
	if of == nil {
		return s.putSum(ctx, tree, was, nil)
	}
	now := of.sum()
	return s.putSum(ctx, tree, was, &now)
}

// tally returns what was counted of a tree with its row, or nil where no tally is kept.
func (s *records) tally(ctx context.Context, tree int64, row *sum) (of *summing, err error) {
	err = s.tx.Query(ctx, `SELECT tally FROM incident_tallies WHERE tree = ?`, []any{tree}, func(scan func(...any) error) error {
		var encoded []byte
		if err := scan(&encoded); err != nil {
			return err
		}
		of = &summing{articles: row.articles, said: row.said, first: row.publishedFirst, last: row.publishedLast}
		if err := of.tally.UnmarshalBinary(encoded); err != nil {
			return fmt.Errorf("%w: how often something is told of an incident cannot be read: %v", store.ErrDamaged, err)
		}
		return nil
	})
	return of, err
}

// putTally keeps a tally where it is worth it, in the place of one that is there if kept.
func (s *records) putTally(ctx context.Context, tree int64, kept bool, of *summing) error {
	if of == nil || of.articles < tallied {
		if !kept {
			return nil
		}
		return s.tx.Exec(ctx, `DELETE FROM incident_tallies WHERE tree = ?`, tree)
	}
	encoded, err := of.tally.MarshalBinary()
	if err != nil {
		return err
	}
	if kept {
		return s.tx.Exec(ctx, `UPDATE incident_tallies SET tally = ? WHERE tree = ?`, encoded, tree)
	}
	return s.tx.Exec(ctx, `INSERT INTO incident_tallies (tree, tally) VALUES (?, ?)`, tree, encoded)
}

// putSum puts a row in the place of another; nil is none.
func (s *records) putSum(ctx context.Context, tree int64, was, now *sum) error {
	if was != nil && now != nil && slices.Equal(was.values(), now.values()) {
		return nil
	}
	before, after := []string(nil), []string(nil)
	if was != nil {
		before = wordsOf(was)
		if err := s.tx.Exec(ctx, `DELETE FROM incident_sums WHERE tree = ?`, tree); err != nil {
			return err
		}
	}
	if now != nil {
		after = wordsOf(now)
		if err := s.tx.Exec(ctx, `INSERT INTO incident_sums (tree, `+sumColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append([]any{tree}, now.values()...)...); err != nil {
			return err
		}
	}
	for _, w := range before {
		if !slices.Contains(after, w) {
			if err := s.tx.Exec(ctx, `DELETE FROM incident_places WHERE word = ? AND tree = ?`, w, tree); err != nil {
				return err
			}
		}
	}
	for _, w := range after {
		if !slices.Contains(before, w) {
			if err := s.tx.Exec(ctx, `INSERT INTO incident_places (word, tree) VALUES (?, ?)`, w, tree); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostWords is how many words of a place's name it can be found by.
const mostWords = 16

// wordsOf are the words by which an incident's place is found.
func wordsOf(s *sum) []string {
	all := words(s.place)
	return all[:min(len(all), mostWords)]
}

// words are the words of a name, each once, in small letters and without accents.
func words(name string) []string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), strings.ToLower(name))
	if err != nil {
		plain = strings.ToLower(name)
	}
	all := strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	slices.Sort(all)
	return slices.Compact(all)
}
