// Package annotation writes what articles say as annotations of the W3C's Web
// Annotation Data Model (Recommendation of 23 February 2017), in JSON-LD: one
// AnnotationCollection whose only page holds an Annotation a line.
//
// There is an annotation for each claim, with on whose word it stands and how
// certain its wording is; for the words that name its source; for each
// technique of persuasion; and for each name of a person, body or place. Its
// target is the article, with a TextPositionSelector, which counts code points
// of the text that was read, and a TextQuoteSelector with the words before and
// after. A claim in pieces that stand apart has a target for each.
package annotation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"hearsay/export"
	"hearsay/ledger"
	"hearsay/text/offset"
)

// Context is the JSON-LD context of every document.
const Context = "http://www.w3.org/ns/anno.jsonld"

// around is how many code points of the text stand before and after a quotation.
const around = 32

// Annotation is one Annotation.
type Annotation struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Motivation string   `json:"motivation"`
	Generator  *Agent   `json:"generator,omitempty"`
	Body       []any    `json:"body"` // of Text and Resource
	Target     []Target `json:"target"`
}

// Agent is the software that made an annotation.
type Agent struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// Text is a TextualBody.
type Text struct {
	Type     string `json:"type"`
	Value    string `json:"value"`
	Format   string `json:"format,omitempty"`
	Language string `json:"language,omitempty"`
	Purpose  string `json:"purpose"`
}

// Resource is a SpecificResource whose source is what it identifies.
type Resource struct {
	Type    string `json:"type"`
	Source  string `json:"source"`
	Purpose string `json:"purpose"`
}

// Target is a stretch of an article: a SpecificResource.
type Target struct {
	Type     string `json:"type"`
	Source   Source `json:"source"`
	Selector []any  `json:"selector"` // a Position and a Quote of the same words
}

// Source is the article as a text.
type Source struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Format   string `json:"format"`
	Language string `json:"language,omitempty"`
}

// Position is a TextPositionSelector.
type Position struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Quote is a TextQuoteSelector.
type Quote struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

// Writer writes annotations.
type Writer struct {
	w    io.Writer
	line bytes.Buffer
	some bool // something has been written
	any  bool // an annotation has been written
}

// New returns a Writer to w.
func New(w io.Writer) *Writer { return &Writer{w: w} }

// Incident is nothing: what is said of incidents across articles has no place in one of them.
func (w *Writer) Incident(*export.Incident) error { return nil }

