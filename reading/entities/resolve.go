package entities

import (
	"math/bits"

	"hearsay/reading/lexicon"
	"hearsay/reading/tree"
	"hearsay/text"
)

// resolve goes through the mentions from the first to the last and gives each
// its entity, where one fits.
func (r *Reader) resolve() {
	for k := range r.said {
		r.cast.Speakers = append(r.cast.Speakers, Speaker{Mention: r.source(int32(k)), Literal: -1, Entity: -1})
	}
	for i := range r.cast.Mentions {
		// Who speaks a quotation is looked for before whom it speaks of, though
		// the words stand behind it: he is then known not to be among them.
		x := &r.cast.Mentions[i]
		if k := r.cover[x.Head]; k >= 0 && x.flags&quoted != 0 {
			if s := r.cast.Speakers[k].Mention; s > int32(i) && r.cast.Mentions[s].flags&quoted == 0 {
				r.mean(s)
			}
		}
		r.mean(int32(i))
	}
	r.merge()
}

// merge gives the mentions of those who were first described and then named to
// whom the name is of.
func (r *Reader) merge() {
	if len(r.merges) == 0 {
		return
	}
	into := map[int32]int32{}
	for _, m := range r.merges {
		if _, done := into[m.entity]; !done && into[m.next] != m.entity {
			into[m.entity] = m.next
		}
	}
	for i := range r.cast.Mentions {
		m := &r.cast.Mentions[i]
		for n := 0; n < mostPartners; n++ {
			e, ok := into[m.Entity]
			if m.Entity < 0 || !ok || e == m.Entity {
				break
			}
			r.cast.Entities[m.Entity].Count--
			r.cast.Entities[e].Count++
			m.Entity = e
		}
	}
}

// mean gives mention i its entity.
func (r *Reader) mean(i int32) {
	x := &r.cast.Mentions[i]
	if x.flags&done != 0 {
		return
	}
	x.flags |= done
	switch x.Form {
	case Name:
		x.Entity = r.named(x)
		r.entitle(x)
	case Description:
		x.Entity = r.described(x)
	case Pronoun:
		if pronouns[r.d.Tokens[x.Head].Lower].person == 3 {
			x.Entity = r.referent(x)
		}
	}
	if x.Entity >= 0 {
		r.touch(x.Entity, i)
	}
}

// source is the mention that attribution k names as its source, -1 for none.
func (r *Reader) source(k int32) int32 {
	h := tree.Head(r.d, r.said[k].Source)
	if h < 0 {
		return -1
	}
	if m := r.at[h]; m >= 0 {
		return m
	}
	// A title may stand as the head of the name behind it.
	for i := h + 1; i < r.said[k].Source.End && i < h+6; i++ {
		if m := r.at[i]; m >= 0 && r.cast.Mentions[m].np <= h {
			return m
		}
	}
	return r.antecedent(h)
}

// antecedent is the mention that the relative pronoun at i stands for: the one
// right before it when "who" or "which" can be said of that, else the one that
// the tree gives. It is -1 for none.
func (r *Reader) antecedent(i int32) int32 {
	noun := tree.Antecedent(r.d, i)
	if noun < 0 {
		return -1
	}
	at := i - 1
	for at > 0 && (r.d.Tokens[at].Tag == text.Comma || r.d.Tokens[at].Tag == text.Colon) {
		at--
	}
	for _, k := range [...]int32{at, noun} {
		if m := r.at[max(k, 0)]; m >= 0 && r.human(&r.cast.Mentions[m]) == (r.d.Tokens[i].Tag == text.WP) {
			return m
		}
	}
	return -1
}

// human reports whether m, a name or description, is one of people.
func (r *Reader) human(m *Mention) bool {
	if m.Form != Name {
		return lexicon.Of(r.lemma(m.Head))&(lexicon.Person|lexicon.Quantifier) != 0
	}
	e := r.forms[m.form].entity
	return e == ambiguous || e >= 0 && (r.cast.Entities[e].Kind == Person || r.cast.Entities[e].Plural)
}

