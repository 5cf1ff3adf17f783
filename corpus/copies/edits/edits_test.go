package edits_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"hearsay/corpus/copies/edits"
)

const text = `Police said on Monday that 12 people were injured when the tram shed at Oster Fell burned. The shed was built in 1931. "Nobody was inside," said Una Brask, who runs it.

The council will meet on Friday. It has asked for a report, and the man who found the fire was taken to the hospital. Three trams were lost.`

func editor(seed uint64) *edits.Editor {
	return &edits.Editor{Rand: rand.New(rand.NewPCG(seed, 1)), Filler: []string{"The weather was fine."}}
}

func TestOneSeedOneCopy(t *testing.T) {
	for _, s := range edits.Strengths {
		if a, b := editor(4).Edit(text, s), editor(4).Edit(text, s); a != b {
			t.Errorf("%v: two copies by one seed differ", s)
		}
	}
	if editor(4).Edit(text, edits.Heavy) == editor(5).Edit(text, edits.Heavy) {
		t.Error("two seeds give one copy")
	}
}

// TestStrengthsGrow counts, over many copies, the words of the text that are
// left, which must become fewer with each strength, and those that are new.
func TestStrengthsGrow(t *testing.T) {
	words := map[string]bool{}
	for _, w := range strings.Fields(text) {
		words[w] = true
	}
	before, beforeNew := 1<<30, -1
	for _, s := range edits.Strengths {
		left, fresh := 0, 0
		for seed := range uint64(200) {
			for _, w := range strings.Fields(editor(seed).Edit(text, s)) {
				if words[w] {
					left++
				} else {
					fresh++
				}
			}
		}
		if left >= before || fresh <= beforeNew {
			t.Errorf("%v: %d words are left and %d are new; one strength less %d and %d", s, left, fresh, before, beforeNew)
		}
		before, beforeNew = left, fresh
	}
}

func TestSomethingIsLeft(t *testing.T) {
	for seed := range uint64(100) {
		if got := editor(seed).Edit("Una Brask sold the mill.", edits.Severe); !strings.Contains(got, "Una Brask sold the mill.") {
			t.Errorf("seed %d: %q", seed, got)
		}
		if got := editor(seed).Title("Mill sold", edits.Severe); got != "Mill sold" {
			t.Errorf("seed %d: title %q", seed, got)
		}
	}
	if got := editor(1).Edit("", edits.Trifling); got != "" {
		t.Errorf("a copy of nothing is %q", got)
	}
}
