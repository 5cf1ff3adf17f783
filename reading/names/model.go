package names

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sync"

	"hearsay/linear"
	"hearsay/packed"
	"hearsay/reading/places/gazetteer"
	"hearsay/text/clusters"
)

//go:embed classes.bin
var classes []byte

//go:embed weights.bin
var weights []byte

// DefaultClasses returns the word classes that are built in. They are opened on first use.
var DefaultClasses = sync.OnceValues(func() (*Classes, error) {
	data, err := packed.Read(classes)
	if err != nil {
		return nil, fmt.Errorf("opening word classes: %w", err)
	}
	return openClasses(data)
})

// Default returns the model that is built in. It is opened on first use.
var Default = sync.OnceValues(func() (*Model, error) {
	c, err := DefaultClasses()
	if err != nil {
		return nil, err
	}
	data, err := packed.Read(weights)
	if err != nil {
		return nil, fmt.Errorf("opening the tagger of names: %w", err)
	}
	return Open(data, c)
})

// Model is a trained tagger of names. It does not change: any number of
// goroutines may use one, each with its own Reader.
type Model struct {
	classes *Classes
	like    *clusters.Table
	places  *gazetteer.Table
	passes  [2]pass
}

// pass is the model of one pass over a text.
type pass struct {
	table *linear.Table
	moves [Labels + 1][Labels]int32
}

// Pass is what training makes of one pass: the features' weights, and the
// weight of each label after each other, row 0 for a segment's start.
type Pass struct {
	Rows  []linear.Row
	Moves [][]float32
}

// A model's file: magic, then for each pass the moves as i32, the size of the
// table u32 and the table, all little-endian.
const magic = "HNT1"

// Pack writes a model of the two passes.
func Pack(passes [2]Pass) ([]byte, error) {
	out := []byte(magic)
	for k, p := range passes {
		var clip float32
		for _, r := range p.Rows {
			for _, w := range r.Weights {
				clip = max(clip, w, -w)
			}
		}
		clip = max(1e-3, min(clip, maxWeight))
		table, err := linear.Freeze(p.Rows, Labels, clip)
		if err != nil {
			return nil, fmt.Errorf("packing pass %d of the tagger of names: %w", k+1, err)
		}
		if len(p.Moves) != Labels+1 {
			return nil, fmt.Errorf("packing pass %d of the tagger of names: %d rows of moves instead of %d", k+1, len(p.Moves), Labels+1)
		}
		for _, row := range p.Moves {
			for _, w := range row {
				v := int32(0) // of a move that is not allowed, which is never made
				if !math.IsInf(float64(w), 0) {
					v = int32(math.Round(float64(w / (clip / 127))))
				}
				out = binary.LittleEndian.AppendUint32(out, uint32(v))
			}
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(len(table)))
		out = append(out, table...)
	}
	return out, nil
}

// maxWeight is the largest weight that is kept as it is.
const maxWeight = 3

// Open reads a model that Pack wrote, which knows words by the classes given. The model keeps data.
func Open(data string, c *Classes) (*Model, error) {
	like, err := clusters.Default()
	if err != nil {
		return nil, fmt.Errorf("opening the tagger of names: %w", err)
	}
	places, err := gazetteer.Default()
	if err != nil {
		return nil, fmt.Errorf("opening the tagger of names: %w", err)
	}
	m := &Model{classes: c, like: like, places: places}
	if len(data) < len(magic) || data[:len(magic)] != magic {
		return nil, fmt.Errorf("opening the tagger of names: not a model of version %s", magic)
	}
	data = data[len(magic):]
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32([]byte(data[at : at+4])) }
	const header = 4*Labels*(Labels+1) + 4
	for k := range m.passes {
		p := &m.passes[k]
		if len(data) < header {
			return nil, fmt.Errorf("opening the tagger of names: pass %d is cut off", k+1)
		}
		for i := range p.moves {
			for l := range p.moves[i] {
				v := int32(u32(4 * (i*Labels + l)))
				if v > 1<<20 || v < -1<<20 {
					return nil, fmt.Errorf("opening the tagger of names: pass %d has a move of weight %d", k+1, v)
				}
				p.moves[i][l] = v
			}
		}
		size := uint64(u32(header - 4))
		if uint64(len(data)-header) < size {
			return nil, fmt.Errorf("opening the tagger of names: pass %d is cut off", k+1)
		}
		if p.table, err = linear.Open(data[header : header+int(size)]); err != nil {
			return nil, fmt.Errorf("opening the tagger of names: %w", err)
		}
		if p.table.Labels() != Labels {
			return nil, fmt.Errorf("opening the tagger of names: %d labels instead of %d: the model is of another version", p.table.Labels(), Labels)
		}
		data = data[header+int(size):]
	}
	return m, nil
}
