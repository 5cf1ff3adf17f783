package incidents

import (
	"slices"

	"hearsay/ledger"
	"hearsay/reading/lexicon"
	"hearsay/reading/tree"
	"hearsay/text"
)

// current is the incident that the text is about at token x: that of the last
// mention before it, or of the next in its sentence. -1 for none.
func (r *Reader) current(x int32) int32 {
	lo, hi := 0, len(r.mentions)
	for lo < hi {
		if mid := (lo + hi) / 2; r.mentions[mid].head <= x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	s := r.t.Sentence(x)
	for i, n := lo-1, 0; i >= 0 && n < 8; i, n = i-1, n+1 {
		if m := &r.mentions[i]; m.incident >= 0 && r.incidents[m.incident].in&(deals|custody) == 0 && !r.incidents[m.incident].vague {
			if s-m.sentence > 12 {
				break
			}
			return m.incident
		}
	}
	for i, n := lo, 0; i < len(r.mentions) && n < 4; i, n = i+1, n+1 {
		if m := &r.mentions[i]; m.incident >= 0 && r.incidents[m.incident].in&(deals|custody) == 0 && !r.incidents[m.incident].vague {
			if m.sentence-s > 2 {
				break
			}
			return m.incident
		}
	}
	return -1
}

// parties finds who claims, is blamed, denies and is held.
func (r *Reader) parties() {
	r.claimant, r.claimed = "", 0
	r.band = r.oneBand()
	for i := range r.mentions {
		if m := &r.mentions[i]; m.incident >= 0 {
			r.actors(m)
		}
	}
	for i := range r.d.Tokens {
		x := int32(i)
		w := r.means[i]
		t := &r.d.Tokens[i]
		switch {
		case t.Tag.Verb() && w&(owns|denies) != 0:
			r.owned(x, w)
		case t.Tag.Verb() && w&confesses != 0:
			r.confessed(x)
		}
		if t.Tag.Verb() && w&(accuses|imputes|charges) != 0 {
			r.accused(x, w)
		}
		if t.Lemma == lemmaResponsible && t.Tag == text.JJ || t.Lower == lowerBehind {
			r.behind(x)
		}
		if w&arrests != 0 {
			r.arrested(x)
		}
	}
	r.groundPronouns()
}

// actors enters who acted in m, and what was hit.
func (r *Reader) actors(m *mention) {
	n := &r.incidents[m.incident]
	if n.in&(deals|nature|accident) != 0 || m.in&(deals|custody) != 0 && m.form != renewed {
		return
	}
	if m.agent >= 0 && !(r.told[m.agent] != 0) && (m.form != renewed || r.entity[m.agent] != 0) {
		r.actor(n, m, m.agent)
	}
	if m.patient >= 0 && r.told[m.patient] == 0 && r.find(m.patient, text.Nummod) < 0 && (r.d.Tokens[m.patient].Tag.Noun() || r.entity[m.patient] != 0) {
		r.add(&n.out.Targets, r.party(m.patient, m.head))
	}
}

// actor enters the one at a as the doer of what m tells of: as one who claims
// it where the words are their own, as one accused where they have a name, or
// else in words that accuse nobody.
func (r *Reader) actor(n *incident, m *mention, a int32) {
	d, at := r.d, m.head
	t := &d.Tokens[a]
	if r.means[a]&weapon != 0 && r.entity[a] == 0 {
		return
	}
	claim, speaker := r.speaker(at)
	e := r.meant(a)
	if e == 0 {
		if p := r.find(a, text.NmodPoss, text.Compound); p >= 0 && r.entity[p] != 0 && r.answers(a, r.entity[p]) {
			e = r.entity[p] // "its fighters", "ISIS militants"
		} else if p := r.find(a, text.Nmod); p >= 0 && r.entity[p] != 0 && (r.caseOf(p) == lowerOf && r.belongs(a) || r.stands(a, r.caseOf(p)) && r.bodyOf(r.entity[p])) && r.answers(a, r.entity[p]) {
			e = r.entity[p] // "members of the group"
		} else {
			e = r.bracketed(a)
		}
		if e == 0 && r.means[a]&rebel != 0 && r.band > 0 && r.determined(a)&again != 0 {
			e = r.band // "the guerrillas", where the text names one band of them
		}
	}
	if t.Tag == text.PRPS {
		return // "their attack": whose it is is told where they are named
	}
	if r.means[a]&harmed != 0 && r.means[a]&fighter == 0 {
		return // whom the figures count among the victims did not do it
	}
	if r.acts(a) && (r.entity[a] == 0 || !r.named[a]) {
		p := ledger.Party{Piece: ledger.Piece{Span: r.span(r.phrase(a))}, Claim: claim, By: speaker}
		r.add(&n.out.Attackers, p)
	}
	if e == 0 {
		return
	}
	id := r.l.Entities[e-1].ID
	p := ledger.Party{Piece: ledger.Piece{Span: r.span(r.phrase(a))}, Entity: id, Claim: claim, By: speaker}
	if speaker == id {
		if t.Tag == text.PRP || !r.named[a] {
			p.By = ""
			r.add(&n.out.ClaimedBy, p)
		}
		return
	}
	if r.speakerLike(e) && r.imputed(m, a, e) {
		r.add(&n.out.BlamedOn, p)
	}
}

// answers reports whether what those whom token a tells of did is the doing of entity e, to
// which they belong: a body's people act for it, and a commander's fighters for him, but "his
// father" and "the brother of Ada Venn" act for themselves.
func (r *Reader) answers(a, e int32) bool {
	return r.speakerLike(e) && (r.l.Entities[e-1].Type != ledger.TypePerson || r.means[a]&(fighter|rebel) != 0)
}

// acts reports whether a noun stands for people, so that it can say who acted
// without a name.
func (r *Reader) acts(x int32) bool {
	t := &r.d.Tokens[x]
	if !t.Tag.Noun() || t.Tag.Proper() {
		return false
	}
	if r.means[x]&more != 0 {
		return false
	}
	return r.means[x]&(fighter|human) != 0 || lexicon.Of(t.Lemma)&(lexicon.Person|lexicon.Group|lexicon.Government|lexicon.Authority) != 0
}

// speakerLike reports whether an entity is one that can act.
func (r *Reader) speakerLike(e int32) bool {
	switch r.l.Entities[e-1].Type {
	case ledger.TypePerson, ledger.TypeOrganization:
		return true
	}
	return r.state(e)
}

func (r *Reader) bodyOf(e int32) bool {
	return r.l.Entities[e-1].Type == ledger.TypeOrganization
}

// speaker is the innermost claim that token x is said in, and the entity that
// says it; both empty where the article itself speaks.
func (r *Reader) speaker(x int32) (claim, entity string) {
	c := r.claim[x]
	if c == 0 {
		return "", ""
	}
	k := &r.l.Claims[c-1]
	if k.Source == nil {
		return k.ID, ""
	}
	if k.Source.Speaker != "" {
		return k.ID, k.Source.Speaker
	}
	return k.ID, k.Source.Entity
}

// party is the phrase of token x as one who has a part in what at tells of.
func (r *Reader) party(x, at int32) ledger.Party {
	p := ledger.Party{Piece: ledger.Piece{Span: r.span(r.phrase(x))}}
	p.Claim, p.By = r.speaker(at)
	e := r.meant(x)
	if e == 0 {
		// "ISIS militants", "members of the group"
		if c := r.find(x, text.Compound); c >= 0 && r.entity[c] != 0 && r.bodyOf(r.entity[c]) {
			e = r.entity[c]
		} else if c := r.find(x, text.Nmod); c >= 0 && r.entity[c] != 0 && r.bodyOf(r.entity[c]) && r.stands(x, r.caseOf(c)) {
			e = r.entity[c]
		}
	}
	if e == 0 {
		e = r.bracketed(x)
	}
	if e == 0 {
		// "an alleged spokesman for the Front", "the so-called Front group"
		at := r.phrase(x)
		if r.means[x]&spokes == 0 && lexicon.Of(r.d.Tokens[x].Lemma)&(lexicon.Group|lexicon.Generic) == 0 {
			at = text.Range{}
		}
		for j := at.First; j < at.End && e == 0; j++ {
			if r.named[j] && r.bodyOf(r.entity[j]) {
				e = r.entity[j]
			}
		}
	}
	if e != 0 {
		p.Entity = r.l.Entities[e-1].ID
	}
	if p.By == p.Entity {
		p.By = ""
	}
	return p
}

// stands reports whether the people that token x tells of are those of the body
// that a preposition ties to them: "a spokesman for", "fighters of", "men from".
func (r *Reader) stands(x int32, preposition uint32) bool {
	switch preposition {
	case lowerOf, lowerFrom:
		return r.means[x]&(fighter|human) != 0
	case lowerFor:
		return r.means[x]&spokes != 0
	}
	return false
}

// oneBand is the one armed group that the text names, 0 where it names none or
// several: one widely known or whose name stands before "guerrillas".
func (r *Reader) oneBand() int32 {
	band := int32(0)
	for i := range r.l.Entities {
		e := &r.l.Entities[i]
		if e.Type != ledger.TypeOrganization {
			continue
		}
		armed := false
		for _, m := range e.Mentions {
			x := r.d.Cover(m.Start, m.End)
			if m.Pronoun || x.Empty() {
				continue
			}
			seq := uint64(0)
			for j := x.First; j < x.End; j++ {
				seq = lexicon.Sequence(seq, r.d.Tokens[j].Lower)
			}
			known := lexicon.Named(lexicon.Same(seq))
			if known&lexicon.Group != 0 || int(x.End) < len(r.d.Tokens) && r.means[x.End]&rebel != 0 {
				armed = true
				break
			}
		}
		if armed {
			if band != 0 {
				return 0
			}
			band = int32(i) + 1
		}
	}
	return band
}

// bracketed is the body whose name stands before x with only a bracket
// between: "ELN [Army of National Liberation] guerrillas". 0 for none.
func (r *Reader) bracketed(x int32) int32 {
	if r.means[x]&(fighter|human) == 0 {
		return 0
	}
	j := x - 1
	for j > 0 && x-j < 4 && r.d.Tokens[j].Tag != text.RightB && (r.d.Tokens[j].Tag.Noun() || r.d.Tokens[j].Tag == text.JJ) && !r.named[j] {
		j-- // "urban guerrillas"
	}
	if j > 0 && r.d.Tokens[j].Tag == text.RightB {
		for low := max(0, j-longestBracket); j > low && r.d.Tokens[j].Tag != text.LeftB; {
			j--
		}
		j--
	}
	if j >= 0 && r.named[j] && r.bodyOf(r.entity[j]) && r.t.Sentence(j) == r.t.Sentence(x) {
		return r.entity[j]
	}
	return 0
}

const longestBracket = 12 // tokens

// phrase is the noun phrase of x, cut where a clause or an aside begins.
func (r *Reader) phrase(x int32) text.Range {
	p := r.t.Phrase(x)
	first := max(p.First, x-12)
	end := min(p.End, x+12)
	for c, left := r.t.Child(x), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		t := &r.d.Tokens[c]
		q := r.t.Phrase(c)
		switch {
		case c < x && (t.Rel == text.Case || t.Rel == text.Punct || t.Rel == text.Cc || t.Rel == text.Mark || t.Rel == text.Advmod):
			first = max(first, q.End)
		case c > x && (t.Rel == text.ACL || t.Rel == text.ACLRelcl || t.Rel == text.Appos || t.Rel == text.Punct || t.Rel == text.Conj || t.Rel == text.Cc ||
			t.Rel == text.Advcl || t.Rel == text.Parataxis || t.Rel == text.Cop || t.Rel == text.Dep || t.Rel == text.Obl || t.Rel == text.Advmod):
			end = min(end, q.First)
		case c > x && t.Rel == text.Nmod && r.caseOf(c) != lowerOf:
			end = min(end, q.First)
		}
	}
	if s := r.t.Sentence(x); s >= 0 {
		first, end = max(first, r.d.Sentences[s].First), min(end, r.d.Sentences[s].End)
	}
	if first > x || end <= x {
		return text.Range{First: x, End: x + 1}
	}
	return text.Range{First: first, End: end}
}

