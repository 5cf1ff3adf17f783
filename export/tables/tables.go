package tables

import (
	"cmp"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay/export"
	"hearsay/export/tables/parquet"
)

// Sheet writes the rows of one table.
type Sheet[T any] interface {
	// Write writes a row. It keeps nothing of it.
	Write(*T) error
	// Close writes what comes after the last row.
	Close() error
}

// The formats of tables. In Parquet a column of what may be unknown is
// optional, and one of several values a list.
const (
	CSV     = "csv"
	Parquet = "parquet"
)

// Writer writes tables.
type Writer struct {
	articles   Sheet[Article]
	claims     Sheet[Claim]
	figures    Sheet[Figure]
	techniques Sheet[Technique]
	incidents  Sheet[Incident]
}

// New returns a Writer of the tables with some names, each in a format and to
// what open returns for its name.
func New(format string, names []string, open func(table string) (io.Writer, error)) (*Writer, error) {
	var w Writer
	for _, name := range names {
		out, err := open(name)
		if err != nil {
			return nil, err
		}
		switch name {
		case Articles:
			w.articles, err = sheet[Article](format, out)
		case Claims:
			w.claims, err = sheet[Claim](format, out)
		case Figures:
			w.figures, err = sheet[Figure](format, out)
		case Techniques:
			w.techniques, err = sheet[Technique](format, out)
		case Incidents:
			w.incidents, err = sheet[Incident](format, out)
		default:
			err = fmt.Errorf("there is no table %q: it is one of %s", name, strings.Join(Names(), ", "))
		}
		if err != nil {
			return nil, err
		}
	}
	return &w, nil
}

func sheet[T any](format string, w io.Writer) (Sheet[T], error) {
	switch format {
	case CSV:
		return newCSV[T](w)
	case Parquet:
		return parquet.NewWriter[T](w)
	}
	return nil, fmt.Errorf("there are no tables in the format %q", format)
}

// Article writes the rows of an article: of its claims, and of the figures and
// techniques in them, those that are wanted.
func (w *Writer) Article(a *export.Article) error {
	r := newReader(a)
	if err := put(w.articles, r.article); err != nil {
		return err
	}
	l := a.Ledger
	for i := range l.Claims {
		c := &l.Claims[i]
		if !a.Wants(c.ID) {
			continue
		}
		if err := put(w.claims, func() Claim { return r.claim(c) }); err != nil {
			return err
		}
	}
	for i := range l.Figures {
		f := &l.Figures[i]
		if !a.Whole() && !a.Wants(f.Claim) {
			continue
		}
		if err := put(w.figures, func() Figure { return r.figure(f) }); err != nil {
			return err
		}
	}
	for i := range l.Techniques {
		t := &l.Techniques[i]
		if !a.Whole() && !a.Wants(t.Claim) {
			continue
		}
		if err := put(w.techniques, func() Technique { return r.technique(t) }); err != nil {
			return err
		}
	}
	return nil
}

// Incident writes the row of an incident.
func (w *Writer) Incident(n *export.Incident) error {
	return put(w.incidents, func() Incident { return incidentRow(n) })
}

// Close ends each table.
func (w *Writer) Close() error {
	return cmp.Or(end(w.articles), end(w.claims), end(w.figures), end(w.techniques), end(w.incidents))
}

func put[T any](s Sheet[T], row func() T) error {
	if s == nil {
		return nil
	}
	v := row()
	makeValid(reflect.ValueOf(&v).Elem())
	return s.Write(&v)
}

// makeValid puts U+FFFD in the place of what is no UTF-8 in a row: a text may have
// any bytes, and a table may not.
func makeValid(row reflect.Value) {
	for i := range row.NumField() {
		switch f := row.Field(i); v := f.Interface().(type) {
		case string:
			if !utf8.ValidString(v) {
				f.SetString(strings.ToValidUTF8(v, "\uFFFD"))
			}
		case []string:
			if !slices.ContainsFunc(v, func(s string) bool { return !utf8.ValidString(s) }) {
				continue
			}
			valid := make([]string, len(v)) // the list is the ledger's
			for i := range v {
				valid[i] = strings.ToValidUTF8(v[i], "\uFFFD")
			}
			f.Set(reflect.ValueOf(valid))
		}
	}
}

func end[T any](s Sheet[T]) error {
	if s == nil {
		return nil
	}
	return s.Close()
}
