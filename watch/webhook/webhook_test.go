package webhook_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hearsay/article/fetch"
	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/sqlite"
	"hearsay/store/storetest"
	"hearsay/watch/webhook"
)

// TestSign checks the signature of the specification's own example.
func TestSign(t *testing.T) {
	secret, err := webhook.Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
	if err != nil {
		t.Fatal(err)
	}
	got := webhook.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSecret(t *testing.T) {
	for _, n := range []int{0, 23, 65} {
		if _, err := webhook.Secret(base64.StdEncoding.EncodeToString(make([]byte, n))); !errors.Is(err, webhook.ErrSecret) {
			t.Errorf("%d bytes: got %v", n, err)
		}
	}
	if _, err := webhook.Secret("correct horse battery staple, and some more"); !errors.Is(err, webhook.ErrSecret) {
		t.Errorf("got %v for what is no base64", err)
	}
	if key, err := webhook.Secret(base64.StdEncoding.EncodeToString(make([]byte, 32))); err != nil || len(key) != 32 {
		t.Errorf("got %v, %v", key, err)
	}
}

// receiver takes what is posted.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	got    []received
}

type received struct {
	id   string
	body map[string]any
}

var secret = []byte("a secret of twenty-seven b.")

func newReceiver(t *testing.T) *receiver {
	r := &receiver{status: http.StatusNoContent}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			t.Error(err)
		}
		id := req.Header.Get("webhook-id")
		at, err := strconv.ParseInt(req.Header.Get("webhook-timestamp"), 10, 64)
		if err != nil || req.Header.Get("webhook-signature") != webhook.Sign(secret, id, time.Unix(at, 0), body) || req.Header.Get("Content-Type") != "application/json" {
			t.Errorf("the header is %v", req.Header)
		}
		one := received{id: id}
		if err := json.Unmarshal(body, &one.body); err != nil {
			t.Error(err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.got = append(r.got, one)
		w.Header().Set("Location", r.URL+"/elsewhere")
		w.WriteHeader(r.status)
	}))
	t.Cleanup(r.Close)
	return r
}

// answer sets what the receiver answers from now on, and returns what it has got.
func (r *receiver) answer(status int) []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	got := r.got
	r.got, r.status = nil, status
	return got
}

// desk is a store with a saved search and a webhook.
type desk struct {
	store  *sqlite.Store
	poster *webhook.Poster
	events []webhook.Event
}

