// Gathering measures how well incidents are gathered across articles, on the
// articles and incidents of the Gun Violence Archive:
//
//	go run ./learn/cmd/gathering -data ../shared/data/gva
//
// All articles are gathered at once, as a store would hold them. A third of the
// archive's incidents is kept for tuning (-tune), the rest is measured; -all measures both.
// Reading takes most of the time: -ledgers takes what `hearsay read --articles
// … --format jsonl` printed of them instead.
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
	data := flag.String("data", "../shared/data/gva", "the folder with the incidents and their articles")
	ledgers := flag.String("ledgers", "", "take the articles' ledgers from this file of JSON lines")
	tune := flag.Bool("tune", false, "measure on the third that is for tuning")
	all := flag.Bool("all", false, "measure on all")
	topics := flag.String("ecb", "", "measure on the documents of ECB+ in this folder, and nothing else")
	show := flag.String("errors", "", "print what is wrong: merged, split, killed, wounded or date")
	shared := flag.String("shared", "", "make the table of rarities from the corpora in this folder, and nothing else")
	train := flag.Bool("train", false, "learn the weights of the score on the third that is for tuning")
	flag.Parse()
	if *train {
		if err := learn(os.Stdout, *data, *ledgers); err != nil {
			log.Fatal("gathering: ", err)
		}
		return
	}
	if *topics != "" {
		if _, err := ecb(os.Stdout, *topics); err != nil {
			log.Fatal("gathering: ", err)
		}
		return
	}
	if *shared != "" {
		if err := writeRarities(*shared, *data); err != nil {
			log.Fatal("gathering: ", err)
		}
		return
	}
	which := rest
	switch {
	case *all:
		which = func(string) bool { return true }
	case *tune:
		which = tuning
	}
	if err := run(os.Stdout, *data, *ledgers, which, *show); err != nil {
		log.Fatal("gathering: ", err)
	}
}

func run(w io.Writer, folder, ledgers string, which func(incident string) bool, show string) error {
	g, err := loadArchive(folder)
	if err != nil {
		return err
	}
	records, err := g.records(ledgers)
	if err != nil {
		return err
	}
	found, err := gather(records)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	m := g.measure(found, which)
	fmt.Fprintf(out, "articles %d incidents %d found %d\nB-cubed P %.4f R %.4f F1 %.4f\nkilled %.4f wounded %.4f date %.4f\n",
		m.articles, m.incidents, len(found), m.precision.of(), m.recall.of(), m.f1(), m.killed.of(), m.wounded.of(), m.date.of())
	perfect := g.measure(g.byGold(records), which)
	fmt.Fprintf(out, "with the archive's own groups: killed %.4f wounded %.4f date %.4f\n", perfect.killed.of(), perfect.wounded.of(), perfect.date.of())
	if show != "" {
		g.describe(out, found, records, which, show)
	}
	return out.Flush()
}

// writeRarities makes the table of rarities anew.
func writeRarities(shared, folder string) error {
	g, err := loadArchive(folder)
	if err != nil {
		return err
	}
	b, err := rarities(shared, g)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join("corpus", "incidents", "rarities.bin"), b, 0o644)
}

// learn makes the weights of the score anew.
func learn(w io.Writer, folder, ledgers string) error {
	g, err := loadArchive(folder)
	if err != nil {
		return err
	}
	records, err := g.records(ledgers)
	if err != nil {
		return err
	}
	pairs, err := pairs(w, g.examples(records))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join("corpus", "incidents", "weights.bin"), fit(pairs), 0o644)
}
