// Package desk is the web pages of hearsay serve: a text is read and shown as
// its ledger, and the collection, which is a store, is searched and gone
// through.
//
// Every page is whole without scripts. No page says or suggests that a claim is
// true or false, and an accusation never stands without the one who makes it.
package desk

import (
	"bytes"
	"compress/gzip"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/report"
	"hearsay/server"
	"hearsay/server/access"
	"hearsay/server/desk/world"
	"hearsay/store"
)

//go:embed page assets
var files embed.FS

// Options are what a Desk works with. Only Log may be left out.
type Options struct {
	Store store.Store
	// Getter gets texts, and Forced those that do not seem to be in English too.
	Getter, Forced *article.Getter
	// Read makes the ledger of an article. It is called by several goroutines at once.
	Read func(ctx context.Context, name string, a *article.Article) (*ledger.Ledger, error)
	Log  *slog.Logger
}

// Desk serves the pages.
type Desk struct {
	Options
	assets server.Assets
	pages  map[string]*template.Template
	reads  reads
	hands  chan struct{} // one for each text that is being got and read
}

// pageNames are the pages, each a template in the folder page.
var pageNames = []string{"home", "waiting", "reading", "failure", "search", "articles", "article", "diff", "speakers", "speaker", "incidents", "incident", "searches", "checks", "check", "correct", "corrections", "plain"}

// New makes a Desk.
func New(o Options) (*Desk, error) {
	d := &Desk{Options: o, pages: make(map[string]*template.Template, len(pageNames)), hands: make(chan struct{}, mostHands)}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	d.assets.Add("ledger.css", []byte(report.Style()))
	d.assets.Add("ledger.js", []byte(report.Script()))
	for _, name := range []string{"desk.css", "desk.js", "correct.js", "icon.svg"} {
		body, err := files.ReadFile("assets/" + name)
		if err != nil {
			return nil, fmt.Errorf("opening the pages: %w", err)
		}
		d.assets.Add(name, body)
	}
	earth, err := world.SVG()
	if err != nil {
		return nil, fmt.Errorf("opening the pages: %w", err)
	}
	d.assets.Add("world.svg", earth)
	base, err := template.New("").Funcs(template.FuncMap{"asset": d.assets.Path, "visible": visible, "ways": ways, "many": many}).ParseFS(files, "page/base.html")
	if err != nil {
		return nil, fmt.Errorf("opening the pages: %w", err)
	}
	for _, name := range pageNames {
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(files, "page/"+name+".html")
		}
		if err != nil {
			return nil, fmt.Errorf("opening the pages: %w", err)
		}
		d.pages[name] = t
	}
	return d, nil
}

// Routes serve the pages and what they refer to.
func (d *Desk) Routes() []server.Route {
	page := func(pattern string, h func(*http.Request) (*view, error)) server.Route {
		return server.Route{Pattern: pattern, Handler: d.page(h)}
	}
	return append(append(d.assets.Routes(), d.correctingRoutes()...),
		page("GET /{$}", d.home),
		server.Route{Pattern: "POST /read", Handler: http.HandlerFunc(d.take), MaxBody: maxBody, Time: readTime},
		page("GET /read/{id}", d.reading),
		server.Route{Pattern: "POST /read/{id}/add", Scope: access.Add, Handler: http.HandlerFunc(d.add)},
		page("GET /search", d.search),
		page("GET /searches", d.searches),
		page("GET /checks", d.checks),
		page("GET /check", d.check),
		server.Route{Pattern: "POST /searches", Scope: access.Admin, Handler: http.HandlerFunc(d.saveSearch)},
		server.Route{Pattern: "POST /searches/remove", Scope: access.Admin, Handler: http.HandlerFunc(d.removeSearch)},
		page("GET /articles", d.articles),
		page("GET /article", d.article),
		page("GET /diff", d.diff),
		page("GET /speakers", d.speakers),
		page("GET /speaker", d.speaker),
		page("GET /incidents", d.incidents),
		page("GET /incidents/{id}", d.incident),
		page("GET /incidents/{id}/{list}", d.incidentList),
		page("/", func(*http.Request) (*view, error) { return nil, errNowhere }),
	)
}

// view is a page to be written.
type view struct {
	name   string // of its template
	status int    // 200 where it is 0
	Title  string
	Way    string // the part of the desk that it belongs to
	Ledger bool   // it shows one, and needs its script
	Who    string // is logged in; empty where there are no accounts
	Page   any    // what its template takes
}

