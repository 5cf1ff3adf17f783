// Package copies finds out whether one text was made from another: reprinted,
// lightly edited, excerpted, or wrapped in something else.
//
// It takes three steps. Keys are a small summary by which the few texts that may
// have passages in common are picked out of very many. Compare then looks at the
// two texts themselves for the passages that they share, since what is common to
// two articles may be no more than a long quotation that both report. Link last
// weighs what is shared against the titles and days of both, since it may be
// what the site prints around every story. An Index does this for texts that come
// one by one, and Groups gathers the copies of a common original.
package copies

import "slices"

const (
	run      = 6   // words that are hashed together, and the least that make a passage
	leastOf  = 24  // keys that even a short text should have
	mostKeys = 256 // keys of a text, however long
	sparsest = 32  // of a text of some length one run in so many becomes a key
)

// Keys summarise a text by some of its runs of six words: those whose hash is
// divisible by a power of two (the modulo sketch of Broder, On the resemblance
// and containment of documents, 1997). Which runs are kept does not depend on
// the rest of the text, so a short excerpt has keys in common with the long text that it
// was taken from, which a fixed number of MinHash values often misses: it
// estimates what share of both texts is common, and that is small. The power of two
// is 32, less for short texts and more for very long ones, so that a text has at least
// 24 keys where it has as many runs, and at most 256; what a coarser one keeps every
// finer one does. Keys are in ascending order, each once. They are kept in stores:
// to change how they are made is to make every store's anew.
func (w *Words) Keys() []uint64 {
	n := len(w.hash) - run + 1
	if n < 1 {
		return nil
	}
	rate := uint64(sparsest)
	for {
		keys, over := w.keys(rate)
		switch {
		case over:
			rate *= 2
		case rate > 1 && rate <= sparsest && len(keys) < leastOf:
			rate /= 2
		default:
			return keys
		}
	}
}

// keys are the text's keys at a rate, unless they are over the most.
func (w *Words) keys(rate uint64) (keys []uint64, over bool) {
	for i := range len(w.hash) - run + 1 {
		if h := w.run(i); h&(rate-1) == 0 {
			keys = append(keys, h)
		}
		if len(keys) > 4*mostKeys {
			// A text may say the same over and over.
			if keys = distinct(keys); len(keys) > mostKeys {
				return nil, true
			}
		}
	}
	keys = distinct(keys)
	return keys, len(keys) > mostKeys
}

func distinct(keys []uint64) []uint64 {
	slices.Sort(keys)
	return slices.Compact(keys)
}

// run is the hash of the run of words that begins at i.
func (w *Words) run(i int) uint64 {
	h := uint64(0)
	for _, x := range w.hash[i : i+run] {
		h = mix(h ^ uint64(x))
	}
	return h
}

// mix is the finisher of SplitMix64 (Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
