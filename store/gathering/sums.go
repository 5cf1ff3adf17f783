package gathering

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"hearsay/corpus/incidents"
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
const noDay = math.MaxInt32

// sumOf sums up the records of one incident, which are in order.
func (s *records) sumOf(members []incidents.Kept) sum {
	n := incidents.Sum(members, nil)
	of := sum{id: members[0].ID, day: noDay, kind: string(n.Type), articles: int64(n.Support.Articles)}
	if d := edtf.Parse(n.Date); d.Known {
		of.first, of.last = number(d.First), number(d.Last)
		of.day = -*of.last
	}
	if n.Place != nil {
		of.place, of.country = n.Place.Name, n.Place.Country
	}
	for _, k := range members {
		if !k.Main {
			continue
		}
		of.said |= s.seen[k.ID].said
		if d := edtf.Parse(k.Published); d.Known {
			if of.publishedFirst == nil {
				of.publishedFirst, of.publishedLast = number(d.First), number(d.Last)
			}
			*of.publishedFirst, *of.publishedLast = min(*of.publishedFirst, int64(d.First)), max(*of.publishedLast, int64(d.Last))
		}
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

// sumUp brings the rows of the trees that have changed up to date.
func (s *records) sumUp(ctx context.Context) error {
	for _, tree := range slices.Sorted(maps.Keys(s.dirty)) {
		members, err := s.Members(ctx, tree, 0)
		if err != nil {
			return err
		}
		var now *sum
		if slices.ContainsFunc(members, incidents.Kept.Tells) {
			incidents.Order(members)
			v := s.sumOf(members)
			now = &v
		}
		var was *sum
		err = s.tx.Query(ctx, `SELECT `+sumColumns+` FROM incident_sums WHERE tree = ?`, []any{int64(tree)}, func(scan func(...any) error) error {
			v, err := scanSum(scan)
			was = &v
			return err
		})
		if err != nil {
			return err
		}
		if err := s.putSum(ctx, int64(tree), was, now); err != nil {
			return err
		}
	}
	clear(s.dirty)
	return nil
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
