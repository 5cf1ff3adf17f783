package entities

import (
	"hearsay/reading/lexicon"
	"hearsay/text"
)

// form is one way of writing a name, with what the text says of its bearer.
type form struct {
	name        text.Range // where it first stands
	seq         uint64     // as the lexicon has it
	first, last uint32     // its first and last words as names are compared
	words       int32
	count       int32
	weight      int32 // as count, less for what is written in capitals
	tag         Kind  // what the names' reader takes it for: Person, Organization, Place, Unknown
	next        int32 // the form written alike that is taken for something else, -1 for none
	into        int32 // the form that it was found to be the same as, -1 for none
	partner     int32 // the last of the other names it is said to go by, in Reader.links; -1 for none
	votes       [numKinds]int32
	titled      int32 // mentions right behind a title
	bodies      int32 // mentions in apposition to a body: "the company, Morrow Tarn,"
	gender      lexicon.Class
	entity      int32 // ambiguous when it is decided mention by mention
	speaking    int32 // mentions as a source or as who does what people do
	articles    int32 // mentions behind "the"
	located     int32 // mentions behind "in"
	thing       bool  // the name of a ship, which is neither person nor body
	alias       bool  // it stands behind a fuller name of the same one
	settled     bool
}

const (
	undecided = -1
	ambiguous = -2
)

// formFor returns the form of the name n, a new one when it is the first of
// its kind. What is taken for a person in one place and for a town in another
// has two forms until settle compares them.
func (r *Reader) formFor(n Named) int32 {
	name := r.unsuffixed(n.Range)
	id := r.identity(name)
	weight := int32(2)
	if r.capitals(name) {
		weight = 1 // capitals hide what a name is
	}
	head, ok := r.formOf[id]
	if !ok {
		head = -1
	}
	for f := head; f >= 0; f = r.forms[f].next {
		if r.forms[f].tag == n.Kind {
			r.forms[f].count++
			r.forms[f].weight += weight
			if words := r.wordsOf(name.First, name.End); words > r.forms[f].words || words == r.forms[f].words && weight == 2 && r.capitals(r.forms[f].name) {
				r.forms[f].name, r.forms[f].words = n.Range, words // "United States" rather than "US"
			}
			return f
		}
	}
	f := int32(len(r.forms))
	r.formOf[id] = f
	r.forms = append(r.forms, form{name: n.Range, seq: r.sequence(name.First, name.End), words: r.wordsOf(name.First, name.End), count: 1, weight: weight, tag: n.Kind, next: head,
		into: -1, partner: -1, entity: undecided, first: r.word(name.First, false), last: r.word(name.End-1, true)})
	return f
}

// unsuffixed is a name without "Jr." and the like.
func (r *Reader) unsuffixed(n text.Range) text.Range {
	if n.Len() > 2 && suffixes()[r.d.Tokens[n.End-1].Lower] {
		n.End--
		if n.Len() > 2 && r.d.Tokens[n.End-1].Tag == text.Comma {
			n.End--
		}
	}
	return n
}

// identity is the hash that ways of writing one name have in common.
func (r *Reader) identity(n text.Range) uint64 {
	if seq := r.sequence(n.First, n.End); lexicon.Named(seq) != 0 {
		return seq
	}
	return r.key(n.First, n.End)
}

// capitals reports whether all of a name's letters are capitals.
func (r *Reader) capitals(n text.Range) bool {
	for i := n.First; i < n.End; i++ {
		if r.d.Tokens[i].Shape&text.HasLower != 0 {
			return false
		}
	}
	return true
}

// wordsOf is how many words [i, end) has, its marks left out.
func (r *Reader) wordsOf(i, end int32) int32 {
	n := int32(0)
	for ; i < end; i++ {
		if r.d.Tokens[i].Shape&(text.HasLower|text.HasUpper|text.HasDigit) != 0 {
			n++
		}
	}
	return n
}

