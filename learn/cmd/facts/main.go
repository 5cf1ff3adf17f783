// Command facts trains what finds published fact-checks of a text: the table of
// how rare words are (-rarity), then the trees that put what was found by words
// in order and those that say how probable it is that a check is about the very
// claim. It prints how well both do on queries that they have not seen.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"

	"hearsay/facts/matching"
	"hearsay/facts/words"
	"hearsay/learn/boost"
)

func main() {
	data := flag.String("data", "../shared/data/factchecks", "the folder of the collections")
	news := flag.String("news", "../shared/data/polnear/train.jsonl", "articles with attributions")
	out := flag.String("out", "facts/matching", "the folder that the models are written to")
	rarity := flag.Bool("rarity", false, "make the table of rarities, and nothing else; the trees are to be trained after it")
	measure := flag.Bool("measure", false, "train on two thirds of the training queries, measure on the rest, and write nothing")
	flag.Parse()
	if err := run(*data, *news, *out, *rarity, *measure); err != nil {
		fmt.Fprintln(os.Stderr, "facts:", err)
		os.Exit(1)
	}
}

func run(data, news, out string, rarity, held bool) error {
	all, err := load(data)
	if err != nil {
		return err
	}
	if rarity {
		return os.WriteFile(filepath.Join(out, "rarity.bin"), rarities(all), 0o644)
	}
	var train []found
	dev := make(map[string][]found)
	for _, c := range all {
		more, err := look(c, c.train)
		if err != nil {
			return err
		}
		train = append(train, more...)
		if dev[c.name], err = look(c, c.dev); err != nil {
			return err
		}
	}
	if held { // so that what is tried out is not chosen by the queries that it is reported on
		var rest []found
		clear(dev)
		for i, f := range train {
			if i%folds == 0 {
				dev[f.of] = append(dev[f.of], f)
			} else {
				rest = append(rest, f)
			}
		}
		train = rest
	}
	// Claims of the news, which nobody or all but nobody has checked: what is said
	// in an article is put otherwise than a post.
	claims, err := newsClaims(news)
	if err != nil {
		return err
	}
	var unchecked []found
	for _, c := range all {
		more, err := look(c, claims)
		if err != nil {
			return err
		}
		unchecked = append(unchecked, more...)
	}
	// Claims as one sentence, each with the check of the other collection that has the same heading.
	short, err := look(all[1], sameHeading(all[0], all[1]))
	if err != nil {
		return err
	}
	dev["short"] = nil
	var shortTrain []found
	for i, f := range short {
		if f.of = "short"; i%5 == 0 {
			dev["short"] = append(dev["short"], f)
		} else {
			shortTrain = append(shortTrain, f)
		}
	}
	fmt.Printf("%d queries, %d short, %d unchecked\n", len(train), len(short), len(unchecked))
	order := boost.Learn(lists(train), ordering)
	chances := boost.Learn(chanceLists(slices.Concat(train, shortTrain), unchecked), chance)
	for _, name := range slices.Sorted(maps.Keys(dev)) {
		fmt.Printf("%-7s by words %s\n", name, score(dev[name], nil))
		fmt.Printf("%-7s in order %s\n", name, score(dev[name], order))
		fmt.Printf("%-7s chances  %s\n", name, calibration(dev[name], order, chances))
	}
	if held {
		return nil
	}
	return errors.Join(
		os.WriteFile(filepath.Join(out, "order.bin"), pack(order), 0o644),
		os.WriteFile(filepath.Join(out, "chance.bin"), pack(chances), 0o644))
}

// How the trees are learned.
var (
	ordering = boost.Options{Trees: 200, Depth: 5, Rate: 0.08, Ridge: 5, Least: 1, Sample: 0.5, Cut: 5, Ranking: true, Seed: 1}
	chance   = boost.Options{Trees: 80, Depth: 4, Rate: 0.1, Ridge: 10, Least: 4, Sample: 0.5, Seed: 1, Without: matching.OfLength()}
)

// folds is in how many parts the training queries are cut, to know how those do
// that were not learned from.
const folds = 3

// placed is how many of what was put in order are looked at for the chances.
const placed = 10

// found is what was found by words for a query.
type found struct {
	of       string // the collection
	q        query
	features [][]float32
	right    []bool
}

func look(c *collection, queries []query) (all []found, err error) {
	var m matching.Matcher
	for _, q := range queries {
		docs, features, err := m.Examples(c.segment, q.text)
		if err != nil {
			return nil, err
		}
		f := found{of: c.name, q: q, features: features}
		for _, doc := range docs {
			f.right = append(f.right, q.right[c.reviews[doc].id])
		}
		all = append(all, f)
	}
	return all, nil
}

// without is what would have been found if nobody had checked the claim.
func (f *found) without() found {
	g := found{of: f.of, q: f.q}
	for i, right := range f.right {
		if !right {
			g.features, g.right = append(g.features, f.features[i]), append(g.right, false)
		}
	}
	return g
}

