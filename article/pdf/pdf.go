// Package pdf reads the text of a PDF as running text: its lines joined into
// paragraphs, words that were divided at a line's end made whole, page numbers
// and running heads left out.
//
// The parsing is done by PDFium, the engine of Chromium, compiled to
// WebAssembly. A PDF is a program of a hundred kinds of object, and parsers of
// it are where hostile files do their work: inside the sandbox an endless loop
// ends with the context, memory has a ceiling, and a crash is an error.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

var (
	// ErrEncrypted is returned for a PDF that cannot be read without a password.
	ErrEncrypted = errors.New("the PDF is encrypted")
	// ErrNoText is returned for a PDF without a text layer.
	ErrNoText = errors.New("the PDF holds pictures and no text")
	// ErrBroken is returned for a PDF that PDFium cannot parse.
	ErrBroken = errors.New("the PDF is damaged")
	// ErrTooLarge is returned for a PDF of more bytes, pages or characters than
	// the limits.
	ErrTooLarge = errors.New("the PDF is too large")
	// ErrTimeout is returned where reading takes longer than the time limit.
	ErrTimeout = errors.New("the PDF takes too long to read")
)

// The limits. Timeout is for the whole of one PDF.
const (
	MaxBytes = 64 << 20
	MaxPages = 2000
	Timeout  = 30 * time.Second

	maxPageChars = 100_000
	maxChars     = 4_000_000
	memoryPages  = 6144 // of 64 KB: the sandbox's memory

	// Interpreting starts in a third of a second and reads a page in a tenth;
	// compiling takes some three seconds once and reads thirty times faster.
	maxInterpretedPages = 10
)

// Document is what was read.
type Document struct {
	Title   string   // from the PDF's metadata, where it is a title
	Authors []string // likewise
	Created string   // YYYY-MM-DD, likewise
	Text    string   // paragraphs with a blank line between them
}

// Reader reads PDFs. The zero Reader works. It may be used by several
// goroutines at once.
type Reader struct {
	mu       sync.Mutex
	cache    wazero.CompilationCache // PDFium, prepared on first use
	compiled bool                    // a long PDF has been met
}

// Close frees what the Reader holds. The Reader works on, and prepares PDFium
// anew when it is used again.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	cache := r.cache
	r.cache, r.compiled = nil, false
	if cache == nil {
		return nil
	}
	return cache.Close(context.Background())
}

// Read returns the text and the metadata of the PDF in b. The error wraps one
// of the Err variables, or is ctx's.
func (r *Reader) Read(ctx context.Context, b []byte) (*Document, error) {
	if len(b) > MaxBytes {
		return nil, fmt.Errorf("%w: %d MB, the limit is %d MB", ErrTooLarge, len(b)>>20, MaxBytes>>20)
	}
	timed, cancel := context.WithTimeoutCause(ctx, Timeout, ErrTimeout)
	defer cancel()

	doc, err := r.read(timed, b)
	switch {
	case err == nil:
		return doc, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case timed.Err() != nil:
		return nil, fmt.Errorf("%w: more than %v", ErrTimeout, Timeout)
	}
	for _, known := range []error{ErrEncrypted, ErrNoText, ErrTooLarge, ErrBroken} {
		if errors.Is(err, known) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%w: %w", ErrBroken, err)
}

func (r *Reader) read(ctx context.Context, b []byte) (*Document, error) {
	s, err := r.open(ctx, b)
	if err != nil {
		return nil, err
	}
	defer func() { s.close() }()
	if s.pages > maxInterpretedPages && !s.compiled {
		s.close()
		r.mu.Lock()
		r.compiled = true
		r.mu.Unlock()
		if s, err = r.open(ctx, b); err != nil {
			return nil, err
		}
	}

	var pages []page
	total := 0
	for i := range s.pages {
		chars, err := s.chars(i, maxChars-total)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		total += len(chars)
		pages = append(pages, lines(chars))
	}
	doc := &Document{Text: paragraphs(pages)}
	if strings.TrimSpace(doc.Text) == "" {
		return nil, ErrNoText
	}
	s.metadata(doc)
	return doc, nil
}

// session is one open PDF in a sandbox of its own.
type session struct {
	pool     pdfium.Pool
	pdfium   pdfium.Pdfium
	doc      references.FPDF_DOCUMENT
	pages    int
	compiled bool
}

// open makes a sandbox that ends with ctx, and opens b in it.
func (r *Reader) open(ctx context.Context, b []byte) (*session, error) {
	r.mu.Lock()
	if r.cache == nil {
		r.cache = wazero.NewCompilationCache()
	}
	config, compiled := wazero.NewRuntimeConfigInterpreter(), r.compiled
	if compiled {
		config = wazero.NewRuntimeConfig()
	}
	config = config.WithCompilationCache(r.cache)
	r.mu.Unlock()

	config = config.
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages).
		WithCloseOnContextDone(true)
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, RuntimeConfig: config,
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // no files
		Stdout:   io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	s := &session{pool: pool, compiled: compiled}
	if s.pdfium, err = pool.GetInstanceWithContext(ctx); err != nil {
		s.close()
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	opened, err := s.pdfium.OpenDocument(&requests.OpenDocument{File: &b})
	if err != nil {
		s.close()
		if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
			return nil, ErrEncrypted
		}
		return nil, err
	}
	s.doc = opened.Document
	count, err := s.pdfium.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: s.doc})
	if err != nil {
		s.close()
		return nil, err
	}
	if s.pages = count.PageCount; s.pages > MaxPages {
		s.close()
		return nil, fmt.Errorf("%w: %d pages, the limit is %d", ErrTooLarge, s.pages, MaxPages)
	}
	return s, nil
}

