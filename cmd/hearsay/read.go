package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/term"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
	"hearsay/reading/batch"
	"hearsay/report"
	"hearsay/store/checks"
)

type readCommand struct {
	Inputs       []string `arg:"" optional:"" name:"input" help:"Files, http(s) addresses, or - for standard input. HTML, PDF and plain text are told apart by their content."`
	Articles     []string `placeholder:"FILE" sep:"none" help:"Read article JSONL, one article a line: {\"text\": …} or {\"html\": …}, and where known \"id\", \"url\", \"title\", \"published\". May be repeated; - is standard input. Read after the inputs named by themselves."`
	Format       string   `short:"f" enum:"text,json,jsonl,html,csv" default:"text" help:"Print text (for people), json (one ledger), jsonl (a ledger a line), html (a page that stands by itself) or csv (a row a claim). Default: ${default}."`
	Output       string   `short:"o" placeholder:"FILE" help:"Write to FILE instead of standard output."`
	DB           string   `name:"db" placeholder:"STORE" help:"Compare the claims with the published fact-checks of this store (see hearsay facts)."`
	Rank         []string `placeholder:"all|REASON" help:"In text, html and csv, put first what deserves checking most: all, by check-worthiness alone; or one or more of the reasons ${reasons}, whose claims come before the others. json and jsonl keep the order of the text."`
	Techniques   string   `placeholder:"SURE" help:"List a technique of persuasion where it is at least SURE that the words are one, from 0 (every suspicion) to 1; or none. Default: as sure as reads best."`
	Published    string   `placeholder:"DATE" help:"The day of publication, such as 2024-03-27, where the input has none or a wrong one."`
	Language     string   `placeholder:"TAG" help:"The language of the inputs, such as en, instead of the one they seem to be in."`
	Force        bool     `help:"Read texts that are not in English as if they were."`
	AllowPrivate bool     `help:"Get addresses on private networks and on this machine too."`
	Jobs         int      `short:"j" default:"${jobs}" placeholder:"N" help:"Read this many inputs at a time; the order of the output stays. Default: one for each processor, ${default}."`
	Quiet        bool     `short:"q" help:"Show no progress. What could not be read is still said."`
}

// Help is shown below the command's flags.
func (*readCommand) Help() string {
	return `With no input it reads standard input, where that is not a terminal.

Examples:

  hearsay read article.txt
  hearsay read https://example.org/news/1.html report.pdf
  hearsay read --format html --output ledger.html article.txt
  hearsay read --rank all article.txt
  hearsay read --rank figures,accusations --techniques 0.5 article.txt
  hearsay read --articles articles.jsonl --format jsonl > ledgers.jsonl

--rank figures,accusations puts the claims that give a figure or accuse somebody by name before all others. Scores and marks of techniques say what to look at first and how the wording works, never what is so.

Exit status: 0 all was read; 1 some input could not be read (a line each on standard error; in jsonl an error object in its place); 2 wrong usage.

Colour is used on a terminal only. NO_COLOR=1 turns it off; CLICOLOR_FORCE=1 turns it on where the output is no terminal.`
}

func defaultJobs() int { return runtime.GOMAXPROCS(0) }

// input is one thing to read: one that is still to be got by its name, or an
// article or a failure that came out of article JSONL.
type input struct {
	name    string
	got     bool
	article article.Article
	err     error
}

// outcome is what became of one input.
type outcome struct {
	ledger *ledger.Ledger
	err    error
}

