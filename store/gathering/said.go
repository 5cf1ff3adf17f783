package gathering

import (
	"cmp"
	"slices"
	"strings"

	"hearsay/corpus/incidents"
	"hearsay/ledger"
	"hearsay/store"
)

// The ways in which a claim may speak of something: on whose word, how surely, and whether it affirms
// it. Each combination is a bit of a number; "" is none.
var (
	namings    = []ledger.Naming{"", ledger.NamingNamed, ledger.NamingUnnamed, ledger.NamingNone}
	levels     = []ledger.Level{"", ledger.LevelCertain, ledger.LevelProbable, ledger.LevelPossible, ledger.LevelUnknown}
	polarities = []ledger.Polarity{"", ledger.Affirmed, ledger.Denied}
)

// way is the bit of a combination, and 0 for one that there is not.
func way(n ledger.Naming, l ledger.Level, p ledger.Polarity) int64 {
	a, b, c := slices.Index(namings, n), slices.Index(levels, l), slices.Index(polarities, p)
	if a < 0 || b < 0 || c < 0 {
		return 0
	}
	return 1 << ((a*len(levels)+b)*len(polarities) + c)
}

// spoken is how the claims of an article speak of one of its incidents.
type spoken struct {
	ways  int64
	words []string // of what names the speakers, in order
}

// saidOf says how the claims of a ledger speak of the incidents of which records were made.
func saidOf(records []incidents.Record, l *ledger.Ledger) map[incidents.ID]spoken {
	names := make(map[string][]string)
	for i := range l.Entities {
		e := &l.Entities[i]
		names[e.ID] = slices.Concat([]string{e.Name}, e.Aliases, e.Roles)
	}
	local := make(map[string]*spoken)
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Incident == "" {
			continue
		}
		s := local[c.Incident]
		if s == nil {
			s = new(spoken)
			local[c.Incident] = s
		}
		var n ledger.Naming
		if from := c.Source; from != nil {
			n = from.Naming
			for _, name := range names[cmp.Or(from.Speaker, from.Entity)] {
				s.words = append(s.words, nameWords(name)...)
			}
			if from.End > from.Start {
				s.words = append(s.words, nameWords(l.Quote(from.Span))...)
			}
		}
		if sure := c.Certainty; sure != nil {
			s.ways |= way(n, sure.Level, sure.Polarity)
		} else {
			s.ways |= way(n, "", "")
		}
	}
	for _, s := range local {
		slices.Sort(s.words)
		s.words = slices.Compact(s.words)
		s.words = s.words[:min(len(s.words), mostSpeakers)]
	}
	said := make(map[incidents.ID]spoken, len(records))
	for i := range records {
		if s := local[records[i].Local]; s != nil && records[i].Main { // what is mentioned in passing counts for no filter
			said[records[i].ID()] = *s
		}
	}
	return said
}

// By how many words the speakers of one record are found at most, and how many letters of each count.
const (
	mostSpeakers = 64
	mostLetters  = 32
)

// nameWords are the words of a name by which a speaker is found: "official" and "officials" are one.
func nameWords(name string) []string {
	all := words(name)
	for i, w := range all {
		if n := 0; len(w) > mostLetters {
			for at := range w {
				if n++; n > mostLetters {
					w = w[:at]
					break
				}
			}
		}
		if len(w) > 3 {
			w = strings.TrimSuffix(w, "s")
		}
		all[i] = w
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// ways are those that a filter selects.
func ways(f *store.Filter) (all int64) {
	for _, n := range namings {
		for _, l := range levels {
			for _, p := range polarities {
				if s := f.Score; s != nil && (l == "" || s.High < 0 && p != ledger.Denied || s.Low > 0 && p == ledger.Denied) {
					continue // what is denied has a negative score, and what has no level none
				}
				if (f.Naming == "" || f.Naming == n) && (f.Level == "" || f.Level == l) && (f.Polarity == "" || f.Polarity == p) {
					all |= way(n, l, p)
				}
			}
		}
	}
	return all
}
