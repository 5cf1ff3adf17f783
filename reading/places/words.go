package places

import (
	"strings"

	"hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// Sets of kinds that a word for a sort of place leaves open.
const (
	towns   = 1<<gazetteer.Capital | 1<<gazetteer.Seat | 1<<gazetteer.Town | 1<<gazetteer.Section
	regions = 1<<gazetteer.Region | 1<<gazetteer.County | 1<<gazetteer.Area
	waters  = 1<<gazetteer.Water | 1<<gazetteer.River
)

// sorts are words for sorts of places that stand beside names, by the hash of
// their lower-case form.
var sorts = hashed(map[string]kinds{
	"city town village township municipality suburb hamlet capital": towns,
	"neighborhood neighbourhood":                                    1 << gazetteer.Section,
	"province region state governorate oblast prefecture territory republic krai canton department autonomous": regions,
	"district county parish borough co co.": 1<<gazetteer.County | 1<<gazetteer.Region | towns,
	"metro":                                 towns,
	"valley area island islands peninsula":  0,
	"sea ocean river lake strait gulf":      waters,
	"mountain mountains mount mt.":          1 << gazetteer.Mountain,
})

// parts are words before or after a name for the part of a place that is meant.
var parts = hashed(map[string]bool{`the northern southern eastern western central north south east west northeast northwest southeast southwest
	northeastern northwestern southeastern southwestern north-east north-west south-east south-west north-eastern north-western
	south-eastern south-western downtown uptown midtown greater rural upper lower mid mainland occupied inner outer old suburban
	nearby neighboring neighbouring central- war-torn modern-day`: true})

func hashed[V any](words map[string]V) map[uint32]V {
	out := map[uint32]V{}
	for list, v := range words {
		for w := range strings.FieldsSeq(list) {
			out[text.Hash(w)] = v
		}
	}
	return out
}
