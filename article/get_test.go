package article_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hearsay/article"
)

const (
	english = "The mayor of Velmora said on Tuesday that the mill had burned, and that nobody was hurt.\n"
	german  = "Nach dem Brand in der Papierfabrik von Velmora hat die Polizei am Dienstag zwei Verdächtige festgenommen. " +
		"Ein Sprecher der Stadt sagte, die Ermittlungen stünden noch am Anfang und man wolle sich nicht beteiligen.\n"
)

const webPage = `<!DOCTYPE html><html lang="en-GB"><head><title>Mill burns in Velmora</title>
<meta property="og:site_name" content="Velmora Courier"><meta name="author" content="Ilse Tarrow">
<meta property="article:published_time" content="2024-03-27T08:15:00+01:00"></head>
<body><article><h1>Mill burns in Velmora</h1><p>The mayor of Velmora said on Tuesday that the mill had burned.</p>
<p>Nobody was hurt, according to the fire service, which would not say what it thinks of the cause.</p></article></body></html>`

const webText = "The mayor of Velmora said on Tuesday that the mill had burned.\n\n" +
	"Nobody was hurt, according to the fire service, which would not say what it thinks of the cause."

// onePagePDF is the smallest PDF that viewers read, with a line of text or none.
func onePagePDF(line string) string {
	content := "BT /F1 12 Tf 72 700 Td (" + line + ") Tj ET"
	if line == "" {
		content = ""
	}
	return fmt.Sprintf(`%%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj
4 0 obj << /Length %d >>
stream
%s
endstream
endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
6 0 obj << /Title (Mill burns) /Author (Ilse Tarrow) /CreationDate (D:20240327) >> endobj
trailer << /Root 1 0 R /Info 6 0 R >>
%%%%EOF
`, len(content), content)
}

// file writes content to a file of this name and returns its path.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// serve answers with body at every address.
func serve(t *testing.T, contentType, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/mill"
}

var pageArticle = article.Article{
	Title: "Mill burns in Velmora", Byline: []string{"Ilse Tarrow"}, Site: "Velmora Courier",
	Published: "2024-03-27", Language: "en-GB", Text: webText,
}

