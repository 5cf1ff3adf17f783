package polite_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hearsay/article/fetch"
	"hearsay/article/fetch/polite"
)

// site is a server that counts what it is asked at once.
type site struct {
	*httptest.Server
	mu           sync.Mutex
	now, most    int
	asked        map[string]int
	robots       string
	robotsStatus int
}

func newSite(t *testing.T) *site {
	s := &site{asked: make(map[string]int), robotsStatus: http.StatusOK}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.now++
		s.most = max(s.most, s.now)
		s.asked[r.URL.Path]++
		s.mu.Unlock()
		defer func() {
			s.mu.Lock()
			s.now--
			s.mu.Unlock()
		}()
		switch r.URL.Path {
		case "/robots.txt":
			w.WriteHeader(s.robotsStatus)
			io.WriteString(w, s.robots)
		case "/busy":
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/on":
			http.Redirect(w, r, "/private", http.StatusFound)
		default:
			time.Sleep(time.Millisecond)
			io.WriteString(w, "The mill burns.")
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// client returns a client that goes through a gate.
func client() *fetch.Client {
	c := fetch.Client{AllowPrivate: true}
	gate := &polite.Gate{Client: c, Delay: time.Nanosecond}
	c.Gate = gate.Enter
	return &c
}

func TestOneAtATime(t *testing.T) {
	s, c := newSite(t), client()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := c.Get(t.Context(), s.URL+"/a"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if s.most != 1 || s.asked["/a"] != 20 || s.asked["/robots.txt"] != 1 {
		t.Errorf("%d at once, asked %v", s.most, s.asked)
	}
}

func TestRobots(t *testing.T) {
	for _, test := range []struct {
		name, robots, path string
		status             int
		want               error
	}{
		{"allowed", "User-agent: *\nDisallow: /private", "/a", 200, nil},
		{"forbidden", "User-agent: *\nDisallow: /private", "/private", 200, fetch.ErrRobots},
		{"forbidden where a redirect leads", "User-agent: *\nDisallow: /private", "/on", 200, fetch.ErrRobots},
		{"not there", "User-agent: *\nDisallow: /", "/a", 404, nil},
		{"nobody's business", "User-agent: *\nDisallow: /", "/a", 403, nil},
		{"out of order", "", "/a", 500, polite.ErrUnreachable},
		{"too many requests", "", "/a", 429, polite.ErrUnreachable},
	} {
		s, c := newSite(t), client()
		s.robots, s.robotsStatus = test.robots, test.status
		for range 2 {
			if _, err := c.Get(t.Context(), s.URL+test.path); !errors.Is(err, test.want) {
				t.Errorf("%s: got %v, want %v", test.name, err, test.want)
			}
		}
		if s.asked["/robots.txt"] != 1 || test.want != nil && test.path != "/on" && s.asked[test.path] > 0 || s.asked["/private"] > 0 {
			t.Errorf("%s: asked %v", test.name, s.asked)
		}
	}
}

// TestRefused checks that a private address is refused as such.
func TestRefused(t *testing.T) {
	s := newSite(t)
	c := fetch.Client{}
	gate := &polite.Gate{Client: c}
	c.Gate = gate.Enter
	if _, err := c.Get(t.Context(), s.URL); !errors.Is(err, fetch.ErrRefused) || errors.Is(err, fetch.ErrServer) || len(s.asked) > 0 {
		t.Errorf("got %v, asked %v", err, s.asked)
	}
}

// TestRest checks that a host that wants to be left alone is.
func TestRest(t *testing.T) {
	s, c := newSite(t), client()
	for i, path := range []string{"/a", "/busy", "/a", "/busy"} {
		_, err := c.Get(t.Context(), s.URL+path)
		if want := []error{nil, fetch.ErrServer, polite.ErrResting, polite.ErrResting}[i]; !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", path, err, want)
		}
	}
	if s.asked["/a"] != 1 || s.asked["/busy"] != 1 {
		t.Errorf("asked %v", s.asked)
	}
}

// TestPause checks, by a clock that jumps, that requests to one host are apart
// by what is the longest: the program's delay or the server's, within bounds;
// and that other hosts are not waited for.
func TestPause(t *testing.T) {
	for name, test := range map[string]struct {
		robots string
		want   time.Duration
	}{
		"the program's": {"", 2 * time.Second},
		"the server's":  {"User-agent: *\nCrawl-delay: 7", 7 * time.Second},
		"a shorter one": {"User-agent: *\nCrawl-delay: 1", 2 * time.Second},
		"a long one":    {"User-agent: *\nCrawl-delay: 7200", 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				gate := &polite.Gate{Delay: 2 * time.Second}
				for _, host := range []string{"velmora.example", "karsk.example"} {
					gate.Know("http://"+host, test.robots)
				}
				ask := func(address string) time.Time {
					u, err := url.Parse(address)
					if err != nil {
						t.Fatal(err)
					}
					leave, err := gate.Enter(t.Context(), u)
					if err != nil {
						t.Fatal(err)
					}
					began := time.Now()
					time.Sleep(time.Second) // what the answer takes
					leave(nil)
					return began
				}
				first := ask("http://velmora.example/a")
				other := ask("http://karsk.example/a")
				second := ask("http://VELMORA.example/b")
				if other.Sub(first) != time.Second || second.Sub(first) != time.Second+test.want {
					t.Errorf("the other host after %v, the same after %v", other.Sub(first), second.Sub(first))
				}

				ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
				defer cancel()
				u, _ := url.Parse("http://velmora.example/c")
				if _, err := gate.Enter(ctx, u); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v for a request that was given up", err)
				}
				ask("http://velmora.example/d")
			})
		})
	}
}
