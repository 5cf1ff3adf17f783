package attribution

import (
	"hearsay/linear"
	"hearsay/text"
)

// The labels of the second pass, which finds one cue's source and content.
const (
	argOut uint8 = iota
	sourceBegin
	sourceIn
	contentBegin
	contentIn
	argLabels
)

// ArgLabels is the number of labels of the second pass.
const ArgLabels = int(argLabels)

// ArgMove reports whether a label of the second pass may follow another; from is -1 at the start.
func ArgMove(from, to int) bool {
	switch uint8(to) {
	case sourceIn:
		return from == int(sourceBegin) || from == int(sourceIn)
	case contentIn:
		return from == int(contentBegin) || from == int(contentIn)
	}
	return true
}

// candidate is a cue whose arguments are looked for, and the tokens where.
type candidate struct {
	cue    text.Range
	window text.Range
	head   int32
	clause text.Range // the cue with its subject: "he said" in "It is, he said, late"
}

// The bounds of a window around a cue, which keep the second pass linear.
const (
	sentencesBefore = 3
	sentencesAfter  = 6
	windowTokens    = 300
)

// window gives the sentences that can hold a cue's arguments: its own, and
// those that one quotation joins to it.
func (v *view) window(cue text.Range) text.Range {
	ss := v.doc.Sentences
	own := v.sentence[cue.First]
	lo, hi := own, v.sentence[cue.End-1]
	limit := cue.First + windowTokens
	for hi+1 < int32(len(ss)) && hi-own < sentencesAfter && ss[hi+1].End < limit {
		next, last := ss[hi+1], v.tokens[ss[hi].End-1]
		opens := v.tokens[next.First].Quote > 0
		same := next.Paragraph == ss[hi].Paragraph
		// A quotation goes on, opens in the same paragraph, or is announced by a colon.
		if opens && (same || last.Tag == text.Colon || hi > own || v.quote[next.First] == v.quote[ss[hi].End-1]) ||
			hi == own && last.Tag == text.Colon && last.Quote == 0 {
			hi++
			continue
		}
		break
	}
	for lo > 0 && own-lo < sentencesBefore && cue.End-ss[lo-1].First < windowTokens {
		prev := ss[lo-1]
		if prev.Paragraph != ss[own].Paragraph && v.quote[prev.End-1] != v.quote[ss[lo].First] || v.tokens[prev.End-1].Quote == 0 {
			break
		}
		lo--
	}
	return text.Range{First: ss[lo].First, End: ss[hi].End}
}

// headOf is the token of a cue that the rest of it hangs from: of those
// nearest to the root the one likeliest to head a cue.
func (v *view) headOf(cue text.Range) int32 {
	best := cue.First
	for i := cue.First; i < cue.End; i++ {
		out := v.tokens[i].Head < cue.First || v.tokens[i].Head >= cue.End
		bestOut := v.tokens[best].Head < cue.First || v.tokens[best].Head >= cue.End
		if out && (!bestOut || v.bucket[i] > v.bucket[best]) {
			best = i
		}
	}
	return best
}

// clauseOf is a cue with its subject and what stands between them.
func (v *view) clauseOf(cue text.Range, head int32) text.Range {
	r := cue
	if v.children[head]&(hasSubject|hasPassiveSubject) == 0 {
		return r
	}
	s := v.doc.Sentences[v.sentence[head]]
	for j := max(s.First, v.left[head]); j <= v.right[head] && j < s.End; j++ {
		if t := v.tokens[j]; t.Head == head && (t.Rel == text.Nsubj || t.Rel == text.NsubjPass) {
			return text.Range{First: min(r.First, v.left[j]), End: max(r.End, v.right[j]+1)}
		}
	}
	return r
}

// chainLength bounds how far above a cue's head its arguments are looked for.
const chainLength = 6

// outside is the place in the chain of a token that nothing in it dominates.
const outside = chainLength

// place says where in the tree a token of a window stands to the cue's head:
// chain is the number of steps from the head up to the lowest ancestor the two
// share, top the child of that ancestor above the token (or the ancestor
// itself), and foreign whether another cue stands on the way down from it.
type place struct {
	top     int32
	chain   uint8
	set     bool
	foreign bool
}

