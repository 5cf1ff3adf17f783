package gazetteer_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"hearsay/reading/lexicon"
	"hearsay/reading/places/gazetteer"
	"hearsay/text"
)

func open(tb testing.TB) *gazetteer.Table {
	tb.Helper()
	t, err := gazetteer.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func find(t *gazetteer.Table, name string) gazetteer.Hits {
	var d text.Doc
	d.Reset(name)
	d.Segment()
	return t.Find(gazetteer.Key(&d, text.Range{End: int32(len(d.Tokens))}))
}

// TestNames looks well-known names up: one of the places that the name can
// mean must be of that kind, in that country, near there.
func TestNames(t *testing.T) {
	table := open(t)
	for _, c := range []struct {
		name, country, region string
		kind                  gazetteer.Kind
		form                  gazetteer.Form
		lat, lon              float64
	}{
		{"Kyiv", "UA", "", gazetteer.Capital, gazetteer.Name, 50.45, 30.52},
		{"Kiev", "UA", "", gazetteer.Capital, gazetteer.Name, 50.45, 30.52},
		{"MOSCOW", "RU", "RU-MOW", gazetteer.Capital, gazetteer.Name, 55.75, 37.62},
		{"Muscovites", "RU", "RU-MOW", gazetteer.Capital, gazetteer.Inhabitants, 55.75, 37.62},
		{"Alexandria", "US", "US-LA", gazetteer.Town, gazetteer.Name, 31.31, -92.45},
		{"Rapides Parish", "US", "US-LA", gazetteer.County, gazetteer.Name, 31.2, -92.5},
		{"Turkish", "TR", "", gazetteer.Country, gazetteer.Adjective, 39, 35},
		{"Afghans", "AF", "", gazetteer.Country, gazetteer.Inhabitants, 33, 66},
		{"Ivory Coast", "CI", "", gazetteer.Country, gazetteer.Name, 8, -5.5},
		{"Burma", "MM", "", gazetteer.Country, gazetteer.Name, 21, 96},
		{"the Netherlands", "NL", "", gazetteer.Country, gazetteer.Name, 52.25, 5.75},
		{"U.S.", "US", "", gazetteer.Country, gazetteer.Name, 39.76, -98.5},
		{"Calif.", "US", "US-CA", gazetteer.Region, gazetteer.Abbreviation, 37.25, -119.75},
		{"W.Va.", "US", "US-WV", gazetteer.Region, gazetteer.Abbreviation, 38.5, -80.5},
		{"St. Petersburg", "RU", "RU-SPE", gazetteer.Seat, gazetteer.Name, 59.94, 30.31},
		{"Kerman", "IR", "IR-08", gazetteer.Region, gazetteer.Name, 29.5, 57.5},
		{"Middle East", "", "", gazetteer.Area, gazetteer.Name, 29.3, 42.5},
		{"Gaza Strip", "PS", "", gazetteer.Region, gazetteer.Name, 31.4, 34.4},
		{"Red Sea", "", "", gazetteer.Water, gazetteer.Name, 20, 38},
		{"Africa", "", "", gazetteer.Continent, gazetteer.Name, 7, 21},
	} {
		hits := find(table, c.name)
		found := false
		for i := range hits.Len() {
			h := hits.At(i)
			lat, lon := table.At(h.Place)
			found = found || table.CountryCode(h.Place) == c.country && table.Kind(h.Place) == c.kind && h.Form == c.form &&
				(c.region == "" || table.RegionCode(h.Place) == c.region) && math.Abs(lat-c.lat) < 1 && math.Abs(lon-c.lon) < 1.5
			t.Logf("%s: %+v %s %s kind %d at %.2f %.2f, %.0f people, GeoNames %d", c.name, h, table.CountryCode(h.Place), table.RegionCode(h.Place), table.Kind(h.Place),
				lat, lon, table.Population(h.Place), table.GeoNames(h.Place))
		}
		if !found {
			t.Errorf("%s: none of %d places is the one in %s %s", c.name, hits.Len(), c.country, c.region)
		}
	}
}

func TestWordsThatNameNoPlace(t *testing.T) {
	table := open(t)
	for _, name := range []string{"", "Quibbleford-on-Nothing", "Ministry of Harbours", "Tuesday"} {
		if hits := find(table, name); hits.Len() > 0 {
			t.Errorf("%q is found: %+v", name, hits.At(0))
		}
	}
}

func TestNationality(t *testing.T) {
	table := open(t)
	for word, want := range map[string]string{"russian": "RU", "afghans": "AF", "dutch": "NL", "french": "FR", "georgian": "GE", "texan": "", "harbour": ""} {
		if got := table.CountryCode(table.Nationality(text.Hash(word))); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}

// TestEveryPlaceIsSound walks the whole table.
func TestEveryPlaceIsSound(t *testing.T) {
	table := open(t)
	for p := range gazetteer.Place(table.Len()) {
		lat, lon := table.At(p)
		if math.Abs(lat) > 90 || math.Abs(lon) > 180 {
			t.Fatalf("place %d is at %v, %v", p, lat, lon)
		}
		kind, within, county := table.Kind(p), table.Within(p), table.County(p)
		if kind > gazetteer.Section || kind == gazetteer.Country != (table.Country(p) == p) {
			t.Fatalf("place %d is of kind %d in country %d", p, kind, table.Country(p))
		}
		if within >= p || county >= p || within != gazetteer.None && table.Kind(within) > gazetteer.Region ||
			county != gazetteer.None && table.Kind(county) != gazetteer.County {
			t.Fatalf("place %d of kind %d lies in %d, %d", p, kind, within, county)
		}
		if kind.Populated() && (table.CountryCode(p) == "" || table.GeoNames(p) == 0) {
			t.Fatalf("town %d has country %q and id %d", p, table.CountryCode(p), table.GeoNames(p))
		}
	}
}

// TestWrittenIsRead writes any few places with names and reads them back.
func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := []gazetteer.Record{
			{Kind: gazetteer.Country, Code: "QZ", Lat: 10, Lon: 20, Within: gazetteer.None, County: gazetteer.None},
			{Kind: gazetteer.Region, Code: "AB", Lat: 11, Lon: 21, Within: 0, County: gazetteer.None},
			{Kind: gazetteer.County, GeoNames: 7, Lat: 11.5, Lon: -179, Within: 1, County: gazetteer.None},
		}
		for range rapid.IntRange(0, 20).Draw(t, "towns") {
			records = append(records, gazetteer.Record{
				Kind:       gazetteer.Kind(rapid.IntRange(int(gazetteer.Capital), int(gazetteer.Section)).Draw(t, "kind")),
				GeoNames:   rapid.IntRange(0, 1<<24-1).Draw(t, "id"),
				Lat:        rapid.Float64Range(-90, 90).Draw(t, "lat"),
				Lon:        rapid.Float64Range(-180, 180).Draw(t, "lon"),
				Population: rapid.IntRange(0, 40_000_000).Draw(t, "people"),
				Within:     gazetteer.Place(rapid.IntRange(-1, 1).Draw(t, "within")),
				County:     rapid.SampledFrom([]gazetteer.Place{gazetteer.None, 2}).Draw(t, "county"),
			})
		}
		words := rapid.SliceOf(rapid.Uint32Range(0, 6)).Draw(t, "names")
		type pair struct {
			key   uint64
			place gazetteer.Place
		}
		want := map[pair]bool{}
		var entries []gazetteer.Entry
		for i, w := range words {
			e := gazetteer.Entry{Key: lexicon.Sequence(0, w+1), Place: gazetteer.Place(i % len(records)), Form: gazetteer.Alternate}
			entries = append(entries, e)
			want[pair{e.Key, e.Place}] = true
		}
		data, err := gazetteer.Write(records, entries)
		if err != nil {
			t.Fatal(err)
		}
		table, err := gazetteer.Open(string(data))
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range records {
			p := gazetteer.Place(i)
			lat, lon := table.At(p)
			if table.Kind(p) != r.Kind || table.GeoNames(p) != r.GeoNames || table.Within(p) != r.Within || table.County(p) != r.County ||
				math.Abs(lat-r.Lat) > 1e-4 || math.Abs(lon-r.Lon) > 1e-4 || math.Abs(math.Log2((1+table.Population(p))/float64(1+r.Population))) > 0.1 {
				t.Fatalf("place %d was %+v and is %d %v,%v in %d of %v", i, r, table.GeoNames(p), lat, lon, table.Within(p), table.Population(p))
			}
		}
		found := 0
		for w := range uint32(8) {
			key := lexicon.Sequence(0, w)
			hits := table.Find(key)
			for i := range hits.Len() {
				found++
				if h := hits.At(i); !want[pair{key, h.Place}] || h.Form != gazetteer.Alternate {
					t.Fatalf("word %d names %+v", w, h)
				}
			}
		}
		if found != len(want) {
			t.Fatalf("%d names found of %d", found, len(want))
		}
		if _, err := gazetteer.Open(string(data[:rapid.IntRange(0, len(data)-1).Draw(t, "cut")])); err == nil {
			t.Fatal("a table cut short is opened")
		}
	})
}

func BenchmarkFind(b *testing.B) {
	t, err := gazetteer.Default()
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for i := 0; b.Loop(); i++ {
		n += t.Find(lexicon.Sequence(0, uint32(i)*2654435761)).Len()
	}
	b.ReportMetric(float64(n)/float64(b.N), "hits/op")
}
