package desk_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
	"hearsay/server"
	"hearsay/server/desk"
	"hearsay/store"
	"hearsay/store/sqlite"
)

// reader is one for all tests: its models take a moment to open.
var reader = sync.OnceValues(reading.New)

var oneAtATime sync.Mutex

func read(_ context.Context, _ string, a *article.Article) (*ledger.Ledger, error) {
	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	r, err := reader()
	if err != nil {
		return nil, err
	}
	return r.Read(a)
}

// bench is a desk with its store.
type bench struct {
	http.Handler
	store store.Store
}

func open(t *testing.T) *bench {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d, err := desk.New(desk.Options{Store: s, Getter: new(article.Getter), Forced: &article.Getter{Force: true}, Read: read})
	if err != nil {
		t.Fatal(err)
	}
	h, err := server.New(server.Options{Routes: d.Routes()})
	if err != nil {
		t.Fatal(err)
	}
	return &bench{h, s}
}

func (b *bench) do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

func (b *bench) get(t *testing.T, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := b.do(httptest.NewRequest("GET", "http://localhost"+path, nil))
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		sound(t, path, w.Body.String())
	}
	return w
}

// give posts a form; a field called file is a file of that name and content.
func (b *bench) give(t *testing.T, fields map[string]string, fileName string) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		var w io.Writer
		var err error
		if name == "file" {
			w, err = form.CreateFormFile(name, fileName)
		} else {
			w, err = form.CreateFormField(name)
		}
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, value)
	}
	form.Close()
	r := httptest.NewRequest("POST", "http://localhost/read", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return b.do(r)
}

// reads gives a text and returns the path of its page.
func (b *bench) reads(t *testing.T, fields map[string]string) string {
	t.Helper()
	w := b.give(t, fields, "text.txt")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", w.Code, told(w.Body.String()))
	}
	return w.Header().Get("Location")
}

// harbour is a text about nobody and nothing.
const harbour = `Two boats burned in the harbour of Port Arvel on Tuesday night, and four fishermen were hurt.

The harbour master, Ilse Tamm, said the fire "came from below". Police in Port Arvel denied that anyone had been arrested.

Officials said it was possible that the fire had been set. The fishermen's union blamed the shipping firm Castor Lines for the fire. Castor Lines rejected the accusation.

Reportedly, a third boat sank on Wednesday.`

const attack = `<script>window.hit=1</script><img src=x onerror="window.hit=1">"'></textarea><a href="javascript:window.hit=1">`

// sound fails the test if a page holds anything that could run, or a style of its own.
func sound(t *testing.T, where, page string) {
	t.Helper()
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		token := z.Token()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		attrs := map[string]string{}
		for _, a := range token.Attr {
			attrs[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("%s: <%s> has %s=%q", where, token.Data, a.Key, a.Val)
			}
			if (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s: <%s> leads to %q", where, token.Data, a.Val)
			}
		}
		switch token.Data {
		case "script":
			if !strings.HasPrefix(attrs["src"], "/assets/") {
				t.Errorf("%s: a script that is not ours: %v", where, token)
			}
		case "style", "iframe", "object", "embed", "img", "base":
			t.Errorf("%s: %v", where, token)
		}
	}
}

// told is the text of a page.
func told(page string) string {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case html.TextToken:
			b.Write(z.Text())
			b.WriteByte(' ')
		}
	}
}

// listed are the claims that a page lists, in order, by their numbers.
func listed(page string) (shown []string) {
	for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
		token := z.Token()
		if token.Type != html.StartTagToken || token.Data != "li" {
			continue
		}
		id, hidden, claim := "", false, false
		for _, a := range token.Attr {
			switch a.Key {
			case "id":
				id = strings.TrimPrefix(a.Val, "a1c")
			case "hidden":
				hidden = true
			case "class":
				claim = strings.HasPrefix(a.Val, "claim ")
			}
		}
		if claim && !hidden {
			shown = append(shown, id)
		}
	}
	return shown
}

