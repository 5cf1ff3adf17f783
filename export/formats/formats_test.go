package formats_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"hearsay/export"
	"hearsay/export/destination"
	"hearsay/export/exporttest"
	"hearsay/export/formats"
	"hearsay/export/source"
	"hearsay/export/tables"
	"hearsay/facts/claimreview"
	"hearsay/report"
)

// write writes articles and incidents in a format to what open returns.
func write(t testing.TB, format formats.Format, open func(string) (io.Writer, error), articles []*export.Article, incidents []*export.Incident) {
	t.Helper()
	w, err := format.Writer(tables.Names(), open)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		if err := w.Article(a); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range incidents {
		if err := w.Incident(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// written are the bytes of all files of a format.
func written(t testing.TB, format formats.Format, articles []*export.Article, incidents []*export.Incident) map[string]string {
	t.Helper()
	files := map[string]*bytes.Buffer{}
	write(t, format, func(name string) (io.Writer, error) {
		files[name] = new(bytes.Buffer)
		return files[name], nil
	}, articles, incidents)
	out := map[string]string{}
	for name, b := range files {
		out[name] = b.String()
	}
	return out
}

func articles() []*export.Article {
	return []*export.Article{exporttest.Article(), exporttest.Bare(), exporttest.Numbered(2)}
}

func incidents() []*export.Incident {
	return []*export.Incident{exporttest.Incident(), exporttest.Unlocated()}
}

// TestSameBytes: the same is exported twice, by everything that is written anew.
func TestSameBytes(t *testing.T) {
	for _, f := range formats.All() {
		t.Run(f.Name, func(t *testing.T) {
			first, second := written(t, f, articles(), incidents()), written(t, f, articles(), incidents())
			if len(first) == 0 {
				t.Fatal("nothing is written")
			}
			for name := range first {
				if first[name] != second[name] {
					t.Errorf("%q is not the same twice", name)
				}
			}
		})
	}
}

// TestLeavesWhatItIsGiven: a Writer changes nothing of an article, which others write next.
func TestLeavesWhatItIsGiven(t *testing.T) {
	a, bare := exporttest.Article(), exporttest.Bare()
	before, err := a.Ledger.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range formats.All() {
		written(t, f, []*export.Article{a, bare}, incidents())
	}
	after, err := a.Ledger.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) || bare.Ledger.Document.Text != exporttest.Bare().Ledger.Document.Text {
		t.Error("an article is another after it was written")
	}
}

// TestNoVerdict: no format has a word for who is right.
func TestNoVerdict(t *testing.T) {
	for _, f := range formats.All() {
		for name, s := range written(t, f, articles(), incidents()) {
			if f.Name == tables.Parquet {
				continue // compressed; its rows are those of CSV
			}
			for _, word := range []string{"perpetrator", "culprit", "guilty", "offender", "debunked", "\"verdict\"", "disproved"} {
				if strings.Contains(strings.ToLower(s), word) {
					t.Errorf("%s %s has the word %s", f.Name, name, word)
				}
			}
		}
	}
}

// TestDraftsReadBack: what is drafted is a ClaimReview for whoever reads those, once a person has filled in the address.
func TestDraftsReadBack(t *testing.T) {
	f, err := formats.ByName("claimreview")
	if err != nil {
		t.Fatal(err)
	}
	out := written(t, f, articles(), nil)[""]
	if strings.Count(out, `"alternateName":""`) != strings.Count(out, "\n") {
		t.Error("a draft has a rating")
	}
	filled := strings.ReplaceAll(out, `"url":"","claimReviewed"`, `"url":"https://checks.example/1","claimReviewed"`)
	var claims []string
	if err := claimreview.Read(strings.NewReader(filled), func(found claimreview.Found) bool {
		if found.Err != nil {
			t.Error(found.Err)
		} else {
			claims = append(claims, found.Review.Claim+" / "+found.Review.Claimant)
		}
		return true
	}); err != nil {
		t.Fatal(err)
	}
	// By falling check-worthiness.
	if want := "A blast at Orvik’s “Skål” café killed 4 on Friday […] in a letter / Édna Frølich"; len(claims) == 0 || claims[0] != want {
		t.Errorf("the first is %q", claims)
	}
}

// heap is the memory in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestAnySize writes so many articles that a Writer which kept them would hold more than it may. What is
// written of them in Parquet is little, since they are alike.
func TestAnySize(t *testing.T) {
	for _, f := range formats.All() {
		t.Run(f.Name, func(t *testing.T) {
			var bytes counter
			w, err := f.Writer(tables.Names(), func(string) (io.Writer, error) { return &bytes, nil })
			if err != nil {
				t.Fatal(err)
			}
			many, most := 600, uint64(2<<20)
			if f.Tables {
				many = 6000
			}
			if f.Name == tables.Parquet {
				many, most = 20000, 48<<20 // for each of five tables a row group and what packs it
			}
			a, n := exporttest.Article(), exporttest.Incident()
			before, held := heap(), uint64(0)
			for i := range many {
				if err := w.Article(a); err != nil {
					t.Fatal(err)
				}
				if err := w.Incident(n); err != nil {
					t.Fatal(err)
				}
				if i%(many/4) == many/8 {
					now := heap()
					held = max(held, now-min(before, now))
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if held > most {
				t.Errorf("%d bytes are held of %d that were written", held, bytes)
			}
			t.Logf("%d KB held, %d KB written", held>>10, bytes>>10)
		})
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// TestManyOfEverything: an article of very many claims by very many people takes time by its length, not by its square.
func TestManyOfEverything(t *testing.T) {
	const many = 10000
	a := exporttest.Article()
	l := a.Ledger
	claim, entity, technique, incident := l.Claims[0], l.Entities[0], l.Techniques[0], l.Incidents[0]
	for i := range many {
		c, e, x, n := claim, entity, technique, incident
		source := *claim.Source
		source.Speaker = fmt.Sprint("many", i)
		c.ID, e.ID, x.Claim, n.ID, c.Source = fmt.Sprint("many", i), source.Speaker, fmt.Sprint("many", i), fmt.Sprint("many", i), &source
		l.Claims, l.Entities, l.Techniques = append(l.Claims, c), append(l.Entities, e), append(l.Techniques, x)
		l.Incidents = append(l.Incidents, n)
	}
	n := exporttest.Incident()
	for i := range many {
		n.Articles = append(n.Articles, fmt.Sprint("many", i))
		n.Killed.Figures = append(n.Killed.Figures, n.Killed.Figures[0])
		n.Killed.Figures[i].Article = fmt.Sprint("many", i)
	}
	for _, f := range formats.All() {
		if f.Name != report.HTML { // package report has its own
			var bytes counter
			write(t, f, func(string) (io.Writer, error) { return &bytes, nil }, []*export.Article{a}, []*export.Incident{n})
			if bytes < 20*many && f.Name != tables.Parquet && f.Articles {
				t.Errorf("%s: %d bytes cannot have them all", f.Name, bytes)
			}
		}
	}
}

// FuzzFormats writes any ledger that can be read in every format.
func FuzzFormats(f *testing.F) {
	for _, a := range articles() {
		b, err := a.Ledger.AppendJSON(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(`{"hearsay":1,"document":{"text":"a b"},"sentences":[],"claims":[{"id":"c1","content":[],"sentence":"s9","source":{"naming":"named","start":0,"end":1,"speaker":"e9"}}],` +
		`"incidents":[{"id":"i1","type":"attack","mentions":[],"blamed_on":[{"start":2,"end":3,"claim":"c9","entity":"e9","by":"e8"}]}],"techniques":[{"start":0,"end":1,"label":"?"}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		for a, err := range source.Ledgers(bytes.NewReader(in)) {
			if err != nil {
				continue
			}
			for _, format := range formats.All() {
				for _, s := range written(t, format, []*export.Article{a}, source.InArticle(a)) {
					if format.Extension == ".jsonld" || format.Extension == ".geojson" {
						if !json.Valid([]byte(s)) {
							t.Errorf("%s: no JSON: %s", format.Name, s)
						}
					}
				}
			}
		}
	})
}

// python is the interpreter that .ci/python installs the programs of others for.
// Without it a test is left out and says so.
func python(t *testing.T) string {
	t.Helper()
	cache := os.Getenv("XDG_CACHE_HOME")
	if cache == "" {
		cache = filepath.Join(os.Getenv("HOME"), ".cache")
	}
	path := filepath.Join(cache, "hearsay-tests", "python", "bin", "python")
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("HEARSAY_REQUIRE_PYTHON") != "" {
			t.Fatal("the Python programs are not installed, and this run must have them (make python)")
		}
		t.Skip("SKIPPED: exports are not read back with programs of others, as they are not installed (make python)")
	}
	return path
}

// TestOthersReadIt has programs that are not ours read what is written: JSON-LD
// by PyLD, entities by FollowTheMoney's own validator, tables and lines of JSON by DuckDB, GeoJSON by geojson.
func TestOthersReadIt(t *testing.T) {
	interpreter := python(t)
	folder := t.TempDir()
	for _, f := range formats.All() {
		path := filepath.Join(folder, f.Name+".out")
		to := destination.File
		if f.Tables {
			to = func(path string) (*destination.Destination, error) { return destination.Folder(path, nil) }
		}
		d, err := to(path)
		if err != nil {
			t.Fatal(err)
		}
		write(t, f, d.Create, articles(), incidents())
		if err := d.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(interpreter, "testdata/readback.py", folder, "testdata/terms.jsonld")
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.Bytes())
	}
	var seen struct {
		Annotations struct {
			Annotations int
			Positions   []int
			Quotes      []string
			Motivations []string
		}
		FTM struct {
			Entities, Validated int
			Lost                []any
			Said                string
		}
		Tables map[string]struct {
			Rows, Columns int
			Other         []any
		}
		GeoJSON struct {
			Type              string
			Features, Located int
			Valid             bool
			Errors            []any
		}
		Plover, ClaimReview, JSONL struct {
			Columns []string
			Rows    int
		}
	}
	if err := json.Unmarshal(out, &seen); err != nil {
		t.Fatal(err)
	}
	// Of each of two articles 7 claims, 5 sources, 2 techniques and 6 names, and of the bare one a claim.
	if a := seen.Annotations; a.Annotations != 2*20+1 || len(a.Motivations) != 3 || a.Positions[0] != 0 || !slices.Contains(a.Quotes, "Édna Frølich") {
		t.Errorf("PyLD sees %+v", a)
	}
	// "said" is what the validator complains of, "lost" what it would not keep.
	if f := seen.FTM; f.Entities == 0 || f.Entities != f.Validated || len(f.Lost) > 0 || f.Said != "" {
		t.Errorf("FollowTheMoney's validator sees %+v", f)
	}
	for table, rows := range map[string]int{tables.Articles: 3, tables.Claims: 15, tables.Figures: 4, tables.Techniques: 4, tables.Incidents: 2} {
		if s := seen.Tables[table]; s.Rows != rows || s.Columns == 0 || len(s.Other) > 0 {
			t.Errorf("DuckDB sees in the table of %s %d rows, not %d; CSV and Parquet differ in %v", table, s.Rows, rows, s.Other)
		}
	}
	if g := seen.GeoJSON; g.Type != "FeatureCollection" || g.Features != 2 || g.Located != 1 || !g.Valid {
		t.Errorf("geojson sees %+v", g)
	}
	if seen.Plover.Rows != 3 || seen.ClaimReview.Rows != 13 || seen.JSONL.Rows != 3 || !slices.Contains(seen.Plover.Columns, "eventLoc") {
		t.Errorf("DuckDB sees %+v, %+v and %+v", seen.Plover, seen.ClaimReview, seen.JSONL)
	}
}
