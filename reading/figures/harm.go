package figures

import (
	"strings"

	"hearsay/text"
)

// fact is what a token's own dependents say of it, as a set of bits.
type fact uint8

const (
	passive    fact = 1 << iota
	denied          // "not", "never"
	supposed        // "could", "would"
	deadly          // "fatally"
	infinitive      // "to"
)

// achieved are the verbs whose infinitive came about.
var achieved = hashes("manage", "go", "continue", "begin", "start", "help", "come", "prove", "proceed", "happen", "turn", "claim", "seem", "appear", "say", "believe",
	"report", "know", "allege", "succeed", "enable", "serve", "first", "last")

var reflexives = hashes("himself", "herself", "itself", "themselves", "self")

// relate notes what the readers ask of each token's dependents, so that each
// question costs the same however many there are.
func (r *Reader) relate() {
	for i := range r.d.Tokens {
		r.subj[i], r.obj[i], r.fact[i] = -1, -1, 0
	}
	for i := range r.d.Tokens {
		t := &r.d.Tokens[i]
		h := t.Head
		if h < 0 {
			continue
		}
		switch t.Rel {
		case text.Nsubj:
			if r.subj[h] < 0 {
				r.subj[h] = int32(i)
			}
		case text.NsubjPass:
			r.fact[h] |= passive
			r.subj[h] = int32(i)
		case text.AuxPass:
			r.fact[h] |= passive
		case text.Obj:
			if r.obj[h] < 0 {
				r.obj[h] = int32(i)
			}
		case text.Aux:
			if r.w[i].traits&irreal != 0 {
				r.fact[h] |= supposed
			}
		case text.Mark:
			if t.Lower == hashTo {
				r.fact[h] |= infinitive
			}
		case text.Advmod, text.Advcl, text.Det, text.Amod:
			if t.Lower == hashNot || t.Lower == hashNt || t.Lower == hashNever {
				r.fact[h] |= denied
			}
			if r.w[i].traits&fatally != 0 || t.Lower == hashFatal || t.Lower == hashDeadly {
				r.fact[h] |= deadly
			}
		}
	}
}

// harm marks who is said to have been killed, wounded, arrested and so on.
func (r *Reader) harm() {
	for i := range r.d.Tokens {
		w := r.w[i]
		if w.object|w.does|w.state|w.noun|w.of == 0 && w.traits&(toll|attack|dead|body|strike|drive) == 0 && !r.leads(int32(i)) {
			continue
		}
		r.trigger(int32(i))
	}
	for i := range r.d.Tokens {
		if r.d.Tokens[i].Tag == text.CC && r.d.Tokens[i].Lower == hashAnd {
			r.joined(int32(i))
		}
	}
}

// trigger marks those of whom token i says something.
func (r *Reader) trigger(i int32) {
	t, w := &r.d.Tokens[i], r.w[i]
	if t.Lemma == hashSurvive {
		r.survive(i)
		return
	}
	if r.unreal(i) {
		return
	}
	before := r.marks
	r.shooting = w.traits&shoots != 0
	switch {
	case w.object != noUnit && (t.Tag.Verb() || t.Tag == text.JJ && w.state == noUnit):
		r.act(i, r.result(i, w.object))
	case w.traits&strike != 0 && t.Tag.Verb():
		if r.byBullet(i) {
			r.act(i, r.result(i, wounded))
		}
	case w.traits&drive != 0 && t.Tag.Verb():
		if r.home(i) {
			r.act(i, displaced)
		}
	case t.Lower == hashShot && t.Tag == text.NN && i > 0 && r.bare(i) && (r.aged(i-1) || r.d.Tokens[i-1].Tag.Noun() && r.person(i-1)):
		r.mark(i-1, r.result(i, wounded)) // a noun to the tagger: "found a man shot to death"
	case w.does != noUnit && t.Tag.Verb():
		if w.does != displaced || r.home(i) {
			r.mark(r.subject(i), w.does)
		}
	case w.state != noUnit:
		if w.object != noUnit && t.Rel != text.Amod && r.fact[i]&passive != 0 {
			r.act(i, r.result(i, w.object))
		} else {
			r.said(i, w.state)
		}
	case t.Tag.Verb():
		r.phrase(i)
	case t.Lemma == hashWound, t.Lemma == hashInjury:
		r.wounds(i)
	case t.Lemma == hashCondition:
		r.condition(i)
	}
	if t.Tag.Noun() || t.Tag == text.VBG {
		r.thing(i)
	}
	if w.traits&attack != 0 && t.Tag.Verb() && r.fact[i]&passive == 0 {
		r.hit(r.subject(i))
	}
	if r.marks == before {
		r.nearby(i)
	}
}

