package figures

import (
	"strings"

	"hearsay/text"
)

// fact is what a token's own dependents say of it, as a set of bits.
type fact uint8

const (
	passive fact = 1 << iota
	denied
	supposed // "could", "would"
	deadly   // "fatally"
	infinitive
)

// rush are the verbs that bring somebody to a hospital.
var rush = hashes("take", "rush", "transport", "airlift", "fly", "bring", "admit", "hospitalize", "hospitalise", "treat", "send", "transfer")

// condition are the conditions in which a hospital keeps the wounded.
var conditions = hashes("critical", "serious", "stable", "fair", "good", "grave", "guarded", "satisfactory")

// achieved are the verbs whose infinitive came about.
var achieved = hashes("manage", "go", "continue", "begin", "start", "help", "come", "prove", "proceed", "happen", "turn", "claim", "seem", "appear", "say", "believe",
	"report", "know", "allege", "succeed", "enable", "serve", "first", "last")

var reflexives = hashes("himself", "herself", "itself", "themselves", "self")

// soldiers are those whom an army loses.
var soldiers = hashes("man", "soldier", "troop", "fighter", "officer", "policeman", "people", "militant", "guerrilla", "rebel", "member")

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

// joined gives the noun phrases on either side of the "and" at i what one of
// them suffered, where the tree has torn them apart.
func (r *Reader) joined(i int32) {
	s := r.t.Sentence(i)
	if s < 0 || i == r.d.Sentences[s].First {
		return
	}
	first := r.d.Sentences[s].First
	a := i - 1
	if r.d.Tokens[a].Tag == text.Comma && a > first {
		a--
	}
	if r.d.Tokens[a].Tag == text.RightB {
		for n := 0; a > first && r.d.Tokens[a].Tag != text.LeftB && n < 16; n++ {
			a--
		}
		if a > first {
			a--
		}
	}
	b := r.nounAfter(i + 1)
	if b < 0 || !r.d.Tokens[a].Tag.Noun() && r.d.Tokens[a].Tag != text.CD {
		return
	}
	subject := func(k int32) bool {
		return r.d.Tokens[k].Rel == text.Nsubj || r.d.Tokens[k].Rel == text.NsubjPass
	}
	switch u, v := r.marked[a], r.marked[b]; {
	case u > attackers && v == noUnit && r.unit[b] == noUnit && !subject(a) && !r.predicate(b+1):
		r.set(b, u)
		r.weak[b] = r.weak[a]
	case v > attackers && u == noUnit && r.unit[a] == noUnit && subject(b) && (r.d.Tokens[a].Rel != text.Obj && r.person(a) || r.d.Tokens[i-1].Tag == text.RightB):
		r.set(a, v)
		r.weak[a] = r.weak[b]
	}
}

// predicate reports whether a verb of its own follows the noun phrase that
// ends before token i.
func (r *Reader) predicate(i int32) bool {
	if int(i) >= len(r.d.Tokens) {
		return false
	}
	switch t := &r.d.Tokens[i]; t.Tag {
	case text.VBD, text.VBZ, text.VBP, text.VBN, text.MD:
		return true
	}
	return false
}

// leads reports whether token i is a word that tells of harm by what it goes with.
func (r *Reader) leads(i int32) bool {
	t := &r.d.Tokens[i]
	if !t.Tag.Verb() {
		return t.Lemma == hashCondition || t.Lemma == hashWound || t.Lemma == hashInjury
	}
	switch t.Lemma {
	case hashSurvive, hashRecover, hashHave, hashRemain, hashLose, hashClaim, hashCost, hashTake, hashSuffer, hashSustain, hashReceive, hashCommit, hashInclude, hashCondition:
		return true
	}
	return among(t.Lemma, rush)
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
	defer func() {
		if r.marks == before {
			r.nearby(i)
		}
	}()
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
}

