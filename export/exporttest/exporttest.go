// Package exporttest makes what the tests of the formats write: an article with
// everything that a ledger may say, texts that a format could trip over, and any number of articles.
package exporttest

import (
	"fmt"
	"strings"

	"hearsay/corpus/incidents"
	"hearsay/export"
	"hearsay/ledger"
)

// text tells of a place and people that do not exist. It has characters of two,
// three and four bytes, what HTML, CSV and JSON have to escape, and two lines.
const text = "A blast at Orvik’s “Skål” café killed 4 on Friday, the harbour master Édna Frølich said 🙂 in a letter.\n" +
	"=Tarn Front= claimed the attack; <b>Minister</b> Ole Brandt blamed the Grey League, which denied it. " +
	"Jon Lie, a baker, was among the wounded. There were, reportedly, 12 wounded. Only traitors \"doubt\" that, Brandt said."

// span finds the first words in text.
func span(words string) ledger.Span {
	i := strings.Index(text, words)
	if i < 0 {
		panic("exporttest: the text does not have " + words)
	}
	return ledger.Span{Start: i, End: i + len(words)}
}

func piece(words string) ledger.Piece { return ledger.Piece{Span: span(words)} }

func pointer[T any](v T) *T { return &v }

// Ledger returns a ledger with one or more of everything.
func Ledger() *ledger.Ledger {
	cue := func(words string) *ledger.Piece { return pointer(piece(words)) }
	sure := &ledger.Certainty{Level: ledger.LevelCertain, Polarity: ledger.Affirmed, Score: 2.5}
	party := func(words, entity, claim, by string) ledger.Party {
		return ledger.Party{Piece: piece(words), Entity: entity, Claim: claim, By: by}
	}
	l := &ledger.Ledger{
		Hearsay: ledger.Version,
		Document: ledger.Document{ID: "orvik-1", URL: "https://orvik.example/a?b=1&c=2", Title: "Blast at a café, \"no\" doubt", Byline: []string{"A. Writer", "B; Writer"},
			Site: "The Orvik Post", Published: "2031-05-03", Language: "en", Text: text},
		Sentences: []ledger.Sentence{{ID: "s1", Span: ledger.Span{Start: 0, End: strings.Index(text, "\n")}}, {ID: "s2", Span: ledger.Span{Start: strings.Index(text, "\n") + 1, End: len(text)}}},
		Claims: []ledger.Claim{
			{ID: "c1", Content: []ledger.Piece{piece("A blast at Orvik’s “Skål” café killed 4 on Friday"), piece("in a letter")}, Sentence: "s1",
				Source: &ledger.Source{Piece: piece("the harbour master Édna Frølich"), Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Entity: "e1", Speaker: "e1"},
				Cue:    cue("said"), Channel: cue("in a letter"), Manner: ledger.MannerIndirect, Certainty: sure, Incident: "i1",
				Worth: ledger.Worth{Checkworthiness: 0.8125, Reasons: []ledger.Reason{ledger.ReasonFigure, ledger.ReasonSource}}},
			{ID: "c2", Content: []ledger.Piece{piece("the attack")}, Sentence: "s2", Incident: "i1", Certainty: sure,
				Source: &ledger.Source{Piece: piece("=Tarn Front="), Kind: ledger.KindGroup, Naming: ledger.NamingNamed, Entity: "e2", Speaker: "e2"}, Cue: cue("claimed")},
			{ID: "c3", Content: []ledger.Piece{piece("the Grey League")}, Sentence: "s2", Incident: "i1", Certainty: sure, Manner: ledger.MannerIndirect,
				Source: &ledger.Source{Piece: piece("Minister</b> Ole Brandt"), Kind: ledger.KindGovernment, Naming: ledger.NamingNamed, Entity: "e3", Speaker: "e3"}, Cue: cue("blamed"),
				Worth: ledger.Worth{Checkworthiness: 0.5, Reasons: []ledger.Reason{ledger.ReasonAccusation}}},
			{ID: "c4", Content: []ledger.Piece{piece("it")}, Sentence: "s2", Certainty: &ledger.Certainty{Level: ledger.LevelCertain, Polarity: ledger.Denied, Score: -3},
				Source: &ledger.Source{Piece: piece("which"), Kind: ledger.KindGroup, Naming: ledger.NamingNamed, Entity: "e4", Speaker: "e4"}, Cue: cue("denied")},
			{ID: "c5", Content: []ledger.Piece{piece("Jon Lie, a baker, was among the wounded")}, Sentence: "s2", Incident: "i1",
				Worth: ledger.Worth{Checkworthiness: 0.1, Reasons: []ledger.Reason{ledger.ReasonPrivate}}},
			{ID: "c6", Content: []ledger.Piece{piece("12 wounded")}, Sentence: "s2", Source: &ledger.Source{Naming: ledger.NamingNone}, Cue: cue("reportedly"), Incident: "i1"},
			{ID: "c7", Content: []ledger.Piece{piece("Only traitors \"doubt\" that")}, Sentence: "s2", Manner: ledger.MannerIndirect,
				Source: &ledger.Source{Piece: piece("Brandt said"), Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Speaker: "e3"}, Cue: cue("blamed")},
		},
		Entities: []ledger.Entity{
			{ID: "e1", Type: ledger.TypePerson, Name: "Édna Frølich", Roles: []string{"harbour master"}, Mentions: []ledger.Mention{{Span: span("Édna Frølich")}}},
			{ID: "e2", Type: ledger.TypeOrganization, Name: "=Tarn Front=", Mentions: []ledger.Mention{{Span: span("=Tarn Front=")}}},
			{ID: "e3", Type: ledger.TypePerson, Name: "Ole Brandt", Aliases: []string{"Brandt"}, Roles: []string{"Minister"}, Mentions: []ledger.Mention{{Span: span("Ole Brandt")}}},
			{ID: "e4", Type: ledger.TypeOrganization, Name: "Grey League", Mentions: []ledger.Mention{{Span: span("Grey League")}, {Span: span("which"), Pronoun: true}}},
			{ID: "e5", Type: ledger.TypePlace, Name: "Orvik", Mentions: []ledger.Mention{{Span: span("Orvik")}},
				Place: &ledger.Place{Lat: 60.5, Lon: -5.25, Country: "NO", Region: "NO-46", GeoNames: 1234567}},
			{ID: "e6", Type: ledger.TypePerson, Name: "Jon Lie", Mentions: []ledger.Mention{{Span: span("Jon Lie")}}},
		},
		Dates: []ledger.Date{{Piece: piece("Friday"), Value: "2031-05-02"}},
		Figures: []ledger.Figure{
			{Piece: piece("4"), Value: pointer(4.0), Unit: ledger.UnitKilled, Claim: "c1", Incident: "i1"},
			{Piece: piece("12 wounded"), Low: pointer(12.0), High: pointer(15.5), Approximate: true, Unit: ledger.UnitWounded, Claim: "c6", Incident: "i1"},
		},
		Incidents: []ledger.Incident{{ID: "i1", Type: ledger.RemoteExplosive, Mentions: []ledger.Mention{{Span: span("blast")}}, Date: "2031-05-02", Places: []string{"e5"},
			Killed: &ledger.Toll{Low: 4, Best: 4, High: 4, Figures: []int{0}}, Wounded: &ledger.Toll{Low: 12, Best: 12, High: 15, Figures: []int{1}},
			Targets:   []ledger.Party{party("café", "", "c1", "e1"), party("Jon Lie", "e6", "c5", "")},
			ClaimedBy: []ledger.Party{party("=Tarn Front=", "e2", "c2", "e2")},
			BlamedOn:  []ledger.Party{party("the Grey League", "e4", "c3", "e3")},
			DeniedBy:  []ledger.Party{party("which", "e4", "c4", "e4")}}},
		Techniques: []ledger.Technique{
			{Span: span("traitors"), Label: ledger.NameCalling, Score: 0.75, Claim: "c7"},
			{Span: span("A blast"), Label: ledger.LoadedLanguage, Score: 0.5},
		},
		Matches: []ledger.Match{{Claim: "c1", Review: ledger.Review{URL: "https://checks.example/1", Publisher: "Orvik Checks", ClaimReviewed: "A blast in Orvik"}, Score: 0.5, Level: ledger.MatchLikely}},
	}
	return l
}

