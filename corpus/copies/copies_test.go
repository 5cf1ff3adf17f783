package copies_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/corpus/copies"
	"hearsay/corpus/copies/edits"
)

// story is a short article that nobody wrote, of sentences made by chance: what
// two of them have in common is what any two texts on one subject have.
func story(n int) *copies.Text {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	one := func(from string) string {
		words := strings.Fields(from)
		return words[r.IntN(len(words))]
	}
	const (
		adjectives = "old new small early late upper lower empty crowded burned northern southern narrow quiet wet frozen yellow wooden"
		nouns      = "police officers man woman boy girl suspect victim hospital car house street neighborhood mill ferry pier boiler silo tram mayor " +
			"council bakery quarry warden engine bridge school depot shed roof tower canal market orchard lamp stair cellar"
		verbs = "left reached saw called closed opened crossed found followed searched held warned"
		preps = "behind near under beyond beside inside before after"
		names = "Brask Hollin Varga Sedge Marlow Tarn Quill Osk Finch Lund Amsel Wray Pell Orla Dunmore Skye"
		towns = "Vesselbay Osterfell Karst Lindmere Hollow Aldmouth Sarn Elsin Fenwick Brackley Torvik Ulme"
	)
	thing := func() string { return "the " + one(adjectives) + " " + one(nouns) }
	place, what := one(towns), one(nouns)
	sentence := func() string {
		switch r.IntN(4) {
		case 0:
			return fmt.Sprintf("%d people %s %s %s %s in %s.", 2+r.IntN(90), one(verbs), thing(), one(preps), thing(), place)
		case 1:
			return fmt.Sprintf("%s said that %s %s %s on %s.", one(names), thing(), one(verbs), thing(), one("Monday Tuesday Wednesday Thursday Friday"))
		case 2:
			return fmt.Sprintf("When %s %s %s, %s of %s %s %s.", thing(), one(verbs), thing(), one(names), one(towns), one(verbs), thing())
		}
		return fmt.Sprintf("%s %s %s %s %s, according to %s.", one(names), one(verbs), thing(), one(preps), thing(), one(names))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "A fire in the %s %s at %s was put out, %s stated.", one(adjectives), what, place, one(names))
	for i := range 12 {
		b.WriteString(map[bool]string{true: "\n\n", false: " "}[i%3 == 2] + sentence())
	}
	return &copies.Text{
		ID:        fmt.Sprintf("story %02d", n),
		Title:     fmt.Sprintf("Fire in %s at %s", what, place),
		Published: fmt.Sprintf("2031-05-%02d", 1+r.IntN(20)),
		Body:      b.String(),
	}
}

func add(t testing.TB, texts ...*copies.Text) *copies.Memory {
	t.Helper()
	shelf := &copies.Memory{}
	x := copies.Index{Shelf: shelf}
	for _, text := range texts {
		if _, err := x.Add(context.Background(), text); err != nil {
			t.Fatal(err)
		}
	}
	return shelf
}

