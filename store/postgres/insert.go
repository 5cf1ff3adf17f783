package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"hearsay/store/rows"
)

// kind is the type of a column.
type kind string

const (
	text   kind = "text"
	bigint kind = "bigint"
	double kind = "double precision"
	binary kind = "bytea"
	// vector is a column of words. The value is a text's words, or the words of
	// two texts, which then are not neighbours.
	vector  kind = "tsvector"
	vectors kind = "tsvector of two"
)

type column struct {
	name string
	kind kind
}

var versionColumns = []column{{"num", bigint}, {"article", bigint}, {"version", bigint}, {"origin", text}, {"given", text}, {"url", text}, {"title", text},
	{"byline", text}, {"site", text}, {"published", text}, {"first", text}, {"last", text}, {"language", text}, {"hash", binary}, {"added", bigint}, {"ledger", binary}}

var textColumns = []column{{"num", bigint}, {"title", text}, {"content", text}, {"words", vectors}}

// textRow is a row of textColumns.
func textRow(num int64, title, content string) []any {
	return []any{num, known(title), content, searchable(content) + "\n" + searchable(title)}
}

// numeric are the columns of rows.Tables that hold numbers.
var numeric = map[string]kind{
	"score": double, "lat": double, "lon": double, "figures.value": double, "low": double, "high": double,
	"mentions": bigint, "geonames": bigint, "approximate": bigint,
	"killed_low": bigint, "killed_best": bigint, "killed_high": bigint, "wounded_low": bigint, "wounded_best": bigint, "wounded_high": bigint,
}

// indexed are the columns of claims that are found by their words, and the
// columns that hold these.
var indexed = [...]struct{ column, words string }{
	{"content", "words"}, {"speakers", "speaker_words"}, {"places", "place_words"}, {"countries", "country_words"},
}

// columnsOf are the columns of rows.Tables: those that say which row of which
// version a row is, those of the ledger, and those of words.
var columnsOf = func() (out [len(rows.Tables)][]column) {
	for i := range rows.Tables {
		t := &rows.Tables[i]
		out[i] = []column{{"version", bigint}, {"seq", bigint}}
		if t.Name == "claims" {
			out[i] = []column{{"num", bigint}, {"version", bigint}}
		}
		for _, name := range t.Columns {
			c := column{name, text}
			for _, key := range [...]string{name, t.Name + "." + name} {
				if k, ok := numeric[key]; ok {
					c.kind = k
				}
			}
			out[i] = append(out[i], c)
		}
		if t.Name == "claims" {
			for _, x := range indexed {
				out[i] = append(out[i], column{x.words, vector})
			}
		}
	}
	return out
}()

// tableRow is a row of columnsOf.
func tableRow(t *rows.Table, version int64, seq int, row []any) []any {
	if t.Name != "claims" {
		return append([]any{version, int64(seq)}, row...)
	}
	_, last := rows.ClaimNumbers(version)
	out := append([]any{last - int64(seq), version}, row...)
	for _, x := range indexed {
		for i, name := range t.Columns {
			if name == x.column {
				out = append(out, wordsIn(row[i]))
			}
		}
	}
	return out
}

// wordsIn are the words of a value, of none if it is unknown.
func wordsIn(value any) any {
	if s, ok := value.(string); ok {
		return searchable(s)
	}
	return nil
}

// insertion inserts many rows with one statement.
type insertion struct {
	table   string
	columns []column
	values  columns
}

func (t *insertion) add(row ...any) {
	if t.values == nil {
		t.values = make(columns, len(t.columns))
	}
	t.values.add(row...)
}

func (t *insertion) exec(ctx context.Context, tx pgx.Tx) error {
	if t.values == nil {
		return nil
	}
	arrays, picked := arraysOf(t.columns)
	_, err := tx.Exec(ctx, fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s", t.table, joined(t.columns), picked, arrays), t.values.all(t.columns)...)
	return err
}

// arraysOf returns an expression that yields rows from arrays, one for each
// column, in parameters, and the expressions that make of them the columns' values.
func arraysOf(list []column) (arrays, picked string) {
	from, pick, names := make([]string, len(list)), make([]string, len(list)), make([]string, len(list))
	for i, c := range list {
		names[i] = fmt.Sprintf("c%d", i)
		array := c.kind
		switch c.kind {
		case vector:
			pick[i], array = fmt.Sprintf("to_tsvector('words', u.c%d)", i), text
		case vectors:
			pick[i], array = fmt.Sprintf("to_tsvector('words', to_jsonb(string_to_array(u.c%d, E'\\n')))", i), text
		case text:
			pick[i] = fmt.Sprintf(`u.c%d COLLATE "C"`, i)
		default:
			pick[i] = "u." + names[i]
		}
		from[i] = fmt.Sprintf("$%d::%s[]", i+1, array)
	}
	return fmt.Sprintf("unnest(%s) AS u (%s)", strings.Join(from, ", "), strings.Join(names, ", ")), strings.Join(pick, ", ")
}

// columns are the values of rows, a column after the other.
type columns [][]any

func (c columns) add(row ...any) {
	for i, v := range row {
		c[i] = append(c[i], v)
	}
}

// all are the columns as arguments.
func (c columns) all(list []column) []any {
	out := make([]any, len(c))
	for i := range c {
		out[i] = c.of(i, list[i].kind)
	}
	return out
}

// of returns a column as an argument that is an array of the given kind.
func (c columns) of(i int, k kind) any {
	switch k {
	case bigint:
		return typed[int64](c[i])
	case double:
		return typed[float64](c[i])
	case binary:
		out := make([][]byte, len(c[i]))
		for n, v := range c[i] {
			out[n], _ = v.([]byte)
		}
		return out
	}
	out := typed[string](c[i])
	for _, p := range out {
		if p != nil {
			*p = escape(*p)
		}
	}
	return out
}

// typed makes pointers of values, nil where there is none.
func typed[T any](values []any) []*T {
	out := make([]*T, len(values))
	for i, v := range values {
		if v, ok := v.(T); ok {
			out[i] = &v
		}
	}
	return out
}
