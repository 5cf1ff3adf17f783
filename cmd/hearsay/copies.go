package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/term"

	"hearsay/article"
	"hearsay/corpus/copies"
	"hearsay/reading/batch"
	"hearsay/report"
)

type copiesCommand struct {
	Inputs       []string `arg:"" optional:"" name:"input" help:"Files, http(s) addresses, or - for standard input."`
	Articles     []string `placeholder:"FILE" sep:"none" help:"Take the articles of article JSONL, one a line. May be repeated; - is standard input."`
	Format       string   `short:"f" enum:"text,jsonl" default:"text" help:"Print text (for people) or jsonl (a group a line). Default: ${default}."`
	AllowPrivate bool     `help:"Get addresses on private networks and on this machine too."`
	Jobs         int      `short:"j" default:"${jobs}" placeholder:"N" help:"Get this many inputs at a time. Default: one for each processor, ${default}."`
	Quiet        bool     `short:"q" help:"Show no progress."`
}

// Help is shown below the command's flags.
func (*copiesCommand) Help() string {
	return `Says which of the inputs are copies of a common original: reprinted, shortened, extended or edited. A long quotation that two articles have in common does not make them copies, nor does what a site prints around its stories, as far as the titles tell.

Of each group the article that appeared first comes first. Where days of publication do not tell, that is the one whose words most of the others have.

Examples:

  hearsay copies wire.txt courier.html https://example.org/news/1.html
  hearsay copies --articles articles.jsonl --format jsonl

Exit status: 0 all was compared; 1 some input could not be read; 2 wrong usage.`
}

// Run compares the inputs and prints the groups of copies.
func (c *copiesCommand) Run(ctx context.Context, std streams) error {
	// The command line is judged as that of read is.
	inputs := readCommand{Inputs: c.Inputs, Articles: c.Articles, Format: report.JSONL, Jobs: c.Jobs}
	if len(c.Inputs)+len(c.Articles) == 0 && term.IsTerminal(int(std.in.Fd())) {
		return usagef("copies needs files or addresses, or --articles FILE, as in: hearsay copies one.txt two.txt")
	}
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
	out := bufio.NewWriter(std.out)
	if c.Format == report.JSONL {
		err = printGroupsJSON(out, groups)
	} else {
		printGroups(out, groups, texts)
	}
	if err := cmp.Or(err, out.Flush()); err != nil {
		return fmt.Errorf("writing the groups: %w", err)
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

func printGroupsJSON(out *bufio.Writer, groups []copies.Group) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for _, g := range groups {
		if err := e.Encode(g); err != nil {
			return err
		}
	}
	return nil
}

// printGroups prints the groups for people.
func printGroups(out *bufio.Writer, groups []copies.Group, texts []*copies.Text) {
	byID := make(map[string]*copies.Text, len(texts))
	for _, t := range texts {
		byID[t.ID] = t
	}
	for i, g := range groups {
		if i > 0 {
			fmt.Fprintln(out)
		}
		made := make(map[string]copies.Copy, len(g.Copies))
		for _, c := range g.Copies {
			made[c.Article] = c
		}
		for _, id := range g.Articles {
			t := byID[id]
			line := fmt.Sprintf("%-10s  %s", cmp.Or(t.Published, "no day"), id)
			if t.Title != "" {
				line += "  " + t.Title
			}
			if c, ok := made[id]; ok {
				line = fmt.Sprintf("  %s  (%s from %s)", line, c.Change, c.Of)
			}
			fmt.Fprintln(out, printable(line))
		}
	}
	if len(groups) == 0 {
		fmt.Fprintf(out, "No copies among %d articles.\n", len(texts))
	}
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
