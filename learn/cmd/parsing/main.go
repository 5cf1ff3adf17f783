// Command parsing trains the parser of hearsay/text/parsing and measures it.
//
//	go run ./learn/cmd/parsing            # train and write text/parsing/weights.bin
//	go run ./learn/cmd/parsing -eval      # measure the file, with the tags of text/tagging/weights.bin
//	go run ./learn/cmd/parsing -folds -cache DIR
//
// The parser learns from the tags of taggers that have not seen the article:
// taggers for four folds, by the remainder of the article's index, are read
// from DIR/fold0.tag.bin and so on, and trained and written there when missing.
// With -folds it trains a parser for each fold, without that fold's articles,
// and writes DIR/fold0.parse.bin and so on.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"time"

	"hearsay/learn/parsing"
	"hearsay/learn/tagging"
	"hearsay/learn/treebank"
	"hearsay/packed"
	"hearsay/text"
	readparsing "hearsay/text/parsing"
	readtagging "hearsay/text/tagging"
)

// folds is into how many parts the training articles are dealt.
const folds = 4

func main() {
	log.SetFlags(log.Ltime)
	var (
		o     = parsing.Defaults
		data  = flag.String("data", "../shared/data", "folder of the corpora")
		out   = flag.String("out", "text/parsing/weights.bin", "file of the model")
		tags  = flag.String("tagger", "text/tagging/weights.bin", "file of the tagger to measure with")
		cache = flag.String("cache", "", "folder of the folds' models; empty for a temporary one")
		jack  = flag.Bool("folds", false, "train a parser for each fold instead")
		eval  = flag.Bool("eval", false, "measure the file instead of training")
	)
	flag.IntVar(&o.Epochs, "epochs", o.Epochs, "rounds of training")
	flag.Uint64Var(&o.Seed, "seed", o.Seed, "seed of the order in which sentences are learned")
	flag.Parse()
	if err := run(o, *data, *out, *tags, *cache, *jack, *eval); err != nil {
		log.Fatal(err)
	}
}

func run(o parsing.Options, data, out, tagger, cache string, jack, eval bool) error {
	c, err := treebank.Load(data)
	if err != nil {
		return err
	}
	if eval {
		return measure(c, tagger, out)
	}
	if cache == "" {
		if cache, err = os.MkdirTemp("", "folds"); err != nil {
			return err
		}
		defer os.RemoveAll(cache)
	}
	o.Progress = func(epoch int, actions, labels float64) {
		log.Printf("epoch %d: actions %.4f, relations %.4f", epoch, actions, labels)
	}
	tags, err := foldTags(c, cache)
	if err != nil {
		return err
	}
	if jack {
		for k := range folds {
			articles, foldTags := without(c.Train, tags, k)
			if err := train(articles, foldTags, o, filepath.Join(cache, fmt.Sprintf("fold%d.parse.bin", k))); err != nil {
				return err
			}
		}
		return nil
	}
	if err := train(c.Train, tags, o, out); err != nil {
		return err
	}
	return measure(c, tagger, out)
}

func train(articles []treebank.Article, tags [][]text.Tag, o parsing.Options, out string) error {
	m, err := parsing.Train(articles, tags, o)
	if err != nil {
		return err
	}
	if err := packed.WriteFile(out, m); err != nil {
		return fmt.Errorf("writing the parser: %w", err)
	}
	log.Printf("%s: %d bytes", out, len(m))
	return nil
}

// foldTags tags each training article by a tagger that has not seen it.
func foldTags(c *treebank.Corpus, cache string) ([][]text.Tag, error) {
	taggers := make([]*readtagging.Model, folds)
	for k := range taggers {
		name := filepath.Join(cache, fmt.Sprintf("fold%d.tag.bin", k))
		m, err := packed.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			var b []byte
			if b, err = tagging.Train(c.Without(k, folds), tagging.Defaults); err == nil {
				m, err = string(b), packed.WriteFile(name, b)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("a fold's tagger: %w", err)
		}
		if taggers[k], err = readtagging.Open(m); err != nil {
			return nil, fmt.Errorf("a fold's tagger: %s: %w", name, err)
		}
	}
	out := make([][]text.Tag, len(c.Train))
	var d text.Doc
	for i, a := range c.Train {
		d.Reset(a.Doc.Text)
		d.Tokens = append(d.Tokens, a.Doc.Tokens...)
		d.Sentences = append(d.Sentences, a.Doc.Sentences...)
		taggers[a.Index%folds].Tag(&d)
		for _, t := range d.Tokens {
			out[i] = append(out[i], t.Tag)
		}
	}
	return out, nil
}

func without(articles []treebank.Article, tags [][]text.Tag, fold int) (a []treebank.Article, t [][]text.Tag) {
	for i := range articles {
		if articles[i].Index%folds != fold {
			a, t = append(a, articles[i]), append(t, tags[i])
		}
	}
	return a, t
}

func measure(c *treebank.Corpus, tagger, parser string) error {
	t, err := packed.ReadFile(tagger)
	if err != nil {
		return fmt.Errorf("measuring the parser: %w", err)
	}
	tm, err := readtagging.Open(t)
	if err != nil {
		return fmt.Errorf("measuring the parser: %s: %w", tagger, err)
	}
	p, err := packed.ReadFile(parser)
	if err != nil {
		return fmt.Errorf("measuring the parser: %w", err)
	}
	pm, err := readparsing.Open(p)
	if err != nil {
		return fmt.Errorf("measuring the parser: %s: %w", parser, err)
	}
	for _, set := range []struct {
		name     string
		articles []treebank.Article
	}{{"gum/dev", c.GUM}, {"gum/dev, news", c.News}, {"polnear/dev (silver)", c.SilverNews}} {
		start := time.Now()
		all, words := parsing.Measure(tm, pm, set.articles)
		fmt.Printf("%-22s %6d tokens  UAS %.2f  LAS %.2f  without marks UAS %.2f  LAS %.2f  %.0f tokens/s with tagging\n", set.name, all.Words,
			all.UAS(), all.LAS(), words.UAS(), words.LAS(), float64(all.Words)/time.Since(start).Seconds())
	}
	return nil
}
