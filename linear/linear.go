// Package linear holds linear models over hashed features. Reading looks
// features up in an open-addressing table in one string of bytes. What Freeze
// writes is that table taken apart into columns, which a compressor makes smaller
// than the table and which Open puts together in some nanoseconds a feature.
//
// Weights are 8-bit integers on one scale for the whole table, so scores are
// integer sums: equal on every processor and in any order of addition.
package linear

import "math"

// Feature is a hashed feature. Its lower bits choose the slot, its upper
// half is what the slot is checked by, so both must be well mixed: make
// features with Join.
type Feature uint64

// Join mixes a template's number and up to three values into a Feature.
// Values that mean different things need different templates.
func Join(template uint32, a, b, c uint32) Feature {
	h := (uint64(template)<<32 | uint64(a)) * 0x9E3779B97F4A7C15
	h ^= h >> 29
	h = (h ^ (uint64(b)<<32 | uint64(c))) * 0xBF58476D1CE4E5B9
	h ^= h >> 32
	h *= 0x94D049BB133111EB
	return Feature(h ^ h>>29)
}

// The layout of a table in memory, little-endian: slots × { check u32, body }.
//
// With at most denseLabels labels the body is the row itself, one int8 a
// label, padded to stride-4 bytes. Where that leaves a slot's last byte free,
// it says how far behind the slot a feature may stand that would have come
// there: most features that are asked for are in no table, and the
// search for one ends there and need not go on to a free slot. With more labels
// the body is the offset u32 of a sparse row: n u8, then n × (label u8, weight
// int8). A check of 0 marks a free slot.
//
// The layout of what Freeze writes, little-endian:
//
//	magic "HLT3"  labels u32  slots u32  features u32  rows u32  weights u32  scale f32
//	slots/8 bytes with a bit a slot, the lowest first, that says whether it is taken
//	and of the slots that are taken, in their order:
//	features × check u32
//	with at most denseLabels labels: for each label features × weight int8,
//	and where slots say how far a search goes, features × that u8
//	with more: the numbers of their rows, features × the lowest byte of each, then
//	the next, then the highest. 0 stands for a row that none before has, and that gets
//	the next number from 1
//	rows × n u8, then of each row n × the label less the one before it u8, and at
//	last weights × int8 in the same order
const (
	magic         = "HLT3"
	headerSize    = 28
	denseLabels   = 12
	rowNumberSize = 3
)

// Table is a frozen model. The zero Table has no features.
type Table struct {
	labels, stride int
	bounded        bool // slots say how far a search may have to go
	mask           uint64
	slots          string
	rows           string
	scale          float32
}

// strideOf is the size of a slot of a table of so many labels.
func strideOf(labels int) int {
	if labels > denseLabels {
		return 8
	}
	return 4 + (labels+3)/4*4
}

// columnsOf is how many columns of bytes there are beside the checks.
func columnsOf(labels int) int {
	switch {
	case labels > denseLabels:
		return rowNumberSize
	case bounded(labels):
		return labels + 1
	}
	return labels
}

// bounded reports whether the slots of a table of so many labels have a byte to spare.
func bounded(labels int) bool { return labels <= denseLabels && labels%4 != 0 }

// Labels is the number of labels the table scores.
func (t *Table) Labels() int { return t.labels }

// Scale is what one unit of score is worth in the units of training.
func (t *Table) Scale() float32 { return t.scale }

// Add adds the feature's weight for each label to scores, which must hold at
// least Labels values. A feature the table does not have adds nothing.
func (t *Table) Add(f Feature, scores []int32) {
	if len(t.slots) == 0 {
		return
	}
	check := checkOf(f)
	at := uint64(f) & t.mask
	steps := t.steps(int(at))
	for ; steps >= 0; at, steps = (at+1)&t.mask, steps-1 {
		s := t.slots[int(at)*t.stride : int(at+1)*t.stride]
		c := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
		if c == 0 {
			return
		}
		if c != check {
			continue
		}
		if t.labels <= denseLabels {
			row := s[4 : 4+t.labels]
			scores = scores[:len(row)]
			for i := range scores {
				scores[i] += int32(int8(row[i]))
			}
			return
		}
		off := uint32(s[4]) | uint32(s[5])<<8 | uint32(s[6])<<16 | uint32(s[7])<<24
		row := t.rows[off:]
		row = row[1 : 1+2*int(row[0])]
		for ; len(row) >= 2; row = row[2:] {
			scores[row[0]] += int32(int8(row[1]))
		}
		return
	}
}

