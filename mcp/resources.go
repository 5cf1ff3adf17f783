package mcp

import (
	"context"
	"errors"
	"net/url"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"hearsay/ledger"
	"hearsay/store"
)

// The addresses of resources. An id stands in them percent-encoded.
const (
	articleURI = "hearsay://article/"
	ledgerURI  = "hearsay://ledger/"
	schemaURI  = "hearsay://schema/ledger"
)

// maxResource is how many bytes a resource may have: what holds more is to be asked for in parts.
const maxResource = 4 << 20

func (s *Server) addResources() {
	s.server.AddResource(&sdk.Resource{URI: schemaURI, Name: "ledger-schema", Title: "The schema of a ledger", MIMEType: "application/schema+json",
		Description: "The JSON Schema of what hearsay://ledger/{id} has."},
		func(_ context.Context, r *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
			return contents(r.Params.URI, "application/schema+json", string(ledger.Schema())), nil
		})
	s.server.AddResourceTemplate(&sdk.ResourceTemplate{URITemplate: articleURI + "{id}", Name: "article", Title: "The text of an article", MIMEType: "text/plain",
		Description: "The text of an article of the store, which the positions of quotations refer to, by its id, percent-encoded."},
		s.resource(articleURI, "text/plain", func(l *ledger.Ledger) (string, error) { return l.Document.Text, nil }))
	s.server.AddResourceTemplate(&sdk.ResourceTemplate{URITemplate: ledgerURI + "{id}", Name: "ledger", Title: "The ledger of an article", MIMEType: "application/json",
		Description: "All that was found in an article of the store: claims, entities, dates, figures, incidents, techniques of persuasion, fact-checks. Its form is hearsay://schema/ledger."},
		s.resource(ledgerURI, "application/json", func(l *ledger.Ledger) (string, error) {
			b, err := l.MarshalJSON()
			return string(b), err
		}))
}

// resource gives something of an article whose id follows prefix.
func (s *Server) resource(prefix, kind string, of func(*ledger.Ledger) (string, error)) sdk.ResourceHandler {
	return func(ctx context.Context, r *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
		ctx, cancel := context.WithTimeout(ctx, askTime)
		defer cancel()
		id, err := url.PathUnescape(strings.TrimPrefix(r.Params.URI, prefix))
		if err != nil {
			return nil, sdk.ResourceNotFoundError(r.Params.URI)
		}
		select {
		case s.hands <- struct{}{}:
			defer func() { <-s.hands }()
		case <-ctx.Done():
			return nil, errBusy
		}
		_, l, err := s.Store.Article(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			return nil, sdk.ResourceNotFoundError(r.Params.URI)
		}
		if err != nil {
			return nil, s.told(ctx, kind, err)
		}
		if len(l.Document.Text) > maxResource {
			return nil, problemf("That article is too long to be given whole; get_article gives its claims in parts.")
		}
		text, err := of(l)
		if err != nil {
			return nil, s.told(ctx, kind, err)
		}
		if len(text) > maxResource {
			return nil, problemf("That is too long to be given whole; get_article gives it in parts.")
		}
		return contents(r.Params.URI, kind, text), nil
	}
}

func contents(uri, kind, text string) *sdk.ReadResourceResult {
	return &sdk.ReadResourceResult{Contents: []*sdk.ResourceContents{{URI: uri, MIMEType: kind, Text: text}}}
}
