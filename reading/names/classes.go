package names

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// Classes puts words into classes by the company they keep, on three levels:
// of like words ("leicestershire, glamorgan"), of like classes, and of those
// again. It does not change: any number of goroutines may use one.
type Classes struct {
	slots  string // each: check u16, class u16; a class of 0 is a free slot
	mask   uint32
	levels string // for each class from 0: its class on the middle level, that on the top one
}

// Class is the class of a word on the three levels, all 0 for an unknown word.
type Class struct {
	Fine        uint16
	Middle, Top uint8
}

// classesMagic begins a file of classes. After it: slots u32, classes u32
// (little-endian), the slots, two bytes for each class.
const (
	classesMagic  = "HNC1"
	classesHeader = len(classesMagic) + 8
	classSlot     = 4
)

// openClasses reads what PackClasses wrote and keeps it.
func openClasses(data string) (*Classes, error) {
	if len(data) < classesHeader || data[:len(classesMagic)] != classesMagic {
		return nil, fmt.Errorf("opening word classes: not a table of version %s", classesMagic)
	}
	h := []byte(data[len(classesMagic):classesHeader])
	slots, classes := uint64(binary.LittleEndian.Uint32(h)), uint64(binary.LittleEndian.Uint32(h[4:]))
	if bits.OnesCount64(slots) != 1 || slots < 1<<16 || uint64(len(data)-classesHeader) != slots*classSlot+classes*2 {
		return nil, fmt.Errorf("opening word classes: %d bytes do not hold %d slots and %d classes", len(data), slots, classes)
	}
	end := classesHeader + int(slots)*classSlot
	c := &Classes{data[classesHeader:end], uint32(slots - 1), data[end:]}
	free := false
	for at := 0; at < len(c.slots); at += classSlot {
		class := int(c.slots[at+2]) | int(c.slots[at+3])<<8
		if class == 0 {
			free = true
		}
		if class > 0 && class >= int(classes) {
			return nil, fmt.Errorf("opening word classes: a word of class %d of %d", class, classes)
		}
	}
	if !free {
		return nil, fmt.Errorf("opening word classes: the table has no free slot")
	}
	return c, nil
}

// Of returns the class of the word whose lower-case form has that text.Hash.
func (c *Classes) Of(lower uint32) Class {
	if c.slots == "" {
		return Class{}
	}
	check := lower >> 16
	for at := classHome(lower) & c.mask; ; at = (at + 1) & c.mask {
		s := c.slots[at*classSlot:][:classSlot]
		fine := uint16(s[2]) | uint16(s[3])<<8
		if fine == 0 {
			return Class{}
		}
		if uint32(s[0])|uint32(s[1])<<8 == check {
			return Class{fine, c.levels[2*fine], c.levels[2*fine+1]}
		}
	}
}

// classHome is where the search for a word begins.
func classHome(lower uint32) uint32 { return lower*0x9E3779B1>>10 ^ lower }

// PackClasses writes a table that Default opens: the class of each word, by
// the text.Hash of its lower-case form, from 1; and for each class, that of
// number 0 not used, its class on the middle level and that on the top one. Of two
// words that collide the earlier one's class stands.
func PackClasses(words []uint32, of []uint16, levels [][2]uint8) ([]byte, error) {
	if len(words) != len(of) || len(levels) > 1<<16 {
		return nil, fmt.Errorf("packing word classes: %d words, %d of them in %d classes", len(words), len(of), len(levels))
	}
	slots := uint32(1 << 16)
	for int(slots)*4 < len(words)*5 { // at most four fifths full
		slots *= 2
	}
	out := []byte(classesMagic)
	out = binary.LittleEndian.AppendUint32(out, slots)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(levels)))
	table := make([]byte, int(slots)*classSlot)
	for i, w := range words {
		if of[i] == 0 || int(of[i]) >= len(levels) {
			return nil, fmt.Errorf("packing word classes: word %d is in class %d of %d", i, of[i], len(levels))
		}
		for at := classHome(w) & (slots - 1); ; at = (at + 1) & (slots - 1) {
			s := table[at*classSlot:][:classSlot]
			if binary.LittleEndian.Uint16(s[2:]) == 0 {
				binary.LittleEndian.PutUint16(s, uint16(w>>16))
				binary.LittleEndian.PutUint16(s[2:], of[i])
				break
			}
			if binary.LittleEndian.Uint16(s) == uint16(w>>16) {
				break
			}
		}
	}
	out = append(out, table...)
	for _, l := range levels {
		out = append(out, l[0], l[1])
	}
	return out, nil
}
