// Command tagging trains the tagger of hearsay/text/tagging and measures it.
//
//	go run ./learn/cmd/tagging            # train and write text/tagging/weights.bin
//	go run ./learn/cmd/tagging -eval      # measure the file
//	go run ./learn/cmd/tagging -folds 4 -cache DIR
//
// With -folds it trains that many models, each without the articles whose
// index leaves its number as the remainder, and writes them to
// DIR/fold0.tag.bin and so on.
package main

import (
	"flag"
	"fmt"
	"log"
	"path/filepath"
	"time"

	"hearsay/learn/tagging"
	"hearsay/learn/treebank"
	"hearsay/packed"
	read "hearsay/text/tagging"
)

func main() {
	log.SetFlags(log.Ltime)
	var (
		o     = tagging.Defaults
		data  = flag.String("data", "../shared/data", "folder of the corpora")
		out   = flag.String("out", "text/tagging/weights.bin", "file of the model")
		folds = flag.Int("folds", 0, "train this many models for the folds instead")
		cache = flag.String("cache", "", "folder of the folds' models")
		eval  = flag.Bool("eval", false, "measure the file instead of training")
	)
	flag.IntVar(&o.Epochs, "epochs", o.Epochs, "rounds of training")
	flag.Uint64Var(&o.Seed, "seed", o.Seed, "seed of the order in which sentences are learned")
	flag.Parse()
	if err := run(o, *data, *out, *folds, *cache, *eval); err != nil {
		log.Fatal(err)
	}
}

func run(o tagging.Options, data, out string, folds int, cache string, eval bool) error {
	c, err := treebank.Load(data)
	if err != nil {
		return err
	}
	o.Progress = func(epoch int, correct float64) { log.Printf("epoch %d: %.4f", epoch, correct) }
	if folds > 0 {
		for k := range folds {
			m, err := tagging.Train(c.Without(k, folds), o)
			if err != nil {
				return err
			}
			name := filepath.Join(cache, fmt.Sprintf("fold%d.tag.bin", k))
			if err := packed.WriteFile(name, m); err != nil {
				return fmt.Errorf("writing a fold's tagger: %w", err)
			}
			log.Printf("%s: %d bytes", name, len(m))
		}
		return nil
	}
	if !eval {
		m, err := tagging.Train(c.Train, o)
		if err != nil {
			return err
		}
		if err := packed.WriteFile(out, m); err != nil {
			return fmt.Errorf("writing the tagger: %w", err)
		}
		log.Printf("%s: %d bytes", out, len(m))
	}
	return measure(c, out)
}

func measure(c *treebank.Corpus, file string) error {
	b, err := packed.ReadFile(file)
	if err != nil {
		return fmt.Errorf("measuring the tagger: %w", err)
	}
	m, err := read.Open(b)
	if err != nil {
		return fmt.Errorf("measuring the tagger: %s: %w", file, err)
	}
	for _, set := range []struct {
		name     string
		articles []treebank.Article
	}{{"gum/dev", c.GUM}, {"gum/dev, news", c.News}, {"polnear/dev (silver)", c.SilverNews}} {
		start := time.Now()
		correct, total := tagging.Accuracy(m, set.articles)
		fmt.Printf("%-22s %6d tokens  accuracy %.2f  %.0f tokens/s\n", set.name, total,
			100*float64(correct)/float64(max(1, total)), float64(total)/time.Since(start).Seconds())
	}
	return nil
}