// Run reads every input and prints its ledger.
func (c *readCommand) Run(ctx context.Context, std streams) (err error) {
	if err := c.check(std); err != nil {
		return err
	}
	rank, err := ranking(c.Rank)
	if err != nil {
		return err
	}
	sure, err := sureness(c.Techniques)
	if err != nil {
		return err
	}
	var shelf *checks.Shelf
	if c.DB != "" {
		facts := database{DB: c.DB}
		var done func() error
		if shelf, done, err = facts.checks(ctx, false); err != nil {
			return err
		}
		defer func() { err = cmp.Or(err, done()) }()
	}
	out, err := c.open(std)
	if err != nil {
		return err
	}
	p, err := c.printer(std, out, rank)
	if err != nil {
		return err
	}
	getter := &article.Getter{AllowPrivate: c.AllowPrivate, Force: c.Force, Published: c.Published, Language: c.Language}
	newStep := func() func(context.Context, input) outcome {
		return worker(getter, sheltered{checks: shelf, techniques: sure})
	}
	for o := range batch.Ordered(ctx, c.Jobs, c.inputs(ctx, getter, std), newStep) {
		if ctx.Err() != nil {
			break
		}
		if err = p.print(o); err != nil {
			break
		}
	}
	err = cmp.Or(err, p.close())
	if closing := out.Close(); err == nil && closing != nil {
		err = fmt.Errorf("writing %s: %w", out.Name(), closing)
	}
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case p.unread:
		return errUnread
	}
	return nil
}

// printer prints outcomes, each of them whole before the next one is waited for.
type printer struct {
	name    string // of the output
	buffer  *bufio.Writer
	ledgers report.Writer
	notes   *progress
	unread  bool // some input could not be read
}

func (c *readCommand) printer(std streams, out *os.File, rank *report.Ranking) (*printer, error) {
	buffer := bufio.NewWriterSize(out, 1<<16)
	opt := options(out)
	opt.Rank = rank
	ledgers, err := report.New(c.Format, buffer, opt)
	if err != nil {
		return nil, err
	}
	return &printer{name: out.Name(), buffer: buffer, ledgers: ledgers, notes: newProgress(std, out, c.Quiet, c.total())}, nil
}

func (p *printer) print(o outcome) error {
	defer p.notes.one()
	if o.err == nil {
		return p.wrote(p.ledgers.Write(o.ledger))
	}
	failure := failure(o.err)
	if failure.Code == article.CodeUsage {
		return usageError{failure.Message}
	}
	p.unread = true
	fmt.Fprintf(p.notes, "hearsay: %v\n", o.err)
	return p.wrote(p.ledgers.Fail(failure))
}

func (p *printer) close() error {
	p.notes.stop()
	return p.wrote(p.ledgers.Close())
}

// wrote sends what has been printed on its way.
func (p *printer) wrote(err error) error {
	if errors.Is(err, report.ErrSecondLedger) {
		return usageError{err.Error()}
	}
	if err = cmp.Or(err, p.buffer.Flush()); err != nil {
		return fmt.Errorf("writing %s: %w", p.name, err)
	}
	return nil
}

// check finds what is wrong with the command line before anything is read.
func (c *readCommand) check(std streams) error {
	if len(c.Inputs) == 0 && len(c.Articles) == 0 {
		if term.IsTerminal(int(std.in.Fd())) {
			return usagef("read needs a file, an address, or - for standard input, as in: hearsay read article.txt")
		}
		c.Inputs = []string{"-"}
	}
	named := slices.Concat(c.Inputs, c.Articles)
	stdin := 0
	for _, name := range named {
		if name == "-" {
			stdin++
		}
	}
	if stdin > 1 {
		return usagef("standard input (-) can be read only once")
	}
	if c.Format == report.JSON && len(named) > 1 {
		return usageError{report.ErrSecondLedger.Error()}
	}
	if c.Jobs < 1 {
		return usagef("--jobs must be at least 1, not %d", c.Jobs)
	}
	if target, err := os.Stat(c.Output); err == nil && target.Mode().IsRegular() {
		for _, name := range named {
			if file, err := os.Stat(name); err == nil && os.SameFile(file, target) {
				return usagef("--output %s would overwrite an input", c.Output)
			}
		}
	}
	return nil
}

// open returns the file that the ledgers are written to.
func (c *readCommand) open(std streams) (*os.File, error) {
	if c.Output == "" || c.Output == "-" {
		return std.out, nil
	}
	f, err := os.Create(c.Output)
	if err != nil {
		return nil, fmt.Errorf("the output cannot be written: %w", err)
	}
	return f, nil
}

// total is how many inputs there are, or 0 where article JSONL leaves that open.
func (c *readCommand) total() int {
	if len(c.Articles) > 0 {
		return 0
	}
	return len(c.Inputs)
}

