package copies

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"hearsay/ledger"
)

// EditKind is what was done to some words.
type EditKind string

// What was done to words.
const (
	Deleted  EditKind = "deleted"
	Inserted EditKind = "inserted"
	Replaced EditKind = "replaced"
	Moved    EditKind = "moved"
)

// Edit is one step from a text to another. Of what was deleted B is empty, and
// stands where it would be; of what was inserted A.
type Edit struct {
	Kind EditKind
	A, B ledger.Span // bytes
}

// Alignment says which words of a text became which of another.
type Alignment struct {
	Match *Match
	Edits []Edit // in the order of the second text
	a, b  *Words
	toB   []slot // of each word of a
	kept  []bool // of each word of b: it stands in a too
}

// slot is the words of the second text, from and up to, in whose place a word
// of the first stood.
type slot struct {
	from, to int32
	kept     bool // it is the same word
}

// Align finds out how the second text came from the first: first by the
// passages that they share, those that stand in the same order in both and have most
// words taken for kept and the others for moved, then by single words between
// them. It takes time of n log n in the lengths of the texts.
func Align(a, b *Words) *Alignment {
	al := &Alignment{Match: Compare(a, b), a: a, b: b, toB: make([]slot, len(a.hash)), kept: make([]bool, len(b.hash))}
	inOrder, others := heaviest(al.Match.Passages, len(a.hash))
	usedA := make([]bool, len(a.hash))
	keep := func(i, j, n int) {
		for k := range n {
			usedA[i+k], al.kept[j+k] = true, true
			al.toB[i+k] = slot{int32(j + k), int32(j + k + 1), true}
		}
	}
	for _, p := range inOrder {
		keep(int(p.a), int(p.b), p.Words)
	}
	for _, p := range others {
		// A passage that a has once and b twice was not moved but put in again.
		again := false
		for k := range p.Words {
			again = again || usedA[int(p.a)+k]
		}
		if again {
			continue
		}
		keep(int(p.a), int(p.b), p.Words)
		al.Edits = append(al.Edits, Edit{Moved, p.A, p.B})
	}
	i, j := 0, 0
	for _, p := range append(inOrder, Passage{a: int32(len(a.hash)), b: int32(len(b.hash))}) {
		al.between(i, int(p.a), j, int(p.b), usedA)
		i, j = int(p.a)+p.Words, int(p.b)+p.Words
	}
	slices.SortStableFunc(al.Edits, func(x, y Edit) int { return cmp.Or(x.B.Start-y.B.Start, x.A.Start-y.A.Start) })
	return al
}

// heaviest divides passages into those that stand in the same order in both
// texts and have most words together, and the others. words are those of the first text.
func heaviest(passages []Passage, words int) (inOrder, others []Passage) {
	// best[e] leads to the heaviest chain whose last passage ends at e or before,
	// by a tree of prefix maxima (Fenwick 1994).
	best := make([]int32, words+1)
	weight, before := make([]int, len(passages)+1), make([]int32, len(passages)+1)
	last := int32(0)
	for n, p := range passages {
		n := int32(n + 1)
		for e := p.a; e > 0; e &= e - 1 {
			if weight[best[e]] > weight[before[n]] {
				before[n] = best[e]
			}
		}
		weight[n] = weight[before[n]] + p.Words
		for e := p.a + int32(p.Words); int(e) < len(best); e += e & -e {
			if weight[n] > weight[best[e]] {
				best[e] = n
			}
		}
		if weight[n] > weight[last] {
			last = n
		}
	}
	in := make([]bool, len(passages))
	for ; last > 0; last = before[last] {
		in[last-1] = true
	}
	for n, p := range passages {
		if in[n] {
			inOrder = append(inOrder, p)
		} else {
			others = append(others, p)
		}
	}
	return inOrder, others
}

// between aligns the words that lie between two kept passages, but for those
// that were moved from there or to there.
func (al *Alignment) between(i, endA, j, endB int, usedA []bool) {
	var left, right []int32
	for ; i < endA; i++ {
		if !usedA[i] {
			left = append(left, int32(i))
		}
	}
	for ; j < endB; j++ {
		if !al.kept[j] {
			right = append(right, int32(j))
		}
	}
	pairs := al.common(left, right)
	pairs = append(pairs, [2]int{len(left), len(right)})
	x, y := 0, 0
	for _, p := range pairs {
		nextA, nextB := int32(endA), int32(endB)
		if p[0] < len(left) {
			nextA, nextB = left[p[0]], right[p[1]]
			al.toB[nextA] = slot{nextB, nextB + 1, true}
			al.kept[nextB] = true
		}
		al.changed(left[x:p[0]], right[y:p[1]], nextA, nextB)
		x, y = min(p[0]+1, len(left)), min(p[1]+1, len(right))
	}
}

