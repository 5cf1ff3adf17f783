// Package tagging trains the tagger of hearsay/text/tagging.
package tagging

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"hearsay/learn"
	"hearsay/learn/treebank"
	"hearsay/linear"
	"hearsay/text"
	"hearsay/text/tagging"
)

// Options of training. The same options and articles give the same bytes.
type Options struct {
	Epochs   int
	Seed     uint64
	Features int                              // how many are kept, those with the largest weights
	Clip     float32                          // the largest weight that is kept, of linear.Freeze
	Progress func(epoch int, correct float64) // after each epoch, with the share of tokens it got right; may be nil
}

// Defaults are the options by which the committed weights were trained.
var Defaults = Options{Epochs: 6, Seed: 1, Features: 165_000, Clip: 12}

// Train learns a model from articles with gold tags and returns its file.
func Train(articles []treebank.Article, o Options) ([]byte, error) {
	dictionary := newDictionary(articles)
	type sentence struct {
		doc *text.Doc
		at  text.Sentence
	}
	var sentences []sentence
	for _, a := range articles {
		for _, s := range a.Doc.Sentences {
			sentences = append(sentences, sentence{a.Doc, s})
		}
	}
	random := rand.New(rand.NewPCG(o.Seed, 0))
	p := learn.Perceptron{Labels: text.NumTags}
	var (
		c        tagging.Context
		features [tagging.NumFeatures]linear.Feature
	)
	for epoch := range o.Epochs {
		random.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
		correct, total := 0, 0
		for _, s := range sentences {
			c.Start(s.doc, s.at, dictionary)
			for i := s.at.First; i < s.at.End; i++ {
				gold := s.doc.Tokens[i].Tag
				tag := c.Only()
				if tag == text.NoTag {
					c.Features(&features)
					var scores [text.NumTags]float32
					p.Score(features[:], scores[:])
					tag = text.CC
					for t := tag + 1; int(t) < text.NumTags; t++ {
						if scores[t] > scores[tag] {
							tag = t
						}
					}
					p.Tick()
					if tag != gold {
						p.Update(features[:], int(gold), 1)
						p.Update(features[:], int(tag), -1)
					}
				}
				if tag == gold {
					correct++
				}
				total++
				c.Next(tag)
			}
		}
		if o.Progress != nil {
			o.Progress(epoch, float64(correct)/float64(max(1, total)))
		}
	}
	table, err := linear.Freeze(learn.Largest(p.Averaged(), o.Features), text.NumTags, o.Clip)
	if err != nil {
		return nil, fmt.Errorf("training the tagger: %w", err)
	}
	return tagging.Pack(dictionary, table), nil
}

// The dictionary holds words seen at least known times; one that bore one tag
// in all but a few of at least sure times has only that tag.
const (
	known     = 5
	sure      = 20
	sureShare = 0.995
	tagShare  = 0.03 // of a word's tags, those below this share are left out of its class
)

func newDictionary(articles []treebank.Article) *tagging.Dictionary {
	counts := map[uint32]*[text.NumTags]int{}
	var keys []uint32
	for _, a := range articles {
		for _, t := range a.Doc.Tokens {
			k := tagging.Key(t.Lower, t.Shape)
			if counts[k] == nil {
				counts[k] = new([text.NumTags]int)
				keys = append(keys, k)
			}
			counts[k][t.Tag]++
		}
	}
	classes := map[string]uint16{}
	var entries []tagging.Entry
	for _, k := range keys {
		n := counts[k]
		total := 0
		var tags []text.Tag
		for t, c := range n {
			total += c
			if c > 0 {
				tags = append(tags, text.Tag(t))
			}
		}
		if total < known {
			continue
		}
		slices.SortStableFunc(tags, func(a, b text.Tag) int { return cmp.Compare(n[b], n[a]) })
		class := ""
		for _, t := range tags {
			if len(class) < 3 && float64(n[t]) >= tagShare*float64(total) {
				class += string(rune(t))
			}
		}
		if classes[class] == 0 {
			classes[class] = uint16(len(classes) + 1)
		}
		e := tagging.Entry{Key: k, Class: classes[class]}
		if total >= sure && float64(n[tags[0]]) >= sureShare*float64(total) {
			e.Only = tags[0]
		}
		entries = append(entries, e)
	}
	return tagging.NewDictionary(entries)
}

// Accuracy tags a copy of each article and returns how many of the tokens got their gold tag.
func Accuracy(m *tagging.Model, articles []treebank.Article) (correct, total int) {
	var d text.Doc
	for _, a := range articles {
		d.Reset(a.Doc.Text)
		d.Tokens = append(d.Tokens, a.Doc.Tokens...)
		d.Sentences = append(d.Sentences, a.Doc.Sentences...)
		m.Tag(&d)
		for i, t := range d.Tokens {
			if t.Tag == a.Doc.Tokens[i].Tag {
				correct++
			}
		}
		total += len(d.Tokens)
	}
	return correct, total
}
