package reading_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
)

// TestFourAttacks reads the article that this program began from, where it is
// at hand: the four attacks that it says were claimed are four incidents.
func TestFourAttacks(t *testing.T) {
	data, err := os.ReadFile("../../shared/articles/moscow-attack.txt")
	if err != nil {
		t.Skipf("NOT MEASURED, the article is not here: %v", err)
	}
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	l, err := r.Read(&article.Article{Text: string(data), Published: "2024-03-27", Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, e := range l.Entities {
		names[e.ID] = e.Name
	}
	best := func(t *ledger.Toll) int {
		if t == nil {
			return 0
		}
		return t.Best
	}
	used := map[string]bool{}
	for _, want := range []struct {
		place, date     string
		killed, wounded int
		claimant        string // a part of the name
	}{
		{"Moscow", "2024-03-22", 154, 0, "Islamic State"},
		{"Moscow", "2024-03-22", 154, 0, "Khorasan"},
		{"Kerman", "2024-01", 84, 0, "Khorasan"},
		{"Kabul", "2022-09", 0, 0, "I"}, // the militants of one or of the other
		{"Niger", "", 30, 17, "I"},
	} {
		i := slices.IndexFunc(l.Incidents, func(n ledger.Incident) bool {
			return slices.ContainsFunc(n.Places, func(id string) bool { return names[id] == want.place })
		})
		if i < 0 {
			t.Errorf("no incident in %s", want.place)
			continue
		}
		n := &l.Incidents[i]
		used[n.ID] = true
		if n.Date != want.date || best(n.Killed) != want.killed || best(n.Wounded) != want.wounded {
			t.Errorf("%s: on %q, %d killed, %d wounded; want %q, %d, %d", want.place, n.Date, best(n.Killed), best(n.Wounded), want.date, want.killed, want.wounded)
		}
		if !slices.ContainsFunc(n.ClaimedBy, func(p ledger.Party) bool { return strings.Contains(names[p.Entity], want.claimant) }) {
			t.Errorf("%s is not claimed by %s", want.place, want.claimant)
		}
	}
	if len(used) != 4 || len(l.Incidents) > 6 {
		t.Errorf("%d of %d incidents are the four claimed attacks", len(used), len(l.Incidents))
	}
}
