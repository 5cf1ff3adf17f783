package mcp

import (
	"fmt"
	"strconv"
	"strings"

	"hearsay/report"
)

// Each answer is given in words too, for the assistants that see nothing else:
// they have all that it takes to cite.

// lines puts words under one another. Words of articles are put on one line, and
// without control characters, so that none can pass for a line of ours.
type lines struct{ strings.Builder }

func (b *lines) add(indent int, format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = report.Line(s)
		}
	}
	b.WriteString(strings.Repeat("  ", indent))
	fmt.Fprintf(b, format, args...)
	b.WriteByte('\n')
}

func (b *lines) head(indent int, h *head) {
	b.add(indent, "%s", h.words())
}

func (h *head) words() string {
	var parts []string
	if h.Title != "" {
		parts = append(parts, "“"+h.Title+"”")
	}
	for _, s := range []string{h.Site, h.Published, h.URL} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if h.ID != "" {
		parts = append(parts, "article "+h.ID)
	}
	return strings.Join(parts, ", ")
}

func quoted(quotes []quote) string {
	var parts []string
	for _, q := range quotes {
		more := ""
		if q.Cut {
			more = " …"
		}
		parts = append(parts, fmt.Sprintf("“%s%s” (characters %d–%d)", q.Text, more, q.Start, q.End))
	}
	return strings.Join(parts, " … ")
}

func (b *lines) claim(indent int, c *claim) {
	b.add(indent, "[%s] %s: %s", c.ID, c.Attribution, quoted(c.Quotes))
	if c.Article != nil {
		b.head(indent+1, c.Article)
	}
	if c.Within != "" {
		b.add(indent+1, "said inside claim %s", c.Within)
	}
	for _, a := range c.Corrected {
		b.add(indent+1, "%s corrected it by hand on %s: %s", a.Who, a.When, a.Kind)
	}
	for _, k := range c.Checked {
		b.add(indent+1, "%s checked it on %s, and wrote: “%s” %s", k.Who, k.When, k.Note, k.Link)
	}
}

func (b *lines) evidence(indent int, list ...evidence) {
	for _, e := range list {
		where := e.Claim
		if e.Article != "" {
			where = e.Article + " " + e.Claim
		}
		b.add(indent, "[%s] %s: %s", where, e.Attribution, quoted(e.Quotes))
	}
}

func (b *lines) toll(indent int, what string, t *toll) {
	if t == nil {
		return
	}
	if t.Low == t.High {
		b.add(indent, "%s, as is said: %d", what, t.Best)
	} else {
		b.add(indent, "%s, as is said: from %d to %d; a fixed rule prefers %d", what, t.Low, t.High, t.Best)
	}
	for i := range t.Figures {
		f := &t.Figures[i]
		when := ""
		if f.Published != "" {
			when = ", published " + f.Published
		}
		b.add(indent+1, "%s, according to %s%s", f.Worded, f.By, when)
		if f.Evidence != nil {
			b.evidence(indent+2, *f.Evidence)
		}
	}
}

func (b *lines) happening(indent int, h *happening) {
	what := []string{string(h.Type)}
	if h.Date != "" {
		what = append(what, h.Date)
	} else {
		what = append(what, "day unknown")
	}
	for _, p := range h.Places {
		if p.Country != "" {
			p.Name += " (" + p.Country + ")"
		}
		what = append(what, p.Name)
	}
	b.add(indent, "Incident %s: %s", h.ID, strings.Join(what, ", "))
	if s := h.Support; s != nil && s.Articles == 0 {
		b.add(indent+1, "no article reports it; it is mentioned in passing")
	} else if s != nil {
		b.add(indent+1, "told by %s of %s, asserted by %s", counted(s.Articles, "article"), counted(s.Origins, "independent origin"), counted(s.Speakers, "named speaker"))
	}
	b.toll(indent+1, "killed", h.Killed)
	b.toll(indent+1, "wounded", h.Wounded)
	in := func(articles []string) string {
		if len(articles) == 0 {
			return ""
		}
		return ", in " + strings.Join(articles, ", ")
	}
	for _, p := range h.ClaimedBy {
		b.add(indent+1, "%s says that they did it%s", p.Name, in(p.Articles))
		b.evidence(indent+2, p.Evidence...)
	}
	for _, a := range h.BlamedOn {
		b.add(indent+1, "%s is accused of it by %s%s", a.Accused, a.By, in(a.Articles))
		b.evidence(indent+2, a.Evidence...)
	}
	for _, p := range h.DeniedBy {
		b.add(indent+1, "%s denies it%s", p.Name, in(p.Articles))
		b.evidence(indent+2, p.Evidence...)
	}
	for _, set := range h.Origins {
		b.add(indent+1, "of one origin: %s", strings.Join(set, ", "))
	}
	if len(h.Mentioned) > 0 {
		b.add(indent+1, "mentioned in passing in %s", strings.Join(h.Mentioned, ", "))
	}
	if h.More {
		b.add(indent+1, "There is more than is listed.")
	}
}

