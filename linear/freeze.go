package linear

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// Row is one feature's weights, one a label.
type Row struct {
	Feature Feature
	Weights []float32
}

// Freeze writes rows as a table of that many labels, at most 256. Weights are
// scaled so that clip becomes 127; larger ones are clipped, and those that
// round to 0 are dropped, with the features that have no other. The bytes
// depend only on the rows, not on their order.
func Freeze(rows []Row, labels int, clip float32) ([]byte, error) {
	if labels < 1 || labels > 256 || !(clip > 0) {
		return nil, fmt.Errorf("freezing a linear model: %d labels, clip %v", labels, clip)
	}
	type quantised struct {
		f Feature
		w []int8
	}
	var kept []quantised
	for _, r := range rows {
		if len(r.Weights) != labels {
			return nil, fmt.Errorf("freezing a linear model: a row of %d weights for %d labels", len(r.Weights), labels)
		}
		q := make([]int8, labels)
		some := 0
		for i, w := range r.Weights {
			v := math.RoundToEven(float64(w / clip * 127))
			q[i] = int8(max(-127, min(127, v)))
			if q[i] != 0 {
				some++
			}
		}
		if some > math.MaxUint8 {
			return nil, fmt.Errorf("freezing a linear model: a row of more than 255 weights")
		}
		if some > 0 {
			kept = append(kept, quantised{r.Feature, q})
		}
	}
	slices.SortFunc(kept, func(a, b quantised) int { return cmp.Compare(a.f, b.f) })
	slots := 1
	for slots*2 < len(kept)*3+2 { // at most two thirds full
		slots *= 2
	}
	in := make([]int, slots) // the number in kept of what is in each slot, from 1
	away := make([]byte, slots)
	for i, k := range kept {
		home := int(uint64(k.f) & uint64(slots-1))
		at := home
		for in[at] != 0 {
			at = (at + 1) & (slots - 1)
		}
		in[at] = i + 1
		if bounded(labels) {
			steps := (at - home) & (slots - 1)
			if steps > math.MaxUint8 {
				return nil, fmt.Errorf("freezing a linear model: %d features in a row of %d slots", steps, slots)
			}
			away[home] = max(away[home], byte(steps))
		}
	}

	marks := make([]byte, (slots+7)/8)
	var checks []byte
	columns := make([][]byte, columnsOf(labels))
	var row, lengths, gaps, weights []byte
	numbers := map[string]uint32{} // of the different rows, from 1
	for at, i := range in {
		if i == 0 {
			continue
		}
		k := kept[i-1]
		marks[at/8] |= 1 << (at % 8)
		checks = binary.LittleEndian.AppendUint32(checks, checkOf(k.f))
		if labels <= denseLabels {
			for l, w := range k.w {
				columns[l] = append(columns[l], byte(w))
			}
			if bounded(labels) {
				columns[labels] = append(columns[labels], away[at])
			}
			continue
		}
		row = row[:0]
		last := 0
		for l, w := range k.w {
			if w != 0 {
				row = append(row, byte(l-last), byte(w))
				last = l
			}
		}
		number := numbers[string(row)] // 0 says that it is one more row
		for c := range columns {
			columns[c] = append(columns[c], byte(number>>(8*c)))
		}
		if number != 0 {
			continue
		}
		numbers[string(row)] = uint32(len(numbers) + 1)
		lengths = append(lengths, byte(len(row)/2))
		for ; len(row) > 0; row = row[2:] {
			gaps, weights = append(gaps, row[0]), append(weights, row[1])
		}
	}
	if len(numbers) >= 1<<(8*rowNumberSize) {
		return nil, fmt.Errorf("freezing a linear model: %d different rows", len(numbers))
	}
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, uint32(labels))
	for _, n := range []int{slots, len(kept), len(numbers), len(weights)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(clip/127))
	out = append(out, marks...)
	out = append(out, checks...)
	for _, c := range append(columns, lengths, gaps, weights) {
		out = append(out, c...)
	}
	return out, nil
}
