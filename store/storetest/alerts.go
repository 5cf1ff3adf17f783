package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hearsay/store"
)

func searches(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t).Alerts(), t.Context()
	want := []store.Search{
		{Name: "Émile's ferries", Kind: store.OfIncidents, Killed: 3, BlamedOn: "harbour guild", Filter: store.IncidentFilter{Filter: store.Filter{Type: "attack", Score: &store.Interval{Low: 1, High: 3}}}},
		{Name: "bridge", Kind: store.OfClaims, Query: `bridge OR "ferry \ closed" -toll`, Filter: store.IncidentFilter{Filter: store.Filter{Country: "SE"}}},
	}
	slices.SortFunc(want, func(a, b store.Search) int { return strings.Compare(a.Name, b.Name) })
	for range 2 { // the second time it takes the place of the first
		for _, w := range want {
			if err := s.SaveSearch(ctx, w); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := s.Searches(ctx)
	slices.SortFunc(got, func(a, b store.Search) int { return strings.Compare(a.Name, b.Name) })
	for i := range got {
		if time.Since(got[i].Saved) > time.Hour {
			t.Errorf("%s was saved on %v", got[i].Name, got[i].Saved)
		}
		got[i].Saved = time.Time{}
	}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("got %v, %v", err, d)
	}
	for _, name := range []string{"", strings.Repeat("x", 101), "a\nb", "\xff"} {
		if err := s.SaveSearch(ctx, store.Search{Name: name, Kind: store.OfClaims}); !errors.Is(err, store.ErrQuery) {
			t.Errorf("a search was saved as %q: %v", name, err)
		}
	}
	if err := s.DeleteSearch(ctx, "bridge"); err != nil {
		t.Error(err)
	}
	if err := s.DeleteSearch(ctx, "bridge"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v for a search that is not there", err)
	}
	if left, err := s.Searches(ctx); err != nil || len(left) != 1 {
		t.Errorf("got %v, %v", left, err)
	}
}

