package checkworthy

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/text"
)

// TestTrainingSeesWhatReadingSees checks that a statement has, in a reading, the
// probability that the model gives to the features it is trained on.
func TestTrainingSeesWhatReadingSees(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	vocabulary := strings.Fields(`the guild Varn stole 40 % was accused of fraud . , ? “ ” will I think more than passed law my wife by in 2030 rose $ not`)
	r, f := Reader{Model: m}, Features{}
	rapid.Check(t, func(rt *rapid.T) {
		d := readingtest.Parse(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 30).Draw(rt, "words"), " "))
		tr := new(tree.Tree)
		tr.Reset(d)
		l := &ledger.Ledger{Document: ledger.Document{Text: d.Text}, Sentences: make([]ledger.Sentence, len(d.Sentences))}
		r.Read(d, tr, l)
		f.Reset(d, tr, l, m.words)
		for i, s := range d.Sentences {
			x := text.Range{First: s.First, End: s.End}
			features, words := f.Of(nil, x)
			whole := f.view.statement([]text.Range{x})
			if got, want := l.Sentences[i].Checkworthiness, m.probability(m.sum(features), words, whole.bare()); got != want {
				rt.Fatalf("%v instead of %v", got, want)
			}
		}
	})
}
