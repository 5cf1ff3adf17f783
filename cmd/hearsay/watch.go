package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"hearsay/article"
	"hearsay/article/fetch/polite"
	"hearsay/article/inputs"
	"hearsay/report"
	"hearsay/store"
	"hearsay/watch"
)

type watchCommand struct {
	database
	Feeds        []string      `arg:"" name:"feed" help:"Addresses of RSS, Atom or JSON feeds or of OPML lists of them; or OPML files."`
	Every        time.Duration `default:"15m" placeholder:"TIME" help:"Poll each feed this often, such as 1h30m; less often where it or its server asks for that. Default: ${default}."`
	Delay        time.Duration `default:"1s" placeholder:"TIME" help:"Wait this long between two requests to one host; longer where its robots.txt asks for that. Default: ${default}."`
	Once         bool          `help:"Poll what is due once and end, as for cron."`
	Now          bool          `help:"Poll every feed now, whether it is due or not, also one that was gone."`
	Language     string        `placeholder:"TAG" help:"The language of the articles, such as en, instead of the one they seem to be in."`
	Force        bool          `help:"Read texts that are not in English as if they were."`
	AllowPrivate bool          `help:"Get addresses on private networks and on this machine too."`
	Jobs         int           `short:"j" default:"${jobs}" placeholder:"N" help:"Read this many articles at a time. Default: one for each processor, ${default}."`
	JSON         bool          `name:"json" help:"Print what happens as JSON, an object a line."`
	Quiet        bool          `short:"q" help:"Print only what could not be read."`
}

// Help is shown below the command's flags.
func (*watchCommand) Help() string {
	return `Each feed is asked for what has changed since the last time, and of its new items the pages are read that it links to, unless it has their texts. A line a thing that happens goes to standard output.

It is polite: one connection a host at a time; a delay between two; robots.txt is heard, also for feeds, where the program goes by the name of hearsay, and a server that fails to give one is not asked for anything; Retry-After, a feed's ttl, skipHours and skipDays and its server's max-age are heard, up to a day. A feed that fails is asked for half as often each time, down to once a day; one that is gone (410) no more; one that has moved for good (301, 308) at its new address. An item that cannot be got is tried in three polls.

All of that is remembered in the store: give the same command again, after however long, and it goes on. Ctrl-C or a SIGTERM ends it when the articles in hand are kept.

Examples:

  hearsay watch https://example.org/feed.xml
  hearsay watch --every 1h --db spring.db feeds.opml https://example.org/lists/europe.opml
  */15 * * * *  hearsay watch --once --quiet feeds.opml      (a line of a crontab)

Exit status: 0 with --once, all was read or known; 1 some could not be read, with --once, or nothing can be kept; 2 wrong usage; 130 ended by a signal.`
}

// Run polls the feeds.
func (c *watchCommand) Run(ctx context.Context, std streams) (err error) {
	switch {
	case c.Every < watch.MinEvery:
		return usagef("--every must be at least %v, not %v", watch.MinEvery, c.Every)
	case c.Delay < 0:
		return usagef("--delay must not be negative")
	case c.Jobs < 1:
		return usagef("--jobs must be at least 1, not %d", c.Jobs)
	}
	s, err := c.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, s.Close()) }()
	std.hold()
	return c.watch(ctx, std, s)
}

func (c *watchCommand) watch(ctx context.Context, std streams, s shelf) error {
	getter := &article.Getter{AllowPrivate: c.AllowPrivate, Force: c.Force, Language: c.Language}
	gate := &polite.Gate{Client: getter.Client(), Delay: max(c.Delay, 1)} // 0 is the gate's default
	getter.Gate = gate.Enter
	log := &watchLog{out: bufio.NewWriter(std.out), json: c.JSON, quiet: c.Quiet}
	w := &watch.Watcher{
		Getter: getter, Memory: s, Every: c.Every, Once: c.Once, Now: c.Now,
		Add: newReaders(s, c.Jobs).add, Tell: log.tell,
	}
	err := w.Run(ctx, c.Feeds)
	switch err = cmp.Or(err, log.err); {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return context.Canceled
	case c.Once && log.failed:
		return errUnread
	case !c.Once:
		return fmt.Errorf("none of the feeds is left to be polled")
	}
	return nil
}

// readers take articles in that come from several goroutines at once, and read
// no more of them at a time than they are.
type readers struct {
	intake
	free chan *sheltered
}

func newReaders(s shelf, n int) *readers {
	r := &readers{intake{s}, make(chan *sheltered, n)}
	for range n {
		r.free <- new(sheltered)
	}
	return r
}

// add takes an item in. An *article.Error says that it could not be read,
// another error that the store takes nothing any more.
func (r *readers) add(ctx context.Context, it inputs.Item) (id string, o store.Outcome, err error) {
	done := r.get(ctx, it)
	if done.ledger == nil && done.err == nil && done.known == "" && done.fatal == nil {
		reader := <-r.free
		done.read(reader)
		r.free <- reader
	}
	whole := context.WithoutCancel(ctx) // what was got is kept
	switch {
	case done.fatal != nil:
		return "", 0, done.fatal
	case done.err != nil:
		return "", 0, done.err
	case done.known != "":
		if !done.marked {
			err = r.mark(whole, it, done.known)
		}
		return done.known, store.Known, err
	}
	results, err := r.keep(whole, []added{done})
	if err != nil {
		if !isFatal(err) {
			err = notTaken(it, err)
		}
		return "", 0, err
	}
	return results[0].ID, results[0].Outcome, nil
}

// watchLog prints what happens while feeds are watched.
type watchLog struct {
	json, quiet bool

	mu     sync.Mutex
	out    *bufio.Writer
	failed bool  // something could not be read
	err    error // of out
}

func (l *watchLog) tell(e watch.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bad := e.Kind == watch.Refused || e.Kind == watch.Failed || e.Kind == watch.Gone
	l.failed = l.failed || bad
	if l.quiet && !bad {
		return
	}
	err := error(nil)
	if l.json {
		err = json.NewEncoder(l.out).Encode(e)
	} else if line := eventLine(&e); line != "" {
		_, err = fmt.Fprintf(l.out, "%s %s\n", e.Time.Format(time.RFC3339), report.Line(line))
	}
	l.err = cmp.Or(l.err, err, l.out.Flush())
}

// eventLine says for a person what has happened, if it is worth a line.
func eventLine(e *watch.Event) string {
	next := ""
	if !e.Next.IsZero() {
		next = "; next at " + e.Next.Format(time.RFC3339)
	}
	switch e.Kind {
	case watch.Polled:
		var what []string
		for _, n := range []struct {
			n    int
			what string
		}{{e.Counts.Added, "added"}, {e.Counts.Changed, "changed"}, {e.Counts.Refused, "refused"}, {e.Counts.Left, "left for the next time"}} {
			if n.n > 0 {
				what = append(what, fmt.Sprint(n.n, " ", n.what))
			}
		}
		if len(what) == 0 {
			return ""
		}
		return e.Feed + ": " + strings.Join(what, ", ") + next
	case watch.Article:
		return e.Item + ": " + e.Outcome + " as " + e.ID
	case watch.Gone:
		return e.Message + "; it is not polled any more (--now asks for it again)"
	case watch.Moved:
		return e.Feed + ": it has moved to " + e.To
	case watch.List:
		return fmt.Sprintf("%s: a list of %d feeds%s", e.Feed, e.Feeds, next)
	default: // Refused, Failed
		return e.Message + next
	}
}