// touch makes e the one mentioned last, by m.
func (r *Reader) touch(e, m int32) {
	x, y := &r.cast.Entities[e], &r.cast.Mentions[m]
	x.Count++
	x.last = m
	if y.flags&subject != 0 {
		x.subject = m
	}
	if y.said >= 0 {
		x.source = m
	}
	if y.gender != 0 && x.Gender == 0 && !x.Plural && oneGender(y.gender) != 0 {
		x.Gender = y.gender
	}
	at := r.seen
	for k := range r.seen {
		if r.recent[k] == e {
			at = k
			break
		}
	}
	if at == r.seen {
		if r.seen < window {
			r.seen++
		} else {
			at--
		}
	}
	copy(r.recent[1:at+1], r.recent[:at])
	r.recent[0] = e
}

// named is the entity of a name. A surname that several bear goes to the one
// whom it fits best: named in full often, and not long ago.
func (r *Reader) named(m *Mention) int32 {
	f := &r.forms[m.form]
	if f.entity != ambiguous {
		return f.entity
	}
	best, most := int32(-1), -1000.0
	n := 0
	for l := r.first(r.byLast, f.last); l >= 0; l = r.links[l].next {
		e := r.links[l].entity
		x := &r.cast.Entities[e]
		if !r.person(e) || m.gender != 0 && x.Gender != 0 && oneGender(m.gender) != 0 && m.gender != x.Gender {
			continue
		}
		n++
		s := float64(bits.Len32(uint32(x.Count)))
		if x.last < 0 {
			s -= 3
		} else if d := m.sentence - r.cast.Mentions[x.last].sentence; d <= 1 {
			s += 1.5 - float64(d)*0.5
		} else {
			s -= 0.1 * float64(min(d, 20))
		}
		if s > most {
			best, most = e, s
		}
	}
	return best
}

// entitle notes what a name is called in its own phrase: the titles before it
// and the noun in apposition behind it.
func (r *Reader) entitle(m *Mention) {
	if m.Entity < 0 {
		return
	}
	e := m.Entity
	if m.np < m.First {
		r.role(e, m.np, m.First)
	}
}

// role enters the words [i, end) as a role of e, when their last noun is one.
func (r *Reader) role(e, i, end int32) {
	tokens := r.d.Tokens
	for i < end && (tokens[i].Tag == text.DT || tokens[i].Tag == text.PRPS || tokens[i].Tag == text.PDT) {
		i++
	}
	for k := end - 1; k > i; k-- {
		if tokens[k].Tag == text.POS {
			i = k + 1 // whose it is, is no part of the role
			break
		}
	}
	for i < end && (tokens[i].Shape&text.HasDigit != 0 || tokens[i].Tag == text.CD || tokens[i].Tag == text.Comma || tokens[i].Lower == wordOwn) {
		i++ // an age, or that it is one's own
	}
	if i >= end {
		return
	}
	head := lexicon.Full(r.lemma(end - 1))
	if !tokens[end-1].Tag.Noun() || lexicon.Of(head)&(lexicon.Person|lexicon.Body|lexicon.Document) == 0 && lexicon.Of(tokens[end-1].Lower)&(lexicon.Person|lexicon.Body) == 0 {
		return
	}
	x := &r.cast.Entities[e]
	r.cast.Roles = append(r.cast.Roles, Role{Entity: e, Range: text.Range{First: i, End: end}, next: x.roles, head: head, Plain: anybody()[head]})
	x.roles = int32(len(r.cast.Roles) - 1)
	r.list(r.byHead, head, e)
	if lexicon.Of(head)&lexicon.Person != 0 && x.Kind == Unknown {
		x.Kind = Person
	}
}

