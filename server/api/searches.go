package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/server/access"
	"hearsay/store"
	"hearsay/store/listing"
)

// Called is a search in the path.
type Called struct {
	Name string `path:"name" minLength:"1" maxLength:"100"`
}

func (a *API) registerSearches() {
	register(a, operation{Operation: huma.Operation{OperationID: "list-searches", Method: http.MethodGet, Path: "/searches", Tags: []string{"searches"}, Summary: "List the saved searches", Description: "By name, all on one page."}},
		func(ctx context.Context, _ *struct{}) (*pageOf[listing.SearchLine], error) {
			all, err := a.Store.Alerts().Searches(ctx)
			if err != nil {
				return nil, err
			}
			out := &pageOf[listing.SearchLine]{Page[listing.SearchLine]{Items: make([]listing.SearchLine, 0, len(all))}}
			for i := range all {
				out.Body.Items = append(out.Body.Items, listing.Search(&all[i]))
			}
			return out, nil
		})
	register(a, operation{scope: access.Admin, Operation: huma.Operation{OperationID: "save-claim-search", Method: http.MethodPut, Path: "/searches/claims/{name}", Tags: []string{"searches"}, Summary: "Save a search for claims",
		Description: "In the place of one of the same name. hearsay watch posts what matches it to webhooks."}},
		func(ctx context.Context, in *struct {
			Called
			Query string `query:"q" minLength:"1" maxLength:"1000" doc:"Words, as a search for claims takes them."`
			Published
			Happened
			About
		}) (*struct{}, error) {
			f, err := filter(&in.Published, &in.Happened, &in.About)
			if err != nil {
				return nil, err
			}
			if err := plain("q", in.Query); err != nil {
				return nil, err
			}
			return nil, a.save(ctx, store.Search{Name: in.Name, Kind: store.OfClaims, Query: in.Query, Filter: store.IncidentFilter{Filter: f}})
		})
	register(a, operation{scope: access.Admin, Operation: huma.Operation{OperationID: "save-incident-search", Method: http.MethodPut, Path: "/searches/incidents/{name}", Tags: []string{"searches"}, Summary: "Save a search for incidents",
		Description: "In the place of one of the same name. hearsay watch posts what matches it to webhooks."}},
		func(ctx context.Context, in *struct {
			Called
			Published
			Happened
			About
			Gathered
		}) (*struct{}, error) {
			f, err := filter(&in.Published, &in.Happened, &in.About)
			if err != nil {
				return nil, err
			}
			s, err := in.search(f)
			if err != nil {
				return nil, err
			}
			s.Name = in.Name
			return nil, a.save(ctx, s)
		})
	register(a, operation{scope: access.Admin, Operation: huma.Operation{OperationID: "delete-search", Method: http.MethodDelete, Path: "/searches/{name}", Tags: []string{"searches"}, Summary: "Delete a saved search",
		Description: "What is still to be posted of it goes with it.", Errors: []int{http.StatusNotFound}}},
		func(ctx context.Context, in *Called) (*struct{}, error) {
			return nil, a.Store.Alerts().DeleteSearch(ctx, in.Name)
		})
}

// save keeps a search that the store understands.
func (a *API) save(ctx context.Context, s store.Search) error {
	if s.Filter.Article != "" {
		return refuse(http.StatusBadRequest, "A search in one article is not worth saving.")
	}
	if err := store.Try(ctx, a.Store, s); err != nil {
		return err
	}
	return a.Store.Alerts().SaveSearch(ctx, s)
}
