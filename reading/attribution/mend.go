package attribution

import (
	"cmp"
	"slices"

	"hearsay/text"
)

// mend puts right, by what is certain, where the learned passes stop short.
func (v *view) mend(s *Scratch) {
	s.taken = sized(s.taken, len(v.tokens))
	clear(s.taken)
	for i := range s.found {
		v.release(&s.found[i])
		v.disconnect(&s.found[i])
		v.negate(&s.found[i])
		v.share(&s.found[i])
		for k := s.found[i].Cue.First; k < s.found[i].Cue.End; k++ {
			s.taken[k] = 1
		}
	}
	for i := range s.found {
		v.carry(&s.found[i], s.taken)
	}
	v.follow(s)
}

// release parts a cue from a phrase that it has half swallowed: of "saying in
// a statement on its channel that it…" the cue is "saying" and the content
// begins at "that", whether the content has the other half or nobody does.
func (v *view) release(r *Relation) {
	c := &r.Content[0]
	last := v.tokens[r.Cue.End-1]
	if c.First < r.Cue.End || last.Tag != text.IN && last.Tag != text.TO || !r.Source.Empty() && r.Source.First >= r.Cue.End {
		return
	}
	that := c.First
	if c.First == r.Cue.End {
		that = v.thatClause(*c)
	}
	end := v.headOf(r.Cue) + 1
	for end < r.Cue.End && v.tokens[end].Tag != text.IN && v.tokens[end].Tag != text.TO {
		end++
	}
	if that > r.Cue.End && v.tokens[that].Lower == lowerThat && end > r.Cue.First && end < r.Cue.End {
		c.First, r.Cue.End = that, end
	}
}

// thatClause is the "that" which opens a clause after the noun phrase that a
// content begins with, -1 for none.
func (v *view) thatClause(c text.Range) int32 {
	for i := c.First + 1; i < min(c.End-1, c.First+10); i++ {
		switch t := v.tokens[i]; {
		case t.Lower == lowerThat && t.Tag == text.IN && t.Rel == text.Mark:
			return i
		case t.Tag.Verb() || t.Tag == text.MD:
			return -1
		}
	}
	return -1
}

// disconnect leaves the conjunction that ties a sentence to the one before to
// the article: in "But the bridge was sound, she said" it is not hers.
func (v *view) disconnect(r *Relation) {
	c := &r.Content[0]
	t := v.tokens[c.First]
	if c.First == v.doc.Sentences[v.sentence[c.First]].First && t.Tag == text.CC && t.Quote == 0 && c.Len() > 1 {
		c.First++
	}
}

// negate takes the negation of a cue's verb into the cue, with the auxiliary
// before it: "did not say" is not "say".
func (v *view) negate(r *Relation) {
	head := v.headOf(r.Cue)
	if v.children[head]&hasNegation == 0 {
		return
	}
	first := r.Cue.First
	for i := r.Cue.First - 1; i >= 0 && v.sentence[i] == v.sentence[head] && v.tokens[i].Head == head; i-- {
		t := v.tokens[i]
		not := t.Lemma == lemmaNot || t.Lower == lemmaNever
		if !not && t.Rel != text.Aux && t.Rel != text.AuxPass {
			break
		}
		first = i
	}
	negated := false
	for i := first; i < r.Cue.First; i++ {
		negated = negated || v.tokens[i].Lemma == lemmaNot || v.tokens[i].Lower == lemmaNever
	}
	if !negated || r.Source.End > first && r.Source.First < r.Cue.First {
		return
	}
	for _, c := range r.Content {
		if c.End > first && c.First < r.Cue.First {
			return
		}
	}
	r.Cue.First = first
}

// share gives a cue that has no source the subject that its verb shares with the one before:
// "the ministry closed the bridge and said that it was unsafe".
func (v *view) share(r *Relation) {
	verb := v.headOf(r.Cue)
	if !r.Source.Empty() || !v.tokens[verb].Tag.Verb() || v.tokens[verb].Tag == text.VBG || v.tokens[verb].Rel != text.Conj || v.children[verb]&(hasSubject|hasPassiveSubject|hasPassive) != 0 {
		return
	}
	source := v.doer(verb)
	if source.Empty() || source.End > r.Cue.First || v.tokens[source.First].Lower == lowerThat {
		return
	}
	for _, c := range r.Content {
		if overlap(c, source) {
			return
		}
	}
	r.Source = source
}