// TestEditedCopiesAreFound makes copies of invented stories and counts the pairs
// of texts that end in one group and should, or should not.
func TestEditedCopiesAreFound(t *testing.T) {
	for _, test := range []struct {
		strength edits.Strength
		f1       float64
	}{{edits.Trifling, 0.99}, {edits.Light, 0.97}, {edits.Moderate, 0.95}, {edits.Heavy, 0.90}, {edits.Severe, 0.6}} {
		t.Run(test.strength.String(), func(t *testing.T) {
			e := edits.Editor{Rand: rand.New(rand.NewPCG(1, 1))}
			for n := 100; n < 110; n++ {
				e.Filler = append(e.Filler, strings.SplitAfter(story(n).Body, ". ")[1])
			}
			var texts []*copies.Text
			from := map[string]int{}
			want := 0
			for n := range 40 {
				s := story(n)
				texts = append(texts, s)
				from[s.ID] = n
				for k := range 2 {
					c := &copies.Text{ID: fmt.Sprintf("%s copy %d", s.ID, k), Title: e.Title(s.Title, test.strength), Published: "2031-05-2" + fmt.Sprint(k+1),
						Body: e.Edit(s.Body, test.strength)}
					texts = append(texts, c)
					from[c.ID] = n
				}
				want += 3
			}
			right, wrong := 0, 0
			for _, g := range add(t, texts...).Groups() {
				for i, a := range g.Articles {
					for _, b := range g.Articles[i+1:] {
						if from[a] == from[b] {
							right++
						} else {
							wrong++
						}
					}
				}
			}
			if f1 := 2 * float64(right) / float64(right+wrong+want); f1 < test.f1 {
				t.Errorf("F1 %.3f, want %.2f (%d right, %d wrong, %d wanted)", f1, test.f1, right, wrong, want)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	a := story(1)
	speech := `"` + strings.ReplaceAll(story(2).Body, "\n\n", " ") + `"`
	furniture := "Just one more step. We have sent you a letter with a link in it, and you must follow the link before you can read what our paper writes. " +
		"Should the letter not arrive within the hour, look in the folder of unwanted letters, or ask us to send it again, which we shall gladly do."
	with := func(t *copies.Text, id, title, published, body string) *copies.Text {
		return &copies.Text{ID: id, Title: title, Published: published, Body: body}
	}
	for _, test := range []struct {
		name string
		a, b *copies.Text
		want bool
	}{
		{"the same text", a, with(a, "b", a.Title, a.Published, a.Body), true},
		{"the same text without titles", with(a, "a", "", "", a.Body), with(a, "b", "", "", a.Body), true},
		{"under another title that it tells too", a, with(a, "b", "What "+strings.Split(a.Body, ". ")[1], a.Published, a.Body), true},
		{"paragraphs exchanged", a, with(a, "b", a.Title, "", strings.Join([]string{strings.Split(a.Body, "\n\n")[1], strings.Split(a.Body, "\n\n")[0]}, "\n\n")), true},
		{"an excerpt in a long text", with(a, "b", a.Title, "", a.Body[:300]),
			with(a, "c", a.Title, "", story(3).Body+"\n\n"+a.Body+"\n\n"+story(4).Body+"\n\n"+story(5).Body), true},
		{"other stories", story(1), story(2), false},
		{"one long quotation in two stories",
			with(a, "a", "Mayor speaks at Sarn", "", "At Sarn the mayor spoke to a full square on the eve of the fair and the rain held off. She said: "+speech+" Then the band played and the people of the lower town went home by the river road."),
			with(a, "b", "Rival mocks what mayor said", "", "Few in the council chamber were impressed, and the leader of the growers' list called for a vote on it. The words were these: "+speech+" He asked who would pay for the harbour, the school roof and a second ferry."), false},
		{"a speech and the same speech", with(a, "a", "Mayor's speech in full", "", speech), with(a, "b", "Mayor's speech in full", "", speech), true},
		{"what a site prints around its stories", with(a, "a", "Two boats lost off Vessel Bay", "2031-05-01", furniture),
			with(a, "b", "Bakers of Lindmere strike over flour", "2031-05-02", furniture), false},
		{"a caption", with(a, "a", "", "", "The mill at Oster Fell on Monday."), with(a, "b", "", "", "The mill at Oster Fell on Monday."), false},
		{"nothing", with(a, "a", "", "", ""), with(a, "b", "", "", ""), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, order := range [][2]*copies.Text{{test.a, test.b}, {test.b, test.a}} {
				m := copies.Compare(copies.NewWords(order[0].Body), copies.NewWords(order[1].Body))
				l, ok := copies.NewLink(order[0], order[1], m)
				if ok != test.want {
					t.Fatalf("copies: %v, want %v (%d own words, %.2f and %.2f)", ok, test.want, m.Own, m.OfA, m.OfB)
				}
				if ok && (l.A != min(test.a.ID, test.b.ID) || l.B != max(test.a.ID, test.b.ID)) {
					t.Errorf("the link is from %s to %s", l.A, l.B)
				}
			}
		})
	}
}

func TestIndexFindsAnExcerptOfALongText(t *testing.T) {
	s := story(1)
	var long strings.Builder
	for n := 10; n < 40; n++ {
		long.WriteString(story(n).Body + "\n\n")
	}
	shelf := add(t, &copies.Text{ID: "long", Body: long.String() + s.Body}, s)
	if g := shelf.Groups(); len(g) != 1 || len(g[0].Articles) != 2 {
		t.Errorf("groups %v, want one of both", g)
	}
}

func TestGroups(t *testing.T) {
	a, b := story(1), story(2)
	shorter := &copies.Text{ID: "shorter", Title: a.Title, Published: "2031-06-02", Body: a.Body[:strings.LastIndex(a.Body[:400], ".")+1]}
	a.Published, b.Published = "2031-06-01", "2031-06-01"
	longer := &copies.Text{ID: "longer", Title: a.Title, Published: "2031-06-03", Body: a.Body + " The ferry to the islands does not run until the pier has been looked at by divers."}
	roundUp := &copies.Text{ID: "round-up", Title: a.Title + ", " + b.Title, Published: "2031-06-05", Body: a.Body + "\n\n" + b.Body}
	bAgain := &copies.Text{ID: "b again", Title: b.Title, Published: "2031-06-06", Body: b.Body}

	got := add(t, bAgain, longer, roundUp, shorter, b, a).Groups()
	want := []copies.Group{
		{Articles: []string{a.ID, "shorter", "longer", "round-up"}, First: a.ID, Copies: []copies.Copy{
			{Article: "shorter", Of: a.ID, Change: copies.Shortened},
			{Article: "longer", Of: a.ID, Change: copies.Extended},
			{Article: "round-up", Of: a.ID, Change: copies.Extended}}},
		{Articles: []string{b.ID, "b again"}, First: b.ID, Copies: []copies.Copy{{Article: "b again", Of: b.ID, Change: copies.Reprinted}}},
	}
	slices.SortFunc(got, func(x, y copies.Group) int { return strings.Compare(x.First, y.First) })
	if !slices.ContainsFunc(got, func(g copies.Group) bool { return slices.Contains(g.Articles, "round-up") }) {
		t.Error("the round-up is in no group")
	}
	// Which of the two stories the round-up goes with depends on which is the longer one; they stay apart.
	for i := range got {
		drop := func(id string) bool { return id == "round-up" }
		got[i].Articles = slices.DeleteFunc(got[i].Articles, drop)
		got[i].Copies = slices.DeleteFunc(got[i].Copies, func(c copies.Copy) bool { return drop(c.Article) })
		want[i].Articles = slices.DeleteFunc(want[i].Articles, drop)
		want[i].Copies = slices.DeleteFunc(want[i].Copies, func(c copies.Copy) bool { return drop(c.Article) })
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestFirstWithoutDays(t *testing.T) {
	a := story(1)
	a.ID, a.Published = "z", ""
	sentences := strings.SplitAfter(a.Body, ". ")
	x := &copies.Text{ID: "x", Title: a.Title, Body: "Boats in the bay were told to keep away from the eastern quay. " + strings.Join(sentences[:4], "")}
	y := &copies.Text{ID: "y", Title: a.Title, Body: strings.Join(sentences[2:], "") + " No ferry ran on the day after, nor did any tram."}
	g := add(t, x, y, a).Groups()
	if len(g) != 1 || g[0].First != "z" {
		t.Errorf("groups %v, want one of which z, of which all others have a part, is the first", g)
	}
}

// TestOrderOfArrivalDoesNotMatter puts texts on the shelf in orders of chance.
func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	var texts []*copies.Text
	e := edits.Editor{Rand: rand.New(rand.NewPCG(3, 3))}
	for n := range 8 {
		s := story(n)
		texts = append(texts, s)
		for k := range 3 {
			texts = append(texts, &copies.Text{ID: fmt.Sprint(s.ID, " copy ", k), Title: s.Title, Published: s.Published, Body: e.Edit(s.Body, edits.Moderate)})
		}
	}
	groups := func(texts []*copies.Text) []copies.Group {
		g := add(t, texts...).Groups()
		slices.SortFunc(g, func(a, b copies.Group) int { return strings.Compare(a.First, b.First) })
		return g
	}
	want := groups(texts)
	rapid.Check(t, func(rt *rapid.T) {
		if d := cmp.Diff(want, groups(rapid.Permutation(texts).Draw(rt, "texts"))); d != "" {
			rt.Error(d)
		}
	})
	if len(want) != 8 {
		t.Errorf("%d groups, want 8", len(want))
	}
}

// TestGroupIsOneOfTheGroups asks for the group of each text by itself.
func TestGroupIsOneOfTheGroups(t *testing.T) {
	a := story(1)
	b := &copies.Text{ID: "b", Title: a.Title, Published: "2031-07-01", Body: a.Body}
	shelf := add(t, a, b, story(2))
	x := copies.Index{Shelf: shelf}
	for _, id := range []string{a.ID, "b"} {
		g, ok, err := x.Group(context.Background(), id)
		if err != nil || !ok {
			t.Fatalf("%s: %v, %v", id, ok, err)
		}
		if d := cmp.Diff(shelf.Groups(), []copies.Group{g}); d != "" {
			t.Error(d)
		}
	}
	if g, ok, err := x.Group(context.Background(), story(2).ID); ok || err != nil {
		t.Errorf("a text without copies is in %v, %v", g, err)
	}
	if _, _, err := x.Group(context.Background(), "nobody"); err == nil {
		t.Error("a text that is not there has a group")
	}
	if _, err := x.Add(context.Background(), b); err == nil {
		t.Error("a text was put twice")
	}
}

// TestPassagesAreShared checks of any two texts that what Compare calls shared
// has the same words in both.
func TestPassagesAreShared(t *testing.T) {
	word := rapid.SampledFrom([]string{"the", "ferry", "sank", `"`, "“", "”", "‘", "’s", "Ünna", "at", "12", "\n\n", ". ", "x", "été"})
	text := rapid.Custom(func(rt *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 0, 80).Draw(rt, "words"), " ") })
	fields := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" \n.\"“”‘’", r) }), " ")
	}
	rapid.Check(t, func(rt *rapid.T) {
		a, b := text.Draw(rt, "a"), text.Draw(rt, "b")
		m := copies.Compare(copies.NewWords(a), copies.NewWords(b))
		for _, p := range m.Passages {
			if x, y := fields(a[p.A.Start:p.A.End]), fields(b[p.B.Start:p.B.End]); x != y {
				rt.Errorf("%q is said to be %q", x, y)
			}
		}
		for _, v := range []float64{m.OfA, m.OfB, m.AllOfA, m.AllOfB} {
			if v < 0 || v > 1 {
				rt.Errorf("a share of %v", v)
			}
		}
		keys := copies.NewWords(a).Keys()
		if !slices.IsSorted(keys) || len(keys) > 256 {
			rt.Errorf("keys %v", keys)
		}
	})
}

