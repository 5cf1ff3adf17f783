package incidents_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"hearsay/corpus/incidents"
	"hearsay/ledger"
)

func TestRecordsComeBackFromBytes(t *testing.T) {
	want := incidents.Record{Article: "a1", Local: "i2", Also: []string{"i3"}, Published: "2031-05-02", Main: true, Type: ledger.Attack, Date: "2031-05-01",
		Places:    []incidents.Place{{Name: "Torvik", Place: ledger.Place{Lat: 60.5, Lon: -3.25, Country: "NO", Region: "NO-46", GeoNames: 7}}},
		Killed:    &incidents.Count{Low: 2, Best: 3, High: 3, Official: true, Figures: []incidents.Figure{{Value: 3, Low: -1, High: -1, Claim: "c4", Speaker: incidents.Speaker{Name: "police", Naming: ledger.NamingUnnamed, Kind: ledger.KindGovernment}}}},
		ClaimedBy: []incidents.Party{{Name: "Karsh Front", Claim: "c9"}}, BlamedOn: []incidents.Party{{Name: "Coast Brigade", By: "Ema Tolv"}},
		Speakers: []incidents.Speaker{{Name: "Ema Tolv", Naming: ledger.NamingNamed, Kind: ledger.KindPerson}}, Own: true,
		Names: []uint64{3, 9}, Words: []uint32{1, 5}}
	b, err := want.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var got incidents.Record
	if err := got.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	for n := range b {
		if got.UnmarshalBinary(b[:n]) == nil {
			t.Errorf("the first %d of %d bytes are read as a record", n, len(b))
		}
	}
}

func TestOneIncidentInTwoArticles(t *testing.T) {
	of := func(article, published string, killed int) []incidents.Record {
		return []incidents.Record{{Article: article, Local: "i1", Published: published, Main: true, Type: ledger.Attack, Date: "2031-05-01", Words: []uint32{1, 2, 3, 4, 5, 6}, Title: []uint32{1, 2},
			Places: []incidents.Place{{Name: "Torvik", Place: ledger.Place{Country: "NO", Region: "NO-46", GeoNames: 7}}},
			Killed: &incidents.Count{Low: killed, Best: killed, High: killed, Figures: []incidents.Figure{{Value: killed, Low: -1, High: -1}}}}}
	}
	shelf := &incidents.Memory{}
	x := incidents.Index{Shelf: shelf}
	for _, add := range [][]incidents.Record{of("b", "2031-05-03", 4), of("a", "2031-05-02", 3)} {
		if err := x.Add(context.Background(), add[0].Article, add); err != nil {
			t.Fatal(err)
		}
	}
	all := shelf.Incidents()
	if len(all) != 1 {
		t.Fatalf("%d incidents, want 1", len(all))
	}
	n := incidents.Sum(all[0], nil)
	if n.ID != incidents.IDOf("2031-05-02", "a", "i1").String() || n.Killed.Low != 3 || n.Killed.High != 4 || n.Support.Articles != 2 {
		t.Errorf("got %+v", n)
	}
}

// TestOtherMeans holds that a grenade and a car bomb of one day and place are two
// incidents, while one sort of bomb may be reported as another.
func TestOtherMeans(t *testing.T) {
	of := func(article string, kind ledger.IncidentType) *incidents.Record {
		return &incidents.Record{Article: article, Local: "i1", Published: "2031-05-02", Main: true, Type: kind, Date: "2031-05-01", Words: []uint32{1, 2, 3, 4, 5, 6}, Title: []uint32{1, 2},
			Places: []incidents.Place{{Name: "Torvik", Place: ledger.Place{Country: "NO", Region: "NO-46", GeoNames: 7}}}}
	}
	if s := incidents.Score(of("a", ledger.RemoteExplosive), of("b", ledger.Grenade)); s >= incidents.Threshold {
		t.Errorf("a car bomb and a grenade: %.2f", s)
	}
	if s := incidents.Score(of("a", ledger.RemoteExplosive), of("b", ledger.SuicideBomb)); s < incidents.Threshold {
		t.Errorf("a car bomb and a suicide bomb: %.2f", s)
	}
}

