package incidents

import (
	"cmp"
	"slices"

	"hearsay/ledger"
	"hearsay/text"
)

// form is how a mention refers to what happened.
type form uint8

const (
	verbal     form = iota // "attacked"
	indefinite             // "an attack"
	bare                   // "attack", in headlines and compounds
	definite               // "the attack", "their attack"
	renewed                // "the incident": a word that only takes up what was told
)

// mention is one place where the text tells of something that happened.
type mention struct {
	head      int32
	trigger   text.Range
	kind      ledger.IncidentType
	in, with  family
	score     float32
	sentence  int32
	form      form
	founds    bool  // it may be the first that is told of an incident
	fresh     bool  // it says that it is another than those told of: "another attack"
	plural    bool  // "the attacks"
	vague     bool  // none in particular: "attacks on Russian interests"
	dateCost  int32 // how far the date is
	agent     int32 // token, -1 for none
	patient   int32
	date      int32 // in Ledger.Dates, -1 for none
	places    [3]int32
	placeCost [3]int32
	placed    int
	incident  int32 // -1 for none

	counts  [3]int32 // of r.counts, those that are m's by its sentence
	counted int
}

// collect makes the mentions of the events, and those that only take up what
// was told or stand in a claim of responsibility.
func (r *Reader) collect(events []Event) {
	r.mentions = r.mentions[:0]
	end := int32(0) // of the last event's words: "opened fire" tells of no fire
	for _, e := range events {
		if e.Head < 0 || int(e.Head) >= len(r.d.Tokens) || r.told[e.Head] != 0 || e.Head < end ||
			families[e.Type].in&(territory|deals|custody|others) != 0 && r.inBody(e.Head) {
			continue
		}
		end = e.Trigger.End
		r.told[e.Head] = 1
		r.mentions = append(r.mentions, mention{head: e.Head, trigger: e.Trigger, kind: e.Type, score: max(e.Score, 0.1)})
	}
	for i := range r.d.Tokens {
		if r.told[i] != 0 {
			continue
		}
		x := int32(i)
		switch t := &r.d.Tokens[i]; {
		case r.means[i]&anaphor != 0 && t.Tag == text.NN && t.Rel != text.Compound && r.determined(x)&again != 0:
			r.mentions = append(r.mentions, mention{head: x, trigger: text.Range{First: x, End: x + 1}, form: renewed})
			r.told[i] = 1
		case r.means[i]&death != 0 && t.Tag == text.NN && r.fellDeath(x):
			r.mentions = append(r.mentions, mention{head: x, trigger: text.Range{First: x - 1, End: x + 1}, kind: ledger.Attack, score: 0.5})
			r.told[i] = 1
		case t.Lemma == lemmaResponsibility || t.Lemma == lemmaCredit:
			if y := r.answered(x); y >= 0 && r.told[y] == 0 {
				r.mentions = append(r.mentions, mention{head: y, trigger: text.Range{First: y, End: y + 1}, kind: ledger.Attack, score: 0.3})
				r.told[y] = 1
			}
		case t.Lemma == lemmaClaim && t.Tag.Verb():
			if y := r.find(x, text.Obj); y >= 0 && r.told[y] == 0 && r.means[y]&(anaphor|death) != 0 {
				r.mentions = append(r.mentions, mention{head: y, trigger: text.Range{First: y, End: y + 1}, kind: ledger.Attack, score: 0.3})
				r.told[y] = 1
			}
		}
	}
	slices.SortFunc(r.mentions, func(a, b mention) int { return cmp.Compare(a.head, b.head) })
	kept := r.mentions[:0]
	for _, m := range r.mentions {
		r.told[m.head] = 0
		if r.understand(&m) {
			kept = append(kept, m)
			r.told[m.head] = int32(len(kept))
		}
	}
	r.mentions = kept
	r.part()
	for i := range r.mentions {
		r.locate(&r.mentions[i])
	}
	r.reckon()
}

// inBody reports whether token x is a word of a body's name and not its first
// one: "Liberation" in "the Army of National Liberation".
func (r *Reader) inBody(x int32) bool {
	return x > 0 && r.named[x] && r.entity[x-1] == r.entity[x] && r.named[x-1] && r.bodyOf(r.entity[x])
}

// fellDeath reports whether a noun of death is said to be one by violence:
// "shooting death".
func (r *Reader) fellDeath(x int32) bool {
	return x > 0 && r.means[x-1]&fell != 0 && r.d.Tokens[x-1].Head == x && r.told[x-1] == 0
}

