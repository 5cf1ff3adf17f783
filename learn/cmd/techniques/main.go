// Techniques trains the model of package reading/techniques on articles in
// which people marked techniques of persuasion, and measures it on articles
// that it was not trained on:
//
//	go run ./learn/cmd/techniques        # train and write reading/techniques/weights.bin
//	go run ./learn/cmd/techniques -eval  # only measure, by cross-validation over articles
//
// It learns from the labels of SemEval-2023 Task 3 (Piskorski et al. 2023) on
// the articles of SemEval-2020 Task 11 (Da San Martino et al. 2020), and measures
// by the arithmetic of the latter. The same data and seed give the same bytes.
package main

import (
	"flag"
	"log"
	"slices"

	"hearsay/packed"
	"hearsay/reading/techniques"
)

func main() {
	log.SetFlags(log.Ltime)
	o := options{}
	flag.StringVar(&o.data, "data", "../shared/data", "the folder of the data sets")
	flag.StringVar(&o.out, "out", "reading/techniques/weights.bin", "where to write the model")
	flag.BoolVar(&o.eval, "eval", false, "measure and write nothing")
	flag.StringVar(&o.errors, "errors", "", "print what is found and what is wanted of this technique")
	flag.IntVar(&o.folds, "folds", 5, "how many folds the articles are put into")
	flag.IntVar(&o.epochs, "epochs", 10, "how often to go over the words")
	flag.IntVar(&o.wholeEpochs, "sentence-epochs", 12, "how often to go over the sentences")
	flag.Float64Var(&o.rate, "rate", 0.06, "how far a step goes")
	flag.Float64Var(&o.l1, "l1", 3e-5, "penalty on weights")
	flag.Float64Var(&o.l2, "l2", 0.002, "penalty on the squares of weights")
	flag.IntVar(&o.least, "least", 2, "how often a feature of words must occur")
	flag.IntVar(&o.words, "words", 64_000, "how many features of words are kept")
	flag.IntVar(&o.sentences, "sentences", 20_000, "how many features of sentences are kept")
	flag.Float64Var(&o.ridge, "ridge", 40, "penalty on the weights of the judges")
	flag.Uint64Var(&o.seed, "seed", 1, "the seed of the order in which is learned")
	flag.Parse()
	if err := run(o); err != nil {
		log.Fatal("techniques: ", err)
	}
}

func run(o options) error {
	xs, err := load(o.data, "semeval2023")
	if err != nil {
		return err
	}
	divide(xs, o.folds)
	old, err := load(o.data, "semeval2020")
	if err != nil {
		return err
	}
	if err := sameFolds(old, xs); err != nil {
		return err
	}
	plain, err := loadPlain(o.data, o.folds)
	if err != nil {
		return err
	}
	proposed, err := o.propose(xs, plain, old)
	if err != nil {
		return err
	}
	all, proposedAll := slices.Concat(xs, plain), slices.Concat(proposed[0], proposed[1])
	judges := make([][][]float64, o.folds)
	for f := range judges {
		judges[f] = o.judges(all, proposedAll, f)
	}
	found, foundPlain, foundOld := crossJudge(xs, proposed[0], judges), crossJudge(plain, proposed[1], judges), crossJudge(old, proposed[2], judges)
	slope, shift := calibrate(xs, found)
	rate(found, slope, shift)
	rate(foundPlain, slope, shift)
	rate(foundOld, slope, shift)
	threshold := best(xs, found)
	report(xs, old, found, foundOld, threshold)
	reportDensity("techniques", xs, found, threshold)
	reportDensity("plain news", plain, foundPlain, threshold)
	if o.errors != "" {
		printErrors(xs, found, threshold, o.errors)
	}
	if o.eval {
		return nil
	}
	w, err := o.stages(all)
	if err != nil {
		return err
	}
	w.Judges, w.Slope, w.Shift, w.Threshold = o.judges(all, proposedAll, -1), slope, shift, threshold
	b, err := techniques.Pack(w)
	if err != nil {
		return err
	}
	return packed.WriteFile(o.out, b)
}
