package tables

import (
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
)

// What bounds the memory that a table takes: a row group is held until it is
// written, and each column has a buffer. Readers skip whole groups, so that they
// should not be small either.
const (
	rowsPerGroup  = 16 << 10
	bytesPerGroup = 8 << 20
	bytesPerPage  = 32 << 10
)

// parquetSheet is a table as Apache Parquet, compressed with Zstandard. A column of
// what may be unknown is optional, and one of several values a list.
type parquetSheet[T any] struct {
	w    *parquet.GenericWriter[T]
	rows [1]T // reused

	n, bytes int // in the row group
}

func newParquet[T any](w io.Writer) *parquetSheet[T] {
	return &parquetSheet[T]{w: parquet.NewGenericWriter[T](w, parquet.Compression(&parquet.Zstd), parquet.PageBufferSize(bytesPerPage),
		parquet.CreatedBy("hearsay", "", ""))}
}

func (s *parquetSheet[T]) Write(v *T) error {
	s.rows[0] = *v
	if _, err := s.w.Write(s.rows[:]); err != nil {
		return err
	}
	s.n++
	if s.bytes += size(reflect.ValueOf(v).Elem()); s.n < rowsPerGroup && s.bytes < bytesPerGroup {
		return nil
	}
	s.n, s.bytes = 0, 0
	return s.w.Flush()
}

// size is how many bytes the texts of a row have.
func size(row reflect.Value) (n int) {
	for i := range row.NumField() {
		switch v := row.Field(i).Interface().(type) {
		case string:
			n += len(v)
		case []string:
			for _, s := range v {
				n += len(s)
			}
		}
	}
	return n
}

func (s *parquetSheet[T]) Close() error { return s.w.Close() }
