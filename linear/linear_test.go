package linear_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hearsay/linear"
)

// TestFreeze checks that a frozen table gives back the weights it was made of,
// to half a step of its scale, whatever the order of the rows.
func TestFreeze(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		labels := rapid.SampledFrom([]int{1, 3, 5, 12, 13, 40}).Draw(t, "labels")
		n := rapid.IntRange(0, 60).Draw(t, "features")
		rows := make([]linear.Row, n)
		for i := range rows {
			w := make([]float32, labels)
			for l := range w {
				w[l] = float32(rapid.Float64Range(-2, 2).Draw(t, "weight"))
			}
			rows[i] = linear.Row{Feature: linear.Join(1, uint32(i), 0, 0), Weights: w}
		}
		data, err := linear.Freeze(rows, labels, 2)
		if err != nil {
			t.Fatal(err)
		}
		table, err := linear.Open(string(data))
		if err != nil {
			t.Fatal(err)
		}
		if table.Labels() != labels {
			t.Fatalf("%d labels instead of %d", table.Labels(), labels)
		}
		scores := make([]int32, labels)
		for _, r := range rows {
			clear(scores)
			table.Add(r.Feature, scores)
			for l, s := range scores {
				if got, want := float64(s)*float64(table.Scale()), float64(r.Weights[l]); math.Abs(got-want) > 1.01/127 {
					t.Fatalf("label %d: %v instead of %v", l, got, want)
				}
			}
		}
		one, all := make([]int32, labels), make([]int32, labels)
		var features []linear.Feature
		for i := range uint32(2 * n) { // half of them not in the table
			features = append(features, linear.Join(1, i, 0, 0))
			table.Add(features[i], one)
		}
		if table.AddAll(features, all); !slices.Equal(one, all) {
			t.Fatalf("one by one %v, all at once %v", one, all)
		}
		each := make([]int32, len(features))
		table.Each(features, each)
		for i, f := range features {
			clear(scores)
			if table.Add(f, scores); each[i] != scores[0] {
				t.Fatalf("feature %d weighs %d by itself, %d among all", i, scores[0], each[i])
			}
		}
		clear(scores)
		table.Add(linear.Join(2, 7, 0, 0), scores)
		for _, s := range scores {
			if s != 0 {
				t.Fatal("a feature that the table does not have scored")
			}
		}
		for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
			rows[i], rows[j] = rows[j], rows[i]
		}
		again, err := linear.Freeze(rows, labels, 2)
		if err != nil || string(again) != string(data) {
			t.Fatalf("the order of the rows shows in the table (%v)", err)
		}
	})
}

func TestOpenRefusesWhatIsNoTable(t *testing.T) {
	rows := func(labels int) []linear.Row {
		w := make([]float32, labels)
		w[0], w[labels-1] = 1, 1
		return []linear.Row{{Feature: 1, Weights: w}}
	}
	for _, labels := range []int{1, 40} {
		good, err := linear.Freeze(rows(labels), labels, 1)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := linear.Open(string(good)); err != nil {
			t.Fatalf("%d labels: %v", labels, err)
		}
		// A header of 28 bytes, a byte of marks, a check of four.
		with := func(at int, b byte) string {
			bad := slices.Clone(good)
			bad[at] = b
			return string(bad)
		}
		for name, data := range map[string]string{
			"nothing":                   "",
			"a header alone":            string(good[:28]),
			"short":                     string(good[:len(good)-1]),
			"long":                      string(good) + "x",
			"not magic":                 with(0, 'X'),
			"no labels":                 with(4, 0),
			"no slots":                  with(8, 0),
			"three slots":               with(8, 3),
			"more slots":                with(8, 16),
			"as many features as slots": with(12, 4),
			"more features":             with(12, 2),
			"more rows":                 with(16, good[16]+1),
			"more weights":              with(20, good[20]+1),
			"another mark":              with(28, good[28]|good[28]<<1),
			"a mark of no slot":         with(28, 1<<6),
			"no mark":                   with(28, 0),
		} {
			if _, err := linear.Open(data); err == nil {
				t.Errorf("%d labels, %s: opened", labels, name)
			}
		}
		if labels == 40 { // behind the check: three bytes of a row's number, its length, two gaps between labels, two weights
			for name, data := range map[string]string{
				"a row that there is not":   with(33, 1),
				"a row longer than weights": with(36, 3),
				"a row shorter than them":   with(36, 1),
				"a label too high":          with(38, 40),
			} {
				if _, err := linear.Open(data); err == nil {
					t.Errorf("%s: opened", name)
				}
			}
		}
	}
}

func TestZeroTableScoresNothing(t *testing.T) {
	var table linear.Table
	table.Add(linear.Join(1, 2, 3, 4), nil)
}
