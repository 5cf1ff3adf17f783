package inputs_test

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
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/article"
	"hearsay/article/inputs"
)

const (
	mill  = "The mayor of Velmora said on Tuesday that the mill had burned, and that nobody was hurt.\n"
	ferry = "The ferry will not sail on Monday, the harbour master of Velmora said in a letter to all.\n"
)

const page = `<!DOCTYPE html><html lang="en"><head><title>Mill burns</title></head><body><article>
<p>The mayor of Velmora said on Tuesday that the mill had burned.</p><p>Nobody was hurt, according to the fire service.</p></article></body></html>`

// pdf is the smallest PDF that viewers read.
const pdf = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj
4 0 obj << /Length 90 >>
stream
BT /F1 12 Tf 72 700 Td (The mayor of Velmora said that the mill had burned.) Tj ET
endstream
endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
6 0 obj << /Title (Mill burns) >> endobj
trailer << /Root 1 0 R /Info 6 0 R >>
%%EOF
`

// folder makes a folder with these files.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func packed(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func warcOf(blocks ...string) string {
	var s strings.Builder
	for i, b := range blocks {
		fmt.Fprintf(&s, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://velmora.example/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, len(b), b)
	}
	return s.String()
}

// got is what a test says of an item and its article.
type got struct {
	Name, Origin string // without the folder of the test
	ID, URL      string
	Title        string
	Site         string
	Byline       string
	Published    string
	Text         string // its first words
	Code         string // of the error
	Message      string // its beginning
}

// walk goes through the inputs and gets every article.
func walk(t testing.TB, w *inputs.Walker, dir string, names ...string) []got {
	t.Helper()
	if w.Getter == nil {
		w.Getter = &article.Getter{}
	}
	var all []got
	for it := range w.Walk(t.Context(), names) {
		short := func(s string) string {
			if dir == "" {
				return s
			}
			return filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(s, dir), string(filepath.Separator)))
		}
		a, err := it.Get(t.Context())
		g := got{
			Name: short(it.Name), Origin: short(it.Origin), ID: short(a.ID), URL: a.URL, Title: a.Title, Site: a.Site,
			Byline: strings.Join(a.Byline, ", "), Published: a.Published,
		}
		g.Text = strings.Join(firstWords(a.Text), " ")
		if err != nil {
			e := (*article.Error)(nil)
			if !errors.As(err, &e) || strings.ContainsAny(e.Message, "\r\n\x1b") {
				t.Fatalf("%s: %#v is no error for a person", it.Name, err)
			}
			if e.Input != it.Name && !strings.HasPrefix(e.Input, "http") {
				t.Errorf("an error about %q for %q", e.Input, it.Name)
			}
			g.Code, g.Message = e.Code, e.Message
			g.Message = brokeOff.ReplaceAllString(g.Message, "")
			g.Message, _, _ = strings.Cut(g.Message, ":")
			g.Message, _, _ = strings.Cut(g.Message, ";")
		}
		all = append(all, g)
	}
	return all
}

var brokeOff = regexp.MustCompile(`^reading broke off[^:]*: `)

func firstWords(s string) []string {
	words := strings.Fields(s)
	return words[:min(len(words), 3)]
}

const chat = `{"name": "Velmora Tonight", "type": "public_channel", "id": 17, "messages": [
{"id": 1, "type": "message", "date": "2024-03-27T10:00:00", "from": "Velmora Tonight", "text": "The mill burns, she said."},
{"id": 2, "type": "message", "date": "2024-03-28T10:00:00", "from": "Velmora Tonight", "forwarded_from": "Oster Fell Now", "text": "The ferry sails, he said."}]}`

func TestFiles(t *testing.T) {
	chatArticles := func(file string) []got {
		return []got{
			{Name: file + "#17/1", Origin: file + "#17/1", ID: "telegram:17/1", Site: "Velmora Tonight", Published: "2024-03-27", Text: "The mill burns,"},
			{Name: file + "#17/2", Origin: file + "#17/2", ID: "telegram:17/2", Site: "Velmora Tonight", Byline: "Oster Fell Now", Published: "2024-03-28", Text: "The ferry sails,"},
		}
	}
	lines := `{"id":"a","text":"The mill burns."}` + "\n\n{\n" + `{"id":"b","html":"<article><p>The ferry will sail, he said.</p></article>"}`
	lineArticles := func(file string) []got {
		return []got{
			{Name: file + ":1", Origin: file + "#1", ID: "a", Text: "The mill burns."},
			{Name: file + ":3", Origin: file + "#3", Code: "json", Message: "not an article"},
			{Name: file + ":4", Origin: file + "#4", ID: "b", Text: "The ferry will"},
		}
	}
	archive := warcOf("HTTP/1.1 404 No\r\n\r\n"+page, "HTTP/1.1 200 OK\r\n\r\n"+page, "HTTP/1.1 200 OK\r\n\r\n<html><body>menu</body></html>")
	second := fmt.Sprint(strings.Index(archive[1:], "WARC/1.0") + 1)
	third := fmt.Sprint(strings.LastIndex(archive, "WARC/1.0"))
	archived := func(file string) []got {
		return []got{
			{Name: file + "#" + second, Origin: file + "#" + second, URL: "https://velmora.example/1", Title: "Mill burns", Site: "velmora.example", Text: "The mayor of"},
			{Name: file + "#" + third, Origin: file + "#" + third, Code: "no_article", Message: "the page has no article in it"},
		}
	}
	rss := `<rss version="2.0"><channel><title>Courier</title><item><guid isPermaLink="false">g1</guid><title>Fire</title>
		<pubDate>Wed, 27 Mar 2024 08:15:00 GMT</pubDate><description>&lt;p&gt;The mill burns, said the mayor.&lt;/p&gt;</description></item><item/></channel></rss>`
	jsonFeed := `{"title": "Courier", "version": "https://jsonfeed.org/version/1.1", "items": [{"id": "g1", "content_text": "The mill burns.", "date_published": "2024-03-27T10:00:00Z"}]}`

	for _, c := range []struct {
		name, content string
		want          []got
	}{
		{"text", mill, []got{{Text: "The mayor of"}}},
		{"text in braces", "{The mill} burns.", []got{{Text: "{The mill} burns."}}},
		{"text in brackets", `["The mill"] burns.`, []got{{Text: `["The mill"] burns.`}}},
		{"page", page, []got{{Title: "Mill burns", Text: "The mayor of"}}},
		{"PDF", pdf, []got{{Title: "Mill burns", Text: "The mayor of"}}},
		{"article JSONL", lines, lineArticles("x")},
		{"article JSONL with a mark", "\uFEFF" + lines, lineArticles("x")},
		{"article JSONL that is long", `{"id":"a","title":"` + strings.Repeat("a", 100_000) + `","text":"The mill burns."}`,
			[]got{{Name: "x:1", Origin: "x#1", ID: "a", Title: strings.Repeat("a", 100_000), Text: "The mill burns."}}},
		{"JSON array", " [ " + `{"text":"x"}]`, []got{{Code: "json", Message: "it is a JSON array"}}},
		{"Telegram", chat, chatArticles("x")},
		{"Telegram that is cut", chat[:len(chat)-1], append(chatArticles("x"), got{Code: "broken", Message: "the Telegram export is damaged"})},
		{"WARC", archive, archived("x")},
		{"WARC that is cut", archive[:len(archive)-50], []got{archived("x")[0],
			{Name: "x#" + third, Origin: "x#" + third, Code: "broken", Message: "the WARC file is cut short"}}},
		{"RSS", rss, []got{
			{Name: "x#g1", Origin: "x#g1", ID: "x#g1", Title: "Fire", Site: "Courier", Published: "2024-03-27", Text: "The mill burns,"},
			{Name: "x#2", Origin: "x#2", Code: "no_article", Message: "the item has no text and no link"}}},
		{"JSON Feed", jsonFeed, []got{{Name: "x#g1", Origin: "x#g1", ID: "x#g1", Site: "Courier", Published: "2024-03-27", Text: "The mill burns."}}},
		{"OPML", `<opml><body><outline xmlUrl="http://127.0.0.1:1/f"/></body></opml>`,
			[]got{{Name: "http://127.0.0.1:1/f", Origin: "http://127.0.0.1:1/f", Code: "refused_url", Message: "refused address"}}},
		{"feed that is damaged", "<rss><", []got{{Code: "broken", Message: "the feed is damaged"}}},
		{"empty", "", []got{{Code: "empty", Message: "it is empty"}}},
		{"noise", "\x00\x01\x02\xff", []got{{Code: "binary", Message: "not a text but binary data"}}},
	} {
		want := slices.Clone(c.want)
		for i := range want {
			if want[i].Name == "" {
				want[i].Name, want[i].Origin = "x", "x"
			}
		}
		for how, content := range map[string]string{"": c.content, " in gzip": packed(c.content)} {
			t.Run(c.name+how, func(t *testing.T) {
				dir := folder(t, map[string]string{"x": content})
				if diff := cmp.Diff(want, walk(t, &inputs.Walker{}, dir, filepath.Join(dir, "x"))); diff != "" {
					t.Error(diff)
				}
			})
		}
		t.Run(c.name+" on standard input", func(t *testing.T) {
			for i := range want {
				for _, s := range []*string{&want[i].Name, &want[i].Origin, &want[i].ID} {
					if *s == "x" || strings.HasPrefix(*s, "x#") || strings.HasPrefix(*s, "x:") {
						*s = "-" + (*s)[1:]
					}
				}
			}
			if diff := cmp.Diff(want, walk(t, &inputs.Walker{Stdin: strings.NewReader(c.content)}, "", "-")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFolder(t *testing.T) {
	dir := folder(t, map[string]string{
		"b.txt": mill, "a/z.html": page, "a/b/c.jsonl": `{"id":"a","text":"It rains."}`, ".git/config": "[core]", ".hidden": mill, "c.jpg": "\x89PNG\r\n\x1a\n\x00",
	})
	want := []got{
		{Name: "a/b/c.jsonl:1", Origin: "a/b/c.jsonl#1", ID: "a", Text: "It rains."},
		{Name: "a/z.html", Origin: "a/z.html", Title: "Mill burns", Text: "The mayor of"},
		{Name: "b.txt", Origin: "b.txt", Text: "The mayor of"},
		{Name: "c.jpg", Origin: "c.jpg", Code: "binary", Message: "not a text but image/png"},
	}
	w := &inputs.Walker{}
	if diff := cmp.Diff(want, walk(t, w, dir, dir)); diff != "" {
		t.Error(diff)
	}
	if size, known := inputs.Size([]string{dir}); !known || size != w.Read() {
		t.Errorf("of %d bytes (known: %t) %d were read", size, known, w.Read())
	}
	for it := range w.Walk(t.Context(), []string{dir, filepath.Join(dir, "b.txt")}) {
		if named := it.Name == filepath.Join(dir, "b.txt"); it.Found && named {
			return // b.txt comes twice, and is met in the folder first
		}
	}
	t.Error("no item says that it was met in the folder")
}

func TestLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights that not every user has")
	}
	dir := folder(t, map[string]string{"in/a.txt": mill})
	for from, to := range map[string]string{"in/circle": "..", "in/self": "self", "in/b.txt": "a.txt", "in/gone": "nowhere", "outside": "in"} {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Fatal(err)
		}
	}
	want := []got{
		{Name: "outside/a.txt", Origin: "outside/a.txt", Text: "The mayor of"},
		{Name: "outside/b.txt", Origin: "outside/b.txt", Text: "The mayor of"},
		{Name: "outside/circle", Origin: "outside/circle", Code: "folder", Message: "a link to a folder is not followed"},
		{Name: "outside/gone", Origin: "outside/gone", Code: "missing", Message: "no such file or directory"},
		{Name: "outside/self", Origin: "outside/self", Code: "unreadable", Message: "cannot be read"},
	}
	if diff := cmp.Diff(want, walk(t, &inputs.Walker{}, dir, filepath.Join(dir, "outside"))); diff != "" {
		t.Error(diff)
	}
}

// zeros packs n zero bytes, line ends or whatever c is.
func zeros(t *testing.T, c byte, n int) string {
	t.Helper()
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	block := bytes.Repeat([]byte{c}, 1<<20)
	for range n >> 20 {
		w.Write(block)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name, content, code, message string
	}{
		{"a bomb that is a text", zeros(t, 'a', 80<<20), "too_large", "it is packed beyond reason"},
		{"a bomb that is blank lines", packed(`{"text":"It rains."}`+"\n") + zeros(t, '\n', 80<<20), "too_large", "it is packed beyond reason"},
		{"a bomb that is one line", packed(`{"text":"`) + zeros(t, 'a', 80<<20), "too_large", "it is packed beyond reason"},
		{"gzip in gzip", packed(packed(mill)), "too_large", "it is gzip within gzip"},
		{"gzip that is cut", packed(strings.Repeat(mill, 100))[:60], "broken", "unexpected EOF"},
		{"gzip whose header is cut", "\x1f\x8b", "broken", "unexpected EOF"},
		{"gzip of nothing", "\x1f\x8b\x00\x00\x00\x00\x00\x00\x00\x00\x00", "broken", "gzip"},
		{"a line beyond the limit", `{"text":"` + strings.Repeat("a", inputs.MaxRecord), "too_large", "the line is too long"},
		{"a feed of many items", "<rss><channel>" + strings.Repeat("<item/>", 100_000), "too_large", "the feed is too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := folder(t, map[string]string{"x": c.content})
			all := walk(t, &inputs.Walker{}, dir, filepath.Join(dir, "x"))
			if len(all) == 0 {
				t.Fatal("nothing is said")
			}
			if last := all[len(all)-1]; last.Code != c.code || !strings.HasPrefix(last.Message, c.message) || !strings.HasPrefix(last.Name, "x") {
				t.Errorf("got %+v, want %s, %s", last, c.code, c.message)
			}
		})
	}
	deep := filepath.Join(t.TempDir(), "x")
	inner := deep + strings.Repeat(string(filepath.Separator)+"d", 110)
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	if all := walk(t, &inputs.Walker{}, "", deep); len(all) != 1 || all[0].Code != "too_large" {
		t.Errorf("110 folders within one another: %v", all)
	}
}

