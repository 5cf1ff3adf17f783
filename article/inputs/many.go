package inputs

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"hearsay/article"
	"hearsay/article/feed"
	"hearsay/article/telegram"
	"hearsay/article/warc"
)

// gzip yields what is in a gzip file, of one member or, as WARC files are, of
// many. Gzip within gzip is refused: nobody packs an article so, and each layer
// multiplies what a few bytes unpack to.
func (r *run) gzip(s stream, br *bufio.Reader) bool {
	if s.packed {
		return r.fail(s.item(), errNested)
	}
	packed := &counting{r: br, total: new(atomic.Int64)}
	unpacked, err := gzip.NewReader(bufio.NewReader(packed))
	if err != nil {
		return r.fail(s.item(), err)
	}
	s.packed, s.counted = true, false
	s.contentType = "" // that of the gzip file
	s.r = &bombProof{r: unpacked, packed: packed}
	return r.stream(s)
}

// bombProof refuses to go on with gzip that unpacks to far more than text does.
type bombProof struct {
	r      io.Reader
	packed *counting
	n      int64
}

func (b *bombProof) Read(p []byte) (int, error) {
	const allowed, maxRatio = 64 << 20, 200 // news text packs to a third or a tenth
	n, err := b.r.Read(p)
	b.n += int64(n)
	if b.n > allowed && b.n > maxRatio*b.packed.n {
		return 0, fmt.Errorf("%w: its first %d bytes unpack to more than %d times as many", errBomb, b.packed.n, maxRatio)
	}
	return n, err
}

// jsonl yields the lines of article JSONL.
func (r *run) jsonl(s stream) bool {
	g := r.w.Getter
	lines := article.NewLines(s.r, MaxRecord)
	for n := 1; ; n++ {
		b, err := lines.Next()
		if err == io.EOF {
			return true
		}
		if err == nil && len(bytes.TrimSpace(b)) == 0 {
			continue
		}
		it := s.record(":", n)
		if err != nil {
			if !r.fail(it, err) {
				return false
			}
			if errors.Is(err, article.ErrLongLine) {
				continue
			}
			return true
		}
		line := bytes.Clone(b)
		if bytes.Contains(line, []byte(`"html"`)) { // a page takes long to read
			it.State = digest(line)
		}
		it.get = func(ctx context.Context) (article.Article, error) { return g.Line(ctx, it.Name, line) }
		if !r.item(it) {
			return false
		}
	}
}

// warc yields the pages of a WARC file. A record goes by its place in the
// unpacked file: the ids in it may come twice.
func (r *run) warc(s stream) bool {
	g := r.w.Getter
	records := warc.NewReader(s.r)
	for {
		rec, err := records.Next()
		if err == io.EOF {
			return true
		}
		it := s.record("#", rec.Offset)
		if err != nil {
			if !r.fail(it, err) {
				return false
			}
			if errors.Is(err, warc.ErrTooLarge) || errors.Is(err, warc.ErrPage) {
				continue
			}
			return true
		}
		it.State = digest(rec.Body)
		it.get = func(ctx context.Context) (article.Article, error) {
			return g.Read(ctx, it.Name, article.Source{URL: rec.URL, ContentType: rec.ContentType, Body: rec.Body})
		}
		if !r.item(it) {
			return false
		}
	}
}

// telegram yields the messages of a Telegram export.
func (r *run) telegram(s stream) bool {
	g := r.w.Getter
	for messages := telegram.NewReader(s.r); ; {
		m, err := messages.Next()
		if err == io.EOF {
			return true
		}
		if err != nil {
			return r.fail(s.item(), err)
		}
		it := s.record("#", fmt.Sprintf("%d/%d", m.ChatID, m.ID))
		it.get = func(context.Context) (article.Article, error) { return g.Accept(it.Name, message(m)) }
		if !r.item(it) {
			return false
		}
	}
}

