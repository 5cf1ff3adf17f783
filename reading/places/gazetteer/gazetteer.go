// Package gazetteer knows the places of the earth by their names: countries,
// their first-level regions, counties, towns of 1,000 people and more, seas,
// mountains and regions of the world, and the words for their inhabitants.
//
// The table holds no names, only hashes of 40 bits of them: a name that is not
// in it is taken for one that is about once in four million look-ups.
package gazetteer

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sync"

	"hearsay/packed"
	"hearsay/reading/lexicon"
	"hearsay/text"
)

// Kind is what sort of place a place is.
type Kind uint8

// The kinds of place.
const (
	Country   Kind = iota
	Region         // a first-level part of a country: a state, a province
	County         // a second-level part: a county, a district
	Continent      // or a part of the earth that is none: "Eurasia"
	Area           // any other region, island or desert
	Water          // a sea, a strait, a lake
	River
	Mountain // or a range of them
	Capital  // of a country
	Seat     // the capital of a region
	Town
	Section // a part of a town
	numKinds
)

// Populated reports whether k is a town or a part of one.
func (k Kind) Populated() bool { return k >= Capital }

// Form is how a name names a place.
type Form uint8

// The forms of a name.
const (
	Name         Form = iota
	Alternate         // another name, most of them rare or foreign
	Short             // a county's name without the word for it: "Harris"
	Abbreviation      // "Calif.", "TX"
	Adjective         // "Turkish", "Muscovite"; the inhabitant too
	Inhabitants       // their plural: "Muscovites"
	numForms
)

// Place is one place, the zero Place a country; places of one kind stand
// together, and towns in the order of their size.
type Place int32

// None is no place.
const None Place = -1

// Hit is one place that a name can mean.
type Hit struct {
	Place Place
	Form  Form
}

// Hits are the places that one name can mean, the largest town first among
// towns. The zero Hits is empty.
type Hits struct {
	entries string
}

// Len is how many there are.
func (h Hits) Len() int { return len(h.entries) / entrySize }

// At returns the i-th.
func (h Hits) At(i int) Hit {
	e := uint32(h.entries[i*entrySize+3]) | uint32(h.entries[i*entrySize+4])<<8 | uint32(h.entries[i*entrySize+5])<<16
	return Hit{Place(e & (1<<placeBits - 1)), Form(e >> placeBits)}
}

// The layout of a table in memory, little-endian:
//
//	magic "HGZ1"  places u32  countries u32  regions u32  entries u32
//	directory: 65,537 × u32, the first entry of each value of a key's top 16 bits
//	entries × { the next 24 bits of the key, place u18 form u6 }, ordered by key, then place
//	codes: countries × 2 bytes, then regions × 3 bytes padded with zeros, the part of ISO 3166-2 after "-"
//	places × { GeoNames id u24, latitude i24, longitude i24, region u16, county u16, kind u8, population u8 }
//
// Coordinates are in 180 degrees over 2^23. Region is the place that a place
// lies in, a region or else a country; county the county. 65,535 is none.
// Population is 8·log2(1+people). Countries come first, then regions.
const (
	magic      = "HGZ1"
	headerSize = 20
	dirSize    = (1<<16 + 1) * 4
	entrySize  = 6
	placeSize  = 15
	placeBits  = 18
	regionCode = 3
	none       = 1<<16 - 1
	degree     = (1 << 23) / 180.0
)

// Table is an opened gazetteer. It may be used by many goroutines at once.
type Table struct {
	directory, entries, places string
	countryCodes, regionCodes  string
}

//go:embed gazetteer.bin
var embedded []byte

// Default returns the gazetteer that comes with the program.
var Default = sync.OnceValues(func() (*Table, error) {
	data, err := packed.Read(embedded)
	if err != nil {
		return nil, fmt.Errorf("opening the gazetteer: %w", err)
	}
	return Open(data)
})

// Open makes a Table of what Write wrote.
func Open(data string) (*Table, error) {
	table, err := putTogether(data)
	if err != nil {
		return nil, err
	}
	return open(table)
}

