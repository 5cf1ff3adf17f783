package page_test

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"hearsay/article/page"
)

// floorF1 is what the main text of the 60 pages must reach: the mean over the
// pages of the F1 of their words, counted as often as they stand there.
const floorF1 = 0.96

// TestMainText measures the main text against pages of which people marked it.
func TestMainText(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "pages")
	truth, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		t.Skipf("MAIN TEXT NOT MEASURED: %v", err)
	}
	var want map[string]struct{ ArticleBody, URL string }
	if err := json.Unmarshal(truth, &want); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(dir, "html.tar.gz"))
	if err != nil {
		t.Skipf("MAIN TEXT NOT MEASURED: %v", err)
	}
	defer file.Close()
	var sum, precision, recall float64
	n := 0
	for id, src := range tarred(t, file) {
		address, err := url.Parse(want[id].URL)
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		if got, err := page.Extract(context.Background(), src, "", address); err != nil {
			t.Logf("%s: %v", want[id].URL, err)
		} else {
			text = got.Text
		}
		p, r := overlap(text, want[id].ArticleBody)
		f := 0.0
		if p+r > 0 {
			f = 2 * p * r / (p + r)
		}
		if f < 0.8 {
			t.Logf("%s: F1 %.2f, precision %.2f, recall %.2f", want[id].URL, f, p, r)
		}
		sum, precision, recall, n = sum+f, precision+p, recall+r, n+1
	}
	f1 := sum / float64(n)
	t.Logf("main text of %d pages: F1 %.4f, precision %.4f, recall %.4f", n, f1, precision/float64(n), recall/float64(n))
	if f1 < floorF1 {
		t.Errorf("mean F1 %.4f, floor %.2f", f1, floorF1)
	}
}

// tarred returns the gzipped pages in a gzipped tar by their names.
func tarred(t *testing.T, r io.Reader) map[string][]byte {
	t.Helper()
	pages := make(map[string][]byte)
	zr, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	tr := tar.NewReader(zr)
	for {
		h, err := tr.Next()
		if err == io.EOF {
			return pages
		}
		if err != nil {
			t.Fatal(err)
		}
		id, ok := strings.CutSuffix(filepath.Base(h.Name), ".html.gz")
		if !ok {
			continue
		}
		zr, err := gzip.NewReader(tr)
		if err != nil {
			t.Fatal(err)
		}
		src, err := io.ReadAll(zr)
		if err != nil {
			t.Fatal(err)
		}
		pages[id] = src
	}
}

// overlap returns which share of got's words are want's, and of want's got's.
func overlap(got, want string) (precision, recall float64) {
	words := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	g, w := words(got), words(want)
	left := make(map[string]int)
	for _, x := range w {
		left[x]++
	}
	common := 0
	for _, x := range g {
		if left[x] > 0 {
			left[x]--
			common++
		}
	}
	if len(g) == 0 || len(w) == 0 {
		return 0, 0
	}
	return float64(common) / float64(len(g)), float64(common) / float64(len(w))
}
