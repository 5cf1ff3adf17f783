package incidents

import (
	_ "embed"
	"encoding/binary"
	"math"

	"hearsay/ledger"
	"hearsay/text/edtf"
)

// Threshold is the least Score at which two records are taken to tell of one incident.
const Threshold = 0.1

// weights are those of the features, a float32 each, in their order. learn/cmd/gathering makes
// them; docs/models.md says of what.
//
//go:embed weights.bin
var weights []byte

// Score says how likely it is that two records tell of one incident, as log odds. It is the
// same with the records exchanged, and depends on nothing but them.
func Score(a, b *Record) float64 {
	if !possible(a, b) {
		return math.Inf(-1)
	}
	s := 0.0
	for _, f := range Features(a, b) {
		s += float64(math.Float32frombits(binary.LittleEndian.Uint32(weights[4*f:])))
	}
	if otherMeans(a.Type, b.Type) {
		s -= byOtherMeans
	}
	if !a.Main || !b.Main {
		s += inPassing
	}
	return s
}

// byOtherMeans is what it counts against two records that one is done with other means
// than the other. The articles that the weights are learned from tell of shootings
// only, and so nothing of this.
const byOtherMeans = 6

// inPassing is what it counts for two records that one of them is of an incident mentioned in passing: few
// words are told of it, which says nothing against it once day and place or a name agree (recalls).
const inPassing = 4

// otherMeans reports whether two types say that different things were used: a grenade is no
// car bomb. First reports take one sort of bomb for another, and one of what comes
// from the air.
func otherMeans(a, b ledger.IncidentType) bool {
	x, y := meansOf(a), meansOf(b)
	return x != 0 && y != 0 && x != y
}

func meansOf(t ledger.IncidentType) int {
	switch t {
	case ledger.RemoteExplosive, ledger.SuicideBomb:
		return 1
	case ledger.AirStrike, ledger.Shelling:
		return 2
	case ledger.Grenade:
		return 3
	case ledger.ChemicalWeapon:
		return 4
	}
	return 0
}

// possible reports whether two records can tell of one incident at all.
func possible(a, b *Record) bool {
	if a.Article == b.Article {
		return false
	}
	if !a.Tells() || !b.Tells() {
		return a.Main && b.Main && a.Tells() != b.Tells()
	}
	if !sameSort(a.Type, b.Type) {
		return false
	}
	return a.Main && b.Main || recalls(a, b)
}

// sameSort reports whether one incident may be told as both types. Where a demonstration turned violent
// or was fired on, reports of it differ.
func sameSort(a, b ledger.IncidentType) bool {
	ca, cb := classOf(a), classOf(b)
	return ca == cb || ca == others || cb == others || ca == violence && bloody(b) || cb == violence && bloody(a)
}

func bloody(t ledger.IncidentType) bool {
	return t == ledger.ViolentDemo || t == ledger.ForceAgainstProtest
}

// recalls reports whether two records, of which one is of an incident mentioned in passing, agree
// in so much that they can be one: little is told of it, so what is told must fit.
func recalls(a, b *Record) bool {
	da, db := edtf.Parse(a.Date), edtf.Parse(b.Date)
	if !da.Known || !db.Known || da.Apart(db) > 1 || min(da.Len(), db.Len()) > 7 {
		return false
	}
	if common(a.Names, b.Names) > 0 {
		return true
	}
	return max(da.Len(), db.Len()) <= 31 && whereOf(a.Places, b.Places) >= 5
}

// The groups of features. Of each group one feature holds of any two records.
const (
	whenGroup = iota
	publishedGroup
	whereGroup
	aroundGroup
	wordsGroup
	ratioGroup
	titleGroup
	namesGroup
	killedGroup
	woundedGroup
	typeGroup
	allGroup
	dayWordsGroup
	groups
)

const perGroup = 128

// NumFeatures is how many features there are.
const NumFeatures = groups * perGroup

// Features are the features that hold of two records.
func Features(a, b *Record) [groups]int {
	var f [groups]int
	when, where, around := whenOf(a, b), whereOf(a.Places, b.Places), aroundOf(a, b)
	both, ofA, ofB := weigh(a.Words, b.Words)
	words := level(both, 1, 7, 14, 21, 28, 40, 60, 90, 140)
	f[whenGroup] = when
	f[publishedGroup] = publishedOf(a, b)
	f[whereGroup] = where
	f[aroundGroup] = around
	f[wordsGroup] = words
	f[ratioGroup] = level(both/max(1, min(ofA, ofB)), 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8)
	title, tA, tB := weigh(a.Title, b.Title)
	if len(a.Title) == 0 || len(b.Title) == 0 {
		f[titleGroup] = 30
	} else {
		f[titleGroup] = level(title, 1, 5, 9, 14, 20, 30)
		if title > 0 {
			f[titleGroup] += 7 * level(title/max(1, min(tA, tB)), 0.3, 0.6)
		}
	}
	switch {
	case len(a.Names) == 0 || len(b.Names) == 0:
	default:
		f[namesGroup] = 1 + min(common(a.Names, b.Names), 3)
	}
	f[killedGroup], f[woundedGroup] = counted(a.Killed, b.Killed), counted(a.Wounded, b.Wounded)
	switch {
	case !a.Tells() || !b.Tells():
		f[typeGroup] = 2
	case classOf(a.Type) != classOf(b.Type):
		f[typeGroup] = 3
	case a.Type != b.Type:
		f[typeGroup] = 1
	}
	near := [...]int{0: 0, 1: 0, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, 7: 3}
	f[allGroup] = (near[min(where, 7)]*4+near[min(around, 7)])*8 + 2*level(both, 14, 28, 60)
	if when == 0 || when == 1 || when == 10 || when == 11 {
		f[allGroup]++
	}
	// Where both give a day, how far they are apart by how much else they have in common.
	if when < 10 {
		f[dayWordsGroup] = 1 + (min(when, 3)*5+level(both, 21, 35, 60, 90))*2
		if f[namesGroup] > 1 {
			f[dayWordsGroup]++
		}
	}
	for g := range f {
		f[g] += g * perGroup
	}
	return f
}

