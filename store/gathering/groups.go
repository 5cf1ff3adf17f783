package gathering

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"hearsay/corpus/copies"
	"hearsay/store"
)

// Groups yields groups of copies: see store.Store's Copies.
func Groups(ctx context.Context, tx Tx, f store.Filter) iter.Seq2[copies.Group, error] {
	return func(yield func(copies.Group, error) bool) {
		g := grouping{tx: tx, shelf: newShelf(tx), filter: f, seen: make(map[int64]bool), found: make(map[int64]copies.Group), left: cmp.Or(f.Limit, math.MaxInt)}
		if err := g.all(ctx, yield); err != nil {
			yield(copies.Group{}, err)
		}
	}
}

// grouping goes through the texts that have copies.
type grouping struct {
	tx     Tx
	shelf  *shelf
	filter store.Filter
	seen   map[int64]bool         // the texts whose links were followed
	found  map[int64]copies.Group // by their numbers: groups whose turn has not come
	left   int                    // groups that may still be yielded
}

// Dated marks a Tx of a home that finds the texts of some days by an index of their numbers: others go
// through the versions, of which they have an index.
type Dated interface {
	Tx
	// OfDays returns a table, its column of numbers and a condition with its arguments for which it has the texts
	// that appeared between two days, or may have, and maybe others. An empty day is no limit.
	OfDays(since, until string) (table, num, condition string, args []any, err error)
}

// How many texts are looked for at first and at most before their groups are made: a
// query is done before another begins.
const (
	fewAtOnce  = 32
	mostAtOnce = 256
)

func (g *grouping) all(ctx context.Context, yield func(copies.Group, error) bool) error {
	text, args, err := g.texts()
	if err != nil {
		return err
	}
	for before, atOnce := cmp.Or(g.filter.Before, int64(math.MaxInt64)), fewAtOnce; ; atOnce = min(2*atOnce, mostAtOnce) {
		var nums []int64
		if err := g.tx.Query(ctx, text, append(slices.Clone(args), before, int64(atOnce)), numbers(&nums)); err != nil {
			return err
		}
		for _, num := range nums {
			if before = num; !g.seen[num] {
				if err := g.around(ctx, num); err != nil {
					return err
				}
			}
			group, ok := g.found[num]
			if !ok {
				continue
			}
			delete(g.found, num)
			if g.left == 0 || !yield(group, nil) {
				return nil
			}
			g.left--
		}
		if len(nums) < atOnce {
			return nil
		}
	}
}

// texts is the statement that finds the texts that have copies and that the filter selects, from the last one on, those before
// some number and no more than some: its last two arguments.
func (g *grouping) texts() (text string, args []any, err error) {
	const (
		all    = `copy_texts c JOIN versions v ON v.num = c.num JOIN articles a ON a.num = v.article`
		dated  = ` CROSS JOIN copy_texts c ON c.num = %s CROSS JOIN versions v ON v.num = c.num CROSS JOIN articles a ON a.num = v.article`
		linked = `(EXISTS (SELECT 1 FROM copy_links l WHERE l.a = c.num) OR EXISTS (SELECT 1 FROM copy_links l WHERE l.b = c.num))`
	)
	f := &g.filter
	from, num, conditions := all, "c.num", []string{linked}
	if f.Since+f.Until != "" {
		if d, ok := g.tx.(Dated); ok {
			table, of, condition, values, err := d.OfDays(f.Since, f.Until)
			if err != nil {
				return "", nil, err
			}
			from = table + fmt.Sprintf(dated, of)
			num, conditions, args = of, []string{condition, linked}, values
		}
	}
	add := func(condition string, values ...any) {
		conditions = append(conditions, condition)
		args = append(args, values...)
	}
	switch {
	case f.Since != "" && f.Until != "":
		add(`(v.first BETWEEN ? AND ? OR v.first <> v.last AND v.first <= ? AND v.last >= ?)`, f.Since, f.Until, f.Until, f.Since)
	case f.Since != "":
		add(`v.last >= ?`, f.Since)
	case f.Until != "":
		add(`v.first <= ?`, f.Until)
	}
	if f.Article != "" {
		add(`a.id = ?`, f.Article)
	}
	return `SELECT c.num FROM ` + from + ` WHERE ` + strings.Join(conditions, " AND ") + ` AND ` + num + ` < ? ORDER BY ` + num + ` DESC LIMIT ?`, args, nil
}