// close ends the sandbox. What it says of its own end helps nobody: it may have
// been stopped in the middle of a call.
func (s *session) close() {
	if s.pdfium != nil {
		_ = s.pdfium.Close()
		s.pdfium = nil
	}
	if s.pool != nil {
		_ = s.pool.Close()
		s.pool = nil
	}
}

// chars returns the characters of a page, in PDFium's order of reading, at most
// limit of them.
func (s *session) chars(index, limit int) ([]*responses.GetPageTextStructuredChar, error) {
	ref := requests.Page{ByIndex: &requests.PageByIndex{Document: s.doc, Index: index}}
	text, err := s.pdfium.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return nil, err
	}
	count, err := s.pdfium.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, err
	}
	if count.Count > min(limit, maxPageChars) {
		return nil, fmt.Errorf("%w: too many characters", ErrTooLarge)
	}
	if _, err := s.pdfium.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}); err != nil {
		return nil, err
	}
	if count.Count <= 0 {
		return nil, nil
	}
	res, err := s.pdfium.GetPageTextStructured(&requests.GetPageTextStructured{Page: ref, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, err
	}
	return res.Chars, nil
}

// metadata fills in what the PDF says of itself. It is the word of whatever
// program wrote the file, so what is plainly no title or date is left out.
func (s *session) metadata(doc *Document) {
	res, err := s.pdfium.GetMetaData(&requests.GetMetaData{
		Document: s.doc, Tags: &[]string{"Title", "Author", "CreationDate"},
	})
	if err != nil {
		return
	}
	for _, tag := range res.Tags {
		value := strings.Join(strings.Fields(strings.ToValidUTF8(tag.Value, "")), " ")
		switch tag.Tag {
		case "Title":
			doc.Title = title(value)
		case "Author":
			doc.Authors = authors(value)
		case "CreationDate":
			doc.Created = day(value)
		}
	}
}

// title returns s unless it is the name of a file, as word processors write it.
func title(s string) string {
	lower := strings.ToLower(s)
	if strings.HasPrefix(lower, "microsoft word - ") || strings.HasPrefix(lower, "untitled") {
		return ""
	}
	for _, ext := range []string{".doc", ".docx", ".pdf", ".odt", ".indd", ".qxd", ".rtf", ".txt", ".tex", ".dvi"} {
		if strings.HasSuffix(lower, ext) {
			return ""
		}
	}
	return s
}

func authors(s string) []string {
	var names []string
	for name := range strings.SplitSeq(s, ";") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// day returns the day of a PDF date, "D:20240327101500+01'00'".
func day(s string) string {
	s = strings.TrimPrefix(s, "D:")
	if len(s) < len("20060102") {
		return ""
	}
	t, err := time.Parse("20060102", s[:len("20060102")])
	if err != nil || t.Year() < 1970 {
		return ""
	}
	return t.Format(time.DateOnly)
}