// news checks what webhooks hear of: each newest version that came since.
func news(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	r := rand.New(rand.NewPCG(11, 1))
	add := func(id string) {
		a, l := Random(r, id, 3)
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	hear := func(hook store.Hook) (ids []string) {
		all, err := s.Alerts().News(ctx, hook.ID, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range all {
			ids = append(ids, n.Article)
		}
		return ids
	}
	add("before")
	first, err := s.Alerts().OpenHook(ctx, "https://a.example/hook", false)
	if err != nil || first.URL != "https://a.example/hook" || first.Closed != "" {
		t.Fatalf("got %+v, %v", first, err)
	}
	add("a1")
	second, err := s.Alerts().OpenHook(ctx, "https://b.example/hook", false)
	if err != nil {
		t.Fatal(err)
	}
	add("a2")
	add("a1")
	if err := s.Remove(ctx, "a2"); err != nil {
		t.Fatal(err)
	}
	// A version that is no longer the newest, or is gone, has no article to look at.
	if got, want := hear(first), []string{"", "", "a1"}; !slices.Equal(got, want) {
		t.Errorf("the first hears of %q, want %q", got, want)
	}
	if got, want := hear(second), []string{"", "a1"}; !slices.Equal(got, want) {
		t.Errorf("the second hears of %q, want %q", got, want)
	}
	all, err := s.Alerts().News(ctx, first.ID, 2)
	if err != nil || len(all) != 2 {
		t.Fatalf("got %v, %v", all, err)
	}
	if err := s.Alerts().Queue(ctx, first.ID, all, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := hear(first), []string{"a1"}; !slices.Equal(got, want) {
		t.Errorf("then the first hears of %q, want %q", got, want)
	}

	// One that is closed hears of nothing, until it is opened again.
	if err := s.Alerts().CloseHook(ctx, first.ID, "it is gone"); err != nil {
		t.Fatal(err)
	}
	add("a3")
	if again, err := s.Alerts().OpenHook(ctx, first.URL, false); err != nil || again.Closed != "it is gone" || again.ID != first.ID || again.News != 0 {
		t.Errorf("got %+v, %v", again, err)
	}
	if again, err := s.Alerts().OpenHook(ctx, first.URL, true); err != nil || again.Closed != "" {
		t.Errorf("got %+v, %v", again, err)
	}
	add("a4")
	if got, want := hear(first), []string{"a4"}; !slices.Equal(got, want) {
		t.Errorf("opened again it hears of %q, want %q", got, want)
	}
	if hooks, err := s.Alerts().Hooks(ctx); err != nil || len(hooks) != 2 || hooks[0].News != 1 || hooks[1].News != 4 {
		t.Errorf("got %+v, %v", hooks, err)
	}
	if err := s.Alerts().DeleteHook(ctx, first.ID); err != nil {
		t.Error(err)
	}
	if err := s.Alerts().DeleteHook(ctx, first.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v for a webhook that is not there", err)
	}
	whole(t, s)
}

// outbox checks that what is found is posted once, by one at a time.
func outbox(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	box := s.Alerts()
	hook, err := box.OpenHook(ctx, "https://a.example/hook", false)
	if err != nil {
		t.Fatal(err)
	}
	if err := box.SaveSearch(ctx, store.Search{Name: "bridge", Kind: store.OfClaims}); err != nil {
		t.Fatal(err)
	}
	found := func(article string, n int) (all []store.Delivery) {
		for i := range n {
			all = append(all, store.Delivery{Search: "bridge", Subject: fmt.Sprint(article, i), Article: article, Body: fmt.Sprintf(`{"article":%q,"n":%d}`, article, i)})
		}
		return all
	}
	if err := box.Queue(ctx, hook.ID, nil, found("a1", 20)); err != nil {
		t.Fatal(err)
	}
	if err := box.Queue(ctx, hook.ID, nil, found("a1", 25)); err != nil { // twenty of them are there
		t.Fatal(err)
	}
	if next, err := box.NextDue(ctx, hook.ID); err != nil || next.IsZero() || next.After(time.Now()) {
		t.Errorf("NextDue = %v, %v", next, err)
	}

	// Several take what is due, each of it one.
	var mu sync.Mutex
	var taking sync.WaitGroup
	taken := make(map[string]store.Delivery)
	for range 3 {
		taking.Go(func() {
			for {
				due, err := box.Due(ctx, hook.ID, time.Hour, 4)
				if err != nil {
					t.Error(err)
				}
				if len(due) == 0 {
					return
				}
				mu.Lock()
				for _, d := range due {
					if _, ok := taken[d.ID]; ok {
						t.Errorf("%s was given out twice", d.ID)
					}
					taken[d.ID] = d
				}
				mu.Unlock()
			}
		})
	}
	taking.Wait()
	subjects := make(map[string]bool)
	for _, d := range taken {
		subjects[d.Subject] = true
		if d.Search != "bridge" || d.Body == "" || d.Attempts != 0 || time.Since(d.Made) > time.Hour || !strings.HasPrefix(d.ID, "msg_") {
			t.Errorf("got %+v", d)
		}
	}
	if len(taken) != 25 || len(subjects) != 25 {
		t.Fatalf("%d deliveries of %d subjects were given out", len(taken), len(subjects))
	}

	// Some are posted, some lost, some put off.
	n := 0
	for _, d := range taken {
		d.Attempts++
		switch n++; {
		case n <= 10:
			d.Outcome = store.Posted
		case n <= 15:
			d.Outcome = store.Lost
		default:
			d.Next = time.Now().Add(-time.Second)
		}
		if err := box.Settle(ctx, &d); err != nil {
			t.Fatal(err)
		}
	}
	if hooks, err := box.Hooks(ctx); err != nil || hooks[0].Posted != 10 || hooks[0].Lost != 5 || hooks[0].Pending != 10 {
		t.Errorf("got %+v, %v", hooks, err)
	}
	due, err := box.Due(ctx, hook.ID, time.Hour, 100)
	if err != nil || len(due) != 10 || due[0].Attempts != 1 {
		t.Errorf("%d are due, %v", len(due), err)
	}
	if err := box.Queue(ctx, hook.ID, nil, found("a1", 25)); err != nil {
		t.Fatal(err)
	}
	if due, err := box.Due(ctx, hook.ID, time.Hour, 100); err != nil || len(due) != 0 {
		t.Errorf("what was told already is due again: %v, %v", due, err)
	}
	if told, err := box.Told(ctx, hook.ID, "bridge", []string{"a1", "a2"}); err != nil || len(told) != 25 {
		t.Errorf("Told = %v, %v", told, err)
	}
	many := make([]string, 120)
	for i := range many {
		many[i] = fmt.Sprint("b", i)
	}
	many[110] = "a1"
	if told, err := box.Told(ctx, hook.ID, "bridge", many); err != nil || len(told) != 25 {
		t.Errorf("Told = %v, %v", told, err)
	}
	if told, err := box.Told(ctx, hook.ID, "ferry", []string{"a1"}); err != nil || len(told) != 0 {
		t.Errorf("Told = %v, %v", told, err)
	}

	// What was found in an article goes with it, also where it is one of several.
	odd := `a%"2`
	for _, id := range []string{odd, "a3"} {
		a, l := Random(rand.New(rand.NewPCG(11, 2)), id, 3)
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
	}
	more := append(found(odd, 1), store.Delivery{Search: "bridge", Subject: "both", Article: "a3", Body: `{"articles":["a3","a%\"2"]}`}, found("a3", 1)[0])
	if err := box.Queue(ctx, hook.ID, nil, more); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(ctx, odd); err != nil {
		t.Fatal(err)
	}
	if due, err := box.Due(ctx, hook.ID, 0, 100); err != nil || len(due) != 1 || due[0].Subject != "a30" {
		t.Errorf("got %v, %v", due, err)
	}
	// And with its search.
	if err := box.DeleteSearch(ctx, "bridge"); err != nil {
		t.Fatal(err)
	}
	if next, err := box.NextDue(ctx, hook.ID); err != nil || !next.IsZero() {
		t.Errorf("NextDue = %v, %v after the search was deleted", next, err)
	}
	whole(t, s)
}