func (b *lines) check(indent int, c *check) {
	how := "likely about the same claim"
	if c.Level == "related" {
		how = "about something related, not the same claim"
	}
	of := ""
	if c.Claim != "" {
		of = "claim " + c.Claim + ": "
	}
	b.add(indent, "%s%s (%s): “%s”", of, how, strconv.FormatFloat(c.Probability, 'f', 2, 64), c.ClaimReviewed)
	var by []string
	if c.Publisher != "" {
		by = append(by, "checked by "+c.Publisher)
	}
	if c.Published != "" {
		by = append(by, c.Published)
	}
	if c.Rating != "" {
		by = append(by, "rated “"+c.Rating+"” by its publisher")
	}
	b.add(indent+1, "%s", strings.Join(append(by, c.URL), ", "))
}

func (r *reading) words() string {
	b := new(lines)
	if r.Article.words() != "" {
		b.head(0, &r.Article)
	}
	b.add(0, "%s: %d on somebody's word, %d in the article's own voice. Positions count the %d characters of the article's text. Nothing of it is a finding of Hearsay.",
		counted(r.Claims, "claim"), r.Attributed, r.Claims-r.Attributed, r.Characters)
	for i := range r.Listed {
		b.claim(0, &r.Listed[i])
	}
	if r.Next > 0 {
		b.add(0, "There are more claims: ask again with skip %d.", r.Next)
	}
	for i := range r.Incidents {
		b.happening(0, &r.Incidents[i])
	}
	if len(r.FactChecks) > 0 {
		b.add(0, "Published fact-checks:")
	}
	for i := range r.FactChecks {
		b.check(1, &r.FactChecks[i])
	}
	return b.String()
}

func (f *claimsFound) words() string {
	b := new(lines)
	if len(f.Claims) == 0 {
		b.add(0, "No claim was found.")
	}
	for i := range f.Claims {
		b.claim(0, &f.Claims[i])
	}
	b.more(f.More, f.Next)
	return b.String()
}

// more says that there is more than an answer has.
func (b *lines) more(more bool, next int64) {
	switch {
	case next > 0:
		b.add(0, "There is more: ask again with after %d.", next)
	case more:
		b.add(0, "There is more: select by days, places or names.")
	}
}

func (f *articlesFound) words() string {
	b := new(lines)
	if len(f.Articles) == 0 {
		b.add(0, "No article was found.")
	}
	for i := range f.Articles {
		b.head(0, &f.Articles[i].Article)
		b.add(1, "%s", f.Articles[i].Snippet)
	}
	b.more(f.More, f.Next)
	return b.String()
}

func (f *speakersFound) words() string {
	b := new(lines)
	if len(f.Speakers) == 0 {
		b.add(0, "No speaker was found.")
	}
	for i := range f.Speakers {
		s := &f.Speakers[i]
		kind, when := "", ""
		if s.Kind != "" {
			kind = " (" + s.Kind + ")"
		}
		if s.First != "" {
			when = ", published from " + s.First + " to " + s.Last
		}
		b.add(0, "%s: %s in %s%s", s.Name+kind, counted(s.Claims, "claim"), counted(s.Articles, "article"), when)
	}
	b.more(f.More, 0)
	return b.String()
}

func (f *incidentsFound) words() string {
	b := new(lines)
	if len(f.Incidents) == 0 {
		b.add(0, "No incident was found.")
	}
	for i := range f.Incidents {
		b.happening(0, &f.Incidents[i])
	}
	b.more(f.More, 0)
	return b.String()
}

func (a *account) words() string {
	b := new(lines)
	b.happening(0, &a.Incident)
	b.add(0, "Reported in:")
	for i := range a.Articles {
		b.head(1, &a.Articles[i])
	}
	return b.String()
}

func (m *matches) words() string {
	b := new(lines)
	if len(m.FactChecks) == 0 {
		b.add(0, "No published fact-check that was imported seems to be about this. That does not mean that nobody checked it.")
	}
	for i := range m.FactChecks {
		b.check(0, &m.FactChecks[i])
	}
	return b.String()
}
