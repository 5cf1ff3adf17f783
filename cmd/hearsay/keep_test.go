package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"

	"github.com/rogpeppe/go-internal/testscript"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/store/sqlite"
)

// fill adds ledgers, one a line, to a store: fill store.db ledgers.jsonl
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fill store ledgers")
	}
	ctx := context.Background()
	s, err := sqlite.Open(ctx, ts.MkAbs(args[0]), sqlite.Options{})
	ts.Check(err)
	defer s.Close()
	lines := bufio.NewScanner(bytes.NewReader([]byte(ts.ReadFile(args[1]))))
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		l := new(ledger.Ledger)
		ts.Check(l.UnmarshalJSON(lines.Bytes()))
		d := &l.Document
		_, _, err := s.Add(ctx, fmt.Sprintf("%s:%d", args[1], n), &article.Article{ID: d.ID, URL: d.URL, Title: d.Title, Byline: d.Byline, Site: d.Site,
			Published: d.Published, Language: d.Language, Text: d.Text}, l)
		ts.Check(err)
	}
	ts.Check(lines.Err())
}
