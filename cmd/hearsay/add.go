package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"hearsay/article"
	"hearsay/article/inputs"
	"hearsay/queue"
	"hearsay/reading/batch"
	"hearsay/store"
)

type addCommand struct {
	database
	Inputs       []string `arg:"" optional:"" name:"input" help:"Files, folders, http(s) addresses, or - for standard input, told apart by what they hold."`
	Published    string   `placeholder:"DATE" help:"The day of publication, such as 2024-03-27, of texts, pages and PDFs, and of other articles that state none."`
	Language     string   `placeholder:"TAG" help:"The language of the inputs, such as en, instead of the one they seem to be in."`
	Force        bool     `help:"Read texts that are not in English as if they were."`
	AllowPrivate bool     `help:"Get addresses on private networks and on this machine too."`
	Jobs         int      `short:"j" default:"${jobs}" placeholder:"N" help:"Read this many articles at a time. Default: one for each processor, ${default}."`
	Queue        bool     `help:"Do not read the articles here: put them in the queue of a store in PostgreSQL, for hearsay work to read."`
	Summary      string   `placeholder:"FILE" help:"Write what became of each article to FILE, a JSON object a line."`
	JSON         bool     `name:"json" help:"Print the counts as JSON."`
	Quiet        bool     `short:"q" help:"Show no progress and no counts. What could not be read is still said."`
}

// Help is shown below the command's flags.
func (*addCommand) Help() string {
	return `An input is one article (a text, a page, a PDF) or holds many: article JSONL, an RSS, Atom or JSON feed, an OPML list of feeds, a WARC file, the result.json of a Telegram export. Each may be packed with gzip. Folders are gone through to the bottom, without hidden files and without following links to folders.

An article that the store has is not read again, and one whose text has changed becomes a new version. So a command that was broken off goes on where it was when it is given again.

Examples:

  hearsay add articles.jsonl.gz
  hearsay add --db spring.db crawl.warc.gz saved-pages/
  hearsay add https://example.org/feed.xml feeds.opml
  hearsay add --queue --db postgres://hearsay@db.example/news crawl.warc.gz
  hearsay add --summary log.jsonl ~/Downloads/Telegram/result.json

Exit status: 0 all was read or known; 1 some input could not be read (a line each on standard error); 2 wrong usage.`
}

// Run adds every input.
func (c *addCommand) Run(ctx context.Context, std streams) (err error) {
	if err := c.check(std); err != nil {
		return err
	}
	if c.Queue {
		if err := c.hasQueue(); err != nil {
			return err
		}
	}
	s, err := c.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, s.Close()) }()
	if !c.Queue {
		return c.add(ctx, std, s, nil)
	}
	q, err := queue.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer q.Close()
	return c.add(ctx, std, s, q)
}

func (c *addCommand) check(std streams) error {
	if len(c.Inputs) == 0 {
		if term.IsTerminal(int(std.in.Fd())) {
			return usagef("add needs a file, a folder, an address, or - for standard input, as in: hearsay add articles.jsonl")
		}
		c.Inputs = []string{"-"}
	}
	stdin := 0
	for _, name := range c.Inputs {
		if name == "-" {
			stdin++
		}
	}
	if stdin > 1 {
		return usagef("standard input (-) can be read only once")
	}
	if c.Jobs < 1 {
		return usagef("--jobs must be at least 1, not %d", c.Jobs)
	}
	for _, name := range c.Inputs {
		if file, err := os.Stat(name); err == nil && c.Summary != "" {
			if target, err := os.Stat(c.Summary); err == nil && os.SameFile(file, target) {
				return usagef("--summary %s would overwrite an input", c.Summary)
			}
		}
	}
	return nil
}

// putter is what adding asks of a queue.
type putter interface {
	Put(ctx context.Context, articles []queue.Article) (fresh []bool, err error)
}

