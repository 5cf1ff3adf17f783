package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/corpus/copies"
	"hearsay/corpus/copies/edits"
	"hearsay/ledger"
	"hearsay/store"
	"hearsay/text/edtf"
)

// version is an article in one of the forms in which papers may print one of a
// few stories: the wire's own, edited copies of it, under another title, on other days.
func version(id string, story, form uint64) (*article.Article, *ledger.Ledger) {
	a, _ := Random(rand.New(rand.NewPCG(story, 20)), id, 14)
	r := rand.New(rand.NewPCG(story, form+21))
	switch form % 4 {
	case 1:
		a.Text = (&edits.Editor{Rand: r, Filler: []string{"Read more of this in our evening edition."}}).Edit(a.Text, edits.Moderate)
	case 2:
		a.Title = "Ferry timetables for the winter"
	case 3:
		a.Text = a.Text[:strings.Index(a.Text[len(a.Text)/2:], "\n")+len(a.Text)/2]
	}
	a.Published = fmt.Sprintf("2031-05-%02d", 1+r.IntN(28))
	if form%5 == 4 {
		a.Published = ""
	}
	_, l := sentence(id, a.Text)
	l.Document.Title, l.Document.Published = a.Title, a.Published
	return a, l
}

// copiesOfDays asks for the copies of which one appeared in some days, or may have.
func copiesOfDays(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	days := []string{"1969-07-20", "2031-05-02", "2031-05", "2031-05-30", "2031", "2031-06-11", "", "2029-12-31/2030-01-02", "2102-03-04", "2031-05-02"}
	published := make(map[string]string)
	for i, first := range days {
		text := ""
		for n := range 60 { // words that no other story has
			text += fmt.Sprintf("%cor%cen ", 'a'+i, 'a'+n%26) + strings.Repeat("ta", 1+n/26) + " "
		}
		for again, day := range []string{first, days[(3*i+1)%len(days)]} {
			id := fmt.Sprintf("a%d-%d", i, again)
			a, l := sentence(id, text)
			a.Title, a.Published = fmt.Sprintf("Orrin %cellow wins", 'a'+i), day
			l.Document.Title, l.Document.Published, published[id] = a.Title, day, day
			if _, _, err := s.Add(ctx, "x", a, l); err != nil {
				t.Fatal(err)
			}
		}
	}
	all := collect(t, s.Copies(ctx, store.Filter{}))
	if len(all) != len(days) {
		t.Fatalf("the test is not as it was meant: %+v", all)
	}
	for limit := 1; limit <= 4; limit++ {
		var got []copies.Group
		for page, before := limit, int64(0); page == limit; {
			list := collect(t, s.Copies(ctx, store.Filter{Before: before, Limit: limit}))
			got, page = append(got, list...), len(list)
			if page > 0 {
				before = list[page-1].Number
			}
		}
		if d := cmp.Diff(all, got); d != "" {
			t.Errorf("%d at a time: %s", limit, d)
		}
	}
	for _, since := range []string{"", "1969-07-20", "2029-12-31", "2031-05-02", "2031-05-03", "2031-07-01", "2102-03-05"} {
		for _, until := range []string{"", "1969-07-20", "2030-01-01", "2031-05-02", "2031-05-30", "2031-12-31"} {
			var want [][]string
			for _, g := range all {
				if slices.ContainsFunc(g.Articles, func(id string) bool {
					d := edtf.Parse(published[id])
					return (since == "" || d.Known && d.Last >= edtf.Parse(since).First) && (until == "" || d.Known && d.First <= edtf.Parse(until).First)
				}) {
					want = append(want, g.Articles)
				}
			}
			var got [][]string
			for _, g := range collect(t, s.Copies(ctx, store.Filter{Since: since, Until: until})) {
				got = append(got, g.Articles)
			}
			slices.SortFunc(want, slices.Compare) // a group stands where an article that is wanted was added last
			slices.SortFunc(got, slices.Compare)
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("from %q to %q: %s", since, until, d)
			}
		}
	}
}

