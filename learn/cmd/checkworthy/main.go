// Checkworthy trains the model of package reading/checkworthy on statements of
// which people said whether they deserve checking:
//
//	go run ./learn/cmd/checkworthy
//
// It learns from the English training set of CheckThat! 2024 (Barrón-Cedeño et
// al. 2024), which is that of ClaimBuster (Arslan et al. 2020): what was said in
// the debates of American presidential candidates. Probabilities are calibrated by
// cross-validation over parts of that set that lie apart in time. The same data
// and seed give the same bytes.
package main

import (
	"flag"
	"fmt"
	"log"
	"math"
	"path/filepath"
	"slices"

	"hearsay/learn"
	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/packed"
	"hearsay/reading/checkworthy"
	"hearsay/text/clusters"
)

func main() {
	log.SetFlags(0)
	o := options{}
	data := flag.String("data", "../shared/data/checkworthy", "the folder of the data sets")
	out := flag.String("out", "reading/checkworthy/weights.bin", "where to write the model")
	flag.IntVar(&o.epochs, "epochs", 4, "how often to go over the data")
	flag.Int64Var(&o.seed, "seed", 1, "the seed of the order of the statements")
	flag.IntVar(&o.least, "least", 3, "how often a feature must occur to be learned")
	flag.IntVar(&o.most, "most", 21500, "how many features to keep")
	flag.Float64Var(&o.rate, "rate", 0.05, "how far a step goes")
	flag.Float64Var(&o.decay, "decay", 0.001, "how much of a weight each step takes back")
	flag.Float64Var(&o.clip, "clip", 0.5, "the largest weight")
	errors := flag.Bool("errors", false, "print the statements of dev-test with their scores, the highest first")
	flag.Parse()
	if err := run(*data, *out, *errors, o); err != nil {
		log.Fatal(err)
	}
}

// folds is in how many parts the training set is cut for cross-validation.
const folds = 5

// prior is the share of statements that deserve checking for which the
// probabilities are calibrated. In the debates it is a quarter; in news, where
// few sentences jest, thank or ask, it is unknown, so that the model does not
// lean to either side.
const prior = 0.5

func run(data, out string, errors bool, o options) error {
	words, err := clusters.Default()
	if err != nil {
		return err
	}
	sets := map[string][]example{}
	for _, name := range []string{"train", "dev", "dev-test"} {
		if sets[name], err = load(filepath.Join(data, "ct24-"+name+".tsv.gz")); err != nil {
			return err
		}
	}
	n := numbering{words: words}
	points := n.learn(sets["train"], o.least)
	var unseen []answer
	for k := range folds {
		first, end := k*len(points)/folds, (k+1)*len(points)/folds
		weights := train(slices.Concat(points[:first], points[end:]), n.index.Len(), o)
		for i := first; i < end; i++ {
			unseen = append(unseen, answer{score(&points[i], weights), points[i].yes})
		}
	}
	slope, base := line(unseen)
	report("cross-validation, as trained", unseen, slope, base)
	base += shift(unseen)
	report("cross-validation", unseen, slope, base)

	table, err := freeze(n.index.Features(), train(points, n.index.Len(), o), o)
	if err != nil {
		return err
	}
	model := checkworthy.Pack(table, slope, base)
	frozen, err := checkworthy.Open(string(model))
	if err != nil {
		return err
	}
	for _, name := range []string{"dev", "dev-test"} {
		var answers []answer
		for i := range sets[name] {
			x := &sets[name][i]
			answers = append(answers, answer{x.judge(frozen), x.yes})
		}
		report(name, answers, 1, 0)
		if errors && name == "dev-test" {
			list(sets[name], answers)
		}
	}
	reportReasons(sets)
	fmt.Printf("slope %.3f, base %.3f, %d bytes\n", slope, base, len(model))
	return packed.WriteFile(out, model)
}

// shift is what makes log-odds for the answers' own share of positives such for prior.
func shift(answers []answer) float64 {
	m := measure(answers)
	own := float64(m.positive) / float64(m.statements)
	return math.Log(prior/(1-prior)) - math.Log(own/(1-own))
}

func report(name string, answers []answer, slope, base float64) {
	drawn := make([]answer, len(answers))
	for i, a := range answers {
		drawn[i] = answer{slope*a.score + base, a.yes}
	}
	fmt.Printf("%-30s %s\n", name, measure(drawn))
}

// reportReasons prints how many statements have each reason, and which share of
// them deserves checking.
func reportReasons(sets map[string][]example) {
	for _, r := range ledger.Reasons() {
		line := fmt.Sprintf("%-40s", r)
		for _, name := range []string{"train", "dev-test"} {
			having, yes := 0, 0
			for i := range sets[name] {
				x := &sets[name][i]
				if slices.ContainsFunc(x.ledger.Sentences, func(s ledger.Sentence) bool { return slices.Contains(s.Reasons, r) }) {
					having++
					if x.yes {
						yes++
					}
				}
			}
			line += fmt.Sprintf("  %s %5d, %.2f of them", name, having, float64(yes)/float64(max(1, having)))
		}
		fmt.Println(line)
	}
}

// judge is the log-odds of the best of the sentences, as scoring/checkworthy.py takes them.
func (x *example) judge(m *checkworthy.Model) float64 {
	r := checkworthy.Reader{Model: m}
	r.Read(x.doc, x.tree, x.ledger)
	best := 0.0
	for _, s := range x.ledger.Sentences {
		best = max(best, s.Checkworthiness)
	}
	return math.Log(best / (1 - best))
}

func list(xs []example, answers []answer) {
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case answers[a].score > answers[b].score:
			return -1
		case answers[a].score < answers[b].score:
			return 1
		}
		return 0
	})
	for _, i := range order {
		fmt.Printf("%.2f %-5t %s\n", chance(answers[i].score), xs[i].yes, xs[i].doc.Text)
	}
}

// numbering gives the features of statements their numbers.
type numbering struct {
	words    *clusters.Table
	index    learn.Index
	features checkworthy.Features
	buffer   []linear.Feature
}

// learn makes points of examples and keeps the features that occur at least so often.
func (n *numbering) learn(xs []example, least int) []point {
	points := make([]point, len(xs))
	lists, ends := make([][]int32, len(xs)), make([][]int32, len(xs))
	for i := range xs {
		x := &xs[i]
		n.features.Reset(x.doc, x.tree, x.ledger, n.words)
		var words int
		n.buffer, words = n.features.Of(n.buffer[:0], x.all())
		for _, f := range n.buffer {
			lists[i] = append(lists[i], n.index.Add(f))
		}
		ends[i] = []int32{int32(len(lists[i]))}
		points[i] = pointOf(x, nil, words)
	}
	n.index = n.index.Prune(least, lists, ends)
	for i := range points {
		points[i].features = lists[i]
	}
	return points
}
