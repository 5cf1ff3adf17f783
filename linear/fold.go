package linear

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"strings"
)

// fold leaves the free slots out of a table.
func fold(table []byte) []byte {
	stride := int(binary.LittleEndian.Uint16(table[6:]))
	slots := int(binary.LittleEndian.Uint32(table[8:]))
	out := append([]byte(magicFolded), table[len(magic):headerSize]...)
	out = append(out, make([]byte, (slots+7)/8)...)
	for at := range slots {
		if s := table[headerSize+at*stride:][:stride]; binary.LittleEndian.Uint32(s) != 0 {
			out[headerSize+at/8] |= 1 << (at % 8)
			out = append(out, s...)
		}
	}
	return append(out, table[headerSize+slots*stride:]...)
}

// unfold puts the free slots back.
func unfold(data string) (string, error) {
	if len(data) < headerSize {
		return "", fmt.Errorf("opening a linear model: cut short")
	}
	header := []byte(data[:headerSize])
	stride := int(binary.LittleEndian.Uint16(header[6:]))
	slots := int(binary.LittleEndian.Uint32(header[8:]))
	rows := int(binary.LittleEndian.Uint32(header[16:]))
	size := (slots + 7) / 8
	if len(data) < headerSize+size {
		return "", fmt.Errorf("opening a linear model: cut short")
	}
	marks, rest := data[headerSize:headerSize+size], data[headerSize+size:]
	taken := 0
	for i := range len(marks) {
		taken += bits.OnesCount8(marks[i])
	}
	if len(rest) != taken*stride+rows {
		return "", fmt.Errorf("opening a linear model: %d bytes do not hold %d slots of %d bytes and %d bytes of rows", len(rest), taken, stride, rows)
	}
	isTaken := func(at int) bool { return marks[at/8]>>(at%8)&1 != 0 }
	free := strings.Repeat("\x00", stride)
	var out strings.Builder
	out.Grow(headerSize + slots*stride + rows)
	out.WriteString(magic)
	out.Write(header[len(magic):])
	for at := 0; at < slots; {
		from := at
		for at < slots && isTaken(at) {
			at++
		}
		n := min((at-from)*stride, len(rest)) // less only if marks are of slots that there are not
		out.WriteString(rest[:n])
		rest = rest[n:]
		for ; at < slots && !isTaken(at); at++ {
			out.WriteString(free)
		}
	}
	out.WriteString(rest)
	return out.String(), nil // Open looks at its length
}
