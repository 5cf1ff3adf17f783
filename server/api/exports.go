package api

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"hearsay/export"
	"hearsay/export/formats"
	"hearsay/export/source"
	"hearsay/export/tables"
	"hearsay/store"
)

const (
	exportTime  = 10 * time.Minute
	mostExports = 4                // at a time
	stall       = 30 * time.Second // how long one who takes an export may take nothing
)

// FormatName is a format of an export as a parameter.
type FormatName string

// Schema lists the formats.
func (FormatName) Schema(huma.Registry) *huma.Schema { return oneOf(formats.Names()) }

// TableName is a table of an export as a parameter.
type TableName string

// Schema lists the tables.
func (TableName) Schema(huma.Registry) *huma.Schema { return oneOf(tables.Names()) }

func oneOf(names []string) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, n := range names {
		s.Enum = append(s.Enum, n)
	}
	s.PrecomputeMessages()
	return s
}

func (a *API) registerExports() {
	content := map[string]*huma.MediaType{}
	for _, f := range formats.All() {
		kind, _, _ := strings.Cut(f.MediaType, ";")
		content[kind] = &huma.MediaType{}
	}
	register(a, operation{time: exportTime, audit: string(store.DidExport), Operation: huma.Operation{OperationID: "export", Method: http.MethodGet, Path: "/exports/{format}", Tags: []string{"exports"}, Summary: "Pass on what is selected in the format of another program",
		Description: "What is passed on keeps who says it. It streams, whatever its size: where it breaks off the connection does too. Articles are those with a claim that is selected, each with these claims only (html and jsonl show articles whole). Of csv and parquet one table at a time is given.",
		Responses:   map[string]*huma.Response{"200": {Description: "The export, as a file.", Content: content}}}},
		func(ctx context.Context, in *struct {
			Format FormatName `path:"format"`
			Table  TableName  `query:"table" doc:"Of csv and parquet: which table."`
			Query  string     `query:"q" minLength:"1" maxLength:"1000" doc:"Claims with these words."`
			Published
			Happened
			About
			Gathered
		}) (*huma.StreamResponse, error) {
			format, err := formats.ByName(string(in.Format))
			if err != nil {
				return nil, refuse(http.StatusBadRequest, err.Error())
			}
			if err := plain("q", in.Query); err != nil {
				return nil, err
			}
			x := exporting{API: a, format: format, query: in.Query, table: string(in.Table), articles: format.Articles, incidents: format.Incidents}
			switch {
			case format.Tables && in.Table == "":
				return nil, refuse(http.StatusBadRequest, "There are several tables: name one with the parameter table.")
			case !format.Tables && in.Table != "":
				return nil, refuse(http.StatusBadRequest, "The parameter table is for csv and parquet.")
			case format.Tables:
				x.incidents = in.Table == tables.Incidents
				x.articles = !x.incidents
			}
			if x.incidents && in.Query != "" {
				return nil, refuse(http.StatusBadRequest, "The parameter q selects claims, and this has incidents, which are not selected by words.")
			}
			f, err := filter(&in.Published, &in.Happened, &in.About)
			if err != nil {
				return nil, err
			}
			if x.search, err = in.search(f); err != nil {
				return nil, err
			}
			select {
			case a.exports <- struct{}{}:
			default:
				return nil, refuse(http.StatusServiceUnavailable, "Too many exports are being written at present. Try again later.")
			}
			return &huma.StreamResponse{Body: func(hc huma.Context) {
				defer func() { <-a.exports }()
				x.stream(hc)
			}}, nil
		})
}

// exporting is an export that is being written.
type exporting struct {
	*API
	format              formats.Format
	query, table        string
	search              store.Search
	articles, incidents bool
}

// stream writes the export. What goes wrong before anything was sent is a problem; what goes wrong
// later breaks the connection off, so that nobody takes a part for the whole.
func (x *exporting) stream(hc huma.Context) {
	r, w := humago.Unwrap(hc)
	to := &flow{w: w, control: http.NewResponseController(w), kind: x.format.MediaType, name: cmp.Or(x.table, "export") + x.format.Extension}
	out := bufio.NewWriterSize(to, 64<<10)
	err := x.write(r.Context(), out)
	if err == nil {
		err = out.Flush()
	}
	switch {
	case err == nil && !to.begun:
		to.begin()
	case err == nil:
	case to.begun:
		x.Log.WarnContext(r.Context(), "export broken off", "error", err)
		panic(http.ErrAbortHandler)
	default:
		p, ok := x.problem(r.Context(), "export", err).(huma.StatusError)
		if !ok {
			p = huma.Error503ServiceUnavailable("It was broken off. Try again in a moment.")
		}
		write(w, p.GetStatus(), p.Error())
	}
}

func (x *exporting) write(ctx context.Context, to io.Writer) error {
	w, err := x.format.Writer(slices.DeleteFunc(tables.Names(), func(n string) bool { return n != x.table }), func(string) (io.Writer, error) { return to, nil })
	if err != nil {
		return err
	}
	if x.articles {
		for article, err := range source.Articles(ctx, x.Store, x.query, x.search.Filter.Filter) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			if err := w.Article(article); err != nil {
				return err
			}
		}
	}
	if x.incidents {
		if err := x.writeIncidents(ctx, w); err != nil {
			return err
		}
	}
	return w.Close()
}

func (x *exporting) writeIncidents(ctx context.Context, w export.Writer) error {
	for n, err := range source.Incidents(ctx, x.Store, store.Matching(ctx, x.Store, &x.search), x.format.First) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		if err := w.Incident(n); err != nil {
			return err
		}
	}
	return nil
}

// flow is an answer of any length: whoever takes it has to go on taking.
type flow struct {
	w          http.ResponseWriter
	control    *http.ResponseController
	kind, name string
	begun      bool
}

func (f *flow) begin() {
	f.begun = true
	f.control.SetReadDeadline(time.Time{}) // nothing more is read
	f.w.Header().Set("Content-Type", f.kind)
	f.w.Header().Set("Content-Disposition", `attachment; filename="`+f.name+`"`)
}

func (f *flow) Write(b []byte) (int, error) {
	if !f.begun {
		f.begin()
	}
	f.control.SetWriteDeadline(time.Now().Add(stall))
	return f.w.Write(b)
}
