package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"hearsay/export"
	"hearsay/export/destination"
	"hearsay/export/formats"
	"hearsay/export/source"
	"hearsay/export/tables"
	"hearsay/report"
	"hearsay/store"
)

type exportCommand struct {
	database
	Format string   `short:"f" required:"" placeholder:"FORMAT" help:"${formats}."`
	Output string   `short:"o" placeholder:"FILE" help:"Write to FILE, or for several tables to the folder FILE, instead of standard output. It appears when all of it is written, or not at all."`
	Table  []string `placeholder:"NAME" help:"Of tables, these only: ${tables}. A single one is a file."`
	From   []string `placeholder:"FILE" sep:"none" help:"Take the ledgers in FILE, as hearsay read --format jsonl prints them, instead of a store. May be repeated; - is standard input."`
	Query  string   `placeholder:"WORDS" help:"Claims with these words, as hearsay search takes them."`
	Quiet  bool     `short:"q" help:"Show no progress."`
	period
	about
	gathered
}

// Help is shown below the command's flags.
func (*exportCommand) Help() string {
	return `What is passed on keeps who says it: an accusation goes out with the one who makes it, and no format gets a field for who did it. docs/export.md has an example of each format and says what goes where.

The filters are those of claims and of incidents. Articles are those with a claim that they select, each with these claims only (html and jsonl show articles whole); incidents are selected as hearsay incidents does it. With --from there are no filters, and each article's incidents stand for themselves.

Examples:

  hearsay export --format annotations -o claims.jsonld --speaker 'harbour master'
  hearsay export --format ftm --since 2024-03-01 | ftm validate > entities.ftm.json
  hearsay export --format csv -o tables
  hearsay export --format csv --table claims --certainty denied -o denied.csv
  hearsay export --format geojson --min-origins 2 -o map.geojson
  hearsay read --format jsonl article.txt | hearsay export --format plover --from -

Exit status: 0 all was written; 1 it could not be, or some of the ledgers not be read; 2 wrong usage.`
}

// exportVars are what the command's help says of formats and tables.
func exportVars() map[string]string {
	var about []string
	for _, f := range formats.All() {
		about = append(about, f.Name+" ("+f.About+")")
	}
	return map[string]string{"formats": "Write " + strings.Join(about, "; "), "tables": strings.Join(tables.Names(), ", ")}
}

// Run writes what is selected.
func (c *exportCommand) Run(ctx context.Context, std streams) (err error) {
	format, err := formats.ByName(c.Format)
	if err != nil {
		return usageError{err.Error()}
	}
	if err := c.check(std, &format); err != nil {
		return err
	}
	f, _, err := filter(&output{Format: c.Format}, &c.period, &c.about)
	if err != nil {
		return err
	}
	search, err := c.search(f)
	if err != nil {
		return err
	}
	if len(c.From) > 0 {
		return c.write(ctx, std, &format, c.ledgers(std, &format))
	}
	return c.with(ctx, false, func(s store.Store) error {
		return asked(c.write(ctx, std, &format, c.stored(ctx, s, &format, &search)))
	})
}

// check finds what is wrong with the command line before anything is asked or written.
func (c *exportCommand) check(std streams, format *formats.Format) error {
	if len(c.From) > 0 && (c.period != (period{}) || c.about != (about{}) || c.gathered != (gathered{}) || c.Query != "") {
		return usagef("--from takes ledgers as they are; --query and the filters select from a store")
	}
	if len(c.Table) > 0 && !format.Tables {
		return usagef("--table is for formats of tables, and %s is none", format.Name)
	}
	for _, name := range c.Table {
		if !slices.Contains(tables.Names(), name) {
			return usagef("there is no table %q; the tables are: %s", name, strings.Join(tables.Names(), ", "))
		}
	}
	if _, incidents := c.kinds(format); incidents && c.Query != "" {
		return usagef("--query selects claims, and %s has incidents, which are not selected by words; take another format, or tables without incidents", format.Name)
	}
	switch stdin := 0; {
	case format.Tables && len(c.tables()) > 1 && c.toStdout():
		return usagef("there are several tables: name a folder for them with --output, or one of them with --table")
	default:
		for _, name := range c.From {
			if name == "-" {
				stdin++
			}
			if target, err := os.Stat(c.Output); err == nil && name != "-" {
				if file, err := os.Stat(name); err == nil && os.SameFile(file, target) {
					return usagef("--output %s would overwrite an input", c.Output)
				}
			}
		}
		if stdin > 1 {
			return usagef("standard input (-) can be read only once")
		}
		if stdin == 1 && term.IsTerminal(int(std.in.Fd())) {
			return usagef("--from - reads ledgers from standard input, as in: hearsay read --format jsonl article.txt | hearsay export --format %s --from -", format.Name)
		}
	}
	return nil
}

