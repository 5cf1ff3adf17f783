package reading_test

import (
	"testing"

	"hearsay/ledger"
)

// TestProspects checks that what a claim tells of as planned only is a claim
// within it, on the same word, and less than certain.
func TestProspects(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		text, prospect, around, source string
	}{
		{"Ada Venn said that the guild was trying to weaken the council.",
			"to weaken the council", "that the guild was trying to weaken the council", "Ada Venn"},
		{"The letter from Tormark was an attempt to weaken the council.",
			"to weaken the council", "The letter from Tormark was an attempt to weaken the council", ""},
	} {
		l := read(t, r, c.text)
		byID := map[string]*ledger.Claim{}
		var found *ledger.Claim
		for i := range l.Claims {
			k := &l.Claims[i]
			byID[k.ID] = k
			if l.Quote(k.Content[0].Span) == c.prospect {
				found = k
			}
		}
		if found == nil {
			t.Errorf("%q: %q is no claim", c.text, c.prospect)
			continue
		}
		if around := byID[found.Within]; around == nil || l.Quote(around.Content[0].Span) != c.around {
			t.Errorf("%q: the prospect is within %q", c.text, found.Within)
		}
		source := ""
		if found.Source != nil {
			source = l.Quote(found.Source.Span)
		}
		if source != c.source {
			t.Errorf("%q: the prospect is on the word of %q instead of %q", c.text, source, c.source)
		}
		if found.Certainty.Level == ledger.LevelCertain {
			t.Errorf("%q: the prospect is certain", c.text)
		}
	}
}