// open makes a Table of its bytes, which it keeps.
func open(data string) (*Table, error) {
	if len(data) < headerSize || data[:4] != magic {
		return nil, fmt.Errorf("opening a gazetteer: not one of version %s", magic)
	}
	head := func(i int) int { return int(binary.LittleEndian.Uint32([]byte(data[4+4*i : 8+4*i]))) }
	places, countries, regions, entries := head(0), head(1), head(2), head(3)
	want := headerSize + dirSize + entries*entrySize + countries*2 + regions*regionCode + places*placeSize
	if len(data) != want || countries+regions > places || places > 1<<placeBits {
		return nil, fmt.Errorf("opening a gazetteer: %d bytes where its header calls for %d", len(data), want)
	}
	rest := data[headerSize:]
	cut := func(n int) string {
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	t := &Table{directory: cut(dirSize), entries: cut(entries * entrySize), countryCodes: cut(countries * 2),
		regionCodes: cut(regions * regionCode)}
	t.places = rest
	if int(u32(t.directory, 1<<16)) != entries {
		return nil, fmt.Errorf("opening a gazetteer: its directory does not end with its entries")
	}
	return t, nil
}

// Key is the key of the name that is the words of r.
func Key(d *text.Doc, r text.Range) uint64 {
	k := uint64(0)
	for i := r.First; i < r.End; i++ {
		k = lexicon.Sequence(k, d.Tokens[i].Lower)
	}
	return k
}

// Find returns what the name with that key can mean: Key, or
// lexicon.Sequence over the hashes of its words in lower case.
func (t *Table) Find(key uint64) Hits {
	bucket := int(key >> 48)
	check := uint32(key>>24) & (1<<24 - 1)
	first, end := int(u32(t.directory, bucket)), int(u32(t.directory, bucket+1))
	for first < end && u24(t.entries, first*entrySize) < check {
		first++
	}
	last := first
	for last < end && u24(t.entries, last*entrySize) == check {
		last++
	}
	return Hits{t.entries[first*entrySize : last*entrySize]}
}

// Len is the number of places.
func (t *Table) Len() int { return len(t.places) / placeSize }

// Areas is the number of countries and regions: they are the first Places.
func (t *Table) Areas() int { return len(t.countryCodes)/2 + len(t.regionCodes)/regionCode }

// Kind says what sort of place p is.
func (t *Table) Kind(p Place) Kind { return Kind(t.places[int(p)*placeSize+13]) }

// Population is about how many people live in p, 0 where that is not known; of
// a sea or a mountain, how large a town is about as well known.
func (t *Table) Population(p Place) float64 { return math.Exp2(float64(t.Size(p))/8) - 1 }

// Size is 8·log2(1+people), 0 where that is not known.
func (t *Table) Size(p Place) int { return int(t.places[int(p)*placeSize+14]) }

// At returns p's latitude and longitude in degrees (WGS 84): of a wide place
// those of a point near its middle.
func (t *Table) At(p Place) (lat, lon float64) {
	return coordinate(u24(t.places, int(p)*placeSize+3)), coordinate(u24(t.places, int(p)*placeSize+6))
}

// GeoNames is p's id in GeoNames, 0 where it is not known.
func (t *Table) GeoNames(p Place) int { return int(u24(t.places, int(p)*placeSize)) }

// Within returns the region p lies in, or else its country; None for a
// country and for what lies in several.
func (t *Table) Within(p Place) Place { return t.link(p, 9) }

// County returns the county p lies in, or None.
func (t *Table) County(p Place) Place { return t.link(p, 11) }

// Country returns the country p is or lies in, or None.
func (t *Table) Country(p Place) Place {
	for p != None && t.Kind(p) != Country {
		p = t.Within(p)
	}
	return p
}

// Region returns the region p is or lies in, or None.
func (t *Table) Region(p Place) Place {
	for p != None && t.Kind(p) != Region {
		p = t.Within(p)
	}
	return p
}

// CountryCode is the ISO 3166-1 code of the country p is or lies in, "" for none.
func (t *Table) CountryCode(p Place) string {
	c := t.Country(p)
	if c == None {
		return ""
	}
	return t.countryCodes[2*c : 2*c+2]
}

// RegionCode is the ISO 3166-2 code of the region p is or lies in, "" where it is not known.
func (t *Table) RegionCode(p Place) string {
	r := t.Region(p)
	if r == None {
		return ""
	}
	at := (int(r) - len(t.countryCodes)/2) * regionCode
	code := t.regionCodes[at : at+regionCode]
	for len(code) > 0 && code[len(code)-1] == 0 {
		code = code[:len(code)-1]
	}
	if code == "" {
		return ""
	}
	return t.CountryCode(r) + "-" + code
}

// Nationality returns the country whose adjective or inhabitant the word with
// that hash (text.Hash of its lower-case form) is, or None.
func (t *Table) Nationality(word uint32) Place {
	hits := t.Find(lexicon.Sequence(0, word))
	for i := range hits.Len() {
		if h := hits.At(i); h.Form >= Adjective && t.Kind(h.Place) == Country {
			return h.Place
		}
	}
	return None
}

func (t *Table) link(p Place, at int) Place {
	v := Place(u16(t.places, int(p)*placeSize+at))
	if v == none {
		return None
	}
	return v
}

func u32(s string, i int) uint32 {
	return uint32(s[4*i]) | uint32(s[4*i+1])<<8 | uint32(s[4*i+2])<<16 | uint32(s[4*i+3])<<24
}

func u16(s string, at int) uint16 { return uint16(s[at]) | uint16(s[at+1])<<8 }

func u24(s string, at int) uint32 { return uint32(s[at]) | uint32(s[at+1])<<8 | uint32(s[at+2])<<16 }

// coordinate makes degrees of 24 bits with a sign, to four decimals.
func coordinate(v uint32) float64 {
	return math.Round(float64(int32(v<<8)>>8)/degree*1e4) / 1e4
}
