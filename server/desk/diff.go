package desk

import (
	"context"
	"net/http"
	"strconv"

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
type change struct{ Kind, A, B, What string }

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
	return &view{name: "diff", Title: "What was changed", Way: "articles", Page: differences(a, b, changes.Between(la, lb))}, nil
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

func differences(a, b *store.Article, c *changes.Changes) *diffPage {
	p := &diffPage{A: sideOf(a), B: sideOf(b), Share: strconv.Itoa(int(100*c.OfB+.5)) + " %"}
	for _, f := range c.Figures {
		p.Figures = append(p.Figures, change{Kind: string(f.Kind), A: number(f.A), B: number(f.B)})
	}
	for _, s := range c.Speakers {
		p.Speakers = append(p.Speakers, change{string(s.Kind), said(&s.A), said(&s.B), clip(s.B.Content.Text)})
	}
	for _, x := range c.Cues {
		p.Cues = append(p.Cues, change{"changed", x.CueA, x.CueB, clip(x.B.Content.Text)})
	}
	for _, x := range c.Certainty {
		p.Sure = append(p.Sure, change{"changed", worded(x.CertaintyA), worded(x.CertaintyB), clip(x.B.Content.Text)})
	}
	for _, e := range c.Text {
		if len(p.Edits) == mostEdits {
			p.More = len(c.Text) - mostEdits
			break
		}
		x := change{Kind: edits[e.Kind]}
		if e.A != nil && e.Kind != copies.Moved {
			x.A = clip(e.A.Text)
		}
		if e.B != nil {
			x.B = clip(e.B.Text)
		}
		p.Edits = append(p.Edits, x)
	}
	return p
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
