package warc_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/article/warc"
)

const page = "<html><body><p>The mill burns.</p></body></html>"

// record makes a record of these header fields and this block.
func record(fields, block string) string {
	return fmt.Sprintf("WARC/1.1\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", fields, len(block), block)
}

const response = "WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://velmora.example/mill\r\n" +
	"WARC-Date: 2024-03-27T08:15:00Z\r\nContent-Type: application/http; msgtype=response\r\n"

func answer(header, body string) string {
	return "HTTP/1.1 200 OK\r\n" + header + "\r\n" + body
}

func packed(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zlibbed(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

// read reads all pages up to the end; of errors it keeps what they are.
func read(t testing.TB, file string) (pages []warc.Record, errs []error) {
	t.Helper()
	r := warc.NewReader(strings.NewReader(file))
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return pages, errs
		}
		if err == nil {
			pages = append(pages, rec)
			continue
		}
		errs = append(errs, err)
		if !errors.Is(err, warc.ErrPage) && !errors.Is(err, warc.ErrTooLarge) {
			if _, again := r.Next(); again != err {
				t.Errorf("after %v comes %v", err, again)
			}
			return pages, errs
		}
	}
}

func TestRecord(t *testing.T) {
	before := record("WARC-Type: warcinfo\r\n", "software: a robot\r\n")
	pages, errs := read(t, before+record(response, answer("Content-Type: text/html; charset=utf-8\r\n", page)))
	want := []warc.Record{{
		Offset: int64(len(before)), ID: "urn:uuid:1", URL: "https://velmora.example/mill", Date: "2024-03-27T08:15:00Z",
		ContentType: "text/html; charset=utf-8", Body: []byte(page),
	}}
	if diff := cmp.Diff(want, pages); diff != "" || errs != nil {
		t.Error(diff, errs)
	}
}

func TestBodies(t *testing.T) {
	html := "Content-Type: text/html\r\n"
	chunks := "10\r\n" + page[:16] + "\r\n" + fmt.Sprintf("%x;x=y\r\n", len(page)-16) + page[16:] + "\r\n0\r\n\r\n"
	for _, c := range []struct{ name, block, want string }{
		{"plain", answer(html, page), page},
		{"no type", answer("", page), page},
		{"XHTML", answer("Content-Type: Application/XHTML+xml\r\n", page), page},
		{"PDF", answer("Content-Type: application/pdf\r\n", "%PDF-1.4"), "%PDF-1.4"},
		{"line ends of one byte", "HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + page, page},
		{"HTTP 2", "HTTP/2 200\r\n" + html + "\r\n" + page, page},
		{"a field over two lines", answer("Content-Type:\r\n text/html\r\n", page), page},
		{"chunked", answer(html+"Transfer-Encoding: chunked\r\n", chunks), page},
		{"chunked, put together by the archive", answer(html+"Transfer-Encoding: chunked\r\n", page), page},
		{"chunked and cut", answer(html+"Transfer-Encoding: chunked\r\n", chunks[:40]), page[:26]},
		{"gzip", answer(html+"Content-Encoding: gzip\r\n", packed(t, page)), page},
		{"gzip in chunks", answer(html+"Content-Encoding: x-gzip\r\nTransfer-Encoding: Chunked\r\n",
			fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(packed(t, page)), packed(t, page))), page},
		{"gzip, unpacked by the archive", answer(html+"Content-Encoding: gzip\r\n", page), page},
		{"deflate", answer(html+"Content-Encoding: deflate\r\n", zlibbed(page)), page},
		{"deflate without a frame", answer(html+"Content-Encoding: deflate\r\n", zlibbed(page)[2:]), page},
		{"twice", answer(html+"Content-Encoding: deflate, gzip\r\n", packed(t, zlibbed(page))), page},
		{"brotli, unpacked by the archive", answer(html+"Content-Encoding: br\r\n", page), page},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages, errs := read(t, record(response, c.block))
			if len(pages) != 1 || errs != nil {
				t.Fatalf("%d pages, %v", len(pages), errs)
			}
			if got := string(pages[0].Body); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPassedOver(t *testing.T) {
	html := "Content-Type: text/html\r\n"
	for name, rec := range map[string]string{
		"request":   record("WARC-Type: request\r\n", "GET / HTTP/1.1\r\n\r\n"),
		"revisit":   record("WARC-Type: revisit\r\n", "HTTP/1.1 200 OK\r\n\r\n"),
		"DNS":       record("WARC-Type: response\r\nContent-Type: text/dns\r\n", "velmora.example. 10 IN A 192.0.2.1\n"),
		"not found": record(response, "HTTP/1.1 404 Not Found\r\n"+html+"\r\n"+page),
		"redirect":  record(response, "HTTP/1.1 301 Moved\r\n"+html+"\r\n"+page),
		"picture":   record(response, answer("Content-Type: image/png\r\n", "\x89PNG")),
		"text":      record(response, answer("Content-Type: text/plain\r\n", "User-agent: *")),
		"empty":     record("WARC-Type: warcinfo\r\n", ""),
	} {
		pages, errs := read(t, rec+record(response, answer(html, page)))
		if len(pages) != 1 || pages[0].Offset != int64(len(rec)) || errs != nil {
			t.Errorf("%s: got %d pages, %v; want the one behind it", name, len(pages), errs)
		}
	}
}

func TestResource(t *testing.T) {
	pages, errs := read(t, record("WARC-Type: resource\r\nContent-Type: text/html\r\n", page))
	if len(pages) != 1 || string(pages[0].Body) != page || errs != nil {
		t.Errorf("got %v, %v", pages, errs)
	}
}

// TestDamage checks that what is whole is read, and what is wrong is said.
func TestDamage(t *testing.T) {
	whole := record(response, answer("Content-Type: text/html\r\n", page))
	for _, c := range []struct {
		name, file string
		pages      int
		want       error
		says       string
	}{
		{"cut in a block", whole + whole[:len(whole)-10], 1, warc.ErrTruncated, "lacks 6 of its"},
		{"cut in a header", whole + whole[:40], 1, warc.ErrTruncated, "ends in the header"},
		{"cut in the first word", whole + "WAR", 1, warc.ErrTruncated, "ends in the header"},
		{"cut between records", whole[:len(whole)-3], 1, nil, ""},
		{"something else", whole + "<html>", 1, warc.ErrBroken, "no record at byte"},
		{"only line ends", whole + strings.Repeat("\r\n", 1000), 1, warc.ErrBroken, "no record at byte"},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\n" + whole, 0, warc.ErrBroken, "how long it is"},
		{"less than nothing", "WARC/1.0\r\nContent-Length: -1\r\n\r\n" + whole, 0, warc.ErrBroken, "how long it is"},
		{"beyond counting", "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n" + whole, 0, warc.ErrBroken, "how long it is"},
		{"ten gigabytes announced", "WARC/1.0\r\n" + response + "Content-Length: 10000000000\r\n\r\n" + answer("", page), 0, warc.ErrTruncated, "of its 10000000000 bytes"},
		{"a header without end", "WARC/1.0\r\n" + strings.Repeat("A: b\r\n", 1<<20), 0, warc.ErrBroken, "header is too long"},
		{"a line without end", "WARC/1.0" + strings.Repeat(" ", 2<<20), 0, warc.ErrBroken, "header is too long"},
		{"no HTTP", record(response, "nothing") + whole, 1, warc.ErrPage, "no status line"},
		{"a header that goes on to the end", record(response, "HTTP/1.1 200 OK\r\nA: b\r\n") + whole, 1, warc.ErrPage, "does not end"},
		{"gzip that is none", record(response, answer("Content-Encoding: gzip\r\n", "\x1f\x8b\xff\xff")) + whole, 1, warc.ErrPage, "unexpected EOF"},
		{"brotli", record(response, answer("Content-Encoding: br\r\n", "\x0b\x02\x80")) + whole, 1, warc.ErrPage, `"br"`},
		{"packed and packed", record(response, answer("Content-Encoding: gzip, gzip, gzip, gzip\r\n", "")) + whole, 1, warc.ErrPage, "more than 3 times"},
		{"a bomb", record(response, answer("Content-Encoding: gzip\r\n", packed(t, strings.Repeat("a", 30<<20)))) + whole, 1, warc.ErrTooLarge, "more than 20 MB"},
		{"a long page", record(response, answer("Content-Type: text/html\r\n", strings.Repeat("a", 21<<20))) + whole, 1, warc.ErrTooLarge, "more than 20 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages, errs := read(t, c.file)
			if len(pages) != c.pages {
				t.Errorf("%d pages, want %d", len(pages), c.pages)
			}
			if c.want == nil {
				if errs != nil {
					t.Error(errs)
				}
				return
			}
			if len(errs) != 1 || !errors.Is(errs[0], c.want) || !strings.Contains(errs[0].Error(), c.says) {
				t.Errorf("got %v, want %v: …%s…", errs, c.want, c.says)
			}
		})
	}
}

// endless yields zeros and counts them.
type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) {
	clear(p)
	e.n += int64(len(p))
	return len(p), nil
}

