package incidents_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"hearsay/corpus/incidents"
	"hearsay/ledger"
)

// drawn draws records of one incident, in which nothing is as likely as that two say the same.
func drawn(t *rapid.T) []incidents.Kept {
	var out []incidents.Kept
	for i := range rapid.IntRange(1, 12).Draw(t, "records") {
		k := incidents.Kept{ID: incidents.ID(100 + i), Record: &incidents.Record{
			Article:   rapid.StringMatching(`[a-z]{8}`).Draw(t, "article"),
			Published: rapid.SampledFrom([]string{"", "2031-05-02", "2031-05-09"}).Draw(t, "published"),
			Main:      rapid.Bool().Draw(t, "main"),
			Type:      rapid.SampledFrom([]ledger.IncidentType{"", ledger.Attack, ledger.Arrests}).Draw(t, "type"),
			Date:      rapid.SampledFrom([]string{"", "2031-05-01", "2031-05-02", "2031-05"}).Draw(t, "date"),
		}}
		if n := rapid.IntRange(0, 3).Draw(t, "place"); n > 0 {
			k.Places = towns[n-1:]
		}
		if rapid.IntRange(0, 9).Draw(t, "pinned") == 0 {
			k.Pin = 7
		}
		out = append(out, k)
	}
	return rapid.Permutation(out).Draw(t, "order")
}

// TestTallyIsTheSumInAnyOrder adds records in one order, with what was counted so far written
// down and read again in between, and sums them up in another.
func TestTallyIsTheSumInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawn(t)
		var tally incidents.Tally
		for _, k := range records {
			tally.Add(k)
			b, err := tally.MarshalBinary()
			must(t, err)
			var again incidents.Tally
			must(t, again.UnmarshalBinary(b))
			if !reflect.DeepEqual(tally, again) {
				t.Fatalf("%+v was read as %+v", tally, again)
			}
			tally = again
		}
		incidents.Order(records)
		want := incidents.Sum(records, nil)
		place := ""
		if want.Place != nil {
			place = want.Place.Name
		}
		if tally.ID().String() != want.ID || tally.Type() != want.Type || tally.Date() != want.Date || tally.Place().Name != place {
			t.Fatalf("%v, %q, %q, %q of the sum %+v", tally.ID(), tally.Type(), tally.Date(), tally.Place().Name, want)
		}
	})
}

// TestTally follows the rules: what is reported before what is mentioned, one day before a month,
// twice what is fresh, and of several the first.
func TestTally(t *testing.T) {
	record := func(id incidents.ID, main bool, published, date string, kind ledger.IncidentType, place int) incidents.Kept {
		return incidents.Kept{ID: id, Record: &incidents.Record{Article: id.String(), Main: main, Published: published, Date: date, Type: kind, Places: towns[place : place+1]}}
	}
	var tally incidents.Tally
	if tally.ID() != 0 || tally.Type() != "" || tally.Date() != "" || tally.Place().Name != "" {
		t.Errorf("nothing says %+v", tally)
	}
	for _, step := range []struct {
		kept incidents.Kept
		id   incidents.ID
		kind ledger.IncidentType
		date string
		town int
	}{
		{record(9, false, "2031-05-03", "2031-05-01", ledger.Arrests, 0), 9, ledger.Arrests, "2031-05-01", 0},
		{record(8, false, "2031-05-03", "2031-05-02", ledger.Attack, 1), 8, ledger.Attack, "2031-05-02", 1},
		{record(11, true, "2031-05-30", "2031-05", ledger.Grenade, 2), 11, ledger.Grenade, "2031-05", 2},
		{record(12, true, "2031-06-30", "2031-05-04", ledger.Attack, 1), 11, ledger.Grenade, "2031-05-04", 2},
		{record(13, true, "2031-05-06", "2031-05-05", ledger.Attack, 1), 11, ledger.Attack, "2031-05-05", 1},
		{record(10, true, "2031-06-30", "2031-05-04", ledger.Grenade, 0), 10, ledger.Grenade, "2031-05-04", 1},
	} {
		tally.Add(step.kept)
		if tally.ID() != step.id || tally.Type() != step.kind || tally.Date() != step.date || tally.Place().Name != towns[step.town].Name {
			t.Errorf("with %v: %v, %q, %q, %q", step.kept.ID, tally.ID(), tally.Type(), tally.Date(), tally.Place().Name)
		}
	}
}

func FuzzTally(f *testing.F) {
	var tally incidents.Tally
	tally.Add(incidents.Kept{ID: 5, Record: &incidents.Record{Main: true, Type: ledger.Attack, Date: "2031-05-02", Places: towns}})
	b, err := tally.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		var tally incidents.Tally
		if tally.UnmarshalBinary(b) != nil {
			return
		}
		written, err := tally.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var again incidents.Tally
		if err := again.UnmarshalBinary(written); err != nil || !reflect.DeepEqual(tally, again) {
			t.Errorf("%+v was read as %+v, %v", tally, again, err)
		}
	})
}