// TestHostileTexts must end soon; what it finds is beside the point, but for
// that the same texts are found to be the same.
func TestHostileTexts(t *testing.T) {
	same := strings.Repeat("word ", 300_000)
	turns := strings.Repeat("one two three four five six seven ", 40_000)
	turned := strings.Repeat("seven one two three four five six two ", 40_000)
	quotes := strings.Repeat(`"`, 300_000)
	for _, pair := range [][2]string{{same, same}, {turns, turned}, {same, turns}, {quotes, same}} {
		a, b := copies.NewWords(pair[0]), copies.NewWords(pair[1])
		if n := len(a.Keys()); n > 256 {
			t.Errorf("%d keys", n)
		}
		m := copies.Compare(a, b)
		if pair[0] == pair[1] && (m.OfA != 1 || m.OfB != 1) {
			t.Errorf("of the same text %v and %v are shared", m.OfA, m.OfB)
		}
	}
}

func BenchmarkKeys(b *testing.B) {
	w := copies.NewWords(story(1).Body)
	b.SetBytes(int64(len(w.Text)))
	for b.Loop() {
		w.Keys()
	}
}

func BenchmarkCompare(b *testing.B) {
	s := story(1)
	e := edits.Editor{Rand: rand.New(rand.NewPCG(1, 1))}
	x, y := copies.NewWords(s.Body), copies.NewWords(e.Edit(s.Body, edits.Moderate))
	b.SetBytes(int64(len(s.Body)))
	for b.Loop() {
		copies.Compare(x, y)
	}
}

// BenchmarkCompareLong compares two texts of 10 MB that say little, over and over.
func BenchmarkCompareLong(b *testing.B) {
	x := copies.NewWords(strings.Repeat("one two three four five six seven ", 10<<20/34))
	y := copies.NewWords(strings.Repeat("seven one two three four five six two ", 10<<20/38))
	b.SetBytes(int64(len(x.Text)))
	for b.Loop() {
		copies.Compare(x, y)
	}
}
