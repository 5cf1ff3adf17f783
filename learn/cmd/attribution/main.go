// Command attribution trains the model of hearsay/reading/attribution and
// measures it.
//
//	go run ./learn/cmd/attribution -cache DIR   # train and write reading/attribution/weights.bin
//	go run ./learn/cmd/attribution -eval        # measure the program's own model, and show what it gets wrong
//
// The model learns from texts as the program's own tagger and parser read
// them, by models that have not seen the article: DIR/fold0.tag.bin,
// DIR/fold0.parse.bin and so on, as hearsay/learn/cmd/tagging and parsing make them.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"time"

	"hearsay/learn"
	"hearsay/learn/analysis"
	"hearsay/linear"
	"hearsay/packed"
	"hearsay/reading/attribution"
	"hearsay/text"
)

func main() {
	log.SetFlags(log.Ltime)
	var (
		o     = defaults
		data  = flag.String("data", "../shared/data/polnear", "folder of the PolNeAR corpus")
		out   = flag.String("out", "reading/attribution/weights.bin", "file of the model")
		cache = flag.String("cache", "", "folder of the fold models of tagger and parser")
		eval  = flag.Bool("eval", false, "measure the program's own model instead of training")
	)
	flag.IntVar(&o.cueEpochs, "cue-epochs", o.cueEpochs, "rounds of training for the pass that finds cues")
	flag.IntVar(&o.argEpochs, "arg-epochs", o.argEpochs, "rounds of training for the pass that finds sources and contents")
	flag.Float64Var(&o.cueRate, "cue-rate", o.cueRate, "learning rate of the pass that finds cues")
	flag.Float64Var(&o.argRate, "arg-rate", o.argRate, "learning rate of the pass that finds sources and contents")
	flag.Float64Var(&o.l1, "l1", o.l1, "penalty by which weights that do not pay are dropped")
	flag.Uint64Var(&o.seed, "seed", o.seed, "seed of the order in which sentences are learned")
	flag.IntVar(&o.limit, "limit", o.limit, "learn from so many articles only; 0 for all")
	flag.Parse()
	run := func() error { return train(*data, *cache, *out, o) }
	if *eval {
		run = func() error { return evaluate(*data, os.Stdout) }
	}
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

// options are what training can be told.
type options struct {
	folds                int     // parts by which the second and third pass get what the one before makes of unseen texts
	cueEpochs, argEpochs int     // rounds of training
	cueRate, argRate, l1 float64 // of both passes' training
	bias                 float32 // see Parts.CueBias
	keep                 float32 // see Parts.Keep
	least                int     // occurrences below which a feature is dropped
	seed                 uint64
	limit                int
}

// defaults were chosen on dev. A low rate over many rounds is worth two points
// of content over a high one; bias and keep set precision against recall.
var defaults = options{folds: 2, cueEpochs: 8, argEpochs: 10, cueRate: 0.015, argRate: 0.008, l1: 5e-5, bias: 0.7, keep: 1.5, least: 2, seed: 1}

// example is an article ready to be learned from.
type example struct {
	doc    *text.Doc
	gold   []attribution.Relation
	counts attribution.Counts // what the article itself adds
	found  []text.Range       // cues that a model which has not seen the article finds
}

func train(data, cache, out string, o options) error {
	folds, err := foldAnalysers(cache)
	if err != nil {
		return err
	}
	es, err := load(data, "train", folds)
	if err != nil {
		return err
	}
	own, err := analysis.New()
	if err != nil {
		return err
	}
	dev, err := load(data, "dev", []*analysis.Analyser{own})
	if err != nil {
		return err
	}
	if o.limit > 0 {
		es = es[:min(o.limit, len(es))]
	}
	log.Printf("%d articles to learn from, %d to measure on", len(es), len(dev))
	x, err := attribution.NewExtractor()
	if err != nil {
		return err
	}
	for i := range es {
		x.Count(&es[i].counts, es[i].doc, cuesOf(es[i].gold))
	}

	// What the first pass makes of unseen texts, for the second to learn on.
	var s attribution.Scratch
	for k := range o.folds {
		rest := without(es, k, o.folds)
		p := attribution.Parts{Counts: total(rest), CueBias: o.bias, ArgMoves: still(attribution.ArgLabels)}
		learnCues(&p, rest, x, o)
		m, err := open(&p)
		if err != nil {
			return err
		}
		for i := k; i < len(es); i += o.folds {
			es[i].found = m.Cues(es[i].doc, &s)
		}
	}
	// What the second makes of them, for the third.
	lists := rankLists{x: x}
	for k := range o.folds {
		rest := without(es, k, o.folds)
		p := attribution.Parts{Counts: total(rest), CueMoves: still(attribution.CueLabels)}
		learnArguments(&p, rest, x, o)
		m, err := open(&p)
		if err != nil {
			return err
		}
		for i := k; i < len(es); i += o.folds {
			lists.add(m, &p.Counts, &es[i])
		}
	}

	p := attribution.Parts{Counts: total(es), CueBias: o.bias, Keep: o.keep}
	learnCues(&p, es, x, o)
	learnArguments(&p, es, x, o)
	lists.prune(o.least)
	ranker := learn.Ranker{Rate: 0.02, L2: 0.003, Trust: 0.6}
	ranker.Train(lists.lists, lists.index.Len(), 12, o.seed, progress("ranking"))
	p.Rank, p.Trust = ranker.Rows(&lists.index), ranker.Trust
	m, err := open(&p)
	if err != nil {
		return err
	}
	measure(os.Stdout, m, dev)
	b, err := p.Bytes()
	if err != nil {
		return err
	}
	log.Printf("%s: %.1f MB", out, float64(len(b))/1e6)
	return packed.WriteFile(out, b)
}

// without are the examples whose index does not leave k when divided by n.
func without(es []example, k, n int) []example {
	var rest []example
	for i, e := range es {
		if i%n != k {
			rest = append(rest, e)
		}
	}
	return rest
}

// still are the moves of a pass that has learned nothing.
func still(labels int) [][]float32 {
	m := make([][]float32, labels+1)
	for i := range m {
		m[i] = make([]float32, labels)
	}
	return m
}

func cuesOf(rs []attribution.Relation) []text.Range {
	var out []text.Range
	for _, r := range rs {
		out = append(out, r.Cue)
	}
	return out
}

// total adds up what the examples count.
func total(es []example) attribution.Counts {
	t := attribution.Counts{Verbs: map[uint32]attribution.Count{}, Others: map[uint32]attribution.Count{}}
	add := func(to, from map[uint32]attribution.Count) {
		for lemma, n := range from {
			c := to[lemma]
			to[lemma] = attribution.Count{Seen: c.Seen + n.Seen, Cues: c.Cues + n.Cues}
		}
	}
	for _, e := range es {
		add(t.Verbs, e.counts.Verbs)
		add(t.Others, e.counts.Others)
	}
	return t
}

func open(p *attribution.Parts) (*attribution.Model, error) {
	b, err := p.Bytes()
	if err != nil {
		return nil, err
	}
	return attribution.Open(string(b))
}

func learnCues(p *attribution.Parts, es []example, x *attribution.Extractor, o options) {
	var set learn.Set
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
	set.Prune(o.least)
	log.Printf("cues: %d sentences, %d features", len(set.Sequences), set.Index.Len())
	crf := learn.CRF{Labels: attribution.CueLabels, Allowed: attribution.CueMove, Rate: o.cueRate, L1: o.l1}
	crf.Train(set.Sequences, set.Index.Len(), o.cueEpochs, o.seed, progress("cues"))
	p.Cues, p.CueMoves = crf.Rows(&set.Index), crf.Moves()
}

func learnArguments(p *attribution.Parts, es []example, x *attribution.Extractor, o options) {
	var set learn.Set
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
	set.Prune(o.least)
	log.Printf("arguments: %d windows, %d features", len(set.Sequences), set.Index.Len())
	crf := learn.CRF{Labels: attribution.ArgLabels, Allowed: attribution.ArgMove, Rate: o.argRate, L1: o.l1}
	crf.Train(set.Sequences, set.Index.Len(), o.argEpochs, o.seed, progress("arguments"))
	p.Arguments, p.ArgMoves = crf.Rows(&set.Index), crf.Moves()
}

func progress(what string) func(int, float64) {
	start := time.Now()
	return func(epoch int, loss float64) {
		log.Printf("%s: epoch %d, loss %.4f, %v", what, epoch, loss, time.Since(start).Round(time.Second))
	}
}

// rankLists gathers what the third pass learns from.
type rankLists struct {
	index learn.Index
	lists []learn.List
	x     *attribution.Extractor
}

// add adds the readings that m, which has not seen the article, makes of its cues.
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
	features, ends := make([][]int32, len(l.lists)), make([][]int32, len(l.lists))
	for i, list := range l.lists {
		features[i], ends[i] = list.Features, list.Ends
	}
	l.index = l.index.Prune(least, features, ends)
	for i := range l.lists {
		l.lists[i].Features = features[i]
	}
}

