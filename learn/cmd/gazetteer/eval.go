package main

import (
	"fmt"
	"log"

	"hearsay/learn/geoparsing"
	"hearsay/ledger"
	"hearsay/reading/places"
	"hearsay/reading/tree"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

// evaluate places the toponyms that a corpus marks, as if they had been found
// one and all, and says how many come to lie within 161 km of where they are.
// Only articles whose number leaves the remainder part by 2 count, all of them
// for a part of -1.
func evaluate(path string, part int, show bool) error {
	articles, err := geoparsing.Load(path)
	if err != nil {
		return err
	}
	tagger, err := tagging.Default()
	if err != nil {
		return err
	}
	parser, err := parsing.Default()
	if err != nil {
		return err
	}
	var (
		d       text.Doc
		tr      tree.Tree
		scratch parsing.Scratch
		reader  places.Reader
	)
	near, placed, unknown := 0, 0, 0
	for number, a := range articles {
		if part >= 0 && number%2 != part {
			continue
		}
		d.Reset(a.Text)
		d.Segment()
		tagger.Tag(&d)
		d.Lemmatize()
		parser.Parse(&d, &scratch)
		tr.Reset(&d)
		var l ledger.Ledger
		byName := map[string]int{}
		for _, g := range a.Gold {
			name := a.Text[g.Start:g.End]
			e, ok := byName[name]
			if !ok {
				e = len(l.Entities)
				byName[name] = e
				l.Entities = append(l.Entities, ledger.Entity{Type: ledger.TypePlace, Name: name})
			}
			l.Entities[e].Mentions = append(l.Entities[e].Mentions, ledger.Mention{Span: ledger.Span{Start: g.Start, End: g.End}})
		}
		reader.Read(&d, &tr, &l)
		for _, g := range a.Gold {
			if !g.Placed {
				continue
			}
			placed++
			name := a.Text[g.Start:g.End]
			p := l.Entities[byName[name]].Place
			switch {
			case p == nil:
				unknown++
				if show {
					fmt.Printf("%d\tunknown\t%s\t%.2f,%.2f\t%s\n", number, name, g.Lat, g.Lon, around(a.Text, g))
				}
			case geoparsing.Kilometres(p.Lat, p.Lon, g.Lat, g.Lon) <= 161:
				near++
			case show:
				fmt.Printf("%d\twrong %.0f km\t%s\t%.2f,%.2f\t%s %s %.2f,%.2f\t%s\n", number, geoparsing.Kilometres(p.Lat, p.Lon, g.Lat, g.Lon), name, g.Lat, g.Lon,
					p.Country, p.Region, p.Lat, p.Lon, around(a.Text, g))
			}
		}
	}
	log.Printf("%s: %.4f of %d within 161 km, %d not in the gazetteer", path, float64(near)/float64(placed), placed, unknown)
	return nil
}

func around(s string, g geoparsing.Toponym) string {
	return fmt.Sprintf("%q [%s] %q", s[max(0, g.Start-50):g.Start], s[g.Start:g.End], s[g.End:min(len(s), g.End+50)])
}
