// Package geoparsing reads corpora of news with their places marked: LGL,
// GeoVirus and others in the same XML.
package geoparsing

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Article is one text and the places that are marked in it.
type Article struct {
	Text  string
	Gold  []Toponym
	Dated string // the day, "" where it is not known
}

// Toponym is one marked place: bytes of the text, and where it is.
type Toponym struct {
	Start, End int
	Placed     bool // Lat and Lon are known
	Lat, Lon   float64
}

// Load reads a corpus from a file, which may be compressed by gzip.
func Load(path string) ([]Article, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if data, err = io.ReadAll(z); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	type marked struct {
		Start  string `xml:"start"`
		End    string `xml:"end"`
		Name   string `xml:"name"`
		Phrase string `xml:"phrase"`
		Lat    string `xml:"lat"`
		Lon    string `xml:"lon"`
		Tag    struct {
			Lat string `xml:"lat"`
			Lon string `xml:"lon"`
		} `xml:"gaztag"`
	}
	var corpus struct {
		Articles []struct {
			Text      string   `xml:"text"`
			Loaded    string   `xml:"dltime"`
			Toponyms  []marked `xml:"toponyms>toponym"`
			Locations []marked `xml:"locations>location"`
		} `xml:"article"`
	}
	if err := xml.Unmarshal(data, &corpus); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out := make([]Article, 0, len(corpus.Articles))
	for _, c := range corpus.Articles {
		a := Article{Text: c.Text}
		if day, _, _ := strings.Cut(strings.TrimSpace(c.Loaded), " "); len(day) == 10 {
			a.Dated = day
		}
		starts := make([]int, 0, len(c.Text)+1) // the byte of each code point
		for i := range c.Text {
			starts = append(starts, i)
		}
		starts = append(starts, len(c.Text))
		for _, m := range append(c.Toponyms, c.Locations...) {
			start, err1 := strconv.Atoi(m.Start)
			end, err2 := strconv.Atoi(m.End)
			if err1 != nil || err2 != nil || start < 0 || end < start || end >= len(starts) {
				continue
			}
			name := m.Name
			if name == "" {
				name = m.Phrase
			}
			// GeoVirus counts from 1.
			if start > 0 && c.Text[starts[start]:starts[end]] != name && c.Text[starts[start-1]:starts[end-1]] == name {
				start, end = start-1, end-1
			}
			t := Toponym{Start: starts[start], End: starts[end]}
			if m.Tag.Lat != "" {
				m.Lat, m.Lon = m.Tag.Lat, m.Tag.Lon
			}
			lat, err1 := strconv.ParseFloat(m.Lat, 64)
			lon, err2 := strconv.ParseFloat(m.Lon, 64)
			if err1 == nil && err2 == nil {
				t.Placed, t.Lat, t.Lon = true, lat, lon
			}
			a.Gold = append(a.Gold, t)
		}
		if !utf8.ValidString(a.Text) {
			return nil, fmt.Errorf("%s: an article is not UTF-8", path)
		}
		out = append(out, a)
	}
	return out, nil
}

// Kilometres is how far two points lie apart.
func Kilometres(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	a, b := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	return 12742 * math.Asin(math.Min(1, math.Sqrt(a*a+math.Cos(lat1*rad)*math.Cos(lat2*rad)*b*b)))
}