func newDesk(t *testing.T, url string, searches ...store.Search) *desk {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "store.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, one := range searches {
		if err := s.Alerts().SaveSearch(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	d := &desk{store: s}
	d.poster = &webhook.Poster{Store: s, URL: url + "/hook?key=7", Secret: secret, Client: fetch.Client{AllowPrivate: true}, Tell: func(e webhook.Event) { d.events = append(d.events, e) }}
	if err := d.poster.Open(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) add(t *testing.T, id string, seed uint64) {
	t.Helper()
	a, l := storetest.Random(rand.New(rand.NewPCG(7, seed)), id, 12)
	if _, _, err := d.store.Add(t.Context(), "x", a, l); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) once(t *testing.T) {
	t.Helper()
	if err := d.poster.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// claims returns the contents of the claims that match, by their places.
func (d *desk) claims(t *testing.T, s store.Search) map[string]bool {
	t.Helper()
	all := make(map[string]bool)
	for c, err := range d.store.Claims(t.Context(), s.Query, s.Filter.Filter) {
		if err != nil {
			t.Fatal(err)
		}
		all[c.Article+" "+c.Content] = true
	}
	return all
}

var bridge = store.Search{Name: "bridge", Kind: store.OfClaims, Query: "bridge"}

// TestClaims checks that each claim that matches a search is posted once, with
// who says so, and none that came before or does not match.
func TestClaims(t *testing.T) {
	r := newReceiver(t)
	hask := store.Search{Name: "Hask", Kind: store.OfClaims, Filter: store.IncidentFilter{Filter: store.Filter{Speaker: "Hask"}}}
	d := newDesk(t, r.URL, bridge, hask)
	d.add(t, "a1", 1)
	d.add(t, "a2", 2)
	d.once(t)
	d.once(t)
	posted := map[string]map[string]bool{"bridge": {}, "Hask": {}}
	ids := make(map[string]bool)
	voices := make(map[string]bool)
	got := r.answer(http.StatusOK)
	for _, one := range got {
		data := one.body["data"].(map[string]any)
		claim := data["claim"].(map[string]any)
		posted[data["search"].(string)][claim["article"].(string)+" "+claim["content"].(string)] = true
		ids[one.id] = true
		voices[data["voice"].(string)] = true
		source, ok := claim["source"].(map[string]any)
		if one.body["type"] != "claim.found" || one.body["timestamp"] == "" || ok != (data["voice"] == "attributed") || ok && source["speaker"] == "" {
			t.Errorf("got %v", one.body)
		}
	}
	if len(ids) != len(got) || len(voices) != 2 {
		t.Errorf("%d ids of %d deliveries, voices %v", len(ids), len(got), voices)
	}
	for _, s := range []store.Search{bridge, hask} {
		want := d.claims(t, s)
		if fmt.Sprint(want) != fmt.Sprint(posted[s.Name]) || len(want) == 0 {
			t.Errorf("%s: got %v, want %v", s.Name, posted[s.Name], want)
		}
	}

	// The same words in a new version are no news, and an article that is removed is none either.
	a, l := storetest.Random(rand.New(rand.NewPCG(7, 1)), "a1", 12)
	a.Text += "That is all."
	l.Document.Text = a.Text
	if _, o, err := d.store.Add(t.Context(), "x", a, l); err != nil || o != store.Changed {
		t.Fatal(o, err)
	}
	d.add(t, "a3", 3)
	if err := d.store.Remove(t.Context(), "a3"); err != nil {
		t.Fatal(err)
	}
	d.once(t)
	if got := r.answer(http.StatusOK); len(got) > 0 {
		t.Errorf("posted again: %v", got)
	}
	for _, e := range d.events {
		if e.Kind != webhook.Posted || strings.Contains(fmt.Sprint(e), "key=7") {
			t.Errorf("told %+v", e)
		}
	}
}

// TestRetries posts to a server that fails, by a clock that jumps: for a day,
// ever more rarely, the same delivery with the same id.
func TestRetries(t *testing.T) {
	r := newReceiver(t)
	for _, status := range []int{500, 302} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r.answer(status)
				d := newDesk(t, r.URL, bridge)
				d.add(t, "a1", 1)
				began, n := time.Now(), len(d.claims(t, bridge))
				ctx, cancel := context.WithTimeout(t.Context(), 40*time.Hour)
				defer cancel()
				if err := d.poster.Run(ctx, nil); err != nil {
					t.Fatal(err)
				}
				tries := make(map[string]int)
				for _, one := range r.answer(status) {
					tries[one.id]++
				}
				lost := 0
				var last time.Time
				for _, e := range d.events {
					if e.Kind == webhook.Lost {
						lost++
						last = e.Time
					}
				}
				if took := last.Sub(began); lost != n || len(tries) != n || took < 24*time.Hour || took > 36*time.Hour {
					t.Errorf("%d of %d deliveries were given up after %v", lost, n, took)
				}
				for id, n := range tries {
					if n != 11 {
						t.Errorf("%s was tried %d times", id, n)
					}
				}
			})
		})
	}
}

// TestRecovers checks that what was not taken is posted when the server is back,
// by whoever then watches, and that one that is never reached is not asked on and on.
func TestRecovers(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		r.answer(503)
		d := newDesk(t, r.URL, bridge)
		for i := range 10 {
			d.add(t, fmt.Sprint("a", i), uint64(i))
		}
		n := len(d.claims(t, bridge))
		d.once(t)
		failed := r.answer(200)
		if len(failed) != 3 || n < 10 {
			t.Errorf("of %d deliveries %d were tried at a server that is down", n, len(failed))
		}
		other := &webhook.Poster{Store: d.store, URL: d.poster.URL, Secret: secret, Client: d.poster.Client, Tell: d.poster.Tell}
		if err := other.Open(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := other.Run(ctx, nil); err != nil {
			t.Fatal(err)
		}
		ids := make(map[string]bool)
		got := r.answer(200)
		for _, one := range got {
			ids[one.id] = true
		}
		if len(got) != n || len(ids) != n {
			t.Errorf("%d deliveries of %d ids, want %d", len(got), len(ids), n)
		}
		for _, one := range failed {
			if !ids[one.id] {
				t.Errorf("%s came under another id", one.id)
			}
		}
	})
}

