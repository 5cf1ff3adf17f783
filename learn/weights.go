// Package learn holds the learning algorithms that make the weights of the
// readers. Nothing that reads imports it.
package learn

import "hearsay/linear"

// Index numbers the features of a training set from 0 in the order in which
// they are first seen.
type Index struct {
	slots []slot // open addressing
	list  []linear.Feature
}

type slot struct {
	key uint64 // the feature
	val int32  // its number + 1; 0 is free
}

// Len is the number of features seen.
func (x *Index) Len() int { return len(x.list) }

// Features returns the features in the order of their numbers. It is the index's own slice.
func (x *Index) Features() []linear.Feature { return x.list }

// Add returns the number of f, giving it the next one when it is new.
func (x *Index) Add(f linear.Feature) int32 {
	if 4*(len(x.list)+1) > 3*len(x.slots) {
		x.grow()
	}
	mask := uint64(len(x.slots) - 1)
	for at := uint64(f) & mask; ; at = (at + 1) & mask {
		switch s := &x.slots[at]; {
		case s.val == 0:
			x.list = append(x.list, f)
			*s = slot{uint64(f), int32(len(x.list))}
			return int32(len(x.list) - 1)
		case s.key == uint64(f):
			return s.val - 1
		}
	}
}

// Find returns the number of f, or -1 when it has none.
func (x *Index) Find(f linear.Feature) int32 {
	if len(x.slots) == 0 {
		return -1
	}
	mask := uint64(len(x.slots) - 1)
	for at := uint64(f) & mask; ; at = (at + 1) & mask {
		switch s := &x.slots[at]; {
		case s.val == 0:
			return -1
		case s.key == uint64(f):
			return s.val - 1
		}
	}
}

func (x *Index) grow() {
	size := max(1024, 2*len(x.slots))
	x.slots = make([]slot, size)
	mask := uint64(size - 1)
	for i, f := range x.list {
		at := uint64(f) & mask
		for x.slots[at].val != 0 {
			at = (at + 1) & mask
		}
		x.slots[at] = slot{uint64(f), int32(i + 1)}
	}
}
