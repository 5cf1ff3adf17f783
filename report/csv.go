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

// columns are the columns that CSV documents, in order.
var columns = []string{
	"document", "url", "title", "site", "published", "claim", "within", "sentence", "start", "end", "voice", "naming",
	"speaker", "source", "kind", "cue", "channel", "manner", "content",
	"level", "polarity", "score", "boosted", "incident", "happened", "figures", "checks",
	"checkworthiness", "reasons", "techniques",
}

type csvWriter struct {
	w      *csv.Writer
	rank   *Ranking // the order of the rows of each ledger; nil for that of the text
	headed bool
	row    []string // reused
}

func newCSVWriter(w io.Writer, opt Options) *csvWriter {
	return &csvWriter{w: csv.NewWriter(w), rank: opt.Rank}
}

func (c *csvWriter) Write(l *ledger.Ledger) error {
	if err := l.CheckSpans(); err != nil {
		return err
	}
	c.head()
	o := newOutline(l)
	at := offset.NewRunes(l.Document.Text)
	d := &l.Document
	document := [...]string{harmless(d.ID), harmless(d.URL), harmless(d.Title), harmless(d.Site), harmless(d.Published)}
	incidents := make(map[string]*ledger.Incident, len(l.Incidents))
	for i := range l.Incidents {
		incidents[l.Incidents[i].ID] = &l.Incidents[i]
	}
	given := make(map[string][]string, len(l.Claims))
	for i := range l.Figures {
		if f := &l.Figures[i]; f.Claim != "" {
			given[f.Claim] = append(given[f.Claim], o.Quote(f.Span))
		}
	}
	checks := make(map[string][]string)
	for i := range l.Matches {
		m := &l.Matches[i]
		about := []string{string(m.Level)}
		for _, s := range []string{publication(&m.Review), m.Review.Rating, m.Review.URL} {
			if s != "" {
				about = append(about, s)
			}
		}
		checks[m.Claim] = append(checks[m.Claim], strings.Join(about, ", "))
	}
	for _, i := range o.order(c.rank) {
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
		var level, polarity, score, boosted, happened, worth string
		if x := k.Certainty; x != nil {
			level, polarity, score = string(x.Level), string(x.Polarity), strconv.FormatFloat(x.Score, 'f', -1, 64)
			boosted = strconv.FormatBool(x.Boosted)
		}
		if k.Checkworthiness > 0 {
			worth = strconv.FormatFloat(k.Checkworthiness, 'f', -1, 64)
		}
		if n := incidents[k.Incident]; n != nil {
			happened = strings.Join(append([]string{string(n.Type)}, o.scene(n)...), ", ")
		}
		c.row = append(append(c.row[:0], document[:]...),
			harmless(k.ID), harmless(k.Within), harmless(k.Sentence), start, end, voice, harmless(naming),
			harmless(speaker), harmless(source), harmless(kind), harmless(o.words(k.Cue)), harmless(o.words(k.Channel)),
			harmless(string(k.Manner)), harmless(o.content(k, " […] ")),
			harmless(level), harmless(polarity), score, boosted, harmless(k.Incident), harmless(happened), harmless(strings.Join(given[k.ID], "; ")),
			harmless(strings.Join(checks[k.ID], "; ")), worth, harmless(why(&k.Worth, "; ")), harmless(o.techniquesOf(i)))
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
