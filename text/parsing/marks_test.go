package parsing

import (
	"strings"
	"testing"

	"hearsay/text"
)

// TestMarks hangs the marks of trees whose words are given as "form/head",
// with the head's place among the words from 1, and the marks as "mark/head".
func TestMarks(t *testing.T) {
	for _, sentence := range []string{
		"Guards/2 left/0 ./2",
		"“/2 Guards/2 left/0 ,/2 ”/2 ./2",
		"“/4 Nobody/2 knows/4 ,/4 ”/4 Ek/4 said/0 ./4",
		"Ek/6 ,/1 the/4 very/4 mayor/1 ,/1 reportedly/6 left/0 ./6",
		"apples/0 ,/2 pears/1 and/4 plums/1",
		"Ek/5 (/3 Lower/3 Lake/1 )/3 has/5 left/0",
		"Ek/2 called/0 it/2 a/6 “/6 big/6 mistake/2 ”/2",
		"Ek/2 left/0 —/2 …/2",
		"(/0 )/-",
	} {
		d := new(text.Doc)
		var want []int32 // of each token, among the words from 1
		for _, field := range strings.Fields(sentence) {
			form, head, _ := strings.Cut(field, "/")
			tag := text.NN
			switch form {
			case ",":
				tag = text.Comma
			case ".":
				tag = text.Stop
			case "—", "…":
				tag = text.Colon
			case "“":
				tag = text.OpenQ
			case "”":
				tag = text.CloseQ
			case "(":
				tag = text.LeftB
			case ")":
				tag = text.RightB
			}
			d.Tokens = append(d.Tokens, text.Token{Tag: tag, Rel: text.Dep})
			h := int32(-1)
			if head != "-" {
				h = int32(head[0] - '0')
			}
			want = append(want, h)
		}
		d.Sentences = []text.Sentence{{First: 0, End: int32(len(d.Tokens))}}
		var s State
		s.Start(d, d.Sentences[0])
		for i := range s.n {
			s.words[i].head = s.n
			if h := want[s.words[i].token]; h > 0 {
				s.words[i].head = h - 1
			} else {
				s.words[s.n].first = i
			}
			s.words[i].rel = text.Dep
		}
		for i := range s.n {
			for h := s.words[i].head; h != s.n; h = s.words[h].head {
				s.words[h].edge, s.words[h].end = min(s.words[h].edge, i), max(s.words[h].end, i)
			}
			if strings.HasPrefix(sentence, "apples") && i > 0 && s.words[i].head == 0 {
				s.words[i].rel = text.Conj
			}
		}
		s.Finish(d)
		for i, h := range want {
			token := d.Tokens[i]
			if s.n == 0 {
				if root := i == 0; (token.Rel == text.Root) != root || (token.Head < 0) != root {
					t.Errorf("%s: mark %d is %v of %d", sentence, i, token.Rel, token.Head)
				}
				continue
			}
			if kindOf(token.Tag) == noMark {
				continue
			}
			if token.Rel != text.Punct || token.Head != s.words[h-1].token {
				t.Errorf("%s: mark %d is %v of token %d, want of word %d", sentence, i, token.Rel, token.Head, h)
			}
		}
	}
}