// part drops the mentions that are parts of others: the procession in "an attack
// on a procession" is what was attacked, and "withdrew" in "attacked and
// withdrew" how the attack ended.
func (r *Reader) part() {
	kept := r.mentions[:0]
	dropped := false
	for i := range r.mentions {
		m := r.mentions[i]
		if m.in&(protests|deals|others|territory) != 0 && m.in&violence == 0 && r.hangs(&m) {
			r.told[m.head] = 0
			dropped = true
			continue
		}
		kept = append(kept, m)
	}
	r.mentions = kept
	if dropped {
		for i := range r.mentions {
			r.told[r.mentions[i].head] = int32(i) + 1
		}
	}
}

// hangs reports whether the grammar makes m the target or the sequel of a
// mention of violence.
func (r *Reader) hangs(m *mention) bool {
	d := r.d
	x := m.head
	// A parser that hangs "on a procession" from a verb is not believed.
	if c := r.find(x, text.Case); c > 0 && c < x && r.told[c-1] != 0 && r.mentions[r.told[c-1]-1].in&(violence|bombs|strikes|kidnaps) != 0 {
		switch d.Tokens[c].Lower {
		case lowerOn, lowerAgainst, lowerAt, lowerOnto:
			return d.Tokens[c-1].Tag.Noun()
		}
	}
	for range 3 {
		t := &d.Tokens[x]
		h := t.Head
		if h < 0 {
			return false
		}
		if g := r.told[h]; g != 0 {
			if o := &r.mentions[g-1]; o.head != h || o.in&(violence|bombs|strikes|kidnaps) == 0 {
				return false
			}
			switch t.Rel {
			case text.Obj:
				return d.Tokens[h].Tag.Verb()
			case text.Nmod, text.Obl:
				c := r.caseOf(x)
				return c == lowerOn || c == lowerAgainst || c == lowerAt || c == lowerOnto
			case text.Conj:
				return m.in&(territory|deals) != 0 && d.Tokens[x].Tag.Verb()
			}
			return false
		}
		if t.Rel != text.Compound && t.Rel != text.Nmod && t.Rel != text.Conj {
			return false
		}
		x = h
	}
	return false
}

// answered is what somebody answers for: the head of what follows
// "responsibility for", where it is a deed. -1 for none.
func (r *Reader) answered(x int32) int32 {
	end := r.d.Sentences[max(r.t.Sentence(x), 0)].End
	if x+2 >= end || r.d.Tokens[x+1].Lower != lowerFor {
		return -1
	}
	y := r.d.Tokens[x+1].Head
	if y <= x+1 || y >= end {
		y = x + 2
	}
	// A parser that takes "for" for the mark of a far verb is not believed.
	if y > x+14 {
		return -1
	}
	t := &r.d.Tokens[y]
	if t.Tag.Verb() && t.Tag == text.VBG || t.Tag.Noun() && !t.Tag.Proper() && r.means[y]&(anaphor|death) != 0 {
		return y
	}
	return -1
}

// understand fills in what m's own words say. It reports whether m tells of
// something that the text says has happened.
func (r *Reader) understand(m *mention) bool {
	t := &r.d.Tokens[m.head]
	m.sentence = r.t.Sentence(m.head)
	if m.sentence < 0 {
		return false
	}
	m.agent, m.patient, m.date, m.incident = -1, -1, -1, -1
	f := families[m.kind]
	m.in, m.with = f.in, f.with
	if r.means[m.head]&(neutral|hits|dies) != 0 && m.in&(violence|accident|others|ruins) != 0 || m.form == renewed {
		m.with = every &^ (deals | custody)
	}
	switch {
	case m.form == renewed:
		r.roles(m)
		return !r.unreal(m.head)
	case t.Tag.Verb():
		m.form = verbal
		m.founds = true
		if !r.happened(m) {
			return false
		}
		r.roles(m)
		if m.agent >= 0 && r.determined(m.agent)&(onemore|again) == onemore {
			m.fresh = true // "A second bomb killed five"
		}
		// "The group targeted Russia": a policy, unless a day or a toll is told.
		if p := m.patient; p >= 0 && r.entity[p] != 0 && r.named[p] && r.state(r.entity[p]) {
			r.locate(m)
			m.vague = (m.date < 0 || m.dateCost > closeBy) && !r.numbered(m) && !r.headline(m.sentence)
		}
		return true
	default:
		return r.noun(m)
	}
}

// state reports whether an entity is a country.
func (r *Reader) state(e int32) bool {
	x := &r.l.Entities[e-1]
	return x.Type == ledger.TypePlace && x.Place != nil && x.Place.Region == "" && x.Place.Country != ""
}

// determined is what the determiners of a noun say.
func (r *Reader) determined(x int32) word {
	var w word
	for c, left := r.t.Child(x), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		switch r.d.Tokens[c].Rel {
		case text.Det, text.NmodPoss, text.Amod, text.Nummod:
			if c < x {
				w |= r.means[c] & (again | none | other | onemore)
				if r.d.Tokens[c].Rel == text.NmodPoss {
					w |= again
				}
			}
		}
	}
	return w
}

