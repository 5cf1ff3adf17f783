// Package rows turns a ledger into the rows of a store's tables, the same for
// every home. What it makes of one ledger never changes within one version of
// the store's form, since verifying a store makes the rows again and compares.
package rows

import (
	"cmp"
	"slices"
	"strings"

	"hearsay/ledger"
)

// A Table holds one kind of thing that a ledger says. Of gives its rows, in
// the order of the ledger; the values of a row are in the order of Columns and
// each is a string, an int64, a float64 or nil for what is unknown.
type Table struct {
	Name    string
	Columns []string
	Of      func(*ledger.Ledger) [][]any
}

// Tables are the tables that hold what the newest versions say.
var Tables = [...]Table{
	{"claims", []string{"id", "content", "source", "kind", "naming", "speaker", "speakers", "cue", "channel", "manner",
		"level", "polarity", "score", "within", "incident", "type", "places", "countries"}, claims},
	{"entities", []string{"id", "type", "name", "aliases", "mentions", "lat", "lon", "country", "region", "geonames"}, entities},
	{"dates", []string{"words", "value", "first", "last"}, dates},
	{"figures", []string{"words", "value", "low", "high", "approximate", "unit", "counted", "claim", "incident"}, figures},
	{"incidents", []string{"id", "type", "words", "date", "first", "last", "place", "lat", "lon", "country", "geonames",
		"killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high"}, incidents},
}

// between stands between the names of a column that holds several.
const between = "\n"

// Join makes one value of several names.
func Join(list []string) string {
	for i, name := range list {
		if strings.Contains(name, between) { // a name that runs over the end of a line of the text
			list = slices.Clone(list)
			for ; i < len(list); i++ {
				list[i] = strings.ReplaceAll(list[i], between, " ")
			}
			break
		}
	}
	return strings.Join(list, between)
}

// Split returns the names that Join made one value of.
func Split(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, between)
}

// gap joins the pieces of a content that stand apart.
const gap = " … "

// What a claim's row takes in of places: no real claim names as many, and a
// hostile one costs no more than this.
const (
	maxPlaces   = 32
	maxMentions = 256
)

func claims(l *ledger.Ledger) [][]any {
	entity := entitiesOf(l)
	incident := make(map[string]*ledger.Incident, len(l.Incidents))
	for i := range l.Incidents {
		incident[l.Incidents[i].ID] = &l.Incidents[i]
	}
	places := placesOf(l)
	out := make([][]any, len(l.Claims))
	var near []*ledger.Entity
	for i := range l.Claims {
		c := &l.Claims[i]
		var source, kind, naming, speaker, speakers, level, polarity, score, kindOfIncident any
		if s := c.Source; s != nil {
			naming = known(string(s.Naming))
			kind = known(string(s.Kind))
			words := ""
			if s.End > s.Start {
				words = l.Quote(s.Span)
				source = words
			}
			if e := speakerOf(entity, s); e != nil {
				speaker = known(e.Name)
				speakers = known(names(e, words))
			} else {
				speakers = known(words)
			}
		}
		if c.Certainty != nil {
			level, polarity, score = known(string(c.Certainty.Level)), known(string(c.Certainty.Polarity)), c.Certainty.Score
		}
		near = near[:0]
		if n := incident[c.Incident]; n != nil {
			kindOfIncident = string(n.Type)
			for _, id := range n.Places[:min(len(n.Places), maxPlaces)] {
				if e := entity[id]; e != nil {
					near = append(near, e)
				}
			}
		}
		near = within(places, c, near)
		placeNames, countries := described(near)
		out[i] = []any{c.ID, contentOf(l, c), source, kind, naming, speaker, speakers, quoted(l, c.Cue), quoted(l, c.Channel), known(string(c.Manner)),
			level, polarity, score, known(c.Within), known(c.Incident), kindOfIncident, placeNames, countries}
	}
	return out
}

// entitiesOf are the entities of a ledger by their ids.
func entitiesOf(l *ledger.Ledger) map[string]*ledger.Entity {
	entity := make(map[string]*ledger.Entity, len(l.Entities))
	for i := range l.Entities {
		entity[l.Entities[i].ID] = &l.Entities[i]
	}
	return entity
}

// speakerOf is the entity on whose word something stands, or nil.
func speakerOf(entity map[string]*ledger.Entity, s *ledger.Source) *ledger.Entity {
	return entity[cmp.Or(s.Speaker, s.Entity)]
}

// Speakers counts the claims of a ledger by the name of their speaker and the kind of their source, as they
// stand in the table of claims. Claims without a speaker are left out.
func Speakers(l *ledger.Ledger) map[string]map[string]int64 {
	entity := entitiesOf(l)
	out := make(map[string]map[string]int64)
	for i := range l.Claims {
		s := l.Claims[i].Source
		if s == nil {
			continue
		}
		if e := speakerOf(entity, s); e != nil && e.Name != "" {
			if out[e.Name] == nil {
				out[e.Name] = make(map[string]int64)
			}
			out[e.Name][string(s.Kind)]++
		}
	}
	return out
}

