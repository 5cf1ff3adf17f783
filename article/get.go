package article

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hearsay/article/fetch"
	"hearsay/article/page"
	"hearsay/article/pdf"
	"hearsay/article/plain"
)

// DefaultMaxFileBytes is the longest file that a Getter reads unless told
// otherwise.
const DefaultMaxFileBytes = 256 << 20

// Getter gets articles. The zero Getter works; set its fields before the first
// use. It may be used by several goroutines at once and must not be copied.
type Getter struct {
	// AllowPrivate lets URLs lead to private, loopback and link-local addresses.
	AllowPrivate bool
	// Force reads texts in languages other than English too.
	Force bool
	// Published is the publication date, in EDTF or another form that names a
	// day. It takes the place of the date found in a page or a PDF, which is
	// an inference; a date that a line of JSONL states stands.
	Published string
	// Language is the language of the texts as a BCP 47 tag. Where it is set,
	// nothing is detected.
	Language string
	// MaxBytes limits what a URL may yield after decompression, 20 MB by
	// default; MaxFileBytes a file, standard input or a line of JSONL.
	MaxBytes, MaxFileBytes int64
	// Timeout limits the fetching of one URL, 30 s by default; ConnectTimeout
	// each connection in it, 10 s by default.
	Timeout, ConnectTimeout time.Duration
	// UserAgent is what servers are told, "hearsay/<version>" by default.
	UserAgent string
	// Gate, unless it is nil, is passed before each request.
	Gate fetch.Gate
	// Stdin is what the input "-" reads, os.Stdin by default.
	Stdin io.Reader

	pdf pdf.Reader
}

// Close frees the memory that reading PDFs takes. A Getter that lives as long
// as the program need not be closed.
func (g *Getter) Close() error { return g.pdf.Close() }

// Get reads one input: a file name, an http or https URL, or "-" for standard
// input. What it holds is told by its content: plain text, HTML or PDF. For
// plain text Article.Text is the decoded file, with nothing added and nothing
// cut but a byte-order mark.
//
// The error is an *Error.
func (g *Getter) Get(ctx context.Context, input string) (Article, error) {
	src, err := g.open(ctx, input)
	if err != nil {
		return Article{}, Fail(input, err)
	}
	return g.Read(ctx, input, *src)
}

// Source is the bytes of one article and what is known of them. Only Body is
// required.
type Source struct {
	Name        string // of the file: its ending counts where the bytes leave open what they are
	URL         string // where it stood
	ContentType string // as the sender gave it
	Body        []byte
}

// Read turns bytes that are at hand into an article as Get does. input is what
// the errors call it.
//
// The error is an *Error.
func (g *Getter) Read(ctx context.Context, input string, src Source) (Article, error) {
	a, err := g.read(ctx, &src)
	if err != nil {
		return Article{}, Fail(input, err)
	}
	if g.Published != "" {
		if a.Published, err = publicationDate(g.Published); err != nil {
			return Article{}, Fail(input, err)
		}
	}
	if err := g.checkText(&a); err != nil {
		return Article{}, Fail(input, err)
	}
	return a, nil
}

// Accept holds an article whose parts a format states, such as a message of a
// chat, to what Get asks of every article: a text, in a language that is read.
// Its date is put in EDTF, or left out where it is none. input is what the
// error calls it.
//
// The error is an *Error.
func (g *Getter) Accept(input string, a Article) (Article, error) {
	stated := a.Published
	a.Published = ""
	if err := g.settleDate(&a, stated); err != nil {
		return Article{}, Fail(input, err)
	}
	if err := g.checkText(&a); err != nil {
		return Article{}, Fail(input, err)
	}
	return a, nil
}

// settleDate gives a the date that its bearer states, else the Getter's, else
// leaves it the one it has.
func (g *Getter) settleDate(a *Article, stated string) error {
	if published, err := publicationDate(stated); err == nil {
		a.Published = published
		return nil
	}
	if g.Published == "" {
		return nil
	}
	var err error
	a.Published, err = publicationDate(g.Published)
	return err
}

