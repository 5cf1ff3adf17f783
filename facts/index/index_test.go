package index

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/facts/words"
)

// TestTopIsWhatAddingUpFinds checks searching, which passes over most of the
// documents, against going through all of them.
func TestTopIsWhatAddingUpFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vocabulary := rapid.IntRange(2, 60).Draw(t, "vocabulary")
		word := rapid.Custom(func(t *rapid.T) string {
			// Some words are in most documents, most in few.
			n := rapid.IntRange(0, vocabulary).Draw(t, "n")
			return fmt.Sprintf("w%dx", rapid.IntRange(0, n).Draw(t, "word"))
		})
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), " ")
		})
		var segments []*Segment
		var texts [][][3]string
		for range rapid.IntRange(1, 3).Draw(t, "segments") {
			var b Builder
			var these [][3]string
			some := rapid.SliceOfN(text, 1, 20).Draw(t, "texts")
			for i := range rapid.SampledFrom([]int{1, 7, 128, 129, 500, 5000}).Draw(t, "docs") {
				d := [3]string{some[i*7%len(some)], some[i*i%len(some)], some[(i/3)%len(some)]}
				these = append(these, d)
				b.Add(int64(i), d[0], d[1], d[2])
			}
			segments, texts = append(segments, written(t, &b)), append(texts, these)
		}
		var query []Term
		for i, w := range rapid.SliceOfNDistinct(word, 1, 8, rapid.ID).Draw(t, "query") {
			query = append(query, Term{words.Hash(w), float64(1 + i*i%5)})
		}
		most := rapid.SampledFrom([]int{1, 3, 50, 10000}).Draw(t, "most")
		gone := func(id int64) bool { return id%11 == 3 }

		// Merging segments must not matter, nor what searching reuses.
		if rapid.Bool().Draw(t, "merged") {
			var buf bytes.Buffer
			docs, size, err := Merge(segments, gone, &buf)
			if err != nil || int(size) != buf.Len() {
				t.Fatalf("merged %d bytes, %v", size, err)
			}
			s, err := Open(Memory(buf.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			var all [][3]string
			for _, these := range texts {
				for num, d := range these {
					if !gone(int64(num)) {
						all = append(all, d)
					}
				}
			}
			if docs != len(all) || s.Docs() != len(all) {
				t.Fatalf("%d documents, %d in the segment, want %d", docs, s.Docs(), len(all))
			}
			for num, d := range all {
				if _, claim, title, err := s.Doc(uint32(num)); err != nil || claim != d[0] || title != d[1] {
					t.Fatalf("document %d is %q, %q, %v", num, claim, title, err)
				}
			}
			segments, texts, gone = []*Segment{s}, [][][3]string{all}, func(int64) bool { return false }
		}
		var search Search
		for range 2 { // what it reuses must not matter
			hits, err := search.Top(segments, query, most, gone)
			if err != nil {
				t.Fatal(err)
			}
			want := addedUp(texts, query, gone)
			if len(hits) != min(most, len(want)) {
				t.Fatalf("%d hits, want %d", len(hits), min(most, len(want)))
			}
			for i, h := range hits {
				score := want[i]
				if math.Abs(h.Score-score) > 1e-3 {
					t.Fatalf("hit %d scores %g, want %g", i, h.Score, score)
				}
				var of Builder
				d := texts[h.Segment][h.Doc]
				for k, term := range query {
					clear(of.times)
					if n := times(&of, d, term.Hash); packTimes(n) != h.Times[k] {
						t.Fatalf("times of %v in %q are %v, want %v", term, d, h.Times[k], n)
					}
				}
			}
		}
	})
}

func times(b *Builder, d [3]string, term uint64) [fields]int {
	b.times, b.order = map[uint64][fields]int{}, nil
	b.count(Claim, d[0])
	if d[1] != d[0] {
		b.count(Title, d[1])
	}
	b.count(Body, d[2])
	return b.times[term]
}

// addedUp scores every document and returns the scores, the greatest first.
func addedUp(texts [][][3]string, query []Term, gone func(int64) bool) (scores []float64) {
	for _, docs := range texts {
		for num, d := range docs {
			if gone(int64(num)) {
				continue
			}
			b := Builder{times: map[uint64][fields]int{}}
			title := d[1]
			if title == d[0] {
				title = ""
			}
			lengths := [fields]int{b.count(Claim, d[0]), b.count(Title, title), b.count(Body, d[2])}
			var score float64
			for _, t := range query {
				if n, ok := b.times[t.Hash]; ok {
					score += t.Weight * math.Ceil(impact(n, lengths)*255) / 255
				}
			}
			if score > 0 {
				scores = append(scores, score)
			}
		}
	}
	slices.SortFunc(scores, func(a, b float64) int { return -cmpFloat(a, b) })
	return scores
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

type fataler interface{ Fatal(...any) }

func written(t fataler, b *Builder) *Segment {
	var buf bytes.Buffer
	if _, err := b.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	s, err := Open(Memory(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestFullBlock looks on behind a term of which there is one block, and that full.
func TestFullBlock(t *testing.T) {
	for _, having := range []int{1, blockSize - 1, blockSize, blockSize + 1, 2 * blockSize} {
		var b Builder
		for i := range 3 * windowSize {
			claim := "mill"
			if i >= 7 && i < 7+having {
				claim = "mill burned"
			}
			b.Add(int64(i), claim, "", "")
		}
		segments := []*Segment{written(t, &b)}
		var search Search
		hits, err := search.Top(segments, []Term{{words.Of("mill"), 1}, {words.Of("burned"), 3}}, 3*windowSize, nil)
		if err != nil || len(hits) != 3*windowSize {
			t.Fatalf("%d hits, %v", len(hits), err)
		}
		for i, h := range hits[:having] {
			if int(h.Doc) != 7+i {
				t.Errorf("of %d, hit %d is document %d", having, i, h.Doc)
			}
		}
	}
}

// FuzzOpen checks that a segment that was changed is refused, or answers something, and no more.
func FuzzOpen(f *testing.F) {
	var b Builder
	for i := range 300 {
		b.Add(int64(i), fmt.Sprintf("the mill %d burned", i), "mill", "a fire at the mill")
	}
	var buf bytes.Buffer
	b.WriteTo(&buf)
	f.Add(uint(3), byte(0xff), uint(9), byte(1))
	f.Add(uint(buf.Len()-tailSize), byte(0x80), uint(buf.Len()-9), byte(3))
	f.Fuzz(func(t *testing.T, at uint, flip byte, at2 uint, flip2 byte) {
		changed := bytes.Clone(buf.Bytes())
		changed[at%uint(len(changed))] ^= flip
		changed[at2%uint(len(changed))] ^= flip2
		s, err := Open(Memory(changed))
		if err != nil {
			return
		}
		var search Search
		search.Top([]*Segment{s}, []Term{{words.Of("mill"), 1}, {words.Of("burned"), 3}, {words.Of("fire"), 2}}, 10, nil)
		Merge([]*Segment{s, s}, nil, io.Discard)
	})
}