func TestATextIsRead(t *testing.T) {
	b := open(t)
	path := b.reads(t, map[string]string{"text": strings.ReplaceAll(harbour, "\n", "\r\n"), "title": "Fire in the harbour", "published": "2031-05-07"})
	w := b.get(t, path)
	page := told(w.Body.String())
	for _, want := range []string{"Fire in the harbour", "Ilse Tamm", "On the word of", "blamed", "Add to the collection"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	// An accusation has the one who makes it.
	accused := told(b.get(t, b.reads(t, map[string]string{"text": blast, "published": "2031-06-03"})).Body.String())
	if !strings.Contains(accused, "blamed on Northern Column , according to Mara Lind") {
		t.Errorf("the page does not say who blames whom: %s", accused)
	}
	if strings.Contains(w.Body.String(), "&#13;") || strings.Contains(w.Body.String(), "\r") {
		t.Error("the ends of lines came as the browser sends them")
	}
	if n, err := b.store.Stats(t.Context()); err != nil || n.Articles != 0 {
		t.Errorf("it was kept without being asked to: %+v, %v", n, err)
	}
}

func TestClaimsAreSiftedWithoutScripts(t *testing.T) {
	b := open(t)
	path := b.reads(t, map[string]string{"text": harbour})
	every := listed(b.get(t, path).Body.String())
	if len(every) < 6 {
		t.Fatalf("only %d claims", len(every))
	}
	for query, fewer := range map[string]bool{
		"speaker=Ilse+Tamm": true, "wording=denied": true, "wording=possible": true, "speaker=Nobody+At+All": true,
		"wording=%3Cscript%3E": false, "footing=x": false, "order=worth": false, "sifted=1&mark=names": false,
	} {
		got := listed(b.get(t, path+"?"+query).Body.String())
		if fewer != (len(got) < len(every)) {
			t.Errorf("?%s lists %v of %v", query, got, every)
		}
	}
	page := b.get(t, path+"?sifted=1&mark=names&footing=own").Body.String()
	for value, checked := range map[string]bool{`value="names" checked`: true, `value="attribution" checked`: false, `value="own" form="sift" checked`: true, `value="all" form="sift" checked`: false} {
		if strings.Contains(page, value) != checked {
			t.Errorf("the page has %q: %v, want %v", value, !checked, checked)
		}
	}
}

func TestFilesAreRead(t *testing.T) {
	b := open(t)
	page := `<html><head><title>Fire in the harbour</title></head><body><article><h1>Fire in the harbour</h1><p>` + strings.ReplaceAll(strings.Repeat(harbour+"\n\n", 3), "\n\n", "</p><p>") + `</p></article></body></html>`
	w := b.give(t, map[string]string{"file": page}, `C:\news\fire.html`)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", w.Code, told(w.Body.String()))
	}
	if got := told(b.get(t, w.Header().Get("Location")).Body.String()); !strings.Contains(got, "Ilse Tamm") {
		t.Error("the page's text was not read")
	}
	w = b.give(t, map[string]string{"file": harbour}, "../../etc/notes.txt")
	if got := told(b.get(t, w.Header().Get("Location")).Body.String()); !strings.Contains(got, "notes.txt") || strings.Contains(got, "etc/") {
		t.Error("the file is not called by its own name alone")
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	private := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, harbour) }))
	defer private.Close()
	b := open(t)
	for _, test := range []struct {
		name   string
		fields map[string]string
		file   string
		status int
		want   string
	}{
		{"nothing", nil, "", 422, "Give a text"},
		{"blanks", map[string]string{"text": " \n"}, "", 422, "Give a text"},
		{"an address of this machine", map[string]string{"text": private.URL}, "", 422, "private networks are not asked"},
		{"one by its name", map[string]string{"text": strings.Replace(private.URL, "127.0.0.1", "localhost", 1)}, "", 422, "private networks are not asked"},
		{"metadata of a cloud", map[string]string{"text": "http://169.254.169.254/latest/meta-data/"}, "", 422, "private networks are not asked"},
		{"a number for an address", map[string]string{"text": "http://[::ffff:7f00:1]/"}, "", 422, "private networks are not asked"},
		{"another language", map[string]string{"text": "Zwei Boote brannten am Dienstag im Hafen, und vier Fischer wurden dabei verletzt, wie die Polizei am Abend mitteilte. Der Hafenmeister sagte, das Feuer sei von unten gekommen. Niemand wurde festgenommen, und die Ursache ist noch nicht bekannt."}, "", 422, "only English is read"},
		{"no text", map[string]string{"file": "\x00\x01\x02\xff\xfe\x00\x00"}, "x.bin", 422, "could not be read"},
		{"a broken PDF", map[string]string{"file": "%PDF-1.7\n1 0 obj\n<<"}, "x.pdf", 422, "could not be read"},
		{"too long a text", map[string]string{"text": strings.Repeat(harbour+"\n\n", 1000)}, "", 413, "hearsay read"},
		{"no day", map[string]string{"text": harbour, "published": "yesterday"}, "", 422, "2024-03-27"},
		{"script in it", map[string]string{"text": attack + " der die das und ist nicht ein eine mit auf", "title": attack, "published": "x"}, "", 422, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := b.give(t, test.fields, test.file)
			sound(t, test.name, w.Body.String())
			if w.Code != test.status || !strings.Contains(told(w.Body.String()), test.want) {
				t.Errorf("status %d, want %d and %q: %s", w.Code, test.status, test.want, told(w.Body.String()))
			}
		})
	}
}

// The words of a name of a file are a text, if a short one.
func TestNamesOfFilesAreNotFollowed(t *testing.T) {
	b := open(t)
	for _, text := range []string{"file:///etc/passwd", "/etc/passwd", "-", "desk_test.go"} {
		page := told(b.get(t, b.reads(t, map[string]string{"text": text, "force": "1"})).Body.String())
		if strings.Contains(page, "root:") || strings.Contains(page, "package desk_test") || !strings.Contains(page, text) {
			t.Errorf("%s was followed: %s", text, page)
		}
	}
}

