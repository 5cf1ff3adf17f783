// Package geojson writes incidents as GeoJSON (RFC 7946): a FeatureCollection
// with a Feature a line. The geometry is the Point, in WGS 84, of the place where
// the articles say it happened, as exact as the gazetteer has it: a town or
// district, or the middle of a region or country, never a house. An incident of no known place is an unlocated Feature,
// whose geometry is null (section 3.2).
package geojson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"hearsay/corpus/incidents"
	"hearsay/export"
)

// Feature is a Feature.
type Feature struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Geometry   *Point     `json:"geometry"`
	Properties Properties `json:"properties"`
}

// Point is a Point: longitude before latitude.
type Point struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"`
}

// Properties is what articles tell of an incident, each accusation with who makes it.
type Properties struct {
	Label     string       `json:"label"`
	Type      string       `json:"type"`
	Date      string       `json:"date,omitempty"` // EDTF
	Place     string       `json:"place,omitempty"`
	Country   string       `json:"country,omitempty"`
	Region    string       `json:"region,omitempty"`
	GeoNames  int          `json:"geonames,omitempty"`
	Killed    *Figures     `json:"killed,omitempty"`
	Wounded   *Figures     `json:"wounded,omitempty"`
	ClaimedBy []string     `json:"claimed_by,omitempty"`
	BlamedOn  []Accusation `json:"blamed_on,omitempty"`
	DeniedBy  []string     `json:"denied_by,omitempty"`
	Articles  int          `json:"articles"`
	Origins   int          `json:"origins"`
	Speakers  int          `json:"speakers"`
	Reported  []string     `json:"reported_in"`
	Mentioned []string     `json:"mentioned_in,omitempty"` // in passing
	URLs      []string     `json:"urls,omitempty"`         // of the articles that report it
}

// Figures are the extremes that somebody gives and the preferred figure.
type Figures struct {
	Low  int `json:"low"`
	Best int `json:"best"`
	High int `json:"high"`
}

// Accusation is on whom an incident is blamed, and by whom.
type Accusation struct {
	Name string `json:"name"`
	By   string `json:"by"`
}

// Writer writes a FeatureCollection.
type Writer struct {
	w     io.Writer
	line  bytes.Buffer
	begun bool
	any   bool
}

// New returns a Writer to w.
func New(w io.Writer) *Writer { return &Writer{w: w} }

// Article is nothing: features are incidents.
func (w *Writer) Article(*export.Article) error { return nil }

// Incident writes a Feature.
func (w *Writer) Incident(n *export.Incident) error {
	if err := w.begin(); err != nil {
		return err
	}
	w.line.Reset()
	if w.any {
		w.line.WriteByte(',')
	}
	w.line.WriteByte('\n')
	e := json.NewEncoder(&w.line)
	e.SetEscapeHTML(false)
	if err := e.Encode(feature(n)); err != nil {
		return fmt.Errorf("writing feature: %w", err)
	}
	w.any = true
	_, err := w.w.Write(bytes.TrimSuffix(w.line.Bytes(), []byte("\n")))
	return err
}

// Close ends the collection.
func (w *Writer) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	_, err := io.WriteString(w.w, "\n]}\n")
	return err
}

func (w *Writer) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	_, err := io.WriteString(w.w, `{"type":"FeatureCollection","features":[`)
	return err
}

func feature(n *export.Incident) *Feature {
	p := Properties{Label: n.Label(), Type: string(n.Type), Date: n.Date, Killed: figures(n.Killed), Wounded: figures(n.Wounded),
		ClaimedBy: names(n.ClaimedBy), DeniedBy: names(n.DeniedBy), Articles: n.Support.Articles, Origins: n.Support.Origins, Speakers: n.Support.Speakers,
		Reported: n.Articles, Mentioned: n.Mentioned}
	for i := range n.BlamedOn {
		p.BlamedOn = append(p.BlamedOn, Accusation{n.BlamedOn[i].Name, export.Accuser(&n.BlamedOn[i])})
	}
	if n.URL != nil {
		for _, a := range n.Articles {
			if u := export.Address(n.URL(a)); u != "" {
				p.URLs = append(p.URLs, u)
			}
		}
	}
	if at := n.Place; at != nil {
		p.Place, p.Country, p.Region, p.GeoNames = at.Name, at.Country, at.Region, at.GeoNames
	}
	return &Feature{"Feature", n.ID, point(n), p}
}

// point is where an incident was, nil where that is not known.
func point(n *export.Incident) *Point {
	if !n.Located() {
		return nil
	}
	return &Point{"Point", [2]float64{n.Place.Lon, n.Place.Lat}}
}

func figures(t *incidents.Toll) *Figures {
	if t == nil {
		return nil
	}
	return &Figures{t.Low, t.Best, t.High}
}

func names(list []incidents.Claimant) (out []string) {
	for _, c := range list {
		out = append(out, c.Name)
	}
	return out
}
