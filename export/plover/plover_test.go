package plover_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/export"
	"hearsay/export/exporttest"
	"hearsay/export/plover"
	"hearsay/ledger"
)

func write(t *testing.T, incidents ...*export.Incident) (events []plover.Event) {
	t.Helper()
	var out bytes.Buffer
	w := plover.New(&out)
	for _, n := range incidents {
		if err := w.Incident(n); err != nil {
			t.Fatal(err)
		}
	}
	for line := range bytes.Lines(out.Bytes()) {
		var e plover.Event
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

func TestEvents(t *testing.T) {
	events := write(t, exporttest.Incident())
	if len(events) != 3 {
		t.Fatalf("there are %d records, not the incident and two accusations", len(events))
	}
	e := events[0]
	if e.Event != "ASSAULT" || e.Mode != "explosives" || e.Date != "2031-05-02" || *e.Dead != 4 || e.EventLoc.GeoNames != 1234567 || *e.EventLoc.Longitude != -5.25 {
		t.Errorf("the incident: %+v", e)
	}
	want := []plover.Actor{{Text: "=Tarn Front=", Standing: "claims to have done it", Reported: []string{"orvik-1"}}}
	if diff := cmp.Diff(want, e.Source); diff != "" {
		t.Errorf("who acts (-want +got):\n%s", diff)
	}
	hit := []plover.Actor{{Text: "café", Standing: "was hit, according to Édna Frølich", Reported: []string{"orvik-1"}}}
	if diff := cmp.Diff(hit, e.Target); diff != "" {
		t.Errorf("what was hit, without people by name (-want +got):\n%s", diff)
	}
	if given := e.Killed.Given; len(given) != 3 || given[1].By != "nobody whom the article names" || given[2].By != "the article itself" {
		t.Errorf("the figures: %+v", given)
	}
	by := events[1]
	if by.Event != "ACCUSE" || by.Link != e.ID || by.Source[0].Text != "Ole Brandt" || by.Target[0].Text != "Grey League" {
		t.Errorf("the accusation: %+v", by)
	}
	if nobody := events[2]; len(nobody.Source) != 0 || nobody.ID == by.ID || !strings.Contains(nobody.Target[0].Standing, "the article itself") {
		t.Errorf("the accusation of nobody in particular: %+v", nobody)
	}
}

// TestNobodyActsOnAnothersWord: who is blamed or denies is never a source of the deed.
func TestNobodyActsOnAnothersWord(t *testing.T) {
	n := exporttest.Incident()
	n.ClaimedBy = nil
	for _, e := range write(t, n) {
		if slices.ContainsFunc(e.Source, func(a plover.Actor) bool { return a.Text == "Grey League" }) {
			t.Errorf("%+v", e)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ edtf, date, end string }{
		{"2031-05-02", "2031-05-02", ""}, {"2031-05-02/2031-05-04", "2031-05-02", "2031-05-04"}, {"2031-05", "", ""}, {"2031-05-02~", "", ""}, {"", "", ""}, {"2031-05-02/..", "", ""},
	} {
		n := exporttest.Incident()
		n.Date = c.edtf
		if e := write(t, n)[0]; e.Date != c.date || e.EndDate != c.end || e.When != c.edtf {
			t.Errorf("%s: from %q to %q", c.edtf, e.Date, e.EndDate)
		}
	}
}

// TestTypes: a type has a category that PLOVER 0.8 has, or is one of those that it has none for.
func TestTypes(t *testing.T) {
	categories := []string{"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "DEMAND", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"}
	without := []ledger.IncidentType{ledger.OrganizedCrime, ledger.NaturalDisaster, ledger.ManMadeDisaster, ledger.OtherIncident}
	for _, typ := range ledger.IncidentTypes() {
		n := exporttest.Unlocated()
		n.Type = typ
		events := write(t, n)
		if slices.Contains(without, typ) {
			if len(events) != 0 {
				t.Errorf("%s: %+v", typ, events)
			}
		} else if len(events) != 1 || !slices.Contains(categories, events[0].Event) {
			t.Errorf("%s: %+v", typ, events)
		}
	}
}
