package polnear

import (
	"slices"

	"hearsay/text"
	"hearsay/text/offset"
)

// Doc is the text of an article marked as CoreNLP read it.
func (c *Columns) Doc(s string) *text.Doc {
	d := &text.Doc{Text: s}
	runes := offset.NewRunes(s)
	paragraph := int32(0)
	last := 0
	for _, sent := range c.Sentences {
		first := int32(len(d.Tokens))
		for k, col := range sent {
			start, end := runes.Byte(col.Start), runes.Byte(col.End)
			if k == 0 {
				for _, ch := range s[last:start] {
					if ch == '\n' {
						paragraph++
						break
					}
				}
			}
			last = end
			t := text.Token{Start: int32(start), End: int32(end), Head: -1, Lower: text.Hash(lower(col.Word)), Lemma: text.Hash(col.Lemma)}
			t.Tag, _ = text.ParseTag(col.Tag)
			if col.Head > 0 {
				t.Head = first + int32(col.Head) - 1
			}
			up := ""
			if col.Head > 0 {
				up = sent[col.Head-1].Tag
			}
			t.Rel = rel(col.Rel, up)
			for j := 0; j < len(col.Word); j++ {
				switch ch := col.Word[j]; {
				case ch >= 'a' && ch <= 'z':
					t.Shape |= text.HasLower
				case ch >= 'A' && ch <= 'Z':
					t.Shape |= text.HasUpper
					if j == 0 {
						t.Shape |= text.FirstUpper
					}
				case ch >= '0' && ch <= '9':
					t.Shape |= text.HasDigit
				case ch == '-':
					t.Shape |= text.HasHyphen
				default:
					t.Shape |= text.HasPunct
				}
			}
			d.Tokens = append(d.Tokens, t)
		}
		d.Sentences = append(d.Sentences, text.Sentence{First: first, End: int32(len(d.Tokens)), Paragraph: paragraph})
	}
	var own text.Doc
	own.Reset(s)
	own.Segment()
	at := func(off int32) int32 {
		i, _ := slices.BinarySearchFunc(d.Tokens, off, func(t text.Token, off int32) int { return int(t.End - 1 - off) })
		return min(int32(i), int32(len(d.Tokens)-1))
	}
	for _, q := range own.Quotes {
		q.Open, q.Close = at(own.Tokens[q.Open].Start), at(own.Tokens[q.Close].Start)
		d.Quotes = append(d.Quotes, q)
		for i := q.Open; i <= q.Close; i++ {
			d.Tokens[i].Quote++
		}
	}
	return d
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 32
		}
	}
	return string(b)
}

func rel(r, headTag string) text.Rel {
	switch r {
	case "dobj":
		return text.Obj
	case "nsubjpass":
		return text.NsubjPass
	case "auxpass":
		return text.AuxPass
	case "neg", "det:predet":
		return text.Advmod
	case "mwe":
		return text.Fixed
	case "csubjpass":
		return text.Csubj
	case "cc:preconj":
		return text.Cc
	case "nmod:tmod", "nmod:npmod":
		return text.NmodTmod
	case "nmod":
		if len(headTag) > 0 && (headTag[0] == 'V' || headTag[0] == 'J' || headTag[0] == 'R') {
			return text.Obl
		}
		return text.Nmod
	}
	if x, ok := text.ParseRel(r); ok {
		return x
	}
	return text.Dep
}
