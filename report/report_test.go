package report_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/ledger"
	"hearsay/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// write gives ledgers to a writer and returns what it wrote.
func write(t testing.TB, format string, opt report.Options, ledgers ...*ledger.Ledger) string {
	t.Helper()
	var out bytes.Buffer
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

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./report -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); go test ./report -update writes it anew:\n%s", path, diff)
	}
}

func TestGolden(t *testing.T) {
	samples := []struct {
		name   string
		ledger *ledger.Ledger
	}{{"ferry", ferry(t)}, {"quarry", quarry(t)}, {"translation", translation(t)}}
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			golden(t, s.name+".txt", write(t, report.Text, report.Options{}, s.ledger))
			golden(t, s.name+".color.txt", write(t, report.Text, report.Options{Color: true, Width: 100}, s.ledger))
			golden(t, s.name+".narrow.txt", write(t, report.Text, report.Options{Width: 40}, s.ledger))
			golden(t, s.name+".csv", write(t, report.CSV, report.Options{}, s.ledger))
			golden(t, s.name+".json", write(t, report.JSON, report.Options{}, s.ledger))
			golden(t, s.name+".html", markup(write(t, report.HTML, report.Options{}, s.ledger)))
		})
	}
	t.Run("ranked", func(t *testing.T) {
		opt := report.Options{Rank: &report.Ranking{First: []ledger.Reason{ledger.ReasonAccusation, ledger.ReasonPrediction}}}
		golden(t, "ranked.txt", write(t, report.Text, opt, samples[0].ledger))
		golden(t, "ranked.csv", write(t, report.CSV, opt, samples[0].ledger))
		golden(t, "ranked.html", markup(write(t, report.HTML, opt, samples[0].ledger)))
		opt = report.Options{Rank: &report.Ranking{}, Color: true}
		golden(t, "ranked.color.txt", write(t, report.Text, opt, samples[1].ledger))
		opt.Color = false
		if got, want := write(t, report.JSON, opt, samples[0].ledger), write(t, report.JSON, report.Options{}, samples[0].ledger); got != want {
			t.Error("json has not kept the order of the text")
		}
	})
	t.Run("several", func(t *testing.T) {
		golden(t, "several.txt", write(t, report.Text, report.Options{}, samples[1].ledger, samples[2].ledger))
		golden(t, "several.jsonl", write(t, report.JSONL, report.Options{}, samples[0].ledger, samples[1].ledger))
	})
}

// markup leaves out of a page what is the same in every page: the style sheet,
// the script, and the policy with their digests.
func markup(page string) string {
	for _, part := range []struct{ from, to string }{{"<style>", "</style>"}, {"<script>", "</script>"}, {"style-src &#39;sha256-", "&#39;"}, {"script-src &#39;sha256-", "&#39;"}} {
		start := strings.Index(page, part.from) + len(part.from)
		length := strings.Index(page[start:], part.to)
		page = page[:start] + "…" + page[start+length:]
	}
	return page
}

func TestUnknownFormat(t *testing.T) {
	w, err := report.New("xml", &bytes.Buffer{}, report.Options{})
	if w != nil || err == nil || !strings.Contains(err.Error(), `"xml": it is one of csv, html, json, jsonl, text`) {
		t.Errorf("got %v, %v", w, err)
	}
}

