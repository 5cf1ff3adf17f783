package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/mcp"
	"hearsay/server"
	"hearsay/server/api"
	"hearsay/server/desk"
	"hearsay/store"
)

type serveCommand struct {
	database
	logging
	exposure
	Listen       string `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Where to listen: an address with a port (0 for any that is free). One that others reach takes accounts and TLS. Default: ${default}."`
	AllowPrivate bool   `help:"Get addresses on private networks and on this machine too: whoever uses the desk can then read pages there."`
	Jobs         int    `short:"j" default:"${jobs}" placeholder:"N" help:"Read this many texts at a time. Default: one for each processor, ${default}."`
}

// Help is shown below the command's flags.
func (*serveCommand) Help() string {
	return `A desk to work at in a browser: a text, a file or an address is read and shown with its claims beside it, and what is kept in the store is searched and gone through. The store is made if there is none.

On this machine it asks nobody to log in. On an address that others reach it does, and starts only if there is an account (hearsay user add) and TLS, by --tls-cert and --tls-key or by a proxy that --trusted-proxy names.

Examples:

  hearsay serve
  hearsay serve --listen 127.0.0.1:9000 --db spring.db
  hearsay serve --db postgres://hearsay@db.example/news --log-format json
  hearsay serve --listen :443 --tls-cert desk.pem --tls-key desk.key
  hearsay serve --host desk.example.org --trusted-proxy 127.0.0.1

/healthz answers while it runs, /readyz while its store answers too, and /metrics counts what it does, for Prometheus. Told to stop (Ctrl-C, or the signal TERM) it finishes what it has in hand.

Exit status: 1 it could not listen, or not open the store; 2 wrong usage; 130 stopped.`
}

// Run serves the desk until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, std streams) (err error) {
	if c.Jobs < 1 {
		return usagef("--jobs must be at least 1, not %d", c.Jobs)
	}
	log := c.log(std)
	o := server.Options{Log: log}
	if err := c.reached(&o, c.Listen, log); err != nil {
		return err
	}
	s, err := c.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, s.Close()) }()
	getter := &article.Getter{AllowPrivate: c.AllowPrivate}
	forced := &article.Getter{AllowPrivate: c.AllowPrivate, Force: true}
	defer getter.Close()
	defer forced.Close()
	hands := newHands(c.Jobs, s)
	metrics := server.NewMetrics(func(ctx context.Context) (articles, bytes int64, err error) {
		st, err := s.Stats(ctx)
		return int64(st.Articles), st.Bytes, err
	})
	readSure := measured(metrics, hands.readSure)
	read := func(ctx context.Context, name string, a *article.Article) (*ledger.Ledger, error) {
		return readSure(ctx, name, a, 0)
	}
	pages, err := desk.New(desk.Options{Store: s, Getter: getter, Forced: forced, Read: read, Log: log})
	if err != nil {
		return err
	}
	programs, err := api.New(api.Options{Store: s, Getter: getter, Forced: forced, Read: readSure, Log: log})
	if err != nil {
		return err
	}
	tools := mcp.New(mcp.Options{Store: s, Getter: getter, Forced: forced, Read: read, Match: matcherOf(s), Version: version(), Log: log})
	o.Routes = append(append(pages.Routes(), programs.Routes()...), tools.Route())
	o.Metrics = metrics
	o.Ready = func(ctx context.Context) error {
		_, err := s.State(ctx, "")
		return err
	}
	if err := c.asked(ctx, &o, s.Accounts(), pages); err != nil {
		return err
	}
	web, err := server.New(o)
	if err != nil {
		return err
	}
	listen, scheme := server.Listen, "http"
	if o.Exposed {
		listen = server.ListenBeyond
	}
	if o.TLS != nil {
		scheme = "https"
	}
	l, err := listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	working, stop := context.WithCancel(ctx)
	var jobs sync.WaitGroup
	jobs.Go(func() { programs.Work(working) })
	defer func() {
		stop()
		jobs.Wait()
	}()
	std.hold()
	fmt.Fprintf(std.err, "hearsay: the desk is at %s://%s (Ctrl-C stops it)\n", scheme, l.Addr())
	return web.Serve(ctx, l)
}

// logging says how what happens is logged.
type logging struct {
	LogFormat string `enum:"text,json" default:"text" help:"Write the log, on standard error, as text or json. Default: ${default}."`
	Quiet     bool   `short:"q" help:"Log only what goes wrong."`
}

func (c *logging) log(std streams) *slog.Logger {
	options := &slog.HandlerOptions{}
	if c.Quiet {
		options.Level = slog.LevelWarn
	}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(std.err, options))
	}
	return slog.New(slog.NewTextHandler(std.err, options))
}

// sureReader reads an article with the techniques of which it is so sure.
type sureReader func(ctx context.Context, name string, a *article.Article, techniques float64) (*ledger.Ledger, error)

// measured counts what is read, and how long it takes from when it is asked for.
func measured(m *server.Metrics, read sureReader) sureReader {
	return func(ctx context.Context, name string, a *article.Article, techniques float64) (*ledger.Ledger, error) {
		began := time.Now()
		l, err := read(ctx, name, a, techniques)
		if err != nil {
			m.Read(began, 0, 0, err)
			return nil, err
		}
		m.Read(began, len(strings.Fields(a.Text)), len(l.Matches), nil)
		return l, nil
	}
}

// hands read articles, so many at a time, and compare their claims with the
// published fact-checks of a store.
type hands chan *sheltered

func newHands(n int, s store.Store) hands {
	free := make(hands, n)
	for range n {
		free <- &sheltered{checks: checksIn(s)}
	}
	return free
}

// read reads an article when it is its turn.
func (h hands) read(ctx context.Context, name string, a *article.Article) (*ledger.Ledger, error) {
	return h.readSure(ctx, name, a, 0)
}

// readSure is read with the techniques of which the reader is so sure: see reading.Reader.
func (h hands) readSure(ctx context.Context, name string, a *article.Article, techniques float64) (*ledger.Ledger, error) {
	select {
	case r := <-h:
		defer func() { h <- r }()
		r.techniques = techniques
		return r.read(name, a)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
