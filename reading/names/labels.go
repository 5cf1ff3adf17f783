package names

import "hearsay/text"

// The labels of a token: that it is in no name, or for each Type that a name
// begins with it, goes on through it, ends with it or is that one token (the
// scheme BIOES).
const (
	labelOut = iota
	labelBegin
	labelIn
	labelEnd
	labelSingle
)

// Labels is the number of labels.
const Labels = 1 + 4*int(Misc)

// Label returns the label of the k-th of n tokens of a name.
func Label(t Type, k, n int) uint8 {
	part := labelIn
	switch {
	case n == 1:
		part = labelSingle
	case k == 0:
		part = labelBegin
	case k == n-1:
		part = labelEnd
	}
	return uint8(4*(int(t)-1) + part)
}

// partOf returns the part of a label that is not its Type.
func partOf(label int) int {
	if label == 0 {
		return labelOut
	}
	return (label-1)%4 + 1
}

// typeOf returns the Type of a label.
func typeOf(label uint8) Type {
	if label == 0 {
		return None
	}
	return Type((label-1)/4) + 1
}

// Move reports whether a label may follow another; from is -1 at a segment's start.
func Move(from, to int) bool {
	inside := from > 0 && (partOf(from) == labelBegin || partOf(from) == labelIn)
	goesOn := partOf(to) == labelIn || partOf(to) == labelEnd
	if inside != goesOn {
		return false
	}
	return !inside || typeOf(uint8(from)) == typeOf(uint8(to))
}

// last reports whether a segment may end with the label.
func last(label int) bool {
	p := partOf(label)
	return p != labelBegin && p != labelIn
}

// decoder finds the best sequence of labels (Viterbi).
type decoder struct {
	from []([Labels]uint8)
	// For each label those that may follow it, so that the others are not tried.
	before [Labels][]uint8
}

func newDecoder() *decoder {
	var d decoder
	for to := range Labels {
		for from := range Labels {
			if Move(from, to) {
				d.before[to] = append(d.before[to], uint8(from))
			}
		}
	}
	return &d
}

const never = -1 << 29

// decode writes the best labels for the scores of a segment to out. moves has
// a row for the start and one for each label before.
func (d *decoder) decode(scores [][Labels]int32, moves *[Labels + 1][Labels]int32, out []uint8) {
	n := len(scores)
	if n == 0 {
		return
	}
	if cap(d.from) < n {
		d.from = make([][Labels]uint8, n, n*5/4)
	}
	from := d.from[:n]
	var best, next [Labels]int32
	for l := range best {
		best[l] = never
		if Move(-1, l) {
			best[l] = moves[0][l] + scores[0][l]
		}
	}
	for i := 1; i < n; i++ {
		for to := range next {
			top, at := int32(never-1), uint8(0)
			for _, p := range d.before[to] {
				if s := best[p] + moves[p+1][to]; s > top {
					top, at = s, p
				}
			}
			next[to] = max(never, top+scores[i][to])
			from[i][to] = at
		}
		best = next
	}
	at := 0
	for l, s := range best {
		if last(l) && s > best[at] {
			at = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		out[i] = uint8(at)
		at = int(from[i][at])
	}
}

// spans calls each with the names that the labels of a segment spell.
func spans(g text.Range, labels []uint8, each func(text.Range, Type)) {
	start := int32(0)
	for k, l := range labels {
		switch partOf(int(l)) {
		case labelBegin:
			start = int32(k)
		case labelEnd:
			each(text.Range{First: g.First + start, End: g.First + int32(k) + 1}, typeOf(l))
		case labelSingle:
			each(text.Range{First: g.First + int32(k), End: g.First + int32(k) + 1}, typeOf(l))
		}
	}
}
