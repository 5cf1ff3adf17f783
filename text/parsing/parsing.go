// Package parsing builds dependency trees, one a sentence, from left to right
// and without ever going back: the arc-hybrid system of Kuhlmann, Gómez and
// Satta (2011), steered by an averaged perceptron that was trained with a
// dynamic oracle (Goldberg and Nivre 2013). The tree is built of the words
// alone, with the marks of punctuation between them as features (Ma, Zhang and
// Zhu 2014); the marks are hung into it by rules. Every tree is projective and
// has one root; the cost is linear in the number of tokens.
package parsing

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"sync"

	"hearsay/linear"
	"hearsay/packed"
	"hearsay/text"
)

//go:embed weights.bin
var weights []byte

// Default returns the model that is built in. It is opened on first use.
var Default = sync.OnceValues(func() (*Model, error) {
	data, err := packed.Read(weights)
	if err != nil {
		return nil, fmt.Errorf("opening a parser: %w", err)
	}
	return Open(data)
})

// Model is a trained parser. It does not change: any number of goroutines may use one.
type Model struct {
	actions, labels *linear.Table
}

// A model's file: magic, the size of the table of actions u32 (little-endian),
// that table, the table of labels.
const (
	magic      = "HDP2"
	headerSize = len(magic) + 4
)

// Open reads a model that Pack wrote. The model keeps data.
func Open(data string) (*Model, error) {
	if len(data) < headerSize || data[:len(magic)] != magic {
		return nil, fmt.Errorf("opening a parser: not a model of version %s", magic)
	}
	size := uint64(binary.LittleEndian.Uint32([]byte(data[len(magic):headerSize])))
	if size > uint64(len(data)-headerSize) {
		return nil, fmt.Errorf("opening a parser: the table of actions is cut off")
	}
	at := headerSize + int(size)
	actions, err := linear.Open(data[headerSize:at])
	if err != nil {
		return nil, fmt.Errorf("opening a parser: actions: %w", err)
	}
	labels, err := linear.Open(data[at:])
	if err != nil {
		return nil, fmt.Errorf("opening a parser: labels: %w", err)
	}
	if actions.Labels() != NumActions || labels.Labels() != text.NumRels {
		return nil, fmt.Errorf("opening a parser: %d actions and %d relations instead of %d and %d: the model is of another version",
			actions.Labels(), labels.Labels(), NumActions, text.NumRels)
	}
	return &Model{actions, labels}, nil
}

// Pack writes a model from its two frozen tables, one label an Action and one a text.Rel.
func Pack(actions, labels []byte) []byte {
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(actions)))
	out = append(out, actions...)
	return append(out, labels...)
}

// Scratch is the memory that parsing needs, kept from one text to the next.
// The zero Scratch is ready; it must not be used by two goroutines at once.
type Scratch struct {
	state   State
	actions [NumActionFeatures]linear.Feature
	labels  [NumLabelFeatures]linear.Feature
}

// Parse fills in the Head and Rel of every token that stands in a sentence.
// The tokens must have been tagged.
func (m *Model) Parse(d *text.Doc, s *Scratch) {
	st := &s.state
	for _, sentence := range d.Sentences {
		st.Start(d, sentence)
		for !st.Done() {
			a := m.next(st, &s.actions)
			rel := text.NoRel
			if a != Shift {
				rel = m.label(st, a, &s.labels)
			}
			st.Apply(a, rel)
		}
		st.Finish(d)
	}
}

func (m *Model) next(st *State, features *[NumActionFeatures]linear.Feature) Action {
	legal := st.Legal()
	if only, ok := legal.Only(); ok {
		return only
	}
	st.ActionFeatures(features)
	var scores [NumActions]int32
	m.actions.AddAll(features[:], scores[:])
	best, found := Shift, false
	for a := range Action(NumActions) {
		if legal.Has(a) && (!found || scores[a] > scores[best]) {
			best, found = a, true
		}
	}
	return best
}

func (m *Model) label(st *State, a Action, features *[NumLabelFeatures]linear.Feature) text.Rel {
	head, dependent := st.Arc(a)
	if head == st.Root() {
		return text.Root
	}
	st.LabelFeatures(head, dependent, features)
	var scores [text.NumRels]int32
	m.labels.AddAll(features[:], scores[:])
	best := text.ACL
	for r := best + 1; int(r) < text.NumRels; r++ {
		if scores[r] > scores[best] {
			best = r
		}
	}
	return best
}
