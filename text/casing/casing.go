// Package casing gives a text that is written in capitals alone, as wires and
// old archives have it, the small letters that the other readers go by. No
// letter changes its length in bytes, so offsets in the one text are offsets
// in the other.
//
// The case of each word is chosen from left to right by an averaged perceptron
// (Collins 2002) over the words around it, as Lita et al. (2003) set the task.
package casing

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"sync"
	"unicode"
	"unicode/utf8"

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
		return nil, fmt.Errorf("opening a model of case: %w", err)
	}
	return Open(data)
})

// Case is how a word is written.
type Case uint8

// The cases, the labels of the model.
const (
	Small   Case = iota // no capitals: "harbour"
	Capital             // a capital first: "Orvane", "San"
	Upper               // all capitals: "UN"
	numCases
)

// NumCases is the number of cases.
const NumCases = int(numCases)

// leastWords are the fewest words of a text that Shouted judges.
const leastWords = 4

// Shouted reports whether s is written in capitals alone but for a few
// letters, one in twenty at most: a text of some words, whose case says nothing.
func Shouted(s string) bool {
	upper, lower, words, in := 0, 0, 0, false
	for i := 0; i < len(s); {
		b := s[i]
		size := 1
		letter := true
		switch {
		case b >= 'A' && b <= 'Z':
			upper++
		case b >= 'a' && b <= 'z':
			lower++
		case b < utf8.RuneSelf:
			letter = false
		default:
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			switch {
			case unicode.IsUpper(r):
				upper++
			case unicode.IsLower(r):
				lower++
			default:
				letter = unicode.IsLetter(r)
			}
		}
		if letter && !in {
			words++
		}
		in = letter
		// A text with this many small letters stays below the share whatever
		// follows, as far as reading on is worth it.
		if lower > 200 && lower > upper {
			return false
		}
		i += size
	}
	return words >= leastWords && lower*19 <= upper
}

// Model is a trained model of case. It does not change: any number of
// goroutines may use one.
type Model struct {
	words *Words
	table *linear.Table
}

// A model's file: magic, the size of the words u32 (little-endian), the words,
// the table of weights.
const (
	magic      = "HCM1"
	headerSize = len(magic) + 4
)

// Open reads a model that Pack wrote. The model keeps data.
func Open(data string) (*Model, error) {
	if len(data) < headerSize || data[:len(magic)] != magic {
		return nil, fmt.Errorf("opening a model of case: not a model of version %s", magic)
	}
	size := uint64(binary.LittleEndian.Uint32([]byte(data[len(magic):headerSize])))
	if size > uint64(len(data)-headerSize) {
		return nil, fmt.Errorf("opening a model of case: the words are cut off")
	}
	at := headerSize + int(size)
	words, err := openWords(data[headerSize:at])
	if err != nil {
		return nil, fmt.Errorf("opening a model of case: %w", err)
	}
	table, err := linear.Open(data[at:])
	if err != nil {
		return nil, fmt.Errorf("opening a model of case: %w", err)
	}
	if table.Labels() != NumCases {
		return nil, fmt.Errorf("opening a model of case: %d cases instead of %d", table.Labels(), NumCases)
	}
	return &Model{words, table}, nil
}

// Pack writes a model: words and the frozen weights of the features, one label a Case.
func Pack(words *Words, table []byte) []byte {
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(words.slots)))
	out = append(out, words.slots...)
	return append(out, table...)
}

// Restore returns d's text with the case that the model finds for it. d is a
// text in capitals, divided into tokens and sentences.
func (m *Model) Restore(d *text.Doc) string {
	out := []byte(d.Text)
	var (
		c        Context
		features [NumFeatures]linear.Feature
	)
	for _, s := range d.Sentences {
		c.Start(d, s, m.words)
		for i := s.First; i < s.End; i++ {
			if !c.Word() {
				c.Next(Small)
				continue
			}
			c.Features(&features)
			var scores [NumCases]int32
			m.table.AddAll(features[:], scores[:])
			best := Small
			for k := Capital; k < numCases; k++ {
				if scores[k] > scores[best] {
					best = k
				}
			}
			m.write(out, d, i, best, c.First())
			c.Next(best)
		}
	}
	return string(out)
}

// write puts token i into out in its case. What begins a sentence has a
// capital whatever its case.
func (m *Model) write(out []byte, d *text.Doc, i int32, c Case, first bool) {
	t := &d.Tokens[i]
	switch {
	case c == Upper:
		return
	case first && c == Small:
		c = Capital
		fallthrough
	case t.Shape&text.HasHyphen == 0:
		fold(out, int(t.Start), int(t.End), c == Capital)
	default:
		// Each part of a compound has its own case: "Orvane-based", "Anna-Mirela".
		for at := int(t.Start); at < int(t.End); {
			end := at
			for end < int(t.End) && out[end] != '-' {
				end++
			}
			if known := m.words.Class(text.HashLower(string(out[at:end]))); known != mostlyUpper {
				fold(out, at, end, known != mostlySmall && (c == Capital || known == mostlyCapital))
			}
			at = end + 1
		}
	}
}

// fold makes the letters of out[start:end] small but for the first if keep.
// After an apostrophe that a single letter stands before, and after Mc, a name
// goes on with a capital: "O'Hara", "McKay".
func fold(out []byte, start, end int, keep bool) {
	letters := 0
	for i := start; i < end; {
		r, size := utf8.DecodeRune(out[i:end])
		if unicode.IsLetter(r) {
			letters++
			name := keep && (letters == 1 || i == start+2 && (out[start+1] == '\'' || out[start] == 'M' && out[start+1] == 'c' && end-start > 4))
			if low := unicode.ToLower(r); !name && low != r && utf8.RuneLen(low) == size {
				utf8.EncodeRune(out[i:], low)
			}
		}
		i += size
	}
}
