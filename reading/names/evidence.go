package names

import (
	"hearsay/linear"
	"hearsay/text"
)

// Vote takes note of what the first pass made of every segment: labels has the
// labels of one segment after the other. It prepares SecondFeatures.
func (v *View) Vote(labels []uint8) {
	for n := range v.said {
		v.said[n].votes = [5]uint16{}
		v.said[n].longest = text.Range{}
	}
	at := 0
	for _, g := range v.segments {
		ls := labels[at : at+g.Len()]
		at += g.Len()
		if g.caps != capsAll {
			v.voteTokens(g, ls)
		}
		spans(g.Range, ls, v.voteName)
	}
}

// voteTokens counts the labels of a segment's words and pairs of words.
func (v *View) voteTokens(g Segment, labels []uint8) {
	tokens := v.doc.Tokens
	for k, l := range labels {
		i := g.First + int32(k)
		if !capital(&tokens[i]) {
			continue
		}
		vote := func(n int32) { v.said[n].votes[typeOf(l)] = add(v.said[n].votes[typeOf(l)]) }
		vote(v.number(linear.Join(1, tokens[i].Lower, 0, 0)))
		if k+1 < len(labels) {
			vote(v.number(linear.Join(2, tokens[i].Lower, tokens[i+1].Lower, 0)))
		}
	}
}

// voteName notes a name for each of its words and for its initials.
func (v *View) voteName(r text.Range, t Type) {
	tokens := v.doc.Tokens
	var initials, capitals uint32 // with the small words' initials, and without
	for i := r.First; i < r.End; i++ {
		b := uint32(lower(v.doc.Text[tokens[i].Start]))
		initials = initials<<8 | b
		if !capital(&tokens[i]) {
			continue
		}
		capitals = capitals<<8 | b
		n := v.number(linear.Join(1, tokens[i].Lower, 0, 0))
		if e := &v.said[n]; r.Len() > e.longest.Len() {
			e.longest, e.longestType = r, t
		}
	}
	if r.Len() < 2 || r.Len() > 4 { // no more than four fit
		return
	}
	for _, short := range [...]uint32{initials, capitals} {
		n := v.number(linear.Join(3, short, 0, 0))
		v.said[n].votes[t] = add(v.said[n].votes[t])
	}
}

// SecondFeatures appends the features of token i that only the second pass
// has, from what Vote was told. labels are the first pass's of the segment.
func (v *View) SecondFeatures(f []linear.Feature, g Segment, i int32, labels []uint8) []linear.Feature {
	join := func(template, a, b, c uint32) { f = append(f, linear.Join(template, a, b, c)) }
	k := int(i - g.First)
	label := func(k int) uint32 {
		if k < 0 || k >= len(labels) {
			return uint32(Labels)
		}
		return uint32(labels[k])
	}
	own, before, after := label(k), label(k-1), label(k+1)
	join(200, own, 0, 0)
	join(201, before, own, 0)
	join(202, own, after, 0)
	join(203, before, own, after)
	s := v.doc.Sentences[g.Sentence]
	w := v.at(i, s)
	join(204, own, w.lower, 0)
	join(205, own, w.mid, g.caps)

	t := &v.doc.Tokens[i]
	if w.number < 0 {
		return f
	}
	e := &v.said[w.number]
	counted := g.caps != capsAll
	word := others(&e.votes, own, counted)
	join(210, word, own, 0)
	join(211, word, w.shape, b2u(w.initial))
	join(213, word, g.caps, own)
	var pairs [2]uint32
	if i > s.First && k > 0 && capital(&v.doc.Tokens[i-1]) {
		if n := v.seen.find(uint64(linear.Join(2, v.doc.Tokens[i-1].Lower, t.Lower, 0))); n >= 0 {
			pairs[0] = others(&v.said[n].votes, before, counted)
			join(220, pairs[0], own, 0)
		}
	}
	if k+1 < len(labels) {
		if n := v.seen.find(uint64(linear.Join(2, t.Lower, v.doc.Tokens[i+1].Lower, 0))); n >= 0 {
			pairs[1] = others(&v.said[n].votes, own, counted)
			join(221, pairs[1], own, 0)
		}
	}
	join(222, pairs[0], pairs[1], word)
	if n := e.longest.Len(); n > 0 {
		where := uint32(1) // in this very name
		if e.longest.First > i || i >= e.longest.End {
			first := v.doc.Tokens[e.longest.First].Lower == t.Lower
			final := v.doc.Tokens[e.longest.End-1].Lower == t.Lower
			where = 2 | b2u(first)<<2 | b2u(final)<<3
		}
		longest := uint32(e.longestType)<<8 | uint32(min(n, 4))<<4 | where
		join(230, longest, own, 0)
		join(231, longest, word, 0)
		join(232, longest, before, after)
	}
	if n := t.End - t.Start; n >= 2 && n <= 4 && t.Shape&text.HasLower == 0 {
		var short uint32
		for b := t.Start; b < t.End; b++ {
			short = short<<8 | uint32(lower(v.doc.Text[b]))
		}
		if n := v.seen.find(uint64(linear.Join(3, short, 0, 0))); n >= 0 {
			a := others(&v.said[n].votes, 0, false)
			join(240, a, own, 0)
			join(241, a, word, g.caps)
		}
	}
	return f
}

// others says in one number what the votes say when the one by label is taken
// out, if it was counted: the type with the most, how many votes there are, and
// whether they agree.
func others(votes *[5]uint16, label uint32, counted bool) uint32 {
	var total, most, best uint32
	for t, n := range votes {
		n := uint32(n)
		if counted && n > 0 && uint32(typeOf(uint8(label))) == uint32(t) {
			n--
		}
		total += n
		if n > most {
			most, best = n, uint32(t)
		}
	}
	if total == 0 {
		return 1
	}
	agree := uint32(0)
	switch {
	case most == total:
		agree = 2
	case most*4 >= total*3:
		agree = 1
	}
	return 2 | best<<2 | agree<<5 | min(total, 4)<<7
}
