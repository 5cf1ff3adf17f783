// Package matching finds the fact-checks that are about what a text says.
//
// The best of an index are found by words (package index), and put in order by
// trees that were trained on pairs of posts and fact-checks. Others say how
// probable it is that one is about the very claim; they were trained as if every
// other post had been checked by nobody.
package matching

import (
	"cmp"
	"math"
	"slices"

	"hearsay/facts"
	"hearsay/facts/index"
	"hearsay/facts/words"
)

// Matcher holds what matching reuses. It serves one goroutine; the zero value is ready for use.
type Matcher struct {
	reader   words.Reader
	query    query
	terms    []index.Term
	search   index.Search
	features []features
	seen     []uint64
	results  []Result
}

// Result is a fact-check that was found.
type Result struct {
	ID    int64 // in the index
	Score float64
	Level facts.Level // empty for one that has less to do with the text
	Same  []facts.Same
}

// found is how many of the best by words are put in order.
const found = 60

// What is likely and what is related: the chance that it is about the very claim.
// One below is no more than the best of what there is.
const (
	likely  = 0.5
	related = 0.15
)

// For the chance more is known: how a hit stands once all are in order.
const (
	cOrder         = featureCount + iota // what the trees give it
	cLead                                // how much more than the next, or less than the first
	cPlace                               // ln(1 + place)
	chanceFeatures = featureCount + iota
)

// Match returns the most fact-checks that have most to do with a text, the best
// first, but no more than 60; those whose ids are gone are left out. The results
// are valid until the next call.
func (m *Matcher) Match(segments []*index.Segment, text string, most int, gone func(id int64) bool) ([]Result, error) {
	hits, err := m.look(segments, text, gone)
	if err != nil {
		return nil, err
	}
	trees, err := order()
	if err != nil {
		return nil, err
	}
	chances, err := chance()
	if err != nil {
		return nil, err
	}
	m.results = m.results[:0]
	scores := make([]float64, len(hits))
	for i := range hits {
		scores[i] = trees.Score(m.features[i][:])
	}
	placed := Order(scores)
	before := 1.0
	for place, i := range placed[:min(most, len(placed))] {
		f := chanceOf(m.features[i][:], scores, placed, place)
		// What comes after is never more probable than what comes before it.
		p := min(before, 1/(1+math.Exp(-chances.Score(f[:]))))
		before = p
		r := Result{Score: p}
		if r.ID, err = segments[hits[i].Segment].ID(hits[i].Doc); err != nil {
			return nil, err
		}
		switch {
		case p >= likely:
			r.Level = facts.Likely
		case p >= related:
			r.Level = facts.Related
		}
		if r.Level != "" {
			if r.Same, err = m.same(segments, hits[i]); err != nil {
				return nil, err
			}
		}
		m.results = append(m.results, r)
	}
	return m.results, nil
}

// Order returns the places of scores, that of the greatest first; equals stay as they are.
func Order(scores []float64) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return order
}

// chanceOf completes the features of what is at a place once all are in order.
func chanceOf(f []float32, scores []float64, placed []int, place int) (all [chanceFeatures]float32) {
	copy(all[:], f)
	score := scores[placed[place]]
	all[cOrder] = float32(score)
	switch {
	case place > 0:
		all[cLead] = float32(score - scores[placed[0]])
	case len(placed) > 1:
		all[cLead] = float32(score - scores[placed[1]])
	}
	all[cPlace] = float32(math.Log1p(float64(place)))
	return all
}

// find reads the query and finds the best by words.
func (m *Matcher) find(segments []*index.Segment, text string, gone func(int64) bool) ([]index.Hit, error) {
	q := &m.query
	q.read(&m.reader, text)
	all := 0
	for _, s := range segments {
		all += s.Docs()
	}
	m.terms = m.terms[:0]
	for i := range q.words {
		w := &q.words[i]
		having := 0
		for _, s := range segments {
			n, err := s.Having(w.term)
			if err != nil {
				return nil, err
			}
			having += n
		}
		w.rarity = rarity(w.term, having, all)
		m.terms = append(m.terms, index.Term{Hash: w.term, Weight: w.rarity * factor[w.part]})
	}
	return m.search.Top(segments, m.terms, found, gone)
}

// look finds the best by words and works out their features.
func (m *Matcher) look(segments []*index.Segment, text string, gone func(int64) bool) ([]index.Hit, error) {
	hits, err := m.find(segments, text, gone)
	if err != nil {
		return nil, err
	}
	if len(m.features) < len(hits) {
		m.features = make([]features, found)
	}
	for i := range hits {
		_, claim, title, err := segments[hits[i].Segment].Doc(hits[i].Doc)
		if err != nil {
			return nil, err
		}
		m.features[i] = features{}
		m.lookAt(&m.query, &hits[i], claim, title, &m.features[i])
	}
	lookTogether(hits, m.features)
	return hits, nil
}

// Examples finds the best by words and returns their documents, of one segment, and
// features: what is learned from.
func (m *Matcher) Examples(segment *index.Segment, text string) (docs []uint32, all [][]float32, err error) {
	hits, err := m.look([]*index.Segment{segment}, text, nil)
	if err != nil {
		return nil, nil, err
	}
	for i := range hits {
		docs = append(docs, hits[i].Doc)
		all = append(all, slices.Clone(m.features[i][:]))
	}
	return docs, all, nil
}

// ChanceExamples returns the features of what is in order, the best first, from
// those of Examples and the scores of the trees that put them in order.
func ChanceExamples(features [][]float32, scores []float64, most int) (placed []int, all [][]float32) {
	placed = Order(scores)
	for place, i := range placed[:min(most, len(placed))] {
		f := chanceOf(features[i], scores, placed, place)
		all = append(all, slices.Clone(f[:]))
	}
	return placed, all
}
