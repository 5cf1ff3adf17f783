package index

import (
	"cmp"
	"math/bits"
	"slices"
)

// Term is a word of a query and what it counts for: its rarity, and more or
// less by where it stands.
type Term struct {
	Hash   uint64
	Weight float64
}

// Hit is a document that has something in common with the query.
type Hit struct {
	Segment int // in the list that was searched
	Doc     uint32
	Score   float64
	Times   []Times // for each term of the query
}

// Search holds what searching reuses. It serves one goroutine; the zero value is
// ready for use.
type Search struct {
	lists  []*list
	of     []int     // the term of each list
	weight []float32 // of an impact of 1/255
	bound  []float32 // the most that a list adds in the window
	upTo   []float32 // the sum of the bounds of the lists up to this one
	window [windowSize]float32
	seen   [windowSize / 64]uint64
	best   []Hit // a heap, the least first
	times  []Times
}

// windowSize is how many documents are scored together: what is kept of them
// stays in the processor's nearest memory.
const windowSize = 4096

// Top returns the most documents that score highest, the best first; equals are
// put in order by segment and document. Documents whose ids are
// gone are left out. The hits are valid until the next call.
func (s *Search) Top(segments []*Segment, query []Term, most int, gone func(id int64) bool) ([]Hit, error) {
	s.best = s.best[:0]
	if most <= 0 {
		return nil, nil
	}
	for i, segment := range segments {
		if err := s.segment(i, segment, query, most, gone); err != nil {
			return nil, err
		}
	}
	hits := s.best
	// How often each term stands in each is read by ascending documents.
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Segment, b.Segment), cmp.Compare(a.Doc, b.Doc))
	})
	s.times = slices.Grow(s.times[:0], len(hits)*len(query))[:len(hits)*len(query)]
	clear(s.times)
	for i := range hits {
		hits[i].Times = s.times[i*len(query):][:len(query):len(query)]
	}
	for from := 0; from < len(hits); {
		to := from
		for to < len(hits) && hits[to].Segment == hits[from].Segment {
			to++
		}
		if err := s.count(segments[hits[from].Segment], query, hits[from:to]); err != nil {
			return nil, err
		}
		from = to
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Segment, b.Segment), cmp.Compare(a.Doc, b.Doc))
	})
	return hits, nil
}

// open opens the lists of the query's terms in a segment, those that can add
// least first.
func (s *Search) open(segment *Segment, query []Term) error {
	n := 0
	s.of, s.weight = s.of[:0], s.weight[:0]
	for i, t := range query {
		e, ok, err := segment.find(t.Hash)
		if err != nil {
			return err
		}
		if !ok || t.Weight <= 0 {
			continue
		}
		if n == len(s.lists) {
			s.lists = append(s.lists, new(list))
		}
		if err := s.lists[n].open(segment, e); err != nil {
			return err
		}
		s.of = append(s.of, i)
		n++
	}
	lists := s.lists[:n]
	most := func(k int) float64 { return query[s.of[k]].Weight * float64(lists[k].e.greatest) }
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(most(a), most(b)), cmp.Compare(a, b)) })
	sorted, of := make([]*list, n), make([]int, n)
	for i, k := range order {
		sorted[i], of[i] = lists[k], s.of[k]
	}
	copy(lists, sorted)
	s.of = of
	for _, k := range of {
		s.weight = append(s.weight, float32(query[k].Weight/255))
	}
	s.bound = slices.Grow(s.bound[:0], n)[:n]
	s.upTo = slices.Grow(s.upTo[:0], n+1)[:n+1]
	return nil
}

