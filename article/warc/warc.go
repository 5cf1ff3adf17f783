// Package warc reads the web pages in a WARC file (ISO 28500), the format in
// which crawlers and web archives keep what servers answered. It reads versions
// 0.17 to 1.1, one record at a time.
package warc

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"
)

const (
	// MaxPage is the longest page that is read, before and after it is unpacked.
	MaxPage = 20 << 20

	maxHeader = 1 << 20 // of a record, and of the HTTP answer in it
	maxBlank  = 64      // line ends between two records; the standard has two
)

var (
	// ErrBroken is returned where the file is not WARC from here on. What came
	// before is whole; nothing more is read.
	ErrBroken = errors.New("the WARC file is damaged")
	// ErrTruncated is returned where the file ends within a record. It is the end.
	ErrTruncated = errors.New("the WARC file is cut short")
	// ErrTooLarge is returned for a page beyond MaxPage. The next one follows.
	ErrTooLarge = errors.New("the record is too large")
	// ErrPage is returned for a record whose HTTP answer cannot be taken apart.
	// The next one follows.
	ErrPage = errors.New("the record's HTTP answer is damaged")
)

// Record is a page that was fetched.
type Record struct {
	Offset      int64  // where the record begins in the unpacked file, in bytes
	ID          string // the record's name for itself, mostly a UUID
	URL         string // what was fetched
	Date        string // when, as RFC 3339: not when the page was published
	ContentType string // as the server gave it
	Body        []byte // unpacked
}

// Reader yields the pages of a WARC file.
type Reader struct {
	r      *bufio.Reader
	start  int64 // of the record being read, in bytes
	offset int64 // that has been reached
	ended  error // io.EOF, or why no record can follow
}

// NewReader reads the unpacked WARC in r.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReaderSize(r, 64<<10)} }

// Next returns the next page: a successful answer (status 200) that is HTML,
// XHTML or PDF by its Content-Type, or has none. Everything else in the file is
// passed over. At the end the error is io.EOF.
//
// With ErrTooLarge and ErrPage the Record says which it was, and Next goes on
// with the one behind it. After any other error it returns that error again.
func (r *Reader) Next() (Record, error) {
	for r.ended == nil {
		rec, err := r.record()
		switch {
		case err == nil && rec == nil: // of no interest
		case err == nil:
			return *rec, nil
		case errors.Is(err, ErrTooLarge), errors.Is(err, ErrPage):
			return *rec, err
		default:
			r.ended = err
			return Record{Offset: r.start}, err
		}
	}
	return Record{Offset: r.start}, r.ended
}

// record reads one record. It is nil for one that is no page.
func (r *Reader) record() (*Record, error) {
	if err := r.skipBlank(); err != nil {
		return nil, err
	}
	start := r.offset
	r.start = start
	header, err := r.header()
	if err != nil {
		return nil, err
	}
	length, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, fmt.Errorf("%w: the record at byte %d does not say how long it is", ErrBroken, start)
	}
	rec := &Record{
		Offset: start,
		ID:     strings.Trim(header.Get("WARC-Record-ID"), "<>"),
		URL:    strings.Trim(header.Get("WARC-Target-URI"), "<>"), // with brackets in versions before 1.1
		Date:   header.Get("WARC-Date"),
	}
	kind := header.Get("WARC-Type")
	media, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	answer := kind == "response" && (media == "application/http" || media == "")
	resource := kind == "resource" && isPage(header.Get("Content-Type"))
	block := &io.LimitedReader{R: r.r, N: length}
	keep := answer || resource
	var failed error
	switch {
	case !keep:
		rec = nil
	case answer:
		var wanted bool
		if wanted, failed = rec.readAnswer(block); !wanted {
			rec = nil
		}
	default:
		rec.ContentType = header.Get("Content-Type")
		rec.Body, failed = readPage(block)
	}
	// What was not read of the block is passed over; if the file ends in it, that
	// is what is wrong, whatever else seemed to be.
	_, err = io.Copy(io.Discard, block)
	r.offset += length - block.N
	if err != nil {
		return nil, fmt.Errorf("reading broke off at byte %d: %w", r.offset, err)
	}
	if block.N > 0 {
		return nil, fmt.Errorf("%w: the record at byte %d lacks %d of its %d bytes", ErrTruncated, start, block.N, length)
	}
	if failed != nil {
		return &Record{Offset: start, ID: rec.ID, URL: rec.URL}, failed
	}
	return rec, nil
}

// skipBlank passes over the line ends that stand between records.
func (r *Reader) skipBlank() error {
	for range maxBlank {
		b, err := r.r.ReadByte()
		if err == io.EOF {
			return io.EOF
		}
		if err != nil {
			return fmt.Errorf("reading broke off at byte %d: %w", r.offset, err)
		}
		if b != '\r' && b != '\n' {
			return r.r.UnreadByte()
		}
		r.offset++
	}
	return fmt.Errorf("%w: there is no record at byte %d", ErrBroken, r.offset)
}

// header reads the version line and the named fields of a record, and the empty
// line behind them.
func (r *Reader) header() (textproto.MIMEHeader, error) {
	lines, err := readHeader(r.r)
	start := r.offset
	r.offset += int64(len(lines))
	switch {
	case errors.Is(err, io.EOF) && len(lines) < len("WARC/") && strings.HasPrefix("WARC/", string(lines)),
		errors.Is(err, io.EOF) && bytes.HasPrefix(lines, []byte("WARC/")):
		return nil, fmt.Errorf("%w: it ends in the header of the record at byte %d", ErrTruncated, start)
	case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errLongHeader):
		return nil, fmt.Errorf("reading broke off at byte %d: %w", r.offset, err)
	case !bytes.HasPrefix(lines, []byte("WARC/")):
		return nil, fmt.Errorf("%w: there is no record at byte %d", ErrBroken, start)
	case err != nil:
		return nil, fmt.Errorf("%w: the record at byte %d: %w", ErrBroken, start, err)
	}
	_, fields, _ := bytes.Cut(lines, []byte("\n"))
	return parseFields(fields), nil
}