func (c *exportCommand) toStdout() bool { return c.Output == "" || c.Output == "-" }

// tables are the tables that are wanted, each once.
func (c *exportCommand) tables() []string {
	if len(c.Table) == 0 {
		return tables.Names()
	}
	return slices.DeleteFunc(tables.Names(), func(name string) bool { return !slices.Contains(c.Table, name) })
}

// kinds says whether articles are written, and whether incidents are.
func (c *exportCommand) kinds(format *formats.Format) (articles, incidents bool) {
	if !format.Tables {
		return format.Articles, format.Incidents
	}
	names := c.tables()
	incidents = slices.Contains(names, tables.Incidents)
	return !incidents || len(names) > 1, incidents
}

// passed is one thing that is exported: an article, an incident, or a ledger
// that cannot be read.
type passed struct {
	article  *export.Article
	incident *export.Incident
	unread   error
}

// stored yields what is selected of a store: first articles, then incidents.
func (c *exportCommand) stored(ctx context.Context, s store.Store, format *formats.Format, search *store.Search) iter.Seq2[passed, error] {
	articles, incidents := c.kinds(format)
	return func(yield func(passed, error) bool) {
		if articles {
			for a, err := range source.Articles(ctx, s, c.Query, search.Filter.Filter) {
				if !yield(passed{article: a}, err) || err != nil {
					return
				}
			}
		}
		if incidents {
			for n, err := range source.Incidents(ctx, s, store.Matching(ctx, s, search), format.First) {
				if !yield(passed{incident: n}, err) || err != nil {
					return
				}
			}
		}
	}
}

// ledgers yields what the ledgers of --from say, each article with its incidents.
func (c *exportCommand) ledgers(std streams, format *formats.Format) iter.Seq2[passed, error] {
	return func(yield func(passed, error) bool) {
		for _, name := range c.From {
			file := std.in
			if name != "-" {
				var err error
				if file, err = openFile(name); err != nil {
					yield(passed{}, err)
					return
				}
				defer file.Close()
			}
			for a, err := range source.Ledgers(file) {
				switch {
				case errors.Is(err, source.ErrUnreadable):
					yield(passed{}, fmt.Errorf("%s: %w", name, err))
					return
				case err != nil:
					if !yield(passed{unread: fmt.Errorf("%s: %w", name, err)}, nil) {
						return
					}
					continue
				}
				if !yield(passed{article: a}, nil) {
					return
				}
				if !format.Incidents {
					continue
				}
				for _, n := range source.InArticle(a) {
					if !yield(passed{incident: n}, nil) {
						return
					}
				}
			}
		}
	}
}

// write writes all of it, or leaves nothing behind.
func (c *exportCommand) write(ctx context.Context, std streams, format *formats.Format, all iter.Seq2[passed, error]) (err error) {
	to, err := c.destination(std, format)
	if err != nil {
		return err
	}
	defer to.Abandon()
	// Reading from a pipe cannot be broken off: what has been written is taken away when the person says so.
	stop := context.AfterFunc(ctx, to.Abandon)
	defer stop()
	notes := startProgress(std, c.Quiet || c.toStdout() && term.IsTerminal(int(std.out.Fd())), 0, "written")
	unread, err := c.pass(ctx, notes, format, to, all)
	notes.stop()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return err
	case unread:
		return errUnread
	}
	return nil
}

func (c *exportCommand) pass(ctx context.Context, notes *progress, format *formats.Format, to *destination.Destination, all iter.Seq2[passed, error]) (unread bool, err error) {
	w, err := format.Writer(c.tables(), to.Create)
	if err != nil {
		return false, err
	}
	found := false
	for p, err := range all {
		if err := cmp.Or(ctx.Err(), err); err != nil {
			return unread, err
		}
		found = true
		switch {
		case p.unread != nil:
			unread = true
			fmt.Fprintf(notes, "hearsay: %s\n", report.Line(p.unread.Error()))
		case p.article != nil:
			err = w.Article(p.article)
		case p.incident != nil:
			err = w.Incident(p.incident)
		}
		if err != nil {
			return unread, fmt.Errorf("writing the output: %w", err)
		}
		notes.one()
	}
	if !found && !c.Quiet {
		fmt.Fprintln(notes, "hearsay: nothing was found; what is written is empty")
	}
	if err := w.Close(); err != nil {
		return unread, fmt.Errorf("writing the output: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return unread, err
	}
	return unread, to.Commit()
}

// destination is where the output goes.
func (c *exportCommand) destination(std streams, format *formats.Format) (*destination.Destination, error) {
	names := c.tables()
	switch {
	case c.toStdout():
		return destination.Stream(std.out), nil
	case !format.Tables || len(names) == 1:
		return destination.File(c.Output)
	}
	var files []string
	for _, name := range tables.Names() {
		files = append(files, format.File(name))
	}
	return destination.Folder(c.Output, files)
}
