package events

import (
	"fmt"
	"slices"

	"hearsay/learn"
	"hearsay/learn/analysis"
	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/reading/events"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Options of training. The same options and snippets give the same bytes.
type Options struct {
	Epochs int
	Seed   uint64
	L2     float64
	Rate   float64
	Rule   float64 // what the rules' type is worth before anything is learned
	Least  int     // a feature counts from so many snippets on
	Clip   float32 // the largest weight that is kept, of linear.Freeze
}

// Defaults are the options by which the committed weights were trained.
var Defaults = Options{Epochs: 20, Seed: 1, L2: 0.002, Rate: 0.05, Rule: 2, Least: 2, Clip: 8}

// Example is a snippet with the events that are told of in it.
type Example struct {
	Snippet
	Type       ledger.IncidentType // "" where its code is none of ours
	Doc        *text.Doc
	Tree       *tree.Tree
	Candidates []events.Candidate
	Claimed    []ledger.Span // mentions of incidents that somebody says they did, or did not do
	Group      int           // snippets that are copies of one another have the same
}

// Examples reads the snippets with the program's own tagger and parser.
func Examples(snippets []Snippet) ([]Example, error) {
	reader, err := analysis.NewReader()
	if err != nil {
		return nil, fmt.Errorf("reading snippets: %w", err)
	}
	var (
		r   events.Reader
		out []Example
	)
	for _, s := range snippets {
		d, t, l, err := reader.Read(s.Text)
		if err != nil {
			return nil, fmt.Errorf("reading snippet %s: %w", s.ID, err)
		}
		e := Example{Snippet: s, Type: Types[s.Code], Doc: d, Tree: t, Candidates: slices.Clone(r.Candidates(d, t))}
		for _, n := range l.Incidents {
			if len(n.ClaimedBy)+len(n.DeniedBy) == 0 {
				continue
			}
			for _, m := range n.Mentions {
				e.Claimed = append(e.Claimed, m.Span)
			}
		}
		out = append(out, e)
	}
	group(out)
	return out, nil
}

// alike is the share of their words in common, names left out, from which two snippets
// are taken for copies: many were made from one another by changing names.
const alike = 0.4

// group numbers the snippets so that copies have one number.
func group(all []Example) {
	words := make([]map[uint32]bool, len(all))
	for i, e := range all {
		words[i] = map[uint32]bool{}
		for k := range e.Doc.Tokens {
			if t := &e.Doc.Tokens[k]; !t.Tag.Proper() && t.Shape&text.HasLower != 0 {
				words[i][t.Lemma] = true
			}
		}
	}
	root := make([]int, len(all))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			i = root[i]
		}
		return i
	}
	for i := range all {
		for j := range i {
			both := 0
			for w := range words[i] {
				if words[j][w] {
					both++
				}
			}
			if float64(both) >= alike*float64(len(words[i])+len(words[j])-both) {
				a, b := find(i), find(j)
				root[max(a, b)] = min(a, b)
			}
		}
	}
	for i := range all {
		all[i].Group = find(i)
	}
}

// Train learns to type events from snippets of which only the main event's
// type is known: of all the types that all the events of a snippet may have,
// those that are the snippet's are to be likeliest, whichever event bears them.
func Train(examples []Example, o Options) ([]byte, error) {
	var (
		index learn.Index // of features and labels together
		lists []learn.List
		bases []linear.Feature // of each number of the index
		label []int
	)
	counts := map[linear.Feature]int{}
	for _, e := range examples {
		seen := map[linear.Feature]bool{}
		for _, c := range e.Candidates {
			for _, f := range c.Features {
				if !seen[f] {
					seen[f] = true
					counts[f]++
				}
			}
		}
	}
	for _, e := range examples {
		want, ok := events.Label(e.Type)
		if !ok {
			continue
		}
		var l learn.List
		reachable := false
		for _, c := range e.Candidates {
			rule, _ := events.Label(c.Type)
			for t := range events.Types {
				if c.May&(1<<t) == 0 && t != rule {
					continue
				}
				for _, f := range c.Features {
					if counts[f] < o.Least {
						continue
					}
					n := index.Add(linear.Join(1000, uint32(f), uint32(f>>32), uint32(t)))
					if int(n) == len(bases) {
						bases, label = append(bases, f), append(label, t)
					}
					l.Features = append(l.Features, n)
				}
				l.Ends = append(l.Ends, int32(len(l.Features)))
				base, reward := 0.0, 0.0
				if t == rule {
					base = o.Rule
				}
				if t == want {
					reward, reachable = 1, true
				}
				l.Base, l.Reward = append(l.Base, base), append(l.Reward, reward)
			}
		}
		if reachable {
			lists = append(lists, l)
		}
	}
	r := learn.Ranker{Rate: o.Rate, L2: o.L2, Trust: 1}
	r.Train(lists, index.Len(), o.Epochs, o.Seed, nil)
	byFeature := map[linear.Feature][]float32{}
	var order []linear.Feature
	row := func(f linear.Feature) []float32 {
		if byFeature[f] == nil {
			byFeature[f] = make([]float32, len(events.Types))
			order = append(order, f)
		}
		return byFeature[f]
	}
	for n, w := range r.Rows(&index) {
		row(bases[n])[label[n]] += w.Weights[0]
	}
	// The worth of the rules' type goes into the feature that says it.
	for t := range events.Types {
		row(events.RuleFeature(t))[t] += float32(o.Rule)
	}
	rows := make([]linear.Row, len(order))
	for i, f := range order {
		rows[i] = linear.Row{Feature: f, Weights: byFeature[f]}
	}
	table, err := linear.Freeze(rows, len(events.Types), o.Clip)
	if err != nil {
		return nil, fmt.Errorf("training a model of events: %w", err)
	}
	return table, nil
}

