package desk_test

import (
	"fmt"
	"html"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"hearsay/article"
)

// mostPage is how many bytes a page may have, before it is packed.
const mostPage = 200_000

// light opens a page and fails the test if it is too long; it returns it.
func (b *bench) light(t *testing.T, path string) string {
	t.Helper()
	w := b.get(t, path)
	if n := w.Body.Len(); w.Code != 200 || n > mostPage {
		t.Errorf("%s: status %d, %d bytes", path, w.Code, n)
	}
	return w.Body.String()
}

// hrefs are the addresses on a page that begin so.
func hrefs(page, begin string) (out []string) {
	for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if path := html.UnescapeString(m[1]); strings.HasPrefix(path, begin) {
			out = append(out, path)
		}
	}
	return out
}

// TestPagesOfALongArticleAreSmall opens every part of an article of 5,000 words, with
// all marks on, and that on which its claims are corrected.
func TestPagesOfALongArticleAreSmall(t *testing.T) {
	b := open(t)
	b.keep(t, article.Article{ID: "long", Title: "Five thousand words", Published: "2031-05-04", Text: words(t, 5000)})
	first := b.light(t, "/article?id=long&sifted=1&mark=attribution&mark=certainty&mark=names&mark=places&mark=dates&mark=wording")
	parts := hrefs(first, "/article?id=long&mark=")
	if len(parts) < 3 {
		t.Fatalf("the article has no parts: %q", parts)
	}
	seen := map[string]bool{}
	for _, path := range parts {
		path, _, _ = strings.Cut(path, "#")
		if !seen[path] {
			seen[path] = true
			b.light(t, path)
		}
	}
	b.light(t, "/correct?article=long&claim=300")
	// A claim is shown with the part of the text that it is in, wherever it is asked for.
	for _, path := range []string{"/search?q=ferry", "/search?q=inquiry"} {
		for _, path := range hrefs(b.light(t, path), "/article?id=long&claim=") {
			u, err := url.Parse(path)
			if err != nil {
				t.Fatal(err)
			}
			if page := b.get(t, u.RequestURI()).Body.String(); !strings.Contains(page, `id="`+u.Fragment+`"`) {
				t.Errorf("the page at %s does not have the claim", path)
			}
		}
	}
	r := httptest.NewRequest("GET", "http://localhost/article?id=long", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	if w := b.do(r); w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > 40_000 {
		t.Errorf("sent as %q: %d bytes", w.Header().Get("Content-Encoding"), w.Body.Len())
	}
}

// TestListsAreSmall opens the pages of the collection as full as they get: 300 long articles
// of one incident, with long titles, sites and names.
func TestListsAreSmall(t *testing.T) {
	b := open(t)
	for i := range 300 {
		b.keep(t, article.Article{ID: fmt.Sprintf("https://a-newspaper.example/news/2031/06/03/what-is-known-of-the-bomb-in-stockholm-%d", i), Site: "The Newspaper of Record of the Wend Coast",
			Title: fmt.Sprintf("What is known, and what is not, of the bomb in the fish market of Stockholm that killed %d", i%40+3), Published: "2031-06-03",
			Text: fmt.Sprintf("A bomb exploded in the fish market of Stockholm on 2 June 2031, killing %d people and wounding %d, said police inspector Mara%d Lind%d of the %d police district. Interior minister Olof %c%d blamed the Northern Column for the attack, and %s. The Southern Column claimed responsibility for it. The Eastern Column denied it.", i%40+3, i%30+4, i, i, i, 'A'+rune(i%26), i, strings.Repeat("said that the market would stay closed for the time being, ", 4)+"as it is")})
	}
	for _, path := range []string{"/articles", "/search?q=bomb", "/search?q=bomb&order=relevance", "/search?q=bomb&in=texts", "/speakers", "/incidents", "/corrections", "/checks", "/searches", "/"} {
		b.light(t, path)
	}
	for _, path := range hrefs(b.light(t, "/speakers"), "/speaker?")[:1] {
		b.light(t, path)
	}
	incidents := hrefs(b.light(t, "/incidents"), "/incidents/")
	if len(incidents) == 0 {
		t.Fatal("no incident is listed")
	}
	b.light(t, incidents[0])
	// Every list of the incident is gone through to its end, and has everything once.
	seen := map[string]int{}
	for _, list := range []string{"articles", "parties", "origins", "killed", "wounded"} {
		pages := 0
		for next := incidents[0] + "/" + list; next != ""; pages++ {
			page := b.light(t, next)
			if list == "articles" {
				for _, path := range hrefs(page, "/article?") {
					seen[path]++
				}
			}
			next = ""
			if m := regexp.MustCompile(`<a href="([^"]*)" rel="next">`).FindStringSubmatch(page); m != nil {
				next = html.UnescapeString(m[1])
			}
		}
		if pages == 0 || pages > 20 {
			t.Errorf("%s: %d pages", list, pages)
		}
	}
	if len(seen) != 300 {
		t.Errorf("%d articles are listed, want 300", len(seen))
	}
	for path, status := range map[string]int{"/nothing": 404, "/articles?from=-1": 400, "/articles?from=x": 400, "/articles?from=99999": 200} {
		if w := b.get(t, incidents[0]+path); w.Code != status {
			t.Errorf("%s: status %d, want %d", path, w.Code, status)
		}
	}
}

// TestATextBesideACorrectionIsSmall corrects a claim of a text of 50,000 words: what is
// around it is shown, the rest is a way off, and words that are selected are found where they stand.
func TestATextBesideACorrectionIsSmall(t *testing.T) {
	b := open(t)
	text := words(t, 50_000)
	b.keep(t, article.Article{ID: "vast", Title: "Fifty thousand words", Published: "2031-05-04", Text: text})
	_, l, err := b.store.Article(t.Context(), "vast")
	if err != nil {
		t.Fatal(err)
	}
	c := l.Claims[len(l.Claims)/2]
	page := b.light(t, "/correct?article=vast&claim="+c.ID)
	if !strings.Contains(page, html.EscapeString(l.Quote(c.Content[0].Span))+"</mark>") {
		t.Error("the page does not show the claim in the text")
	}
	shown := regexp.MustCompile(`(?s)<div class="fulltext"[^>]*?(?: data-from="(\d+)")?>(.*?)</div>`)
	seen, pages := "", 0
	for path := "/correct?article=vast&at=0"; path != ""; pages++ {
		page := b.light(t, path)
		m := shown.FindStringSubmatch(page)
		if from := strconv.Itoa(utf8.RuneCountInString(seen)); m == nil || m[1] != from && (m[1] != "" || from != "0") {
			t.Fatalf("%s: the text begins at %q, want %s", path, m, from)
		}
		seen += html.UnescapeString(m[2])
		path = ""
		if m := regexp.MustCompile(`<a href="([^"#]*)#fulltext">The text after this`).FindStringSubmatch(page); m != nil {
			path = html.UnescapeString(m[1])
		}
		if pages > 20 {
			t.Fatal("the text does not end")
		}
	}
	if seen != text || pages < 3 {
		t.Errorf("on %d pages the text has %d bytes, want %d", pages, len(seen), len(text))
	}
	for _, at := range []string{"-1", "x", "99999999", "99999999999999999999"} {
		b.light(t, "/correct?article=vast&at="+at)
	}
}