// settle decides for each name that was taken for several things what it is:
// what it is taken for twice as often as for anything else, or what the
// lexicon knows it to be. Names of neither people, bodies nor places are then
// forgotten, but for those that speak.
func (r *Reader) settle() {
	for i := len(r.forms) - 1; i >= 0; i-- { // the last of those written alike leads to the others
		if r.forms[i].settled {
			continue
		}
		best, all := int32(i), int32(0)
		for k := int32(i); k >= 0; k = r.forms[k].next {
			g := &r.forms[k]
			g.settled = true
			all += g.weight
			if b := &r.forms[best]; g.tag != Unknown && (g.weight > b.weight || g.weight == b.weight && g.located > b.located) || b.tag == Unknown {
				best = k
			}
		}
		for k := int32(i); k >= 0; k = r.forms[k].next {
			g := &r.forms[k]
			b := &r.forms[best]
			if k == best || g.tag != Unknown && g.weight*3 > all && (b.tag != Place || b.located == 0 || g.located+g.articles+g.titled+g.bodies+g.speaking > 0) {
				continue
			}
			if g.tag == Unknown && r.forms[best].weight < g.weight {
				continue
			}
			g.into = best
			r.forms[best].take(g)
		}
	}
	kept := r.cast.Mentions[:0]
	for _, m := range r.cast.Mentions {
		if m.Form == Name {
			if into := r.forms[m.form].into; into >= 0 {
				m.form = into
			}
			if f := &r.forms[m.form]; f.tag == Unknown && m.said < 0 || f.thing && f.tag != Place {
				continue
			}
		}
		kept = append(kept, m)
	}
	r.cast.Mentions = kept
}

// take adds what is known of g to f.
func (f *form) take(g *form) {
	f.count += g.count
	f.weight += g.weight
	f.speaking += g.speaking
	f.articles += g.articles
	f.located += g.located
	f.gender |= g.gender
	f.titled += g.titled
	f.bodies += g.bodies
	f.thing = f.thing || g.thing
	for k := range f.votes {
		f.votes[k] += g.votes[k]
	}
}

// evidence counts what stands around the name m for the kinds that its bearer can be.
func (r *Reader) evidence(sent text.Sentence, m *Mention) {
	f := &r.forms[m.form]
	i, end := m.First, m.End
	tokens := r.d.Tokens
	f.gender |= m.gender
	if i > sent.First {
		before := &tokens[i-1]
		c := lexicon.Of(r.lemma(i - 1))
		switch {
		case before.Lower == wordThe:
			f.articles++
		case before.Lower == wordIn || before.Lower == wordNear:
			f.located++
		case before.Lower == wordOf && i-2 >= sent.First && lexicon.Of(r.lemma(i-2))&lexicon.Place != 0 && lexicon.Of(r.lemma(i-2))&lexicon.Body == 0:
			f.located++ // "the island of Seld"
		case before.Lower == wordOf && i-2 >= sent.First && locals()[r.lemma(i-2)]:
			f.located++ // "the mayor of Seld"
		case !before.Tag.Noun():
		case vehicles()[r.lemma(i-1)]:
			f.thing = true
		case c&(lexicon.Person|lexicon.Title) != 0:
			f.votes[Person] += 4
			if c&lexicon.Title != 0 && before.Tag != text.NNS && (before.Tag.Proper() || before.Head >= i && before.Head < end || tokens[m.Head].Head == i-1) {
				f.titled++
			}
		case c&(lexicon.Media|lexicon.Organization) != 0:
			f.votes[Organization] += 2
			if c&lexicon.Media != 0 {
				f.votes[Media] += 4
			}
			if before.Tag == text.NN && (before.Head >= i && before.Head < end || tokens[m.Head].Head == i-1) {
				f.bodies++ // "the news agency Valdrex"
			}
		}
		if m.gender != 0 {
			f.votes[Person] += 2
		}
	}
	if m.Head >= end {
		switch c := lexicon.Of(r.lemma(m.Head)); {
		case c&lexicon.Media != 0:
			f.votes[Media] += 3
		default:
			f.votes[Organization] += 3
		}
	}
	if end+1 < sent.End && tokens[end].Tag == text.Comma {
		switch {
		case tokens[end+1].Tag == text.CD && end+2 < sent.End && tokens[end+2].Tag == text.Comma && tokens[end+1].End-tokens[end+1].Start <= 2:
			f.votes[Person] += 3
		case tokens[end+1].Lower == wordWho || tokens[end+1].Tag == text.WPS:
			f.votes[Person] += 3
		case tokens[end+1].Tag == text.WDT:
			f.votes[Organization]++
		}
	}
	for k := i; k < end; k++ {
		if h := tokens[k].Head; tokens[k].Rel == text.Appos && h >= 0 && h < i && !tokens[h].Tag.Proper() {
			// "the company, Morrow Lines,", "the maker of the pump, Morrow Lines,"
			if up := tokens[h].Head; lexicon.Of(r.lemma(h)) == 0 && tokens[h].Rel == text.Nmod && up >= 0 && up < h {
				h = up
			}
			switch class := lexicon.Of(r.lemma(h)); {
			case class&lexicon.Person != 0:
				f.votes[Person] += 4
			case class&lexicon.Media != 0 && h > 0 && tokens[h-1].Lower == wordNews: // "the news agency Valdrex"
				f.votes[Media] += 4
			case class&lexicon.Government != 0:
				f.votes[Government] += 4
			case class&lexicon.Media != 0:
				f.votes[Media] += 4
			case class&lexicon.Organization != 0:
				f.votes[Organization] += 4
				if i-h <= 8 {
					f.bodies++
				}
			case class&lexicon.Place != 0:
				f.votes[Place] += 4
			}
		}
		for c := r.t.Child(k); c >= 0; c = r.t.Next(c) {
			if tokens[c].Rel != text.Appos || c < end || tokens[c].Tag.Proper() {
				continue
			}
			switch class := lexicon.Of(r.lemma(c)); {
			case class&lexicon.Person != 0:
				f.votes[Person] += 3
			case class&lexicon.Media != 0:
				f.votes[Media] += 2
			case class&lexicon.Organization != 0:
				f.votes[Organization] += 2
			case class&lexicon.Place != 0:
				f.votes[Place] += 2
			}
		}
		if r.from[k] >= 0 || tokens[k].Rel == text.Nsubj && tokens[k].Head >= 0 && humanVerb(r.lemma(tokens[k].Head)) {
			f.speaking++
		}
	}
}

