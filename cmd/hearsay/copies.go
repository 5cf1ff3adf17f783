package main

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"hearsay/article"
	"hearsay/corpus/copies"
	"hearsay/reading/batch"
	"hearsay/report"
	"hearsay/store"
	"hearsay/store/listing"
)

type copiesCommand struct {
	database
	Inputs   []string `arg:"" optional:"" name:"input" help:"Files, http(s) addresses, or - for standard input. Without inputs the copies in the store are listed."`
	Articles []string `placeholder:"FILE" sep:"none" help:"Take the articles of article JSONL, one a line. May be repeated; - is standard input."`
	output
	Since        string `placeholder:"DAY" aliases:"published-since" help:"Of the store, groups with an article published on DAY, such as 2024-03-27, or later."`
	Until        string `placeholder:"DAY" aliases:"published-until" help:"Of the store, groups with an article published on DAY or earlier."`
	Article      string `placeholder:"ID" help:"Of the store, the group of this article."`
	AllowPrivate bool   `help:"Get addresses on private networks and on this machine too."`
	Jobs         int    `short:"j" default:"${jobs}" placeholder:"N" help:"Get this many inputs at a time. Default: one for each processor, ${default}."`
	Quiet        bool   `short:"q" help:"Show no progress."`
}

// Help is shown below the command's flags.
func (*copiesCommand) Help() string {
	return `Says which articles of the store, or which of the inputs, are copies of a common original: reprinted, shortened, extended or edited. A long quotation that two articles have in common does not make them copies, nor does what a site prints around its stories, as far as the titles tell.

Of each group the article that appeared first comes first. Where days of publication do not tell, that is the one whose words most of the others have. What a copy changed is what "hearsay diff" says of two of them.

Examples:

  hearsay copies
  hearsay copies --db spring.db --published-since 2024-03-22 --format csv
  hearsay copies --article wire-17
  hearsay copies wire.txt courier.html https://example.org/news/1.html
  hearsay copies --articles articles.jsonl --format jsonl

Exit status: 0 all was compared; 1 some input could not be read; 2 wrong usage.`
}

// Run prints the groups of copies in the store, or compares the inputs.
func (c *copiesCommand) Run(ctx context.Context, std streams) error {
	page, err := c.page()
	if err != nil {
		return err
	}
	if len(c.Inputs)+len(c.Articles) == 0 {
		f := store.Filter{Since: c.Since, Until: c.Until, Article: c.Article, Limit: page.limit()}
		return find(ctx, std, &c.database, c.Format, page, func(s store.Store) (int, error) {
			return listing.Copies(std.out, c.Format, cut(page, s.Copies(ctx, f)), headsOf(ctx, s))
		})
	}
	if c.Since+c.Until+c.Article != "" {
		return usagef("--since, --until and --article are for the store, and there are inputs")
	}
	if c.Limit == nil {
		page.most = 0 // who names the inputs knows how many there are
	}
	return c.compare(ctx, std, page)
}

// compare compares the inputs.
func (c *copiesCommand) compare(ctx context.Context, std streams, page *page) error {
	// The command line is judged as that of read is.
	inputs := readCommand{Inputs: c.Inputs, Articles: c.Articles, Format: report.JSONL, Jobs: c.Jobs}
	if err := inputs.check(std); err != nil {
		return err
	}
	getter := &article.Getter{AllowPrivate: c.AllowPrivate, Force: true}
	notes := newProgress(std, std.out, c.Quiet, inputs.total())
	texts, unread := texts(batch.Ordered(ctx, c.Jobs, inputs.inputs(ctx, getter, std), func() func(context.Context, input) input {
		return func(ctx context.Context, in input) input { return get(ctx, getter, in) }
	}), notes)
	notes.stop()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	groups, err := groups(ctx, texts)
	if err != nil {
		return err
	}
	heads := make(map[string]listing.Head, len(texts))
	for _, t := range texts {
		heads[t.ID] = listing.Head{Published: t.Published, Title: t.Title}
	}
	_, err = listing.Copies(std.out, c.Format, cut(page, func(yield func(copies.Group, error) bool) {
		for _, g := range groups {
			if !yield(g, nil) {
				return
			}
		}
	}), func(id string) (listing.Head, error) { return heads[id], nil })
	if err != nil {
		return fmt.Errorf("writing the groups: %w", err)
	}
	if len(groups) == 0 && c.Format == listing.Text {
		fmt.Fprintf(std.out, "No copies among %d articles.\n", len(texts))
	}
	if unread {
		return errUnread
	}
	return nil
}

// get gets the article of an input that is not yet got.
func get(ctx context.Context, getter *article.Getter, in input) input {
	if !in.got {
		in.article, in.err = getter.Get(ctx, in.name)
		in.got = true
		in.article.ID = strings.ToValidUTF8(in.name, "\uFFFD")
	}
	return in
}

// texts collects what was got, each under an ID of its own: the given one, else the
// address, else its number in the file.
func texts(got iter.Seq[input], notes *progress) (texts []*copies.Text, unread bool) {
	seen := map[string]bool{}
	number := map[string]int{}
	for in := range got {
		number[in.name]++
		err := in.err
		id := cmp.Or(in.article.ID, in.article.URL, fmt.Sprintf("%s#%d", in.name, number[in.name]))
		if err == nil && seen[id] {
			err = &article.Error{Input: in.name, Message: fmt.Sprintf("there are two articles %q; this one is left out", id)}
		}
		if err != nil {
			unread = true
			fmt.Fprintf(notes, "hearsay: %v\n", err)
		} else {
			seen[id] = true
			texts = append(texts, &copies.Text{ID: id, Title: in.article.Title, Published: in.article.Published, Body: in.article.Text})
		}
		notes.one()
	}
	return texts, unread
}

// groups are the copies among texts, put in the index by day and ID, so that
// the order of the inputs does not matter.
func groups(ctx context.Context, texts []*copies.Text) ([]copies.Group, error) {
	slices.SortFunc(texts, func(a, b *copies.Text) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
	})
	shelf := &copies.Memory{}
	index := copies.Index{Shelf: shelf}
	for _, t := range texts {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if _, err := index.Add(ctx, t); err != nil {
			return nil, err
		}
	}
	return shelf.Groups(), nil
}

// printable is s without what would move a terminal's cursor or change its colours.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
}
