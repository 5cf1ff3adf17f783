package names

import (
	"fmt"
	"log"
	"slices"

	"hearsay/learn"
	"hearsay/learn/analysis"
	"hearsay/linear"
	"hearsay/reading/lexicon"
	"hearsay/reading/names"
	"hearsay/reading/places/gazetteer"
	"hearsay/text"
	"hearsay/text/clusters"
)

// title reports whether the word may stand before a person's name without being part of it.
func title(form string) bool { return lexicon.Of(text.HashLower(form))&lexicon.Title != 0 }

// Options of training. The same options and articles give the same bytes.
type Options struct {
	Epochs     int
	FoldEpochs int // rounds of training of a fold
	Folds      int // the second pass learns from what first passes make of articles that they have not seen
	Least      int // a feature that occurs less often is left out
	L1         float64
	Rate       float64
	Seed       uint64
	Features   int // how many features a pass keeps, those with the largest weights
	Verbose    bool
}

// Defaults are the options by which the committed weights were trained.
var Defaults = Options{Epochs: 7, FoldEpochs: 5, Folds: 3, Least: 2, L1: 2e-6, Rate: 0.1, Seed: 1, Features: 87_000}

// read is an article as the program reads it, with the gold labels of its segments.
type read struct {
	doc      text.Doc
	segments []names.Segment
	labels   []uint8 // of the segments' tokens, one segment after the other
	use      []bool  // whether a segment is learned from; nil for all
}

// gold gives each token of the segments its label, and says how many of the
// names no segment holds: those are left out.
func gold(d *text.Doc, segments []names.Segment, spans []Span) (labels []uint8, missed int) {
	of := make([]uint8, len(d.Tokens))
	end, at := int32(0), 0
	for _, s := range spans {
		r := d.Cover(s.Start, s.End)
		if r.Empty() || r.First < end { // two names in one token: the first counts
			continue
		}
		end = r.End
		for at < len(segments) && segments[at].End <= r.First {
			at++
		}
		if at == len(segments) || r.First < segments[at].First || r.End > segments[at].End {
			missed++
			continue
		}
		for k := range r.Len() {
			of[int(r.First)+k] = names.Label(s.Type, k, r.Len())
		}
	}
	for _, g := range segments {
		labels = append(labels, of[g.First:g.End]...)
	}
	return labels, missed
}

// agree has only those segments of t learned from in which judge finds the
// names that are marked. Where names of type Misc are not marked judge's are taken.
func agree(t *read, judge *names.Model, noMisc bool) {
	r := names.NewReader(judge)
	r.Read(&t.doc)
	found := r.Labels()
	t.use = make([]bool, len(t.segments))
	at := 0
	for k, g := range t.segments {
		t.use[k] = true
		for i := at; i < at+g.Len(); i++ {
			if noMisc && t.labels[i] == 0 && found[i] >= names.Label(names.Misc, 0, 2) {
				t.labels[i] = found[i]
			}
			if t.labels[i] != found[i] {
				t.use[k] = false
			}
		}
		at += g.Len()
	}
}

// complete gives t the names that judge finds where they do not contradict the
// known ones, and has those segments learned from that hold a known name.
func complete(t *read, judge *names.Model, known []Span) {
	r := names.NewReader(judge)
	found := slices.Clone(r.Read(&t.doc))
	var all []names.Name
	for _, k := range known {
		c := t.doc.Cover(k.Start, k.End)
		if c.Empty() || len(all) > 0 && all[len(all)-1].End > c.First ||
			slices.ContainsFunc(found, func(f names.Name) bool { return f.Len() > c.Len() && f.First <= c.First && f.End >= c.End }) {
			continue
		}
		all = append(all, names.Name{Range: c, Type: k.Type})
	}
	sure := len(all)
	for _, f := range found {
		if !slices.ContainsFunc(all[:sure], func(a names.Name) bool { return f.First < a.End && a.First < f.End }) {
			all = append(all, f)
		}
	}
	clear(t.labels)
	t.use = make([]bool, len(t.segments))
	at := 0
	for k, g := range t.segments {
		for n, a := range all {
			if a.First < g.First || a.End > g.End {
				continue
			}
			t.use[k] = t.use[k] || n < sure
			for i := range a.Len() {
				t.labels[at+int(a.First-g.First)+i] = names.Label(a.Type, i, a.Len())
			}
		}
		at += g.Len()
	}
}

