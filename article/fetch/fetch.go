// Package fetch gets what stands at an http or https address, within limits of
// time and size, and from public addresses only.
//
// The address of every connection is checked in the dialer, after the name was
// resolved, so that neither a redirect nor a name that resolves to a private
// address leads into the reader's own network.
package fetch

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// The limits where a Client sets none.
const (
	DefaultMaxBytes       = 20 << 20
	DefaultTimeout        = 30 * time.Second
	DefaultConnectTimeout = 10 * time.Second

	maxRedirects   = 5
	maxHeaderBytes = 1 << 20
)

var (
	// ErrScheme is returned for an address that is not http or https.
	ErrScheme = errors.New("not an address on the web")
	// ErrRefused is returned for a host whose address is not public.
	ErrRefused = errors.New("refused address")
	// ErrTooLarge is returned for a body beyond MaxBytes.
	ErrTooLarge = errors.New("too large")
	// ErrRedirects is returned for a chain of more than five redirects.
	ErrRedirects = errors.New("more than 5 redirects")
	// ErrBinary is returned for a picture, a sound or a film.
	ErrBinary = errors.New("not a text")
	// ErrTimeout is returned where a time limit passed.
	ErrTimeout = errors.New("no answer within the time limit")
	// ErrRobots is returned by a Gate where the server's robots.txt forbids it.
	ErrRobots = errors.New("robots.txt does not allow it")
	// ErrNetwork is returned where there was no answer or only a part of it.
	ErrNetwork = errors.New("the network failed")

	// What a StatusError is, for errors.Is: the server wants to know who asks or
	// does not answer programs; there is nothing at the address; it has trouble.
	ErrDenied   = errors.New("the server refuses to answer")
	ErrNotFound = errors.New("there is nothing at the address")
	ErrServer   = errors.New("the server failed")
)

// StatusError is an HTTP status other than success.
type StatusError struct {
	Code       int
	RetryAfter time.Duration // how long the server wants to be left alone; 0 where it does not say
}

// Is reports which of the Err variables the status amounts to.
func (e *StatusError) Is(target error) bool {
	switch e.Code {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusNotAcceptable,
		http.StatusProxyAuthRequired, http.StatusUnavailableForLegalReasons:
		return target == ErrDenied
	case http.StatusTooManyRequests, http.StatusRequestTimeout:
		return target == ErrServer
	}
	if e.Code >= 500 {
		return target == ErrServer
	}
	return target == ErrNotFound
}

func (e *StatusError) Error() string {
	if text := http.StatusText(e.Code); text != "" {
		return fmt.Sprintf("the server answered %d %s", e.Code, text)
	}
	return fmt.Sprintf("the server answered %d", e.Code)
}

// Client gets addresses. The zero Client works, with the limits above. It is
// safe for use by several goroutines.
type Client struct {
	// AllowPrivate lifts the refusal of private, loopback, link-local and other
	// addresses that are not public. It also lets the proxy of the environment
	// be used, which stands at such an address more often than not.
	AllowPrivate bool
	// MaxBytes limits the body after decompression.
	MaxBytes int64
	// Timeout limits the whole exchange, redirects and body included;
	// ConnectTimeout each connection and TLS handshake.
	Timeout, ConnectTimeout time.Duration
	// UserAgent is sent to the server; "hearsay/<version>" where it is empty.
	UserAgent string
	// Accept is sent to the server as what is preferred; pages where it is empty.
	Accept string
	// Gate, unless it is nil, is passed before each request, those that redirects
	// lead to included. Its error ends the exchange. The time spent in it does
	// not count for Timeout.
	Gate Gate

	public []netip.Prefix // counts as public: where the servers of the tests stand
}

// Gate lets requests through, when and if they may be made. When one is over,
// leave is called with its error, if it had one.
type Gate func(ctx context.Context, u *url.URL) (leave func(error), err error)

// Validators name the state of what stands at an address, as its server gave
// them (RFC 9110, section 8.8).
type Validators struct{ ETag, LastModified string }

// Response is what stood at an address.
type Response struct {
	URL         string // the address that answered, after redirects, without user and password
	ContentType string // as the server gave it
	Body        []byte

	// Unchanged says that it is what the caller's Validators name (304). The
	// body is then empty.
	Unchanged  bool
	Validators Validators
	// Moved is where permanent redirects alone (301, 308) lead from the address:
	// what to ask the next time. It is empty where there were none.
	Moved string
	// Fresh is how much longer the answer holds, by Cache-Control and Age.
	Fresh time.Duration
}

