package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"hearsay/corpus/incidents"
	"hearsay/ledger"
	"hearsay/report"
	"hearsay/store"
	"hearsay/store/listing"
)

type incidentsCommand struct {
	List        listIncidents   `cmd:"" default:"withargs" help:"List the incidents that the store's articles tell of."`
	Show        showIncident    `cmd:"" help:"Print one incident with the words that give each figure."`
	Merge       mergeIncidents  `cmd:"" help:"Make one incident of several, by hand."`
	Split       splitIncident   `cmd:"" help:"Take articles out of an incident and make another of them, by hand."`
	Corrections listCorrections `cmd:"" help:"List what was merged and split by hand, and take it back."`
}

// Help is shown below the command's flags.
func (*incidentsCommand) Help() string {
	return `Articles that tell of one incident are gathered as they are added. Of each incident is printed every figure of the killed and the wounded with who gives it, in which article and when; who claims the deed, on whom it is blamed and by whom; and on how many independent origins all that stands. Nothing of it is a finding of this program: an accusation is printed with the one who makes it, and the figure that stands first is chosen by the rule in docs/incidents.md, with the others beside it.

Without a command the incidents are listed; "hearsay incidents list --help" says how they can be selected.

Examples:

  hearsay incidents
  hearsay incidents --since 2024-03-22 --until 2024-03-23 --country SE --min-origins 2
  hearsay incidents --speaker 'health ministry' --published-since 2024-03-22 --format csv
  hearsay incidents show 4be10c6d2a95f003
  hearsay incidents merge 4be10c6d2a95f003 90d3a1c4486b7e52
  hearsay incidents split 4be10c6d2a95f003 courier-204 courier-205
  hearsay incidents corrections --undo 3

Exit status: 0 the store was asked, whether or not anything was found; 1 it could not be, or has no such incident; 2 wrong usage.`
}

type listIncidents struct {
	database
	output
	HappenedSince  string `name:"since" aliases:"happened-since" placeholder:"DAY" help:"Incidents that happened on DAY, such as 2024-03-27, or later; in full --happened-since."`
	HappenedUntil  string `name:"until" aliases:"happened-until" placeholder:"DAY" help:"Incidents that happened on DAY or earlier; in full --happened-until."`
	PublishedSince string `placeholder:"DAY" help:"Incidents reported in an article published on DAY or later."`
	PublishedUntil string `placeholder:"DAY" help:"Incidents reported in an article published on DAY or earlier."`
	Article        string `placeholder:"ID" help:"Incidents that this article reports."`
	Place          string `placeholder:"NAME" help:"Incidents at a place with these words in its name."`
	Country        string `placeholder:"CODE" help:"Incidents in this country: two letters, such as SE (ISO 3166-1)."`
	Type           string `placeholder:"TYPE" help:"Incidents of this type, such as attack, grenade or \"armed clash\"."`
	Speaker        string `placeholder:"NAME" help:"Incidents of which somebody with these words in their name, their role, or the words that a text names them by says something."`
	Naming         string `placeholder:"HOW" help:"Incidents with a claim whose source is named, unnamed (\"officials\") or none (\"reportedly\")."`
	Certainty      string `placeholder:"HOW" help:"Incidents with a claim worded as certain, probable, possible or unknown; denied for what is said not to be so; or LOW..HIGH, from -3, certainly not so, to 3, certainly so."`
	gathered
	saving
}

// gathered selects incidents by what all articles tell of them.
type gathered struct {
	MinArticles int    `placeholder:"N" help:"Incidents that at least N articles report; 1 leaves out what is only mentioned in passing."`
	MinOrigins  int    `placeholder:"N" help:"Incidents whose reports have at least N independent origins: copies count once, and so do stories that only relay one named speaker."`
	MinKilled   int    `placeholder:"N" help:"Incidents of which the best figure of the killed is at least N."`
	MinWounded  int    `placeholder:"N" help:"Incidents of which the best figure of the wounded is at least N."`
	ClaimedBy   string `placeholder:"NAME" help:"Incidents that somebody with these words in their name claims to have done."`
	BlamedOn    string `placeholder:"NAME" help:"Incidents that are blamed on somebody with these words in their name, whoever does so."`
}

// search makes of the flags, and of a filter, what a store is asked for.
func (g *gathered) search(f store.Filter) (store.Search, error) {
	if g.MinArticles < 0 || g.MinOrigins < 0 {
		return store.Search{}, usagef("--min-articles and --min-origins must not be negative")
	}
	if g.MinKilled < 0 || g.MinWounded < 0 {
		return store.Search{}, usagef("--min-killed and --min-wounded must not be negative")
	}
	return store.Search{Kind: store.OfIncidents, Filter: store.IncidentFilter{Filter: f, Articles: g.MinArticles, Origins: g.MinOrigins},
		Killed: g.MinKilled, Wounded: g.MinWounded, ClaimedBy: g.ClaimedBy, BlamedOn: g.BlamedOn}, nil
}

// Run prints the incidents that the filters select.
func (c *listIncidents) Run(ctx context.Context, std streams) error {
	f, page, err := filter(&c.output, &period{Since: c.PublishedSince, Until: c.PublishedUntil, HappenedSince: c.HappenedSince,
		HappenedUntil: c.HappenedUntil, Article: c.Article},
		&about{Place: c.Place, Country: c.Country, Speaker: c.Speaker, Naming: c.Naming, Certainty: c.Certainty, Type: c.Type})
	if err != nil {
		return err
	}
	search, err := c.search(f)
	if err != nil {
		return err
	}
	if c.Save != "" {
		return c.save(ctx, std, &c.database, search)
	}
	return find(ctx, std, &c.database, c.Format, page, func(s store.Store) (int, error) {
		return listing.Incidents(std.out, c.Format, cut(page, store.Matching(ctx, s, &search)), headsOf(ctx, s), nil)
	})
}

