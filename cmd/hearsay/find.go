package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"hearsay/ledger"
	"hearsay/report"
	"hearsay/store"
	"hearsay/store/listing"
)

// output says how what was found is printed, and how much of it.
type output struct {
	Format string `short:"f" enum:"text,jsonl,csv" default:"text" help:"Print text (for people), jsonl (an object a line) or csv. Default: ${default}."`
	Limit  *int   `short:"n" placeholder:"N" help:"Print N at most; 0 for all. Default: 20 as text, else all."`
}

// page is how many of what was found are printed, 0 for all, and whether there is more.
type page struct {
	most int
	more bool
}

func (o *output) page() (*page, error) {
	switch {
	case o.Limit != nil && *o.Limit < 0:
		return nil, usagef("--limit must not be negative, and is %d", *o.Limit)
	case o.Limit != nil:
		return &page{most: *o.Limit}, nil
	case o.Format == listing.Text:
		return &page{most: 20}, nil
	}
	return &page{}, nil
}

// limit is what a store is asked for: one more than is printed, to know whether there is more.
func (p *page) limit() int {
	if p.most == 0 {
		return 0
	}
	return p.most + 1
}

// cut leaves out what is not on the page.
func cut[T any](p *page, all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		n := 0
		for v, err := range all {
			if err == nil && n == p.most && p.most > 0 {
				p.more = true
				return
			}
			if n++; !yield(v, err) {
				return
			}
		}
	}
}

// period selects articles, and what they say, by days. Each day has one name
// in every command; the short one is that of what the command lists.
type period struct {
	Since         string `placeholder:"DAY" aliases:"published-since" help:"Of articles published on DAY, such as 2024-03-27, or later; in full --published-since."`
	Until         string `placeholder:"DAY" aliases:"published-until" help:"Of articles published on DAY or earlier; in full --published-until."`
	HappenedSince string `placeholder:"DAY" help:"About incidents that happened on DAY or later, whenever they were told of."`
	HappenedUntil string `placeholder:"DAY" help:"About incidents that happened on DAY or earlier."`
	Article       string `placeholder:"ID" help:"Of this article only."`
}

// about selects claims.
type about struct {
	Place     string `placeholder:"NAME" help:"Claims that tell of a place, or of an incident at a place, with these words in its name."`
	Country   string `placeholder:"CODE" help:"Claims that tell of a place in this country: two letters, such as SE (ISO 3166-1)."`
	Speaker   string `placeholder:"NAME" help:"Claims on the word of somebody with these words in their name, their role, or the words that the text names them by."`
	Naming    string `placeholder:"HOW" help:"Claims whose source is named, unnamed (\"officials\") or none (\"reportedly\")."`
	Certainty string `placeholder:"HOW" help:"Claims worded as certain, probable, possible or unknown; denied for what is said not to be so; or LOW..HIGH, from -3, certainly not so, to 3, certainly so, as in --certainty=-3..-1."`
	Type      string `placeholder:"TYPE" help:"Claims about an incident of this type, such as attack, grenade or \"armed clash\"."`
}

// filter makes of the flags what a store is asked for.
func filter(o *output, p *period, a *about) (store.Filter, *page, error) {
	f := store.Filter{Since: p.Since, Until: p.Until, HappenedSince: p.HappenedSince, HappenedUntil: p.HappenedUntil, Article: p.Article,
		Place: a.Place, Speaker: a.Speaker}
	page, err := o.page()
	if err != nil {
		return f, nil, err
	}
	f.Limit = page.limit()
	if f.Country, err = country(a.Country); err != nil {
		return f, nil, err
	}
	if f.Naming, err = naming(a.Naming); err != nil {
		return f, nil, err
	}
	if f.Type, err = incidentType(a.Type); err != nil {
		return f, nil, err
	}
	if f.Level, f.Polarity, f.Score, err = store.ParseCertainty(a.Certainty); err != nil {
		return f, nil, usagef("--certainty %v", err)
	}
	return f, page, nil
}

func country(code string) (string, error) {
	letter := func(r rune) bool { return 'A' <= r && r <= 'Z' }
	up := strings.ToUpper(code)
	if code != "" && (len(up) != 2 || strings.TrimFunc(up, letter) != "") {
		return "", usagef("--country is a code of two letters (ISO 3166-1), such as SE, not %q", code)
	}
	return up, nil
}

func naming(how string) (ledger.Naming, error) {
	switch n := ledger.Naming(how); n {
	case "", ledger.NamingNamed, ledger.NamingUnnamed, ledger.NamingNone:
		return n, nil
	}
	return "", usagef("--naming is named, unnamed or none, not %q", how)
}

func incidentType(name string) (ledger.IncidentType, error) {
	all := ledger.IncidentTypes()
	t := ledger.IncidentType(strings.ToLower(name))
	if name == "" || slices.Contains(all, t) {
		return t, nil
	}
	var names []string
	for _, t := range all {
		names = append(names, string(t))
	}
	return "", usagef("there is no type %q; the types are: %s", name, strings.Join(names, "; "))
}

// asked makes of an error about what was asked for one of usage.
func asked(err error) error {
	if errors.Is(err, store.ErrQuery) {
		return usageError{report.Line(err.Error())}
	}
	return err
}

