// Package page finds in a web page what a reader came for: the main text and,
// beside it, title, byline, site, date and language.
package page

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

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
	var rough string
	if isHuge(doc) {
		rough = roughText(doc)
		standIn(doc, rough)
	}
	p, err := extract(doc, address)
	if err == nil && rough != "" {
		p.Text = rough
	}
	return p, err
}

func extract(doc *html.Node, address *url.URL) (*Page, error) {
	lang := declaredLanguage(doc)
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL:     address,
		EnableFallback:  true,
		Config:          extraction(),
		ExcludeComments: true,
		PruneSelector:   "title, nav, [role=navigation]",
		HtmlDateOptions: &htmldate.Options{UseOriginalDate: true, SkipExtensiveSearch: true},
	})
	if err != nil {
		return nil, ErrNoArticle // the extractor's own words count characters
	}
	meta := res.Metadata
	site := siteName(meta.Sitename)
	title := headline(meta.Title, site)
	text := blocks(res.ContentNode)
	if len(text) < minExtracted {
		text = cmp.Or(roughText(doc), text)
	}
	text = withoutTitle(text, title)
	if !hasSentence(text) {
		return nil, ErrNoArticle
	}
	p := &Page{
		URL:      webAddress(meta.URL),
		Title:    title,
		Byline:   byline(meta.Author),
		Site:     site,
		Language: lang,
		Text:     text,
	}
	if !meta.Date.IsZero() {
		p.Published = meta.Date.Format(time.DateOnly)
	}
	return p, nil
}

// minExtracted is the length of text below which the page is read roughly: what
// the extractor finds then is a scrap.
const minExtracted = 100

// extraction is how the main text is looked for: unlike by the extractor's own
// choice, short articles count too, for of what it takes for none it runs all
// words together.
func extraction() *trafilatura.Config {
	c := trafilatura.DefaultConfig()
	c.MinExtractedSize = 1
	return c
}

// hasSentence tells a text from the labels of buttons and links, which is what
// is found where there is no article: some words in a row end as a sentence
// does, or there are many.
func hasSentence(text string) bool {
	const words, manyWords = 3, 40
	inAll := 0
	for block := range strings.SplitSeq(text, "\n") {
		n := len(strings.Fields(block))
		if inAll += n; inAll >= manyWords {
			return true
		}
		if end := strings.TrimRight(block, `"'”’»)] `); n >= words && strings.TrimRight(end, ".!?…:") != end {
			return true
		}
	}
	// Scripts that part no words by spaces end their sentences with marks of
	// their own.
	return strings.ContainsAny(text, "。！？।؟۔")
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

// webAddress returns s if it is an address on the web, for a page may name any.
func webAddress(s string) string {
	if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// headline returns the title of a page without the name of the site, which many
// pages put behind it for the browser's window.
func headline(title, site string) string {
	title = flat(title)
	for _, mark := range []string{" | ", " - ", " – ", " — ", " :: "} {
		if i := len(title) - len(mark+site); i > 0 && site != "" && strings.EqualFold(title[i:], mark+site) {
			return title[:i]
		}
	}
	return title
}

// siteName returns the name of the site, unless an address or several names
// stand in its place.
func siteName(s string) string {
	s = flat(s)
	if strings.Contains(s, "://") || strings.ContainsAny(s, ";|") {
		return ""
	}
	return s
}

// notNames are words that bylines end with, or consist of, and no name does.
var notNames = map[string]bool{
	"admin": true, "administrator": true, "editor": true, "published": true, "updated": true, "posted": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"january": true, "february": true, "march": true, "july": true, "september": true,
	"october": true, "november": true, "december": true,
}

// byline splits the authors, which come joined by semicolons, and leaves out
// what stood beside their names.
func byline(authors string) []string {
	var names []string
	for name := range strings.SplitSeq(authors, ";") {
		words := strings.Fields(name)
		for len(words) > 0 && notNames[strings.ToLower(words[len(words)-1])] {
			words = words[:len(words)-1]
		}
		if len(words) > 0 && len(strings.Join(words, " ")) <= maxName {
			names = append(names, strings.Join(words, " "))
		}
	}
	return names
}

// maxName is the longest byline that is one: beyond it is a sentence.
const maxName = 100

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
