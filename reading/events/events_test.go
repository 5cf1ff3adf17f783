package events_test

import (
	"testing"

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