// described is the entity of a description: the one it is apposed to or said
// to be, one it has described before, one that bears the role it names, or a new one.
func (r *Reader) described(m *Mention) int32 {
	tokens := r.d.Tokens
	h := m.Head
	key := r.phrase(m)
	if e := r.apposed(m); e >= 0 {
		if d, ok := r.exact[key]; ok && d != e && !r.cast.Entities[d].Named && m.flags&indefinite == 0 {
			r.merges = append(r.merges, link{d, e}) // who was only described so far has got a name
		}
		if m.flags&indefinite == 0 {
			r.exact[key] = e
		}
		r.role(e, m.np, h+1)
		return e
	}
	if m.flags&indefinite == 0 {
		if e, ok := r.exact[key]; ok {
			return e
		}
	}
	head := r.lemma(h)
	class := lexicon.Of(head)
	if m.flags&definite != 0 && m.flags&owned == 0 && m.flags&plural == 0 || m.flags&(definite|owned|plural) == definite|plural {
		if e := r.byRole(m, head); e >= 0 {
			return e
		}
		if class&lexicon.Body != 0 && m.flags&plural == 0 {
			if e := r.byKind(m, tokens[h].Lower); e >= 0 {
				r.role(e, m.np, h+1)
				return e
			}
		}
	}
	e := int32(len(r.cast.Entities))
	r.cast.Entities = append(r.cast.Entities, Entity{
		Kind: kindOf(class, m.flags&plural != 0), Gender: oneGender(m.gender), Plural: m.flags&plural != 0,
		Name: text.Range{First: m.np, End: r.phraseEnd(h)}, last: -1, subject: -1, source: -1, roles: -1, head: head,
	})
	if m.flags&indefinite == 0 {
		r.exact[key] = e
	}
	r.role(e, m.np, h+1)
	return e
}

// phraseEnd is the end of the description with head h: its noun, and a phrase
// right behind it that says whose or which: "a member of the crew".
func (r *Reader) phraseEnd(h int32) int32 {
	for c := r.t.Child(h); c >= 0; c = r.t.Next(c) {
		if c <= h || r.d.Tokens[c].Rel != text.Nmod {
			continue
		}
		if p := r.t.Phrase(c); p.First == h+1 && p.Len() <= longestPhrase {
			for i := p.First; i < p.End; i++ {
				if r.d.Tokens[i].Tag == text.Comma {
					return i
				}
			}
			return p.End
		}
		break
	}
	return h + 1
}

func kindOf(c lexicon.Class, plural bool) Kind {
	switch {
	case c&lexicon.Person != 0 && !plural:
		return Person
	case c&lexicon.Authority != 0:
		return Government
	case c&lexicon.Person != 0:
		return Group
	case c&lexicon.Government != 0:
		return Government
	case c&lexicon.Media != 0:
		return Media
	case c&lexicon.Document != 0:
		return Document
	case c&lexicon.Group != 0 && c&lexicon.Organization == 0:
		return Group
	case c&lexicon.Organization != 0:
		return Organization
	case c&(lexicon.Group|lexicon.Quantifier) != 0:
		return Group
	}
	return Unknown
}

