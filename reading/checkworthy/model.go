package checkworthy

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"hearsay/linear"
	"hearsay/packed"
	"hearsay/text/clusters"
)

// weights is the model that `go run ./learn/cmd/checkworthy` makes.
//
//go:embed weights.bin
var weights []byte

// Model says how probable it is that a statement deserves checking. It does not
// change: any number of goroutines may use one.
type Model struct {
	table       *linear.Table
	words       *clusters.Table
	slope, base float64                       // of the log-odds over the scores
	both        [mostTraits][mostTraits]int32 // what two traits of a statement add, the lower first: looked up once, as each statement has a hundred of them
}

// Default returns the model that comes with the program. It is opened once;
// the same Model is returned to all.
var Default = sync.OnceValues(func() (*Model, error) {
	data, err := packed.Read(weights)
	if err != nil {
		return nil, fmt.Errorf("opening a model of check-worthiness: %w", err)
	}
	return Open(data)
})

// A model begins with its magic, then the slope and the base as f32, little-endian; a linear table follows.
const (
	magic      = "HCW1"
	headerSize = 12
)

// Pack writes a model: the table that linear.Freeze wrote, and the line that
// makes log-odds of its scores.
func Pack(table []byte, slope, base float64) []byte {
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(slope)))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(base)))
	return append(out, table...)
}

// Open reads a model from what Pack wrote. The model keeps data.
func Open(data string) (*Model, error) {
	if len(data) < headerSize || data[:4] != magic {
		return nil, errors.New("opening a model of check-worthiness: not one of version " + magic)
	}
	number := func(at int) float64 {
		return float64(math.Float32frombits(binary.LittleEndian.Uint32([]byte(data[at : at+4]))))
	}
	m := &Model{slope: number(4), base: number(8)}
	if !(m.slope > 0) || math.IsInf(m.slope, 0) || math.IsNaN(m.base) || math.IsInf(m.base, 0) {
		return nil, fmt.Errorf("opening a model of check-worthiness: a slope of %v and a base of %v", m.slope, m.base)
	}
	var err error
	if m.table, err = linear.Open(data[headerSize:]); err != nil {
		return nil, err
	}
	if m.table.Labels() != 1 {
		return nil, fmt.Errorf("opening a model of check-worthiness: %d labels instead of 1", m.table.Labels())
	}
	for a := range mostTraits {
		for b := a; b < mostTraits; b++ {
			m.table.Add(together(a, b), m.both[a][b:b+1])
		}
	}
	if m.words, err = clusters.Default(); err != nil {
		return nil, err
	}
	return m, nil
}

// Share is how much the weights of a statement's features count, given how many
// words it has: were it always 1, what is long would be taken for what is sure.
func Share(words int) float64 { return 1 / math.Sqrt(0.3+float64(words)/10) }

// sum adds up the weights of features.
func (m *Model) sum(features []linear.Feature) int32 {
	var sum [1]int32
	m.table.AddAll(features, sum[:])
	return sum[0]
}

// probability makes one of the sum of a statement's weights. It is never 0,
// which stands for what was not judged. What is bare is lowered by rule: the
// debates learned from have no bylines, credits and headings.
func (m *Model) probability(sum int32, words int, bare bool) float64 {
	score := m.slope*float64(sum)*float64(m.table.Scale())*Share(words) + m.base
	if bare {
		score -= ofBare
	}
	p := 1 / (1 + math.Exp(-score))
	return math.Round(max(step, min(1-step, p))/step) / (1 / step)
}

const ofBare = 2 // in log-odds

// step is the precision of a probability: more would be noise.
const step = 0.01
