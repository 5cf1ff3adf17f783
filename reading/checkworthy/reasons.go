package checkworthy

import (
	"slices"

	"hearsay/ledger"
	"hearsay/text"
)

// finding is what gives a statement a reason, as bits. Findings stand on tokens, so that
// each statement has those that it covers.
type finding uint16

const (
	aFigure finding = 1 << iota
	anAccusation
	aComparison
	aRecord
	aHappening // something happened: with aDay and aPlace it is an event
	aDay
	aPlace
	aPrivateMatter

	// What counts only where it is the statement's main word, not part of another's clause.
	anOpinion
	aPrediction

	ofMain = anOpinion | aPrediction
)

// find notes on each token what it gives the statements that cover it.
func (v *view) find() {
	d, l := v.d, v.l
	v.found = sized(v.found, len(d.Tokens))
	for i := range l.Figures {
		if f := &l.Figures[i]; f.Unit != ledger.UnitAge {
			v.figure(d.Cover(f.Start, f.End))
		}
	}
	for i := range l.Dates {
		if x := &l.Dates[i]; x.Value != "" {
			v.put(x.Span, aDay)
		}
	}
	for i := range l.Incidents {
		v.incident(&l.Incidents[i])
	}
	for i := range int32(len(d.Tokens)) {
		v.look(i)
	}
}

// incident notes what an incident gives: that something happened and, in the
// sentences that tell of it, on whom wrong is blamed.
func (v *view) incident(x *ledger.Incident) {
	violent := false
	switch x.Type {
	case ledger.ArmedClash, ledger.AirStrike, ledger.Shelling, ledger.RemoteExplosive, ledger.SuicideBomb, ledger.Grenade, ledger.ChemicalWeapon,
		ledger.Attack, ledger.Abduction, ledger.SexualViolence, ledger.MobViolence, ledger.ForceAgainstProtest, ledger.PropertyDestruction,
		ledger.OrganizedCrime:
		violent = true
	}
	for _, m := range x.Mentions {
		r := v.d.Cover(m.Start, m.End)
		for i := r.First; i < r.End; i++ {
			v.found[i] |= aHappening
			v.violent[i] = violent
		}
	}
	if !violent {
		return
	}
	for _, p := range x.BlamedOn {
		r := v.d.Cover(p.Start, p.End)
		if !v.names(r) || r.First > 0 && v.kind[r.First-1]&isNot != 0 { // "neither Varn nor her cousin"
			continue
		}
		s := v.t.Sentence(r.First)
		if slices.ContainsFunc(x.Mentions, func(m ledger.Mention) bool {
			told := v.d.Cover(m.Start, m.End)
			return !told.Empty() && v.t.Sentence(told.First) == s
		}) {
			v.found[r.First] |= anAccusation
		}
	}
}

// put notes f on the first token of s.
func (v *view) put(s ledger.Span, f finding) {
	if r := v.d.Cover(s.Start, s.End); !r.Empty() {
		v.found[r.First] |= f
	}
}

// figure notes a figure whose words give a number: one man who was hurt is none here.
func (v *view) figure(r text.Range) {
	for i := r.First; i < r.End; i++ {
		if v.d.Tokens[i].Tag == text.CD || v.d.Tokens[i].Shape&text.HasDigit != 0 || v.sort[i]&numerals != 0 {
			v.found[i] |= aFigure
			return
		}
	}
}

// names reports whether one of r's words is part of somebody's name or stands for it.
func (v *view) names(r text.Range) bool {
	for i := r.First; i < r.End; i++ {
		if v.kind[i]&(isPerson|isBody|isPlace) != 0 || v.means[i] {
			return true
		}
	}
	return false
}

// named reports whether token i is somebody's name, or a word that stands for
// somebody named; a word that only belongs to one ("Varn's cousin") is not.
func (v *view) named(i int32) bool {
	return i >= 0 && (v.means[i] || v.kind[i]&(isPerson|isBody|isPlace) != 0)
}

