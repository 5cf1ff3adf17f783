package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"hearsay/article/fetch"
)

// TestGetChanged checks that what a caller has is not sent again, and is when it
// has changed.
func TestGetChanged(t *testing.T) {
	etag, day := `"one"`, "Wed, 27 Mar 2024 08:15:00 GMT"
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		w.Header().Set("Last-Modified", day)
		w.Header().Set("Cache-Control", "public, Max-Age=600")
		w.Header().Set("Age", "100")
		if r.Header.Get("If-None-Match") == etag && r.Header.Get("If-Modified-Since") == day {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "The mill burns.")
	})
	c := fetch.Client{AllowPrivate: true}
	first, err := c.Get(t.Context(), address)
	want := fetch.Validators{ETag: etag, LastModified: day}
	if err != nil || first.Unchanged || first.Validators != want || first.Fresh != 500*time.Second {
		t.Fatalf("got %+v, %v", first, err)
	}
	second, err := c.GetChanged(t.Context(), address, first.Validators)
	if err != nil || !second.Unchanged || len(second.Body) > 0 || second.Validators != want {
		t.Errorf("got %+v, %v", second, err)
	}
	etag = `"two"`
	if third, err := c.GetChanged(t.Context(), address, first.Validators); err != nil || third.Unchanged || len(third.Body) == 0 {
		t.Errorf("got %+v, %v", third, err)
	}
}

// TestUnchangedOutOfTheBlue checks that a 304 that nobody asked for is no answer.
func TestUnchangedOutOfTheBlue(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotModified) })
	c := fetch.Client{AllowPrivate: true}
	var status *fetch.StatusError
	if res, err := c.Get(t.Context(), address); !errors.As(err, &status) || status.Code != http.StatusNotModified {
		t.Errorf("got %+v, %v", res, err)
	}
}

// TestMoved checks that an address is only taken for a new one as far as every
// redirect to it is permanent.
func TestMoved(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		next := map[string]struct {
			to   string
			code int
		}{"/a": {"/b", 301}, "/b": {"/c", 308}, "/d": {"/e", 301}, "/e": {"/c", 302}, "/f": {"/a", 307}}
		if n, ok := next[r.URL.Path]; ok {
			http.Redirect(w, r, n.to, n.code)
			return
		}
		io.WriteString(w, "The mill burns.")
	})
	c := fetch.Client{AllowPrivate: true}
	for path, moved := range map[string]string{"/a": address + "/c", "/b": address + "/c", "/c": "", "/d": address + "/e", "/e": "", "/f": ""} {
		if res, err := c.Get(t.Context(), address+path); err != nil || res.Moved != moved || res.URL != address+"/c" {
			t.Errorf("%s: got %+v, %v; want it moved to %q", path, res, err, moved)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"":                              0,
		"120":                           2 * time.Minute,
		"-1":                            0,
		"soon":                          0,
		"99999999999999999999999":       10 * 365 * 24 * time.Hour,
		"Wed, 27 Mar 2024 08:20:00 GMT": 5 * time.Minute,
		"Wed, 27 Mar 2024 08:10:00 GMT": 0,
	} {
		address := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", "Wed, 27 Mar 2024 08:15:00 GMT")
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusServiceUnavailable)
		})
		c := fetch.Client{AllowPrivate: true}
		var status *fetch.StatusError
		if _, err := c.Get(t.Context(), address); !errors.As(err, &status) || status.RetryAfter != want {
			t.Errorf("%q: got %v, %+v; want %v", header, err, status, want)
		}
	}
}

// TestGate checks that the gate is passed before each request, is left after
// it, and may refuse it.
func TestGate(t *testing.T) {
	var said []string
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		said = append(said, "ask "+r.URL.Path)
		if r.URL.Path == "/a" {
			http.Redirect(w, r, "/b", http.StatusFound)
			return
		}
		w.WriteHeader(http.StatusTeapot)
	})
	closed := errors.New("closed")
	c := fetch.Client{AllowPrivate: true, Gate: func(ctx context.Context, u *url.URL) (func(error), error) {
		if u.Path == "/closed" {
			return nil, closed
		}
		said = append(said, "enter "+u.Path)
		return func(err error) { said = append(said, fmt.Sprint("leave ", err)) }, nil
	}}
	if _, err := c.Get(t.Context(), address+"/a"); err == nil {
		t.Error("no error")
	}
	want := []string{"enter /a", "ask /a", "leave <nil>", "enter /b", "ask /b", "leave the server answered 418 I'm a teapot"}
	if !slices.Equal(said, want) {
		t.Errorf("got %q, want %q", said, want)
	}
	if _, err := c.Get(t.Context(), address+"/closed"); !errors.Is(err, closed) || len(said) != len(want) {
		t.Errorf("got %v, %q", err, said)
	}
}
