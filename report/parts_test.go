package report

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
)

// spread is a ledger of so many sentences, each a claim that somebody makes, between which stands what is given.
func spread(sentences int, words, between string) *ledger.Ledger {
	l := new(ledger.Ledger)
	var text strings.Builder
	for i := range sentences {
		at := text.Len()
		fmt.Fprintf(&text, "Speaker %d said that %s %d", i%300, words, i)
		who := ledger.Span{Start: at, End: at + len(fmt.Sprintf("Speaker %d", i%300))}
		l.Sentences = append(l.Sentences, ledger.Sentence{ID: fmt.Sprint("s", i+1), Span: ledger.Span{Start: at, End: text.Len()}})
		l.Claims = append(l.Claims, ledger.Claim{ID: fmt.Sprint("c", i+1), Source: &ledger.Source{Piece: ledger.Piece{Span: who}, Naming: ledger.NamingNamed},
			Cue: &ledger.Piece{Span: ledger.Span{Start: who.End + 1, End: who.End + 5}}, Content: []ledger.Piece{{Span: ledger.Span{Start: who.End + 11, End: text.Len()}}}})
		l.Dates = append(l.Dates, ledger.Date{Piece: ledger.Piece{Span: who}, Value: fmt.Sprintf("2031-%02d-%02d", 1+i%12, 1+i/12%28)})
		text.WriteString("." + between)
	}
	l.Document.Text = text.String()
	return l
}

var (
	entryID  = regexp.MustCompile(`<li class="claim [^"]*" id="(a1c\d+)"`)
	linked   = regexp.MustCompile(`href="([^"]*)"`)
	tagOrNum = regexp.MustCompile(`<[^>]*>`)
)

// TestPartsHaveEverythingOnce goes through the parts of ledgers: none is longer than a
// page may be, each claim is listed in one of them, and whatever leads to a claim leads
// to the part that lists it.
func TestPartsHaveEverythingOnce(t *testing.T) {
	for _, x := range []struct {
		name  string
		l     *ledger.Ledger
		parts int
	}{
		{"short", spread(20, "the boat burned in the harbour", "\n\n"), 1},
		{"5,000 words", spread(370, "the boat burned in the harbour for most of the night of", " "), 2},
		{"60,000 words", spread(4400, "the boat burned in the harbour for most of the night of", "\n\n"), 20},
		{"no claim", &ledger.Ledger{Document: ledger.Document{Text: strings.Repeat("Boats. ", 60_000)}}, 4},
		{"one word", &ledger.Ledger{Document: ledger.Document{Text: strings.Repeat("b", 400_000)}}, 4},
		{"nothing but signs", spread(900, strings.Repeat("<&>\"", 30), "\n"), 8},
		{"empty", &ledger.Ledger{}, 1},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := Section{Ledger: x.l, Title: "Boats", Path: "/article", Fields: []Field{{"id", "a&b"}}, Correct: "/correct"}
			o := newOutline(x.l)
			o.layered = true
			parts, _ := o.parts()
			if len(parts) < x.parts || len(parts) > 2*x.parts {
				t.Errorf("%d parts, want %d or a few more", len(parts), x.parts)
			}
			in := map[string]int{}
			var pages []string
			var text strings.Builder
			for i := range len(parts) + 1 {
				s.Part, s.Whole = i+1, i == len(parts)
				page, err := s.HTML()
				if err != nil {
					t.Fatal(err)
				}
				if len(page) > 190_000 {
					t.Errorf("part %d of %d has %d bytes", i+1, len(parts), len(page))
				}
				if i == len(parts) && len(parts) == 1 {
					break // it is the first again
				}
				pages = append(pages, string(page))
				for _, m := range entryID.FindAllStringSubmatch(string(page), -1) {
					if _, ok := in[m[1]]; ok {
						t.Errorf("%s is listed twice", m[1])
					}
					in[m[1]] = i + 1
				}
				if _, words, ok := strings.Cut(string(page), `<div class="words">`); ok {
					words, _, _ = strings.Cut(words, "</div>")
					text.WriteString(html.UnescapeString(tagOrNum.ReplaceAllString(words, "")))
				}
			}
			if len(in) != len(x.l.Claims) {
				t.Errorf("%d claims are listed, of %d", len(in), len(x.l.Claims))
			}
			if got, want := strings.Join(strings.Fields(text.String()), ""), strings.Join(strings.Fields(x.l.Document.Text), ""); got != want {
				t.Error("the parts together are not the text")
			}
			for i, page := range pages {
				for _, m := range linked.FindAllStringSubmatch(page, -1) {
					path, anchor, _ := strings.Cut(html.UnescapeString(m[1]), "#")
					if !strings.HasPrefix(anchor, "a1c") {
						continue
					}
					if want := fmt.Sprint("/article?id=a%26b&part=", in[anchor]); path != want && (path != "" || in[anchor] != i+1) {
						t.Fatalf("part %d: %s leads to %q, want %q", i+1, anchor, path, want)
					}
				}
			}
		})
	}
}