// apposed is the entity that the same phrase or clause says the description
// is: "Clark, an analyst", "its leader, Anka Rovic", "Clark is an analyst".
func (r *Reader) apposed(m *Mention) int32 {
	tokens := r.d.Tokens
	t := &tokens[m.Head]
	if t.Rel == text.Appos && t.Head >= 0 && t.Head < m.Head && m.Head-t.Head < 25 {
		if a := r.at[t.Head]; a >= 0 && r.cast.Mentions[a].Entity >= 0 && r.agrees(m, r.cast.Mentions[a].Entity) {
			return r.cast.Mentions[a].Entity
		}
	}
	// "the maker of the pump, Morrow Lines,"
	if end := r.phraseEnd(m.Head); end > m.Head+1 && int(end)+1 < len(tokens) && tokens[end].Tag == text.Comma {
		if a := r.at[end+1]; a >= 0 && r.cast.Mentions[a].Form == Name && tokens[r.cast.Mentions[a].Head].Rel == text.Appos {
			if e := r.forms[r.cast.Mentions[a].form].entity; e >= 0 && r.agrees(m, e) {
				return e
			}
		}
	}
	// "spokesman Leon Abrik", whichever of the two the tree takes for the head.
	if t.Tag == text.NN && int(m.Head)+1 < len(tokens) && lexicon.Of(r.lemma(m.Head))&lexicon.Person != 0 {
		if a := r.at[m.Head+1]; a >= 0 {
			if n := &r.cast.Mentions[a]; n.Form == Name && n.First == m.Head+1 && r.forms[n.form].entity >= 0 && r.agrees(m, r.forms[n.form].entity) {
				return r.forms[n.form].entity
			}
		}
	}
	if e := r.called(m); e >= 0 {
		return e
	}
	subj, cop, not := int32(-1), false, false
	for c := r.t.Child(m.Head); c >= 0; c = r.t.Next(c) {
		x := &tokens[c]
		switch {
		case c > m.Head && (x.Rel == text.Appos || x.Rel == text.Flat || x.Rel == text.Compound):
			a := r.at[c]
			if a >= 0 && r.cast.Mentions[a].Form == Description && int(c)+1 < len(tokens) && r.at[c+1] >= 0 {
				a = r.at[c+1] // "one of them, the retired driver Colm Tarn"
			}
			if a >= 0 && r.cast.Mentions[a].Form == Name && c-m.Head < 15 {
				if e := r.forms[r.cast.Mentions[a].form].entity; e >= 0 && r.agrees(m, e) && (r.person(e) || x.Rel == text.Appos || c == m.Head+1) {
					return e
				}
			}
		case x.Rel == text.Cop:
			cop = true
		case x.Rel == text.Nsubj && c < m.Head:
			subj = c
		case x.Tag == text.MD || x.Lower == wordNot || x.Lower == wordNt || x.Lower == wordNever:
			not = true
		}
	}
	if !cop {
		subj = r.appointed(m.Head)
		cop = subj >= 0
	}
	if cop && !not && subj >= 0 && m.flags&plural == 0 && lexicon.Of(r.lemma(m.Head))&lexicon.Person != 0 {
		a := r.at[subj]
		if a < 0 {
			a = r.antecedent(subj)
		}
		if a >= 0 && r.cast.Mentions[a].Entity >= 0 && r.agrees(m, r.cast.Mentions[a].Entity) {
			return r.cast.Mentions[a].Entity
		}
	}
	return -1
}

// appointed is the token of who is said to be made what the noun at i says:
// "Hesk was named director", "they elected Hesk president". -1 for nobody.
func (r *Reader) appointed(i int32) int32 {
	t := &r.d.Tokens[i]
	if t.Head < 0 || t.Rel != text.Xcomp && t.Rel != text.Obj || !appointments()[r.d.Tokens[t.Head].Lemma] {
		return -1
	}
	if c := r.t.Find(r.d, t.Head, text.NsubjPass); c >= 0 {
		return c
	}
	if t.Rel == text.Xcomp {
		if c := r.t.Find(r.d, t.Head, text.Obj, text.Iobj); c >= 0 && c != i {
			return c
		}
	}
	return -1
}

// called is the entity whose name a description is given right behind it: "a
// group calling itself the Red Dawn", "a man known as Tarn". -1 for none.
func (r *Reader) called(m *Mention) int32 {
	tokens := r.d.Tokens
	i := m.Head + 1
	if int(i) >= len(tokens) || !callings()[tokens[i].Lemma] || tokens[i].Tag != text.VBG && tokens[i].Tag != text.VBN && tokens[i].Tag != text.VBD {
		return -1
	}
	for i++; int(i) < len(tokens) && i < m.Head+6; i++ {
		if a := r.at[i]; a >= 0 && r.cast.Mentions[a].Form == Name {
			if e := r.forms[r.cast.Mentions[a].form].entity; e >= 0 && r.agrees(m, e) {
				return e
			}
			return -1
		}
		switch t := &tokens[i]; {
		case t.Lower == wordAs, t.Lower == wordThe, t.Tag == text.PRP, t.Tag == text.OpenQ:
		default:
			return -1
		}
	}
	return -1
}

// agrees reports whether a description can mean e as to number, kind and gender.
func (r *Reader) agrees(m *Mention, e int32) bool {
	x := &r.cast.Entities[e]
	if g := oneGender(m.gender); g != 0 && x.Gender != 0 && g != x.Gender {
		return false
	}
	c := lexicon.Of(r.lemma(m.Head))
	switch {
	case m.flags&plural != 0:
		return x.Plural || x.Kind.Body()
	case x.Kind == Unknown:
		return true
	case c&lexicon.Person != 0:
		return x.Kind == Person
	case c&lexicon.Body != 0:
		return x.Kind.Body() || x.Kind == Place && c&lexicon.Government != 0
	case c&lexicon.Document != 0:
		return x.Kind == Document || x.Kind == Media
	}
	return true
}