// look notes what token i and those that hang from it tell.
func (v *view) look(i int32) {
	t, s := &v.d.Tokens[i], v.sort[i]
	if v.kind[i]&isPlace != 0 {
		v.found[i] |= aPlace
	}
	if t.Tag == text.VBD && v.kind[i]&isSaid == 0 && s&light == 0 {
		v.found[i] |= aHappening
	}
	if s&(accuses|wrongs|wrong|wrongdoer|helps) != 0 {
		v.accusation(i, s)
	}
	if v.compares(i, s) {
		v.found[i] |= aComparison
	}
	if v.records(i, s) {
		v.found[i] |= aRecord
	}
	switch {
	case v.kind[i]&isMind != 0 && t.Tag.Verb() && v.firstPerson(v.subject(i)):
		v.found[i] |= anOpinion
	case t.Tag == text.MD && v.kind[i]&isOught != 0 && t.Head >= 0 && t.Rel == text.Aux:
		v.found[t.Head] |= anOpinion
	case v.kind[i]&isPraise != 0 && t.Tag != text.RB && v.t.Find(v.d, i, text.Cop) >= 0:
		v.found[i] |= anOpinion
	case t.Tag == text.MD && v.kind[i]&isWill != 0 && t.Head >= 0 && t.Rel == text.Aux:
		v.found[t.Head] |= aPrediction
	case t.Lemma == lemmaGo && t.Tag == text.VBG && v.infinitive(i):
		v.found[i] |= aPrediction
	case s&foresees != 0 && (t.Tag.Verb() || v.t.Find(v.d, i, text.Cop) >= 0) && v.infinitive(i):
		v.found[i] |= aPrediction // "is expected to", "is likely to"
	case s&tells != 0 && t.Tag.Verb() && t.Tag != text.VBN:
		v.found[i] |= aPrediction // "predicts", "forecast"
	case s&home != 0 && t.Tag.Noun():
		if p := v.t.Find(v.d, i, text.NmodPoss); p >= 0 && v.kind[p]&(isI|isWe) != 0 {
			v.found[i] |= aPrivateMatter
		}
	}
}

// subject is the subject of the verb i, or of the verb that it is coordinated with, -1 for none.
func (v *view) subject(i int32) int32 {
	for n := 0; n < mostUp; n++ {
		if s := v.t.Find(v.d, i, text.Nsubj, text.NsubjPass); s >= 0 {
			return s
		}
		t := &v.d.Tokens[i]
		if t.Head < 0 || t.Rel != text.Conj && t.Rel != text.Xcomp {
			return -1
		}
		i = t.Head
	}
	return -1
}

const mostUp = 4 // words above one that are looked at

func (v *view) firstPerson(i int32) bool { return i >= 0 && v.kind[i]&(isI|isWe) != 0 }

// infinitive reports whether an infinitive hangs from i as what is in prospect.
func (v *view) infinitive(i int32) bool {
	c := v.t.Find(v.d, i, text.Xcomp)
	return c >= 0 && v.d.Tokens[c].Tag == text.VB
}

// passive reports whether the verb i is a passive.
func (v *view) passive(i int32) bool {
	return v.d.Tokens[i].Tag == text.VBN && v.t.Find(v.d, i, text.NsubjPass, text.AuxPass) >= 0
}

// negated reports whether the word i has a "not", "never", "no" or "neither", or is "nobody".
func (v *view) negated(i int32) bool {
	if v.kind[i]&isNot != 0 {
		return true
	}
	for c, n := v.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
		if v.kind[c]&isNot == 0 {
			continue
		}
		switch v.d.Tokens[c].Rel {
		case text.Advmod, text.Det, text.Cc:
			return true
		}
	}
	return false
}

