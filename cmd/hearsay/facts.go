package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"hearsay/article/fetch"
	"hearsay/facts"
	"hearsay/facts/claimreview"
	"hearsay/store/checks"
	"hearsay/store/listing"
)

type factsCommand struct {
	Import factsImportCommand `cmd:"" help:"Take in published fact-checks: ClaimReview as JSON-LD, DataFeed or JSONL."`
	Match  factsMatchCommand  `cmd:"" help:"Say which published fact-checks are about what a text says."`
	List   factsListCommand   `cmd:"" help:"List the fact-checks of the store."`
	Draft  factsDraftCommand  `cmd:"" help:"Print a ClaimReview of a claim, with the rating left to be filled in."`
	Remove factsRemoveCommand `cmd:"" help:"Remove fact-checks from the store."`
}

// checks opens the fact-checks of the store.
func (d *database) checks(ctx context.Context, create bool) (shelf *checks.Shelf, close func() error, err error) {
	s, err := d.open(ctx, create)
	if err != nil {
		return nil, nil, err
	}
	home, ok := s.(checks.Home)
	if !ok {
		return nil, nil, errors.Join(errors.New("this store keeps no fact-checks"), s.Close())
	}
	return home.Checks(), s.Close, nil
}

type factsImportCommand struct {
	database
	Inputs       []string `arg:"" name:"input" help:"Files, folders, http(s) addresses, or - for standard input. Each may be packed with gzip."`
	AllowPrivate bool     `help:"Get addresses on private networks and on this machine too."`
	Summary      string   `placeholder:"FILE" help:"Write what could not be taken in to FILE, a JSON object a line."`
	JSON         bool     `name:"json" help:"Print the counts as JSON."`
	Quiet        bool     `short:"q" help:"Show no progress and no counts. What could not be read is still said."`
}

// Help is shown below the command's flags.
func (*factsImportCommand) Help() string {
	return `An input is a ClaimReview of schema.org, a list or graph of them, a DataFeed, or one of these a line. A fact-check needs url and claimReviewed; the rating, the publisher, the day and the text are kept where they are given.

A fact-check that the store has, by its page and claim, takes the place of its former state. So the same feed can be imported again and again.

Examples:

  hearsay facts import reviews.jsonl.gz
  hearsay facts import --db spring.db https://example.org/claimreview.json feeds/

Exit status: 0 all inputs were read, though records in them may have been passed over (a line each on standard error); 1 some input could not be read; 2 wrong usage.`
}

// Run imports every input.
func (c *factsImportCommand) Run(ctx context.Context, std streams) (err error) {
	shelf, done, err := c.checks(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, done()) }()
	summary := io.Discard
	if c.Summary != "" {
		f, err := os.Create(c.Summary)
		if err != nil {
			return fmt.Errorf("the summary cannot be written: %w", err)
		}
		defer f.Close()
		summary = f
	}
	i := &importing{
		batch: shelf.Batch(), std: std, summary: json.NewEncoder(summary), began: time.Now(),
		fetch: fetch.Client{AllowPrivate: c.AllowPrivate, MaxBytes: maxFactsFetch},
		tell:  !c.Quiet && term.IsTerminal(int(std.err.Fd())),
	}
	for _, name := range c.Inputs {
		if err = i.input(ctx, name); err != nil {
			break
		}
	}
	if err == nil {
		err = i.batch.Flush(ctx)
	}
	i.progress(true)
	if err != nil {
		return err
	}
	n := i.batch.Counts
	seconds := time.Since(i.began).Seconds()
	switch {
	case c.JSON:
		err = json.NewEncoder(std.out).Encode(struct {
			checks.Counts
			Refused int     `json:"refused"`
			Seconds float64 `json:"seconds"`
		}{n, i.refused, seconds})
	case !c.Quiet:
		_, err = fmt.Fprintf(std.out, "%d added, %d changed, %d known already, %d refused\n", n.Added, n.Changed, n.Known, i.refused)
	}
	if err == nil && i.unread {
		err = errUnread
	}
	return err
}

// maxFactsFetch is how many bytes of what stands at an address are read: the
// feeds that gather the fact-checks of all publishers are large.
const maxFactsFetch = 1 << 30

// importing is one run of facts import.
type importing struct {
	batch   *checks.Batch
	fetch   fetch.Client
	std     streams
	summary *json.Encoder
	refused int  // records, and inputs
	unread  bool // an input could not be read, or not to its end
	read    int
	began   time.Time
	tell    bool
	told    time.Time
}

// input imports a file, a folder, an address or standard input. Only the store's
// errors, and the end of ctx, are returned.
func (i *importing) input(ctx context.Context, name string) error {
	switch {
	case name == "-":
		return i.stream(ctx, name, untilDone(ctx, i.std.in))
	case isWeb(name):
		res, err := i.fetch.Get(ctx, name)
		if err != nil {
			return cmp.Or(ctx.Err(), i.refuse(name, 0, err))
		}
		return i.stream(ctx, name, strings.NewReader(string(res.Body)))
	}
	return filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return i.refuse(path, 0, plainPathError(err))
		case path != name && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir(), path != name && !d.Type().IsRegular():
			return nil
		}
		f, err := os.Open(path)
		if err != nil {
			return i.refuse(path, 0, plainPathError(err))
		}
		defer f.Close()
		return i.stream(ctx, path, f)
	})
}

