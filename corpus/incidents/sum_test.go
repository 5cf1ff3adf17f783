package incidents_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/corpus/incidents"
	"hearsay/ledger"
)

// kept are records as a shelf would hold them, in order.
func kept(records ...incidents.Record) []incidents.Kept {
	var out []incidents.Kept
	for i := range records {
		r := &records[i]
		r.Local, r.Type = "i1", ledger.Attack
		out = append(out, incidents.Kept{Record: r, ID: r.ID()})
	}
	incidents.Order(out)
	return out
}

// says is a record of an article that gives a number of killed.
func says(article, published string, killed int, official bool, by incidents.Speaker) incidents.Record {
	return incidents.Record{Article: article, Published: published, Main: true, Own: by == incidents.Speaker{}, Speakers: []incidents.Speaker{by}[:min(1, len(by.Name))],
		Killed: &incidents.Count{Low: killed, Best: killed, High: killed, Official: official, Figures: []incidents.Figure{{Value: killed, Low: -1, High: -1, Claim: "c1", Speaker: by}}}}
}

var (
	police = incidents.Speaker{Name: "police", Naming: ledger.NamingUnnamed, Kind: ledger.KindGovernment}
	nobody = incidents.Speaker{Naming: ledger.NamingNone}
	mayor  = incidents.Speaker{Name: "Ema Tolv", Naming: ledger.NamingNamed, Kind: ledger.KindPerson}
	nurse  = incidents.Speaker{Name: "Oda Brask", Naming: ledger.NamingNamed, Kind: ledger.KindPerson}
	itself incidents.Speaker
)

// TestTheRuleForTolls follows docs/incidents.md: the latest official number, else that of most
// origins, else the lowest that somebody stands for.
func TestTheRuleForTolls(t *testing.T) {
	copies := func(article string) string {
		if article == "copy" {
			return "wire"
		}
		return article
	}
	for _, test := range []struct {
		name            string
		records         []incidents.Record
		low, best, high int
		moved           []int // best after each day that changed anything
	}{
		{"the latest official", []incidents.Record{says("a", "2031-05-01", 3, true, police), says("b", "2031-05-03", 5, true, police), says("c", "2031-05-04", 9, false, itself)}, 3, 5, 9, []int{3, 5, 5}},
		{"of one day's officials most", []incidents.Record{says("a", "2031-05-01", 3, true, police), says("b", "2031-05-01", 4, true, police), says("c", "2031-05-01", 4, true, police)}, 3, 4, 4, []int{4}},
		{"no official: most origins", []incidents.Record{says("a", "2031-05-01", 3, false, itself), says("b", "2031-05-02", 7, false, itself), says("c", "2031-05-03", 7, false, mayor)}, 3, 7, 7, []int{3, 3, 7}},
		{"a copy is no origin", []incidents.Record{says("wire", "2031-05-01", 7, false, itself), says("copy", "2031-05-02", 7, false, itself), says("c", "2031-05-02", 5, false, itself)}, 5, 5, 7, []int{7, 5}},
		{"who relays one speaker is no origin", []incidents.Record{says("a", "2031-05-01", 7, false, mayor), says("b", "2031-05-02", 7, false, mayor), says("c", "2031-05-02", 5, false, nurse)}, 5, 5, 7, []int{7, 5}},
		{"else the lowest", []incidents.Record{says("a", "2031-05-01", 8, false, itself), says("b", "2031-05-01", 6, false, mayor)}, 6, 6, 8, []int{6}},
		{"that somebody stands for", []incidents.Record{says("a", "2031-05-01", 8, false, itself), says("b", "2031-05-01", 2, false, nobody)}, 2, 8, 8, []int{8}},
		{"a rumour alone", []incidents.Record{says("b", "2031-05-01", 2, false, nobody)}, 2, 2, 2, []int{2}},
		{"no day", []incidents.Record{says("a", "", 2, false, itself)}, 2, 2, 2, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := incidents.Sum(kept(test.records...), copies).Killed
			if k.Low != test.low || k.Best != test.best || k.High != test.high {
				t.Errorf("%d %d %d, want %d %d %d", k.Low, k.Best, k.High, test.low, test.best, test.high)
			}
			var moved []int
			for _, m := range k.Movement {
				moved = append(moved, m.Best)
			}
			if !slices.Equal(moved, test.moved) {
				t.Errorf("moved %v, want %v", moved, test.moved)
			}
			if len(k.Figures) != len(test.records) {
				t.Errorf("%d figures of %d", len(k.Figures), len(test.records))
			}
		})
	}
}