func (s *Search) segment(number int, segment *Segment, query []Term, most int, gone func(int64) bool) error {
	if err := s.open(segment, query); err != nil {
		return err
	}
	n := len(s.of)
	lists := s.lists[:n]
	docs := uint32(segment.Docs())
	for low := uint32(0); low < docs; low += windowSize {
		high := min(low+windowSize, docs)
		s.upTo[0] = 0
		for i, l := range lists {
			var greatest uint8
			for block := l.blockOf(low); block < l.blocks; block++ {
				greatest = max(greatest, l.most(block))
				if l.last(block) >= high-1 {
					break
				}
			}
			s.bound[i] = float32(greatest) * s.weight[i]
			s.upTo[i+1] = s.upTo[i] + s.bound[i]
		}
		// Documents that have none but the first few terms cannot be among the best.
		needed := float32(0)
		if len(s.best) == most {
			needed = float32(s.best[0].Score)
		}
		first := 0
		for first < n && s.upTo[first+1] <= needed && needed > 0 {
			first++
		}
		if first == n {
			continue
		}
		for i := first; i < n; i++ {
			if s.bound[i] == 0 {
				continue
			}
			if err := s.fill(lists[i], s.weight[i], low, high); err != nil {
				return err
			}
		}
		if err := s.drain(number, segment, lists, first, low, most, gone); err != nil {
			return err
		}
	}
	return nil
}

// blockOf returns the block from the present one on that doc would be in.
func (l *list) blockOf(doc uint32) int {
	block := max(l.block, 0)
	for block < l.blocks && l.last(block) < doc {
		block++
	}
	return block
}

// fill adds what a list gives to the documents of the window.
func (s *Search) fill(l *list, weight float32, low, high uint32) error {
	if d, err := l.seek(low); err != nil || d >= high {
		return err
	}
	for {
		at, n := l.at, l.n
		docs := l.docs[:n]
		impacts := l.raw[:n]
		for ; at < n; at++ {
			d := docs[at]
			if d >= high {
				l.at = at
				return nil
			}
			d -= low
			s.window[d&(windowSize-1)] += weight * float32(impacts[at])
			s.seen[d>>6&(windowSize/64-1)] |= 1 << (d & 63)
		}
		l.at = n
		if l.block+1 >= l.blocks {
			return nil
		}
		if err := l.load(l.block + 1); err != nil {
			return err
		}
	}
}

// drain takes the documents of the window that are among the best, and empties it.
func (s *Search) drain(number int, segment *Segment, lists []*list, first int, low uint32, most int, gone func(int64) bool) error {
	for i, bitmap := range s.seen {
		if bitmap == 0 {
			continue
		}
		s.seen[i] = 0
		for ; bitmap != 0; bitmap &= bitmap - 1 {
			at := uint32(i*64 + bits.TrailingZeros64(bitmap))
			score := s.window[at]
			s.window[at] = 0
			needed := float32(-1)
			if len(s.best) == most {
				needed = float32(s.best[0].Score)
			}
			doc := low + at
			for k := first - 1; k >= 0 && score+s.upTo[k+1] > needed; k-- {
				d, err := lists[k].seek(doc)
				if err != nil {
					return err
				}
				if d == doc {
					score += s.weight[k] * float32(lists[k].raw[lists[k].at])
				}
			}
			if score <= needed {
				continue
			}
			if gone != nil {
				id, err := segment.ID(doc)
				if err != nil {
					return err
				}
				if gone(id) {
					continue
				}
			}
			s.push(Hit{Segment: number, Doc: doc, Score: float64(score)}, most)
		}
	}
	return nil
}

// push puts a hit into the heap of the best.
func (s *Search) push(h Hit, most int) {
	if len(s.best) < most {
		s.best = append(s.best, h)
		for i := len(s.best) - 1; i > 0; {
			up := (i - 1) / 2
			if s.best[up].Score <= s.best[i].Score {
				break
			}
			s.best[up], s.best[i] = s.best[i], s.best[up]
			i = up
		}
		return
	}
	s.best[0] = h
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(s.best) {
			return
		}
		if down+1 < len(s.best) && s.best[down+1].Score < s.best[down].Score {
			down++
		}
		if s.best[i].Score <= s.best[down].Score {
			return
		}
		s.best[i], s.best[down] = s.best[down], s.best[i]
		i = down
	}
}

// count reads how often each term stands in each of the hits of a segment,
// which come by ascending documents.
func (s *Search) count(segment *Segment, query []Term, hits []Hit) error {
	if err := s.open(segment, query); err != nil {
		return err
	}
	for k, of := range s.of {
		l := s.lists[k]
		for i := range hits {
			d, err := l.seek(hits[i].Doc)
			if err != nil {
				return err
			}
			if d == hits[i].Doc {
				hits[i].Times[of] = Times(l.raw[l.n+l.at])
			}
		}
	}
	return nil
}