// A part is asked for by its number or by a claim, and what leads to the others
// keeps what is marked and sifted.
func TestPartsAreAskedFor(t *testing.T) {
	l := spread(900, "the boat burned in the harbour for most of the night of", "\n\n")
	page := func(f Sifting) string {
		t.Helper()
		s := Section{Ledger: l, Path: "/read/x", Sifting: f}
		out, err := s.HTML()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	for _, x := range []struct {
		name       string
		f          Sifting
		has, hasNo []string
	}{
		{"the first", Sifting{}, []string{`id="a1c1"`, `href="/read/x?part=2#reading" rel="next"`, `name="part" value="1"`}, []string{`id="a1c900"`, `rel="prev"`}},
		{"by number", Sifting{Part: 2}, []string{`rel="prev"`, `aria-current="page">Part 2`}, []string{`id="a1c1"`, `id="a1c900"`}},
		{"beyond all", Sifting{Part: 99}, []string{`id="a1c900"`}, []string{`rel="next"`}},
		{"below all", Sifting{Part: -1}, []string{`id="a1c1"`}, nil},
		{"by claim", Sifting{Claim: "c900", Part: 1}, []string{`id="a1c900"`}, []string{`id="a1c1"`}},
		{"by no claim", Sifting{Claim: "c901"}, []string{`id="a1c1"`}, nil},
		{"sifted", Sifting{Speaker: "Speaker 7", Marks: []string{"dates"}, ByWorth: true}, []string{`href="/read/x?mark=dates&amp;order=worth&amp;sifted=1&amp;speaker=Speaker&#43;7&amp;part=2#reading"`, `<span class="role">1 claim</span>`}, nil},
		{"one who is seldom heard", Sifting{Speaker: "Speaker 299"}, []string{`<option value="Speaker 299" selected>`, `<span class="role">1 claim</span>`}, nil},
		{"the whole", Sifting{Whole: true}, []string{`id="whole"`, `aria-current="page">What, when and who`}, []string{`class="words"`, `class="claims"`}},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := page(x.f)
			for _, want := range x.has {
				if !strings.Contains(got, want) {
					t.Errorf("it lacks %s", want)
				}
			}
			for _, not := range x.hasNo {
				if strings.Contains(got, not) {
					t.Errorf("it has %s", not)
				}
			}
		})
	}
}

// A claim is known by the number of its id, which stays when another is taken out.
func TestAnchorsStayWhenAClaimIsTakenOut(t *testing.T) {
	l := spread(3, "the boat burned in the harbour", "\n\n")
	l.Claims = slices.Delete(l.Claims, 1, 2)
	s := Section{Ledger: l}
	page, err := s.HTML()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), `id="a1c3"`) || !strings.Contains(string(page), `data-c="1 3"`) || strings.Contains(string(page), `id="a1c2"`) {
		t.Errorf("the third claim is not called so: %s", page)
	}
	l.Claims[0].ID = "c3" // and where ids do not tell claims apart they are counted
	if page, err = s.HTML(); err != nil || !strings.Contains(string(page), `data-c="1 2"`) {
		t.Errorf("claims of one id are not told apart: %v", err)
	}
}

// However a text is divided into paragraphs, its parts have all of it, in order.
func TestPartsAreTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"boat", " ", "\n", "\n\n", ". ", "<b>", "ä", strings.Repeat("harbour ", 9000), strings.Repeat("x", 50_000)}), 0, 30).Draw(t, "words")
		o := newOutline(&ledger.Ledger{Document: ledger.Document{Text: strings.Join(words, "")}})
		parts, _ := o.parts()
		at, text := 0, o.Document.Text
		for i, p := range parts {
			if i > 0 && len(p.pieces) == 0 {
				t.Fatalf("part %d is empty", i+1)
			}
			for _, s := range p.pieces {
				if s.Start < at || s.End <= s.Start || strings.TrimSpace(text[at:s.Start]) != "" || s.Start < p.Start || s.End > p.End {
					t.Fatalf("part %d has %v after %d", i+1, s, at)
				}
				at = s.End
			}
		}
		if strings.TrimSpace(text[at:]) != "" {
			t.Fatalf("the end of the text is in no part: %.40q", text[at:])
		}
	})
}