// lists are the queries of which something right was found.
func lists(all []found) (lists [][]boost.Row) {
	for _, f := range all {
		if slices.Contains(f.right, true) {
			rows := make([]boost.Row, len(f.features))
			for i := range rows {
				rows[i] = boost.Row{Features: f.features[i], Right: f.right[i]}
			}
			lists = append(lists, rows)
		}
	}
	return lists
}

// chanceLists are what is learned from to tell the chance: every other query as
// if nobody had checked its claim, put in order by trees that have not seen it.
func chanceLists(all, unchecked []found) (out [][]boost.Row) {
	for k := range folds {
		var rest []found
		for i, f := range all {
			if i%folds != k {
				rest = append(rest, f)
			}
		}
		order := boost.Learn(lists(rest), ordering)
		for i, f := range all {
			if i%folds == k {
				if i/folds%2 == 1 {
					f = f.without()
				}
				out = append(out, f.chances(order))
			}
		}
		for i, f := range unchecked {
			if i%folds == k {
				out = append(out, f.chances(order))
			}
		}
	}
	return out
}

// chances are the rows of a query once it is in order.
func (f *found) chances(order *boost.Model) (rows []boost.Row) {
	places, features := matching.ChanceExamples(f.features, f.scores(order), placed)
	for place, x := range features {
		rows = append(rows, boost.Row{Features: x, Right: f.right[places[place]]})
	}
	return rows
}

func (f *found) scores(m *boost.Model) []float64 {
	scores := make([]float64, len(f.features))
	for i, x := range f.features {
		if m != nil {
			scores[i] = m.Score(x)
		}
	}
	return scores
}

// score says how well queries are answered.
func score(all []found, m *boost.Model) string {
	var map5 float64
	within := make(map[int]float64)
	depths := []int{1, 5, 10, 60}
	for _, f := range all {
		n, average := 0, 0.0
		for place, i := range matching.Order(f.scores(m)) {
			if !f.right[i] {
				continue
			}
			if n++; place < 5 {
				average += float64(n) / float64(place+1)
			}
			for _, depth := range depths {
				if n == 1 && place < depth {
					within[depth]++
				}
			}
		}
		map5 += average / float64(min(len(f.q.right), 5))
	}
	s := fmt.Sprintf("%d queries: MAP@5 %.4f", len(all), map5/float64(len(all)))
	for _, depth := range depths {
		s += fmt.Sprintf(", right among %d %.3f", depth, within[depth]/float64(len(all)))
	}
	return s
}

// calibration says how far chances are from what comes true, every other query
// taken as if nobody had checked its claim.
func calibration(all []found, order, chances *boost.Model) string {
	type answer struct {
		p     float64
		right bool
	}
	var answers []answer
	likely, likelyRight, queries, answered := 0, 0, 0, 0
	for i, f := range all {
		if i%2 == 1 {
			f = f.without()
		} else {
			queries++
		}
		before := 1.0
		for _, r := range f.chances(order) {
			p := min(before, 1/(1+math.Exp(-chances.Score(r.Features))))
			before = p
			answers = append(answers, answer{p, r.Right})
			if p >= 0.5 {
				likely++
				if r.Right {
					likelyRight++
					answered++
				}
			}
		}
	}
	slices.SortFunc(answers, func(a, b answer) int { return cmp.Compare(a.p, b.p) })
	const bins = 10
	var off float64
	s := ""
	for b := range bins {
		var n, p, right float64
		for _, a := range answers {
			if int(min(a.p, 0.9999)*bins) == b {
				n++
				p += a.p
				if a.right {
					right++
				}
			}
		}
		if n > 0 {
			off += math.Abs(p-right) / float64(len(answers))
			s += fmt.Sprintf(" %.2f→%.2f (%g)", p/n, right/n, n)
		}
	}
	return fmt.Sprintf("off by %.4f; likely: %d, right %.2f, of %d queries with a check %.2f answered;%s", off, likely, float64(likelyRight)/float64(max(likely, 1)), queries, float64(answered)/float64(queries), s)
}

func pack(m *boost.Model) []byte {
	t := matching.Trees{Base: m.Base}
	for _, tree := range m.Trees {
		packed := matching.Tree{Thresholds: tree.Thresholds, Leaves: tree.Leaves}
		for _, f := range tree.Features {
			packed.Features = append(packed.Features, uint8(f))
		}
		t.Trees = append(t.Trees, packed)
	}
	return t.Pack()
}

// rarities counts in how many fact-checks each word stands.
func rarities(all []*collection) []byte {
	having := make(map[uint64]int)
	texts := 0
	var r words.Reader
	seen := make(map[uint64]bool)
	for _, c := range all {
		for _, review := range c.reviews {
			texts++
			clear(seen)
			for _, text := range []string{review.claim, review.title, review.body} {
				for _, w := range r.Read(text) {
					if w.Kind != words.Function && w.Kind != words.Negation && !seen[w.Term] {
						seen[w.Term] = true
						having[w.Term]++
					}
				}
			}
		}
	}
	maps.DeleteFunc(having, func(_ uint64, n int) bool { return n < leastHaving })
	table := matching.PackRarities(having, texts)
	fmt.Printf("%d words, %d bytes\n", len(having), len(table))
	return table
}

// leastHaving is in how many fact-checks a word of the table stands.
const leastHaving = 15
