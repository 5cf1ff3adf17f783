// Package feed reads news feeds (RSS 0.9 to 2.0, Atom, JSON Feed) and OPML, the
// format in which lists of feeds are exchanged.
package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// The limits. A feed of a news site has some fifty items and 500 KB.
const (
	MaxBytes = 20 << 20
	MaxItems = 20_000

	maxDepth      = 200 // elements within one another
	maxNamespaces = 200 // declared where an element stands
)

var (
	// ErrBroken is returned for what cannot be parsed.
	ErrBroken = errors.New("the feed is damaged")
	// ErrTooLarge is returned for what goes beyond a limit.
	ErrTooLarge = errors.New("the feed is too large")
)

// Feed is what a feed holds.
type Feed struct {
	Title    string
	Language string // BCP 47 as the feed declares it, unchecked
	Items    []Item
	Rhythm   Rhythm
}

// Rhythm is how often a feed wants to be read, as RSS 2.0 can say. The zero
// Rhythm wants nothing.
type Rhythm struct {
	Every    time.Duration // no more often than this: ttl
	SkipHour [24]bool      // not in these hours of UTC
	SkipDay  [7]bool       // not on these days of UTC, by time.Weekday
}

// Next returns the first moment from t on at which the feed may be read again.
// A feed that leaves out every hour or day means something else.
func (r *Rhythm) Next(t time.Time) time.Time {
	next := t.UTC()
	for range 24 * 7 {
		if !r.SkipHour[next.Hour()] && !r.SkipDay[next.Weekday()] {
			return next
		}
		next = next.Truncate(time.Hour).Add(time.Hour)
	}
	return t
}

// Item is an entry of a feed. What is unknown is empty.
type Item struct {
	ID        string // the feed's name for it, which no other item of the feed has
	URL       string // of the page, absolute where the feed's address is known
	Title     string
	Byline    []string
	Published string // YYYY-MM-DD
	HTML      string // the text with its markup, or a part of it
	Text      string // the text without markup, where the feed gives it so
}

// fullWords is the number of words from which the text in a feed is taken for
// the whole article: teasers have a paragraph or two.
const fullWords = 150

// teasers are the words and marks with which a cut text ends.
var teasers = []string{"…", "...", "[…]", "[...]", "read more", "continue reading", "read the full story", "read on", "»"}

// Full reports whether the item seems to carry the whole of its article, so that
// the page need not be fetched.
func (it *Item) Full() bool {
	text := cmp.Or(it.Text, plainWords(it.HTML))
	end := strings.ToLower(strings.TrimSpace(text))
	for _, t := range teasers {
		if strings.HasSuffix(end, t) {
			return false
		}
	}
	return len(strings.Fields(text)) >= fullWords
}

// plainWords returns the words of a piece of HTML.
func plainWords(markup string) string {
	var words strings.Builder
	for z := html.NewTokenizer(strings.NewReader(markup)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return words.String()
		case html.TextToken:
			words.Write(z.Text())
		default:
			words.WriteByte(' ')
		}
	}
}

// Kind is what a document is.
type Kind int

// What a document is.
const (
	Other Kind = iota
	IsFeed
	IsOPML
)

// Sniff tells from its beginning whether a document in XML is a feed or OPML.
func Sniff(head []byte) Kind {
	trimmed := bytes.TrimLeft(head, "\uFEFF\xFE\xFF\x00 \t\r\n")
	if !bytes.HasPrefix(trimmed, []byte("<")) {
		return Other
	}
	text, err := decode(head, "")
	if err != nil {
		return Other
	}
	for d := newDecoder(text); ; {
		token, err := d.RawToken()
		if err != nil {
			return Other
		}
		if start, ok := token.(xml.StartElement); ok {
			switch strings.ToLower(start.Name.Local) {
			case "rss", "feed", "rdf":
				return IsFeed
			case "opml":
				return IsOPML
			}
			return Other
		}
	}
}

