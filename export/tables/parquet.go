package tables

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

// rowsPerGroup bounds the memory that a table takes: a row group is held until it
// is written. Readers skip whole groups, so they should not be small either.
const rowsPerGroup = 16 << 10

// parquetSheet is a table as Apache Parquet, compressed with Zstandard. A column of
// what may be unknown is optional, and one of several values a list.
type parquetSheet[T any] struct {
	w    *parquet.GenericWriter[T]
	rows [1]T // reused
	n    int
}

func newParquet[T any](w io.Writer) *parquetSheet[T] {
	return &parquetSheet[T]{w: parquet.NewGenericWriter[T](w, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("hearsay", "", ""))}
}

func (s *parquetSheet[T]) Write(v *T) error {
	s.rows[0] = *v
	if _, err := s.w.Write(s.rows[:]); err != nil {
		return err
	}
	if s.n++; s.n%rowsPerGroup == 0 {
		return s.w.Flush()
	}
	return nil
}

func (s *parquetSheet[T]) Close() error { return s.w.Close() }
