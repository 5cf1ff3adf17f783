package gazetteer

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// Record is one place as it is written: what Table tells of it.
type Record struct {
	Kind       Kind
	Code       string // of a country its ISO 3166-1 code, of a region what follows "-" in its ISO 3166-2 code
	GeoNames   int
	Lat, Lon   float64
	Population int
	Within     Place // None, a country or a region: one of the first 65,535 records
	County     Place // None or one of the first 65,535 records
}

// Entry is one name of a place.
type Entry struct {
	Key   uint64
	Place Place
	Form  Form
}

// Write writes a Table for Open. Records must be in the order of their
// kinds, of which Country and Region are the first. An entry that differs from
// another in its form alone is dropped for the one with the lower form.
func Write(records []Record, entries []Entry) ([]byte, error) {
	if len(records) > 1<<placeBits {
		return nil, fmt.Errorf("writing a gazetteer: %d places, of which it takes %d", len(records), 1<<placeBits)
	}
	var out, codes, places []byte
	count := [numKinds]int{}
	for i, r := range records {
		if i > 0 && min(r.Kind, County) < min(records[i-1].Kind, County) {
			return nil, fmt.Errorf("writing a gazetteer: place %d is out of order", i)
		}
		count[r.Kind]++
		switch r.Kind {
		case Country:
			if len(r.Code) != 2 {
				return nil, fmt.Errorf("writing a gazetteer: country %d has the code %q", i, r.Code)
			}
			codes = append(codes, r.Code...)
		case Region:
			var code [regionCode]byte
			if copy(code[:], r.Code) != len(r.Code) {
				return nil, fmt.Errorf("writing a gazetteer: region %d has the code %q", i, r.Code)
			}
			codes = append(codes, code[:]...)
		}
		if r.GeoNames < 0 || r.GeoNames >= 1<<24 || r.Within >= none || r.County >= none {
			return nil, fmt.Errorf("writing a gazetteer: place %d does not fit: %+v", i, r)
		}
		places = put24(places, uint32(r.GeoNames))
		places = put24(places, uint32(int32(math.Round(min(r.Lat, 90)*degree))))
		places = put24(places, uint32(int32(math.Round(min(r.Lon, 179.99998)*degree))))
		places = binary.LittleEndian.AppendUint16(places, uint16(r.Within))
		places = binary.LittleEndian.AppendUint16(places, uint16(r.County))
		places = append(places, byte(r.Kind), byte(min(255, math.Round(8*math.Log2(1+float64(r.Population))))))
	}
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Key>>24, b.Key>>24), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Form, b.Form))
	})
	entries = slices.CompactFunc(entries, func(a, b Entry) bool { return a.Key>>24 == b.Key>>24 && a.Place == b.Place })

	out = append(out, magic...)
	for _, n := range []int{len(records), count[Country], count[Region], len(entries)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	at := 0
	for bucket := range uint64(1 << 16) {
		for at < len(entries) && entries[at].Key>>48 < bucket {
			at++
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(at))
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(entries)))
	for _, e := range entries {
		if e.Place < 0 || int(e.Place) >= len(records) || e.Form >= numForms {
			return nil, fmt.Errorf("writing a gazetteer: an entry of place %d in form %d", e.Place, e.Form)
		}
		out = put24(out, uint32(e.Key>>24))
		out = put24(out, uint32(e.Place)|uint32(e.Form)<<placeBits)
	}
	out = append(out, codes...)
	t, err := open(string(append(out, places...)))
	if err != nil {
		return nil, err
	}
	return takeApart(t)
}

func put24(b []byte, v uint32) []byte { return append(b, byte(v), byte(v>>8), byte(v>>16)) }
