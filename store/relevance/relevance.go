// Package relevance puts what a search finds in the order of how well it matches, the same for
// every home of a store.
//
// In a large store millions of claims may have a frequent word. So only the newest finds are compared, some hundreds
// or a thousand: of these the best come first, and what is older follows from the newest on.
// They are compared by BM25 (Robertson and Zaragoza 2009), with the finds that are compared for the collection: what has
// the rarer of the words looked for, has them often, and is short.
package relevance

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"

	"hearsay/facts/words"
	"hearsay/store"
	"hearsay/store/query"
)

// How many finds are compared: claims, and articles by the passages that a search shows of them.
const (
	mostClaims = 1000
	mostHits   = 250
)

// Claims yields the claims that match a query by how well they do. Newest asks a home for them, the newest first.
func Claims(text string, f store.Filter, newest func(store.Filter) iter.Seq2[*store.Claim, error]) iter.Seq2[*store.Claim, error] {
	return ordered(text, f, newest, mostClaims, func(c *store.Claim) string { return c.Content })
}

// Hits yields articles as Claims does claims, by their titles and the passages where most of the words stand.
func Hits(text string, f store.Filter, newest func(store.Filter) iter.Seq2[*store.Hit, error]) iter.Seq2[*store.Hit, error] {
	return ordered(text, f, newest, mostHits, func(h *store.Hit) string { return h.Title + "\n" + h.Snippet })
}

func ordered[T any](text string, f store.Filter, newest func(store.Filter) iter.Seq2[T, error], most int, words func(T) string) iter.Seq2[T, error] {
	limit := f.Limit
	if f.Order = store.Newest; limit > 0 {
		f.Limit = max(limit, most)
	}
	q, err := query.Parse(text)
	if err != nil {
		return newest(f) // which says so
	}
	return Best(q, newest(f), most, limit, words)
}

// longest is how many bytes of a find are looked at.
const longest = 4096

// Best yields what a search finds, the newest first, with those that come first, no more than most, in the order of how well they
// match the query; of those that match as well, the one that came before. Limit is how many are wanted,
// 0 for all: found has to have the larger of most and limit. Text gives the words of a find.
func Best[T any](q query.Expr, found iter.Seq2[T, error], most, limit int, text func(T) string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		left := cmp.Or(limit, math.MaxInt)
		var first []T
		pass := func(v T) bool {
			left--
			return yield(v, nil) && left > 0
		}
		ranked := func() bool {
			for _, v := range inOrder(q, first, text) {
				if !pass(v) {
					return false
				}
			}
			return true
		}
		n := 0
		for v, err := range found {
			if err != nil {
				yield(v, err)
				return
			}
			if n++; n <= most {
				first = append(first, v)
				if n == most && !ranked() {
					return
				}
			} else if !pass(v) {
				return
			}
		}
		if n < most {
			ranked()
		}
	}
}

// inOrder returns finds in the order of how well they match.
func inOrder[T any](q query.Expr, found []T, text func(T) string) []T {
	r := ranker{of: make(map[uint64]int)}
	r.want(q)
	seen := make([]counts, len(found))
	for i, v := range found {
		seen[i] = r.count(text(v))
	}
	weights := r.weigh(seen)
	type scored struct {
		found T
		score float64
	}
	list := make([]scored, len(found))
	for i, v := range found {
		list[i] = scored{v, seen[i].score(weights)}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	out := make([]T, len(found))
	for i := range list {
		out[i] = list[i].found
	}
	return out
}

// ranker counts the words that are looked for.
type ranker struct {
	reader words.Reader
	of     map[uint64]int // words by their terms
	begun  []string       // beginnings of words, the numbers of which follow those of words
}

// want takes the words of a query, but for those that are not to be there.
func (r *ranker) want(e query.Expr) {
	for _, o := range e.Of {
		r.want(o)
	}
	if e.Op != query.Term {
		return
	}
	list := r.reader.Read(e.Words)
	for i, w := range list {
		if form := strings.ToLower(e.Words[w.Start:w.End]); e.Prefix && i == len(list)-1 {
			if !slices.Contains(r.begun, form) {
				r.begun = append(r.begun, form)
			}
		} else if _, ok := r.of[w.Term]; !ok {
			r.of[w.Term] = len(r.of)
		}
	}
}

// counts is how often each word that is looked for stands in a text.
type counts struct {
	words  []int
	length float64 // words, of an average text 1
}

func (r *ranker) count(text string) counts {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	c := counts{words: make([]int, len(r.of)+len(r.begun))}
	list := r.reader.Read(text)
	for _, w := range list {
		if i, ok := r.of[w.Term]; ok {
			c.words[i]++
		}
		for i, begun := range r.begun {
			if form := text[w.Start:w.End]; len(form) >= len(begun) && strings.EqualFold(form[:len(begun)], begun) {
				c.words[len(r.of)+i]++
			}
		}
	}
	c.length = float64(len(list))
	return c
}

// weigh returns what each word counts, and brings lengths to that of an average text.
func (r *ranker) weigh(all []counts) []float64 {
	with := make([]int, len(r.of)+len(r.begun))
	total := 0.0
	for _, c := range all {
		total += c.length
		for i, n := range c.words {
			if n > 0 {
				with[i]++
			}
		}
	}
	for i := range all {
		all[i].length *= float64(len(all)) / max(total, 1)
	}
	weights := make([]float64, len(with))
	for i, n := range with {
		weights[i] = math.Log(1 + (float64(len(all)-n)+0.5)/(float64(n)+0.5))
	}
	return weights
}

func (c *counts) score(weights []float64) (s float64) {
	const k, b = 1.2, 0.75
	for i, n := range c.words {
		often := float64(n)
		s += weights[i] * often * (k + 1) / (often + k*(1-b+b*c.length))
	}
	return s
}