// TestLongRecordIsNotKept checks that a record of a gigabyte that is no page
// takes no memory.
func TestLongRecordIsNotKept(t *testing.T) {
	head := "WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 1000000000\r\n\r\n"
	r := warc.NewReader(io.MultiReader(strings.NewReader(head), io.LimitReader(&endless{}, 1e9),
		strings.NewReader("\r\n\r\n"+record(response, answer("", page)))))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if rec, err := r.Next(); err != nil || string(rec.Body) != page {
		t.Errorf("got %q, %v", rec.Body, err)
	}
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 1<<20 {
		t.Errorf("it took %d bytes of memory", allocated)
	}
}

// FuzzReader checks that any file ends, with records inside it.
func FuzzReader(f *testing.F) {
	whole := record(response, answer("Content-Type: text/html\r\n", page))
	f.Add([]byte(whole + whole))
	f.Add([]byte(record("WARC-Type: warcinfo\r\n", "a") + whole[:50]))
	f.Add([]byte(record(response, answer("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"))))
	f.Add([]byte(record(response, answer("Content-Encoding: gzip\r\n", packed(f, page)))))
	f.Add([]byte(record(response, answer("Content-Encoding: deflate\r\n", zlibbed(page)))))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := warc.NewReader(bytes.NewReader(b))
		last := int64(-1)
		for {
			rec, err := r.Next()
			if err == io.EOF {
				return
			}
			if rec.Offset < 0 || rec.Offset > int64(len(b)) {
				t.Fatalf("a record at byte %d of %d", rec.Offset, len(b))
			}
			if err != nil && !errors.Is(err, warc.ErrPage) && !errors.Is(err, warc.ErrTooLarge) {
				if !errors.Is(err, warc.ErrBroken) && !errors.Is(err, warc.ErrTruncated) {
					t.Fatalf("an error of no kind: %v", err)
				}
				return
			}
			if rec.Offset <= last {
				t.Fatalf("a record at byte %d after one at %d", rec.Offset, last)
			}
			last = rec.Offset
		}
	})
}
