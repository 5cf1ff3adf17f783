package certainty

import "hearsay/text"

// asked reports whether the claim is part of a question, or of one that is
// told ("asked whether"): it asserts nothing.
func (v *view) asked(claim, main int32) bool {
	c := &v.l.Claims[claim]
	last := c.Content[len(c.Content)-1]
	r := v.d.Cover(last.Start, last.End)
	for i := max(r.First, r.End-1); i < min(int32(len(v.d.Tokens)), r.End+1); i++ {
		if t := &v.d.Tokens[i]; v.d.Text[t.Start] == '?' {
			return true
		}
	}
	if main >= 0 {
		s := v.t.Sentence(main)
		if s >= 0 && v.asks[s] {
			return true
		}
	}
	first := v.d.Cover(c.Content[0].Start, c.Content[0].End).First
	return v.lower(first) == lowerWhether
}

// denied reports whether the claim says that its main event is not so: by a
// negation of the event itself or by a cue that denies it, but not by both; and
// whether there is any.
func (v *view) denied(claim, main int32) (no, negated bool) {
	negate := func(is bool) {
		if is {
			no, negated = !no, true
		}
	}
	if cue := v.cue[claim]; cue >= 0 && denials[v.d.Tokens[cue].Lemma] {
		negate(!v.wording[cue].not)
		negated = true
	} else if cue >= 0 && raised[v.d.Tokens[cue].Lemma] {
		negate(v.wording[cue].not) // "does not believe that it fell"
	}
	if main < 0 {
		return no, negated
	}
	negate(v.wording[main].not)
	negate(v.excludes(main))
	if h := v.d.Tokens[v.first(main)].Head; h >= 0 && v.wording[main].auxes&auxTo != 0 && v.owner[h] != claim {
		negate(refusals[v.d.Tokens[h].Lemma])
	}
	// What colours the main event may negate it: "is not believed to have fled".
	for i, n := main, 0; n < mostDepth; n++ {
		h := v.head(i)
		if h < 0 || v.owner[h] != claim || v.colours(h, i) == none {
			break
		}
		negate(v.wording[h].not)
		negate(failures[v.d.Tokens[h].Lemma] || v.excludes(h))
		i = h
	}
	return no, negated
}

// limit keeps the main event's score within what certain words allow, and
// returns the most that they leave of any score.
func (v *view) limit(claim, main int32, score float64) (limited, most float64) {
	least := 0.0
	most = 3
	plain := true
	lower := func(x float64) { most, plain = min(most, x), false }
	if cue := v.cue[claim]; cue >= 0 && !v.press[cue] {
		if m, ok := force[v.d.Tokens[cue].Lemma]; ok {
			lower(m)
		}
		if v.wording[cue].not && uncommitted[v.d.Tokens[cue].Lemma] {
			lower(leastProbable - step)
		}
		if main < 0 && denials[v.d.Tokens[cue].Lemma] { // "denied any link"
			least = leastCertain
		}
	}
	if v.prospect[claim] {
		lower(leastCertain - step)
		if main >= 0 {
			if h := v.head(v.first(main)); h >= 0 && v.owner[h] != claim {
				if m, ok := force[v.d.Tokens[h].Lemma]; ok {
					lower(m)
				}
			}
		}
	}
	for i, n := main, 0; i >= 0 && n < mostDepth; n++ {
		h := v.head(i)
		by := none
		if h >= 0 && v.owner[h] == claim {
			by = v.colours(h, i)
		}
		w := &v.wording[i]
		switch {
		case v.excludes(i) && w.not:
			lower(leastProbable - step)
			least = leastPossible
		case mights[w.modal] || coulds[w.modal] && !w.not && !perceptions[v.d.Tokens[i].Lemma]:
			lower(leastProbable - step)
			least = leastPossible
		case w.hedged || cans[w.modal] && !w.not:
			lower(leastCertain - step)
		case by == implied: // plain where the word that implies it is
		case by == none && i == main && w.auxes&auxTo != 0:
			lower(leastCertain - step) // what is only to be
		case !v.flat(i):
			plain = false
		}
		switch by {
		case none:
			i = -1
			continue
		case hedging, passive:
			lower(leastCertain - step)
		}
		i = h
	}
	if main >= 0 && opens[v.d.Tokens[main].Lemma] {
		lower(leastCertain - step)
	}
	if main >= 0 && plain {
		least = leastCertain
	}
	if score < 0 {
		return -min(most, max(least, -score)), most
	}
	return min(most, max(least, score)), most
}

// excludes reports whether token i says of something that it is not so: "was ruled out".
func (v *view) excludes(i int32) bool {
	l := v.d.Tokens[i].Lemma
	return exclusions[l] || l == lemmaRule && v.lower(i+1) == lowerOut
}

// flat reports whether token i is the predicate of a plain statement: finite,
// without a modal or a word that hedges, under no condition.
func (v *view) flat(i int32) bool {
	t, w := &v.d.Tokens[i], &v.wording[i]
	if coulds[w.modal] && perceptions[t.Lemma] || w.not && (coulds[w.modal] || w.modal == lemmaCan) {
		return !w.hedged && !conditions[w.mark] // "could not find it" is as plain as "did not"
	}
	if w.hedged || w.modal != 0 || w.auxes&auxTo != 0 || conditions[w.mark] {
		return false
	}
	switch t.Tag {
	case text.VBD, text.VBZ, text.VBP:
		return true
	case text.VBN:
		if w.subject && w.auxes == 0 { // a past tense that was taken for a participle
			return true
		}
	}
	return w.auxes&(auxBe|auxHave|auxDo) != 0
}