// phrase is the key of a description: its words without the article, whose it
// is, and what follows to say so.
func (r *Reader) phrase(m *Mention) uint64 {
	tokens := r.d.Tokens
	h := uint64(m.flags & plural)
	for i := m.np; i <= m.Head; i++ {
		t := &tokens[i]
		switch t.Tag {
		case text.DT, text.PDT:
			continue
		case text.PRPS:
			if a := r.at[i]; a >= 0 {
				h = lexicon.Sequence(h, uint32(r.cast.Mentions[a].Entity+2))
			}
			continue
		}
		h = lexicon.Sequence(h, t.Lower)
	}
	if m.flags&owned != 0 {
		end := min(r.t.Phrase(m.Head).End, m.Head+8)
		for i := m.Head + 1; i < end; i++ {
			h = lexicon.Sequence(h, tokens[i].Lower)
		}
	}
	return h
}

// byRole is the entity that bears the role with that head and fits the
// description's other words, the one mentioned last when there are several.
func (r *Reader) byRole(m *Mention, head uint32) int32 {
	best, most := int32(-1), -1000
	for l := r.first(r.byHead, head); l >= 0; l = r.links[l].next {
		e := r.links[l].entity
		x := &r.cast.Entities[e]
		if x.last < 0 || x.Plural != (m.flags&plural != 0) && (x.Plural || !x.Kind.Body()) || !r.agrees(m, e) {
			continue
		}
		missing, extra := r.misfit(m, e, head)
		if missing > 0 {
			continue
		}
		ago := m.sentence - r.cast.Mentions[x.last].sentence
		if !x.Named && ago > 12 {
			continue
		}
		s := -int(min(ago, 50)) - 10*extra + min(int(x.Count), 5)
		if s > most {
			best, most = e, s
		}
	}
	return best
}

// misfit counts the modifiers of m that no role of e with that head has, and
// whether every such role has one that changes its meaning and m lacks:
// "former president" is not "the president".
func (r *Reader) misfit(m *Mention, e int32, head uint32) (missing, extra int) {
	missing, extra = 100, 1
	k := r.cast.Entities[e].roles
	for n := 0; k >= 0 && n < 6; n++ {
		role := &r.cast.Roles[k]
		k = role.next
		if role.head != head {
			continue
		}
		lacks := 0
		for i := m.np; i < m.Head; i++ {
			t := &r.d.Tokens[i]
			if t.Tag == text.DT || t.Tag == text.POS || t.Tag == text.PRPS || t.Tag == text.PDT {
				continue
			}
			if !r.within(t.Lower, role.Range) {
				lacks++
			}
		}
		missing = min(missing, lacks)
		if lacks > 0 {
			continue
		}
		restricted := false
		for i := role.First; i < role.End-1; i++ {
			if restricts()[r.d.Tokens[i].Lower] && !r.within(r.d.Tokens[i].Lower, text.Range{First: m.np, End: m.Head}) {
				restricted = true
			}
		}
		if !restricted {
			extra = 0
		}
	}
	return missing, extra
}

func (r *Reader) within(word uint32, in text.Range) bool {
	for i := in.First; i < in.End; i++ {
		if r.d.Tokens[i].Lower == word {
			return true
		}
	}
	return false
}

