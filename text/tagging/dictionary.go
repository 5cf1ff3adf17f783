package tagging

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"hearsay/text"
)

// Dictionary says of frequent words which tags they bear. It is an
// open-addressing table in one string, read where it lies.
type Dictionary struct {
	slots string // each: key u32, 0 when free; class u16; only u8; 0
	mask  uint32
}

// Entry is what a Dictionary knows of a word.
type Entry struct {
	Key   uint32   // of the word, by Key
	Class uint16   // words with the same tags, most frequent first, are of one class; 0 is that of unknown words
	Only  text.Tag // the tag, when the word has but one
}

const slotSize = 8

// Key is what a word is looked up by: words that begin with a capital are
// kept apart from those that do not. It is never 0.
func Key(lower uint32, s text.Shape) uint32 {
	k := lower
	if s&text.FirstUpper != 0 {
		k ^= 0x9E3779B9
	}
	if k == 0 {
		return 1
	}
	return k
}

// NewDictionary makes a dictionary of entries with different keys. The result
// depends on the entries only, not on their order.
func NewDictionary(entries []Entry) *Dictionary {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int {
		switch {
		case a.Key < b.Key:
			return -1
		case a.Key > b.Key:
			return 1
		}
		return 0
	})
	n := 1
	for n < 2*len(entries) {
		n *= 2
	}
	slots := make([]byte, n*slotSize)
	for _, e := range entries {
		at := spread(e.Key) & uint32(n-1)
		for binary.LittleEndian.Uint32(slots[at*slotSize:]) != 0 {
			at = (at + 1) & uint32(n-1)
		}
		s := slots[at*slotSize:][:slotSize]
		binary.LittleEndian.PutUint32(s, e.Key)
		binary.LittleEndian.PutUint16(s[4:], e.Class)
		s[6] = byte(e.Only)
	}
	return &Dictionary{string(slots), uint32(n - 1)}
}

func openDictionary(data string) (*Dictionary, error) {
	n := len(data) / slotSize
	if n == 0 || len(data)%slotSize != 0 || bits.OnesCount(uint(n)) != 1 {
		return nil, fmt.Errorf("%d bytes are no dictionary", len(data))
	}
	free := false
	for at := 0; at < len(data); at += slotSize {
		free = free || data[at:at+4] == "\x00\x00\x00\x00"
		if int(data[at+6]) >= text.NumTags {
			return nil, fmt.Errorf("the dictionary has the unknown tag %d", data[at+6])
		}
	}
	if !free {
		return nil, fmt.Errorf("the dictionary has no free slot")
	}
	return &Dictionary{data, uint32(n - 1)}, nil
}

// find returns the class and only tag of a word; 0 and NoTag when it is not known.
func (d *Dictionary) find(key uint32) (class uint16, only text.Tag) {
	for at := spread(key) & d.mask; ; at = (at + 1) & d.mask {
		s := d.slots[at*slotSize:][:slotSize]
		switch uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24 {
		case key:
			return uint16(s[4]) | uint16(s[5])<<8, text.Tag(s[6])
		case 0:
			return 0, text.NoTag
		}
	}
}

// spread mixes a key so that its lower bits choose a slot.
func spread(key uint32) uint32 {
	key *= 0x9E3779B1
	return key ^ key>>15
}
