package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"hearsay/article"
	"hearsay/article/fetch"
	"hearsay/article/fetch/polite"
	"hearsay/article/inputs"
	"hearsay/report"
	"hearsay/store"
	"hearsay/watch"
	"hearsay/watch/webhook"
)

type watchCommand struct {
	database
	Feeds []string      `arg:"" optional:"" name:"feed" help:"Addresses of RSS, Atom or JSON feeds or of OPML lists of them; or OPML files."`
	Every time.Duration `default:"15m" placeholder:"TIME" help:"Poll each feed this often, such as 1h30m; less often where it or its server asks for that. Default: ${default}."`
	Delay time.Duration `default:"1s" placeholder:"TIME" help:"Wait this long between two requests to one host; longer where its robots.txt asks for that. Default: ${default}."`
	Once  bool          `help:"Poll what is due once and end, as for cron."`
	Now   bool          `help:"Poll every feed now, whether it is due or not, also one that was gone; and post to a webhook again that wanted no more."`

	Webhook           []string `sep:"none" placeholder:"URL" help:"Post each claim or incident that is new and matches a saved search to this https address; may be given several times."`
	WebhookSecretFile string   `placeholder:"FILE" help:"Sign what is posted with the secret in this file, base64 with or without whsec_ before it. Default: the secret in $$HEARSAY_WEBHOOK_SECRET."`

	Language     string `placeholder:"TAG" help:"The language of the articles, such as en, instead of the one they seem to be in."`
	Force        bool   `help:"Read texts that are not in English as if they were."`
	AllowPrivate bool   `help:"Get addresses on private networks and on this machine too."`
	Jobs         int    `short:"j" default:"${jobs}" placeholder:"N" help:"Read this many articles at a time. Default: one for each processor, ${default}."`
	JSON         bool   `name:"json" help:"Print what happens as JSON, an object a line."`
	Quiet        bool   `short:"q" help:"Print only what could not be read."`
}

// Help is shown below the command's flags.
func (*watchCommand) Help() string {
	return `Each feed is asked for what has changed since the last time, and of its new items the pages are read that it links to, unless it has their texts. A line a thing that happens goes to standard output.

It is polite: one connection a host at a time; a delay between two; robots.txt is heard, also for feeds, where the program goes by the name of hearsay, and a server that fails to give one is not asked for anything; Retry-After, a feed's ttl, skipHours and skipDays and its server's max-age are heard, up to a day. A feed that fails is asked for half as often each time, down to once a day; one that is gone (410) no more; one that has moved for good (301, 308) at its new address. An item that cannot be got is tried in three polls.

Searches are saved with hearsay search --save. What matches one, in any article that comes to the store, by watch, add or work, after a webhook was first given, is posted there as JSON, in the form and with the signature of Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature). A claim bears who says so, an incident the speaker of each figure and accusation. What is not taken is posted again, with the same id, after 5 seconds, then ever more rarely for a day; an answer of 410 turns the webhook off. Redirects are not followed. hearsay searches lists searches and webhooks.

All of that is remembered in the store: give the same command again, after however long, and it goes on. Ctrl-C or a SIGTERM ends it when the articles in hand are kept.

Examples:

  hearsay watch https://example.org/feed.xml
  hearsay watch --every 1h --db spring.db feeds.opml https://example.org/lists/europe.opml
  */15 * * * *  hearsay watch --once --quiet feeds.opml      (a line of a crontab)
  hearsay watch --webhook https://example.org/hook --webhook-secret-file secret feeds.opml

Exit status: 0 with --once, all was read or known, and posted; 1 some was not, with --once, or nothing can be kept; 2 wrong usage; 130 ended by a signal.`
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
	secret, err := c.secret()
	if err != nil {
		return err
	}
	s, err := c.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, s.Close()) }()
	std.hold()
	return c.watch(ctx, std, s, secret)
}

// secret checks the webhooks, and returns what they are posted to with.
func (c *watchCommand) secret() ([]byte, error) {
	switch {
	case len(c.Webhook) == 0 && len(c.Feeds) == 0:
		return nil, usagef("watch needs the address of a feed, or a --webhook to post to")
	case len(c.Webhook) == 0 && c.WebhookSecretFile != "":
		return nil, usagef("--webhook-secret-file needs a --webhook")
	case len(c.Webhook) == 0:
		return nil, nil
	}
	for _, address := range c.Webhook {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !c.AllowPrivate) {
			return nil, usagef("--webhook takes an https address (http too with --allow-private)")
		}
	}
	text := os.Getenv("HEARSAY_WEBHOOK_SECRET")
	if c.WebhookSecretFile != "" {
		b, err := os.ReadFile(c.WebhookSecretFile)
		if err != nil {
			return nil, fmt.Errorf("the webhook's secret cannot be read: %w", err)
		}
		text = string(b)
	}
	if text == "" {
		return nil, usagef("--webhook needs a secret, in --webhook-secret-file or $HEARSAY_WEBHOOK_SECRET, such as openssl rand -base64 32 makes")
	}
	secret, err := webhook.Secret(text)
	if err != nil {
		return nil, usageError{err.Error()}
	}
	return secret, nil
}

