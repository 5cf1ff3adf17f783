package clusters_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/learn/clusters"
	"hearsay/text"
)

// TestLearn gives the learner a language of two kinds of words that take
// turns in short sentences, which is all there is to tell them apart.
func TestLearn(t *testing.T) {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "ab%c cd%c\n\n", 'a'+i%5, 'a'+i*7%6)
	}
	var d text.Doc
	d.Reset(b.String())
	d.Segment()
	learn := func() ([]uint32, []uint8) {
		var c clusters.Counts
		c.Add(&d)
		return c.Learn(100, 3, 10)
	}
	words, class := learn()
	if len(words) != 11 {
		t.Fatalf("%d words instead of 11", len(words))
	}
	of := map[uint32]uint8{}
	for i, w := range words {
		of[w] = class[i]
	}
	first, second := of[text.Hash("aba")], of[text.Hash("cda")]
	if first == second || first == 0 || second == 0 {
		t.Fatalf("the two kinds are in classes %d and %d", first, second)
	}
	for i := range 5 {
		if w := fmt.Sprintf("ab%c", 'a'+i); of[text.Hash(w)] != first {
			t.Errorf("%s is not with its like", w)
		}
		if w := fmt.Sprintf("cd%c", 'a'+i); of[text.Hash(w)] != second {
			t.Errorf("%s is not with its like", w)
		}
	}
	if again, c := learn(); !slices.Equal(again, words) || !slices.Equal(c, class) {
		t.Error("learning again gave other classes")
	}
}
