package page_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"hearsay/article/page"
)

// millFire is a page as newspapers make them.
const millFire = `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Paper mill burns in Velmora | Velmora Courier</title>
<meta property="og:site_name" content="Velmora Courier">
<meta property="og:title" content="Paper mill burns in Velmora">
<meta name="author" content="Ilse Tarrow; Pell Ondry">
<meta property="article:published_time" content="2024-03-27T08:15:00+01:00">
<link rel="canonical" href="https://courier.velmora.example/2024/mill">
<script>var tracking = "<p>not text</p>";</script>
<style>p { color: red }</style>
</head>
<body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav></header>
<main><article>
<h1>Paper mill burns in Velmora</h1>
<p>A fire destroyed the <strong>old paper mill</strong> on the river
on <em>Tuesday</em> night, the fire service of Velmora said.</p>
<p>“We saw the flames from <a href="/harlund">Harlund</a>,” said Brisa Kolt, who lives across the river.<br>“Nobody knew what to do.”</p>
<blockquote><p>“It is a loss to the whole town,” the mayor, Odo Vann, wrote in a statement.</p></blockquote>
<h2>Two people questioned</h2>
<p>Police questioned two people, according to a spokeswoman, but nobody has been arrested so far and the cause is not known.</p>
<ul><li>The mill was built in 1871 by the Tarn family.</li><li>It closed <b>nine</b> years ago.</li></ul>
</article></main>
<aside><h3>Most read</h3><p><a href="/x">Ten recipes for pears</a></p></aside>
<footer><p>© Velmora Courier. All rights reserved. Terms and conditions apply.</p></footer>
</body></html>`

const millFireText = `A fire destroyed the old paper mill on the river on Tuesday night, the fire service of Velmora said.

“We saw the flames from Harlund,” said Brisa Kolt, who lives across the river.
“Nobody knew what to do.”

“It is a loss to the whole town,” the mayor, Odo Vann, wrote in a statement.

Two people questioned

Police questioned two people, according to a spokeswoman, but nobody has been arrested so far and the cause is not known.

The mill was built in 1871 by the Tarn family.

It closed nine years ago.`

func TestExtract(t *testing.T) {
	got, err := page.Extract(t.Context(), []byte(millFire), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Text != millFireText {
		t.Errorf("text:\n%s\nwant:\n%s", got.Text, millFireText)
	}
	if got.Title != "Paper mill burns in Velmora" {
		t.Errorf("title %q", got.Title)
	}
	if !slices.Equal(got.Byline, []string{"Ilse Tarrow", "Pell Ondry"}) {
		t.Errorf("byline %q", got.Byline)
	}
	if got.Site != "Velmora Courier" || got.Published != "2024-03-27" || got.Language != "en-GB" {
		t.Errorf("site %q, published %q, language %q", got.Site, got.Published, got.Language)
	}
	if got.URL != "https://courier.velmora.example/2024/mill" {
		t.Errorf("URL %q", got.URL)
	}
}

// article puts body into a page with enough text around it to be one.
func article(head, body string) string {
	return "<html><head>" + head + "</head><body><article><p>" +
		strings.Repeat("The fire service of Velmora said that the mill burned all night. ", 10) + "</p>" +
		body + "<p>The cause is not known, and the police would not say whom they suspect.</p></article></body></html>"
}

func TestWordsStayApart(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{"<p>the <em>whole</em> town, the <b>old</b><i>est</i> part</p>", "\n\nthe whole town, the oldest part\n\n"},
		{"<p>one<br>two</p>", "\n\none\ntwo\n\n"},
		{"<p>one<br><strong>two</strong><br/> three</p>", "\n\none\ntwo\nthree\n\n"},
		{"<ul><li>one <b>bold</b> item</li><li><a href=x>two</a> items</li></ul>", "\n\none bold item\n\ntwo items\n\n"},
		{"<p>one</p>\n\n\n<p>  two  \n three&nbsp;four</p>", "\n\none\n\ntwo three four\n\n"},
		{"<p>one</p><div><p>two</p></div><section><p>three</p></section>", "\n\none\n\ntwo\n\nthree\n\n"},
		{"<p>a &lt;b&gt; &amp; &#8220;c&#8221;</p>", "\n\na <b> & “c”\n\n"},
	} {
		got, err := page.Extract(t.Context(), []byte(article("", c.html)), "text/html; charset=utf-8", nil)
		if err != nil {
			t.Errorf("%s: %v", c.html, err)
		} else if !strings.Contains(got.Text, c.want) {
			t.Errorf("%s: got %q, want %q in it", c.html, got.Text[600:], c.want)
		}
	}
}