func TestJSONHoldsOneLedger(t *testing.T) {
	var out bytes.Buffer
	w, err := report.New(report.JSON, &out, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(ferry(t)); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(quarry(t)); !errors.Is(err, report.ErrSecondLedger) {
		t.Errorf("second Write: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if want := write(t, report.JSON, report.Options{}, ferry(t)); out.String() != want {
		t.Error("the second ledger left something behind")
	}
}

func TestFailure(t *testing.T) {
	f := ledger.Failure{Input: "<gone>.txt", Code: "not-found", Message: "no such file & no other"}
	for format, want := range map[string]string{
		report.Text:  "",
		report.JSON:  "",
		report.CSV:   "document,url,",
		report.JSONL: `{"hearsay":1,"error":{"input":"\u003cgone\u003e.txt","code":"not-found","message":"no such file \u0026 no other"}}` + "\n",
		report.HTML:  "This could not be read: <bdi>no such file &amp; no other</bdi>",
	} {
		t.Run(format, func(t *testing.T) {
			var out bytes.Buffer
			w, err := report.New(format, &out, report.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(w.Fail(f), w.Close()); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), want) || want == "" && out.Len() > 0 {
				t.Errorf("wrote %q, want %q", out.String(), want)
			}
		})
	}
}

func TestSpansOutsideTheTextAreRefused(t *testing.T) {
	for _, format := range report.Formats() {
		l := ferry(t)
		l.Claims[3].Cue.End = 1 << 20
		var out bytes.Buffer
		w, err := report.New(format, &out, report.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(l); err == nil || !strings.Contains(err.Error(), "claim c4: cue: bytes") {
			t.Errorf("%s: %v", format, err)
		}
		if out.Len() > 0 {
			t.Errorf("%s wrote %q all the same", format, out.String())
		}
	}
}

// TestClaimsManyLevelsDeep holds the reports to time and memory that grow with
// the ledger, and not with its square, where each claim is inside the one before.
func TestClaimsManyLevelsDeep(t *testing.T) {
	const claims = 20_000
	l := &ledger.Ledger{
		Hearsay:   ledger.Version,
		Document:  ledger.Document{Text: "They say so."},
		Sentences: []ledger.Sentence{{ID: "s1", Span: ledger.Span{Start: 0, End: 12}}},
	}
	for i := range claims {
		c := ledger.Claim{
			ID: fmt.Sprintf("c%d", i+1), Sentence: "s1", Content: []ledger.Piece{{Span: ledger.Span{Start: 0, End: 11}}},
			Source: &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{Start: 0, End: 4}}, Naming: ledger.NamingUnnamed},
		}
		if i > 0 {
			c.Within = fmt.Sprintf("c%d", i)
		}
		l.Claims = append(l.Claims, c)
	}
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, format := range report.Formats() {
		out := write(t, format, report.Options{}, l)
		if got := len(out) / claims; got > 2000 {
			t.Errorf("%s takes %d bytes a claim", format, got)
		}
		if !strings.Contains(out, "c20000") {
			t.Errorf("%s lost the innermost claim", format)
		}
	}
}

// TestTechniquesManyLevelsDeep is the same for techniques that begin in one
// place, all of them in one claim.
func TestTechniquesManyLevelsDeep(t *testing.T) {
	const techniques = 20_000
	text := strings.Repeat("a", techniques+1)
	l := &ledger.Ledger{
		Hearsay:   ledger.Version,
		Document:  ledger.Document{Text: text},
		Sentences: []ledger.Sentence{{ID: "s1", Span: ledger.Span{Start: 0, End: len(text)}}},
		Claims:    []ledger.Claim{{ID: "c1", Sentence: "s1", Content: []ledger.Piece{{Span: ledger.Span{Start: 0, End: len(text)}}}}},
	}
	for i := range techniques {
		l.Techniques = append(l.Techniques, ledger.Technique{Span: ledger.Span{Start: i, End: len(text)}, Label: ledger.LoadedLanguage, Score: 0.5, Claim: "c1"})
	}
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{report.Text, report.HTML, report.CSV} {
		out := write(t, format, report.Options{}, l)
		if got := len(out) / techniques; got > 2000 {
			t.Errorf("%s takes %d bytes a technique", format, got)
		}
		if format != report.CSV && !strings.Contains(out, "t20000") {
			t.Errorf("%s lost the last technique", format)
		}
	}
}

func TestIdsThatLeadNowhere(t *testing.T) {
	l := ferry(t)
	l.Claims[6].Within = "c8" // and c8 is within c7
	l.Claims[3].Within = "c4"
	l.Claims[4].Within = "c99"
	l.Claims[5].Source.Speaker, l.Claims[5].Source.Entity = "e99", ""
	l.Claims[0].Content = nil
	for _, format := range report.Formats() {
		out := write(t, format, report.Options{}, l)
		for _, words := range []string{"the channel was clear", "this is where it ends", "had no idea", "had left the bridge", "c1"} {
			if !strings.Contains(out, words) {
				t.Errorf("%s has lost %q", format, words)
			}
		}
	}
}