func TestFormsThatAreNone(t *testing.T) {
	b := open(t)
	const kind = "multipart/form-data; boundary=x"
	for _, test := range []struct {
		name, kind, body string
		status           int
	}{
		{"another sort", "application/x-www-form-urlencoded", "text=x", 400},
		{"JSON", "application/json", `{"text":"x"}`, 400},
		{"no boundary", "multipart/form-data", "x", 400},
		{"nothing", kind, "", 422},
		{"cut off", kind, "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nTwo boats", 400},
		{"a head without end", kind, "--x\r\nContent-Disposition: form-data; name=\"" + strings.Repeat("a", 1<<17), 422},
		{"many heads", kind, "--x\r\n" + strings.Repeat("A: b\r\n", 1<<15) + "\r\n\r\n--x--", 400},
		{"many parts", kind, strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n", 1000) + "--x--", 400},
		{"too long a field", kind, "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + strings.Repeat("b", 5000) + "\r\n--x--", 413},
		{"too long altogether", kind, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n" + strings.Repeat("b", 21<<20) + "\r\n--x--", 413},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "http://localhost/read", strings.NewReader(test.body))
			r.Header.Set("Content-Type", test.kind)
			if w := b.do(r); w.Code != test.status {
				t.Errorf("status %d, want %d: %s", w.Code, test.status, told(w.Body.String()))
			}
		})
	}
}

func TestNothingOfTheTextRuns(t *testing.T) {
	b := open(t)
	path := b.reads(t, map[string]string{"text": attack + ` said on Tuesday that ` + harbour + attack, "title": attack})
	w := b.get(t, path)
	if !strings.Contains(w.Body.String(), "&lt;script&gt;window.hit") {
		t.Error("the text is not on the page")
	}
	for _, query := range []string{"speaker=", "wording=", "order=", "mark=", "footing=", "sifted="} {
		b.get(t, path+"?"+query+url.QueryEscape(attack))
	}
}

func TestAddressesThatLeadNowhere(t *testing.T) {
	b := open(t)
	for path, want := range map[string]int{
		"/nowhere": 404, "/read/AAAAAAAAAAAAAAAAAAAAAAAAAA": 404, "/read/%2e%2e%2f%2e%2e%2fetc%2fpasswd": 404, "/assets/../../../etc/passwd": 404,
		"/assets/desk.css": 404, "/%00": 404, "/" + strings.Repeat("a", 5000): 404, "/read": 404,
		"/nowhere?" + url.QueryEscape(attack): 404,
	} {
		w := b.get(t, path)
		if w.Code == http.StatusMovedPermanently || w.Code == http.StatusTemporaryRedirect { // of a path with dots
			w = b.get(t, w.Header().Get("Location"))
		}
		if w.Code != want {
			t.Errorf("%.60s: status %d, want %d", path, w.Code, want)
		}
	}
}

func TestAFaultIsToldButNotShown(t *testing.T) {
	d, err := desk.New(desk.Options{Store: open(t).store, Getter: new(article.Getter), Forced: new(article.Getter), Read: func(context.Context, string, *article.Article) (*ledger.Ledger, error) {
		return nil, errors.New("a secret of ours")
	}})
	if err != nil {
		t.Fatal(err)
	}
	h, err := server.New(server.Options{Routes: d.Routes()})
	if err != nil {
		t.Fatal(err)
	}
	w := (&bench{Handler: h}).give(t, map[string]string{"text": harbour}, "")
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("status %d: %s", w.Code, told(w.Body.String()))
	}
}

func TestPagesArePacked(t *testing.T) {
	b := open(t)
	path := b.reads(t, map[string]string{"text": strings.Repeat(harbour+"\n\n", 50), "title": "Fire"}) // 4,500 words
	for accept, packed := range map[string]bool{"gzip, br": true, "br;q=1, GZIP;q=0.5": true, "": false, "gzip;q=0": false, "br": false} {
		r := httptest.NewRequest("GET", "http://localhost"+path, nil)
		r.Header.Set("Accept-Encoding", accept)
		w := b.do(r)
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != packed {
			t.Fatalf("Accept-Encoding: %s: packed %v", accept, got)
		}
		if !packed {
			continue
		}
		if w.Body.Len() > 200<<10 {
			t.Errorf("a page of %d bytes", w.Body.Len())
		}
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if page, err := io.ReadAll(z); err != nil || !strings.Contains(string(page), "Ilse Tamm") {
			t.Errorf("it does not unpack to the page: %v", err)
		}
	}
}

func TestManyReadsAreForgotten(t *testing.T) {
	b := open(t)
	first := b.reads(t, map[string]string{"text": harbour})
	for i := range 200 {
		b.reads(t, map[string]string{"text": fmt.Sprintf("Boat %d burned, the harbour master said.", i), "force": "1"})
	}
	if w := b.get(t, first); w.Code != 404 || !strings.Contains(told(w.Body.String()), "no longer remembered") {
		t.Errorf("status %d: %s", w.Code, told(w.Body.String()))
	}
}