// add reads the inputs into s or, if q is not nil, puts those in the queue that s
// does not know. When ctx ends it takes no further article and finishes those in hand.
func (c *addCommand) add(ctx context.Context, std streams, s shelf, q putter) (err error) {
	summary := io.Discard
	if c.Summary != "" {
		f, err := os.Create(c.Summary)
		if err != nil {
			return fmt.Errorf("the summary cannot be written: %w", err)
		}
		defer f.Close()
		summary = f
	}
	std.hold()
	walker := &inputs.Walker{
		Getter: &article.Getter{AllowPrivate: c.AllowPrivate, Force: c.Force, Published: c.Published, Language: c.Language},
		Stdin:  untilDone(ctx, std.in),
	}
	a := &adding{
		intake: intake{s}, queue: q, began: time.Now(), summary: bufio.NewWriter(summary),
		counts: counts{Refused: make(map[string]int)},
		notes:  newAddProgress(std, c.Quiet, c.Inputs, walker),
	}
	defer context.AfterFunc(ctx, func() {
		fmt.Fprintln(a.notes, "hearsay: finishing the articles in hand; Ctrl-C again ends at once")
	})()

	err = a.all(ctx, c.Jobs, walker.Walk(ctx, c.Inputs))
	a.notes.stop()
	if flushed := a.summary.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("the summary cannot be written: %w", flushed)
	}
	if a.usage != nil {
		return a.usage
	}
	a.counts.Interrupted = ctx.Err() != nil
	a.counts.Seconds = time.Since(a.began).Seconds()
	if told := c.tell(std.out, &a.counts); err == nil {
		err = told
	}
	switch {
	case err != nil:
		return err
	case a.counts.Interrupted:
		fmt.Fprintln(std.err, "hearsay: broken off; to go on, give the same command again: what was added is not read twice")
		return context.Canceled
	case len(a.counts.Refused) > 0:
		return errUnread
	}
	return nil
}

// untilDone returns a reader of r that fails when ctx ends, even while r is
// waited for, as nothing can be made to stop waiting for a terminal or a pipe.
// The goroutine that waits then ends with the program.
func untilDone(ctx context.Context, r io.Reader) io.Reader {
	return &untilDoneReader{ctx: ctx, r: r}
}

type untilDoneReader struct {
	ctx  context.Context
	r    io.Reader
	pipe *io.PipeReader
}

func (u *untilDoneReader) Read(p []byte) (int, error) {
	if u.pipe == nil { // not before it is wanted: nothing may be taken from a stream that is not an input
		in, out := io.Pipe()
		u.pipe = in
		context.AfterFunc(u.ctx, func() { out.CloseWithError(u.ctx.Err()) })
		go func() {
			_, err := io.Copy(out, u.r)
			out.CloseWithError(err)
		}()
	}
	return u.pipe.Read(p)
}

// counts are what became of the articles.
type counts struct {
	Added       int            `json:"added"`
	Queued      int            `json:"queued,omitempty"`
	Waiting     int            `json:"waiting,omitempty"` // in the queue already
	Changed     int            `json:"changed"`
	Known       int            `json:"known"`
	PassedOver  int            `json:"passed_over"` // met in a folder, and no text
	Refused     map[string]int `json:"refused"`     // by code
	Seconds     float64        `json:"seconds"`
	Interrupted bool           `json:"interrupted,omitempty"`
}

// tell prints the counts.
func (c *addCommand) tell(w io.Writer, n *counts) error {
	if c.JSON {
		return json.NewEncoder(w).Encode(n)
	}
	if c.Quiet {
		return nil
	}
	refused := 0
	var why []string
	for _, code := range slices.Sorted(maps.Keys(n.Refused)) {
		refused += n.Refused[code]
		why = append(why, fmt.Sprintf("%s %d", code, n.Refused[code]))
	}
	line := fmt.Sprintf("%d added, %d changed, %d known already, %d refused", n.Added, n.Changed, n.Known, refused)
	if c.Queue {
		line = fmt.Sprintf("%d queued, %d in the queue already, %d known already, %d refused", n.Queued, n.Waiting, n.Known, refused)
	}
	if refused > 0 {
		line += " (" + strings.Join(why, ", ") + ")"
	}
	if n.PassedOver > 0 {
		line += fmt.Sprintf(", %d passed over", n.PassedOver)
	}
	_, err := fmt.Fprintln(w, line)
	return err
}

// adding is one run of add.
type adding struct {
	intake
	queue   putter // what articles are put in instead of being read; nil to read them
	notes   *addProgress
	summary *bufio.Writer
	counts  counts
	began   time.Time
	said    int   // lines about refused articles
	usage   error // an option that made no sense, met when it was first used

	pending []added // read, and to be kept together
	since   time.Time
}

// Articles are kept together to save the cost of a transaction for each; what
// is pending is lost when the program is killed, and read again.
const (
	maxPending  = 32
	maxWaiting  = 500 * time.Millisecond
	maxSaid     = 50
	passedOver  = "passed_over"
	keptAlready = "known"
	refusedItem = "refused"
	queued      = "queued"
	waiting     = "waiting"
)

// all adds the items, in order. Only the store's own failures end it.
func (a *adding) all(ctx context.Context, jobs int, items iter.Seq[inputs.Item]) error {
	newStep := func() func(context.Context, inputs.Item) added {
		r := sheltered{checks: checksIn(a.shelf)}
		return func(_ context.Context, it inputs.Item) added { return a.read(ctx, &r, it) }
	}
	whole := context.WithoutCancel(ctx) // what is in hand is finished
	for done := range batch.Ordered(whole, jobs, items, newStep) {
		if err := a.one(whole, done); err != nil {
			return err
		}
		if a.usage != nil {
			return nil
		}
	}
	return a.flush(whole)
}

