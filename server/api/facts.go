package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/store/checks"
	"hearsay/store/listing"
)

// checks are the fact-checks of the store.
func (a *API) checks() (*checks.Shelf, error) {
	home, ok := a.Store.(checks.Home)
	if !ok {
		return nil, refuse(http.StatusNotImplemented, "This store keeps no fact-checks.")
	}
	return home.Checks(), nil
}

// Matches are the fact-checks that are about a text.
type Matches struct {
	Matches []listing.MatchLine `json:"matches"`
}

func (a *API) registerFacts() {
	register(a, operation{Operation: huma.Operation{OperationID: "list-facts", Method: http.MethodGet, Path: "/facts", Tags: []string{"facts"}, Summary: "List published fact-checks",
		Description: "That published last comes first."}},
		func(ctx context.Context, in *struct {
			Paging
			Since     string `query:"published_since" format:"date" doc:"Published on this day or later."`
			Until     string `query:"published_until" format:"date" doc:"Published on this day or earlier."`
			Publisher string `query:"publisher" minLength:"1" maxLength:"200" doc:"Published by this name, or a part of it."`
		}) (*pageOf[listing.FactLine], error) {
			if err := plain("publisher", in.Publisher); err != nil {
				return nil, err
			}
			f := checks.Filter{Since: in.Since, Until: in.Until, Publisher: in.Publisher}
			key := f
			at, err := in.after("facts", key)
			if err != nil {
				return nil, err
			}
			f.Before, f.Limit = at, in.Limit+1
			shelf, err := a.checks()
			if err != nil {
				return nil, err
			}
			return paged(in.Limit, shelf.All(ctx, f), func(k checks.Kept) listing.FactLine { return listing.Fact(k.Review) }, "facts", key, func(k checks.Kept) any { return after{k.Number} })
		})
	register(a, operation{maxBody: maxJSON, Operation: huma.Operation{OperationID: "match-facts", Method: http.MethodPost, Path: "/facts/match", Tags: []string{"facts"}, Summary: "Find the fact-checks that are about a text",
		Description: "The best first, each with how probable it is that it is about this very claim and what that rests on.", Errors: []int{http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType}}},
		func(ctx context.Context, in *struct {
			Top  int  `query:"top" minimum:"1" maximum:"60" default:"10" doc:"How many to name at most."`
			All  bool `query:"all" doc:"Name also those that have little to do with it."`
			Body struct {
				Text string `json:"text" minLength:"1" maxLength:"20000" example:"The bridge at Orlen has fallen." doc:"What is claimed."`
			}
		}) (*struct{ Body Matches }, error) {
			shelf, err := a.checks()
			if err != nil {
				return nil, err
			}
			free, err := a.hold(ctx)
			if err != nil {
				return nil, err
			}
			defer free()
			found, err := shelf.Finder().Match(ctx, in.Body.Text, in.Top, !in.All)
			if err != nil {
				return nil, err
			}
			out := &struct{ Body Matches }{Matches{Matches: make([]listing.MatchLine, 0, len(found))}}
			for i := range found {
				out.Body.Matches = append(out.Body.Matches, listing.Match(&found[i]))
			}
			return out, nil
		})
}