// Get returns what stands at address. An HTTP status other than 2xx is a
// *StatusError. The other errors wrap one of the Err variables or the network's.
func (c *Client) Get(ctx context.Context, address string) (*Response, error) {
	return c.GetChanged(ctx, address, Validators{})
}

// GetChanged is Get for one who has what stood at the address: as long as have
// names it, the Response is Unchanged. Have may be zero.
func (c *Client) GetChanged(ctx context.Context, address string, have Validators) (*Response, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, fmt.Errorf("%w: it is not a valid URL", ErrScheme)
	}
	limit := cmp.Or(c.Timeout, DefaultTimeout)
	left, permanent, moved := limit, true, ""
	for redirects := 0; ; redirects++ {
		if redirects > maxRedirects {
			return nil, ErrRedirects
		}
		if err := checkURL(u); err != nil {
			return nil, err
		}
		leave := func(error) {}
		if c.Gate != nil {
			if leave, err = c.Gate(ctx, u); err != nil {
				return nil, err
			}
		}
		began := time.Now()
		timeout := fmt.Errorf("%w of %v", ErrTimeout, limit)
		timed, cancel := context.WithTimeoutCause(ctx, left, timeout)
		res, to, err := c.exchange(timed, u, have)
		if err != nil {
			err = timedOut(timed, err, timeout)
		}
		cancel()
		leave(err)
		left -= time.Since(began)
		if err != nil {
			return nil, err
		}
		if to == nil {
			res.Moved = moved
			return res, nil
		}
		u = to.URL
		if permanent = permanent && to.permanent; permanent {
			moved = u.String()
		}
	}
}

// Post sends a body to an address. A status other than 2xx is a *StatusError,
// redirects included: whoever takes what is posted was named by the person. What
// the server says beyond its status is of no interest. Header is sent beside
// what every request has. The Gate is not asked.
func (c *Client) Post(ctx context.Context, address string, header http.Header, body []byte) error {
	const heard = 64 << 10 // of the answer, so that the server is not cut off in the middle of a short one
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return fmt.Errorf("%w: it is not a valid URL", ErrScheme)
	}
	if err := checkURL(u); err != nil {
		return err
	}
	limit := cmp.Or(c.Timeout, DefaultTimeout)
	timeout := fmt.Errorf("%w of %v", ErrTimeout, limit)
	ctx, cancel := context.WithTimeoutCause(ctx, limit, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrScheme, err)
	}
	maps.Copy(req.Header, header)
	req.Header.Set("User-Agent", cmp.Or(c.UserAgent, userAgent()))
	transport := c.transport()
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(req)
	if err != nil {
		return timedOut(ctx, networkError(err), timeout)
	}
	defer res.Body.Close()
	io.CopyN(io.Discard, res.Body, heard) // what matters has been said
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return &StatusError{Code: res.StatusCode, RetryAfter: retryAfter(res.Header)}
	}
	return nil
}

// timedOut makes of the error of an exchange ErrTimeout where it is one.
func timedOut(ctx context.Context, err, timeout error) error {
	if errors.Is(context.Cause(ctx), ErrTimeout) {
		return timeout
	}
	if netErr := net.Error(nil); errors.As(err, &netErr) && netErr.Timeout() && ctx.Err() == nil {
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return err
}

// redirect is an answer that leads on.
type redirect struct {
	*url.URL
	permanent bool
}

// exchange makes one request. What it leads to is for the caller to follow.
func (c *Client) exchange(ctx context.Context, u *url.URL, have Validators) (*Response, *redirect, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrScheme, err)
	}
	req.Header.Set("User-Agent", cmp.Or(c.UserAgent, userAgent()))
	req.Header.Set("Accept", cmp.Or(c.Accept, "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5"))
	req.Header.Set("Accept-Language", "en")
	for name, value := range map[string]string{"If-None-Match": have.ETag, "If-Modified-Since": have.LastModified} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}

	transport := c.transport()
	defer transport.CloseIdleConnections()
	client := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return nil, nil, networkError(err)
	}
	defer res.Body.Close()

	final := *u
	final.User, final.Fragment = nil, ""
	out := &Response{
		URL: final.String(), ContentType: res.Header.Get("Content-Type"), Fresh: fresh(res.Header),
		Validators: Validators{ETag: res.Header.Get("ETag"), LastModified: res.Header.Get("Last-Modified")},
	}
	switch code := res.StatusCode; {
	case code == http.StatusNotModified && have != Validators{}:
		out.Unchanged = true
		return out, nil, nil
	case isRedirect(code) && res.Header.Get("Location") != "":
		to, err := res.Location()
		if err != nil {
			return nil, nil, fmt.Errorf("%w: the redirect leads to no address", ErrNetwork)
		}
		return nil, &redirect{to, code == http.StatusMovedPermanently || code == http.StatusPermanentRedirect}, nil
	case code < 200 || code > 299:
		return nil, nil, &StatusError{Code: code, RetryAfter: retryAfter(res.Header)}
	}
	if kind, _, _ := mime.ParseMediaType(out.ContentType); isMedia(kind) {
		return nil, nil, fmt.Errorf("%w but %s", ErrBinary, kind)
	}
	if out.Body, err = c.read(res); err != nil {
		return nil, nil, err
	}
	return out, nil, nil
}

