// Command attribution trains the model that finds cues, sources and contents.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"time"

	"hearsay/learn"
	"hearsay/learn/polnear"
	"hearsay/linear"
	"hearsay/reading/attribution"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

func main() {
	log.SetFlags(log.Ltime)
	data := flag.String("data", "../shared/data/polnear", "folder of the PolNeAR corpus")
	out := flag.String("out", "", "file to write the model to")
	folds := flag.Int("folds", 4, "folds by which the cues to train the second pass on are found")
	cueEpochs := flag.Int("cue-epochs", 12, "")
	argEpochs := flag.Int("arg-epochs", 8, "")
	cutoff := flag.Int("cutoff", 2, "occurrences below which a feature is dropped")
	cueL1 := flag.Float64("cue-l1", 1e-6, "")
	argL1 := flag.Float64("arg-l1", 1e-6, "")
	rate := flag.Float64("rate", 0.1, "")
	argRate := flag.Float64("arg-rate", 0.01, "")
	bias := flag.Float64("bias", 0, "")
	limit := flag.Int("limit", 0, "train on so many articles")
	rankEpochs := flag.Int("rank-epochs", 6, "")
	silver := flag.Bool("silver", false, "use CoreNLP's reading of the texts in place of the program's own, to measure what its own costs")
	eval := flag.Bool("eval", false, "only say what the program's own model reaches on dev")
	cache := flag.String("cache", "", "folder of the fold models of tagger and parser")
	flag.Parse()
	if err := run(*data, *out, options{*folds, *cueEpochs, *argEpochs, *cutoff, *cueL1, *argL1, *rate, *argRate, *bias, *limit, *rankEpochs, *silver, *eval, *cache}); err != nil {
		log.Fatal(err)
	}
}

type options struct {
	folds, cueEpochs, argEpochs, cutoff int
	cueL1, argL1, rate, argRate, bias   float64
	limit, rankEpochs                   int
	silver, eval                        bool
	cache                               string
}

// example is an article ready to be learned from.
type example struct {
	doc    *text.Doc
	gold   []attribution.Relation
	counts attribution.Counts // what the article itself adds
	found  []text.Range       // cues that a model which has not seen the article finds
}

