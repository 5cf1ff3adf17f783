package page

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// maxDepth is how deep elements nest before further ones are left out and
	// only their text is kept. Browsers do likewise at 512, and the parser
	// refuses what is deeper and slows down before. Articles nest to 40.
	maxDepth = 150
	// maxTags is how many tags a page may have, some five hundred times as many
	// as an article's page has.
	maxTags = 1_500_000
	// maxKept is how many formatting elements may be kept for what they tell.
	maxKept = 100
)

// formatting are the elements that change how words look and not what they are.
var formatting = map[atom.Atom]bool{
	atom.Abbr: true, atom.Acronym: true, atom.B: true, atom.Bdi: true, atom.Bdo: true,
	atom.Big: true, atom.Cite: true, atom.Code: true, atom.Dfn: true, atom.Em: true,
	atom.Font: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true,
	atom.Nobr: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Strike: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Tt: true, atom.U: true,
	atom.Var: true, atom.Wbr: true,
}

// void are the elements that have no end tag.
var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true,
	atom.Hr: true, atom.Img: true, atom.Input: true, atom.Keygen: true, atom.Link: true,
	atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// endsItself are the elements whose end tag may be left out: one ends where the
// next of the same kind begins.
var endsItself = map[atom.Atom]bool{
	atom.P: true, atom.Li: true, atom.Dt: true, atom.Dd: true, atom.Tr: true,
	atom.Td: true, atom.Th: true, atom.Option: true, atom.Tbody: true,
}

// tame returns the page without what it can do without and what would cost too
// much. The formatting elements go: the extractor drops white space and line
// breaks beside them and so glues words together, and the parser repeats those
// left open in every paragraph that follows. Elements beyond maxDepth go, but
// for their text. A page of more than maxTags is refused.
func tame(ctx context.Context, b []byte) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(b))
	var (
		open    []atom.Atom // the elements that are open, by guess
		dropped int         // how many further ones are, and were left out
		kept    int         // formatting elements that were kept
		tags    int
	)
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() == io.EOF {
				return out.Bytes(), nil
			}
			return nil, fmt.Errorf("%w: %w", ErrTooLarge, z.Err())
		}
		raw := z.Raw()
		if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
			out.Write(raw)
			continue
		}
		if tags++; tags > maxTags {
			return nil, fmt.Errorf("%w: more than %d tags", ErrTooLarge, maxTags)
		}
		if tags%10_000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		name, attributes := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case formatting[tag]:
			if kind == html.StartTagToken && attributes && kept < maxKept {
				raw = bytes.Clone(raw) // the tokenizer unescapes attributes in place
				if tellsMetadata(z) {
					kept++
					out.Write(raw)
				}
			} else if kind == html.EndTagToken && kept > 0 {
				// Perhaps the end of one that was kept; if not, it ends nothing.
				out.Write(raw)
			}
		case void[tag] || kind == html.SelfClosingTagToken:
			out.Write(raw)
		case kind == html.EndTagToken:
			if i := lastIndex(open, tag); i >= 0 {
				open = open[:i]
			} else if dropped > 0 {
				dropped--
				continue
			}
			out.Write(raw)
		default:
			if n := len(open); n > 0 && endsItself[tag] && open[n-1] == tag {
				open = open[:n-1]
			}
			if len(open) >= maxDepth {
				dropped++
				out.WriteByte(' ')
				continue
			}
			open = append(open, tag)
			out.Write(raw)
		}
	}
}

// lastIndex returns where tag was opened last; -1 if it is not open.
func lastIndex(open []atom.Atom, tag atom.Atom) int {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] == tag {
			return i
		}
	}
	return -1
}

// tellsMetadata reports whether the tag at hand may be where the author or the
// date is found.
func tellsMetadata(z *html.Tokenizer) bool {
	for {
		key, value, more := z.TagAttr()
		switch string(key) {
		case "class", "id", "itemprop", "rel":
			v := strings.ToLower(string(value))
			if slices.ContainsFunc(metadataWords, func(w string) bool { return strings.Contains(v, w) }) {
				return true
			}
		}
		if !more {
			return false
		}
	}
}

var metadataWords = []string{"author", "byline", "writer", "date", "time", "publish"}
