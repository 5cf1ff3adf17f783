package parsing

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"hearsay/learn/treebank"
	"hearsay/text"
	"hearsay/text/parsing"
)

// projective draws a sentence with a random projective tree.
func projective(t *rapid.T) *text.Doc {
	n := rapid.IntRange(1, 25).Draw(t, "tokens")
	d := &text.Doc{Tokens: make([]text.Token, n), Sentences: []text.Sentence{{First: 0, End: int32(n)}}}
	var grow func(first, end, head int32)
	grow = func(first, end, head int32) {
		// Pieces of the range hang from head, each by a word of its own.
		for first < end {
			piece := end
			if head >= 0 {
				piece = rapid.Int32Range(first+1, end).Draw(t, "end")
			}
			top := rapid.Int32Range(first, piece-1).Draw(t, "head")
			d.Tokens[top].Head, d.Tokens[top].Rel = head, text.Dep
			if head < 0 {
				d.Tokens[top].Rel = text.Root
			}
			grow(first, top, top)
			grow(top+1, piece, top)
			first = piece
		}
	}
	grow(0, int32(n), -1)
	return d
}

func TestOracleRebuildsEveryProjectiveTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := projective(t)
		var tr trainer
		st := &tr.state
		st.Start(d, d.Sentences[0])
		tr.gold(d, d.Sentences[0])
		for !st.Done() {
			legal := st.Legal()
			costs := tr.costs(legal)
			var free []parsing.Action
			for a, c := range costs {
				if c == 0 {
					free = append(free, parsing.Action(a))
				}
			}
			if len(free) == 0 {
				t.Fatalf("no action is free: costs %v with %v on the stack, next %d, heads %v", costs, st.Stack(), st.Next(), tr.heads)
			}
			a := rapid.SampledFrom(free).Draw(t, "action")
			rel := text.NoRel
			if a != parsing.Shift {
				_, dependent := st.Arc(a)
				rel = d.Tokens[dependent].Rel
			}
			st.Apply(a, rel)
		}
		got := &text.Doc{Tokens: make([]text.Token, len(d.Tokens))}
		st.Finish(got)
		for i, want := range d.Tokens {
			if got.Tokens[i] != want {
				t.Fatalf("token %d hangs from %d, want %d", i, got.Tokens[i].Head, want.Head)
			}
		}
	})
}

// article is "Guards told the mayor ." over and over with a few other words.
func article() treebank.Article {
	d := new(text.Doc)
	for _, words := range [][3]string{{"Guards", "told", "mayor"}, {"Clerks", "asked", "driver"}, {"Drivers", "told", "clerk"}} {
		first := int32(len(d.Tokens))
		for i, w := range []struct {
			form string
			tag  text.Tag
			head int32
			rel  text.Rel
		}{
			{words[0], text.NNS, 1, text.Nsubj}, {words[1], text.VBD, -1, text.Root}, {"the", text.DT, 3, text.Det},
			{words[2], text.NN, 1, text.Obj}, {".", text.Stop, 1, text.Punct},
		} {
			token := text.Token{Start: int32(len(d.Text)), Head: -1, Rel: w.rel, Tag: w.tag, Lower: text.HashLower(w.form), Shape: text.ShapeOf(w.form)}
			if w.head >= 0 {
				token.Head = first + w.head
			}
			d.Text += w.form
			token.End = int32(len(d.Text))
			if i < 3 {
				d.Text += " "
			}
			d.Tokens = append(d.Tokens, token)
		}
		d.Sentences = append(d.Sentences, text.Sentence{First: first, End: int32(len(d.Tokens))})
	}
	return treebank.Article{ID: "invented", Doc: d}
}

func TestTrain(t *testing.T) {
	a := article()
	var tags []text.Tag
	for _, token := range a.Doc.Tokens {
		tags = append(tags, token.Tag)
	}
	o := Defaults
	o.MinUpdates = 1
	train := func() []byte {
		m, err := Train([]treebank.Article{a}, [][]text.Tag{tags}, o)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	data := train()
	if !bytes.Equal(data, train()) {
		t.Error("training twice gives different bytes")
	}
	m, err := parsing.Open(string(data))
	if err != nil {
		t.Fatal(err)
	}
	d := &text.Doc{Text: a.Doc.Text, Sentences: a.Doc.Sentences}
	d.Tokens = append(d.Tokens, a.Doc.Tokens...)
	for i := range d.Tokens {
		d.Tokens[i].Head, d.Tokens[i].Rel = 0, text.NoRel
	}
	m.Parse(d, new(parsing.Scratch))
	for i, token := range d.Tokens {
		if want := a.Doc.Tokens[i]; token != want {
			t.Errorf("%q hangs as %v from %d, want as %v from %d", d.Form(int32(i)), token.Rel, token.Head, want.Rel, want.Head)
		}
	}
}

func TestTrainRefusesOtherTags(t *testing.T) {
	if _, err := Train([]treebank.Article{article()}, [][]text.Tag{{text.NN}}, Defaults); err == nil {
		t.Error("Train takes one tag for fifteen tokens")
	}
}
