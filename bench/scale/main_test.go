package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/store"
	"hearsay/store/sqlite"
)

// folder has three articles of our own in the form of the archive's.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	e := json.NewEncoder(z)
	for _, a := range []struct{ ID, Incident, URL, Published, Title, Text string }{
		{"a", "1", "https://one.example/a", "2031-05-02", "Two shot at the mill in Lindmere",
			"Two people were shot at the old mill in Lindmere on Thursday night, the police said. One of them, Oskar Tarn, died in the hospital. " +
				"“We heard nine shots,” said Mara Sedge, who lives across the street. Inspector Una Brask said that nobody had been arrested."},
		{"b", "1", "https://two.example/b", "2031-05-04", "Man held over the shooting at the mill",
			"The police in Lindmere have arrested a man over the shooting at the mill, in which Oskar Tarn was killed on Thursday. " +
				"Inspector Una Brask said that the man, who is 31, denied it. A second victim left the hospital on Saturday, her brother told the Courier."},
		{"c", "2", "https://one.example/c", "2031-05-02", "Bakers of Osterfell strike",
			"Bakers in Osterfell stopped work on Friday over the price of flour, and most shops had no bread by noon. " +
				"The guild said that it would meet the mayor, Anton Quill, at the end of the week. Hospitals and schools would have their loaves, it said."},
	} {
		if err := e.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestRun(t *testing.T) {
	dir := folder(t)
	ready, read := filepath.Join(dir, "ready.db"), filepath.Join(dir, "read.db")
	var out strings.Builder
	for _, o := range []options{
		{db: ready, ready: 50, parts: 5},
		{db: ready, ready: 60, parts: 6, ask: true}, // goes on
		{db: read, read: 12, parts: 2},
	} {
		o.data, o.jobs = dir, 2
		if err := run(t.Context(), &out, io.Discard, &o); err != nil {
			t.Fatal(err)
		}
	}
	var parts []checkpoint
	var answers []asked
	for d := json.NewDecoder(strings.NewReader(out.String())); ; {
		var line struct {
			checkpoint
			asked
		}
		if err := d.Decode(&line); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if line.What != "" {
			answers = append(answers, line.asked)
			continue
		}
		if c := line.checkpoint; c.PerSecond <= 0 || c.Memory <= 0 || c.Disk <= 0 || c.DiskPer <= 0 {
			t.Errorf("%+v", c)
		}
		parts = append(parts, checkpoint{Part: line.Part, Articles: line.Articles, Resumed: line.Resumed})
	}
	want := []checkpoint{{Part: 1, Articles: 10}, {Part: 2, Articles: 20}, {Part: 3, Articles: 30}, {Part: 4, Articles: 40}, {Part: 5, Articles: 50},
		{Part: 6, Articles: 60, Resumed: true}, {Part: 1, Articles: 6}, {Part: 2, Articles: 12}}
	if d := cmp.Diff(want, parts); d != "" {
		t.Error(d)
	}
	found := 0
	for _, a := range answers {
		found += a.Found
	}
	if len(answers) < 20 || found == 0 {
		t.Errorf("%d answers with %d finds", len(answers), found)
	}
	for _, file := range []string{ready, read} {
		s, err := sqlite.Open(t.Context(), file, sqlite.Options{MustExist: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(t.Context()); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestWorlds checks what the articles made have to do with one another.
func TestWorlds(t *testing.T) {
	dir := folder(t)
	o := options{data: dir, db: filepath.Join(dir, "x.db"), jobs: 1}
	seeds, err := o.readySeeds(t.Context(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	w, again := newWorlds(seeds), newWorlds(seeds)
	s, err := sqlite.Open(t.Context(), o.db, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const worlds = 12
	size := len(w.order)
	var items []store.Item
	texts := make(map[string]bool)
	for n := range worlds * size {
		origin, a, l := w.ready(n)
		items = append(items, store.Item{Origin: origin, Article: a, Ledger: l})
		texts[a.Text] = true
		if err := l.CheckSpans(); err != nil {
			t.Errorf("article %d: %v", n, err)
		}
		seed := w.seeds[w.order[n%size].seed].Article.Text
		if len(a.Text) < len(seed) {
			t.Errorf("article %d is shorter than what it was made from", n)
		}
	}
	if _, err := s.AddAll(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{worlds*size - 1, 0, size} {
		_, a, l := again.ready(n)
		if d := cmp.Diff(items[n].Article, a) + cmp.Diff(items[n].Ledger, l); d != "" {
			t.Errorf("article %d is another when it is asked for in another order: %s", n, d)
		}
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Articles != len(items) {
		t.Errorf("%+v, %v: want %d articles", st, err, len(items))
	}
	if len(texts) < worlds*len(seeds) {
		t.Errorf("%d different texts of %d articles in %d worlds", len(texts), len(seeds), worlds)
	}
	for g, err := range s.Copies(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		from := make(map[string]bool)
		for _, id := range g.Articles {
			from[id[:1]] = true
		}
		if len(from) > 1 {
			t.Errorf("copies of different articles: %q", g.Articles)
		}
	}
}

func TestMoved(t *testing.T) {
	for _, tc := range []struct {
		value string
		days  int
		want  string
	}{
		{"2031-05-30", 3, "2031-06-02"}, {"2031-12", 40, "2032-01"}, {"2031", 400, "2032"}, {"2031-05-02/2031-05-04", -2, "2031-04-30/2031-05-02"},
		{"2031-05-02T21:00", 1, "2031-05-03T21:00"}, {"2031-XX-XX", 5, "2031-XX-XX"}, {"", 7, ""},
	} {
		if got := moved(tc.value, tc.days); got != tc.want {
			t.Errorf("%q moved by %d days is %q, not %q", tc.value, tc.days, got, tc.want)
		}
	}
}

func TestBrokenOff(t *testing.T) {
	dir := folder(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o := options{data: dir, db: filepath.Join(dir, "x.db"), jobs: 1, parts: 2, ready: 10}
	if err := run(ctx, io.Discard, io.Discard, &o); !errors.Is(err, context.Canceled) {
		t.Errorf("run = %v", err)
	}
	if err := run(t.Context(), io.Discard, io.Discard, &options{db: o.db, read: 1, ready: 1, parts: 1, jobs: 1}); err == nil {
		t.Error("both kinds at once are taken")
	}
}
