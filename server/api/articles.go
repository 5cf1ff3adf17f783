package api

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/server/access"
	"hearsay/store"
)

// Article is what the store knows of an article beside its text and its ledger.
type Article struct {
	ID        string    `json:"id"`
	Version   int       `json:"version" doc:"The number of this version, from 1."`
	URL       string    `json:"url,omitempty"`
	Title     string    `json:"title,omitempty"`
	Byline    []string  `json:"byline,omitempty"`
	Site      string    `json:"site,omitempty"`
	Published string    `json:"published,omitempty" doc:"EDTF."`
	Language  string    `json:"language,omitempty" doc:"BCP 47."`
	Hash      string    `json:"sha256" doc:"Of the text."`
	Added     time.Time `json:"added" doc:"When this version was added."`
	Origin    string    `json:"origin,omitempty" doc:"The input that it came from."`
}

func articleOf(s *store.Article) Article {
	a := &s.Article
	return Article{ID: s.ID, Version: s.Version, URL: a.URL, Title: a.Title, Byline: a.Byline, Site: a.Site, Published: a.Published, Language: a.Language,
		Hash: hex.EncodeToString(s.Hash[:]), Added: s.Added.Truncate(time.Second), Origin: s.Origin}
}

// One is an article with its versions.
type One struct {
	Article
	Versions []Version `json:"versions" doc:"The newest first, 50 at most."`
}

// Version is a version of an article.
type Version struct {
	Version int       `json:"version"`
	Hash    string    `json:"sha256"`
	Added   time.Time `json:"added"`
}

const mostVersions = 50

// Named is an article in the path.
type Named struct {
	ID string `path:"id" minLength:"1" maxLength:"2000" doc:"The article's id. One with a slash or another character that means something in an address is to be percent-encoded."`
}

func (a *API) registerArticles() {
	register(a, operation{Operation: huma.Operation{OperationID: "list-articles", Method: http.MethodGet, Path: "/articles", Tags: []string{"articles"}, Summary: "List articles", Description: "That added last comes first."}},
		func(ctx context.Context, in *struct {
			Paging
			Published
			Article string `query:"article" minLength:"1" maxLength:"2000" doc:"This article only, by its id."`
		}) (*pageOf[Article], error) {
			f, err := filter(&in.Published, &Happened{}, &About{Article: in.Article})
			if err != nil {
				return nil, err
			}
			f.LastFirst = true
			key := f
			if err := begin(&in.Paging, "articles", key, &f); err != nil {
				return nil, err
			}
			return paged(in.Limit, a.Store.Articles(ctx, f), articleOf, "articles", key, func(s *store.Article) any { return after{s.Number} })
		})
	register(a, operation{Operation: huma.Operation{OperationID: "get-article", Method: http.MethodGet, Path: "/articles/{id}", Tags: []string{"articles"}, Summary: "Show an article and its versions", Errors: []int{http.StatusNotFound}}},
		func(ctx context.Context, in *Named) (*struct{ Body One }, error) {
			newest, _, err := a.Store.Article(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			out := One{Article: articleOf(newest), Versions: []Version{}}
			for n := newest.Version; n > 0 && len(out.Versions) < mostVersions; n-- {
				v := newest
				if n < newest.Version {
					if v, _, err = a.Store.Version(ctx, in.ID, n); err != nil {
						return nil, err
					}
				}
				out.Versions = append(out.Versions, Version{v.Version, hex.EncodeToString(v.Hash[:]), v.Added.Truncate(time.Second)})
			}
			return &struct{ Body One }{out}, nil
		})
	register(a, operation{Operation: huma.Operation{OperationID: "get-ledger", Method: http.MethodGet, Path: "/articles/{id}/ledger", Tags: []string{"articles"}, Summary: "Get the ledger of an article", Errors: []int{http.StatusNotFound}}},
		func(ctx context.Context, in *struct {
			Named
			Version int `query:"version" minimum:"1" maximum:"1000000" doc:"Of this version. Without it: of the newest."`
		}) (*struct{ Body ledgerOf }, error) {
			l, err := a.version(ctx, in.ID, in.Version)
			if err != nil {
				return nil, err
			}
			return &struct{ Body ledgerOf }{ledgerOf{l.Ledger}}, nil
		})
	register(a, operation{scope: access.Admin, audit: string(store.DidRemove), Operation: huma.Operation{OperationID: "remove-article", Method: http.MethodDelete, Path: "/articles/{id}", Tags: []string{"articles"}, Summary: "Remove an article",
		Description: "It goes with all its versions and with all that was found in it.", Errors: []int{http.StatusNotFound}}},
		func(ctx context.Context, in *Named) (*struct{}, error) { return nil, a.Store.Remove(ctx, in.ID) })
}

// version is a version of an article, 0 for the newest.
func (a *API) version(ctx context.Context, id string, version int) (l ledgerOf, err error) {
	if version == 0 {
		_, l.Ledger, err = a.Store.Article(ctx, id)
	} else {
		_, l.Ledger, err = a.Store.Version(ctx, id, version)
	}
	return l, err
}
