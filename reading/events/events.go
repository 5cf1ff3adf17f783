// Package events finds the words of a text that tell of something that
// happened, and says of what type it was.
package events

import (
	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Event is one mention of something that happened.
type Event struct {
	Trigger text.Range // the words that tell of it: "suicide bombing", "attacked"
	Head    int32      // the token that heads them
	Type    ledger.IncidentType
	Score   float32 // how much speaks for the type, from 0 to 1
}

// Reader finds events. The zero Reader is ready; it keeps its memory from text
// to text and must not be used by two goroutines at once.
type Reader struct {
	Model *Model // nil for the one that is built in

	d     *text.Doc
	t     *tree.Tree
	words *lexicon

	class    []class // of each token
	found    []Event
	triggers []trigger // of each event
	judged   []linear.Feature
}

// The words around an event that are looked at, so that a sentence of any
// length costs no more than its length.
const (
	nearby     = 25 // tokens before and after
	mostClimb  = 6  // heads above
	mostPhrase = 15 // tokens of an argument
	mostArgs   = 24 // children of one token
)

// Read returns the events told of in d, whose tree is t, in text order. They
// are the Reader's own until the next Read.
func (r *Reader) Read(d *text.Doc, t *tree.Tree) []Event {
	r.begin(d, t)
	m := r.Model
	if m == nil {
		m, _ = Default()
	}
	for _, s := range d.Sentences {
		first := len(r.found)
		r.sentence(s)
		r.consequences(first)
		if m == nil {
			continue
		}
		for k := first; k < len(r.found); k++ {
			e := &r.found[k]
			r.judged = r.features(r.judged[:0], e.Head, r.triggers[k], labelOf[e.Type], s)
			best, share := m.choose(r.judged, r.mayBe(e.Head, r.triggers[k].kind, labelOf[e.Type], s))
			if share > 0.75 {
				e.Type = Types[best]
			}
			e.Score *= share
		}
	}
	return r.found
}

// Candidates returns what Read does, each with the type that the rules give it
// and what a model is trained to type it by. They are the Reader's own until
// the next Read or Candidates.
func (r *Reader) Candidates(d *text.Doc, t *tree.Tree) []Candidate {
	r.begin(d, t)
	var out []Candidate
	for _, s := range d.Sentences {
		first := len(r.found)
		r.sentence(s)
		r.consequences(first)
		for k := first; k < len(r.found); k++ {
			e := r.found[k]
			out = append(out, Candidate{Event: e, Kind: uint8(r.triggers[k].kind), May: r.mayBe(e.Head, r.triggers[k].kind, labelOf[e.Type], s),
				Features: r.features(nil, e.Head, r.triggers[k], labelOf[e.Type], s)})
		}
	}
	return out
}

func (r *Reader) begin(d *text.Doc, t *tree.Tree) {
	if r.words == nil {
		r.words = theLexicon()
	}
	r.d, r.t = d, t
	r.found, r.triggers = r.found[:0], r.triggers[:0]
	r.class = r.class[:0]
	for i := range d.Tokens {
		r.class = append(r.class, r.classOf(&d.Tokens[i]))
	}
}

// key is the hash by which a token is looked up: its lemma, or its lower-case
// form where its lemma keeps capitals.
func key(t *text.Token) uint32 {
	if t.Tag.Proper() {
		return t.Lower
	}
	return t.Lemma
}

func (r *Reader) classOf(t *text.Token) class {
	if t.Tag.Noun() || t.Tag.Verb() || t.Tag >= text.JJ && t.Tag <= text.JJS || t.Tag == text.PRP || t.Tag >= text.RB && t.Tag <= text.RBS || t.Tag == text.IN {
		return r.words.classes[key(t)]
	}
	return 0
}

// sentence finds the events of one sentence and types them by rule.
func (r *Reader) sentence(s text.Sentence) {
	for i := s.First; i < s.End; i++ {
		t := &r.d.Tokens[i]
		var (
			m  trigger
			at text.Range
		)
		switch {
		case t.Tag.Verb():
			m, at = r.verb(i, s)
		case (t.Tag == text.JJ || t.Tag == text.NN) && t.Rel != text.Amod && t.Rel != text.Compound && r.words.forms[t.Lower] != 0:
			// A participle taken for another part of speech: "shops have been looted".
			m, at = r.words.verbs[r.words.forms[t.Lower]], text.Range{First: i, End: i + 1}
		case t.Tag.Noun():
			m, at = r.noun(i, s)
		}
		if m.kind == noKind || m.kind != diplomacy && m.kind != agreement && r.unreal(i) || r.unarmed(m.kind, i, s) || r.figurative(m.kind, i, s) {
			continue
		}
		typ, sure := r.refine(m, i, s)
		r.found = append(r.found, Event{Trigger: at, Head: i, Type: typ, Score: sure})
		r.triggers = append(r.triggers, m)
	}
}

// unarmed reports whether words of the movements of armed sides stand where
// there is none: "withdrew her confession", "took their families off the boat".
func (r *Reader) unarmed(k kind, i int32, s text.Sentence) bool {
	if k != handover && k != change && k != capture {
		return false
	}
	const sides = rebelWord | stateWord | militaryWord | policeWord | armsWord | aircraftWord | artilleryWord
	if k == handover {
		if o := r.t.Find(r.d, i, text.Obj); o >= 0 && r.class[o]&(sides|landWord) == 0 {
			return true
		}
	}
	return r.near(i, s)&sides == 0
}

// figurative reports whether the word at i is likely a figure of speech, or
// tells of what is no incident: candidates "attack" and "battle" one another
// and hold "rallies", prisons "explode", talks "collapse", tapes "leak".
func (r *Reader) figurative(k kind, i int32, s text.Sentence) bool {
	d := r.d
	t := &d.Tokens[i]
	word := key(t)
	switch {
	case k == protest && word == lemmaRally:
		return r.near(i, s)&demandWord == 0
	case k == shooting && word == lemmaFire && t.Tag.Verb():
		// Who is fired is out of work, what is fired is a weapon.
		o := r.t.Find(d, i, text.Obj, text.NsubjPass)
		if o > 0 && d.Tokens[o-1].Lower == lemmaNo {
			return true // "no shots were fired"
		}
		return o >= 0 && r.class[o]&(armsWord|artilleryWord|grenadeWord|liveForce|hardWord) == 0 && r.near(i, s)&hardWord == 0
	case (k == blast || k == accident) && goesWrong[word]:
		if k == accident && t.Tag.Noun() && r.beside(i, s, papers) {
			return true
		}
		const things = vehicleWord | plantWord | explosiveWord | buildingWord | hardWord | chemicalWord | armsWord
		own := r.class[i]
		r.class[i] = 0 // the word itself is no evidence of what it means
		around := r.near(i, s)
		r.class[i] = own
		return around&things == 0
	case k == nature && word == lemmaLandslide:
		return r.beside(i, s, votes)
	case (k == attack || k == strike || k == clash) && weakAttacks[word]:
		const sides = rebelWord | militaryWord | chemicalWord | explosiveWord | grenadeWord | artilleryWord | sexualWord | mobWord | protesterWord
		return r.near(i, s)&sides == 0 && !r.hard(i)
	case k == protest && word == lemmaDemonstrate:
		return r.t.Find(d, i, text.Obj, text.Ccomp) >= 0 // what is demonstrated is shown
	}
	return false
}

// beside reports whether one of the words stands near i in its sentence.
func (r *Reader) beside(i int32, s text.Sentence, words map[uint32]bool) bool {
	const few = 8
	for k := max(s.First, i-few); k < min(s.End, i+few); k++ {
		if t := &r.d.Tokens[k]; k != i && (words[key(t)] || words[t.Lower]) {
			return true
		}
	}
	return false
}

// hard reports whether a word near i, in its own sentence or in those beside
// it, tells of people hurt or of those who hurt them.
func (r *Reader) hard(i int32) bool {
	const far = 60 // tokens
	for k := max(0, i-far); k < min(int32(len(r.class)), i+far); k++ {
		if k != i && r.class[k]&hardWord != 0 {
			return true
		}
	}
	return false
}

// verb tells what the verb at i tells of, and the words that do.
func (r *Reader) verb(i int32, s text.Sentence) (trigger, text.Range) {
	d := r.d
	t := &d.Tokens[i]
	at := text.Range{First: i, End: i + 1}
	if t.Rel == text.Aux || t.Rel == text.AuxPass || t.Rel == text.Cop {
		return trigger{}, at
	}
	frames := r.words.frames[t.Lemma]
	for how := head; how <= follows && len(frames) > 0; how++ {
		for k := range frames {
			if a := r.argument(i, s, &frames[k], how); a >= 0 {
				if a > i && a-i <= 4 {
					at.End = a + 1
				}
				return frames[k].trigger, at
			}
		}
	}
	m := r.words.verbs[t.Lemma]
	if m.kind == noKind {
		return m, at
	}
	if m.kind == strike || m.kind == attack || m.kind == clash || m.kind == protest && t.Lemma == lemmaStrike {
		if o := r.t.Find(d, i, text.Obj, text.NsubjPass, text.Obl); o >= 0 && plainAfter[key(&d.Tokens[o])] {
			return trigger{}, at
		}
	}
	return m, at
}

// reach is where an argument is looked for: the surest first.
type reach uint8

const (
	head    reach = iota // it heads a phrase that hangs from the verb
	inside               // it stands in the object
	follows              // it comes soon after, whatever the tree says
)

// soon is how many tokens after a verb its argument may follow.
const soon = 7

// argument is the token with one of f's words that is an argument of the verb
// at i as f wants it; -1 for none.
func (r *Reader) argument(i int32, s text.Sentence, f *argFrame, how reach) int32 {
	d := r.d
	if f.only == withUp && r.t.Find(d, i, text.CompoundPrt) < 0 {
		return -1
	}
	has := func(k int32) bool { return f.args[key(&d.Tokens[k])] || f.args[d.Tokens[k].Lower] }
	if how == follows {
		if f.only == subject {
			return -1
		}
		for k := i + 1; k < min(s.End, i+soon); k++ {
			t := &d.Tokens[k]
			if t.Tag >= text.Comma && t.Tag <= text.Colon || t.Tag == text.MD || t.Tag == text.WDT || t.Tag == text.WP {
				break
			}
			if has(k) && (t.Tag.Noun() || k == i+1 || f.only == object) {
				return k
			}
			if t.Tag == text.VBD || t.Tag == text.VBP {
				break
			}
		}
		return -1
	}
	n := 0
	for c := r.t.Child(i); c >= 0 && n < mostArgs; c = r.t.Next(c) {
		n++
		t := &d.Tokens[c]
		is := t.Rel == text.Obj || t.Rel == text.NsubjPass
		if f.only == subject {
			is = t.Rel == text.Nsubj
		}
		switch {
		case how == inside:
			if !is {
				continue
			}
			p := r.t.Phrase(c)
			for k := max(p.First, c-mostPhrase); k < min(p.End, c+mostPhrase); k++ {
				u := &d.Tokens[k]
				if k > c && (u.Tag == text.WDT || u.Tag == text.WP || u.Tag == text.VBD) {
					break // a clause about the object
				}
				if u.Tag.Noun() && u.Rel != text.Nsubj && has(k) {
					return k
				}
			}
			continue
		case f.only == anywhere || f.only == withUp:
			switch t.Rel {
			case text.Nsubj, text.Obl, text.Xcomp, text.CompoundPrt, text.Advmod, text.Case:
				is = true
			}
		}
		if is && has(c) {
			return c
		}
	}
	t := &d.Tokens[i]
	if how == head && f.only != subject && t.Head >= 0 && (t.Rel == text.ACL || t.Rel == text.ACLRelcl) && has(t.Head) && r.t.Find(d, i, text.Obj) < 0 {
		return t.Head // "the town that they took"
	}
	return -1
}

var (
	lemmaStrike = text.Hash("strike")
	lemmaBlow   = text.Hash("blow")
	lemmaFall   = text.Hash("fall")
	lemmaRally  = text.Hash("rally")
	lemmaFire   = text.Hash("fire")

	lemmaLandslide   = text.Hash("landslide")
	lemmaDemonstrate = text.Hash("demonstrate")
	lowerMarch       = text.Hash("march") // with a capital it is the month
)

// noun tells what the noun at i tells of, and the words that do: the noun with
// those compounded with it.
func (r *Reader) noun(i int32, s text.Sentence) (trigger, text.Range) {
	d := r.d
	t := &d.Tokens[i]
	at := text.Range{First: i, End: i + 1}
	m := r.words.nouns[key(t)]
	if f, ok := r.words.compounds[key(t)]; ok && r.said(i, f.args) {
		m = f.trigger
	}
	if m.kind == noKind || t.Tag.Proper() && t.Lower == lowerMarch {
		return trigger{}, at
	}
	// The head of a compound tells of it, or of nothing: "attack helicopter".
	if t.Rel == text.Compound && t.Head > i && m.kind != diplomacy && m.kind != agreement {
		return trigger{}, at
	}
	// "The fight against smuggling", "acts of terrorism": kinds of deeds, no deed.
	if t.Head >= 0 && t.Tag == text.NN && (t.Rel == text.Nmod || t.Rel == text.Obl) && struggles[key(&d.Tokens[t.Head])] && r.t.Find(d, i, text.Det, text.NmodPoss) < 0 {
		return trigger{}, at
	}
	if b := r.words.before[key(t)]; b != nil {
		for k := max(s.First, i-2); k < i; k++ {
			if b[d.Tokens[k].Lower] {
				return trigger{}, at
			}
		}
	}
	n := 0
	for c := r.t.Child(i); c >= 0 && n < mostArgs; c = r.t.Next(c) {
		n++
		u := &d.Tokens[c]
		if u.Rel == text.Nmod && c > i && plainAfter[key(u)] {
			return trigger{}, at
		}
	}
	for at.First > s.First && i-at.First < mostArgs {
		u := &d.Tokens[at.First-1]
		if u.Head != i || u.Rel != text.Compound && !(u.Rel == text.Amod && r.class[at.First-1] != 0) {
			break
		}
		at.First--
	}
	return m, at
}

// said reports whether one of the words is compounded with the noun at i, said
// of it or hangs from it.
func (r *Reader) said(i int32, words map[uint32]bool) bool {
	n := 0
	for c := r.t.Child(i); c >= 0 && n < mostArgs; c = r.t.Next(c) {
		n++
		if t := &r.d.Tokens[c]; words[key(t)] || words[t.Lower] {
			return true
		}
	}
	return false
}

// unreal reports whether the words around i say that it has not happened, or
// need not have.
func (r *Reader) unreal(i int32) bool {
	d := r.d
	t := &d.Tokens[i]
	n := 0
	modal, have := false, false
	for c := r.t.Child(i); c >= 0 && n < mostArgs; c = r.t.Next(c) {
		n++
		u := &d.Tokens[c]
		switch u.Rel {
		case text.Aux:
			modal = modal || u.Tag == text.MD
			have = have || u.Lemma == lemmaHave
		case text.Advmod, text.Det:
			if u.Lemma == lemmaNot || u.Lower == lemmaNo || u.Lower == lemmaNever {
				return true
			}
		case text.Amod:
			if unreal[key(u)] {
				return true
			}
		}
	}
	if modal && !have {
		return true
	}
	if t.Rel == text.Advcl {
		return false // what came of it
	}
	for k, h := 0, t.Head; k < 3 && h >= 0; k, h = k+1, d.Tokens[h].Head {
		u := &d.Tokens[h]
		if unreal[key(u)] {
			return true
		}
		if u.Tag.Verb() && u.Tag != text.VB && u.Tag != text.VBG {
			break
		}
	}
	return false
}

var (
	lemmaHave  = text.Hash("have")
	lemmaNot   = text.Hash("not")
	lemmaNo    = text.Hash("no")
	lemmaNever = text.Hash("never")
)

// consequences gives an event that may be the outcome of another in its
// sentence that one's type: in "the crash that killed 20" nobody attacked.
func (r *Reader) consequences(first int) {
	for k := first; k < len(r.found); k++ {
		if r.triggers[k].kind != killing && !(r.triggers[k].kind == attack && r.found[k].Score < 0.5) && r.triggers[k].kind != summary {
			continue
		}
		best := -1
		for j := max(first, k-2); j < min(len(r.found), k+3); j++ {
			if j == k || r.triggers[j].kind == killing || !harmful(r.triggers[j].kind) || r.triggers[j].kind == attack && r.found[j].Score < 0.5 {
				continue
			}
			if best < 0 || distance(r.found[j].Head, r.found[k].Head) < distance(r.found[best].Head, r.found[k].Head) {
				best = j
			}
		}
		if best >= 0 {
			r.found[k].Type = r.found[best].Type
			r.found[k].Score = min(r.found[k].Score, 0.4)
		}
	}
}

// harmful reports whether people die of what k tells of.
func harmful(k kind) bool {
	return k >= attack && k <= abduction || k == riot || k == mob || k == nature || k == accident
}

// struggles are what is fought against kinds of deeds.
var struggles = wordSet(`fight war battle struggle combat campaign measure policy law crackdown act victim cost issue problem charge`)

func distance(a, b int32) int32 { return max(a-b, b-a) }

// near is the classes of the words around i in its sentence.
func (r *Reader) near(i int32, s text.Sentence) class {
	var c class
	for k := max(s.First, i-nearby); k < min(s.End, i+nearby); k++ {
		c |= r.class[k]
	}
	return c
}

// actors is the classes of the words in the subject of i, or what "by" it was done.
func (r *Reader) actors(i int32) class {
	var c class
	d := r.d
	for n := 0; n < mostClimb && i >= 0; n++ {
		found := false
		k := 0
		for a := r.t.Child(i); a >= 0 && k < mostArgs; a = r.t.Next(a) {
			k++
			if d.Tokens[a].Rel == text.Nsubj {
				found = true
				p := r.t.Phrase(a)
				for j := max(p.First, a-mostPhrase); j < min(p.End, a+mostPhrase); j++ {
					c |= r.class[j]
				}
			}
		}
		if found || d.Tokens[i].Rel == text.Root {
			break
		}
		i = d.Tokens[i].Head
	}
	return c
}

// hit is the classes of the words in what i was done to.
func (r *Reader) hit(i int32) class {
	var c class
	n := 0
	for a := r.t.Child(i); a >= 0 && n < mostArgs; a = r.t.Next(a) {
		n++
		switch r.d.Tokens[a].Rel {
		case text.Obj, text.NsubjPass, text.Nmod, text.Obl:
			p := r.t.Phrase(a)
			for j := max(p.First, a-mostPhrase); j < min(p.End, a+mostPhrase); j++ {
				c |= r.class[j]
			}
		}
	}
	return c
}

// refine is the type of an event of that kind, by what stands around it.
func (r *Reader) refine(m trigger, i int32, s text.Sentence) (ledger.IncidentType, float32) {
	c := r.near(i, s)
	has := func(w class) bool { return c&w != 0 }
	sure := float32(m.weight) / 100
	typ := typeOf[m.kind]
	switch m.kind {
	case attack, bombing, blast, shooting, killing, strike, airStrike, shelling:
		switch {
		case has(suicideWord) && has(explosiveWord|bomberWord) || r.d.Tokens[i].Lemma == lemmaBlow && has(suicideWord):
			typ = ledger.SuicideBomb
		case has(chemicalWord) && (!has(plantWord) || m.kind == attack):
			typ = ledger.ChemicalWeapon
		case has(grenadeWord):
			typ = ledger.Grenade
		case m.kind == attack && r.hit(i)&cyberWord != 0:
			typ = ledger.OrganizedCrime
		case has(sexualWord) && m.kind == attack:
			typ = ledger.SexualViolence
		case m.kind == blast && has(plantWord|vehicleWord) && !has(explosiveWord|rebelWord):
			typ = ledger.ManMadeDisaster
		case m.kind == airStrike && !has(aircraftWord) && (has(rebelWord) || has(explosiveWord)):
			typ = ledger.RemoteExplosive // "bombed the office"
		case m.kind == strike && has(labourWord) && !has(aircraftWord|artilleryWord):
			typ = ledger.PeacefulProtest
		case has(aircraftWord) && m.kind != shooting && m.kind != killing:
			typ = ledger.AirStrike
		case has(artilleryWord) && m.kind != killing && m.kind != blast:
			typ = ledger.Shelling
		case has(explosiveWord):
			typ = ledger.RemoteExplosive
		case has(protesterWord) && has(policeWord) && r.actors(i)&protesterWord == 0:
			typ = ledger.ForceAgainstProtest
		case r.actors(i)&mobWord != 0:
			typ = ledger.MobViolence
		case m.kind != shooting:
			// An armed side goes for another.
			by, to := r.actors(i), r.hit(i)
			if by&rebelWord != 0 && to&militaryWord != 0 || by&stateWord != 0 && by&rebelWord == 0 && to&rebelWord != 0 {
				typ = ledger.ArmedClash
			}
		}
	case clash:
		if has(chiefProtesterWord) {
			typ = ledger.ViolentDemo
		}
	case protest, riot:
		switch {
		case has(policeWord) && has(liveForce) && !has(violentWord):
			typ = ledger.ForceAgainstProtest
		case has(crowdForce) && has(policeWord):
			typ = ledger.ProtestIntervention
		case m.kind == riot || has(violentWord):
			typ = ledger.ViolentDemo
		}
	case arrest:
		switch {
		case has(chiefProtesterWord):
			typ = ledger.ProtestIntervention
		case has(crimeWord):
			typ = ledger.OrganizedCrime
		}
	case capture:
		a := r.actors(i)
		if r.d.Tokens[i].Lemma == lemmaFall {
			a = r.hit(i) // who it fell to
		}
		switch {
		case has(noFight) && m.kind == capture:
			typ = ledger.NonViolentTransfer
		case a&rebelWord != 0 && a&stateWord == 0:
			typ = ledger.NonStateOvertakes
		}
	case seizure:
		if !has(armsWord) && has(crimeWord) {
			typ = ledger.OrganizedCrime
		}
	}
	return typ, sure
}
