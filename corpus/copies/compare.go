package copies

import "hearsay/ledger"

const (
	least      = run // words of a passage; shorter runs are common to any two articles on one thing
	mostPlaces = 8   // places of a text at which a passage is looked for; a text may repeat itself
)

// Passage is a run of words that two texts share, as bytes of each.
type Passage struct {
	A, B  ledger.Span
	Words int
	a, b  int32 // the number of its first word in each
}

// Match is what two texts have in common.
type Match struct {
	Passages []Passage // in the order of the second text
	Shared   int       // words in them
	Own      int       // of these, words outside quotation marks
	OfA, OfB float64   // the share of each text's words outside quotation marks that is in passages
	AllOfA   float64   // the share of each text's words, quoted ones too
	AllOfB   float64
}

// Compare finds the passages of six words and more that two texts share. It
// takes time linear in their lengths. Passages are found from the second text's
// beginning to its end, each as long as it can be, so that paragraphs in another
// order are still found (Tichy 1984).
func Compare(a, b *Words) *Match {
	m := &Match{}
	if len(a.hash) < least || len(b.hash) < least {
		return m
	}
	x := newPlaces(a)
	used := make([]bool, len(a.hash))
	all, ownA := 0, 0
	last := int32(0) // where in a the passage before ended
	for j := 0; j+least <= len(b.hash); {
		at, length := x.longest(b, j, last)
		if length < least {
			j++
			continue
		}
		for k := range length {
			i := int(at) + k
			if !b.quoted[j+k] && !a.quoted[i] {
				m.Own++
			}
			if !used[i] {
				used[i] = true
				all++
				if !a.quoted[i] && !b.quoted[j+k] {
					ownA++
				}
			}
		}
		m.Shared += length
		m.Passages = append(m.Passages, Passage{
			A:     ledger.Span{Start: int(a.start[at]), End: int(a.end[int(at)+length-1])},
			B:     ledger.Span{Start: int(b.start[j]), End: int(b.end[j+length-1])},
			Words: length, a: at, b: int32(j),
		})
		j += length
		last = at + int32(length)
	}
	m.OfA, m.OfB = share(ownA, a.own), share(m.Own, b.own)
	m.AllOfA, m.AllOfB = share(all, len(a.hash)), share(m.Shared, len(b.hash))
	return m
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// places say where in a text each run of words stands.
type places struct {
	w     *Words
	first map[uint64]int32
	next  []int32 // the next place of the same run, -1 for none
}

func newPlaces(w *Words) *places {
	n := len(w.hash) - least + 1
	x := &places{w: w, first: make(map[uint64]int32, n), next: make([]int32, n)}
	for i := n - 1; i >= 0; i-- {
		key := w.run(i)
		x.next[i] = -1
		if at, ok := x.first[key]; ok {
			x.next[i] = at
		}
		x.first[key] = int32(i)
	}
	return x
}

// longest is where the longest run stands that begins at word j of b, and how
// long it is. Of equally long ones it is the one that follows on last. The runs
// that are looked at and not taken are no longer than the one that is, so that the
// time taken for all of b is linear in its length.
func (x *places) longest(b *Words, j int, last int32) (at int32, length int) {
	i, ok := x.first[b.run(j)]
	if !ok {
		return 0, 0
	}
	for range mostPlaces {
		n := 0
		for int(i)+n < len(x.w.hash) && j+n < len(b.hash) && x.w.hash[int(i)+n] == b.hash[j+n] {
			n++
		}
		if n > length || n == length && near(i, last) < near(at, last) {
			at, length = i, n
		}
		if i = x.next[i]; i < 0 {
			break
		}
	}
	return at, length
}

// near is how far i stands behind last. What stands before last is farther
// than anything behind it.
func near(i, last int32) int64 {
	if i < last {
		return 1<<32 + int64(last-i)
	}
	return int64(i - last)
}
