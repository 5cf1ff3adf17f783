package incidents

import "hearsay/text"

// roles finds who did what m tells of, and to whom.
func (r *Reader) roles(m *mention) {
	if r.d.Tokens[m.head].Tag.Verb() {
		m.agent, m.patient = r.ofVerb(m.head)
		// A name right behind a verb is its object, though a parser may take
		// it for the subject of what follows.
		if n := m.head + 1; m.patient < 0 && m.agent >= 0 && m.agent < m.head && n < r.d.Sentences[m.sentence].End && r.d.Tokens[n].Tag.Proper() && r.dateAt(n) < 0 {
			m.patient = n
		}
		return
	}
	d := r.d
	for c, left := r.t.Child(m.head), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		x := &d.Tokens[c]
		switch x.Rel {
		case text.NmodPoss:
			if m.agent < 0 && x.Tag.Noun() {
				if r.means[m.head]&death != 0 {
					m.patient = c
				} else {
					m.agent = c
				}
			} else if x.Tag == text.PRPS && r.entity[c] != 0 && m.agent < 0 && r.means[m.head]&death == 0 {
				m.agent = c
			}
		case text.Compound:
			if m.agent < 0 && r.entity[c] != 0 && r.bodyOf(r.entity[c]) {
				m.agent = c
			}
		case text.Nmod, text.Obl:
			switch r.caseOf(c) {
			case lowerBy:
				m.agent = c
			case lowerOn, lowerOnto, lowerAgainst, lowerOf, lowerAt:
				if m.patient < 0 && r.dateAt(c) < 0 {
					m.patient = c
				}
			}
		}
	}
	t := &d.Tokens[m.head]
	if h := t.Head; h >= 0 && d.Tokens[h].Tag.Verb() && m.agent < 0 {
		switch {
		case t.Rel == text.Obj && r.means[h]&light != 0 && d.Tokens[h].Lemma != lemmaClaim && !undergone[d.Tokens[h].Lemma]:
			m.agent, _ = r.ofVerb(h)
		case t.Rel == text.NsubjPass && r.means[h]&light != 0 && !undergone[d.Tokens[h].Lemma]:
			m.agent, _ = r.ofVerb(h)
		}
	}
	if m.agent < 0 {
		m.agent = r.wrought(m.head)
	}
}

// undergone are the light verbs whose subject did nothing: "saw an attack".
var undergone = lemmas("see witness suffer")

// wrought is who did the deed that x tells of by a participle behind it: "the
// murder of a judge, carried out this morning by rebels". -1 for none.
func (r *Reader) wrought(x int32) int32 {
	const farthest = 16 // tokens
	for j := x + 1; j < min(r.d.Sentences[r.t.Sentence(x)].End, x+farthest); j++ {
		t := &r.d.Tokens[j]
		if !t.Tag.Verb() {
			continue
		}
		// A tagger may take a participle for a past tense.
		if t.Tag != text.VBN && t.Tag != text.VBD || r.means[j]&light == 0 || r.find(j, text.Nsubj, text.NsubjPass, text.Aux, text.Obj) >= 0 {
			return -1
		}
		for c, left := r.t.Child(j), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
			if r.d.Tokens[c].Rel == text.Obl && r.caseOf(c) == lowerBy && r.dateAt(c) < 0 {
				return c
			}
		}
		return -1
	}
	return -1
}

