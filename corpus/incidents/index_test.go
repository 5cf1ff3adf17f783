package incidents_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/corpus/incidents"
	"hearsay/ledger"
)

var towns = []incidents.Place{
	{Name: "Torvik", Place: ledger.Place{Lat: 60.1, Lon: 5.2, Country: "NO", Region: "NO-46", GeoNames: 7001}},
	{Name: "Sarn", Place: ledger.Place{Lat: 60.15, Lon: 5.25, Country: "NO", Region: "NO-46", GeoNames: 7002}},
	{Name: "Elsin", Place: ledger.Place{Lat: 63.4, Lon: 10.4, Country: "NO", Region: "NO-50", GeoNames: 7003}},
}

// told draws the records of an article about one or two of a few incidents, some of them much alike.
func told(t *rapid.T, article string) []incidents.Record {
	day := func(n int) string { return fmt.Sprintf("2031-05-%02d", n) }
	var out []incidents.Record
	for i := range rapid.IntRange(1, 2).Draw(t, "incidents") {
		which := rapid.IntRange(0, 5).Draw(t, "which")
		r := incidents.Record{Article: article, Local: fmt.Sprintf("i%d", i+1), Main: i == 0, Type: ledger.Attack,
			Published: day(10 + which/2 + rapid.IntRange(0, 3).Draw(t, "later"))}
		if rapid.Bool().Draw(t, "dated") {
			r.Date = day(10 + which/2)
		}
		if rapid.Bool().Draw(t, "placed") {
			r.Places = towns[which%3 : which%3+1]
		}
		n := 1 + which + rapid.IntRange(0, 1).Draw(t, "more")
		r.Killed = &incidents.Count{Low: n, Best: n, High: n}
		for w := range 12 {
			if rapid.IntRange(0, 2).Draw(t, "word") > 0 {
				r.Words = append(r.Words, uint32(1000*which+w))
				r.Title = append(r.Title, uint32(1000*which+w))
			}
		}
		for p := range 3 {
			if rapid.IntRange(0, 3).Draw(t, "name") == 0 {
				r.Names = append(r.Names, uint64(100*which+p))
			}
		}
		out = append(out, r)
	}
	return out
}

func must(t interface{ Fatal(...any) }, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// state is who belongs with whom and hangs from whom.
func state(t *rapid.T, m *incidents.Memory) (all []string) {
	trees := map[uint64]bool{}
	for _, members := range m.Incidents() {
		if trees[members[0].Tree] {
			t.Fatalf("two incidents are of tree %x", members[0].Tree)
		}
		trees[members[0].Tree] = true
		in := map[incidents.ID]bool{}
		for _, k := range members {
			in[k.ID] = true
		}
		tops := 0
		line := ""
		for _, k := range members {
			if k.Parent == 0 {
				tops++
			} else if !in[k.Parent] {
				t.Fatalf("%s %s hangs from what is not in its incident", k.Article, k.Local)
			}
			line += fmt.Sprintf("%s/%s under %v; ", k.Article, k.Local, k.Parent)
		}
		if tops != 1 || members[0].Parent != 0 {
			t.Fatalf("an incident has %d first records: %s", tops, line)
		}
		all = append(all, line)
	}
	slices.Sort(all)
	return all
}

func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	ctx := context.Background()
	joined := 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 14).Draw(t, "articles")
		articles := map[string][]incidents.Record{}
		var ids []string
		for i := range n {
			id := fmt.Sprintf("a%02d", i)
			ids = append(ids, id)
			articles[id] = told(t, id)
		}
		var want []string
		for round := range 3 {
			m := &incidents.Memory{}
			x := incidents.Index{Shelf: m}
			order := ids
			if round > 0 {
				order = rapid.Permutation(ids).Draw(t, "order")
			}
			for i, id := range order {
				must(t, x.Add(ctx, id, articles[id]))
				if round == 2 && i%3 == 0 { // what was there for a while leaves no trace
					must(t, x.Add(ctx, "z", told(t, "z")))
					must(t, x.Add(ctx, order[i/2], told(t, order[i/2])))
				}
				if round == 2 && i%3 == 2 || i == len(order)-1 {
					must(t, x.Remove(ctx, "z"))
				}
			}
			for _, id := range order {
				if round == 2 {
					must(t, x.Add(ctx, id, articles[id]))
				}
			}
			got := state(t, m)
			if round == 0 {
				want = got
				if len(got) < n {
					joined++
				}
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("in another order: %s", diff)
			}
		}
	})
	if joined == 0 {
		t.Error("no two records were ever taken for one incident")
	}
}