// byKind is the body mentioned last that the general noun can stand for: "the
// group" for whatever kind of group was named before.
func (r *Reader) byKind(m *Mention, noun uint32) int32 {
	var fits func(*Entity) bool
	far := int32(8) // sentences
	best := int32(-1)
	// Which body, some words say themselves.
	for i := m.np; i < m.Head; i++ {
		if t := &r.d.Tokens[i]; t.Tag.Noun() && lexicon.Of(r.lemma(i))&lexicon.Person == 0 || lexicon.Demonym(t.Lower) || t.Tag == text.JJ && !armed()[t.Lower] && !r.d.Tokens[m.Head].Tag.Proper() {
			return -1
		}
	}
	switch {
	case anyBody()[noun]:
		fits = func(x *Entity) bool { return x.Kind == Group || x.Kind == Organization }
	case business()[noun]:
		fits = func(x *Entity) bool { return x.Kind == Organization && x.Named }
	case press()[noun]:
		fits = func(x *Entity) bool {
			return x.Kind == Media || noun == wordAgency && x.Kind == Government && x.Named
		}
	case authority()[noun]:
		fits = func(x *Entity) bool { return x.Kind == Government && x.Named && r.hasWord(x, noun) }
	default:
		fits, far = func(x *Entity) bool { return x.Kind.Body() && x.Named && r.hasWord(x, noun) }, 20
	}
	for k := range r.seen {
		e := r.recent[k]
		x := &r.cast.Entities[e]
		if x.Plural || x.last < 0 || m.sentence-r.cast.Mentions[x.last].sentence > far {
			continue
		}
		// What only says what kind a thing is, was not talked about: "a UN report".
		if x.Count == 1 && r.d.Tokens[r.cast.Mentions[x.last].Head].Rel == text.Compound {
			continue
		}
		if !fits(x) || !x.Named && x.head != noun {
			continue
		}
		if x.Kind == Group || noun != wordGroup {
			return e
		}
		if best < 0 {
			best = e // unless one is near that is called a group by more than its name
		}
	}
	return best
}

// hasWord reports whether the name of x has the word: "the court" for "Basmani Court".
func (r *Reader) hasWord(x *Entity, word uint32) bool { return r.within(word, x.Name) }

// The weights by which the candidates for a pronoun are compared, found on the
// training part of GUM by trying steps in each of them.
const (
	weightSame      = 1.8  // mentioned in the pronoun's own sentence
	weightBefore    = 0.1  // in the sentence before
	weightFarther   = -0.5 // for each sentence farther
	weightSubject   = 1.0  // mentioned as a subject
	weightOften     = 0.5  // for each doubling of the mentions so far
	weightSource    = 0.5  // the candidate was a source
	weightSpeaks    = 0.8  // and the pronoun is one
	weightOwnSpeech = 0.9  // the pronoun stands in what the candidate is said to say
	weightQuoted    = -2.0 // mentioned inside a quotation, the pronoun outside
	weightGender    = 1.3  // known to agree
	weightUnknown   = -0.4 // not known to be a person
	weightUnnamed   = -0.4
	weightNear      = 0.5 // mentioned last of all
	leastScore      = -0.2
	leastSource     = 1.3
	leastThing      = 1.8 // for "it" and "they", which often mean no one
)

// referent is the entity that a pronoun of the third person means, -1 when
// nobody fits well.
func (r *Reader) referent(m *Mention) int32 {
	t := &r.d.Tokens[m.Head]
	p := pronouns[t.Lower]
	if t.Rel == text.Expl || p.number == one && !p.human && m.flags&subject != 0 && r.impersonal(t.Head) {
		return -1
	}
	if !p.human && p.number == one && m.flags&(possessive) == 0 && m.said < 0 && !p.self {
		// Most uses of "it" mean no body or document; without a sign that it does, none is guessed.
		if m.flags&subject == 0 {
			return -1
		}
	}
	speaker := r.around(m)
	best, most := int32(-1), leastScore
	if !p.human {
		if most = leastThing; m.said >= 0 {
			most = leastSource
		}
	}
	for k := range r.seen {
		e := r.recent[k]
		x := &r.cast.Entities[e]
		s, ok := r.fit(m, p, x)
		if !ok {
			continue
		}
		if e == speaker {
			if m.flags&quoted != 0 {
				continue // a speaker says "I" of himself
			}
			if !p.human || p.number == many || x.Gender == p.gender {
				s += weightOwnSpeech
			}
		}
		if k == 0 {
			s += weightNear
		}
		if s > most {
			best, most = e, s
		}
	}
	if best < 0 && p.human && p.number == one && m.flags&possessive != 0 {
		return r.ahead(m, p)
	}
	return best
}

