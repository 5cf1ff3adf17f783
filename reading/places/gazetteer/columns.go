package gazetteer

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// Write takes a table apart into columns of bytes, which a compressor makes
// smaller than the table; Open puts it together again. Little-endian, they are
//
//	magic "HGZ2", the rest of the header
//	65,536 × the number of entries of each value of a key's top 16 bits, u16
//	entries × { key less the one before with the same top bits u24, place and form u24 }
//	codes
//	places × { GeoNames id u24, latitude and longitude less those of what it lies in, each i24 with its
//	sign in the lowest bit, region ^ the county's region u16, county u16, kind u8, population less that of the place before u8 }
//
// with of each number of n bytes first all the lowest bytes, then all the next.
// What a place lies in is its county, else its region, else nothing; it
// stands before the place.
const columnsMagic = "HGZ2"

// parent is what the place at, a number of places, is described by the side of, or none.
func parent(region, county uint16, at int) int {
	p := int(county)
	if p == none {
		p = int(region)
	}
	if p >= at {
		return none
	}
	return p
}

// column writes the lowest bytes of numbers, then the next, n in all.
func column(out []byte, n int, numbers []uint32) []byte {
	for b := range n {
		for _, v := range numbers {
			out = append(out, byte(v>>(8*b)))
		}
	}
	return out
}

// takeApart writes the table t as columns.
func takeApart(t *Table) ([]byte, error) {
	entries, places := len(t.entries)/entrySize, t.Len()
	out := []byte(columnsMagic)
	for _, n := range []int{places, len(t.countryCodes) / 2, len(t.regionCodes) / regionCode, entries} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	counts := make([]uint32, 1<<16)
	keys, meanings := make([]uint32, 0, entries), make([]uint32, 0, entries)
	for b := range counts {
		first, end := u32(t.directory, b), u32(t.directory, b+1)
		if counts[b] = end - first; counts[b] >= 1<<16 {
			return nil, fmt.Errorf("writing a gazetteer: %d names begin alike", counts[b])
		}
		last := uint32(0)
		for ; first < end; first++ {
			key := u24(t.entries, int(first)*entrySize)
			keys, last = append(keys, key-last), key
			meanings = append(meanings, u24(t.entries, int(first)*entrySize+3))
		}
	}
	out = column(out, 2, counts)
	out = column(out, 3, keys)
	out = column(out, 3, meanings)
	out = append(out, t.countryCodes...)
	out = append(out, t.regionCodes...)

	var fields [len(fieldSizes)][]uint32
	size := uint32(0)
	for i := range places {
		p := t.places[i*placeSize:][:placeSize]
		region, county := u16(p, 9), u16(p, 11)
		lat, lon := u24(p, 3), u24(p, 6)
		if up := parent(region, county, i); up != none {
			lat -= u24(t.places, up*placeSize+3)
			lon -= u24(t.places, up*placeSize+6)
		}
		within := region
		if county != none && int(county) < i {
			within ^= u16(t.places, int(county)*placeSize+9)
		}
		for f, v := range [...]uint32{u24(p, 0), signLast(lat), signLast(lon), uint32(within), uint32(county), uint32(p[13]), uint32(p[14]) - size} {
			fields[f] = append(fields[f], v)
		}
		size = uint32(p[14])
	}
	for f, n := range fieldSizes {
		out = column(out, n, fields[f])
	}
	return out, nil
}

// fieldSizes are how many bytes the fields of a place take.
var fieldSizes = [...]int{3, 3, 3, 2, 2, 1, 1}

// putTogether makes the bytes of a table of what takeApart wrote.
func putTogether(data string) (string, error) {
	if len(data) < headerSize || data[:len(columnsMagic)] != columnsMagic {
		return "", fmt.Errorf("opening a gazetteer: not one of version %s", columnsMagic)
	}
	head := func(i int) int { return int(u32(data[len(columnsMagic):headerSize], i)) }
	places, countries, regions, entries := head(0), head(1), head(2), head(3)
	codes := countries*2 + regions*regionCode
	if want := headerSize + 2<<16 + entries*entrySize + codes + places*placeSize; len(data) != want {
		return "", fmt.Errorf("opening a gazetteer: %d bytes where its header calls for %d", len(data), want)
	}
	rest := data[headerSize:]
	cut := func(n int) string {
		part := rest[:n]
		rest = rest[n:]
		return part
	}

	counts := [2]string{cut(1 << 16), cut(1 << 16)}
	var of [entrySize]string
	for b := range of {
		of[b] = cut(entries)
	}
	var out strings.Builder
	out.Grow(headerSize + dirSize + entries*entrySize + codes + places*placeSize)
	out.WriteString(magic)
	out.WriteString(data[len(columnsMagic):headerSize])
	count := func(bucket int) int { return int(counts[0][bucket]) + int(counts[1][bucket])<<8 }
	part := make([]byte, 0, 1<<12) // what is put together next: it stays in the processor's first cache
	at := 0
	for b := range 1 << 16 {
		out.Write(binary.LittleEndian.AppendUint32(part, uint32(at)))
		at += count(b)
	}
	out.Write(binary.LittleEndian.AppendUint32(part, uint32(at)))
	if at != entries {
		return "", fmt.Errorf("opening a gazetteer: %d entries where its header calls for %d", at, entries)
	}
	at = 0
	for b := range 1 << 16 {
		key := uint32(0)
		part = part[:0]
		for range count(b) {
			key += uint32(of[0][at]) | uint32(of[1][at])<<8 | uint32(of[2][at])<<16
			part = append(part, byte(key), byte(key>>8), byte(key>>16), of[3][at], of[4][at], of[5][at])
			at++
		}
		out.Write(part)
	}
	out.WriteString(cut(codes))

	var field [placeSize]string
	for b := range field {
		field[b] = cut(places)
	}
	areas := make([]byte, 0, min(places, none)*placeSize) // the places that others may lie in
	size := byte(0)
	for i := range places {
		three := func(b int) uint32 {
			return uint32(field[b][i]) | uint32(field[b+1][i])<<8 | uint32(field[b+2][i])<<16
		}
		region, county := uint16(field[9][i])|uint16(field[10][i])<<8, uint16(field[11][i])|uint16(field[12][i])<<8
		if county != none && int(county) < i {
			region ^= binary.LittleEndian.Uint16(areas[int(county)*placeSize+9:])
		}
		lat, lon := signFirst(three(3)), signFirst(three(6))
		if up := parent(region, county, i); up != none {
			p := areas[up*placeSize:][:placeSize]
			lat += uint32(p[3]) | uint32(p[4])<<8 | uint32(p[5])<<16
			lon += uint32(p[6]) | uint32(p[7])<<8 | uint32(p[8])<<16
		}
		size += field[14][i]
		part = put24(put24(put24(part[:0], three(0)), lat), lon)
		part = binary.LittleEndian.AppendUint16(part, region)
		part = binary.LittleEndian.AppendUint16(part, county)
		part = append(part, field[13][i], size)
		if i < none {
			areas = append(areas, part...)
		}
		out.Write(part)
	}
	return out.String(), nil
}

// signLast moves the sign of an i24 to its lowest bit, so that small numbers
// of either sign have nothing in their higher bytes.
func signLast(v uint32) uint32 {
	n := int32(v<<8) >> 8
	return uint32(n<<1^n>>31) & (1<<24 - 1)
}

// signFirst undoes signLast.
func signFirst(v uint32) uint32 { return v>>1 ^ -(v & 1) }
