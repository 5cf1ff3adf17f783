package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"

	"hearsay/article"
	"hearsay/facts"
	"hearsay/mcp"
	"hearsay/server"
	"hearsay/store"
	"hearsay/store/checks"
)

type mcpCommand struct {
	database
	logging
	Listen       string `placeholder:"ADDRESS" help:"Answer over HTTP, at http://ADDRESS/mcp, instead of on standard input and output: an address of this machine alone, such as 127.0.0.1:8081."`
	AllowPrivate bool   `help:"Get addresses on private networks and on this machine too: whoever asks can then read pages there."`
	Jobs         int    `short:"j" default:"${jobs}" placeholder:"N" help:"Read this many texts at a time. Default: one for each processor, ${default}."`
}

// Help is shown below the command's flags.
func (*mcpCommand) Help() string {
	return `An assistant that speaks the Model Context Protocol can then read texts, search claims, articles, speakers and incidents of the store, and find published fact-checks. Whatever it is told comes with the one on whose word it stands, and where it stands. Nothing is kept or changed.

Assistants mostly start it themselves, and talk to it on its standard input and output:

  {"mcpServers": {"hearsay": {"command": "hearsay", "args": ["mcp", "--db", "/home/ana/spring.db"]}}}

Examples:

  hearsay mcp
  hearsay mcp --listen 127.0.0.1:8081 --db spring.db

It ends when its standard input does, or when it is told to stop. hearsay serve answers assistants too, at /mcp.

Exit status: 0 the assistant is done; 1 it could not listen, or not open the store; 2 wrong usage; 130 stopped.`
}

// Run answers assistants.
func (c *mcpCommand) Run(ctx context.Context, std streams) (err error) {
	if c.Jobs < 1 {
		return usagef("--jobs must be at least 1, not %d", c.Jobs)
	}
	s, err := c.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, s.Close()) }()
	log := c.log(std)
	getter := &article.Getter{AllowPrivate: c.AllowPrivate}
	forced := &article.Getter{AllowPrivate: c.AllowPrivate, Force: true}
	defer getter.Close()
	defer forced.Close()
	tools := mcp.New(mcp.Options{Store: s, Getter: getter, Forced: forced, Read: newHands(c.Jobs, s).read, Match: matcherOf(s), Version: version(), Log: log})
	if c.Listen == "" {
		return tools.Run(ctx, io.NopCloser(untilDone(ctx, std.in)), unclosed{std.out})
	}
	l, err := server.Listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	web, err := server.New(server.Options{Routes: []server.Route{tools.Route()}, Log: log, Ready: func(ctx context.Context) error {
		_, err := s.State(ctx, "")
		return err
	}})
	if err != nil {
		return err
	}
	std.hold()
	fmt.Fprintf(std.err, "hearsay: assistants are answered at http://%s/mcp (Ctrl-C stops it)\n", l.Addr())
	return web.Serve(ctx, l)
}

// unclosed is a file that is not for others to close.
type unclosed struct{ *os.File }

// Close leaves the file open.
func (unclosed) Close() error { return nil }

// matcherOf finds the published fact-checks of a store that are about a text, nil
// where it keeps none.
func matcherOf(s store.Store) func(context.Context, string, int) ([]facts.Match, error) {
	shelf := checksIn(s)
	if shelf == nil {
		return nil
	}
	finders := make(chan *checks.Finder, defaultJobs())
	for range cap(finders) {
		finders <- shelf.Finder()
	}
	return func(ctx context.Context, text string, most int) ([]facts.Match, error) {
		select {
		case f := <-finders:
			defer func() { finders <- f }()
			return f.Match(ctx, text, most, true)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
