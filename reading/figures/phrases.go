package figures

import "hearsay/text"

// rush are the verbs that bring somebody to a hospital.
var rush = hashes("take", "rush", "transport", "airlift", "fly", "bring", "admit", "hospitalize", "hospitalise", "treat", "send", "transfer")

// conditions are those in which a hospital keeps the wounded.
var conditions = hashes("critical", "serious", "stable", "fair", "good", "grave", "guarded", "satisfactory")

// soldiers are those whom an army loses.
var soldiers = hashes("man", "soldier", "troop", "fighter", "officer", "policeman", "people", "militant", "guerrilla", "rebel", "member")

var homes = hashes("home", "house", "village", "fighting", "violence", "country", "region", "city", "town", "war", "conflict", "camp", "area", "flood", "fire",
	"clash", "island", "border", "abroad", "neighbouring", "neighboring", "district", "province")

// leads reports whether token i is a word that tells of harm by what it goes with.
func (r *Reader) leads(i int32) bool {
	t := &r.d.Tokens[i]
	if !t.Tag.Verb() {
		return t.Lemma == hashCondition || t.Lemma == hashWound || t.Lemma == hashInjury
	}
	switch t.Lemma {
	case hashSurvive, hashRecover, hashHave, hashRemain, hashLose, hashClaim, hashCost, hashTake, hashSuffer, hashSustain, hashReceive, hashCommit, hashInclude:
		return true
	}
	return among(t.Lemma, rush)
}

// phrase marks those of whom a verb tells by what goes with it: "lost their lives".
func (r *Reader) phrase(i int32) {
	t, o := &r.d.Tokens[i], r.obj[i]
	is := func(lemmas ...uint32) bool {
		return o >= 0 && among(r.d.Tokens[o].Lemma, lemmas)
	}
	switch t.Lemma {
	case hashClaim, hashCost, hashTake, hashLose:
		switch {
		case is(hashLife):
			if t.Lemma == hashLose {
				r.mark(r.subject(i), killed)
			}
			r.set(o, killed)
			r.belonging(o, killed)
			if n := int32(len(r.d.Tokens)); o+2 < n && r.d.Tokens[o+1].Lower == hashOf {
				r.mark(r.nounAfter(o+2), killed)
			}
		case t.Lemma == hashTake && r.follows(i, hashCustody, 8):
			if r.fact[i]&passive != 0 {
				r.mark(r.subject(i), arrested)
			} else {
				r.mark(o, arrested)
			}
			return
		case t.Lemma == hashLose && o >= 0 && among(r.d.Tokens[o].Lemma, soldiers):
			r.mark(o, killed)
		}
	case hashRecover:
		if r.expected(i) || t.Tag == text.VBG && o < 0 {
			r.mark(r.subject(i), wounded)
		}
	case hashRemain:
		if r.hospital(i) {
			r.mark(r.subject(i), wounded)
		}
	case hashSuffer, hashSustain, hashReceive, hashHave:
		if is(hashWound, hashInjury, hashBurn) {
			u := wounded
			if r.fact[o]&deadly != 0 {
				u = killed
			}
			r.mark(r.subject(i), u)
		}
	case hashCommit:
		if is(hashSuicide) {
			r.mark(r.subject(i), killed)
		}
	case hashInclude:
		if s := r.subj[i]; s >= 0 && o >= 0 && r.w[s].state != noUnit {
			r.mark(o, r.w[s].state)
		}
	}
	if among(t.Lemma, rush) && r.fact[i]&passive != 0 && r.hospital(i) {
		r.mark(r.subject(i), wounded)
	}
}

// expected reports whether token i is what somebody is expected to do.
func (r *Reader) expected(i int32) bool {
	h := r.d.Tokens[i].Head
	return h >= 0 && r.d.Tokens[h].Lemma == hashExpect
}

// survive marks those who "did not survive", and those who are expected to.
func (r *Reader) survive(i int32) {
	switch {
	case r.fact[i]&denied != 0:
		r.mark(r.subject(i), killed)
	case r.expected(i):
		r.mark(r.subject(i), wounded)
	}
}

// wounds marks those who are found or brought in "with gunshot wounds".
func (r *Reader) wounds(i int32) {
	t := &r.d.Tokens[i]
	if t.Head < 0 || t.Rel != text.Nmod && t.Rel != text.Obl || r.d.Tokens[r.t.Phrase(i).First].Lower != hashWith {
		return
	}
	u := wounded
	if r.fact[i]&deadly != 0 {
		u = killed
	}
	h := t.Head
	switch {
	case t.Rel == text.Nmod:
		r.mark(h, u)
	case r.obj[h] >= 0 && r.fact[h]&passive == 0:
		r.mark(r.obj[h], u)
	default:
		r.mark(r.subject(h), u)
	}
}

// condition marks those who are "in critical condition".
func (r *Reader) condition(i int32) {
	c := i - 1
	if c < 1 || !among(r.d.Tokens[c].Lower, conditions) {
		return
	}
	t := &r.d.Tokens[i]
	s := r.subj[i]
	if s < 0 && t.Head >= 0 {
		switch {
		case t.Rel == text.Nmod:
			s = t.Head
		case t.Rel == text.Conj:
			s = r.subject(i)
		default:
			s = r.subject(t.Head)
		}
	}
	if s >= 0 && r.unit[s] != killed {
		r.mark(s, wounded)
	}
}

// hospital reports whether the words after i lead to a hospital.
func (r *Reader) hospital(i int32) bool {
	end := min(r.sentenceEnd(i), i+12)
	for k := i + 1; k < end; k++ {
		if r.w[k].traits&hospital != 0 {
			return true
		}
	}
	return false
}

// byBullet reports whether the words beside the verb i say that what struck
// somebody was a bullet, or where it struck him.
func (r *Reader) byBullet(i int32) bool {
	end := min(r.sentenceEnd(i), i+9)
	for k := max(i-5, 0); k < end; k++ {
		if r.w[k].traits&bullet != 0 {
			return true
		}
	}
	return false
}

// home reports whether those who flee at i leave where they live, and do not
// merely run away from what they did.
func (r *Reader) home(i int32) bool {
	if s := r.subject(i); s >= 0 && r.w[s].traits&(assailant|fighter) != 0 && r.w[s].traits&many == 0 {
		return false
	}
	end := min(r.sentenceEnd(i), i+8)
	for k := i + 1; k < end; k++ {
		if among(r.d.Tokens[k].Lemma, homes) {
			return true
		}
	}
	return false
}

// follows reports whether a word comes within n tokens after i in its sentence.
func (r *Reader) follows(i int32, w uint32, n int32) bool {
	end := min(r.sentenceEnd(i), i+1+n)
	for k := i + 1; k < end; k++ {
		if r.d.Tokens[k].Lower == w {
			return true
		}
	}
	return false
}
