// Package api is Hearsay for programs: JSON over HTTP below /api/v1, described by
// OpenAPI 3.1 at /api/openapi.json. What a ledger, a claim or an incident looks
// like is what the command line prints of it as JSON; what was asked for and is
// not to be had is a problem of RFC 9457.
//
// Like everything that is asked here it reports what is said and on whose word,
// and never says that a claim is true or false.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/server"
	"hearsay/server/access"
	"hearsay/store"
)

// Options are what an API works with. Only Log may be left out.
type Options struct {
	Store store.Store
	// Getter gets texts, and Forced those that do not seem to be in English too.
	Getter, Forced *article.Getter
	// Read makes the ledger of an article, with the techniques of persuasion of which
	// it is at least so sure: see reading.Reader. It is called by several goroutines at once.
	Read func(ctx context.Context, name string, a *article.Article, techniques float64) (*ledger.Ledger, error)
	Log  *slog.Logger
	// Lease is how long a job is left to a server that is not heard of, a minute where it is 0.
	Lease time.Duration
}

// API answers programs.
type API struct {
	Options
	mux         *http.ServeMux
	huma        huma.API
	routes      []server.Route
	description []byte
	hands       chan struct{} // one for each text that is being got and read
	exports     chan struct{} // one for each export that is being written
	followed    chan struct{} // one for each stream of events
	wake        chan struct{} // says that a job has come
	stopped     chan struct{} // closed when Work is to end
}

// prefix is where all operations are. Another version of them would get another.
const prefix = "/api/v1"

// New makes an API.
func New(o Options) (*API, error) {
	a := &API{Options: o, mux: http.NewServeMux(), hands: make(chan struct{}, mostHands), exports: make(chan struct{}, mostExports), followed: make(chan struct{}, mostFollowed), wake: make(chan struct{}, 1), stopped: make(chan struct{})}
	if a.Log == nil {
		a.Log = slog.New(slog.DiscardHandler)
	}
	a.huma = humago.New(a.mux, config())
	a.huma.UseMiddleware(a.given)
	a.registerReading()
	a.registerArticles()
	a.registerClaims()
	a.registerIncidents()
	a.registerFacts()
	a.registerSearches()
	a.registerAdding()
	a.registerJobs()
	a.registerExports()
	var err error
	if a.description, err = describe(a.huma.OpenAPI()); err != nil {
		return nil, err
	}
	return a, nil
}

// Description returns the description of the operations as OpenAPI 3.1, in JSON.
func Description() ([]byte, error) {
	a, err := New(Options{})
	if err != nil {
		return nil, err
	}
	return a.description, nil
}

// Routes serve the operations, and their description.
func (a *API) Routes() []server.Route {
	return append(slices.Clone(a.routes),
		server.Route{Pattern: "GET /api/openapi.json", Open: true, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/openapi+json;version=3.1")
			w.Write(a.description) // to one who is gone there is nothing to say
		})},
		server.Route{Pattern: "/api/", Handler: http.HandlerFunc(a.nothing)})
}

// nothing answers where no operation is: none at the address, or none by the method.
func (a *API) nothing(w http.ResponseWriter, r *http.Request) {
	const methods = "GET HEAD POST PUT DELETE"
	var allowed []string
	for method := range strings.FieldsSeq(methods) {
		asked := r.Clone(r.Context())
		asked.Method = method
		if _, pattern := a.mux.Handler(asked); pattern != "" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		write(w, http.StatusNotFound, "There is nothing at this address. /api/openapi.json describes what there is.")
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	write(w, http.StatusMethodNotAllowed, "What is at this address takes "+strings.Join(allowed, ", ")+", not "+r.Method+".")
}

// operation is something that can be asked for.
type operation struct {
	huma.Operation
	scope   access.Scope  // that it takes; access.Read where it is empty
	audit   string        // see server.Route
	maxBody int64         // see server.Route
	time    time.Duration // see server.Route
}

// register has an operation answered by h. Its errors are told as the rules of problem have it.
func register[I, O any](a *API, op operation, h func(context.Context, *I) (*O, error)) {
	if op.scope == "" {
		op.scope = access.Read
	}
	if op.time == 0 {
		op.time = server.DefaultTime
	}
	if op.maxBody == 0 {
		op.maxBody = server.DefaultMaxBody
	}
	op.Path = prefix + op.Path
	op.MaxBodyBytes = op.maxBody
	op.BodyReadTimeout = op.time // the context of the request ends then too
	op.Security = []map[string][]string{{"token": {string(op.scope)}}, {"session": {string(op.scope)}}}
	op.Description = strings.TrimSpace(op.Description + "\n\nScope: " + string(op.scope) + ".")
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusMisdirectedRequest, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable)
	slices.Sort(op.Errors)
	huma.Register(a.huma, op.Operation, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, op.OperationID, err)
		}
		return out, nil
	})
	a.routes = append(a.routes, server.Route{Pattern: op.Method + " " + op.Path, Handler: a.mux, Scope: op.scope, Audit: op.audit, MaxBody: op.maxBody, Time: op.time})
}

// given refuses parameters without a value, which huma takes for none: whoever sends one
// means something, and would get the answer to another question.
func (a *API) given(hc huma.Context, next func(huma.Context)) {
	address := hc.URL()
	for name, values := range address.Query() {
		if slices.Contains(values, "") {
			huma.WriteErr(a.huma, hc, http.StatusUnprocessableEntity, "validation failed", &huma.ErrorDetail{Message: "a value is needed, or no parameter", Location: "query." + name})
			return
		}
	}
	next(hc)
}

// config is what huma is to do: JSON and nothing else, no pages of its own, whose scripts
// would come from elsewhere, and no answer to what was asked for in words that are not known.
func config() huma.Config {
	schemas := huma.NewMapRegistry("#/components/schemas/", schemaName)
	return huma.Config{
		OpenAPI:                      &huma.OpenAPI{OpenAPI: "3.1.0", Info: info(), Tags: tags(), Servers: []*huma.Server{{URL: "/", Description: "This server."}}, Components: &huma.Components{Schemas: schemas, SecuritySchemes: securitySchemes()}},
		Formats:                      map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{brief},
	}
}

// Page is a part of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"The cursor of the next page, left out on the last one: give it as the parameter cursor, all others as they were."`
}

// pageOf is the answer with a page.
type pageOf[T any] struct{ Body Page[T] }

// Paging are the parameters of every list.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many there are on a page at most."`
	Cursor string `query:"cursor" minLength:"1" maxLength:"2000" doc:"Where the page begins: the next of the one before. Without it the list begins."`
}
