package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hearsay/article"
	"hearsay/ledger"
)

var (
	speakers = []string{"Mara Lind", "Tobin Hask", "Ilse Varga-Rohn", "Council of Oster Fell", "Harbour Guild", "Émile Quent"}
	towns    = []string{"Oster Fell", "Brindle Bay", "Karsk", "Upper Wend", "São Tarn"}
	deeds    = []string{"the bridge was closed", "two ferries collided", "shells hit the mill", "the strikers marched", "a grenade went off", "nobody was hurt"}
	cues     = []string{"said", "denied", "claimed", "warned"}
	types    = []ledger.IncidentType{ledger.Attack, ledger.Grenade, ledger.PeacefulProtest, ledger.ManMadeDisaster}
	levels   = []ledger.Level{ledger.LevelCertain, ledger.LevelProbable, ledger.LevelPossible, ledger.LevelUnknown}
)

// Random returns an invented article of some sentences and a ledger of it that
// Validate accepts. What it returns depends on r and sentences only.
func Random(r *rand.Rand, id string, sentences int) (*article.Article, *ledger.Ledger) {
	a := &article.Article{
		ID:        id,
		Title:     fmt.Sprintf("News from %s, %d", towns[r.IntN(len(towns))], r.IntN(1000)),
		Byline:    []string{"Nell Ardane", "Ossip Brack"},
		Site:      "The Wend Courier",
		Published: fmt.Sprintf("20%02d-%02d-%02d", 10+r.IntN(15), 1+r.IntN(12), 1+r.IntN(28)),
		Language:  "en",
	}
	l := &ledger.Ledger{Hearsay: ledger.Version}
	entity := make(map[string]int)
	mention := func(name string, t ledger.EntityType, start int) *ledger.Entity {
		at, ok := entity[name]
		if !ok {
			at = len(l.Entities)
			entity[name] = at
			l.Entities = append(l.Entities, ledger.Entity{ID: fmt.Sprintf("e%d", at+1), Type: t, Name: name})
			if t == ledger.TypePlace {
				l.Entities[at].Place = &ledger.Place{Lat: 10.5, Lon: float64(len(name)), Country: "SE", GeoNames: 1000 + len(name)}
			}
		}
		e := &l.Entities[at]
		e.Mentions = append(e.Mentions, ledger.Mention{Span: ledger.Span{Start: start, End: start + len(name)}})
		return e
	}
	var b strings.Builder
	piece := func(s string) ledger.Piece {
		p := ledger.Piece{Span: ledger.Span{Start: b.Len(), End: b.Len() + len(s)}}
		b.WriteString(s)
		return p
	}
	for i := range sentences {
		start := b.Len()
		c := ledger.Claim{ID: fmt.Sprintf("c%d", i+1), Sentence: fmt.Sprintf("s%d", i+1),
			Certainty: &ledger.Certainty{Level: levels[r.IntN(len(levels))], Polarity: ledger.Affirmed, Score: 0}}
		if c.Certainty.Level != ledger.LevelUnknown {
			c.Certainty.Score = 1.5
		}
		if who := speakers[r.IntN(len(speakers))]; r.IntN(3) > 0 {
			e := mention(who, ledger.TypePerson, b.Len())
			c.Source = &ledger.Source{Piece: piece(who), Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Entity: e.ID, Speaker: e.ID}
			b.WriteString(" ")
			cue := piece(cues[r.IntN(len(cues))])
			c.Cue, c.Manner = &cue, ledger.MannerIndirect
			b.WriteString(" that ")
		}
		from := b.Len()
		count := piece(fmt.Sprint(1 + r.IntN(90)))
		b.WriteString(" people saw how ")
		deed := piece(deeds[r.IntN(len(deeds))])
		b.WriteString(" in ")
		town := towns[r.IntN(len(towns))]
		place := mention(town, ledger.TypePlace, b.Len())
		b.WriteString(town)
		c.Content = []ledger.Piece{{Span: ledger.Span{Start: from, End: b.Len()}}}
		b.WriteString(" on ")
		day := piece("Friday")
		b.WriteString(".")
		l.Sentences = append(l.Sentences, ledger.Sentence{ID: c.Sentence, Span: ledger.Span{Start: start, End: b.Len()}})
		b.WriteString("\n")
		l.Dates = append(l.Dates, ledger.Date{Piece: day, Value: a.Published})
		if r.IntN(3) == 0 {
			c.Incident = fmt.Sprintf("i%d", len(l.Incidents)+1)
			l.Incidents = append(l.Incidents, ledger.Incident{ID: c.Incident, Type: types[r.IntN(len(types))], Date: a.Published,
				Mentions: []ledger.Mention{{Span: deed.Span}}, Places: []string{place.ID}})
		}
		value := 1.0
		l.Figures = append(l.Figures, ledger.Figure{Piece: count, Value: &value, Unit: ledger.UnitCount, Of: "people", Claim: c.ID, Incident: c.Incident})
		l.Claims = append(l.Claims, c)
	}
	a.Text = b.String()
	l.Document = ledger.Document{ID: a.ID, URL: a.URL, Title: a.Title, Byline: a.Byline, Site: a.Site, Published: a.Published, Language: a.Language, Text: a.Text}
	return a, l
}
