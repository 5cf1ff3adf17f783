package main

import (
	"os"
	"testing"

	"hearsay/learn/muc4"
	"hearsay/ledger"
)

// TestIncidentsHoldTheirGround reads the development reports with the whole
// program. The floors stand a little below what was measured, docs/accuracy.md
// says what that was.
func TestIncidentsHoldTheirGround(t *testing.T) {
	const data = "../../../../shared/data/muc4.tar.gz"
	if _, err := os.Stat(data); err != nil {
		t.Skipf("NOT MEASURED, the corpus is not here: %v", err)
	}
	reports, err := muc4.Development(data)
	if err != nil {
		t.Fatal(err)
	}
	ledgers := make([]*ledger.Ledger, len(reports))
	if err := read(reports, ledgers); err != nil {
		t.Fatal(err)
	}
	var s muc4.Score
	for i := range reports {
		s.Add(reports[i].Key, muc4.Respond(ledgers[i]))
	}
	all := muc4.Total(&s.All)
	t.Logf("all slots: recall %.4f, precision %.4f, F1 %.4f", all.Recall(), all.Precision(), all.F())
	if all.F() < allSlotsFloor {
		t.Errorf("all slots: F1 %.4f is below its floor of %.3f", all.F(), allSlotsFloor)
	}
}

const allSlotsFloor = 0.375
