package attribution

import (
	"slices"

	"hearsay/text"
)

// Some attributions are made by layout alone: a quotation with a dash and a
// name after it, a name in capitals and a colon before a speaker's turn. The
// corpus has few of either, and both are exact, so they are read by rule.

// nameTokens bounds how long a name laid out so may be.
const nameTokens = 14

// leastTurns is how many paragraphs must read as turns before any is taken for
// one: a heading in capitals ("UPDATE:") stands alone.
const leastTurns = 3

// findLaid appends to s.found the attributions made by layout and takes back
// the cues found in their marks and names.
func (v *view) findLaid(s *Scratch) {
	ss := v.doc.Sentences
	from, turns := len(s.found), 0
	for k := 0; k < len(ss); {
		last := k
		for last+1 < len(ss) && ss[last+1].Paragraph == ss[k].Paragraph {
			last++
		}
		paragraph := text.Range{First: ss[k].First, End: ss[last].End}
		if r, ok := v.turn(paragraph); ok {
			s.found = append(s.found, r)
			turns++
		} else if r, ok := v.signed(paragraph); ok {
			s.found = append(s.found, r)
		}
		k = last + 1
	}
	if turns < leastTurns {
		s.found = slices.DeleteFunc(s.found, func(r Relation) bool { return r.Source.End == r.Cue.First })
	}
	laid := s.found[from:]
	if len(laid) == 0 {
		return
	}
	kept, at := s.cues[:0], 0
	for _, c := range s.cues {
		for at < len(laid) && max(laid[at].Cue.End, laid[at].Source.End) <= c.cue.First {
			at++
		}
		if at == len(laid) || c.cue.End <= min(laid[at].Cue.First, laid[at].Source.First) {
			kept = append(kept, c)
		}
	}
	s.cues = kept
}

// signed reads a paragraph that ends with a quotation, a dash and a name, or
// consists of a dash and a name after a paragraph that a quotation ends.
func (v *view) signed(p text.Range) (Relation, bool) {
	dash := int32(-1)
	for i := p.End - 1; i >= p.First && i >= p.End-nameTokens; i-- {
		if isDash(v.doc.Form(i)) {
			dash = i
			break
		}
	}
	if dash < 1 || dash+1 >= p.End {
		return Relation{}, false
	}
	q := v.quote[dash-1]
	if q < 0 || !v.doc.Quotes[q].Closed || v.doc.Quotes[q].Close != dash-1 || v.doc.Quotes[q].Parent >= 0 {
		return Relation{}, false
	}
	name := text.Range{First: dash + 1, End: p.End}
	for name.End > name.First && v.tokens[name.End-1].Tag == text.Stop {
		name.End--
	}
	if !v.isName(name) {
		return Relation{}, false
	}
	return Relation{
		Cue:     text.Range{First: dash, End: dash + 1},
		Source:  name,
		Content: []text.Range{{First: v.doc.Quotes[q].Open, End: dash}},
		Within:  -1,
	}, true
}

// turn reads a paragraph that begins with a name in capitals and a colon, as
// in the record of a debate, perhaps behind an opening quotation mark.
func (v *view) turn(p text.Range) (Relation, bool) {
	i := p.First
	if i < p.End && v.tokens[i].Tag == text.OpenQ {
		i++
	}
	name := text.Range{First: i, End: i}
	for ; i < p.End && i < name.First+4; i++ {
		t := v.tokens[i]
		if t.Shape&(text.HasUpper|text.HasLower|text.HasDigit) != text.HasUpper || t.End-t.Start < 2 {
			break
		}
		name.End = i + 1
	}
	if name.Empty() || i+1 >= p.End || v.doc.Form(i) != ":" {
		return Relation{}, false
	}
	r := Relation{Cue: text.Range{First: i, End: i + 1}, Source: name, Within: -1}
	r.Content = []text.Range{{First: i + 1, End: p.End}}
	return r, true
}

// isName reports whether a range reads as a name with what may follow one: no
// verb, and a proper noun or a handle first.
func (v *view) isName(r text.Range) bool {
	if r.Empty() || r.Len() > nameTokens {
		return false
	}
	first := v.tokens[r.First]
	if first.Shape&text.FirstUpper == 0 && v.doc.Form(r.First)[0] != '@' {
		return false
	}
	proper := false
	for i := r.First; i < r.End; i++ {
		t := v.tokens[i]
		if t.Tag.Verb() || t.Tag == text.MD || t.Tag == text.PRP {
			return false
		}
		proper = proper || t.Tag.Proper()
	}
	return proper
}

func isDash(form string) bool {
	switch form {
	case "―", "—", "–", "--", "-":
		return true
	}
	return false
}