func (r *Reader) span(x text.Range) ledger.Span {
	return ledger.Span{Start: int(r.d.Tokens[x.First].Start), End: int(r.d.Tokens[x.End-1].End)}
}

const mostParties = 16

// add enters p unless the same one is there by the same word.
func (r *Reader) add(list *[]ledger.Party, p ledger.Party) {
	if len(*list) >= mostParties {
		return
	}
	for i := range *list {
		o := &(*list)[i]
		if o.Span == p.Span || p.Entity != "" && o.Entity == p.Entity && o.By == p.By {
			if o.Claim == "" {
				o.Claim = p.Claim
			}
			return
		}
		if p.Entity == "" && o.Entity == "" && r.l.Quote(o.Span) == r.l.Quote(p.Span) {
			return
		}
	}
	*list = append(*list, p)
}

// deed is the incident that the words after x in its clause name, or else the
// one that the text is about. -1 for none.
func (r *Reader) deed(x int32) int32 {
	s := r.t.Sentence(x)
	if s < 0 {
		return -1
	}
	p := r.t.Phrase(x)
	for j := max(x+1, p.First); j < min(p.End, x+30); j++ {
		if m := r.told[j]; m != 0 && r.mentions[m-1].incident >= 0 && r.mentions[m-1].in&(deals|custody) == 0 {
			return r.mentions[m-1].incident
		}
	}
	for j := max(p.First, x-30); j < x; j++ {
		if m := r.told[j]; m != 0 && r.mentions[m-1].incident >= 0 && r.mentions[m-1].in&(deals|custody) == 0 {
			return r.mentions[m-1].incident
		}
	}
	return r.current(x)
}

