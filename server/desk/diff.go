package desk

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"hearsay/corpus/copies"
	"hearsay/corpus/copies/changes"
	"hearsay/ledger"
	"hearsay/report"
	"hearsay/store"
)

// diffPage is what one text has otherwise than another. It does not say which of
// the two is right.
type diffPage struct {
	A, B     side
	Share    string
	Figures  []change
	Speakers []change
	Cues     []change
	Sure     []change
	Edits    []change
	More     int // edits that are not listed
}

type side struct{ Name, Path, Day string }

// change is one thing that differs, as either text has it.
type change struct {
	Kind, A, B, What string
	Before, After    string // the words around an edit, of the text that has it
}

// mostEdits is how many changes of words are listed, and how many characters of each.
const (
	mostEdits = 200
	editRunes = 400
)

func (d *Desk) diff(r *http.Request) (*view, error) {
	q := queryOf(r)
	a, la, err := d.version(r.Context(), q.Get("a"), q.Get("av"))
	if err != nil {
		return nil, err
	}
	b, lb, err := d.version(r.Context(), q.Get("b"), q.Get("bv"))
	if err != nil {
		return nil, err
	}
	if len(a.Article.Text)+len(b.Article.Text) > 4*maxText {
		return nil, &problem{http.StatusRequestEntityTooLarge, "These are too long to compare here", "hearsay diff compares them."}
	}
	return &view{name: "diff", Title: "What was changed", Way: "articles", Page: differences(a, b, la, lb)}, nil
}

// version returns a version of an article: its newest where none is named.
func (d *Desk) version(ctx context.Context, id, version string) (*store.Article, *ledger.Ledger, error) {
	if version == "" {
		return d.Store.Article(ctx, id)
	}
	n, err := strconv.Atoi(version)
	if err != nil || n < 1 {
		return nil, nil, store.ErrNotFound
	}
	return d.Store.Version(ctx, id, n)
}

func differences(a, b *store.Article, la, lb *ledger.Ledger) *diffPage {
	c := changes.Between(la, lb)
	textA, textB := []rune(la.Document.Text), []rune(lb.Document.Text)
	p := &diffPage{A: sideOf(a), B: sideOf(b), Share: strconv.Itoa(int(100*c.OfB+.5)) + " %"}
	for _, f := range c.Figures {
		p.Figures = append(p.Figures, change{Kind: string(f.Kind), A: number(f.A), B: number(f.B)})
	}
	for _, s := range c.Speakers {
		p.Speakers = append(p.Speakers, change{Kind: string(s.Kind), A: said(&s.A), B: said(&s.B), What: clip(s.B.Content.Text)})
	}
	for _, x := range c.Cues {
		p.Cues = append(p.Cues, change{Kind: "changed", A: x.CueA, B: x.CueB, What: clip(x.B.Content.Text)})
	}
	for _, x := range c.Certainty {
		p.Sure = append(p.Sure, change{Kind: "changed", A: worded(x.CertaintyA), B: worded(x.CertaintyB), What: clip(x.B.Content.Text)})
	}
	for _, e := range c.Text {
		if len(p.Edits) == mostEdits {
			p.More = len(c.Text) - mostEdits
			break
		}
		x := change{Kind: edits[e.Kind]}
		if e.A != nil && e.Kind != copies.Moved {
			x.A = clip(e.A.Text)
			x.Before, x.After = around(textA, e.A.Span)
		}
		if e.B != nil {
			x.B = clip(e.B.Text)
			x.Before, x.After = around(textB, e.B.Span)
		}
		p.Edits = append(p.Edits, x)
	}
	return p
}

// around are some words before a stretch of a text and after it, of the same line.
// The stretch is in code points.
func around(text []rune, s ledger.Span) (before, after string) {
	const most = 48
	begin, end := max(0, s.Start-most), min(len(text), s.End+most)
	before, after = string(text[begin:s.Start]), string(text[s.End:end])
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	} else if i := strings.IndexByte(before, ' '); begin > 0 && i >= 0 {
		before = "…" + before[i:]
	}
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	} else if i := strings.LastIndexByte(after, ' '); end < len(text) && i >= 0 {
		after = after[:i] + " …"
	}
	return before, after
}

var edits = map[copies.EditKind]string{copies.Deleted: "left out", copies.Inserted: "put in", copies.Replaced: "replaced", copies.Moved: "moved"}

func sideOf(a *store.Article) side {
	s := side{called(a.Article.Title, a.Article.URL, a.ID), articlePath(a.ID), a.Article.Published}
	if a.Version > 1 {
		s.Day += " version " + strconv.Itoa(a.Version)
	}
	s.Path += "&version=" + strconv.Itoa(a.Version)
	return s
}

func number(n *changes.Number) string {
	if n == nil {
		return ""
	}
	if n.Speaker == "" {
		return "“" + clip(n.Text) + "”"
	}
	return "“" + clip(n.Text) + "”, says " + n.Speaker
}

func said(c *changes.Claim) string {
	if c.Speaker == "" {
		return "nobody named"
	}
	return c.Speaker
}

func worded(c *ledger.Certainty) string {
	if c == nil {
		return "not asserted"
	}
	s := string(c.Level)
	if c.Level == ledger.LevelUnknown {
		s = "left open"
	}
	if c.Polarity == ledger.Denied {
		s += ", denied"
	}
	return s
}

// clip is words on one line, cut to a length that a page bears.
func clip(s string) string {
	s = report.Line(s)
	if r := []rune(s); len(r) > editRunes {
		return string(r[:editRunes-1]) + "…"
	}
	return s
}
