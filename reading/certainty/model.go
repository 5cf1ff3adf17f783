package certainty

import (
	_ "embed"
	"fmt"
	"sync"

	"hearsay/linear"
	"hearsay/packed"
	"hearsay/text/clusters"
)

// weights is the model that `go run ./learn/cmd/certainty` makes.
//
//go:embed weights.bin
var weights []byte

// Model scores how certain a word's surroundings present the event that it
// tells of. It does not change: any number of goroutines may use one.
type Model struct {
	table *linear.Table
	words *clusters.Table
}

// Default returns the model that comes with the program. It is opened once;
// the same Model is returned to all.
var Default = sync.OnceValues(func() (*Model, error) {
	data, err := packed.Read(weights)
	if err != nil {
		return nil, fmt.Errorf("opening a model of certainty: %w", err)
	}
	return Open(data)
})

// Open reads a model of one label from bytes that linear.Freeze wrote. The
// model keeps data.
func Open(data string) (*Model, error) {
	table, err := linear.Open(data)
	if err != nil {
		return nil, err
	}
	if table.Labels() != 1 {
		return nil, fmt.Errorf("opening a model of certainty: %d labels instead of 1", table.Labels())
	}
	words, err := clusters.Default()
	if err != nil {
		return nil, err
	}
	return &Model{table, words}, nil
}

// Base is the score of a word without any feature: the model's weights add to it.
const Base = 2.5

// score is from -3, certainly not so, to 3, certainly so.
func (m *Model) score(features []linear.Feature) float64 {
	var sum [1]int32
	m.table.AddAll(features, sum[:])
	return max(-3, min(3, Base+float64(sum[0])*float64(m.table.Scale())))
}
