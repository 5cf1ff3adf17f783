// Certainty trains the model of package reading/certainty on sentences whose
// events people gave a score from -3 to 3:
//
//	go run ./learn/cmd/certainty
//
// It learns from the UW corpus (Lee et al. 2015) and, with less weight, from
// MEANTIME (Minard et al. 2016), in the form of Stanovsky et al. (2017). The
// same data and seed give the same bytes.
package main

import (
	"flag"
	"fmt"
	"log"
	"path/filepath"

	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/packed"
	"hearsay/reading/certainty"
	"hearsay/text/clusters"
)

func main() {
	log.SetFlags(0)
	o := options{}
	data := flag.String("data", "../shared/data/factuality", "the folder of the data sets")
	out := flag.String("out", "reading/certainty/weights.bin", "where to write the model")
	flag.IntVar(&o.epochs, "epochs", 4, "how often to go over the data")
	flag.Int64Var(&o.seed, "seed", 1, "the seed of the order of the events")
	flag.IntVar(&o.least, "least", 2, "how often a feature must occur to be learned")
	flag.Float64Var(&o.rate, "rate", 0.1, "how far a step goes")
	flag.Float64Var(&o.huber, "huber", 0.2, "the error up to which it counts by its square")
	errors := flag.Float64("errors", 0, "print the claims whose score is so far or farther from the mean label of their events")
	meantime := flag.Float64("meantime", 0.5, "how much an event of MEANTIME counts beside one of UW")
	flag.Parse()
	if err := run(*data, *out, *meantime, *errors, o); err != nil {
		log.Fatal(err)
	}
}

func run(data, out string, meantime, errors float64, o options) error {
	var sets []set
	for _, s := range []set{{name: "uw", weight: 1}, {name: "meantime", weight: meantime}} {
		var err error
		if s.train, err = load(filepath.Join(data, s.name+"-train.jsonl.gz")); err != nil {
			return err
		}
		if s.dev, err = load(filepath.Join(data, s.name+"-dev.jsonl.gz")); err != nil {
			return err
		}
		sets = append(sets, s)
	}
	frozen, err := train(sets, o)
	if err != nil {
		return err
	}
	model, err := certainty.Open(string(frozen))
	if err != nil {
		return err
	}
	for _, s := range sets {
		fmt.Printf("%s (dev)\n", s.name)
		report(s.dev, model)
		if errors > 0 {
			printErrors(s.dev, errors)
		}
	}
	fmt.Printf("%d bytes\n", len(frozen))
	return packed.WriteFile(out, frozen)
}

// set is one data set and how much its events count.
type set struct {
	name       string
	weight     float64
	train, dev []example
}

type options struct {
	epochs      int
	seed        int64
	least       int
	rate, huber float64
}

// largestWeight is what the frozen model's largest weight stands for.
const largestWeight = 3

// train makes a frozen model of the sets' training examples.
func train(sets []set, o options) ([]byte, error) {
	words, err := clusters.Default()
	if err != nil {
		return nil, err
	}
	var (
		r        = regressor{rate: o.rate, huber: o.huber}
		points   []point
		features certainty.Features
		buffer   []linear.Feature
	)
	for _, s := range sets {
		for _, x := range s.train {
			features.Reset(x.doc, x.tree, x.ledger, words)
			for _, e := range x.events {
				if e.token < 0 {
					continue
				}
				p := point{label: e.label, weight: s.weight}
				buffer = features.Of(buffer[:0], e.token)
				for _, f := range buffer {
					p.features = append(p.features, r.index.Add(f))
				}
				points = append(points, p)
			}
		}
	}
	lists, ends := make([][]int32, len(points)), make([][]int32, len(points))
	for i := range points {
		lists[i], ends[i] = points[i].features, []int32{int32(len(points[i].features))}
	}
	r.index = r.index.Prune(o.least, lists, ends)
	for i := range points {
		points[i].features = lists[i]
	}
	r.train(points, o.epochs, o.seed)
	return linear.Freeze(r.rows(), 1, largestWeight)
}

// report prints how far the scores of claims are from the labels of the events
// in them, as scoring/certainty.py counts: an event has the score of the
// innermost claim around it, and one that stands in none has 3.
func report(xs []example, model *certainty.Model) {
	gold := []float64{}
	answers := []struct {
		name   string
		reader *certainty.Reader
		scores []float64
	}{{name: "always 3"}, {name: "rules", reader: &certainty.Reader{}}, {name: "model", reader: &certainty.Reader{Model: model}}, {name: "best"}}
	for i := range xs {
		x := &xs[i]
		labels := make([][]float64, len(x.ledger.Claims))
		for _, e := range x.events {
			gold = append(gold, e.label)
			if e.claim >= 0 {
				labels[e.claim] = append(labels[e.claim], e.label)
			}
		}
		for k := range answers {
			a := &answers[k]
			if a.reader != nil {
				a.reader.Read(x.doc, x.tree, x.ledger)
			}
			for _, e := range x.events {
				score := 3.0
				switch {
				case e.claim < 0:
				case a.reader != nil:
					score = x.ledger.Claims[e.claim].Certainty.Score
				case a.name == "best":
					score = median(labels[e.claim])
				}
				a.scores = append(a.scores, score)
			}
		}
	}
	for _, a := range answers {
		mae, r := measure(gold, a.scores)
		fmt.Printf("  %-9s mean absolute error %.3f, r %.3f\n", a.name, mae, r)
	}
	reportLevels(xs)
}

// reportLevels prints the mean label of the events in claims of each level.
func reportLevels(xs []example) {
	type cell struct {
		level    ledger.Level
		polarity ledger.Polarity
	}
	sums, counts := map[cell]float64{}, map[cell]int{}
	for i := range xs {
		for _, e := range xs[i].events {
			if e.claim >= 0 {
				c := xs[i].ledger.Claims[e.claim].Certainty
				k := cell{c.Level, c.Polarity}
				sums[k] += e.label
				counts[k]++
			}
		}
	}
	for _, p := range []ledger.Polarity{ledger.Affirmed, ledger.Denied} {
		for _, l := range []ledger.Level{ledger.LevelCertain, ledger.LevelProbable, ledger.LevelPossible, ledger.LevelUnknown} {
			if n := counts[cell{l, p}]; n > 0 {
				fmt.Printf("  %-8s %-8s %5d events, mean label %5.2f\n", l, p, n, sums[cell{l, p}]/float64(n))
			}
		}
	}
}
