package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/store"
	"hearsay/store/listing"
)

// Claimed are the parameters of a list of claims.
type Claimed struct {
	Paging
	Published
	Happened
	About
}

func (c *Claimed) filter() (store.Filter, error) { return filter(&c.Published, &c.Happened, &c.About) }

// Sought are the parameters of a search.
type Sought struct {
	Query string `query:"q" required:"true" minLength:"1" maxLength:"1000" example:"ferry (collision OR blast) -insurance" doc:"Words; \"a phrase\"; wor* for words that begin so; OR; -word or NOT word for what is not to be there; brackets. Case and accents do not count, and English words are found in their other forms."`
	Order string `query:"order" enum:"newest,relevance" default:"newest" doc:"What comes first: newest, what was added last; or relevance, what matches best of the newest that were found. By relevance there is one page only."`
}

func (s *Sought) order() store.Order {
	if s.Order == "relevance" {
		return store.Relevance
	}
	return store.Newest
}

func (a *API) registerClaims() {
	register(a, operation{Operation: huma.Operation{OperationID: "list-claims", Method: http.MethodGet, Path: "/claims", Tags: []string{"claims"}, Summary: "List claims",
		Description: "Those of the article added last come first, an article's in the order of its text."}},
		func(ctx context.Context, in *Claimed) (*pageOf[listing.ClaimLine], error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			return a.claims(ctx, "claims", "", f, &in.Paging)
		})
	register(a, operation{Operation: huma.Operation{OperationID: "search-claims", Method: http.MethodGet, Path: "/search/claims", Tags: []string{"claims"}, Summary: "Find claims by their words"}},
		func(ctx context.Context, in *struct {
			Sought
			Claimed
		}) (*pageOf[listing.ClaimLine], error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			if err := plain("q", in.Query); err != nil {
				return nil, err
			}
			f.Order = in.order()
			return a.claims(ctx, "search-claims", in.Query, f, &in.Paging)
		})
	register(a, operation{Operation: huma.Operation{OperationID: "search-articles", Method: http.MethodGet, Path: "/search/articles", Tags: []string{"articles"}, Summary: "Find articles by the words of their title and text"}},
		func(ctx context.Context, in *struct {
			Sought
			Paging
			Published
			Article string `query:"article" minLength:"1" maxLength:"2000" doc:"This article only, by its id."`
		}) (*pageOf[listing.HitLine], error) {
			f, err := filter(&in.Published, &Happened{}, &About{Article: in.Article})
			if err != nil {
				return nil, err
			}
			if err := plain("q", in.Query); err != nil {
				return nil, err
			}
			f.Order = in.order()
			return a.hits(ctx, in.Query, f, &in.Paging)
		})
	register(a, operation{Operation: huma.Operation{OperationID: "list-speakers", Method: http.MethodGet, Path: "/speakers", Tags: []string{"claims"}, Summary: "List who is heard",
		Description: "Those with the most claims first. A speaker is a name as the articles give it: two people of one name are one, and somebody whom two articles name differently is two."}},
		a.speakers)
	register(a, operation{Operation: huma.Operation{OperationID: "get-stats", Method: http.MethodGet, Path: "/stats", Tags: []string{"store"}, Summary: "Say how much the store holds"}},
		func(ctx context.Context, _ *struct{}) (*struct{ Body store.Stats }, error) {
			s, err := a.Store.Stats(ctx)
			return &struct{ Body store.Stats }{s}, err
		})
}

// after is a place in a list that goes down the numbers of what was added.
type after struct {
	Number int64 `json:"n"`
}

// after reads a cursor of such a list, 0 where there is none.
func (p *Paging) after(list string, filter any) (int64, error) {
	var at after
	further, err := readCursor(p.Cursor, list, filter, &at)
	if further && at.Number <= 0 {
		return 0, errCursor
	}
	return at.Number, err
}

// begin reads a cursor into a filter.
func begin(p *Paging, list string, filter any, f *store.Filter) (err error) {
	if p.Cursor != "" && f.Order == store.Relevance {
		return errCursor
	}
	f.Before, err = p.after(list, filter)
	f.Limit = p.Limit + 1
	return err
}

func (a *API) claims(ctx context.Context, list, query string, f store.Filter, p *Paging) (*pageOf[listing.ClaimLine], error) {
	key := []any{query, f}
	if err := begin(p, list, key, &f); err != nil {
		return nil, err
	}
	out, err := paged(p.Limit, a.Store.Claims(ctx, query, f), listing.Claim, list, key, func(c *store.Claim) any { return after{c.Number} })
	return unpaged(out, f.Order), err
}

func (a *API) hits(ctx context.Context, query string, f store.Filter, p *Paging) (*pageOf[listing.HitLine], error) {
	key := []any{query, f}
	if err := begin(p, "search-articles", key, &f); err != nil {
		return nil, err
	}
	out, err := paged(p.Limit, a.Store.Texts(ctx, query, f), listing.Hit, "search-articles", key, func(h *store.Hit) any { return after{h.Number} })
	return unpaged(out, f.Order), err
}

// unpaged takes the cursor away where what is found is in the order of relevance, which has no places.
func unpaged[T any](p *pageOf[T], o store.Order) *pageOf[T] {
	if p != nil && o == store.Relevance {
		p.Body.Next = ""
	}
	return p
}

// mostSpeakers is how far the list of speakers is gone through by pages.
const mostSpeakers = 10_000

// heard is a place in the list of speakers.
type heard struct {
	Claims int    `json:"c"`
	Name   string `json:"n"`
	Before int    `json:"b"` // how many came before
}

func (a *API) speakers(ctx context.Context, in *Claimed) (*pageOf[listing.SpeakerLine], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	key := f
	var at heard
	further, err := readCursor(in.Cursor, "speakers", key, &at)
	if err != nil {
		return nil, err
	}
	if at.Before < 0 || at.Before > mostSpeakers {
		return nil, refuse(http.StatusBadRequest, "The list goes no further by pages. Ask for fewer: by days, a place, words of a name.")
	}
	// What was added meanwhile may have moved some down.
	f.Limit = at.Before + in.Limit + 1
	if further {
		f.Limit += in.Limit
	}
	before := at.Before
	return paged(in.Limit, func(yield func(*store.Speaker, error) bool) {
		for s, err := range a.Store.Speakers(ctx, f) {
			if err == nil && further && (s.Claims > at.Claims || s.Claims == at.Claims && s.Name <= at.Name) {
				continue
			}
			if !yield(s, err) {
				return
			}
		}
	}, listing.Speaker, "speakers", key, func(s *store.Speaker) any { return heard{s.Claims, s.Name, before + in.Limit} })
}
