// Load asks a running hearsay serve as many people would at once, and says how
// long they waited. It is a module of its own, so that what it needs is not the
// program's.
//
//	hearsay serve --db full.db --quiet &
//	cd bench/load && go run . -clients 200 -think 3s -for 5m
//
// Each of the clients looks at pages and asks the API, one after the other, with
// some time to think between two; with -think 0 they ask as fast as they are
// answered. What is asked for is found on the server's own pages. Client and
// server share the machine, so the client's work is in the figures too.
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

func main() {
	at := flag.String("at", "http://127.0.0.1:8080", "the address of the server")
	clients := flag.Int("clients", 200, "how many ask")
	think := flag.Duration("think", 3*time.Second, "how long each thinks between two requests; 0 for not at all")
	long := flag.Duration("for", 5*time.Minute, "for how long they ask")
	flag.Parse()
	if err := run(os.Stdout, *at, *clients, *think, *long); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// kind is a sort of request, and how many of a hundred are of it.
type kind struct {
	name  string
	share int
	urls  []string
}

func run(out io.Writer, at string, clients int, think, long time.Duration) error {
	kinds, err := find(at)
	if err != nil {
		return err
	}
	chance := rand.New(rand.NewPCG(1, 2)) // the same requests in every run
	var deck []int
	for i := range kinds {
		for range kinds[i].share {
			deck = append(deck, i)
		}
	}
	of := map[string]int{}
	var targets []vegeta.Target
	header := http.Header{"Accept-Encoding": {"gzip"}}
	for range 20000 {
		k := deck[chance.IntN(len(deck))]
		u := kinds[k].urls[chance.IntN(len(kinds[k].urls))]
		of[u] = k
		targets = append(targets, vegeta.Target{Method: "GET", URL: u, Header: header})
	}
	// With time to think, the clients together ask so often; without it, each asks again at once.
	rate := vegeta.Rate{Freq: 0, Per: time.Second}
	if think > 0 {
		rate = vegeta.Rate{Freq: clients, Per: think}
	}
	attacker := vegeta.NewAttacker(vegeta.Workers(uint64(clients)), vegeta.MaxWorkers(uint64(clients)), vegeta.Connections(clients), vegeta.Timeout(30*time.Second), vegeta.MaxBody(0))
	all := new(vegeta.Metrics)
	each := make([]vegeta.Metrics, len(kinds))
	for r := range attacker.Attack(vegeta.NewStaticTargeter(targets...), rate, long, "load") {
		all.Add(r)
		each[of[r.URL]].Add(r)
	}
	all.Close()
	lines := json.NewEncoder(out)
	for i := range kinds {
		each[i].Close()
		if err := lines.Encode(line(kinds[i].name, &each[i])); err != nil {
			return err
		}
	}
	return lines.Encode(line("all", all))
}

// result is what is measured of one sort of request.
type result struct {
	Kind     string         `json:"kind"`
	Requests uint64         `json:"requests"`
	Rate     float64        `json:"a_second"`
	Failed   uint64         `json:"failed"`
	P50      float64        `json:"p50_ms"`
	P95      float64        `json:"p95_ms"`
	P99      float64        `json:"p99_ms"`
	Max      float64        `json:"max_ms"`
	Status   map[string]int `json:"status"`
	Errors   []string       `json:"errors,omitempty"`
}

func line(name string, m *vegeta.Metrics) result {
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return result{name, m.Requests, m.Throughput, m.Requests - uint64(m.Success*float64(m.Requests)+0.5), ms(m.Latencies.P50), ms(m.Latencies.P95), ms(m.Latencies.P99), ms(m.Latencies.Max),
		m.StatusCodes, m.Errors[:min(len(m.Errors), 5)]}
}

var (
	link = regexp.MustCompile(`href="((?:/article\?|/incidents/|/speaker\?)[^"#]+)"`)
	tag  = regexp.MustCompile(`<[^>]*>`)
	word = regexp.MustCompile(`\b[a-z]{5,12}\b`)
)

// find makes requests of what the server's own pages lead to.
func find(at string) ([]kind, error) {
	var words []string
	found := map[string][]string{}
	for _, page := range []string{"/articles", "/incidents", "/speakers", "/search"} {
		body, err := get(at + page)
		if err != nil {
			return nil, err
		}
		for _, m := range link.FindAllStringSubmatch(body, -1) {
			path := html.UnescapeString(m[1])
			name, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "?")
			name, _, _ = strings.Cut(name, "/")
			if len(found[name]) < 100 {
				found[name] = append(found[name], at+path)
			}
		}
	}
	for _, u := range found["article"][:min(20, len(found["article"]))] {
		body, err := get(u)
		if err != nil {
			return nil, err
		}
		_, body, _ = strings.Cut(body, "<main")
		words = append(words, word.FindAllString(tag.ReplaceAllString(body, " "), -1)...)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	if len(words) == 0 {
		return nil, fmt.Errorf("the collection at %s has no articles to ask for", at)
	}
	var searches, claims []string
	for i := range 200 {
		q := words[i*7919%len(words)]
		searches = append(searches, at+"/search?"+url.Values{"q": {q}}.Encode())
		claims = append(claims, at+"/api/v1/search/claims?"+url.Values{"q": {q}}.Encode())
	}
	all := []kind{
		{"home", 8, []string{at + "/"}},
		{"search", 15, searches},
		{"articles", 7, []string{at + "/articles"}},
		{"article", 20, found["article"]},
		{"incidents", 8, []string{at + "/incidents"}},
		{"incident", 12, found["incidents"]},
		{"speakers", 5, []string{at + "/speakers"}},
		{"speaker", 5, found["speaker"]},
		{"api claims", 10, claims},
		{"api incidents", 5, []string{at + "/api/v1/incidents"}},
		{"api speakers", 5, []string{at + "/api/v1/speakers"}},
	}
	return slices.DeleteFunc(all, func(k kind) bool {
		err := cmp.Or(func() error {
			if len(k.urls) == 0 {
				return fmt.Errorf("no page leads to one")
			}
			_, err := get(k.urls[0])
			return err
		}())
		if err != nil {
			fmt.Fprintf(os.Stderr, "load: %s is left out: %v\n", k.name, err)
		}
		return err != nil
	}), nil
}

func get(u string) (string, error) {
	res, err := http.Get(u)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", u, res.Status)
	}
	return string(body), err
}
