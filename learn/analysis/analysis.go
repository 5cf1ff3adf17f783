// Package analysis prepares the texts of training sets as package reading
// prepares an article before any reader sees it, so that readers learn from what they will meet.
package analysis

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
	"hearsay/reading/tree"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

// Analyser divides, tags and parses texts. Each goroutine needs its own.
type Analyser struct {
	Tagger *tagging.Model
	Parser *parsing.Model

	scratch parsing.Scratch
}

// New makes an Analyser with the models that come with the program.
func New() (*Analyser, error) {
	t, err := tagging.Default()
	if err != nil {
		return nil, fmt.Errorf("opening the tagger: %w", err)
	}
	p, err := parsing.Default()
	if err != nil {
		return nil, fmt.Errorf("opening the parser: %w", err)
	}
	return &Analyser{Tagger: t, Parser: p}, nil
}

// Fill makes d the analysed text of s.
func (a *Analyser) Fill(d *text.Doc, s string) {
	d.Reset(s)
	d.Segment()
	a.Tagger.Tag(d)
	d.Lemmatize()
	a.Parser.Parse(d, &a.scratch)
}

// Doc returns the analysed text of s and its trees.
func (a *Analyser) Doc(s string) (*text.Doc, *tree.Tree) {
	d, t := new(text.Doc), new(tree.Tree)
	a.Fill(d, s)
	t.Reset(d)
	return d, t
}

// Reader analyses texts and reads their ledgers. Each goroutine needs its own.
type Reader struct {
	Analyser
	reader *reading.Reader
}

// NewReader makes a Reader with the models that come with the program.
func NewReader() (*Reader, error) {
	a, err := New()
	if err != nil {
		return nil, err
	}
	r, err := reading.New()
	if err != nil {
		return nil, fmt.Errorf("making a reader: %w", err)
	}
	return &Reader{Analyser: *a, reader: r}, nil
}

// Read returns the analysed text of s, its trees and its ledger.
func (r *Reader) Read(s string) (*text.Doc, *tree.Tree, *ledger.Ledger, error) {
	d, t := r.Doc(s)
	l, err := r.reader.Read(&article.Article{Text: s})
	return d, t, l, err
}

// Lines calls each with every line of a text and its number, from 1. It ends at the first error, its own
// or each's, which it gives the name of the text and the number of the line.
func Lines(from io.Reader, name string, each func(number int, line []byte) error) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		if err := each(n, lines.Bytes()); err != nil {
			return fmt.Errorf("reading %s, line %d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

// Gunzip opens a gzipped file and gives what it holds to read.
func Gunzip[T any](path string, read func(from io.Reader, name string) (T, error)) (out T, err error) {
	f, err := os.Open(path)
	if err != nil {
		return out, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return out, fmt.Errorf("reading %s: %w", path, err)
	}
	return read(z, path)
}
