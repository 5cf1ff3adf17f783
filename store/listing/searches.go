package listing

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"hearsay/ledger"
	"hearsay/store"
)

// SearchLine is a saved search in JSON.
type SearchLine struct {
	Search  string            `json:"search"`
	Of      store.SearchKind  `json:"of"`
	Query   string            `json:"query,omitempty"`
	Filters map[string]string `json:"filters,omitempty"` // flags of the command that saves it
	Saved   time.Time         `json:"saved"`
}

// Search is a saved search as JSONL has it.
func Search(s *store.Search) SearchLine {
	line := SearchLine{Search: s.Name, Of: s.Kind, Query: s.Query, Saved: s.Saved.Truncate(time.Second)}
	for _, f := range Flags(s) {
		if line.Filters == nil {
			line.Filters = make(map[string]string)
		}
		line.Filters[f.Name] = f.Value
	}
	return line
}

// Flag is a flag of a command with its value.
type Flag struct{ Name, Value string }

// Flags are the flags that make a search's filter, always in the same order.
func Flags(s *store.Search) (flags []Flag) {
	f := &s.Filter
	certainty := string(f.Level)
	if f.Polarity == ledger.Denied {
		certainty = string(ledger.Denied)
	}
	if f.Score != nil {
		certainty = fmt.Sprintf("%v..%v", f.Score.Low, f.Score.High)
	}
	number := func(n int) string { return strings.TrimPrefix(strconv.Itoa(n), "0") }
	for _, one := range []Flag{
		{"published-since", f.Since}, {"published-until", f.Until}, {"happened-since", f.HappenedSince}, {"happened-until", f.HappenedUntil},
		{"place", f.Place}, {"country", f.Country}, {"speaker", f.Speaker}, {"naming", string(f.Naming)}, {"certainty", certainty}, {"type", string(f.Type)},
		{"min-articles", number(f.Articles)}, {"min-origins", number(f.Origins)}, {"min-killed", number(s.Killed)}, {"min-wounded", number(s.Wounded)},
		{"claimed-by", s.ClaimedBy}, {"blamed-on", s.BlamedOn},
	} {
		if one.Value != "" {
			flags = append(flags, one)
		}
	}
	return flags
}
