package watch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hearsay/article"
	"hearsay/article/inputs"
	"hearsay/store"
	"hearsay/watch"
)

// memory is a Memory and what Add adds to.
type memory struct {
	mu     sync.Mutex
	states map[string]string
	texts  map[string]string // by origin
	got    []string          // names of items, in the order they came
	full   bool
}

var errFull = errors.New("the disk is full")

func (m *memory) Mark(_ context.Context, origin, state string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.full {
		return errFull
	}
	m.states[origin] = state
	return nil
}

func (m *memory) State(_ context.Context, origin string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states[origin], nil
}

func (m *memory) add(ctx context.Context, it inputs.Item) (string, store.Outcome, error) {
	m.mu.Lock()
	had, ok := m.texts[it.Origin]
	m.mu.Unlock()
	if ok && had == it.State {
		return it.Origin, store.Known, nil
	}
	if _, err := it.Get(ctx); err != nil {
		return "", 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.full {
		return "", 0, errFull
	}
	m.texts[it.Origin] = it.State
	m.got = append(m.got, it.Name)
	if ok {
		return it.Origin, store.Changed, nil
	}
	return it.Origin, store.Added, nil
}

// site is a server of feeds.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	asked []string
}

func newSite(t *testing.T) *site {
	s := &site{pages: make(map[string]http.HandlerFunc)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		page := s.pages[r.URL.Path]
		s.mu.Unlock()
		if page == nil {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) set(path, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, text) }
}

