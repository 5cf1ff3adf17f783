package report_test

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/ledger/ledgertest"
	"hearsay/report"
)

// mustWrite is write for the T of a property.
func mustWrite(t *rapid.T, format string, opt report.Options, ledgers ...*ledger.Ledger) string {
	var out strings.Builder
	w, err := report.New(format, &out, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range ledgers {
		if err := w.Write(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// ranking is none, or one with some of the reasons first.
func ranking(t *rapid.T) *report.Ranking {
	if rapid.Bool().Draw(t, "in the order of the text") {
		return nil
	}
	return &report.Ranking{First: rapid.SliceOfDistinct(rapid.SampledFrom(ledger.Reasons()), rapid.ID).Draw(t, "reasons first")}
}

var ansi = regexp.MustCompile("\x1b\\[[0-9]*m")

func TestTextFitsAndIsHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledgertest.Random().Draw(t, "ledger")
		opt := report.Options{Width: rapid.SampledFrom([]int{0, 1, 40, 57, 80, 300}).Draw(t, "width"), Color: rapid.Bool().Draw(t, "color"), Rank: ranking(t)}
		out := mustWrite(t, report.Text, opt, l, l)
		limit := min(max(opt.Width, 40), 100)
		if opt.Width == 0 {
			limit = 80
		}
		if opt.Color {
			out = ansi.ReplaceAllString(out, "")
		}
		for line := range strings.SplitSeq(out, "\n") {
			if w := uniseg.StringWidth(line); w > limit {
				t.Fatalf("a line of %d columns where there are %d: %q", w, limit, line)
			}
			for _, r := range line {
				if unicode.IsControl(r) || strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029", r) {
					t.Fatalf("%U stands in %q", r, line)
				}
			}
		}
		for i := range l.Techniques {
			if n := len(regexp.MustCompile(`(?m)^ +t`+strconv.Itoa(i+1)+` `).FindAllString(out, -1)); n < 2 {
				t.Fatalf("technique t%d begins %d lines in two reports:\n%s", i+1, n, out)
			}
		}
		for _, c := range l.Claims {
			if n := len(regexp.MustCompile(`(?m)^ +`+c.ID+` `).FindAllString(out, -1)); n < 2 {
				t.Fatalf("claim %s begins %d lines in two reports:\n%s", c.ID, n, out)
			}
		}
	})
}

func TestPlainTextAddsNothingBeyondASCII(t *testing.T) {
	l := quarry(t)
	// Bytes for bytes, so that the spans stay as they are.
	l.Document.Text = strings.NewReplacer("“", `"''`, "”", `''"`).Replace(l.Document.Text)
	for i, r := range write(t, report.Text, report.Options{}, l, l) {
		if r >= utf8.RuneSelf {
			t.Fatalf("%q at byte %d", r, i)
		}
	}
}

func TestCSVIsExactAndHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledgertest.Random().Draw(t, "ledger")
		rank := ranking(t)
		order := make([]int, len(l.Claims))
		for i := range order {
			order[i] = i
		}
		if rank != nil {
			order = l.Ranked(rank.First...)
		}
		rows, err := csv.NewReader(strings.NewReader(mustWrite(t, report.CSV, report.Options{Rank: rank}, l, l))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if want := 1 + 2*len(l.Claims); len(rows) != want {
			t.Fatalf("%d rows, want %d", len(rows), want)
		}
		column := map[string]int{}
		for i, name := range rows[0] {
			column[name] = i
		}
		for i, row := range rows[1:] {
			for k, cell := range row {
				if _, err := strconv.ParseFloat(cell, 64); k == column["score"] && err == nil {
					continue // a number, which may be negative
				}
				first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }))
				if strings.ContainsRune("=+-@＝＋－＠", first) {
					t.Fatalf("a spreadsheet may calculate %q", cell)
				}
			}
			c := l.Claims[order[i%len(order)]]
			if row[column["claim"]] != c.ID {
				t.Fatalf("row %d is claim %s, want %s", i+1, row[column["claim"]], c.ID)
			}
			span := ledger.Span{Start: c.Content[0].Start, End: c.Content[len(c.Content)-1].End}
			for name, off := range map[string]int{"start": span.Start, "end": span.End} {
				if want := strconv.Itoa(utf8.RuneCountInString(l.Document.Text[:off])); row[column[name]] != want {
					t.Fatalf("%s of %s is %s, want %s", name, c.ID, row[column[name]], want)
				}
			}
			if words := l.Quote(c.Content[0].Span); len(c.Content) == 1 && !strings.ContainsAny(words, "\x00\r") && strings.TrimPrefix(row[column["content"]], "'") != strings.TrimPrefix(words, "'") {
				t.Fatalf("content of %s is %q, want %q", c.ID, row[column["content"]], words)
			}
		}
	})
}

