package places_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/places"
	"hearsay/reading/tree"
	"hearsay/text"
)

// read reads a text in which "[type:words]" marks the entities, one for each
// word or words, and returns the ledger.
func read(tb testing.TB, r *places.Reader, marked string) (*text.Doc, *ledger.Ledger) {
	tb.Helper()
	var plain strings.Builder
	l := &ledger.Ledger{Hearsay: ledger.Version}
	byName := map[string]int{}
	for rest := marked; ; {
		before, after, ok := strings.Cut(rest, "[")
		plain.WriteString(before)
		if !ok {
			break
		}
		inside, after, ok := strings.Cut(after, "]")
		kind, words, ok2 := strings.Cut(inside, ":")
		if !ok || !ok2 {
			tb.Fatalf("the marks of %q do not match", marked)
		}
		i, known := byName[words]
		if !known {
			i = len(l.Entities)
			byName[words] = i
			l.Entities = append(l.Entities, ledger.Entity{ID: fmt.Sprintf("e%d", i+1), Type: map[string]ledger.EntityType{"place": ledger.TypePlace,
				"body": ledger.TypeOrganization, "person": ledger.TypePerson}[kind], Name: words})
		}
		e := &l.Entities[i]
		e.Mentions = append(e.Mentions, ledger.Mention{Span: ledger.Span{Start: plain.Len(), End: plain.Len() + len(words)}})
		plain.WriteString(words)
		rest = after
	}
	d := readingtest.Parse(tb, plain.String())
	l.Document.Text = d.Text
	var t tree.Tree
	t.Reset(d)
	r.Read(d, &t, l)
	return d, l
}

// where tells an entity's place in short.
func where(e *ledger.Entity) string {
	if e.Place == nil {
		return string(e.Type)
	}
	if e.Place.Country == "" {
		return "no country"
	}
	return strings.Trim(e.Place.Country+" "+e.Place.Region, " ")
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		text string
		want map[string]string // an entity's name to its country and region
	}{
		{"A ferry sank off [place:Alexandria] in Egypt.", map[string]string{"Alexandria": "EG"}},
		{"The council of [place:Alexandria], Louisiana, met on Monday.", map[string]string{"Alexandria": "US US-LA"}},
		{"The mayor of [place:Springfield], Ill., resigned.", map[string]string{"Springfield": "US US-IL"}},
		{"He was born in [place:Paris], Texas, in 1951.", map[string]string{"Paris": "US US-TX"}},
		{"She lives in [place:Paris] with her sister.", map[string]string{"Paris": "FR"}},
		{"Floods hit the [place:Kerman] region of Iran.", map[string]string{"Kerman": "IR IR-08"}},
		{"The road from [place:Tripoli] to [place:Benghazi] is closed, Libyan officials said.", map[string]string{"Tripoli": "LY"}},
		{"The road from [place:Tripoli] to [place:Sidon] is closed, Lebanese officials said.", map[string]string{"Tripoli": "LB"}},
		{"[place:Georgia] and [place:Armenia] signed the treaty in [place:Tbilisi].", map[string]string{"Georgia": "GE"}},
		{"The storm crossed [place:Georgia] and [place:Alabama] on its way to [place:Atlanta].", map[string]string{"Georgia": "US US-GA"}},
		{"Officials in [place:Washington] spoke with [place:Moscow].", map[string]string{"Washington": "US US-DC"}},
		{"Fires burn in [place:Washington] and [place:Oregon].", map[string]string{"Washington": "US US-WA"}},
		{"Rain fell over [place:northern Syria].", map[string]string{"northern Syria": "SY"}},
		{"Voters in [place:Rapides Parish] chose a sheriff.", map[string]string{"Rapides Parish": "US US-LA"}},
		{"Ships waited in the [place:Red Sea].", map[string]string{"Red Sea": "no country"}},
		{"They met at [place:Quibbleford].", map[string]string{"Quibbleford": "place"}},
		{"The minister flew to [body:Surrey], England, on Monday.", map[string]string{"Surrey": "GB GB-ENG"}},
		{"[body:Rapides Parish] deputies arrested him.", map[string]string{"Rapides Parish": "US US-LA"}},
		{"[person:Austin] said that he was tired.", map[string]string{"Austin": "person"}},
		{"He joined the [body:Rapides Parish Sheriff's Office] in May.", map[string]string{"Rapides Parish Sheriff's Office": "organization", "Rapides Parish": "US US-LA"}},
		{"Snow fell in [person:Barrow], [person:Jackson] and Madison counties, Georgia.", map[string]string{"Barrow": "US US-GA", "Jackson": "US US-GA", "Madison": "US US-GA"}},
		{"The Ohio-based firm gave to Rep. Ann Tamm, R-Texas, in May.", map[string]string{"Ohio": "US US-OH", "Texas": "US US-TX"}},
		{"The Hong Kong-based firm recalled the D-Day landings.", map[string]string{"Hong Kong": "HK"}},
		{"A US soldier was hurt.", map[string]string{"US": "US"}},
		{"He trusts us and the U.S. Open.", map[string]string{}},
	} {
		_, l := read(t, new(places.Reader), c.text)
		got := map[string]string{}
		for i := range l.Entities {
			got[l.Entities[i].Name] = where(&l.Entities[i])
		}
		for name, want := range c.want {
			if have := got[name]; have != want && !(len(want) == 2 && strings.HasPrefix(have, want+" ")) {
				t.Errorf("%s\n%s is in %q, want %q", c.text, name, have, want)
			}
		}
		if len(c.want) == 0 && len(l.Entities) > 0 {
			t.Errorf("%s\nplaces where there are none: %v", c.text, got)
		}
	}
}