// inputs yields the inputs in the order of the output.
func (c *readCommand) inputs(ctx context.Context, getter *article.Getter, std streams) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, name := range c.Inputs {
			if !yield(input{name: name}) {
				return
			}
		}
		for _, name := range c.Articles {
			for in := range jsonl(ctx, getter, name, std) {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// jsonl yields the articles of one file of article JSONL.
func jsonl(ctx context.Context, getter *article.Getter, name string, std streams) iter.Seq[input] {
	return func(yield func(input) bool) {
		file := std.in
		if name != "-" {
			var err error
			if file, err = openFile(name); err != nil {
				// Getting it as an article fails too, and says why and what to do.
				if _, told := getter.Get(ctx, name); told != nil {
					err = told
				}
				yield(input{name: name, got: true, err: err})
				return
			}
			defer file.Close()
		}
		for a, err := range getter.JSONL(ctx, file, name) {
			if !yield(input{name: name, got: true, article: a, err: err}) {
				return
			}
		}
	}
}

// openFile opens what can be read as a file: not a folder, but a pipe too.
func openFile(name string) (*os.File, error) {
	if info, err := os.Stat(name); err != nil {
		return nil, err
	} else if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder", name)
	}
	return os.Open(name)
}

// worker returns a step that reads with r, which is its own.
func worker(getter *article.Getter, r sheltered) func(context.Context, input) outcome {
	return func(ctx context.Context, in input) outcome {
		if !in.got {
			in.article, in.err = getter.Get(ctx, in.name)
			if in.name != "-" {
				in.article.ID = strings.ToValidUTF8(in.name, "\uFFFD")
			}
		}
		if in.err != nil {
			return outcome{err: in.err}
		}
		l, err := r.read(in.name, &in.article)
		return outcome{ledger: l, err: err}
	}
}

// sheltered reads texts, each of which may fail without taking the others down.
type sheltered struct {
	techniques float64         // how sure of a technique of persuasion: see reading.Reader
	reader     *reading.Reader // made when it is first needed
	checks     *checks.Shelf   // published fact-checks to compare the claims with; nil for none
	finder     *checks.Finder
}

// read returns the ledger of a, or an *article.Error that calls it name.
func (s *sheltered) read(name string, a *article.Article) (l *ledger.Ledger, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			s.reader = nil
			l, err = nil, unreadable(name, fmt.Errorf("a fault of this program, please report it with the text: %v", fault))
		}
	}()
	if s.reader == nil {
		if s.reader, err = reading.New(); err != nil {
			return nil, unreadable(name, err)
		}
	}
	s.reader.Techniques = s.techniques
	if l, err = s.reader.Read(a); err != nil {
		return nil, unreadable(name, err)
	}
	if s.checks == nil {
		return l, nil
	}
	ctx := context.Background() // a text in hand is finished
	switch n, err := s.checks.Len(ctx); {
	case err != nil:
		return nil, unreadable(name, err)
	case n == 0:
		return l, nil
	}
	if s.finder == nil {
		s.finder = s.checks.Finder()
	}
	if err := match(ctx, s.finder, l); err != nil {
		return nil, unreadable(name, err)
	}
	return l, nil
}

// unreadable is the error for a text that was got and could not be read.
func unreadable(name string, err error) error {
	return article.NewError(name, article.CodeUnreadable, err.Error(), err)
}

// failure is the record of an input that could not be read.
func failure(err error) ledger.Failure {
	var known *article.Error
	if errors.As(err, &known) {
		return ledger.Failure{Input: known.Input, Code: known.Code, Message: known.Message}
	}
	return ledger.Failure{Code: article.CodeUnreadable, Message: err.Error()}
}

// options are what the terminal, if there is one, and the environment say
// about how text is to look.
func options(out *os.File) report.Options {
	o := report.Options{Width: 80}
	width, _, err := term.GetSize(int(out.Fd()))
	if err == nil && width > 0 {
		o.Width = width
	}
	forced := os.Getenv("CLICOLOR_FORCE")
	o.Color = err == nil && os.Getenv("TERM") != "dumb" || forced != "" && forced != "0"
	if os.Getenv("NO_COLOR") != "" {
		o.Color = false
	}
	return o
}
