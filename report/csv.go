package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode"

	"hearsay/ledger"
	"hearsay/text/offset"
)

// columns are the columns of the CSV, in order. More may be added behind them.
//
//	document    document.id
//	url, title, site, published   of the document
//	claim       the claim's id, local to its document
//	within      the id of the claim in whose content this one stands
//	sentence    the id of the sentence that the content begins in
//	start, end  the content's first and last code point in document.text, half-open
//	voice       attributed, or article for the article's own voice
//	naming      named, unnamed, none; empty in the article's own voice
//	speaker     the name of the entity that speaks, pronouns and descriptions resolved
//	source      the source's words
//	kind        of the source: person, organization, government…
//	cue         the words that attribute
//	channel     through what it was said
//	manner      direct, indirect, mixed
//	content     what is claimed; " […] " stands between its pieces
//
// A cell whose text begins with a character that spreadsheets take for the
// start of a formula (= + - @, their full-width forms, a tab or a line break),
// blanks before it passed over, has an apostrophe put before it. Whoever reads
// the exact words back takes jsonl.
var columns = []string{
	"document", "url", "title", "site", "published", "claim", "within", "sentence", "start", "end", "voice", "naming",
	"speaker", "source", "kind", "cue", "channel", "manner", "content",
}

type csvWriter struct {
	w      *csv.Writer
	headed bool
	row    []string // reused
}

func newCSVWriter(w io.Writer) *csvWriter { return &csvWriter{w: csv.NewWriter(w)} }

func (c *csvWriter) Write(l *ledger.Ledger) error {
	if err := l.CheckSpans(); err != nil {
		return err
	}
	c.head()
	o := newOutline(l)
	at := offset.NewRunes(l.Document.Text)
	d := &l.Document
	document := [...]string{harmless(d.ID), harmless(d.URL), harmless(d.Title), harmless(d.Site), harmless(d.Published)}
	for i := range l.Claims {
		k := &l.Claims[i]
		var naming, speaker, source, kind, start, end string
		voice := "article"
		if k.Attributed() {
			voice = "attributed"
			naming = string(ledger.NamingNone)
		}
		if s := k.Source; s != nil {
			naming, kind = string(s.Naming), string(s.Kind)
			source = o.words(&s.Piece)
			if e := o.speaker(s); e != nil {
				speaker = e.Name
			}
		}
		if n := len(k.Content); n > 0 {
			start, end = strconv.Itoa(at.CodePoint(k.Content[0].Start)), strconv.Itoa(at.CodePoint(k.Content[n-1].End))
		}
		c.row = append(append(c.row[:0], document[:]...),
			harmless(k.ID), harmless(k.Within), harmless(k.Sentence), start, end, voice, harmless(naming),
			harmless(speaker), harmless(source), harmless(kind), harmless(o.words(k.Cue)), harmless(o.words(k.Channel)),
			harmless(string(k.Manner)), harmless(o.content(k, " […] ")))
		if err := c.w.Write(c.row); err != nil {
			return err
		}
	}
	c.w.Flush()
	return c.w.Error()
}

func (c *csvWriter) Fail(ledger.Failure) error { return nil }

// Close writes the names of the columns where there was no ledger to.
func (c *csvWriter) Close() error {
	c.head()
	c.w.Flush()
	return c.w.Error()
}

func (c *csvWriter) head() {
	if !c.headed {
		c.headed = true
		c.w.Write(columns) // an error stays in the csv.Writer until it is flushed
	}
}

// harmless puts an apostrophe before what a spreadsheet would calculate, and
// leaves a NUL out, which some readers of CSV take for the end.
func harmless(cell string) string {
	cell = strings.ReplaceAll(strings.ToValidUTF8(cell, "\ufffd"), "\x00", "")
	for i, r := range cell {
		switch {
		case strings.ContainsRune("=+-@＝＋－＠", r), i == 0 && strings.ContainsRune("\t\r\n", r):
			return "'" + cell
		case !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r):
			return cell
		}
	}
	return cell
}
