// Gathering measures how well incidents are gathered across articles, on the
// articles and incidents of the Gun Violence Archive, and learns what it is done by:
//
//	go run ./learn/cmd/gathering            # measure on what nothing was tuned on
//	go run ./learn/cmd/gathering -ecb       # on the documents of ECB+ (dev)
//	go run ./learn/cmd/gathering -rarities  # make the table of how rare words are
//	go run ./learn/cmd/gathering -train     # learn the weights of the score
//
// All articles are gathered at once, as a store would hold them. A third of the
// archive's incidents is kept for tuning (-tune), the rest is measured; -all measures both.
// Reading takes most of the time: -ledgers takes what `hearsay read --articles
// … --format jsonl` printed of the articles instead.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gathering: ")
	var o options
	flag.StringVar(&o.data, "data", "../shared/data", "the folder with the corpora")
	flag.StringVar(&o.ledgers, "ledgers", "", "take the articles' ledgers from this file of JSON lines")
	flag.StringVar(&o.out, "out", "corpus/incidents", "the folder for what is made")
	flag.StringVar(&o.show, "errors", "", "print what is wrong: merged, split, killed, wounded or date")
	flag.BoolVar(&o.tune, "tune", false, "measure on the third that is for tuning")
	flag.BoolVar(&o.all, "all", false, "measure on all")
	onECB := flag.Bool("ecb", false, "measure on ECB+")
	rare := flag.Bool("rarities", false, "make the table of rarities")
	train := flag.Bool("train", false, "learn the weights of the score")
	flag.Parse()
	var err error
	switch {
	case *onECB:
		_, err = ecb(os.Stdout, filepath.Join(o.data, "ecbplus"))
	case *rare:
		err = o.makeRarities()
	case *train:
		err = o.learn(os.Stdout)
	default:
		err = o.measure(os.Stdout)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// options are where the corpora are and what is measured.
type options struct {
	data, ledgers, out, show string
	tune, all                bool
}

func (o *options) which(incident string) bool { return o.all || tuning(incident) == o.tune }

func (o *options) measure(w io.Writer) error {
	g, err := loadArchive(filepath.Join(o.data, "gva"))
	if err != nil {
		return err
	}
	records, err := g.records(o.ledgers)
	if err != nil {
		return err
	}
	found, err := gather(records)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	m := g.measure(found, o.which)
	fmt.Fprintf(out, "articles %d incidents %d found %d\nB-cubed P %.4f R %.4f F1 %.4f\nkilled %.4f wounded %.4f date %.4f\n",
		m.articles, m.incidents, len(found), m.precision.of(), m.recall.of(), m.f1(), m.killed.of(), m.wounded.of(), m.date.of())
	perfect := g.measure(g.byGold(records), o.which)
	fmt.Fprintf(out, "with the archive's own groups: killed %.4f wounded %.4f date %.4f\n", perfect.killed.of(), perfect.wounded.of(), perfect.date.of())
	if o.show != "" {
		g.describe(out, found, records, o.which, o.show)
	}
	return out.Flush()
}

// makeRarities makes the table of rarities anew.
func (o *options) makeRarities() error {
	g, err := loadArchive(filepath.Join(o.data, "gva"))
	if err != nil {
		return err
	}
	b, err := rarities(o.data, g)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(o.out, "rarities.bin"), b, 0o644)
}

// learn makes the weights of the score anew.
func (o *options) learn(w io.Writer) error {
	g, err := loadArchive(filepath.Join(o.data, "gva"))
	if err != nil {
		return err
	}
	records, err := g.records(o.ledgers)
	if err != nil {
		return err
	}
	others, err := politicalRecords(filepath.Join(o.data, "polnear"))
	if err != nil {
		return err
	}
	examples := g.examples(records, others)
	pairs, err := pairs(w, examples)
	if err != nil {
		return err
	}
	pairs = append(pairs, crowded(examples)...)
	return os.WriteFile(filepath.Join(o.out, "weights.bin"), fit(pairs), 0o644)
}