// nobody reports whether a noun phrase is "no group", "nobody".
func (r *Reader) nobody(x int32) bool {
	t := &r.d.Tokens[x]
	if r.means[x]&nobody != 0 {
		return true
	}
	c := r.find(x, text.Det)
	return t.Lower == lowerNo || c >= 0 && (r.d.Tokens[c].Lower == lowerNo || r.means[c]&nobody != 0)
}

// owned enters those who claim or deny responsibility at the verb x.
func (r *Reader) owned(x int32, w word) {
	d := r.d
	t := &d.Tokens[x]
	o := r.find(x, text.Obj)
	agent, patient := r.ofVerb(x)
	if o < 0 && patient >= 0 {
		o = patient // "responsibility was claimed by"
	}
	denial := w&denies != 0
	about := int32(-1)
	switch {
	case o >= 0 && (d.Tokens[o].Lemma == lemmaResponsibility || d.Tokens[o].Lemma == lemmaCredit && w&owns != 0 || denial && r.means[o]&involvement != 0):
		about = r.deed(o)
		if about < 0 || r.told[o] == 0 {
			if y := r.answered(o); y >= 0 && r.told[y] != 0 && r.mentions[r.told[y]-1].incident >= 0 {
				about = r.mentions[r.told[y]-1].incident
			} else if k := r.after(o); k >= 0 {
				about = k
			}
		}
	case o >= 0 && r.told[o] != 0 && t.Lemma == lemmaClaim && r.mentions[r.told[o]-1].in&(deals|custody) == 0:
		about = r.mentions[r.told[o]-1].incident
	case denial && t.Lemma == lemmaDeny:
		// "denied carrying out the attack", "denied that its troops fired"
		k := r.after(x)
		if k < 0 || agent < 0 || !r.own(x, agent) {
			return
		}
		about = k
	default:
		return
	}
	if about < 0 || r.negated(x) {
		return
	}
	if agent >= 0 && r.entity[agent] == 0 && lexicon.Of(d.Tokens[agent].Lemma)&lexicon.Document != 0 {
		// "distributed leaflets claiming responsibility": whose the words are.
		if h := d.Tokens[agent].Head; h >= 0 && d.Tokens[h].Tag.Verb() && h != x && d.Tokens[agent].Rel == text.Obj {
			if a, _ := r.ofVerb(h); a >= 0 {
				agent = a
			}
		}
	}
	if agent < 0 || !r.somebody(agent) || r.told[agent] != 0 {
		// Whom the reader of attributions takes for the speaker, or else the
		// body named last before.
		if agent = r.source(x); agent < 0 || !r.somebody(agent) {
			if agent = r.bodyBefore(x); agent < 0 {
				return
			}
		}
	}
	if r.nobody(agent) {
		return
	}
	if e := r.entity[agent]; e != 0 && r.named[agent] && !r.speakerLike(e) {
		return // a place answers for nothing
	}
	p := r.party(agent, x)
	r.cued(&p, x)
	r.resolve(&p, agent)
	n := &r.incidents[about]
	if denial {
		r.add(&n.out.DeniedBy, p)
	} else {
		r.add(&n.out.ClaimedBy, p)
	}
}

