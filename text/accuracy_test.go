package text_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hearsay/text"
	"hearsay/text/offset"
)

// sharedData is where research data lies beside a checkout.
const sharedData = "../../shared/data"

// openData opens a data file, unpacked, or skips the test.
func openData(t testing.TB, name string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedData, name))
	if err != nil {
		t.Skipf("SKIPPED, needs the research data: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	if !strings.HasSuffix(name, ".gz") {
		return f
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// silver is a text with another program's tokens, in bytes.
type silver struct {
	id     string
	text   string
	tokens []silverToken
}

type silverToken struct {
	start, end int
	last       bool // of its sentence
	tag, lemma string
}

func polnear(t testing.TB, part string) []silver {
	t.Helper()
	texts := map[string]string{}
	sc := bufio.NewScanner(openData(t, "polnear/"+part+".jsonl"))
	sc.Buffer(nil, 1<<26)
	for sc.Scan() {
		var d struct{ ID, Text string }
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		texts[d.ID] = d.Text
	}
	var docs []silver
	var runes offset.Runes
	sc = bufio.NewScanner(openData(t, "polnear/"+part+".corenlp.tsv.gz"))
	sc.Buffer(nil, 1<<26)
	for sc.Scan() {
		line := sc.Text()
		if id, ok := strings.CutPrefix(line, "# doc "); ok {
			docs = append(docs, silver{id: id, text: texts[id]})
			runes = offset.NewRunes(texts[id])
			continue
		}
		d := &docs[len(docs)-1]
		if line == "" {
			if n := len(d.tokens); n > 0 {
				d.tokens[n-1].last = true
			}
			continue
		}
		f := strings.Split(line, "\t")
		a, _ := strconv.Atoi(f[0])
		b, _ := strconv.Atoi(f[1])
		d.tokens = append(d.tokens, silverToken{start: runes.Byte(a), end: runes.Byte(b), lemma: f[3], tag: f[4]})
	}
	return docs
}

// counts are right, predicted and wanted.
type counts struct{ right, got, want int }

func (c counts) f1() float64 { return 2 * float64(c.right) / float64(c.got+c.want) }

// TestAgreesWithCoreNLP measures Segment against the silver columns of PolNeAR.
// Set DIFF to a file name to have the differences written there.
func TestAgreesWithCoreNLP(t *testing.T) {
	part := "dev"
	if p := os.Getenv("PART"); p != "" {
		part = p
	}
	out := io.Discard
	if name := os.Getenv("DIFF"); name != "" {
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		out = f
	}
	// CoreNLP runs sentences over paragraphs that end without a stop, and takes
	// '' for a closing mark wherever it stands: inner leaves both out.
	var tokens, sentences, inner counts
	var d text.Doc
	for _, s := range polnear(t, part) {
		d.Reset(s.text)
		d.Segment()
		want := map[[2]int]bool{}
		wantEnd := map[int]bool{}
		for _, tok := range s.tokens {
			want[[2]int{tok.start, tok.end}] = true
			if tok.last {
				wantEnd[tok.end] = true
			}
		}
		got := map[[2]int]bool{}
		gotEnd := map[int]bool{}
		for _, tok := range d.Tokens {
			k := [2]int{int(tok.Start), int(tok.End)}
			got[k] = true
			if want[k] {
				tokens.right++
			} else {
				fmt.Fprintf(out, "T+ %q\t%q\n", s.text[k[0]:k[1]], around(s.text, k[0], k[1]))
			}
		}
		judged := func(e int) bool {
			return !strings.Contains(s.text, " ''") && !strings.HasPrefix(strings.TrimLeft(s.text[e:], " \u00a0"), "\n")
		}
		for _, sent := range d.Sentences {
			e := int(d.Tokens[sent.End-1].End)
			gotEnd[e] = true
			if judged(e) {
				inner.got++
				if wantEnd[e] {
					inner.right++
				}
			}
			if wantEnd[e] {
				sentences.right++
			} else {
				fmt.Fprintf(out, "S+ %q\n", around(s.text, e, e))
			}
		}
		for _, tok := range s.tokens {
			if k := [2]int{tok.start, tok.end}; !got[k] {
				fmt.Fprintf(out, "T- %q\t%q\n", s.text[k[0]:k[1]], around(s.text, k[0], k[1]))
			}
			if tok.last && judged(tok.end) {
				inner.want++
			}
			if tok.last && !gotEnd[tok.end] {
				fmt.Fprintf(out, "S- %q\n", around(s.text, tok.end, tok.end))
			}
		}
		tokens.got += len(d.Tokens)
		tokens.want += len(s.tokens)
		sentences.got += len(gotEnd)
		sentences.want += len(wantEnd)
	}
	t.Logf("%s: tokens F1 %.4f %+v, sentences F1 %.4f %+v, inside paragraphs %.4f %+v", part,
		tokens.f1(), tokens, sentences.f1(), sentences, inner.f1(), inner)
	if tokens.f1() < 0.998 || sentences.f1() < 0.955 || inner.f1() < 0.975 {
		t.Errorf("tokens %.4f, sentences %.4f, %.4f inside paragraphs: want at least 0.998, 0.955 and 0.975", tokens.f1(), sentences.f1(), inner.f1())
	}
}

// around returns s[a:b] between bars with what stands on either side.
func around(s string, a, b int) string {
	return s[max(0, a-40):a] + "⟦" + s[a:b] + "⟧" + s[b:min(len(s), b+40)]
}

// lemmaGold is a form with its tag, its lemma and how often it occurs.
type lemmaGold struct{ form, tag, lemma string }

// TestLemmas measures AppendLemma against the lemmas of PolNeAR's silver
// columns and of GUM's gold annotation. Set DIFF to have the differences listed.
func TestLemmas(t *testing.T) {
	corpora := map[string]map[lemmaGold]int{"polnear": {}, "gum": {}}
	for _, s := range polnear(t, "dev") {
		for _, tok := range s.tokens {
			corpora["polnear"][lemmaGold{s.text[tok.start:tok.end], tok.tag, tok.lemma}]++
		}
	}
	sc := bufio.NewScanner(openData(t, "gum/dev.conllu.gz"))
	sc.Buffer(nil, 1<<26)
	for sc.Scan() {
		f := strings.Split(sc.Text(), "\t")
		if len(f) == 10 && !strings.ContainsAny(f[0], ".-") {
			corpora["gum"][lemmaGold{f[1], f[4], f[2]}]++
		}
	}
	// The silver columns have "he" for "his" and leave comparatives as they are,
	// where the gold ones, which AppendLemma follows, do not: 1.9 points.
	floors := map[string]float64{"polnear": 0.978, "gum": 0.982}
	for name, corpus := range corpora {
		var right, all int
		wrong := map[string]int{}
		for g, n := range corpus {
			tag, _ := text.ParseTag(g.tag)
			if tag >= text.Dollar || tag == text.SYM {
				continue // marks have no lemma but by convention
			}
			got := string(text.AppendLemma(nil, g.form, tag))
			all += n
			if strings.ReplaceAll(g.lemma, "’", "'") == got {
				right += n
			} else {
				wrong[fmt.Sprintf("%s %s: %s, not %s", g.form, g.tag, got, g.lemma)] += n
			}
		}
		share := float64(right) / float64(all)
		t.Logf("%s: %d of %d lemmas, %.4f", name, right, all, share)
		if share < floors[name] {
			t.Errorf("%s: %.4f of the lemmas, want %.4f", name, share, floors[name])
		}
		if os.Getenv("DIFF") != "" {
			lines := make([]string, 0, len(wrong))
			for w, n := range wrong {
				lines = append(lines, fmt.Sprintf("%4d %s", n, w))
			}
			slices.Sort(lines)
			slices.Reverse(lines)
			t.Log(strings.Join(lines[:min(len(lines), 150)], "\n"))
		}
	}
}
