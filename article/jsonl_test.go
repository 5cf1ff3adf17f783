package article_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/article"
)

// outcome is what one line gave.
type outcome struct {
	Article article.Article
	Input   string // of the error
	Code    string
}

func outcomes(t *testing.T, g *article.Getter, r io.Reader) []outcome {
	t.Helper()
	var got []outcome
	for a, err := range g.JSONL(t.Context(), r, "news.jsonl") {
		o := outcome{Article: a}
		if err != nil {
			var e *article.Error
			if !errors.As(err, &e) {
				t.Fatalf("not an *Error: %v", err)
			}
			o.Input, o.Code = e.Input, e.Code
		}
		got = append(got, o)
	}
	return got
}

func quoted(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestJSONL(t *testing.T) {
	lines := strings.Join([]string{
		"\uFEFF" + `{"id":"a1","url":"https://courier.velmora.example/1","title":"Mill burns","published":"2024-03-27T08:15:00Z","text":` + quoted(t, english) + `,"section":{"name":["x",1]}}`,
		``,
		`   `,
		`{"id":"a2","html":` + quoted(t, webPage) + `}`,
		`{"id":"a3","html":` + quoted(t, webPage) + `,"title":"Another title","published":"2024-03-28","url":"https://courier.velmora.example/3"}`,
		`{"id":"a4","text":"Both \u00e9 \"kept\"\r\n","html":"<p>not read</p>"}`,
		`{"id":"a5","text":"x","published":"some day","title":null}`,
		`{"id":"a7","title":"Mill burns at Velmora","text":""}`,
		`{"id":"b1"`,
		`{"id":"b2"}`,
		`{"id":"b3","text":7}`,
		`["b4"]`,
		`{"id":"b5","text":"` + "\xff" + `"}`,
		`{"id":"b6","text":" \n "}`,
		`{"id":"b7","html":"<html></html>"}`,
		`{"id":"b8","text":` + quoted(t, german) + `}`,
		`{"text":"x"} {"text":"y"}`,
		`{"id":"a6","text":"the last line, without an end"}`,
	}, "\n")
	page := pageArticle
	page.ID = "a2"
	other := pageArticle
	other.ID, other.Title, other.Published, other.URL = "a3", "Another title", "2024-03-28", "https://courier.velmora.example/3"
	want := []outcome{
		{Article: article.Article{ID: "a1", URL: "https://courier.velmora.example/1", Title: "Mill burns", Published: "2024-03-27", Language: "en", Text: english}},
		{Article: page},
		{Article: other},
		{Article: article.Article{ID: "a4", Text: "Both é \"kept\"\r\n"}},
		{Article: article.Article{ID: "a5", Text: "x"}},
		{Article: article.Article{ID: "a7", Title: "Mill burns at Velmora", Text: "Mill burns at Velmora"}},
		{Input: "news.jsonl:9", Code: article.CodeJSON},
		{Input: "news.jsonl:10", Code: article.CodeJSON},
		{Input: "news.jsonl:11", Code: article.CodeJSON},
		{Input: "news.jsonl:12", Code: article.CodeJSON},
		{Input: "news.jsonl:13", Code: article.CodeJSON},
		{Input: "news.jsonl:14", Code: article.CodeEmpty},
		{Input: "news.jsonl:15", Code: article.CodeNoArticle},
		{Input: "news.jsonl:16", Code: article.CodeLanguage},
		{Input: "news.jsonl:17", Code: article.CodeJSON},
		{Article: article.Article{ID: "a6", Language: "en", Text: "the last line, without an end"}},
	}
	for _, end := range []string{"\n", "\r\n"} {
		got := outcomes(t, &article.Getter{}, strings.NewReader(strings.ReplaceAll(lines, "\n", end)))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("lines that end in %q: %s", end, diff)
		}
	}
}

func TestJSONLMessages(t *testing.T) {
	for in, want := range map[string]string{
		`{"text":7}`:       `news.jsonl:1: not an article: "text" is a number and not a string; each line must be one article as a JSON object`,
		`[1]`:              `news.jsonl:1: not an article: it is a JSON array and not an object; each line must be one article as a JSON object`,
		`{"id":"x"}`:       `news.jsonl:1: not an article: it has neither "text" nor "html" nor "title"; each line must be one article as a JSON object`,
		`{"text":"x"`:      `news.jsonl:1: not an article: it is not JSON: unexpected end of JSON input, at byte 11; each line must be one article as a JSON object`,
		"{\"text\":\"\xff": `news.jsonl:1: not an article: it is not UTF-8; each line must be one article as a JSON object`,
	} {
		var g article.Getter
		for _, err := range g.JSONL(t.Context(), strings.NewReader(in), "news.jsonl") {
			if err == nil || err.Error() != want {
				t.Errorf("%s:\ngot  %v\nwant %s", in, err, want)
			}
		}
	}
}

