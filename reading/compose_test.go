package reading

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/reading/attribution"
	"hearsay/text"
)

// vocabulary is what hostile texts are made of: words that mean something to
// the readers, marks in any order, and things that are no words.
var vocabulary = []string{"Varn", "Mr.", "Mrs.", "President", "Davor", "Hesk", "the", "The", "group", "said", "he", "she", "her", "it", "they", "I", "we",
	"who", "which", "officials", "police", "minister", "in", "a", "statement", "told", "reporters", "of", "for", "and", "but", "—", "“", "”", "\"", "'", "(", ")",
	"HWU", "Harbour", "Workers", "'s", ",", ".", "?", "!", ":", ";", "...", "\n", "\n\n", "Free", "Coast", "Brigade", "UNITED", "42", "U.S.", "é", "日本", "\u00a0",
	"\u200d", "🙂", "http://a.example/b", "@someone", "is", "was", "believes", "according", "to", "not", "n't", "Jr.", "-", "de", "von", "al-Tarn"}

// hostile draws a text with any tags, any trees and any attributions.
func hostile(t *rapid.T, r *Reader) (*article.Article, []attribution.Relation) {
	words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 120).Draw(t, "words")
	a := &article.Article{Text: strings.Join(words, rapid.SampledFrom([]string{" ", "", "  "}).Draw(t, "space"))}
	d := &r.doc
	d.Reset(a.Text)
	d.Segment()
	for _, s := range d.Sentences {
		n := int(s.End - s.First)
		// Heads by a random order: each hangs from one before it in that order.
		order := rapid.Permutation(indices(n)).Draw(t, "order")
		for k, i := range order {
			x := &d.Tokens[int(s.First)+i]
			x.Tag = text.Tag(rapid.IntRange(0, text.NumTags-1).Draw(t, "tag"))
			x.Rel = text.Rel(rapid.IntRange(0, text.NumRels-1).Draw(t, "rel"))
			x.Head = -1
			if k > 0 && rapid.IntRange(0, 9).Draw(t, "root") > 0 {
				x.Head = s.First + int32(order[rapid.IntRange(0, k-1).Draw(t, "head")])
			}
			x.Lemma = x.Lower
		}
	}
	n := len(d.Tokens)
	if n == 0 {
		return a, nil
	}
	some := func(name string, least int) text.Range {
		first := rapid.IntRange(0, n-1).Draw(t, name)
		return text.Range{First: int32(first), End: int32(min(n, first+rapid.IntRange(least, 8).Draw(t, name+" length")))}
	}
	relations := make([]attribution.Relation, rapid.IntRange(0, 5).Draw(t, "relations"))
	for k := range relations {
		x := &relations[k]
		x.Cue, x.Source, x.Within = some("cue", 1), some("source", 0), int32(rapid.IntRange(-1, len(relations)-1).Draw(t, "within"))
		if x.Source.Empty() {
			x.Source = text.Range{}
		}
		x.Content = []text.Range{some("content", 1)}
		if end := x.Content[0].End; int(end) < n && rapid.Bool().Draw(t, "second content") {
			x.Content = append(x.Content, text.Range{First: end, End: int32(n)})
		}
	}
	return a, relations
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestWhateverIsFoundTheLedgerKeepsTheContract(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, relations := hostile(t, r)
		l := r.compose(a, relations, &clock{r: r})
		if err := l.Validate(); err != nil {
			t.Fatal(err)
		}
		attributed := 0
		for i := range l.Claims {
			if l.Claims[i].Attributed() {
				attributed++
			}
		}
		if attributed != len(relations) {
			t.Fatalf("%d attributed claims of %d attributions", attributed, len(relations))
		}
	})
}
