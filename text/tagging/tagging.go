// Package tagging gives each token its part of speech, from left to right, by
// an averaged perceptron (Collins 2002) over hashed features, with a
// dictionary for the words that have but one.
package tagging

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
		return nil, fmt.Errorf("opening a tagger: %w", err)
	}
	return Open(data)
})

// Model is a trained tagger. It does not change: any number of goroutines may use one.
type Model struct {
	dictionary *Dictionary
	table      *linear.Table
}

// A model's file: magic, the size of the dictionary u32 (little-endian), the
// dictionary, the table of weights.
const (
	magic      = "HTG1"
	headerSize = len(magic) + 4
)

// Open reads a model that Pack wrote. The model keeps data.
func Open(data string) (*Model, error) {
	if len(data) < headerSize || data[:len(magic)] != magic {
		return nil, fmt.Errorf("opening a tagger: not a model of version %s", magic)
	}
	size := uint64(binary.LittleEndian.Uint32([]byte(data[len(magic):headerSize])))
	if size > uint64(len(data)-headerSize) {
		return nil, fmt.Errorf("opening a tagger: the dictionary is cut off")
	}
	at := headerSize + int(size)
	dictionary, err := openDictionary(data[headerSize:at])
	if err != nil {
		return nil, fmt.Errorf("opening a tagger: %w", err)
	}
	table, err := linear.Open(data[at:])
	if err != nil {
		return nil, fmt.Errorf("opening a tagger: %w", err)
	}
	if table.Labels() != text.NumTags {
		return nil, fmt.Errorf("opening a tagger: %d tags instead of %d: the model is of another version", table.Labels(), text.NumTags)
	}
	return &Model{dictionary, table}, nil
}

// Pack writes a model: a dictionary and the frozen weights of the features, one label a text.Tag.
func Pack(dictionary *Dictionary, table []byte) []byte {
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(dictionary.slots)))
	out = append(out, dictionary.slots...)
	return append(out, table...)
}

// Tag fills in the Tag of every token that stands in a sentence.
func (m *Model) Tag(d *text.Doc) {
	var (
		c        Context
		features [NumFeatures]linear.Feature
	)
	for _, s := range d.Sentences {
		c.Start(d, s, m.dictionary)
		for i := s.First; i < s.End; i++ {
			tag := c.Only()
			if tag == text.NoTag {
				c.Features(&features)
				var scores [text.NumTags]int32
				m.table.AddAll(features[:], scores[:])
				tag = text.CC
				for t := tag + 1; int(t) < text.NumTags; t++ {
					if scores[t] > scores[tag] {
						tag = t
					}
				}
			}
			d.Tokens[i].Tag = tag
			c.Next(tag)
		}
	}
}
