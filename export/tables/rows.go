// Package tables writes what articles say as tables: articles, claims, figures,
// techniques of persuasion and incidents, each row with the id of its article, so that they
// can be joined. The columns are the fields of the row types below, in their order,
// by the names in their tags; a cell of what is unknown is empty.
package tables

import (
	"slices"

	"hearsay/corpus/incidents"
	"hearsay/export"
	"hearsay/ledger"
	"hearsay/text/offset"
)

// The names of the tables.
const (
	Articles   = "articles"
	Claims     = "claims"
	Figures    = "figures"
	Techniques = "techniques"
	Incidents  = "incidents"
)

// Names are the names of all tables.
func Names() []string { return []string{Articles, Claims, Figures, Techniques, Incidents} }

// Article is a row of the table of articles.
type Article struct {
	Article    string   `parquet:"article"`
	URL        string   `parquet:"url,optional"`
	Title      string   `parquet:"title,optional"`
	Byline     []string `parquet:"byline,list"`
	Site       string   `parquet:"site,optional"`
	Published  string   `parquet:"published,optional"` // EDTF
	Language   string   `parquet:"language,optional"`  // BCP 47
	Characters int64    `parquet:"characters"`         // code points of the text
	Sentences  int64    `parquet:"sentences"`
	Claims     int64    `parquet:"claims"`
	Attributed int64    `parquet:"attributed"` // claims on somebody's word
	Named      int64    `parquet:"named"`      // of them with a named source
	Checks     []string `parquet:"checks,list"`
}

// Claim is a row of the table of claims.
type Claim struct {
	Article         string   `parquet:"article"`
	Claim           string   `parquet:"claim"`
	Within          string   `parquet:"within,optional"` // the claim in whose content it stands
	Sentence        string   `parquet:"sentence,optional"`
	Start           int64    `parquet:"start"` // of its content, code points of the text
	End             int64    `parquet:"end"`
	Voice           string   `parquet:"voice"`            // attributed, or article for its own
	Naming          string   `parquet:"naming,optional"`  // of the source: named, unnamed, none
	Speaker         string   `parquet:"speaker,optional"` // the name of the entity that speaks
	Source          string   `parquet:"source,optional"`  // the words for the source
	Kind            string   `parquet:"kind,optional"`    // of the source
	Cue             string   `parquet:"cue,optional"`
	Channel         string   `parquet:"channel,optional"`
	Manner          string   `parquet:"manner,optional"`
	Content         string   `parquet:"content"`
	Level           string   `parquet:"level,optional"` // how certain the wording is
	Polarity        string   `parquet:"polarity,optional"`
	Score           *float64 `parquet:"score,optional"` // from -3 to 3
	Checkworthiness *float64 `parquet:"checkworthiness,optional"`
	Reasons         []string `parquet:"reasons,list"`       // for and against checking it
	Techniques      []string `parquet:"techniques,list"`    // of persuasion in the wording that it quotes
	Incident        string   `parquet:"incident,optional"`  // in this article: "i1"
	Type            string   `parquet:"type,optional"`      // of that incident
	Happened        string   `parquet:"happened,optional"`  // EDTF: when it did
	Checks          []string `parquet:"checks,list"`        // addresses of published fact-checks of like claims
	Published       string   `parquet:"published,optional"` // EDTF: when the article was
}

// Figure is a row of the table of figures.
type Figure struct {
	Article     string   `parquet:"article"`
	Claim       string   `parquet:"claim,optional"` // the claim that gives it
	Start       int64    `parquet:"start"`
	End         int64    `parquet:"end"`
	Text        string   `parquet:"text"`
	Value       *float64 `parquet:"value,optional"`
	Low         *float64 `parquet:"low,optional"`
	High        *float64 `parquet:"high,optional"`
	Approximate bool     `parquet:"approximate"`
	Unit        string   `parquet:"unit,optional"`
	Of          string   `parquet:"of,optional"`
	Voice       string   `parquet:"voice"`
	Naming      string   `parquet:"naming,optional"`
	Speaker     string   `parquet:"speaker,optional"` // on whose word it stands
	Incident    string   `parquet:"incident,optional"`
	Published   string   `parquet:"published,optional"`
}

