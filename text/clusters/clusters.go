// Package clusters puts frequent words into classes by the company they keep,
// so that what is learned of one word serves for its like: months, surnames,
// verbs of saying. The classes are learned from text without any annotation.
package clusters

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"sync"

	"hearsay/packed"
)

//go:embed classes.bin
var classes []byte

// Default returns the table that is built in. It is opened on first use.
var Default = sync.OnceValues(func() (*Table, error) {
	data, err := packed.Read(classes)
	if err != nil {
		return nil, fmt.Errorf("opening word classes: %w", err)
	}
	return Open(data)
})

// Count is the number of classes, that of unknown words, 0, included.
const Count = 256

// slots is the size of a table. A slot is chosen by 16 bits of the hash and
// checked by the other 16, so it holds 4 bytes: check u16, class u8, 1 when it is not free.
const (
	slots    = 1 << 16
	slotSize = 4
)

// Table knows the classes of words. It does not change: any number of goroutines may use one.
type Table struct{ data string }

// Open reads a table that Pack wrote. The table keeps data.
func Open(data string) (*Table, error) {
	if len(data) != slots*slotSize {
		return nil, fmt.Errorf("opening word classes: %d bytes instead of %d", len(data), slots*slotSize)
	}
	for at := 3; at < len(data); at += slotSize {
		if data[at] == 0 {
			return &Table{data}, nil
		}
	}
	return nil, fmt.Errorf("opening word classes: the table has no free slot")
}

// Of returns the class of the word whose lower-case form has that text.Hash, 0
// when it is not known.
func (t *Table) Of(lower uint32) uint8 {
	check := byte(lower >> 16)
	check2 := byte(lower >> 24)
	for at := home(lower); ; at = (at + 1) & (slots - 1) {
		s := t.data[at*slotSize:][:slotSize]
		if s[3] == 0 {
			return 0
		}
		if s[0] == check && s[1] == check2 {
			return s[2]
		}
	}
}

// home is the slot where the search for a word begins.
func home(lower uint32) uint32 { return (lower ^ lower>>16*0x9E37) & (slots - 1) }

// Pack writes a table of the classes, at most half as many as the table has
// slots; words and classes are as for Of, the earlier word wins where two collide.
func Pack(words []uint32, of []uint8) ([]byte, error) {
	if len(words) != len(of) || len(words) > slots/2 {
		return nil, fmt.Errorf("packing word classes: %d words, %d classes, at most %d", len(words), len(of), slots/2)
	}
	out := make([]byte, slots*slotSize)
	for i, w := range words {
		at := home(w)
		for out[at*slotSize+3] != 0 && binary.LittleEndian.Uint16(out[at*slotSize:]) != uint16(w>>16) {
			at = (at + 1) & (slots - 1)
		}
		s := out[at*slotSize:]
		if s[3] == 0 {
			binary.LittleEndian.PutUint16(s, uint16(w>>16))
			s[2], s[3] = of[i], 1
		}
	}
	return out, nil
}