// TestCorrectionsHold merges and splits, and then adds and removes other articles.
func TestCorrectionsHold(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		m := &incidents.Memory{}
		x := incidents.Index{Shelf: m}
		for i := range rapid.IntRange(4, 10).Draw(t, "articles") {
			id := fmt.Sprintf("a%02d", i)
			must(t, x.Add(ctx, id, told(t, id)))
		}
		together := map[incidents.ID]int{} // of the corrected records, which group
		group := func(members []incidents.Kept, n int) {
			for _, k := range members {
				together[k.ID] = n
			}
		}
		all := m.Incidents()
		if len(all) > 1 {
			id, err := x.Merge(ctx, all[0][0].ID, all[len(all)-1][0].ID)
			must(t, err)
			members, err := x.Members(ctx, id)
			must(t, err)
			if len(members) != len(all[0])+len(all[len(all)-1]) || members[0].ID != id {
				t.Fatalf("%d records in the merged incident %v of %v", len(members), members[0].ID, id)
			}
			group(members, 1)
		}
		for _, members := range m.Incidents() {
			first, last := members[0].Article, members[len(members)-1].Article
			if first == last {
				continue
			}
			rest, out, err := x.Split(ctx, members[len(members)-1].ID, last)
			must(t, err)
			for n, id := range []incidents.ID{rest, out} {
				members, err := x.Members(ctx, id)
				must(t, err)
				group(members, 2+n)
			}
			break
		}
		for i := range rapid.IntRange(0, 10).Draw(t, "more") {
			id := fmt.Sprintf("%c%02d", "Zz"[i%2], i) // before and after those that are there
			must(t, x.Add(ctx, id, told(t, id)))
		}
		gone := "a00"
		must(t, x.Remove(ctx, gone))
		state(t, m)
		trees := map[int]uint64{}
		for _, members := range m.Incidents() {
			for _, k := range members {
				n, ok := together[k.ID]
				if !ok {
					continue
				}
				if tree, seen := trees[n]; seen && tree != k.Tree {
					t.Fatalf("%s %s has left its corrected incident", k.Article, k.Local)
				}
				trees[n] = k.Tree
			}
		}
		seen := map[uint64]bool{}
		for n, tree := range trees {
			if seen[tree] {
				t.Fatalf("corrected incident %d is one with another again", n)
			}
			seen[tree] = true
		}
	})
}

func TestACorrectionHoldsForANewVersion(t *testing.T) {
	ctx := context.Background()
	m := &incidents.Memory{}
	x := incidents.Index{Shelf: m}
	one := func(article, town string) []incidents.Record {
		return []incidents.Record{{Article: article, Local: "i1", Main: true, Type: ledger.Attack, Published: "2031-05-02", Date: "2031-05-01", Places: []incidents.Place{{Name: town}}}}
	}
	must(t, x.Add(ctx, "a", one("a", "Torvik")))
	must(t, x.Add(ctx, "b", one("b", "Elsin")))
	if _, err := x.Merge(ctx, incidents.IDOf("2031-05-02", "a", "i1"), incidents.IDOf("2031-05-02", "b", "i1")); err != nil {
		t.Fatal(err)
	}
	must(t, x.Add(ctx, "b", one("b", "Sarn")))
	if all := m.Incidents(); len(all) != 1 || len(all[0]) != 2 {
		t.Errorf("%d incidents after a new version, want 1 of two records", len(all))
	}
	if _, err := x.Merge(ctx, incidents.IDOf("2031-05-02", "a", "i1"), incidents.IDOf("2031-05-02", "b", "i1")); err == nil {
		t.Error("one incident was merged with itself")
	}
	if _, _, err := x.Split(ctx, incidents.IDOf("2031-05-02", "a", "i1"), "a", "b"); err == nil {
		t.Error("all of an incident was split off it")
	}
	if _, _, err := x.Split(ctx, incidents.IDOf("2031-05-02", "a", "i1"), "c"); err == nil {
		t.Error("an article was split off an incident that it does not tell of")
	}
}

// counting is a shelf that counts what it is asked for.
type counting struct {
	incidents.Memory
	looked, moved int
}

func (c *counting) Sharing(ctx context.Context, keys []incidents.Key, ofKey, most int) ([]incidents.Kept, error) {
	out, err := c.Memory.Sharing(ctx, keys, ofKey, most)
	c.looked += len(out)
	return out, err
}

func (c *counting) Move(ctx context.Context, k incidents.Kept) error {
	c.moved++
	return c.Memory.Move(ctx, k)
}

// TestManyRecordsOfOneKey adds very many records that all look the same, from
// the first to the last and from the last to the first: what each costs must not grow.
func TestManyRecordsOfOneKey(t *testing.T) {
	const n = 20_000
	for _, order := range []string{"forward", "backward"} {
		t.Run(order, func(t *testing.T) {
			shelf := &counting{}
			x := incidents.Index{Shelf: shelf}
			for i := range n {
				if order == "backward" {
					i = n - 1 - i
				}
				id := fmt.Sprintf("a%06d", i)
				must(t, x.Add(context.Background(), id, []incidents.Record{{Article: id, Local: "i1", Main: true, Type: ledger.Attack,
					Published: "2031-05-02", Date: "2031-05-01", Places: towns[:1], Words: []uint32{1, 2, 3, 4, 5, 6}, Title: []uint32{1, 2, 3}}}))
			}
			if got := len(shelf.Incidents()); got != 1 {
				t.Errorf("%d incidents, want 1", got)
			}
			if shelf.looked > n*2*3*64 || shelf.moved > n*80 {
				t.Errorf("looked at %d records and moved %d for %d", shelf.looked, shelf.moved, n)
			}
		})
	}
}

// BenchmarkAdd adds the records of one article to a shelf with those of a thousand others.
func BenchmarkAdd(b *testing.B) {
	ctx := context.Background()
	record := func(i int) []incidents.Record {
		id := fmt.Sprintf("a%04d", i)
		r := incidents.Record{Article: id, Local: "i1", Main: true, Type: ledger.Attack, Published: fmt.Sprintf("2031-%02d-%02d", 1+i/28%12, 1+i%28),
			Places: towns[i%3 : i%3+1], Around: towns[:2]}
		for w := range uint32(60) {
			r.Words = append(r.Words, w*uint32(1+i%7))
		}
		for n := range uint64(8) {
			r.Names = append(r.Names, n*uint64(i))
		}
		return []incidents.Record{r}
	}
	x := incidents.Index{Shelf: &incidents.Memory{}}
	for i := range 1000 {
		must(b, x.Add(ctx, record(i)[0].Article, record(i)))
	}
	for i := 0; b.Loop(); i++ {
		must(b, x.Add(ctx, record(i % 1000)[0].Article, record(i%1000)))
	}
}
