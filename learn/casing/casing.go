// Package casing trains hearsay/text/casing on texts that have both cases.
package casing

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/learn"
	"hearsay/linear"
	"hearsay/text"
	"hearsay/text/casing"
)

// Options of training. The same options and texts give the same bytes.
type Options struct {
	Epochs   int
	Seed     uint64
	Least    int     // a word is known from so many times on
	Features int     // how many are kept, those with the largest weights
	Clip     float32 // the largest weight that is kept, of linear.Freeze
	Progress func(epoch int, correct float64)
}

// Defaults are the options by which the committed weights were trained.
var Defaults = Options{Epochs: 4, Seed: 1, Least: 3, Features: 43_600, Clip: 8}

// Shout returns s in capitals, but for letters whose capital has another
// length in bytes.
func Shout(s string) string {
	return strings.Map(func(r rune) rune {
		if u := unicode.ToUpper(r); utf8.RuneLen(u) == utf8.RuneLen(r) {
			return u
		}
		return r
	}, s)
}

// Of is the case in which a word is written.
func Of(word string) casing.Case {
	upper, lower, first := 0, 0, false
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			first = first || upper+lower == 0
			upper++
		case unicode.IsLetter(r):
			lower++
		}
	}
	switch {
	case upper > 1 && lower == 0:
		return casing.Upper
	case first:
		return casing.Capital
	}
	return casing.Small
}

// sentence is one in capitals and the case of each token as it was.
type sentence struct {
	doc  *text.Doc
	at   text.Sentence
	gold []casing.Case
}

// mostCapitals is the share of capitals from which a sentence is a heading,
// whose case says nothing.
const mostCapitals = 0.6

// sentences cuts the texts. The first word of a sentence is Capital whatever it is, so
// it is not learned from.
func sentences(texts []string) []sentence {
	var out []sentence
	for _, s := range texts {
		if !utf8.ValidString(s) {
			continue
		}
		d := new(text.Doc)
		d.Reset(Shout(s))
		d.Segment()
		for _, at := range d.Sentences {
			x := sentence{doc: d, at: at}
			words, capitals := 0, 0
			for i := at.First; i < at.End; i++ {
				t := &d.Tokens[i]
				c := Of(s[t.Start:t.End])
				x.gold = append(x.gold, c)
				if t.Shape&text.HasUpper != 0 {
					words++
					if c != casing.Small {
						capitals++
					}
				}
			}
			if words > 2 && float64(capitals) > mostCapitals*float64(words) || words == 0 {
				continue
			}
			out = append(out, x)
		}
	}
	return out
}

// Train learns a model from texts and returns its file.
func Train(texts []string, o Options) ([]byte, error) {
	all := sentences(texts)
	words := casing.NewWords(count(all), o.Least)
	random := rand.New(rand.NewPCG(o.Seed, 0))
	p := learn.Perceptron{Labels: casing.NumCases}
	var (
		c        casing.Context
		features [casing.NumFeatures]linear.Feature
	)
	for epoch := range o.Epochs {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		correct, total := 0, 0
		for _, s := range all {
			c.Start(s.doc, s.at, words)
			for _, gold := range s.gold {
				if !c.Word() {
					c.Next(casing.Small)
					continue
				}
				c.Features(&features)
				var scores [casing.NumCases]float32
				p.Score(features[:], scores[:])
				best := casing.Small
				for l := range scores {
					if scores[l] > scores[best] {
						best = casing.Case(l)
					}
				}
				if !c.First() {
					p.Tick()
					if best != gold {
						p.Update(features[:], int(gold), 1)
						p.Update(features[:], int(best), -1)
					} else {
						correct++
					}
					total++
				}
				c.Next(best)
			}
		}
		if o.Progress != nil {
			o.Progress(epoch, float64(correct)/float64(max(1, total)))
		}
	}
	table, err := linear.Freeze(learn.Largest(p.Averaged(), o.Features), casing.NumCases, o.Clip)
	if err != nil {
		return nil, fmt.Errorf("training a model of case: %w", err)
	}
	return casing.Pack(words, table), nil
}

func count(all []sentence) casing.WordCounts {
	counts := casing.WordCounts{}
	for _, s := range all {
		first := true
		for k, c := range s.gold {
			t := &s.doc.Tokens[s.at.First+int32(k)]
			if t.Shape&text.HasUpper == 0 {
				continue
			}
			if first {
				first = false
				continue
			}
			n := counts[t.Lower]
			if n == nil {
				n = new([casing.NumCases]int)
				counts[t.Lower] = n
			}
			n[c]++
		}
	}
	return counts
}

// Measured is how well a model restores the case of texts: of words that do
// not begin a sentence, how many are right, and of those with capitals how
// many are found and how many that are found have them.
type Measured struct {
	Words, Right          int
	Capitals, Found, Both int
}

// Accuracy restores the texts from capitals and compares.
func Accuracy(m *casing.Model, texts []string) Measured {
	var out Measured
	for _, s := range sentences(texts) {
		d := *s.doc
		d.Sentences = []text.Sentence{s.at}
		got := m.Restore(&d)
		first := true
		for k, gold := range s.gold {
			t := &d.Tokens[s.at.First+int32(k)]
			if t.Shape&text.HasUpper == 0 {
				continue
			}
			if first {
				first = false
				continue
			}
			c := Of(got[t.Start:t.End])
			out.Words++
			if c == gold {
				out.Right++
			}
			if gold != casing.Small {
				out.Capitals++
			}
			if c != casing.Small {
				out.Found++
				if gold != casing.Small {
					out.Both++
				}
			}
		}
	}
	return out
}
