package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/corpus/incidents"
	"hearsay/ledger"
	"hearsay/store"
	"hearsay/text/edtf"
)

// happening is something that several articles tell of.
type happening struct {
	town  string
	place ledger.Place
	day   string // EDTF
	kind  ledger.IncidentType
	word  string // that tells of it
	dead  string // the name of a victim
}

// happenings are as unlike one another as any rule for telling incidents apart could wish, two of
// them but for their days.
var happenings = [...]happening{
	{"Torvik", ledger.Place{Lat: 60.1, Lon: 5.2, Country: "NO", Region: "NO-46", GeoNames: 7001}, "2031-05-02", ledger.Attack, "stabbing", "Ema Tolv"},
	{"Sarn Élan", ledger.Place{Lat: 46.2, Lon: 7.3, Country: "CH", Region: "CH-VS", GeoNames: 7002}, "2030-11-20", ledger.SuicideBomb, "bombing", "Jory Pell"},
	{"Lower Wend", ledger.Place{Lat: -31.9, Lon: 115.8, Country: "AU", Region: "AU-WA", GeoNames: 7003}, "2029-02-11", ledger.PeacefulProtest, "march", "Una Brask"},
	{"Torvik", ledger.Place{Lat: 60.1, Lon: 5.2, Country: "NO", Region: "NO-46", GeoNames: 7001}, "2033-09-14", ledger.Attack, "shooting", "Oskar Finch"},
}

// report is an article that tells of a happening on somebody's word and, where other
// is not negative, mentions another one in passing.
func report(id, published string, of, killed int, speaker string, other int) (*article.Article, *ledger.Ledger) {
	h := &happenings[of]
	a := &article.Article{ID: id, Title: "A " + h.word + " in " + h.town, Published: published, Language: "en"}
	l := &ledger.Ledger{Hearsay: ledger.Version}
	var b strings.Builder
	piece := func(s string) ledger.Piece {
		p := ledger.Piece{Span: ledger.Span{Start: b.Len(), End: b.Len() + len(s)}}
		b.WriteString(s)
		return p
	}
	entity := func(name string, t ledger.EntityType, place *ledger.Place) string {
		p := piece(name)
		for i := range l.Entities {
			if e := &l.Entities[i]; e.Name == name {
				e.Mentions = append(e.Mentions, ledger.Mention{Span: p.Span})
				return e.ID
			}
		}
		l.Entities = append(l.Entities, ledger.Entity{ID: fmt.Sprintf("e%d", len(l.Entities)+1), Type: t, Name: name, Place: place, Mentions: []ledger.Mention{{Span: p.Span}}})
		return l.Entities[len(l.Entities)-1].ID
	}
	for i, n := range []int{of, other} {
		if n < 0 {
			continue
		}
		h := &happenings[n]
		start := b.Len()
		claim, incident := fmt.Sprintf("c%d", i+1), ledger.Incident{ID: fmt.Sprintf("i%d", i+1), Type: h.kind, Date: h.day}
		b.WriteString("The ")
		incident.Mentions = []ledger.Mention{{Span: piece(h.word).Span}}
		b.WriteString(" in ")
		incident.Places = []string{entity(h.town, ledger.TypePlace, &h.place)}
		c := ledger.Claim{ID: claim, Sentence: fmt.Sprintf("s%d", i+1), Incident: incident.ID, Certainty: &ledger.Certainty{Level: ledger.LevelPossible, Polarity: ledger.Affirmed, Score: 1}}
		if i == 0 {
			b.WriteString(" killed ")
			value := float64(killed)
			figure := piece(fmt.Sprint(killed))
			b.WriteString(" people, " + h.dead + " among them")
			l.Figures = append(l.Figures, ledger.Figure{Piece: figure, Value: &value, Unit: ledger.UnitKilled, Claim: claim, Incident: incident.ID})
			incident.Killed = &ledger.Toll{Low: killed, Best: killed, High: killed, Figures: []int{0}}
			c.Certainty = &ledger.Certainty{Level: ledger.LevelCertain, Polarity: ledger.Affirmed, Score: 3}
		} else {
			b.WriteString(" was recalled")
		}
		c.Content = []ledger.Piece{{Span: ledger.Span{Start: start, End: b.Len()}}}
		if speaker != "" && i == 0 {
			b.WriteString(", ")
			at := b.Len()
			e := entity(speaker, ledger.TypePerson, nil)
			c.Source = &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{Start: at, End: b.Len()}}, Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Entity: e, Speaker: e}
			b.WriteString(" ")
			cue := piece("said")
			c.Cue, c.Manner = &cue, ledger.MannerIndirect
		}
		b.WriteString(".")
		l.Sentences = append(l.Sentences, ledger.Sentence{ID: c.Sentence, Span: ledger.Span{Start: start, End: b.Len()}})
		b.WriteString("\n")
		l.Claims, l.Incidents = append(l.Claims, c), append(l.Incidents, incident)
	}
	b.WriteString("No other article has these words: " + strings.Repeat(id+" ", 12) + ".") // lest they are copies
	a.Text = b.String()
	l.Document = ledger.Document{ID: a.ID, Title: a.Title, Published: a.Published, Language: a.Language, Text: a.Text}
	return a, l
}

