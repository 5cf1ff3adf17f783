package parsing_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

func model(t testing.TB) *parsing.Model {
	t.Helper()
	m, err := parsing.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func tagged(t testing.TB, s string) *text.Doc {
	t.Helper()
	m, err := tagging.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := new(text.Doc)
	d.Reset(s)
	d.Segment()
	m.Tag(d)
	return d
}

// tree writes each token as "word relation head".
func tree(d *text.Doc) string {
	var lines []string
	for i, t := range d.Tokens {
		head := "-"
		if t.Head >= 0 {
			head = d.Form(t.Head)
		}
		lines = append(lines, fmt.Sprintf("%s %s %s", d.Form(int32(i)), t.Rel, head))
	}
	return strings.Join(lines, "\n")
}

func TestParse(t *testing.T) {
	m := model(t)
	for _, want := range []string{
		`The det minister
minister nsubj said
said root -
the det bridge
bridge nsubj:pass closed
was aux:pass closed
closed ccomp said
. punct said`,
		`Guards nsubj told
told root -
the det mayor
mayor obj told
that mark left
nobody nsubj left
had aux left
left ccomp told
. punct told`,
		`We nsubj know
know ccomp said
nothing obj know
, punct said
she nsubj said
said root -
. punct said`,
	} {
		var words []string
		for _, line := range strings.Split(want, "\n") {
			words = append(words, strings.Fields(line)[0])
		}
		d := tagged(t, strings.NewReplacer(" ,", ",", " .", ".").Replace(strings.Join(words, " ")))
		m.Parse(d, new(parsing.Scratch))
		if got := tree(d); got != want {
			t.Errorf("got\n%s\n\nwant\n%s", got, want)
		}
	}
}

// check fails when a sentence's heads are no projective tree with one root.
func check(t interface{ Fatalf(string, ...any) }, d *text.Doc) {
	for _, s := range d.Sentences {
		roots := 0
		for i := s.First; i < s.End; i++ {
			token := d.Tokens[i]
			if token.Rel == text.NoRel || int(token.Rel) >= text.NumRels {
				t.Fatalf("token %d has relation %d", i, token.Rel)
			}
			if (token.Rel == text.Root) != (token.Head < 0) {
				t.Fatalf("token %d is %v with head %d", i, token.Rel, token.Head)
			}
			if token.Head < 0 {
				roots++
				continue
			}
			if token.Head < s.First || token.Head >= s.End || token.Head == i {
				t.Fatalf("token %d of sentence %v has head %d", i, s, token.Head)
			}
			steps := int32(0)
			for h := i; h >= 0; h = d.Tokens[h].Head {
				if steps++; steps > s.End-s.First {
					t.Fatalf("the heads above token %d go round in a circle", i)
				}
			}
			// Whatever lies under an arc hangs, in the end, from its head.
			for k := min(i, token.Head) + 1; k < max(i, token.Head); k++ {
				h := k
				for h >= 0 && h != token.Head {
					h = d.Tokens[h].Head
				}
				if h < 0 {
					t.Fatalf("token %d lies under the arc from %d to %d and does not hang from it", k, token.Head, i)
				}
			}
		}
		if roots != 1 {
			t.Fatalf("sentence %v has %d roots", s, roots)
		}
	}
}

func TestTreesOfAnyTokens(t *testing.T) {
	m := model(t)
	var reused parsing.Scratch
	rapid.Check(t, func(t *rapid.T) {
		d := &text.Doc{}
		for range rapid.IntRange(0, 4).Draw(t, "sentences") {
			first := int32(len(d.Tokens))
			for range rapid.IntRange(1, 40).Draw(t, "tokens") {
				d.Tokens = append(d.Tokens, text.Token{
					Lower: rapid.Uint32().Draw(t, "word"),
					Tag:   text.Tag(rapid.IntRange(0, text.NumTags-1).Draw(t, "tag")),
					Quote: uint8(rapid.IntRange(0, 2).Draw(t, "quote")),
				})
			}
			d.Sentences = append(d.Sentences, text.Sentence{First: first, End: int32(len(d.Tokens))})
		}
		m.Parse(d, &reused)
		check(t, d)
		again := slices.Clone(d.Tokens)
		m.Parse(d, new(parsing.Scratch))
		if !slices.Equal(d.Tokens, again) {
			t.Fatalf("a new Scratch gives another tree:\n%v\n%v", again, d.Tokens)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("The minister said the bridge was closed. “No,” she added; nobody (he thinks) left…")
	f.Add("\"\"\" — ,,, and and and that that that")
	m := model(f)
	var s parsing.Scratch
	f.Fuzz(func(t *testing.T, article string) {
		d := tagged(t, article)
		m.Parse(d, &s)
		check(t, d)
	})
}

func TestLegalActionsAlwaysLeadToATree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "tokens")
		d := &text.Doc{Tokens: make([]text.Token, n), Sentences: []text.Sentence{{First: 0, End: int32(n)}}}
		var s parsing.State
		s.Start(d, d.Sentences[0])
		steps := 0
		for ; !s.Done(); steps++ {
			legal := s.Legal()
			a := parsing.Action(rapid.IntRange(0, parsing.NumActions-1).Filter(func(a int) bool {
				return legal.Has(parsing.Action(a))
			}).Draw(t, "action"))
			rel := text.Dep
			if a != parsing.Shift {
				if head, _ := s.Arc(a); head == s.Root() {
					rel = text.Root
				}
			}
			s.Apply(a, rel)
		}
		if steps != 2*n {
			t.Fatalf("%d actions for %d words", steps, n)
		}
		s.Finish(d)
		check(t, d)
	})
}

func TestParseIsSafeToShare(t *testing.T) {
	m := model(t)
	const s = "The mayor of Ostrava-on-Lake told reporters on Monday that nobody had warned her. “Nobody,” she added."
	want := tagged(t, s)
	m.Parse(want, new(parsing.Scratch))
	var wg sync.WaitGroup
	for range 8 {
		d := tagged(t, s)
		wg.Go(func() {
			var scratch parsing.Scratch
			for range 50 {
				m.Parse(d, &scratch)
				if !slices.Equal(d.Tokens, want.Tokens) {
					t.Errorf("got\n%s\nwant\n%s", tree(d), tree(want))
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestParseAllocatesNothing(t *testing.T) {
	m := model(t)
	d := tagged(t, strings.Repeat("The old harbour, he said, has been closed since March. ", 20))
	var s parsing.Scratch
	m.Parse(d, &s)
	if n := testing.AllocsPerRun(10, func() { m.Parse(d, &s) }); n > 0 {
		t.Errorf("Parse allocates %v times", n)
	}
}

func TestOpenRefuses(t *testing.T) {
	whole := string(parsing.Pack(nil, nil))
	for name, data := range map[string]string{
		"nothing":        "",
		"another format": "PK\x03\x04 and more than a header",
		"a cut header":   whole[:6],
		"no tables":      whole,
		"a long size":    "HDP1\xff\xff\xff\xff",
	} {
		if _, err := parsing.Open(data); err == nil {
			t.Errorf("Open accepts %s", name)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	m := model(b)
	d := tagged(b, strings.Repeat("The regional governor, who took office in 2019, told the paper on Friday that “no decision” about the dam had been taken. ", 100))
	var s parsing.Scratch
	for b.Loop() {
		m.Parse(d, &s)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
}
