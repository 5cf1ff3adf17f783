// Package formats knows the formats of an export by their names.
package formats

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"hearsay/export"
	"hearsay/export/annotation"
	"hearsay/export/drafts"
	"hearsay/export/ftm"
	"hearsay/export/geojson"
	"hearsay/export/plover"
	"hearsay/export/tables"
	"hearsay/report"
)

// Format is a format of an export.
type Format struct {
	Name      string
	About     string // in a few words
	MediaType string
	Extension string // of its files, with the dot
	Tables    bool   // several files, one a table
	Articles  bool   // it has what articles say
	Incidents bool   // it has incidents across articles
	First     bool   // it has what the first article tells of an incident
	make      func(io.Writer) (export.Writer, error)
}

var all = []Format{
	{Name: "annotations", About: "W3C Web Annotations (JSON-LD)", MediaType: `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`, Extension: ".jsonld", Articles: true,
		make: func(w io.Writer) (export.Writer, error) { return annotation.New(w), nil }},
	{Name: "ftm", About: "FollowTheMoney entities (JSON lines)", MediaType: "application/json+ftm", Extension: ".ftm.json", Articles: true, Incidents: true,
		make: func(w io.Writer) (export.Writer, error) { return ftm.New(w), nil }},
	{Name: tables.CSV, About: "tables as CSV", MediaType: "text/csv", Extension: ".csv", Tables: true, Articles: true, Incidents: true},
	{Name: tables.Parquet, About: "tables as Apache Parquet", MediaType: "application/vnd.apache.parquet", Extension: ".parquet", Tables: true, Articles: true, Incidents: true},
	{Name: "plover", About: "incidents as event records after PLOVER (JSON lines)", MediaType: "application/x-ndjson", Extension: ".jsonl", Incidents: true, First: true,
		make: func(w io.Writer) (export.Writer, error) { return plover.New(w), nil }},
	{Name: "geojson", About: "incidents on a map (GeoJSON)", MediaType: "application/geo+json", Extension: ".geojson", Incidents: true,
		make: func(w io.Writer) (export.Writer, error) { return geojson.New(w), nil }},
	{Name: "claimreview", About: "drafts of fact-checks (ClaimReview, JSON lines)", MediaType: "application/x-ndjson", Extension: ".jsonl", Articles: true,
		make: func(w io.Writer) (export.Writer, error) { return drafts.New(w), nil }},
	{Name: report.HTML, About: "a page that stands by itself", MediaType: "text/html", Extension: ".html", Articles: true, make: ledgers(report.HTML)},
	{Name: report.JSONL, About: "ledgers (JSON lines)", MediaType: "application/x-ndjson", Extension: ".jsonl", Articles: true, make: ledgers(report.JSONL)},
}

// All are the formats.
func All() []Format { return slices.Clone(all) }

// Names are the names of the formats.
func Names() []string {
	var out []string
	for i := range all {
		out = append(out, all[i].Name)
	}
	return out
}

// ByName returns the format with a name.
func ByName(name string) (Format, error) {
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, fmt.Errorf("there is no format %q: it is one of %s", name, strings.Join(Names(), ", "))
	}
	return all[i], nil
}

// File is what the file of a table is called.
func (f *Format) File(table string) string { return table + f.Extension }

// Writer returns a Writer to what open returns for each file: of a format of tables
// the named ones, each in the file that File names; of another a single one, whose name is empty.
func (f *Format) Writer(names []string, open func(file string) (io.Writer, error)) (export.Writer, error) {
	if f.Tables {
		return tables.New(f.Name, names, func(table string) (io.Writer, error) { return open(f.File(table)) })
	}
	w, err := open("")
	if err != nil {
		return nil, err
	}
	return f.make(w)
}

// ledgers makes Writers of a format of package report, which shows whole articles.
func ledgers(format string) func(io.Writer) (export.Writer, error) {
	return func(w io.Writer) (export.Writer, error) {
		r, err := report.New(format, w, report.Options{})
		return reports{r}, err
	}
}

type reports struct{ report.Writer }

func (r reports) Article(a *export.Article) error { return r.Write(a.Ledger) }

func (reports) Incident(*export.Incident) error { return nil }
