package linear

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"strings"
)

// Open puts a table together from bytes that Freeze wrote. The table keeps
// nothing of data.
func Open(data string) (*Table, error) {
	if len(data) < headerSize || data[:len(magic)] != magic {
		return nil, fmt.Errorf("opening a linear model: not a table of version %s: it has to be trained anew", magic)
	}
	header := func(i int) uint32 { return u32(data[len(magic):], i) }
	labels, slots, features, rows, weights := int(header(0)), int(header(1)), int(header(2)), int(header(3)), int(header(4))
	if labels < 1 || labels > 256 || bits.OnesCount(uint(slots)) != 1 || features >= slots || rows > features || weights > len(data) ||
		labels <= denseLabels && rows+weights != 0 {
		return nil, fmt.Errorf("opening a linear model: a table of %d labels, %d slots, %d features", labels, slots, features)
	}
	marksSize, columns := (slots+7)/8, columnsOf(labels)
	if want := headerSize + marksSize + features*(4+columns) + rows + 2*weights; len(data) != want {
		return nil, fmt.Errorf("opening a linear model: %d bytes where its header calls for %d", len(data), want)
	}
	t := &Table{labels: labels, stride: strideOf(labels), bounded: bounded(labels), mask: uint64(slots - 1), scale: math.Float32frombits(header(5))}
	rest := data[headerSize:]
	cut := func(n int) string {
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	marks, checks := cut(marksSize), cut(4*features)
	taken := 0
	for i := range len(marks) {
		taken += bits.OnesCount8(marks[i])
	}
	if taken != features || slots < 8 && marks[0]>>slots != 0 {
		return nil, fmt.Errorf("opening a linear model: %d slots are taken by %d features", taken, features)
	}
	body := make([]string, columns)
	for c := range body {
		body[c] = cut(features)
	}
	var offsets []uint32
	if labels > denseLabels {
		var err error
		if t.rows, offsets, err = joinRows(cut(rows), cut(weights), cut(weights), labels); err != nil {
			return nil, err
		}
	}
	var err error
	t.slots, err = t.join(marks, checks, body, offsets)
	return t, err
}

// chunk is how many slots are put together at a time: few enough to stay in
// the processor's first cache while one column after the other goes into them.
const chunk = 512

// join puts the columns of the slots that are taken into slots, one after the
// other and the free ones between them.
func (t *Table) join(marks, checks string, body []string, offsets []uint32) (string, error) {
	var out strings.Builder
	out.Grow(int(t.mask+1) * t.stride)
	part := make([]byte, min(chunk, int(t.mask+1))*t.stride)
	var (
		places [chunk]uint32 // in part, of the slots that are taken
		done   int           // features
		row    uint32        // the last new one
	)
	for len(marks) > 0 {
		n := 0
		for i := range min(chunk/8, len(marks)) {
			for m := marks[i]; m != 0; m &= m - 1 {
				places[n] = uint32((8*i + bits.TrailingZeros8(m)) * t.stride)
				n++
			}
		}
		marks = marks[min(chunk/8, len(marks)):]
		clear(part)
		for i, at := range places[:n] {
			binary.LittleEndian.PutUint32(part[at:], u32(checks, done+i))
		}
		if offsets != nil {
			low, middle, high := body[0][done:done+n], body[1][done:done+n], body[2][done:done+n]
			for i, at := range places[:n] {
				number := uint32(low[i]) | uint32(middle[i])<<8 | uint32(high[i])<<16
				if number == 0 {
					row++
					number = row
				}
				if number > row || int(number) > len(offsets) {
					return "", fmt.Errorf("opening a linear model: it has no row %d", number)
				}
				binary.LittleEndian.PutUint32(part[at+4:], offsets[number-1])
			}
		} else {
			for c, column := range body {
				within := uint32(4 + c)
				if c == t.labels { // how far a search goes
					within = uint32(t.stride - 1)
				}
				column = column[done : done+n]
				for i, at := range places[:n] {
					part[at+within] = column[i]
				}
			}
		}
		done += n
		out.Write(part)
	}
	return out.String(), nil
}

// joinRows puts sparse rows together, and says where each begins.
func joinRows(lengths, gaps, weights string, labels int) (rows string, offsets []uint32, err error) {
	var out strings.Builder
	out.Grow(len(lengths) + 2*len(weights))
	offsets = make([]uint32, 0, len(lengths)+1)
	var row [1 + 2*math.MaxUint8]byte
	at := 0
	for i := range len(lengths) {
		n := int(lengths[i])
		if n > len(weights)-at {
			return "", nil, fmt.Errorf("opening a linear model: its rows are cut off")
		}
		offsets = append(offsets, uint32(out.Len()))
		row[0] = lengths[i]
		label := 0
		for k := range n {
			label += int(gaps[at+k])
			if label >= labels {
				return "", nil, fmt.Errorf("opening a linear model: a weight of label %d of %d", label, labels)
			}
			row[1+2*k], row[2+2*k] = byte(label), weights[at+k]
		}
		out.Write(row[:1+2*n])
		at += n
	}
	if at != len(weights) {
		return "", nil, fmt.Errorf("opening a linear model: %d weights in rows that hold %d", len(weights), at)
	}
	return out.String(), offsets, nil
}

func u32(s string, i int) uint32 {
	return uint32(s[4*i]) | uint32(s[4*i+1])<<8 | uint32(s[4*i+2])<<16 | uint32(s[4*i+3])<<24
}
