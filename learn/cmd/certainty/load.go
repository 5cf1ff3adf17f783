package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"hearsay/learn/analysis"
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// example is one annotated sentence as the program reads it.
type example struct {
	doc    *text.Doc
	tree   *tree.Tree
	ledger *ledger.Ledger
	events []event
}

// event is one word whose factuality people judged.
type event struct {
	token int32   // its first token, -1 where the text has none there
	claim int     // the innermost claim whose content covers it, -1 for none
	label float64 // from -3, certainly not so, to 3, certainly so
}

// row is a sentence as the data set has it: words divided by single spaces.
type row struct {
	Text    string `json:"text"`
	Targets []struct {
		Span  [2]int  `json:"span1"`
		Label float64 `json:"label"`
	} `json:"targets"`
}

// load reads the sentences of a gzipped JSONL file and makes a ledger of each.
func load(path string) ([]example, error) { return analysis.Gunzip(path, read) }

// read reads the sentences of JSONL; name is for errors.
func read(from io.Reader, name string) ([]example, error) {
	reader, err := analysis.NewReader()
	if err != nil {
		return nil, err
	}
	var out []example
	err = analysis.Lines(from, name, func(_ int, line []byte) error {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			return err
		}
		var x example
		var err error
		if x.doc, x.tree, x.ledger, err = reader.Read(r.Text); err != nil {
			return err
		}
		starts, ends := words(r.Text)
		for _, t := range r.Targets {
			if t.Span[0] < 0 || t.Span[1] <= t.Span[0] || t.Span[1] > len(starts) {
				return fmt.Errorf("no words %v", t.Span)
			}
			a, b := starts[t.Span[0]], ends[t.Span[1]-1]
			e := event{token: -1, claim: innermost(x.ledger, a, b), label: t.Label}
			if c := x.doc.Cover(a, b); !c.Empty() {
				e.token = c.First
			}
			x.events = append(x.events, e)
		}
		out = append(out, x)
		return nil
	})
	return out, err
}

// words are the bytes at which the words of s, divided by single spaces, start and end.
func words(s string) (starts, ends []int) {
	at := 0
	for w := range strings.SplitSeq(s, " ") {
		starts, ends = append(starts, at), append(ends, at+len(w))
		at += len(w) + 1
	}
	return starts, ends
}

// innermost is the claim with the least content of those of which one piece
// holds the bytes [start, end), -1 for none.
func innermost(l *ledger.Ledger, start, end int) int {
	best, least := -1, 0
	for i := range l.Claims {
		size, holds := 0, false
		for _, p := range l.Claims[i].Content {
			size += p.End - p.Start
			holds = holds || p.Start <= start && end <= p.End
		}
		if holds && (best < 0 || size < least) {
			best, least = i, size
		}
	}
	return best
}