// TestTwoDeedsOfOneArticle holds that an article's main incident takes in neither what
// was done with other means nor what somebody claimed.
func TestTwoDeedsOfOneArticle(t *testing.T) {
	text := "A grenade wounded three. A car bomb had killed 14. The Front claimed a shooting."
	at := func(words string) []ledger.Mention {
		i := strings.Index(text, words)
		return []ledger.Mention{{Span: ledger.Span{Start: i, End: i + len(words)}}}
	}
	l := &ledger.Ledger{Document: ledger.Document{Published: "2031-05-02", Text: text},
		Entities: []ledger.Entity{{ID: "e1", Type: ledger.TypeOrganization, Name: "Front"}},
		Incidents: []ledger.Incident{
			{ID: "i1", Type: ledger.Grenade, Date: "2031-05-01", Mentions: at("grenade"), Wounded: &ledger.Toll{Low: 3, Best: 3, High: 3}},
			{ID: "i2", Type: ledger.RemoteExplosive, Mentions: at("car bomb"), Killed: &ledger.Toll{Low: 14, Best: 14, High: 14}},
			{ID: "i3", Type: ledger.Attack, Mentions: at("shooting"), ClaimedBy: []ledger.Party{{Entity: "e1"}}},
		}}
	records := incidents.Records("a", l)
	if len(records) != 3 {
		t.Fatalf("%d records, want 3: %+v", len(records), records)
	}
	if r := records[0]; !r.Main || r.Killed != nil || len(r.ClaimedBy) > 0 {
		t.Errorf("the grenade has %+v, claimed by %v", r.Killed, r.ClaimedBy)
	}
}

func TestMentionedOnly(t *testing.T) {
	r := incidents.Record{Article: "a", Local: "i1", Published: "2031-05-02", Type: ledger.Attack}
	n := incidents.Sum([]incidents.Kept{{Record: &r, ID: r.ID()}}, nil)
	if n.Articles == nil || len(n.Articles) != 0 || len(n.Mentioned) != 1 || n.Support.Origins != 0 {
		t.Errorf("got %+v", n)
	}
}

// TestCopiesCountOnce holds that a copy of an early report does not outdo a later count,
// and that a figure stands by the office that an article gives its speaker.
func TestCopiesCountOnce(t *testing.T) {
	told := func(article, published string, killed int, official bool) incidents.Kept {
		r := &incidents.Record{Article: article, Local: "i1", Published: published, Main: true, Type: ledger.Attack,
			Killed: &incidents.Count{Low: killed, Best: killed, High: killed, Official: official}}
		return incidents.Kept{Record: r, ID: r.ID()}
	}
	members := []incidents.Kept{told("wire", "2031-05-01", 9, true), told("ministry", "2031-05-02", 14, true), told("paper", "2031-05-03", 9, true)}
	origin := func(article string) string {
		if article == "paper" {
			return "wire"
		}
		return article
	}
	if n := incidents.Sum(members, origin); n.Killed.Best != 14 || len(n.Killed.Movement) != 2 {
		t.Errorf("got %+v, want 14 since the second day", n.Killed)
	}

	text := "Ana Tessel counted 14 dead. Oskar Tarn counted 17 dead."
	l := &ledger.Ledger{Document: ledger.Document{Published: "2031-05-02", Text: text},
		Entities: []ledger.Entity{{ID: "e1", Type: ledger.TypePerson, Name: "Ana Tessel", Roles: []string{"health ministry spokeswoman"}},
			{ID: "e2", Type: ledger.TypePerson, Name: "Oskar Tarn", Roles: []string{"former police chief"}}},
		Claims: []ledger.Claim{
			{ID: "c1", Content: []ledger.Piece{{Span: ledger.Span{Start: 11, End: 26}}}, Source: &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{End: 10}}, Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Speaker: "e1"}},
			{ID: "c2", Content: []ledger.Piece{{Span: ledger.Span{Start: 39, End: 54}}}, Source: &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{Start: 28, End: 38}}, Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Speaker: "e2"}}},
		Incidents: []ledger.Incident{{ID: "i1", Type: ledger.Attack, Mentions: []ledger.Mention{{Span: ledger.Span{Start: 22, End: 26}}}, Killed: &ledger.Toll{}}}}
	for claim, want := range map[string]bool{"c1": true, "c2": false} {
		value := 14.0
		l.Figures = []ledger.Figure{{Value: &value, Unit: ledger.UnitKilled, Claim: claim, Incident: "i1"}}
		l.Incidents[0].Killed = &ledger.Toll{Low: 14, Best: 14, High: 14, Figures: []int{0}}
		if r := incidents.Records("a", l); len(r) != 1 || r[0].Killed.Official != want {
			t.Errorf("%s: official %t, want %t", claim, r[0].Killed.Official, want)
		}
	}
}