func TestCoordinates(t *testing.T) {
	_, l := read(t, new(places.Reader), "The blast shook [place:Kyiv].")
	p := l.Entities[0].Place
	if p == nil || p.Lat < 50.3 || p.Lat > 50.6 || p.Lon < 30.3 || p.Lon > 30.7 || p.GeoNames != 703448 {
		t.Errorf("Kyiv: %+v", p)
	}
	_, l = read(t, new(places.Reader), "They met in [place:Istanbul].")
	if p := l.Entities[0].Place; p == nil || p.GeoNames != 745044 {
		t.Errorf("Istanbul is the province, not the city: %+v", p)
	}
	_, l = read(t, new(places.Reader), "Ships waited in the [place:Red Sea].")
	if p := l.Entities[0].Place; p == nil || p.Country != "" || p.Lat < 15 || p.Lat > 28 {
		t.Errorf("the Red Sea: %+v", p)
	}
}

// TestAnyText reads texts put together at random: spans stay in the text and
// in order, and a Reader that has read others reads as a new one.
func TestAnyText(tb *testing.T) {
	words := []string{"[place:Alexandria]", "[place:Georgia]", "[body:Harl County Police]", "[body:Rapides Parish Police]", "[person:Washington]", "US", "U.S.", ",", "in", "of",
		"the", "Ohio", "La.", "county", "counties", "and", "Clay", "Ohio-based", "D-Ohio", "said", ".", "[place:Lake Quibble]", "[body:Springfield]", "Russian", "[place:U.S.]", "TX", "(", "[place:New York]"}
	var used places.Reader
	rapid.Check(tb, func(t *rapid.T) {
		marked := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(t, "words"), " ")
		d, first := read(tb, new(places.Reader), marked)
		_, second := read(tb, &used, marked)
		if !reflect.DeepEqual(first, second) {
			t.Fatalf("%s\na used reader reads\n%+v, a new one\n%+v", marked, second.Entities, first.Entities)
		}
		seen := map[string]bool{}
		for _, e := range first.Entities {
			if seen[e.ID] || len(e.Mentions) == 0 {
				t.Fatalf("%s\nentity %s has %d mentions or is there twice", marked, e.ID, len(e.Mentions))
			}
			seen[e.ID] = true
			for i, m := range e.Mentions {
				if m.Start < 0 || m.End <= m.Start || m.End > len(d.Text) || i > 0 && m.Start < e.Mentions[i-1].End {
					t.Fatalf("%s\nmention %v of %s is out of place", marked, m, e.Name)
				}
			}
			if p := e.Place; p != nil && (e.Type != ledger.TypePlace || p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180) {
				t.Fatalf("%s\n%s, a %s, is at %+v", marked, e.Name, e.Type, p)
			}
		}
	})
}
