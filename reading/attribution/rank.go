package attribution

import (
	"math"
	"slices"

	"hearsay/linear"
	"hearsay/text"
)

// choice is one of the readings of a cue's window that the second pass thinks
// best, with its score there. A choice without content is that the cue is none.
type choice struct {
	relation Relation
	score    int32
	belief   float64 // the second pass's, in proportion to the other choices'
}

// The third pass chooses among so many readings. It learns on fewer: the
// further ones teach it little, but now and then one of them is right.
const (
	choicesRead    = 20
	choicesLearned = 10
)

// relationOf reads a relation off the labels of a cue's window.
func relationOf(c candidate, labels []uint8) Relation {
	r := Relation{Cue: c.cue, Within: -1}
	for i := 0; i < len(labels); i++ {
		l := labels[i]
		if l != sourceBegin && l != contentBegin {
			continue
		}
		j := i + 1
		for j < len(labels) && labels[j] == l+1 {
			j++
		}
		span := text.Range{First: c.window.First + int32(i), End: c.window.First + int32(j)}
		if l == contentBegin {
			r.Content = append(r.Content, span)
		} else if r.Source.Empty() {
			r.Source = span
		}
		i = j - 1
	}
	return r
}

// rankFeatures appends the features of one reading as a whole: how its spans
// fit the tree and the quotation marks, and each other.
func (a *arguments) rankFeatures(f []linear.Feature, v *view, c candidate, choices []choice, k int) []linear.Feature {
	r := choices[k].relation
	add := func(template, x, y, z uint32) { f = append(f, linear.Join(template, x, y, z)) }
	head := v.tokens[c.head]
	set := uint32(v.children[c.head])
	add(200, uint32(min(len(r.Content), 4)), b2u(r.Source.Empty()), 0)
	add(201, uint32(min(len(r.Content), 4)), b2u(r.Source.Empty()), head.Lemma)
	add(202, uint32(min(len(r.Content), 4)), b2u(r.Source.Empty()), set)
	if len(r.Content) == 0 {
		return f
	}
	sideOf := func(s text.Range) uint32 { return b2u(s.First >= c.cue.First) }

	// How much of the second pass's belief lies with readings that share a part of this one.
	var source, content, first, last, count, total float64
	for _, o := range choices {
		total += o.belief
		source += o.belief * b2f(o.relation.Source == r.Source)
		content += o.belief * b2f(slices.Equal(o.relation.Content, r.Content))
		count += o.belief * b2f(len(o.relation.Content) == len(r.Content))
		if n := len(o.relation.Content); n > 0 {
			first += o.belief * b2f(o.relation.Content[0].First == r.Content[0].First)
			last += o.belief * b2f(o.relation.Content[n-1].End == r.Content[len(r.Content)-1].End)
		}
	}
	none := uint32(0)
	for _, o := range choices {
		if len(o.relation.Content) == 0 {
			none = share(o.belief, total)
		}
	}
	add(204, share(source, total), b2u(r.Source.Empty()), 0)
	add(205, share(content, total), share(source, total), 0)
	add(206, share(first, total), share(last, total), share(count, total))
	add(207, none, share(choices[k].belief, total), 0)
	add(208, none, head.Lemma, 0)
	if s := r.Source; !s.Empty() {
		root, roots := v.rootOf(s)
		fit := b2u(v.left[root] == s.First) | b2u(v.right[root] == s.End-1)<<1
		p := a.places[root-c.window.First]
		prev, next := v.at(s.First-1, c.window.First, c.window.End), v.at(s.End, c.window.First, c.window.End)
		first, last := v.tokens[s.First], v.tokens[s.End-1]
		direct := b2u(p.top == root)
		add(210, uint32(p.chain), uint32(v.tokens[root].Rel), fit|direct<<2|sideOf(s)<<3)
		add(211, fit|roots<<2, uint32(first.Tag), uint32(last.Tag))
		add(212, fit, uint32(last.Tag), uint32(next.Tag)|sideOf(s)<<8)
		add(213, fit, uint32(first.Tag), uint32(prev.Tag)|sideOf(s)<<8)
		add(214, bucketOf(int32(s.Len())), fit, roots)
		add(215, v.tokens[root].Lemma, head.Lemma, 0)
		add(216, uint32(v.tokens[root].Tag), fit|roots<<2, uint32(v.children[root]))
		add(217, next.Lower, last.Lower, sideOf(s))
		add(218, bucketOf(gap(s, c.cue)), sideOf(s), fit)
		add(219, uint32(next.Rel), uint32(next.Tag), fit|sideOf(s)<<4)
	}
	if !r.Source.Empty() {
		f = v.cutFeatures(f, 290, c, r.Source, sideOf(r.Source))
	}
	var covered int32
	lastEnd := int32(-1)
	for k, s := range r.Content {
		root, roots := v.rootOf(s)
		t := v.tokens[root]
		fit := b2u(v.left[root] == s.First) | b2u(v.right[root] == s.End-1)<<1
		p := a.places[root-c.window.First]
		top := v.tokens[p.top]
		direct := b2u(p.top == root)
		prev, next := v.at(s.First-1, c.window.First, c.window.End), v.at(s.End, c.window.First, c.window.End)
		first, last := v.tokens[s.First], v.tokens[s.End-1]
		own := v.doc.Sentences[v.sentence[s.First]]
		end := v.doc.Sentences[v.sentence[s.End-1]]
		quotes := v.quoteFit(s)
		sentences := uint32(min(v.sentence[s.End-1]-v.sentence[s.First], 3))
		starts := b2u(s.First == own.First)
		ends := b2u(s.End == end.End) | b2u(s.End == end.End-1)<<1
		side := sideOf(s)
		which := uint32(min(k, 2))
		add(230, uint32(p.chain), uint32(t.Rel), fit|direct<<2|side<<3|roots<<4)
		add(231, uint32(p.chain)|fit<<8|direct<<10|roots<<12, uint32(top.Rel), head.Lemma)
		add(232, fit|roots<<2, uint32(first.Tag), uint32(prev.Tag)|side<<8)
		add(233, fit|roots<<2, uint32(last.Tag), uint32(next.Tag)|side<<8)
		add(234, quotes, starts, ends|side<<4|which<<8)
		add(235, quotes, sentences, starts|ends<<2|which<<8)
		add(228, v.class[c.head], uint32(first.Tag)|quotes<<8, side)
		add(229, v.class[c.head], fit|roots<<2, uint32(top.Rel)|side<<8)
		add(236, head.Lemma, uint32(first.Tag), side)
		add(237, head.Lemma, first.Lower, side)
		add(238, head.Lemma, quotes, side)
		add(239, bucketOf(int32(s.Len())), side, roots)
		add(240, bucketOf(gap(s, c.cue)), side, quotes)
		add(241, next.Lower, uint32(last.Tag), side|ends<<2)
		add(242, prev.Lower, uint32(first.Tag), side|starts<<2)
		add(243, uint32(next.Rel), uint32(next.Tag), fit|quotes<<4)
		add(244, set, uint32(top.Rel), fit|uint32(p.chain)<<4|side<<8)
		add(245, ends, fit|roots<<2, uint32(top.Rel)|side<<8)
		add(246, v.sentenceKind(own), quotes, which|side<<4)
		f = v.cutFeatures(f, 270, c, s, side)
		if k > 0 {
			add(247, bucketOf(s.First-lastEnd), uint32(v.tokens[lastEnd].Tag), quotes)
			add(248, b2u(v.sentence[lastEnd-1] == v.sentence[s.First]), b2u(lastEnd <= c.cue.First && s.First >= c.cue.End), quotes)
			add(249, b2u(v.quote[lastEnd-1] == v.quote[s.First] && v.quote[s.First] >= 0), b2u(v.sentence[lastEnd-1] == v.sentence[s.First]), bucketOf(s.First-lastEnd))
		}
		inside := uint32(0)
		for i := s.First; i < s.End; i++ {
			inside += b2u(a.other[i-c.window.First])
		}
		add(250, min(inside, 2), quotes, side)
		covered += int32(s.Len())
		lastEnd = s.End
	}
	sent := v.doc.Sentences[v.sentence[c.cue.First]]
	left := sent.End - sent.First - int32(c.cue.Len()) - int32(r.Source.Len()) - covered
	add(260, bucketOf(left), b2u(r.Source.Empty()), uint32(len(r.Content)))
	order := uint32(0)
	for _, s := range r.Content[:min(3, len(r.Content))] {
		order = order<<3 | sideOf(s)<<1 | b2u(!r.Source.Empty() && s.First > r.Source.First) | 4
	}
	src := b2u(r.Source.Empty())<<1 | sideOf(r.Source)
	add(261, order, src, head.Lemma)
	add(262, order, src, uint32(head.Tag)<<8|uint32(head.Rel))
	add(263, order, src, set)
	before, after := v.at(c.clause.First-1, sent.First, sent.End), v.at(c.clause.End, sent.First, sent.End)
	around := uint32(before.Tag) | uint32(after.Tag)<<8 | b2u(c.clause.End >= sent.End-1)<<17 | uint32(min(before.Quote, 1))<<18 | uint32(min(after.Quote, 1))<<19
	restBefore, restAfter := c.clause.First-sent.First, sent.End-c.clause.End
	for _, s := range r.Content {
		restBefore -= max(0, min(s.End, c.clause.First)-max(s.First, sent.First))
		restAfter -= max(0, min(s.End, sent.End)-max(s.First, c.clause.End))
	}
	add(264, around, bucketOf(restBefore), bucketOf(restAfter))
	add(265, around, bucketOf(restBefore)|b2u(restBefore == c.clause.First-sent.First)<<8, head.Lemma)
	add(266, around, bucketOf(restAfter)|b2u(restAfter == sent.End-c.clause.End)<<8, head.Lemma)
	add(267, around, order, src)
	return f
}

