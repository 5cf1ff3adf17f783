package names

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/reading/names"
)

// tiny are texts of our own with their names, by which a model can learn a little.
func tiny() []Article {
	var out []Article
	for _, lines := range [][]string{
		{"The harbour master , [PER Davor Hesk] , spoke in [LOC Orvane] .", "[PER Hesk] works for [ORG Varn Steel] ."},
		{"Police in [LOC Orvane] held [PER Anna Tolvik] on Monday .", "The [MISC Varnish] team of [ORG Orvane Rovers] lost in [LOC Tarn] ."},
		{"[ORG Varn Steel] said it would leave [LOC Tarn] .", "Nobody was hurt ."},
	} {
		a := Article{Corpus: conll}
		for _, l := range lines {
			for l != "" {
				before, rest, found := strings.Cut(l, "[")
				a.Text += before
				if !found {
					break
				}
				inside, after, _ := strings.Cut(rest, "]")
				kind, name, _ := strings.Cut(inside, " ")
				a.Names = append(a.Names, Span{len(a.Text), len(a.Text) + len(name), conllTypes[kind]})
				a.Text += name
				l = after
			}
			a.Text += "\n"
		}
		out = append(out, a, a)
	}
	return out
}

// TestTraining checks that the same articles and options give the same bytes, and that what comes out has learned them.
func TestTraining(t *testing.T) {
	o := Options{Epochs: 20, FoldEpochs: 10, Folds: 2, Least: 1, L1: 1e-6, Rate: 0.1, Seed: 3, Features: 10_000}
	first, err := Train(tiny(), nil, o)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Train(tiny(), nil, o)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Error("the same training gave other bytes")
	}
	classes, err := names.DefaultClasses()
	if err != nil {
		t.Fatal(err)
	}
	m, err := names.Open(string(first), classes)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Measure(m, tiny(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if s[0].F1() < 0.9 {
		t.Errorf("F1 %.3f on what was learned from", s[0].F1())
	}
	silver := tiny()
	for i := range silver {
		silver[i].Silver = true
		for k := range silver[i].Names {
			silver[i].Names[k].Type = names.Misc // which the judge does not find
		}
	}
	with, err := Train(append(tiny(), silver[:2]...), m, o)
	if err != nil {
		t.Fatal(err)
	}
	learned, err := names.Open(string(with), classes)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = Measure(learned, tiny(), nil); err != nil || s[0].F1() < 0.9 {
		t.Errorf("F1 %.3f (%v): silver names that the judge does not agree with were learned", s[0].F1(), err)
	}
}

func TestTrainingNeedsArticles(t *testing.T) {
	if _, err := Train(nil, nil, Options{Epochs: 1, Folds: 2}); err == nil {
		t.Error("a model was learned from nothing")
	}
}

func gzipped(t *testing.T, name, content string) string {
	path := filepath.Join(t.TempDir(), name)
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// quoted is the text of the names of an article, with their types.
func quoted(a Article) []string {
	var out []string
	for _, n := range a.Names {
		out = append(out, []string{"", "PER", "ORG", "LOC", "MISC"}[n.Type]+" "+a.Text[n.Start:n.End])
	}
	return out
}

func TestCoNLL(t *testing.T) {
	articles, err := CoNLL(gzipped(t, "a.txt.gz", "-DOCSTART- -X- -X- O\n\nHesk NNP I-NP I-PER\n, , O O\nof IN O O\nNew NNP I-NP I-LOC\nOrvane NNP I-NP I-LOC\nTarn NNP I-NP B-LOC\n. . O O\n\n"+
		"Varn NNP I-NP I-ORG\n-DOCSTART- -X- -X- O\n\nX NNP I-NP I-MISC\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) != 2 || articles[0].Text != "Hesk, of New Orvane Tarn.\nVarn" {
		t.Fatalf("%d articles, the first %q", len(articles), articles[0].Text)
	}
	if got, want := quoted(articles[0]), []string{"PER Hesk", "LOC New Orvane", "LOC Tarn", "ORG Varn"}; !slices.Equal(got, want) {
		t.Errorf("%q instead of %q", got, want)
	}
	if _, err := CoNLL(gzipped(t, "b.txt.gz", "Hesk NNP I-NP I-THING\n")); err == nil {
		t.Error("a label of no type was read")
	}
}

func TestGUM(t *testing.T) {
	row := func(n, form, tag, head, misc string) string {
		return strings.Join([]string{n, form, form, "X", tag, "_", head, "dep", "_", misc}, "\t") + "\n"
	}
	articles, err := GUM(gzipped(t, "a.conllu.gz", "# newdoc id = GUM_news_a\n"+
		row("1", "President", "NNP", "2", "Entity=(1-person-new-x")+row("2", "Hesk", "NNP", "5", "Entity=1)")+
		row("3", "of", "IN", "4", "_")+row("4", "Orvane", "NNP", "2", "Entity=(2-place-new-x)")+
		row("5", "saw", "VBD", "0", "_")+row("6", "the", "DT", "7", "Entity=(3-person-new-x")+row("7", "President", "NNP", "5", "Entity=3)")+
		row("8", "and", "CC", "10", "_")+row("9", "the", "DT", "10", "Entity=(4-organization-new-x")+row("10", "Bank", "NNP", "5", "_")+
		row("11", "of", "IN", "12", "_")+row("12", "Tarn", "NNP", "10", "Entity=(5-place-new-x)4)")+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := quoted(articles[0]), []string{"PER Hesk", "LOC Orvane", "ORG Bank of Tarn"}; !slices.Equal(got, want) {
		t.Errorf("%q instead of %q", got, want)
	}
}

func TestGVA(t *testing.T) {
	folder := t.TempDir()
	move := func(name, content string) {
		if err := os.Rename(gzipped(t, name, content), filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	move("incidents.jsonl.gz", `{"id":"1","city":"Orvane (Tarn)","participants":[{"Name":" Davor Hesk"},{"Name":" Jo"}]}`+"\n")
	move("articles.jsonl.gz", `{"incident":"1","text":"Davor Hesk, 24, of New Tarn, was seen in Orvane. Hesk was in Orvanetown."}`+"\n"+`{"incident":"2","text":"Nobody knows."}`+"\n")
	articles, err := GVA(folder, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) != 1 {
		t.Fatalf("%d articles", len(articles))
	}
	if got, want := quoted(articles[0]), []string{"PER Davor Hesk", "LOC New Tarn", "LOC Orvane", "PER Hesk"}; !slices.Equal(got, want) {
		t.Errorf("%q instead of %q", got, want)
	}
}

func TestHeadline(t *testing.T) {
	a := Article{Text: "SHORT\nThe master of Orvane harbour, Davor Hesk, does n't like it at all.\n"}
	for _, n := range []string{"Orvane", "Davor Hesk"} {
		at := strings.Index(a.Text, n)
		a.Names = append(a.Names, Span{at, at + len(n), names.Place})
	}
	got := withHeadline(a, 0)
	if want := "The Master of Orvane Harbour, Davor Hesk, Does n't Like it at\n"; !strings.HasPrefix(got.Text, want) {
		t.Errorf("%q", got.Text)
	}
	if got, want := quoted(got), []string{"LOC Orvane", "LOC Davor Hesk", "LOC Orvane", "LOC Davor Hesk"}; !slices.Equal(got, want) {
		t.Errorf("%q instead of %q", got, want)
	}
	if short := (Article{Text: "Too short."}); withHeadline(short, 1).Text != short.Text {
		t.Error("a headline of a text without a line that would do")
	}
}

func TestClusterPutsLikeVectorsTogether(t *testing.T) {
	v, err := ReadVectors(strings.NewReader("oslo 1 0.1\n, 5 5\nparis 1 0.2\nran 0.1 1\nwalked 0.2 1\nlast 1 1\n"), 4)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"oslo", "paris", "ran", "walked"}; !slices.Equal(v.Words, want) {
		t.Fatalf("%q instead of %q", v.Words, want)
	}
	of, centres := Cluster(v.Of, 2, 4, 5, 1)
	if len(centres) != 2 || of[0] != of[1] || of[2] != of[3] || of[0] == of[2] {
		t.Errorf("classes %v", of)
	}
	for _, bad := range []string{"", "oslo x\n", "oslo 1 2\nparis 1\n"} {
		if _, err := ReadVectors(strings.NewReader(bad), 9); err == nil {
			t.Errorf("%q was read as vectors", bad)
		}
	}
}

// The floors are what the committed weights reach, less half a point.
func TestAccuracy(t *testing.T) {
	const data = "../../../shared/data"
	if _, err := os.Stat(data); err != nil {
		t.Skip("NOT MEASURED: the corpora are not at " + data)
	}
	if testing.Short() {
		t.Skip("NOT MEASURED: -short")
	}
	m, err := names.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file  string
		load  func(string) ([]Article, error)
		floor float64
	}{
		{"conll2003/testa.txt.gz", CoNLL, 0.944},
		{"geoparsing/geovirus.xml.gz", Toponyms, 0.925},
		{"geoparsing/lgl.xml.gz", Toponyms, 0.76},
	} {
		articles, err := c.load(filepath.Join(data, c.file))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Measure(m, articles, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: F1 %.4f", c.file, s[0].F1())
		if s[0].F1() < c.floor {
			t.Errorf("%s: F1 %.4f; the floor is %.3f", c.file, s[0].F1(), c.floor)
		}
	}
}
