package polnear

import (
	"unicode"

	"hearsay/ledger"
)

// F1 counts what was found against what is gold.
type F1 struct{ Hit, Found, Gold int }

// Value is the harmonic mean of precision and recall, 0 when nothing was hit.
func (f F1) Value() float64 {
	if f.Hit == 0 {
		return 0
	}
	return 2 * float64(f.Hit) / float64(f.Found+f.Gold)
}

// Score is how well ledgers agree with the gold attributions of their articles.
type Score struct {
	Cue, Source, Content F1 // spans with the same first and last word
	Relation             F1 // one claim to one attribution: cues and sources overlap, contents' words have a Jaccard index of 0.5
}

// Add scores one article's ledger, by words as the corpus's scorer counts
// them: runs of letters and digits, and every other mark by itself. Claims
// inside another claim are left out, since the corpus has no nesting.
func (s *Score) Add(a *Article, l *ledger.Ledger) {
	words := wordsOf(a.Text)
	var gold, found []relation
	for _, g := range a.Gold {
		gold = append(gold, relation{words.spans(g.Cue), words.spans(g.Source), words.spans(g.Content)})
	}
	for i := range l.Claims {
		c := &l.Claims[i]
		if !c.Attributed() || c.Within != "" {
			continue
		}
		var r relation
		if c.Cue != nil {
			r.cue = words.spans([][2]int{{c.Cue.Start, c.Cue.End}})
		}
		if c.Source != nil && c.Source.End > c.Source.Start {
			r.source = words.spans([][2]int{{c.Source.Start, c.Source.End}})
		}
		for _, p := range c.Content {
			r.content = append(r.content, words.spans([][2]int{{p.Start, p.End}})...)
		}
		found = append(found, r)
	}
	s.Cue.add(gold, found, func(r relation) []span { return r.cue })
	s.Source.add(gold, found, func(r relation) []span { return r.source })
	s.Content.add(gold, found, func(r relation) []span { return r.content })
	s.Relation.match(gold, found)
}

// span is a half-open range of words.
type span struct{ first, end int }

type relation struct{ cue, source, content []span }

func (f *F1) add(gold, found []relation, role func(relation) []span) {
	set := func(rs []relation) map[span]bool {
		m := map[span]bool{}
		for _, r := range rs {
			for _, s := range role(r) {
				m[s] = true
			}
		}
		return m
	}
	g, p := set(gold), set(found)
	for s := range p {
		if g[s] {
			f.Hit++
		}
	}
	f.Found += len(p)
	f.Gold += len(g)
}

func (f *F1) match(gold, found []relation) {
	used := make([]bool, len(gold))
	for i, g := range gold {
		used[i] = len(g.content) == 0
		if !used[i] {
			f.Gold++
		}
	}
	for _, r := range found {
		if len(r.content) == 0 {
			continue
		}
		f.Found++
		best, at := 0.0, -1
		for i, g := range gold {
			if used[i] || overlap(r.cue, g.cue) == 0 || (len(r.source) == 0) != (len(g.source) == 0) ||
				len(r.source) > 0 && overlap(r.source, g.source) == 0 {
				continue
			}
			both := overlap(r.content, g.content)
			if j := float64(both) / float64(max(1, size(r.content)+size(g.content)-both)); j >= 0.5 && j > best {
				best, at = j, i
			}
		}
		if at >= 0 {
			used[at] = true
			f.Hit++
		}
	}
}

// overlap is how many words two lists of spans share. The spans of one list do not overlap each other.
func overlap(a, b []span) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x.end, y.end)-max(x.first, y.first))
		}
	}
	return n
}

func size(spans []span) int {
	n := 0
	for _, s := range spans {
		n += s.end - s.first
	}
	return n
}

// words are the byte ranges of a text's words.
type words [][2]int

func wordsOf(s string) words {
	var w words
	in := false
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_':
			if in {
				w[len(w)-1][1] = i + len(string(r))
			} else {
				w = append(w, [2]int{i, i + len(string(r))})
			}
			in = true
			continue
		case !unicode.IsSpace(r):
			w = append(w, [2]int{i, i + len(string(r))})
		}
		in = false
	}
	return w
}

// spans turns ranges of bytes into ranges of the words they touch.
func (w words) spans(pieces [][2]int) []span {
	var out []span
	for _, p := range pieces {
		lo, hi := 0, len(w)
		for lo < hi { // the first word that ends behind the start
			if mid := (lo + hi) / 2; w[mid][1] <= p[0] {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		end := lo
		for end < len(w) && w[end][0] < p[1] {
			end++
		}
		if end > lo {
			out = append(out, span{lo, end})
		}
	}
	return out
}