// inherent counts what the words of a name say by themselves.
func (r *Reader) inherent(f *form) {
	known := lexicon.Named(f.seq)
	for _, k := range []struct {
		class lexicon.Class
		kind  Kind
	}{{lexicon.Government, Government}, {lexicon.Organization, Organization}, {lexicon.Media, Media}, {lexicon.Group, Group}, {lexicon.Place, Place}} {
		if known&k.class != 0 {
			f.votes[k.kind] += 8
		}
	}
	if known == 0 && f.words > 1 {
		// "Islamic State Khorasan Province" is of the kind of "Islamic State".
		for n := f.words - 1; n >= 1; n-- {
			if c := lexicon.Named(r.sequence(f.name.First, f.name.First+n)); c&lexicon.Group != 0 {
				f.votes[Group] += 5
				break
			}
		}
	}
	if f.located*3 >= f.count {
		f.votes[Place] += min(1+f.located, 3)
	}
	if f.the() {
		f.votes[Organization] += 2
	} else {
		f.votes[Person] += min(f.speaking, 2)
	}
	last, first := lexicon.Of(f.last), lexicon.Of(f.first)
	given := lexicon.Given(f.first)
	if f.words >= 2 {
		switch {
		case last&lexicon.Company != 0 && last&lexicon.Government != 0 && last&lexicon.Organization == 0:
			f.votes[Government] += 5
		case last&lexicon.Company != 0 && last&lexicon.Group != 0 && last&lexicon.Organization == 0:
			f.votes[Group] += 5
		case last&lexicon.Company != 0 && last&lexicon.Newsprint == 0:
			f.votes[Organization] += 5
		case last&lexicon.Newsprint != 0 && given == 0:
			f.votes[Media] += 5
		case last&lexicon.Place != 0 && given == 0:
			f.votes[Place] += 3
		case first&lexicon.Place != 0 && given == 0:
			f.votes[Place] += 2
		}
		for i := f.name.First; i+1 < f.name.End; i++ {
			// "Ministry of Health", "Falk Center for Public Opinion"
			w := lexicon.Of(r.d.Tokens[i].Lower)
			if next := r.d.Tokens[i+1].Lower; w&lexicon.Company == 0 || next != wordOf && next != wordFor && next != wordOn {
				continue
			}
			if w&lexicon.Government != 0 && w&lexicon.Organization == 0 || w&lexicon.Company != 0 && i == f.name.First && w&lexicon.Government != 0 {
				f.votes[Government] += 6
			} else {
				f.votes[Organization] += 6
			}
			break
		}
		for i := f.name.First + 1; i < f.name.End-1; i++ {
			t := &r.d.Tokens[i]
			if t.End-t.Start == 2 && t.Shape&text.HasUpper != 0 && t.Shape&text.HasPunct != 0 || particle(t.Lower) {
				f.votes[Person] += 3
				break
			}
		}
	}
	if given != 0 {
		f.votes[Person] += 2
		if f.words >= 2 && f.words <= 4 && last&lexicon.Company == 0 {
			f.votes[Person] += 3
		}
		if f.words > 1 {
			f.gender |= oneGender(given) // "Warren" alone may be a surname
		}
	}
	if t := &r.d.Tokens[f.name.First]; f.words == 1 && t.Shape&text.HasLower == 0 && t.End-t.Start > 1 && t.End-t.Start <= 8 {
		f.votes[Organization] += 2
	}
}