// Main is the code of the snippet's main event, as the program with that model
// types it: the one with the highest score, the first of those that are as
// good. It is Claimed where the ledger has somebody claim or deny the event, and "" where no event is found.
func Main(e *Example, m *events.Model) string {
	r := events.Reader{Model: m}
	return main(e, r.Read(e.Doc, e.Tree))
}

// ByRule is Main without a model.
func ByRule(e *Example) string {
	found := make([]events.Event, len(e.Candidates))
	for i, c := range e.Candidates {
		found[i] = c.Event
	}
	return main(e, found)
}

// Claimed is the code of news of who says that who did something.
const Claimed = "ATTRIB"

func main(e *Example, found []events.Event) string {
	var best *events.Event
	for i := range found {
		if best == nil || found[i].Score > best.Score {
			best = &found[i]
		}
	}
	if best == nil {
		return ""
	}
	at := int(e.Doc.Tokens[best.Head].Start)
	for _, c := range e.Claimed {
		if c.Start <= at && at < c.End {
			return Claimed
		}
	}
	return CodeOf(best.Type)
}

// Result counts, by code, the snippets that are typed right, those wrongly
// given another type, and those that were given this one wrongly.
type Result struct {
	Right, Missed, Wrong map[string]int
	Confused             map[[2]string]int // gold and given
}

// Add counts one snippet and the code that it was given, "" for none.
func (r *Result) Add(gold, given string) {
	if r.Right == nil {
		*r = Result{map[string]int{}, map[string]int{}, map[string]int{}, map[[2]string]int{}}
	}
	if gold == given {
		r.Right[gold]++
		return
	}
	r.Missed[gold]++
	r.Wrong[given]++
	r.Confused[[2]string{gold, given}]++
}

// F is the F1 of a code.
func (r *Result) F(code string) float64 {
	if r.Right[code] == 0 {
		return 0
	}
	return 2 * float64(r.Right[code]) / float64(2*r.Right[code]+r.Missed[code]+r.Wrong[code])
}

// Codes are the codes of the snippets counted, in their order.
func (r *Result) Codes() []string {
	var out []string
	for c := range r.Right {
		out = append(out, c)
	}
	for c := range r.Missed {
		if r.Right[c] == 0 {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// Macro is the mean F1 of the codes, Accuracy the share of snippets right.
func (r *Result) Macro() float64 {
	sum := 0.0
	codes := r.Codes()
	for _, c := range codes {
		sum += r.F(c)
	}
	return sum / float64(max(1, len(codes)))
}

// Accuracy is explained at Macro.
func (r *Result) Accuracy() float64 {
	right, all := 0, 0
	for _, c := range r.Codes() {
		right += r.Right[c]
		all += r.Right[c] + r.Missed[c]
	}
	return float64(right) / float64(max(1, all))
}

// Cross measures a model on each of so many folds of the snippets that was
// trained on the others. Copies share a fold.
func Cross(all []Example, folds int, o Options) (Result, error) {
	var r Result
	for k := range folds {
		var train []Example
		for _, e := range all {
			if fold(e.Group, folds) != k {
				train = append(train, e)
			}
		}
		table, err := Train(train, o)
		if err != nil {
			return r, err
		}
		m, err := events.Open(string(table))
		if err != nil {
			return r, err
		}
		for i := range all {
			if e := &all[i]; fold(e.Group, folds) == k {
				r.Add(e.Code, Main(e, m))
			}
		}
	}
	return r, nil
}

// fold is a group's fold, mixed so that neighbours in the file part.
func fold(group, folds int) int {
	return int(uint32(linear.Join(1, uint32(group), 0, 0)) % uint32(folds))
}

// CodeOf is the task's code for a type, "" for none.
func CodeOf(t ledger.IncidentType) string {
	for c, u := range Types {
		if t == u {
			return c
		}
	}
	return ""
}
