package article_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hearsay/article"
)

// BenchmarkJSONL reads article JSONL, of which a line is an article of some 340
// words.
func BenchmarkJSONL(b *testing.B) {
	text := strings.Repeat(english, 20)
	line, err := json.Marshal(map[string]string{"id": "a1", "published": "2024-03-27", "text": text})
	if err != nil {
		b.Fatal(err)
	}
	lines := strings.Repeat(string(line)+"\n", 100)
	words := 100 * len(strings.Fields(text))
	b.ReportAllocs()
	for b.Loop() {
		var g article.Getter
		for _, err := range g.JSONL(b.Context(), strings.NewReader(lines), "x") {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
}
