package matching

import (
	"math"

	"hearsay/facts/index"
	"hearsay/facts/words"
)

// What is looked at of a fact-check and a query to say how well they match.
const (
	fScore       = iota // of finding
	fShare              // of the best score of this query
	fPerWeight          // the score by what all words of the query count for
	fRank               // ln(1 + place)
	fBehind             // how much less than the one before, by the best score
	fWords              // of the query, ln(1 + n)
	fWeight             // of the query, what all of its words count for
	fInClaim            // the part of the query's weight that is in the claim
	fInTitle            // in the heading
	fInBody             // in the text
	fInAny              // in any of these
	fInHead             // in claim or heading
	fTimesInBody        // the part in the text, more for words that come again and again
	fNamesInHead        // of the names in the query
	fNamesInAny
	fNames // in the query, ln(1 + n)
	fNumbersInHead
	fNumbersInAny
	fNumbers
	fTagsInAny    // of hashtags and accounts
	fLeftOut      // the weightiest word of the query that is nowhere
	fGreatest     // the weightiest word that is in claim or heading
	fSecond       // the second
	fGreatestBody // the weightiest that is in the text only
	fNegated      // the query is
	fPerField     // where what is counted for claim and heading alike begins
)

// For claim and heading each.
const (
	pCovered      = iota // the part of its weight that is in the query
	pCoveredPlain        // the part of its words
	pShared              // weight that is in the query
	pLength              // ln(1 + n) words
	pPairs               // pairs of words side by side that are so in the query, by words
	pPairsWeight         // the weight of those
	pOrder               // the part of neighbours that come in the query in this order
	pSpread              // over how much of the query the shared words are spread
	pNames               // names covered
	pNamesNot            // not covered
	pNumbers             // figures covered
	pNumbersNot
	pYears
	pYearsNot
	pLeftOut // the weightiest word that is not in the query
	pAlike   // the weight of words not in the query that are spelled much like one of it
	pNegated // it is
	perField
)

// featureCount is the number of features.
const featureCount = fPerField + 2*perField

type features [featureCount]float32

// OfLength returns the features that grow with the length of the text that is
// looked for. Chances are not to be learned from them: most texts to learn from
// are posts, and a claim of six words would have none.
func OfLength() []int {
	all := []int{fScore, fWeight, fWords, fNames, fNumbers, fSecond}
	for _, field := range []int{fPerField, fPerField + perField} {
		all = append(all, field+pShared, field+pPairsWeight, field+pNames)
	}
	return append(all, cOrder)
}

// lookAt works out the features of a hit; into is zero.
func (m *Matcher) lookAt(q *query, h *index.Hit, claim, title string, into *features) {
	var all, inClaim, inTitle, inBody, inAny, inHead, timesInBody float64
	var names, namesHead, namesAny, numbers, numbersHead, numbersAny, tags, tagsAny float64
	var left, first, second, body float64
	same := title == claim || title == ""
	for i := range q.words {
		w := &q.words[i]
		weight := w.rarity * factor[w.part]
		t := h.Times[i]
		head, any := t.In(index.Claim)+t.In(index.Title) > 0, t != 0
		if w.part == inTag || w.part == inHandle {
			tags += w.rarity
			if any {
				tagsAny += w.rarity
			}
		}
		if (w.kind == words.Tag || w.kind == words.Handle) && !any {
			continue // most are words nowhere else
		}
		all += weight
		if t.In(index.Claim) > 0 {
			inClaim += weight
		}
		if t.In(index.Title) > 0 || same && t.In(index.Claim) > 0 {
			inTitle += weight
		}
		if n := t.In(index.Body); n > 0 {
			inBody += weight
			timesInBody += weight * math.Log2(1+float64(n))
		}
		switch {
		case head:
			inHead += weight
			inAny += weight
			switch {
			case weight > first:
				first, second = weight, first
			case weight > second:
				second = weight
			}
		case any:
			inAny += weight
			body = max(body, weight)
		default:
			left = max(left, weight)
		}
		switch w.kind {
		case words.Name:
			names += weight
			if head {
				namesHead += weight
			}
			if any {
				namesAny += weight
			}
		case words.Number:
			numbers++
			if head {
				numbersHead++
			}
			if any {
				numbersAny++
			}
		}
	}
	f := into
	set := func(at int, v float64) { f[at] = float32(v) }
	set(fScore, h.Score)
	set(fPerWeight, h.Score/max(all, 1))
	set(fWords, math.Log1p(float64(len(q.words))))
	set(fWeight, all)
	set(fInClaim, inClaim/max(all, 1))
	set(fInTitle, inTitle/max(all, 1))
	set(fInBody, inBody/max(all, 1))
	set(fInAny, inAny/max(all, 1))
	set(fInHead, inHead/max(all, 1))
	set(fTimesInBody, timesInBody/max(all, 1))
	set(fNamesInHead, part01(namesHead, names))
	set(fNamesInAny, part01(namesAny, names))
	set(fNames, math.Log1p(names))
	set(fNumbersInHead, part01(numbersHead, numbers))
	set(fNumbersInAny, part01(numbersAny, numbers))
	set(fNumbers, numbers)
	set(fTagsInAny, part01(tagsAny, tags))
	set(fLeftOut, left)
	set(fGreatest, first)
	set(fSecond, second)
	set(fGreatestBody, body)
	if q.negated {
		f[fNegated] = 1
	}
	m.lookField(q, claim, f[fPerField:][:perField])
	if same {
		copy(f[fPerField+perField:], f[fPerField:][:perField])
	} else {
		m.lookField(q, title, f[fPerField+perField:])
	}
}