// Technique is a row of the table of techniques of persuasion.
type Technique struct {
	Article   string  `parquet:"article"`
	Start     int64   `parquet:"start"`
	End       int64   `parquet:"end"`
	Text      string  `parquet:"text"`
	Label     string  `parquet:"label"`
	Name      string  `parquet:"name,optional"`
	Score     float64 `parquet:"score"`
	Claim     string  `parquet:"claim,optional"`   // the claim in which the words are quoted; empty for the article's own
	Speaker   string  `parquet:"speaker,optional"` // of that claim
	Published string  `parquet:"published,optional"`
}

// Incident is a row of the table of incidents. What somebody is blamed for stands in
// one cell with who says so, so that neither is taken without the other.
type Incident struct {
	Incident    string   `parquet:"incident"`
	Type        string   `parquet:"type"`
	Date        string   `parquet:"date,optional"` // EDTF
	Place       string   `parquet:"place,optional"`
	Country     string   `parquet:"country,optional"`
	Region      string   `parquet:"region,optional"`
	Lat         *float64 `parquet:"lat,optional"`
	Lon         *float64 `parquet:"lon,optional"`
	GeoNames    *int64   `parquet:"geonames,optional"`
	KilledLow   *int64   `parquet:"killed_low,optional"`
	KilledBest  *int64   `parquet:"killed_best,optional"`
	KilledHigh  *int64   `parquet:"killed_high,optional"`
	WoundedLow  *int64   `parquet:"wounded_low,optional"`
	WoundedBest *int64   `parquet:"wounded_best,optional"`
	WoundedHigh *int64   `parquet:"wounded_high,optional"`
	ClaimedBy   []string `parquet:"claimed_by,list"`
	BlamedOn    []string `parquet:"blamed_on,list"` // "NAME, blamed by NAME"
	DeniedBy    []string `parquet:"denied_by,list"`
	Articles    int64    `parquet:"articles"`
	Origins     int64    `parquet:"origins"`
	Speakers    int64    `parquet:"speakers"`
	ReportedIn  []string `parquet:"reported_in,list"`
	MentionedIn []string `parquet:"mentioned_in,list"`
	Corrected   bool     `parquet:"corrected"` // put together by hand
}

// reader makes the rows of one article.
type reader struct {
	*export.Article
	at offset.Runes

	// By the ids of claims and of incidents.
	techniques map[string][]string
	checks     map[string][]string
	incidents  map[string]*ledger.Incident
}

func newReader(a *export.Article) *reader {
	r := &reader{a, offset.NewRunes(a.Ledger.Document.Text), map[string][]string{}, map[string][]string{}, map[string]*ledger.Incident{}}
	l := a.Ledger
	for i := range l.Techniques {
		if t := &l.Techniques[i]; !slices.Contains(r.techniques[t.Claim], string(t.Label)) {
			r.techniques[t.Claim] = append(r.techniques[t.Claim], string(t.Label))
		}
	}
	for i := range l.Matches {
		if u := export.Address(l.Matches[i].Review.URL); u != "" {
			r.checks[l.Matches[i].Claim] = append(r.checks[l.Matches[i].Claim], u)
		}
	}
	for i := range l.Incidents {
		r.incidents[l.Incidents[i].ID] = &l.Incidents[i]
	}
	return r
}

func (r *reader) article() Article {
	l := r.Ledger
	d := &l.Document
	row := Article{Article: r.ID, URL: export.Address(d.URL), Title: d.Title, Byline: d.Byline, Site: d.Site, Published: d.Published, Language: d.Language,
		Characters: int64(r.at.Count()), Sentences: int64(len(l.Sentences)), Claims: int64(len(l.Claims))}
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Attributed() {
			row.Attributed++
		}
		if c.Source != nil && c.Source.Naming == ledger.NamingNamed {
			row.Named++
		}
	}
	seen := map[string]bool{}
	for i := range l.Matches {
		if u := export.Address(l.Matches[i].Review.URL); u != "" && !seen[u] {
			seen[u] = true
			row.Checks = append(row.Checks, u)
		}
	}
	return row
}

// voice says on whose word a claim stands; a nil claim is the article's own.
func (r *reader) voice(c *ledger.Claim) (voice, naming, speaker string) {
	switch {
	case c == nil || !c.Attributed():
		return "article", "", ""
	case c.Source == nil:
		return "attributed", string(ledger.NamingNone), ""
	}
	if e := r.Entity(c.Source.Speaker); e != nil {
		speaker = e.Name
	}
	return "attributed", string(c.Source.Naming), speaker
}

