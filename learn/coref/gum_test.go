package coref

import (
	"reflect"
	"testing"

	"hearsay/learn/conllu"
	"hearsay/reading/entities"
	"hearsay/text"
)

// document is "Minister Davor Hesk met him . Hesk left it ." with a chain of
// Hesk's three mentions, the first a whole phrase, and a thing.
func document() (*Document, func(word int) (start, end int32)) {
	d := new(text.Doc)
	d.Reset("Minister Davor Hesk met him. Hesk left it.")
	d.Segment()
	at := func(first, end int32) text.Range { return text.Range{First: first, End: end} }
	return &Document{Gold: d, Mentions: []Mention{
		{at(0, 3), "1", "person", []int32{1, 2}},
		{at(4, 5), "2", "person", []int32{4}},
		{at(6, 7), "1", "person", []int32{6}},
		{at(8, 9), "3", "object", []int32{8}},
	}}, func(word int) (int32, int32) { return d.Tokens[word].Start, d.Tokens[word].End }
}

func TestChains(t *testing.T) {
	d, word := document()
	spot := func(first, last int, e int32) Spot {
		start, _ := word(first)
		_, end := word(last)
		return Spot{start, end, e}
	}
	spots := []Spot{
		spot(1, 2, 7), // the name inside the first mention
		spot(0, 0, 8), // a word of it that is not its core: none
		spot(6, 6, 7),
		spot(6, 6, 9), // found before: none
		spot(8, 8, 9), // an object
	}
	gold, found := d.Chains(spots)
	if want := (Chains{{0, 2}, {1}, {3}}); !reflect.DeepEqual(gold, want) {
		t.Errorf("gold %v, not %v", gold, want)
	}
	if want := (Chains{{0, 2}, {5}, {7, 3}}); !reflect.DeepEqual(found, want) {
		t.Errorf("found %v, not %v", found, want)
	}
	gold, found = d.Chains(spots, "person")
	if want := (Chains{{0, 2}, {1}}); !reflect.DeepEqual(gold, want) {
		t.Errorf("gold of people %v, not %v", gold, want)
	}
	if want := (Chains{{0, 2}, {5}, {7}}); !reflect.DeepEqual(found, want) {
		t.Errorf("found of people %v, not %v", found, want)
	}
}

func TestBaseline(t *testing.T) {
	d, word := document()
	named := func(first, end int32, k entities.Kind) entities.Named {
		return entities.Named{Range: text.Range{First: first, End: end}, Kind: k}
	}
	got := Baseline(d.Gold, []entities.Named{named(1, 3, entities.Person), named(6, 7, entities.Organization)})
	var want []Spot
	for _, x := range []struct {
		first, last int
		e           int32
	}{{1, 2, 0}, {4, 4, 0}, {6, 6, 1}, {8, 8, 1}} {
		start, _ := word(x.first)
		_, end := word(x.last)
		want = append(want, Spot{start, end, x.e})
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

func TestBrackets(t *testing.T) {
	w := func(misc string) conllu.Word { return conllu.Word{Misc: misc} }
	got := mentions(conllu.Document{Sentences: []conllu.Sentence{{Words: []conllu.Word{
		w("Entity=(7-person-new-nnnnn-cf1-1,3-coref(3-place-new-nnnnn-cf2-1-sgl)|SpaceAfter=No"), w("_"), w("Entity=7)"), w("Entity=(7-person-giv)"),
	}}}})
	want := []Mention{
		{Range: text.Range{First: 0, End: 3}, Group: "7", Type: "person", Core: []int32{0, 2}},
		{Range: text.Range{First: 0, End: 1}, Group: "3", Type: "place", Core: []int32{0}},
		{Range: text.Range{First: 3, End: 4}, Group: "7", Type: "person"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, not %+v", got, want)
	}
}
