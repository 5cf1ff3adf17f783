// Package certainty judges how sure of each claim its wording is: how certain
// a claim's own words present what they tell of, whether they say that it is so
// or that it is not, and whether they press where they could support.
//
// A learned model scores each word of a claim that tells of an event; rules do
// what is exact: which of these words is the claim's main one, what negates it,
// questions, modals, hearsay, and the phrases that only press ("it is no
// coincidence that"). Nothing here weighs whether a claim is true.
package certainty

import (
	"math"

	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Reader judges claims. The zero Reader is ready, but without a Model it goes
// by rules alone. It keeps its memory from text to text and must not be used by
// two goroutines at once.
type Reader struct {
	Model *Model

	view     view
	features []linear.Feature
	sums     []sum
}

// sum is what the words of one claim add up to.
type sum struct {
	score, weight float64 // of all words that tell of an event
	verbs         int     // of these words, those that are no nouns
	main          int32   // the word that tells of the main one, -1 for none
	depth         int32   // how many clauses of the claim stand above it
	mainScore     float64
}

// The levels' borders, on the scale of Score: FactBank's terms stand for 3, 2,
// 1 and 0 (Saurí and Pustejovsky 2009), so each border is halfway or nearly.
const (
	leastCertain  = 2.25
	leastProbable = 1.5
	leastPossible = 0.5
)

// What a claim's main event and its other events give to its score. Set on UW (dev).
const (
	nounWeight = 0.3  // of a noun beside a verb, as fewer nouns tell of events
	mainShare  = 0.1  // of the main event, beside its part in the mean of all
	stretch    = 1.6  // the mean of a claim's events is drawn away from 3, as a
	shift      = 1.4  // median would be that most are near the end of the scale
	slack      = 0.5  // how far the other events may draw the score out of the main one's level
	leastNo    = -0.5 // the most that they leave of a denial's score: what else it tells is seldom denied
)

// Read gives each claim of l, the ledger of d so far, whose tree is t, its Certainty.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, l *ledger.Ledger) {
	if len(l.Claims) == 0 {
		return
	}
	v := &r.view
	v.reset(d, t, l)
	r.sums = r.sums[:0]
	for range l.Claims {
		r.sums = append(r.sums, sum{main: -1})
	}
	for i := range int32(len(d.Tokens)) {
		o := v.owner[i]
		if o < 0 {
			continue
		}
		kind := v.event(i)
		if kind == noEvent {
			continue
		}
		s := &r.sums[o]
		score, weight := r.score(i), 1.0
		if kind == nounEvent {
			weight = nounWeight
		}
		s.score += weight * score
		s.weight += weight
		if kind == verbEvent {
			s.verbs++
			if depth := v.depth(i); s.main < 0 || depth < s.depth {
				s.main, s.depth, s.mainScore = i, depth, score
			}
		}
	}
	for i := range l.Claims {
		l.Claims[i].Certainty = r.judge(int32(i), &r.sums[i])
	}
}

// score is how certain the words present the event that token i tells of.
func (r *Reader) score(i int32) float64 {
	if r.Model == nil {
		return 3
	}
	r.features = r.view.features(r.features[:0], i, r.Model.words)
	return r.Model.score(r.features)
}

// judge says how certain the claim is worded whose words add up to s.
func (r *Reader) judge(claim int32, s *sum) *ledger.Certainty {
	v := &r.view
	c := &ledger.Certainty{Polarity: ledger.Affirmed, Boosted: v.boosted[claim]}
	if v.asked(claim, s.main) {
		c.Level = ledger.LevelUnknown
		return c
	}
	main := plainScore
	switch {
	case s.main >= 0:
		main = s.mainScore
	case s.weight > 0:
		main = s.score / s.weight
	}
	denied, negated := v.denied(claim, s.main)
	switch {
	case !negated && main <= -leastPossible:
		denied = true // "is a myth", "proved impossible": the words themselves say no
	case !denied:
		main = max(main, 0)
	default:
		main = min(main, -leastPossible)
	}
	main, most := v.limit(claim, s.main, main)
	all := main
	if s.weight > 0 {
		all = s.score / s.weight
	}
	switch {
	case denied && s.verbs == 0:
		all = main
	case denied && s.verbs == 1:
		// The rules are surer of a denial than the model, and it tells of little else.
		all += (main - s.mainScore) / s.weight
	}
	score := mainShare*main + (1-mainShare)*min(3, stretch*all-shift)
	low, high := band(main)
	low, high = max(-most, low-slack), min(most, high+slack)
	if denied {
		high = max(high, leastNo)
	}
	score = max(-3, low, min(3, high, score))
	if denied {
		c.Polarity = ledger.Denied
		score = min(0, score)
	} else {
		score = max(0, score)
	}
	c.Level, c.Score = level(main), round(score)
	return c
}

// plainScore is that of a claim in which no word tells of an event.
const plainScore = 2.8

// band is the range of scores that have the level of score.
func band(score float64) (low, high float64) {
	switch a := math.Abs(score); {
	case a >= leastCertain:
		low, high = leastCertain, 3
	case a >= leastProbable:
		low, high = leastProbable, leastCertain-step
	case a >= leastPossible:
		low, high = leastPossible, leastProbable-step
	default:
		return step - leastPossible, leastPossible - step
	}
	if score < 0 {
		return -high, -low
	}
	return low, high
}

func level(score float64) ledger.Level {
	switch a := math.Abs(score); {
	case a >= leastCertain:
		return ledger.LevelCertain
	case a >= leastProbable:
		return ledger.LevelProbable
	case a >= leastPossible:
		return ledger.LevelPossible
	}
	return ledger.LevelUnknown
}

// step is the precision of a score: more would be noise.
const step = 0.01

// round also makes 0 of -0.
func round(x float64) float64 { return math.Round(x/step)/(1/step) + 0 }