func TestJSONLOptions(t *testing.T) {
	in := `{"text":` + quoted(t, german) + `}
{"text":"The mill burns.","published":"2024-03-27"}`
	got := outcomes(t, &article.Getter{Force: true, Published: "1 May 2024"}, strings.NewReader(in))
	want := []outcome{
		{Article: article.Article{Published: "2024-05-01", Language: "de", Text: german}},
		{Article: article.Article{Published: "2024-03-27", Language: "en", Text: "The mill burns."}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, o := range outcomes(t, &article.Getter{Published: "some day"}, strings.NewReader(`{"text":"x"}`)) {
		if o.Code != article.CodeUsage {
			t.Errorf("a date that is none: %+v", o)
		}
	}
}

func TestJSONLLongLines(t *testing.T) {
	long := strings.Repeat("The mill burns, says the mayor. ", 30<<20/32)
	in := fmt.Sprintf("{\"text\":\"%s\"}\n{\"id\":\"a2\",\"text\":\"x\"}\n", long)
	got := outcomes(t, &article.Getter{}, strings.NewReader(in))
	if len(got) != 2 || got[0].Article.Text != long || got[1].Article.ID != "a2" {
		t.Errorf("got %d articles, the first of %d bytes", len(got), len(got[0].Article.Text))
	}
	got = outcomes(t, &article.Getter{MaxFileBytes: 1 << 20}, strings.NewReader(in))
	want := []outcome{{Input: "news.jsonl:1", Code: article.CodeTooLarge}, {Article: article.Article{ID: "a2", Text: "x"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestJSONLKeepsTheText gives texts of all kinds and wants them back unchanged.
func TestJSONLKeepsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.String().Filter(func(s string) bool { return strings.TrimSpace(s) != "" })).Draw(t, "texts")
		var in strings.Builder
		enc := json.NewEncoder(&in)
		enc.SetEscapeHTML(rapid.Bool().Draw(t, "escape"))
		for _, s := range texts {
			if err := enc.Encode(map[string]string{"text": s}); err != nil {
				t.Fatal(err)
			}
		}
		g := article.Getter{Force: true}
		i := 0
		for a, err := range g.JSONL(context.Background(), strings.NewReader(in.String()), "x") {
			if err != nil || a.Text != texts[i] {
				t.Fatalf("text %d: got %q, %v; want %q", i, a.Text, err, texts[i])
			}
			i++
		}
		if i != len(texts) {
			t.Fatalf("%d texts of %d", i, len(texts))
		}
	})
}

// endless is article JSONL without end.
type endless struct{ line []byte }

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.line)
	}
	return n - n%len(e.line), nil
}

func TestJSONLMemoryIsFlat(t *testing.T) {
	line := `{"text":` + quoted(t, strings.Repeat(english, 20)) + "}\n"
	var g article.Getter
	var first uint64
	n := 0
	for _, err := range g.JSONL(t.Context(), &endless{[]byte(line)}, "x") {
		if err != nil {
			t.Fatal(err)
		}
		switch n++; n {
		case 1000, 20_000:
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			if first == 0 {
				first = m.HeapAlloc
			} else if m.HeapAlloc > first+1<<20 {
				t.Errorf("%d bytes in use after %d articles, %d after the first thousand", m.HeapAlloc, n, first)
			}
		}
		if n == 20_000 {
			return // and the sequence ends
		}
	}
	t.Errorf("the sequence ended after %d articles", n)
}

func TestJSONLEndsWithItsReader(t *testing.T) {
	r := io.MultiReader(strings.NewReader(`{"text":"The mill burns."}`+"\n"+`{"text":"half a li`), failingReader{})
	got := outcomes(t, &article.Getter{}, r)
	want := []outcome{{Article: article.Article{Language: "en", Text: "The mill burns."}}, {Input: "news.jsonl:2", Code: article.CodeUnreadable}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestJSONLCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var g article.Getter
	var got []error
	for _, err := range g.JSONL(ctx, &endless{[]byte(`{"text":"The mill burns."}` + "\n")}, "x") {
		got = append(got, err)
		cancel()
	}
	if len(got) != 2 || got[0] != nil || !errors.Is(got[1], context.Canceled) {
		t.Errorf("got %v", got)
	}
}

func FuzzJSONL(f *testing.F) {
	f.Add([]byte(`{"id":"a","text":"The mill burns.","published":"2024-03-27"}` + "\n" + `{"html":"<p>x</p>"}`))
	f.Add([]byte("\n{\n[]\r\n{\"text\":\"\\ud800\"}\n\xff\n{\"text\":1}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		var g article.Getter
		n := 0
		for a, err := range g.JSONL(t.Context(), strings.NewReader(string(b)), "x") {
			n++
			var e *article.Error
			switch {
			case err == nil && strings.TrimSpace(a.Text) == "":
				t.Error("no text and no error")
			case err != nil && (!errors.As(err, &e) || e.Code == "" || e.Code == article.CodeUnreadable):
				t.Errorf("an error of no kind: %#v", err)
			}
		}
		if lines := strings.Count(string(b), "\n") + 1; n > lines {
			t.Errorf("%d articles in %d lines", n, lines)
		}
	})
}
