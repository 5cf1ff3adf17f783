// Package server is the HTTP server that hearsay's pages, and whatever else is
// asked for over HTTP, are served by. It knows nothing of what is served: that
// comes as Routes. What holds for every answer, such as who may ask, how long
// and how much, and the headers that keep a browser from being turned against
// its person, is in guard.go and in nothing else.
package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"golang.org/x/net/netutil"

	"hearsay/server/access"
	"hearsay/server/pace"
)

// Route is something that is served.
type Route struct {
	Pattern string // as http.ServeMux takes it: "GET /speakers", "/api/v1/"
	Handler http.Handler

	// Scope is what whoever asks has to be allowed, access.Read where it is empty.
	// Within the handler access.From says who it is, and what else they may do.
	Scope access.Scope
	// Open has anyone answered, whoever they are.
	Open bool
	// Audit, such as "export", has the audit log tell of each request that was
	// answered well. What takes more than access.Read and changes something is told
	// of anyway. Where the handler says what it did (access.Did), that is told instead.
	Audit string

	// MaxBody is how many bytes of a request's body are read, 64 KB where it is 0.
	MaxBody int64
	// Time is how long the answer may take, 20 s where it is 0: the request's
	// context ends then. A Route whose answer streams for longer has to give its
	// own writes more time too (http.ResponseController.SetWriteDeadline).
	Time time.Duration
}

// The limits where a Route sets none.
const (
	DefaultMaxBody = 64 << 10
	DefaultTime    = 20 * time.Second
)

// The limits of every connection. That of writing counts from the end of a
// request's headers, so it is longer than what any Route of the pages takes.
const (
	headerTime  = 10 * time.Second
	readTime    = time.Minute
	writeTime   = 2 * time.Minute
	idleTime    = 2 * time.Minute
	headerBytes = 32 << 10
	stopTime    = 20 * time.Second

	// mostConnections are open at a time; more wait to be taken. Each takes a file
	// descriptor and some 20 KB, and the store needs descriptors too.
	mostConnections = 4096
)

// Options are what a Server is made of. Only Routes is required.
type Options struct {
	Routes []Route
	// Log gets a record of each request and of each fault; nil for none.
	Log *slog.Logger
	// Ready says why no work can be done at present, and nil where it can;
	// nil stands for always.
	Ready func(context.Context) error
	// Who says who asks, or that nobody does (access.ErrNobody), or why that cannot be found out. Where it is nil everyone
	// is Local and may do everything: that is for a server that only this machine reaches.
	Who func(*http.Request) (access.Principal, error)
	// Refused answers one who asks with a browser and is refused, with a page
	// that says why, and reports whether it has. Where it is nil, or has not, one line is said.
	Refused func(w http.ResponseWriter, r *http.Request, status int, why string) bool
	// Audit is told what was done, for the audit log, when the request has been answered.
	Audit func(ctx context.Context, who access.Principal, address string, d access.Deed)
	// Metrics, unless nil, counts what is answered, and is served at /metrics to
	// those with the scope access.Admin.
	Metrics *Metrics
	// Hosts are the names that requests may ask for beside this machine's own.
	Hosts []string

	// Exposed says that others than this machine reach the server, by TLS: its own
	// or that of a proxy. Where it is not set, what came by way of a proxy is refused.
	Exposed bool
	// TLS, unless it is nil, is what connections are encrypted with.
	TLS *tls.Config
	// Proxies are the addresses of proxies whose word on who asks is taken
	// (X-Forwarded-For). Exposed without TLS, only they are answered.
	Proxies []netip.Prefix
	// Rates are how often one may ask.
	Rates Rates
}

// Rates are how often one may ask: who is known, by name, and whoever is not,
// by address. Zero limits are none.
type Rates struct{ Known, Strangers pace.Limit }

// Server serves Routes.
type Server struct {
	handler http.Handler
	log     *slog.Logger
	tls     *tls.Config
}

