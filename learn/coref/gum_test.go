package coref

import (
	"reflect"
	"testing"

	"hearsay/learn/conllu"
	"hearsay/text"
)

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
