// Package fetch gets what stands at an http or https address, within limits of
// time and size, and from public addresses only.
//
// The address of every connection is checked in the dialer, after the name was
// resolved, so that neither a redirect nor a name that resolves to a private
// address leads into the reader's own network.
package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
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
	// ErrNetwork is returned where there was no answer or only a part of it.
	ErrNetwork = errors.New("the network failed")

	// What a StatusError is, for errors.Is: the server wants to know who asks or
	// does not answer programs; there is nothing at the address; it has trouble.
	ErrDenied   = errors.New("the server refuses to answer")
	ErrNotFound = errors.New("there is nothing at the address")
	ErrServer   = errors.New("the server failed")
)

// StatusError is an HTTP status other than success.
type StatusError struct{ Code int }

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

	public []netip.Prefix // counts as public: where the servers of the tests stand
}

// Response is what stood at an address.
type Response struct {
	URL         string // the address that answered, after redirects, without user and password
	ContentType string // as the server gave it
	Body        []byte
}

// Get returns what stands at address. An HTTP status other than 2xx is a
// *StatusError. The other errors wrap one of the Err variables or the network's.
func (c *Client) Get(ctx context.Context, address string) (*Response, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, fmt.Errorf("%w: it is not a valid URL", ErrScheme)
	}
	if err := checkURL(u); err != nil {
		return nil, err
	}
	limit := cmp.Or(c.Timeout, DefaultTimeout)
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("%w of %v", ErrTimeout, limit))
	defer cancel()

	res, err := c.get(ctx, u)
	if err == nil {
		return res, nil
	}
	if timeout := context.Cause(ctx); errors.Is(timeout, ErrTimeout) {
		return nil, timeout
	}
	if netErr := net.Error(nil); errors.As(err, &netErr) && netErr.Timeout() && ctx.Err() == nil {
		return nil, fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return nil, err
}

func (c *Client) get(ctx context.Context, u *url.URL) (*Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrScheme, err)
	}
	req.Header.Set("User-Agent", cmp.Or(c.UserAgent, userAgent()))
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5")
	req.Header.Set("Accept-Language", "en")

	transport := c.transport()
	defer transport.CloseIdleConnections()
	client := http.Client{Transport: transport, CheckRedirect: checkRedirect}
	res, err := client.Do(req)
	if err != nil {
		return nil, networkError(err)
	}
	defer res.Body.Close()

	if res.StatusCode < 200 || res.StatusCode > 299 {
		return nil, &StatusError{Code: res.StatusCode}
	}
	contentType := res.Header.Get("Content-Type")
	if kind, _, _ := mime.ParseMediaType(contentType); isMedia(kind) {
		return nil, fmt.Errorf("%w but %s", ErrBinary, kind)
	}
	body, err := c.read(res)
	if err != nil {
		return nil, err
	}
	final := *res.Request.URL
	final.User, final.Fragment = nil, ""
	return &Response{URL: final.String(), ContentType: contentType, Body: body}, nil
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

func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return ErrRedirects
	}
	return checkURL(req.URL)
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
	for _, known := range []error{ErrRefused, ErrScheme, ErrRedirects} {
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
