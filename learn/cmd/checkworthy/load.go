package main

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"hearsay/learn/analysis"
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// example is one statement as the program reads it, and whether people say that
// it deserves checking.
type example struct {
	number int // of the statement in its campaign's debates, in the order of time
	doc    *text.Doc
	tree   *tree.Tree
	ledger *ledger.Ledger
	yes    bool
}

// load reads the statements of a gzipped TSV of CheckThat! and makes a ledger of
// each, in the order in which they were said.
func load(path string) ([]example, error) { return analysis.Gunzip(path, read) }

// read reads the statements of TSV; name is for errors.
func read(from io.Reader, name string) ([]example, error) {
	reader, err := analysis.NewReader()
	if err != nil {
		return nil, err
	}
	var out []example
	err = analysis.Lines(from, name, func(n int, line []byte) error {
		fields := strings.Split(string(line), "\t")
		if n == 1 || len(fields) < 3 {
			return nil // the names of the fields, and lines that have none
		}
		words := unquoted(fields[1])
		if words == "" || words == lost {
			return nil
		}
		x := example{yes: strings.HasPrefix(fields[2], "Yes")}
		var err error
		if x.number, err = strconv.Atoi(fields[0]); err != nil {
			return err
		}
		if x.doc, x.tree, x.ledger, err = reader.Read(words); err != nil {
			return err
		}
		out = append(out, x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b example) int { return cmp.Compare(a.number, b.number) })
	return out, nil
}

// lost is what a spreadsheet has left of some statements.
const lost = "#NAME?"

// unquoted takes off the quotation marks that the set puts around whatever has a
// comma in it: they are no one's words.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		s = strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)
	}
	return strings.TrimSpace(s)
}

// all is the range of all the statement's words.
func (x *example) all() text.Range { return text.Range{First: 0, End: int32(len(x.doc.Tokens))} }