// part01 is a part of a whole, −1 where there is none.
func part01(part, whole float64) float64 {
	if whole == 0 {
		return -1
	}
	return part / whole
}

// lookField works out the features of a claim or heading.
func (m *Matcher) lookField(q *query, text string, f []float32) {
	if len(text) > longest {
		text = text[:longest]
	}
	var whole, shared, pairsWeight, names, namesNot, left, alike float64
	var n, plain, pairs, neighbours, inOrder, numbers, numbersNot, years, yearsNot int
	lowest, highest := math.MaxInt, -1
	m.seen = m.seen[:0]
	before, beforeAt := uint64(0), -1
	for _, w := range m.reader.Read(text) {
		if w.Kind == words.Negation {
			f[pNegated] = 1
		}
		if w.Kind == words.Function || w.Kind == words.Negation || has(m.seen, w.Term) {
			continue
		}
		m.seen = append(m.seen, w.Term)
		n++
		i, ok := q.place[w.Term]
		var weight float64
		if ok {
			weight = q.words[i].rarity
			shared += weight
			plain++
			at := q.words[i].at
			lowest, highest = min(lowest, at), max(highest, at)
			if beforeAt >= 0 {
				neighbours++
				if at > beforeAt {
					inOrder++
				}
			}
			beforeAt = at
		} else {
			weight, _ = general(w.Term)
			left = max(left, weight)
			if w.Kind != words.Number && w.Kind != words.Year && weight > 4 {
				alike += weight * q.alike(text[w.Start:w.End])
			}
		}
		whole += weight
		if before != 0 {
			if at, ok := q.pairs[words.Joined(before, w.Term)]; ok {
				pairs++
				pairsWeight += q.words[q.place[q.order[at-1]]].rarity + weight
			}
		}
		before = w.Term
		switch w.Kind {
		case words.Name:
			if ok {
				names += weight
			} else {
				namesNot += weight
			}
		case words.Number:
			if ok {
				numbers++
			} else {
				numbersNot++
			}
		case words.Year:
			if ok {
				years++
			} else {
				yearsNot++
			}
		}
	}
	f[pCovered] = float32(shared / max(whole, 1))
	f[pCoveredPlain] = float32(plain) / float32(max(n, 1))
	f[pShared] = float32(shared)
	f[pLength] = float32(math.Log1p(float64(n)))
	f[pPairs] = float32(pairs) / float32(max(n-1, 1))
	f[pPairsWeight] = float32(pairsWeight)
	f[pOrder] = float32(part01(float64(inOrder), float64(neighbours)))
	if highest >= 0 {
		f[pSpread] = float32(highest-lowest) / float32(max(len(q.order), 1))
	}
	f[pNames], f[pNamesNot] = float32(names), float32(namesNot)
	f[pNumbers], f[pNumbersNot] = float32(numbers), float32(numbersNot)
	f[pYears], f[pYearsNot] = float32(years), float32(yearsNot)
	f[pLeftOut] = float32(left)
	f[pAlike] = float32(alike)
}

func has(terms []uint64, term uint64) bool {
	for _, t := range terms {
		if t == term {
			return true
		}
	}
	return false
}

// alike returns how much a word is spelled like the rare word of the query that
// is most like it: 0, or from 0.5 to 1.
func (q *query) alike(form string) float64 {
	if len(form) < 4 || len(form) > 24 {
		return 0
	}
	best := 0.0
	for i := range q.words {
		w := &q.words[i]
		if w.rarity < 4 || len(w.text) < 4 || len(w.text) > 24 || w.kind == words.Number || w.kind == words.Year {
			continue
		}
		if d := len(w.text) - len(form); d > 4 || d < -4 {
			continue
		}
		best = max(best, alike(form, w.text))
	}
	if best < 0.5 {
		return 0
	}
	return best
}

// alike is Dice's measure over the pairs of letters of two words, the case of letters aside.
func alike(a, b string) float64 {
	if b[0] == '#' || b[0] == '@' {
		b = b[1:]
	}
	if len(b) < 2 {
		return 0
	}
	same := 0
	var used uint32
	for i := 0; i+1 < len(a); i++ {
		for j := 0; j+1 < len(b); j++ {
			if used>>j&1 == 0 && a[i]|0x20 == b[j]|0x20 && a[i+1]|0x20 == b[j+1]|0x20 {
				used |= 1 << j
				same++
				break
			}
		}
	}
	return 2 * float64(same) / float64(len(a)+len(b)-2)
}

// lookTogether fills in the features that say how hits stand among one another;
// they come the best first.
func lookTogether(hits []index.Hit, all []features) {
	if len(hits) == 0 {
		return
	}
	top := max(hits[0].Score, 1e-9)
	before := top
	for i := range hits {
		all[i][fShare] = float32(hits[i].Score / top)
		all[i][fRank] = float32(math.Log1p(float64(i)))
		all[i][fBehind] = float32((before - hits[i].Score) / top)
		before = hits[i].Score
	}
}
