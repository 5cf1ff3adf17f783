// Bench prints how fast whole ledgers are made from plain text: words a second
// on one core and on all, allocations a word, the share of each stage, and how
// the cost grows with the length of a text. A word is what white space parts.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"hearsay/article"
	"hearsay/bench/clock"
	"hearsay/reading"
)

// dev is where the research data lies that the published figures are measured on.
const dev = "../shared/data/polnear/dev.jsonl"

func main() {
	articles := flag.String("articles", "", "article JSONL to read; without it polnear/dev where ../shared is at hand, else examples/*.txt")
	time := flag.Duration("time", 5*time.Second, "how long to measure each figure")
	flag.Parse()
	if err := bench(*articles, *time); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(articles string, atLeast time.Duration) error {
	name, texts, err := load(articles)
	if err != nil {
		return err
	}
	begin := time.Now()
	first, err := reading.New()
	if err != nil {
		return err
	}
	if _, err := first.Read(&article.Article{Text: "It will rain, she said."}); err != nil {
		return err
	}
	fmt.Printf("%s: %d articles, %d words; %s, %s/%s\n", name, len(texts), words(texts...), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Printf("\nfirst ledger after          %8.0f ms   models loaded, one sentence read\n", time.Since(begin).Seconds()*1e3)

	cores := runtime.GOMAXPROCS(1)
	one, err := speed(texts, 1, atLeast)
	if err != nil {
		return err
	}
	fmt.Printf("on one core                 %8.0f words/s   of processor time; %.2f allocations and %.0f bytes a word\n", one.perWorked(), one.perWord(one.allocations), one.perWord(one.bytes))
	one.split()
	runtime.GOMAXPROCS(cores)
	if cores > 1 {
		all, err := speed(texts, cores, atLeast)
		if err != nil {
			return err
		}
		fmt.Printf("on %-3d cores                %8.0f words/s   by the clock, %.2f times one core\n", cores, all.perSecond(), all.perSecond()/one.perSecond())
	}
	return growth(texts)
}

// measured is the cost of reading so many words.
type measured struct {
	words              int
	time               time.Duration // by the clock
	worked             time.Duration // by the processors
	allocations, bytes uint64
	stages             []reading.Stage // of one of the readers
}

func (m measured) perSecond() float64       { return float64(m.words) / m.time.Seconds() }
func (m measured) perWorked() float64       { return float64(m.words) / m.worked.Seconds() }
func (m measured) perWord(n uint64) float64 { return float64(n) / float64(m.words) }

// split prints what share of the time each stage takes.
func (m measured) split() {
	var all int64
	for _, s := range m.stages {
		all += s.Nanoseconds
	}
	for _, s := range m.stages {
		fmt.Printf("  %-26s%8.1f %%\n", s.Name, 100*float64(s.Nanoseconds)/float64(max(all, 1)))
	}
}

// speed reads texts over and over on n goroutines, each with a Reader of its
// own, for at least the given time.
func speed(texts []string, n int, atLeast time.Duration) (measured, error) {
	readers := make([]*reading.Reader, n)
	for i := range readers {
		var err error
		if readers[i], err = reading.New(); err != nil {
			return measured{}, err
		}
		if err := pass(readers[i], texts); err != nil { // buffers grow to their size
			return measured{}, err
		}
	}
	warm := readers[0].Times()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begin, idle := time.Now(), clock.Processor()
	counts, errs := make([]int, n), make([]error, n)
	var running sync.WaitGroup
	for i, r := range readers {
		running.Go(func() {
			for time.Since(begin) < atLeast && errs[i] == nil {
				errs[i] = pass(r, texts)
				counts[i] += words(texts...)
			}
		})
	}
	running.Wait()
	m := measured{time: time.Since(begin), worked: clock.Processor() - idle}
	runtime.ReadMemStats(&after)
	for _, c := range counts {
		m.words += c
	}
	m.stages = since(warm, readers[0].Times())
	m.allocations, m.bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	return m, errors.Join(errs...)
}

// since returns what the stages took after an earlier look at them.
func since(earlier, now []reading.Stage) []reading.Stage {
	for i := range now {
		now[i].Nanoseconds -= earlier[i].Nanoseconds
	}
	return now
}

// pass makes the ledger of each text.
func pass(r *reading.Reader, texts []string) error {
	for _, t := range texts {
		if _, err := r.Read(&article.Article{Text: t}); err != nil {
			return err
		}
	}
	return nil
}

// growth prints the cost of a word in texts of doubling length: of many
// sentences, and of one sentence without an end. Where cost is linear it stays.
func growth(texts []string) error {
	r, err := reading.New()
	if err != nil {
		return err
	}
	article := strings.Join(texts, "\n\n")
	endless := strings.NewReplacer(".", ",", "!", ",", "?", ",", "\n", " ", "\"", "").Replace(article)
	fmt.Printf("\ncost of a word as one text grows   %14s %14s\n", "articles", "one sentence")
	for _, size := range []int{1 << 18, 1 << 19, 1 << 20, 1 << 21} {
		fmt.Printf("%24.2f MB       ", float64(size)/(1<<20))
		for _, unit := range []string{article, endless} {
			ns, err := perWord(r, fill(unit, size))
			if err != nil {
				return err
			}
			fmt.Printf("   %8.0f ns", ns)
		}
		fmt.Println()
	}
	return nil
}

// perWord returns the nanoseconds of processor time that a word of text costs.
func perWord(r *reading.Reader, text string) (float64, error) {
	begin := clock.Processor()
	_, err := r.Read(&article.Article{Text: text})
	return float64((clock.Processor() - begin).Nanoseconds()) / float64(words(text)), err
}

// fill repeats unit to size bytes, cut at a space.
func fill(unit string, size int) string {
	s := strings.Repeat(unit+" ", size/len(unit)+1)
	return s[:strings.LastIndexByte(s[:size], ' ')]
}

func words(texts ...string) (n int) {
	for _, t := range texts {
		n += len(strings.Fields(t))
	}
	return n
}

// load returns the articles to read and a name for them.
func load(articles string) (name string, texts []string, err error) {
	if articles == "" {
		articles = dev
		if _, err := os.Stat(dev); errors.Is(err, fs.ErrNotExist) {
			return examples()
		}
	}
	f, err := os.Open(articles)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	lines := json.NewDecoder(bufio.NewReader(f))
	for lines.More() {
		var a struct{ Text string }
		if err := lines.Decode(&a); err != nil {
			return "", nil, fmt.Errorf("%s: article %d: %w", articles, len(texts)+1, err)
		}
		texts = append(texts, a.Text)
	}
	return articles, texts, nil
}

func examples() (name string, texts []string, err error) {
	files, err := filepath.Glob("examples/*.txt")
	if err != nil {
		return "", nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", nil, err
		}
		texts = append(texts, string(text))
	}
	if len(texts) == 0 {
		return "", nil, errors.New("no articles: run it in the root of the repository or name a file with -articles")
	}
	return "examples", texts, nil
}
