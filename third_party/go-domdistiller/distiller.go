// Package distiller stands in for github.com/markusmobius/go-domdistiller,
// which go-trafilatura asks for the text of a page in which neither it nor
// go-readability has found a single character; Hearsay then reads the page
// roughly by itself (article/page). Merely linked, the real one compiles some
// hundred regular expressions at each start of the program, which takes longer than all
// else that is done before the first command.
//
// It takes the real one's place by a replace directive in the go.mod of
// Hearsay. Drop both when go-domdistiller makes its expressions when they are
// needed, or go-trafilatura lets it be left out.
package distiller

import (
	"errors"
	"net/url"

	"golang.org/x/net/html"
)

// Options are the choices that go-trafilatura makes.
type Options struct {
	OriginalURL    *url.URL
	SkipPagination bool
}

// Result is what would be found in a page.
type Result struct{ Node *html.Node }

// Apply returns an error: it finds nothing in any page.
func Apply(*html.Node, *Options) (*Result, error) {
	return nil, errors.New("go-domdistiller is not built in")
}
