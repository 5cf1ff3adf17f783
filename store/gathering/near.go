package gathering

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"hearsay/corpus/incidents"
)

// hit is a record that has a key.
type hit struct{ day, id int64 }

// side is the days of a key and later ones, or those before.
type side int

const (
	onward side = iota
	backward
)

// stretch is a part of the keys of one hash, on one side of a day.
type stretch struct {
	key  int
	args []any
}

// near returns the ids of the records that share keys, which are of one day, as incidents.Shelf wants them.
func (s *records) near(ctx context.Context, keys []incidents.Key, ofKey, most int) ([]int64, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	day := int64(keys[0].Day)
	var placed, waiting [2][]stretch
	for i, k := range keys {
		hash := int64(k.Hash)
		low, high := max(day-int64(k.Within), math.MinInt32), min(day+int64(k.Within), math.MaxInt32)
		first, last := k.Spans()
		for span := k.Span(); span <= last; span++ {
			placed[onward] = append(placed[onward], stretch{i, []any{int64(span), hash, day, high}})
		}
		for span := first; span <= k.Span(); span++ {
			placed[backward] = append(placed[backward], stretch{i, []any{int64(span), hash, low, day}})
		}
		waiting[onward] = append(waiting[onward], stretch{i, []any{hash, day, high}})
		waiting[backward] = append(waiting[backward], stretch{i, []any{hash, low, day}})
	}
	var hits [2][][]hit
	hits[onward], hits[backward] = make([][]hit, len(keys)), make([][]hit, len(keys))
	if err := s.along(ctx, "incident_keys", "span = ? AND hash = ?", placed, ofKey, &hits); err != nil {
		return nil, err
	}
	if s.keys != nil {
		if err := s.keys.sync(ctx); err != nil {
			return nil, err
		}
		if err := s.along(ctx, "temp.incident_waiting", "hash = ?", waiting, ofKey, &hits); err != nil {
			return nil, err
		}
	}
	count, near := make(map[int64]int), make(map[int64]int64)
	for i := range keys {
		slices.SortFunc(hits[onward][i], func(a, b hit) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.id, b.id)) })
		slices.SortFunc(hits[backward][i], func(a, b hit) int { return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(b.id, a.id)) })
		for of := range hits {
			of := hits[of][i]
			for _, h := range of[:min(len(of), ofKey)] {
				far := max(h.day-day, day-h.day)
				if n, ok := near[h.id]; !ok || far < n {
					near[h.id] = far
				}
				count[h.id]++
			}
		}
	}
	ids := slices.SortedFunc(maps.Keys(count), func(a, b int64) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(near[a], near[b]), cmp.Compare(a, b))
	})
	return ids[:min(len(ids), most)], nil
}

// along adds what lies along some stretches of a table to the hits of their keys.
func (s *records) along(ctx context.Context, table, condition string, stretches [2][]stretch, ofKey int, hits *[2][][]hit) error {
	size := 8 // of a few sizes, so that there are few statements
	for n := max(len(stretches[onward]), len(stretches[backward])); size < n; size += max(8, size/4&^7) {
	}
	var args []any
	for of := range stretches {
		for _, st := range stretches[of] {
			args = append(args, st.args...)
		}
		args = append(args, make([]any, (size-len(stretches[of]))*len(stretches[of][0].args))...)
	}
	return s.tx.Query(ctx, s.texts.text(table, condition, size, ofKey), args, func(scan func(...any) error) error {
		var n int
		var h hit
		if err := scan(&n, &h.day, &h.id); err != nil {
			return err
		}
		of, n := n/size, n%size
		key := stretches[of][n].key
		hits[of][key] = append(hits[of][key], h)
		return nil
	})
}

// nearby are the statements that look along stretches, by their table, how many stretches they have on each
// side, and how many records are wanted of each.
type nearby map[nearbyOf]string

type nearbyOf struct {
	table       string
	size, ofKey int
}

func (t nearby) text(table, condition string, size, ofKey int) string {
	at := nearbyOf{table, size, ofKey}
	if text := t[at]; text != "" {
		return text
	}
	var b strings.Builder
	for of, rest := range [...]string{onward: "day <= ? ORDER BY day, id", backward: "day < ? ORDER BY day DESC, id DESC"} {
		for i := range size {
			if b.Len() > 0 {
				b.WriteString(" UNION ALL ")
			}
			fmt.Fprintf(&b, `SELECT %d, day, id FROM (SELECT day, id FROM %s WHERE %s AND day >= ? AND %s LIMIT %d) AS s`, of*size+i, table, condition, rest, ofKey)
		}
	}
	t[at] = b.String()
	return t[at]
}
