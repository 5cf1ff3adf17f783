package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"hearsay/export"
	"hearsay/export/drafts"
	"hearsay/export/source"
	"hearsay/ledger"
)

type factsDraftCommand struct {
	database
	Article   string `arg:"" help:"The claim, as ARTICLE#CLAIM: an article of the store by its id, or a file with a ledger, and the claim's id in it."`
	Claim     string `arg:"" optional:"" help:"The claim's id, such as c3, if it is not given with the article's."`
	URL       string `name:"url" placeholder:"URL" help:"The address at which the fact-check is to stand."`
	Publisher string `placeholder:"NAME" help:"Who publishes the fact-check."`
	Published string `placeholder:"DAY" help:"The day on which it is published, such as 2024-03-27."`
}

// Help is shown below the command's flags.
func (*factsDraftCommand) Help() string {
	return `Prints a ClaimReview of schema.org for a claim: its words, who said it, and where and when it appeared, as the article has it. The rating is left empty: it is for a person to fill in, and so is what the flags do not say. Standard error names what is left.

Examples:

  hearsay facts draft wire-17#c3
  hearsay facts draft wire-17 c3 --publisher "Orlen Checks" --url https://checks.example/17
  hearsay read --format json article.txt > ledger.json; hearsay facts draft ledger.json c3

Exit status: 0 the draft was printed; 1 there is no such claim; 2 wrong usage.`
}

// Run prints the draft.
func (c *factsDraftCommand) Run(ctx context.Context, std streams) (err error) {
	article, claim := c.Article, c.Claim
	if claim == "" {
		at := strings.LastIndexByte(article, '#')
		if at <= 0 || at == len(article)-1 {
			return usagef("facts draft needs an article and a claim, as in: hearsay facts draft wire-17#c3")
		}
		article, claim = article[:at], article[at+1:]
	}
	if _, err := time.Parse(time.DateOnly, c.Published); c.Published != "" && err != nil {
		return usagef("%q is no day such as 2024-03-27", c.Published)
	}
	l, err := c.ledger(ctx, article)
	if err != nil {
		return err
	}
	for i := range l.Claims {
		if l.Claims[i].ID != claim {
			continue
		}
		d := drafts.Of(&export.Article{Ledger: l}, &l.Claims[i])
		d.URL, d.Author.Name, d.DatePublished = c.URL, c.Publisher, &c.Published
		e := json.NewEncoder(std.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(d); err != nil {
			return err
		}
		left := []string{"reviewRating"}
		for _, f := range []struct{ name, value string }{{"url", c.URL}, {"author", c.Publisher}, {"datePublished", c.Published}} {
			if f.value == "" {
				left = append(left, f.name)
			}
		}
		fmt.Fprintf(std.err, "hearsay: left to be filled in: %s\n", strings.Join(left, ", "))
		return nil
	}
	return fmt.Errorf("%s: there is no claim %q in it", article, claim)
}

// ledger reads a ledger from a file, or from the store.
func (c *factsDraftCommand) ledger(ctx context.Context, name string) (l *ledger.Ledger, err error) {
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		l = new(ledger.Ledger)
		if err := json.Unmarshal(b, l); err != nil {
			return nil, fmt.Errorf("%s: %w (it should hold one ledger, as hearsay read --format json prints it)", name, err)
		}
		return l, l.CheckSpans()
	}
	s, err := c.open(ctx, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	a, l, err := s.Article(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return source.Of(a, l).Ledger, nil
}
