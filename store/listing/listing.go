// Package listing prints what a store was asked for: as text for people, as a
// JSON object a line, or as CSV.
package listing

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"hearsay/ledger"
	"hearsay/report"
	"hearsay/store"
)

// The formats of a listing.
const (
	Text  = "text"
	JSONL = "jsonl"
	CSV   = "csv"
)

// Claims prints claims as they come and returns how many there were.
func Claims(w io.Writer, format string, claims iter.Seq2[*store.Claim, error]) (int, error) {
	return list(w, format, claims, ClaimLine{}, []string{"article", "url", "title", "published", "claim", "voice", "naming", "speaker", "source", "kind", "cue", "manner",
		"content", "level", "polarity", "score", "incident", "type", "places"}, claimText)
}

// Hits prints articles that were found.
func Hits(w io.Writer, format string, hits iter.Seq2[*store.Hit, error]) (int, error) {
	return list(w, format, hits, HitLine{}, []string{"article", "url", "title", "published", "snippet"}, hitText)
}

// Speakers prints speakers.
func Speakers(w io.Writer, format string, speakers iter.Seq2[*store.Speaker, error]) (int, error) {
	return list(w, format, speakers, SpeakerLine{}, []string{"speaker", "kind", "claims", "articles", "first", "last"}, speakerText)
}

// object is how one thing is written: as JSON by its fields, as CSV in rows of cells.
type object[T any] interface {
	of(*T) any
	rows(*T) [][]string
}