// site serves these pages, in which SITE stands for its own address.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	var s *httptest.Server
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, strings.ReplaceAll(body, "SITE", s.URL))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestAddresses(t *testing.T) {
	address := site(t, map[string]string{
		"/page": page,
		"/rss": `<rss><channel><title>Courier</title><item><guid>g1</guid><link>/page</link><title>Fire!</title><dc:creator>Ilse Tarrow</dc:creator>
			<pubDate>Wed, 27 Mar 2024 08:15:00 GMT</pubDate></item><item><link>/gone</link></item></channel></rss>`,
		"/lines.gz": packed(`{"id":"a","text":"It rains."}`),
		"/list":     `<opml><body><outline xmlUrl="/rss"/><outline type="include" url="/list2"/><outline type="include" url="/list"/></body></opml>`,
		"/list2":    `<opml><body><outline type="include" url="/list"/><outline xmlUrl="SITE/rss"/><outline xmlUrl="SITE/none"/></body></opml>`,
	})
	fromPage := got{Name: address + "/rss#g1", Origin: address + "/rss#g1", URL: address + "/page", Title: "Fire!", Site: "Courier",
		Byline: "Ilse Tarrow", Published: "2024-03-27", Text: "The mayor of"}
	fromRSS := []got{fromPage,
		{Name: address + "/rss#" + address + "/gone", Origin: address + "/rss#" + address + "/gone", Code: "fetch", Message: "the server answered 404 Not Found"}}
	loop := func(list string) got {
		return got{Name: address + list, Origin: address + list, Code: "broken", Message: "the list of feeds includes itself, by way of " + strings.Split(address, ":")[0]}
	}
	missing := got{Name: address + "/none", Origin: address + "/none", Code: "fetch", Message: "the server answered 404 Not Found"}
	for _, c := range []struct {
		path string
		want []got
	}{
		{"/page", []got{{Name: address + "/page", Origin: address + "/page", URL: address + "/page", Title: "Mill burns", Site: strings.TrimPrefix(address, "http://"), Text: "The mayor of"}}},
		{"/rss", fromRSS},
		{"/lines.gz", []got{{Name: address + "/lines.gz:1", Origin: address + "/lines.gz#1", ID: "a", Text: "It rains."}}},
		{"/none", []got{missing}},
		{"/list", append(slices.Clone(fromRSS), loop("/list2"), missing, loop("/list"))},
	} {
		t.Run(c.path, func(t *testing.T) {
			got := walk(t, &inputs.Walker{Getter: &article.Getter{AllowPrivate: true}}, "", address+c.path)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	refused := walk(t, &inputs.Walker{}, "", address+"/rss")
	if len(refused) != 1 || refused[0].Code != article.CodeRefusedURL {
		t.Errorf("a private address: %+v", refused)
	}
}

// TestManyLists checks that lists that include ever new lists come to an end.
func TestManyLists(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<opml><body><outline type="include" url="%s/a"/><outline type="include" url="%s/b"/></body></opml>`, r.URL.Path, r.URL.Path)
	}))
	defer s.Close()
	all := walk(t, &inputs.Walker{Getter: &article.Getter{AllowPrivate: true}}, "", s.URL+"/x")
	if len(all) == 0 || len(all) > 20 {
		t.Fatalf("%d items", len(all))
	}
	for _, g := range all {
		if g.Code != article.CodeTooLarge {
			t.Errorf("%+v", g)
		}
	}
}

// TestStates checks that origin and state stay from run to run, and that the
// state changes with the bytes and only with them.
func TestStates(t *testing.T) {
	archive := warcOf("HTTP/1.1 200 OK\r\n\r\n"+page, "HTTP/1.1 200 OK\r\n\r\n"+page)
	dir := folder(t, map[string]string{"x.txt": mill, "y.warc": archive, "z.jsonl": `{"id":"a","text":"It rains."}` + "\n" + `{"html":"<p>It rains."}`})
	states := func() map[string]string {
		m := make(map[string]string)
		w := &inputs.Walker{Getter: &article.Getter{}}
		for it := range w.Walk(t.Context(), []string{dir}) {
			if m[it.Origin] != "" || !filepath.IsAbs(it.Origin) {
				t.Errorf("the origin %s comes twice, or is relative", it.Origin)
			}
			m[it.Origin] = it.State
		}
		return m
	}
	first := states()
	if diff := cmp.Diff(first, states()); diff != "" || len(first) != 5 {
		t.Errorf("%d items; the second time: %s", len(first), diff)
	}
	if first[filepath.Join(dir, "z.jsonl#1")] != "" {
		t.Error("a text that is at hand has a state, which costs more than it saves")
	}
	changed := strings.Replace(archive, "Mill burns", "Mill BURNS", 1)
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "y.warc"), []byte(changed), 0o644), os.WriteFile(filepath.Join(dir, "x.txt"), []byte(ferry+ferry), 0o644)); err != nil {
		t.Fatal(err)
	}
	differ := 0
	for origin, state := range states() {
		if state != first[origin] {
			differ++
		}
	}
	if differ != 2 {
		t.Errorf("%d states changed, want those of the text and of the first record", differ)
	}
}

func TestCanceled(t *testing.T) {
	dir := folder(t, map[string]string{"x.jsonl": strings.Repeat(`{"text":"It rains."}`+"\n", 100)})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := &inputs.Walker{Getter: &article.Getter{}}
	n := 0
	for range w.Walk(ctx, []string{dir, dir}) {
		if n++; n == 10 {
			cancel()
		}
	}
	if n != 10 {
		t.Errorf("%d items, of which 90 after the end", n)
	}
}

// FuzzWalk gives any bytes as standard input.
func FuzzWalk(f *testing.F) {
	for _, s := range []string{mill, page, chat, packed(chat), warcOf("HTTP/1.1 200 OK\r\n\r\n" + page), `{"version":"https://jsonfeed.org/version/1","items":[{}]}`,
		"<rss><channel><item><description>x</description></item></channel></rss>", "{\"text\":\"x\"}\n{\"html\":\"x\"}", "\uFEFF<opml><outline/></opml>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 || bytes.Contains(b, []byte("%PDF-")) || bytes.Contains(b, []byte("://")) {
			return // PDFs have a target of their own, and nothing is to be fetched
		}
		walk(t, &inputs.Walker{Stdin: bytes.NewReader(b), Getter: &article.Getter{Force: true}}, "", "-")
	})
}
