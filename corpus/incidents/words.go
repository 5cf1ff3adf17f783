package incidents

import (
	_ "embed"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// rarities is, for words that news uses often, how rare they are: four bytes of a word's hash and one of
// 32 times the natural logarithm of how many articles there are for each with it, in the
// order of the hashes. learn/cmd/gathering makes it; docs/models.md says of what. Since it
// is fixed, what two records have in common does not depend on what else is in a store.
//
//go:embed rarities.bin
var rarities []byte

const (
	rarest     = 7   // of words and names that are not in rarities
	rarityUnit = 32  // of a byte in rarities
	tooCommon  = 2.5 // words less rare than that tell nothing
)

// rarity is how much it tells that two texts have a word in common.
func rarity(word uint32) float64 {
	t := table()
	for i := word % tableSize; t[i].known; i = (i + 1) % tableSize {
		if t[i].word == word {
			return t[i].rarity
		}
	}
	return rarest
}

// tableSize is well above the number of words in rarities, so that a look into the table is short.
const tableSize = 1 << 16

type slot struct {
	word   uint32
	known  bool
	rarity float64
}

// table is rarities for looking words up: a score takes some two hundred looks.
var table = sync.OnceValue(func() *[tableSize]slot {
	t := new([tableSize]slot)
	for b := rarities; len(b) >= 5; b = b[5:] {
		word := binary.LittleEndian.Uint32(b)
		i := word % tableSize
		for t[i].known {
			i = (i + 1) % tableSize
		}
		t[i] = slot{word, true, float64(b[4]) / rarityUnit}
	}
	return t
})

// EachWord calls f with the hash (FNV-1a) of each word of three letters or digits and more: in small letters, and
// of longer ones without a last "s", so that plurals are the same word.
func EachWord(s string, f func(uint32)) {
	const offset, prime = 2166136261, 16777619
	for i := 0; i < len(s); {
		h, before, n := uint32(offset), uint32(offset), 0
		last := rune(0)
		for i < len(s) {
			r, size := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				break
			}
			i += size
			last = unicode.ToLower(r)
			before = h
			h = (h ^ uint32(last)) * prime
			n++
		}
		if n == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		if n > 4 && last == 's' {
			h = before
		}
		if n >= 3 {
			f(h)
		}
	}
}

// NameHash is a hash of the last two words of a name, as the table of rarities has names that are often in the news.
func NameHash(name string) uint32 {
	var last, before uint32
	EachWord(name, func(w uint32) { last, before = w, last })
	return before*16777619 ^ last ^ 0x9e3779b9
}

// telling are the words of texts that are rare enough to tell something, at most so many of
// them, those that come first, in order of their hashes.
func telling(most int, texts ...string) []uint32 {
	var out []uint32
	for _, s := range texts {
		EachWord(s, func(w uint32) {
			if len(out) < most && !slices.Contains(out, w) && rarity(w) >= tooCommon {
				out = append(out, w)
			}
		})
	}
	slices.Sort(out)
	return out
}

// headline is a title without the name of the site that stands around it: the part
// of it with the most words.
func headline(title string) string {
	best, most := title, 0
	rest := title
	for _, sep := range [...]string{" :: ", " – ", " — ", " - ", " « "} {
		rest = strings.ReplaceAll(rest, sep, " | ")
	}
	for part := range strings.SplitSeq(rest, " | ") {
		if n := len(strings.Fields(part)); n > most {
			best, most = part, n
		}
	}
	return best
}

// weigh is the summed rarity of what two lists of words have in common, and of each.
func weigh(a, b []uint32) (both, ofA, ofB float64) {
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			ofA += rarity(a[i])
			i++
		case i == len(a) || a[i] > b[j]:
			ofB += rarity(b[j])
			j++
		default:
			w := rarity(a[i])
			both, ofA, ofB = both+w, ofA+w, ofB+w
			i, j = i+1, j+1
		}
	}
	return both, ofA, ofB
}
