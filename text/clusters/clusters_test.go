package clusters_test

import (
	"testing"

	"pgregory.net/rapid"

	"hearsay/text"
	"hearsay/text/clusters"
)

func TestPackGivesBackTheClasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfDistinct(rapid.Uint32(), func(w uint32) uint32 { return w }).Draw(t, "words")
		of := make([]uint8, len(words))
		for i := range of {
			of[i] = uint8(rapid.IntRange(1, 255).Draw(t, "class"))
		}
		data, err := clusters.Pack(words, of)
		if err != nil {
			t.Fatal(err)
		}
		table, err := clusters.Open(string(data))
		if err != nil {
			t.Fatal(err)
		}
		// Two words may share a slot's check; then the earlier one's class stands for both.
		for i, w := range words {
			ok := table.Of(w) == of[i]
			for j := range i {
				ok = ok || words[j]>>16 == w>>16 && table.Of(w) == of[j]
			}
			if !ok {
				t.Fatalf("word %d is in class %d instead of %d", i, table.Of(w), of[i])
			}
		}
	})
}

func TestOpenRefusesWhatIsNoTable(t *testing.T) {
	full, err := clusters.Pack(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 3; i < len(full); i += 4 {
		full[i] = 1
	}
	for name, data := range map[string]string{"nothing": "", "short": string(full[1:]), "no free slot, so a search would not end": string(full)} {
		if _, err := clusters.Open(data); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
	if _, err := clusters.Pack([]uint32{1, 2}, []uint8{1}); err == nil {
		t.Error("two words packed with one class")
	}
}

// TestDefaultKnowsLikeWords checks that words of one kind share a class in the
// table that is built in, and that a word of none has none.
func TestDefaultKnowsLikeWords(t *testing.T) {
	table, err := clusters.Default()
	if err != nil {
		t.Fatal(err)
	}
	of := func(w string) uint8 { return table.Of(text.Hash(w)) }
	for _, pair := range [][2]string{{"monday", "tuesday"}, {"said", "says"}, {"january", "march"}} {
		if a, b := of(pair[0]), of(pair[1]); a == 0 || a != b {
			t.Errorf("%q is in class %d, %q in %d", pair[0], a, pair[1], b)
		}
	}
	if of("dunmarrow-upon-sull") != 0 {
		t.Error("an invented word has a class")
	}
}
