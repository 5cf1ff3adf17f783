// Package incidents gathers what several articles tell of one incident and sums
// it up: every figure with who gives it, who claims the deed, on whom it is
// blamed and by whom, and on how many independent origins the account stands.
//
// Each incident of an article's ledger is a [Record]. An [Index] ties each record
// to the one before it, in an order of all records that does not depend on when they
// came, that most likely tells of the same incident ([Score]); the trees that
// arise are the incidents. That is the "best antecedent" of coreference resolution (Ng
// and Cardie 2002) over articles instead of mentions, among the records that share a
// key ([Keys]). [Sum] makes an [Incident] of the records of a tree.
//
// Nothing here rules on what is true. An accusation is kept with who makes it.
package incidents

import (
	"fmt"
	"hash/fnv"
	"strconv"

	"hearsay/ledger"
	"hearsay/text/edtf"
)

// ID names a record and says where it stands in the order of all records: 15 bits of the day that its
// article was published, those without one last, and 48 bits of a hash of the article's id and its own in
// it. Of a million articles of one day, two records have one ID once in a hundred days; the
// second is left out. The zero ID names none.
type ID uint64

// noDay stands for an unknown day, and for those after it.
const noDay = 1<<15 - 1

// dayBits is how many bits of an ID are below its day.
const dayBits = 48

// IDOf is the ID of the record of one of an article's incidents. Published is EDTF.
func IDOf(published, article, local string) ID {
	h := fnv.New64a()
	h.Write([]byte(article))
	h.Write([]byte{0})
	h.Write([]byte(local))
	// FNV leaves the last bytes little mixed.
	x := h.Sum64()
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	x ^= x >> 32
	day := int32(noDay)
	if d := edtf.Parse(published); d.Known {
		day = max(0, min(d.First, noDay))
	}
	return ID(max(uint64(day)<<dayBits|x>>(64-dayBits), 1))
}

// FirstOf is the least ID that a record of an article published on a day may have, or one before it. Days
// are counted from 1970-01-01.
func FirstOf(day int64) ID { return ID(uint64(max(0, min(day, noDay))) << dayBits) }

// String returns the ID as sixteen hexadecimal digits.
func (id ID) String() string { return fmt.Sprintf("%016x", uint64(id)) }

// ParseID reads what String wrote.
func ParseID(s string) (ID, error) {
	x, err := strconv.ParseUint(s, 16, 64)
	if err != nil || len(s) != 16 || x == 0 {
		return 0, fmt.Errorf("%q is not the id of an incident: it has sixteen digits from 0 to f", s)
	}
	return ID(x), nil
}

// Record is what one article tells of one incident, as far as it is needed to
// find the same incident in others and to sum up what all tell.
type Record struct {
	Article   string   // the article's id
	Local     string   // the incident's in the article's ledger: "i1"
	Also      []string // other incidents in the ledger that are the same, as far as can be told
	Published string   // the article's day, EDTF; empty where unknown
	Main      bool     // the article reports it; otherwise it mentions it in passing

	Type   ledger.IncidentType // empty where the article tells of none: see Tells
	Date   string              // EDTF; empty where unknown
	Places []Place             // the most exact first

	Killed, Wounded *Count

	ClaimedBy, BlamedOn, DeniedBy []Party

	Speakers []Speaker // on whose word the article tells of it, in the order of its text
	Own      bool      // it tells of it in its own voice too

	Around []Place  // of the main incident: other places that the article names, the most frequent first
	Names  []uint64 // hashes of the names of people that it names with it, in order
	Words  []uint32 // hashes of the telling words around its mentions and in the title, in order
	Title  []uint32 // of the main incident: hashes of the telling words of the title, in order
}

// Tells reports whether the article tells of the incident by itself. A record that does not
// stands for an article that may be about an incident that others tell of: a vigil, an obituary. It
// hangs from what tells of it, if anything does, and is no incident of its own.
func (r *Record) Tells() bool { return r.Type != "" }

// ID is the record's ID.
func (r *Record) ID() ID { return IDOf(r.Published, r.Article, r.Local) }

// Place is where an incident took place.
type Place struct {
	Name string
	ledger.Place
}

// Count is how many people the article says were killed, or wounded: by the rule
// for one article in docs/incidents.md, and the figures that it gives.
type Count struct {
	Low, Best, High int
	Official        bool // Best stands on the word of somebody who counts officially
	Figures         []Figure
}

// Figure is one number that the article gives.
type Figure struct {
	Value       int // of a range its middle, of a bound the bound
	Low, High   int // what the wording commits itself to, -1 where it does not
	Approximate bool
	Claim       string // the claim's id in the article's ledger; empty where there is none
	Speaker     Speaker
}

// Speaker is on whose word something stands. The zero Speaker is the article itself.
type Speaker struct {
	Name   string // of the entity that speaks, or the words that name the source: "police"
	Naming ledger.Naming
	Kind   ledger.SourceKind
}

// Party is somebody said to have done something, or not to.
type Party struct {
	Name  string
	By    string // who says so, by name or else in the words for the source; empty for the article itself and where it names nobody
	Claim string
}
