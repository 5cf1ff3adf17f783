// Package parsing trains the parser of hearsay/text/parsing.
package parsing

import (
	"fmt"
	"math/rand/v2"

	"hearsay/learn"
	"hearsay/learn/treebank"
	"hearsay/linear"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

// Options of training. The same options and articles give the same bytes.
type Options struct {
	Choosing        int // rounds after which the features are chosen
	Epochs          int // rounds in which those are learned, from the beginning
	Seed            uint64
	MinUpdates      int32   // of learn.Perceptron
	Explore         float64 // from the second epoch on, how often the parser's own choice is followed although it is wrong
	Actions, Labels int     // how many features are kept of each kind, those with the largest weights
	ActionClip      float32 // the largest weight that is kept, of linear.Freeze
	LabelClip       float32
	Progress        func(epoch int, actions, labels float64) // after each epoch, with the shares of right choices; may be nil
}

// Defaults are the options by which the committed weights were trained.
var Defaults = Options{Choosing: 2, Epochs: 6, Seed: 1, MinUpdates: 4, Explore: 0.9, Actions: 349_000, Labels: 174_000, ActionClip: 40, LabelClip: 20}

// Train learns a model from articles with gold trees and returns its file.
// tags are the tags that the parser will see, one a token of each article:
// those that a tagger gives to texts it was not trained on.
func Train(articles []treebank.Article, tags [][]text.Tag, o Options) ([]byte, error) {
	type sentence struct {
		article int
		at      text.Sentence
	}
	var sentences []sentence
	docs := make([]*text.Doc, len(articles))
	for i, a := range articles {
		if len(tags[i]) != len(a.Doc.Tokens) {
			return nil, fmt.Errorf("training the parser: %s: %d tags for %d tokens", a.ID, len(tags[i]), len(a.Doc.Tokens))
		}
		docs[i] = retagged(a.Doc, tags[i])
		for _, s := range a.Doc.Sentences {
			sentences = append(sentences, sentence{i, s})
		}
	}
	random := rand.New(rand.NewPCG(o.Seed, 0))
	pass := func(t *trainer, epochs int) {
		t.random = random
		for epoch := range epochs {
			t.right, t.chosen, t.rightLabels, t.labelled = 0, 0, 0, 0
			t.explore = 0
			if epoch > 0 {
				t.explore = o.Explore
			}
			random.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
			for _, s := range sentences {
				t.learn(docs[s.article], s.at)
			}
			if o.Progress != nil {
				o.Progress(epoch, float64(t.right)/float64(max(1, t.chosen)), float64(t.rightLabels)/float64(max(1, t.labelled)))
			}
		}
	}
	var first, second trainer
	for _, t := range []*trainer{&first, &second} {
		t.actions.Labels, t.labels.Labels = parsing.NumActions, text.NumRels
	}
	first.actions.MinUpdates, first.labels.MinUpdates = o.MinUpdates, o.MinUpdates
	pass(&first, o.Choosing)
	second.actions.Restrict(learn.Largest(first.actions.Averaged(), o.Actions))
	second.labels.Restrict(learn.Largest(first.labels.Averaged(), o.Labels))
	first = trainer{}
	pass(&second, o.Epochs)
	actions, err := linear.Freeze(second.actions.Averaged(), parsing.NumActions, o.ActionClip)
	if err != nil {
		return nil, fmt.Errorf("training the parser: actions: %w", err)
	}
	labels, err := linear.Freeze(second.labels.Averaged(), text.NumRels, o.LabelClip)
	if err != nil {
		return nil, fmt.Errorf("training the parser: labels: %w", err)
	}
	return parsing.Pack(actions, labels), nil
}

// retagged is d with other tags.
func retagged(d *text.Doc, tags []text.Tag) *text.Doc {
	out := &text.Doc{Text: d.Text, Sentences: d.Sentences, Quotes: d.Quotes}
	out.Tokens = append(out.Tokens, d.Tokens...)
	for i := range out.Tokens {
		out.Tokens[i].Tag = tags[i]
	}
	return out
}

type trainer struct {
	random          *rand.Rand
	explore         float64
	actions, labels learn.Perceptron

	state          parsing.State
	heads          []int32 // gold, the root's number for the root
	words          []int32 // the number of each token among the words, -1 for marks
	actionFeatures [parsing.NumActionFeatures]linear.Feature
	labelFeatures  [parsing.NumLabelFeatures]linear.Feature

	right, chosen, rightLabels, labelled int
}

// learn goes through one sentence, whose tokens have gold heads and relations.
func (t *trainer) learn(d *text.Doc, sentence text.Sentence) {
	st := &t.state
	st.Start(d, sentence)
	t.gold(d, sentence)
	for !st.Done() {
		a := t.act()
		rel := text.NoRel
		if a != parsing.Shift {
			head, dependent := st.Arc(a)
			if head == st.Root() {
				rel = text.Root
			} else {
				gold := text.NoRel
				if t.heads[dependent] == head {
					gold = d.Tokens[sentence.First+st.Token(dependent)].Rel
					if gold == text.Root || gold == text.Punct { // what hung from a mark, or a mark that is tagged as a word
						gold = text.NoRel
					}
				}
				rel = t.label(head, dependent, gold)
			}
		}
		st.Apply(a, rel)
	}
}

// gold takes down the heads that the sentence's tokens have.
func (t *trainer) gold(d *text.Doc, sentence text.Sentence) {
	st := &t.state
	t.heads = t.heads[:0]
	t.words = t.words[:0]
	for range sentence.End - sentence.First {
		t.words = append(t.words, -1)
	}
	for i := range st.Root() {
		t.words[st.Token(i)] = i
	}
	root := int32(-1)
	for i := range st.Root() {
		h := d.Tokens[sentence.First+st.Token(i)].Head
		for h >= 0 && t.words[h-sentence.First] < 0 {
			h = d.Tokens[h].Head
		}
		switch {
		case h >= 0:
			t.heads = append(t.heads, t.words[h-sentence.First])
		case root < 0:
			root = i
			t.heads = append(t.heads, st.Root())
		default: // the root was a mark
			t.heads = append(t.heads, root)
		}
	}
}

// act chooses an action, learns from the choice and returns what to do.
func (t *trainer) act() parsing.Action {
	st := &t.state
	legal := st.Legal()
	if only, ok := legal.Only(); ok {
		return only
	}
	costs := t.costs(legal)
	least := min(costs[parsing.Shift], costs[parsing.Left], costs[parsing.Right])
	if costs[parsing.Right] == least && costs[parsing.Shift] == least {
		costs[parsing.Shift]++ // what can be attached is attached at once: one way to each tree is easier to learn than several
	}
	st.ActionFeatures(&t.actionFeatures)
	var scores [parsing.NumActions]float32
	t.actions.Score(t.actionFeatures[:], scores[:])
	best, gold := -1, -1
	for a, score := range scores {
		if !legal.Has(parsing.Action(a)) {
			continue
		}
		if best < 0 || score > scores[best] {
			best = a
		}
		if costs[a] == least && (gold < 0 || score > scores[gold]) {
			gold = a
		}
	}
	t.actions.Tick()
	t.chosen++
	if costs[best] == least {
		t.right++
		return parsing.Action(best)
	}
	t.actions.Update(t.actionFeatures[:], gold, 1)
	t.actions.Update(t.actionFeatures[:], best, -1)
	if t.random.Float64() < t.explore {
		return parsing.Action(best)
	}
	return parsing.Action(gold)
}

// unreachable is the cost of an action that cannot be taken.
const unreachable = 1 << 30

// costs counts for each legal action the gold arcs that can no longer be made after it.
func (t *trainer) costs(legal parsing.Actions) [parsing.NumActions]int {
	st := &t.state
	stack, next, root := st.Stack(), st.Next(), st.Root()
	costs := [parsing.NumActions]int{unreachable, unreachable, unreachable}
	if legal.Has(parsing.Shift) {
		// The next word can no longer be a dependent of what lies under the top, nor a head of anything on the stack.
		cost := 0
		for k, i := range stack {
			if t.heads[i] == next || t.heads[next] == i && k < len(stack)-1 {
				cost++
			}
		}
		costs[parsing.Shift] = cost
	}
	if len(stack) == 0 {
		return costs
	}
	top := stack[len(stack)-1]
	below := int32(-1)
	if len(stack) > 1 {
		below = stack[len(stack)-2]
	}
	// Either way the top loses the dependents that are yet to come.
	lost := 0
	for i := next; i < root; i++ {
		if t.heads[i] == top {
			lost++
		}
	}
	head := t.heads[top]
	if legal.Has(parsing.Left) {
		costs[parsing.Left] = lost
		if head != next && (head == below || head > next) {
			costs[parsing.Left]++
		}
	}
	if legal.Has(parsing.Right) {
		costs[parsing.Right] = lost
		if head >= next {
			costs[parsing.Right]++
		}
	}
	return costs
}

// label chooses the relation of an arc and learns from the choice when gold is not NoRel.
func (t *trainer) label(head, dependent int32, gold text.Rel) text.Rel {
	t.state.LabelFeatures(head, dependent, &t.labelFeatures)
	var scores [text.NumRels]float32
	t.labels.Score(t.labelFeatures[:], scores[:])
	best := text.ACL
	for r := best + 1; int(r) < text.NumRels; r++ {
		if scores[r] > scores[best] {
			best = r
		}
	}
	if gold == text.NoRel {
		return best
	}
	t.labels.Tick()
	t.labelled++
	if best == gold {
		t.rightLabels++
		return best
	}
	t.labels.Update(t.labelFeatures[:], int(gold), 1)
	t.labels.Update(t.labelFeatures[:], int(best), -1)
	return best
}

// Attachment says how many of the words, marks included, got their head, and
// how many their head and relation.
type Attachment struct{ Words, Heads, Labelled int }

// UAS is the unlabelled attachment score in percent.
func (a Attachment) UAS() float64 { return 100 * float64(a.Heads) / float64(max(1, a.Words)) }

// LAS is the labelled attachment score in percent.
func (a Attachment) LAS() float64 { return 100 * float64(a.Labelled) / float64(max(1, a.Words)) }

// Measure tags and parses a copy of each article, its tokens and sentences as
// they are, and compares the trees with the article's. words leaves marks out.
func Measure(tagger *tagging.Model, parser *parsing.Model, articles []treebank.Article) (all, words Attachment) {
	var (
		d text.Doc
		s parsing.Scratch
	)
	for _, a := range articles {
		d.Reset(a.Doc.Text)
		d.Tokens = append(d.Tokens, a.Doc.Tokens...)
		d.Sentences = append(d.Sentences, a.Doc.Sentences...)
		tagger.Tag(&d)
		parser.Parse(&d, &s)
		for i, t := range d.Tokens {
			gold := a.Doc.Tokens[i]
			all.count(t, gold)
			if gold.Rel != text.Punct {
				words.count(t, gold)
			}
		}
	}
	return all, words
}

func (a *Attachment) count(t, gold text.Token) {
	a.Words++
	if t.Head == gold.Head {
		a.Heads++
		if t.Rel == gold.Rel {
			a.Labelled++
		}
	}
}