// copied pins what Copies yields of a wire story, what papers made of it, and an
// article of its own.
func copied(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	add := func(id, title, published, text string) {
		t.Helper()
		a, l := sentence(id, text)
		a.Title, a.Published = title, published
		l.Document.Title, l.Document.Published = title, published
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	const (
		wire = "A barge carrying timber struck the lower lock at Osterfell before dawn on Tuesday and sank, the harbour guild said. " +
			"Its three hands reached the bank in a borrowed rowing boat. " +
			"The lock keeper Ilse Varga told reporters that the gates had been left open all night because a chain had parted. " +
			"Barges will be sent by the old canal until the wreck has been lifted, which the guild expects to take nine days."
		other = "The council of Brindle Bay will vote next week on a toll for the new bridge, its clerk said. " +
			"Fishermen who cross it twice a day have asked to be spared, and the mayor has promised them an answer before the vote."
	)
	add("paper", "Barge sinks in the lock at Osterfell", "2031-05-07", wire+" The guild has asked for witnesses to come to its office.")
	add("toll", "Council to vote on bridge toll", "2031-05-07", other)
	add("wire", "Barge sinks in lock at Osterfell", "2031-05-06", wire)
	add("reprint", "Barge sinks in lock at Osterfell", "2031-05-08", wire)
	add("excerpt", "Barge sinks in lock at Osterfell", "2031-05-08", strings.Join(strings.SplitAfter(wire, ". ")[:2], ""))
	want := copies.Group{Articles: []string{"wire", "paper", "reprint", "excerpt"}, First: "wire", Copies: []copies.Copy{
		{Article: "paper", Of: "wire", Change: copies.Extended}, {Article: "reprint", Of: "wire", Change: copies.Reprinted},
		{Article: "excerpt", Of: "wire", Change: copies.Shortened}}}
	for _, test := range []struct {
		filter store.Filter
		want   []copies.Group
	}{
		{store.Filter{}, []copies.Group{want}},
		{store.Filter{Article: "reprint"}, []copies.Group{want}},
		{store.Filter{Article: "toll"}, nil},
		{store.Filter{Article: "nothing"}, nil},
		{store.Filter{Since: "2031-05-08"}, []copies.Group{want}},
		{store.Filter{Since: "2031-05-09"}, nil},
		{store.Filter{Until: "2031-05-05"}, nil},
	} {
		if d := cmp.Diff(test.want, collect(t, s.Copies(ctx, test.filter)), cmpopts.IgnoreFields(copies.Group{}, "Number")); d != "" {
			t.Errorf("%+v: %s", test.filter, d)
		}
	}
	for _, err := range s.Copies(ctx, store.Filter{Since: "then"}) {
		if !errors.Is(err, store.ErrQuery) {
			t.Errorf("a day that is none: %v", err)
		}
	}
	// Without the wire's story the reprint is the first.
	if err := s.Remove(ctx, "wire"); err != nil {
		t.Fatal(err)
	}
	if got := collect(t, s.Copies(ctx, store.Filter{})); len(got) != 1 || len(got[0].Articles) != 3 || slices.Contains(got[0].Articles, "wire") {
		t.Errorf("%+v without the wire's story", got)
	}
	add("wire", "Barge sinks in lock at Osterfell", "2031-05-06", wire)
	// A second group, of an article added last, comes first.
	add("toll again", "Council to vote on bridge toll", "2031-05-08", other)
	if got := collect(t, s.Copies(ctx, store.Filter{Limit: 1})); len(got) != 1 || got[0].First != "toll" {
		t.Errorf("of the group added last: %+v", got)
	}
	// A paper that has written of something else since is no copy any more.
	for _, id := range []string{"toll again", "paper", "excerpt", "reprint"} {
		add(id, "Mill to close", "2031-05-09", "The mill at Karsk will be closed, its owner said in a letter to the men of "+id+", who have worked there for forty years.")
	}
	if got := collect(t, s.Copies(ctx, store.Filter{Article: "wire"})); len(got) != 0 {
		t.Errorf("%+v of what is no copy any more", got)
	}
	whole(t, s)
	file := filepath.Join(t.TempDir(), "copy")
	before := collect(t, s.Copies(ctx, store.Filter{}))
	if err := s.Backup(ctx, file, false); err != nil {
		t.Fatal(err)
	}
	empty(t, s)
	if got := collect(t, s.Copies(ctx, store.Filter{})); len(got) != 0 {
		t.Errorf("%+v in an empty store", got)
	}
	if err := s.Restore(ctx, file); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, collect(t, s.Copies(ctx, store.Filter{})), cmpopts.IgnoreFields(copies.Group{}, "Number")); d != "" || len(before) == 0 {
		t.Errorf("%d groups, and after restoring %s", len(before), d)
	}
}

