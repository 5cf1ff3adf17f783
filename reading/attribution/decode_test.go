package attribution

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// every lists all sequences of labels with their scores, best first.
func every(scores, moves []int32, L int) []int32 {
	n := len(scores) / L
	var out []int32
	var walk func(i, last int, sum int32)
	walk = func(i, last int, sum int32) {
		if i == n {
			out = append(out, sum)
			return
		}
		for l := range L {
			walk(i+1, l, sum+moves[(last+1)*L+l]+scores[i*L+l])
		}
	}
	walk(0, -1, 0)
	slices.SortFunc(out, func(a, b int32) int { return cmp.Compare(b, a) })
	return out
}

func TestDecodeFindsTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		L := rapid.IntRange(1, 4).Draw(t, "labels")
		n := rapid.IntRange(1, 6).Draw(t, "positions")
		draw := func(what string, n int) []int32 {
			return rapid.SliceOfN(rapid.Int32Range(-50, 50), n, n).Draw(t, what)
		}
		scores, moves := draw("scores", n*L), draw("moves", (L+1)*L)
		all := every(scores, moves, L)

		sum := func(labels []uint8) int32 {
			s, last := int32(0), -1
			for i, l := range labels {
				s += moves[(last+1)*L+int(l)] + scores[i*L+int(l)]
				last = int(l)
			}
			return s
		}
		var d decoder
		out := make([]uint8, n)
		if got := d.decode(scores, moves, L, out); got != all[0] || sum(out) != got {
			t.Fatalf("decode: score %d for labels worth %d, the best is %d", got, sum(out), all[0])
		}
		k := rapid.IntRange(1, 12).Draw(t, "k")
		var found []int32
		seen := map[string]bool{}
		d.decodeBest(scores, moves, L, k, func(labels []uint8, score int32) {
			if sum(labels) != score {
				t.Fatalf("decodeBest: score %d for labels worth %d", score, sum(labels))
			}
			if seen[string(labels)] {
				t.Fatalf("decodeBest gave %v twice", labels)
			}
			seen[string(labels)] = true
			found = append(found, score)
		})
		if want := all[:min(k, len(all))]; !slices.Equal(found, want) {
			t.Fatalf("decodeBest: %v, want %v", found, want)
		}
	})
}
