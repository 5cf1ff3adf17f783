// Command events trains the types of hearsay/reading/events on the snippets of
// CASE 2021 and measures them.
//
//	go run ./learn/cmd/events            # train and write reading/events/weights.bin
//	go run ./learn/cmd/events -eval      # only measure
//	go run ./learn/cmd/events -errors 50 # print what is typed wrongly, by cross-validation
package main

import (
	"flag"
	"fmt"
	"log"

	learn "hearsay/learn/events"
	"hearsay/packed"
	"hearsay/reading/events"
)

func main() {
	log.SetFlags(0)
	var (
		o     = learn.Defaults
		data  = flag.String("data", "../shared/data/case2021/types-a.tsv.gz", "the snippets")
		out   = flag.String("out", "reading/events/weights.bin", "file of the model")
		eval  = flag.Bool("eval", false, "measure only")
		folds = flag.Int("folds", 10, "folds of the cross-validation")
	)
	flag.IntVar(&o.Epochs, "epochs", o.Epochs, "rounds of training")
	flag.Uint64Var(&o.Seed, "seed", o.Seed, "seed of the order in which snippets are learned")
	flag.Float64Var(&o.L2, "l2", o.L2, "penalty on weights")
	flag.Float64Var(&o.Rate, "rate", o.Rate, "learning rate")
	flag.Float64Var(&o.Rule, "rule", o.Rule, "what the rules' type is worth")
	flag.IntVar(&o.Least, "least", o.Least, "snippets that a feature must be in")
	flag.Parse()
	if err := run(o, *data, *out, *eval, *folds); err != nil {
		log.Fatal("events: ", err)
	}
}

func run(o learn.Options, data, out string, eval bool, folds int) error {
	snippets, err := learn.Load(data)
	if err != nil {
		return err
	}
	all, err := learn.Examples(snippets)
	if err != nil {
		return err
	}
	groups := map[int]bool{}
	for _, e := range all {
		groups[e.Group] = true
	}
	fmt.Printf("%d snippets in %d groups of copies\n", len(all), len(groups))
	var rules learn.Result
	for i := range all {
		rules.Add(all[i].Code, learn.ByRule(&all[i]))
	}
	fmt.Printf("rules alone:            macro F1 %.4f  accuracy %.4f\n", rules.Macro(), rules.Accuracy())
	r, err := learn.Cross(all, folds, o)
	if err != nil {
		return err
	}
	fmt.Printf("%d-fold cross-validation: macro F1 %.4f  accuracy %.4f\n", folds, r.Macro(), r.Accuracy())
	for _, c := range r.Codes() {
		fmt.Printf("  %-30s n %3d  F1 %.3f (rules %.3f) ", c, r.Right[c]+r.Missed[c], r.F(c), rules.F(c))
		for _, d := range append(r.Codes(), "") {
			if n := r.Confused[[2]string{c, d}]; n > 0 {
				fmt.Printf(" %s:%d", d, n)
			}
		}
		fmt.Println()
	}
	if eval {
		return nil
	}
	m, err := learn.Train(all, o)
	if err != nil {
		return err
	}
	if err := packed.WriteFile(out, m); err != nil {
		return fmt.Errorf("writing the model: %w", err)
	}
	model, err := events.Open(string(m))
	if err != nil {
		return err
	}
	var own learn.Result
	for i := range all {
		own.Add(all[i].Code, learn.Main(&all[i], model))
	}
	fmt.Printf("%s: %d bytes; on what it learned from: macro F1 %.4f\n", out, len(m), own.Macro())
	return nil
}
