// Package clusters learns the word classes of hearsay/text/clusters by
// exchange: each word in turn goes to the class in which the classes of its
// neighbours' neighbours predict the text best (Martin, Liermann and Ney 1998,
// on words instead of classes on one side, as Goodman 2001 and Uszkoreit and
// Brants 2008 have it, and on both sides at once).
package clusters

import (
	"cmp"
	"math"
	"slices"

	"hearsay/text"
)

// Counts is how often words stand, and stand side by side. The zero Counts is empty.
type Counts struct {
	words map[uint32]int32
	pairs map[uint64]int32
}

// Add counts the tokens of a text.
func (c *Counts) Add(d *text.Doc) {
	if c.words == nil {
		c.words, c.pairs = map[uint32]int32{}, map[uint64]int32{}
	}
	for _, s := range d.Sentences {
		last := uint32(1)
		for _, t := range d.Tokens[s.First:s.End] {
			c.words[t.Lower]++
			c.pairs[uint64(last)<<32|uint64(t.Lower)]++
			last = t.Lower
		}
		c.pairs[uint64(last)<<32|1]++
	}
}

type neighbour struct{ word, count int32 }

// Learn puts the most frequent words, at most n, into classes from 1 to
// count-1 and returns both, the most frequent word first.
func (c *Counts) Learn(n, count, rounds int) (words []uint32, class []uint8) {
	for w, k := range c.words {
		if k >= 5 {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(c.words[b], c.words[a]), cmp.Compare(a, b))
	})
	words = words[:min(n, len(words))]
	// The last number stands for the edge of a sentence.
	edge := int32(len(words))
	number := make(map[uint32]int32, len(words)+1)
	for i, w := range words {
		number[w] = int32(i)
	}
	number[1] = edge
	before, after := make([][]neighbour, len(words)+1), make([][]neighbour, len(words)+1)
	for p, k := range c.pairs {
		if k < 2 {
			continue
		}
		a, ok := number[uint32(p>>32)]
		b, ok2 := number[uint32(p)]
		if !ok || !ok2 {
			continue
		}
		after[a] = append(after[a], neighbour{b, k})
		before[b] = append(before[b], neighbour{a, k})
	}
	classes := count - 1
	of := make([]int32, len(words)) // class - 1
	total := make([]int64, classes)
	left := make([]int32, (len(words)+1)*classes) // word before, class
	right := make([]int32, (len(words)+1)*classes)
	move := func(w int, to int32, sign int32) {
		for _, x := range before[w] {
			left[int(x.word)*classes+int(to)] += sign * x.count
			total[to] += int64(sign * x.count)
		}
		for _, x := range after[w] {
			right[int(x.word)*classes+int(to)] += sign * x.count
			total[to] += int64(sign * x.count)
		}
	}
	for i := range of {
		of[i] = int32(i % classes)
		slices.SortFunc(before[i], func(a, b neighbour) int { return cmp.Compare(a.word, b.word) })
		slices.SortFunc(after[i], func(a, b neighbour) int { return cmp.Compare(a.word, b.word) })
		move(i, of[i], 1)
	}
	gain := make([]float64, classes)
	for range rounds {
		moved := 0
		for w := range of {
			move(w, of[w], -1)
			clear(gain)
			size := int64(0)
			for side, list := range [][]neighbour{before[w], after[w]} {
				table := left
				if side == 1 {
					table = right
				}
				for _, x := range list {
					row := table[int(x.word)*classes:][:classes]
					alone := xlogx(int64(x.count))
					for k, have := range row {
						if have == 0 {
							gain[k] += alone
						} else {
							gain[k] += xlogx(int64(have+x.count)) - xlogx(int64(have))
						}
					}
					size += int64(x.count)
				}
			}
			for k := range gain {
				gain[k] -= xlogx(total[k]+size) - xlogx(total[k])
			}
			best := of[w] // on a tie a word stays where it is
			for k := range gain {
				if gain[k] > gain[best] {
					best = int32(k)
				}
			}
			if best != of[w] {
				moved++
				of[w] = best
			}
			move(w, best, 1)
		}
		if moved < len(of)/200 {
			break
		}
	}
	class = make([]uint8, len(of))
	for i, k := range of {
		class[i] = uint8(k + 1)
	}
	return words, class
}

var logs = func() (t [1 << 16]float64) {
	for i := 1; i < len(t); i++ {
		t[i] = float64(i) * math.Log(float64(i))
	}
	return t
}()

func xlogx(n int64) float64 {
	if n < int64(len(logs)) {
		return logs[n]
	}
	return float64(n) * math.Log(float64(n))
}