// AddAll adds every feature's weights to scores, as Add would one by one. It
// asks for all the slots before it uses the first, so that the waits for
// memory, which are most of the cost of a large table, overlap.
func (t *Table) AddAll(features []Feature, scores []int32) {
	if len(t.slots) == 0 {
		return
	}
	if t.stride == 8 {
		t.addWords(features, scores[:t.labels])
		return
	}
	var first [64]uint32
	for len(features) > 0 {
		n := min(len(features), len(first))
		for i, f := range features[:n] {
			at := int(uint64(f)&t.mask) * t.stride
			s := t.slots[at : at+4]
			first[i] = uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
		}
		for i, f := range features[:n] {
			switch {
			case first[i] == 0: // not in the table
			case first[i] != checkOf(f) && t.steps(int(uint64(f)&t.mask)) == 0: // nor here
			case first[i] == checkOf(f) && t.labels <= denseLabels:
				at := int(uint64(f)&t.mask)*t.stride + 4
				row := t.slots[at : at+t.labels]
				to := scores[:len(row)]
				for l := range to {
					to[l] += int32(int8(row[l]))
				}
			default:
				t.Add(f, scores)
			}
		}
		features = features[n:]
	}
}

// addWords is AddAll for slots that are 8 bytes: each is read as one number,
// and the weights are added after all the features have been looked up.
func (t *Table) addWords(features []Feature, scores []int32) {
	var words [64]uint64
	for len(features) > 0 {
		part := features[:min(len(words), len(features))]
		features = features[len(part):]
		for i, f := range part {
			words[i] = t.slot(uint64(f) & t.mask)
		}
		found := words[:0]
		for i, f := range part {
			w := words[i]
			check := checkOf(f)
			steps := uint64(math.MaxUint64)
			if t.bounded {
				steps = w >> 56
			}
			for at := uint64(f); uint32(w) != check && uint32(w) != 0 && steps > 0; steps-- {
				at++
				w = t.slot(at & t.mask)
			}
			if uint32(w) == check {
				found = append(found, w)
			}
		}
		if t.labels <= denseLabels { // at most 4, as the stride is 8: the rest of the row is 0
			var sums [4]int32
			for _, w := range found {
				sums[0] += int32(int8(w >> 32))
				sums[1] += int32(int8(w >> 40))
				sums[2] += int32(int8(w >> 48))
				sums[3] += int32(int8(w >> 56)) // where it is no weight it is not read
			}
			for l := range scores {
				scores[l] += sums[l]
			}
			continue
		}
		for _, w := range found {
			row := t.rows[w>>32:]
			row = row[1 : 1+2*int(row[0])]
			for ; len(row) >= 2; row = row[2:] {
				scores[row[0]] += int32(int8(row[1]))
			}
		}
	}
}

// Each writes the weight that each feature has for the first label into out,
// which must be as long: 0 for one that the table does not have. It is for those who add up
// the same weights in several ways, and lets the waits for memory overlap as AddAll does.
func (t *Table) Each(features []Feature, out []int32) {
	out = out[:len(features)]
	clear(out)
	if len(t.slots) == 0 {
		return
	}
	if t.stride != 8 || t.labels > denseLabels {
		scores := make([]int32, t.labels)
		for i, f := range features {
			clear(scores)
			t.Add(f, scores)
			out[i] = scores[0]
		}
		return
	}
	var words [64]uint64
	for len(features) > 0 {
		n := min(len(words), len(features))
		for i, f := range features[:n] {
			words[i] = t.slot(uint64(f) & t.mask)
		}
		for i, f := range features[:n] {
			w := words[i]
			check := checkOf(f)
			steps := uint64(math.MaxUint64)
			if t.bounded {
				steps = w >> 56
			}
			for at := uint64(f); uint32(w) != check && uint32(w) != 0 && steps > 0; steps-- {
				at++
				w = t.slot(at & t.mask)
			}
			if uint32(w) == check {
				out[i] = int32(int8(w >> 32))
			}
		}
		features, out = features[n:], out[n:]
	}
}

// steps is how many slots behind this one a feature may stand whose place it is.
func (t *Table) steps(at int) int {
	if t.bounded {
		return int(t.slots[(at+1)*t.stride-1])
	}
	return math.MaxInt
}

// slot is the slot's 8 bytes.
func (t *Table) slot(at uint64) uint64 {
	s := t.slots[at*8:][:8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// checkOf is the part of a feature that a slot is checked by, never 0.
func checkOf(f Feature) uint32 {
	c := uint32(f >> 32)
	if c == 0 {
		return 1
	}
	return c
}
