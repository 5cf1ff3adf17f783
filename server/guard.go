package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/server/access"
	"hearsay/server/pace"
)

// guarded puts before h what holds for every request, the outermost first.
func guarded(h http.Handler, log *slog.Logger, o *Options) http.Handler {
	h = sheltered(h, log)
	h = sameOrigin(h)
	h = plainBodies(h)
	h = named(h, o.Hosts)
	h = reached(h, o)
	h = headed(h, o.Exposed)
	h = logged(h, log, o.Refused)
	return addressed(h, o.Proxies)
}

// policy lets a page use what this server itself serves and nothing else: no
// script and no style that stands in the page, whatever got into it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headed gives every answer the headers that tell a browser how little it may do.
// A handler may set others in their place.
func headed(next http.Handler, exposed bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin") // with no-referrer a browser says of our own forms that they are of no origin
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		if exposed {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// named refuses requests for any host but this machine by one of its own names,
// or one of hosts: a page elsewhere whose name is made to lead here (DNS
// rebinding) would otherwise count as ours.
func named(next http.Handler, hosts []string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostOf(r.Host)
		if !isLoopback(host) && !slices.ContainsFunc(hosts, func(known string) bool { return strings.EqualFold(known, host) }) {
			say(w, r, http.StatusMisdirectedRequest, "This server does not answer under that name. Ask for it by one of its own: 127.0.0.1, localhost, or what --host names.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostOf is a Host header without its port.
func hostOf(header string) string {
	host, _, err := net.SplitHostPort(header)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(header, "["), "]")
	}
	return host
}

// isLoopback reports whether a host, without its port, is this machine itself.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// sameOrigin refuses what a page of another origin sends, by what the browser
// says of it (Sec-Fetch-Site, Origin): all methods but GET, HEAD and OPTIONS.
// Who says neither is a program, and a program has no cookies.
func sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	next = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Cookie") != "" && !safe(r.Method) && r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "" {
				say(w, r, http.StatusForbidden, "It does not say which page it was sent by (Origin), and is refused. A program sends a token, and no cookie.")
				return
			}
			next.ServeHTTP(w, r)
		})
	}(next)
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		say(w, r, http.StatusForbidden, "This was sent by a page of another site, and is refused.")
	}))
	return protection.Handler(next)
}

// plainBodies refuses bodies that would have to be unpacked: nothing here sends
// them, and a small one may hold gigabytes.
func plainBodies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
			say(w, r, http.StatusUnsupportedMediaType, "Send it as it is, not compressed.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// safe reports whether a method changes nothing (RFC 9110, section 9.2.1).
func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// door lets in those who may come in.
type door struct {
	who                  func(*http.Request) (access.Principal, error)
	audit                func(context.Context, access.Principal, string, access.Deed)
	log                  *slog.Logger
	ofKnown, ofStrangers *pace.Limiter
}

// known finds out who asks, and refuses those who may not do what the route is
// for, or ask too often. What was done is told to the audit log.
func (d *door) known(r Route, next http.Handler) http.Handler {
	scope := cmp.Or(r.Scope, access.Read)
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		p, err := d.who(q)
		address := hostOf(q.RemoteAddr)
		pacing, key := d.ofKnown, p.Name
		if err != nil {
			pacing, key = d.ofStrangers, Network(address)
		}
		if wait := pacing.Take(key, time.Now()); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
			say(w, q, http.StatusTooManyRequests, "That was asked too often. Wait a moment.")
			return
		}
		switch {
		case r.Open: // to anyone, also one who is not known
		case errors.Is(err, access.ErrNobody):
			w.Header().Set("WWW-Authenticate", `Bearer realm="hearsay"`)
			say(w, q, http.StatusUnauthorized, "This is for those who have an account. Log in, or send a token.")
			return
		case err != nil:
			d.log.ErrorContext(q.Context(), "who asks cannot be found out", "path", q.URL.Path, "error", err)
			say(w, q, http.StatusServiceUnavailable, "Who asks cannot be found out at present. Try again in a moment.")
			return
		case !p.May(scope):
			say(w, q, http.StatusForbidden, "Your account does not allow that: it takes the scope "+string(scope)+".")
			return
		}
		ctx := access.With(q.Context(), p)
		if d.audit == nil {
			next.ServeHTTP(w, q.WithContext(ctx))
			return
		}
		ctx, deeds := access.Noting(ctx)
		defer func() { // whatever becomes of the answer
			done := deeds.All()
			if a, ok := w.(*answer); len(done) == 0 && (r.Audit != "" || scope != access.Read && !safe(q.Method)) && ok && a.status < http.StatusBadRequest {
				done = []access.Deed{{Action: cmp.Or(r.Audit, string(scope)), Subject: q.URL.Path}}
			}
			for _, deed := range done {
				d.audit(context.WithoutCancel(ctx), p, address, deed)
			}
		}()
		next.ServeHTTP(w, q.WithContext(ctx))
	})
}