// Parse reads a feed. address is where it came from, or empty; contentType is
// what the server said of it, of which the charset counts.
func Parse(b []byte, contentType, address string) (f *Feed, err error) {
	if len(b) > MaxBytes {
		return nil, fmt.Errorf("%w: %d MB, the limit is %d MB", ErrTooLarge, len(b)>>20, MaxBytes>>20)
	}
	var base *url.URL
	if address != "" {
		base, _ = url.Parse(address) // an address that is none is no help, nor a harm
	}
	if bytes.HasPrefix(bytes.TrimLeft(b, "\uFEFF \t\r\n"), []byte("{")) {
		return parseJSON(bytes.TrimLeft(b, "\uFEFF \t\r\n"), base)
	}
	text, err := decode(b, contentType)
	if err != nil {
		return nil, err
	}
	if err := scan(text); err != nil {
		return nil, err
	}
	defer func() { // a fault of the parser in one feed must not take the others down
		if fault := recover(); fault != nil {
			f, err = nil, fmt.Errorf("%w: the parser fails at it", ErrBroken)
		}
	}()
	parser := gofeed.NewParser()
	var rhythm listening
	parser.RSSTranslator = &rhythm
	parsed, err := parser.ParseString(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	f = &Feed{Title: flat(parsed.Title), Language: parsed.Language, Rhythm: rhythm.Rhythm}
	for _, p := range parsed.Items {
		it := Item{
			ID: p.GUID, URL: absolute(base, p.Link), Title: flat(plainWords(p.Title)),
			Published: day(p.PublishedParsed, p.UpdatedParsed),
			HTML:      cmp.Or(strings.TrimSpace(p.Content), strings.TrimSpace(p.Description)),
		}
		for _, a := range p.Authors {
			if name := flat(a.Name); name != "" {
				it.Byline = append(it.Byline, name)
			}
		}
		it.settle()
		f.Items = append(f.Items, it)
	}
	return f, nil
}

// listening is the parser's translator from RSS to what all feeds have in
// common, which the rhythm is not a part of.
type listening struct {
	gofeed.DefaultRSSTranslator
	Rhythm
}

// Translate hears the rhythm of an RSS feed.
func (l *listening) Translate(document any) (*gofeed.Feed, error) {
	if f, ok := document.(*rss.Feed); ok {
		const most = 365 * 24 * 60 // minutes
		if n, err := strconv.ParseFloat(strings.TrimSpace(f.TTL), 64); err == nil && n > 0 {
			l.Every = time.Duration(min(n, most) * float64(time.Minute))
		}
		for _, hour := range f.SkipHours {
			if n, err := strconv.Atoi(strings.TrimSpace(hour)); err == nil && n >= 0 && n <= 24 {
				l.SkipHour[n%24] = true // the first form of RSS had them from 1 to 24
			}
		}
		for _, day := range f.SkipDays {
			for w := time.Sunday; w <= time.Saturday; w++ {
				if strings.EqualFold(strings.TrimSpace(day), w.String()) {
					l.SkipDay[w] = true
				}
			}
		}
	}
	return l.DefaultRSSTranslator.Translate(document)
}

// settle gives an item the address or the id that it lacks from the other.
func (it *Item) settle() {
	it.ID = strings.TrimSpace(it.ID)
	if it.URL == "" && isAddress(it.ID) {
		it.URL = it.ID // many feeds name an item by its address alone
	}
	it.ID = cmp.Or(it.ID, it.URL)
}

// xmlDeclaration stands at the beginning of most XML and may name its charset.
var xmlDeclaration = regexp.MustCompile(`^\s*<\?xml([^>]*)\?>`)

var declaredEncoding = regexp.MustCompile(`encoding\s*=\s*["']([-\w.:]+)["']`)

// decode returns XML as UTF-8 without a declaration and without the characters
// that XML does not allow, which feeds have all the same.
func decode(b []byte, contentType string) (string, error) {
	const headBytes = 1024
	var text string
	switch enc, name, certain := charset.DetermineEncoding(b, contentType); {
	case certain && name != "utf-8":
		decoded, err := enc.NewDecoder().Bytes(b)
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrBroken, err)
		}
		text = string(decoded)
	default:
		text = string(b)
		if m := declaredEncoding.FindSubmatch(xmlDeclaration.Find(b[:min(len(b), headBytes)])); m != nil {
			enc, name := charset.Lookup(string(m[1]))
			if enc == nil {
				return "", fmt.Errorf("%w: its charset %q cannot be read", ErrBroken, m[1])
			}
			if name != "utf-8" && !strings.HasPrefix(name, "utf-16") { // bytes that say so in ASCII are not UTF-16
				decoded, err := enc.NewDecoder().Bytes(b)
				if err != nil {
					return "", fmt.Errorf("%w: %w", ErrBroken, err)
				}
				text = string(decoded)
			}
		}
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	if at := xmlDeclaration.FindStringIndex(text[:min(len(text), headBytes)]); at != nil {
		text = text[at[1]:]
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
			return ' '
		}
		return r
	}, text), nil
}

// newDecoder reads text as forgivingly as the feed's parser does.
func newDecoder(text string) *xml.Decoder {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	return d
}

// scan refuses XML that would cost the parser more than its length: it keeps
// every item, calls itself for every level, and copies every namespace that is
// declared around an element.
func scan(text string) error {
	d := newDecoder(text)
	var declared []int // by open element
	items, namespaces := 0, 0
	for {
		token, err := d.Token() // as the parser reads it: RawToken closes nothing by itself
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBroken, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := 0
			for _, a := range token.Attr {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
					n++
				}
			}
			declared = append(declared, n)
			namespaces += n
			if name := strings.ToLower(token.Name.Local); name == "item" || name == "entry" {
				items++
			}
		case xml.EndElement:
			if n := len(declared); n > 0 {
				namespaces -= declared[n-1]
				declared = declared[:n-1]
			}
		}
		switch {
		case items > MaxItems:
			return fmt.Errorf("%w: more than %d items", ErrTooLarge, MaxItems)
		case len(declared) > maxDepth:
			return fmt.Errorf("%w: elements lie more than %d deep within one another", ErrTooLarge, maxDepth)
		case namespaces > maxNamespaces:
			return fmt.Errorf("%w: more than %d namespaces", ErrTooLarge, maxNamespaces)
		}
	}
}

