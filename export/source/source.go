// Package source gets what is to be exported out of a store, or out of ledgers
// as hearsay read prints them.
package source

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"hearsay/article"
	"hearsay/corpus/incidents"
	"hearsay/export"
	"hearsay/ledger"
	"hearsay/store"
)

// Articles yields the articles of a store that a filter selects. Where the query
// or the filter selects claims, they are the articles with such a claim, that added last
// first, each with the claims selected; else all articles in the order in which they were added.
// An article that is removed meanwhile is left out. The order and limit of f do not count.
func Articles(ctx context.Context, s store.Store, query string, f store.Filter) iter.Seq2[*export.Article, error] {
	f.Order, f.Limit = store.Newest, 0
	if query == "" && f == (store.Filter{Since: f.Since, Until: f.Until, Article: f.Article}) {
		return whole(ctx, s, f)
	}
	return func(yield func(*export.Article, error) bool) {
		id, claims := "", map[string]bool(nil)
		send := func() bool {
			if claims == nil {
				return true
			}
			a, err := one(ctx, s, id)
			if a != nil {
				a.Claims = claims
			}
			return a == nil && err == nil || yield(a, err)
		}
		for c, err := range s.Claims(ctx, query, f) {
			if err != nil {
				yield(nil, err)
				return
			}
			if c.Article != id || claims == nil {
				if !send() {
					return
				}
				id, claims = c.Article, map[string]bool{}
			}
			claims[c.ID] = true
		}
		send()
	}
}

func whole(ctx context.Context, s store.Store, f store.Filter) iter.Seq2[*export.Article, error] {
	return func(yield func(*export.Article, error) bool) {
		for found, err := range s.Articles(ctx, f) {
			if err != nil {
				yield(nil, err)
				return
			}
			a, err := one(ctx, s, found.ID)
			if a == nil && err == nil {
				continue
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// one returns an article of a store, nil if it is not there any more.
func one(ctx context.Context, s store.Store, id string) (*export.Article, error) {
	a, l, err := s.Article(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return Of(a, l), nil
}

// Of is an article of a store with its ledger, in which what only the store knows is filled in.
func Of(a *store.Article, l *ledger.Ledger) *export.Article {
	d := &l.Document
	d.ID, d.URL, d.Title = cmp.Or(d.ID, a.ID), cmp.Or(d.URL, a.Article.URL), cmp.Or(d.Title, a.Article.Title)
	d.Published, d.Site = cmp.Or(d.Published, a.Article.Published), cmp.Or(d.Site, a.Article.Site)
	return &export.Article{ID: a.ID, Ledger: l}
}

// mostAddresses is how many addresses are remembered at a time.
const mostAddresses = 4096

// Incidents yields incidents of a store as they are exported; with first they come
// with what the article that they are called after tells of them.
func Incidents(ctx context.Context, s store.Store, all iter.Seq2[*incidents.Incident, error], first bool) iter.Seq2[*export.Incident, error] {
	return func(yield func(*export.Incident, error) bool) {
		addresses := make(map[string]string)
		var failed error // of looking up an address
		address := func(id string) string {
			u, ok := addresses[id]
			if !ok && failed == nil {
				a, _, err := s.Article(ctx, id)
				if err == nil {
					u = a.Article.URL
				} else if !errors.Is(err, store.ErrNotFound) {
					failed = err
				}
				if len(addresses) == mostAddresses {
					clear(addresses)
				}
				addresses[id] = u
			}
			return u
		}
		for n, err := range all {
			if err != nil {
				yield(nil, err)
				return
			}
			x := &export.Incident{Incident: n, URL: address}
			if first {
				if err := begin(ctx, s, x); err != nil {
					yield(nil, err)
					return
				}
			}
			if !yield(x, nil) {
				return
			}
			if failed != nil {
				yield(nil, failed)
				return
			}
		}
	}
}

// begin finds what the article tells whose record an incident is called after:
// it is the first to report it or the first to mention it.
func begin(ctx context.Context, s store.Store, n *export.Incident) error {
	for _, list := range [...][]string{n.Articles, n.Mentioned} {
		if len(list) == 0 {
			continue
		}
		a, err := one(ctx, s, list[0])
		if err != nil {
			return err
		}
		if a == nil {
			continue
		}
		for i := range a.Ledger.Incidents {
			if told := &a.Ledger.Incidents[i]; incidents.IDOf(a.Ledger.Document.Published, a.ID, told.ID).String() == n.ID {
				n.First, n.In = told, a
				return nil
			}
		}
	}
	return nil
}

// InArticle are the incidents that an article tells of, each by itself: as what the
// only article of a store would tell.
func InArticle(a *export.Article) []*export.Incident {
	var out []*export.Incident
	for _, r := range incidents.Records(a.ID, a.Ledger) {
		if !r.Tells() {
			continue
		}
		n := &export.Incident{Incident: incidents.Sum([]incidents.Kept{{Record: &r, ID: r.ID()}}, nil), URL: func(string) string { return a.Ledger.Document.URL }}
		for i := range a.Ledger.Incidents {
			if a.Ledger.Incidents[i].ID == r.Local {
				n.First, n.In = &a.Ledger.Incidents[i], a
			}
		}
		out = append(out, n)
	}
	return out
}

// maxLedger is the length of the longest ledger that is read, in bytes.
const maxLedger = 256 << 20

// Ledgers yields the ledgers in r, one after the other with or without line breaks
// between them. A failure record, and a ledger whose spans are not in its text, is
// yielded as an error with what comes after it still to follow; an error that
// wraps ErrUnreadable is the last.
func Ledgers(r io.Reader) iter.Seq2[*export.Article, error] { return ledgers(r, maxLedger) }

// ledgers is Ledgers of which none is longer than most bytes.
func ledgers(r io.Reader, most int) iter.Seq2[*export.Article, error] {
	return func(yield func(*export.Article, error) bool) {
		in := &limited{r: r, most: most}
		d := json.NewDecoder(in)
		for n := 1; ; n++ {
			in.left = most
			var value json.RawMessage
			err := d.Decode(&value)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("ledger %d: %w: %w", n, ErrUnreadable, err))
				return
			}
			l := new(ledger.Ledger)
			if err := l.UnmarshalJSON(value); err != nil {
				if !yield(nil, fmt.Errorf("ledger %d: %w", n, err)) {
					return
				}
				continue
			}
			doc := &l.Document
			if !yield(&export.Article{ID: store.ID(&article.Article{ID: doc.ID, URL: doc.URL, Text: doc.Text}), Ledger: l}, nil) {
				return
			}
		}
	}
}

// ErrUnreadable is the error for what is no ledger, nor anything that one could
// be found behind.
var ErrUnreadable = errors.New("it cannot be read; it should be what hearsay read --format jsonl prints")

// limited refuses to read on beyond what is left.
type limited struct {
	r          io.Reader
	most, left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("it is longer than %d MB", l.most>>20)
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}
