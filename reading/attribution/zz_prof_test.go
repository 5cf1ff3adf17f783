package attribution_test

import (
	"testing"

	"hearsay/learn/polnear"
	"hearsay/reading/attribution"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

func BenchmarkStages(b *testing.B) {
	articles, err := polnear.Load("../../../shared/data/polnear/dev.jsonl")
	if err != nil {
		b.Skip(err)
	}
	tg, _ := tagging.Default()
	pr, _ := parsing.Default()
	m, _ := attribution.Default()
	var docs []*text.Doc
	words := 0
	for _, a := range articles {
		d := new(text.Doc)
		d.Reset(a.Text)
		d.Segment()
		tg.Tag(d)
		d.Lemmatize()
		pr.Parse(d, new(parsing.Scratch))
		docs = append(docs, d)
		words += len(d.Tokens)
	}
	var s attribution.Scratch
	b.Run("attribution", func(b *testing.B) {
		for b.Loop() {
			for _, d := range docs {
				m.Read(d, &s)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
	})
	var ps parsing.Scratch
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			for _, d := range docs {
				pr.Parse(d, &ps)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
	})
}
