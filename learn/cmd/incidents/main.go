// Incidents measures whether the main incident that is read in an article is
// the one it is listed under, by its day and by how many were killed and
// wounded, on the articles and incidents of the Gun Violence Archive:
//
//	go run ./learn/cmd/incidents -data ../shared/data/gva
//
// A third of the incidents is kept for tuning (-tune), the rest is measured. An
// article may be older than what the archive knows in the end, so that not even
// a perfect reader reaches 1.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"log"
	"os"
	"path/filepath"
	"time"

	"hearsay/article"
	"hearsay/learn/jsonl"
	"hearsay/ledger"
	"hearsay/reading"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data/gva", "the folder with the incidents and their articles")
	tune := flag.Bool("tune", false, "measure on the third that is for tuning")
	most := flag.Int("n", 0, "the most articles to read; 0 for all")
	show := flag.String("errors", "", "print the articles in which this is wrong: killed, wounded or date")
	flag.Parse()
	if err := run(os.Stdout, *data, *tune, *most, *show); err != nil {
		log.Fatal("incidents: ", err)
	}
}

// incident is what the archive says of one shooting.
type incident struct {
	ID      string `json:"id"`
	Date    string `json:"date"`
	Killed  int    `json:"killed"`
	Injured int    `json:"injured"`
}

// listed is an article that the archive lists under an incident.
type listed struct {
	ID        string `json:"id"`
	Incident  string `json:"incident"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Text      string `json:"text"`
}

// told is what an article is found to say of its main incident.
type told struct {
	killed, wounded int
	date            string
}

func run(w io.Writer, folder string, tune bool, most int, show string) error {
	truth := map[string]told{}
	err := jsonl.Each(filepath.Join(folder, "incidents.jsonl.gz"), func(i *incident) error {
		day, err := time.Parse("January 2, 2006", i.Date)
		if err != nil {
			return fmt.Errorf("incident %s: %w", i.ID, err)
		}
		truth[i.ID] = told{i.Killed, i.Injured, day.Format(time.DateOnly)}
		return nil
	})
	if err != nil {
		return err
	}
	r, err := reading.New()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	var killed, wounded, date share
	var noKilled, noWounded, noDate, n int
	all := map[string][]told{}
	var order []string
	err = jsonl.Each(filepath.Join(folder, "articles.jsonl.gz"), func(a *listed) error {
		h := fnv.New32a()
		io.WriteString(h, a.Incident)
		want, ok := truth[a.Incident]
		if !ok || h.Sum32()%3 == 0 != tune || most > 0 && n >= most || a.Text == "" {
			return nil
		}
		n++
		l, err := r.Read(&article.Article{ID: a.ID, Title: a.Title, Published: a.Published, Text: a.Text})
		if err != nil {
			return fmt.Errorf("article %s: %w", a.ID, err)
		}
		m := mainOf(l)
		got := of(m)
		killed.add(got.killed == want.killed)
		wounded.add(got.wounded == want.wounded)
		date.add(got.date == want.date)
		noKilled += one(want.killed == 0)
		noWounded += one(want.wounded == 0)
		noDate += one(got.date == "")
		if _, ok := all[a.Incident]; !ok {
			order = append(order, a.Incident)
		}
		all[a.Incident] = append(all[a.Incident], got)
		if show == "killed" && got.killed != want.killed || show == "wounded" && got.wounded != want.wounded || show == "date" && got.date != want.date {
			fmt.Fprintf(out, "=== %s published %s: %s\nright: %+v read: %+v\n", a.ID, a.Published, a.Title, want, got)
			describe(out, l, m)
			fmt.Fprintf(out, "%s\n\n", a.Text)
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "articles %d: killed %.4f (always 0: %.4f) wounded %.4f (always 0: %.4f) day %.4f (none given: %.4f)\n", n,
		killed.of(), float64(noKilled)/float64(max(n, 1)), wounded.of(), float64(noWounded)/float64(max(n, 1)), date.of(), float64(noDate)/float64(max(n, 1)))
	killed, wounded, date = share{}, share{}, share{}
	for _, id := range order {
		want, list := truth[id], all[id]
		killed.add(frequent(list, func(t told) int { return t.killed }, func(int) bool { return true }) == want.killed)
		wounded.add(frequent(list, func(t told) int { return t.wounded }, func(int) bool { return true }) == want.wounded)
		date.add(frequent(list, func(t told) string { return t.date }, func(d string) bool { return d != "" }) == want.date)
	}
	fmt.Fprintf(out, "incidents %d, by what most of their articles say: killed %.4f wounded %.4f day %.4f\n", len(order), killed.of(), wounded.of(), date.of())
	return out.Flush()
}

// mainOf is the incident that an article tells most of, nil for none: that with the most
// mentions, where a toll and a day count for some more.
func mainOf(l *ledger.Ledger) *ledger.Incident {
	best, most := (*ledger.Incident)(nil), 0
	for i := range l.Incidents {
		n := &l.Incidents[i]
		if n.Type == ledger.Arrests || n.Type == ledger.Agreement || n.Type == ledger.Diplomacy {
			continue
		}
		w := len(n.Mentions)
		if n.Killed != nil || n.Wounded != nil {
			w += 3
		}
		if n.Date != "" {
			w++
		}
		if w > most {
			best, most = n, w
		}
	}
	return best
}

func of(n *ledger.Incident) told {
	var t told
	if n == nil {
		return t
	}
	if n.Killed != nil {
		t.killed = n.Killed.Best
	}
	if n.Wounded != nil {
		t.wounded = n.Wounded.Best
	}
	t.date = n.Date
	return t
}

// describe prints what was found, so that an error can be understood.
func describe(out io.Writer, l *ledger.Ledger, m *ledger.Incident) {
	for i := range l.Incidents {
		n := &l.Incidents[i]
		mark := ' '
		if n == m {
			mark = '*'
		}
		fmt.Fprintf(out, "%c %s %s %+v:", mark, n.ID, n.Type, of(n))
		for _, x := range n.Mentions {
			fmt.Fprintf(out, " %s;", l.Quote(x.Span))
		}
		fmt.Fprintln(out)
	}
	for _, d := range l.Dates {
		fmt.Fprintf(out, "  %q %s;", l.Quote(d.Span), d.Value)
	}
	fmt.Fprintln(out)
	for _, f := range l.Figures {
		if f.Unit != ledger.UnitCount && f.Unit != ledger.UnitMeasure && f.Unit != ledger.UnitAge {
			fmt.Fprintf(out, "  %q %s %s;", l.Quote(f.Span), f.Unit, f.Incident)
		}
	}
	fmt.Fprintln(out)
}

// frequent is the value that most of the list have, the first of several;
// the zero value where none counts.
func frequent[T comparable](list []told, value func(told) T, counts func(T) bool) T {
	n := map[T]int{}
	var best T
	for _, t := range list {
		v := value(t)
		if !counts(v) {
			continue
		}
		if n[v]++; n[v] > n[best] || n[best] == 0 {
			best = v
		}
	}
	return best
}

// share is a number of right answers of all.
type share struct{ right, all int }

func (s *share) add(right bool) {
	s.all++
	s.right += one(right)
}

func (s *share) of() float64 { return float64(s.right) / float64(max(s.all, 1)) }

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