func isRedirect(code int) bool {
	switch code {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// maxHeard is the longest time that is read from a header, so that it can be
// reckoned with.
const maxHeard = 10 * 365 * 24 * time.Hour

// fresh returns how much longer an answer holds (RFC 9111, section 4.2).
func fresh(h http.Header) time.Duration {
	for directive := range strings.SplitSeq(strings.ToLower(strings.Join(h.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		if name == "max-age" {
			return max(0, seconds(strings.Trim(value, `"`))-seconds(h.Get("Age")))
		}
	}
	return 0
}

// retryAfter returns how long a server wants to be left alone (RFC 9110, section
// 10.2.3).
func retryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	until, err := http.ParseTime(value)
	if err != nil {
		return seconds(value)
	}
	now, err := http.ParseTime(h.Get("Date")) // by the server's own clock
	if err != nil {
		now = time.Now()
	}
	return min(max(0, until.Sub(now)), maxHeard)
}

// seconds reads a number of seconds, 0 where it is none.
func seconds(s string) time.Duration {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 63)
	if errors.Is(err, strconv.ErrRange) || n > uint64(maxHeard/time.Second) {
		return maxHeard
	}
	if err != nil {
		return 0
	}
	return time.Duration(n) * time.Second
}

// read returns the body, which net/http has decompressed: the limit is what
// stops a small answer that unpacks to gigabytes.
func (c *Client) read(res *http.Response) ([]byte, error) {
	limit := cmp.Or(c.MaxBytes, DefaultMaxBytes)
	if res.ContentLength > limit {
		return nil, fmt.Errorf("%w: the server announces %d MB, the limit is %d MB", ErrTooLarge, res.ContentLength>>20, limit>>20)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: the answer broke off after %d bytes: %w", ErrNetwork, len(body), err)
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%w: more than %d MB", ErrTooLarge, limit>>20)
	}
	return body, nil
}

// transport makes the connections of one exchange and keeps none.
func (c *Client) transport() *http.Transport {
	connect := cmp.Or(c.ConnectTimeout, DefaultConnectTimeout)
	dialer := &net.Dialer{Timeout: connect}
	t := &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    connect,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableKeepAlives:      true,
		ForceAttemptHTTP2:      true,
	}
	if c.AllowPrivate {
		t.Proxy = http.ProxyFromEnvironment
		return t
	}
	guard := ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(c.public...))
	dialer.Control = func(network, address string, conn syscall.RawConn) error {
		if err := guard.Safe(network, address, conn); err != nil {
			host, _, _ := net.SplitHostPort(address)
			return fmt.Errorf("%w: %s is not a public address", ErrRefused, host)
		}
		return nil
	}
	return t
}

func checkURL(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%w: its scheme is %q", ErrScheme, u.Scheme)
	}
	if u.Hostname() == "" {
		return fmt.Errorf("%w: it names no host", ErrScheme)
	}
	return nil
}

// networkError takes off the "Get "https://…":" that net/http puts before an
// error: the caller knows the address, and it may hold a password.
func networkError(err error) error {
	if e := (*url.Error)(nil); errors.As(err, &e) {
		err = e.Err
	}
	for _, known := range []error{ErrRefused, ErrScheme} {
		if errors.Is(err, known) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", ErrNetwork, err)
}

func isMedia(kind string) bool {
	for _, prefix := range []string{"image/", "audio/", "video/", "font/"} {
		if strings.HasPrefix(kind, prefix) {
			return true
		}
	}
	return false
}

// userAgent names the program and the version that it was built as.
func userAgent() string {
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		version = strings.TrimPrefix(info.Main.Version, "v")
	}
	return "hearsay/" + version
}
