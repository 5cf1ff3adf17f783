// Command names trains the tagger of hearsay/reading/names and measures it.
//
//	go run ./learn/cmd/names              # train and write reading/names/weights.bin
//	go run ./learn/cmd/names -eval        # measure the file
//	go run ./learn/cmd/names -vectors FILE
//
// With -vectors it makes the word classes, reading/names/classes.bin, instead:
// FILE holds word vectors in GloVe's text format.
package main

import (
	"flag"
	"fmt"
	"log"
	"path/filepath"
	"time"

	learn "hearsay/learn/names"
	"hearsay/packed"
	"hearsay/reading/names"
	"hearsay/text"
)

func main() {
	log.SetFlags(log.Ltime)
	var (
		o       = learn.Defaults
		data    = flag.String("data", "../shared/data", "folder of the corpora")
		out     = flag.String("out", "reading/names/weights.bin", "file of the model")
		eval    = flag.Bool("eval", false, "measure the file instead of training")
		wrong   = flag.String("wrong", "", "print what is wrong in this set: conll2003/testa")
		vectors = flag.String("vectors", "", "file of word vectors: make the word classes instead")
		show    = flag.Bool("show", false, "print the word classes")
		rounds  = flag.Int("rounds", 3, "models trained one after the other, each the judge of what the next learns from silver names")
		judge   = flag.String("judge", "", "model that is the judge in the first round; without it that leaves silver names out")
		corpora = flag.String("corpora", "cgpv", "learn from CoNLL-2003 (c), GUM (g), PolNeAR (p), the Gun Violence Archive (v)")
	)
	flag.IntVar(&o.Epochs, "epochs", o.Epochs, "rounds of training")
	flag.IntVar(&o.FoldEpochs, "foldepochs", o.FoldEpochs, "rounds of training of a fold")
	flag.IntVar(&o.Folds, "folds", o.Folds, "folds for the second pass; fewer than 2: no second pass")
	flag.IntVar(&o.Least, "least", o.Least, "how often a feature must occur")
	flag.IntVar(&o.Features, "features", o.Features, "how many features a pass keeps")
	flag.Float64Var(&o.L1, "l1", o.L1, "penalty on weights")
	flag.Float64Var(&o.Rate, "rate", o.Rate, "learning rate")
	flag.Uint64Var(&o.Seed, "seed", o.Seed, "seed of the order in which texts are learned")
	flag.BoolVar(&o.Verbose, "v", true, "say how training goes")
	flag.Parse()
	var err error
	if *vectors != "" {
		err = makeClasses(*vectors, classesTable, o.Seed, *show)
	} else {
		err = run(o, *data, *out, *corpora, *judge, *rounds, *eval, *wrong)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func run(o learn.Options, data, out, corpora, judge string, rounds int, eval bool, wrong string) error {
	if !eval {
		var articles []learn.Article
		for _, c := range corpora {
			var some []learn.Article
			var err error
			switch c {
			case 'c':
				some, err = learn.CoNLL(filepath.Join(data, "conll2003", "train.txt.gz"))
			case 'g':
				some, err = learn.GUM(filepath.Join(data, "gum", "train.conllu.gz"))
			case 'p':
				some, err = learn.PolNeAR(filepath.Join(data, "polnear"), "train")
			case 'v':
				some, err = learn.GVA(filepath.Join(data, "gva"), 5)
			default:
				err = fmt.Errorf("there is no corpus %q", c)
			}
			if err != nil {
				return err
			}
			articles = append(articles, some...)
		}
		var j *names.Model
		if judge != "" {
			var err error
			if j, err = open(judge); err != nil {
				return err
			}
		}
		var m []byte
		for range rounds {
			var err error
			if m, err = learn.Train(articles, j, o); err != nil {
				return err
			}
			if j, err = opened(string(m)); err != nil {
				return err
			}
		}
		if err := packed.WriteFile(out, m); err != nil {
			return fmt.Errorf("writing the tagger of names: %w", err)
		}
		log.Printf("%s: %d bytes", out, len(m))
	}
	m, err := open(out)
	if err != nil {
		return err
	}
	conll, err := learn.CoNLL(filepath.Join(data, "conll2003", "testa.txt.gz"))
	if err != nil {
		return err
	}
	gum, err := learn.GUM(filepath.Join(data, "gum", "dev.conllu.gz"))
	if err != nil {
		return err
	}
	silver, err := learn.PolNeAR(filepath.Join(data, "polnear"), "dev")
	if err != nil {
		return err
	}
	virus, err := learn.Toponyms(filepath.Join(data, "geoparsing", "geovirus.xml.gz"))
	if err != nil {
		return err
	}
	local, err := learn.Toponyms(filepath.Join(data, "geoparsing", "lgl.xml.gz"))
	if err != nil {
		return err
	}
	for _, set := range []struct {
		name     string
		articles []learn.Article
	}{{"conll2003/testa", conll}, {"gum/dev", gum}, {"polnear/dev (silver)", silver}, {"geovirus (places)", virus}, {"lgl (places)", local}} {
		var each func(*text.Doc, []names.Name, []names.Name)
		if set.name == wrong {
			each = printWrong
		}
		start := time.Now()
		s, err := learn.Measure(m, set.articles, each)
		if err != nil {
			return err
		}
		fmt.Printf("%-21s all %.4f (P %.4f R %.4f)  person %.4f  organization %.4f  place %.4f  misc %.4f  %.1fs\n", set.name, s[0].F1(),
			float64(s[0].Right)/float64(max(1, s[0].Found)), float64(s[0].Right)/float64(max(1, s[0].Gold)),
			s[1].F1(), s[2].F1(), s[3].F1(), s[4].F1(), time.Since(start).Seconds())
	}
	return nil
}

var typeNames = [...]string{"-", "PER", "ORG", "LOC", "MISC"}

// printWrong prints the sentences' names that were found and should not have been, and those that were not.
func printWrong(d *text.Doc, gold, found []names.Name) {
	show := func(mark string, n names.Name, in []names.Name) {
		for _, m := range in {
			if m == n {
				return
			}
		}
		fmt.Printf("%s %-4s %-30s | %s\n", mark, typeNames[n.Type], d.Words(n.Range),
			d.Words(text.Range{First: max(0, n.First-8), End: min(int32(len(d.Tokens)), n.End+8)}))
	}
	for _, n := range gold {
		show("missed", n, found)
	}
	for _, n := range found {
		show("wrong ", n, gold)
	}
}

func open(file string) (*names.Model, error) {
	b, err := packed.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("opening the tagger of names: %w", err)
	}
	m, err := opened(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

func opened(b string) (*names.Model, error) {
	classes, err := names.DefaultClasses()
	if err != nil {
		return nil, err
	}
	return names.Open(b, classes)
}
