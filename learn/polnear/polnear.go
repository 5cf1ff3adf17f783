// Package polnear loads the PolNeAR corpus of attributions and the output of
// CoreNLP that comes with it: https://github.com/networkdynamics/PolNeAR.
package polnear

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

	"hearsay/reading/attribution"
	"hearsay/text"
	"hearsay/text/offset"
)

// Article is one article with its gold attributions.
type Article struct {
	ID, Publisher, Published, Text string
	Gold                           []Relation
}

// Relation is one attribution as annotated, in bytes of the article's text.
type Relation struct{ Source, Cue, Content [][2]int }

// Load reads a file of articles, train.jsonl or dev.jsonl.
func Load(path string) ([]Article, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("loading PolNeAR: %w", err)
	}
	defer f.Close()
	var out []Article
	d := json.NewDecoder(f)
	for {
		var a struct {
			ID, Publisher, Published, Text string
			Relations                      []Relation
		}
		if err := d.Decode(&a); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("loading PolNeAR: %s, article %d: %w", path, len(out)+1, err)
		}
		runes := offset.NewRunes(a.Text)
		for _, r := range a.Relations {
			for _, spans := range [][][2]int{r.Source, r.Cue, r.Content} {
				for i := range spans {
					spans[i] = [2]int{runes.Byte(spans[i][0]), runes.Byte(spans[i][1])}
				}
			}
		}
		out = append(out, Article{a.ID, a.Publisher, a.Published, a.Text, a.Relations})
	}
}

// Align gives the gold attributions as ranges of the tokens that d has for
// the same text. A span that no token overlaps is left out; relations without
// a cue or content are too.
func (a *Article) Align(d *text.Doc) []attribution.Relation {
	var out []attribution.Relation
	for _, g := range a.Gold {
		r := attribution.Relation{Within: -1}
		if len(g.Cue) == 0 {
			continue
		}
		r.Cue = cover(d, g.Cue[0])
		if len(g.Source) > 0 {
			r.Source = cover(d, g.Source[0])
		}
		for _, c := range g.Content {
			if t := cover(d, c); !t.Empty() {
				r.Content = append(r.Content, t)
			}
		}
		if r.Cue.Empty() || len(r.Content) == 0 {
			continue
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(x, y attribution.Relation) int { return int(x.Cue.First - y.Cue.First) })
	return out
}

// cover is the range of tokens that overlap a span of bytes.
func cover(d *text.Doc, span [2]int) text.Range {
	first, _ := slices.BinarySearchFunc(d.Tokens, span[0], func(t text.Token, at int) int {
		if int(t.End) <= at {
			return -1
		}
		return 1
	})
	end := first
	for end < len(d.Tokens) && int(d.Tokens[end].Start) < span[1] {
		end++
	}
	return text.Range{First: int32(first), End: int32(end)}
}

// Columns is CoreNLP's reading of one article: a silver standard.
type Columns struct {
	ID        string
	Sentences [][]Column
}

// Column is one token as CoreNLP read it. Start and End are code points, Head
// is the number of the head in the sentence from 1, 0 for the root.
type Column struct {
	Start, End            int
	Word, Lemma, Tag, NER string
	Head                  int
	Rel                   string // of Stanford's Universal Dependencies 1
}

// LoadColumns reads a file of CoreNLP's columns, train.corenlp.tsv.gz or dev.corenlp.tsv.gz.
func LoadColumns(path string) ([]Columns, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("loading CoreNLP's columns: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("loading CoreNLP's columns: %s: %w", path, err)
	}
	var out []Columns
	var sentence []Column
	end := func() {
		if len(sentence) > 0 {
			a := &out[len(out)-1]
			a.Sentences = append(a.Sentences, sentence)
			sentence = nil
		}
	}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		line := s.Text()
		if id, ok := strings.CutPrefix(line, "# doc "); ok {
			end()
			out = append(out, Columns{ID: id})
			continue
		}
		if line == "" {
			end()
			continue
		}
		c, err := parseColumn(line)
		if err != nil || len(out) == 0 {
			return nil, fmt.Errorf("loading CoreNLP's columns: %s, line %d: %q: %w", path, n, line, err)
		}
		sentence = append(sentence, c)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("loading CoreNLP's columns: %s: %w", path, err)
	}
	end()
	return out, nil
}

func parseColumn(line string) (Column, error) {
	f := strings.Split(line, "\t")
	if len(f) != 8 {
		return Column{}, fmt.Errorf("%d fields instead of 8", len(f))
	}
	c := Column{Word: f[2], Lemma: f[3], Tag: f[4], NER: f[5], Rel: f[7]}
	for _, n := range []struct {
		to   *int
		from string
	}{{&c.Start, f[0]}, {&c.End, f[1]}, {&c.Head, f[6]}} {
		v, err := strconv.Atoi(n.from)
		if err != nil {
			return Column{}, err
		}
		*n.to = v
	}
	return c, nil
}

// LoadSplit reads the articles of split "train" or "dev" in the folder, and by
// their ids the columns of those that have some.
func LoadSplit(folder, split string) ([]Article, map[string]*Columns, error) {
	articles, err := Load(filepath.Join(folder, split+".jsonl"))
	if err != nil {
		return nil, nil, err
	}
	columns, err := LoadColumns(filepath.Join(folder, split+".corenlp.tsv.gz"))
	if err != nil {
		return nil, nil, err
	}
	byID := make(map[string]*Columns, len(columns))
	for i := range columns {
		byID[columns[i].ID] = &columns[i]
	}
	return articles, byID, nil
}
