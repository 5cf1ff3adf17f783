package reading_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
)

func reader(tb testing.TB) *reading.Reader {
	tb.Helper()
	r, err := reading.New()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func read(tb testing.TB, r *reading.Reader, text string) *ledger.Ledger {
	tb.Helper()
	l, err := r.Read(&article.Article{ID: "a1", Text: text})
	if err != nil {
		tb.Fatal(err)
	}
	if err := l.Validate(); err != nil {
		tb.Fatalf("%q: %v", text, err)
	}
	return l
}

// said is what a test asks of one claim.
type said struct {
	source  string
	kind    ledger.SourceKind
	naming  ledger.Naming
	speaker string // the entity's name, "" for none
	channel string
	manner  ledger.Manner
}

func TestRead(t *testing.T) {
	const text = `Davor Hesk, the interior minister of Valdria, said on Monday that two suspects had been arrested.

The minister told reporters that security would be doubled. "We will follow every thread," he added.

Mirela Tosk sells coffee beside the gate. She said she had seen a white flash.

The Free Coast Brigade said in a statement that its fighters had struck the gate. Officials said the group was lying.

The explosion destroyed the arrivals hall.`
	l := read(t, reader(t), text)
	names := map[string]string{"": ""}
	for _, e := range l.Entities {
		names[e.ID] = e.Name
	}
	var got []said
	own := ""
	for _, c := range l.Claims {
		if c.Source == nil {
			own += l.Quote(c.Content[0].Span) + ". "
			continue
		}
		s := said{l.Quote(c.Source.Span), c.Source.Kind, c.Source.Naming, names[c.Source.Speaker], "", c.Manner}
		if c.Channel != nil {
			s.channel = l.Quote(c.Channel.Span)
		}
		got = append(got, s)
	}
	want := []said{
		{"Davor Hesk, the interior minister of Valdria,", ledger.KindPerson, ledger.NamingNamed, "Davor Hesk", "", ledger.MannerIndirect},
		{"The minister", ledger.KindPerson, ledger.NamingNamed, "Davor Hesk", "reporters", ledger.MannerIndirect},
		{"he", ledger.KindPerson, ledger.NamingNamed, "Davor Hesk", "", ledger.MannerDirect},
		{"She", ledger.KindPerson, ledger.NamingNamed, "Mirela Tosk", "", ledger.MannerIndirect},
		{"The Free Coast Brigade", ledger.KindGroup, ledger.NamingNamed, "Free Coast Brigade", "in a statement", ledger.MannerIndirect},
		{"Officials", ledger.KindGovernment, ledger.NamingUnnamed, "", "", ledger.MannerIndirect},
	}
	for i := range want {
		// How far a source's words go, the model decides.
		if i < len(got) && strings.Trim(got[i].source, ", ") == strings.Trim(want[i].source, ", ") {
			got[i].source = want[i].source
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v, not\n%+v", got, want)
	}
	for _, s := range []string{"Mirela Tosk sells coffee beside the gate. ", "The explosion destroyed the arrivals hall. "} {
		if !strings.Contains(own, s) {
			t.Errorf("%q is no claim of the text's own among %q", s, own)
		}
	}
}

// TestExamples reads the repository's own articles and asks of each ledger
// what holds for any.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../examples/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	r := reader(t)
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		l := read(t, r, string(b))
		attributed, own := 0, 0
		for i := range l.Claims {
			if l.Claims[i].Attributed() {
				attributed++
			} else {
				own++
			}
		}
		if attributed == 0 || own == 0 {
			t.Errorf("%s: %d attributed claims and %d of its own", f, attributed, own)
		}
		again := read(t, reader(t), string(b))
		if !reflect.DeepEqual(l, again) {
			t.Errorf("%s: another reader reads it otherwise", f)
		}
	}
}

func TestLedgerKeepsNothingOfTheReader(t *testing.T) {
	r := reader(t)
	const text = "Davor Hesk said that the gate was shut. The officials, who came late, found it open."
	l := read(t, r, text)
	fresh := read(t, reader(t), text)
	read(t, r, strings.Repeat("Ilse Varn denied it. “Nobody,” she said, “came.” ", 50))
	if !reflect.DeepEqual(l, fresh) {
		t.Error("reading another text changed the ledger")
	}
}

func TestTimes(t *testing.T) {
	r := reader(t)
	read(t, r, strings.Repeat("Davor Hesk said that the gate was shut. ", 100))
	for _, s := range r.Times() {
		if s.Name == "" || s.Nanoseconds <= 0 {
			t.Errorf("stage %q took %d ns", s.Name, s.Nanoseconds)
		}
	}
}

func TestDegenerateTexts(t *testing.T) {
	r := reader(t)
	for _, text := range []string{"", " ", "\n\n\n", ".", "?", "“", "”", strings.Repeat("\"", 2000), strings.Repeat("(", 2000), "Who?", "Yes", "Hm\u0000m",
		strings.Repeat("said ", 3000), strings.Repeat("Davor Hesk said that ", 1000), strings.Repeat("VARN ", 500), "日本語だけの文章です。", "🙂🙂🙂",
		strings.Repeat("he said she said they said it ", 300), strings.Repeat("a\n", 2000), "\u202e\u200d\u00ad", "Who?\uFFFD\u02b9"} {
		read(t, r, text)
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("../examples/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b[:min(len(b), 1200)]))
	}
	f.Add("“‘a’ he said” — «b» he (she) said: 'c'\n\n\"d\n\n\"e\" said who?")
	r := reader(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\uFFFD")
		}
		read(t, r, text)
	})
}

// BenchmarkRead reads the repository's own articles and gives the words read in
// a second and the nanoseconds that each reader takes for one.
func BenchmarkRead(b *testing.B) {
	files, err := filepath.Glob("../examples/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("no examples: %v", err)
	}
	var articles []*article.Article
	words := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		words += len(strings.Fields(string(text)))
		articles = append(articles, &article.Article{Text: string(text)})
	}
	r := reader(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			if _, err := r.Read(a); err != nil {
				b.Fatal(err)
			}
		}
	}
	read := float64(b.N * words)
	b.ReportMetric(read/b.Elapsed().Seconds(), "words/s")
	for _, s := range r.Times() {
		b.ReportMetric(float64(s.Nanoseconds)/read, s.Name+"-ns/word")
	}
}

// TestReadsCapitals checks that a text in capitals is read like one that is
// not, and that its ledger keeps its letters.
func TestReadsCapitals(t *testing.T) {
	const s = "The president of Bolivia said on Monday that two soldiers were killed near La Paz."
	r := reader(t)
	names := func(s string) (names []string) {
		l := read(t, r, s)
		if l.Document.Text != s {
			t.Errorf("the text %q became %q", s, l.Document.Text)
		}
		for _, e := range l.Entities {
			names = append(names, e.Name)
		}
		return names
	}
	want := names(s)
	if got := names(strings.ToUpper(s)); len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("entities %q, want %q", got, want)
	}
}
