package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"hearsay/server/access"
)

// guarded puts before h what holds for every request, the outermost first.
func guarded(h http.Handler, log *slog.Logger, hosts []string) http.Handler {
	h = sheltered(h, log)
	h = sameOrigin(h)
	h = plainBodies(h)
	h = named(h, hosts)
	h = headed(h)
	return logged(h, log)
}

// policy lets a page use what this server itself serves and nothing else: no
// script and no style that stands in the page, whatever got into it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headed gives every answer the headers that tell a browser how little it may do.
// A handler may set others in their place.
func headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
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
			say(w, r, http.StatusMisdirectedRequest, "This server does not answer under that name. Ask for it as 127.0.0.1 or localhost.")
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
func sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
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

// known finds out who asks, and refuses those who may not do what the route is for.
func known(r Route, who func(*http.Request) (access.Principal, error), next http.Handler) http.Handler {
	scope := cmp.Or(r.Scope, access.Read)
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		p, err := who(q)
		switch {
		case r.Open: // to anyone, also one who is not known
		case err != nil:
			say(w, q, http.StatusUnauthorized, "This is for those who have an account.")
			return
		case !p.May(scope):
			say(w, q, http.StatusForbidden, "Your account does not allow that: it takes the scope "+string(scope)+".")
			return
		}
		next.ServeHTTP(w, q.WithContext(access.With(q.Context(), p)))
	})
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
func logged(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		a := &answer{ResponseWriter: w}
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

// answer counts what is written.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
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

// say answers in one line: below /api/ as a problem of RFC 9457, since a program asks there.
func say(w http.ResponseWriter, r *http.Request, status int, why string) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
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
