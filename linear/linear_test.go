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
		written := data
		if rapid.Bool().Draw(t, "folded") {
			written = linear.Fold(data)
		}
		table, err := linear.Open(string(written))
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
	good, err := linear.Freeze([]linear.Row{{Feature: 1, Weights: []float32{1}}}, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	folded := linear.Fold(good)
	bare, another := slices.Clone(folded[:len(folded)-8]), slices.Clone(folded) // one slot of 8 bytes, behind a byte of marks
	bare[20], another[20] = 0, another[20]|0x80
	for name, data := range map[string]string{
		"folded, short":        string(folded[:len(folded)-1]),
		"folded, long":         string(folded) + "x",
		"folded, no slots":     string(folded[:20]),
		"folded, no header":    string(folded[:10]),
		"folded, another mark": string(another),
		"nothing":              "",
		"short":                string(good[:len(good)-1]),
		"long":                 string(good) + "x",
		"not magic":            "X" + string(good[1:]),
	} {
		if _, err := linear.Open(data); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
	if _, err := linear.Open(string(bare)); err != nil {
		t.Errorf("a folded table without features: %v", err)
	}
}

func TestZeroTableScoresNothing(t *testing.T) {
	var table linear.Table
	table.Add(linear.Join(1, 2, 3, 4), nil)
}
