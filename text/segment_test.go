package text_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hearsay/text"
)

var straight = strings.NewReplacer("‘", "'", "’", "'", "ʼ", "'")

// checkSegments reports what breaks the promises of Segment.
func checkSegments(d *text.Doc) error {
	end := int32(0)
	gap := func(a, b int32) error {
		for i, r := range d.Text[a:b] {
			if !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Variation_Selector, r) && r < 0xE0000 {
				return fmt.Errorf("%q at byte %d is in no token", r, int(a)+i)
			}
			if r == utf8.RuneError {
				return fmt.Errorf("byte %d is in no token", int(a)+i)
			}
		}
		return nil
	}
	for i, tok := range d.Tokens {
		if tok.Start < end || tok.End <= tok.Start || int(tok.End) > len(d.Text) {
			return fmt.Errorf("token %d is [%d, %d) after %d of %d", i, tok.Start, tok.End, end, len(d.Text))
		}
		if err := gap(end, tok.Start); err != nil {
			return err
		}
		end = tok.End
		form := d.Form(int32(i))
		if strings.ContainsAny(form, " \n\t") && form[0] != '<' && strings.Trim(form, ". ") != "" {
			return fmt.Errorf("token %d is %q", i, form)
		}
		lower := straight.Replace(strings.ToLower(form))
		if tok.Lower != text.Hash(lower) {
			return fmt.Errorf("token %q has not the hash of %q", form, lower)
		}
		if tok.Head != -1 || tok.Tag != text.NoTag || tok.Rel != text.NoRel || tok.Lemma != 0 {
			return fmt.Errorf("token %d is marked before anything was: %+v", i, tok)
		}
	}
	if err := gap(end, int32(len(d.Text))); err != nil {
		return err
	}
	next, paragraph := int32(0), int32(0)
	for i, s := range d.Sentences {
		if s.First != next || s.End <= s.First || s.End-s.First > 400 {
			return fmt.Errorf("sentence %d is [%d, %d) after %d", i, s.First, s.End, next)
		}
		if s.Paragraph < paragraph {
			return fmt.Errorf("sentence %d is in paragraph %d after %d", i, s.Paragraph, paragraph)
		}
		next, paragraph = s.End, s.Paragraph
	}
	if int(next) != len(d.Tokens) {
		return fmt.Errorf("sentences end at token %d of %d", next, len(d.Tokens))
	}
	open := int32(-1)
	for i, q := range d.Quotes {
		if q.Open <= open || q.Close < q.Open || int(q.Close) >= len(d.Tokens) {
			return fmt.Errorf("quotation %d is %+v after one that opens at %d", i, q, open)
		}
		open = q.Open
		if q.Parent >= int32(i) {
			return fmt.Errorf("quotation %d stands in the later %d", i, q.Parent)
		}
		if q.Parent >= 0 && (d.Quotes[q.Parent].Open >= q.Open || d.Quotes[q.Parent].Close < q.Close) {
			return fmt.Errorf("quotation %d %+v reaches out of %+v", i, q, d.Quotes[q.Parent])
		}
		if i > 0 && q.Parent < 0 && d.Quotes[i-1].Parent < 0 && d.Quotes[i-1].Close >= q.Open {
			return fmt.Errorf("quotation %d %+v overlaps %+v", i, q, d.Quotes[i-1])
		}
	}
	if len(d.Tokens) < 5000 {
		depth := make([]uint8, len(d.Tokens))
		for _, q := range d.Quotes {
			for i := q.Open; i <= q.Close; i++ {
				depth[i]++
			}
		}
		for i, tok := range d.Tokens {
			if tok.Quote != depth[i] {
				return fmt.Errorf("token %d stands in %d quotations, not %d", i, depth[i], tok.Quote)
			}
		}
	}
	return nil
}

func segment(s string) *text.Doc {
	var d text.Doc
	d.Reset(s)
	d.Segment()
	return &d
}

func FuzzSegment(f *testing.F) {
	for _, s := range []string{
		"", "a", "Dr. Ilsa Venn can't say: “No, ‘not yet.’”\n\n“Then when?” he asked the U.S. envoy. (It was 10:30 a.m.)",
		"6' 2\" in the '90s, rock 'n' roll... cannot — $1,234.50/day; R-Ky. x@y.example http://a.example/b(c). \xff\xe2\x80\x00\u200b👩‍👩‍👧",
		"«A» „b“ ‹c› ``d'' 'e' 「漢字」",
	} {
		f.Add(s)
	}
	reused := &text.Doc{}
	f.Fuzz(func(t *testing.T, s string) {
		d := segment(s)
		if err := checkSegments(d); err != nil {
			t.Fatalf("%v in %q", err, s)
		}
		reused.Reset(s)
		reused.Segment()
		if !reflect.DeepEqual(fill(d), fill(reused)) {
			t.Fatalf("a reused Doc differs in %q", s)
		}
	})
}

