// Figures measures how often the numbers of killed and wounded that are read in
// an article are those of the incident it is listed under, on the articles and
// incidents of the Gun Violence Archive:
//
//	go run ./learn/cmd/figures -data ../shared/data/gva
//
// An article may tell of several incidents, and of one before all its victims
// were known; what is measured is how near the figures are, not how right.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hearsay/article"
	"hearsay/learn/muc4"
	"hearsay/ledger"
	"hearsay/reading"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data/gva", "the folder with the incidents and their articles")
	tune := flag.Bool("tune", false, "measure on the third of the incidents that the reader was tuned on, not on the rest")
	most := flag.Int("n", 0, "the most articles to read; 0 for all")
	show := flag.String("v", "", "print the articles whose figures of this unit are wrong: killed or wounded")
	reports := flag.String("muc", "", "measure on the development reports in this archive of MUC-4 instead")
	file := flag.String("text", "", "print the figures of this text instead of measuring")
	flag.Parse()
	var err error
	if *file != "" {
		err = printFigures(*file)
	} else if *reports != "" {
		err = runReports(*reports, *tune, *show)
	} else {
		err = run(*data, *tune, *most, *show)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// incident is what the archive says of one shooting.
type incident struct {
	ID      string `json:"id"`
	Killed  int    `json:"killed"`
	Injured int    `json:"injured"`
}

// listed is an article that the archive lists under an incident.
type listed struct {
	Incident  string `json:"incident"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Text      string `json:"text"`
}

func run(folder string, tune bool, most int, show string) error {
	incidents := map[string]incident{}
	err := lines(filepath.Join(folder, "incidents.jsonl.gz"), func(b []byte) error {
		var x incident
		if err := json.Unmarshal(b, &x); err != nil {
			return err
		}
		incidents[x.ID] = x
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the incidents: %w", err)
	}
	r, err := reading.New()
	if err != nil {
		return err
	}
	var dead, hurt score
	n := 0
	err = lines(filepath.Join(folder, "articles.jsonl.gz"), func(b []byte) error {
		var a listed
		if err := json.Unmarshal(b, &a); err != nil {
			return err
		}
		x, ok := incidents[a.Incident]
		if !ok || tuned(a.Incident) != tune || most > 0 && n >= most {
			return nil
		}
		n++
		l, err := r.Read(&article.Article{Title: a.Title, Published: a.Published, Text: a.Title + "\n\n" + a.Text})
		if err != nil {
			return err
		}
		if !dead.add(values(l, ledger.UnitKilled), x.Killed) && show == ledger.UnitKilled {
			explain(l, a, ledger.UnitKilled, x)
		}
		if !hurt.add(values(l, ledger.UnitWounded), x.Injured) && show == ledger.UnitWounded {
			explain(l, a, ledger.UnitWounded, x)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the articles: %w", err)
	}
	fmt.Printf("%d articles\n", n)
	dead.print(ledger.UnitKilled)
	hurt.print(ledger.UnitWounded)
	return nil
}

// tuned reports whether the incident is of the third that errors were looked at in.
func tuned(id string) bool {
	h := fnv.New32a()
	io.WriteString(h, id)
	return h.Sum32()%3 == 0
}

// values are the whole numbers that a ledger gives in a unit.
func values(l *ledger.Ledger, unit string) []int {
	var out []int
	for _, f := range l.Figures {
		if f.Unit == unit && f.Value != nil {
			out = append(out, int(*f.Value))
		}
	}
	return out
}

// score counts articles by how their figures of one unit agree with an incident.
type score struct {
	some, someOf         int // of the articles on incidents with victims: one of the figures is right
	quiet, quietOf       int // of the articles on incidents without: none is above zero
	usual, largest, told int // of the articles that give a figure above zero: the most frequent, the largest is right
}

// add counts an article and reports whether its figures agree.
func (s *score) add(values []int, gold int) bool {
	largest, usual, often := 0, 0, 0
	count := map[int]int{}
	for _, v := range values {
		largest = max(largest, v)
		if v > 0 {
			count[v]++
		}
	}
	for v, n := range count {
		if n > often || n == often && v > usual {
			usual, often = v, n
		}
	}
	if largest > 0 {
		s.told++
		if usual == gold {
			s.usual++
		}
		if largest == gold {
			s.largest++
		}
	}
	if gold == 0 {
		s.quietOf++
		if largest == 0 {
			s.quiet++
		}
		return largest == 0
	}
	s.someOf++
	if slices.Contains(values, gold) {
		s.some++
		return true
	}
	return false
}

func (s *score) print(unit string) {
	fmt.Printf("%-8s some figure is that of the incident %.3f of %d; none where there is none %.3f of %d; most frequent right %.3f, largest right %.3f of %d\n",
		unit, share(s.some, s.someOf), s.someOf, share(s.quiet, s.quietOf), s.quietOf, share(s.usual, s.told), share(s.largest, s.told), s.told)
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// explain prints an article whose figures disagree with its incident.
func explain(l *ledger.Ledger, a listed, unit string, x incident) {
	fmt.Printf("=== %s: %d killed, %d injured: %s\n%s\n", x.ID, x.Killed, x.Injured, a.Title, a.Text)
	for _, f := range l.Figures {
		if f.Unit == unit {
			fmt.Println("   ", describe(l, f))
		}
	}
}

// printFigures prints the figures of the text in a file.
func printFigures(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	r, err := reading.New()
	if err != nil {
		return err
	}
	l, err := r.Read(&article.Article{Text: string(b)})
	if err != nil {
		return err
	}
	for _, f := range l.Figures {
		fmt.Println(describe(l, f))
	}
	return nil
}

func describe(l *ledger.Ledger, f ledger.Figure) string {
	number := func(p *float64) string {
		if p == nil {
			return "-"
		}
		return fmt.Sprint(*p)
	}
	about := ""
	if f.Approximate {
		about = "~"
	}
	return fmt.Sprintf("%q %s%s [%s, %s] %s of %q %s", l.Quote(f.Span), about, number(f.Value), number(f.Low), number(f.High), f.Unit, f.Of, f.Claim)
}

// lines calls f for each line of a gzipped file.
func lines(path string, f func([]byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		if err := f(s.Bytes()); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return s.Err()
}

// runReports measures on the development reports of MUC-4: how many of the
// exact numbers that the keys give are among the figures of their report, and how
// many of the figures above one are in the keys.
func runReports(archive string, tune bool, show string) error {
	reports, err := muc4.Development(archive)
	if err != nil {
		return err
	}
	r, err := reading.New()
	if err != nil {
		return err
	}
	units := [...]struct {
		unit string
		slot muc4.Slot
	}{{ledger.UnitKilled, muc4.Killed}, {ledger.UnitWounded, muc4.Wounded}}
	var given, found, told, right [len(units)]int
	for i := range reports {
		x := &reports[i]
		if (i%3 == 0) != tune || len(x.Key) == 0 {
			continue
		}
		l, err := r.Read(&article.Article{ID: x.ID, Text: x.Text, Published: x.Published})
		if err != nil {
			return err
		}
		for u, s := range units {
			got := values(l, s.unit)
			var gold []int
			missed := false
			for _, t := range x.Key {
				for _, f := range t.Slots[s.slot] {
					n, err := strconv.Atoi(strings.TrimPrefix(f.Any[0], "~"))
					if err != nil || n == 0 || f.Optional {
						continue
					}
					gold = append(gold, n)
					given[u]++
					if slices.Contains(got, n) {
						found[u]++
					} else {
						missed = true
					}
				}
			}
			wrong := false
			for _, v := range got {
				if v > 1 {
					told[u]++
					if slices.Contains(gold, v) {
						right[u]++
					} else {
						wrong = true
					}
				}
			}
			if show == s.unit && (missed || wrong) {
				fmt.Printf("=== %s: %v\n%s\n", x.ID, gold, x.Text)
				for _, f := range l.Figures {
					if f.Unit == s.unit {
						fmt.Println("   ", describe(l, f))
					}
				}
			}
		}
	}
	for u, s := range units {
		fmt.Printf("%-8s of the keys' numbers found %.3f of %d; of the figures above one in the keys %.3f of %d\n",
			s.unit, share(found[u], given[u]), given[u], share(right[u], told[u]), told[u])
	}
	return nil
}
