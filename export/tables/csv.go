package tables

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"hearsay/report"
)

// csvSheet is a table as CSV (RFC 4180) with a row of names first. The values of a
// list are joined by "; ". What a spreadsheet would take for a formula has an
// apostrophe put before it, see report.CSV; numbers are left as they are.
type csvSheet[T any] struct {
	w   *csv.Writer
	row []string // reused
}

func newCSV[T any](w io.Writer) (*csvSheet[T], error) {
	s := &csvSheet[T]{w: csv.NewWriter(w)}
	t := reflect.TypeFor[T]()
	var names []string
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("parquet"), ",")
		names = append(names, name)
	}
	s.row = make([]string, len(names))
	return s, s.w.Write(names)
}

func (s *csvSheet[T]) Write(v *T) error {
	row := reflect.ValueOf(v).Elem()
	for i := range s.row {
		s.row[i] = cell(row.Field(i).Interface())
	}
	return s.w.Write(s.row)
}

func (s *csvSheet[T]) Close() error {
	s.w.Flush()
	return s.w.Error()
}

// cell writes the value of a field of a row.
func cell(v any) string {
	switch v := v.(type) {
	case string:
		return report.Cell(v)
	case []string:
		return report.Cell(strings.Join(v, "; "))
	case int64:
		return strconv.FormatInt(v, 10)
	case *int64:
		if v == nil {
			return ""
		}
		return strconv.FormatInt(*v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case *float64:
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	panic(fmt.Sprintf("tables: a row has a field of the type %T", v))
}
