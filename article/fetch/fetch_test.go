package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"hearsay/article/fetch"
)

// serve answers every request with handler, on a loopback address.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s.URL
}

func TestGet(t *testing.T) {
	var seen *http.Request
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r
		w.Header().Set("Content-Type", "text/plain; charset=koi8-r")
		io.WriteString(w, "The mill burns.")
	})
	c := fetch.Client{AllowPrivate: true}
	withUser := strings.Replace(address, "http://", "http://jane:secret@", 1) + "/news?id=7#top"
	res, err := c.Get(t.Context(), withUser)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(res.Body); got != "The mill burns." {
		t.Errorf("body %q", got)
	}
	if res.ContentType != "text/plain; charset=koi8-r" {
		t.Errorf("content type %q", res.ContentType)
	}
	if want := address + "/news?id=7"; res.URL != want {
		t.Errorf("URL %q, want %q", res.URL, want)
	}
	if got := seen.UserAgent(); !strings.HasPrefix(got, "hearsay/") || len(got) == len("hearsay/") {
		t.Errorf("user agent %q", got)
	}
	if user, password, _ := seen.BasicAuth(); user != "jane" || password != "secret" {
		t.Errorf("the server was told %q, %q", user, password)
	}
}

func TestGetUnpacksGzip(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		zw := gzip.NewWriter(w)
		io.WriteString(zw, "The mill burns.")
		zw.Close()
	})
	c := fetch.Client{AllowPrivate: true}
	res, err := c.Get(t.Context(), address)
	if err != nil || string(res.Body) != "The mill burns." {
		t.Fatalf("got %v, %v", res, err)
	}
}

// bomb is a small answer that unpacks to 200 MB.
func bomb(t *testing.T) []byte {
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	chunk := make([]byte, 1<<20)
	for range 200 {
		if _, err := zw.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	zw.Close()
	return b.Bytes()
}

func TestGetRefuses(t *testing.T) {
	packed := bomb(t)
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		want    error
	}{
		{"not found", status(404), fetch.ErrNotFound},
		{"gone", status(410), fetch.ErrNotFound},
		{"forbidden", status(403), fetch.ErrDenied},
		{"unauthorized", status(401), fetch.ErrDenied},
		{"too many requests", status(429), fetch.ErrServer},
		{"server error", status(500), fetch.ErrServer},
		{"no such status", status(599), fetch.ErrServer},
		{"announced too large", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99999999999")
		}, fetch.ErrTooLarge},
		{"too large", func(w http.ResponseWriter, _ *http.Request) {
			for chunk := make([]byte, 1<<20); ; {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}, fetch.ErrTooLarge},
		{"bomb", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(packed)
		}, fetch.ErrTooLarge},
		{"truncated gzip", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(packed[:1000])
		}, fetch.ErrNetwork},
		{"not gzip", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			io.WriteString(w, "The mill burns.")
		}, fetch.ErrNetwork},
		{"broken off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, "The mill")
		}, fetch.ErrNetwork},
		{"no answer", func(w http.ResponseWriter, r *http.Request) {
			select {
			case <-hang:
			case <-r.Context().Done():
			}
		}, fetch.ErrTimeout},
		{"slow body", func(w http.ResponseWriter, r *http.Request) {
			for {
				if _, err := io.WriteString(w, "x"); err != nil {
					return
				}
				w.(http.Flusher).Flush()
				select {
				case <-hang:
					return
				case <-r.Context().Done():
					return
				case <-time.After(10 * time.Millisecond):
				}
			}
		}, fetch.ErrTimeout},
		{"picture", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "image/png") }, fetch.ErrBinary},
		{"film", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "video/mp4; codecs=x") }, fetch.ErrBinary},
		{"endless redirects", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, fetch.ErrRedirects},
		{"redirect to a file", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/hosts", http.StatusFound)
		}, fetch.ErrScheme},
	} {
		t.Run(c.name, func(t *testing.T) {
			client := fetch.Client{AllowPrivate: true, Timeout: 300 * time.Millisecond}
			if c.want != fetch.ErrTimeout {
				client.Timeout = time.Minute
			}
			res, err := client.Get(t.Context(), serve(t, c.handler))
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, %v; want %v", res, err, c.want)
			}
		})
	}
}

func TestRedirectLimit(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscanf(r.URL.Path, "/%d", &n)
		if n == 0 {
			io.WriteString(w, "The mill burns.")
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/%d", n-1), http.StatusFound)
	})
	c := fetch.Client{AllowPrivate: true}
	if res, err := c.Get(t.Context(), address+"/5"); err != nil || res.URL != address+"/0" {
		t.Errorf("5 redirects: got %v, %v", res, err)
	}
	if _, err := c.Get(t.Context(), address+"/6"); !errors.Is(err, fetch.ErrRedirects) {
		t.Errorf("6 redirects: %v", err)
	}
}

func TestOnlyPublicAddresses(t *testing.T) {
	asked := false
	address := serve(t, func(http.ResponseWriter, *http.Request) { asked = true })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	var c fetch.Client
	for _, host := range []string{
		"127.0.0.1", "localhost", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]",
		"10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
		"[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]", "224.0.0.1", "255.255.255.255",
	} {
		_, err := c.Get(t.Context(), "http://"+net.JoinHostPort(strings.Trim(host, "[]"), port)+"/")
		if !errors.Is(err, fetch.ErrRefused) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if asked {
		t.Error("the server on the loopback address was asked")
	}
}

// TestRedirectToPrivateAddress lets one address of this machine count as public
// and redirect to others, which do not.
func TestRedirectToPrivateAddress(t *testing.T) {
	var target string
	public := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/end" {
			io.WriteString(w, "The mill burns.")
			return
		}
		http.Redirect(w, r, target, http.StatusFound)
	})
	var c fetch.Client
	c.CountAsPublic(netip.MustParsePrefix("127.0.0.1/32"))

	target = public + "/end"
	if res, err := c.Get(t.Context(), public); err != nil || string(res.Body) != "The mill burns." {
		t.Fatalf("redirected within the public: %v, %v", res, err)
	}
	port := public[strings.LastIndexByte(public, ':')+1:]
	for _, host := range []string{"127.0.0.2", "[::1]", "10.0.0.1", "169.254.169.254"} {
		target = "http://" + host + ":" + port + "/"
		if _, err := c.Get(t.Context(), public); !errors.Is(err, fetch.ErrRefused) {
			t.Errorf("redirected to %s: %v", host, err)
		}
	}
}

func TestOnlyTheWeb(t *testing.T) {
	var c fetch.Client
	for _, address := range []string{"", "velmora", "ftp://velmora.example/", "file:///etc/hosts", "http://", "https:///x", "http://[::1", "javascript:alert(1)", "gopher://x"} {
		if _, err := c.Get(t.Context(), address); !errors.Is(err, fetch.ErrScheme) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	address := serve(t, func(http.ResponseWriter, *http.Request) { cancel() })
	c := fetch.Client{AllowPrivate: true}
	cancel()
	if _, err := c.Get(ctx, address); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestErrorsKeepTheAddressToThemselves because it may hold a password.
func TestErrorsKeepTheAddressToThemselves(t *testing.T) {
	address := serve(t, func(http.ResponseWriter, *http.Request) {})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword("jane", "secret")
	var c fetch.Client
	if _, err := c.Get(t.Context(), u.String()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}
