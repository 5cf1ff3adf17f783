package parquet

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"strings"
)

// The physical types of a column.
const (
	boolean   = 0
	int64s    = 2
	double    = 5
	byteArray = 6
)

// How often a column has a value in a row.
const (
	required = 0
	optional = 1
	repeated = 2
)

// column is one column of the row group that is being filled.
type column struct {
	name       string
	kind       int // its physical type
	repetition int // repeated is a list of values that are each there

	entries int    // values, and an entry for each that is missing and each list that is empty
	nulls   int    // entries without a value
	values  []byte // in the encoding PLAIN
	present bits   // of each entry: whether there is a value
	goesOn  bits   // of each entry: whether it goes on with the list of the one before

	ints  bounds[int64]
	texts bounds[string]
	long  bool // a text is longer than bounds should be
}

// columnsOf are the columns of rows of a type: its fields, with the names in
// their tags.
func columnsOf(t reflect.Type) ([]column, error) {
	columns := make([]column, t.NumField())
	for i := range columns {
		f := t.Field(i)
		name, option, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		c := column{name: name, repetition: required}
		of := f.Type
		switch {
		case of.Kind() == reflect.Slice && option == "list":
			c.repetition, of = repeated, of.Elem()
		case of.Kind() == reflect.Pointer && option == "optional":
			c.repetition, of = optional, of.Elem()
		case of.Kind() == reflect.String && option == "optional":
			c.repetition = optional
		case option != "":
			return nil, fmt.Errorf("a column of Parquet: the field %s of type %s is %q", f.Name, f.Type, option)
		}
		switch of.Kind() {
		case reflect.Bool:
			c.kind = boolean
		case reflect.Int64:
			c.kind = int64s
		case reflect.Float64:
			c.kind = double
		case reflect.String:
			c.kind = byteArray
		default:
			return nil, fmt.Errorf("a column of Parquet: the field %s is of type %s", f.Name, f.Type)
		}
		if c.kind == boolean && c.repetition != required || name == "" {
			return nil, fmt.Errorf("a column of Parquet: the field %s of type %s has the tag %q", f.Name, f.Type, f.Tag)
		}
		columns[i] = c
	}
	return columns, nil
}

// add adds the value of one row.
func (c *column) add(v reflect.Value) {
	switch {
	case c.repetition == repeated:
		for i := range v.Len() {
			c.goesOn.add(c.entries, i > 0)
			c.present.add(c.entries, true)
			c.put(v.Index(i))
		}
		if v.Len() > 0 {
			return
		}
		c.goesOn.add(c.entries, false)
	case v.Kind() == reflect.Pointer && !v.IsNil():
		c.present.add(c.entries, true)
		c.put(v.Elem())
		return
	case c.repetition == required || v.Kind() == reflect.String && v.Len() > 0:
		c.present.add(c.entries, true)
		c.put(v)
		return
	}
	c.present.add(c.entries, false)
	c.entries++
	c.nulls++
}

// put adds a value that is there.
func (c *column) put(v reflect.Value) {
	switch c.kind {
	case boolean:
		flags := bits(c.values)
		flags.add(c.entries, v.Bool())
		c.values = flags
	case int64s:
		c.values = binary.LittleEndian.AppendUint64(c.values, uint64(v.Int()))
		c.ints.add(v.Int())
	case double:
		c.values = binary.LittleEndian.AppendUint64(c.values, math.Float64bits(v.Float()))
	case byteArray:
		text := v.String()
		c.values = binary.LittleEndian.AppendUint32(c.values, uint32(len(text)))
		c.values = append(c.values, text...)
		if c.long = c.long || len(text) > longest; !c.long {
			c.texts.add(text)
		}
	}
	c.entries++
}

// reset empties the column for the next row group.
func (c *column) reset() {
	*c = column{name: c.name, kind: c.kind, repetition: c.repetition, values: c.values[:0], present: c.present[:0], goesOn: c.goesOn[:0]}
}

// size is how much memory the column's values take.
func (c *column) size() int { return len(c.values) + len(c.present) + len(c.goesOn) }

// page is what the page of the column holds: whether each entry goes on with a
// list, whether it is there, and the values that are.
func (c *column) page(out []byte) []byte {
	if c.repetition == repeated {
		out = c.goesOn.level(out, c.entries)
	}
	if c.repetition != required {
		out = c.present.level(out, c.entries)
	}
	return append(out, c.values...)
}

// path is where the column stands in the schema.
func (c *column) path() []string {
	if c.repetition == repeated {
		return []string{c.name, "list", "element"}
	}
	return []string{c.name}
}

// longest is the length of texts in bytes above which it is not said between
// which texts those of a column lie: nobody leaves groups of rows out by those.
const longest = 64

// bounds are the least and the greatest value in the encoding PLAIN, of texts
// without their length; ok is false where they are not known.
func (c *column) bounds() (least, most string, ok bool) {
	number := func(v int64) string { return string(binary.LittleEndian.AppendUint64(nil, uint64(v))) }
	switch {
	case c.kind == int64s && c.ints.known:
		return number(c.ints.least), number(c.ints.most), true
	case c.kind == byteArray && c.texts.known && !c.long:
		return c.texts.least, c.texts.most, true
	}
	return "", "", false // of doubles too: what is no number and zeros of either sign have no order
}

// bounds are the least and the greatest of the values added.
type bounds[T cmp.Ordered] struct {
	least, most T
	known       bool
}

func (b *bounds[T]) add(v T) {
	if !b.known {
		*b = bounds[T]{v, v, true}
		return
	}
	b.least, b.most = min(b.least, v), max(b.most, v)
}

// bits are flags, the first in the lowest bit of the first byte.
type bits []byte

// add adds the flag with a number, to those with all lower ones.
func (b *bits) add(i int, flag bool) {
	if i%8 == 0 {
		*b = append(*b, 0)
	}
	if flag {
		(*b)[i/8] |= 1 << (i % 8)
	}
}

// level appends n flags as levels of one bit, in the hybrid encoding with
// their length before them: all of them in one run that is packed.
func (b bits) level(out []byte, n int) []byte {
	at := len(out)
	out = append(out, 0, 0, 0, 0)
	out = binary.AppendUvarint(out, uint64((n+7)/8)<<1|1)
	out = append(out, b...)
	binary.LittleEndian.PutUint32(out[at:], uint32(len(out)-at-4))
	return out
}
