package report_test

import (
	"io"
	"strings"
	"testing"

	"hearsay/ledger"
	"hearsay/report"
)

// long is the ferry's ledger n times over, one text after the other.
func long(t testing.TB, n int) *ledger.Ledger {
	one := ferry(t)
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: one.Document, Entities: one.Entities}
	l.Document.Text = strings.Repeat(one.Document.Text+"\n", n)
	for i := range n {
		by := i * (len(one.Document.Text) + 1)
		move := func(p *ledger.Piece) *ledger.Piece {
			if p == nil {
				return nil
			}
			return &ledger.Piece{Span: ledger.Span{Start: p.Start + by, End: p.End + by}}
		}
		for _, s := range one.Sentences {
			s.Start, s.End = s.Start+by, s.End+by
			l.Sentences = append(l.Sentences, s)
		}
		for _, c := range one.Claims {
			content := c.Content
			c.Content = nil
			for _, p := range content {
				c.Content = append(c.Content, *move(&p))
			}
			c.Cue, c.Channel = move(c.Cue), move(c.Channel)
			if c.Source != nil && c.Source.Naming != ledger.NamingNone {
				s := *c.Source
				s.Piece = *move(&s.Piece)
				c.Source = &s
			}
			l.Claims = append(l.Claims, c)
		}
	}
	return l
}

func BenchmarkWrite(b *testing.B) {
	l := long(b, 5)
	words := len(strings.Fields(l.Document.Text))
	for _, format := range report.Formats() {
		b.Run(format, func(b *testing.B) {
			w, err := report.New(format, io.Discard, report.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if format == report.JSON { // holds one ledger
					if w, err = report.New(format, io.Discard, report.Options{}); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Write(l); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
