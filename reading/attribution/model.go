package attribution

import (
	"math"

	"hearsay/linear"
	"hearsay/text"
	"hearsay/text/clusters"
)

// Model finds attributions. Many goroutines may read with one Model, each
// with a Scratch of its own.
type Model struct {
	prior     *prior
	words     *clusters.Table
	cues      *linear.Table
	cueMoves  []int32
	arguments *linear.Table
	argMoves  []int32
	rank      *linear.Table
	keep      int32 // what a reading as an attribution is given over one as none
	trust     int64 // what a unit of the second pass's score is worth in the third's, in 1/2^trustBits
}

// Read returns the attributions of a text that has been segmented, tagged,
// lemmatised and parsed, in the order of their cues. The result is valid until
// s is used again.
func (m *Model) Read(d *text.Doc, s *Scratch) []Relation {
	s.view.reset(d, m.prior, m.words)
	s.found = s.found[:0]
	m.findCues(s)
	s.view.findLaid(s)
	for k := range s.cues {
		m.findArguments(s, k)
	}
	s.view.findFixed(s)
	s.view.findTails(s)
	s.view.findTallies(s)
	s.view.mend(s)
	s.view.findResponsibility(s)
	s.view.findNested(s)
	nest(s.found)
	return s.found
}

// findCues fills s.cues.
func (m *Model) findCues(s *Scratch) {
	v := &s.view
	s.cues = s.cues[:0]
	for _, sent := range v.doc.Sentences {
		n := int(sent.End - sent.First)
		s.scores = zeroed(s.scores, n*CueLabels)
		for i := range n {
			s.features = v.cueFeatures(s.features[:0], sent.First+int32(i))
			row := s.scores[i*CueLabels : (i+1)*CueLabels]
			m.cues.AddAll(s.features, row)
		}
		s.labels = sizedLabels(s.labels, n)
		s.decoder.decode(s.scores, m.cueMoves, CueLabels, s.labels)
		for i := 0; i < n; i++ {
			if s.labels[i] == cueOut {
				continue
			}
			j := i + 1
			for j < n && s.labels[j] == cueIn {
				j++
			}
			if c := v.candidate(text.Range{First: sent.First + int32(i), End: sent.First + int32(j)}); !v.excluded(c) {
				s.cues = append(s.cues, c)
			}
			i = j - 1
		}
	}
}

// candidate is a cue with its window and head.
func (v *view) candidate(cue text.Range) candidate {
	head := v.headOf(cue)
	return candidate{cue: cue, window: v.window(cue), head: head, clause: v.clauseOf(cue, head)}
}

// findArguments looks for the source and content of cue k and, when it finds
// content, appends the attribution to s.found.
func (m *Model) findArguments(s *Scratch, k int) {
	m.choices(s, k, choicesRead)
	best, top := 0, int64(math.MinInt64)
	for i, c := range s.choices {
		s.features = s.arguments.rankFeatures(s.features[:0], &s.view, s.cues[k], s.choices, i)
		var score [1]int32
		if len(c.relation.Content) > 0 {
			score[0] = m.keep
		}
		m.rank.AddAll(s.features, score[:])
		if total := int64(c.score)*m.trust + int64(score[0])<<trustBits; total > top {
			best, top = i, total
		}
	}
	if len(s.choices) > 0 && len(s.choices[best].relation.Content) > 0 {
		s.found = append(s.found, s.choices[best].relation)
	}
}

// choices fills s.choices with the readings of cue k's window that the second
// pass thinks best, at most so many, and with the reading that it is no cue.
func (m *Model) choices(s *Scratch, k, count int) {
	v, c := &s.view, s.cues[k]
	others := s.cues[max(0, k-otherCues):min(len(s.cues), k+otherCues+1)]
	s.arguments.placesOf(v, c, others)
	s.arguments.countMarks(v, c)
	n := c.window.Len()
	s.scores = zeroed(s.scores, n*ArgLabels)
	for i := range n {
		s.features = s.arguments.argFeatures(s.features[:0], v, c, c.window.First+int32(i))
		row := s.scores[i*ArgLabels : (i+1)*ArgLabels]
		m.arguments.AddAll(s.features, row)
		if at := c.window.First + int32(i); at >= c.cue.First && at < c.cue.End {
			for l := range row {
				row[l] = never / 1024 // the cue's own words are neither source nor content
			}
			row[argOut] = 0
		}
	}
	s.choices = s.choices[:0]
	empty := false
	s.decoder.decodeBest(s.scores, m.argMoves, ArgLabels, count, func(labels []uint8, score int32) {
		r := relationOf(c, labels)
		if len(r.Content) == 0 {
			if empty {
				return
			}
			empty, r.Source = true, text.Range{}
		}
		s.choices = append(s.choices, choice{relation: r, score: score})
	})
	if !empty && len(s.choices) > 0 {
		score := m.argMoves[argOut]
		for i := range n {
			score += s.scores[i*ArgLabels+int(argOut)]
			if i > 0 {
				score += m.argMoves[(int(argOut)+1)*ArgLabels+int(argOut)]
			}
		}
		s.choices = append(s.choices, choice{relation: Relation{Cue: c.cue, Within: -1}, score: score})
	}
	believe(s.choices, float64(m.arguments.Scale()))
}

// trustBits is how many bits of fraction the trust in the second pass's scores has.
const trustBits = 10

// otherCues bounds how many cues on either side of one are looked at for its
// window: more than stand in one.
const otherCues = 40

func zeroed(s []int32, n int) []int32 {
	s = sized(s, n)
	clear(s)
	return s
}

func sizedLabels(s []uint8, n int) []uint8 {
	if cap(s) < n {
		return make([]uint8, n, n+n/4)
	}
	return s[:n]
}

// Cues returns the cues that the first pass finds.
func (m *Model) Cues(d *text.Doc, s *Scratch) []text.Range {
	s.view.reset(d, m.prior, m.words)
	m.findCues(s)
	out := make([]text.Range, len(s.cues))
	for i, c := range s.cues {
		out[i] = c.cue
	}
	return out
}