func run(data, out string, o options) error {
	if o.eval {
		dev, err := load(data, "dev", nil)
		if err != nil {
			return err
		}
		m, err := attribution.Default()
		if err != nil {
			return err
		}
		report(m, dev)
		debug(m, dev)
		return nil
	}
	var train, dev []example
	if o.silver {
		var err error
		if train, err = loadSilver(data, "train"); err != nil {
			return err
		}
		if dev, err = loadSilver(data, "dev"); err != nil {
			return err
		}
	} else {
		folds, err := foldAnalysers(o.cache)
		if err != nil {
			return err
		}
		if train, err = load(data, "train", folds); err != nil {
			return err
		}
		if dev, err = load(data, "dev", nil); err != nil {
			return err
		}
	}
	if o.limit > 0 {
		train = train[:o.limit]
	}
	log.Printf("%d articles to train on, %d to tune on", len(train), len(dev))

	x, err := attribution.NewExtractor()
	if err != nil {
		return err
	}
	for i := range train {
		x.Count(&train[i].counts, train[i].doc, cuesOf(train[i].gold))
	}
	for k := range o.folds {
		var rest []example
		for i, e := range train {
			if i%o.folds != k {
				rest = append(rest, e)
			}
		}
		p := attribution.Parts{Counts: total(rest), CueBias: float32(o.bias), ArgMoves: noMoves}
		trainCues(&p, rest, x, o)
		m, err := model(&p)
		if err != nil {
			return err
		}
		var s attribution.Scratch
		for i := range train {
			if i%o.folds == k {
				train[i].found = append([]text.Range(nil), m.Cues(train[i].doc, &s)...)
			}
		}
		log.Printf("fold %d", k)
	}
	lists := rankLists{x: x}
	for k := range o.folds {
		var rest []example
		for i, e := range train {
			if i%o.folds != k {
				rest = append(rest, e)
			}
		}
		p := attribution.Parts{Counts: total(rest), CueMoves: make([][]float32, attribution.CueLabels+1), Trust: 1}
		for i := range p.CueMoves {
			p.CueMoves[i] = make([]float32, attribution.CueLabels)
		}
		trainArguments(&p, rest, x, o)
		m, err := model(&p)
		if err != nil {
			return err
		}
		for i := range train {
			if i%o.folds == k {
				lists.add(m, &p.Counts, &train[i])
			}
		}
		log.Printf("fold %d", k)
	}
	p := attribution.Parts{Counts: total(train), CueBias: float32(o.bias), Trust: 1}
	trainCues(&p, train, x, o)
	trainArguments(&p, train, x, o)
	m, err := model(&p)
	if err != nil {
		return err
	}
	report(m, dev)
	{
		var one, best, gap float64
		var at [12]int
		for _, l := range lists.lists {
			one += l.Reward[0]
			b := 0
			for k, r := range l.Reward {
				if r > l.Reward[b] {
					b = k
				}
			}
			at[b]++
			best += l.Reward[b]
			gap += l.Base[0] - l.Base[min(1, len(l.Base)-1)]
		}
		n := float64(len(lists.lists))
		log.Printf("rank lists %v: first %.4f oracle %.4f at %v gap %.3f", n, one/n, best/n, at, gap/n)
	}
	lists.prune(o.cutoff)
	for _, g := range []struct {
		rate, l2, trust float64
		epochs          int
	}{{0.02, 0.003, 0.6, 12}} {
		ranker := learn.Ranker{Rate: g.rate, L2: g.l2, Trust: g.trust}
		ranker.Train(lists.lists, lists.index.Len(), g.epochs, 1, nil)
		p.Rank, p.Trust = ranker.Rows(&lists.index), ranker.Trust
		for _, b := range []float32{0.7, 1.2, 1.7, 2.2} {
			p.Keep = b
			m, _ := model(&p)
			fmt.Println("RANK", g, b)
			report(m, dev)
		}
	}
	log.Printf("%d features, trust %.3f", lists.index.Len(), p.Trust)
	if m, err = model(&p); err != nil {
		return err
	}
	report(m, dev)
	debug(m, dev)
	if out != "" {
		b, err := p.Bytes()
		if err != nil {
			return err
		}
		return os.WriteFile(out, b, 0o644)
	}
	return nil
}

// load reads a split of the corpus with the program's own reading of its
// texts. Articles to train on are tagged and parsed by models that have not
// seen them, which folds holds; nil for the models that come with the program.
func load(dir, split string, folds []analyser) ([]example, error) {
	articles, err := polnear.Load(filepath.Join(dir, split+".jsonl"))
	if err != nil {
		return nil, err
	}
	if folds == nil {
		own, err := defaultAnalyser()
		if err != nil {
			return nil, err
		}
		folds = []analyser{own}
	}
	var out []example
	for i := range articles {
		d := folds[i%len(folds)].read(articles[i].Text)
		out = append(out, example{doc: d, gold: articles[i].Align(d)})
	}
	return out, nil
}

// loadSilver reads a split of the corpus with CoreNLP's reading of its texts.
func loadSilver(dir, split string) ([]example, error) {
	articles, err := polnear.Load(filepath.Join(dir, split+".jsonl"))
	if err != nil {
		return nil, err
	}
	columns, err := polnear.LoadColumns(filepath.Join(dir, split+".corenlp.tsv.gz"))
	if err != nil {
		return nil, err
	}
	byID := map[string]*polnear.Columns{}
	for i := range columns {
		byID[columns[i].ID] = &columns[i]
	}
	var out []example
	for i := range articles {
		c := byID[articles[i].ID]
		if c == nil {
			continue
		}
		d := c.Doc(articles[i].Text)
		out = append(out, example{doc: d, gold: articles[i].Align(d)})
	}
	return out, nil
}

