// Package parquet writes tables as Apache Parquet (with data pages of
// version 1): rows of numbers, truth values, texts and lists of texts, of which
// some may be missing. Values are written one after the other and compressed
// with Zstandard (RFC 8878).
//
// It is a small part of the format, for the libraries of it are larger in a
// program than all else that Hearsay exports; one of them and DuckDB read what it writes
// back in the tests.
package parquet

import (
	"encoding/binary"
	"fmt"
	"io"
	"reflect"

	"github.com/klauspost/compress/zstd"
)

// What bounds the memory that a table takes: a group of rows is held until it
// is written. Readers skip whole groups, so that they should not be small either.
const (
	rowsPerGroup  = 16 << 10
	bytesPerGroup = 8 << 20
)

// window is how far back what packs a column looks. It holds twice as much, and
// by default would hold more than all the rows.
const window = 512 << 10

const (
	magic      = "PAR1"
	plain      = 0 // an encoding: values one after the other
	hybrid     = 3 // an encoding: runs of levels, repeated or packed
	zstandard  = 6 // a codec
	utf8       = 0 // a converted type
	listOf     = 3 // a converted type
	textType   = 1 // a logical type
	listType   = 3 // a logical type
	dataPage   = 0
	versionOne = 1
)

// Writer writes rows of type T: a struct whose fields have a tag
// `parquet:"NAME"`. They are bool, int64, float64 or string; with ",optional"
// after the name *int64, *float64 or string, where nil and "" are null; with ",list" []string.
type Writer[T any] struct {
	w       io.Writer
	written int64
	encoder *zstd.Encoder

	columns []column
	rows    int     // in the group that is being filled
	all     int64   // in all groups
	groups  message // of those written, what the end of the file tells
	n       int     // of those

	page, packed []byte // reused
}

// NewWriter returns a Writer, which has to be closed.
func NewWriter[T any](w io.Writer) (*Writer[T], error) {
	columns, err := columnsOf(reflect.TypeFor[T]())
	if err != nil {
		return nil, err
	}
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window))
	if err != nil {
		return nil, err
	}
	return &Writer[T]{w: w, encoder: e, columns: columns}, nil
}

// Write adds a row, of which it keeps nothing. Texts have to be UTF-8.
func (w *Writer[T]) Write(row *T) error {
	if w.written == 0 {
		if err := w.put([]byte(magic)); err != nil {
			return err
		}
	}
	v := reflect.ValueOf(row).Elem()
	size := 0
	for i := range w.columns {
		w.columns[i].add(v.Field(i))
		size += w.columns[i].size()
	}
	if w.rows++; w.rows < rowsPerGroup && size < bytesPerGroup {
		return nil
	}
	return w.flush()
}

// Close writes what comes after the last row. It does not close what it writes to.
func (w *Writer[T]) Close() error {
	defer w.encoder.Close()
	if w.written == 0 {
		if err := w.put([]byte(magic)); err != nil {
			return err
		}
	}
	if w.rows > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	footer := w.footer()
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(footer)))
	return w.put(append(footer, magic...))
}

func (w *Writer[T]) put(b []byte) error {
	n, err := w.w.Write(b)
	w.written += int64(n)
	return err
}

// flush writes the group of rows that was being filled: a page for each column.
func (w *Writer[T]) flush() error {
	m := &w.groups
	m.begin()
	m.list(1, typeStruct, len(w.columns))
	first, unpacked := w.written, int64(0)
	for i := range w.columns {
		n, err := w.chunk(m, &w.columns[i])
		if err != nil {
			return fmt.Errorf("the column %s: %w", w.columns[i].name, err)
		}
		unpacked += n
		w.columns[i].reset()
	}
	m.i64(2, unpacked)
	m.i64(3, int64(w.rows))
	m.i64(5, first)
	m.i64(6, w.written-first)
	m.end()
	w.n++
	w.all += int64(w.rows)
	w.rows = 0
	return nil
}

// chunk writes the values of a column, and to m what the end of the file tells
// of them. It returns how many bytes they are, header and all, before they are packed.
func (w *Writer[T]) chunk(m *message, c *column) (unpacked int64, err error) {
	w.page = c.page(w.page[:0])
	w.packed = w.encoder.EncodeAll(w.page, w.packed[:0])
	var header message
	header.begin()
	header.i32(1, dataPage)
	header.i32(2, len(w.page))
	header.i32(3, len(w.packed))
	header.structure(5, func() {
		header.i32(1, c.entries)
		header.i32(2, plain)
		header.i32(3, hybrid)
		header.i32(4, hybrid)
	})
	header.end()
	first := w.written
	if err := w.put(header.out); err != nil {
		return 0, err
	}
	if err := w.put(w.packed); err != nil {
		return 0, err
	}
	unpacked = int64(len(header.out) + len(w.page))

	m.begin()
	m.i64(2, first)
	m.structure(3, func() {
		m.i32(1, c.kind)
		m.list(2, typeI32, 2)
		m.number(plain)
		m.number(hybrid)
		path := c.path()
		m.list(3, typeBinary, len(path))
		for _, name := range path {
			m.bytes(name)
		}
		m.i32(4, zstandard)
		m.i64(5, int64(c.entries))
		m.i64(6, unpacked)
		m.i64(7, w.written-first)
		m.i64(9, first)
		m.structure(12, func() {
			m.i64(3, int64(c.nulls))
			if least, most, ok := c.bounds(); ok {
				m.binary(5, most)
				m.binary(6, least)
			}
		})
	})
	m.end()
	return unpacked, nil
}

// footer is what the end of the file tells: the schema, and where everything is.
func (w *Writer[T]) footer() []byte {
	elements := 1
	for i := range w.columns {
		elements += len(w.columns[i].path())
	}
	var m message
	m.begin()
	m.i32(1, versionOne)
	m.list(2, typeStruct, elements)
	m.begin()
	m.binary(4, "schema")
	m.i32(5, len(w.columns))
	m.end()
	for i := range w.columns {
		schema(&m, &w.columns[i])
	}
	m.i64(3, w.all)
	m.list(4, typeStruct, w.n)
	m.out = append(m.out, w.groups.out...)
	m.binary(6, "hearsay")
	m.list(7, typeStruct, len(w.columns))
	for range w.columns {
		m.begin()
		m.structure(1, func() {}) // bounds are in the order of the column's type
		m.end()
	}
	m.end()
	return m.out
}

// schema writes a column of the schema: a list is a group of a repeated group
// of elements.
func schema(m *message, c *column) {
	name, repetition := c.name, c.repetition
	if c.repetition == repeated {
		group(m, name, required, true)
		group(m, "list", repeated, false)
		name, repetition = "element", required
	}
	m.begin()
	m.i32(1, c.kind)
	m.i32(3, repetition)
	m.binary(4, name)
	if c.kind == byteArray {
		m.i32(6, utf8)
		m.structure(10, func() { m.structure(textType, func() {}) })
	}
	m.end()
}

// group writes a group with one member.
func group(m *message, name string, repetition int, isList bool) {
	m.begin()
	m.i32(3, repetition)
	m.binary(4, name)
	m.i32(5, 1)
	if isList {
		m.i32(6, listOf)
		m.structure(10, func() { m.structure(listType, func() {}) })
	}
	m.end()
}