// nearby marks whom the words on either side of token i name where its tree
// names nobody, as those of headlines often do.
func (r *Reader) nearby(i int32) {
	t, w := &r.d.Tokens[i], r.w[i]
	u := max(w.object, w.state, w.does)
	if u == noUnit || u == displaced || t.Tag == text.NN || t.Tag == text.NNS || t.Tag.Proper() && (w.traits&shoots != 0 || t.Shape&text.HasLower == 0) {
		return
	}
	u = r.result(i, u)
	first := int32(0)
	if s := r.t.Sentence(i); s >= 0 {
		first = r.d.Sentences[s].First
	}
	if w.object != noUnit && w.state == noUnit && r.fact[i]&passive == 0 && t.Tag != text.VBN {
		if k := r.nounAfter(i + 1); k >= 0 {
			r.mark(k, u)
			return
		}
	}
	if t.Tag == text.VBG || t.Tag == text.VB || t.Tag == text.VBZ && w.does == noUnit {
		return
	}
	for k, n := i-1, 0; k >= first && n < 8; k, n = k-1, n+1 {
		x := &r.d.Tokens[k]
		switch {
		case x.Tag == text.CD && k > first && r.d.Tokens[k-1].Tag == text.Comma:
		case x.Tag.Noun() || x.Tag == text.CD || x.Tag == text.PRP && x.Lower != hashIt || r.aged(k):
			r.mark(k, u)
			r.alongside(k, first, u)
			return
		case r.w[k].traits&filler != 0 || x.Tag == text.RB || x.Tag == text.Comma && k < i-1:
		default:
			return
		}
	}
}

// alongside marks those whom a headline names before the noun i and a comma:
// "2 adults, six children dead".
func (r *Reader) alongside(i, first int32, u unit) {
	for i > first && r.d.Tokens[i].Tag != text.Comma && !r.d.Tokens[i].Tag.Verb() {
		i--
	}
	if i-1 < first || i-first > 6 || r.d.Tokens[i].Tag != text.Comma || !r.person(i-1) {
		return
	}
	for k := first; k < i; k++ {
		if r.d.Tokens[k].Tag.Verb() || r.d.Tokens[k].Tag == text.IN {
			return
		}
	}
	r.mark(i-1, u)
}

// nounAfter is the head of the noun phrase that begins at token i, -1 for none.
func (r *Reader) nounAfter(i int32) int32 {
	end := min(r.sentenceEnd(i-1), i+6)
	noun := int32(-1)
	for ; i < end; i++ {
		t := &r.d.Tokens[i]
		switch {
		case t.Tag.Noun() || t.Tag == text.CD || r.aged(i):
			noun = i
		case noun >= 0:
			return noun
		case t.Tag == text.VBN && i+1 < end && r.d.Tokens[i+1].Tag.Noun() && r.w[i].object == noUnit:
		case t.Tag != text.DT && t.Tag != text.PRPS && t.Tag != text.JJ:
			return -1
		}
	}
	return noun
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
		case t.Lemma == hashTake && r.d.Tokens[i].Head >= -1 && r.follows(i, hashCustody, 8):
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

func (r *Reader) sentenceEnd(i int32) int32 {
	if s := r.t.Sentence(i); s >= 0 {
		return r.d.Sentences[s].End
	}
	return i + 1
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

var homes = hashes("home", "house", "village", "fighting", "violence", "country", "region", "city", "town", "war", "conflict", "camp", "area", "flood", "fire",
	"clash", "island", "border", "abroad", "neighbouring", "neighboring", "district", "province")

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

const mostToll = 20 // tokens from a toll to its number

// counts are the verbs that lead from a toll to its number.
var counts = hashes("be", "have", "rise", "reach", "stand", "climb", "hit", "jump", "grow", "exceed", "pass", "surpass", "increase", "top", "soar", "total",
	"number", "put", "go", "say", "fall", "drop", "come", "remain", "bring", "raise", "revise")

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