// Network is an address as it counts for what is limited: of IPv6 the network
// that one subscriber has.
func Network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Unmap().Is4() {
		return address
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}

// limited holds a route to its limits.
func limited(r Route) http.Handler {
	most, long := r.MaxBody, r.Time
	if most == 0 {
		most = DefaultMaxBody
	}
	if long == 0 {
		long = DefaultTime
	}
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.ContentLength > most {
			// The rest of the body is not wanted, and the connection could only carry it on.
			w.Header().Set("Connection", "close")
			say(w, q, http.StatusRequestEntityTooLarge, "That is more than can be sent here.")
			return
		}
		q.Body = http.MaxBytesReader(w, q.Body, most)
		ctx, cancel := context.WithTimeout(q.Context(), long)
		defer cancel()
		r.Handler.ServeHTTP(w, q.WithContext(ctx))
	})
}

// sheltered keeps a fault of one answer to that answer.
func sheltered(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(fault)
			}
			log.ErrorContext(r.Context(), "fault", "path", r.URL.Path, "fault", fault, "stack", string(debug.Stack()))
			if a, ok := w.(*answer); ok && a.status != 0 {
				panic(http.ErrAbortHandler) // the rest of what was begun cannot be told from its end
			}
			say(w, r, http.StatusInternalServerError, "A fault of this program. Its log says more.")
		}()
		next.ServeHTTP(w, r)
	})
}

// logged records each request when it has been answered. What was searched for
// is not in the record, only where.
func logged(next http.Handler, log *slog.Logger, refused func(http.ResponseWriter, *http.Request, int, string) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		a := &answer{ResponseWriter: w, refused: refused}
		defer func() {
			level := slog.LevelInfo
			if a.status >= http.StatusInternalServerError {
				level = slog.LevelError
			}
			log.LogAttrs(r.Context(), level, "request",
				slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", a.status),
				slog.Int64("bytes", a.bytes), slog.Duration("took", time.Since(began)), slog.String("from", r.RemoteAddr))
		}()
		next.ServeHTTP(a, r)
	})
}

// answer counts what is written, and knows how one with a browser is refused.
type answer struct {
	http.ResponseWriter
	status  int
	bytes   int64
	refused func(http.ResponseWriter, *http.Request, int, string) bool
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(b)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// addressed finds out whom a request came from where a proxy has passed it on,
// and has everything behind it take that for the request's address.
func addressed(next http.Handler, proxies []netip.Prefix) http.Handler {
	if len(proxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if peer, ok := peerOf(r); ok && trusted(proxies, peer) {
			q := *r
			q.RemoteAddr = net.JoinHostPort(forwardedFor(r, peer, proxies).String(), "0")
			r = q.WithContext(context.WithValue(r.Context(), proxied{}, true))
		}
		next.ServeHTTP(w, r)
	})
}

// proxied is the key of whether a request came from one of the proxies.
type proxied struct{}

// peerOf is the other end of the connection.
func peerOf(r *http.Request) (netip.Addr, bool) {
	p, err := netip.ParseAddrPort(r.RemoteAddr)
	return p.Addr().Unmap(), err == nil
}

func trusted(proxies []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a.WithZone("")) })
}

// forwardedFor is the last of the addresses that a request went through which is
// none of the proxies': those before it are only what that one said.
func forwardedFor(r *http.Request, peer netip.Addr, proxies []netip.Prefix) netip.Addr {
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, one := range slices.Backward(said) {
		a, err := netip.ParseAddr(strings.TrimSpace(one))
		if err != nil {
			return peer
		}
		if peer = a.Unmap(); !trusted(proxies, peer) {
			return peer
		}
	}
	return peer
}

// reached refuses what came a way that the server was not set up for: past the
// proxy that encrypts, or by a proxy that nobody spoke of, behind which everyone would count as this machine.
func reached(next http.Handler, o *Options) http.Handler {
	if o.Exposed && (o.TLS != nil || len(o.Proxies) == 0) {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case o.Exposed:
			if by, _ := r.Context().Value(proxied{}).(bool); !by {
				say(w, r, http.StatusForbidden, "This server is asked by way of its proxy only.")
				return
			}
		case r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "":
			say(w, r, http.StatusForbidden, "This server was started for one machine, and a proxy stands before it. Start it with --host and --trusted-proxy.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// say answers in one line: below /api/ as a problem of RFC 9457, since a program asks there.
func say(w http.ResponseWriter, r *http.Request, status int, why string) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		if a, ok := w.(*answer); ok && a.refused != nil && status >= http.StatusBadRequest && strings.Contains(r.Header.Get("Accept"), "text/html") && a.refused(w, r, status, why) {
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		w.Write([]byte(why + "\n")) // to one who is gone there is nothing to say
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	// As above. Nothing in it can fail to be JSON.
	json.NewEncoder(w).Encode(struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{http.StatusText(status), status, why})
}
