package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/corpus/copies"
	"hearsay/corpus/copies/changes"
	"hearsay/corpus/incidents"
	"hearsay/store"
)

func (a *API) registerIncidents() {
	register(a, operation{Operation: huma.Operation{OperationID: "list-incidents", Method: http.MethodGet, Path: "/incidents", Tags: []string{"incidents"}, Summary: "List incidents",
		Description: "What happened last comes first, what happened on no known day last. An accusation is told with the one who makes it, and each figure with the one who gives it."}},
		func(ctx context.Context, in *struct {
			Claimed
			Gathered
		}) (*pageOf[*incidents.Incident], error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			s, err := in.search(f)
			if err != nil {
				return nil, err
			}
			key := s
			var at store.IncidentPlace
			further, err := readCursor(in.Cursor, "incidents", key, &at)
			if err != nil {
				return nil, err
			}
			if further {
				s.Filter.After = &at
			}
			s.Filter.Limit = in.Limit + 1
			return paged(in.Limit, store.Matching(ctx, a.Store, &s), whole, "incidents", key, func(n *incidents.Incident) any { return store.PlaceOf(n) })
		})
	register(a, operation{Operation: huma.Operation{OperationID: "get-incident", Method: http.MethodGet, Path: "/incidents/{id}", Tags: []string{"incidents"}, Summary: "Show an incident", Errors: []int{http.StatusNotFound}}},
		func(ctx context.Context, in *struct {
			ID string `path:"id" minLength:"1" maxLength:"100" example:"4be10c6d2a95f003" doc:"The incident's id, or that of any record that was gathered into it."`
		}) (*struct{ Body *incidents.Incident }, error) {
			n, err := a.Store.Incident(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &struct{ Body *incidents.Incident }{whole(n)}, nil
		})
	register(a, operation{Operation: huma.Operation{OperationID: "list-copies", Method: http.MethodGet, Path: "/copies", Tags: []string{"copies"}, Summary: "List groups of copies",
		Description: "The group of the article added last comes first."}},
		func(ctx context.Context, in *struct {
			Paging
			Published
			Article string `query:"article" minLength:"1" maxLength:"2000" doc:"The group of this article, by its id."`
		}) (*pageOf[copies.Group], error) {
			f, err := filter(&in.Published, &Happened{}, &About{Article: in.Article})
			if err != nil {
				return nil, err
			}
			key := f
			if err := begin(&in.Paging, "copies", key, &f); err != nil {
				return nil, err
			}
			return paged(in.Limit, a.Store.Copies(ctx, f), func(g copies.Group) copies.Group { return g }, "copies", key, func(g copies.Group) any { return after{g.Number} })
		})
	register(a, operation{Operation: huma.Operation{OperationID: "compare-articles", Method: http.MethodGet, Path: "/diff", Tags: []string{"copies"}, Summary: "Say what one article has otherwise than another",
		Description: "Figures and who gives them, claims that are on another's word, words that vouch for more or less, how certain the wording is, and the words themselves. It does not say which of the two is right.", Errors: []int{http.StatusNotFound}}},
		func(ctx context.Context, in *struct {
			A        string `query:"a" required:"true" minLength:"1" maxLength:"2000" doc:"The earlier one, by its id."`
			B        string `query:"b" required:"true" minLength:"1" maxLength:"2000" doc:"The later one, by its id."`
			VersionA int    `query:"a_version" minimum:"1" maximum:"1000000" doc:"This version of a. Without it: the newest."`
			VersionB int    `query:"b_version" minimum:"1" maximum:"1000000" doc:"This version of b. Without it: the newest."`
		}) (*struct{ Body *changes.Changes }, error) {
			first, err := a.version(ctx, in.A, in.VersionA)
			if err != nil {
				return nil, err
			}
			second, err := a.version(ctx, in.B, in.VersionB)
			if err != nil {
				return nil, err
			}
			first.Document.ID, second.Document.ID = in.A, in.B
			return &struct{ Body *changes.Changes }{changes.Between(first.Ledger, second.Ledger)}, nil
		})
}

// whole is an incident whose lists are lists, also where nothing is in them.
func whole(n *incidents.Incident) *incidents.Incident {
	if n.Articles == nil {
		n.Articles = []string{}
	}
	return n
}