// noun understands a mention that is no verb.
func (r *Reader) noun(m *mention) bool {
	d := r.d
	t := &d.Tokens[m.head]
	m.plural = t.Tag == text.NNS || t.Tag == text.NNPS
	var def, indef, without, number, fresh, owned bool
	for c, left := r.t.Child(m.head), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		x := &d.Tokens[c]
		switch w := r.means[c]; {
		case x.Rel == text.Det && (x.Lower == lowerA || x.Lower == lowerAn):
			indef = true
		case x.Lower == lowerSuch && m.plural:
			without = true
		case x.Rel == text.Det && w&other != 0:
			indef, fresh = true, true
		case x.Rel == text.Det && w&none != 0:
			without = true
		case (x.Rel == text.Det || x.Rel == text.NmodPoss) && c < m.head:
			def = true
			owned = owned || x.Rel == text.NmodPoss
		case x.Rel == text.Nummod:
			number = true
			indef = indef || x.Lower == lowerOne
		case x.Rel == text.Amod && w&other != 0 && c < m.head:
			fresh = true
		}
	}
	headline := r.headline(m.sentence)
	switch {
	case without && !def && m.plural:
		m.form, m.founds, m.vague = indefinite, true, true
		return true
	case without && !def:
		return false
	case def && indef: // "such a bloody attack"
		m.form = definite
	case indef:
		m.form = indefinite
	case def:
		m.form = definite
	case t.Rel == text.Compound || t.Rel == text.Amod:
		m.form = bare
	case m.plural && !number:
		// "attacks on Russian interests": none in particular.
		m.form, m.founds = indefinite, true
		r.roles(m)
		r.locate(m)
		m.vague = (m.date < 0 || m.dateCost > closeBy) && !headline && !r.numbered(m)
		return !r.doubted(m.head, 0)
	case number:
		m.form = indefinite
	default:
		m.form = bare
	}
	m.fresh = fresh
	if m.plural && owned && !number {
		// "the group's attacks": what it is wont to do.
		r.roles(m)
		r.locate(m)
		m.founds, m.vague = true, (m.date < 0 || m.dateCost > closeBy) && !r.numbered(m)
		return true
	}
	m.founds = m.form == indefinite || m.form == definite || headline
	if m.form == bare && !headline {
		// "fatal shooting of a student", "under attack"
		m.founds = r.find(m.head, text.Nmod) >= 0
		if t.Rel == text.Compound || t.Rel == text.Amod {
			m.founds = false
		}
	}
	if m.form != definite && r.doubted(m.head, 0) {
		return false
	}
	if m.form == definite && r.means[m.head]&anaphor == 0 && r.unreal(m.head) {
		return false
	}
	// "It was a terrorist attack" says again what was told.
	if m.form == indefinite && r.find(m.head, text.Cop) >= 0 && !fresh {
		m.form, m.founds = definite, false
	}
	r.roles(m)
	return true
}

// headline reports whether a sentence is written as headlines are: the first
// of the text, without a full stop.
func (r *Reader) headline(s int32) bool {
	if s != 0 || r.d.Sentences[s].Paragraph != 0 {
		return false
	}
	return true
}

// numbered reports whether the sentence of m says how many were hurt.
func (r *Reader) numbered(m *mention) bool {
	s := r.d.Sentences[m.sentence]
	first, end := int(r.d.Tokens[s.First].Start), int(r.d.Tokens[s.End-1].End)
	i, _ := slices.BinarySearchFunc(r.l.Figures, first, func(f ledger.Figure, at int) int { return cmp.Compare(f.Start, at) })
	for n := 0; i < len(r.l.Figures) && r.l.Figures[i].End <= end && n < mostChildren; i, n = i+1, n+1 {
		if u := r.l.Figures[i].Unit; u == ledger.UnitKilled || u == ledger.UnitWounded {
			return true
		}
	}
	return false
}

// doubted reports whether what hangs a noun in its sentence says that there
// was no such thing: "the possibility of attacks", "to launch attacks".
func (r *Reader) doubted(x int32, depth int) bool {
	t := &r.d.Tokens[x]
	h := t.Head
	if h < 0 || depth > 3 {
		return false
	}
	g := &r.d.Tokens[h]
	switch t.Rel {
	case text.Nmod, text.ACL, text.Compound:
		if r.means[h]&doubts != 0 && g.Tag.Noun() && h < x {
			return true
		}
		if g.Tag.Noun() && t.Rel != text.Compound {
			return r.doubted(h, depth+1)
		}
	case text.Conj:
		return r.doubted(h, depth+1)
	case text.Obj, text.Obl, text.Nsubj, text.NsubjPass, text.Xcomp:
		if !g.Tag.Verb() {
			return false
		}
		if t.Rel == text.Obj && r.means[h]&doubts != 0 && r.means[h]&accuses == 0 {
			return true
		}
		if t.Rel == text.Obj && r.means[h]&light != 0 || t.Rel != text.Obj {
			return r.hypothetical(h, 0)
		}
	}
	return false
}