// TestShortArticles must not have their words run together, as the extractor's
// last resort has it.
func TestShortArticles(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{"<title>Mill burns</title><article><h1>Mill burns</h1><p>The mill burns.</p><p>Nobody is hurt.</p></article>", "The mill burns.\n\nNobody is hurt."},
		{"<title>Mill burns</title><body><nav>Home</nav><p>The mill burns.</p><p>Nobody is hurt.</p><footer>© Courier</footer></body>", "The mill burns.\n\nNobody is hurt."},
		{"<html><body><p>The mayor of Velmora said on Tuesday that the fire was out.</p><p>Nobody was hurt.</p></body></html>",
			"The mayor of Velmora said on Tuesday that the fire was out.\n\nNobody was hurt."},
		{"<p>The mill burns.", "The mill burns."},
	} {
		got, err := page.Extract(t.Context(), []byte(c.html), "", nil)
		if err != nil {
			t.Errorf("%s: %v", c.html, err)
		} else if got.Text != c.want {
			t.Errorf("%s: got %q", c.html, got.Text)
		}
	}
}

func TestCharsets(t *testing.T) {
	const quote = "“Zoë’s café burned,” said Noël."
	encode := func(name, s string) []byte {
		enc, _ := charset.Lookup(name)
		b, err := encoding.ReplaceUnsupported(enc.NewEncoder()).Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	late := strings.Repeat("<meta name=filler content=nothing>", 100)
	for _, c := range []struct {
		name, contentType string
		page              []byte
	}{
		{"header", "text/html; charset=windows-1252", encode("windows-1252", article("", quote))},
		{"header over meta", "text/html; charset=utf-8", []byte(article("<meta charset=koi8-r>", quote))},
		{"meta", "", encode("windows-1252", article("<meta charset=windows-1252>", quote))},
		{"meta latin-1", "", encode("windows-1252", article("<meta charset='iso-8859-1'>", quote))},
		{"meta http-equiv", "", encode("macintosh", article(`<meta http-equiv="Content-Type" content="text/html; charset=macintosh">`, quote))},
		{"late meta", "", encode("macintosh", article(late+"<meta charset=macintosh>", quote))},
		{"none, utf-8", "", []byte(article("", quote))},
		{"none, utf-8 late", "", []byte(article(late, quote))},
		{"none, windows-1252", "", encode("windows-1252", article("", quote))},
		{"utf-8 mark", "", []byte("\uFEFF" + article("<meta charset=koi8-r>", quote))},
		{"gb18030", "text/html; charset=gb18030", encode("gb18030", article("", quote))},
	} {
		got, err := page.Extract(t.Context(), c.page, c.contentType, nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if !strings.Contains(got.Text, quote) {
			t.Errorf("%s: no %q in %q", c.name, quote, got.Text)
		}
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(article("", quote)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := page.Extract(t.Context(), wide, "", nil); err != nil || !strings.Contains(got.Text, quote) {
		t.Errorf("utf-16: %v, %v", got, err)
	}
	if !page.Sniff(wide) {
		t.Error("a page in UTF-16 is not taken for one")
	}
}

func TestMetadata(t *testing.T) {
	address, err := url.Parse("https://courier.velmora.example/2024/05/06/mill")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, head, want string }{
		{"site behind the title", `<title>Mill burns | The Courier</title><meta property=og:site_name content="The Courier">`, `Mill burns/[]/The Courier/2024-05-06`},
		{"day in the byline", `<title>Mill burns</title><meta name=author content="Ilse Tarrow Tuesday">`, `Mill burns/[Ilse Tarrow]/courier.velmora.example/2024-05-06`},
		{"admin", `<title>Mill burns</title><meta name=author content="admin">`, `Mill burns/[]/courier.velmora.example/2024-05-06`},
		{"address as site", `<title>Mill burns</title><meta property=og:site_name content="https://faces.example/courier">`, `Mill burns/[]//2024-05-06`},
		{"json-ld", `<title>x</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Mill burns","datePublished":"2024-05-06T10:00:00Z","author":{"@type":"Person","name":"Pell Ondry"},"publisher":{"@type":"Organization","name":"The Courier"}}</script>`, `Mill burns/[Pell Ondry]/The Courier/2024-05-06`},
	} {
		got, err := page.Extract(t.Context(), []byte(article(c.head, "")), "", address)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if s := fmt.Sprintf("%s/%v/%s/%s", got.Title, got.Byline, got.Site, got.Published); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

// TestPageAddress takes no address from a page that a reader could not follow.
func TestPageAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://courier.velmora.example/mill": "https://courier.velmora.example/mill",
		"javascript:alert(1)":                  "",
		"file:///etc/hosts":                    "",
		"/mill":                                "",
	} {
		got, err := page.Extract(t.Context(), []byte(article(`<link rel=canonical href="`+address+`">`, "")), "", nil)
		if err != nil || got.URL != want {
			t.Errorf("%s: got %v, %v", address, got, err)
		}
	}
}

func TestNoArticle(t *testing.T) {
	for _, src := range []string{
		"", "<html></html>", "<html><body></body></html>", "<p> </p>", "<script>var x = 1</script>",
		"<html><head><title>Velmora</title></head><body><nav><a href=/>Home</a></nav></body></html>",
		"<form><label>Name</label><input><label>Password</label><input><button>Sign in</button></form>",
		"<frameset><frame src=x></frameset>", "<!-- only a remark -->", "\x00\x00\x00",
	} {
		if got, err := page.Extract(t.Context(), []byte(src), "", nil); !errors.Is(err, page.ErrNoArticle) {
			t.Errorf("%q: %v, %v", src, got, err)
		}
	}
}

func TestSniff(t *testing.T) {
	for src, want := range map[string]bool{
		millFire: true, "<p>x</p>": true, "  \n<!-- x --><html>": true, "\uFEFF<html>": true,
		"<?xml version='1.0'?><!DOCTYPE html><html>": true, "<?xml version='1.0'?><rss>": false,
		"": false, "The mill burns.": false, "<no page>": false, "a < b": false,
	} {
		if got := page.Sniff([]byte(src)); got != want {
			t.Errorf("%.30q: got %v", src, got)
		}
	}
}

// TestHostilePages gives pages that cost parsers and extractors most. That it
// ends, and within a test's patience, is what it tests; each once took minutes,
// gigabytes or the whole stack.
func TestHostilePages(t *testing.T) {
	const n = 200_000
	repeat := strings.Repeat
	fonts := func() string {
		var b strings.Builder
		for i := range 400 {
			fmt.Fprintf(&b, "<font size=%d>", i)
		}
		return b.String()
	}()
	for name, c := range map[string]struct {
		body string
		want string // in the text; empty: an error is right too
	}{
		"deep div":             {repeat("<div>", n) + "The mill burns." + repeat("</div>", n), "The mill burns."},
		"deep span":            {article("", repeat("<span>", n)+"The mill burns."), "The mill burns."},
		"deep bold":            {article("", repeat("<b><i><u>", n)+"The mill burns."), "The mill burns."},
		"deep tables":          {repeat("<table><tr><td>", n) + "The mill burns.", ""},
		"deep lists":           {repeat("<ul><li>", n) + "The mill burns.", ""},
		"deep svg":             {repeat("<svg>", n) + "x", ""},
		"deep templates":       {repeat("<template>", n) + "x", ""},
		"unclosed formatting":  {article("", "<p>"+fonts+"</p>"+repeat("<p>The mill burns.</p>", n)), "The mill burns."},
		"authors":              {article("", repeat("<b class=author>x", n)+repeat("<p>The mill burns.", n)), "The mill burns."},
		"half a million tags":  {article("", repeat("<i>x</i><p>The mill burns.</p>", n/2+n/4)), "The mill burns."},
		"many articles":        {repeat("<article><p>The mill burns, said the mayor of the town.</p></article>", n), "The mill burns"},
		"many comments":        {article("", "<div id=comments>"+repeat("<p>The mill burns.</p>", n)+"</div>"), ""},
		"paragraphs in a list": {repeat("<ul><li>", 250) + repeat("<p>The mill burns.</p>", n), "The mill burns."},
		"too many tags":        {repeat("<p>x</p>", 1_000_000), ""},
		"attributes":           {article("", "<p "+repeat("a=b c ", n)+">The mill burns.</p>"), "The mill burns."},
		"one line":             {article("", "<p>"+repeat("The mill burns. ", 1<<20)+"</p>"), "The mill burns."},
		"one word":             {article("", "<p>"+repeat("a", 10<<20)+"</p>"), ""},
		"json-ld":              {article(`<script type="application/ld+json">`+repeat(`{"a":[`, n)+"</script>", ""), "The fire service"},
		"entities":             {article("", repeat("&notin;&amp", n)), "The fire service"},
		"open comment":         {article("", "<!--"+repeat("- -", n)), ""},
		"open script":          {article("", "<script>"+repeat("</scrip", n)), ""},
		"open attribute":       {article("", "<p class='"+repeat("x", n)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := page.Extract(t.Context(), []byte(c.body), "text/html; charset=utf-8", nil)
			if err != nil {
				if c.want != "" || !errors.Is(err, page.ErrTooLarge) && !errors.Is(err, page.ErrNoArticle) {
					t.Fatal(err)
				}
				return
			}
			if !strings.Contains(got.Text, c.want) {
				t.Errorf("the text, %.200q, is without %q", got.Text, c.want)
			}
		})
	}
}

// TestRoughText pins what is read of a page of too many elements.
func TestRoughText(t *testing.T) {
	rows := strings.Repeat("<p>The <span>mill</span> burns.</p>", 20_000)
	src := "<html lang=en><head><title>Mill burns</title></head><body><nav>Home</nav><main><p>First.</p>" + rows +
		"<aside>Recipes</aside><p>Last.</p></main><footer>All rights reserved</footer></body></html>"
	got, err := page.Extract(t.Context(), []byte(src), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "First.\n\n" + strings.Repeat("The mill burns.\n\n", 20_000) + "Last."; got.Text != want {
		t.Errorf("got %.100q … %q", got.Text, got.Text[len(got.Text)-100:])
	}
	if got.Title != "Mill burns" {
		t.Errorf("title %q", got.Title)
	}
}

func TestTooManyBytes(t *testing.T) {
	if _, err := page.Extract(t.Context(), make([]byte, page.MaxBytes+1), "", nil); !errors.Is(err, page.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := page.Extract(ctx, []byte(millFire), "", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte(millFire), "")
	f.Add([]byte(article("<meta charset=utf-7>", "<b class=author><p></b>x<br><br>y")), "text/html; charset=x")
	f.Add([]byte("<table><td><svg><title><p></table><select><option>"), "")
	f.Add([]byte("\xFF\xFE<\x00p\x00>\x00x\x00"), "")
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		if len(b) > 1<<16 {
			return
		}
		got, err := page.Extract(t.Context(), b, contentType, nil)
		if err != nil {
			if !errors.Is(err, page.ErrNoArticle) && !errors.Is(err, page.ErrTooLarge) && !errors.Is(err, page.ErrCharset) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		if got.Text == "" || got.Text != strings.TrimSpace(got.Text) || strings.Contains(got.Text, "\n\n\n") {
			t.Errorf("text %q", got.Text)
		}
		for _, s := range append([]string{got.Text, got.Title, got.Site, got.URL}, got.Byline...) {
			if !utf8.ValidString(s) {
				t.Errorf("not UTF-8: %q", s)
			}
		}
	})
}
