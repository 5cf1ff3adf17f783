package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"hearsay/article"
	"hearsay/corpus/incidents"
	"hearsay/learn/jsonl"
	"hearsay/ledger"
	"hearsay/reading"
	"hearsay/reading/batch"
)

// recorded is what the archive says of one shooting.
type recorded struct {
	ID      string `json:"id"`
	Date    string `json:"date"`
	State   string `json:"state"`
	City    string `json:"city"`
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

// archive is the Gun Violence Archive's incidents with their articles.
type archive struct {
	incidents map[string]*recorded
	order     []string // of incidents
	articles  []*listed
}

func loadArchive(folder string) (*archive, error) {
	g := &archive{incidents: map[string]*recorded{}}
	err := jsonl.Each(filepath.Join(folder, "incidents.jsonl.gz"), func(i *recorded) error {
		day, err := time.Parse("January 2, 2006", i.Date)
		if err != nil {
			return fmt.Errorf("incident %s: %w", i.ID, err)
		}
		i.Date = day.Format(time.DateOnly)
		g.incidents[i.ID] = i
		g.order = append(g.order, i.ID)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = jsonl.Each(filepath.Join(folder, "articles.jsonl.gz"), func(a *listed) error {
		a.Text = cmp.Or(a.Text, a.Title) // as article JSONL is read
		g.articles = append(g.articles, a)
		return nil
	})
	return g, err
}

// tuning reports whether an incident is in the third that is for tuning.
func tuning(incident string) bool { return third(incident) == 0 }

// third is in which third of the incidents one is, from 0.
func third(incident string) uint32 {
	h := fnv.New32a()
	io.WriteString(h, incident)
	return h.Sum32() % 3
}

// records are those of each article, read anew where no file of ledgers is given.
func (g *archive) records(ledgers string) (map[string][]incidents.Record, error) {
	if ledgers == "" {
		articles := make([]*article.Article, len(g.articles))
		for i, a := range g.articles {
			articles[i] = &article.Article{ID: a.ID, Title: a.Title, Published: a.Published, Text: a.Text}
		}
		return read(articles)
	}
	out := make(map[string][]incidents.Record, len(g.articles))
	f, err := os.Open(ledgers)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for d := json.NewDecoder(f); ; {
		var l ledger.Ledger
		if err := d.Decode(&l); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading %s: %w", ledgers, err)
		}
		out[l.Document.ID] = incidents.Records(l.Document.ID, &l)
	}
}

// read makes the records of articles, on all processors.
func read(articles []*article.Article) (map[string][]incidents.Record, error) {
	type result struct {
		records []incidents.Record
		err     error
	}
	out := make(map[string][]incidents.Record, len(articles))
	i := 0
	for r := range batch.Ordered(context.Background(), runtime.GOMAXPROCS(0), slices.Values(articles), func() func(context.Context, *article.Article) result {
		reader, err := reading.New()
		return func(_ context.Context, a *article.Article) result {
			if err != nil {
				return result{err: err}
			}
			l, err := reader.Read(a)
			if err != nil {
				return result{err: fmt.Errorf("article %s: %w", a.ID, err)}
			}
			return result{records: incidents.Records(a.ID, l)}
		}
	}) {
		if r.err != nil {
			return nil, r.err
		}
		out[articles[i].ID] = r.records
		i++
	}
	return out, nil
}

// gather makes incidents of the records.
func gather(records map[string][]incidents.Record) ([]*incidents.Incident, error) {
	shelf := &incidents.Memory{}
	x := incidents.Index{Shelf: shelf}
	for _, id := range sorted(records) {
		if err := x.Add(context.Background(), id, records[id]); err != nil {
			return nil, err
		}
	}
	var out []*incidents.Incident
	for _, members := range shelf.Incidents() {
		out = append(out, incidents.Sum(members, nil))
	}
	return out, nil
}

// byGold is what would be summed up if the articles were gathered as the archive has them: the main
// records of each incident's articles.
func (g *archive) byGold(records map[string][]incidents.Record) []*incidents.Incident {
	of := map[string][]incidents.Kept{}
	for _, a := range g.articles {
		for i := range records[a.ID] {
			if r := &records[a.ID][i]; r.Main {
				of[a.Incident] = append(of[a.Incident], incidents.Kept{Record: r, ID: r.ID()})
				break
			}
		}
	}
	var out []*incidents.Incident
	for _, id := range g.order {
		if members := of[id]; len(members) > 0 {
			incidents.Order(members)
			out = append(out, incidents.Sum(members, nil))
		}
	}
	return out
}

// figures are what is measured.
type figures struct {
	articles, incidents   int
	precision, recall     share
	killed, wounded, date share
}

func (m *figures) f1() float64 {
	p, r := m.precision.of(), m.recall.of()
	return 2 * p * r / max(p+r, 1e-9)
}

// measure compares what was found with the archive. An article goes with the
// incident that it is among the articles of and that has most of them, alone where there is none;
// an incident of the archive is compared with the one that has most of its articles.
func (g *archive) measure(found []*incidents.Incident, which func(string) bool) figures {
	home := homes(found)
	gold, system := map[string][]string{}, map[string][]string{}
	of := func(id string) string {
		if k, ok := home[id]; ok {
			return fmt.Sprint(k)
		}
		return "alone " + id
	}
	goldOf := map[string]string{}
	for _, a := range g.articles {
		goldOf[a.ID] = a.Incident
		gold[a.Incident] = append(gold[a.Incident], a.ID)
		system[of(a.ID)] = append(system[of(a.ID)], a.ID)
	}
	var m figures
	for _, a := range g.articles {
		if !which(a.Incident) {
			continue
		}
		m.articles++
		both := 0
		for _, o := range system[of(a.ID)] {
			if goldOf[o] == a.Incident {
				both++
			}
		}
		m.precision.sum += float64(both) / float64(len(system[of(a.ID)]))
		m.recall.sum += float64(both) / float64(len(gold[a.Incident]))
		m.precision.all++
		m.recall.all++
	}
	for _, id := range g.order {
		if !which(id) {
			continue
		}
		m.incidents++
		n, want := g.match(found, home, gold[id]), g.incidents[id]
		killed, wounded, date := 0, 0, ""
		if n != nil {
			killed, wounded, date = best(n.Killed), best(n.Wounded), n.Date
		}
		m.killed.add(killed == want.Killed)
		m.wounded.add(wounded == want.Injured)
		m.date.add(date == want.Date)
	}
	return m
}

func best(t *incidents.Toll) int {
	if t == nil {
		return 0
	}
	return t.Best
}

// homes says in which of the incidents each article is.
func homes(found []*incidents.Incident) map[string]int {
	order := make([]int, len(found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(found[b].Articles) - len(found[a].Articles) })
	home := map[string]int{}
	for _, k := range order {
		for _, a := range found[k].Articles {
			if _, ok := home[a]; !ok {
				home[a] = k
			}
		}
	}
	return home
}

// match is the incident that most of the articles are in, the first of several.
func (g *archive) match(found []*incidents.Incident, home map[string]int, articles []string) *incidents.Incident {
	votes := map[int]int{}
	for _, a := range articles {
		if k, ok := home[a]; ok {
			votes[k]++
		}
	}
	var n *incidents.Incident
	most := 0
	for _, a := range articles {
		if k, ok := home[a]; ok && votes[k] > most {
			n, most = found[k], votes[k]
		}
	}
	return n
}

// share is a mean of right answers.
type share struct {
	sum float64
	all int
}

func (s *share) add(right bool) {
	s.all++
	if right {
		s.sum++
	}
}

func (s *share) of() float64 { return s.sum / float64(max(s.all, 1)) }

// describe prints the incidents in which something is wrong.
func (g *archive) describe(w io.Writer, found []*incidents.Incident, records map[string][]incidents.Record, which func(string) bool, what string) {
	home := homes(found)
	goldOf, gold, title := map[string]string{}, map[string][]string{}, map[string]string{}
	for _, a := range g.articles {
		goldOf[a.ID], title[a.ID] = a.Incident, a.Published+" "+a.Title
		gold[a.Incident] = append(gold[a.Incident], a.ID)
	}
	print := func(id string) {
		want := g.incidents[goldOf[id]]
		k, ok := home[id]
		if !ok {
			k = -1
		}
		fmt.Fprintf(w, "  %s [%s %s %s, %s killed %d wounded %d] in %d %s\n", id[:8], goldOf[id], want.Date, want.City, want.State, want.Killed, want.Injured, k, title[id])
		for i := range records[id] {
			fmt.Fprintf(w, "      %s\n", brief(&records[id][i]))
		}
	}
	if what == "merged" {
		for k, n := range found {
			kinds := map[string]bool{}
			tuned := false
			for _, a := range n.Articles {
				kinds[goldOf[a]] = true
				tuned = tuned || which(goldOf[a])
			}
			if len(kinds) < 2 || !tuned {
				continue
			}
			fmt.Fprintf(w, "=== found %d: %d articles of %d incidents\n", k, len(n.Articles), len(kinds))
			for _, a := range n.Articles {
				print(a)
			}
		}
		return
	}
	for _, id := range g.order {
		if !which(id) {
			continue
		}
		want, n := g.incidents[id], g.match(found, home, gold[id])
		wrong := false
		switch what {
		case "split":
			kinds := map[int]bool{}
			for _, a := range gold[id] {
				k, ok := home[a]
				if !ok {
					k = -1 - len(kinds)
				}
				kinds[k] = true
			}
			wrong = len(kinds) > 1
		case "killed":
			wrong = n == nil && want.Killed != 0 || n != nil && best(n.Killed) != want.Killed
		case "wounded":
			wrong = n == nil && want.Injured != 0 || n != nil && best(n.Wounded) != want.Injured
		case "date":
			wrong = n == nil || n.Date != want.Date
		}
		if !wrong {
			continue
		}
		fmt.Fprintf(w, "=== %s %s %s, %s killed %d wounded %d\n", id, want.Date, want.City, want.State, want.Killed, want.Injured)
		if n != nil {
			b, _ := json.Marshal(n)
			fmt.Fprintf(w, "  found %s\n", b)
		}
		for _, a := range gold[id] {
			print(a)
		}
	}
}

func brief(r *incidents.Record) string {
	var b strings.Builder
	if r.Main {
		b.WriteString("* ")
	}
	fmt.Fprintf(&b, "%s %s %s", r.Local, r.Type, r.Date)
	for _, p := range r.Places {
		fmt.Fprintf(&b, "; %s %s %d", p.Name, cmp.Or(p.Region, p.Country), p.GeoNames)
	}
	for _, c := range [...]struct {
		what string
		*incidents.Count
	}{{"killed", r.Killed}, {"wounded", r.Wounded}} {
		if c.Count == nil {
			continue
		}
		fmt.Fprintf(&b, "; %s %d-%d-%d", c.what, c.Low, c.Best, c.High)
		for _, f := range c.Figures {
			fmt.Fprintf(&b, " (%d %s)", f.Value, f.Speaker.Name)
		}
	}
	fmt.Fprintf(&b, "; %d names", len(r.Names))
	return b.String()
}

func sorted[T any](m map[string]T) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
