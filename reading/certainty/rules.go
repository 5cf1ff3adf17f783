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
		return s >= 0 && v.asks[s] || v.wording[main].mark == lowerWhether
	}
	return false
}

// denied reports whether the claim says that its main event is not so: by a
// negation of the event itself or by a cue that denies it, but not by both.
func (v *view) denied(claim, main int32) bool {
	no := false
	if cue := v.cue[claim]; cue >= 0 && denials[v.d.Tokens[cue].Lemma] {
		no = !v.wording[cue].not
	}
	if main < 0 {
		return no
	}
	if v.wording[main].not {
		no = !no
	}
	// What colours the main event may negate it: "is not believed to have fled".
	for i, n := main, 0; n < mostDepth; n++ {
		h := v.head(i)
		if h < 0 || v.owner[h] != claim || !v.colours(h, i) {
			break
		}
		if v.wording[h].not != (v.d.Tokens[h].Lemma == lemmaFail || unlikely[v.d.Tokens[h].Lemma]) {
			no = !no
		}
		i = h
	}
	return no
}

var unlikely = words("unlikely", "unable")

// limit keeps the main event's score within what certain words allow.
func (v *view) limit(claim, main int32, score float64) float64 {
	most, least := 3.0, 0.0
	lower := func(x float64) { most = min(most, x) }
	if cue := v.cue[claim]; cue >= 0 {
		if m, ok := hearsays[v.d.Tokens[cue].Lower]; ok {
			lower(m)
		}
	}
	for i, n := main, 0; i >= 0 && n < mostDepth; n++ {
		if mights[v.wording[i].modal] {
			lower(leastProbable - step)
			least = leastPossible
		}
		h := v.head(i)
		if h < 0 || v.owner[h] != claim || !v.colours(h, i) {
			break
		}
		if v.d.Tokens[h].Tag == text.VBN && colour[v.d.Tokens[h].Lemma] == passive {
			lower(leastCertain - step)
		}
		i = h
	}
	if score < 0 {
		return -min(most, max(least, -score))
	}
	return min(most, max(least, score))
}
