package gathering

import (
	"slices"

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

// saidOf are the ways in which the claims of a ledger speak of the incidents of which records were made.
func saidOf(records []incidents.Record, l *ledger.Ledger) map[incidents.ID]int64 {
	local := make(map[string]int64)
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Incident == "" {
			continue
		}
		var n ledger.Naming
		if c.Source != nil {
			n = c.Source.Naming
		}
		if s := c.Certainty; s != nil {
			local[c.Incident] |= way(n, s.Level, s.Polarity)
		} else {
			local[c.Incident] |= way(n, "", "")
		}
	}
	said := make(map[incidents.ID]int64, len(records))
	for i := range records {
		said[records[i].ID()] = local[records[i].Local]
	}
	return said
}

// ways are those that a filter selects.
func ways(f *store.Filter) (all int64) {
	for _, n := range namings {
		for _, l := range levels {
			for _, p := range polarities {
				if (f.Naming == "" || f.Naming == n) && (f.Level == "" || f.Level == l) && (f.Polarity == "" || f.Polarity == p) {
					all |= way(n, l, p)
				}
			}
		}
	}
	return all
}