// rss is a feed of items with these ids, whose texts are in it.
func rss(channel string, ids ...string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Velmora Courier</title>` + channel)
	for _, id := range ids {
		fmt.Fprintf(&b, "<item><guid isPermaLink=\"false\">%s</guid><description>It will rain in Velmora on the day of %s, the harbour master said.</description></item>", id, id)
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// once polls what is due and returns what happened.
func once(t *testing.T, m *memory, change func(*watch.Watcher), names ...string) []watch.Event {
	t.Helper()
	var mu sync.Mutex
	var events []watch.Event
	w := &watch.Watcher{
		Getter: &article.Getter{AllowPrivate: true, Force: true}, Memory: m, Add: m.add, Once: true,
		Tell: func(e watch.Event) {
			mu.Lock()
			defer mu.Unlock()
			events = append(events, e)
		},
	}
	if change != nil {
		change(w)
	}
	if err := w.Run(t.Context(), names); err != nil {
		t.Fatal(err)
	}
	return events
}

func now(w *watch.Watcher) { w.Now = true }

func newMemory() *memory {
	return &memory{states: make(map[string]string), texts: make(map[string]string)}
}

// kinds are the kinds of events, in their order.
func kinds(events []watch.Event) (k []watch.Kind) {
	for _, e := range events {
		k = append(k, e.Kind)
	}
	return k
}

// TestNew checks that what is new in a feed is got once.
func TestNew(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.set("/feed", rss("", "m1", "m2"))
	for i, step := range []struct {
		do    func()
		kinds []watch.Kind
		last  watch.Counts
	}{
		{nil, []watch.Kind{watch.Article, watch.Article, watch.Polled}, watch.Counts{Added: 2}},
		{nil, []watch.Kind{watch.Polled}, watch.Counts{}},
		{func() { s.set("/feed", rss("", "m3", "m1", "m2")) }, []watch.Kind{watch.Article, watch.Polled}, watch.Counts{Added: 1, Known: 2}},
		{func() { s.set("/feed", strings.Replace(rss("", "m3", "m1"), "rain", "snow", 1)) }, []watch.Kind{watch.Article, watch.Polled}, watch.Counts{Changed: 1, Known: 1}},
	} {
		if step.do != nil {
			step.do()
		}
		events := once(t, m, now, s.URL+"/feed")
		if !slices.Equal(kinds(events), step.kinds) {
			t.Fatalf("step %d: got %v", i, events)
		}
		if last := events[len(events)-1]; *last.Counts != step.last || last.Feed != s.URL+"/feed" {
			t.Errorf("step %d: got %+v, %+v", i, last, last.Counts)
		}
	}
	if len(m.got) != 4 {
		t.Errorf("got %v", m.got)
	}
}

// TestDue checks when a feed is polled again: what it and its server ask for is
// heard within bounds, and remembered.
func TestDue(t *testing.T) {
	const every = 15 * time.Minute
	ok := func(header, value string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if header != "" {
				w.Header().Set(header, value)
			}
			io.WriteString(w, rss("", "m1"))
		}
	}
	fails := func(code int, after string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(code)
		}
	}
	ttl := func(minutes string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, rss("<ttl>"+minutes+"</ttl>", "m1")) }
	}
	for name, test := range map[string]struct {
		serve http.HandlerFunc
		waits []time.Duration // after each poll
	}{
		"nothing said":          {ok("", ""), []time.Duration{every, every}},
		"fresh for long":        {ok("Cache-Control", "max-age=7200"), []time.Duration{2 * time.Hour, 2 * time.Hour}},
		"fresh for too long":    {ok("Cache-Control", "max-age=31536000"), []time.Duration{12 * time.Hour}},
		"fresh for short":       {ok("Cache-Control", "max-age=10"), []time.Duration{every}},
		"ttl":                   {ttl("60"), []time.Duration{time.Hour, time.Hour}},
		"a short ttl":           {ttl("1"), []time.Duration{every}},
		"a ttl beyond reason":   {ttl("999999"), []time.Duration{12 * time.Hour}},
		"failing":               {fails(500, ""), []time.Duration{2 * every, 4 * every, 8 * every, 16 * every, 32 * every, 64 * every, 24 * time.Hour, 24 * time.Hour}},
		"come again later":      {fails(503, "7200"), []time.Duration{2 * time.Hour, 2 * time.Hour, 2 * time.Hour, 16 * every}},
		"come again much later": {fails(429, "31536000"), []time.Duration{24 * time.Hour}},
		"no feed":               {func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html>Sorry") }, []time.Duration{2 * every}},
	} {
		t.Run(name, func(t *testing.T) {
			s, m := newSite(t), newMemory()
			s.pages["/feed"] = test.serve
			for i, wait := range test.waits {
				before := time.Now().Truncate(time.Second)
				events := once(t, m, now, s.URL+"/feed")
				last := events[len(events)-1]
				if earliest, latest := before.Add(wait), time.Now().Add(wait+wait/10); last.Next.Before(earliest) || last.Next.After(latest) {
					t.Errorf("poll %d: next at %v, want it from %v to %v", i, last.Next, earliest, latest)
				}
			}
			if events := once(t, m, nil, s.URL+"/feed"); len(events) > 0 {
				t.Errorf("it was polled before it was due: %v", events)
			}
		})
	}
}

// TestConditional checks that a feed is only sent again when it has changed, or
// when an item of it is still to be got.
func TestConditional(t *testing.T) {
	s, m := newSite(t), newMemory()
	version, sent := `"1"`, 0
	body := rss("", "m1")
	s.pages["/feed"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", version)
		if r.Header.Get("If-None-Match") == version {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		sent++
		io.WriteString(w, body)
	}
	for range 3 {
		once(t, m, now, s.URL+"/feed")
	}
	if sent != 1 {
		t.Errorf("it was sent %d times", sent)
	}
	version, sent = `"2"`, 0
	body = `<rss version="2.0"><channel><item><guid>x</guid><link>/missing</link></item></channel></rss>`
	for range 5 {
		once(t, m, now, s.URL+"/feed")
	}
	missing := 0
	for _, path := range s.asked {
		if path == "/missing" {
			missing++
		}
	}
	if sent != 3 || missing != 3 {
		t.Errorf("a feed with an item that is not there was sent %d times, and the item asked for %d times", sent, missing)
	}
}

// TestGone checks that a feed that is gone is left alone, until the person says
// otherwise.
func TestGone(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.pages["/feed"] = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusGone) }
	if events := once(t, m, nil, s.URL+"/feed"); len(events) != 1 || events[0].Kind != watch.Gone || !events[0].Next.IsZero() {
		t.Errorf("got %v", events)
	}
	if events := once(t, m, nil, s.URL+"/feed"); len(events) != 0 || len(s.asked) != 1 {
		t.Errorf("got %v, asked %v", events, s.asked)
	}
	s.set("/feed", rss("", "m1"))
	if events := once(t, m, now, s.URL+"/feed"); len(events) != 2 || len(s.asked) != 2 {
		t.Errorf("got %v, asked %v", events, s.asked)
	}
	// One that is not watched once ends: nothing is left to do.
	s.pages["/feed"] = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusGone) }
	once(t, m, func(w *watch.Watcher) { w.Once, w.Now = false, true }, s.URL+"/feed")
}

// TestMoved checks that a feed is asked for where it has moved for good, once it
// was found there, and where it was again when it is not there any more.
func TestMoved(t *testing.T) {
	s, m := newSite(t), newMemory()
	to := func(where string, code int) {
		s.pages["/feed"] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, where, code) }
	}
	s.set("/new", rss("", "m1"))
	s.set("/other", "<html>Sign in")
	poll := func() []string {
		s.asked = nil
		once(t, m, now, s.URL+"/feed")
		return s.asked
	}
	for i, step := range []struct {
		do   func()
		want []string
	}{
		{func() { to("/new", 302) }, []string{"/feed", "/new"}},
		{func() { to("/other", 301) }, []string{"/feed", "/other"}},
		{func() { to("/new", 301) }, []string{"/feed", "/new"}},
		{func() { s.set("/new", rss("", "m1", "m2")) }, []string{"/new"}},
		{func() { delete(s.pages, "/new"); s.set("/feed", rss("", "m3")) }, []string{"/new"}},
		{nil, []string{"/new"}},
		{nil, []string{"/new"}},
		{nil, []string{"/feed"}},
	} {
		if step.do != nil {
			step.do()
		}
		if got := poll(); !slices.Equal(got, step.want) {
			t.Errorf("step %d: asked %v, want %v", i, got, step.want)
		}
	}
	if want := []string{s.URL + "/feed#m1", s.URL + "/feed#m2", s.URL + "/feed#m3"}; !slices.Equal(m.got, want) {
		t.Errorf("got %v, want %v", m.got, want)
	}
}

// TestListRemembered checks that the feeds of a list are polled though the list
// itself is not due, and that a list may be a file.
func TestListRemembered(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.set("/list", `<opml version="2.0"><body><outline xmlUrl="/a"/><outline xmlUrl="/b"/></body></opml>`)
	s.set("/a", rss("", "m1"))
	s.set("/b", rss("", "m2"))
	file := filepath.Join(t.TempDir(), "list.opml")
	if err := os.WriteFile(file, []byte(`<opml version="2.0"><body><outline xmlUrl="`+s.URL+`/a"/><outline type="include" url="`+s.URL+`/list"/></body></opml>`), 0o644); err != nil {
		t.Fatal(err)
	}
	once(t, m, nil, file)
	if len(m.got) != 2 {
		t.Errorf("got %v", m.got)
	}
	s.asked = nil
	for origin := range m.states {
		if strings.HasSuffix(origin, "/a") || strings.HasSuffix(origin, "/b") {
			delete(m.states, origin)
		}
	}
	once(t, m, nil, file)
	slices.Sort(s.asked)
	if want := []string{"/a", "/b"}; !slices.Equal(s.asked, want) {
		t.Errorf("asked %v, want %v", s.asked, want)
	}
}

// TestFull checks that watching ends when nothing can be kept.
func TestFull(t *testing.T) {
	s, m := newSite(t), newMemory()
	m.full = true
	s.set("/feed", rss("", "m1"))
	w := &watch.Watcher{Getter: &article.Getter{AllowPrivate: true}, Memory: m, Add: m.add, Tell: func(watch.Event) {}}
	if err := w.Run(t.Context(), []string{s.URL + "/feed"}); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

// TestBrokenOff checks that watching ends with its context while a server keeps
// it waiting, and that the feed is polled again.
func TestBrokenOff(t *testing.T) {
	s, m := newSite(t), newMemory()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s.set("/feed", `<rss version="2.0"><channel><item><guid>x</guid><link>/slow</link></item></channel></rss>`)
	s.pages["/slow"] = func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}
	w := &watch.Watcher{Getter: &article.Getter{AllowPrivate: true}, Memory: m, Add: m.add, Tell: func(e watch.Event) { t.Errorf("told %v", e) }}
	if err := w.Run(ctx, []string{s.URL + "/feed"}); err != nil {
		t.Errorf("got %v", err)
	}
	s.set("/slow", "It will rain, she said.")
	s.asked = nil
	if events := once(t, m, now, s.URL+"/feed"); len(events) != 2 || !slices.Equal(s.asked, []string{"/feed", "/slow"}) {
		t.Errorf("got %v, asked %v", events, s.asked)
	}
}