// TestGone checks that a webhook that is gone is posted to no more, until it is
// opened again.
func TestGone(t *testing.T) {
	r := newReceiver(t)
	d := newDesk(t, r.URL, bridge)
	r.answer(http.StatusGone)
	d.add(t, "a1", 1)
	if err := d.poster.Once(t.Context()); !errors.Is(err, webhook.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if got := r.answer(http.StatusOK); len(got) != 1 || len(d.events) != 1 || d.events[0].Kind != webhook.Closed {
		t.Errorf("got %v, told %v", got, d.events)
	}
	if err := d.poster.Open(t.Context(), false); !errors.Is(err, webhook.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := d.poster.Open(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	d.add(t, "a2", 2)
	d.once(t)
	if got := r.answer(http.StatusOK); len(got) == 0 {
		t.Error("opened again it hears of nothing")
	}
}

// TestWoken checks that what is added is posted when the poster is woken, and
// that it ends with its context in the middle of a request.
func TestWoken(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	waiting := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		close(waiting)
		<-r.Context().Done()
	}))
	defer server.Close()
	d := newDesk(t, server.URL, bridge)
	wake := make(chan struct{}, 1)
	ended := make(chan error)
	go func() { ended <- d.poster.Run(ctx, wake) }()
	d.add(t, "a1", 1)
	wake <- struct{}{}
	<-waiting
	cancel()
	if err := <-ended; err != nil || len(d.events) > 0 {
		t.Errorf("got %v, told %v", err, d.events)
	}
	hooks, err := d.store.Alerts().Hooks(t.Context())
	if err != nil || len(hooks) != 1 || hooks[0].Pending != len(d.claims(t, bridge)) {
		t.Errorf("got %+v, %v", hooks, err)
	}
}

// TestIncidents checks that an incident that matches a search is posted once,
// also when an article that comes later gives it another id.
func TestIncidents(t *testing.T) {
	attacks := store.Search{Name: "attacks", Kind: store.OfIncidents, Filter: store.IncidentFilter{Filter: store.Filter{Type: ledger.Attack}}}
	none := store.Search{Name: "none", Kind: store.OfIncidents, Killed: 1000}
	r := newReceiver(t)
	d := newDesk(t, r.URL, attacks, none)
	known := func() (ids []string) {
		for n, err := range d.store.Incidents(t.Context(), attacks.Filter) {
			if err != nil {
				t.Fatal(err)
			}
			if len(n.Articles) > 0 { // and is not only mentioned in passing
				ids = append(ids, n.ID)
			}
		}
		slices.Sort(ids)
		return ids
	}
	posted := func() (ids []string) {
		for _, one := range r.answer(http.StatusOK) {
			data := one.body["data"].(map[string]any)
			incident := data["incident"].(map[string]any)
			if one.body["type"] != "incident.found" || data["search"] != "attacks" || incident["type"] != "attack" {
				t.Errorf("got %v", one.body)
			}
			ids = append(ids, incident["id"].(string))
		}
		slices.Sort(ids)
		return ids
	}
	add := func(id string, seed uint64) {
		a, l := storetest.Report(rand.New(rand.NewPCG(9, seed)), id)
		if _, _, err := d.store.Add(t.Context(), "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	for seed := range uint64(12) {
		add(fmt.Sprint("m", seed), seed)
	}
	d.once(t)
	first := known()
	if got := posted(); !slices.Equal(got, first) || len(first) == 0 {
		t.Fatalf("got %v, want %v", got, first)
	}
	// The same stories from others, some of which come before the first in the order of records.
	for seed := range uint64(12) {
		add(fmt.Sprint("a", seed), seed)
		add(fmt.Sprint("z", seed), seed)
	}
	d.once(t)
	again := known()
	if len(again) == 0 || slices.ContainsFunc(again, func(id string) bool { return slices.Contains(first, id) }) {
		t.Fatalf("the incidents were %v and are %v: this shows nothing", first, again)
	}
	if got := posted(); len(got) > 0 {
		t.Errorf("posted again: %v of %v", got, again)
	}
}