// contentOf returns the words of a claim's content.
func contentOf(l *ledger.Ledger, c *ledger.Claim) string {
	if len(c.Content) == 1 {
		return l.Quote(c.Content[0].Span)
	}
	var b strings.Builder
	for i, p := range c.Content {
		if i > 0 {
			b.WriteString(gap)
		}
		b.WriteString(l.Quote(p.Span))
	}
	return b.String()
}

// names are all the words by which a speaker can be found.
func names(e *ledger.Entity, words string) string {
	all := make([]string, 0, 2+len(e.Aliases)+len(e.Roles))
	all = append(all, e.Name)
	all = append(all, e.Aliases...)
	all = append(all, e.Roles...)
	if words != "" && !slices.Contains(all, words) {
		all = append(all, words)
	}
	return Join(all)
}

// placed is one mention of a place.
type placed struct {
	ledger.Span
	entity *ledger.Entity
}

// placesOf returns every mention of a place, in text order.
func placesOf(l *ledger.Ledger) []placed {
	var out []placed
	for i := range l.Entities {
		e := &l.Entities[i]
		if e.Type != ledger.TypePlace && e.Place == nil {
			continue
		}
		for _, m := range e.Mentions {
			out = append(out, placed{m.Span, e})
		}
	}
	slices.SortFunc(out, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.entity.ID, b.entity.ID))
	})
	return out
}

// within appends the places that a claim's content mentions and that are not in near.
func within(places []placed, c *ledger.Claim, near []*ledger.Entity) []*ledger.Entity {
	looked := 0
	for _, p := range c.Content {
		at, _ := slices.BinarySearchFunc(places, p.Start, func(m placed, start int) int { return cmp.Compare(m.Start, start) })
		for ; at < len(places) && places[at].End <= p.End; at++ {
			if looked++; looked > maxMentions || len(near) >= maxPlaces {
				return near
			}
			if !slices.Contains(near, places[at].entity) {
				near = append(near, places[at].entity)
			}
		}
	}
	return near
}

// described returns the names and the countries of places, each once.
func described(near []*ledger.Entity) (placeNames, countries any) {
	if len(near) == 0 {
		return nil, nil
	}
	var all, codes []string
	for _, e := range near {
		if !slices.Contains(all, e.Name) {
			all = append(all, e.Name)
		}
		if e.Place != nil && e.Place.Country != "" && !slices.Contains(codes, e.Place.Country) {
			codes = append(codes, e.Place.Country)
		}
	}
	return known(Join(all)), known(Join(codes))
}

func entities(l *ledger.Ledger) [][]any {
	out := make([][]any, len(l.Entities))
	for i := range l.Entities {
		e := &l.Entities[i]
		lat, lon, country, region, geonames := where(e.Place)
		out[i] = []any{e.ID, string(e.Type), e.Name, known(Join(e.Aliases)), int64(len(e.Mentions)), lat, lon, country, region, geonames}
	}
	return out
}

func where(p *ledger.Place) (lat, lon, country, region, geonames any) {
	if p == nil {
		return nil, nil, nil, nil, nil
	}
	if p.Lat != 0 || p.Lon != 0 { // by the contract of ledger.Place both are 0 where they are unknown
		lat, lon = p.Lat, p.Lon
	}
	if p.GeoNames != 0 {
		geonames = int64(p.GeoNames)
	}
	return lat, lon, known(p.Country), known(p.Region), geonames
}

func dates(l *ledger.Ledger) [][]any {
	out := make([][]any, len(l.Dates))
	for i := range l.Dates {
		d := &l.Dates[i]
		first, last := Days(d.Value)
		out[i] = []any{l.Quote(d.Span), known(d.Value), known(first), known(last)}
	}
	return out
}

func figures(l *ledger.Ledger) [][]any {
	out := make([][]any, len(l.Figures))
	for i := range l.Figures {
		f := &l.Figures[i]
		approximate := int64(0)
		if f.Approximate {
			approximate = 1
		}
		out[i] = []any{l.Quote(f.Span), number(f.Value), number(f.Low), number(f.High), approximate, known(f.Unit), known(f.Of), known(f.Claim), known(f.Incident)}
	}
	return out
}

func incidents(l *ledger.Ledger) [][]any {
	entity := entitiesOf(l)
	out := make([][]any, len(l.Incidents))
	for i := range l.Incidents {
		n := &l.Incidents[i]
		var words, place any
		if len(n.Mentions) > 0 {
			words = l.Quote(n.Mentions[0].Span)
		}
		var at *ledger.Place
		if len(n.Places) > 0 {
			if e := entity[n.Places[0]]; e != nil {
				place, at = known(e.Name), e.Place
			}
		}
		lat, lon, country, _, geonames := where(at)
		first, last := Days(n.Date)
		row := []any{n.ID, string(n.Type), words, known(n.Date), known(first), known(last), place, lat, lon, country, geonames}
		row = append(row, toll(n.Killed)...)
		out[i] = append(row, toll(n.Wounded)...)
	}
	return out
}

func toll(t *ledger.Toll) []any {
	if t == nil {
		return []any{nil, nil, nil}
	}
	return []any{int64(t.Low), int64(t.Best), int64(t.High)}
}

func quoted(l *ledger.Ledger, p *ledger.Piece) any {
	if p == nil {
		return nil
	}
	return l.Quote(p.Span)
}

func known(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func number(x *float64) any {
	if x == nil {
		return nil
	}
	return *x
}