// carry lets a content that stops with a paragraph in the middle of a
// quotation go on to the quotation's end: its later paragraphs open with a
// mark of their own and are the same speaker's words. taken marks the tokens
// of cues; a quotation that seems to hold one is rather two that were not closed.
func (v *view) carry(r *Relation, taken []int32) {
	for k := range r.Content {
		c := &r.Content[k]
		q := v.outermost(c.End - 1)
		if q < 0 {
			continue
		}
		Q := v.doc.Quotes[q]
		if !Q.Closed || Q.Close < c.End || v.paragraph(c.End-1) == v.paragraph(Q.Close) || k+1 < len(r.Content) && r.Content[k+1].First <= Q.Close {
			continue
		}
		end := c.End
		for end < Q.Close && v.tokens[end].Tag == text.Stop {
			end++
		}
		if v.paragraph(end-1) == v.paragraph(end) { // it stops in the middle of its paragraph
			continue
		}
		for i := end; i <= Q.Close && end > 0; i++ {
			if taken[i] != 0 {
				end = 0
			}
		}
		if end > 0 {
			c.End = Q.Close + 1
		}
	}
}

// follow gives paragraphs that are wholly a quotation and have no cue of their
// own to whoever was quoted in the paragraph before.
func (v *view) follow(s *Scratch) {
	ss := v.doc.Sentences
	speaker := -1 // the attribution that was quoted last in the paragraph before
	next := 0     // the first attribution whose cue is not behind us
	order := s.byCue[:0]
	for i := range s.found {
		order = append(order, int32(i))
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(s.found[a].Cue.First, s.found[b].Cue.First) })
	s.byCue = order
	for k := 0; k < len(ss); {
		last := k
		for last+1 < len(ss) && ss[last+1].Paragraph == ss[k].Paragraph {
			last++
		}
		p := text.Range{First: ss[k].First, End: ss[last].End}
		k = last + 1
		own := -1
		for next < len(order) && s.found[order[next]].Cue.First < p.End {
			own = int(order[next])
			next++
		}
		if own >= 0 {
			speaker = -1
			if v.quoted(s.found[own], p) {
				speaker = own
			}
			continue
		}
		if speaker >= 0 && v.wholly(p) {
			r := &s.found[speaker]
			if end := r.Content[len(r.Content)-1].End; end <= p.First {
				r.Content = append(slices.Clip(r.Content), p)
				continue
			}
			if r.Content[len(r.Content)-1].End >= p.End-1 {
				continue // carried here already
			}
		}
		speaker = -1
	}
}

// quoted reports whether an attribution of paragraph p quotes directly, with
// its last piece of content running to the paragraph's end or to its cue.
func (v *view) quoted(r Relation, p text.Range) bool {
	c := r.Content[len(r.Content)-1]
	if v.tokens[c.First].Tag != text.OpenQ || v.tokens[c.End-1].Quote == 0 {
		return false
	}
	for i := max(c.End, r.Cue.End, r.Source.End); i < p.End; i++ {
		if v.tokens[i].Quote == 0 && v.tokens[i].Tag.Verb() {
			return false // the paragraph goes on to something else
		}
	}
	return true
}

// wholly reports whether a paragraph opens with a quotation mark and stands to
// its end in quotations that are closed, if only in a later paragraph.
func (v *view) wholly(p text.Range) bool {
	if p.Empty() || v.tokens[p.First].Tag != text.OpenQ {
		return false
	}
	for i := p.First; i < p.End; i++ {
		if q := v.outermost(i); q < 0 || !v.doc.Quotes[q].Closed {
			return false
		}
	}
	return true
}

func (v *view) paragraph(i int32) int32 { return v.doc.Sentences[v.sentence[i]].Paragraph }

// outermost is the outermost quotation that token i stands in, -1 for none.
func (v *view) outermost(i int32) int32 {
	q := v.quote[i]
	for q >= 0 && v.doc.Quotes[q].Parent >= 0 {
		q = v.doc.Quotes[q].Parent
	}
	return q
}
