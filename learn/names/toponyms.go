package names

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"hearsay/reading/names"
	"hearsay/text/offset"
)

// toponyms is the Corpus of texts of which only the places are marked.
const toponyms = "toponyms"

// Toponyms loads a file of LGL (Lieberman, Samet and Sankaranarayanan 2010) or
// GeoVirus (Gritta, Pilehvar and Collier 2018): texts of which only the places are marked.
func Toponyms(path string) ([]Article, error) {
	r, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("loading toponyms: %w", err)
	}
	defer r.Close()
	type toponym struct {
		Start  int    `xml:"start"`
		End    int    `xml:"end"`
		Phrase string `xml:"phrase"`
		Name   string `xml:"name"`
	}
	var file struct {
		Articles []struct {
			Text      string    `xml:"text"`
			Toponyms  []toponym `xml:"toponyms>toponym"`
			Locations []toponym `xml:"locations>location"`
		} `xml:"article"`
	}
	if err := xml.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("loading toponyms: %s: %w", path, err)
	}
	var out []Article
	for _, x := range file.Articles {
		a := Article{Corpus: toponyms, Text: x.Text}
		runes := offset.NewRunes(x.Text)
		for _, t := range append(x.Toponyms, x.Locations...) {
			s := Span{runes.Byte(t.Start), runes.Byte(t.End), names.Place}
			// GeoVirus counts from 1 in some texts.
			if name := t.Name + t.Phrase; t.Start > 0 && !strings.HasPrefix(x.Text[s.Start:], name) && strings.HasPrefix(x.Text[runes.Byte(t.Start-1):], name) {
				s.Start, s.End = runes.Byte(t.Start-1), runes.Byte(t.End-1)
			}
			a.Names = append(a.Names, s)
		}
		slices.SortFunc(a.Names, func(x, y Span) int { return x.Start - y.Start })
		out = append(out, a)
	}
	return out, nil
}