// bodyBefore is the last token of the name of a body before x in its sentence,
// -1 for none.
func (r *Reader) bodyBefore(x int32) int32 {
	s := r.t.Sentence(x)
	if s < 0 {
		return -1
	}
	for j := x - 1; j >= max(r.d.Sentences[s].First, x-mostChildren); j-- {
		if r.named[j] && r.bodyOf(r.entity[j]) {
			return j
		}
	}
	return -1
}

// own reports whether who denies at the verb x denies a deed of their own: they
// have no other subject in what is denied.
func (r *Reader) own(x, agent int32) bool {
	c := r.find(x, text.Ccomp)
	if c < 0 {
		return true
	}
	s := r.find(c, text.Nsubj, text.NsubjPass)
	if s < 0 || r.d.Tokens[s].Tag == text.PRP {
		return true
	}
	e := r.entity[s]
	if e == 0 {
		if p := r.find(s, text.NmodPoss); p >= 0 {
			e = r.entity[p] // "its troops"
		}
	}
	return e != 0 && e == r.entity[agent]
}

// somebody reports whether a phrase can be one who speaks or acts.
func (r *Reader) somebody(x int32) bool {
	t := &r.d.Tokens[x]
	if r.dateAt(x) >= 0 || !t.Tag.Noun() && t.Tag != text.PRP && r.entity[x] == 0 && t.Tag != text.CD {
		return false
	}
	return r.entity[x] != 0 || lexicon.Of(t.Lower)&lexicon.Time == 0 && r.means[x]&month == 0
}

