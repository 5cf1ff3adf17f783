package tagging

import (
	"testing"

	"pgregory.net/rapid"

	"hearsay/text"
)

func TestDictionaryFindsWhatItHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		held := map[uint32]Entry{}
		for _, key := range rapid.SliceOfDistinct(rapid.Uint32Range(1, 1<<32-1), rapid.ID).Draw(t, "keys") {
			held[key] = Entry{Key: key, Class: uint16(key % 900), Only: text.Tag(key % uint32(text.NumTags))}
		}
		var entries []Entry
		for _, e := range held {
			entries = append(entries, e)
		}
		d := NewDictionary(entries)
		if again, err := openDictionary(d.slots); err != nil || *again != *d {
			t.Fatalf("opening what was made: %v, %v", again, err)
		}
		for key, e := range held {
			if class, only := d.find(key); class != e.Class || only != e.Only {
				t.Fatalf("find(%d) = %d, %v; want %+v", key, class, only, e)
			}
		}
		other := rapid.Uint32Range(1, 1<<32-1).Draw(t, "other")
		if _, ok := held[other]; !ok {
			if class, only := d.find(other); class != 0 || only != text.NoTag {
				t.Fatalf("find(%d) = %d, %v for a word that is not held", other, class, only)
			}
		}
	})
}

func TestKeyTellsCapitals(t *testing.T) {
	h := text.Hash("may")
	if Key(h, text.HasLower) == Key(h, text.HasLower|text.HasUpper|text.FirstUpper) {
		t.Error("may and May have the same key")
	}
	if Key(0, 0) == 0 || Key(0x9E3779B9, text.FirstUpper) == 0 {
		t.Error("a key is 0, which marks a free slot")
	}
}