// unreal reports whether a definite noun is the object of a verb that says
// it is still to come or never came: "plan the attack".
func (r *Reader) unreal(x int32) bool {
	t := &r.d.Tokens[x]
	return t.Rel == text.Nmod && t.Head >= 0 && r.means[t.Head]&series != 0 && r.d.Tokens[t.Head].Tag == text.NN && r.d.Tokens[x].Tag == text.NN && r.find(x, text.Det) < 0
}

// happened reports whether a verb tells of something that took place.
func (r *Reader) happened(m *mention) bool {
	t := &r.d.Tokens[m.head]
	if r.hypothetical(m.head, 0) {
		return false
	}
	finite := false
	for c, left := r.t.Child(m.head), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		x := &r.d.Tokens[c]
		switch {
		case x.Rel == text.Aux || x.Rel == text.AuxPass:
			finite = true
		case x.Rel == text.Advmod && r.means[c]&habitual != 0:
			return false
		}
	}
	switch t.Tag {
	case text.VBZ, text.VBP:
		return r.headline(m.sentence) || r.numbered(m)
	case text.VBG:
		if t.Rel == text.Csubj || t.Rel == text.Nsubj || t.Rel == text.Amod || t.Rel == text.Compound {
			return false
		}
	case text.VBN:
		if t.Rel == text.Amod && !finite {
			m.founds = false
		}
	}
	return true
}

// hypothetical reports whether a verb's own clause or what it hangs from says
// that it is denied, asked, wished, planned or feared rather than done.
func (r *Reader) hypothetical(x int32, depth int) bool {
	d := r.d
	t := &d.Tokens[x]
	var modal, to, have, do, be bool
	perfectable := false
	for c, left := r.t.Child(x), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		k := &d.Tokens[c]
		switch {
		case k.Tag == text.MD && k.Rel == text.Aux:
			modal = true
			perfectable = k.Lower == lowerMay || k.Lower == lowerMight || k.Lower == lowerMust
		case k.Tag == text.TO:
			to = true
		case (k.Rel == text.Aux || k.Rel == text.AuxPass) && k.Lemma == lemmaHave:
			have = true
		case (k.Rel == text.Aux || k.Rel == text.AuxPass) && k.Lemma == lemmaDo:
			do = true
		case (k.Rel == text.Aux || k.Rel == text.AuxPass) && k.Lemma == lemmaBe:
			be = true
		case k.Lower == lowerNot || k.Lower == lowerNt || k.Lower == lowerNever:
			// Who did not delay has done it.
			if c < x && depth == 0 {
				return true
			}
		case k.Rel == text.Mark && (k.Lower == lowerIf || k.Lower == lowerUnless || k.Lower == lowerWhether):
			return true
		case (k.Rel == text.Mark || k.Rel == text.Case) && (k.Lower == lowerWithout || k.Lower == lowerFrom || k.Lower == lowerAgainst):
			return true
		}
	}
	switch {
	case modal:
		return !(have && perfectable)
	case to && !have:
		h := t.Head
		if h < 0 {
			return true
		}
		if r.means[h]&manages != 0 && (t.Rel == text.Xcomp || r.d.Tokens[h].Lemma == lemmaUse) {
			return depth < 3 && r.hypothetical(h, depth+1)
		}
		return true
	}
	if t.Head < 0 || depth > 3 {
		return false
	}
	h := t.Head
	g := &d.Tokens[h]
	switch {
	case t.Rel == text.Conj && g.Tag.Verb() && (t.Tag == text.VB || t.Tag == g.Tag && t.Tag != text.VBD) && !do && !be && !have:
		return r.hypothetical(h, depth+1)
	case (t.Rel == text.Xcomp || t.Rel == text.ACL || t.Rel == text.Nmod) && t.Tag == text.VBG && r.means[h]&doubts != 0 && r.means[h]&(accuses|charges) == 0:
		return true
	case (t.Rel == text.Xcomp || t.Rel == text.Advcl) && g.Tag.Verb() && t.Tag == text.VBG:
		// Means or company of a deed that is itself only thought of.
		return r.hypothetical(h, depth+1)
	case t.Rel == text.Ccomp && r.means[h]&doubts != 0 && r.means[h]&(accuses|says|manages) == 0:
		return true
	}
	return false
}