func isWeb(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// plainPathError is what is wrong with a file, without its name.
func plainPathError(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// stream imports what a reader has.
func (i *importing) stream(ctx context.Context, name string, r io.Reader) error {
	br := bufio.NewReaderSize(r, 1<<16)
	r = br
	if head, _ := br.Peek(2); string(head) == "\x1f\x8b" {
		unpacked, err := gzip.NewReader(br)
		if err != nil {
			return i.refuse(name, 0, err)
		}
		r = unpacked
	}
	var fatal error
	err := claimreview.Read(r, func(f claimreview.Found) bool {
		i.read++
		i.progress(false)
		if fatal = ctx.Err(); fatal == nil {
			if f.Err != nil {
				fatal = i.refuse(name, f.Record, f.Err)
			} else {
				fatal = i.batch.Add(ctx, f.Review)
			}
		}
		return fatal == nil
	})
	switch {
	case fatal != nil:
		return fatal
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return i.refuse(name, 0, err)
	}
	return nil
}

// refuse says that an input, or a record of it, cannot be taken in.
func (i *importing) refuse(name string, number int, err error) error {
	if number > 0 {
		name = fmt.Sprintf("%s:%d", name, number)
	} else {
		i.unread = true
	}
	if i.refused++; i.refused <= maxSaid {
		fmt.Fprintf(i.std.err, "hearsay: %s: %s\n", printable(name), printable(err.Error()))
	} else if i.refused == maxSaid+1 {
		fmt.Fprintln(i.std.err, "hearsay: more could not be taken in; --summary FILE names them all")
	}
	if err := i.summary.Encode(record{Origin: name, Outcome: refusedItem, Message: err.Error()}); err != nil {
		return fmt.Errorf("the summary cannot be written: %w", err)
	}
	return nil
}

// progress shows on a terminal how far it is.
func (i *importing) progress(last bool) {
	const pause = 200 * time.Millisecond
	if !i.tell || i.read%256 != 0 && !last || time.Since(i.told) < pause && !last {
		return
	}
	i.told = time.Now()
	end := "\r"
	if last {
		end = "\r\x1b[K"
		fmt.Fprint(i.std.err, end)
		return
	}
	fmt.Fprintf(i.std.err, "\x1b[K%d fact-checks, %.0f a second%s", i.read, float64(i.read)/time.Since(i.began).Seconds(), end)
}

type factsMatchCommand struct {
	database
	Text   []string `arg:"" optional:"" help:"The text to find fact-checks for. Without one, JSON objects are read from standard input, one a line: {\"id\":\"q1\",\"text\":\"…\"}."`
	Format string   `enum:"text,json,jsonl," default:"" placeholder:"FORMAT" help:"Print as text (the default for a text given), json, or jsonl (for queries from standard input)."`
	Top    int      `default:"10" placeholder:"N" help:"Print the N fact-checks that have most to do with it, at most 60. Default: ${default}."`
	All    bool     `help:"As text, print also those that have little to do with it."`
}

// Help is shown below the command's flags.
func (*factsMatchCommand) Help() string {
	return `Says which of the imported fact-checks are about a claim, the best first: "likely" the same claim, or "related" to it, with how probable it is that they are about this very claim, and what that rests on. It repeats who published a check and with which rating, and does not judge either.

Examples:

  hearsay facts match "The bridge at Orlen has fallen"
  hearsay facts match --format jsonl --top 10 < queries.jsonl

Exit status: 0 the text was looked for; 1 something could not be read; 2 wrong usage.`
}

// maxQuery is how many bytes a line of queries may have.
const maxQuery = 16 << 20

// Run prints what was found.
func (c *factsMatchCommand) Run(ctx context.Context, std streams) (err error) {
	if c.Top < 1 || c.Top > 60 {
		return usagef("--top must be from 1 to 60, not %d", c.Top)
	}
	if len(c.Text) == 0 && term.IsTerminal(int(std.in.Fd())) {
		return usagef(`facts match needs a text, as in: hearsay facts match "The bridge has fallen"`)
	}
	shelf, done, err := c.checks(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, done()) }()
	finder := shelf.Finder()
	out := bufio.NewWriter(std.out)
	defer func() { err = cmp.Or(err, out.Flush()) }()
	if len(c.Text) > 0 {
		q := factsQuery{Text: strings.Join(c.Text, " ")}
		return c.one(ctx, out, finder, &q, cmp.Or(c.Format, "text"))
	}
	lines := bufio.NewScanner(untilDone(ctx, std.in))
	lines.Buffer(make([]byte, 1<<16), maxQuery)
	unread := false
	for number := 1; lines.Scan(); number++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var q factsQuery
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			unread = true
			fmt.Fprintf(std.err, "hearsay: -:%d: it is no query such as {\"id\":\"q1\",\"text\":\"…\"}: %v\n", number, err)
			continue
		}
		if err := c.one(ctx, out, finder, &q, cmp.Or(c.Format, "jsonl")); err != nil {
			return err
		}
	}
	switch err := lines.Err(); {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("a line of standard input is longer than %d MB", maxQuery>>20)
	case err != nil:
		return fmt.Errorf("reading standard input: %w", err)
	case unread:
		return errUnread
	}
	return nil
}

