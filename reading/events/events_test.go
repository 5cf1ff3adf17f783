package events_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/reading/events"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/text"
)

func read(tb testing.TB, r *events.Reader, d *text.Doc) []events.Event {
	tb.Helper()
	var t tree.Tree
	t.Reset(d)
	return r.Read(d, &t)
}

func TestTypes(t *testing.T) {
	for _, c := range []struct {
		text string
		want []ledger.IncidentType // of the events, in order; nil for none
	}{
		{"Gunmen [e:attacked] the market in Orvane on Friday.", []ledger.IncidentType{ledger.Attack}},
		{"A man [e:blew] himself up outside the mint of Orvane.", []ledger.IncidentType{ledger.SuicideBomb}},
		{"Warplanes [e:bombed] the port of Tessaly overnight.", []ledger.IncidentType{ledger.AirStrike}},
		{"Police [e:arrested] two bakers in Tessaly.", []ledger.IncidentType{ledger.Arrests}},
		{"The rebels [e:kidnapped] a priest near Orvane.", []ledger.IncidentType{ledger.Abduction}},
		{"A strong [e:earthquake] shook the valley on Monday.", []ledger.IncidentType{ledger.NaturalDisaster}},
		{"The mayor died of a heart attack.", nil},
		{"The ministers hope to strike a deal on fishing.", nil},
		{"She called it an attack on the reputation of the college.", nil},
		{"Rebels could attack the harbour next week.", nil},
		{"The envoy warned of the threat of an attack.", nil},
		{"The candidate attacked her opponent over taxes and vowed to fight for bakers.", nil},
		{"Supporters cheered the candidate at a rally in Orvane.", nil},
		{"Bakers [e:held] a [e:rally] against the flour tax in Orvane.", []ledger.IncidentType{ledger.PeacefulProtest, ledger.PeacefulProtest}},
		{"The police said no shots had been fired.", nil},
		{"The mill fired forty workers in May.", nil},
		{"The town's debts exploded.", nil},
		{"The talks with the bank collapsed.", nil},
		{"The roof of a bakery [e:collapsed] in Tessaly.", []ledger.IncidentType{ledger.ManMadeDisaster}},
		{"The mayor won the vote in a landslide.", nil},
		{"The witness withdrew her confession.", nil},
		{"The rebels [e:withdrew] from the town of Tessaly.", []ledger.IncidentType{ledger.NonViolentTransfer}},
		{"She demonstrated her skill with the lute.", nil},
	} {
		d, spans := readingtest.Marked(t, c.text)
		got := read(t, new(events.Reader), d)
		if len(got) != len(c.want) {
			t.Errorf("%q: %d events, want %d: %v", c.text, len(got), len(c.want), got)
			continue
		}
		for i, e := range got {
			if e.Type != c.want[i] || e.Head != spans[i].First {
				t.Errorf("%q: %q is %q, want %q as %q", c.text, d.Words(e.Trigger), e.Type, d.Words(spans[i].Range), c.want[i])
			}
		}
	}
}

// TestAnyText checks on words in any order that the events lie in the text and
// in order, that a reader that has read before finds the same as a new one,
// and that every type is one of the ledger's.
func TestAnyText(t *testing.T) {
	words := []string{"the", "bomb", "attacked", "rebels", "soldiers", "no", "would", "set", "up", "a", "base", "fire", "to", "bread", "killed",
		"protest", "police", "march", "March", ",", ".", "\n\n", "and", "of", "threat", "opened", "exploded", "Orvane", "talks", "peace"}
	var used events.Reader
	rapid.Check(t, func(r *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(r, "words"), " ")
		d := readingtest.Parse(t, s)
		got := read(t, &used, d)
		last := int32(-1)
		for _, e := range got {
			if e.Trigger.First < 0 || int(e.Trigger.End) > len(d.Tokens) || e.Trigger.Empty() || e.Head < e.Trigger.First || e.Head >= e.Trigger.End {
				r.Fatalf("%q: an event at %+v of %d tokens", s, e, len(d.Tokens))
			}
			if e.Head <= last {
				r.Fatalf("%q: an event at %d after one at %d", s, e.Head, last)
			}
			last = e.Head
			if _, ok := events.Label(e.Type); !ok || !(e.Score > 0 && e.Score <= 1) {
				r.Fatalf("%q: %+v", s, e)
			}
		}
		if again := read(t, new(events.Reader), d); !slices.Equal(got, again) {
			r.Fatalf("%q: %v, then %v", s, got, again)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	for _, data := range []string{"", "HLT1"} {
		if _, err := events.Open(data); err == nil {
			t.Errorf("%q is a model", data)
		}
	}
}
