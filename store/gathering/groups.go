package gathering

import (
	"cmp"
	"context"
	"iter"
	"math"
	"slices"

	"hearsay/corpus/copies"
	"hearsay/store"
)

// Groups yields groups of copies: see store.Store's Copies.
func Groups(ctx context.Context, tx Tx, f store.Filter) iter.Seq2[copies.Group, error] {
	return func(yield func(copies.Group, error) bool) {
		g := grouping{tx: tx, shelf: newShelf(tx), filter: f, seen: make(map[int64]bool), left: cmp.Or(f.Limit, math.MaxInt)}
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
	seen   map[int64]bool // the texts whose links were followed
	left   int            // groups that may still be yielded
}

// atOnce is how many texts are looked for before their groups are made: a
// query is done before another begins.
const atOnce = 256

func (g *grouping) all(ctx context.Context, yield func(copies.Group, error) bool) error {
	conditions := `(EXISTS (SELECT 1 FROM copy_links l WHERE l.a = c.num) OR EXISTS (SELECT 1 FROM copy_links l WHERE l.b = c.num))`
	var args []any
	for _, of := range [...]struct{ condition, value string }{
		{"v.last >= ?", g.filter.Since}, {"v.first <= ?", g.filter.Until}, {"a.id = ?", g.filter.Article},
	} {
		if of.value != "" {
			conditions += " AND " + of.condition
			args = append(args, of.value)
		}
	}
	text := `SELECT c.num FROM copy_texts c JOIN versions v ON v.num = c.num JOIN articles a ON a.num = v.article WHERE ` + conditions + ` AND c.num < ? ORDER BY c.num DESC LIMIT ?`
	for before := int64(math.MaxInt64); ; {
		var nums []int64
		if err := g.tx.Query(ctx, text, append(slices.Clone(args), before, int64(atOnce)), numbers(&nums)); err != nil {
			return err
		}
		for _, num := range nums {
			if before = num; g.seen[num] {
				continue
			}
			groups, err := g.around(ctx, num)
			if err != nil {
				return err
			}
			for _, group := range groups {
				if g.left == 0 || !yield(group, nil) {
					return nil
				}
				g.left--
			}
		}
		if len(nums) < atOnce {
			return nil
		}
	}
}

// around returns the groups among the texts to which links lead from one, those
// that the filter selects.
func (g *grouping) around(ctx context.Context, num int64) ([]copies.Group, error) {
	all, links, err := g.shelf.component(ctx, num)
	if err != nil {
		return nil, err
	}
	for _, num := range all {
		g.seen[num] = true
	}
	texts, selected, err := g.texts(ctx, all)
	if err != nil {
		return nil, err
	}
	ids := make(map[int64]string, len(texts))
	list := make([]*copies.Text, 0, len(texts))
	for num, t := range texts {
		ids[num] = t.ID
		list = append(list, t)
	}
	of := make([]copies.Link, len(links))
	for i, l := range links {
		l.A, l.B = ids[l.a], ids[l.b]
		of[i] = l.Link
	}
	return slices.DeleteFunc(copies.Groups(list, of), func(group copies.Group) bool {
		return !slices.ContainsFunc(group.Articles, func(id string) bool { return selected[id] })
	}), nil
}

// component returns the texts to which links lead from one, and these links.
func (s *shelf) component(ctx context.Context, num int64) (all []int64, links []linkRow, err error) {
	in := map[int64]bool{num: true}
	has := make(map[[2]int64]bool)
	for next := []int64{num}; len(next) > 0; {
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

// metaOf asks for what is known of texts beside their words.
var metaOf = `SELECT v.num, a.id, v.published, v.first, v.last FROM versions v JOIN articles a ON a.num = v.article WHERE v.num IN ` + someMarks

// texts returns texts without their words, and which of them the filter selects.
func (g *grouping) texts(ctx context.Context, nums []int64) (map[int64]*copies.Text, map[string]bool, error) {
	texts := make(map[int64]*copies.Text, len(nums))
	selected := make(map[string]bool)
	f := &g.filter
	err := inSome(nums, func(args []any) error {
		return g.tx.Query(ctx, metaOf, args, func(scan func(...any) error) error {
			var num int64
			t := new(copies.Text)
			var published, first, last *string
			if err := scan(&num, &t.ID, &published, &first, &last); err != nil {
				return err
			}
			t.Published = value0(published)
			texts[num] = t
			if (f.Article == "" || f.Article == t.ID) && (f.Since == "" || last != nil && *last >= f.Since) && (f.Until == "" || first != nil && *first <= f.Until) {
				selected[t.ID] = true
			}
			return nil
		})
	})
	return texts, selected, err
}
