package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"hearsay/learn/analysis"
	"hearsay/learn/polnear"
	"hearsay/packed"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

// foldAnalysers opens the fold models in a folder: number k has not seen the
// articles whose index leaves k when divided by the number of models.
func foldAnalysers(dir string) ([]*analysis.Analyser, error) {
	var out []*analysis.Analyser
	for k := 0; ; k++ {
		tags, err := packed.ReadFile(filepath.Join(dir, fmt.Sprintf("fold%d.tag.bin", k)))
		if errors.Is(err, fs.ErrNotExist) && k > 0 {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("opening the fold models, which -cache names and learn/cmd/tagging and parsing make: %w", err)
		}
		trees, err := packed.ReadFile(filepath.Join(dir, fmt.Sprintf("fold%d.parse.bin", k)))
		if err != nil {
			return nil, fmt.Errorf("opening the fold models: %w", err)
		}
		var a analysis.Analyser
		if a.Tagger, err = tagging.Open(tags); err != nil {
			return nil, fmt.Errorf("opening fold model %d: %w", k, err)
		}
		if a.Parser, err = parsing.Open(trees); err != nil {
			return nil, fmt.Errorf("opening fold model %d: %w", k, err)
		}
		out = append(out, &a)
	}
}

// load reads a split of the corpus, article i by the analyser whose number is
// the remainder of i.
func load(dir, split string, by []*analysis.Analyser) ([]example, error) {
	articles, err := polnear.Load(filepath.Join(dir, split+".jsonl"))
	if err != nil {
		return nil, err
	}
	var out []example
	for i := range articles {
		d := new(text.Doc)
		by[i%len(by)].Fill(d, articles[i].Text)
		out = append(out, example{doc: d, gold: articles[i].Align(d)})
	}
	return out, nil
}
