package page

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"hearsay/article/plain"
)

// headBytes is how far a declaration of the charset is looked for. Browsers
// look at 1 KB first and at all of the head in the end.
const headBytes = 64 << 10

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]+charset\s*=\s*["']?\s*([-\w]+)`)

// decode returns the page in UTF-8.
func decode(b []byte, contentType string) ([]byte, error) {
	enc, name, certain := charset.DetermineEncoding(b, contentType)
	if !certain {
		if plain.MostlyUTF8(b) {
			return bytes.ToValidUTF8(b, []byte("\uFFFD")), nil
		}
		if m := metaCharset.FindSubmatch(b[:min(len(b), headBytes)]); m != nil {
			if e, n := charset.Lookup(string(m[1])); e != nil {
				enc, name = e, n
			}
		}
	}
	if name == "utf-8" {
		return bytes.ToValidUTF8(b, []byte("\uFFFD")), nil
	}
	return enc.NewDecoder().Bytes(b)
}

// parse builds the tree of a page.
func parse(ctx context.Context, b []byte) (*html.Node, error) {
	b, err := tame(ctx, b)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTooLarge, err)
	}
	return doc, nil
}

// Sniff reports whether b begins like a web page.
func Sniff(b []byte) bool {
	head := b[:min(len(b), 1024)]
	// In UTF-16 the ASCII characters of the first tag have a zero byte beside them.
	head = bytes.ReplaceAll(head, []byte{0}, nil)
	for _, bom := range []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"} {
		head = bytes.TrimPrefix(head, []byte(bom))
	}
	switch kind := http.DetectContentType(head); {
	case strings.HasPrefix(kind, "text/html"):
		return true
	case strings.HasPrefix(kind, "text/xml"):
		return bytes.Contains(bytes.ToLower(head), []byte("<html"))
	}
	return false
}