// meant is the entity that token x means: that of a name, or of a description
// that points back to one ("the group"), not of "guerrillas".
func (r *Reader) meant(x int32) int32 {
	e := r.entity[x]
	if e != 0 && !r.named[x] && r.d.Tokens[x].Tag.Noun() && r.determined(x)&again == 0 {
		return 0
	}
	return e
}

// source is the head of the source of the claim whose cue the verb x is, -1 for none.
func (r *Reader) source(x int32) int32 {
	c := r.cue[x]
	if c == 0 {
		return -1
	}
	s := r.l.Claims[c-1].Source
	if s == nil || s.End <= s.Start {
		return -1
	}
	return tree.Head(r.d, r.d.Cover(s.Start, s.End))
}

// resolve takes "the group", where it means nobody yet, for the one who claimed
// something last in the sentences before.
func (r *Reader) resolve(p *ledger.Party, x int32) {
	s := r.t.Sentence(x)
	if p.Entity == "" && lexicon.Of(r.d.Tokens[x].Lemma)&lexicon.Generic != 0 && r.determined(x)&again != 0 && r.claimant != "" && s-r.claimed <= 2 {
		p.Entity = r.claimant
	}
	if p.Entity != "" {
		r.claimant, r.claimed = p.Entity, s
	}
}