func list[T any](w io.Writer, format string, all iter.Seq2[*T, error], o object[T], columns []string, text func(io.Writer, *T)) (n int, err error) {
	out := bufio.NewWriter(w)
	defer func() {
		if flushing := out.Flush(); err == nil {
			err = flushing
		}
	}()
	sheet := csv.NewWriter(out)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	if format == CSV {
		sheet.Write(columns) // an error stays in the csv.Writer until it is flushed
	}
	defer sheet.Flush()
	for v, err := range all {
		if err != nil {
			return n, err
		}
		n++
		switch format {
		case JSONL:
			err = lines.Encode(o.of(v))
		case CSV:
			for _, row := range o.rows(v) {
				for i, cell := range row {
					if _, err := strconv.ParseFloat(cell, 64); err != nil { // a number may begin with a minus
						row[i] = report.Cell(cell)
					}
				}
				if err = sheet.Write(row); err != nil {
					break
				}
			}
		default:
			text(out, v)
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// ClaimLine is a claim in JSON. The names are those of a ledger where it has them.
type ClaimLine struct {
	Article   string              `json:"article"`
	URL       string              `json:"url,omitempty"`
	Title     string              `json:"title,omitempty"`
	Published string              `json:"published,omitempty"`
	Claim     string              `json:"claim"`
	Content   string              `json:"content"`
	Source    *SourceLine         `json:"source,omitempty"`
	Cue       string              `json:"cue,omitempty"`
	Manner    ledger.Manner       `json:"manner,omitempty"`
	Certainty *CertaintyLine      `json:"certainty,omitempty"`
	Incident  string              `json:"incident,omitempty"`
	Type      ledger.IncidentType `json:"type,omitempty"`
	Places    []string            `json:"places,omitempty"`
}

// SourceLine is on whose word a claim stands.
type SourceLine struct {
	Text    string            `json:"text,omitempty"`
	Kind    ledger.SourceKind `json:"kind,omitempty"`
	Naming  ledger.Naming     `json:"naming"`
	Speaker string            `json:"speaker,omitempty"` // a name: ids of entities are of one ledger only
}

// CertaintyLine is how sure of a claim its wording is.
type CertaintyLine struct {
	Level    ledger.Level    `json:"level"`
	Polarity ledger.Polarity `json:"polarity"`
	Score    float64         `json:"score"`
}

func (ClaimLine) of(c *store.Claim) any { return Claim(c) }

// Claim is a claim as JSONL has it.
func Claim(c *store.Claim) ClaimLine {
	l := ClaimLine{Article: c.Article, URL: c.URL, Title: c.Title, Published: c.Published, Claim: c.ID, Content: c.Content,
		Cue: c.Cue, Manner: c.Manner, Incident: c.Incident, Type: c.Type, Places: c.Places}
	if c.Naming != "" {
		l.Source = &SourceLine{Text: c.Source, Kind: c.Kind, Naming: c.Naming, Speaker: c.Speaker}
	}
	if c.Level != "" {
		l.Certainty = &CertaintyLine{c.Level, c.Polarity, c.Score}
	}
	return l
}

func (ClaimLine) rows(c *store.Claim) [][]string {
	voice, naming := "article", string(c.Naming)
	if attributed(c) {
		voice = "attributed"
		if naming == "" {
			naming = string(ledger.NamingNone)
		}
	}
	score := ""
	if c.Level != "" {
		score = number(c.Score)
	}
	return [][]string{{c.Article, c.URL, c.Title, c.Published, c.ID, voice, naming, c.Speaker, c.Source, string(c.Kind), c.Cue, string(c.Manner),
		c.Content, string(c.Level), string(c.Polarity), score, c.Incident, string(c.Type), strings.Join(c.Places, "; ")}}
}

func attributed(c *store.Claim) bool { return c.Naming != "" || c.Cue != "" }

// claimText prints who says so, what, and where it stands.
func claimText(w io.Writer, c *store.Claim) {
	who := "The article itself"
	switch {
	case c.Speaker != "" && c.Source != "" && c.Source != c.Speaker:
		who = c.Speaker + " (" + c.Source + ")"
	case c.Speaker != "":
		who = c.Speaker
	case c.Source != "":
		who = c.Source
	case attributed(c):
		who = "Nobody named"
	}
	if c.Cue != "" {
		who += ", " + strconv.Quote(report.Line(c.Cue))
	}
	var about []string
	for _, s := range []string{string(c.Level), denied(c), string(c.Type), strings.Join(c.Places, ", ")} {
		if s != "" {
			about = append(about, report.Line(s))
		}
	}
	fmt.Fprintf(w, "%s:\n  %s\n", report.Line(who), report.Line(c.Content))
	if len(about) > 0 {
		fmt.Fprintf(w, "  %s\n", strings.Join(about, "; "))
	}
	fmt.Fprintf(w, "  %s\n\n", stands(c.Article+" "+c.ID, c.Published, c.Title))
}

func denied(c *store.Claim) string {
	if c.Polarity == ledger.Denied {
		return "denied"
	}
	return ""
}

// stands says where something is to be found.
func stands(where, published, title string) string {
	for _, s := range []string{published, title} {
		if s != "" {
			where += ", " + s
		}
	}
	return report.Line(where)
}

// HitLine is an article that was found, in JSON.
type HitLine struct {
	Article   string `json:"article"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
	Snippet   string `json:"snippet"`
	Number    int64  `json:"-"`
}

func (HitLine) of(h *store.Hit) any { return Hit(h) }

// Hit is an article that was found as JSONL has it.
func Hit(h *store.Hit) HitLine { return HitLine(*h) }

func (HitLine) rows(h *store.Hit) [][]string {
	return [][]string{{h.Article, h.URL, h.Title, h.Published, h.Snippet}}
}

func hitText(w io.Writer, h *store.Hit) {
	fmt.Fprintf(w, "%s\n  %s\n\n", stands(h.Article, h.Published, h.Title), report.Line(h.Snippet))
}

// SpeakerLine is a speaker in JSON.
type SpeakerLine struct {
	Name     string            `json:"speaker"`
	Kind     ledger.SourceKind `json:"kind,omitempty"`
	Claims   int               `json:"claims"`
	Articles int               `json:"articles"`
	First    string            `json:"first,omitempty"`
	Last     string            `json:"last,omitempty"`
}

func (SpeakerLine) of(p *store.Speaker) any { return Speaker(p) }

// Speaker is a speaker as JSONL has it.
func Speaker(p *store.Speaker) SpeakerLine { return SpeakerLine(*p) }

func (SpeakerLine) rows(p *store.Speaker) [][]string {
	return [][]string{{p.Name, string(p.Kind), strconv.Itoa(p.Claims), strconv.Itoa(p.Articles), p.First, p.Last}}
}

func speakerText(w io.Writer, p *store.Speaker) {
	when := p.First
	if p.Last != p.First {
		when += " to " + p.Last
	}
	about := []string{counted(p.Claims, "claim") + " in " + counted(p.Articles, "article")}
	for _, s := range []string{string(p.Kind), when} {
		if s != "" {
			about = append(about, s)
		}
	}
	fmt.Fprintf(w, "%s: %s\n", report.Line(p.Name), strings.Join(about, "; "))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