// places fills the place of every token in the window.
func (a *arguments) placesOf(v *view, c candidate, others []candidate) {
	n := c.window.Len()
	if cap(a.places) < n {
		a.places = make([]place, n, 2*n)
		a.other = make([]bool, n, 2*n)
	}
	a.places, a.other = a.places[:n], a.other[:n]
	clear(a.places)
	clear(a.other)
	for _, o := range others {
		if o.cue.First != c.cue.First {
			for i := max(o.cue.First, c.window.First); i < min(o.cue.End, c.window.End); i++ {
				a.other[i-c.window.First] = true
			}
		}
	}
	anc := c.head
	for k := range chainLength {
		if anc < 0 || anc < c.window.First || anc >= c.window.End {
			break
		}
		a.places[anc-c.window.First] = place{top: anc, chain: uint8(k), set: true}
		anc = v.tokens[anc].Head
	}
	for i := c.window.First; i < c.window.End; i++ {
		a.placeOf(v, c, i)
	}
}

func (a *arguments) placeOf(v *view, c candidate, i int32) place {
	p := &a.places[i-c.window.First]
	if p.set {
		return *p
	}
	h := v.tokens[i].Head
	if h < c.window.First || h >= c.window.End {
		*p = place{top: i, chain: outside, set: true, foreign: a.other[i-c.window.First]}
		return *p
	}
	up := a.placeOf(v, c, h)
	*p = place{top: up.top, chain: up.chain, set: true, foreign: up.foreign || a.other[i-c.window.First]}
	if up.top == h && up.chain < outside { // the head is in the chain: i is the child itself
		*p = place{top: i, chain: up.chain, set: true, foreign: a.other[i-c.window.First]}
	}
	return *p
}

// arguments is the second pass over one cue's window.
type arguments struct {
	places []place
	other  []bool
	marks  []uint8 // commas and quotation marks between the cue and each token, in buckets
}

// countMarks fills marks: the low two bits count commas between cue and token,
// the next two quotation marks, bit 4 says another cue stands between, bit 5 a
// sentence's end.
func (a *arguments) countMarks(v *view, c candidate) {
	n := c.window.Len()
	if cap(a.marks) < n {
		a.marks = make([]uint8, n, 2*n)
	}
	a.marks = a.marks[:n]
	run := func(from, to, by int32) {
		var commas, quotes, other, ends uint8
		for i := from; i != to; i += by {
			if v.sentence[i] != v.sentence[i-by] {
				ends = 1
			}
			a.marks[i-c.window.First] = commas | quotes<<2 | other<<4 | ends<<5
			switch t := v.tokens[i]; {
			case t.Tag == text.Comma:
				commas = min(commas+1, 3)
			case t.Tag == text.OpenQ || t.Tag == text.CloseQ:
				quotes = min(quotes+1, 3)
			}
			if a.other[i-c.window.First] {
				other = 1
			}
		}
	}
	for i := c.cue.First; i < c.cue.End; i++ {
		a.marks[i-c.window.First] = 0
	}
	run(c.cue.End, c.window.End, 1)
	run(c.cue.First-1, c.window.First-1, -1)
}

