package main

import (
	"os"
	"testing"

	learn "hearsay/learn/events"
)

// TestTypesHoldTheirGround types the snippets of CASE 2021 with a model that
// has not seen them. The floor stands a little below what was measured,
// docs/accuracy.md says what that was.
func TestTypesHoldTheirGround(t *testing.T) {
	const data = "../../../../shared/data/case2021/types-a.tsv.gz"
	if _, err := os.Stat(data); err != nil {
		t.Skipf("NOT MEASURED, the corpus is not here: %v", err)
	}
	snippets, err := learn.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	all, err := learn.Examples(snippets)
	if err != nil {
		t.Fatal(err)
	}
	r, err := learn.Cross(all, 10, learn.Defaults)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("macro F1 %.4f, accuracy %.4f", r.Macro(), r.Accuracy())
	if r.Macro() < macroFloor {
		t.Errorf("macro F1 %.4f is below its floor of %.3f", r.Macro(), macroFloor)
	}
}

const macroFloor = 0.715
