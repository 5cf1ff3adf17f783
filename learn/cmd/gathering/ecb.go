package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"hearsay/article"
	"hearsay/learn/jsonl"
)

// document is a text of ECB+, whole.
type document struct {
	id, text string
}

// topic is the topic of a document with its half: the documents of "12_3ecb.xml" and "12_9ecb.xml" are on one
// event, those of "12_3ecbplus.xml" on another like it.
func (d document) topic() string {
	number, rest, _ := strings.Cut(d.id, "_")
	if strings.Contains(rest, "plus") {
		return number + "plus"
	}
	return number
}

// loadECB reads the sentences of ECB+, whose lines each have their whole document.
func loadECB(path string) ([]document, error) {
	seen := map[string]bool{}
	var out []document
	err := jsonl.Each(path, func(s *struct {
		ID      string   `json:"doc_id"`
		Context []string `json:"context"`
	}) error {
		if !seen[s.ID] {
			seen[s.ID] = true
			out = append(out, document{s.ID, plain(s.Context)})
		}
		return nil
	})
	return out, err
}

// plain puts tokens together as they would be written.
func plain(tokens []string) string {
	var b strings.Builder
	open := false
	for i, t := range tokens {
		glued := strings.Contains(".,;:!?)%", t) || strings.HasPrefix(t, "'") || t == "n't"
		if i > 0 && !glued && !open {
			b.WriteByte(' ')
		}
		open = t == "(" || t == "$" || t == "``"
		b.WriteString(t)
	}
	return b.String()
}

// ecb measures how the documents of ECB+'s development part are gathered by incident: B-cubed over the documents by
// topic and half. The corpus has neither titles nor days of publication.
func ecb(w io.Writer, folder string) (m figures, err error) {
	docs, err := loadECB(filepath.Join(folder, "dev_sentences.jsonl.gz"))
	if err != nil {
		return m, err
	}
	g := &archive{incidents: map[string]*recorded{}}
	var articles []*article.Article
	for _, d := range docs {
		articles = append(articles, &article.Article{ID: d.id, Text: d.text})
		g.articles = append(g.articles, &listed{ID: d.id, Incident: d.topic()})
	}
	records, err := read(articles)
	if err != nil {
		return m, err
	}
	found, err := gather(records)
	if err != nil {
		return m, err
	}
	none := 0
	for _, list := range records {
		if len(list) == 0 || !list[0].Tells() {
			none++
		}
	}
	m = g.measure(found, func(string) bool { return true })
	fmt.Fprintf(w, "documents %d, of them %d that tell of no incident; found %d\nB-cubed P %.4f R %.4f F1 %.4f\n", m.articles, none, len(found), m.precision.of(), m.recall.of(), m.f1())
	return m, nil
}