// after is the incident of the first mention after x in its sentence, -1 for none.
func (r *Reader) after(x int32) int32 {
	s := r.t.Sentence(x)
	if s < 0 {
		return -1
	}
	for j := x + 1; j < min(r.d.Sentences[s].End, x+25); j++ {
		if m := r.told[j]; m != 0 && r.mentions[m-1].incident >= 0 && r.incidents[r.mentions[m-1].incident].in&(deals|custody) == 0 {
			return r.mentions[m-1].incident
		}
	}
	return -1
}

// negated reports whether the verb x or the one that it completes is denied.
// Who did not delay in claiming has claimed.
func (r *Reader) negated(x int32) bool {
	for c, left := r.t.Child(x), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		if t := &r.d.Tokens[c]; c < x && (t.Lower == lowerNot || t.Lower == lowerNt || t.Lower == lowerNever) {
			return true
		}
		if t := &r.d.Tokens[c]; t.Tag == text.MD && t.Rel == text.Aux || t.Rel == text.Mark && (t.Lower == lowerIf || t.Lower == lowerUnless || t.Lower == lowerWhether) {
			return true
		}
	}
	return false
}

// cued gives p the claim of which the verb x is the cue.
func (r *Reader) cued(p *ledger.Party, x int32) {
	if c := r.cue[x]; c != 0 {
		p.Claim = r.l.Claims[c-1].ID
		p.By = ""
	}
}

// confessed enters who admits a deed at the verb x.
func (r *Reader) confessed(x int32) {
	k := r.after(x)
	if k < 0 || r.negated(x) {
		return
	}
	agent, _ := r.ofVerb(x)
	if agent < 0 || r.nobody(agent) || r.told[agent] != 0 || r.d.Tokens[x].Lemma == lemmaAdmit && r.cue[x] != 0 {
		return
	}
	p := r.party(agent, x)
	r.cued(&p, x)
	r.add(&r.incidents[k].out.ClaimedBy, p)
}

// accused enters whom the verb x puts a deed on.
func (r *Reader) accused(x int32, w word) {
	d := r.d
	if r.negated(x) || r.hypothetical(x, 0) {
		return
	}
	agent, patient := r.ofVerb(x)
	if patient < 0 {
		return
	}
	about := int32(-1)
	who := patient
	if r.told[patient] != 0 && w&imputes != 0 {
		// "attributed the attack to X", "blamed the attack on X"
		about = r.mentions[r.told[patient]-1].incident
		who = -1
		for c, left := r.t.Child(x), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
			if t := &d.Tokens[c]; t.Rel == text.Obl && c > x {
				switch r.caseOf(c) {
				case lowerTo, lowerOn, lowerOnto, lowerWith:
					if r.dateAt(c) < 0 && who < 0 {
						who = c
					}
				}
			}
		}
	} else if w&(accuses|charges) != 0 {
		about = r.after(x)
	}
	if who < 0 || about < 0 || r.told[who] != 0 || r.nobody(who) || !d.Tokens[who].Tag.Noun() && r.entity[who] == 0 {
		return
	}
	if w&(accuses|imputes) != 0 && w&charges == 0 && !r.blames(x) || names[d.Tokens[x].Lemma] && !r.singledOut(x) || !r.accusable(who, x) {
		return
	}
	by := ""
	if agent >= 0 && agent != who {
		if e := r.entity[agent]; e != 0 {
			by = r.l.Entities[e-1].ID
		}
	}
	// "blamed the government and the army"
	for n := 0; who >= 0 && n < 4; n++ {
		p := r.party(who, x)
		if agent >= 0 && agent != who {
			p.By = by
		}
		if c := r.cue[x]; c != 0 {
			p.Claim = r.l.Claims[c-1].ID
		}
		if p.By == p.Entity {
			p.By = ""
		}
		if list := &r.incidents[about].out; p.Entity == "" && r.acts(who) && lexicon.Of(r.d.Tokens[who].Lemma)&lexicon.Government == 0 {
			r.add(&list.Attackers, p)
		} else {
			r.add(&list.BlamedOn, p)
		}
		if who = r.joined(who); who >= 0 && (!d.Tokens[who].Tag.Noun() || r.told[who] != 0) {
			break
		}
	}
}

