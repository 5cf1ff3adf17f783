package matching

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hearsay/facts"
	"hearsay/facts/index"
	"hearsay/facts/words"
)

// reviews are fact-checks of what was said of an invented town.
var reviews = [][3]string{
	{"The bridge at Orvik fell on 3 March and 40 people died.", "Did the Orvik bridge fall?", "It stands. The council showed our reporters around on 4 March."},
	{"The mill of Wend was sold abroad for 6,600 crowns.", "No sale of the Wend mill", "The mill belongs to the town, as it has since 1911."},
	{"A photo shows wolves in the streets of Lower Dunmere.", "Old photo of wolves shared anew", "The photo was taken in a park years ago."},
	{"Mayor Anna Halden said that the harbour would be closed for good.", "What Anna Halden said of the harbour", "She spoke of two weeks."},
	{"Drinking brine cures the grey fever.", "Brine is no cure for grey fever", "Physicians warn of it."},
	{"The harbour of Orvik was built in 1742.", "When was the harbour built?", "The records say 1742."},
}

func segment(t testing.TB) *index.Segment {
	var b index.Builder
	for i, r := range reviews {
		b.Add(int64(i), r[0], r[1], r[2])
	}
	var buf bytes.Buffer
	if _, err := b.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	s, err := index.Open(index.Memory(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMatch(t *testing.T) {
	segments := []*index.Segment{segment(t)}
	var m Matcher
	for _, test := range []struct {
		text  string
		first int64
		same  facts.Same
	}{
		{"BREAKING!! #OrvikBridge collapsed, forty dead https://t.co/x", 0, facts.Same{Kind: facts.SameFigure, Text: "40"}},
		{"so they sold our mill for 6600 crowns?? #wendmill @WendCouncil", 1, facts.Same{Kind: facts.SameFigure, Text: "6,600"}},
		{"A photo of wolves that walk in the streets of Lower Dunmere", 2, facts.Same{Kind: facts.SameName, Text: "Lower Dunmere"}},
		{"The harbour closes for good, says Anna Halden", 3, facts.Same{Kind: facts.SamePerson, Text: "Anna Halden"}},
		{"grey fever can be cured by drinking brine", 4, facts.Same{Kind: facts.SameWord, Text: "brine"}},
	} {
		got, err := m.Match(segments, test.text, 3, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 || got[0].ID != test.first || got[0].Level == "" {
			t.Errorf("%q: got %+v", test.text, got)
			continue
		}
		if !slices.Contains(got[0].Same, test.same) {
			t.Errorf("%q: in common are %v, and not %v", test.text, got[0].Same, test.same)
		}
		for i := 1; i < len(got); i++ {
			if got[i].Score > got[i-1].Score {
				t.Errorf("%q: after %g comes %g", test.text, got[i-1].Score, got[i].Score)
			}
		}
	}
	if got, err := m.Match(segments, "Nobody has heard of such things", 10, nil); err != nil || len(got) != 0 {
		t.Errorf("for words that are in none there is %v, %v", got, err)
	}
	got, err := m.Match(segments, "The bridge at Orvik fell", 10, func(id int64) bool { return id == 0 })
	if err != nil || slices.ContainsFunc(got, func(r Result) bool { return r.ID == 0 }) {
		t.Errorf("what is gone was found: %v, %v", got, err)
	}
	// A very long text is looked for by its beginning, and nothing breaks.
	if _, err := m.Match(segments, strings.Repeat("the mill of Wend é", 10_000), 10, nil); err != nil {
		t.Error(err)
	}
}

func TestPieces(t *testing.T) {
	for tag, want := range map[string]string{
		"stopthesteal": "stop the steal", "climatechange": "climate change", "election": "", "xqzvkw": "", "Mixed": "", "fakenews": "fake news",
	} {
		if got := strings.Join(pieces(tag), " "); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
}

func TestRarity(t *testing.T) {
	frequent, ok := general(words.Of("president"))
	if rare, _ := general(words.Of("orvik")); !ok || frequent > 4 || rare != unknown {
		t.Errorf("rarities %g and %g", frequent, rare)
	}
	// In a small collection rarity is that of fact-checks at large, in a large one its own.
	if small, large := rarity(words.Of("president"), 0, 5), rarity(words.Of("president"), 0, 1_000_000); small > frequent+0.1 || large < frequent+2 {
		t.Errorf("rarities %g and %g of a word that is rarer than at large (%g)", small, large, frequent)
	}
}

func TestTrees(t *testing.T) {
	want := &Trees{Base: -1.5, Trees: []Tree{{Features: []uint8{2, 0}, Thresholds: []float32{0.5, -1}, Leaves: []float32{1, 2, 3, 4}}, {Features: []uint8{}, Thresholds: []float32{}, Leaves: []float32{7}}}}
	packed := want.Pack()
	got, err := OpenTrees(string(packed))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		f    []float32
		want float64
	}{{[]float32{-2, 0, 0}, 6.5}, {[]float32{-2, 0, 1}, 7.5}, {[]float32{0, 0, 0}, 8.5}, {[]float32{0, 0, 1}, 9.5}} {
		if s := got.Score(test.f); s != test.want {
			t.Errorf("%v scores %g, want %g", test.f, s, test.want)
		}
	}
	for n := range packed {
		if n == 8 || n == 8+1+5*2+16 {
			continue // whole trees
		}
		if _, err := OpenTrees(string(packed[:n])); err == nil {
			t.Errorf("the first %d bytes were taken for trees", n)
		}
	}
}