// accusation notes where somebody named is said to have done wrong, by word i,
// which tells of wrong or of an accusation.
func (v *view) accusation(i int32, s sort) {
	t := &v.d.Tokens[i]
	figurative := s&warlike != 0 && !v.violent[i]
	if v.negated(i) || figurative && t.Tag.Verb() || t.Lemma == lemmaLie && v.rests(i) {
		return
	}
	subject := v.subject(i)
	if subject >= 0 && (v.negated(subject) || v.kind[v.t.Phrase(subject).First]&isNot != 0) {
		return // "neither Varn nor her cousin"
	}
	switch {
	case s&helps != 0:
		if o := v.t.Find(v.d, i, text.Obj); t.Tag.Verb() && o >= 0 && v.named(subject) && v.wicked(o) {
			v.found[i] |= anAccusation
		}
	case s&accuses != 0 && t.Tag.Verb():
		// "Varn was charged", "the guild accused Varn of theft".
		target := v.t.Find(v.d, i, text.Obj)
		if v.passive(i) {
			target = subject
		}
		if !v.named(target) {
			return
		}
		v.found[i] |= anAccusation
		v.found[target] |= anAccusation
		// What the words of an accusation say is often a claim of its own: "[of theft]".
		for c, n := v.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
			if c > i && v.sort[c]&(wrongs|wrong|wrongdoer) != 0 {
				v.found[c] |= anAccusation
			}
		}
	case s&wrongs != 0 && t.Tag.Verb():
		if v.passive(i) {
			// "was robbed by Varn"
			for c, n := v.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
				if v.d.Tokens[c].Rel == text.Obl && c > i && v.named(c) {
					if by := v.t.Find(v.d, c, text.Case); by >= 0 && v.d.Tokens[by].Lower == lowerBy {
						v.found[i] |= anAccusation
					}
				}
			}
			return
		}
		if t.Tag == text.VB || t.Tag == text.VBN && v.t.Find(v.d, i, text.Aux) < 0 {
			return // "may lie", "the stolen car"
		}
		if v.named(subject) && v.d.Tokens[subject].Rel == text.Nsubj {
			v.found[i] |= anAccusation
		}
	case t.Tag.Noun() || t.Tag == text.JJ:
		if s&(wrong|wrongdoer) == 0 {
			return
		}
		switch {
		case v.t.Find(v.d, i, text.Cop) >= 0: // "Varn is corrupt", "Varn is a thief"
			if v.named(subject) {
				v.found[i] |= anAccusation
			}
		case !figurative && v.named(v.t.Find(v.d, i, text.NmodPoss)): // "Varn's fraud"
			v.found[i] |= anAccusation
		case v.involved(i): // "Varn's part in the fraud", "Varn is behind the fraud"
			v.found[i] |= anAccusation
		}
	}
}

// rests reports whether the "lie" at i tells of where something is: "lay
// there", "lies in the north".
func (v *view) rests(i int32) bool {
	if l := v.d.Tokens[i].Lower; l == lowerLay || l == lowerLain {
		return true
	}
	next := i + 1
	return int(next) < len(v.d.Tokens) && v.sort[next]&where != 0
}

// wicked reports whether noun i, or an adjective to it, tells of who does wrong: "terrorists", "criminal gangs".
func (v *view) wicked(i int32) bool {
	if v.sort[i]&wrongdoer != 0 {
		return true
	}
	for c, n := v.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
		if r := v.d.Tokens[c].Rel; (r == text.Amod || r == text.Compound) && v.sort[c]&(wrong|wrongdoer) != 0 {
			return true
		}
	}
	return false
}

// involved reports whether somebody named is said to have to do with the wrong
// that noun i tells of: "guilty of", "responsible for", "Varn's role in".
func (v *view) involved(i int32) bool {
	h := v.d.Tokens[i].Head
	if h < 0 || h > i || v.negated(h) {
		return false
	}
	switch s := v.sort[h]; {
	case s&(ties|wrong) != 0:
		if v.t.Find(v.d, h, text.Cop) >= 0 || v.d.Tokens[h].Tag.Verb() {
			return v.named(v.subject(h))
		}
		if v.named(v.t.Find(v.d, h, text.NmodPoss)) {
			return true
		}
		for c, n := v.t.Child(h), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
			if c != i && v.d.Tokens[c].Rel == text.Nmod && v.named(c) {
				return true // "the role of Varn in the fraud"
			}
		}
	}
	return false
}