// jsonFeed is a JSON Feed, version 1 or 1.1.
type jsonFeed struct {
	Version  string          `json:"version"`
	Title    string          `json:"title"`
	Language string          `json:"language"`
	Authors  []jsonAuthor    `json:"authors"`
	Items    json.RawMessage `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID        any          `json:"id"` // some feeds give a number
	URL       string       `json:"url"`
	External  string       `json:"external_url"`
	Title     string       `json:"title"`
	HTML      string       `json:"content_html"`
	Text      string       `json:"content_text"`
	Summary   string       `json:"summary"`
	Published string       `json:"date_published"`
	Modified  string       `json:"date_modified"`
	Author    jsonAuthor   `json:"author"` // version 1
	Authors   []jsonAuthor `json:"authors"`
}

func parseJSON(b []byte, base *url.URL) (*Feed, error) {
	var j jsonFeed
	if err := json.Unmarshal(b, &j); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if !strings.Contains(j.Version, "jsonfeed.org/version/") {
		return nil, fmt.Errorf("%w: it does not say that it is a JSON Feed", ErrBroken)
	}
	f := &Feed{Title: flat(j.Title), Language: j.Language}
	if len(j.Items) == 0 {
		return f, nil
	}
	items := json.NewDecoder(bytes.NewReader(j.Items))
	items.UseNumber() // an id that is a number stays as it is written
	if token, err := items.Token(); err != nil || token != json.Delim('[') {
		return nil, fmt.Errorf("%w: its items are no list", ErrBroken)
	}
	for items.More() {
		if len(f.Items) == MaxItems {
			return nil, fmt.Errorf("%w: more than %d items", ErrTooLarge, MaxItems)
		}
		var p jsonItem
		if err := items.Decode(&p); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		it := Item{
			URL: absolute(base, cmp.Or(p.URL, p.External)), Title: flat(p.Title),
			Published: isoDay(p.Published, p.Modified), HTML: p.HTML, Text: p.Text,
		}
		if p.ID != nil {
			it.ID = fmt.Sprint(p.ID)
		}
		if it.HTML == "" && it.Text == "" {
			it.Text = p.Summary
		}
		authors := append(p.Authors, p.Author)
		if len(p.Authors) == 0 && p.Author.Name == "" {
			authors = j.Authors
		}
		for _, a := range authors {
			if name := flat(a.Name); name != "" {
				it.Byline = append(it.Byline, name)
			}
		}
		it.settle()
		f.Items = append(f.Items, it)
	}
	return f, nil
}

// Outline is one line of an OPML list: a feed, or another list to include.
type Outline struct {
	URL  string // absolute where the list's address is known
	List bool   // the URL is of another OPML list
}

// ParseOPML returns the feeds and lists that an OPML list names, in its order,
// each once. The arguments are those of Parse.
func ParseOPML(b []byte, contentType, address string) ([]Outline, error) {
	if len(b) > MaxBytes {
		return nil, fmt.Errorf("%w: %d MB, the limit is %d MB", ErrTooLarge, len(b)>>20, MaxBytes>>20)
	}
	var base *url.URL
	if address != "" {
		base, _ = url.Parse(address)
	}
	text, err := decode(b, contentType)
	if err != nil {
		return nil, err
	}
	var outlines []Outline
	seen := make(map[Outline]bool)
	for d := newDecoder(text); ; {
		token, err := d.RawToken()
		if err == io.EOF {
			return outlines, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || !strings.EqualFold(start.Name.Local, "outline") {
			continue
		}
		attr := make(map[string]string)
		for _, a := range start.Attr {
			attr[strings.ToLower(a.Name.Local)] = strings.TrimSpace(a.Value)
		}
		o := Outline{URL: absolute(base, attr["xmlurl"])}
		if o.URL == "" && strings.EqualFold(attr["type"], "include") {
			o = Outline{URL: absolute(base, attr["url"]), List: true}
		}
		if o.URL == "" || seen[o] {
			continue
		}
		if len(outlines) == MaxItems {
			return nil, fmt.Errorf("%w: more than %d feeds", ErrTooLarge, MaxItems)
		}
		seen[o] = true
		outlines = append(outlines, o)
	}
}

// absolute returns the address that link means in a document at base, or "" for
// one that is not on the web.
func absolute(base *url.URL, link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || link == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if s := u.String(); isAddress(s) {
		return s
	}
	return ""
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// day returns the first date that is known.
func day(dates ...*time.Time) string {
	for _, d := range dates {
		if d != nil && d.Year() > 0 && d.Year() < 10000 {
			return d.Format(time.DateOnly)
		}
	}
	return ""
}

// isoDay returns the day of the first date that is one in RFC 3339.
func isoDay(dates ...string) string {
	for _, d := range dates {
		if t, err := time.Parse(time.RFC3339, d); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}

// flat returns s on one line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
