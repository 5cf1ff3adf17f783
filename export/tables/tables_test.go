package tables_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"hearsay/export"
	"hearsay/export/exporttest"
	"hearsay/export/tables"
)

// table is a table of CSV by its columns.
type table struct {
	names []string
	rows  [][]string
}

func (b *table) cell(row int, column string) string {
	return b.rows[row][slices.Index(b.names, column)]
}

func write(t *testing.T, names []string, articles []*export.Article, incidents ...*export.Incident) map[string]*table {
	t.Helper()
	files := map[string]*bytes.Buffer{}
	w, err := tables.New(tables.CSV, names, func(name string) (io.Writer, error) {
		files[name] = new(bytes.Buffer)
		return files[name], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		if err := w.Article(a); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range incidents {
		if err := w.Incident(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	out := map[string]*table{}
	for name, file := range files {
		rows, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = &table{rows[0], rows[1:]}
	}
	return out
}

func TestRows(t *testing.T) {
	all := write(t, tables.Names(), []*export.Article{exporttest.Article(), exporttest.Bare()}, exporttest.Incident(), exporttest.Unlocated())
	for name, n := range map[string]int{tables.Articles: 2, tables.Claims: 8, tables.Figures: 2, tables.Techniques: 2, tables.Incidents: 2} {
		if len(all[name].rows) != n {
			t.Errorf("%s has %d rows, not %d", name, len(all[name].rows), n)
		}
	}
	for _, c := range []struct {
		table  string
		row    int
		column string
		want   string
	}{
		{tables.Articles, 0, "article", "orvik-1"},
		{tables.Articles, 0, "byline", "A. Writer; B; Writer"},
		{tables.Articles, 0, "attributed", "6"},
		{tables.Articles, 0, "named", "5"},
		{tables.Articles, 0, "checks", "https://checks.example/1"},
		{tables.Articles, 1, "title", ""},
		{tables.Articles, 1, "characters", "15"},
		{tables.Claims, 0, "start", "0"},
		{tables.Claims, 0, "end", "101"},
		{tables.Claims, 0, "speaker", "Édna Frølich"},
		{tables.Claims, 0, "content", "A blast at Orvik’s “Skål” café killed 4 on Friday […] in a letter"},
		{tables.Claims, 0, "checkworthiness", "0.8125"},
		{tables.Claims, 0, "reasons", "a figure; words of a named source"},
		{tables.Claims, 0, "type", "remote explosive/landmine/ied"},
		{tables.Claims, 1, "speaker", "'=Tarn Front="}, // no formula in a spreadsheet
		{tables.Claims, 3, "score", "-3"},              // and a number stays one
		{tables.Claims, 4, "voice", "article"},
		{tables.Claims, 4, "score", ""},
		{tables.Claims, 5, "naming", "none"},
		{tables.Claims, 6, "techniques", "Name_Calling-Labeling"},
		{tables.Figures, 0, "value", "4"},
		{tables.Figures, 0, "speaker", "Édna Frølich"},
		{tables.Figures, 1, "value", ""},
		{tables.Figures, 1, "high", "15.5"},
		{tables.Figures, 1, "approximate", "true"},
		{tables.Figures, 1, "naming", "none"},
		{tables.Techniques, 0, "speaker", "Ole Brandt"},
		{tables.Techniques, 1, "claim", ""},
		{tables.Incidents, 0, "blamed_on", "Grey League, blamed by Ole Brandt; Grey League, blamed by the article itself, or nobody whom it names"},
		{tables.Incidents, 0, "killed_low", "3"},
		{tables.Incidents, 0, "lon", "-5.25"},
		{tables.Incidents, 1, "lon", ""},
		{tables.Incidents, 1, "killed_best", ""},
	} {
		if got := all[c.table].cell(c.row, c.column); got != c.want {
			t.Errorf("%s, row %d, %s: %q, not %q", c.table, c.row, c.column, got, c.want)
		}
	}
}

func TestOnlyWhatIsWanted(t *testing.T) {
	a := exporttest.Article()
	a.Claims = map[string]bool{"c6": true, "c7": true}
	all := write(t, []string{tables.Claims, tables.Figures, tables.Techniques}, []*export.Article{a}, exporttest.Incident())
	if _, ok := all[tables.Articles]; ok || len(all) != 3 {
		t.Errorf("tables that were not wanted are there: %v", all)
	}
	if len(all[tables.Claims].rows) != 2 || len(all[tables.Figures].rows) != 1 || len(all[tables.Techniques].rows) != 1 {
		t.Errorf("%v", all)
	}
}

func TestNoSuchTable(t *testing.T) {
	open := func(string) (io.Writer, error) { return io.Discard, nil }
	if _, err := tables.New(tables.CSV, []string{"verdicts"}, open); err == nil || !strings.Contains(err.Error(), "articles, claims, figures, techniques, incidents") {
		t.Error(err)
	}
	if _, err := tables.New("xls", []string{tables.Claims}, open); err == nil {
		t.Error("there are tables in xls")
	}
}
