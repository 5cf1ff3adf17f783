package techniques

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sync"

	"hearsay/linear"
	"hearsay/packed"
	"hearsay/reading/names"
	"hearsay/text/clusters"
)

// weights is the model that `go run ./learn/cmd/techniques` makes.
//
//go:embed weights.bin
var weights []byte

// Default returns the model that is built in. It is opened on first use.
var Default = sync.OnceValues(func() (*Model, error) {
	data, err := packed.Read(weights)
	if err != nil {
		return nil, fmt.Errorf("opening the model of techniques: %w", err)
	}
	return Open(data)
})

// Model is what was learned of how techniques are worded. It does not change:
// any number of goroutines may use one, each with its own Reader.
type Model struct {
	classes *clusters.Table
	like    *names.Classes

	chain  chain
	whole  *linear.Table
	judges [len(judged)][NumFacts]float32
	// The judges' scores are of candidates; of those that are taken the logit
	// times slope plus shift is that of the probability that they are right.
	slope, shift float32
	threshold    float32
}

// Weights are what training makes of a model.
type Weights struct {
	Words     []linear.Row // one weight for each of ChainLabels
	Moves     [][]float32  // of each label after each other, row 0 for the start of a sentence
	Sentences []linear.Row // one weight for each of WholeLabels

	Judges       [][]float64 // NumFacts for each of Judged; missing ones find nothing
	Slope, Shift float64
	Threshold    float64 // the probability from which on a technique is listed
}

// A model's file, little-endian: magic; threshold, slope and shift f32; the
// moves f32; the judges f32; then twice a table's size u32 and the table.
const magic = "HTP1"

const floats = 3 + (chainLabels+1)*chainLabels + len(judged)*NumFacts

// largest is the largest weight of a table that is kept as it is.
const largest = 3

// Pack writes a model.
func Pack(w *Weights) ([]byte, error) {
	out := []byte(magic)
	put := func(x float64) { out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x))) }
	put(w.Threshold)
	put(w.Slope)
	put(w.Shift)
	if len(w.Moves) != chainLabels+1 {
		return nil, fmt.Errorf("packing the model of techniques: %d rows of moves instead of %d", len(w.Moves), chainLabels+1)
	}
	for _, row := range w.Moves {
		for _, x := range row {
			put(float64(x))
		}
	}
	for j := range judged {
		for f := range NumFacts {
			switch {
			case j < len(w.Judges) && f < len(w.Judges[j]):
				put(w.Judges[j][f])
			case f == 0:
				put(never)
			default:
				put(0)
			}
		}
	}
	for _, t := range []struct {
		rows   []linear.Row
		labels int
	}{{w.Words, chainLabels}, {w.Sentences, wholeLabels}} {
		table, err := linear.Freeze(t.rows, t.labels, largest)
		if err != nil {
			return nil, fmt.Errorf("packing the model of techniques: %w", err)
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(len(table)))
		out = append(out, table...)
	}
	return out, nil
}

// never is the weight of a judge that finds nothing.
const never = -100

// Open reads a model that Pack wrote. The model keeps data.
func Open(data string) (*Model, error) {
	classes, err := clusters.Default()
	if err != nil {
		return nil, fmt.Errorf("opening the model of techniques: %w", err)
	}
	like, err := names.DefaultClasses()
	if err != nil {
		return nil, fmt.Errorf("opening the model of techniques: %w", err)
	}
	m := &Model{classes: classes, like: like}
	if len(data) < len(magic)+4*floats || data[:len(magic)] != magic {
		return nil, fmt.Errorf("opening the model of techniques: not a model of version %s", magic)
	}
	data = data[len(magic):]
	number := func() uint32 {
		n := binary.LittleEndian.Uint32([]byte(data[:4]))
		data = data[4:]
		return n
	}
	get := func() float32 { return math.Float32frombits(number()) }
	m.threshold, m.slope, m.shift = get(), get(), get()
	for from := range m.chain.moves {
		for to := range m.chain.moves[from] {
			m.chain.moves[from][to] = math.Exp(float64(get()))
		}
	}
	for j := range m.judges {
		for f := range m.judges[j] {
			m.judges[j][f] = get()
		}
	}
	for _, t := range []struct {
		to     **linear.Table
		labels int
	}{{&m.chain.table, chainLabels}, {&m.whole, wholeLabels}} {
		if len(data) < 4 {
			return nil, fmt.Errorf("opening the model of techniques: cut off")
		}
		size := uint64(number())
		if uint64(len(data)) < size {
			return nil, fmt.Errorf("opening the model of techniques: cut off")
		}
		if *t.to, err = linear.Open(data[:size]); err != nil {
			return nil, fmt.Errorf("opening the model of techniques: %w", err)
		}
		if (*t.to).Labels() != t.labels {
			return nil, fmt.Errorf("opening the model of techniques: %d labels instead of %d", (*t.to).Labels(), t.labels)
		}
		data = data[size:]
	}
	return m, nil
}
