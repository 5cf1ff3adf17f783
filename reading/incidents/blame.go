package incidents

import (
	"slices"
	"strings"

	"hearsay/ledger"
	"hearsay/reading/lexicon"
	"hearsay/reading/tree"
	"hearsay/text"
)

// To say on whom a deed is blamed is the gravest thing that a ledger says of anyone. A
// doer who is overlooked is found in the text by whoever reads it; an accusation that nobody made
// is found by nobody. So what could be meant otherwise accuses no one.

// imputed reports whether the words of m put the deed on entity e, which the
// token a, the doer by grammar, stands for.
func (r *Reader) imputed(m *mention, a, e int32) bool {
	t := &r.d.Tokens[a]
	if r.within(e, m.head) || r.bursts(m.head) || r.onOneself(m) || r.filmed(m) || r.suffered(m, a) || r.byLaw(m, e) {
		return false
	}
	if t.Lower == lowerIt && r.armsBefore(a) {
		return false
	}
	if r.l.Entities[e-1].Type == ledger.TypePerson && struggles[r.d.Tokens[m.head].Lemma] {
		return false // for their life, with an illness, or back
	}
	if r.l.Entities[e-1].Type == ledger.TypeOrganization && !r.armed(e) {
		// Of other bodies a name that a parser takes for the doer's is as often that of a
		// newspaper, a car or a house, and "they" are others.
		if !r.public(e) && !r.initials(a) || !r.named[a] && (t.Tag == text.PRP || r.determined(a)&again != 0) {
			return false
		}
	}
	if t.Head == m.head && !r.d.Tokens[m.head].Tag.Verb() && (t.Rel == text.NmodPoss || t.Rel == text.Compound) {
		return r.owns(e, m.head)
	}
	return true
}

// groundPronouns takes back what is put on people by a pronoun alone. Whom "he" means is what a reader
// errs in most: of a report's people it takes the police chief, the witness or the victim for the gunman. So it stands
// only where the text has them for the doer in other words too: accused or held by name, or called the suspect.
func (r *Reader) groundPronouns() {
	for i := range r.incidents {
		n := &r.incidents[i].out
		n.BlamedOn = slices.DeleteFunc(n.BlamedOn, func(p ledger.Party) bool { return p.Entity != "" && r.byPronoun(&p) && !r.grounded(p.Entity) })
	}
}

// byPronoun reports whether a party is but "he" or "they".
func (r *Reader) byPronoun(p *ledger.Party) bool {
	x := r.d.Cover(p.Start, p.End)
	return x.End-x.First == 1 && r.d.Tokens[x.First].Tag == text.PRP
}

// grounded reports whether the text has an entity for a doer in words that are no pronoun.
func (r *Reader) grounded(id string) bool {
	for i := range r.incidents {
		n := &r.incidents[i].out
		for _, list := range [...][]ledger.Party{n.BlamedOn, n.Arrested, n.ClaimedBy} {
			for k := range list {
				if list[k].Entity == id && !r.byPronoun(&list[k]) {
					return true
				}
			}
		}
	}
	for i := range r.l.Entities {
		if e := &r.l.Entities[i]; e.ID == id {
			return slices.ContainsFunc(e.Mentions, func(m ledger.Mention) bool { return r.calledCulprit(r.d.Cover(m.Start, m.End)) })
		}
	}
	return false
}

// calledCulprit reports whether a name has a word for a doer beside it: "the suspect, Ada Venn", "Ada Venn, the gunman", "Ada Venn is the suspect".
func (r *Reader) calledCulprit(name text.Range) bool {
	if name.Empty() || !r.named[name.First] {
		return false
	}
	x := tree.Head(r.d, name)
	t := &r.d.Tokens[x]
	if h := t.Head; h >= 0 && r.means[h]&culprit != 0 {
		switch t.Rel {
		case text.Appos, text.Compound:
			return true
		case text.Nsubj:
			return r.find(h, text.Cop) >= 0 && !r.negated(h)
		}
	}
	if c := r.find(x, text.Appos); c >= 0 && r.means[c]&culprit != 0 {
		return true
	}
	for j := name.First; j < name.End; j++ {
		if r.means[j]&culprit != 0 {
			return true // "suspect Ada Venn"
		}
	}
	j := name.First - 1
	if j > 0 && r.d.Form(j) == "," {
		j--
	}
	return j >= 0 && r.means[j]&culprit != 0
}