// around finds the groups among the texts to which links lead from one, of those that the filter
// selects. A group's number is that of the last of its texts that the filter selects, so that it
// is the same whichever text it is come upon by.
func (g *grouping) around(ctx context.Context, num int64) error {
	groups, texts, err := g.shelf.groups(ctx, num)
	if err != nil {
		return err
	}
	selected := make(map[string]int64)
	f := &g.filter
	for num, t := range texts {
		g.seen[num] = true
		if (f.Article == "" || f.Article == t.ID) && (f.Since == "" || t.last >= f.Since) && (f.Until == "" || t.first != "" && t.first <= f.Until) {
			selected[t.ID] = num
		}
	}
	for _, group := range groups {
		for _, id := range group.Articles {
			group.Number = max(group.Number, selected[id])
		}
		if group.Number > 0 {
			g.found[group.Number] = group
		}
	}
	return nil
}

// dated is a text without its words, and the days on which it may have appeared.
type dated struct {
	copies.Text
	first, last string
}

// groups returns the groups among the texts to which links lead from some, and these texts.
func (s *shelf) groups(ctx context.Context, from ...int64) ([]copies.Group, map[int64]*dated, error) {
	all, links, err := s.component(ctx, from)
	if err != nil {
		return nil, nil, err
	}
	texts, err := s.dated(ctx, all)
	if err != nil {
		return nil, nil, err
	}
	list := make([]*copies.Text, 0, len(texts))
	for _, t := range texts {
		list = append(list, &t.Text)
	}
	of := make([]copies.Link, len(links))
	for i, l := range links {
		a, b := texts[l.a], texts[l.b]
		if a == nil || b == nil {
			return nil, nil, fmt.Errorf("%w: a link between copies leads nowhere", store.ErrDamaged)
		}
		l.A, l.B = a.ID, b.ID
		of[i] = l.Link
	}
	return copies.Groups(list, of), texts, nil
}

// component returns the texts to which links lead from some, these among them, and the links.
func (s *shelf) component(ctx context.Context, from []int64) (all []int64, links []linkRow, err error) {
	in := make(map[int64]bool)
	for _, num := range from {
		in[num] = true
	}
	has := make(map[[2]int64]bool)
	for next := from; len(next) > 0; {
		all = append(all, next...)
		found, err := s.linksOf(ctx, next)
		if err != nil {
			return nil, nil, err
		}
		next = nil
		for _, l := range found {
			if has[[2]int64{l.a, l.b}] {
				continue
			}
			has[[2]int64{l.a, l.b}] = true
			links = append(links, l)
			for _, other := range [...]int64{l.a, l.b} {
				if !in[other] {
					in[other] = true
					next = append(next, other)
				}
			}
		}
	}
	return all, links, nil
}

// datedText asks for what is known of texts beside their words.
var datedText = `SELECT v.num, a.id, v.published, v.first, v.last FROM versions v JOIN articles a ON a.num = v.article WHERE v.num IN ` + someMarks

func (s *shelf) dated(ctx context.Context, nums []int64) (map[int64]*dated, error) {
	texts := make(map[int64]*dated, len(nums))
	err := inSome(nums, func(args []any) error {
		return s.tx.Query(ctx, datedText, args, func(scan func(...any) error) error {
			var num int64
			t := new(dated)
			var published, first, last *string
			err := scan(&num, &t.ID, &published, &first, &last)
			t.Published, t.first, t.last = value0(published), value0(first), value0(last)
			texts[num] = t
			return err
		})
	})
	return texts, err
}