// TestWhoGivesAFigure holds that who blames somebody for a bomb "that killed 14" is not shown as the
// one who counted, and that those on top of a count are shown as a part.
func TestWhoGivesAFigure(t *testing.T) {
	text := "Rade Velkan blamed the Front for the bomb that killed 14. Two more died."
	fourteen, two := 14.0, 2.0
	l := &ledger.Ledger{Document: ledger.Document{Published: "2031-05-02", Text: text},
		Entities: []ledger.Entity{{ID: "e1", Type: ledger.TypePerson, Name: "Rade Velkan", Roles: []string{"interior minister"}}},
		Claims: []ledger.Claim{{ID: "c1", Content: []ledger.Piece{{Span: ledger.Span{Start: 19, End: 56}}}, Cue: &ledger.Piece{Span: ledger.Span{Start: 12, End: 18}},
			Source: &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{End: 11}}, Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Speaker: "e1"}}},
		Figures:   []ledger.Figure{{Value: &fourteen, Unit: ledger.UnitKilled, Claim: "c1", Incident: "i1"}, {Value: &two, Unit: ledger.UnitKilled, Incident: "i1"}},
		Incidents: []ledger.Incident{{ID: "i1", Type: ledger.Attack, Mentions: []ledger.Mention{{Span: ledger.Span{Start: 37, End: 41}}}, Killed: &ledger.Toll{Low: 14, Best: 14, High: 14, Figures: []int{0, 1}}}}}
	r := incidents.Records("a", l)
	if len(r) != 1 {
		t.Fatalf("%d records, want 1", len(r))
	}
	n := incidents.Sum([]incidents.Kept{{Record: &r[0], ID: r[0].ID()}}, nil)
	if f := n.Killed.Figures; len(f) != 2 || f[0].Speaker != "" || f[0].Part || f[0].Claim != "c1" || !f[1].Part || r[0].Killed.Official {
		t.Errorf("got %+v", f)
	}
}

