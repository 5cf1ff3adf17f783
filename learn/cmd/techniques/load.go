package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"hearsay/corpus/copies"
	"hearsay/learn/analysis"
	"hearsay/learn/jsonl"
	"hearsay/learn/polnear"
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// example is one annotated article as the program reads it.
type example struct {
	ID   string
	Doc  *text.Doc
	Gold []span

	tree  *tree.Tree
	fold  int
	plain bool // news, taken for free of techniques outside quotation marks
}

// span is a technique, in bytes of the text.
type span struct {
	Label      ledger.TechniqueLabel
	Start, End int
}

// row is an article as the data set has it.
type row struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Spans []gold `json:"spans"`
}

// gold is a span of the data set: [label, start, end] in code points.
type gold struct {
	label      ledger.TechniqueLabel
	start, end int
}

// UnmarshalJSON reads a span.
func (g *gold) UnmarshalJSON(data []byte) error {
	var parts [3]json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return fmt.Errorf("reading a span: %w", err)
	}
	for i, to := range []any{&g.label, &g.start, &g.end} {
		if err := json.Unmarshal(parts[i], to); err != nil {
			return fmt.Errorf("reading a span: %w", err)
		}
	}
	return nil
}

// load reads and parses the articles of a data set: "semeval2020", "semeval2023".
func load(data, name string) ([]example, error) {
	p, err := analysis.New()
	if err != nil {
		return nil, err
	}
	var out []example
	err = jsonl.Each(filepath.Join(data, "persuasion", name+"-train.jsonl.gz"), func(r *row) error {
		x, err := read(p, r)
		if err == nil {
			out = append(out, x)
		}
		return err
	})
	return out, err
}

func read(p *analysis.Analyser, r *row) (example, error) {
	x := example{ID: r.ID}
	x.Doc, x.tree = p.Doc(r.Text)
	at := offsets(r.Text)
	for _, g := range r.Spans {
		if g.start < 0 || g.end < g.start || g.end >= len(at) {
			return x, fmt.Errorf("article %s has no span %d to %d", r.ID, g.start, g.end)
		}
		x.Gold = append(x.Gold, span{g.label, at[g.start], at[g.end]})
	}
	return x, nil
}

// offsets are the bytes at which the code points of s begin, and its length.
func offsets(s string) []int {
	var at []int
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}

// What two articles must share to be parts of one fold: so many keys to be
// compared, and so much of the words of either.
const (
	leastKeys = 2
	leastPart = 0.15
)

// divide puts the articles into folds of about one size, copies and what
// quotes at length from one another into one.
func divide(xs []example, folds int) {
	root := make([]int, len(xs))
	words := make([]*copies.Words, len(xs))
	by := map[uint64][]int{}
	shared := map[[2]int]int{}
	for i := range xs {
		root[i] = i
		words[i] = copies.NewWords(xs[i].Doc.Text)
		for _, k := range words[i].Keys() {
			for _, o := range by[k] {
				shared[[2]int{o, i}]++
			}
			by[k] = append(by[k], i)
		}
	}
	find := func(i int) int {
		for root[i] != i {
			i = root[i]
		}
		return i
	}
	for pair, keys := range shared { // in any order: each group's root is its first article
		if keys < leastKeys {
			continue
		}
		if m := copies.Compare(words[pair[0]], words[pair[1]]); max(m.AllOfA, m.AllOfB) >= leastPart {
			a, b := find(pair[0]), find(pair[1])
			root[max(a, b)] = min(a, b)
		}
	}
	tokens := make([]int, len(xs))
	for i := range xs {
		tokens[find(i)] += len(xs[i].Doc.Tokens)
	}
	size := make([]int, folds)
	for i := range xs {
		if g := find(i); g < i {
			xs[i].fold = xs[g].fold
			continue
		}
		for f := range size {
			if size[f] < size[xs[i].fold] {
				xs[i].fold = f
			}
		}
		size[xs[i].fold] += tokens[i]
	}
}

// sameFolds puts the articles of same into the folds of those of xs.
func sameFolds(same, xs []example) error {
	fold := map[string]int{}
	for i := range xs {
		fold[xs[i].ID] = xs[i].fold
	}
	for i := range same {
		f, ok := fold[same[i].ID]
		if !ok {
			return fmt.Errorf("article %s is in one of the data sets only", same[i].ID)
		}
		same[i].fold = f
	}
	return nil
}

// What of the plain news is read: of the Gun Violence Archive every so manieth
// article, of PolNeAR every so manieth of these papers; others in it take sides.
const (
	everyShooting = 20
	everyPolitics = 3
)

var plainPapers = []string{"nyt", "politico", "usa-today", "wash-post"}

// loadPlain reads and parses plain news: articles in which no technique was
// looked for and, outside quotation marks, few will be.
func loadPlain(data string, folds int) ([]example, error) {
	p, err := analysis.New()
	if err != nil {
		return nil, err
	}
	var out []example
	add := func(id, s string) {
		x := example{ID: id, plain: true, fold: len(out) % folds}
		x.Doc, x.tree = p.Doc(s)
		out = append(out, x)
	}
	politics, err := polnear.Load(filepath.Join(data, "polnear", "train.jsonl"))
	if err != nil {
		return nil, err
	}
	n := 0
	for _, a := range politics {
		if slices.Contains(plainPapers, a.Publisher) {
			if n%everyPolitics == 0 {
				add(a.ID, a.Text)
			}
			n++
		}
	}
	n = 0
	err = jsonl.Each(filepath.Join(data, "gva", "articles.jsonl.gz"), func(r *row) error {
		if n%everyShooting == 0 {
			add(r.ID, r.Text)
		}
		n++
		return nil
	})
	return out, err
}

// told reports whether a sentence is learned from: of plain news those without
// quotation marks, since whom it quotes may well persuade.
func (x *example) told(s int) bool {
	sentence := x.Doc.Sentences[s]
	for i := sentence.First; x.plain && i < sentence.End; i++ {
		if x.Doc.Tokens[i].Quote > 0 {
			return false
		}
	}
	return true
}
