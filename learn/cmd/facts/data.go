package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hearsay/facts/index"
)

// review is a fact-check of a collection.
type review struct {
	id, claim, title, body, date string
}

// query is a post, and the fact-checks that are about what it says.
type query struct {
	id, text string
	right    map[string]bool
}

// collection is fact-checks and queries to them.
type collection struct {
	name       string
	reviews    []review
	segment    *index.Segment
	train, dev []query
}

// load reads the two collections.
func load(folder string) ([]*collection, error) {
	var all []*collection
	for _, c := range []struct{ name, reviews, trainQueries, train, devQueries, dev string }{
		{"snopes", "snopes-claims.jsonl.gz", "snopes-tweets-train-dev.tsv", "snopes-qrels-train.tsv", "snopes-tweets-train-dev.tsv", "snopes-qrels-dev.tsv"},
		{"60k", "factchecks-60k.jsonl.gz", "queries-train.tsv", "qrels-train.tsv", "queries-dev.tsv", "qrels-dev.tsv"},
	} {
		l := &collection{name: c.name}
		var err error
		if l.reviews, err = reviews(filepath.Join(folder, c.reviews)); err != nil {
			return nil, err
		}
		if l.train, err = queries(filepath.Join(folder, c.trainQueries), filepath.Join(folder, c.train)); err != nil {
			return nil, err
		}
		if l.dev, err = queries(filepath.Join(folder, c.devQueries), filepath.Join(folder, c.dev)); err != nil {
			return nil, err
		}
		var b index.Builder
		for i, r := range l.reviews {
			b.Add(int64(i), r.claim, r.title, r.body)
		}
		var bytes bytes.Buffer
		if _, err := b.WriteTo(&bytes); err != nil {
			return nil, err
		}
		if l.segment, err = index.Open(index.Memory(bytes.Bytes())); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// reviews reads fact-checks, as ../shared/scoring/matching.py makes ClaimReviews of them.
func reviews(file string) (all []review, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var c struct{ Title, Subtitle, Text, Claim, ID, Date string }
		raw := struct {
			Title    *string `json:"title"`
			Subtitle *string `json:"subtitle"`
			Text     *string `json:"text"`
			Claim    *string `json:"vclaim"`
			ID       *string `json:"vclaim_id"`
			Date     *string `json:"date"`
		}{&c.Title, &c.Subtitle, &c.Text, &c.Claim, &c.ID, &c.Date}
		if err := json.Unmarshal(lines.Bytes(), &raw); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if c.Claim == "" {
			c.Claim = c.Title
		}
		all = append(all, review{c.ID, c.Claim, c.Title, strings.TrimSpace(c.Subtitle + " " + c.Text), c.Date})
	}
	return all, lines.Err()
}

// queries reads the queries that have a judgement.
func queries(texts, judgements string) (all []query, err error) {
	right := make(map[string]map[string]bool)
	if err := rows(judgements, true, func(r []string) {
		if len(r) >= 4 && strings.TrimSpace(r[3]) == "1" {
			if right[r[0]] == nil {
				right[r[0]] = make(map[string]bool)
			}
			right[r[0]][r[2]] = true
		}
	}); err != nil {
		return nil, err
	}
	return all, rows(texts, false, func(r []string) {
		if len(r) > 1 && right[r[0]] != nil {
			all = append(all, query{r[0], r[1], right[r[0]]})
		}
	})
}

// rows reads a table whose fields are parted by tabs; raw ones are not quoted.
func rows(file string, raw bool, each func([]string)) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if raw {
		for line := range strings.Lines(string(b)) {
			each(strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
		}
		return nil
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	for {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		each(row)
	}
}

// newsClaims are claims of news articles: contents of attributions.
func newsClaims(file string) (all []query, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	n := 0
	for lines := json.NewDecoder(f); ; {
		var article struct {
			Text      string `json:"text"`
			Relations []struct {
				Content [][2]int `json:"content"`
			} `json:"relations"`
		}
		if err := lines.Decode(&article); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		text := []rune(article.Text)
		for _, r := range article.Relations {
			var parts []string
			for _, p := range r.Content {
				parts = append(parts, string(text[p[0]:p[1]]))
			}
			claim := strings.Join(parts, " ")
			if n++; n%everyClaim == 0 && strings.Count(claim, " ") >= 4 {
				all = append(all, query{id: fmt.Sprint("news-", n), text: claim})
			}
		}
	}
}

// everyClaim thins out the claims of the news.
const everyClaim = 15

// sameHeading are the claims of a collection whose checks another has too, by their headings.
func sameHeading(claims, checks *collection) (all []query) {
	byHeading := make(map[string]string)
	for _, r := range checks.reviews {
		byHeading[strings.ToLower(r.title)] = r.id
	}
	for _, r := range claims.reviews {
		if id, ok := byHeading[strings.ToLower(r.title)]; ok && !strings.EqualFold(r.claim, r.title) {
			all = append(all, query{r.id, r.claim, map[string]bool{id: true}})
		}
	}
	return all
}
