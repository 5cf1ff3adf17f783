package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/user"
	"strings"

	"hearsay/ledger/correction"
	"hearsay/report"
	"hearsay/store"
)

type correctionsCommand struct {
	List   listOfCorrections `cmd:"" default:"withargs" help:"List what people corrected of claims, the last one first."`
	Undo   undoCorrection    `cmd:"" help:"Take a correction back."`
	Export exportCorrections `cmd:"" help:"Print what was corrected as examples to learn from."`
}

// Help is shown below the command's flags.
func (*correctionsCommand) Help() string {
	return `Claims are corrected at the desk of hearsay serve: a source, a boundary, a speaker, an attribution that is none, a claim that was missed; or they are marked as checked, with a note. Each correction keeps who made it, when, and what it replaced, and stays in the list when it is undone. What was merged and split of incidents is listed by "hearsay incidents corrections".

"export" prints one JSON object a line for each article of which something stands: "document" with its "text", and "claims", each with "read" and "corrected" (content, source, cue and speaker, with positions in code points of the text; null for a claim that was missed, or that is none) and "corrections", who made them and when.

Examples:

  hearsay corrections
  hearsay corrections --article courier-204 --format jsonl
  hearsay corrections --who anna --standing
  hearsay corrections undo 7
  hearsay corrections export > corrected.jsonl

Exit status: 0 the store was asked, whether or not anything was found; 1 it could not be, or has no such correction; 2 wrong usage.`
}

type listOfCorrections struct {
	database
	Format   string `short:"f" enum:"text,jsonl" default:"text" help:"Print text (for people) or jsonl (an object a line). Default: ${default}."`
	Article  string `placeholder:"ID" help:"Those of this article."`
	Who      string `placeholder:"NAME" help:"Those that NAME made."`
	Kind     string `enum:",content,cue,source,speaker,unattributed,removed,added,checked" default:"" placeholder:"KIND" help:"Those of this kind: content, cue, source, speaker, unattributed, removed, added or checked."`
	Standing bool   `help:"Leave out those that were undone."`
	Limit    int    `placeholder:"N" help:"At most N."`
}

// Run lists corrections.
func (c *listOfCorrections) Run(ctx context.Context, std streams) error {
	if c.Limit < 0 {
		return usagef("--limit must not be negative")
	}
	return c.with(ctx, false, func(s store.Store) error {
		f := store.CorrectionFilter{Article: c.Article, Who: c.Who, Kind: correction.Kind(c.Kind), Standing: c.Standing, Limit: c.Limit}
		for x, err := range s.ClaimCorrections(ctx, f) {
			if err != nil {
				return err
			}
			if c.Format == "jsonl" {
				err = json.NewEncoder(std.out).Encode(x)
			} else {
				_, err = fmt.Fprintln(std.out, correctionText(x))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// correctionText is a correction for people.
func correctionText(c *correction.Correction) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%3d  %s  %s  %s  %s", c.Number, c.Made.Format("2006-01-02 15:04"), c.Kind, report.Line(c.Who), report.Line(c.Article))
	if c.Undone != nil {
		fmt.Fprintf(&b, "  (undone by %s, %s)", report.Line(c.Undone.Who), c.Undone.When.Format("2006-01-02 15:04"))
	}
	line := func(name, words string) {
		if words != "" {
			fmt.Fprintf(&b, "\n     %-7s %s", name, report.Line(words))
		}
	}
	if c.Anchor != nil {
		line("claim", wordsOfQuotes(c.Anchor.Content))
	}
	line("before", wordsOfReading(c.Before))
	line("after", wordsOfReading(c.After))
	line("note", c.Note)
	line("link", c.Link)
	return b.String()
}

func wordsOfQuotes(list []correction.Quote) string {
	words := make([]string, len(list))
	for i := range list {
		words[i] = strings.Join(strings.Fields(list[i].Exact), " ")
	}
	return strings.Join(words, " … ")
}

func wordsOfReading(r *correction.Reading) string {
	if r == nil {
		return ""
	}
	var parts []string
	if r.Source != nil {
		parts = append(parts, fmt.Sprintf("source %q", r.Source.Exact))
	}
	if r.Speaker != nil {
		parts = append(parts, "speaker "+r.Speaker.Name)
	}
	if r.Cue != nil {
		parts = append(parts, fmt.Sprintf("cue %q", r.Cue.Exact))
	}
	if len(r.Content) > 0 {
		parts = append(parts, wordsOfQuotes(r.Content))
	}
	return strings.Join(parts, ", ")
}

type undoCorrection struct {
	database
	Number int    `arg:"" name:"number" help:"The correction, by its number."`
	Who    string `placeholder:"NAME" help:"Who undoes it. Default: your name on this system."`
}

// Run takes a correction back.
func (c *undoCorrection) Run(ctx context.Context, _ streams) error {
	if c.Number < 1 {
		return usagef("undo takes the number of a correction, not %d", c.Number)
	}
	who := c.Who
	if who == "" {
		who = "local"
		if u, err := user.Current(); err == nil && u.Username != "" {
			who = u.Username
		}
	}
	return c.with(ctx, false, func(s store.Store) error {
		err := s.UndoCorrection(ctx, c.Number, who)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("no correction %d stands; hearsay corrections lists them", c.Number)
		}
		return err
	})
}

type exportCorrections struct {
	database
}

// Run prints examples, the article that was last corrected last.
func (c *exportCorrections) Run(ctx context.Context, std streams) error {
	return c.with(ctx, false, func(s store.Store) error {
		var articles []string
		known := make(map[string]bool)
		for x, err := range s.ClaimCorrections(ctx, store.CorrectionFilter{Standing: true}) {
			if err != nil {
				return err
			}
			if !known[x.Article] {
				known[x.Article] = true
				articles = append(articles, x.Article)
			}
		}
		out := json.NewEncoder(std.out)
		out.SetEscapeHTML(false)
		for i := len(articles) - 1; i >= 0; i-- {
			a, err := s.Corrected(ctx, articles[i])
			if err != nil {
				return err
			}
			e, ok := correction.ExampleOf(a.AsRead, a.Corrections)
			if !ok {
				continue
			}
			e.Document.ID = articles[i]
			if err := out.Encode(e); err != nil {
				return err
			}
		}
		return nil
	})
}