// Article writes the annotations of an article, in the order of its text.
func (w *Writer) Article(a *export.Article) error {
	if err := w.begin(); err != nil {
		return err
	}
	m := newMaker(a)
	l := a.Ledger
	for i := range l.Claims {
		c := &l.Claims[i]
		if !a.Wants(c.ID) {
			continue
		}
		if err := w.write(m.claim(c)); err != nil {
			return err
		}
		if c.Source != nil && c.Source.Naming != ledger.NamingNone {
			if err := w.write(m.speaker(c)); err != nil {
				return err
			}
		}
	}
	for i := range l.Techniques {
		if t := &l.Techniques[i]; a.Whole() || t.Claim != "" && a.Wants(t.Claim) {
			if err := w.write(m.technique(t, i)); err != nil {
				return err
			}
		}
	}
	if !a.Whole() {
		return nil
	}
	for i := range l.Entities {
		for j, x := range l.Entities[i].Mentions {
			if x.Pronoun {
				continue
			}
			if err := w.write(m.name(&l.Entities[i], x.Span, j)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close ends the page and the collection.
func (w *Writer) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	_, err := io.WriteString(w.w, "\n]}}\n")
	return err
}

// begin opens the collection. How many annotations it has is not known yet, and
// the model lets it be left out.
func (w *Writer) begin() error {
	if w.some {
		return nil
	}
	w.some = true
	collection, page := export.URN("annotations"), export.URN("annotations", "1")
	_, err := fmt.Fprintf(w.w, `{"@context":%q,"id":%q,"type":"AnnotationCollection","label":"What articles say, and on whose word","first":{"id":%q,"type":"AnnotationPage","partOf":%q,"startIndex":0,"items":[`,
		Context, collection, page, collection)
	return err
}

func (w *Writer) write(a *Annotation) error {
	w.line.Reset()
	if w.any {
		w.line.WriteByte(',')
	}
	w.line.WriteByte('\n')
	e := json.NewEncoder(&w.line)
	e.SetEscapeHTML(false)
	if err := e.Encode(a); err != nil {
		return fmt.Errorf("writing annotation: %w", err)
	}
	w.any = true
	_, err := w.w.Write(bytes.TrimSuffix(w.line.Bytes(), []byte("\n")))
	return err
}

// maker makes the annotations of one article.
type maker struct {
	*export.Article
	at     offset.Runes
	source Source
}

func newMaker(a *export.Article) *maker {
	d := &a.Ledger.Document
	m := &maker{Article: a, at: offset.NewRunes(d.Text)}
	m.source = Source{ID: export.Address(d.URL), Type: "Text", Format: "text/plain", Language: d.Language}
	if m.source.ID == "" {
		m.source.ID = export.URN("article", a.ID)
	}
	return m
}

func (m *maker) annotation(motivation string, what ...string) *Annotation {
	return &Annotation{ID: export.URN(append([]string{"annotation", m.ID}, what...)...), Type: "Annotation", Motivation: motivation,
		Generator: &Agent{"Software", "hearsay"}}
}

func (m *maker) target(s ledger.Span) Target {
	start, end := m.at.CodePoint(s.Start), m.at.CodePoint(s.End)
	text := m.Ledger.Document.Text
	before, after := m.at.Byte(max(0, start-around)), m.at.Byte(min(m.at.Count(), end+around))
	return Target{Type: "SpecificResource", Source: m.source, Selector: []any{
		Position{"TextPositionSelector", start, end},
		Quote{"TextQuoteSelector", text[s.Start:s.End], text[before:s.Start], text[s.End:after]},
	}}
}

func (m *maker) claim(c *ledger.Claim) *Annotation {
	a := m.annotation("describing", "claim", c.ID)
	a.Body = append(a.Body, describing(m.describe(c)))
	if c.Attributed() {
		a.Body = append(a.Body, tagging("attributed"))
	} else {
		a.Body = append(a.Body, tagging("the article's own voice"))
	}
	tags := []string{string(c.Manner)}
	if c.Source != nil {
		tags = append(tags, "source "+naming(c.Source.Naming))
	}
	if x := c.Certainty; x != nil {
		tags = append(tags, "worded as "+string(x.Level), string(x.Polarity))
	}
	for _, r := range c.Reasons {
		tags = append(tags, string(r))
	}
	for _, t := range tags {
		if t != "" {
			a.Body = append(a.Body, tagging(t))
		}
	}
	for _, p := range c.Content {
		a.Target = append(a.Target, m.target(p.Span))
	}
	return a
}

func naming(n ledger.Naming) string {
	if n == ledger.NamingNone {
		return "not named at all"
	}
	return string(n)
}

// describe says in a sentence on whose word a claim stands.
func (m *maker) describe(c *ledger.Claim) string {
	s := m.Attribution(c)
	if c.Within != "" {
		s += ", within another claim (" + c.Within + ")"
	}
	s += "."
	if c.Checkworthiness > 0 {
		s += " Check-worthiness " + strconv.FormatFloat(c.Checkworthiness, 'f', 2, 64) + "."
	}
	return s
}

func (m *maker) speaker(c *ledger.Claim) *Annotation {
	a := m.annotation("identifying", "source", c.ID)
	s := "The source of the claim " + c.ID + ": " + m.According(c)
	if c.Source.Kind != "" && c.Source.Kind != ledger.KindUnknown {
		s += ", a source of the kind " + string(c.Source.Kind)
	}
	a.Body = append(a.Body, describing(s+"."), tagging("source"), tagging("source "+naming(c.Source.Naming)))
	a.Target = []Target{m.target(c.Source.Span)}
	return a
}

func (m *maker) technique(t *ledger.Technique, i int) *Annotation {
	a := m.annotation("classifying", "technique", strconv.Itoa(i))
	whose := "The article's own wording."
	if t.Claim != "" {
		whose = "The wording of who is quoted in the claim " + t.Claim + ", not the article's own."
	}
	s := whose
	if e := t.Label.Explanation(); e != "" {
		s = e + " " + whose
	}
	a.Body = append(a.Body, describing(s), Text{Type: "TextualBody", Value: string(t.Label), Purpose: "classifying"})
	if name := t.Label.Name(); name != "" {
		a.Body = append(a.Body, tagging(name))
	}
	a.Target = []Target{m.target(t.Span)}
	return a
}

func (m *maker) name(e *ledger.Entity, s ledger.Span, i int) *Annotation {
	a := m.annotation("identifying", "name", e.ID, strconv.Itoa(i))
	a.Body = append(a.Body, Text{Type: "TextualBody", Value: e.Name, Format: "text/plain", Purpose: "identifying"}, tagging(string(e.Type)))
	if e.Place != nil && e.Place.GeoNames > 0 {
		a.Body = append(a.Body, Resource{"SpecificResource", "https://sws.geonames.org/" + strconv.Itoa(e.Place.GeoNames) + "/", "identifying"})
	}
	a.Target = []Target{m.target(s)}
	return a
}

func describing(s string) Text {
	return Text{Type: "TextualBody", Value: s, Format: "text/plain", Language: "en", Purpose: "describing"}
}

func tagging(s string) Text { return Text{Type: "TextualBody", Value: s, Purpose: "tagging"} }
