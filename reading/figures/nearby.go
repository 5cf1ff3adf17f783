package figures

import "hearsay/text"

// nearby marks whom the words on either side of token i name where its tree
// names nobody, as those of headlines often do.
func (r *Reader) nearby(i int32) {
	t, w := &r.d.Tokens[i], r.w[i]
	u := max(w.object, w.state, w.does)
	if u == noUnit || u == displaced || t.Tag == text.NN || t.Tag == text.NNS || t.Tag.Proper() && (w.traits&shoots != 0 || t.Shape&text.HasLower == 0) {
		return
	}
	u = r.result(i, u)
	first := int32(0)
	if s := r.t.Sentence(i); s >= 0 {
		first = r.d.Sentences[s].First
	}
	if w.object != noUnit && w.state == noUnit && r.fact[i]&passive == 0 && t.Tag != text.VBN {
		if k := r.nounAfter(i + 1); k >= 0 {
			r.mark(k, u)
			return
		}
	}
	if t.Tag == text.VBG || t.Tag == text.VB || t.Tag == text.VBZ && w.does == noUnit {
		return
	}
	for k, n := i-1, 0; k >= first && n < 8; k, n = k-1, n+1 {
		x := &r.d.Tokens[k]
		switch {
		case x.Tag == text.CD && k > first && r.d.Tokens[k-1].Tag == text.Comma:
		case x.Tag.Noun() || x.Tag == text.CD || x.Tag == text.PRP && x.Lower != hashIt || r.aged(k):
			r.mark(k, u)
			r.alongside(k, first, u)
			return
		case r.w[k].traits&filler != 0 || x.Tag == text.RB || x.Tag == text.Comma && k < i-1:
		default:
			return
		}
	}
}

// alongside marks those whom a headline names before the noun i and a comma:
// "2 adults, six children dead".
func (r *Reader) alongside(i, first int32, u unit) {
	if i-first > mostNoun {
		return
	}
	for i > first && r.d.Tokens[i].Tag != text.Comma && !r.d.Tokens[i].Tag.Verb() {
		i--
	}
	if i-1 < first || r.d.Tokens[i].Tag != text.Comma || !r.person(i-1) {
		return
	}
	for k := first; k < i; k++ {
		if r.d.Tokens[k].Tag.Verb() || r.d.Tokens[k].Tag == text.IN {
			return
		}
	}
	r.mark(i-1, u)
}

// nounAfter is the head of the noun phrase that begins at token i, -1 for none.
func (r *Reader) nounAfter(i int32) int32 {
	end := min(r.sentenceEnd(i-1), i+6)
	noun := int32(-1)
	for ; i < end; i++ {
		t := &r.d.Tokens[i]
		switch {
		case t.Tag.Noun() || t.Tag == text.CD || r.aged(i):
			noun = i
		case noun >= 0:
			return noun
		case t.Tag == text.VBN && i+1 < end && r.d.Tokens[i+1].Tag.Noun() && r.w[i].object == noUnit:
		case t.Tag != text.DT && t.Tag != text.PRPS && t.Tag != text.JJ:
			return -1
		}
	}
	return noun
}

// joined gives the noun phrases on either side of the "and" at i what one of
// them suffered, where the tree has torn them apart.
func (r *Reader) joined(i int32) {
	s := r.t.Sentence(i)
	if s < 0 || i == r.d.Sentences[s].First {
		return
	}
	first := r.d.Sentences[s].First
	a := i - 1
	if r.d.Tokens[a].Tag == text.Comma && a > first {
		a--
	}
	if r.d.Tokens[a].Tag == text.RightB {
		for n := 0; a > first && r.d.Tokens[a].Tag != text.LeftB && n < 16; n++ {
			a--
		}
		if a > first {
			a--
		}
	}
	b := r.nounAfter(i + 1)
	if b < 0 || !r.d.Tokens[a].Tag.Noun() && r.d.Tokens[a].Tag != text.CD {
		return
	}
	subject := func(k int32) bool {
		return r.d.Tokens[k].Rel == text.Nsubj || r.d.Tokens[k].Rel == text.NsubjPass
	}
	switch u, v := r.marked[a], r.marked[b]; {
	case u > attackers && v == noUnit && r.unit[b] == noUnit && !subject(a) && !r.predicate(b+1):
		r.set(b, u)
		r.weak[b] = r.weak[a]
	case v > attackers && u == noUnit && r.unit[a] == noUnit && subject(b) && (r.d.Tokens[a].Rel != text.Obj && r.person(a) || r.d.Tokens[i-1].Tag == text.RightB):
		r.set(a, v)
		r.weak[a] = r.weak[b]
	}
}

// predicate reports whether a verb of its own follows the noun phrase that
// ends before token i.
func (r *Reader) predicate(i int32) bool {
	if int(i) >= len(r.d.Tokens) {
		return false
	}
	switch t := &r.d.Tokens[i]; t.Tag {
	case text.VBD, text.VBZ, text.VBP, text.VBN, text.MD:
		return true
	}
	return false
}
