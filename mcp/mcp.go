// Package mcp lets assistants ask Hearsay over the Model Context Protocol: what
// a text says and on whose word, what the store's articles claim, what they tell
// of an incident, and which published fact-checks are about a claim.
//
// An assistant passes on what it is told, and often a sentence of it alone. So no
// answer here has words of an article without the one on whose word they stand,
// and each names the article, its address and where in its text the words are,
// in Unicode code points. Whatever is asked, nothing is kept or changed.
package mcp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"hearsay/article"
	"hearsay/facts"
	"hearsay/ledger"
	"hearsay/report"
	"hearsay/server"
	"hearsay/server/access"
	"hearsay/store"
)

// Options are what a Server works with. Only Match, Version and Log may be left out.
type Options struct {
	Store store.Store
	// Getter gets texts, and Forced those that do not seem to be in English too.
	Getter, Forced *article.Getter
	// Read makes the ledger of an article. It is called by several goroutines at once.
	Read func(ctx context.Context, name string, a *article.Article) (*ledger.Ledger, error)
	// Match finds the published fact-checks that are about a text, the best first;
	// nil where none are kept. It is called by several goroutines at once.
	Match   func(ctx context.Context, text string, most int) ([]facts.Match, error)
	Version string
	Log     *slog.Logger
}

// Server answers assistants.
type Server struct {
	Options
	server *sdk.Server
	hands  chan struct{} // one for each call in hand
}

// The limits of what is asked and answered.
const (
	maxText  = 400 << 10          // bytes of a text to be read, some 60,000 words
	maxBody  = 2*maxText + 64<<10 // bytes of a request: in JSON a text may be twice as long
	maxField = 2000               // bytes of whatever else is asked for

	mostHands = 16 // calls in hand at a time; others wait
	readTime  = 90 * time.Second
	askTime   = 20 * time.Second
)

// New makes a Server.
func New(o Options) *Server {
	s := &Server{Options: o, hands: make(chan struct{}, mostHands)}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	s.server = sdk.NewServer(&sdk.Implementation{Name: "hearsay", Title: "Hearsay", Version: o.Version},
		&sdk.ServerOptions{Instructions: instructions, Capabilities: &sdk.ServerCapabilities{
			// What there is to call does not change while the program runs.
			Tools: &sdk.ToolCapabilities{}, Resources: &sdk.ResourceCapabilities{},
		}})
	s.addTools()
	s.addResources()
	return s
}

// Run answers the one assistant that writes to in and reads from out, a message
// a line, until in ends or ctx does. It closes both.
func (s *Server) Run(ctx context.Context, in io.ReadCloser, out io.WriteCloser) error {
	err := s.server.Run(ctx, &sdk.IOTransport{Reader: in, Writer: out, MaxLineLength: maxBody})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil, errors.Is(err, io.EOF):
		return nil
	}
	return fmt.Errorf("talking to the assistant: %w", err)
}

// Route answers assistants over HTTP, at /mcp (the protocol's streamable HTTP). No
// session is kept: each request is answered by itself, and none holds a connection
// once it is. Which hosts and origins may ask is up to the server.
func (s *Server) Route() server.Route {
	h := sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return s.server }, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, MaxRequestBodyBytes: maxBody,
		DisableLocalhostProtection: true, PropagateRequestCancellation: true,
	})
	return server.Route{Pattern: "/mcp", Handler: h, Scope: access.Read, MaxBody: maxBody, Time: readTime}
}

// problem is an error that is told to the assistant as it is.
type problem struct{ message string }

func (p *problem) Error() string { return p.message }

func problemf(format string, args ...any) error { return &problem{fmt.Sprintf(format, args...)} }

// answer is what a tool answers: the same in words and in JSON.
type answer interface{ words() string }

// tool adds a tool. Its answer is worked out by f within some time, and whatever
// fails in that stays with the call.
func tool[In any, Out answer](s *Server, t *sdk.Tool, long time.Duration, f func(context.Context, In) (Out, error)) {
	world := t.Name == readText
	t.OutputSchema = outputOf[Out]()
	t.Annotations = &sdk.ToolAnnotations{Title: t.Title, ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &world}
	sdk.AddTool(s.server, t, func(ctx context.Context, _ *sdk.CallToolRequest, in In) (result *sdk.CallToolResult, out Out, err error) {
		began := time.Now()
		ctx, cancel := context.WithTimeout(ctx, long)
		defer cancel()
		defer func() {
			if fault := recover(); fault != nil {
				s.Log.ErrorContext(ctx, "fault", "tool", t.Name, "fault", fault, "stack", string(debug.Stack()))
				err = errFault
			}
			s.Log.InfoContext(ctx, "tool", "name", t.Name, "failed", err != nil, "took", time.Since(began))
		}()
		select {
		case s.hands <- struct{}{}:
			defer func() { <-s.hands }()
		case <-ctx.Done():
			return nil, out, errBusy
		}
		if out, err = f(ctx, in); err != nil {
			return nil, out, s.told(ctx, t.Name, err)
		}
		return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: out.words()}}}, out, nil
	})
}

var (
	errFault = &problem{"A fault of this program, or of its store. Its log says more."}
	errBusy  = &problem{"Too much is being asked at present. Try again in a moment."}
)

// told is an error in words for the assistant. What is a fault of ours and not
// of the call is logged, and only named.
func (s *Server) told(ctx context.Context, name string, err error) error {
	var p *problem
	var unread *article.Error
	switch {
	case errors.As(err, &p):
		return p
	case errors.Is(err, context.DeadlineExceeded):
		return problemf("That took too long and was broken off. Ask for less: fewer days, rarer words, a shorter text.")
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &unread):
		if advice, ok := advice[unread.Code]; ok {
			return problemf("%s", advice)
		}
		return problemf("%s", report.Line(unread.Error()))
	case errors.Is(err, store.ErrNotFound):
		return problemf("The store holds nothing under that id. It may have been removed; search_articles, search_claims and search_incidents find what there is.")
	case errors.Is(err, store.ErrQuery), errors.Is(err, store.ErrBusy), errors.Is(err, store.ErrUnreachable):
		return problemf("%s", report.Line(err.Error()))
	}
	s.Log.ErrorContext(ctx, "call failed", "tool", name, "error", err)
	return errFault
}

// advice says of failures what an assistant can do, where the error itself
// speaks to one at a terminal.
var advice = map[string]string{
	article.CodeLanguage:   "The text does not seem to be in English, and only English is read. Set force to have it read all the same.",
	article.CodeRefusedURL: "That address is not on the public web. Addresses on this machine and on private networks are not asked.",
	article.CodeNoArticle:  "No article was found on that page. Give its text itself.",
	article.CodeTooLarge:   tooLong,
}

var tooLong = fmt.Sprintf("That is too long: a text may have %d KB. Give it in parts.", maxText>>10)
