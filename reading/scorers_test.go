package reading_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMeaningHoldsItsGround measures what ledgers say of names, dates, places,
// certainty and check-worthiness with the scorers that lie beside the research data, against
// what docs/accuracy.md says of them. Without data, scorers or Python there is
// nothing to measure.
func TestMeaningHoldsItsGround(t *testing.T) {
	const shared = "../../shared"
	if _, err := os.Stat(filepath.Join(shared, "scoring")); err != nil {
		t.Skipf("NOT MEASURED, the scorers are not here: %v", err)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("NOT MEASURED, the scorers need Python: %v", err)
	}
	program := filepath.Join(t.TempDir(), "hearsay")
	if out, err := exec.Command("go", "build", "-o", program, "hearsay/cmd/hearsay").CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, out)
	}
	for _, m := range []struct {
		scorer, data, digest string
		bounds               []bound
	}{
		{"names.py", "conll2003/testa.txt.gz", "318d6c35e2af7679", []bound{{"exact.f1", 0.93, false}}},
		{"dates.py", "tempeval3/tbaq-cleaned.tar.gz", "85dffe64b2f8fffc", []bound{{"relaxed.f1", 0.97, false}, {"value.f1", 0.895, false}}},
		{"places.py", "geoparsing/geovirus.xml.gz", "249077faae65db3a", []bound{{"found.f1", 0.915, false}, {"of_found", 0.89, false}}},
		{"places.py", "geoparsing/lgl.xml.gz", "e46fbbcc882a1853", []bound{{"found.f1", 0.79, false}, {"of_found", 0.815, false}}},
		{"certainty.py", "factuality/uw-dev.jsonl.gz", "f194699a13c03444", []bound{{"mae", 0.60, true}, {"r", 0.53, false}}},
		{"checkworthy.py", "checkworthy/ct24-dev-test.tsv.gz", "ed5a2ff6abb42d43", []bound{{"f1", 0.82, false}, {"ap", 0.905, false}}},
		// The articles that the model learned from: this holds that what was learned is
		// read; docs/accuracy.md has what is found in others.
		{"techniques.py", "persuasion/semeval2020-train.jsonl.gz", "b47554cce52fe8c6", []bound{{"spans.f1", 0.55, false}, {"labels.f1", 0.26, false}}},
	} {
		t.Run(m.data, func(t *testing.T) {
			path := filepath.Join(shared, "data", m.data)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Skipf("NOT MEASURED, the data is not here: %v", err)
			}
			sum := sha256.Sum256(data)
			if got := hex.EncodeToString(sum[:8]); got != m.digest {
				t.Fatalf("the floors are for another %s: its digest is %s, not %s", path, got, m.digest)
			}
			command := exec.Command(python, filepath.Join(shared, "scoring", m.scorer), program, path)
			command.Stderr = os.Stderr
			out, err := command.Output()
			if err != nil {
				t.Fatalf("%s: %v", m.scorer, err)
			}
			var result map[string]any
			if err := json.Unmarshal(out, &result); err != nil {
				t.Fatalf("%s printed %q: %v", m.scorer, out, err)
			}
			for _, b := range m.bounds {
				b.hold(t, result)
			}
		})
	}
}

// bound is what a measure may not fall below or, where it is an error, rise above.
type bound struct {
	measure string // where a scorer's result has it, fields parted by dots
	limit   float64
	most    bool
}

func (b bound) hold(t *testing.T, result map[string]any) {
	t.Helper()
	var at any = result
	for field := range strings.SplitSeq(b.measure, ".") {
		fields, _ := at.(map[string]any)
		at = fields[field]
	}
	value, ok := at.(float64)
	if !ok {
		t.Fatalf("the scorer's result has no %s: %v", b.measure, result)
	}
	t.Logf("%-10s %.4f", b.measure, value)
	if b.most && value > b.limit || !b.most && value < b.limit {
		t.Errorf("%s: %.4f is beyond its bound of %.3f", b.measure, value, b.limit)
	}
}
