// Package polite keeps requests to what servers ask of programs: one at a time
// to a host, a pause between two, what robots.txt forbids not at all (RFC 9309),
// and none while a server wants to be left alone.
package polite

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"hearsay/article/fetch"
	"hearsay/article/fetch/robots"
)

// Token is the name by which robots.txt files know the program.
const Token = "hearsay"

// The bounds.
const (
	DefaultDelay = time.Second

	maxCrawlDelay = 30 * time.Second // of what a robots.txt asks for
	maxRest       = 24 * time.Hour   // of what a Retry-After asks for
	patience      = 2 * time.Minute  // how long a request waits for a host that wants to be left alone

	keepRules   = 24 * time.Hour   // how long a robots.txt holds: the most that the RFC allows
	keepFailure = 10 * time.Minute // how long one that could not be got is not asked for again
	maxRobots   = 8 << 20          // bytes of a file of which the beginning is read
	manyHosts   = 4096             // beyond which hosts that rest are forgotten
)

var (
	// ErrUnreachable is returned where the robots.txt could not be got because
	// the server failed: nobody knows then what it forbids.
	ErrUnreachable = fmt.Errorf("%w: its robots.txt cannot be got", fetch.ErrServer)
	// ErrResting is returned for a host that wants to be left alone for longer
	// than a request can wait.
	ErrResting = fmt.Errorf("%w: it wants to be left alone", fetch.ErrServer)
)

// Gate lets requests through as their hosts want it. Set the fields before the
// first use; the zero Gate works.
type Gate struct {
	// Client gets the robots.txt files. Its own Gate is not used.
	Client fetch.Client
	// Delay is the pause between two requests to a host, DefaultDelay by
	// default. A robots.txt can make it longer.
	Delay time.Duration

	mu    sync.Mutex
	hosts map[string]*host
}

// host is what is known of one host. Its fields but users are for who holds busy.
type host struct {
	users int           // who hold or wait for it; under the Gate's mu
	busy  chan struct{} // full while a request is under way

	next  time.Time // when the next request may begin
	rest  time.Time // until when the host wants to be left alone
	rules map[string]*rules
}

// rules are what the robots.txt of one scheme and port says.
type rules struct {
	robots.Rules
	err   error // it could not be got
	until time.Time
}

// Enter waits until a request may be made, or returns why it may not: it is a
// fetch.Gate.
func (g *Gate) Enter(ctx context.Context, u *url.URL) (leave func(error), err error) {
	h, err := g.hold(ctx, u.Hostname())
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			g.release(h)
		}
	}()
	if left := time.Until(h.rest); left > patience {
		return nil, fmt.Errorf("%w for another %v", ErrResting, left.Round(time.Second))
	}
	r, err := g.rulesOf(ctx, h, u)
	if err != nil {
		return nil, err
	}
	if !r.Allow(u) {
		return nil, fmt.Errorf("%w for programs called %s", fetch.ErrRobots, Token)
	}
	if err := h.wait(ctx); err != nil {
		return nil, err
	}
	return func(err error) {
		h.over(g.delay(), r.Delay, err)
		g.release(h)
	}, nil
}

func (g *Gate) delay() time.Duration {
	if g.Delay == 0 {
		return DefaultDelay
	}
	return g.Delay
}

// hold waits until no other request to a host is under way.
func (g *Gate) hold(ctx context.Context, name string) (*host, error) {
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	g.mu.Lock()
	h := g.hosts[name]
	if h == nil {
		g.forget()
		h = &host{busy: make(chan struct{}, 1), rules: make(map[string]*rules)}
		if g.hosts == nil {
			g.hosts = make(map[string]*host)
		}
		g.hosts[name] = h
	}
	h.users++
	g.mu.Unlock()
	select {
	case h.busy <- struct{}{}:
		return h, nil
	case <-ctx.Done():
		g.mu.Lock()
		h.users--
		g.mu.Unlock()
		return nil, ctx.Err()
	}
}

func (g *Gate) release(h *host) {
	<-h.busy
	g.mu.Lock()
	h.users--
	g.mu.Unlock()
}

// forget drops, of many hosts, those that nobody uses and of which nothing is
// left to be heeded but rules that can be got again.
func (g *Gate) forget() {
	if len(g.hosts) < manyHosts {
		return
	}
	now := time.Now()
	for name, h := range g.hosts {
		if h.users == 0 && now.After(h.next) && now.After(h.rest) {
			delete(g.hosts, name)
		}
	}
}

// wait waits until the next request may begin.
func (h *host) wait(ctx context.Context) error {
	until := h.next
	if h.rest.After(until) {
		until = h.rest
	}
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// over notes that a request has ended with err.
func (h *host) over(delay, crawlDelay time.Duration, err error) {
	h.next = time.Now().Add(max(delay, min(crawlDelay, maxCrawlDelay)))
	var status *fetch.StatusError
	if errors.As(err, &status) && (status.Code == http.StatusTooManyRequests || status.Code == http.StatusServiceUnavailable) {
		h.rest = time.Now().Add(min(status.RetryAfter, maxRest))
	}
}

// rulesOf returns what the robots.txt says that an address is under.
func (g *Gate) rulesOf(ctx context.Context, h *host, u *url.URL) (*rules, error) {
	key := strings.ToLower(u.Scheme + "://" + u.Host)
	r := h.rules[key]
	if r == nil || !time.Now().Before(r.until) {
		if err := h.wait(ctx); err != nil {
			return nil, err
		}
		got, err := g.get(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		h.over(g.delay(), got.Delay, err)
		r = &got
		h.rules[key] = r
	}
	return r, r.err
}

// get gets a robots.txt. What is not there forbids nothing; what a failing
// server keeps to itself may forbid everything (RFC 9309, section 2.3.1). Its
// redirects may lead to other hosts, which are then asked without their leave,
// as the RFC wants it.
func (g *Gate) get(ctx context.Context, u *url.URL) (rules, error) {
	client := g.Client
	client.Gate, client.MaxBytes, client.Accept = nil, maxRobots, "text/plain,*/*;q=0.5"
	res, err := client.Get(ctx, u.String())
	r := rules{until: time.Now().Add(keepRules)}
	var status *fetch.StatusError
	switch {
	case err == nil:
		r.Rules = robots.Parse(res.Body, Token)
	case errors.As(err, &status) && status.Code < 500 && status.Code != http.StatusTooManyRequests, // too many requests is no word on what there is
		errors.Is(err, fetch.ErrRedirects), errors.Is(err, fetch.ErrScheme), errors.Is(err, fetch.ErrBinary):
	case errors.Is(err, fetch.ErrRefused):
		r.err, r.until = err, time.Now().Add(keepFailure)
	default:
		r.err, r.until = fmt.Errorf("%w: %w", ErrUnreachable, err), time.Now().Add(keepFailure)
	}
	return r, err
}