// message returns a message as an article. Its site is the chat that it stands
// in and its author whoever wrote it, so that of a message that was passed on
// the byline names the first and the site the last.
func message(m telegram.Message) article.Article {
	a := article.Article{Site: m.Chat, Published: m.Date, Text: m.Text}
	if m.ChatID != 0 {
		a.ID = fmt.Sprintf("telegram:%d/%d", m.ChatID, m.ID)
	}
	switch author := cmp.Or(m.ForwardedFrom, m.Author, m.From); author {
	case "", m.Chat:
	default:
		a.Byline = []string{author}
	}
	return a
}

// feed yields the items of a feed.
func (r *run) feed(s stream) bool {
	body, err := readAll(s.r, feed.MaxBytes)
	if err != nil {
		return r.fail(s.item(), err)
	}
	f, err := feed.Parse(body, s.contentType, s.url)
	if err != nil {
		return r.fail(s.item(), err)
	}
	return r.entries(s, f)
}

func (r *run) entries(s stream, f *feed.Feed) bool {
	for i, entry := range f.Items {
		it := s.record("#", cmp.Or(entry.ID, fmt.Sprint(i+1)))
		it.State = digest(append([]string{entry.URL, entry.Title, entry.Published, entry.HTML, entry.Text}, entry.Byline...)...)
		it.get = func(ctx context.Context) (article.Article, error) { return r.entry(ctx, it, f, entry) }
		if !r.item(it) {
			return false
		}
	}
	return true
}

// entry gets the article that an item of a feed carries or, where it has a part
// of it at most, the page that it links to. What the feed states goes before
// what is inferred from the page.
func (r *run) entry(ctx context.Context, it Item, f *feed.Feed, entry feed.Item) (article.Article, error) {
	g := r.w.Getter
	var a article.Article
	var err error
	switch {
	case entry.URL != "" && !entry.Full():
		if a, err = g.Get(ctx, entry.URL); err != nil {
			return a, err
		}
	case entry.Text != "":
		if a, err = g.Accept(it.Name, article.Article{URL: entry.URL, Text: entry.Text, Published: entry.Published}); err != nil {
			return a, err
		}
	case entry.HTML == "":
		return a, Fail(it.Name, errNoText)
	default:
		body := "<!DOCTYPE html><html><body><article><h1>" + html.EscapeString(entry.Title) + "</h1>" + entry.HTML + "</article></body></html>"
		if a, err = g.Read(ctx, it.Name, article.Source{URL: entry.URL, ContentType: "text/html; charset=utf-8", Body: []byte(body)}); err != nil {
			return a, err
		}
	}
	if entry.URL == "" {
		a.ID = it.Origin
	}
	a.Title = cmp.Or(entry.Title, a.Title)
	if u, err := url.Parse(a.URL); a.Site == "" || err == nil && a.Site == u.Host { // the page does not name its site
		a.Site = cmp.Or(f.Title, a.Site)
	}
	a.Published = cmp.Or(entry.Published, a.Published)
	if len(entry.Byline) > 0 {
		a.Byline = entry.Byline
	}
	return a, nil
}

// opml yields the items of the feeds that a list names. A feed that stands in
// several lists is read once.
func (r *run) opml(s stream) bool {
	const maxDepth, maxLists = 4, 100
	body, err := readAll(s.r, feed.MaxBytes)
	if err != nil {
		return r.fail(s.item(), err)
	}
	outlines, err := feed.ParseOPML(body, s.contentType, s.url)
	if err != nil {
		return r.fail(s.item(), err)
	}
	within := append(slices.Clip(s.within), s.origin, s.url)
	for _, o := range outlines {
		switch {
		case slices.Contains(within, o.URL):
			err = fmt.Errorf("%w, by way of %s", errLoop, strings.Join(slices.Compact(append(within, o.URL)), " "))
		case r.feeds[o.URL]:
			continue
		case o.List && (len(within) >= 2*maxDepth || r.lists == maxLists):
			err = errLists
		default:
			r.feeds[o.URL] = true
			if o.List {
				r.lists++
			}
			if !r.address(o.URL, within) {
				return false
			}
			continue
		}
		if !r.fail(Item{Name: s.name, Origin: s.origin}, err) {
			return false
		}
	}
	return true
}

var errNoText = errors.New("the item has no text and no link")