// form is the flag of what prints a few incidents.
type form struct {
	Format string `short:"f" enum:"text,jsonl,csv" default:"text" help:"Print text (for people), jsonl (an object a line) or csv. Default: ${default}."`
}

// print prints the incidents with some ids, and the words of their figures.
func (f *form) print(ctx context.Context, w io.Writer, s store.Store, ids ...string) error {
	_, err := listing.Incidents(w, f.Format, func(yield func(*incidents.Incident, error) bool) {
		for _, id := range ids {
			n, err := s.Incident(ctx, id)
			if errors.Is(err, store.ErrNotFound) {
				err = fmt.Errorf("there is no incident %s; hearsay incidents lists them", id)
			}
			if !yield(n, err) || err != nil {
				return
			}
		}
	}, headsOf(ctx, s), wordsOf(ctx, s))
	return err
}

// wordsOf looks up the words of claims. Of an article's claims some are mostly
// wanted one after the other.
func wordsOf(ctx context.Context, s store.Store) listing.Words {
	last := ""
	words := map[string]string{}
	return func(article, claim string) (string, error) {
		if article != last {
			_, l, err := s.Article(ctx, article)
			if err != nil {
				return "", err
			}
			last = article
			clear(words)
			for i := range l.Claims {
				words[l.Claims[i].ID] = contentOf(l, &l.Claims[i])
			}
		}
		return words[claim], nil
	}
}

func contentOf(l *ledger.Ledger, c *ledger.Claim) string {
	var pieces []string
	for _, p := range c.Content {
		pieces = append(pieces, l.Quote(p.Span))
	}
	return strings.Join(pieces, " … ")
}

type showIncident struct {
	database
	form
	IDs []string `arg:"" name:"id" help:"Incidents, by their ids, as incidents prints them."`
}

// Run prints incidents with what their figures stand on.
func (c *showIncident) Run(ctx context.Context, std streams) error {
	if err := checkIDs(c.IDs); err != nil {
		return err
	}
	return c.with(ctx, false, func(s store.Store) error { return c.print(ctx, std.out, s, c.IDs...) })
}

func checkIDs(ids []string) error {
	for _, id := range ids {
		if _, err := incidents.ParseID(id); err != nil {
			return usageError{report.Line(err.Error())}
		}
	}
	return nil
}

type mergeIncidents struct {
	database
	form
	IDs []string `arg:"" name:"id" help:"Two incidents or more, by their ids."`
}

// Help is shown below the command's flags.
func (*mergeIncidents) Help() string {
	return `What is one incident by hand stays one, whatever articles come later, and new ones join it. It is called by the id of the report that came first, and found by that of any other.`
}

// Run makes one incident of several and prints it.
func (c *mergeIncidents) Run(ctx context.Context, std streams) error {
	if err := checkIDs(c.IDs); err != nil {
		return err
	}
	if len(c.IDs) < 2 {
		return usagef("merge takes the ids of two incidents or more")
	}
	return c.with(ctx, false, func(s store.Store) error {
		id, err := s.Merge(ctx, c.IDs...)
		if err != nil {
			return err
		}
		return corrected(ctx, std, s, &c.form, id)
	})
}

type splitIncident struct {
	database
	form
	ID       string   `arg:"" name:"id" help:"The incident, by its id."`
	Articles []string `arg:"" name:"article" help:"The articles that tell of another one, by their ids."`
}

// Help is shown below the command's flags.
func (*splitIncident) Help() string {
	return `What these articles tell of the incident becomes an incident of its own, and the two stay apart, whatever articles come later.`
}

// Run makes two incidents of one and prints them.
func (c *splitIncident) Run(ctx context.Context, std streams) error {
	if err := checkIDs([]string{c.ID}); err != nil {
		return err
	}
	return c.with(ctx, false, func(s store.Store) error {
		rest, out, err := s.Split(ctx, c.ID, c.Articles...)
		if err != nil {
			return err
		}
		return corrected(ctx, std, s, &c.form, rest, out)
	})
}

// corrected prints what came of a correction, and to people how it is taken back.
func corrected(ctx context.Context, std streams, s store.Store, f *form, ids ...string) error {
	if err := f.print(ctx, std.out, s, ids...); err != nil {
		return err
	}
	if f.Format != listing.Text {
		return nil
	}
	last := 0
	for c, err := range s.Corrections(ctx) {
		if err != nil {
			return err
		}
		last = c.Number
	}
	_, err := fmt.Fprintf(std.err, "hearsay: this is correction %d; hearsay incidents corrections --undo %d takes it back\n", last, last)
	return err
}

type listCorrections struct {
	database
	form
	Undo int `placeholder:"N" help:"Take back the correction with this number."`
}

// Help is shown below the command's flags.
func (*listCorrections) Help() string {
	return `What is taken back is gathered again as if it had never been corrected. A correction can be taken back when no later one concerns the same incidents.`
}

// Run lists the corrections, or takes one back.
func (c *listCorrections) Run(ctx context.Context, std streams) error {
	if c.Undo < 0 {
		return usagef("--undo takes the number of a correction, not %d", c.Undo)
	}
	return c.with(ctx, false, func(s store.Store) error {
		if c.Undo == 0 {
			_, err := listing.Corrections(std.out, c.Format, s.Corrections(ctx))
			return err
		}
		err := s.Undo(ctx, c.Undo)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("there is no correction %d; hearsay incidents corrections lists them", c.Undo)
		}
		return err
	})
}
