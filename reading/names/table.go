package names

// table numbers keys, with open addressing. Its reset is cheap: entries of
// former texts are told by their stamp.
type table struct {
	slots []entry
	stamp uint32
	used  int
}

type entry struct {
	key   uint64
	value int32
	stamp uint32
}

func (t *table) reset() {
	t.used = 0
	if t.stamp++; t.stamp == 0 {
		clear(t.slots)
		t.stamp = 1
	}
}

// find returns the key's value, -1 when it has none.
func (t *table) find(key uint64) int32 {
	if len(t.slots) == 0 {
		return -1
	}
	mask := uint64(len(t.slots) - 1)
	for at := key & mask; ; at = (at + 1) & mask {
		switch e := &t.slots[at]; {
		case e.stamp != t.stamp:
			return -1
		case e.key == key:
			return e.value
		}
	}
}

// add returns the key's value, which is the one given when the key is fresh.
func (t *table) add(key uint64, value int32) (is int32, fresh bool) {
	if 2*(t.used+1) > len(t.slots) {
		t.grow()
	}
	mask := uint64(len(t.slots) - 1)
	for at := key & mask; ; at = (at + 1) & mask {
		switch e := &t.slots[at]; {
		case e.stamp != t.stamp:
			*e = entry{key, value, t.stamp}
			t.used++
			return value, true
		case e.key == key:
			return e.value, false
		}
	}
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]entry, max(256, 2*len(old)))
	mask := uint64(len(t.slots) - 1)
	for _, e := range old {
		if e.stamp != t.stamp {
			continue
		}
		at := e.key & mask
		for t.slots[at].stamp == t.stamp {
			at = (at + 1) & mask
		}
		t.slots[at] = e
	}
}