var errLongHeader = errors.New("the header is too long")

// readHeader reads up to the first empty line, which it includes.
func readHeader(r *bufio.Reader) ([]byte, error) {
	var lines []byte
	lineStart := 0
	for {
		part, err := r.ReadSlice('\n')
		if len(lines)+len(part) > maxHeader {
			return lines, errLongHeader
		}
		lines = append(lines, part...)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			return lines, err
		}
		if line := lines[lineStart:]; len(line) == 1 || len(line) == 2 && line[0] == '\r' {
			return lines, nil
		}
		lineStart = len(lines)
	}
}

// parseFields reads "Name: value" lines, of which a later one may go on after
// white space. Of a repeated field the first counts. What is no field is
// passed over, as browsers do.
func parseFields(lines []byte) textproto.MIMEHeader {
	header := make(textproto.MIMEHeader)
	last := ""
	for line := range bytes.Lines(lines) {
		line := strings.TrimRight(string(line), "\r\n")
		if line != "" && (line[0] == ' ' || line[0] == '\t') {
			if values := header[last]; len(values) == 1 {
				values[0] += " " + strings.TrimSpace(line)
			}
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		last = ""
		if key := textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name)); ok && header[key] == nil {
			last = key
			header[key] = []string{strings.TrimSpace(value)}
		}
	}
	return header
}

// readAnswer reads an HTTP answer into rec, unless it is not wanted.
func (rec *Record) readAnswer(block io.Reader) (wanted bool, err error) {
	r := bufio.NewReader(block)
	lines, err := readHeader(r)
	status, fields, _ := bytes.Cut(lines, []byte("\n"))
	protocol, rest, _ := strings.Cut(string(status), " ")
	if !strings.HasPrefix(protocol, "HTTP/") {
		return true, fmt.Errorf("%w: it has no status line", ErrPage)
	}
	if code, _, _ := strings.Cut(strings.TrimSpace(rest), " "); code != strconv.Itoa(http.StatusOK) {
		return false, nil
	}
	if err != nil {
		return true, fmt.Errorf("%w: its header does not end", ErrPage)
	}
	header := parseFields(fields)
	rec.ContentType = header.Get("Content-Type")
	if rec.ContentType != "" && !isPage(rec.ContentType) {
		return false, nil
	}
	var body io.Reader = r
	if strings.EqualFold(header.Get("Transfer-Encoding"), "chunked") && isChunked(r) {
		body = httputil.NewChunkedReader(r)
	}
	packed, err := readPage(body)
	if err != nil {
		return true, err
	}
	rec.Body, err = unpack(packed, header.Get("Content-Encoding"))
	return true, err
}

// isPage reports whether what a server calls contentType may hold an article.
func isPage(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "text/html", "application/xhtml+xml", "application/pdf":
		return true
	}
	return false
}

// isChunked reports whether a body begins with the length of a chunk. Some
// archives keep the header of an answer that they have put together.
func isChunked(r *bufio.Reader) bool {
	head, _ := r.Peek(20)
	size, _, ok := bytes.Cut(head, []byte("\r\n"))
	digits, _, _ := strings.Cut(string(size), ";")
	_, err := strconv.ParseUint(strings.TrimSpace(digits), 16, 63)
	return ok && err == nil
}

func readPage(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, MaxPage+1))
	if len(body) > MaxPage {
		return nil, fmt.Errorf("%w: its page has more than %d MB", ErrTooLarge, MaxPage>>20)
	}
	if err != nil && len(body) == 0 {
		return nil, fmt.Errorf("%w: %w", ErrPage, err)
	}
	return body, nil // as far as it goes, as browsers do
}

// unpack undoes the codings that a server applied, the last first. An archive
// may have undone them and kept the header, so a body that does not bear a
// coding's mark stays as it is.
func unpack(body []byte, codings string) ([]byte, error) {
	const maxCodings = 3
	list := strings.Split(codings, ",")
	if len(list) > maxCodings {
		return nil, fmt.Errorf("%w: it is packed more than %d times", ErrPage, maxCodings)
	}
	for i := len(list) - 1; i >= 0; i-- {
		var unpacked io.Reader
		var err error
		switch coding := strings.ToLower(strings.TrimSpace(list[i])); coding {
		case "", "identity":
			continue
		case "gzip", "x-gzip":
			if !bytes.HasPrefix(body, []byte("\x1f\x8b")) {
				continue
			}
			unpacked, err = gzip.NewReader(bytes.NewReader(body))
		case "deflate":
			if looksText(body) {
				continue
			}
			if unpacked, err = zlib.NewReader(bytes.NewReader(body)); err != nil { // as the standard has it
				unpacked, err = flate.NewReader(bytes.NewReader(body)), nil // as some servers do
			}
		default:
			if looksText(body) {
				continue
			}
			return nil, fmt.Errorf("%w: it is packed as %q, which is not read", ErrPage, coding)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrPage, err)
		}
		if body, err = readPage(unpacked); err != nil {
			return nil, err
		}
	}
	return body, nil
}

// looksText reports whether a body begins as markup does.
func looksText(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body[:min(len(body), 1024)], " \t\r\n\uFEFF"), []byte("<"))
}
