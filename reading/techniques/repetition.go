package techniques

import (
	"hearsay/linear"
	"hearsay/text"
)

// repeats is how the words of a candidate are said again and again.
type repeats struct {
	times  int32 // how often they stand in the text
	number int32 // the how manieth time this is
	since  int32 // how many words after the time before
}

// phrase counts how often one phrase is said, and where it was said last.
type phrase struct{ times, seen, last int32 }

// What is counted: phrases of at most so many words, each of them at least so
// probable on average to be in some technique. Any text says its subject's words again.
const (
	longestPhrase = 4
	leastPhrase   = 0.1
)

// repetitions appends the phrases that the text says again, from the second
// time on; of single words the text has to say one three times.
func (o *opinion) repetitions(to []candidate, v *view, said map[uint64]*phrase) []candidate {
	clear(said)
	o.phrases(v, func(r text.Range, s int32, key uint64) {
		p := said[key]
		if p == nil {
			p = &phrase{last: -1}
			said[key] = p
		}
		p.times++
	})
	o.phrases(v, func(r text.Range, s int32, key uint64) {
		p := said[key]
		p.seen++
		if p.seen > 1 && (r.Len() > 1 || p.times > 2) {
			to = append(to, candidate{Range: r, judge: judgeOfRepetition, sentence: s,
				repeats: repeats{times: p.times, number: p.seen, since: r.First - p.last}})
		}
		p.last = r.First
	})
	return to
}

// phrases calls each with the phrases that begin and end with a word that
// tells something.
func (o *opinion) phrases(v *view, each func(r text.Range, s int32, key uint64)) {
	tokens := v.d.Tokens
	for s, x := range v.d.Sentences {
		for i := x.First; i < x.End; i++ {
			if !telling(&tokens[i]) {
				continue
			}
			key, sum := uint64(0), 0.0
			for k := i; k < min(x.End, i+longestPhrase); k++ {
				t := &tokens[k]
				if t.Tag == text.Comma || t.Tag == text.Stop || t.Tag == text.Colon || t.Tag == text.OpenQ || t.Tag == text.CloseQ {
					break
				}
				key = uint64(linear.Join(60, t.Lemma, uint32(key), uint32(key>>32)))
				sum += 1 - o.word[int(k)*chainLabels]
				if telling(t) && sum >= leastPhrase*float64(k+1-i) {
					each(text.Range{First: i, End: k + 1}, int32(s), key)
				}
			}
		}
	}
}

// telling reports whether a word tells something by itself.
func telling(t *text.Token) bool {
	switch {
	case t.End-t.Start < 4:
		return false
	case t.Tag.Noun(), t.Tag.Verb(), t.Tag == text.JJ, t.Tag == text.JJS, t.Tag == text.JJR, t.Tag == text.RB:
		return true
	}
	return false
}