// common is a longest common subsequence of some words of both texts, as places
// in left and right. Words without meaning of their own count only beside
// others. Where both are long, none is looked for: it would take the product of their lengths.
func (al *Alignment) common(left, right []int32) (pairs [][2]int) {
	const each = 64
	n, m := len(left), len(right)
	if n == 0 || m == 0 || n*m > each*(n+m) {
		return nil
	}
	long := make([]int32, (n+1)*(m+1))
	same := func(x, y int) bool { return al.a.hash[left[x]] == al.b.hash[right[y]] }
	for x := n - 1; x >= 0; x-- {
		for y := m - 1; y >= 0; y-- {
			at := x*(m+1) + y
			if same(x, y) {
				long[at] = long[at+m+2] + 1
			} else {
				long[at] = max(long[at+m+1], long[at+1])
			}
		}
	}
	for x, y := 0, 0; x < n && y < m; {
		at := x*(m+1) + y
		switch {
		case same(x, y):
			run, plain := 0, true
			for x+run < n && y+run < m && same(x+run, y+run) {
				plain = plain && al.a.plain[left[x+run]]
				run++
			}
			for k := range run {
				if !plain {
					pairs = append(pairs, [2]int{x + k, y + k})
				}
			}
			x, y = x+run, y+run
		case long[at+m+1] >= long[at+1]:
			x++
		default:
			y++
		}
	}
	return pairs
}

// changed notes words of a that are not in b, and words of b in their place.
// After them come the words nextA and nextB. Words that are not side by side are
// edits of their own.
func (al *Alignment) changed(left, right []int32, nextA, nextB int32) {
	const most = 20 // words; of more nobody can say which came in the place of which
	to := slot{nextB, nextB, false}
	if len(left) <= most && len(right) > 0 && len(right) <= most {
		to.from, to.to = right[0], right[len(right)-1]+1
	}
	for _, i := range left {
		al.toB[i] = to
	}
	runsA, runsB := runsOf(left), runsOf(right)
	if len(runsA) == 1 && len(runsB) == 1 {
		al.Edits = append(al.Edits, Edit{Replaced, al.a.span(runsA[0]), al.b.span(runsB[0])})
		return
	}
	atA, atB := al.a.before(nextA), al.b.before(nextB)
	for _, r := range runsA {
		al.Edits = append(al.Edits, Edit{Deleted, al.a.span(al.a.inOneLine(r)), ledger.Span{Start: atB, End: atB}})
	}
	for _, r := range runsB {
		al.Edits = append(al.Edits, Edit{Inserted, ledger.Span{Start: atA, End: atA}, al.b.span(al.b.inOneLine(r))})
	}
}

// runsOf divides the numbers of words into runs that stand side by side.
func runsOf(words []int32) (runs [][2]int32) {
	for k, w := range words {
		if k > 0 && words[k-1]+1 == w {
			runs[len(runs)-1][1] = w
		} else {
			runs = append(runs, [2]int32{w, w})
		}
	}
	return runs
}

// inOneLine is a run of words, or the one before it that says the same and does not go
// over the end of a line: of "the mayor said. The" it is "the mayor said".
func (w *Words) inOneLine(r [2]int32) [2]int32 {
	const most = 3
	for back := range int32(most + 1) {
		s := [2]int32{r[0] - back, r[1] - back}
		if s[0] < 0 || back > 0 && w.hash[s[0]] != w.hash[s[1]+1] {
			break
		}
		if span := w.span(s); !strings.Contains(w.Text[span.Start:span.End], "\n") {
			return s
		}
	}
	return r
}

// span is the bytes from a word to another.
func (w *Words) span(r [2]int32) ledger.Span {
	return ledger.Span{Start: int(w.start[r[0]]), End: int(w.end[r[1]])}
}

// before is the byte at which a word begins, or the end of the text.
func (w *Words) before(i int32) int {
	if int(i) < len(w.start) {
		return int(w.start[i])
	}
	return len(w.Text)
}

// Opposite is where in the second text the words of a span of the first stand,
// or what stands in their place. It is not ok where nothing does.
func (al *Alignment) Opposite(s ledger.Span) (o ledger.Span, ok bool) {
	from, to := al.a.within(s)
	low, high := int32(len(al.b.hash)), int32(0)
	for _, at := range al.toB[from:to] {
		if at.from < at.to {
			low, high = min(low, at.from), max(high, at.to)
		}
	}
	if low >= high {
		return ledger.Span{}, false
	}
	return al.b.span([2]int32{low, high - 1}), true
}

// KeptA reports whether all words of a span of the first text stand in the second too.
func (al *Alignment) KeptA(s ledger.Span) bool {
	from, to := al.a.within(s)
	return !slices.ContainsFunc(al.toB[from:to], func(at slot) bool { return !at.kept })
}

// KeptB reports whether all words of a span of the second text stand in the first too.
func (al *Alignment) KeptB(s ledger.Span) bool {
	from, to := al.b.within(s)
	return !slices.Contains(al.kept[from:to], false)
}

// within are the words, from and up to, that lie in a span.
func (w *Words) within(s ledger.Span) (from, to int) {
	from = sort.Search(len(w.end), func(i int) bool { return int(w.end[i]) > s.Start })
	to = sort.Search(len(w.start), func(i int) bool { return int(w.start[i]) >= s.End })
	return from, max(from, to)
}