// way is a part of the desk, in the list at the head of every page.
type way struct {
	Path, Name string
	Here       bool
}

func ways(here string) []way {
	list := []way{{Path: "/", Name: "Read"}, {Path: "/search", Name: "Search"}, {Path: "/incidents", Name: "Incidents"}, {Path: "/speakers", Name: "Speakers"}, {Path: "/articles", Name: "Articles"}}
	for i := range list {
		list[i].Here = strings.EqualFold(list[i].Name, here)
	}
	return list
}

// problem is an error that is told to the person as it is.
type problem struct {
	status  int
	title   string
	message string
}

func (p *problem) Error() string { return p.message }

var errNowhere = &problem{http.StatusNotFound, "Nothing here", "There is no page at this address."}

// page makes a handler of what makes a view.
func (d *Desk) page(h func(*http.Request) (*view, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := h(r)
		if err != nil {
			d.fail(w, r, err)
			return
		}
		d.write(w, r, v)
	})
}

// write writes a page whole or, on a fault of its template, not at all.
func (d *Desk) write(w http.ResponseWriter, r *http.Request, v *view) {
	d.name(r, v)
	var out bytes.Buffer
	if err := d.pages[v.name].ExecuteTemplate(&out, "base", v); err != nil {
		d.Log.ErrorContext(r.Context(), "page", "name", v.name, "error", err)
		http.Error(w, "A fault of this program. Its log says more.", http.StatusInternalServerError)
		return
	}
	body := out.Bytes()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding")
	if packs(r) {
		if packed, err := pack(body); err == nil {
			body = packed
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if v.status != 0 {
		w.WriteHeader(v.status)
	}
	w.Write(body) // to one who is gone there is nothing to say
}

// name puts on a page who asks for it.
func (d *Desk) name(r *http.Request, v *view) {
	if p := access.From(r.Context()); p.Via != "" {
		v.Who = p.Name
	}
}

// Plain writes a page of another part of the server in the frame of the desk's.
func (d *Desk) Plain(w http.ResponseWriter, r *http.Request, status int, title string, body template.HTML) {
	d.write(w, r, &view{name: "plain", status: status, Title: title, Page: body})
}

// packs reports whether the one who asks takes gzip.
func packs(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.ToLower(coding), ";")
		if strings.TrimSpace(name) == "gzip" {
			return !strings.HasPrefix(strings.TrimSpace(weight), "q=0") || strings.HasPrefix(strings.TrimSpace(weight), "q=0.")
		}
	}
	return false
}

// pack makes a page an eighth as long. No page holds a secret of ours beside
// words of another's, so its length tells nobody anything.
func pack(page []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err = w.Write(page); err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

// fail answers with a page that says what went wrong. What is a fault of ours
// and not of the request is logged, and only named on the page.
func (d *Desk) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := d.told(r, err)
	d.write(w, r, &view{name: "failure", status: p.status, Title: p.title, Page: struct{ Message string }{p.message}})
}

// told is what a person is told of an error.
func (d *Desk) told(r *http.Request, err error) *problem {
	var p *problem
	switch {
	case errors.As(err, &p):
	case errors.Is(err, store.ErrNotFound):
		p = &problem{http.StatusNotFound, "Not in the collection", "The collection holds nothing under this name. It may have been removed."}
	case errors.Is(err, store.ErrQuery):
		p = &problem{http.StatusBadRequest, "That search cannot be understood", report.Line(err.Error())}
	case errors.Is(err, store.ErrBusy), errors.Is(err, store.ErrUnreachable):
		p = &problem{http.StatusServiceUnavailable, "The collection does not answer", report.Line(err.Error()) + ". Try again in a moment."}
	case errors.Is(err, store.ErrFull):
		p = &problem{http.StatusInsufficientStorage, "The collection is full", report.Line(err.Error())}
	case errors.Is(err, context.DeadlineExceeded):
		p = &problem{http.StatusServiceUnavailable, "That took too long", "It was broken off. Ask for less: fewer days, rarer words."}
	default:
		d.Log.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "error", err)
		p = &problem{http.StatusInternalServerError, "That did not work", "A fault of this program or of its store. Its log says more."}
	}
	return p
}

// visible replaces control characters, which have no place in HTML.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