// Train learns a model from articles and returns its file. Of silver articles
// it learns from the segments in which judge finds the same names; without a
// judge it leaves them out.
func Train(articles []Article, judge *names.Model, o Options) ([]byte, error) {
	if judge == nil {
		articles = slices.DeleteFunc(slices.Clone(articles), func(a Article) bool { return a.Silver })
	}
	classes, err := names.DefaultClasses()
	if err != nil {
		return nil, err
	}
	like, err := clusters.Default()
	if err != nil {
		return nil, err
	}
	places, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	r, err := analysis.New()
	if err != nil {
		return nil, err
	}
	v := names.NewView(classes, like, places)
	texts := make([]read, len(articles))
	missed, all := 0, 0
	for i, a := range articles {
		if a.Corpus == conll {
			// An odd number apart, so that both ways to write headlines come in.
			a = withHeadline(withHeadline(a, i), i+3)
		}
		t := &texts[i]
		r.Fill(&t.doc, a.Text)
		t.segments = append(t.segments, v.Reset(&t.doc)...)
		var m int
		t.labels, m = gold(&t.doc, t.segments, a.Names)
		missed += m
		all += len(a.Names)
		switch {
		case a.Corpus == distant:
			complete(t, judge, a.Names)
		case a.Silver:
			agree(t, judge, a.NoMisc)
		}
	}
	if o.Verbose {
		log.Printf("%d articles, %d names, %d of them in no segment", len(texts), all, missed)
	}
	first, err := learnPass(texts, nil, v, o, func(int) bool { return true })
	if err != nil {
		return nil, err
	}
	if o.Folds < 2 {
		return names.Pack([2]names.Pass{first, first})
	}
	seen := make([][]uint8, len(texts))
	short := o
	short.Epochs = o.FoldEpochs
	for k := range o.Folds {
		p, err := learnPass(texts, nil, v, short, func(i int) bool { return i%o.Folds != k })
		if err != nil {
			return nil, err
		}
		b, err := names.Pack([2]names.Pass{p, p})
		if err != nil {
			return nil, err
		}
		m, err := names.Open(string(b), classes)
		if err != nil {
			return nil, err
		}
		r := names.NewReader(m)
		for i := k; i < len(texts); i += o.Folds {
			seen[i] = append([]uint8(nil), r.First(&texts[i].doc)...)
		}
	}
	second, err := learnPass(texts, seen, v, o, func(int) bool { return true })
	if err != nil {
		return nil, err
	}
	return names.Pack([2]names.Pass{first, second})
}

// learnPass learns the first pass, or given what it made of each text the second.
func learnPass(texts []read, seen [][]uint8, v *names.View, o Options, use func(int) bool) (names.Pass, error) {
	var set learn.Set
	var f []linear.Feature
	for i := range texts {
		if !use(i) {
			continue
		}
		t := &texts[i]
		segments := v.Reset(&t.doc)
		if seen != nil {
			v.Vote(seen[i])
		}
		at := 0
		for n, g := range segments {
			if t.use != nil && !t.use[n] {
				at += g.Len()
				continue
			}
			for k := range g.Len() {
				token := g.First + int32(k)
				f = v.Features(f[:0], g, token)
				if seen != nil {
					f = v.SecondFeatures(f, g, token, seen[i][at:at+g.Len()])
				}
				set.Add(f, t.labels[at+k])
			}
			set.EndSequence()
			at += g.Len()
		}
	}
	if len(set.Sequences) == 0 {
		return names.Pass{}, fmt.Errorf("training the tagger of names: there is nothing to learn from")
	}
	n := set.Index.Len()
	set.Prune(o.Least)
	crf := learn.CRF{Labels: names.Labels, Allowed: names.Move, Rate: o.Rate, L1: o.L1}
	crf.Train(set.Sequences, set.Index.Len(), o.Epochs, o.Seed, func(epoch int, loss float64) {
		if o.Verbose {
			log.Printf("epoch %d: %.5f", epoch, loss)
		}
	})
	rows := crf.Rows(&set.Index)
	if o.Verbose {
		some := 0
		for _, r := range rows {
			for _, w := range r.Weights {
				if w != 0 {
					some++
					break
				}
			}
		}
		log.Printf("%d sequences, %d features, %d of them often enough, %d with a weight", len(set.Sequences), n, len(rows), some)
	}
	return names.Pass{Rows: learn.Largest(rows, o.Features), Moves: crf.Moves()}, nil
}

// Score counts names found against those in the articles, the right ones by
// their first and last token and type.
type Score struct{ Right, Found, Gold int }

// overlap counts the places found that overlap a gold name of a's, one to one.
func (s *Score) overlap(gold, found []names.Name) {
	used := make([]bool, len(found))
	for _, g := range gold {
		s.Gold++
		for k, f := range found {
			if !used[k] && f.Type == names.Place && f.First < g.End && g.First < f.End {
				used[k] = true
				s.Right++
				break
			}
		}
	}
	for _, f := range found {
		if f.Type == names.Place {
			s.Found++
		}
	}
}

// F1 is the harmonic mean of precision and recall.
func (s Score) F1() float64 { return 2 * float64(s.Right) / float64(max(1, s.Found+s.Gold)) }

// Measure reads the articles by the model. each, when not nil, is called with
// every article read, its gold names as ranges of tokens, and those found. The
// scores are by type, that of type None over people, organisations and places;
// of Toponyms that of type None counts places that overlap.
func Measure(m *names.Model, articles []Article, each func(d *text.Doc, gold, found []names.Name)) ([5]Score, error) {
	var s [5]Score
	r, err := analysis.New()
	if err != nil {
		return s, err
	}
	reader := names.NewReader(m)
	var d text.Doc
	for _, a := range articles {
		r.Fill(&d, a.Text)
		found := reader.Read(&d)
		var gold []names.Name
		for _, n := range a.Names {
			if c := d.Cover(n.Start, n.End); !c.Empty() {
				gold = append(gold, names.Name{Range: c, Type: n.Type})
			}
		}
		if each != nil {
			each(&d, gold, found)
		}
		if a.Corpus == toponyms {
			s[names.None].overlap(gold, found)
			continue
		}
		is := map[names.Name]bool{}
		for _, n := range gold {
			is[n] = true
		}
		count := func(t names.Type, right, found, gold int) {
			for _, k := range []names.Type{t, names.None} {
				if k == names.None && t == names.Misc {
					continue
				}
				s[k].Right += right
				s[k].Found += found
				s[k].Gold += gold
			}
		}
		for _, n := range gold {
			count(n.Type, 0, 0, 1)
		}
		for _, n := range found {
			right := 0
			if is[n] {
				right = 1
			}
			count(n.Type, right, 1, 0)
		}
	}
	return s, nil
}
