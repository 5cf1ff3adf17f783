package figures

import "hearsay/text"

// thing marks those of whom a noun tells: "84 deaths", "the killing of six priests".
func (r *Reader) thing(i int32) {
	t, w := &r.d.Tokens[i], r.w[i]
	if w.noun != noUnit {
		r.set(i, w.noun)
	}
	if w.traits&body != 0 {
		if h := t.Head; h >= 0 && (t.Rel == text.Obj || t.Rel == text.NsubjPass) {
			switch r.d.Tokens[h].Lemma {
			case hashFind, hashRecover, hashPull:
				r.mark(i, killed)
				r.belonging(i, killed)
			}
		}
	}
	if w.of != noUnit || w.object == wounded && r.fact[i]&deadly != 0 && t.Tag.Noun() {
		u := w.of
		if u == noUnit {
			u = killed
		}
		r.belonging(i, u)
	}
	if w.traits&toll != 0 {
		r.tolled(i)
	}
}

// belonging marks those whose the event i is: "the death of", "Varn's death".
// Of "Varn's murder of" Varn is no victim.
func (r *Reader) belonging(i int32, u unit) {
	whose, of := int32(-1), false
	for c, n := r.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = r.t.Next(c), n+1 {
		x := &r.d.Tokens[c]
		switch {
		case x.Lower == hashAttempted:
			return
		case x.Rel == text.NmodPoss && x.Tag != text.PRPS:
			whose = c
		case x.Rel == text.Nmod && r.of(c):
			r.mark(c, u)
			of = true
		}
	}
	if !of {
		r.mark(whose, u)
	}
}

// of reports whether the phrase of c begins with "of".
func (r *Reader) of(c int32) bool {
	return r.d.Tokens[r.t.Phrase(c).First].Lower == hashOf
}

const mostToll = 20 // tokens from a toll to its number

// counts are the verbs that lead from a toll to its number.
var counts = hashes("be", "have", "rise", "reach", "stand", "climb", "hit", "jump", "grow", "exceed", "pass", "surpass", "increase", "top", "soar", "total",
	"number", "put", "go", "say", "fall", "drop", "come", "remain", "bring", "raise", "revise")

// tolled marks the number that a toll is said to be: "a death toll of 84", "the
// number of dead rose to 144".
func (r *Reader) tolled(i int32) {
	u := noUnit
	t := &r.d.Tokens[i]
	end := min(r.sentenceEnd(i), i+8)
	if t.Lemma == hashToll {
		if t.Rel == text.Compound {
			return // "toll road"
		}
		u = killed
	}
	for k := max(i-3, 0); k < end; k++ {
		if k == i || r.t.Sentence(k) != r.t.Sentence(i) {
			continue
		}
		w := r.w[k]
		x := max(w.noun, w.state, w.object)
		if r.d.Tokens[k].Lower == hashDeath {
			x = killed
		}
		if x != noUnit && (k < i || r.d.Tokens[k].Tag != text.VBD) {
			u = x
			break
		}
	}
	if u == noUnit {
		return
	}
	// The words say more surely than the tree which number is meant.
	end = min(r.sentenceEnd(i), i+mostToll)
	for k := i + 1; k < end; k++ {
		t, w := &r.d.Tokens[k], r.w[k]
		switch {
		case t.Tag == text.CD:
			if r.mask[k]&inDate == 0 && (k+1 >= end || !r.d.Tokens[k+1].Tag.Noun() || r.w[k+1].traits&(many|multiplier) != 0) {
				r.mark(k, u)
				if k+1 < end && r.w[k+1].traits&many != 0 {
					r.mark(k+1, u)
				}
			}
		case t.Tag == text.Stop || t.Tag == text.Colon || t.Tag == text.WP || t.Tag == text.WDT:
			return
		case t.Tag == text.VBD || t.Tag == text.VBZ || t.Tag == text.VBP:
			if max(w.state, w.object) == noUnit && !among(t.Lemma, counts) {
				return
			}
		}
	}
}