// analyser is a tagger and a parser.
type analyser struct {
	tagger *tagging.Model
	parser *parsing.Model
}

func defaultAnalyser() (analyser, error) {
	t, err := tagging.Default()
	if err != nil {
		return analyser{}, err
	}
	p, err := parsing.Default()
	return analyser{t, p}, err
}

// foldAnalysers opens the fold models in a folder: number k has not seen the
// articles whose index leaves k when divided by the number of models.
func foldAnalysers(dir string) ([]analyser, error) {
	var out []analyser
	for k := 0; ; k++ {
		tags, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("fold%d.tag.bin", k)))
		if errors.Is(err, fs.ErrNotExist) && k > 0 {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("opening fold models: %w", err)
		}
		trees, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("fold%d.parse.bin", k)))
		if err != nil {
			return nil, fmt.Errorf("opening fold models: %w", err)
		}
		var a analyser
		if a.tagger, err = tagging.Open(string(tags)); err != nil {
			return nil, err
		}
		if a.parser, err = parsing.Open(string(trees)); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
}

func (a analyser) read(s string) *text.Doc {
	d := new(text.Doc)
	d.Reset(s)
	d.Segment()
	a.tagger.Tag(d)
	d.Lemmatize()
	a.parser.Parse(d, new(parsing.Scratch))
	return d
}

// noMoves stands in for the second pass's moves in a model that only finds cues.
var noMoves = func() [][]float32 {
	m := make([][]float32, attribution.ArgLabels+1)
	for i := range m {
		m[i] = make([]float32, attribution.ArgLabels)
	}
	return m
}()

func cuesOf(rs []attribution.Relation) []text.Range {
	var out []text.Range
	for _, r := range rs {
		out = append(out, r.Cue)
	}
	return out
}

func total(es []example) attribution.Counts {
	t := attribution.Counts{Verbs: map[uint32]attribution.Count{}, Others: map[uint32]attribution.Count{}}
	for _, e := range es {
		for l, n := range e.counts.Verbs {
			c := t.Verbs[l]
			t.Verbs[l] = attribution.Count{Seen: c.Seen + n.Seen, Cues: c.Cues + n.Cues}
		}
		for l, n := range e.counts.Others {
			c := t.Others[l]
			t.Others[l] = attribution.Count{Seen: c.Seen + n.Seen, Cues: c.Cues + n.Cues}
		}
	}
	return t
}

func model(p *attribution.Parts) (*attribution.Model, error) {
	b, err := p.Bytes()
	if err != nil {
		return nil, err
	}
	log.Printf("model of %.1f MB", float64(len(b))/1e6)
	return attribution.Open(string(b))
}

func trainCues(p *attribution.Parts, es []example, x *attribution.Extractor, o options) {
	var set learn.Set
	start := time.Now()
	for _, e := range es {
		x.Reset(e.doc, &p.Counts, &e.counts)
		labels := make([]uint8, len(e.doc.Tokens))
		for _, r := range e.gold {
			attribution.LabelCue(labels, r.Cue)
		}
		for _, s := range e.doc.Sentences {
			for i := s.First; i < s.End; i++ {
				set.Add(x.Cue(i), labels[i])
			}
			set.EndSequence()
		}
	}
	set.Prune(o.cutoff)
	log.Printf("cues: %d features, %d sequences, %v", set.Index.Len(), len(set.Sequences), time.Since(start).Round(time.Second))
	crf := learn.CRF{Labels: attribution.CueLabels, Allowed: attribution.CueMove, Rate: o.rate, L1: o.cueL1}
	crf.Train(set.Sequences, set.Index.Len(), o.cueEpochs, 1, logLoss("cues"))
	p.Cues, p.CueMoves = crf.Rows(&set.Index), crf.Moves()
}