// joined is the noun that an "and" adds to x, -1 for none. A parser may hang
// the second from the verb as it does the first.
func (r *Reader) joined(x int32) int32 {
	if c := r.find(x, text.Conj); c >= 0 {
		return c
	}
	t := &r.d.Tokens[x]
	if x+1 >= int32(len(r.d.Tokens)) || r.d.Tokens[x+1].Rel != text.Cc {
		return -1
	}
	if h := r.d.Tokens[x+1].Head; h > x && r.d.Tokens[h].Head == t.Head && r.d.Tokens[h].Rel == t.Rel {
		return h
	}
	return -1
}

// blames reports whether a verb of naming goes on to a deed: "blamed for",
// "accused of", "identified as".
func (r *Reader) blames(x int32) bool {
	if r.means[x]&imputes != 0 {
		return true
	}
	s := r.t.Sentence(x)
	if s < 0 {
		return false
	}
	for j := x + 1; j < min(r.d.Sentences[s].End, x+15); j++ {
		switch t := &r.d.Tokens[j]; {
		case t.Lower == lowerFor || t.Lower == lowerOf || t.Lower == lowerIn:
			// "Accused of using the attack" is accused of something else.
			if j+1 < int32(len(r.d.Tokens)) && r.d.Tokens[j+1].Tag == text.VBG && r.told[j+1] == 0 {
				return doing[r.d.Tokens[j+1].Lemma]
			}
			return true
		}
	}
	return false
}

// names are verbs of naming, which accuse by what they name one as alone.
var names = lemmas("identify name")

// doing are the verbs of which the object is what somebody does, not what
// somebody makes of it.
var doing = lemmas(`be bomb carry cause commit conduct direct do engineer execute finance fund have help hold instigate launch lead make
		mastermind order orchestrate organise organize participate perpetrate plan plant plot prepare provoke set sponsor stage take`)

// behind enters who is said to be responsible for a deed, or behind it.
func (r *Reader) behind(x int32) {
	d := r.d
	k := r.after(x)
	at := x
	if d.Tokens[x].Lower == lowerBehind {
		if at = d.Tokens[x].Head; at < 0 || r.find(at, text.Cop) < 0 {
			return
		}
		if r.told[at] != 0 {
			k = r.mentions[r.told[at]-1].incident
		}
	}
	who := r.find(at, text.Nsubj)
	if h := d.Tokens[at].Head; who < 0 && h >= 0 && d.Tokens[h].Tag.Verb() && d.Tokens[at].Rel != text.Amod {
		_, who = r.ofVerb(h) // "is held responsible"
		if k < 0 {
			k = r.current(x)
		}
	}
	if k < 0 || who < 0 || r.negated(at) || r.nobody(who) || r.entity[who] == 0 && r.find(who, text.Compound) < 0 || r.entity[who] != 0 && !r.speakerLike(r.entity[who]) {
		return
	}
	if d.Tokens[who].Tag == text.WDT || d.Tokens[who].Tag == text.WP {
		return
	}
	if at == x && x > 0 && who < x-1 && (d.Tokens[x-1].Tag.Noun() || d.Tokens[x-1].Tag == text.DT) {
		return // "asked Venn if the people responsible were held": who they are is not said
	}
	p := r.party(who, x)
	if p.Entity == "" {
		return
	}
	r.add(&r.incidents[k].out.BlamedOn, p)
}