// Report returns a report as chance wants it: few enough of them are gathered the same in any order.
func Report(r *rand.Rand, id string) (*article.Article, *ledger.Ledger) {
	of := r.IntN(len(happenings))
	published := fmt.Sprintf("%s-%02d", happenings[of].day[:7], 20+r.IntN(8))
	return report(id, published, of, 1+r.IntN(5), []string{"", "Mara Lind", "Tobin Hask"}[r.IntN(3)], (of+1+r.IntN(3))%len(happenings))
}

// addReport adds a report.
func addReport(t tb, s store.Store, id, published string, of, killed int, speaker string, other int) store.Outcome {
	t.Helper()
	a, l := report(id, published, of, killed, speaker, other)
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	_, o, err := s.Add(t.Context(), "x", a, l)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// ofIncidents is what a store knows of incidents. A home that knows nothing yet skips the test.
func ofIncidents(t testing.TB, s store.Store) store.Incidents {
	t.Helper()
	n, ok := s.(store.Incidents)
	if !ok {
		t.Skip("this store gathers no incidents")
	}
	return n
}

// toldInDays asks for the incidents that articles told of in some days: before they happened, at the time
// and long after, and such as have no day.
func toldInDays(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	x := ofIncidents(t, s)
	published := make(map[string]string)
	for i, p := range []struct {
		of        int
		published string
		undated   bool
	}{
		{0, "2031-05-02", false}, {0, "2031-05-09", false}, {1, "2030-10-01", false}, {1, "2030-11-21", false}, {2, "2029-02-12", false}, {2, "2029-07-30", false},
		{3, "2033-09-15", true}, {3, "2033-09-16", true}, {0, "2036-01-07", true}, {2, "2032-04", true}, {1, "2034-02-03", true}, {1, "", true}, {2, "2033-09", false},
	} {
		id := fmt.Sprintf("a%02d", i)
		a, l := report(id, p.published, p.of, 2, "", -1)
		if p.undated {
			l.Incidents[0].Date = ""
		}
		if _, _, err := s.Add(ctx, "x", a, l); err != nil {
			t.Fatal(err)
		}
		published[id] = p.published
	}
	whole(t, s)
	all := collect(t, x.Incidents(ctx, store.IncidentFilter{}))
	if len(all) < 5 {
		t.Fatalf("the test is not as it was meant: %d incidents", len(all))
	}
	for _, f := range []store.Filter{{}, {Place: "Torvik"}, {Since: "2030-09-30"}, {HappenedSince: "2029-01-01", HappenedUntil: "2031-01-01"}} {
		want := collect(t, x.Incidents(ctx, store.IncidentFilter{Filter: f}))
		for limit := 1; limit <= 4; limit++ {
			var got []*incidents.Incident
			f := store.IncidentFilter{Filter: f}
			f.Limit = limit
			for page := limit; page == limit; {
				list := collect(t, x.Incidents(ctx, f))
				got, page = append(got, list...), len(list)
				if page > 0 {
					f.After = new(store.PlaceOf(list[page-1]))
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%+v, %d at a time: %s", f, limit, d)
			}
		}
	}
	days := []string{"", "2029-02-11", "2029-02-12", "2029-07-30", "2030-09-30", "2030-10-02", "2030-11-21", "2031-05-05", "2031-05-09", "2032-04-11", "2033-09-02", "2033-09-16", "2034-02-03", "2036-01-07", "2036-01-08"}
	found := 0
	for _, since := range days {
		for _, until := range days {
			var want []string
			for _, n := range all {
				if slices.ContainsFunc(n.Articles, func(id string) bool {
					d := edtf.Parse(published[id])
					return (since == "" || d.Known && d.Last >= edtf.Parse(since).First) && (until == "" || d.Known && d.First <= edtf.Parse(until).First)
				}) {
					want = append(want, n.ID)
				}
			}
			var got []string
			for _, n := range collect(t, x.Incidents(ctx, store.IncidentFilter{Filter: store.Filter{Since: since, Until: until}})) {
				got = append(got, n.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("from %q to %q: %q, want %q", since, until, got, want)
			}
			found += len(got)
		}
	}
	if found < 100 {
		t.Errorf("only %d found", found)
	}
}

// muchReported has more articles tell of two incidents than a store counts anew each time, has the two
// merged and parted again, and takes articles out until few are left.
func muchReported(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	x := ofIncidents(t, s)
	const each = 26
	var items []store.Item
	for i := range each {
		for _, of := range [...]int{0, 3} {
			published := fmt.Sprintf("%s-%02d", happenings[of].day[:7], 28-i)
			a, l := report(fmt.Sprintf("%c%02d", 'a'+of, i), published, of, 2+i/20, "", -1)
			items = append(items, store.Item{Origin: "x", Article: a, Ledger: l})
		}
	}
	check := func(when string, want ...int) {
		t.Helper()
		whole(t, s)
		var got []int
		for _, n := range collect(t, x.Incidents(ctx, store.IncidentFilter{Filter: store.Filter{Place: "Torvik", Type: ledger.Attack}})) {
			got = append(got, n.Support.Articles)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s: the incidents have %d articles, not %d", when, got, want)
		}
	}
	for n, at := 0, 0; at < len(items); n++ {
		to := min(at+1+n%9, len(items))
		if _, err := s.AddAll(ctx, items[at:to]); err != nil {
			t.Fatal(err)
		}
		at = to
	}
	check("added", each, each)
	var ids []string
	for _, n := range collect(t, x.Incidents(ctx, store.IncidentFilter{})) {
		ids = append(ids, n.ID)
	}
	if _, err := x.Merge(ctx, ids...); err != nil {
		t.Fatal(err)
	}
	check("merged", 2*each)
	if err := x.Undo(ctx, 1); err != nil {
		t.Fatal(err)
	}
	check("parted", each, each)
	changed, l := report("a03", "2031-05-20", 0, 2, "Mara Lind", -1)
	if _, _, err := s.Add(ctx, "x", changed, l); err != nil {
		t.Fatal(err)
	}
	check("changed", each, each)
	for i := range each {
		if i%8 == 7 {
			check("taken out", each, each-i)
		}
		if err := s.Remove(ctx, fmt.Sprintf("a%02d", i)); err != nil {
			t.Fatal(err)
		}
	}
	check("one left", each)
}

// across pins what several articles make of some incidents, and how they are asked for.
func across(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	x := ofIncidents(t, s)
	addReport(t, s, "a1", "2031-05-03", 0, 3, "Mara Lind", -1)
	addReport(t, s, "b1", "2030-11-21", 1, 9, "Tobin Hask", -1)
	addReport(t, s, "a2", "2031-05-04", 0, 4, "", 1)
	addReport(t, s, "c1", "2029-02-12", 2, 1, "Harbour Guild", -1)
	addReport(t, s, "a3", "2031-05-04", 0, 4, "Mara Lind", -1)
	addReport(t, s, "d1", "2033-09-15", 3, 2, "Ilse Varga", -1)
	whole(t, s)
	all := collect(t, x.Incidents(ctx, store.IncidentFilter{}))
	var got []string
	byName := make(map[string]*incidents.Incident)
	for _, n := range all {
		slices.Sort(n.Articles)
		line := fmt.Sprintf("%s %s %s %v %v %d/%d", n.Date, n.Type, n.Place.Name, n.Articles, n.Mentioned, n.Support.Articles, n.Support.Origins)
		got = append(got, line)
		byName[n.Articles[0][:1]] = n
	}
	want := []string{
		"2033-09-14 attack Torvik [d1] [] 1/1",
		"2031-05-02 attack Torvik [a1 a2 a3] [] 3/2", // what only relays Mara Lind is one origin
		"2030-11-20 suicide bomb Sarn Élan [b1] [a2] 1/1",
		"2029-02-11 peaceful protest Lower Wend [c1] [] 1/1",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
	if k := byName["a"].Killed; k == nil || k.Low != 3 || k.High != 4 || len(k.Figures) != 3 {
		t.Errorf("killed: %+v", k)
	}
	level, low := ledger.LevelCertain, &store.Interval{Low: 2, High: 3}
	for _, test := range []struct {
		name   string
		filter store.IncidentFilter
		want   string
	}{
		{"happened since", of(store.Filter{HappenedSince: "2031-05-02"}), "d a"},
		{"happened until", of(store.Filter{HappenedUntil: "2031-05-01"}), "b c"},
		{"published since", of(store.Filter{Since: "2031-05-04"}), "d a"},
		{"published until", of(store.Filter{Until: "2030-11-21"}), "b c"},
		{"published in between", of(store.Filter{Since: "2031-05-04", Until: "2031-05-04"}), "a"},
		{"a mention does not count", of(store.Filter{Since: "2031-05-04", Until: "2031-05-04", Country: "CH"}), ""},
		{"type", of(store.Filter{Type: ledger.Attack}), "d a"},
		{"place", of(store.Filter{Place: "elan"}), "b"},
		{"words of a place", of(store.Filter{Place: "WEND lower"}), "c"},
		{"another place", of(store.Filter{Place: "Upper Wend"}), ""},
		{"country", of(store.Filter{Country: "no"}), "d a"},
		{"speaker", of(store.Filter{Speaker: "lind"}), "a"},
		{"speaker and day", of(store.Filter{Speaker: "lind", Since: "2031-05-05"}), ""},
		{"speaker and naming", of(store.Filter{Speaker: "LINDS mara", Naming: ledger.NamingNamed}), "a"},
		{"speaker of another name", of(store.Filter{Speaker: "Tobin Lind"}), ""},
		{"naming", of(store.Filter{Naming: ledger.NamingNamed, Type: ledger.Attack}), "d a"},
		{"level", of(store.Filter{Level: level, Country: "CH"}), "b"},
		{"score", of(store.Filter{Score: low, Country: "CH"}), "b"},
		{"polarity", of(store.Filter{Polarity: ledger.Denied}), ""},
		{"article", of(store.Filter{Article: "a2"}), "a"},
		{"no article", of(store.Filter{Article: "nothing"}), ""},
		{"articles", store.IncidentFilter{Articles: 2}, "a"},
		{"origins", store.IncidentFilter{Origins: 2}, "a"},
		{"more origins", store.IncidentFilter{Origins: 3}, ""},
		{"limit", of(store.Filter{Limit: 2}), "d a"},
	} {
		var got []string
		for _, n := range collect(t, x.Incidents(ctx, test.filter)) {
			got = append(got, n.Articles[0][:1])
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %v, want %s", test.name, got, test.want)
		}
	}
	for _, bad := range []store.Filter{{Since: "then"}, {HappenedUntil: "2024-02-30"}, {Place: "!?"}} {
		for _, err := range x.Incidents(ctx, of(bad)) {
			if !errors.Is(err, store.ErrQuery) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
	}
	// Any record's id names the incident.
	for _, r := range []incidents.ID{incidents.IDOf("2031-05-03", "a1", "i1"), incidents.IDOf("2031-05-04", "a3", "i1")} {
		if n, err := x.Incident(ctx, r.String()); err != nil || n.ID != byName["a"].ID {
			t.Errorf("Incident(%v) = %+v, %v", r, n, err)
		}
	}
	for _, id := range []string{"0123456789abcdef", "a1", ""} {
		if _, err := x.Incident(ctx, id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Incident(%q) = %v", id, err)
		}
	}
}

// of is a filter of incidents.
func of(f store.Filter) store.IncidentFilter { return store.IncidentFilter{Filter: f} }

// incidentsInAnyOrder adds, changes and removes reports, and wants the incidents that an
// empty store makes of what is left, put in in any order.
func incidentsInAnyOrder(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	ofIncidents(t, s)
	type spec struct {
		of, killed, other, day int
		speaker                string
	}
	rapid.Check(t, func(rt *rapid.T) {
		empty(rt, s)
		left := make(map[string]spec)
		add := func(id string, v spec) store.Outcome {
			published := fmt.Sprintf("%s-%02d", happenings[v.of].day[:7], v.day)
			return addReport(rt, s, id, published, v.of, v.killed, v.speaker, v.other)
		}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			id := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g"}).Draw(rt, "id")
			if _, there := left[id]; there && rapid.IntRange(0, 2).Draw(rt, "remove") == 0 {
				if err := s.Remove(ctx, id); err != nil {
					rt.Fatal(err)
				}
				delete(left, id)
				continue
			}
			v := spec{of: rapid.IntRange(0, 3).Draw(rt, "of"), killed: rapid.IntRange(1, 3).Draw(rt, "killed"), other: rapid.IntRange(-1, 1).Draw(rt, "other"),
				day: 20 + rapid.IntRange(0, 4).Draw(rt, "day"), speaker: rapid.SampledFrom([]string{"", "Mara Lind", "Tobin Hask"}).Draw(rt, "speaker")}
			if v.other == v.of {
				v.other = -1
			}
			if add(id, v) != store.Known { // else the same text, of another day
				left[id] = v
			}
		}
		whole(rt, s)
		got := incidentsOf(rt, s)
		empty(rt, s)
		ids := make([]string, 0, len(left))
		for id := range left {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range rapid.Permutation(ids).Draw(rt, "order") {
			add(id, left[id])
		}
		if d := cmp.Diff(incidentsOf(rt, s), got); d != "" {
			rt.Fatalf("an empty store makes other incidents of them: %s", d)
		}
	})
}

// incidentsOf returns all incidents as JSON, a line each.
func incidentsOf(t tb, s store.Store) (lines []string) {
	t.Helper()
	for _, n := range collect(t, s.(store.Incidents).Incidents(t.Context(), store.IncidentFilter{})) {
		line, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	return lines
}

// corrections merges and splits by hand, and takes it back.
func corrections(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	x := ofIncidents(t, s)
	addReport(t, s, "a1", "2031-05-03", 0, 3, "Mara Lind", -1)
	addReport(t, s, "a2", "2031-05-04", 0, 4, "", -1)
	addReport(t, s, "b1", "2030-11-21", 1, 9, "Tobin Hask", -1)
	a, b := incidents.IDOf("2031-05-03", "a1", "i1").String(), incidents.IDOf("2030-11-21", "b1", "i1").String()
	untouched := incidentsOf(t, s)
	told := func() string { // the articles of each incident
		t.Helper()
		whole(t, s)
		var all []string
		for _, n := range collect(t, x.Incidents(ctx, store.IncidentFilter{})) {
			slices.Sort(n.Articles)
			of := strings.Join(n.Articles, " ")
			if n.Corrected {
				of += " by hand"
			}
			all = append(all, of)
		}
		slices.Sort(all)
		return strings.Join(all, "; ")
	}
	expect := func(when, want string) {
		t.Helper()
		if got := told(); got != want {
			t.Errorf("%s: %s; want %s", when, got, want)
		}
	}
	expect("at first", "a1 a2; b1")
	merged, err := x.Merge(ctx, a, b)
	if err != nil {
		t.Fatal(err)
	}
	expect("merged", "a1 a2 b1 by hand")
	if _, err := x.Merge(ctx, a, b); err == nil {
		t.Error("an incident was merged with itself")
	}
	if _, err := x.Merge(ctx, a, "0123456789abcdef"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Merge = %v of what is not there", err)
	}
	// What comes later joins it and does not break it up.
	addReport(t, s, "a3", "2031-05-02", 0, 4, "", -1)
	addReport(t, s, "b2", "2030-11-20", 1, 9, "Ilse Varga", -1)
	expect("with more articles", "a1 a2 a3 b1 b2 by hand")
	// Nor does a new version.
	addReport(t, s, "b1", "2030-11-21", 1, 10, "Tobin Hask", -1)
	expect("with a new version", "a1 a2 a3 b1 b2 by hand")
	rest, out, err := x.Split(ctx, merged, "b1", "b2")
	if err != nil {
		t.Fatal(err)
	}
	expect("split", "a1 a2 a3 by hand; b1 b2 by hand")
	if _, _, err := x.Split(ctx, rest, "b1"); err == nil {
		t.Error("an article was taken out of an incident that it does not tell of")
	}
	if _, _, err := x.Split(ctx, out, "b1", "b2"); err == nil {
		t.Error("all was taken out of an incident")
	}
	addReport(t, s, "b3", "2030-11-22", 1, 9, "", -1)
	expect("split, with another article", "a1 a2 a3 by hand; b1 b2 b3 by hand")

	made := collect(t, x.Corrections(ctx))
	if len(made) != 2 {
		t.Fatalf("%d corrections, want 2", len(made))
	}
	for i, c := range made {
		if c.Made.IsZero() {
			t.Errorf("correction %d was made at no time", c.Number)
		}
		made[i].Made = made[0].Made
	}
	want := []*store.Correction{
		{Number: 1, Made: made[0].Made, Incidents: []string{a, b}, Into: []string{merged}},
		{Number: 2, Made: made[0].Made, Split: true, Incidents: []string{merged}, Articles: []string{"b1", "b2"}, Into: []string{rest, out}},
	}
	if d := cmp.Diff(want, made); d != "" {
		t.Error(d)
	}
	// A backup has them.
	file := filepath.Join(t.TempDir(), "copy")
	if err := s.Backup(ctx, file, false); err != nil {
		t.Fatal(err)
	}
	before := incidentsOf(t, s)
	if err := x.Undo(ctx, 1); !errors.Is(err, store.ErrLater) {
		t.Errorf("Undo = %v of what a later one concerns", err)
	}
	if err := x.Undo(ctx, 3); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Undo = %v of what was never done", err)
	}
	for _, number := range []int{2, 1} {
		if err := x.Undo(ctx, number); err != nil {
			t.Fatal(err)
		}
		if err := x.Undo(ctx, number); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Undo = %v of what is undone", err)
		}
		if number == 2 {
			expect("the split undone", "a1 a2 a3 b1 b2 b3 by hand")
		}
	}
	expect("all undone", "a1 a2 a3; b1 b2 b3")
	if left := collect(t, x.Corrections(ctx)); len(left) > 0 {
		t.Errorf("%d corrections are left", len(left))
	}
	for _, id := range []string{"a3", "b2", "b3"} {
		if err := s.Remove(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	addReport(t, s, "b1", "2030-11-21", 1, 9, "Tobin Hask", -1)
	if d := cmp.Diff(untouched, incidentsOf(t, s)); d != "" {
		t.Errorf("nothing is left of what was done but: %s", d)
	}
	if err := s.Restore(ctx, file); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, incidentsOf(t, s)); d != "" {
		t.Errorf("after restoring: %s", d)
	}
	if made := collect(t, x.Corrections(ctx)); len(made) != 2 {
		t.Errorf("%d corrections after restoring", len(made))
	}
	whole(t, s)
}

// correctionsInAnyCase does what comes to it, and wants all that is gathered to hold together, and
// nothing to be left when all corrections are undone.
func correctionsInAnyCase(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	x := ofIncidents(t, s)
	rapid.Check(t, func(rt *rapid.T) {
		empty(rt, s)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 30))
		undo := func(all bool) {
			made := collect(rt, x.Corrections(ctx))
			for _, c := range slices.Backward(made) {
				if err := x.Undo(ctx, c.Number); err != nil {
					rt.Fatal(err)
				}
				if !all {
					break
				}
			}
		}
		undo(true) // those of the case before
		left := make(map[string][2]int)
		for range 10 {
			switch n := collect(rt, x.Incidents(ctx, store.IncidentFilter{})); r.IntN(5) {
			case 0:
				if len(n) > 1 {
					if _, err := x.Merge(ctx, n[0].ID, n[1].ID); err != nil {
						rt.Fatal(err)
					}
				}
			case 1:
				if len(n) > 0 && len(n[0].Articles)+len(n[0].Mentioned) > 1 {
					if _, _, err := x.Split(ctx, n[0].ID, append(n[0].Articles, n[0].Mentioned...)[0]); err != nil {
						rt.Fatal(err)
					}
				}
			case 2:
				undo(false)
			default:
				id := fmt.Sprint("a", r.IntN(6))
				if _, there := left[id]; there && r.IntN(3) == 0 {
					if err := s.Remove(ctx, id); err != nil {
						rt.Fatal(err)
					}
					delete(left, id)
					continue
				}
				left[id] = [2]int{r.IntN(2), 1 + r.IntN(9)}
				addReport(rt, s, id, happenings[left[id][0]].day, left[id][0], left[id][1], "", -1)
			}
		}
		whole(rt, s)
		undo(true)
		whole(rt, s)
		got := incidentsOf(rt, s)
		empty(rt, s)
		for id, v := range left {
			addReport(rt, s, id, happenings[v[0]].day, v[0], v[1], "", -1)
		}
		if d := cmp.Diff(incidentsOf(rt, s), got); d != "" {
			rt.Fatalf("undone corrections leave: %s", d)
		}
	})
}