// argFeatures appends the features by which token i is part of the cue's
// source or content. placesOf and countMarks must have been called.
func (a *arguments) argFeatures(f []linear.Feature, v *view, c candidate, i int32) []linear.Feature {
	add := func(template, x, y, z uint32) { f = append(f, linear.Join(template, x, y, z)) }
	first, end := c.window.First, c.window.End
	t := v.tokens[i]
	p1, n1 := v.at(i-1, first, end), v.at(i+1, first, end)
	p2, n2 := v.at(i-2, first, end), v.at(i+2, first, end)
	head := v.tokens[c.head]
	p := a.places[i-first]
	top := v.tokens[p.top]
	chain := uint32(p.chain)
	marks := uint32(a.marks[i-first])

	side := uint32(1) // in the cue
	dist := int32(0)
	switch {
	case i < c.cue.First:
		side, dist = 0, c.cue.First-i
	case i >= c.cue.End:
		side, dist = 2, i-c.cue.End+1
	}
	sentence := uint32(v.sentence[i] - v.sentence[c.cue.First] + 4)
	where := side | sentence<<2 // which side, how many sentences away
	rel := uint32(top.Rel)
	tag := uint32(t.Tag)
	quote := uint32(min(t.Quote, 2))
	cueQuote := uint32(min(v.tokens[c.cue.First].Quote, 2))
	q := v.quote[i]
	mark := uint32(0) // 1 opens a quotation, 2 closes one
	var quoteAt uint32
	if q >= 0 {
		Q := v.doc.Quotes[q]
		mark = b2u(Q.Open == i) | b2u(Q.Close == i)<<1
		quoteAt = b2u(Q.Open >= c.cue.End) | b2u(Q.Close < c.cue.First)<<1 | b2u(Q.Open >= c.cue.End && Q.Open <= c.cue.End+3)<<2 |
			b2u(Q.Close < c.cue.First && Q.Close+5 >= c.cue.First)<<3 | b2u(q == v.quote[c.cue.First])<<4
	}
	kind := v.sentenceKind(v.doc.Sentences[v.sentence[i]])
	cueKind := v.sentenceKind(v.doc.Sentences[v.sentence[c.cue.First]])
	foreign := b2u(p.foreign)
	down := uint32(min(v.depth[i]-v.depth[p.top], 3))
	edge := b2u(v.left[p.top] == i) | b2u(v.right[p.top] == i)<<1

	// The words themselves and where they stand.
	add(100, t.Lower, side, 0)
	add(101, t.Lower, where, chain)
	add(102, tag, where, chain)
	add(103, p1.Lower, side, tag)
	add(104, n1.Lower, side, tag)
	add(105, uint32(p1.Tag), tag, side)
	add(106, tag, uint32(n1.Tag), side)
	add(107, p1.Lower, t.Lower, side)
	add(108, t.Lower, n1.Lower, side)
	add(109, uint32(p1.Tag), tag, uint32(n1.Tag)|side<<8)
	add(110, uint32(p2.Tag), uint32(p1.Tag), tag|side<<8)
	add(111, tag, uint32(n1.Tag), uint32(n2.Tag)|side<<8)
	add(112, side, bucketOf(dist), tag)
	add(113, side, bucketOf(dist), head.Lemma)
	add(114, side, uint32(min(dist, 4)), tag|uint32(head.Tag)<<8)
	add(115, p2.Lower, p1.Lower, side)
	add(116, n1.Lower, n2.Lower, side)

	class, headClass := v.class[i], v.class[c.head]
	add(117, class, side, chain|rel<<8)
	add(118, class, where, uint32(n1.Tag))
	add(119, class, side, uint32(p1.Tag))

	// The tree between token and cue.
	add(120, chain, rel, side)
	add(121, chain, rel, side|head.Lemma<<2)
	add(122, chain, rel, tag|down<<8)
	add(123, chain, rel|edge<<8, side|foreign<<3)
	add(124, chain, rel|edge<<8, tag)
	add(125, chain, rel|edge<<8, head.Lemma)
	add(126, chain, rel|uint32(head.Rel)<<8, side|uint32(head.Tag)<<4)
	add(127, chain, uint32(t.Rel)|rel<<8, down|side<<4)
	add(128, chain, top.Lemma, side)
	add(129, uint32(v.children[c.head]), chain|rel<<8, side)
	add(130, foreign, chain|marks<<8, side)
	add(131, foreign, rel, chain|quote<<8)
	pTop, nTop := uint32(0), uint32(0)
	if i > first {
		b := a.places[i-1-first]
		pTop = uint32(v.tokens[b.top].Rel)<<1 | b2u(b.top == p.top) | uint32(b.chain)<<10
	}
	if i+1 < end {
		b := a.places[i+1-first]
		nTop = uint32(v.tokens[b.top].Rel)<<1 | b2u(b.top == p.top) | uint32(b.chain)<<10
	}
	add(132, pTop, rel|chain<<8, side)
	add(133, nTop, rel|chain<<8, side)
	add(134, pTop, tag|chain<<8, uint32(p1.Tag))
	add(135, nTop, tag|chain<<8, uint32(n1.Tag))
	add(136, uint32(v.children[p.top]), chain|rel<<8, side)
	if sp := v.speech[i]; sp >= 0 {
		via := v.tokens[v.via[i]]
		mine := b2u(sp == c.head)
		add(137, mine, uint32(via.Rel), side|b2u(v.left[v.via[i]] == i)<<3|b2u(v.right[v.via[i]] == i)<<4)
		add(138, mine, uint32(via.Rel), tag|side<<8)
		add(139, mine, b2u(a.inOther(sp, first, end)), uint32(via.Rel)|side<<8)
	}

	// The phrases that begin at the token and that end before and at it.
	b := v.tokens[v.starts[i]]
	bDown := uint32(min(v.depth[v.starts[i]]-v.depth[p.top], 3))
	bHead := v.at(b.Head, first, end)
	add(140, uint32(b.Rel), t.Lower, chain|side<<8)
	add(141, uint32(b.Rel)|chain<<8, rel|bDown<<8, side|foreign<<3)
	add(142, uint32(b.Rel)|bDown<<8, bHead.Lemma, side)
	add(143, uint32(b.Rel)|bDown<<8, uint32(bHead.Tag), uint32(p1.Tag)|side<<8)
	add(144, uint32(b.Rel), t.Lower, head.Lemma)
	e := v.tokens[v.ends[i]]
	eDown := uint32(min(v.depth[v.ends[i]]-v.depth[p.top], 3))
	add(145, uint32(e.Rel)|eDown<<8, chain|rel<<8, uint32(n1.Tag)|side<<8)
	if i > first {
		l := v.tokens[v.ends[i-1]]
		add(146, uint32(l.Rel)|uint32(b.Rel)<<8, uint32(p1.Tag), tag|side<<8)
		add(147, uint32(l.Rel)|uint32(b.Rel)<<8, chain|bDown<<8, b2u(l.Head == b.Head)|b2u(b.Head == c.head)<<1|b2u(l.Head == c.head)<<2|side<<4)
	}

	// Quotation marks and punctuation.
	add(150, quote|cueQuote<<2|mark<<4, quoteAt, where)
	add(151, quote|mark<<4, quoteAt, uint32(p1.Tag)|side<<8)
	add(152, quote|mark<<4, quoteAt, uint32(n1.Tag)|side<<8)
	add(153, marks, where, tag)
	add(154, marks, quote|mark<<4, side)
	add(155, marks, chain|rel<<8, side)
	add(156, kind|cueKind<<4, quote|mark<<4, where)
	add(157, kind|cueKind<<4, tag, where)
	add(158, cueKind|quote<<4, head.Lemma, side|mark<<3)
	add(159, quote|cueQuote<<2|mark<<4, tag|chain<<8, side|uint32(p1.Quote)<<4|uint32(n1.Quote)<<12)

	// The cue itself.
	cf, ce := v.tokens[c.cue.First], v.tokens[c.cue.End-1]
	add(185, headClass, chain|rel<<8, side)
	add(186, headClass, tag, side|uint32(min(dist, 3))<<4)
	add(187, headClass, class, side)
	add(188, headClass, uint32(v.children[c.head]), chain|rel<<8|side<<16)
	add(170, cf.Lower, chain|rel<<8, side)
	add(171, ce.Lower, side, uint32(min(dist, 3))|tag<<4)
	add(172, head.Lemma, tag, side)
	add(173, uint32(v.children[c.head]), tag, side|uint32(min(dist, 3))<<4)
	add(174, uint32(head.Tag), uint32(head.Rel), side|chain<<4)
	add(175, uint32(v.at(c.cue.End, first, end).Tag), uint32(v.at(c.cue.First-1, first, end).Tag), side|tag<<4)
	add(176, uint32(v.at(c.cue.End, first, end).Tag), chain|rel<<8, side)
	add(177, uint32(v.at(c.cue.First-1, first, end).Tag), chain|rel<<8, side)
	add(178, head.Lemma, uint32(v.children[c.head]&(hasSubject|hasPassive|hasClause|hasOpenClause|hasObject|hasMark)), chain|rel<<8|side<<16)
	// What stands on either side of the cue and its subject: "…, he said, …"
	// goes on with what came before.
	before, after := v.at(c.clause.First-1, first, end), v.at(c.clause.End, first, end)
	around := uint32(before.Tag) | uint32(after.Tag)<<8
	own := v.doc.Sentences[v.sentence[c.cue.First]]
	around |= b2u(c.clause.First == own.First)<<16 | b2u(c.clause.End >= own.End-1)<<17 | uint32(min(before.Quote, 1))<<18 | uint32(min(after.Quote, 1))<<19
	half := b2u(i >= c.clause.First) | b2u(i >= c.clause.End)<<1
	add(180, around, half|sentence<<4, tag)
	add(181, around, chain|rel<<8, half)
	add(182, around, half|sentence<<4, quote|mark<<4)
	add(183, around, half|sentence<<4, head.Lemma)
	add(184, around, half|b2u(i == own.First)<<4|b2u(i == c.clause.First-1)<<5|b2u(i == c.clause.End)<<6|b2u(i == c.clause.End+1)<<7, quote)
	add(179, side, uint32(min(c.cue.Len(), 4)), chain|rel<<8)
	return f
}

func (a *arguments) inOther(i, first, end int32) bool {
	return i >= first && i < end && a.other[i-first]
}