func (c *watchCommand) watch(ctx context.Context, std streams, s store.Store, secret []byte) error {
	getter := &article.Getter{AllowPrivate: c.AllowPrivate, Force: c.Force, Language: c.Language}
	gate := &polite.Gate{Client: getter.Client(), Delay: max(c.Delay, 1)} // 0 is the gate's default
	getter.Gate = gate.Enter
	log := &watchLog{out: bufio.NewWriter(std.out), json: c.JSON, quiet: c.Quiet}
	posters, err := c.posters(ctx, s, secret, log)
	if err != nil {
		return err
	}
	in := newReaders(s, c.Jobs)
	w := &watch.Watcher{
		Getter: getter, Memory: s, Every: c.Every, Once: c.Once, Now: c.Now, Tell: log.feed,
		Add: func(ctx context.Context, it inputs.Item) (id string, o store.Outcome, err error) {
			if id, o, err = in.add(ctx, it); err == nil && o != store.Known {
				posters.wake()
			}
			return id, o, err
		},
	}
	if c.Once {
		if err = w.Run(ctx, c.Feeds); err == nil {
			err = posters.once(ctx)
		}
	} else {
		err = posters.beside(ctx, func(ctx context.Context) error { return w.Run(ctx, c.Feeds) })
	}
	switch err = cmp.Or(err, log.err); {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return context.Canceled
	case c.Once && log.failed:
		return errUnread
	case !c.Once:
		return errors.New("nothing is left to be watched")
	}
	return nil
}

// posters post to the webhooks.
type posters struct {
	all   []*webhook.Poster
	wakes []chan struct{}
}

// posters opens the webhooks. One that wants no more is said and left out.
func (c *watchCommand) posters(ctx context.Context, s store.Store, secret []byte, log *watchLog) (*posters, error) {
	ps := new(posters)
	for _, address := range c.Webhook {
		p := &webhook.Poster{Store: s, URL: address, Secret: secret, Client: fetch.Client{AllowPrivate: c.AllowPrivate}, Tell: log.post}
		switch err := p.Open(ctx, c.Now); {
		case errors.Is(err, webhook.ErrClosed):
			log.post(webhook.Event{Kind: webhook.Closed, Time: time.Now().UTC().Truncate(time.Second), Webhook: webhook.Label(address), Message: err.Error()})
		case err != nil:
			return nil, err
		default:
			ps.all = append(ps.all, p)
			ps.wakes = append(ps.wakes, make(chan struct{}, 1))
		}
	}
	return ps, nil
}

// wake has them look at what was added.
func (ps *posters) wake() {
	for _, w := range ps.wakes {
		select {
		case w <- struct{}{}:
		default: // it will look
		}
	}
}

func (ps *posters) once(ctx context.Context) error {
	for _, p := range ps.all {
		if err := p.Once(ctx); err != nil && !errors.Is(err, webhook.ErrClosed) {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
	return nil
}

// beside posts as long as f runs, and after it, until ctx ends or no webhook
// wants more.
func (ps *posters) beside(ctx context.Context, f func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan error)
	for i, p := range ps.all {
		go func() { results <- p.Run(ctx, ps.wakes[i]) }()
	}
	go func() { results <- f(ctx) }()
	var failed error
	for range len(ps.all) + 1 {
		if err := <-results; err != nil && !errors.Is(err, webhook.ErrClosed) {
			failed = cmp.Or(failed, err)
			cancel()
		}
	}
	return failed
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
		r.free <- &sheltered{checks: checksIn(s)}
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

// feed tells what has happened to a feed.
func (l *watchLog) feed(e watch.Event) {
	bad := e.Kind == watch.Refused || e.Kind == watch.Failed || e.Kind == watch.Gone
	l.tell(bad, e.Time, feedLine(&e), e)
}

// post tells what has happened to a delivery or a webhook.
func (l *watchLog) post(e webhook.Event) {
	l.tell(e.Kind != webhook.Posted, e.Time, postLine(&e), e)
}

// tell prints an event, as a line if it is worth one.
func (l *watchLog) tell(bad bool, at time.Time, line string, e any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failed = l.failed || bad
	if l.quiet && !bad {
		return
	}
	err := error(nil)
	if l.json {
		err = json.NewEncoder(l.out).Encode(e)
	} else if line != "" {
		_, err = fmt.Fprintf(l.out, "%s %s\n", at.Format(time.RFC3339), report.Line(line))
	}
	l.err = cmp.Or(l.err, err, l.out.Flush())
}

func postLine(e *webhook.Event) string {
	what := fmt.Sprintf("%s: %s of the search %q", e.Webhook, e.ID, e.Search)
	switch e.Kind {
	case webhook.Posted:
		return what + " was taken"
	case webhook.Lost:
		return what + " is given up: " + e.Message
	case webhook.Closed:
		return e.Webhook + ": " + e.Message + " (--now posts to it again)"
	default:
		return what + " was not taken: " + e.Message + "; again at " + e.Next.Format(time.RFC3339)
	}
}

// feedLine says for a person what has happened, if it is worth a line.
func feedLine(e *watch.Event) string {
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
