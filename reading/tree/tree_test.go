package tree_test

import (
	"testing"

	"pgregory.net/rapid"

	"hearsay/reading/tree"
	"hearsay/text"
)

// forest draws a Doc of bare tokens with any trees over them.
func forest(t *rapid.T) *text.Doc {
	d := new(text.Doc)
	for range rapid.IntRange(0, 4).Draw(t, "sentences") {
		first := int32(len(d.Tokens))
		n := rapid.IntRange(1, 15).Draw(t, "tokens")
		order := make([]int32, n)
		for i := range order {
			order[i] = first + int32(i)
		}
		order = rapid.Permutation(order).Draw(t, "order")
		d.Tokens = append(d.Tokens, make([]text.Token, n)...)
		for k, i := range order {
			d.Tokens[i].Head = -1
			d.Tokens[i].Tag = text.Tag(rapid.IntRange(0, text.NumTags-1).Draw(t, "tag"))
			if k > 0 {
				d.Tokens[i].Head = order[rapid.IntRange(0, k-1).Draw(t, "head")]
			}
		}
		d.Sentences = append(d.Sentences, text.Sentence{First: first, End: int32(len(d.Tokens))})
	}
	return d
}

func TestTree(t *testing.T) {
	var tr tree.Tree
	rapid.Check(t, func(t *rapid.T) {
		d := forest(t)
		tr.Reset(d)
		for i := range d.Tokens {
			at := int32(i)
			// The phrase, by asking every token for its ancestors.
			want := text.Range{First: at, End: at + 1}
			for k := range d.Tokens {
				for a := int32(k); a >= 0; a = d.Tokens[a].Head {
					if a == at {
						want.First, want.End = min(want.First, int32(k)), max(want.End, int32(k)+1)
					}
				}
			}
			if got := tr.Phrase(at); got != want {
				t.Fatalf("the phrase of %d is %v, not %v", i, got, want)
			}
			before := int32(-1)
			children := 0
			for c := tr.Child(at); c >= 0; c = tr.Next(c) {
				if d.Tokens[c].Head != at || c <= before {
					t.Fatalf("%d is no child of %d, or stands out of order", c, i)
				}
				before = c
				children++
			}
			for k := range d.Tokens {
				if d.Tokens[k].Head == at {
					children--
				}
			}
			if children != 0 {
				t.Fatalf("%d children of %d are missing", -children, i)
			}
			if s := tr.Sentence(at); s < 0 || at < d.Sentences[s].First || at >= d.Sentences[s].End {
				t.Fatalf("%d is not in sentence %d", i, s)
			}
		}
	})
}

func TestHeadIsInTheRangeAndHangsFromOutside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := forest(t)
		n := len(d.Tokens)
		if n == 0 {
			if h := tree.Head(d, text.Range{}); h != -1 {
				t.Fatalf("an empty range has the head %d", h)
			}
			return
		}
		first := rapid.IntRange(0, n-1).Draw(t, "first")
		r := text.Range{First: int32(first), End: int32(rapid.IntRange(first+1, n).Draw(t, "end"))}
		h := tree.Head(d, r)
		if h < r.First || h >= r.End {
			t.Fatalf("the head %d is not in %v", h, r)
		}
		if up := d.Tokens[h].Head; up >= r.First && up < r.End {
			t.Fatalf("the head %d of %v hangs from %d inside it", h, r, up)
		}
	})
}

func TestAntecedent(t *testing.T) {
	// "the study , which notes" and "those who say": heads as the relative
	// clause hangs from the noun, then without a tree.
	token := func(tag text.Tag, head int32, rel text.Rel) text.Token {
		return text.Token{Tag: tag, Head: head, Rel: rel}
	}
	for _, test := range []struct {
		name   string
		tokens []text.Token
		at     int32
		want   int32
	}{
		{"by the tree", []text.Token{token(text.DT, 1, text.Det), token(text.NN, -1, text.Root), token(text.Comma, 1, text.Punct),
			token(text.WDT, 4, text.Nsubj), token(text.VBZ, 1, text.ACLRelcl)}, 3, 1},
		{"by the noun before", []text.Token{token(text.NN, -1, text.Root), token(text.Comma, 0, text.Punct), token(text.WP, -1, text.Root)}, 2, 0},
		{"a question", []text.Token{token(text.WP, 1, text.Nsubj), token(text.VBD, -1, text.Root)}, 0, -1},
		{"no relative pronoun", []text.Token{token(text.NN, -1, text.Root), token(text.PRP, 0, text.Dep)}, 1, -1},
	} {
		d := &text.Doc{Tokens: test.tokens}
		if got := tree.Antecedent(d, test.at); got != test.want {
			t.Errorf("%s: %d, not %d", test.name, got, test.want)
		}
	}
}