// owns reports whether a deed that has somebody's name before it is theirs. "The Tarvik Bank
// robbery", "Ada Venn's murder" and "Sweden's worst bombing" are not; "the Karsh
// Front's bombing", "Venn's rampage" and "Sweden's invasion" are.
func (r *Reader) owns(e, deed int32) bool {
	lemma := r.d.Tokens[deed].Lemma
	switch r.l.Entities[e-1].Type {
	case ledger.TypePerson:
		return rampages[lemma]
	case ledger.TypeOrganization:
		return r.armed(e) || rampages[lemma]
	}
	return waged[lemma]
}

// within reports whether the deed is itself a word of the name: "Homicide" in
// "Homicide and Internal Affairs Divisions".
func (r *Reader) within(e, deed int32) bool { return r.named[deed] && r.entity[deed] == e }

// bursts reports whether a verb has no doer but the thing that it happens to:
// "the gun went off".
func (r *Reader) bursts(v int32) bool {
	t := &r.d.Tokens[v]
	return t.Tag.Verb() && t.Lemma == lemmaGo
}

// byLaw reports whether what m tells of is what the law did about a deed: "charged the suspects",
// or what a public body took from criminals.
func (r *Reader) byLaw(m *mention, e int32) bool {
	if r.means[m.head]&(arrests|charges|court) != 0 {
		return true
	}
	return m.kind == ledger.PeacefulProtest || r.incidents[m.incident].in&crime != 0 && r.public(e)
}

// public reports whether an entity is a public body by a word of its name.
func (r *Reader) public(e int32) bool {
	x := &r.l.Entities[e-1]
	if x.Type != ledger.TypeOrganization || len(x.Mentions) == 0 {
		return false
	}
	p := r.d.Cover(x.Mentions[0].Start, x.Mentions[0].End)
	for j := p.First; j < p.End; j++ {
		if lexicon.Of(r.d.Tokens[j].Lower)&lexicon.Government != 0 {
			return true
		}
	}
	return false
}

// onOneself reports whether it was the doer who was hit.
func (r *Reader) onOneself(m *mention) bool {
	if m.patient < 0 {
		return false
	}
	switch r.d.Tokens[m.patient].Lower {
	case lowerHimself, lowerHerself, lowerThemselves, lowerItself:
		return true
	}
	return false
}

// filmed reports whether a shot was one of a camera.
func (r *Reader) filmed(m *mention) bool {
	return m.patient >= 0 && pictures[r.d.Tokens[m.patient].Lemma]
}

// suffered reports whether a verb of harm that has no object tells of what befell a:
// "the employee shot in the shoulder", "a player shot seven times".
func (r *Reader) suffered(m *mention, a int32) bool {
	t := &r.d.Tokens[m.head]
	if !t.Tag.Verb() || r.means[m.head]&(neutral|wounds|hits) == 0 || r.d.Tokens[a].Head != m.head && t.Head != a {
		return false
	}
	if o := r.find(m.head, text.Obj); o >= 0 && lexicon.Of(r.d.Tokens[o].Lemma)&lexicon.Time == 0 {
		return false
	}
	if t.Rel == text.ACL {
		return true
	}
	for c, left := r.t.Child(m.head), mostChildren; c >= 0 && left > 0; c, left = r.t.Next(c), left-1 {
		if limbs[r.d.Tokens[c].Lemma] {
			return true
		}
	}
	return false
}

// initials reports whether a name is of capitals alone, as those of armed groups often are.
func (r *Reader) initials(a int32) bool {
	name := r.d.Form(a)
	return r.named[a] && len(name) > 1 && strings.ToUpper(name) == name && strings.ToLower(name) != name && r.d.Tokens[a].Lower != lowerSUV
}

// armsBefore reports whether a weapon is named shortly before x, so that "it" may mean that.
func (r *Reader) armsBefore(x int32) bool {
	const far = 30 // tokens
	for j := x - 1; j >= max(0, x-far); j-- {
		if r.means[j]&weapon != 0 && r.d.Tokens[j].Tag.Noun() {
			return true
		}
	}
	return false
}

