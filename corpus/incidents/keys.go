package incidents

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"io"
	"slices"
	"strconv"

	"hearsay/ledger"
	"hearsay/text/edtf"
)

// Key is something that two records of one incident are likely to share, and how
// near to one another their days must be for that to mean anything. Of one record no two keys are
// of one Hash.
type Key struct {
	Hash   uint64
	Day    int32 // days since 1970-01-01
	Within int32 // days
}

const (
	aWeek   = 7
	aMonth  = 30
	aSeason = 120
	forLong = 1 << 20 // days

	mostPlaces = 4
	mostNames  = 12
)

// spanBits is how many days are one span, as a power of two.
const spanBits = 6

// anyDay is the span of keys that are found however far away their day is.
const anyDay = -1 << 24

// Span is where the key is kept, so that those of the same weeks lie together and a new record is looked for
// in few places however many there are: some nine weeks in which its Day lies, or the same for all that are found however far away.
func (k Key) Span() int32 {
	if k.Within > aSeason {
		return anyDay
	}
	return k.Day >> spanBits
}

// Spans are the first and the last span of the keys that the key may find.
func (k Key) Spans() (first, last int32) {
	if k.Within > aSeason {
		return anyDay, anyDay
	}
	return (k.Day - k.Within) >> spanBits, (k.Day + k.Within) >> spanBits
}

// Keys returns what the record is to be found by.
func Keys(r *Record) []Key {
	day := Day(r)
	var keys []Key
	add := func(within int32, kind string, parts ...string) {
		h := fnv.New64a()
		io.WriteString(h, kind)
		for _, p := range parts {
			h.Write([]byte{0})
			io.WriteString(h, p)
		}
		keys = append(keys, Key{h.Sum64(), day, within})
	}
	class := string('a' + byte(classOf(r.Type)))
	for _, p := range r.Places[:min(len(r.Places), mostPlaces)] {
		switch {
		case p.Region != "":
			if p.GeoNames != 0 {
				add(aSeason, "place", strconv.Itoa(p.GeoNames))
			}
			add(aSeason, "named", fold(p.Name))
			add(aWeek, "region", class, p.Region)
		case p.Country == "":
			add(aSeason, "named", fold(p.Name))
		default:
			add(aWeek, "country", class, p.Country)
		}
	}
	for _, p := range r.Around[:min(len(r.Around), mostPlaces)] {
		if p.GeoNames != 0 {
			add(aMonth, "place", strconv.Itoa(p.GeoNames))
		}
		add(aMonth, "named", fold(p.Name))
	}
	for _, w := range rareOnes(r.Title) {
		add(aMonth, "word", string(binary.LittleEndian.AppendUint32(nil, w)))
	}
	for _, w := range rareOnes(r.Words) {
		add(aMonth, "word", string(binary.LittleEndian.AppendUint32(nil, w)))
	}
	for _, n := range r.Names[:min(len(r.Names), mostNames)] {
		keys = append(keys, Key{n, day, forLong})
	}
	slices.SortFunc(keys, func(a, b Key) int { return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(b.Within, a.Within)) })
	return slices.CompactFunc(keys, func(a, b Key) bool { return a.Hash == b.Hash })
}

// rareOnes are the rarest words of a list, of equally rare ones those with the least
// hashes, so that two lists that have many in common have some of these in common.
func rareOnes(words []uint32) []uint32 {
	const most = 6
	list := slices.Clone(words)
	slices.SortStableFunc(list, func(a, b uint32) int { return cmp.Compare(rarity(b), rarity(a)) })
	return list[:min(len(list), most)]
}

// Day is the day by which the record is looked up: that of the incident where it is known to a
// month, else that of the article, else 0.
func Day(r *Record) int32 {
	if d := edtf.Parse(r.Date); d.Known && d.Len() <= 31 {
		return d.First + d.Len()/2
	}
	if d := edtf.Parse(r.Published); d.Known {
		return d.First
	}
	return 0
}

// class is a set of types that one incident may be told as.
type class uint8

const (
	violence class = iota
	protests
	disasters
	deals
	custody
	others
)

// classOf is the class of a type.
func classOf(t ledger.IncidentType) class {
	switch t {
	case ledger.ViolentDemo, ledger.PeacefulProtest, ledger.ProtestIntervention, ledger.ForceAgainstProtest:
		return protests
	case ledger.Agreement, ledger.Diplomacy, ledger.NonViolentTransfer, ledger.ChangeToGroup, ledger.HeadquartersFounded:
		return deals
	case ledger.Arrests, ledger.DisruptedWeapons:
		return custody
	case ledger.NaturalDisaster:
		return disasters
	case ledger.OtherIncident, ledger.OrganizedCrime, ledger.PropertyDestruction:
		return others
	default:
		return violence
	}
}