// copiesInAnyOrder adds, changes and removes versions of a few stories, and
// wants the groups that an empty store makes of what is left, put in in any order.
func copiesInAnyOrder(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	rapid.Check(t, func(rt *rapid.T) {
		empty(rt, s)
		left := make(map[string][2]uint64)
		add := func(id string, v [2]uint64) store.Outcome {
			a, l := version(id, v[0], v[1])
			_, o, err := s.Add(ctx, "x", a, l)
			if err != nil {
				rt.Fatal(err)
			}
			return o
		}
		for range rapid.IntRange(1, 14).Draw(rt, "steps") {
			id := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g", "h"}).Draw(rt, "id")
			if _, there := left[id]; there && rapid.IntRange(0, 2).Draw(rt, "remove") == 0 {
				if err := s.Remove(ctx, id); err != nil {
					rt.Fatal(err)
				}
				delete(left, id)
				continue
			}
			v := [2]uint64{rapid.Uint64Range(0, 1).Draw(rt, "story"), rapid.SampledFrom([]uint64{0, 0, 4, 8, 1, 2, 3, 5, 6}).Draw(rt, "form")}
			if add(id, v) != store.Known { // else the same text under another title, which is not taken
				left[id] = v
			}
		}
		whole(rt, s)
		got := groupsOf(rt, s)
		empty(rt, s)
		ids := make([]string, 0, len(left))
		for id := range left {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range rapid.Permutation(ids).Draw(rt, "order") {
			add(id, left[id])
		}
		if d := cmp.Diff(groupsOf(rt, s), got); d != "" {
			rt.Fatalf("an empty store makes other groups of them: %s", d)
		}
	})
}

// twinsOfOneText adds very many articles of one text under titles that have nothing to
// do with one another: a page that says that there is nothing to be read.
func twinsOfOneText(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	const text = "You have read all of the free stories of this month. To go on, take out a subscription to the paper, or come back when the next month begins."
	var items []store.Item
	for i := range 150 {
		a, l := sentence(fmt.Sprint("a", i), text)
		a.Title = fmt.Sprintf("%d %d", 1000+i, 5000+i)
		a.Published = fmt.Sprintf("2031-%02d-%02d", 1+i%12, 1+i%28)
		l.Document.Title, l.Document.Published = a.Title, a.Published
		items = append(items, store.Item{Origin: "x", Article: a, Ledger: l})
	}
	if _, err := s.AddAll(ctx, items); err != nil {
		t.Fatal(err)
	}
	if got := groupsOf(t, s); len(got) > 0 {
		t.Errorf("%+v", got)
	}
	whole(t, s)
	empty(t, s)
	whole(t, s)
}

// groupsOf returns all groups, in the order of their first articles.
func groupsOf(t tb, s store.Store) []copies.Group {
	t.Helper()
	all := collect(t, s.Copies(t.Context(), store.Filter{}))
	for i := range all {
		all[i].Number = 0 // it is that of an article, as they were added
	}
	slices.SortFunc(all, func(a, b copies.Group) int { return strings.Compare(a.First, b.First) })
	return all
}

// Gathered is all that a store has gathered, a line each, in an order that does not depend on
// that in which articles were added.
func Gathered(t testing.TB, s store.Store) string {
	t.Helper()
	var b strings.Builder
	for _, g := range groupsOf(t, s) {
		fmt.Fprintf(&b, "%+v\n", g)
	}
	for _, line := range incidentsOf(t, s) {
		fmt.Fprintln(&b, line)
	}
	return b.String()
}

// empty removes all articles.
func empty(t tb, s store.Store) {
	t.Helper()
	for _, a := range collect(t, s.Articles(t.Context(), store.Filter{})) {
		if err := s.Remove(t.Context(), a.ID); err != nil {
			t.Fatal(err)
		}
	}
}
