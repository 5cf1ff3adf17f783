// Scale measures a store as it fills: how fast articles are added, with how
// much memory and how large it gets, and how fast it answers when it is full.
//
//	go run ./bench/scale -db full.db -read 100000
//	go run ./bench/scale -db ready.db -ready 1000000
//	go run ./bench/scale -db ready.db -ask
//
// The articles are made from those of the Gun Violence Archive. With -read
// they are texts, edited by package edits at its five strengths, and read in
// full. With -ready the reading is left out: the ledgers of the archive's articles, read
// once and kept in a store of their own, come again in other words, at other times and
// under other ids (see worlds). What it takes to make texts and ledgers is not measured.
//
// A run that was broken off goes on where it was. What is measured is printed as JSON, a
// line for each tenth of the articles and for each question.
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
	"hearsay/reading/batch"
	"hearsay/store"
	"hearsay/store/sqlite"
)

func main() {
	var o options
	flag.StringVar(&o.data, "data", "../shared/data/gva", "the folder with the articles that others are made from")
	flag.StringVar(&o.db, "db", "", "the store to fill or to ask; it is made where there is none")
	flag.StringVar(&o.seeds, "seeds", "", "the store that the ready ledgers are kept in; beside -db where it is not given")
	flag.IntVar(&o.read, "read", 0, "add texts, reading them, until the store has so many articles")
	flag.IntVar(&o.ready, "ready", 0, "add ready ledgers until the store has so many articles")
	flag.BoolVar(&o.ask, "ask", false, "time answers of the store")
	flag.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "how many articles are read at a time")
	flag.IntVar(&o.parts, "parts", 10, "how many parts the articles are measured in")
	profile := flag.String("cpuprofile", "", "write to this file what the processor worked on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := profiled(*profile, func() error { return run(ctx, os.Stdout, os.Stderr, &o) }); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

// profiled calls f and writes a profile of it where one is wanted.
func profiled(file string, f func() error) error {
	if file == "" {
		return f()
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		return err
	}
	err = f()
	pprof.StopCPUProfile()
	return cmp.Or(err, out.Close())
}

type options struct {
	data, db, seeds string
	read, ready     int
	ask             bool
	jobs, parts     int
}

func run(ctx context.Context, out, notes io.Writer, o *options) (err error) {
	if o.db == "" || o.read < 0 || o.ready < 0 || o.read > 0 && o.ready > 0 || o.parts < 1 || o.jobs < 1 {
		return errors.New("say which store with -db FILE, and one of -read N and -ready N, or -ask")
	}
	s, err := sqlite.Open(ctx, o.db, sqlite.Options{MustExist: o.read+o.ready == 0})
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, s.Close()) }()
	switch {
	case o.read > 0:
		seeds, err := archive(o.data)
		if err != nil {
			return err
		}
		w := newWorlds(seeds)
		err = fill(ctx, out, notes, s, o, o.read, func(ctx context.Context, numbers []int) (adder, error) {
			return o.readAll(s, w, numbers), nil
		})
		if err != nil {
			return err
		}
	case o.ready > 0:
		seeds, err := o.readySeeds(ctx, notes)
		if err != nil {
			return err
		}
		w := newWorlds(seeds)
		err = fill(ctx, out, notes, s, o, o.ready, func(_ context.Context, numbers []int) (adder, error) {
			return addReady(s, w, numbers), nil
		})
		if err != nil {
			return err
		}
	}
	if o.ask {
		return ask(ctx, out, s)
	}
	return nil
}

// archive reads the articles that others are made from.
func archive(folder string) (seeds []seed, err error) {
	file := filepath.Join(folder, "articles.jsonl.gz")
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for d := json.NewDecoder(bufio.NewReader(z)); ; {
		var a struct{ ID, Incident, URL, Published, Title, Text string }
		if err := d.Decode(&a); errors.Is(err, io.EOF) {
			return seeds, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if a.Text != "" {
			seeds = append(seeds, seed{Incident: a.Incident, Article: article.Article{ID: a.ID, URL: a.URL, Published: a.Published, Title: a.Title, Text: a.Text}})
		}
	}
}

// together is how many articles are added at once, as hearsay add does.
const together = 32

// readySeeds are the articles with their ledgers, read where they have not been.
func (o *options) readySeeds(ctx context.Context, notes io.Writer) (seeds []seed, err error) {
	seeds, err = archive(o.data)
	if err != nil {
		return nil, err
	}
	kept, err := sqlite.Open(ctx, cmp.Or(o.seeds, o.db+".seeds"), sqlite.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, kept.Close()) }()
	missing := make([]article.Article, 0, len(seeds))
	for i := range seeds {
		if _, ok, err := kept.Known(ctx, &seeds[i].Article); err != nil {
			return nil, err
		} else if !ok {
			missing = append(missing, seeds[i].Article)
		}
	}
	for part := range slices.Chunk(missing, 256) {
		if err := o.addTexts(ctx, kept, part); err != nil {
			return nil, err
		}
		fmt.Fprintf(notes, "scale: reading %d articles for their ledgers\n", len(missing))
	}
	for i := range seeds {
		s := &seeds[i]
		if _, s.Ledger, err = kept.Article(ctx, store.ID(&s.Article)); err != nil {
			return nil, err
		}
	}
	return seeds, nil
}