func (g *Getter) open(ctx context.Context, input string) (*Source, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch scheme, _, isURL := strings.Cut(input, "://"); {
	case input == "-":
		body, err := g.readAll(cmp.Or[io.Reader](g.Stdin, os.Stdin))
		return &Source{Body: body}, err
	case isURL && !strings.ContainsAny(scheme, `/\. `):
		client := g.Client()
		res, err := client.Get(ctx, input)
		if err != nil {
			return nil, err
		}
		return &Source{URL: res.URL, ContentType: res.ContentType, Body: res.Body}, nil
	}
	file, err := os.Open(input)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil {
		return nil, err
	} else if info.IsDir() {
		return nil, errFolder
	}
	body, err := g.readAll(file)
	return &Source{Name: input, Body: body}, err
}

// Client returns what the Getter gets addresses with.
func (g *Getter) Client() fetch.Client {
	return fetch.Client{
		AllowPrivate: g.AllowPrivate, MaxBytes: g.MaxBytes, UserAgent: g.UserAgent,
		Timeout: g.Timeout, ConnectTimeout: g.ConnectTimeout, Gate: g.Gate,
	}
}

func (g *Getter) readAll(r io.Reader) ([]byte, error) {
	limit := cmp.Or(g.MaxFileBytes, DefaultMaxFileBytes)
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("reading broke off after %d bytes: %w", len(body), err)
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%w: more than %d MB", errTooLarge, limit>>20)
	}
	return body, nil
}

// read turns the bytes into an article by what they are.
func (g *Getter) read(ctx context.Context, src *Source) (Article, error) {
	switch src.kind() {
	case kindPDF:
		doc, err := g.pdf.Read(ctx, src.Body)
		if err != nil {
			return Article{}, err
		}
		return Article{
			URL: src.URL, Title: doc.Title, Byline: doc.Authors, Published: doc.Created, Text: doc.Text,
		}, nil
	case kindHTML:
		return readPage(ctx, src.Body, src.ContentType, src.URL)
	default:
		text, err := plain.Decode(src.Body, src.ContentType)
		return Article{URL: src.URL, Text: text}, err
	}
}

// readPage gets the article in a web page; address is where the page stood, or
// empty.
func readPage(ctx context.Context, body []byte, contentType, address string) (Article, error) {
	var base *url.URL
	if address != "" {
		base, _ = url.Parse(address) // an address that is none is no help, nor a harm
	}
	p, err := page.Extract(ctx, body, contentType, base)
	if err != nil {
		return Article{}, err
	}
	return Article{
		URL: cmp.Or(address, p.URL), Title: p.Title, Byline: p.Byline, Site: p.Site,
		Published: p.Published, Language: p.Language, Text: p.Text,
	}, nil
}

// kind is what an input holds.
type kind int

const (
	kindPlain kind = iota
	kindHTML
	kindPDF
)

// kind tells what the source holds: by the mark that every PDF bears, then by
// the word of the server or the end of the file's name, then by its beginning.
func (src *Source) kind() kind {
	if isPDF(src.Body) {
		return kindPDF
	}
	mediaType, _, _ := strings.Cut(src.ContentType, ";")
	switch strings.ToLower(strings.TrimSpace(mediaType)) {
	case "text/html", "application/xhtml+xml":
		return kindHTML
	case "text/plain":
		return kindPlain
	}
	switch strings.ToLower(filepath.Ext(src.Name)) {
	case ".html", ".htm", ".xhtml":
		return kindHTML
	case ".txt", ".text", ".md":
		return kindPlain
	}
	if page.Sniff(src.Body) {
		return kindHTML
	}
	return kindPlain
}

// isPDF reports whether b is a PDF: its mark stands at the beginning, or after
// some junk that viewers overlook too, and then its end has one as well, for a
// text may speak of PDFs.
func isPDF(b []byte) bool {
	const within = 1024
	if bytes.HasPrefix(bytes.TrimLeft(b[:min(len(b), within)], "\uFEFF \t\r\n"), []byte("%PDF-")) {
		return true
	}
	return bytes.Contains(b[:min(len(b), within)], []byte("%PDF-")) &&
		bytes.Contains(b[max(0, len(b)-within):], []byte("%%EOF"))
}

// checkText refuses an article without text or in another language, and gives
// it its language.
func (g *Getter) checkText(a *Article) error {
	if strings.TrimSpace(a.Text) == "" {
		return errEmpty
	}
	return g.settleLanguage(a)
}

var (
	errFolder   = errors.New("it is a folder")
	errEmpty    = errors.New("it is empty")
	errTooLarge = errors.New("it is too large")
)