func (r *reader) words(p *ledger.Piece) string {
	if p == nil {
		return ""
	}
	return r.Words(p.Span)
}

func (r *reader) claim(c *ledger.Claim) Claim {
	l := r.Ledger
	row := Claim{Article: r.ID, Claim: c.ID, Within: c.Within, Sentence: c.Sentence, Cue: r.words(c.Cue), Channel: r.words(c.Channel), Manner: string(c.Manner),
		Content: r.Content(c), Incident: c.Incident, Published: l.Document.Published}
	row.Voice, row.Naming, row.Speaker = r.voice(c)
	if n := len(c.Content); n > 0 {
		row.Start, row.End = int64(r.at.CodePoint(c.Content[0].Start)), int64(r.at.CodePoint(c.Content[n-1].End))
	}
	if s := c.Source; s != nil {
		row.Kind = string(s.Kind)
		if s.Naming != ledger.NamingNone {
			row.Source = r.Words(s.Span)
		}
	}
	if x := c.Certainty; x != nil {
		row.Level, row.Polarity, row.Score = string(x.Level), string(x.Polarity), &x.Score
	}
	if c.Checkworthiness > 0 {
		row.Checkworthiness = &c.Checkworthiness
	}
	for _, reason := range c.Reasons {
		row.Reasons = append(row.Reasons, string(reason))
	}
	row.Techniques, row.Checks = r.techniques[c.ID], r.checks[c.ID]
	if n := r.incidents[c.Incident]; n != nil {
		row.Type, row.Happened = string(n.Type), n.Date
	}
	return row
}

func (r *reader) figure(f *ledger.Figure) Figure {
	row := Figure{Article: r.ID, Claim: f.Claim, Start: int64(r.at.CodePoint(f.Start)), End: int64(r.at.CodePoint(f.End)), Text: r.Words(f.Span),
		Value: f.Value, Low: f.Low, High: f.High, Approximate: f.Approximate, Unit: f.Unit, Of: f.Of, Incident: f.Incident, Published: r.Ledger.Document.Published}
	c := r.Claim(f.Claim)
	row.Voice, row.Naming, _ = r.voice(c)
	row.Speaker = r.Speaker(c)
	return row
}

func (r *reader) technique(t *ledger.Technique) Technique {
	return Technique{Article: r.ID, Start: int64(r.at.CodePoint(t.Start)), End: int64(r.at.CodePoint(t.End)), Text: r.Words(t.Span), Label: string(t.Label),
		Name: t.Label.Name(), Score: t.Score, Claim: t.Claim, Speaker: r.Speaker(r.Claim(t.Claim)), Published: r.Ledger.Document.Published}
}

func incidentRow(n *export.Incident) Incident {
	row := Incident{Incident: n.ID, Type: string(n.Type), Date: n.Date, Articles: int64(n.Support.Articles), Origins: int64(n.Support.Origins),
		Speakers: int64(n.Support.Speakers), ReportedIn: n.Articles, MentionedIn: n.Mentioned, Corrected: n.Corrected}
	if p := n.Place; p != nil {
		row.Place, row.Country, row.Region = p.Name, p.Country, p.Region
		if n.Located() {
			row.Lat, row.Lon = &p.Lat, &p.Lon
		}
		if p.GeoNames != 0 {
			row.GeoNames = number(p.GeoNames)
		}
	}
	if t := n.Killed; t != nil {
		row.KilledLow, row.KilledBest, row.KilledHigh = toll(t)
	}
	if t := n.Wounded; t != nil {
		row.WoundedLow, row.WoundedBest, row.WoundedHigh = toll(t)
	}
	row.ClaimedBy, row.DeniedBy = names(n.ClaimedBy), names(n.DeniedBy)
	for i := range n.BlamedOn {
		row.BlamedOn = append(row.BlamedOn, n.BlamedOn[i].Name+", blamed by "+export.Accuser(&n.BlamedOn[i]))
	}
	return row
}

func number(n int) *int64 {
	x := int64(n)
	return &x
}

func toll(t *incidents.Toll) (low, best, high *int64) {
	return number(t.Low), number(t.Best), number(t.High)
}

func names(list []incidents.Claimant) (out []string) {
	for _, c := range list {
		out = append(out, c.Name)
	}
	return out
}