// aged reports whether token i is a compound that stands for somebody by his
// age: "17-year-old".
func (r *Reader) aged(i int32) bool {
	t := &r.d.Tokens[i]
	if t.Lower == hashOld && i > 0 && r.d.Tokens[i-1].Shape&(text.HasHyphen|text.HasDigit) == text.HasHyphen|text.HasDigit {
		return true // "18-month old"
	}
	if t.Shape&text.HasHyphen == 0 {
		return false
	}
	f := r.d.Form(i)
	return strings.HasSuffix(f, "-year-old") || strings.HasSuffix(f, "-month-old")
}

// unreal reports whether the words say that what token i tells of did not
// happen, or only might.
func (r *Reader) unreal(i int32) bool {
	for n := 0; i >= 0 && n < 4; n++ {
		t := &r.d.Tokens[i]
		if r.fact[i]&(denied|supposed) != 0 {
			return true
		}
		if t.Head < 0 {
			return false
		}
		switch t.Rel {
		case text.Xcomp, text.Ccomp, text.ACL, text.Advcl:
			// A deed that is only aimed at may not have come about.
			if r.fact[i]&infinitive != 0 && t.Tag == text.VB && r.w[i].object != noUnit && !among(r.d.Tokens[t.Head].Lemma, achieved) {
				return true
			}
			if r.fact[i]&infinitive != 0 && r.w[t.Head].traits&attempt != 0 {
				return true
			}
			if t.Rel != text.Xcomp {
				return false
			}
		case text.Conj:
		default:
			return false
		}
		i = t.Head
	}
	return false
}

// result is what came of a deed: a shooting that is fatal, or "to death", kills.
func (r *Reader) result(i int32, u unit) unit {
	if u != wounded {
		return u
	}
	if r.fact[i]&deadly != 0 {
		return killed
	}
	n := int32(len(r.d.Tokens))
	tok := r.d.Tokens
	if i+1 < n && (tok[i+1].Lower == hashDead || r.w[i+1].traits&fatally != 0) {
		return killed
	}
	if i > 0 && r.w[i-1].traits&fatally != 0 {
		return killed
	}
	if i+2 < n && (tok[i+1].Lower == hashTo && tok[i+2].Lower == hashDeath || tok[i+1].Lower == hashAnd && r.w[i+2].object == killed) {
		return killed
	}
	return u
}

// act marks those whom the verb i befalls.
func (r *Reader) act(i int32, u unit) {
	t := &r.d.Tokens[i]
	if r.fact[i]&passive == 0 && t.Rel != text.Amod {
		if o := r.obj[i]; o >= 0 && among(r.d.Tokens[o].Lower, reflexives) {
			r.mark(r.subject(i), u)
			return
		}
		r.objects(i, u)
		if u == killed || u == wounded {
			r.hit(r.subj[i])
		}
	}
	switch {
	case r.fact[i]&passive != 0:
		r.subjects(i, u)
	case t.Rel == text.Amod:
		if t.Head > i {
			r.mark(t.Head, u)
		}
	case r.obj[i] >= 0 || t.Tag == text.VBG || t.Tag == text.VB || t.Tag == text.VBZ || t.Tag == text.VBP:
	case t.Rel == text.ACL || t.Rel == text.Dep:
		if r.subj[i] >= 0 {
			r.mark(r.subj[i], u)
		} else {
			r.mark(t.Head, u)
		}
	default:
		// "12 killed in blast": a participle that has lost its "were".
		if s := r.subj[i]; s >= 0 && s < i && t.Tag == text.VBN {
			r.mark(s, u)
		} else if s >= 0 && s < i && r.bare(i) && r.w[s].traits&(assailant|fighter) == 0 {
			r.mark(s, u)
		} else if s < 0 && t.Tag == text.VBN && (t.Rel == text.Xcomp || t.Rel == text.Conj) {
			r.mark(r.subject(i), u)
		}
	}
}

// mostChildren is how many dependents of a token are looked at.
const mostChildren = 16

// objects marks all the objects of the verb i: a list of names may be several.
func (r *Reader) objects(i int32, u unit) {
	if r.obj[i] < 0 {
		return
	}
	for c, n := r.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = r.t.Next(c), n+1 {
		// A mere word may hurt a minister, but hardly three of them.
		if r.d.Tokens[c].Rel == text.Obj && (r.d.Tokens[i].Lemma != hashHurt || r.d.Tokens[c].Tag == text.CD || r.t.Find(r.d, c, text.Nummod) >= 0) {
			r.mark(c, u)
		}
	}
}

// subjects marks the subject of the verb i, or all that it has of its own.
func (r *Reader) subjects(i int32, u unit) {
	r.mark(r.subject(i), u)
	for c, n := r.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = r.t.Next(c), n+1 {
		if t := &r.d.Tokens[c]; (t.Rel == text.Nsubj || t.Rel == text.NsubjPass) && t.Tag != text.WP && t.Tag != text.WDT {
			r.mark(c, u)
		}
	}
}