// impersonal reports whether "it" as the subject of the predicate at i stands
// for nothing: "it is said that", "it has become clear that".
func (r *Reader) impersonal(i int32) bool {
	if i < 0 {
		return false
	}
	if hollow()[r.d.Tokens[i].Lemma] {
		return true
	}
	clause, empty := false, false
	for c := r.t.Child(i); c >= 0; c = r.t.Next(c) {
		switch r.d.Tokens[c].Rel {
		case text.AuxPass, text.Cop:
			empty = true
		case text.Ccomp, text.Csubj, text.Advcl, text.Xcomp:
			clause = true
		}
	}
	return empty && clause
}

// ahead is the subject that a possessive at the head of the sentence points
// to: "In her remarks, Varn said". -1 for none.
func (r *Reader) ahead(m *Mention, p person) int32 {
	i := m.Head
	for n := 0; n < 20 && r.d.Tokens[i].Head >= 0; n++ {
		i = r.d.Tokens[i].Head
	}
	c := r.t.Find(r.d, i, text.Nsubj, text.NsubjPass)
	if c <= m.Head || r.at[c] < 0 {
		return -1
	}
	x := &r.cast.Mentions[r.at[c]]
	if x.Form != Name || r.forms[x.form].entity < 0 {
		return -1
	}
	e := r.forms[x.form].entity
	if y := &r.cast.Entities[e]; y.Kind == Person && (y.Gender == 0 || y.Gender == p.gender) {
		return e
	}
	return -1
}

// around is the entity that speaks the words around m, as far as it is known yet.
func (r *Reader) around(m *Mention) int32 {
	k := r.cover[m.Head]
	if k < 0 {
		return -1
	}
	if k == m.said {
		return -1
	}
	if s := r.cast.Speakers[k].Mention; s >= 0 {
		x := &r.cast.Mentions[s]
		if x.Entity >= 0 {
			return x.Entity
		}
		if x.Form == Name {
			return r.forms[x.form].entity
		}
	}
	return -1
}

// fit scores x as what the pronoun m means; ok is false where it cannot be.
func (r *Reader) fit(m *Mention, p person, x *Entity) (score float64, ok bool) {
	if x.last < 0 {
		return 0, false
	}
	switch {
	case p.human && p.number == one:
		if x.Plural || x.Kind != Person && x.Kind != Unknown || x.Gender != 0 && x.Gender != p.gender {
			return 0, false
		}
		if x.Kind == Unknown {
			score += weightUnknown
			if !x.Named {
				return 0, false
			}
		}
		if x.Gender == p.gender {
			score += weightGender
		}
	case p.number == many:
		if !x.Plural && !x.Kind.Body() {
			return 0, false
		}
		if !x.Plural {
			score -= 0.6
		}
	default:
		if x.Plural || x.Kind == Person || x.Kind == Unknown {
			return 0, false
		}
		if x.Kind == Place && (x.subject < 0 || m.sentence-r.cast.Mentions[x.subject].sentence > 1) {
			return 0, false // a place that does something is a country
		}
	}
	last := &r.cast.Mentions[x.last]
	switch d := m.sentence - last.sentence; {
	case d <= 0:
		score += weightSame
	case d == 1:
		score += weightBefore
	case d > 9:
		return 0, false
	default:
		score += weightBefore + weightFarther*float64(d-1)
	}
	if x.subject >= 0 && m.sentence-r.cast.Mentions[x.subject].sentence <= 1 {
		score += weightSubject
	}
	most := 5
	if !p.human {
		most = 2
	}
	score += weightOften * float64(min(bits.Len32(uint32(x.Count)), most))
	if x.source >= 0 && m.sentence-r.cast.Mentions[x.source].sentence <= 2 {
		score += weightSource
		if m.said >= 0 {
			score += weightSpeaks
		}
	}
	if last.flags&quoted != 0 && m.flags&quoted == 0 {
		score += weightQuoted
	}
	if !x.Named {
		score += weightUnnamed
	}
	// "Putin praised him": subject and object of one verb are two people.
	if m.flags&possessive == 0 {
		same := r.d.Tokens[m.Head].Head >= 0 && r.d.Tokens[last.Head].Head == r.d.Tokens[m.Head].Head && last.sentence == m.sentence && last.Head != m.Head &&
			core(r.d.Tokens[last.Head].Rel) && !(last.flags&subject != 0 && m.flags&subject != 0) // "Hesk, he said"
		if same && !p.self {
			return 0, false
		}
		if same {
			score += 3
		}
	}
	return score, true
}

