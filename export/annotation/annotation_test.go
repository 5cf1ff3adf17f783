package annotation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hearsay/export"
	"hearsay/export/annotation"
	"hearsay/export/exporttest"
	"hearsay/ledger"
)

func write(t interface{ Fatal(...any) }, articles ...*export.Article) string {
	var out bytes.Buffer
	w := annotation.New(&out)
	for _, a := range articles {
		if err := w.Article(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

type object = map[string]any

// checker checks a document against the rules (MUST) of the Web Annotation Data Model
// that concern what is written here, with the sections that they stand in.
type checker struct {
	wrong []string
	ids   map[string]bool
}

func (c *checker) want(ok bool, format string, args ...any) {
	if !ok {
		c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
	}
}

// The motivations, and so the purposes, of section 3.3.5.
var motivations = []string{"assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking", "moderating",
	"questioning", "replying", "tagging"}

func iri(v any) bool {
	s, _ := v.(string)
	u, err := url.Parse(s)
	return err == nil && u.IsAbs() && !strings.ContainsAny(s, " <>\"{}|\\^`")
}

// document checks a collection: section 5.
func (c *checker) document(d object) {
	c.ids = map[string]bool{}
	c.want(d["@context"] == annotation.Context, "5.1: @context is %v", d["@context"])
	c.want(iri(d["id"]), "5.1: the collection's id %v is no IRI", d["id"])
	c.want(d["type"] == "AnnotationCollection", "5.1: type is %v", d["type"])
	page, ok := d["first"].(object)
	c.want(ok, "5.1: there is no first page")
	c.want(iri(page["id"]) && page["id"] != d["id"], "5.2: the page's id %v", page["id"])
	c.want(page["type"] == "AnnotationPage", "5.2: the page's type %v", page["type"])
	c.want(page["partOf"] == d["id"], "5.2: partOf is %v", page["partOf"])
	c.want(page["@context"] == nil, "5.2: an embedded page has no context of its own")
	if i, ok := page["startIndex"]; ok {
		x, is := i.(float64)
		c.want(is && x >= 0 && x == float64(int(x)), "5.2: startIndex %v", i)
	}
	items, ok := page["items"].([]any)
	c.want(ok, "5.2: items is no list")
	for _, i := range items {
		a, _ := i.(object)
		c.annotation(a)
	}
}

// annotation checks section 3.
func (c *checker) annotation(a object) {
	c.want(iri(a["id"]), "3.1: id %v", a["id"])
	id, _ := a["id"].(string)
	c.want(!c.ids[id], "3.1: id %v is used twice", id)
	c.ids[id] = true
	c.want(a["type"] == "Annotation", "3.1: type %v", a["type"])
	c.want(slices.Contains(motivations, fmt.Sprint(a["motivation"])), "3.3.5: motivation %v", a["motivation"])
	targets, _ := a["target"].([]any)
	c.want(len(targets) > 0, "3.1: %v has no target", id)
	bodies, _ := a["body"].([]any)
	for _, b := range bodies {
		c.body(b.(object))
	}
	for _, t := range targets {
		c.specific(t.(object))
	}
}

// body checks sections 3.2.4 and 4.
func (c *checker) body(b object) {
	if p, ok := b["purpose"]; ok {
		c.want(slices.Contains(motivations, fmt.Sprint(p)), "3.3.5: purpose %v", p)
	}
	switch b["type"] {
	case "TextualBody":
		s, ok := b["value"].(string)
		c.want(ok && s != "", "3.2.4: a TextualBody with the value %v", b["value"])
	case "SpecificResource":
		c.want(iri(b["source"]), "4: source %v", b["source"])
	default:
		c.want(false, "3.2: a body of the type %v", b["type"])
	}
}

// specific checks sections 4, 4.2.4 and 4.2.5.
func (c *checker) specific(t object) {
	c.want(t["type"] == "SpecificResource", "4: type %v", t["type"])
	source, _ := t["source"].(object)
	c.want(iri(source["id"]), "4: source %v", source["id"])
	selectors, _ := t["selector"].([]any)
	c.want(len(selectors) == 2, "4.2: %d selectors", len(selectors))
	for _, s := range selectors {
		s := s.(object)
		switch s["type"] {
		case "TextPositionSelector":
			start, ok1 := s["start"].(float64)
			end, ok2 := s["end"].(float64)
			c.want(ok1 && ok2 && start >= 0 && start == float64(int(start)) && end == float64(int(end)) && end > start, "4.2.5: from %v to %v", s["start"], s["end"])
		case "TextQuoteSelector":
			_, ok := s["exact"].(string)
			_, before := s["prefix"].(string)
			_, after := s["suffix"].(string)
			c.want(ok && before && after, "4.2.4: %v", s)
		default:
			c.want(false, "4.2: a selector of the type %v", s["type"])
		}
	}
}

func TestKeepsTheRulesOfTheModel(t *testing.T) {
	for name, articles := range map[string][]*export.Article{
		"none":    nil,
		"all":     {exporttest.Article()},
		"bare":    {exporttest.Bare()},
		"several": {exporttest.Article(), exporttest.Bare(), exporttest.Numbered(2)},
	} {
		t.Run(name, func(t *testing.T) {
			var d object
			if err := json.Unmarshal([]byte(write(t, articles...)), &d); err != nil {
				t.Fatal(err)
			}
			var c checker
			c.document(d)
			for _, s := range c.wrong {
				t.Error(s)
			}
		})
	}
}

// TestTheCheckerSees: rules that are broken are seen, or the test above would mean nothing.
func TestTheCheckerSees(t *testing.T) {
	good := write(t, exporttest.Article())
	for _, c := range []struct{ old, new string }{
		{annotation.Context, "http://example.org/other.jsonld"},
		{`"type":"AnnotationPage"`, `"type":"Page"`},
		{`"motivation":"describing"`, `"motivation":"proving"`},
		{`"purpose":"tagging"`, `"purpose":"convicting"`},
		{`"source":{"id":"https://orvik.example/a?b=1&c=2"`, `"source":{"id":"a?b=1"`},
		{`"type":"TextPositionSelector","start":0`, `"type":"TextPositionSelector","start":-1`},
		{`"type":"TextQuoteSelector"`, `"type":"QuoteSelector"`},
		{`"partOf":"urn:uuid:`, `"partOf":"urn:uuid:0`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		if bad == good {
			t.Errorf("%s is not written", c.old)
			continue
		}
		var d object
		if err := json.Unmarshal([]byte(bad), &d); err != nil {
			t.Fatal(err)
		}
		var check checker
		if check.document(d); len(check.wrong) == 0 {
			t.Errorf("%s in place of %s is not seen", c.new, c.old)
		}
	}
}

// selected are the words that the position selectors of a document select, and those that the quotes have.
func selected(t interface{ Fatal(...any) }, document, text string) (bad []string, n int) {
	var d struct {
		First struct {
			Items []struct {
				Target []struct {
					Selector []struct {
						Start, End            int
						Exact, Prefix, Suffix string
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(document), &d); err != nil {
		t.Fatal(err)
	}
	points := []rune(text)
	for _, a := range d.First.Items {
		for _, x := range a.Target {
			at, q := x.Selector[0], x.Selector[1]
			n++
			if got := string(points[at.Start:at.End]); got != q.Exact {
				bad = append(bad, fmt.Sprintf("code points %d to %d are %q, and the quotation %q", at.Start, at.End, got, q.Exact))
			}
			if !strings.Contains(text, q.Prefix+q.Exact+q.Suffix) {
				bad = append(bad, fmt.Sprintf("%q does not stand between %q and %q", q.Exact, q.Prefix, q.Suffix))
			}
			if utf8.RuneCountInString(q.Prefix) > 32 || utf8.RuneCountInString(q.Suffix) > 32 || q.Prefix == "" && at.Start > 0 || q.Suffix == "" && at.End < len(points) {
				bad = append(bad, fmt.Sprintf("%q has %q before it and %q after it", q.Exact, q.Prefix, q.Suffix))
			}
		}
	}
	return bad, n
}

func TestSelectors(t *testing.T) {
	a := exporttest.Article()
	bad, n := selected(t, write(t, a), a.Ledger.Document.Text)
	for _, s := range bad {
		t.Error(s)
	}
	// 7 claims, one of them in two pieces; 5 sources, one claim being in the article's own voice and one on nobody's word; 2 techniques; 6 names.
	if want := 8 + 5 + 2 + 6; n != want {
		t.Errorf("there are %d targets, not %d", n, want)
	}
}

// TestSelectorsAnywhere has claims on any words of any text.
func TestSelectorsAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(1, 60, -1).Filter(utf8.ValidString).Draw(t, "text")
		points := []rune(text)
		start := rapid.IntRange(0, len(points)-1).Draw(t, "start")
		end := rapid.IntRange(start+1, len(points)).Draw(t, "end")
		from := len(string(points[:start]))
		s := ledger.Span{Start: from, End: from + len(string(points[start:end]))}
		l := &ledger.Ledger{Hearsay: 1, Document: ledger.Document{Text: text}, Claims: []ledger.Claim{{ID: "c1", Content: []ledger.Piece{{Span: s}}}}}
		bad, n := selected(t, write(t, &export.Article{ID: "a", Ledger: l}), text)
		if len(bad) > 0 || n != 1 {
			t.Fatal(bad, n)
		}
	})
}

func TestOnlyWhatIsWanted(t *testing.T) {
	a := exporttest.Article()
	a.Claims = map[string]bool{"c7": true}
	out := write(t, a)
	if n := strings.Count(out, `"type":"Annotation"`); n != 3 { // the claim, its source, the technique in it
		t.Errorf("%d annotations of one claim:\n%s", n, out)
	}
	if !strings.Contains(out, "The wording of who is quoted in the claim c7, not the article's own.") {
		t.Error("the technique is not said to be the speaker's")
	}
}