// fill is what Segment filled.
func fill(d *text.Doc) [3]any {
	return [3]any{append([]text.Token{}, d.Tokens...), append([]text.Sentence{}, d.Sentences...), append([]text.Quote{}, d.Quotes...)}
}

func TestSegmentProperties(t *testing.T) {
	reused := &text.Doc{}
	pieces := []string{" ", " ", " ", "\n", "\n\n", ".", ",", "?", "!", "...", "…", "\"", "“", "”", "‘", "’", "'", "«", "»", "„", "``", "''", "(", ")", "-", "--", "—",
		"word", "Word", "U.S.", "Mr.", "n't", "s", "can", "cannot", "7", "1,5", "%", "$", "é", "漢", "👍", "\u200d", "\u00ad", "\xff", "\x00", "http://", "@", "x.com", "/", "&", "<b>", "_", "\r\n", "\u2028", "p.m."}
	rapid.Check(t, func(rt *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(rt, "pieces"), "")
		d := segment(s)
		if err := checkSegments(d); err != nil {
			rt.Fatalf("%v in %q", err, s)
		}
		reused.Reset(s)
		reused.Segment()
		if !reflect.DeepEqual(fill(d), fill(reused)) {
			rt.Fatalf("a reused Doc differs in %q", s)
		}
	})
}

// article is a text of invented events for the benchmarks.
const article = `Fire closes Harrow Point ferry terminal

HARROW POINT, Velmark (Coast News) — A fire that began in a storeroom closed the ferry terminal at Harrow Point on Tuesday, and the port's director said it wouldn't reopen before Sept. 14.

“We don't know yet what caused it,” said Mirela Ostrand, who has run the port since 2011. “What I can tell you is that nobody was hurt. That's all I'm prepared to say.”

Two officials who asked not to be named said the sprinklers hadn't been tested for 18 months; Ms. Ostrand's office called that "flatly untrue" in a statement posted at www.harrowport.example on Wednesday.

According to a report by the Velmark Fire Service, 1,240 passengers were led out of the building within 25 minutes. The Coast Workers' Union says the figure is closer to 900, and that $3.2 million meant for repairs was spent elsewhere.
`

func BenchmarkSegment(b *testing.B) {
	for _, n := range []int{1, 64, 128} {
		b.Run(fmt.Sprintf("articles=%d", n), func(b *testing.B) {
			s := strings.Repeat(article+"\n", n)
			words := len(strings.Fields(s))
			var d text.Doc
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				d.Reset(s)
				d.Segment()
			}
			b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

func BenchmarkSegmentHostile(b *testing.B) {
	for name, unit := range map[string]string{
		"one word":     "a",
		"one sentence": "word ",
		"commas":       "a, b; ",
		"straight":     `"`,
		"openers":      "“",
		"single":       "‘a ",
		"apostrophes":  "'",
		"stops":        ".",
		"spaced stops": ". ",
		"abbreviation": "U.S. ",
		"initials":     "a.",
		"at":           "a@",
		"domains":      "a.b.com/",
		"hyphens":      "a-",
		"joiners":      "\u200d",
		"emoji":        "👩\u200d",
		"tags":         "<a",
		"newlines":     "\n",
		"wrapped":      "the words of a line that was wrapped at a width of\n",
		"paragraphs":   "“A word.\n\n",
		"clitics":      "a's",
		"bad bytes":    "\xff",
		"brackets":     "(.)",
		"ends":         "! ",
		"closers":      ".)",
		"underscores":  "a_",
	} {
		b.Run(name, func(b *testing.B) {
			var d text.Doc
			took := [2]float64{}
			for i, size := range []int{1 << 20, 1 << 21} {
				s := strings.Repeat(unit, size/len(unit))
				start := b.Elapsed()
				for range 3 {
					d.Reset(s)
					d.Segment()
				}
				took[i] = (b.Elapsed() - start).Seconds()
			}
			b.ReportMetric(took[1]/took[0], "time/doubled")
			b.ReportMetric(3<<20/took[0]/1e6, "MB/s-hostile")
		})
	}
}

// TestNoAllocation checks that a Doc that has its memory needs no more.
func TestNoAllocation(t *testing.T) {
	s := article + "‘Don’t, can’t,’ he’d’ve said: ‘’Tis 9 a.m.’ '90s 'em «so» U.S.-led ilsa@vell.example http://a.example/b vell.com/x Vell.Com it.Then " +
		"No. 5 $45million cannot <b>x</b> &amp; @venn's #x 👩‍👩‍👧 naïve 漢字 . . . … -- Mr. Venn's AT&T re-elected women's analyses. “Why?” Venn asked.\n\nstudied, running"
	var d text.Doc
	read := func() {
		d.Reset(s)
		d.Segment()
		for i := range d.Tokens {
			d.Tokens[i].Tag = text.Tag(i % text.NumTags)
		}
		d.Lemmatize()
	}
	read()
	if n := testing.AllocsPerRun(10, read); n != 0 {
		t.Errorf("%v allocations to read a text again", n)
	}
}