func trainArguments(p *attribution.Parts, es []example, x *attribution.Extractor, o options) {
	var set learn.Set
	start := time.Now()
	for _, e := range es {
		x.Reset(e.doc, &p.Counts, &e.counts)
		cues, gold := attribution.MergeCues(e.found, e.gold)
		x.SetCues(cues)
		labels := make([]uint8, len(e.doc.Tokens))
		for k := range cues {
			clear(labels)
			if gold[k] >= 0 {
				attribution.LabelArguments(labels, e.gold[gold[k]])
			}
			last := uint8(0)
			x.Arguments(k, func(i int32, f []linear.Feature) {
				l := labels[i]
				if !attribution.ArgMove(int(last), int(l)) { // the span began outside the window, or another interrupts it
					l--
				}
				set.Add(f, l)
				last = l
			})
			set.EndSequence()
		}
	}
	set.Prune(o.cutoff)
	log.Printf("arguments: %d features, %d sequences, %v", set.Index.Len(), len(set.Sequences), time.Since(start).Round(time.Second))
	crf := learn.CRF{Labels: attribution.ArgLabels, Allowed: attribution.ArgMove, Rate: o.argRate, L1: o.argL1}
	crf.Train(set.Sequences, set.Index.Len(), o.argEpochs, 1, logLoss("arguments"))
	p.Arguments, p.ArgMoves = crf.Rows(&set.Index), crf.Moves()
}

// rankLists gathers what the third pass learns from.
type rankLists struct {
	index learn.Index
	lists []learn.List
	x     *attribution.Extractor
}

func (l *rankLists) add(m *attribution.Model, counts *attribution.Counts, e *example) {
	l.x.Reset(e.doc, counts, nil)
	cues, gold := attribution.MergeCues(e.found, e.gold)
	l.x.SetCues(cues)
	for k := range cues {
		if gold[k] >= 0 && !slices.Contains(e.found, cues[k]) {
			continue // reading would not have got to it
		}
		var list learn.List
		l.x.Choices(m, k, func(r attribution.Relation, score float64, f []linear.Feature) {
			for _, f := range f {
				list.Features = append(list.Features, l.index.Add(f))
			}
			list.Ends = append(list.Ends, int32(len(list.Features)))
			list.Base = append(list.Base, score)
			reward := 0.0
			if gold[k] >= 0 {
				reward = attribution.Agreement(r, e.gold[gold[k]])
			} else if len(r.Content) == 0 {
				reward = 1
			}
			list.Reward = append(list.Reward, reward)
		})
		l.lists = append(l.lists, list)
	}
}

// prune drops the features that occur fewer than least times.
func (l *rankLists) prune(least int) {
	counts := make([]int, l.index.Len())
	for _, list := range l.lists {
		for _, f := range list.Features {
			counts[f]++
		}
	}
	var kept learn.Index
	number := make([]int32, len(counts))
	for n, f := range l.index.Features() {
		number[n] = -1
		if counts[n] >= least {
			number[n] = kept.Add(f)
		}
	}
	l.index = kept
	for i := range l.lists {
		list := &l.lists[i]
		to, from := 0, int32(0)
		for p, end := range list.Ends {
			for _, f := range list.Features[from:end] {
				if number[f] >= 0 {
					list.Features[to] = number[f]
					to++
				}
			}
			from, list.Ends[p] = end, int32(to)
		}
		list.Features = list.Features[:to]
	}
}

func logLoss(what string) func(int, float64) {
	start := time.Now()
	return func(e int, loss float64) {
		log.Printf("%s: epoch %d, loss %.4f, %v", what, e, loss, time.Since(start).Round(time.Second))
	}
}