// TestAnArticleThatTellsOfNoIncident holds that what is only about an incident goes with it,
// whichever comes first, ties nothing together and is no incident of its own.
func TestAnArticleThatTellsOfNoIncident(t *testing.T) {
	text := "The families of Oda Brask and Tarn Hollin, whom the flood of flowers at the Vesselbay mill remembers, thanked the wardens of Lindmere quarry."
	about := incidents.Records("b", &ledger.Ledger{Document: ledger.Document{Published: "2031-05-03", Title: "Vesselbay mill mourns Oda Brask and Tarn Hollin", Text: text},
		Entities: []ledger.Entity{{ID: "e1", Type: ledger.TypePerson, Name: "Oda Brask"}, {ID: "e2", Type: ledger.TypePerson, Name: "Tarn Hollin"},
			{ID: "e3", Type: ledger.TypePlace, Name: "Vesselbay", Mentions: []ledger.Mention{{}}, Place: &ledger.Place{Lat: 60, Lon: 5, Country: "NO", Region: "NO-46", GeoNames: 7}}}})
	if len(about) != 1 || about[0].Tells() || !about[0].Main {
		t.Fatalf("records %+v", about)
	}
	told := about[0]
	told.Article, told.Local, told.Published, told.Type, told.Date = "a", "i1", "2031-05-02", ledger.Attack, "2031-05-01"
	told.Places, told.Around = told.Around, nil
	for _, order := range [][]incidents.Record{{told, about[0]}, {about[0], told}} {
		shelf := &incidents.Memory{}
		x := incidents.Index{Shelf: shelf}
		for _, r := range order {
			must(t, x.Add(context.Background(), r.Article, []incidents.Record{r}))
		}
		all := shelf.Incidents()
		if len(all) != 1 || len(all[0]) != 2 {
			t.Fatalf("incidents %v", all)
		}
		n := incidents.Sum(all[0], nil)
		if n.ID != told.ID().String() || n.Type != ledger.Attack || len(n.Articles) != 2 || n.Support.Origins != 1 {
			t.Errorf("got %+v", n)
		}
		must(t, x.Remove(context.Background(), "a"))
		if all := shelf.Incidents(); len(all) != 0 {
			t.Errorf("incidents that nobody tells of: %v", all)
		}
		if _, err := x.Members(context.Background(), about[0].ID()); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("an incident that nobody tells of: %v", err)
		}
	}
}

func TestSpeakersAreCalledByTheirNames(t *testing.T) {
	for source, want := range map[string]string{
		"The ministry, which had first spoken of 23,": "The ministry",
		"a nurse, who asked not to be named,":         "a nurse",
		"police":                                      "police",
	} {
		text := source + " said that 14 had died."
		value, end := 14.0, len(text)-1
		l := &ledger.Ledger{Document: ledger.Document{Text: text},
			Claims: []ledger.Claim{{ID: "c1", Content: []ledger.Piece{{Span: ledger.Span{Start: end - 16, End: end}}},
				Source: &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{End: len(source)}}, Naming: ledger.NamingUnnamed}}},
			Figures: []ledger.Figure{{Value: &value, Unit: ledger.UnitKilled, Claim: "c1", Incident: "i1"}},
			Incidents: []ledger.Incident{{ID: "i1", Type: ledger.Attack, Mentions: []ledger.Mention{{Span: ledger.Span{Start: end - 4, End: end}}},
				Killed: &ledger.Toll{Low: 14, Best: 14, High: 14, Figures: []int{0}}}}}
		if r := incidents.Records("a", l); len(r) != 1 || r[0].Killed.Figures[0].Speaker.Name != want {
			t.Errorf("%q: got %+v", source, r)
		}
	}
}

// TestAccusersWithoutNames holds that an accusation has its accuser in the words of the article
// where these have no name, and that it has none where the article speaks.
func TestAccusersWithoutNames(t *testing.T) {
	text := "Two officials blamed the Front for the bomb."
	l := &ledger.Ledger{Document: ledger.Document{Text: text},
		Entities: []ledger.Entity{{ID: "e1", Type: ledger.TypeOrganization, Name: "Front"}},
		Claims: []ledger.Claim{{ID: "c1", Content: []ledger.Piece{{Span: ledger.Span{Start: 21, End: 43}}},
			Source: &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{End: 13}}, Naming: ledger.NamingUnnamed}}},
		Incidents: []ledger.Incident{{ID: "i1", Type: ledger.Attack, Mentions: []ledger.Mention{{Span: ledger.Span{Start: 39, End: 43}}}}}}
	for claim, want := range map[string]string{"c1": "Two officials", "": ""} {
		l.Incidents[0].BlamedOn = []ledger.Party{{Entity: "e1", Claim: claim}}
		if r := incidents.Records("a", l); len(r) != 1 || len(r[0].BlamedOn) != 1 || r[0].BlamedOn[0].By != want {
			t.Errorf("by %q: got %+v", want, r)
		}
	}
}
