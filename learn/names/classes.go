package names

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"hearsay/text"
)

// Vectors are words with what company they keep, each vector of length 1.
type Vectors struct {
	Words []string
	Of    [][]float32
}

// ReadVectors reads word vectors in the text format of GloVe (Pennington,
// Socher and Manning 2014): a line a word, the word and its numbers with a
// space between. Of the first n words with a letter in them the vectors are kept.
func ReadVectors(r io.Reader, n int) (*Vectors, error) {
	v := new(Vectors)
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for line := 1; s.Scan() && len(v.Words) < n; line++ {
		word, numbers, _ := strings.Cut(s.Text(), " ")
		if text.ShapeOf(word)&(text.HasLower|text.HasUpper) == 0 {
			continue
		}
		var x []float32
		for f := range strings.FieldsSeq(numbers) {
			a, err := strconv.ParseFloat(f, 32)
			if err != nil {
				return nil, fmt.Errorf("reading word vectors: line %d: %w", line, err)
			}
			x = append(x, float32(a))
		}
		if len(v.Of) > 0 && len(x) != len(v.Of[0]) {
			return nil, fmt.Errorf("reading word vectors: line %d: %d numbers instead of %d", line, len(x), len(v.Of[0]))
		}
		normalise(x)
		v.Words, v.Of = append(v.Words, strings.Clone(word)), append(v.Of, x)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("reading word vectors: %w", err)
	}
	if len(v.Words) == 0 {
		return nil, fmt.Errorf("reading word vectors: there are none")
	}
	return v, nil
}

func normalise(x []float32) {
	var sum float64
	for _, a := range x {
		sum += float64(a) * float64(a)
	}
	if sum == 0 {
		return
	}
	by := float32(1 / math.Sqrt(sum))
	for i := range x {
		x[i] *= by
	}
}

// Cluster puts vectors of length 1 into at most k classes by spherical k-means
// (Dhillon and Modha 2001) and returns the class of each, from 0, and the
// classes' centres. The first of the vectors, at most sample, move the centres.
func Cluster(vectors [][]float32, k, sample, rounds int, seed uint64) (of []int, centres [][]float32) {
	sample = min(sample, len(vectors))
	k = min(k, sample)
	rng := rand.New(rand.NewPCG(seed, 2))
	for _, i := range rng.Perm(sample)[:k] {
		centres = append(centres, append([]float32(nil), vectors[i]...))
	}
	of = make([]int, len(vectors))
	for range rounds {
		sums := make([][]float32, k)
		for i, x := range vectors[:sample] {
			of[i] = nearest(x, centres)
			if sums[of[i]] == nil {
				sums[of[i]] = make([]float32, len(x))
			}
			for j, a := range x {
				sums[of[i]][j] += a
			}
		}
		for c, s := range sums {
			if s != nil {
				normalise(s)
				centres[c] = s
			}
		}
	}
	for i, x := range vectors {
		of[i] = nearest(x, centres)
	}
	return of, centres
}

// nearest returns the centre with the largest product with x, the first of equals.
func nearest(x []float32, centres [][]float32) int {
	best, at := float32(math.Inf(-1)), 0
	for c, y := range centres {
		y = y[:len(x)]
		var s0, s1 float32
		i := 0
		for ; i+1 < len(x); i += 2 {
			s0 += float32(x[i] * y[i])
			s1 += float32(x[i+1] * y[i+1])
		}
		if i < len(x) {
			s0 += float32(x[i] * y[i])
		}
		if s := s0 + s1; s > best {
			best, at = s, c
		}
	}
	return at
}