// read gets and reads an article, unless the store has it.
func (a *adding) read(ctx context.Context, r *sheltered, it inputs.Item) added {
	done := a.get(ctx, it)
	if a.queue == nil {
		done.read(r)
	}
	return done
}

// one takes what became of an item.
func (a *adding) one(ctx context.Context, done added) error {
	switch {
	case done.fatal != nil:
		return done.fatal
	case done.err != nil:
		return a.refuse(done.item, done.err)
	case done.known != "":
		a.counts.Known++
		if !done.marked {
			if err := a.mark(ctx, done.item, done.known); err != nil {
				return err
			}
		}
		return a.log(record{Origin: done.item.Origin, Outcome: keptAlready, ID: done.known})
	}
	if len(a.pending) == 0 {
		a.since = time.Now()
	}
	a.pending = append(a.pending, done)
	if len(a.pending) >= maxPending || time.Since(a.since) > maxWaiting {
		return a.flush(ctx)
	}
	return nil
}

// flush keeps what is pending.
func (a *adding) flush(ctx context.Context) error {
	pending := a.pending
	a.pending = nil
	if len(pending) == 0 {
		return nil
	}
	if a.queue != nil {
		return a.put(ctx, pending)
	}
	err := a.keep(ctx, pending)
	if err == nil || isFatal(err) {
		return err
	}
	// The store does not take one of them: which?
	for i := range pending {
		switch err := a.keep(ctx, pending[i:i+1]); {
		case isFatal(err):
			return err
		case err != nil:
			if err := a.refuse(pending[i].item, notTaken(pending[i].item, err)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *adding) keep(ctx context.Context, pending []added) error {
	results, err := a.intake.keep(ctx, pending)
	if err != nil {
		return err
	}
	for i, r := range results {
		switch r.Outcome {
		case store.Added:
			a.counts.Added++
		case store.Changed:
			a.counts.Changed++
		default: // another article of this run has the same text
			a.counts.Known++
		}
		if err := a.log(record{Origin: pending[i].item.Origin, Outcome: r.Outcome.String(), ID: r.ID}); err != nil {
			return err
		}
	}
	return nil
}

// put puts articles in the queue.
func (a *adding) put(ctx context.Context, pending []added) error {
	articles := make([]queue.Article, len(pending))
	for i, p := range pending {
		articles[i] = queue.Article{Name: p.item.Name, Origin: p.item.Origin, State: p.item.State, Article: p.article}
	}
	fresh, err := a.queue.Put(ctx, articles)
	if err != nil {
		return err
	}
	for i := range pending {
		r := record{Origin: pending[i].item.Origin, Outcome: queued, ID: store.ID(&pending[i].article)}
		if fresh[i] {
			a.counts.Queued++
		} else {
			a.counts.Waiting++
			r.Outcome = waiting
		}
		if err := a.log(r); err != nil {
			return err
		}
	}
	return nil
}

// refuse says that an item could not be read.
func (a *adding) refuse(it inputs.Item, err error) error {
	failure := failure(err)
	switch {
	case failure.Code == article.CodeUsage:
		a.usage = usageError{failure.Message}
		return nil
	case failure.Code == article.CodeCanceled:
		return nil // it was in hand when the person pressed Ctrl-C, and could not be finished
	case it.Found && failure.Code == article.CodeBinary:
		a.counts.PassedOver++
		return a.log(record{Origin: it.Origin, Outcome: passedOver, Code: failure.Code, Message: failure.Message})
	}
	a.counts.Refused[failure.Code]++
	if a.said++; a.said <= maxSaid {
		fmt.Fprintf(a.notes, "hearsay: %v\n", err)
	} else if a.said == maxSaid+1 {
		fmt.Fprintln(a.notes, "hearsay: more could not be read; --summary FILE names them all")
	}
	return a.log(record{Origin: it.Origin, Outcome: refusedItem, Code: failure.Code, Message: failure.Message})
}

// record is a line of the summary.
type record struct {
	Origin  string `json:"origin"`
	Outcome string `json:"outcome"` // added, changed, known, queued, waiting, refused, passed_over
	ID      string `json:"id,omitempty"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
}

func (a *adding) log(r record) error {
	a.notes.one(r.Outcome != keptAlready)
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if _, err := a.summary.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("the summary cannot be written: %w", err)
	}
	return nil
}