// arrested enters who is held for an incident.
func (r *Reader) arrested(x int32) {
	d := r.d
	t := &d.Tokens[x]
	who := int32(-1)
	switch {
	case t.Tag.Verb():
		if r.negated(x) || r.hypothetical(x, 0) {
			return
		}
		_, who = r.ofVerb(x)
	case t.Tag.Noun():
		for c, left := r.t.Child(x), mostChildren; c >= 0 && who < 0 && left > 0; c, left = r.t.Next(c), left-1 {
			if u := &d.Tokens[c]; u.Rel == text.Nmod && r.caseOf(c) == lowerOf || u.Rel == text.NmodPoss {
				who = c
			}
		}
		if who < 0 && r.caseOf(x) == lowerIn && t.Head >= 0 {
			// "is in custody", "was taken into custody"
			if who = r.find(x, text.Nsubj); who < 0 && d.Tokens[t.Head].Tag.Verb() {
				_, who = r.ofVerb(t.Head)
			}
		}
	}
	if who < 0 || r.told[who] != 0 || r.nobody(who) || !d.Tokens[who].Tag.Noun() && r.entity[who] == 0 {
		return
	}
	k := int32(-1)
	if m := r.told[x]; m != 0 {
		k = r.mentions[m-1].incident
	}
	about := r.after(x)
	if about < 0 {
		about = r.current(x)
	}
	if about >= 0 && r.incidents[about].in&(deals|nature|accident) == 0 && (r.means[who]&(culprit|fighter) != 0 || r.entity[who] != 0 || r.after(x) >= 0) {
		r.add(&r.incidents[about].out.Arrested, r.party(who, x))
		if k >= 0 && r.incidents[k].in == custody {
			r.incidents[k].custodian = about
		}
		return
	}
	if k >= 0 && r.incidents[k].in == custody {
		r.add(&r.incidents[k].out.Arrested, r.party(who, x))
	}
}

// instruments enters the weapons in the sentences of m.
func (r *Reader) instruments(m *mention) {
	n := &r.incidents[m.incident]
	if n.in&(violence|bombs|strikes|kidnaps|crime|protests|ruins) == 0 || len(n.out.Means) >= 8 {
		return
	}
	s := r.d.Sentences[m.sentence]
	for j := max(s.First, m.head-20); j < min(s.End, m.head+20); j++ {
		t := &r.d.Tokens[j]
		if r.means[j]&weapon == 0 || !t.Tag.Noun() || t.Rel == text.Compound && t.Head > j && r.means[t.Head]&weapon == 0 && r.told[t.Head] == 0 {
			continue
		}
		if t.Rel == text.Compound && t.Head >= 0 && r.means[t.Head]&weapon != 0 {
			continue
		}
		x := text.Range{First: j, End: j + 1}
		for x.First > s.First {
			if u := &r.d.Tokens[x.First-1]; u.Head != j || u.Rel != text.Compound && u.Rel != text.Amod {
				break
			}
			x.First--
		}
		span := r.span(x)
		words := r.l.Quote(span)
		if !slices.ContainsFunc(n.out.Means, func(p ledger.Piece) bool { return r.l.Quote(p.Span) == words }) && len(n.out.Means) < 8 {
			n.out.Means = append(n.out.Means, ledger.Piece{Span: span})
		}
	}
}