func TestSupport(t *testing.T) {
	copies := func(article string) string {
		if article == "copy" {
			return "wire"
		}
		return article
	}
	passing := says("late", "2032-01-01", 4, false, itself)
	passing.Main = false
	n := incidents.Sum(kept(says("wire", "2031-05-01", 3, true, mayor), says("copy", "2031-05-02", 3, true, police), says("b", "2031-05-02", 3, true, mayor),
		says("c", "2031-05-02", 3, false, itself), says("d", "2031-05-03", 3, false, nurse), passing), copies)
	// The wire relays the mayor, as b does, but its copy the police too.
	if want := (incidents.Support{Articles: 5, Origins: 4, Speakers: 2}); n.Support != want {
		t.Errorf("support %+v, want %+v", n.Support, want)
	}
	n = incidents.Sum(kept(says("wire", "2031-05-01", 3, true, mayor), says("copy", "2031-05-02", 3, true, mayor), says("b", "2031-05-02", 3, true, mayor), passing), copies)
	if want := (incidents.Support{Articles: 3, Origins: 1, Speakers: 1}); n.Support != want {
		t.Errorf("support of one speaker's word %+v, want %+v", n.Support, want)
	}
	if !slices.Equal(n.Mentioned, []string{"late"}) || slices.Contains(n.Articles, "late") {
		t.Errorf("articles %v, mentioned in %v", n.Articles, n.Mentioned)
	}
}

// TestAnAccusationStaysOne holds that each accusation keeps who makes it.
func TestAnAccusationStaysOne(t *testing.T) {
	a, b := says("a", "2031-05-01", 3, false, itself), says("b", "2031-05-02", 3, false, itself)
	a.BlamedOn = []incidents.Party{{Name: "Karsh Front", By: "Ema Tolv", Claim: "c2"}, {Name: "Coast Brigade"}}
	b.BlamedOn = []incidents.Party{{Name: "karsh front", By: "Ema Tolv"}, {Name: "Karsh Front", By: "Oda Brask"}}
	b.ClaimedBy = []incidents.Party{{Name: "Coast Brigade"}}
	b.DeniedBy = []incidents.Party{{Name: "Karsh Front"}}
	n := incidents.Sum(kept(a, b), nil)
	want := []incidents.Accusation{{Name: "Karsh Front", By: "Ema Tolv", Articles: []string{"a", "b"}}, {Name: "Coast Brigade", Articles: []string{"a"}}, {Name: "Karsh Front", By: "Oda Brask", Articles: []string{"b"}}}
	if diff := cmp.Diff(want, n.BlamedOn); diff != "" {
		t.Error(diff)
	}
	if len(n.ClaimedBy) != 1 || n.ClaimedBy[0].Name != "Coast Brigade" || len(n.DeniedBy) != 1 {
		t.Errorf("claimed by %v, denied by %v", n.ClaimedBy, n.DeniedBy)
	}
}

// TestSumIsOneForAnyNumberOfArticles holds what is true of every sum.
func TestSumIsOneForAnyNumberOfArticles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var records []incidents.Record
		for i := range rapid.IntRange(1, 12).Draw(t, "articles") {
			by := []incidents.Speaker{police, nobody, mayor, nurse, itself}[rapid.IntRange(0, 4).Draw(t, "by")]
			r := says(fmt.Sprint("a", i), fmt.Sprintf("2031-05-%02d", rapid.IntRange(1, 9).Draw(t, "day")), rapid.IntRange(0, 20).Draw(t, "killed"), by == police, by)
			r.Main = i == 0 || rapid.Bool().Draw(t, "main")
			records = append(records, r)
		}
		n := incidents.Sum(kept(records...), nil)
		if n.Killed.Low > n.Killed.Best || n.Killed.Best > n.Killed.High {
			t.Fatalf("%d %d %d", n.Killed.Low, n.Killed.Best, n.Killed.High)
		}
		if !slices.ContainsFunc(n.Killed.Figures, func(f incidents.Statement) bool { return f.Value == n.Killed.Best }) {
			t.Fatalf("nobody says %d", n.Killed.Best)
		}
		if s := n.Support; s.Origins < 1 || s.Origins > s.Articles || s.Articles != len(n.Articles) || s.Articles+len(n.Mentioned) != len(records) {
			t.Fatalf("support %+v of %d articles, %d mentions", s, len(n.Articles), len(n.Mentioned))
		}
	})
}

func FuzzRecord(f *testing.F) {
	r := says("a", "2031-05-01", 3, true, police)
	b, err := r.MarshalBinary()
	must(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var r incidents.Record
		if r.UnmarshalBinary(b) != nil {
			return
		}
		again, err := r.MarshalBinary()
		must(t, err)
		var back incidents.Record
		must(t, back.UnmarshalBinary(again))
		if diff := cmp.Diff(r, back); diff != "" {
			t.Error(diff)
		}
	})
}

func FuzzEDTFNeverBreaksAKey(f *testing.F) {
	f.Add("2031-05-01", "2031")
	f.Fuzz(func(t *testing.T, date, published string) {
		a := incidents.Record{Article: "a", Local: "i1", Main: true, Type: ledger.Attack, Date: date, Published: published}
		b := a
		b.Article = "b"
		incidents.Keys(&a)
		if incidents.Score(&a, &b) != incidents.Score(&b, &a) {
			t.Error("the score depends on which comes first")
		}
	})
}

func BenchmarkScore(b *testing.B) {
	one, other := says("a", "2031-05-01", 3, true, police), says("b", "2031-05-02", 3, true, police)
	one.Local, one.Type, one.Places = "i1", ledger.Attack, towns[:2]
	other.Local, other.Type, other.Places = "i1", ledger.Attack, towns[1:]
	for w := range uint32(80) {
		one.Words, other.Words = append(one.Words, w*7), append(other.Words, w*11)
	}
	for b.Loop() {
		incidents.Score(&one, &other)
	}
}
