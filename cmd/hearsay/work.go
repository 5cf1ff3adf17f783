package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/queue"
	"hearsay/report"
	"hearsay/store/checks"
)

// hasQueue returns an error if the store is none beside which there is a queue.
func (d *database) hasQueue() error {
	if scheme, _, _ := strings.Cut(d.DB, "://"); scheme != "postgres" && scheme != "postgresql" {
		return usagef("only a store in PostgreSQL has a queue: give its address, as in --db postgres://user@host/database")
	}
	return nil
}

type workCommand struct {
	database
	Jobs       int  `short:"j" default:"${jobs}" placeholder:"N" help:"Read this many articles at a time. Default: one for each processor, ${default}."`
	UntilEmpty bool `help:"Stop when no article waits or is in any worker's hands, instead of waiting for more."`
	JSON       bool `name:"json" help:"Print the counts as JSON."`
	Quiet      bool `short:"q" help:"Show no progress and no counts. What could not be read is still said."`
}

// Help is shown below the command's flags.
func (*workCommand) Help() string {
	return `Takes the articles that hearsay add --queue has put in the queue of a store in PostgreSQL, reads them and keeps them, as hearsay add would. Any number of workers may do so at once, on any number of machines.

A worker that is told to stop (Ctrl-C, or the signal TERM) finishes what it is reading first. What one had in hand that was killed, or whose machine or connection failed, others take within a minute. While the database is away a worker waits for it.

An article that cannot be read, or with which several workers in a row have ended, is given up: hearsay queue lists those, and has them tried again.

Examples:

  hearsay add --queue --db postgres://hearsay@db.example/news crawl.warc.gz
  hearsay work --db postgres://hearsay@db.example/news
  hearsay work --db postgres://hearsay@db.example/news --until-empty

Exit status: 0 all was read; 1 some could not be read (a line each on standard error), or the database not be reached at first; 2 wrong usage; 130 stopped.`
}

// Run works.
func (c *workCommand) Run(ctx context.Context, std streams) (err error) {
	if c.Jobs < 1 {
		return usagef("--jobs must be at least 1, not %d", c.Jobs)
	}
	if err := c.hasQueue(); err != nil {
		return err
	}
	s, err := c.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, s.Close()) }()
	q, err := queue.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer q.Close()
	home, ok := s.(queue.Store)
	if !ok {
		return fmt.Errorf("the store at this address has no queue")
	}

	std.hold()
	w := &queue.Worker{Queue: q, Store: home, Jobs: c.Jobs, Read: queueReader(checksIn(s)), UntilEmpty: c.UntilEmpty}
	p := newWorkProgress(std, c.Quiet, q, w.Done())
	w.Note = p.note
	defer context.AfterFunc(ctx, func() {
		fmt.Fprintln(p, "hearsay: finishing the articles in hand; Ctrl-C again ends at once")
	})()
	err = w.Run(ctx)
	p.stop()
	if told := c.tell(std.out, p); err == nil {
		err = told
	}
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return context.Canceled
	case w.Done().Failed.Load() > 0:
		return errUnread
	}
	return nil
}

// queueReader returns what makes readers of articles of the queue, which compare their
// claims with published fact-checks.
func queueReader(shelf *checks.Shelf) func() func(*queue.Article) (*ledger.Ledger, error) {
	return func() func(*queue.Article) (*ledger.Ledger, error) {
		r := sheltered{checks: shelf}
		return func(a *queue.Article) (*ledger.Ledger, error) { return r.read(a.Name, &a.Article) }
	}
}

// tell prints what was done.
func (c *workCommand) tell(w io.Writer, p *workProgress) error {
	d := p.done
	n := struct {
		Added   int64   `json:"added"`
		Changed int64   `json:"changed"`
		Known   int64   `json:"known"`
		Failed  int64   `json:"failed"`
		Seconds float64 `json:"seconds"`
	}{d.Added.Load(), d.Changed.Load(), d.Known.Load(), d.Failed.Load(), time.Since(p.began).Seconds()}
	if c.JSON {
		return json.NewEncoder(w).Encode(n)
	}
	if c.Quiet {
		return nil
	}
	_, err := fmt.Fprintf(w, "%d added, %d changed, %d known already, %d failed\n", n.Added, n.Changed, n.Known, n.Failed)
	return err
}

// workProgress shows on standard error how far a worker has come: all the time
// on a terminal, by a line now and then elsewhere. It takes the other lines that
// are to stand there.
type workProgress struct {
	lines   io.Writer
	began   time.Time
	queue   *queue.Queue
	done    *queue.Done
	waiting atomic.Int64 // -1 while it is not known
	said    atomic.Int64 // lines about articles

	bars *mpb.Progress // on a terminal
	bar  *mpb.Bar

	end     context.CancelFunc
	running sync.WaitGroup
}

// countEvery is how often the queue is asked how many articles wait.
const countEvery = 5 * time.Second