// compares reports whether token i makes its statement a comparison: of things
// with one another, or of a thing with what it was.
func (v *view) compares(i int32, s sort) bool {
	tokens := v.d.Tokens
	t := &tokens[i]
	switch t.Tag {
	case text.JJR, text.RBR:
		for k := i + 1; k < min(i+6, int32(len(tokens))); k++ {
			if tokens[k].Lower == lowerThan {
				// "more than 40" is a bound, and so is "no later than".
				return int(k)+1 >= len(tokens) || v.kind[k+1]&(isNumber|isMoney|isDate) == 0 || k > i+1
			}
		}
	case text.JJS:
		if t.Lower == lowerLeast || t.Lower == lowerMost || v.kind[i]&isPraise != 0 {
			return false
		}
		return true
	case text.RBS:
		return int(i)+1 < len(tokens) && tokens[i+1].Tag == text.JJ
	}
	switch {
	case s&multiple != 0:
		return true
	case s&moves != 0 && t.Tag.Verb():
		subject := v.subject(i)
		return v.near(i, isNumber|isPercent|isMoney) && (subject < 0 || v.kind[subject]&(isI|isWe|isYou|isThey|isPerson) == 0)
	case s&moves != 0 && t.Tag.Noun():
		return v.near(i, isNumber|isPercent|isMoney)
	}
	return false
}

// near reports whether one of the words around i is of one of the kinds.
func (v *view) near(i int32, k kind) bool {
	const reach = 6
	for n := max(0, i-reach); n < min(i+reach+1, int32(len(v.kind))); n++ {
		if v.kind[n]&k != 0 && v.t.Sentence(n) == v.t.Sentence(i) {
			return true
		}
	}
	return false
}

// records reports whether token i tells of a law, a vote or a ruling.
func (v *view) records(i int32, s sort) bool {
	t := &v.d.Tokens[i]
	switch {
	case s&legal != 0 && t.Tag.Noun():
		return t.Rel != text.Compound || t.Tag.Proper()
	case s&votes != 0 && t.Tag.Verb():
		return true
	case s&enacts != 0 && t.Tag.Verb():
		o := v.t.Find(v.d, i, text.Obj, text.NsubjPass)
		return o >= 0 && v.sort[o]&(legal|deed) != 0
	case s&votes != 0 && t.Tag.Noun():
		return true
	}
	return false
}

// settle adds to s what its main words give it: its head, and what is
// coordinated with that or is said in it.
func (v *view) settle(s *statement) {
	if s.head < 0 {
		return
	}
	s.found |= v.found[s.head] & ofMain
	for c, n := v.t.Child(s.head), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
		switch v.d.Tokens[c].Rel {
		case text.Conj, text.Parataxis, text.Ccomp:
			if c <= s.last {
				s.found |= v.found[c] & ofMain
			}
		}
	}
}

// reasons are those of a statement; source says whether a named source's words stand in it.
func (v *view) reasons(s *statement, source bool) []ledger.Reason {
	var out [10]ledger.Reason
	n := 0
	add := func(is bool, r ledger.Reason) {
		if is {
			out[n] = r
			n++
		}
	}
	f := s.found
	const event = aHappening | aDay | aPlace
	add(f&aFigure != 0, ledger.ReasonFigure)
	add(f&anAccusation != 0 && !s.asks, ledger.ReasonAccusation)
	add(f&event == event, ledger.ReasonEvent)
	add(f&aComparison != 0, ledger.ReasonComparison)
	add(f&aRecord != 0, ledger.ReasonRecord)
	add(source, ledger.ReasonSource)
	add(f&anOpinion != 0, ledger.ReasonOpinion)
	add(f&aPrediction != 0, ledger.ReasonPrediction)
	add(s.asks, ledger.ReasonQuestion)
	add(f&aPrivateMatter != 0 && f&(aFigure|anAccusation|aRecord) == 0, ledger.ReasonPrivate)
	if n == 0 {
		return nil
	}
	return append([]ledger.Reason(nil), out[:n]...)
}
