package prospects_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/reading/internal/readingtest"
	"hearsay/reading/prospects"
	"hearsay/reading/tree"
	"hearsay/text"
)

func TestRead(t *testing.T) {
	var r prospects.Reader // one for all, as it is reused
	for _, c := range []struct {
		text string // with [claim:…] around the contents of claims
		want []string
	}{
		{"[claim:The ministry plans to close the old bridge].", []string{"to close the old bridge"}},
		{"The mayor said [claim:the guild wanted to burn the mill].", []string{"to burn the mill"}},
		{"[claim:The letter was an attempt to weaken the guild].", []string{"to weaken the guild"}},
		{"[claim:The council discussed the possibility of closing the harbour].", []string{"of closing the harbour"}},
		{"[claim:The captain was worried that the ferry might sink].", []string{"that the ferry might sink"}},
		{"[claim:The mayor hopes to stop an attempt to weaken the guild].",
			[]string{"to stop an attempt to weaken the guild", "to weaken the guild"}},
		// What came about, or is the main event itself.
		{"[claim:The police managed to arrest the two smugglers].", nil},
		{"[claim:The talks are expected to begin on Monday].", nil},
		{"[claim:The bridge began to sway in the wind].", nil},
		// Too short to say anything.
		{"[claim:The guild wants to pay].", nil},
		// In no claim.
		{"The ministry plans to close the old bridge.", nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			d, spans := readingtest.Marked(t, c.text)
			tr := new(tree.Tree)
			tr.Reset(d)
			r.Begin(len(d.Tokens))
			for _, s := range readingtest.All(spans, "claim") {
				r.Add([]text.Range{s})
			}
			var got []string
			for _, p := range r.Read(d, tr) {
				got = append(got, d.Words(p.Content))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q instead of %q", got, c.want)
			}
		})
	}
}

// TestAnyText checks on random texts and claims that each prospect lies in the
// claim or prospect that it names, which comes before it, and that what a Reader
// has read before makes no difference.
func TestAnyText(t *testing.T) {
	vocabulary := strings.Fields(`the guild plans to close old bridge hopes attempt of burning mill wants that might sink worried , . “ ” and asked possibility`)
	var used prospects.Reader
	rapid.Check(t, func(rt *rapid.T) {
		d := readingtest.Parse(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 40).Draw(rt, "words"), " "))
		tr := new(tree.Tree)
		tr.Reset(d)
		var claims [][]text.Range
		for range rapid.IntRange(0, 4).Draw(rt, "claims") {
			var c []text.Range
			for at := 0; at < len(d.Tokens) && len(c) < 3; {
				a := rapid.IntRange(at, len(d.Tokens)-1).Draw(rt, "first")
				b := rapid.IntRange(a+1, len(d.Tokens)).Draw(rt, "end")
				c = append(c, text.Range{First: int32(a), End: int32(b)})
				at = b + 1
			}
			claims = append(claims, c)
		}
		read := func(r *prospects.Reader) []prospects.Prospect {
			r.Begin(len(d.Tokens))
			for _, c := range claims {
				r.Add(c)
			}
			return r.Read(d, tr)
		}
		var fresh prospects.Reader
		got := slices.Clone(read(&used))
		if again := read(&fresh); !slices.Equal(got, again) {
			t.Fatalf("%v, then %v", got, again)
		}
		for i, p := range got {
			around := []text.Range{}
			switch k := int(p.Claim) - len(claims); {
			case k < 0:
				around = claims[p.Claim]
			case k < i:
				around = append(around, got[k].Content)
			}
			if p.Content.Empty() || !slices.ContainsFunc(around, func(x text.Range) bool { return x.First <= p.Content.First && p.Content.End <= x.End }) {
				t.Fatalf("prospect %d, %v, is not in %v", i, p, around)
			}
		}
	})
}