// report prints exact F1 by role as the scorer counts it, but over our tokens.
func report(m *attribution.Model, es []example) {
	type fragment struct {
		doc  int
		role uint8
		span text.Range
	}
	gold, found := map[fragment]bool{}, map[fragment]bool{}
	add := func(to map[fragment]bool, doc int, rs []attribution.Relation) {
		for _, r := range rs {
			if r.Within >= 0 {
				continue
			}
			to[fragment{doc, 0, r.Cue}] = true
			if !r.Source.Empty() {
				to[fragment{doc, 1, r.Source}] = true
			}
			for _, c := range r.Content {
				to[fragment{doc, 2, c}] = true
			}
		}
	}
	var s attribution.Scratch
	for i, e := range es {
		add(gold, i, e.gold)
		add(found, i, m.Read(e.doc, &s))
	}
	for role, name := range []string{"cue", "source", "content"} {
		var hit, p, g int
		for f := range found {
			if f.role == uint8(role) {
				p++
				if gold[f] {
					hit++
				}
			}
		}
		for f := range gold {
			if f.role == uint8(role) {
				g++
			}
		}
		pr, re := float64(hit)/float64(p), float64(hit)/float64(g)
		fmt.Printf("%-8s p %.4f r %.4f f1 %.4f  (%d of %d found, %d gold)\n", name, pr, re, 2*pr*re/(pr+re), hit, p, g)
	}
}

func debug(m *attribution.Model, es []example) {
	var s attribution.Scratch
	kinds := map[string]int{}
	shown := map[string]int{}
	for i, e := range es {
		rs := m.Read(e.doc, &s)
		used := map[int]bool{}
		for _, g := range e.gold {
			best := -1
			for k, r := range rs {
				if r.Within < 0 && !used[k] && r.Cue.First < g.Cue.End && g.Cue.First < r.Cue.End {
					best = k
					break
				}
			}
			kind := "missed"
			var r attribution.Relation
			if best >= 0 {
				used[best] = true
				r = rs[best]
				switch {
				case slices.Equal(r.Content, g.Content):
					kind = "right"
				case len(r.Content) != len(g.Content):
					kind = fmt.Sprintf("fragments %d for %d", min(3, len(r.Content)), min(3, len(g.Content)))
				default:
					l, rr := 0, 0
					for k := range g.Content {
						if r.Content[k].First != g.Content[k].First {
							l++
						}
						if r.Content[k].End != g.Content[k].End {
							rr++
						}
					}
					over := r.Content[len(r.Content)-1].End > g.Content[len(g.Content)-1].End
					kind = fmt.Sprintf("left %v right %v long %v", l > 0, rr > 0, over)
				}
			}
			kinds[kind]++
			shown[kind]++
			if kind == "missed" {
				at := e.doc.Sentences[0]
				for _, x := range e.doc.Sentences {
					if x.First <= g.Cue.First {
						at = x
					}
				}
				fmt.Fprintf(os.Stderr, "=== <%s> %q\n", e.doc.Words(g.Cue), e.doc.Words(text.Range{First: max(at.First, g.Cue.First-14), End: min(at.End, g.Cue.End+14)}))
			}
			if kind == "right" || kind == "missed" || shown[kind]%5 != 0 {
				continue
			}
			show := func(x attribution.Relation) string {
				o := "[" + e.doc.Words(x.Source) + "] "
				for _, c := range x.Content {
					w := []rune(e.doc.Words(c))
					if len(w) > 160 {
						w = append(append(w[:80:80], []rune(" ... ")...), w[len(w)-80:]...)
					}
					o += "{" + string(w) + "} "
				}
				return o
			}
			fmt.Fprintf(os.Stderr, "--- %d %s <%s>\n   G %s\n   O %s\n", i, kind, e.doc.Words(g.Cue), show(g), show(r))
		}
		for k, r := range rs {
			if !used[k] && r.Within < 0 {
				kinds["spurious"]++
			}
		}
	}
	fmt.Println(kinds)
}