// ours are the elements that the page is made of.
var ours = strings.Fields("html head meta title style body svg defs pattern rect circle line a header p button kbd main article bdi section h1 h2 fieldset legend label input b span ol li div blockquote footer nav dialog dl dt dd form aside script details summary h3 ul time u i em path small")

func TestHTMLIsOursAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ledgers := []*ledger.Ledger{ledgertest.Random().Draw(t, "first"), ledgertest.Random().Draw(t, "second")}
		page := mustWrite(t, report.HTML, report.Options{Rank: ranking(t)}, ledgers...)
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		ids := map[string]bool{}
		var links []string
		for n := range root.Descendants() {
			if n.Type == html.CommentNode {
				t.Fatalf("a comment: %q", n.Data)
			}
			if n.Type != html.ElementNode {
				continue
			}
			count[n.Data]++
			if !slices.Contains(ours, n.Data) && n.Data != "title" {
				t.Fatalf("an element that is not ours: <%s>", n.Data)
			}
			for _, a := range n.Attr {
				switch {
				case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || strings.HasPrefix(a.Key, "xlink"):
					t.Fatalf("<%s %s=%q>", n.Data, a.Key, a.Val)
				case a.Key == "id" && ids[a.Val]:
					t.Fatalf("two elements with the id %q", a.Val)
				case a.Key == "id":
					ids[a.Val] = true
				case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
					links = append(links, a.Val[1:])
				case a.Key == "href" && !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "https://"):
					t.Fatalf("a link to %q", a.Val)
				}
			}
		}
		if count["script"] != 1 || count["style"] != 1 {
			t.Fatalf("%d scripts and %d style sheets", count["script"], count["style"])
		}
		for i, l := range ledgers {
			marked(t, root, fmt.Sprintf("a%d", i+1), l)
		}
		for _, id := range links {
			if !ids[id] {
				t.Fatalf("a link to #%s, which is nowhere", id)
			}
		}
	})
}

// marked checks that the page holds the ledger's text, with each content marked
// from its first word to its last.
func marked(t *rapid.T, root *html.Node, anchor string, l *ledger.Ledger) {
	words := find(root, func(n *html.Node) bool {
		return attr(n, "class") == "words" && n.Parent != nil && n.Parent.Parent.Parent != nil && attr(n.Parent.Parent.Parent, "id") == anchor
	})
	if len(words) != 1 {
		t.Fatalf("%d texts in %s", len(words), anchor)
	}
	if got, want := bare(textOf(words[0])), bare(l.Document.Text); got != want {
		t.Fatalf("the page's text is %q, want %q", got, want)
	}
	if tooDeep(l) {
		return
	}
	for i, c := range l.Claims {
		id := fmt.Sprintf("%sc%d", anchor, i+1)
		var got, want strings.Builder
		for _, n := range find(words[0], func(n *html.Node) bool {
			return attr(n, "data-c") == id && n.Data == "u"
		}) {
			got.WriteString(textOf(n))
		}
		for _, p := range c.Content {
			want.WriteString(l.Quote(p.Span))
		}
		if bare(got.String()) != bare(want.String()) {
			t.Fatalf("%s is marked as %q, want %q", id, got.String(), want.String())
		}
	}
}

// tooDeep reports whether more marks lie over one place than the page draws.
func tooDeep(l *ledger.Ledger) bool {
	over := make([]int, len(l.Document.Text)+1)
	lay := func(s ledger.Span) {
		for i := s.Start; i < s.End; i++ {
			over[i]++
		}
	}
	for _, c := range l.Claims {
		for _, p := range c.Content {
			lay(p.Span)
		}
		for _, p := range []*ledger.Piece{c.Cue, c.Channel} {
			if p != nil {
				lay(p.Span)
			}
		}
		if c.Source != nil {
			lay(c.Source.Span)
		}
	}
	for _, x := range l.Techniques {
		lay(x.Span)
	}
	return slices.Max(over) > 12
}

// bare is s without blanks and with what has no place in HTML replaced, as the page has it.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && r != '\u0085' && r != '\v' && r != '\f':
			return -1
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

func find(root *html.Node, is func(*html.Node) bool) []*html.Node {
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			list = append(list, n)
		}
	}
	return list
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for n := range n.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}
