package coref

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The expected figures are worked out by hand from the definitions.
func TestMeasures(t *testing.T) {
	for _, test := range []struct {
		name        string
		gold, found Chains
		muc, b, c   [2]float64 // precision, recall
	}{
		{"the same", Chains{{1, 2, 3}, {4, 5}}, Chains{{5, 4}, {3, 2, 1}}, [2]float64{1, 1}, [2]float64{1, 1}, [2]float64{1, 1}},
		{"nothing found", Chains{{1, 2}}, nil, [2]float64{0, 0}, [2]float64{0, 0}, [2]float64{0, 0}},
		// Gold {1 2 3 4 5}{6 7}{8 9 A B C}, found {1 2 3 4 5}{6 7 8 9 A B C}: the
		// example of Luo (2005).
		// MUC: recall (4+1+4)/9, precision (4+5)/10.
		// B³: recall 12/12; precision (5·5/5 + 2·2/7 + 5·5/7)/12 = (5+29/7)/12.
		// phi4: pairs 1 and 2·5/(5+7); over 3 gold and 2 found chains.
		{"two put together", Chains{{1, 2, 3, 4, 5}, {6, 7}, {8, 9, 10, 11, 12}}, Chains{{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10, 11, 12}},
			[2]float64{0.9, 1}, [2]float64{(5 + 29.0/7) / 12, 1}, [2]float64{(1 + 10.0/12) / 2, (1 + 10.0/12) / 3}},
		// A mention on one side only. MUC: recall: {1 2 3} falls into {1 2} and {3}: 1/2;
		// precision {1 2 9} into {1 2} and {9}: 1/2. B³: 4/3 over 3 both ways. phi4: 2·2/6.
		{"one missed and one too many", Chains{{1, 2, 3}}, Chains{{1, 2, 9}}, [2]float64{0.5, 0.5}, [2]float64{4.0 / 9, 4.0 / 9}, [2]float64{2.0 / 3, 2.0 / 3}},
		{"single mentions do not count", Chains{{1, 2}, {3}}, Chains{{1, 2}, {3}, {4}}, [2]float64{1, 1}, [2]float64{1, 1}, [2]float64{1, 1}},
		// {1 2 3 4} with {1 2 3 5} is 2·3/8; what is then left has nothing in common.
		{"a chain left over", Chains{{1, 2, 3, 4}, {5, 7}}, Chains{{1, 2, 3, 5}, {4, 6}}, [2]float64{2.0 / 4, 2.0 / 4},
			[2]float64{(9.0/4 + 1.0/4 + 1.0/2) / 6, (9.0/4 + 1.0/4 + 1.0/2) / 6}, [2]float64{0.75 / 2, 0.75 / 2}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var s Score
			s.Add(test.gold, test.found)
			for _, m := range []struct {
				name string
				got  Measure
				want [2]float64
			}{{"MUC", s.MUC, test.muc}, {"B-cubed", s.BCubed, test.b}, {"CEAF", s.CEAF, test.c}} {
				if p, r := m.got.Precision.Value(), m.got.Recall.Value(); math.Abs(p-m.want[0]) > 1e-9 || math.Abs(r-m.want[1]) > 1e-9 {
					t.Errorf("%s: precision %.4f recall %.4f, not %.4f %.4f", m.name, p, r, m.want[0], m.want[1])
				}
			}
		})
	}
}

// TestAssign holds the Hungarian method against all permutations.
func TestAssign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 5).Draw(t, "n")
		cost := make([][]float64, n)
		for i := range cost {
			cost[i] = make([]float64, n)
			for j := range cost[i] {
				cost[i][j] = -float64(rapid.IntRange(0, 9).Draw(t, "cost"))
			}
		}
		used := make([]bool, n)
		var least func(i int) float64
		least = func(i int) float64 {
			if i == n {
				return 0
			}
			m := math.Inf(1)
			for j := range n {
				if !used[j] {
					used[j] = true
					m = min(m, cost[i][j]+least(i+1))
					used[j] = false
				}
			}
			return m
		}
		if got, want := assign(cost), least(0); math.Abs(got-want) > 1e-9 {
			t.Fatalf("%v, not %v for %v", got, want, cost)
		}
	})
}

func TestScoreIsTheSameBothWays(t *testing.T) {
	chains := rapid.Custom(func(t *rapid.T) Chains {
		out := make(Chains, 4)
		for m := range 12 {
			if k := rapid.IntRange(0, 4).Draw(t, "chain"); k < 4 {
				out[k] = append(out[k], m)
			}
		}
		return out
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := chains.Draw(t, "a"), chains.Draw(t, "b")
		var ab, ba Score
		ab.Add(a, b)
		ba.Add(b, a)
		for _, m := range [][2]Measure{{ab.MUC, ba.MUC}, {ab.BCubed, ba.BCubed}, {ab.CEAF, ba.CEAF}} {
			if math.Abs(m[0].Precision.Value()-m[1].Recall.Value()) > 1e-9 || m[0].Recall.Value() > 1+1e-9 {
				t.Fatalf("%v against %v", m[0], m[1])
			}
		}
	})
}