// Article returns Ledger as an article.
func Article() *export.Article {
	l := Ledger()
	return &export.Article{ID: l.Document.ID, Ledger: l}
}

// Incident returns what the article tells of its incident, beside what a second one does.
func Incident() *export.Incident {
	a := Article()
	n := &export.Incident{In: a, First: &a.Ledger.Incidents[0], URL: func(id string) string { return "https://orvik.example/" + id }}
	n.Incident = &incidents.Incident{ID: "00112233445566aa", Type: ledger.RemoteExplosive, Date: "2031-05-02",
		Place:    &incidents.Where{Name: "Orvik", Lat: 60.5, Lon: -5.25, Country: "NO", Region: "NO-46", GeoNames: 1234567},
		Articles: []string{"orvik-1", "wire 2"}, Mentioned: []string{"sha256:00"},
		Killed: &incidents.Toll{Low: 3, Best: 4, High: 4, Figures: []incidents.Statement{{Value: 4, Article: "orvik-1", Claim: "c1", Speaker: "Édna Frølich", Naming: ledger.NamingNamed, Published: "2031-05-03"},
			{Value: 3, Article: "wire 2", Claim: "c9", Naming: ledger.NamingNone}, {Value: 4, Article: "wire 2"}}},
		ClaimedBy: []incidents.Claimant{{Name: "=Tarn Front=", Articles: []string{"orvik-1"}}},
		BlamedOn:  []incidents.Accusation{{Name: "Grey League", By: "Ole Brandt", Articles: []string{"orvik-1"}}, {Name: "Grey League", Articles: []string{"wire 2"}}},
		DeniedBy:  []incidents.Claimant{{Name: "Grey League", Articles: []string{"orvik-1"}}},
		Support:   incidents.Support{Articles: 2, Origins: 2, Speakers: 1}}
	return n
}

// Unlocated returns an incident of which next to nothing is known.
func Unlocated() *export.Incident {
	return &export.Incident{Incident: &incidents.Incident{ID: "00112233445566bb", Type: ledger.NaturalDisaster, Date: "2031-04/2031-05", Articles: []string{}, Mentioned: []string{"wire 2"}}}
}

// Bare returns an article of which nothing is known but a text that is no valid
// UTF-8 and says nothing.
func Bare() *export.Article {
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{Text: "N\xffthing \x00 here."}}
	l.Sentences = []ledger.Sentence{{ID: "s1", Span: ledger.Span{End: len(l.Document.Text)}}}
	l.Claims = []ledger.Claim{{ID: "c1", Sentence: "s1", Content: []ledger.Piece{{Span: ledger.Span{Start: 0, End: 8}}}}}
	return &export.Article{ID: "sha256:00", Ledger: l}
}

// Numbered returns the article over again under another name.
func Numbered(i int) *export.Article {
	a := Article()
	a.ID = fmt.Sprintf("orvik-%d", i)
	a.Ledger.Document.ID = a.ID
	return a
}