// adder adds the articles that it was made for.
type adder func(ctx context.Context) error

// fill adds articles until the store has most of them. Prepare makes the articles of some
// numbers, which is not measured, and adding them is.
func fill(ctx context.Context, out, notes io.Writer, s *sqlite.Store, o *options, most int, prepare func(ctx context.Context, numbers []int) (adder, error)) error {
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	const ahead = 16 * together
	n := st.Articles
	resumed := n > 0
	for part := 1; part <= o.parts; part++ {
		from, to := max(n, most/o.parts*(part-1)), most/o.parts*part
		if part == o.parts {
			to = most
		}
		if from >= to {
			continue
		}
		var w stopwatch
		for n = from; n < to; {
			numbers := make([]int, 0, ahead)
			for ; n < to && len(numbers) < ahead; n++ {
				numbers = append(numbers, n)
			}
			add, err := prepare(ctx, numbers)
			if err != nil {
				return err
			}
			w.start()
			err = add(ctx)
			w.stop()
			if err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("broken off; the same command goes on from article %d: %w", n, err)
			}
			fmt.Fprintf(notes, "\rscale: %d of %d articles, %.0f a second ", n, most, float64(n-from)/w.clock.Seconds())
		}
		fmt.Fprintln(notes)
		added, disk := float64(to-from), onDisk(o.db)
		if err := written(out, checkpoint{
			Part: part, Of: o.parts, Articles: to, Seconds: w.clock.Seconds(), Processor: w.processor.Seconds(),
			PerSecond: added / w.clock.Seconds(), Per: 1000 * w.processor.Seconds() / added,
			Memory: mostMemory(), Disk: disk, DiskPer: disk / int64(to), Resumed: resumed,
		}); err != nil {
			return err
		}
		resumed = false
	}
	return nil
}

// readAll reads and adds edited texts.
func (o *options) readAll(s *sqlite.Store, w *worlds, numbers []int) adder {
	texts := make([]article.Article, len(numbers))
	for i, n := range numbers {
		texts[i] = w.edited(n)
	}
	return func(ctx context.Context) error { return o.addTexts(ctx, s, texts) }
}

// addTexts reads texts and adds them in their order.
func (o *options) addTexts(ctx context.Context, s *sqlite.Store, texts []article.Article) error {
	type read struct {
		article *article.Article
		ledger  *ledger.Ledger
		err     error
	}
	newStep := func() func(context.Context, *article.Article) read {
		r, err := reading.New()
		return func(ctx context.Context, a *article.Article) read {
			if err != nil {
				return read{err: err}
			}
			if _, _, err := s.Known(ctx, a); err != nil {
				return read{err: err}
			}
			l, err := r.Read(a)
			return read{a, l, err}
		}
	}
	var items []store.Item
	for done := range batch.Ordered(ctx, o.jobs, pointers(texts), newStep) {
		if done.err != nil {
			return done.err
		}
		if items = append(items, store.Item{Origin: "worlds", Article: done.article, Ledger: done.ledger}); len(items) == together {
			if _, err := s.AddAll(ctx, items); err != nil {
				return err
			}
			items = items[:0]
		}
	}
	_, err := s.AddAll(ctx, items)
	return err
}

func pointers[T any](list []T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
		}
	}
}

// addReady adds articles whose ledgers are ready.
func addReady(s *sqlite.Store, w *worlds, numbers []int) adder {
	items := make([]store.Item, len(numbers))
	for i, n := range numbers {
		it := &items[i]
		it.Origin, it.Article, it.Ledger = w.ready(n)
	}
	return func(ctx context.Context) error {
		for part := range slices.Chunk(items, together) {
			if _, err := s.AddAll(ctx, part); err != nil {
				return err
			}
		}
		return nil
	}
}
