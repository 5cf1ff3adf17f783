package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hearsay/ledger"
	"hearsay/report"
	"hearsay/store"
	"hearsay/store/listing"
)

// output says how what was found is printed, and how much of it.
type output struct {
	Format string `short:"f" enum:"text,jsonl,csv" default:"text" help:"Print text (for people), jsonl (an object a line) or csv. Default: ${default}."`
	Limit  int    `short:"n" default:"20" placeholder:"N" help:"Print N at most; 0 for all. Default: ${default}."`
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
func filter(o output, p period, a about) (store.Filter, error) {
	f := store.Filter{Since: p.Since, Until: p.Until, HappenedSince: p.HappenedSince, HappenedUntil: p.HappenedUntil, Article: p.Article,
		Place: a.Place, Speaker: a.Speaker, Limit: o.Limit}
	if o.Limit < 0 {
		return f, usagef("--limit must not be negative, and is %d", o.Limit)
	}
	var err error
	if f.Country, err = country(a.Country); err != nil {
		return f, err
	}
	if f.Naming, err = naming(a.Naming); err != nil {
		return f, err
	}
	if f.Type, err = incidentType(a.Type); err != nil {
		return f, err
	}
	f.Level, f.Polarity, f.Score, err = certain(a.Certainty)
	return f, err
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

// certain reads --certainty: a level, denied, or a range of scores.
func certain(how string) (level ledger.Level, polarity ledger.Polarity, score *store.Interval, err error) {
	switch l := ledger.Level(how); l {
	case "", ledger.LevelCertain, ledger.LevelProbable, ledger.LevelPossible, ledger.LevelUnknown:
		return l, "", nil, nil
	case ledger.Level(ledger.Denied):
		return "", ledger.Denied, nil, nil
	}
	low, high, _ := strings.Cut(how, "..")
	x, errLow := strconv.ParseFloat(low, 64)
	y, errHigh := strconv.ParseFloat(high, 64)
	if errLow != nil || errHigh != nil || !(-3 <= x && x <= y && y <= 3) { // so that NaN is refused
		return "", "", nil, usagef("--certainty is certain, probable, possible, unknown, denied, or a range of scores in -3..3 such as 1..3, not %q", how)
	}
	return "", "", &store.Interval{Low: x, High: y}, nil
}

// asked makes of an error about what was asked for one of usage.
func asked(err error) error {
	if errors.Is(err, store.ErrQuery) {
		return usageError{report.Line(err.Error())}
	}
	return err
}

// find opens the store and has list print from it; a person who finds nothing is told so.
func find(ctx context.Context, std streams, d database, o output, list func(store.Store) (int, error)) (err error) {
	s, err := d.open(ctx, false)
	if err != nil {
		return err
	}
	defer func() {
		if closing := s.Close(); err == nil {
			err = closing
		}
	}()
	n, err := list(s)
	if err != nil {
		return asked(err)
	}
	if n == 0 && o.Format == listing.Text {
		fmt.Fprintln(std.err, "hearsay: nothing was found")
	}
	return nil
}

type searchCommand struct {
	database
	Query string `arg:"" help:"What to look for: words; \"a phrase\"; wor* for words that begin so; OR; -word or NOT word for what is not to be there; brackets."`
	Texts bool   `help:"Look for articles by the words of their title and text, not for claims."`
	Order string `enum:"newest,relevance" default:"newest" help:"What to print first: newest, what was added last; or relevance, what matches best, which takes longer in a large store."`
	output
	period
	about
}

// Help is shown below the command's flags.
func (*searchCommand) Help() string {
	return `Case and accents do not count, and English words are found in their other forms: bridge finds bridges.

Examples:

  hearsay search 'ferry (collision OR blast) -insurance'
  hearsay search '"opened fire"' --naming unnamed --since 2024-03-01
  hearsay search --texts harbour --format csv

Exit status: 0 the store was searched, whether or not anything was found; 1 it could not be; 2 wrong usage.`
}

// Run prints the claims or the articles that match.
func (c *searchCommand) Run(ctx context.Context, std streams) error {
	f, err := filter(c.output, c.period, c.about)
	if err != nil {
		return err
	}
	if c.Query == "" {
		return usagef("the query is empty; hearsay claims lists claims without one")
	}
	if c.Texts && (c.about != (about{}) || c.HappenedSince+c.HappenedUntil != "") {
		return usagef("--texts looks for articles: --place, --country, --speaker, --naming, --certainty, --type and --happened-since and -until select claims")
	}
	if c.Order == "relevance" {
		f.Order = store.Relevance
	}
	return find(ctx, std, c.database, c.output, func(s store.Store) (int, error) {
		if c.Texts {
			return listing.Hits(std.out, c.Format, s.Texts(ctx, c.Query, f))
		}
		return listing.Claims(std.out, c.Format, s.Claims(ctx, c.Query, f))
	})
}

type claimsCommand struct {
	database
	output
	period
	about
}

// Help is shown below the command's flags.
func (*claimsCommand) Help() string {
	return `Those of the article added last come first, an article's in the order of its text.

Examples:

  hearsay claims --speaker 'interior minister' --certainty denied
  hearsay claims --happened-since 2024-03-22 --happened-until 2024-03-23 --certainty 0..1.5
  hearsay claims --type attack --country SE --since 2024-01-01 --format csv --limit 0 > claims.csv`
}

// Run prints the claims that the filters select.
func (c *claimsCommand) Run(ctx context.Context, std streams) error {
	f, err := filter(c.output, c.period, c.about)
	if err != nil {
		return err
	}
	return find(ctx, std, c.database, c.output, func(s store.Store) (int, error) {
		return listing.Claims(std.out, c.Format, s.Claims(ctx, "", f))
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
	f, err := filter(c.output, c.period, c.about)
	if err != nil {
		return err
	}
	return find(ctx, std, c.database, c.output, func(s store.Store) (int, error) {
		return listing.Speakers(std.out, c.Format, s.Speakers(ctx, f))
	})
}
