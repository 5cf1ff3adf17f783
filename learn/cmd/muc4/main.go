// Command muc4 reads the development reports of the Fourth Message
// Understanding Conference with the whole program and scores the incidents
// that it finds.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"strings"
	"sync"

	"hearsay/article"
	"hearsay/learn/muc4"
	"hearsay/ledger"
	"hearsay/reading"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data/muc4.tar.gz", "the corpus")
	errors := flag.Int("errors", 0, "print what differs in so many reports")
	every := flag.Int("every", 1, "read only every n-th report")
	only := flag.String("only", "", "read only the report with this id")
	flag.Parse()
	if err := run(os.Stdout, *data, *only, *errors, max(1, *every)); err != nil {
		log.Fatal("muc4: ", err)
	}
}

func run(w io.Writer, data, only string, errors, every int) error {
	all, err := muc4.Development(data)
	if err != nil {
		return err
	}
	var reports []muc4.Report
	for i, r := range all {
		if only == "" && i%every == 0 || r.ID == only {
			reports = append(reports, r)
		}
	}
	ledgers := make([]*ledger.Ledger, len(reports))
	if err := read(reports, ledgers); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	var s muc4.Score
	for i, r := range reports {
		response := muc4.Respond(ledgers[i])
		pairs := s.Add(r.Key, response)
		if errors > 0 && len(r.Key)+len(response) > 0 {
			errors--
			show(out, &r, pairs)
		}
	}
	print(out, &s, len(reports))
	return out.Flush()
}

// read reads the reports on as many cores as there are.
func read(reports []muc4.Report, ledgers []*ledger.Ledger) error {
	var (
		wait  sync.WaitGroup
		lock  sync.Mutex
		first error
		next  int
	)
	for range runtime.GOMAXPROCS(0) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			r, err := reading.New()
			for err == nil {
				lock.Lock()
				i := next
				next++
				lock.Unlock()
				if i >= len(reports) {
					return
				}
				ledgers[i], err = r.Read(&article.Article{ID: reports[i].ID, Text: reports[i].Text, Published: reports[i].Published})
			}
			lock.Lock()
			defer lock.Unlock()
			if first == nil {
				first = err
			}
			next = len(reports)
		}()
	}
	wait.Wait()
	return first
}

func print(w io.Writer, s *muc4.Score, reports int) {
	fmt.Fprintf(w, "%d reports; templates: %d in pairs, %d missing, %d spurious\n", reports, s.Pairs, s.Missing, s.Spurious)
	table := func(title string, slots *[muc4.NumSlots]muc4.Count) {
		fmt.Fprintf(w, "\n%-14s %5s %5s %5s %5s %5s   %6s %6s %6s\n", title, "cor", "par", "inc", "mis", "spu", "R", "P", "F1")
		row := func(name string, c muc4.Count) {
			fmt.Fprintf(w, "%-14s %5d %5d %5d %5d %5d   %6.4f %6.4f %6.4f\n", name, c.Correct, c.Partial, c.Incorrect, c.Missing, c.Spurious,
				c.Recall(), c.Precision(), c.F())
		}
		for slot := range muc4.NumSlots {
			row(slot.String(), slots[slot])
		}
		row("all slots", muc4.Total(slots))
	}
	table("matched/missing", &s.Matched)
	table("all templates", &s.All)
}

// show prints a report and where its response differs from the key.
func show(w io.Writer, r *muc4.Report, pairs []muc4.Pair) {
	fmt.Fprintf(w, "==== %s, published %s\n%s\n", r.ID, r.Published, r.Text)
	for _, p := range pairs {
		switch {
		case p.Key == nil:
			fmt.Fprintf(w, "-- spurious %v\n", p.Response.Types)
		case p.Response == nil:
			fmt.Fprintf(w, "-- missing %s %v\n", p.Key.Number, p.Key.Types)
		default:
			fmt.Fprintf(w, "-- pair %s %v %v\n", p.Key.Number, p.Key.Types, p.Response.Types)
		}
		for slot := range muc4.NumSlots {
			var k, x []muc4.Fill
			if p.Key != nil {
				k = p.Key.Slots[slot]
			}
			if p.Response != nil {
				x = p.Response.Slots[slot]
			}
			if len(k)+len(x) > 0 {
				c := muc4.Compare(slot, k, x)
				mark := " "
				if c.Incorrect+c.Missing+c.Spurious > 0 {
					mark = "!"
				} else if c.Partial > 0 {
					mark = "~"
				}
				fmt.Fprintf(w, "  %s %-12s key %-60s response %s\n", mark, slot, fills(k), fills(x))
			}
		}
	}
	fmt.Fprintln(w)
}

func fills(list []muc4.Fill) string {
	var out []string
	for _, f := range list {
		s := strings.Join(f.Any, " / ")
		if f.Optional {
			s = "? " + s
		}
		if len(f.Of) > 0 {
			s += ": " + strings.Join(f.Of, " / ")
		}
		out = append(out, s)
	}
	return "[" + strings.Join(out, "; ") + "]"
}