// level is in which of the stretches between the bounds a value lies.
func level(v float64, bounds ...float64) int {
	for i, b := range bounds {
		if v < b {
			return i
		}
	}
	return len(bounds)
}

// dated is the stretch of days that a record gives for its incident, if it is a short one.
func dated(r *Record) (d edtf.Days, short bool) {
	d = edtf.Parse(r.Date)
	return d, d.Known && d.Len() <= 7
}

// whenOf compares the days of two incidents, and where one gives none the day of its article.
func whenOf(a, b *Record) int {
	da, okA := dated(a)
	db, okB := dated(b)
	pa, pb := edtf.Parse(a.Published), edtf.Parse(b.Published)
	switch {
	case okA && okB:
		return level(float64(da.Apart(db)), 1, 2, 4, 8, 32)
	case okB:
		da, db, pb, okA = db, da, pa, true
		fallthrough
	case okA && pb.Known:
		if db.Known && !db.Covers(da) {
			return 18 // of another month or year
		}
		return 10 + level(float64(pb.First-da.First), -1, 2, 5, 15, 61)
	case pa.Known && pb.Known:
		return 20 + level(math.Abs(float64(pa.First-pb.First)), 1, 2, 4, 8, 32)
	}
	return 30
}

func publishedOf(a, b *Record) int {
	pa, pb := edtf.Parse(a.Published), edtf.Parse(b.Published)
	if !pa.Known || !pb.Known {
		return 0
	}
	// What was published before the other's incident cannot tell of it.
	early := 0
	if da, ok := dated(a); ok && pb.Last < da.First-1 {
		early = 10
	}
	if db, ok := dated(b); ok && pa.Last < db.First-1 {
		early = 10
	}
	return early + 1 + level(math.Abs(float64(pa.First-pb.First)), 1, 2, 4, 8, 32, 366)
}

// whereOf compares the places of two incidents: from 7, the same, to 2, elsewhere; 1 and 0 where
// one or both are unknown.
func whereOf(a, b []Place) int {
	if len(a) == 0 || len(b) == 0 {
		if len(a) == len(b) {
			return 0
		}
		return 1
	}
	best := 2
	for i := range a {
		for j := range b {
			best = max(best, alike(&a[i], &b[j]))
		}
	}
	return best
}

// alike compares two places, as whereOf does.
func alike(a, b *Place) int {
	exact := a.Region != "" && b.Region != "" && a.GeoNames != 0 && b.GeoNames != 0
	switch {
	case fold(a.Name) == fold(b.Name) && (a.Country == "" || b.Country == "" || a.Region == b.Region) && (a.Region != "" || a.Country == ""):
		return 7
	case exact && a.GeoNames == b.GeoNames:
		return 7
	case exact && (a.Lat != 0 || a.Lon != 0) && (b.Lat != 0 || b.Lon != 0):
		switch km := kilometres(&a.Place, &b.Place); {
		case km < 12:
			return 6
		case km < 40:
			return 5
		case a.Region == b.Region:
			return 4
		}
		return 2
	case a.Region != "" && b.Region != "" && a.Region != b.Region || a.Country != "" && b.Country != "" && a.Country != b.Country:
		return 2
	case a.Region != "" && a.Region == b.Region:
		return 4
	}
	return 3
}

// aroundOf compares the places that two articles name at all.
func aroundOf(a, b *Record) int {
	return max(whereOf(a.Places, b.Around), whereOf(a.Around, b.Places), whereOf(a.Around, b.Around))
}

// counted compares how many two records tell of.
func counted(a, b *Count) int {
	if a == nil || b == nil {
		if a == b {
			return 0
		}
		return 1
	}
	switch gap := max(a.Best-b.Best, b.Best-a.Best); {
	case gap == 0:
		return 2 + level(float64(a.Best), 1, 2, 3, 5, 10)
	case gap == 1:
		return 8 + level(float64(min(a.Best, b.Best)), 1, 2, 5)
	case a.Low <= b.High && b.Low <= a.High:
		return 12
	}
	return 13
}

// kilometres is how far two places are from one another on the great circle.
func kilometres(a, b *ledger.Place) float64 {
	const radius, rad = 6371, math.Pi / 180
	sinLat, sinLon := math.Sin((b.Lat-a.Lat)*rad/2), math.Sin((b.Lon-a.Lon)*rad/2)
	h := sinLat*sinLat + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*sinLon*sinLon
	return 2 * radius * math.Asin(math.Sqrt(min(h, 1)))
}

// common counts what two lists in order share.
func common(a, b []uint64) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
