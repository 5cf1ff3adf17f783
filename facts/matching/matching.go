// Package matching finds the fact-checks that are about what a text says.
//
// The best of an index are found by words (package index), and put in order by
// trees that were trained on pairs of posts and fact-checks.
package matching

import (
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
}

// found is how many of the best by words are put in order.
const found = 60

// find reads the query and finds the best by words.
func (m *Matcher) find(segments []*index.Segment, text string, gone func(int, uint32) bool) ([]index.Hit, error) {
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

// Look finds the best by words and returns their features: what is learned from.
func (m *Matcher) Look(segments []*index.Segment, text string) ([]index.Hit, [][]float32, error) {
	hits, err := m.look2(segments, text, nil)
	if err != nil {
		return nil, nil, err
	}
	all := make([][]float32, len(hits))
	for i := range hits {
		all[i] = append([]float32(nil), m.features[i][:]...)
	}
	return hits, all, nil
}

func (m *Matcher) look2(segments []*index.Segment, text string, gone func(int, uint32) bool) ([]index.Hit, error) {
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
		m.look(&m.query, &hits[i], claim, title, &m.features[i])
	}
	lookTogether(hits, m.features)
	return hits, nil
}
