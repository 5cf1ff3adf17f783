package desk_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/article"
	"hearsay/report/browsertest"
)

var paint = flag.Int("paint", 0, "have TestPaint open the page of an article of 5,000 words so many times, and print how soon it was seen")

// words are so many words of the examples, one after the other and, where they do
// not suffice, over again. They make more claims than news does: 72 in 1,000 words and not 57.
func words(t *testing.T, many int) string {
	t.Helper()
	var out strings.Builder
	folder := filepath.Join("..", "..", "examples")
	for _, pattern := range []string{"*.txt", "*.jsonl"} {
		files, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no examples: %v", err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Ext(file) == ".txt" {
				fmt.Fprintf(&out, "%s\n\n", body)
				continue
			}
			for line := range strings.Lines(string(body)) {
				var a struct{ Text string }
				if err := json.Unmarshal([]byte(line), &a); err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&out, "%s\n\n", a.Text)
			}
		}
	}
	all := strings.SplitAfter(out.String(), " ")
	for len(all) < many {
		all = append(all, all...)
	}
	return strings.TrimSpace(strings.Join(all[:many], ""))
}

// TestPaint prints how soon the page of an article of 5,000 words is seen, by
// Chromium's own clock: from the beginning of the navigation to its first byte and
// to the first paint that has text (first-contentful-paint). It is left out
// unless asked for: go test ./server/desk -run Paint -v -paint 15
func TestPaint(t *testing.T) {
	if *paint <= 0 {
		t.Skip("not asked for by -paint")
	}
	b := open(t)
	b.keep(t, article.Article{ID: "long", Title: "Five thousand words", Published: "2031-05-04", Text: words(t, 5000)})
	s := httptest.NewServer(b)
	t.Cleanup(s.Close)
	tab := browsertest.Open(t, 1400, 900)
	for _, scripts := range []bool{true, false} {
		if !scripts {
			tab.NoScripts()
		}
		var paints, bytes []float64
		for range *paint {
			tab.Go("about:blank")
			tab.Go(s.URL + "/article?id=long")
			tab.Until(`performance.getEntriesByName('first-contentful-paint').length === 1`)
			paints = append(paints, tab.Number(`performance.getEntriesByName('first-contentful-paint')[0].startTime`))
			bytes = append(bytes, tab.Number(`performance.getEntriesByType('navigation')[0].responseStart`))
		}
		fmt.Printf("scripts %v, %d times: first byte after %s, first paint after %s (ms)\n", scripts, *paint, spread(bytes), spread(paints))
	}
}

// spread is the least, the median and the most.
func spread(list []float64) string {
	slices.Sort(list)
	return fmt.Sprintf("%.0f–%.0f–%.0f", list[0], list[len(list)/2], list[len(list)-1])
}