func newWorkProgress(std streams, quiet bool, q *queue.Queue, done *queue.Done) *workProgress {
	p := &workProgress{lines: std.err, began: time.Now(), queue: q, done: done}
	p.waiting.Store(-1)
	ctx, end := context.WithCancel(context.Background())
	p.end = end
	if quiet {
		return p
	}
	plain := !term.IsTerminal(int(std.err.Fd()))
	if !plain {
		p.bars = mpb.New(mpb.WithOutput(std.err))
		p.bar = p.bars.New(1, mpb.NopStyle(), mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return p.String() })))
		p.lines = p.bars
	}
	p.running.Go(func() { p.count(ctx, plain) })
	return p
}

// count asks how many articles wait, and says so where that is not shown. To
// count a long queue takes a moment, so it is done as often as it is shown.
func (p *workProgress) count(ctx context.Context, plain bool) {
	every := countEvery
	if plain {
		every = plainEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if !plain {
			p.ask(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if plain {
			p.ask(ctx)
			fmt.Fprintf(p.lines, "hearsay: %v\n", p)
		}
	}
}

func (p *workProgress) ask(ctx context.Context) {
	if c, err := p.queue.Counts(ctx); err == nil {
		p.waiting.Store(int64(c.Waiting))
	}
}

// String says how far it is: "120 read, 2 failed, 58 a second, 2300 waiting".
func (p *workProgress) String() string {
	d := p.done
	read := d.Added.Load() + d.Changed.Load() + d.Known.Load()
	s := fmt.Sprintf("%d read", read)
	if failed := d.Failed.Load(); failed > 0 {
		s += fmt.Sprintf(", %d failed", failed)
	}
	if passed := time.Since(p.began); passed > time.Second {
		s += fmt.Sprintf(", %.0f a second", float64(read)/passed.Seconds())
	}
	if n := p.waiting.Load(); n >= 0 {
		s += fmt.Sprintf(", %d waiting", n)
	}
	return s
}

// Write prints lines, above the progress where that is shown.
func (p *workProgress) Write(lines []byte) (int, error) { return p.lines.Write(lines) }

// note says what went wrong, with an article or with the database.
func (p *workProgress) note(name string, err error) {
	line := err.Error()
	if known := (*article.Error)(nil); name != "" && !errors.As(err, &known) {
		line = name + ": " + line
	}
	said := p.said.Load()
	if name != "" {
		said = p.said.Add(1)
	}
	if said <= maxSaid {
		fmt.Fprintf(p, "hearsay: %s\n", report.Line(line))
	} else if said == maxSaid+1 {
		fmt.Fprintln(p, "hearsay: more could not be read; hearsay queue names them all")
	}
}

// stop takes the progress off the screen.
func (p *workProgress) stop() {
	p.end()
	p.running.Wait()
	if p.bar != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
}

type queueCommand struct {
	database
	Numbers []int64 `arg:"" optional:"" name:"number" help:"Articles that failed, by their numbers in the list. Default: all."`
	Retry   bool    `xor:"what" help:"Have articles that failed tried again."`
	Drop    bool    `xor:"what" help:"Take articles that failed out of the queue."`
	JSON    bool    `name:"json" help:"Print a JSON object."`
}

// Help is shown below the command's flags.
func (*queueCommand) Help() string {
	return `Says how many articles wait in the queue of a store in PostgreSQL, how many are in the hands of workers, and which were given up, each with its number and the reason. Those stay where they are, and are not put in the queue a second time, until they are tried again (--retry) or dropped (--drop).

Examples:

  hearsay queue --db postgres://hearsay@db.example/news
  hearsay queue --db postgres://hearsay@db.example/news --retry
  hearsay queue --db postgres://hearsay@db.example/news --drop 17 23`
}

// Run says what is in the queue, or changes what failed.
func (c *queueCommand) Run(ctx context.Context, std streams) error {
	if len(c.Numbers) > 0 && !c.Retry && !c.Drop {
		return usagef("what is to be done with the articles of these numbers: --retry or --drop?")
	}
	if err := c.hasQueue(); err != nil {
		return err
	}
	q, err := queue.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer q.Close()
	if c.Retry || c.Drop {
		change, did := q.Retry, "to be tried again"
		if c.Drop {
			change, did = q.Drop, "dropped"
		}
		n, err := change(ctx, c.Numbers...)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(std.out).Encode(map[string]int{"changed": n})
		}
		if _, err := fmt.Fprintf(std.out, "%d %s\n", n, did); err != nil {
			return err
		}
		if n < len(c.Numbers) {
			return fmt.Errorf("%d of the %d numbers are of no article that failed", len(c.Numbers)-n, len(c.Numbers))
		}
		return nil
	}
	counts, err := q.Counts(ctx)
	if err != nil {
		return err
	}
	failures := []queue.Failure{}
	for f, err := range q.Failed(ctx) {
		if err != nil {
			return err
		}
		failures = append(failures, f)
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(struct {
			queue.Counts
			Failures []queue.Failure `json:"failures"`
		}{counts, failures})
	}
	if _, err := fmt.Fprintf(std.out, "%d waiting, %d in hand, %d failed; workers: %d\n", counts.Waiting, counts.Running, counts.Failed, counts.Workers); err != nil {
		return err
	}
	for _, f := range failures {
		if _, err := fmt.Fprintf(std.out, "%6d  %s\n", f.Number, report.Line(f.String())); err != nil {
			return err
		}
	}
	return nil
}
