package gathering

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/store"
)

func TestSpansComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []ledger.Span
		at := 0
		for range rapid.IntRange(0, 20).Draw(t, "spans") {
			start := at + rapid.IntRange(0, 300).Draw(t, "gap")
			at = start + rapid.IntRange(0, 100_000).Draw(t, "length")
			want = append(want, ledger.Span{Start: start, End: at})
		}
		b := appendSpans(nil, want)
		got, rest, ok := spansOf(append(slices.Clone(b), 7))
		if !ok || !slices.Equal(got, want) || len(rest) != 1 {
			t.Fatalf("got %v, %v, %t; want %v", got, rest, ok, want)
		}
		for n := range b {
			if _, _, ok := spansOf(b[:n]); ok {
				t.Fatalf("%d of %d bytes are read as spans", n, len(b))
			}
		}
	})
}

func FuzzSpans(f *testing.F) {
	f.Add(appendSpans(nil, []ledger.Span{{Start: 3, End: 9}, {Start: 12, End: 400}}))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		spans, rest, ok := spansOf(b)
		if ok && len(spans)+len(rest) > len(b) {
			t.Errorf("%d bytes hold %d spans and leave %d", len(b), len(spans), len(rest))
		}
	})
}

// TestWays holds that every way to speak of something is a bit of its own, and that a filter selects those it names.
func TestWays(t *testing.T) {
	seen := int64(0)
	for _, n := range namings {
		for _, l := range levels {
			for _, p := range polarities {
				w := way(n, l, p)
				if w <= 0 || seen&w != 0 {
					t.Errorf("%q, %q, %q is %b", n, l, p, w)
				}
				seen |= w
				f := store.Filter{Naming: n, Level: l, Polarity: p}
				if n != "" && l != "" && p != "" && ways(&f) != w {
					t.Errorf("a filter for %q, %q, %q selects %b", n, l, p, ways(&f))
				}
			}
		}
	}
	if ways(&store.Filter{}) != seen {
		t.Error("a filter for nothing leaves something out")
	}
	denied := ways(&store.Filter{Polarity: ledger.Denied})
	if got := ways(&store.Filter{Score: &store.Interval{Low: -3, High: -1}}); got&denied == 0 || got&^denied != 0 {
		t.Errorf("negative scores select %b", got)
	}
	if way("rumour", ledger.LevelCertain, ledger.Affirmed) != 0 {
		t.Error("a naming that there is not has a bit")
	}
}

func TestNameWords(t *testing.T) {
	for _, test := range []struct {
		name string
		want []string
	}{
		{"Émile Quent", []string{"emile", "quent"}},
		{"Harbour officials", []string{"harbour", "official"}},
		{"Varga-Rohn, of Us", []string{"of", "rohn", "us", "varga"}},
		{"official Officials", []string{"official"}},
		{" ?!", nil},
	} {
		if got := nameWords(test.name); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.name, got, test.want)
		}
	}
}