func TestGet(t *testing.T) {
	pdfLine := "The mayor of Velmora said that the mill had burned."
	pdfArticle := article.Article{
		Title: "Mill burns", Byline: []string{"Ilse Tarrow"}, Published: "2024-03-27", Language: "en", Text: pdfLine,
	}
	at := func(a article.Article, url string) article.Article { a.URL = url; return a }
	plainURL := serve(t, "text/plain; charset=windows-1252", "\x93It burned,\x94 said the mayor of Velmora on Tuesday.")
	pageURL := serve(t, "text/html; charset=utf-8", webPage)
	pdfURL := serve(t, "application/octet-stream", onePagePDF(pdfLine))
	markupURL := serve(t, "text/plain", webPage)
	for _, c := range []struct {
		name, input, stdin string
		getter             *article.Getter
		want               article.Article
	}{
		{name: "text", input: file(t, "mill.txt", english), want: article.Article{Language: "en", Text: english}},
		{name: "text as it stands", input: file(t, "mill", "\r\n  "+english+"\r\n\r\n\t"), want: article.Article{Language: "en", Text: "\r\n  " + english + "\r\n\r\n\t"}},
		{name: "text with a mark", input: file(t, "mill", "\uFEFF"+english), want: article.Article{Language: "en", Text: english}},
		{name: "markup in a text file", input: file(t, "mill.txt", "<p>"+english), want: article.Article{Language: "en", Text: "<p>" + english}},
		{name: "headline", input: file(t, "mill", "Velmora mill fire"), want: article.Article{Text: "Velmora mill fire"}},
		{name: "standard input", input: "-", stdin: english, want: article.Article{Language: "en", Text: english}},
		{name: "page on standard input", input: "-", stdin: webPage, want: pageArticle},
		{name: "page", input: file(t, "mill.html", webPage), want: pageArticle},
		{name: "page by its content", input: file(t, "mill.php", "\n"+webPage), want: pageArticle},
		{name: "PDF", input: file(t, "mill.pdf", onePagePDF(pdfLine)), want: pdfArticle},
		{name: "PDF by its content", input: file(t, "mill", onePagePDF(pdfLine)), want: pdfArticle},
		{name: "PDF after junk", input: file(t, "mill", "junk\n"+onePagePDF(pdfLine)), want: pdfArticle},
		{name: "text on PDFs", input: file(t, "mill", english+"%PDF-1.4 stood at its beginning.\n"), want: article.Article{Language: "en", Text: english + "%PDF-1.4 stood at its beginning.\n"}},
		{name: "page at a URL", input: pageURL, getter: &article.Getter{AllowPrivate: true}, want: at(pageArticle, pageURL)},
		{name: "text at a URL", input: plainURL, getter: &article.Getter{AllowPrivate: true},
			want: article.Article{URL: plainURL, Language: "en", Text: "“It burned,” said the mayor of Velmora on Tuesday."}},
		{name: "PDF at a URL", input: pdfURL, getter: &article.Getter{AllowPrivate: true}, want: at(pdfArticle, pdfURL)},
		{name: "markup as text at a URL", input: markupURL, getter: &article.Getter{AllowPrivate: true},
			want: article.Article{URL: markupURL, Language: "en", Text: webPage}},
		{name: "date given", input: file(t, "mill", english), getter: &article.Getter{Published: "27 March 2024"},
			want: article.Article{Published: "2024-03-27", Language: "en", Text: english}},
		{name: "date over the page's", input: file(t, "mill.html", webPage), getter: &article.Getter{Published: "2024-03", Language: "en-us"},
			want: article.Article{Title: "Mill burns in Velmora", Byline: []string{"Ilse Tarrow"}, Site: "Velmora Courier",
				Published: "2024-03", Language: "en-US", Text: webText}},
		{name: "forced", input: file(t, "brand", german), getter: &article.Getter{Force: true}, want: article.Article{Language: "de", Text: german}},
		{name: "said to be English", input: file(t, "brand", german), getter: &article.Getter{Language: "en"}, want: article.Article{Language: "en", Text: german}},
		{name: "mixed", input: file(t, "brand", german+english+english), want: article.Article{Language: "en", Text: german + english + english}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := c.getter
			if g == nil {
				g = new(article.Getter)
			}
			g.Stdin = strings.NewReader(c.stdin)
			got, err := g.Get(t.Context(), c.input)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if err := g.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestGetErrors(t *testing.T) {
	hang := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-hang:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(func() { close(hang); slow.Close() })
	gone := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(gone.Close)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	bomb := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		zw := gzip.NewWriter(w)
		zw.Write(make([]byte, 30<<20))
		zw.Close()
	}))
	t.Cleanup(bomb.Close)
	open := &article.Getter{AllowPrivate: true}

	for _, c := range []struct {
		name, input string
		getter      *article.Getter
		code        string
		says        string // in the message
	}{
		{"missing", filepath.Join(t.TempDir(), "none.txt"), &article.Getter{}, article.CodeMissing, "check the name"},
		{"no name", "", &article.Getter{}, article.CodeMissing, ""},
		{"folder", t.TempDir(), &article.Getter{}, article.CodeFolder, "folder"},
		{"empty", file(t, "x", ""), &article.Getter{}, article.CodeEmpty, "empty"},
		{"blank", file(t, "x", " \r\n\t\n"), &article.Getter{}, article.CodeEmpty, "empty"},
		{"mark only", file(t, "x", "\uFEFF"), &article.Getter{}, article.CodeEmpty, "empty"},
		{"noise", file(t, "x", "\x00\x01\x02\x03\xFF"), &article.Getter{}, article.CodeBinary, "binary"},
		{"picture", file(t, "x.txt", "\x89PNG\r\n\x1a\n\x00\x00"), &article.Getter{}, article.CodeBinary, "image/png"},
		{"cut", file(t, "x", "The mayor said “yes\xE2\x80"), &article.Getter{}, article.CodeEncoding, "middle of a character, at byte 23"},
		{"no article", file(t, "x.html", "<html><body><a href=/>Home</a></body></html>"), &article.Getter{}, article.CodeNoArticle, "no article"},
		{"broken PDF", file(t, "x", "%PDF-1.4\nnothing"), &article.Getter{}, article.CodePDFBroken, "damaged"},
		{"PDF without text", file(t, "x", onePagePDF("")), &article.Getter{}, article.CodePDFNoText, "OCR"},
		{"large", file(t, "x", strings.Repeat(english, 1000)), &article.Getter{MaxFileBytes: 1000}, article.CodeTooLarge, "too large"},
		{"German", file(t, "x", german), &article.Getter{}, article.CodeLanguage, "not in English but in German; only English is read; --force"},
		{"Chinese", file(t, "x", "维尔莫拉造纸厂发生火灾后，警方周二逮捕了两名嫌疑人。"), &article.Getter{}, article.CodeLanguage, "Chinese"},
		{"German page", file(t, "x.html", "<html lang=de><body><article><p>"+german+"</p><p>"+german+"</p></article></body></html>"), &article.Getter{}, article.CodeLanguage, "German"},
		{"said to be German", file(t, "x", english), &article.Getter{Language: "de"}, article.CodeLanguage, `as you say, in "de"`},
		{"no language", file(t, "x", english), &article.Getter{Language: "Velmoran!"}, article.CodeUsage, "Velmoran!"},
		{"no date", file(t, "x", english), &article.Getter{Published: "yesterday"}, article.CodeUsage, "yesterday"},
		{"loopback", gone.URL, &article.Getter{}, article.CodeRefusedURL, "127.0.0.1 is not a public address; --allow-private"},
		{"scheme", "ftp://velmora.example/x", &article.Getter{}, article.CodeRefusedURL, `"ftp"`},
		{"file scheme", "file:///etc/hosts", &article.Getter{AllowPrivate: true}, article.CodeRefusedURL, `"file"`},
		{"not found", gone.URL, open, article.CodeFetch, "404 Not Found; check the address"},
		{"nobody there", closed.URL, open, article.CodeFetch, "network"},
		{"slow", slow.URL, &article.Getter{AllowPrivate: true, Timeout: 200 * time.Millisecond}, article.CodeTimeout, "200ms"},
		{"bomb", bomb.URL, open, article.CodeTooLarge, "more than 20 MB"},
		{"picture at a URL", serve(t, "image/png", "x"), open, article.CodeBinary, "image/png"},
		{"unknown charset", serve(t, "text/plain; charset=velmoran", "x"), open, article.CodeEncoding, "velmoran"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := c.getter.Get(t.Context(), c.input)
			var e *article.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, %v", a, err)
			}
			if e.Code != c.code || e.Input != c.input {
				t.Errorf("code %q for input %q, want %q for %q: %v", e.Code, e.Input, c.code, c.input, err)
			}
			if !strings.Contains(e.Message, c.says) || strings.ContainsAny(e.Error(), "\n\r\x1b") {
				t.Errorf("message %q, want %q in it", e.Message, c.says)
			}
			if a.Text != "" {
				t.Errorf("an article with the error: %v", a)
			}
		})
	}
}

func TestGetUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("every file can be read by this user")
	}
	path := file(t, "x", english)
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	var g article.Getter
	_, err := g.Get(t.Context(), path)
	if e := (*article.Error)(nil); !errors.As(err, &e) || e.Code != article.CodePermission {
		t.Errorf("got %v", err)
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, errors.New("the cable is\nout") }

func TestGetBrokenOff(t *testing.T) {
	g := &article.Getter{Stdin: failingReader{}}
	_, err := g.Get(t.Context(), "-")
	if e := (*article.Error)(nil); !errors.As(err, &e) || e.Code != article.CodeUnreadable || !strings.Contains(err.Error(), "the cable is out") {
		t.Errorf("got %v", err)
	}
}

func TestGetCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var g article.Getter
	_, err := g.Get(ctx, file(t, "x", english))
	if e := (*article.Error)(nil); !errors.As(err, &e) || e.Code != article.CodeCanceled || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestGetLongLine reads a line of 30 MB, which is a text like any other.
func TestGetLongLine(t *testing.T) {
	long := strings.Repeat("The mill burns, says the mayor. ", 30<<20/32)
	g := &article.Getter{Stdin: strings.NewReader(long)}
	got, err := g.Get(t.Context(), "-")
	if err != nil || got.Text != long || got.Language != "en" {
		t.Errorf("got %d bytes in %q, %v", len(got.Text), got.Language, err)
	}
}

func TestErrorLine(t *testing.T) {
	for _, c := range []struct {
		err  article.Error
		want string
	}{
		{article.Error{Input: "x.txt", Message: "it is empty"}, "x.txt: it is empty"},
		{article.Error{Message: "it is empty"}, "it is empty"},
		{article.Error{Input: "a\nb\x1b[31m", Message: "it\ris"}, "a b [31m: it is"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestErrorKeepsPasswords(t *testing.T) {
	var g article.Getter
	for _, input := range []string{"http://jane:secret@127.0.0.1/x", "http://jane:secret@127.0.0.1 /x", "ftp://jane:secret@velmora.example"} {
		_, err := g.Get(t.Context(), input)
		if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "jane:xxxxx@") {
			t.Errorf("got %v", err)
		}
	}
}

// FuzzGet gives any bytes as standard input.
func FuzzGet(f *testing.F) {
	for _, s := range []string{english, german, webPage, "\xFF\xFEx\x00", "\x89PNG\r\n\x1a\n\x00", "%PDF-1.4\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 || bytes.Contains(b, []byte("%PDF-")) {
			return // PDFs have a target of their own, and are slow
		}
		g := &article.Getter{Stdin: bytes.NewReader(b)}
		a, err := g.Get(t.Context(), "-")
		var e *article.Error
		switch {
		case err == nil && strings.TrimSpace(a.Text) == "":
			t.Error("no text and no error")
		case err != nil && (!errors.As(err, &e) || e.Code == "" || e.Code == article.CodeUnreadable || e.Message == ""):
			t.Errorf("an error of no kind: %#v", err)
		}
	})
}
