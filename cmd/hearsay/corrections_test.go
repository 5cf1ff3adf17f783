package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/store/sqlite"
)

// TestCorrectionsAtTheTerminal: what was corrected is listed, exported, and undone.
func TestCorrectionsAtTheTerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.db")
	s, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const text = "It rained in Toll. Ida Lunde was late."
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{ID: "a1", Text: text}, Sentences: []ledger.Sentence{{ID: "s1", Span: ledger.Span{End: 18}}, {ID: "s2", Span: ledger.Span{Start: 19, End: 38}}},
		Claims: []ledger.Claim{{ID: "c1", Sentence: "s1", Content: []ledger.Piece{{Span: ledger.Span{End: 17}}}}, {ID: "c2", Sentence: "s2", Content: []ledger.Piece{{Span: ledger.Span{Start: 19, End: 37}}}}}}
	if _, _, err := s.Add(t.Context(), "x", &article.Article{ID: "a1", Text: text}, l); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Correct(t.Context(), "a1", "anna", correction.Request{Kind: correction.Removed, Claim: "c2", Note: "A\x1bside."}); err == nil {
		t.Error("a note with an escape is kept")
	}
	if _, err := s.Correct(t.Context(), "a1", "anna", correction.Request{Kind: correction.Removed, Claim: "c2", Note: "An aside."}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db := database{DB: file}
	printed := func(run func(streams) error) (string, error) {
		t.Helper()
		name := filepath.Join(t.TempDir(), "out")
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		failed := run(streams{out: f, err: os.Stderr})
		all, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(all), failed
	}
	list := func(format string) string {
		t.Helper()
		out, err := printed(func(std streams) error {
			return (&listOfCorrections{database: db, Format: format}).Run(t.Context(), std)
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	export := func() string {
		t.Helper()
		out, err := printed(func(std streams) error { return (&exportCorrections{db}).Run(t.Context(), std) })
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	undo := func() error {
		_, err := printed(func(std streams) error {
			return (&undoCorrection{database: db, Number: 1, Who: "bo"}).Run(t.Context(), std)
		})
		return err
	}
	for _, want := range []string{"removed  anna  a1", "claim   Ida Lunde was late", "note    An aside."} {
		if out := list("text"); !strings.Contains(out, want) {
			t.Errorf("the list lacks %q:\n%s", want, out)
		}
	}
	out := export()
	var e correction.Example
	if err := json.Unmarshal([]byte(out), &e); err != nil || e.Document.Text != text || len(e.Claims) != 1 || e.Claims[0].Corrected != nil || e.Claims[0].Read.Content[0].Exact != "Ida Lunde was late" {
		t.Errorf("%v: %s", err, out)
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	if err := undo(); err == nil || !strings.Contains(err.Error(), "no correction 1 stands") {
		t.Errorf("undone again: %v", err)
	}
	if out := list("jsonl"); !strings.Contains(out, `"undone":{"who":"bo"`) {
		t.Error(out)
	}
	if out := export(); out != "" {
		t.Errorf("of what was undone is exported %s", out)
	}
}