// core reports whether rel is that of a verb's subject or object.
func core(rel text.Rel) bool {
	return rel == text.Nsubj || rel == text.NsubjPass || rel == text.Obj || rel == text.Iobj
}

// speak gives each attribution its speaker and each "I" in a quotation the one who speaks it.
func (r *Reader) speak() {
	c := &r.cast
	for k := range c.Speakers {
		s := &c.Speakers[k]
		if s.Mention < 0 {
			continue
		}
		m := &c.Mentions[s.Mention]
		s.Entity = m.Entity
		if m.Form != Pronoun {
			s.Literal = m.Entity
		}
	}
	for k := range c.Speakers {
		if c.Speakers[k].Entity < 0 {
			c.Speakers[k].Entity = r.firstPerson(int32(k), 8)
		}
		if e := c.Speakers[k].Entity; e >= 0 {
			c.Entities[e].Spoken++
		}
	}
	r.converse()
}

// converse gives "I", "we" and "you" to the one who speaks, those for whom he
// speaks, and those to whom. Who says "I" in a quotation or in a speaker's turn
// is known; outside of these it is whoever wrote the text, for whom, as for
// each speaker's "we" and "you", an entity is made that has no name.
func (r *Reader) converse() {
	c := &r.cast
	clear(r.spoken)
	if r.spoken == nil {
		r.spoken = map[voice]int32{}
	}
	for i := range c.Mentions {
		m := &c.Mentions[i]
		if m.Form != Pronoun || m.Entity >= 0 {
			continue
		}
		p := pronouns[r.d.Tokens[m.Head].Lower]
		if p.person == 3 {
			continue
		}
		speaker := int32(-1) // whoever wrote the text
		if k := r.utterance(m.Head); k >= 0 {
			if speaker = c.Speakers[k].Entity; speaker < 0 || c.Entities[speaker].Kind == Document {
				continue
			}
		} else if m.flags&quoted != 0 {
			continue
		}
		if speaker >= 0 && p.person == 1 && p.number == one {
			m.Entity = speaker
			c.Entities[speaker].Count++
			continue
		}
		v := voice{speaker, p.person, p.number}
		e, ok := r.spoken[v]
		if !ok {
			e = int32(len(c.Entities))
			kind := Person
			if p.number == many {
				kind = Group
			}
			c.Entities = append(c.Entities, Entity{Kind: kind, Plural: p.number == many, Name: m.Range, last: -1, subject: -1, source: -1, roles: -1})
			r.spoken[v] = e
		}
		m.Entity = e
		c.Entities[e].Count++
	}
}

// voice is a pronoun of the first or second person in somebody's mouth.
type voice struct {
	speaker int32 // entity, -1 for who wrote the text
	person  uint8
	number  number
}

// utterance is the attribution whose content token i is spoken in: a quotation's
// or a turn's in a record. -1 for none.
func (r *Reader) utterance(i int32) int32 {
	k := r.cover[i]
	if k < 0 || r.d.Tokens[i].Quote > 0 {
		return k
	}
	if c := r.said[k].Cue; c.Len() == 1 && r.d.Tokens[c.First].Tag == text.Colon {
		return k
	}
	return -1
}

// firstPerson is the speaker of attribution k when its source is "I" or "we" in
// what somebody else says: whoever says it, at most depth attributions out.
func (r *Reader) firstPerson(k int32, depth int) int32 {
	c := &r.cast
	s := c.Speakers[k].Mention
	if s < 0 || depth == 0 {
		return -1
	}
	m := &c.Mentions[s]
	if m.Form != Pronoun || pronouns[r.d.Tokens[m.Head].Lower].person != 1 || m.flags&quoted == 0 {
		return -1
	}
	o := r.cover[m.Head]
	if o < 0 || o == k {
		return -1
	}
	if e := c.Speakers[o].Entity; e >= 0 {
		return e
	}
	return r.firstPerson(o, depth-1)
}