type factsQuery struct {
	ID   json.RawMessage `json:"id,omitempty"`
	Text string          `json:"text"`
}

// one prints what is found for a query.
func (c *factsMatchCommand) one(ctx context.Context, w *bufio.Writer, finder *checks.Finder, q *factsQuery, format string) error {
	found, err := finder.Match(ctx, q.Text, c.Top, false)
	if err != nil {
		return err
	}
	if format == "text" {
		return c.text(w, q, found)
	}
	printed := struct {
		ID      json.RawMessage     `json:"id,omitempty"`
		Matches []listing.MatchLine `json:"matches"`
	}{q.ID, make([]listing.MatchLine, 0, len(found))}
	for i := range found {
		printed.Matches = append(printed.Matches, listing.Match(&found[i]))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if format == "json" {
		e.SetIndent("", "  ")
	}
	return e.Encode(printed)
}

func (c *factsMatchCommand) text(w io.Writer, q *factsQuery, found []facts.Match) error {
	if len(q.ID) > 0 {
		fmt.Fprintf(w, "%s\n", q.ID)
	}
	n := 0
	for _, m := range found {
		if m.Level == "" && !c.All {
			continue
		}
		n++
		r := m.Review
		fmt.Fprintf(w, "%s (%.2f): %s\n", cmp.Or(string(m.Level), "little to do with it"), m.Score, printable(r.Claim))
		fmt.Fprintf(w, "  %s\n", printable(publishedAs(r)))
		fmt.Fprintf(w, "  %s\n", printable(r.URL))
		if len(m.Same) > 0 {
			fmt.Fprintf(w, "  in common: %s\n", printable(inCommon(m.Same)))
		}
	}
	if n == 0 {
		fmt.Fprintln(w, "No published fact-check that was imported seems to be about this.")
	}
	return nil
}

// publishedAs says who published a check, when, and with which rating.
func publishedAs(r *facts.Review) string {
	s := "checked"
	if r.Publisher != "" {
		s += " by " + r.Publisher
	}
	if r.Published != "" {
		s += " on " + r.Published
	}
	if r.Rating != "" {
		s += ", rated “" + r.Rating + "” there"
	}
	return s
}

func inCommon(same []facts.Same) string {
	var all []string
	for _, s := range same {
		all = append(all, fmt.Sprintf("%s “%s”", s.Kind, s.Text))
	}
	return strings.Join(all, ", ")
}

type factsListCommand struct {
	database
	Since     string `placeholder:"DAY" help:"Published on DAY, such as 2024-03-27, or later."`
	Until     string `placeholder:"DAY" help:"Published on DAY or earlier."`
	Publisher string `placeholder:"NAME" help:"Published by NAME, or a part of it."`
	Format    string `enum:"text,jsonl,claimreview" default:"text" placeholder:"FORMAT" help:"Print text, jsonl, or claimreview: ClaimReview of schema.org, one a line, to be imported elsewhere."`
	Limit     int    `default:"100" placeholder:"N" help:"Print N at most; 0 for all. Default: ${default}."`
}

// Help is shown below the command's flags.
func (*factsListCommand) Help() string {
	return `Examples:

  hearsay facts list --publisher orlen --since 2024-03-01
  hearsay facts list --format claimreview --limit 0 > reviews.jsonl`
}

// Run prints the list.
func (c *factsListCommand) Run(ctx context.Context, std streams) (err error) {
	for _, day := range []string{c.Since, c.Until} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return usagef("%q is no day such as 2024-03-27", day)
		}
	}
	shelf, done, err := c.checks(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, done()) }()
	out := bufio.NewWriter(std.out)
	defer func() { err = cmp.Or(err, out.Flush()) }()
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for r, err := range shelf.All(ctx, checks.Filter{Since: c.Since, Until: c.Until, Publisher: c.Publisher, Limit: c.Limit}) {
		if err != nil {
			return err
		}
		switch c.Format {
		case "jsonl":
			err = e.Encode(listing.Fact(r.Review))
		case "claimreview":
			err = e.Encode(claimreview.Of(r.Review))
		default:
			_, err = fmt.Fprintf(out, "%s  %s\n  %s\n  %s\n", r.ID(), printable(r.Claim), printable(publishedAs(r.Review)), printable(r.URL))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type factsRemoveCommand struct {
	database
	IDs []string `arg:"" name:"id" help:"The ids of fact-checks, as hearsay facts list prints them."`
}

// Run removes fact-checks.
func (c *factsRemoveCommand) Run(ctx context.Context, std streams) (err error) {
	shelf, done, err := c.checks(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, done()) }()
	return shelf.Remove(ctx, c.IDs...)
}