// find opens the store and has list print a page from it; a person who finds
// nothing, or more than is printed, is told so.
func find(ctx context.Context, std streams, d *database, format string, p *page, list func(store.Store) (int, error)) error {
	return d.with(ctx, false, func(s store.Store) error {
		n, err := list(s)
		switch {
		case err != nil:
			return asked(err)
		case format != listing.Text:
		case n == 0:
			fmt.Fprintln(std.err, "hearsay: nothing was found")
		case p.more:
			fmt.Fprintf(std.err, "hearsay: there is more than these %d; --limit 0 prints all\n", n)
		}
		return nil
	})
}

// headsOf looks up the heads of a store's articles, each once.
func headsOf(ctx context.Context, s store.Store) listing.Heads {
	known := make(map[string]listing.Head)
	return func(id string) (listing.Head, error) {
		h, ok := known[id]
		if ok {
			return h, nil
		}
		a, _, err := s.Article(ctx, id)
		if err != nil {
			return h, err
		}
		h = listing.Head{Published: a.Article.Published, Title: a.Article.Title, URL: a.Article.URL}
		known[id] = h
		return h, nil
	}
}

type searchCommand struct {
	database
	Query string `arg:"" help:"What to look for: words; \"a phrase\"; wor* for words that begin so; OR; -word or NOT word for what is not to be there; brackets."`
	Texts bool   `help:"Look for articles by the words of their title and text, not for claims."`
	Order string `enum:"newest,relevance" default:"newest" help:"What to print first: newest, what was added last; or relevance, what matches best of the newest 1,000 claims or 250 articles found, and then older ones."`
	output
	period
	about
	saving
}

// Help is shown below the command's flags.
func (*searchCommand) Help() string {
	return `Case and accents do not count, and English words are found in their other forms: bridge finds bridges.

Examples:

  hearsay search 'ferry (collision OR blast) -insurance'
  hearsay search '"opened fire"' --naming unnamed --since 2024-03-01
  hearsay search --texts harbour --format csv
  hearsay search --save ferries 'ferry OR harbour' --country SE

Exit status: 0 the store was searched, whether or not anything was found; 1 it could not be; 2 wrong usage.`
}

// Run prints the claims or the articles that match.
func (c *searchCommand) Run(ctx context.Context, std streams) error {
	f, page, err := filter(&c.output, &c.period, &c.about)
	if err != nil {
		return err
	}
	if c.Query == "" {
		return usagef("the query is empty; hearsay claims lists claims without one")
	}
	if c.Texts && (c.about != (about{}) || c.HappenedSince+c.HappenedUntil != "") {
		return usagef("--texts looks for articles: --place, --country, --speaker, --naming, --certainty, --type and --happened-since and -until select claims")
	}
	if c.Save != "" {
		if c.Texts {
			return usagef("--save keeps searches for claims, not with --texts")
		}
		return c.save(ctx, std, &c.database, store.Search{Kind: store.OfClaims, Query: c.Query, Filter: store.IncidentFilter{Filter: f}})
	}
	if c.Order == "relevance" {
		f.Order = store.Relevance
	}
	return find(ctx, std, &c.database, c.Format, page, func(s store.Store) (int, error) {
		if c.Texts {
			return listing.Hits(std.out, c.Format, cut(page, s.Texts(ctx, c.Query, f)))
		}
		return listing.Claims(std.out, c.Format, cut(page, s.Claims(ctx, c.Query, f)))
	})
}

type claimsCommand struct {
	database
	output
	period
	about
	saving
}

// Help is shown below the command's flags.
func (*claimsCommand) Help() string {
	return `Those of the article added last come first, an article's in the order of its text.

Examples:

  hearsay claims --speaker 'interior minister' --certainty denied
  hearsay claims --happened-since 2024-03-22 --happened-until 2024-03-23 --certainty 0..1.5
  hearsay claims --type attack --country SE --since 2024-01-01 --format csv > claims.csv`
}

// Run prints the claims that the filters select.
func (c *claimsCommand) Run(ctx context.Context, std streams) error {
	f, page, err := filter(&c.output, &c.period, &c.about)
	if err != nil {
		return err
	}
	if c.Save != "" {
		return c.save(ctx, std, &c.database, store.Search{Kind: store.OfClaims, Filter: store.IncidentFilter{Filter: f}})
	}
	return find(ctx, std, &c.database, c.Format, page, func(s store.Store) (int, error) {
		return listing.Claims(std.out, c.Format, cut(page, s.Claims(ctx, "", f)))
	})
}

type speakersCommand struct {
	database
	output
	period
	about
}

// Help is shown below the command's flags.
func (*speakersCommand) Help() string {
	return `A speaker is a name as the articles give it: two people of one name are listed as one, and somebody whom two articles name differently is listed twice.

Examples:

  hearsay speakers
  hearsay speakers --place 'Port Arvel' --type attack --format jsonl
  hearsay speakers --happened-since 2024-03-22 --country SE`
}

// Run prints the speakers of the claims that the filters select.
func (c *speakersCommand) Run(ctx context.Context, std streams) error {
	f, page, err := filter(&c.output, &c.period, &c.about)
	if err != nil {
		return err
	}
	return find(ctx, std, &c.database, c.Format, page, func(s store.Store) (int, error) {
		return listing.Speakers(std.out, c.Format, cut(page, s.Speakers(ctx, f)))
	})
}
