// Package page finds in a web page what a reader came for: the main text and,
// beside it, title, byline, site, date and language.
package page

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MaxBytes is the longest page that is read.
const MaxBytes = 20 << 20

var (
	// ErrNoArticle is returned for a page in which no main text is found.
	ErrNoArticle = errors.New("the page has no article in it")
	// ErrCharset is returned for a page whose charset browsers refuse too.
	ErrCharset = errors.New("the page's charset cannot be read")
	// ErrTooLarge is returned for a page of more bytes or elements than any article has.
	ErrTooLarge = errors.New("the page is too large")
)

// Page is what was found in a web page. What was not found is empty.
type Page struct {
	URL       string   // the page's own, absolute
	Title     string   // the headline
	Byline    []string // names, in the page's order
	Site      string
	Published string // YYYY-MM-DD
	Language  string // BCP 47 as the page declares it, unchecked
	// Text is the main text in reading order: paragraphs, headings and list
	// items, with a blank line between any two of them.
	Text string
}

// Extract reads the HTML in b. contentType is the sender's Content-Type, of
// which the charset counts, or empty; address is where the page came from, or
// nil. The charset is found as a browser finds it.
func Extract(ctx context.Context, b []byte, contentType string, address *url.URL) (*Page, error) {
	if len(b) > MaxBytes {
		return nil, fmt.Errorf("%w: %d MB, the limit is %d MB", ErrTooLarge, len(b)>>20, MaxBytes>>20)
	}
	b, err := decode(b, contentType)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCharset, err)
	}
	doc, err := parse(ctx, b)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return extract(doc, address)
}

func extract(doc *html.Node, address *url.URL) (*Page, error) {
	lang := declaredLanguage(doc)
	prepare(doc)
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL:     address,
		EnableFallback:  true,
		ExcludeComments: true,
		HtmlDateOptions: &htmldate.Options{UseOriginalDate: true, SkipExtensiveSearch: true},
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoArticle, err)
	}
	meta := res.Metadata
	title := flat(meta.Title)
	text := withoutTitle(blocks(res.ContentNode), title)
	if text == "" {
		return nil, ErrNoArticle
	}
	p := &Page{
		URL:      meta.URL,
		Title:    title,
		Byline:   byline(meta.Author),
		Site:     flat(meta.Sitename),
		Language: lang,
		Text:     text,
	}
	if !meta.Date.IsZero() {
		p.Published = meta.Date.Format("2006-01-02")
	}
	return p, nil
}

// declaredLanguage returns the language that the page's root element names.
func declaredLanguage(doc *html.Node) string {
	for n := range doc.ChildNodes() {
		if n.DataAtom != atom.Html {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "lang" || a.Key == "xml:lang" {
				return strings.TrimSpace(a.Val)
			}
		}
	}
	return ""
}

var bylineSeparator = regexp.MustCompile(`\s*;\s*`)

// byline splits the authors, which come joined by semicolons.
func byline(authors string) []string {
	names := bylineSeparator.Split(flat(authors), -1)
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// withoutTitle takes the headline off the text that it stands above.
func withoutTitle(text, title string) string {
	first, rest, found := strings.Cut(text, "\n\n")
	if found && title != "" && strings.EqualFold(flat(first), title) {
		return rest
	}
	return text
}

// flat puts s on one line with single spaces.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
