package matching

import (
	_ "embed"
	"fmt"
	"math"
)

//go:embed rarity.bin
var known string

// The table of how rare words are in fact-checks at large: slots that are found
// by the hash of a word, each a check of 16 bits and its rarity, 0 for a free slot.
const slotSize = 3

// What a slot holds is in steps; a word that is not in the table is in less than one text of the 74,000.
const (
	rarityStep = 1.0 / 24
	unknown    = 11 // of a word that is not in the table
)

func init() {
	if n := len(known) / slotSize; n == 0 || n&(n-1) != 0 || len(known)%slotSize != 0 {
		panic(fmt.Sprintf("the table of rarities has %d bytes", len(known)))
	}
}

// PackRarities makes the table of words that so many of all texts have.
func PackRarities(having map[uint64]int, all int) []byte {
	slots := 1
	for slots < len(having)*3/2 {
		slots *= 2
	}
	table := make([]byte, slots*slotSize)
	for _, term := range sortedKeys(having) {
		at := int(term>>16) & (slots - 1)
		for table[at*slotSize+2] != 0 {
			at = (at + 1) & (slots - 1)
		}
		r := math.Log(float64(all) / float64(having[term]))
		table[at*slotSize], table[at*slotSize+1] = byte(term), byte(term>>8)
		table[at*slotSize+2] = byte(min(255, max(1, math.Round(r/rarityStep))))
	}
	return table
}

// general returns how rare a word is in fact-checks at large, from 0 to unknown,
// and whether it is in the table, as frequent words are.
func general(term uint64) (rarity float64, ok bool) {
	mask := len(known)/slotSize - 1
	for at := int(term>>16) & mask; ; at = (at + 1) & mask {
		slot := known[at*slotSize:][:slotSize]
		switch {
		case slot[2] == 0:
			return unknown, false
		case slot[0] == byte(term) && slot[1] == byte(term>>8):
			return float64(slot[2]) * rarityStep, true
		}
	}
}

// backing is how many texts of fact-checks at large are set beside those of the
// collection, so that rarity means something in a small one too.
const backing = 60_000

// rarity is how rare a word is that so many of all documents of a collection have.
func rarity(term uint64, having, all int) float64 {
	g, _ := general(term)
	return -math.Log((float64(having) + backing*math.Exp(-g)) / (float64(all) + backing))
}
