package names_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/reading/names"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

// prepare reads a text as far as names need it.
func prepare(t testing.TB, s string) *text.Doc {
	tagger, err := tagging.Default()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := parsing.Default()
	if err != nil {
		t.Fatal(err)
	}
	var d text.Doc
	var scratch parsing.Scratch
	d.Reset(s)
	d.Segment()
	tagger.Tag(&d)
	d.Lemmatize()
	parser.Parse(&d, &scratch)
	return &d
}

func newReader(t testing.TB) *names.Reader {
	m, err := names.Default()
	if err != nil {
		t.Fatal(err)
	}
	return names.NewReader(m)
}

var marks = map[names.Type]string{names.Person: "PER", names.Organization: "ORG", names.Place: "LOC", names.Misc: "MISC"}

func found(d *text.Doc, ns []names.Name) string {
	var out []string
	for _, n := range ns {
		out = append(out, marks[n.Type]+" "+d.Words(n.Range))
	}
	return strings.Join(out, "; ")
}

func TestRead(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"It rained all night and nobody came.", ""},
		{"The harbour master, Davor Hesk, said on Friday that he had told the police.", "PER Davor Hesk"},
		{"“I know nothing of it,” Mr. Hesk told Dr. Anna Tolvik.", "PER Hesk; PER Anna Tolvik"},
		{"People from Madison County met Sergei Ivanov, 42, of Orvane.", "LOC Madison County; PER Sergei Ivanov; LOC Orvane"},
		{"Davor Hesk lives in Germany, near Berlin.", "PER Davor Hesk; LOC Germany; LOC Berlin"},
		{"The Varn Steel Company and the Harbour Workers' Union signed in Paris.", "ORG Varn Steel Company; ORG Harbour Workers' Union; LOC Paris"},
		{"The French minister Anna Tolvik flew to Oslo on Monday.", "MISC French; PER Anna Tolvik; LOC Oslo"},
	} {
		d := prepare(t, c.text)
		if got := found(d, r.Read(d)); got != c.want {
			t.Errorf("%q: %q instead of %q", c.text, got, c.want)
		}
	}
}

var vocabulary = []string{"Varn", "Hesk", "Davor", "President", "the", "of", "in", "and", "Bank", "BANK", "VARN", "U.S.", "al-Tarn", "van", "der", "Oslo", "said",
	".", ",", "(", ")", "\"", "'s", "\n\n", "42", "1st", "é", "É", "日本", "\u200d", "🙂", "-", "—", "\xff", "X"}

// TestAnyTextIsReadAlike checks that the names of any text lie in it, in order and none in
// another, and that a Reader that has read other texts finds what a new one does.
func TestAnyTextIsReadAlike(t *testing.T) {
	used := newReader(t)
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 300).Draw(rt, "words")
		d := prepare(t, strings.Join(words, rapid.SampledFrom([]string{" ", "", "\n"}).Draw(rt, "space")))
		got := slices.Clone(used.Read(d))
		at := int32(0)
		for _, n := range got {
			if n.First < at || n.End <= n.First || int(n.End) > len(d.Tokens) || n.Type == names.None || n.Type > names.Misc {
				rt.Fatalf("the name %v in %d tokens, the one before ending at %d", n, len(d.Tokens), at)
			}
			at = n.End
		}
		if fresh := newReader(t).Read(d); !slices.Equal(got, fresh) {
			rt.Fatalf("%v; a new Reader finds %v", got, fresh)
		}
	})
}

// TestLongSentence checks that what a text without an end to its names costs is bounded, and that the whole of it is read.
func TestLongSentence(t *testing.T) {
	d := prepare(t, strings.Repeat("Varn ", 5000)+"said Davor Hesk of Oslo.")
	ns := newReader(t).Read(d)
	if len(ns) == 0 || ns[len(ns)-1].First < int32(len(d.Tokens)-8) {
		t.Errorf("%d names, none at the end", len(ns))
	}
}
