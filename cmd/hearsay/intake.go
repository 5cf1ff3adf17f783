package main

import (
	"context"
	"errors"
	"iter"
	"strings"

	"hearsay/article"
	"hearsay/article/inputs"
	"hearsay/ledger"
	"hearsay/store"
)

// shelf is what adding asks of a store.
type shelf interface {
	AddAll(ctx context.Context, items []store.Item) ([]store.Result, error)
	Known(ctx context.Context, a *article.Article) (id string, ok bool, err error)
	Mark(ctx context.Context, origin, state string) error
	State(ctx context.Context, origin string) (state string, err error)
	Articles(ctx context.Context, f store.Filter) iter.Seq2[*store.Article, error]
}

// intake takes articles in: it gets, reads and keeps each, unless the store has
// it. It may be used by several goroutines at once.
type intake struct{ shelf shelf }

// added is what became of an item on its way into the store.
type added struct {
	item    inputs.Item
	article article.Article
	ledger  *ledger.Ledger
	known   string // the id of the article in the store
	marked  bool   // the store remembers its very bytes
	err     error  // an *article.Error
	fatal   error  // of the store
}

// get gets an article, unless the store has it.
func (n *intake) get(ctx context.Context, it inputs.Item) (done added) {
	done.item = it
	whole := context.WithoutCancel(ctx) // the store is asked though the person may have pressed Ctrl-C
	if done.known, done.fatal = n.seen(whole, it); done.fatal != nil || done.known != "" {
		done.marked = true
		return done
	}
	if done.article, done.err = it.Get(ctx); done.err != nil {
		return done
	}
	id, ok, err := n.shelf.Known(whole, &done.article)
	if done.fatal = err; ok {
		done.known = id
	}
	return done
}

// read reads the article, if it was got.
func (done *added) read(r *sheltered) {
	if done.fatal == nil && done.err == nil && done.known == "" {
		done.ledger, done.err = r.read(done.item.Name, &done.article)
	}
}

// seen returns the id of the article that was made of an item's very bytes, if
// it is still in the store.
func (n *intake) seen(ctx context.Context, it inputs.Item) (id string, err error) {
	if it.State == "" {
		return "", nil
	}
	state, err := n.shelf.State(ctx, it.Origin)
	if err != nil {
		return "", err
	}
	id, ok := strings.CutPrefix(state, it.State+" ")
	if !ok {
		return "", nil
	}
	for kept, err := range n.shelf.Articles(ctx, store.Filter{Article: id, Limit: 1}) {
		if err != nil {
			return "", err
		}
		return kept.ID, nil
	}
	return "", nil
}

// mark remembers that an item's very bytes made the article of this id.
func (n *intake) mark(ctx context.Context, it inputs.Item, id string) error {
	if it.State == "" {
		return nil
	}
	return n.shelf.Mark(ctx, it.Origin, it.State+" "+id)
}

// keep keeps articles that have been read: all of them, or none.
func (n *intake) keep(ctx context.Context, read []added) ([]store.Result, error) {
	items := make([]store.Item, len(read))
	for i := range read {
		items[i] = store.Item{Origin: read[i].item.Origin, Article: &read[i].article, Ledger: read[i].ledger}
	}
	results, err := n.shelf.AddAll(ctx, items)
	if err != nil {
		return nil, err
	}
	for i, r := range results {
		if err := n.mark(ctx, read[i].item, r.ID); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// notTaken is the error for an article that the store does not take.
func notTaken(it inputs.Item, err error) error {
	why := strings.TrimPrefix(err.Error(), "adding "+it.Origin+": ")
	return article.NewError(it.Name, article.CodeUnreadable, "the store does not take it: "+why, err)
}

// isFatal reports whether the store takes nothing any more.
func isFatal(err error) bool {
	return errors.Is(err, store.ErrFull) || errors.Is(err, store.ErrBusy) || errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrUnreachable)
}
