package matching

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"sync"
)

//go:embed order.bin
var orderData string

//go:embed chance.bin
var chanceData string

// The models that are built in: what puts hits in order, and how probable it is
// that a hit is about the very claim.
var (
	order  = sync.OnceValues(func() (*Trees, error) { return OpenTrees(orderData) })
	chance = sync.OnceValues(func() (*Trees, error) { return OpenTrees(chanceData) })
)

// Trees are a sum of oblivious trees: all nodes of a level ask the same question.
type Trees struct {
	Base  float64
	Trees []Tree
}

// Tree is one of them. Its leaf's number has bit k set where the feature of
// level k is greater than the threshold.
type Tree struct {
	Features   []uint8
	Thresholds []float32
	Leaves     []float32
}

// Score returns the sum for an example.
func (t *Trees) Score(f []float32) float64 {
	sum := t.Base
	for i := range t.Trees {
		tree := &t.Trees[i]
		leaf := 0
		for k, at := range tree.Features {
			if f[at] > tree.Thresholds[k] {
				leaf |= 1 << k
			}
		}
		sum += float64(tree.Leaves[leaf])
	}
	return sum
}

const maxDepth = 10

// Pack writes trees: the base f64, then of each its depth u8, features u8,
// thresholds f32, leaves f32.
func (t *Trees) Pack() []byte {
	b := binary.LittleEndian.AppendUint64(nil, math.Float64bits(t.Base))
	for _, tree := range t.Trees {
		b = append(b, uint8(len(tree.Features)))
		b = append(b, tree.Features...)
		for _, v := range tree.Thresholds {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		for _, v := range tree.Leaves {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	return b
}

// OpenTrees reads what Pack wrote.
func OpenTrees(data string) (*Trees, error) {
	damaged := errors.New("the trees that put fact-checks in order are damaged")
	b := []byte(data)
	if len(b) < 8 {
		return nil, damaged
	}
	t := &Trees{Base: math.Float64frombits(binary.LittleEndian.Uint64(b))}
	for b = b[8:]; len(b) > 0; {
		depth := int(b[0])
		if depth > maxDepth || len(b) < 1+5*depth+4<<depth {
			return nil, damaged
		}
		tree := Tree{Features: b[1 : 1+depth]}
		for _, f := range tree.Features {
			if int(f) >= chanceFeatures {
				return nil, damaged
			}
		}
		b = b[1+depth:]
		floats := make([]float32, depth+1<<depth)
		for i := range floats {
			floats[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		b = b[4*len(floats):]
		tree.Thresholds, tree.Leaves = floats[:depth], floats[depth:]
		t.Trees = append(t.Trees, tree)
	}
	return t, nil
}