// ofVerb finds who does what a verb says, and to whom: tokens, -1 for none.
func (r *Reader) ofVerb(v int32) (agent, patient int32) {
	d := r.d
	agent, patient = -1, -1
	subject := int32(-1)
	passive := false
	for c, left := r.t.Child(v), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		switch x := &d.Tokens[c]; x.Rel {
		case text.Nsubj:
			subject = c
		case text.NsubjPass:
			subject, passive = c, true
		case text.AuxPass:
			passive = true
		case text.Obj:
			if patient < 0 {
				patient = c
			}
		case text.Obl:
			if r.caseOf(c) == lowerBy && r.dateAt(c) < 0 {
				agent = c
			}
		}
	}
	t := &d.Tokens[v]
	if !passive && t.Tag == text.VBN && subject < 0 && r.find(v, text.Aux) < 0 {
		passive = t.Rel == text.ACL || t.Rel == text.Amod || t.Rel == text.Advcl || patient < 0
	}
	if subject < 0 {
		subject = r.inherited(v)
		if h := t.Head; passive && t.Rel == text.Conj && h >= 0 && d.Tokens[h].Tag.Verb() {
			// "Police have arrested and charged four": as the first, so the second.
			if c := r.find(h, text.Aux); c >= 0 && d.Tokens[c].Lemma == lemmaHave && r.find(h, text.AuxPass, text.NsubjPass) < 0 && r.find(v, text.AuxPass) < 0 {
				passive = false
			}
		}
	}
	if subject >= 0 && (d.Tokens[subject].Tag == text.WDT || d.Tokens[subject].Tag == text.WP) {
		which := subject
		if subject = r.antecedent(v); subject < 0 {
			subject = r.lastTold(which)
		}
	}
	switch {
	case subject < 0:
	case r.means[v]&dies != 0 && patient < 0:
		patient = subject
	case passive:
		patient = subject
	case agent < 0:
		agent = subject
	}
	return agent, patient
}

// inherited is the subject that a verb without one has from the verb it hangs
// from, or the noun that it describes.
func (r *Reader) inherited(v int32) int32 {
	d := r.d
	at := v
	for range 3 {
		t := &d.Tokens[at]
		h := t.Head
		if h < 0 {
			return -1
		}
		switch t.Rel {
		case text.ACL, text.Amod:
			if d.Tokens[h].Tag.Noun() || d.Tokens[h].Tag == text.PRP || d.Tokens[h].Tag == text.CD {
				return h
			}
			return -1
		case text.ACLRelcl:
			return h
		case text.Xcomp, text.Advcl, text.Conj:
			at = h
			if s := r.find(at, text.Nsubj, text.NsubjPass); s >= 0 {
				if d.Tokens[s].Tag == text.WDT || d.Tokens[s].Tag == text.WP {
					return r.antecedent(at)
				}
				return s
			}
		default:
			return -1
		}
	}
	return -1
}

// antecedent is the noun that a relative clause describes.
func (r *Reader) antecedent(v int32) int32 {
	for range 4 {
		t := &r.d.Tokens[v]
		if t.Head < 0 {
			return -1
		}
		if t.Rel == text.ACLRelcl || t.Rel == text.ACL {
			return t.Head
		}
		v = t.Head
	}
	return -1
}

// lastTold is the noun closely before the relative pronoun x that tells of a
// mention: a parser may well hang a clause from the verb that describes a deed
// told of at the end of another. -1 for none.
func (r *Reader) lastTold(x int32) int32 {
	const far = 14
	s := r.t.Sentence(x)
	if s < 0 {
		return -1
	}
	for i := x - 1; i >= max(x-far, r.d.Sentences[s].First); i-- {
		if r.told[i] != 0 && r.d.Tokens[i].Tag.Noun() {
			return i
		}
	}
	return -1
}

// mostChildren is how many of a token's dependents are looked at, so that one
// with a hundred thousand does not cost as many looks for each of them.
const mostChildren = 64

// find is the first dependent of x with one of the relations, -1 for none.
func (r *Reader) find(x int32, rels ...text.Rel) int32 {
	for c, left := r.t.Child(x), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		for _, rel := range rels {
			if r.d.Tokens[c].Rel == rel {
				return c
			}
		}
	}
	return -1
}

// caseOf is the preposition of a noun, 0 for none.
func (r *Reader) caseOf(x int32) uint32 {
	if c := r.find(x, text.Case); c >= 0 {
		return r.d.Tokens[c].Lower
	}
	return 0
}

// dateAt is the index in r.dates of the date that x heads, -1 for none.
func (r *Reader) dateAt(x int32) int {
	i := atOrAfter(r.dates, x)
	if i < len(r.dates) && r.dates[i].token == x {
		return i
	}
	return -1
}
