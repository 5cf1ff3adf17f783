package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"hearsay/article"
	"hearsay/store"
)

// shelfInMemory is a store that counts what it is asked, and fails where it is
// told to.
type shelfInMemory struct {
	mu     sync.Mutex
	texts  map[string][sha256.Size]byte
	states map[string]string
	adds   int                   // calls of AddAll
	before func(id string) error // asked before each article is added
}

func newShelf() *shelfInMemory {
	return &shelfInMemory{texts: make(map[string][sha256.Size]byte), states: make(map[string]string), before: func(string) error { return nil }}
}

func (s *shelfInMemory) AddAll(_ context.Context, items []store.Item) ([]store.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.adds++
	results := make([]store.Result, len(items))
	for _, it := range items {
		if err := s.before(store.ID(it.Article)); err != nil {
			return nil, err
		}
	}
	for i, it := range items {
		id, sum := store.ID(it.Article), sha256.Sum256([]byte(it.Article.Text))
		results[i].ID = id
		switch had, ok := s.texts[id]; {
		case ok && had == sum:
			results[i].Outcome = store.Known
		case ok:
			results[i].Outcome = store.Changed
		}
		if it.Ledger.Document.Text != it.Article.Text {
			return nil, fmt.Errorf("%s: a ledger of another text", id)
		}
		s.texts[id] = sum
	}
	return results, nil
}

func (s *shelfInMemory) Known(_ context.Context, a *article.Article) (string, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	had, ok := s.texts[store.ID(a)]
	return store.ID(a), ok && had == sha256.Sum256([]byte(a.Text)), nil
}

func (s *shelfInMemory) Articles(_ context.Context, f store.Filter) iter.Seq2[*store.Article, error] {
	return func(yield func(*store.Article, error) bool) {
		s.mu.Lock()
		_, ok := s.texts[f.Article]
		s.mu.Unlock()
		if ok {
			yield(&store.Article{ID: f.Article}, nil)
		}
	}
}

func (s *shelfInMemory) Mark(_ context.Context, origin, state string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states[origin] = state
	return nil
}

func (s *shelfInMemory) State(_ context.Context, origin string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.states[origin], nil
}

// add runs add on a shelf and returns the counts that it prints and what it
// says on standard error.
func add(t *testing.T, ctx context.Context, s shelf, names ...string) (counts, string, error) {
	t.Helper()
	dir := t.TempDir()
	file := func(name string) *os.File {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	std := streams{in: file("in"), out: file("out"), err: file("err"), hold: func() {}}
	c := addCommand{Inputs: names, Jobs: 2, JSON: true}
	failed := c.add(ctx, std, s, nil)
	out, err1 := os.ReadFile(std.out.Name())
	said, err2 := os.ReadFile(std.err.Name())
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	var n counts
	if len(out) > 0 {
		if err := json.Unmarshal(out, &n); err != nil {
			t.Fatal(err)
		}
	}
	return n, string(said), failed
}

// wire is article JSONL of n articles.
func wire(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, `{"id":"w%d","text":"It will rain %d times, she said."}`+"\n", i, i)
	}
	return s.String()
}

// TestAddGoesOn breaks a run off when some articles have been kept, and gives
// the same command again.
func TestAddGoesOn(t *testing.T) {
	const articles = 200
	file := writeFile(t, "wire.jsonl", wire(articles))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s := newShelf()
	s.before = func(string) error { cancel(); return nil }
	first, said, err := add(t, ctx, s, file)
	if !errors.Is(err, context.Canceled) || !first.Interrupted || !strings.Contains(said, "to go on, give the same command again") {
		t.Errorf("got %v, %+v and %q", err, first, said)
	}
	if first.Added == 0 || first.Added == articles || first.Added != len(s.texts) {
		t.Fatalf("%d added, %d in the store, want some", first.Added, len(s.texts))
	}
	s.before = func(string) error { return nil }
	second, said, err := add(t, t.Context(), s, file)
	if err != nil || said != "" || second.Known != first.Added || second.Added != articles-first.Added || second.Interrupted {
		t.Errorf("first %+v, then %+v, %v, %q", first, second, err, said)
	}
	if s.adds > articles/8 {
		t.Errorf("%d transactions for %d articles", s.adds, articles)
	}
}

// TestAddOnceWhatIsDear checks that what is dear to get is not got again, once
// it was, and is when it has changed.
func TestAddOnceWhatIsDear(t *testing.T) {
	page := "<html><body><article><p>The mill at Oster Fell will close in May, its owner said.</p></article></body></html>"
	dir := t.TempDir()
	file := filepath.Join(dir, "mill.html")
	s := newShelf()
	for i, want := range []counts{{Added: 1}, {Known: 1}, {Added: 1}, {Known: 1}} {
		if i%2 == 0 {
			content := strings.Replace(page, "May", []string{"May", "", "July"}[i], 1)
			if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		n, _, err := add(t, t.Context(), s, dir)
		if err != nil || n.Added != want.Added || n.Known != want.Known || n.Changed != 0 {
			t.Errorf("run %d: %+v, %v; want %+v", i+1, n, err, want)
		}
		if i%2 == 1 {
			continue
		}
		if len(s.states) != 1 || s.states[file] == "" {
			t.Errorf("states %v, want one", s.states)
		}
	}
	clear(s.texts) // as when the articles were removed
	if n, _, err := add(t, t.Context(), s, dir); err != nil || n.Added != 1 {
		t.Errorf("after the article was removed: %+v, %v", n, err)
	}
}

// TestAddWithoutOne checks that an article that the store does not take does
// not keep the others out.
func TestAddWithoutOne(t *testing.T) {
	s := newShelf()
	s.before = func(id string) error {
		if id == "w7" {
			return errors.New("it is odd")
		}
		return nil
	}
	n, said, err := add(t, t.Context(), s, writeFile(t, "wire.jsonl", wire(20)))
	if !errors.Is(err, errUnread) || n.Added != 19 || n.Refused[article.CodeUnreadable] != 1 || strings.Count(said, "\n") != 1 || !strings.Contains(said, "wire.jsonl:8: the store does not take it: it is odd") {
		t.Errorf("got %v, %+v, %q", err, n, said)
	}
}

// TestAddToAFullStore checks that a store that takes nothing any more ends the run.
func TestAddToAFullStore(t *testing.T) {
	s := newShelf()
	s.before = func(id string) error { return fmt.Errorf("adding %s: %w", id, store.ErrFull) }
	n, said, err := add(t, t.Context(), s, writeFile(t, "wire.jsonl", wire(1000)))
	if !errors.Is(err, store.ErrFull) || n.Added != 0 || said != "" || s.adds != 1 {
		t.Errorf("got %v, %+v, %q after %d attempts", err, n, said, s.adds)
	}
}

// TestAddSaysNotTooMuch checks that a file of which nothing can be read fills
// no screen.
func TestAddSaysNotTooMuch(t *testing.T) {
	n, said, err := add(t, t.Context(), newShelf(), writeFile(t, "wire.jsonl", strings.Repeat("{}\n", 1000)))
	if !errors.Is(err, errUnread) || n.Refused[article.CodeJSON] != 1000 || strings.Count(said, "\n") != maxSaid+1 || !strings.Contains(said, "--summary") {
		t.Errorf("got %v, %+v and %d lines", err, n, strings.Count(said, "\n"))
	}
}