// oneGender is c, or nothing when c is both.
func oneGender(c lexicon.Class) lexicon.Class {
	if c == lexicon.Female|lexicon.Male {
		return 0
	}
	return c
}

// the reports whether the name mostly stands with the article, as that of a
// body does and that of a person does not.
func (f *form) the() bool { return f.articles*2 >= f.count && f.articles > 0 }

// kind is what the bearer of a name is: what the names' reader took it for,
// unless what stands around the name speaks strongly against that; and of
// bodies the sort that the lexicon and the text around speak for.
func (f *form) kind() Kind {
	switch {
	case f.tag == Unknown && f.thing:
		return Unknown
	case f.tag == Unknown:
		return f.most(Person, numKinds)
	case f.personal():
		return Person
	case f.local():
		return Place
	case f.tag == Person && !f.bodily():
		return Person
	}
	body := f.most(Organization, Document)
	known := lexicon.Named(f.seq)
	switch {
	case f.tag == Place && (known&lexicon.Body == 0 || known&lexicon.Place != 0) && !f.bodily():
		return Place
	case body == Unknown:
		return Organization
	}
	return body
}

// personal reports whether the text shows a person where the names' reader
// took the name for something else: by titles before it, or by a first name and
// what only people do.
func (f *form) personal() bool {
	if f.tag == Person || f.the() || lexicon.Named(f.seq) != 0 || lexicon.Of(f.last)&lexicon.Company != 0 {
		return false
	}
	return f.titled*2 >= f.count || f.words >= 2 && f.words <= 4 && lexicon.Given(f.first) != 0 && f.titled+f.speaking > 0 && f.located == 0
}

// local reports whether the text shows a place where the names' reader took a
// single word for a person or body.
func (f *form) local() bool {
	if f.words > 1 || f.tag == Place || f.weight < 2*f.count || f.titled+f.bodies+f.speaking > 0 || lexicon.Named(f.seq)&lexicon.Body != 0 {
		return false
	}
	return f.located > 0 && f.located*3 >= f.count && (f.located == f.count || f.tag == Person || !f.the())
}

// bodily reports whether the text or the name's own last word shows a body
// where the names' reader took it for a person or place.
func (f *form) bodily() bool {
	if lexicon.Named(f.seq)&(lexicon.Place|lexicon.Person) != 0 || lexicon.Given(f.first) != 0 && f.words > 1 {
		return false
	}
	last := lexicon.Of(f.last)
	if f.words >= 2 && last&lexicon.Place == 0 && (last&lexicon.Company != 0 && last&lexicon.Newsprint == 0 && !facilities()[f.last] || last&lexicon.Newsprint != 0 && f.the()) {
		return true
	}
	return f.tag == Person && f.bodies*2 > f.count
}

// most is the kind of [from, to) that most speaks for, Unknown for none.
func (f *form) most(from, to Kind) Kind {
	best := Unknown
	for k := from; k < to; k++ {
		if f.votes[k] > f.votes[best] {
			best = k
		}
	}
	return best
}
