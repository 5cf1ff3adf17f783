package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
	"hearsay/reading/tree"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
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
func load(path string) ([]example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return read(z, path)
}

// read reads the statements of TSV; name is for errors.
func read(from io.Reader, name string) ([]example, error) {
	tagger, err := tagging.Default()
	if err != nil {
		return nil, err
	}
	parser, err := parsing.Default()
	if err != nil {
		return nil, err
	}
	reader, err := reading.New()
	if err != nil {
		return nil, err
	}
	var out []example
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Split(lines.Text(), "\t")
		if n == 1 || len(fields) < 3 {
			continue // the names of the fields, and lines that have none
		}
		words := unquoted(fields[1])
		if words == "" || words == lost {
			continue
		}
		x := example{doc: new(text.Doc), tree: new(tree.Tree), yes: strings.HasPrefix(fields[2], "Yes")}
		if x.number, err = strconv.Atoi(fields[0]); err != nil {
			return nil, fmt.Errorf("reading %s, line %d: %w", name, n, err)
		}
		d := x.doc
		d.Reset(words)
		d.Segment()
		tagger.Tag(d)
		d.Lemmatize()
		parser.Parse(d, new(parsing.Scratch))
		x.tree.Reset(d)
		if x.ledger, err = reader.Read(&article.Article{Text: words}); err != nil {
			return nil, fmt.Errorf("reading %s, line %d: %w", name, n, err)
		}
		out = append(out, x)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
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
