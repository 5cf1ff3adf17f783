package attribution

import "hearsay/text"

// prior says how often a lemma heads a cue, in buckets: 0 for lemmas never
// seen, 1 for those that were seen and never did, up to 7.
type prior struct {
	verbs, others map[uint32]uint8
}

// Counts says how often each lemma was seen in the training texts and how
// often it headed a cue, verbs apart from other words.
type Counts struct{ Verbs, Others map[uint32]Count }

// Count is how often a lemma was seen and how often it headed a cue.
type Count struct{ Seen, Cues int }

// likelyCue is the bucket from which a lemma counts as a word of speech or
// thought when the nearest such ancestor is asked for.
const likelyCue = 5

func (p *prior) bucket(lemma uint32, tag text.Tag) uint8 {
	if tag.Verb() {
		return p.verbs[lemma]
	}
	return p.others[lemma]
}

// PriorBucket gives the bucket of a lemma that was seen so many times and
// headed a cue in so many of them.
func PriorBucket(seen, cues int) uint8 {
	if seen <= 0 {
		return 0
	}
	// A little weight to the general rate keeps rare lemmas from the ends.
	rate := (float64(cues) + 0.05) / (float64(seen) + 1)
	switch {
	case cues == 0:
		return 1
	case rate < 0.01:
		return 2
	case rate < 0.05:
		return 3
	case rate < 0.15:
		return 4
	case rate < 0.35:
		return 5
	case rate < 0.65:
		return 6
	}
	return 7
}

// Prior is the prior that the counts give, less those of one article when
// without is not nil: a lemma that only this article has must be as unknown in
// training as it will be in reading.
func (c *Counts) prior(without *Counts) *prior {
	level := func(all, less map[uint32]Count) map[uint32]uint8 {
		out := make(map[uint32]uint8, len(all))
		for lemma, n := range all {
			l := less[lemma]
			if b := PriorBucket(n.Seen-l.Seen, n.Cues-l.Cues); b > 0 {
				out[lemma] = b
			}
		}
		return out
	}
	if without == nil {
		without = &Counts{}
	}
	return &prior{level(c.Verbs, without.Verbs), level(c.Others, without.Others)}
}
