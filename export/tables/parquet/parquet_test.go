package parquet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	reference "github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"hearsay/export/tables/parquet"
)

type row struct {
	ID       string   `parquet:"id"`
	Place    string   `parquet:"place,optional"`
	Speakers []string `parquet:"speakers,list"`
	Start    int64    `parquet:"start"`
	Killed   *int64   `parquet:"killed,optional"`
	Score    float64  `parquet:"score"`
	Lat      *float64 `parquet:"lat,optional"`
	Denied   bool     `parquet:"denied"`
}

func write[T any](t interface{ Fatal(...any) }, rows []T) []byte {
	var out bytes.Buffer
	w, err := parquet.NewWriter[T](&out)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := w.Write(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readBack[T any](t interface{ Fatal(...any) }, file []byte) []T {
	rows, err := reference.Read[T](bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// same reports whether rows are the same but for lists that are empty and lists
// that there are not, which are one to a table.
func same(a, b []row) bool {
	return slices.EqualFunc(a, b, func(a, b row) bool {
		if len(a.Speakers)+len(b.Speakers) == 0 {
			a.Speakers, b.Speakers = nil, nil
		}
		return reflect.DeepEqual(a, b)
	})
}

// TestLibraryReadsWhatIsWritten checks that a library of others reads any rows
// back as they were.
func TestLibraryReadsWhatIsWritten(t *testing.T) {
	text := rapid.StringN(0, 20, 80)
	gen := rapid.Custom(func(t *rapid.T) row {
		return row{
			ID: text.Draw(t, "id"), Place: text.Draw(t, "place"), Speakers: rapid.SliceOfN(text, 0, 4).Draw(t, "speakers"),
			Start: rapid.Int64().Draw(t, "start"), Killed: rapid.Ptr(rapid.Int64(), true).Draw(t, "killed"),
			Score: rapid.Float64().Draw(t, "score"), Lat: rapid.Ptr(rapid.Float64(), true).Draw(t, "lat"), Denied: rapid.Bool().Draw(t, "denied"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(gen, 0, 40).Draw(t, "rows")
		if got := readBack[row](t, write(t, rows)); !same(got, rows) {
			t.Fatalf("%+v came back as %+v", rows, got)
		}
	})
}

// TestManyRowsAreSeveralGroups writes more than one group holds, of rows and of bytes.
func TestManyRowsAreSeveralGroups(t *testing.T) {
	killed := int64(3)
	for name, c := range map[string]struct {
		rows, groups int
		text         string
	}{
		"rows":  {rows: 40_000, groups: 3},
		"bytes": {rows: 25, groups: 3, text: strings.Repeat("the quay ", 100_000)},
	} {
		rows := make([]row, c.rows)
		for i := range rows {
			rows[i] = row{ID: fmt.Sprint("r", i), Start: int64(i), Place: c.text}
			if i%3 == 0 {
				rows[i].Killed, rows[i].Speakers = &killed, []string{"Ole Brandt", "", "Ane Holt"}
			}
		}
		file := write(t, rows)
		if got := readBack[row](t, file); !same(got, rows) {
			t.Errorf("%s: they do not come back", name)
		}
		f, err := reference.OpenFile(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(f.RowGroups()); n != c.groups {
			t.Errorf("%s: %d groups, not %d", name, n, c.groups)
		}
	}
}

// TestBoundsAndNulls checks what a reader leaves groups out by.
func TestBoundsAndNulls(t *testing.T) {
	killed := int64(-4)
	long := strings.Repeat("x", 100)
	file := write(t, []row{{ID: "b", Start: 7}, {ID: "a", Start: -1, Place: long, Killed: &killed}, {ID: "ab", Start: 300}})
	f, err := reference.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	number := func(v int64) string { return string(reference.Int64Value(v).Bytes()) }
	want := map[string]struct {
		least, most string
		nulls       int64
	}{
		"id": {"a", "b", 0}, "place": {"", "", 2}, "speakers.list.element": {"", "", 3}, "start": {number(-1), number(300), 0},
		"killed": {number(-4), number(-4), 2}, "score": {"", "", 0}, "lat": {"", "", 3}, "denied": {"", "", 0},
	}
	columns := f.Metadata().RowGroups[0].Columns
	if len(columns) != len(want) {
		t.Errorf("%d columns", len(columns))
	}
	for _, c := range columns {
		name := strings.Join(c.MetaData.PathInSchema, ".")
		s, w := c.MetaData.Statistics, want[name]
		if string(s.MinValue) != w.least || string(s.MaxValue) != w.most || s.NullCount != w.nulls {
			t.Errorf("%s: %q to %q and %d nulls, not %q to %q and %d", name, s.MinValue, s.MaxValue, s.NullCount, w.least, w.most, w.nulls)
		}
	}
}

func TestWhatIsNoColumn(t *testing.T) {
	for _, err := range []error{
		second(parquet.NewWriter[struct{ A string }](nil)),
		second(parquet.NewWriter[struct {
			A int64 `parquet:"a,optional"`
		}](nil)),
		second(parquet.NewWriter[struct {
			A []string `parquet:"a"`
		}](nil)),
		second(parquet.NewWriter[struct {
			A *bool `parquet:"a,optional"`
		}](nil)),
		second(parquet.NewWriter[struct {
			A int32 `parquet:"a"`
		}](nil)),
	} {
		if err == nil {
			t.Error("it was taken for a column")
		}
	}
}

func second[T any](_ T, err error) error { return err }

// full takes so many bytes and no more.
type full struct{ left int }

var errFull = errors.New("no space left")

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestErrorsOfTheFile(t *testing.T) {
	size := len(write(t, []row{{ID: "a"}}))
	for _, left := range []int{0, 4, 40, size - 1, size} {
		w, err := parquet.NewWriter[row](io.Writer(&full{left}))
		if err != nil {
			t.Fatal(err)
		}
		err = errors.Join(w.Write(&row{ID: "a"}), w.Close())
		if errors.Is(err, errFull) != (left < size) {
			t.Errorf("with room for %d bytes of %d: %v", left, size, err)
		}
	}
}