// evaluate measures the program's own model on dev and shows what it gets wrong.
func evaluate(data string, w io.Writer) error {
	own, err := analysis.New()
	if err != nil {
		return err
	}
	dev, err := load(data, "dev", []*analysis.Analyser{own})
	if err != nil {
		return err
	}
	m, err := attribution.Default()
	if err != nil {
		return err
	}
	showErrors(w, m, dev)
	measure(w, m, dev)
	return nil
}

// measure prints exact F1 by role, over the program's own tokens: within a few
// thousandths of what the corpus's scorer, which has its own, says.
func measure(w io.Writer, m *attribution.Model, es []example) {
	type span struct {
		doc, role int
		at        text.Range
	}
	spans := func(to map[span]bool, doc int, rs []attribution.Relation) {
		for _, r := range rs {
			if r.Within >= 0 {
				continue // the corpus has no nesting
			}
			to[span{doc, 0, r.Cue}] = true
			if !r.Source.Empty() {
				to[span{doc, 1, r.Source}] = true
			}
			for _, c := range r.Content {
				to[span{doc, 2, c}] = true
			}
		}
	}
	gold, found := map[span]bool{}, map[span]bool{}
	var s attribution.Scratch
	for i, e := range es {
		spans(gold, i, e.gold)
		spans(found, i, m.Read(e.doc, &s))
	}
	for role, name := range []string{"cue", "source", "content"} {
		var hit, f, g int
		for s := range found {
			if s.role == role {
				f++
				if gold[s] {
					hit++
				}
			}
		}
		for s := range gold {
			if s.role == role {
				g++
			}
		}
		fmt.Fprintf(w, "%-8s p %.4f r %.4f f1 %.4f (%d of %d found, %d gold)\n", name,
			float64(hit)/float64(max(1, f)), float64(hit)/float64(max(1, g)), 2*float64(hit)/float64(max(1, f+g)), hit, f, g)
	}
}