// armed reports whether a body is one that takes up arms: it is widely known
// for that, it is called an army or a front, or its people are called fighters.
func (r *Reader) armed(e int32) bool {
	x := &r.l.Entities[e-1]
	if x.Type != ledger.TypeOrganization {
		return false
	}
	for i := range x.Mentions[:min(len(x.Mentions), mostChildren)] {
		m := &x.Mentions[i]
		p := r.d.Cover(m.Start, m.End)
		if m.Pronoun || p.Empty() || !r.named[p.First] {
			continue
		}
		name := uint64(0)
		for j := p.First; j < p.End; j++ {
			name = lexicon.Sequence(name, r.d.Tokens[j].Lower)
			if forces[r.d.Tokens[j].Lower] {
				return true
			}
		}
		if lexicon.Named(lexicon.Same(name))&lexicon.Group != 0 {
			return true
		}
		if j := p.End; int(j) < len(r.d.Tokens) && r.means[j]&rebel != 0 {
			return true // "Karsh Front guerrillas"
		}
		if j := p.First - 1; j >= 0 && (forces[r.d.Tokens[j].Lower] || r.means[j]&rebel != 0) {
			return true // "the militia Karsh Front"
		}
	}
	return false
}

// belongs reports whether a noun tells of those who act for the body after "of": its
// members, not its driver, victims or owner.
func (r *Reader) belongs(a int32) bool { return !outsiders[r.d.Tokens[a].Lemma] }

// accusable reports whether somebody whom a verb accuses by grammar is one who can
// be accused. A place is not, where it is not a state: the parser takes what stands before
// a report ("SAN ANTONIO - Joe ...") for the subject of its first sentence. Nor is a body of those whom
// the sentence names a person before, since it tells more closely who that is.
func (r *Reader) accusable(who, verb int32) bool {
	e := r.entity[who]
	if e == 0 {
		return r.acts(who) || lexicon.Of(r.d.Tokens[who].Lemma)&lexicon.Body != 0 || r.party(who, verb).Entity != ""
	}
	if !r.speakerLike(e) || r.heads(who) {
		return false
	}
	if r.l.Entities[e-1].Type != ledger.TypeOrganization || who > verb {
		return true
	}
	const far = 8 // tokens
	if verb-who > far {
		return false
	}
	for j := r.d.Sentences[r.t.Sentence(who)].First; j < who; j++ {
		if r.named[j] && r.entity[j] != e && r.l.Entities[r.entity[j]-1].Type == ledger.TypePerson {
			return false
		}
	}
	return true
}

// heads reports whether x stands before a report, with a dash behind: "CLEVELAND - Two men".
func (r *Reader) heads(x int32) bool {
	const longest = 10 // tokens
	s := r.d.Sentences[r.t.Sentence(x)]
	if x > s.First+3 {
		return false
	}
	for j := x + 1; j < min(s.End, x+longest); j++ {
		switch r.d.Form(j) {
		case "-", "--", "–", "—":
			return true
		}
		if r.d.Tokens[j].Tag.Verb() {
			return false
		}
	}
	return false
}

// singledOut reports whether a verb of naming says as what: "named Venn as the
// gunman", not "identified the victims of the attack".
func (r *Reader) singledOut(x int32) bool {
	const far = 20 // tokens
	s := r.t.Sentence(x)
	for j := x + 1; j < min(r.d.Sentences[s].End, x+far); j++ {
		if r.d.Tokens[j].Lower != lowerAs {
			continue
		}
		for k := j + 1; k < min(r.d.Sentences[s].End, j+6); k++ {
			if r.means[k]&culprit != 0 {
				return true
			}
		}
	}
	return false
}

func lemmas(list string) map[uint32]bool {
	m := map[uint32]bool{}
	for word := range strings.FieldsSeq(list) {
		m[text.Hash(word)] = true
	}
	return m
}

var (
	// rampages are nouns of violence whose possessor did it, never suffered it.
	rampages = lemmas("rampage spree crackdown onslaught")
	// waged are nouns of what a state does to another, where "attack" may be what happened in it.
	waged = lemmas("invasion offensive airstrike bombardment shelling incursion blockade siege annexation crackdown onslaught")
	// forces are words in the names of those who take up arms, or before them.
	forces = lemmas("army military navy militia brigade battalion front guerrilla guerilla force marine corps regiment gang cartel mafia jihad mujahideen insurgency paramilitary commando")
	// pictures are what a camera shoots.
	pictures = lemmas("video footage photo photograph picture film movie image scene selfie")
	// struggles are what those attacked do as well as those who attack.
	struggles = lemmas("fight battle struggle scuffle grapple wrestle")
	// limbs are where somebody is hit, or how often.
	limbs = lemmas("head face neck chest back shoulder arm hand leg foot thigh knee hip stomach abdomen torso body buttock groin ankle wrist eye time")
	// outsiders have to do with a body, or with what bears its name, and do not act for it.
	outsiders = lemmas("driver owner passenger victim resident tenant customer guest student pupil manager clerk neighbor neighbour visitor patient patron survivor relative rider occupant son daughter child")
)