// New makes a Server. Patterns that contradict one another are an error, and so is
// one that is Exposed without accounts, or with neither TLS nor proxies.
func New(o Options) (s *Server, err error) {
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	who := o.Who
	if o.Exposed && (who == nil || o.TLS == nil && len(o.Proxies) == 0) {
		return nil, errors.New("setting up what is served: others reach it, and it takes accounts, and TLS or a proxy that has it")
	}
	if who == nil {
		who = func(*http.Request) (access.Principal, error) { return Local(), nil }
	}
	mux := http.NewServeMux()
	defer func() {
		if fault := recover(); fault != nil { // how ServeMux refuses a pattern
			s, err = nil, fmt.Errorf("setting up what is served: %v", fault)
		}
	}()
	door := &door{who: who, audit: o.Audit, log: log, ofKnown: pace.New(o.Rates.Known, mostKnown), ofStrangers: pace.New(o.Rates.Strangers, mostStrangers)}
	routes := append(health(o.Ready), o.Routes...)
	if o.Metrics != nil {
		routes = append(routes, o.Metrics.route())
	}
	for _, r := range routes {
		h := door.known(r, limited(r))
		if o.Metrics != nil {
			h = o.Metrics.observed(r.Pattern, h)
		}
		mux.Handle(r.Pattern, h)
	}
	return &Server{handler: guarded(mux, log, &o), log: log, tls: o.TLS}, nil
}

// How many are remembered whose pace is limited.
const (
	mostKnown     = 10_000
	mostStrangers = 50_000
)

// Local is who asks where there are no accounts: the person at this machine.
func Local() access.Principal {
	return access.Principal{Name: "local", Scopes: access.Scopes()}
}

// ServeHTTP answers one request, guarded as every one is.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Serve answers on l until ctx ends. Then it takes no new connections, finishes
// the requests in hand, for 20 s at most, and returns nil.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		err := h.Shutdown(patience)
		if err != nil {
			err = errors.Join(fmt.Errorf("stopping: requests were broken off: %w", err), h.Close())
		}
		stopped <- err
	})
	l = netutil.LimitListener(l, mostConnections)
	serve := func() error { return h.Serve(l) }
	if s.tls != nil {
		h.TLSConfig = s.tls
		serve = func() error { return h.ServeTLS(l, "", "") }
	}
	err := serve()
	if stop() { // it was not asked to
		return fmt.Errorf("serving on %s: %w", l.Addr(), err)
	}
	return <-stopped
}

// ErrExposed is returned by Listen for an address that others can reach.
var ErrExposed = errors.New("others can reach that address, and whoever reached it could read and change the store")

// Listen opens an address, such as 127.0.0.1:8080, for this machine alone: one
// that is not on the loopback network is refused. Port 0 takes any that is free.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	beyond, err := Beyond(address)
	if err != nil {
		return nil, err
	}
	if beyond {
		return nil, fmt.Errorf("it does not listen on %s: %w", address, ErrExposed)
	}
	return listen(ctx, address)
}

// ListenBeyond opens an address that others may reach too. Whoever calls it has
// seen to it that they are asked who they are, and that nobody listens in.
func ListenBeyond(ctx context.Context, address string) (net.Listener, error) {
	if _, err := Beyond(address); err != nil {
		return nil, err
	}
	return listen(ctx, address)
}

// Beyond reports whether others than this machine can reach an address.
func Beyond(address string) (bool, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false, fmt.Errorf("%q is no address to listen on: give one such as 127.0.0.1:8080", address)
	}
	return !isLoopback(host), nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	at := address
	if host, port, err := net.SplitHostPort(address); err == nil && host == "localhost" {
		at = net.JoinHostPort("127.0.0.1", port) // whatever the hosts file says
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", at)
	if err != nil {
		return nil, fmt.Errorf("listening on %s: %w", address, err)
	}
	return l, nil
}