// believe fills in the choices' beliefs from their scores, of which each unit
// is worth so much. Half the scores' worth is what proved right on held-out texts.
func believe(choices []choice, unit float64) {
	for i := range choices {
		choices[i].belief = math.Exp(float64(choices[i].score-choices[0].score) * unit * 0.5)
	}
}

// share puts a part of a total into one of few classes.
func share(part, total float64) uint32 {
	switch p := part / total; {
	case p > 0.95:
		return 7
	case p > 0.8:
		return 6
	case p > 0.6:
		return 5
	case p > 0.4:
		return 4
	case p > 0.2:
		return 3
	case p > 0.1:
		return 2
	case p > 0.03:
		return 1
	}
	return 0
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// cutFeatures appends the features of where a span is cut from the tree: the
// phrase that begins right after it, and the last and first of its own.
func (v *view) cutFeatures(f []linear.Feature, template uint32, c candidate, s text.Range, side uint32) []linear.Feature {
	add := func(n, x, y, z uint32) { f = append(f, linear.Join(template+n, x, y, z)) }
	// where says what a token hangs from: the span, the cue, or something else.
	where := func(t text.Token) uint32 {
		switch {
		case t.Head >= s.First && t.Head < s.End:
			return 1
		case t.Head >= c.cue.First && t.Head < c.cue.End:
			return 2
		case t.Head < 0:
			return 3
		}
		return 0
	}
	head := v.tokens[c.head]
	if i := s.End; i < c.window.End && v.sentence[i] == v.sentence[i-1] {
		j := i
		if v.tokens[i].Tag == text.Comma && i+1 < c.window.End {
			j++
		}
		x := v.tokens[v.starts[j]]
		over := v.at(x.Head, c.window.First, c.window.End)
		comma := b2u(j > i)
		add(0, uint32(x.Rel), v.tokens[j].Lower, where(x)|comma<<4|side<<5)
		add(1, uint32(x.Rel), uint32(x.Tag), where(x)|comma<<4|side<<5)
		add(2, uint32(x.Rel), over.Lemma, where(x)|comma<<4)
		add(3, uint32(x.Rel), head.Lemma, where(x)|comma<<4)
		add(4, uint32(x.Rel), uint32(v.tokens[j].Tag)|uint32(over.Tag)<<8, where(x)|comma<<4|side<<5)
	} else {
		add(5, head.Lemma, side, 0)
	}
	last := v.ends[s.End-1]
	for last >= 0 && v.left[last] < s.First { // the phrase that ends the span and lies in it
		last = v.inside(last, s)
	}
	if last >= 0 {
		y := v.tokens[last]
		add(6, uint32(y.Rel), v.tokens[v.left[last]].Lower, where(y)|side<<4)
		add(7, uint32(y.Rel), uint32(y.Tag), where(y)|side<<4|b2u(v.left[last] == s.First)<<5)
		add(8, uint32(y.Rel), head.Lemma, where(y)|side<<4)
	}
	if i := s.First; i > c.window.First && v.sentence[i] == v.sentence[i-1] {
		x := v.tokens[v.ends[i-1]]
		add(9, uint32(x.Rel), v.tokens[i-1].Lower, where(x)|side<<4)
		add(10, uint32(x.Rel), uint32(v.tokens[v.starts[i]].Rel), where(x)|side<<4|where(v.tokens[v.starts[i]])<<6)
	}
	return f
}

// inside is the next lower token whose subtree ends where top's does, -1 for none.
func (v *view) inside(top int32, s text.Range) int32 {
	at := v.right[top]
	if top == at {
		return -1
	}
	below := at
	for h := v.tokens[at].Head; h >= 0 && h != top; h = v.tokens[h].Head {
		if v.right[h] != at {
			return -1
		}
		below = h
	}
	return below
}

// rootOf is the token of a span that is nearest to its sentence's root, and
// how many of the span's tokens hang from outside it, up to 3.
func (v *view) rootOf(s text.Range) (root int32, roots uint32) {
	root = s.First
	for i := s.First; i < s.End; i++ {
		if h := v.tokens[i].Head; h < s.First || h >= s.End {
			if v.tokens[i].Rel != text.Punct {
				roots++
			}
			if v.depth[i] < v.depth[root] || v.depth[i] == v.depth[root] && v.tokens[root].Rel == text.Punct {
				root = i
			}
		}
	}
	return root, min(roots, 3)
}

// quoteFit says how a span's ends stand to quotation marks: whether it begins
// at an opening mark, ends at a closing one, begins or ends inside a
// quotation, just after a mark, or just before one.
func (v *view) quoteFit(s text.Range) uint32 {
	fit := b2u(v.tokens[s.First].Quote > 0) | b2u(v.tokens[s.End-1].Quote > 0)<<1
	if q := v.quote[s.First]; q >= 0 {
		Q := v.doc.Quotes[q]
		fit |= b2u(Q.Open == s.First)<<2 | b2u(Q.Open == s.First-1)<<3 | b2u(Q.Close < s.End)<<4
	}
	if q := v.quote[s.End-1]; q >= 0 {
		Q := v.doc.Quotes[q]
		fit |= b2u(Q.Close == s.End-1)<<5 | b2u(Q.Close == s.End)<<6 | b2u(Q.Open >= s.First)<<7
	}
	return fit
}

// gap is how many tokens lie between two ranges.
func gap(a, b text.Range) int32 {
	if a.First >= b.End {
		return a.First - b.End
	}
	return max(0, b.First-a.End)
}
