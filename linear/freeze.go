package linear

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

func float32frombits(b uint32) float32 { return math.Float32frombits(b) }

// Row is one feature's weights, one a label.
type Row struct {
	Feature Feature
	Weights []float32
}

// foldFrom is from how many bytes of free slots on a table is written without
// them. To unfold it takes some milliseconds, and memory of its own.
const foldFrom = 4 << 20

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
		some := false
		for i, w := range r.Weights {
			v := math.RoundToEven(float64(w / clip * 127))
			q[i] = int8(max(-127, min(127, v)))
			some = some || q[i] != 0
		}
		if some {
			kept = append(kept, quantised{r.Feature, q})
		}
	}
	slices.SortFunc(kept, func(a, b quantised) int { return cmp.Compare(a.f, b.f) })
	slots := 1
	for slots*2 < len(kept)*3+2 { // at most two thirds full
		slots *= 2
	}
	stride := 8
	if labels <= denseLabels {
		stride = 4 + (labels+3)/4*4
	}
	if stride < 8 {
		stride = 8
	}
	out := make([]byte, headerSize+slots*stride)
	table := out[headerSize:]
	var sparse []byte
	seen := map[string]uint32{} // equal rows are kept once
	for _, k := range kept {
		home := uint64(k.f) & uint64(slots-1)
		at, away := home, 0
		check := checkOf(k.f)
		for {
			c := binary.LittleEndian.Uint32(table[at*uint64(stride):])
			if c == 0 {
				break
			}
			at = (at + 1) & uint64(slots-1)
			away++
		}
		if bounded(labels) {
			if away > math.MaxUint8 {
				return nil, fmt.Errorf("freezing a linear model: %d features in a row of %d slots", away, slots)
			}
			last := &table[int(home)*stride+stride-1]
			*last = max(*last, byte(away))
		}
		s := table[at*uint64(stride):]
		binary.LittleEndian.PutUint32(s, check)
		if labels <= denseLabels {
			for i, w := range k.w {
				s[4+i] = byte(w)
			}
			continue
		}
		row := []byte{0}
		for l, w := range k.w {
			if w != 0 {
				row = append(row, byte(l), byte(w))
			}
		}
		row[0] = byte((len(row) - 1) / 2)
		if len(row) > 511 { // 255 pairs: the count is one byte
			return nil, fmt.Errorf("freezing a linear model: a row of more than 255 weights")
		}
		off, ok := seen[string(row)]
		if !ok {
			off = uint32(len(sparse))
			seen[string(row)] = off
			sparse = append(sparse, row...)
		}
		binary.LittleEndian.PutUint32(s[4:], off)
	}
	copy(out, magic)
	binary.LittleEndian.PutUint16(out[4:], uint16(labels))
	binary.LittleEndian.PutUint16(out[6:], uint16(stride))
	binary.LittleEndian.PutUint32(out[8:], uint32(slots))
	binary.LittleEndian.PutUint32(out[12:], math.Float32bits(clip/127))
	binary.LittleEndian.PutUint32(out[16:], uint32(len(sparse)))
	out = append(out, sparse...)
	if (slots-len(kept))*stride >= foldFrom {
		return fold(out), nil
	}
	return out, nil
}