// bare reports whether nothing that the verb i could have for an object follows it.
func (r *Reader) bare(i int32) bool {
	if i+1 >= int32(len(r.d.Tokens)) {
		return true
	}
	switch t := &r.d.Tokens[i+1]; t.Tag {
	case text.IN, text.Stop, text.Comma, text.RB, text.TO, text.Colon:
		return true
	}
	return false
}

// said marks those whom the adjective i describes.
func (r *Reader) said(i int32, u unit) {
	t := &r.d.Tokens[i]
	if i > 0 && r.w[i].traits&dead != 0 && r.d.Tokens[i-1].Tag.Verb() && r.d.Tokens[i-1].Tag != text.VBG {
		// "was found dead April 2"
		if v := i - 1; r.fact[v]&passive == 0 && r.obj[v] >= 0 {
			r.mark(r.obj[v], u)
		} else {
			r.mark(r.subject(v), u)
		}
		return
	}
	switch t.Rel {
	case text.Amod:
		if t.Head >= 0 {
			r.mark(t.Head, u)
		}
	case text.Xcomp:
		// "left 30 dead", "was found dead"
		if t.Head >= 0 && r.obj[t.Head] >= 0 && r.fact[t.Head]&passive == 0 {
			r.mark(r.obj[t.Head], u)
		} else if t.Head >= 0 {
			r.mark(r.subject(t.Head), u)
		}
	case text.ACL:
		if t.Head >= 0 {
			r.mark(t.Head, u)
		}
	case text.Dep:
		if t.Head >= 0 && r.d.Tokens[t.Head].Lemma == hashTake {
			r.mark(r.obj[t.Head], u)
		} else if t.Head >= 0 && u == hostages {
			r.mark(t.Head, u)
		}
	}
	if s := r.subj[i]; s >= 0 {
		r.mark(s, u)
	}
	r.set(i, u)
}

func (r *Reader) sentenceEnd(i int32) int32 {
	if s := r.t.Sentence(i); s >= 0 {
		return r.d.Sentences[s].End
	}
	return i + 1
}

// hit marks attackers by what they do.
func (r *Reader) hit(s int32) {
	if s >= 0 && r.w[s].traits&fighter != 0 && r.unit[s] == noUnit {
		r.set(s, attackers)
	}
}

// set says that those whom token i means were struck by u.
func (r *Reader) set(i int32, u unit) {
	switch {
	case i < 0 || u < r.unit[i]:
	case u > r.unit[i]:
		r.unit[i], r.weak[i] = u, r.shooting && u == wounded
	case !r.shooting:
		r.weak[i] = false
	}
}

// mark does what set does, for all who are coordinated with i as well.
func (r *Reader) mark(i int32, u unit) { r.markTo(i, u, 0) }

const deepest = 6 // phrases within phrases that a mark reaches into

func (r *Reader) markTo(i int32, u unit, depth int) {
	if i < 0 || depth > deepest || r.marked[i] >= u {
		return
	}
	r.marked[i] = u
	r.marks++
	r.set(i, u)
	reach := r.w[i].traits&crowd != 0
	for c := r.t.Child(i); c >= 0; c = r.t.Next(c) {
		switch t := &r.d.Tokens[c]; {
		case t.Rel == text.Conj && (t.Tag.Noun() || t.Tag == text.CD || t.Tag == text.PRP || t.Tag == text.JJ || t.Tag == text.DT):
			r.markTo(c, u, depth+1)
		case t.Rel == text.Nmod && reach && r.of(c):
			r.markTo(c, u, depth+1)
		}
	}
}

// subject is who token i says something of: its subject, that of the verb to
// which it is coordinated or of which it is a part, or whom its clause describes.
func (r *Reader) subject(i int32) int32 {
	for n := 0; n < 5; n++ {
		t := &r.d.Tokens[i]
		if s := r.subj[i]; s >= 0 {
			if x := r.d.Tokens[s].Tag; (x == text.WP || x == text.WDT) && t.Rel == text.ACLRelcl && t.Head >= 0 {
				return t.Head
			} else if x == text.WP || x == text.WDT {
				// "who was shot and died": the clause is that of the first verb.
				for k := t.Head; n < 5 && k >= 0; n++ {
					if r.d.Tokens[k].Rel == text.ACLRelcl {
						return r.d.Tokens[k].Head
					}
					k = r.d.Tokens[k].Head
				}
			}
			return s
		}
		if t.Head < 0 {
			return -1
		}
		switch t.Rel {
		case text.Conj, text.Xcomp, text.Advcl, text.Parataxis:
			i = t.Head
		case text.ACLRelcl, text.ACL:
			return t.Head
		default:
			return -1
		}
	}
	return -1
}
