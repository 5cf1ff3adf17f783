package entities

import (
	"hearsay/reading/lexicon"
	"hearsay/text"
)

// form is one way of writing a name, with what the text says of its bearer.
type form struct {
	name        text.Range // where it first stands
	seq         uint64
	first, last uint32
	words       int32
	count       int32
	votes       [numKinds]int32
	gender      lexicon.Class
	entity      int32 // ambiguous when it is decided mention by mention
	located     int32 // mentions behind "in"
	speaking    int32 // mentions as a source or as who does what people do
	thing       bool  // the name of a ship, which is neither person nor body
	articles    int32 // mentions behind "the"
}

const (
	undecided = -1
	ambiguous = -2
)

// formFor returns the form of the name [r.First, r.End), a new one when it is
// the first of its kind.
func (r *Reader) formFor(name text.Range) int32 {
	end := name.End
	if end-name.First > 2 && suffixes()[r.d.Tokens[end-1].Lower] {
		end--
	}
	seq := r.sequence(name.First, end)
	f, ok := r.formOf[seq]
	if !ok {
		f = int32(len(r.forms))
		r.formOf[seq] = f
		r.forms = append(r.forms, form{name: name, seq: seq, words: end - name.First, entity: undecided,
			first: r.d.Tokens[name.First].Lower, last: r.d.Tokens[end-1].Lower})
	}
	r.forms[f].count++
	return f
}

// evidence counts what stands around the name [i, end) for the kinds that its bearer can be.
func (r *Reader) evidence(sent text.Sentence, m *Mention, i, end int32) {
	f := &r.forms[m.form]
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
		case !before.Tag.Noun():
		case vehicles()[r.lemma(i-1)]:
			f.thing = true
		case c&(lexicon.Person|lexicon.Title) != 0:
			f.votes[Person] += 4
		case c&lexicon.Media != 0:
			f.votes[Media] += 3
		case c&lexicon.Organization != 0:
			f.votes[Organization] += 2
		}
		if m.gender != 0 {
			f.votes[Person] += 2
		}
	}
	if m.End > end {
		switch c := lexicon.Of(r.lemma(m.head)); {
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
			// "the company, Morrow Lines,"
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
		f.gender |= oneGender(given)
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

func (f *form) kind() Kind {
	if f.thing {
		return Unknown
	}
	best := Unknown
	for k := Person; k < numKinds; k++ {
		if f.votes[k] > f.votes[best] {
			best = k
		}
	}
	return best
}

// gather makes entities of the forms: longer names first, then what is short for them.
func (r *Reader) gather() {
	longest := int32(0)
	for i := range r.forms {
		f := &r.forms[i]
		r.inherent(f)
		if oneGender(f.gender) == 0 {
			f.gender = 0
		}
		longest = max(longest, f.words)
	}
	for n := longest; n >= 2; n-- {
		for i := range r.forms {
			if r.forms[i].words == n {
				r.gatherLong(int32(i))
			}
		}
	}
	// "the Harbour Workers' Union (HWU)"
	for i := range r.cast.Mentions {
		m := &r.cast.Mentions[i]
		if m.Form != Name || int(m.End)+2 >= len(r.d.Tokens) || r.d.Tokens[m.End].Tag != text.LeftB || r.d.Tokens[m.End+2].Tag != text.RightB {
			continue
		}
		if k := r.at[m.End+1]; k >= 0 && r.cast.Mentions[k].Form == Name {
			short := &r.forms[r.cast.Mentions[k].form]
			t := &r.d.Tokens[m.End+1]
			if e := r.forms[m.form].entity; e >= 0 && short.words == 1 && short.entity == undecided && t.Shape&text.HasLower == 0 {
				r.join(short, e)
			}
		}
	}
	for i := range r.forms {
		if r.forms[i].words == 1 && r.forms[i].entity == undecided {
			r.gatherShort(int32(i))
		}
	}
}

// gatherLong finds or makes the entity of a name of several words.
func (r *Reader) gatherLong(i int32) {
	f := &r.forms[i]
	kind := f.kind()
	pair := lexicon.Sequence(lexicon.Sequence(0, f.first), f.last)
	if kind == Person || kind == Unknown {
		if e, ok := r.byPair[pair]; ok && r.compatible(e, f) {
			r.join(f, e)
			return
		}
	} else if e, ok := r.acronyms[f.seq]; ok {
		r.join(f, e)
		return
	}
	e := r.found(f, kind)
	switch kind {
	case Person, Unknown:
		r.byPair[pair] = e
		r.list(r.byLast, f.last, e)
		r.list(r.byFirst, f.first, e)
	case Place:
	default:
		r.list(r.byLast, f.last, e)
		r.list(r.byFirst, f.first, e)
		r.acronym(f, e)
	}
}

// acronym enters what a body's name may be shortened to: its initials, and its
// end, as "Security Council" is of "Tarn Security Council".
func (r *Reader) acronym(f *form, e int32) {
	var letters [longestName]byte
	n := 0
	for i := f.name.First; i < f.name.End && n < len(letters); i++ {
		if t := &r.d.Tokens[i]; t.Shape&text.FirstUpper != 0 {
			letters[n] = r.d.Text[t.Start] | 0x20
			n++
		}
	}
	for cut := int32(1); cut <= 2 && f.words-cut >= 2; cut++ {
		if r.d.Tokens[f.name.First+cut].Shape&text.FirstUpper == 0 {
			break
		}
		if seq := r.sequence(f.name.First+cut, f.name.First+f.words); !r.has(seq) {
			r.acronyms[seq] = e
		}
	}
	if n >= 2 {
		key := initials(string(letters[:n]))
		if _, taken := r.acronyms[key]; !taken {
			r.acronyms[key] = e
		}
	}
}

// initials is the key of an acronym: its letters in lower case, stops left out.
func initials(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		if s[i] != '.' {
			h = (h ^ uint64(s[i]|0x20)) * 1099511628211
		}
	}
	return h
}

// gatherShort finds or makes the entity of a name of one word.
func (r *Reader) gatherShort(i int32) {
	f := &r.forms[i]
	kind := f.kind()
	t := &r.d.Tokens[f.name.First]
	if t.Shape&text.HasLower == 0 && t.End-t.Start >= 2 {
		if e, ok := r.acronyms[initials(r.d.Form(f.name.First))]; ok {
			r.join(f, e)
			return
		}
	}
	if lexicon.Named(f.seq) == 0 || f.votes[Person] > f.votes[Place] || r.people(f.last, f) == 1 && f.votes[Place] <= 5 {
		switch r.people(f.last, f) {
		case 0:
		case 1:
			r.join(f, r.onlyPerson(r.byLast, f.last, f))
			return
		default:
			f.entity = ambiguous
			return
		}
		if e := r.onlyPerson(r.byFirst, f.first, f); e >= 0 && (kind == Person || kind == Unknown) {
			r.join(f, e)
			return
		}
	}
	if lexicon.Named(f.seq) == 0 && kind != Person && kind != Place {
		if e := r.onlyBody(r.byLast, f.last); e >= 0 && f.the() {
			r.join(f, e)
			return
		}
		if e := r.onlyBody(r.byFirst, f.first); e >= 0 && f.speaking > 0 && f.located == 0 && !lexicon.Demonym(f.first) && lexicon.Of(f.first) == 0 {
			r.join(f, e)
			return
		}
	}
	r.found(f, kind)
}

// people is how many people can bear the surname, as far as it matters: 0, 1 or 2.
func (r *Reader) people(last uint32, f *form) int {
	n := 0
	for l := r.first(r.byLast, last); l >= 0 && n < 2; l = r.links[l].next {
		if r.person(r.links[l].entity) {
			n++
		}
	}
	return n
}

func (r *Reader) onlyPerson(by map[uint32]int32, word uint32, f *form) int32 {
	found := int32(-1)
	for l := r.first(by, word); l >= 0; l = r.links[l].next {
		if e := r.links[l].entity; r.person(e) {
			if found >= 0 {
				return -1
			}
			found = e
		}
	}
	return found
}

func (r *Reader) onlyBody(by map[uint32]int32, word uint32) int32 {
	found := int32(-1)
	for l := r.first(by, word); l >= 0; l = r.links[l].next {
		if e := r.links[l].entity; r.cast.Entities[e].Kind.Body() {
			if found >= 0 {
				return -1
			}
			found = e
		}
	}
	return found
}

func (r *Reader) person(e int32) bool {
	k := r.cast.Entities[e].Kind
	return k == Person || k == Unknown
}

// first is the head of a list in links, -1 for an empty one.
func (r *Reader) first(by map[uint32]int32, word uint32) int32 {
	if l, ok := by[word]; ok {
		return l
	}
	return -1
}

// list enters e under word. A list holds few: who bears the commonest surname
// of a long text is asked for at every mention of it.
func (r *Reader) list(by map[uint32]int32, word uint32, e int32) {
	n := 0
	l := r.first(by, word)
	for k := l; k >= 0; k = r.links[k].next {
		if r.links[k].entity == e {
			return
		}
		n++
	}
	if n >= 6 {
		// The one entered first gives way.
		k := l
		for r.links[r.links[k].next].next >= 0 {
			k = r.links[k].next
		}
		r.links[k].next = -1
	}
	r.links = append(r.links, link{e, l})
	by[word] = int32(len(r.links) - 1)
}

// found makes the entity of f.
func (r *Reader) found(f *form, kind Kind) int32 {
	if kind != Place && r.peoples(f) {
		kind = Group
	}
	e := int32(len(r.cast.Entities))
	r.cast.Entities = append(r.cast.Entities, Entity{Kind: kind, Gender: f.gender, Named: true, Plural: r.peoples(f), Name: f.name, words: f.words, last: -1, subject: -1, source: -1, roles: -1})
	f.entity = e
	return e
}

// peoples reports whether f is the name of many: "Americans", "Republicans".
func (r *Reader) peoples(f *form) bool {
	t := &r.d.Tokens[f.name.First]
	return f.words == 1 && t.Tag == text.NNPS && r.d.Text[t.End-1] == 's'
}

// join makes f a name of e.
func (r *Reader) join(f *form, e int32) {
	f.entity = e
	x := &r.cast.Entities[e]
	if x.Gender == 0 {
		x.Gender = f.gender
	}
	if f.words > x.words {
		x.words, x.Name = f.words, f.name
	}
	if x.Kind == Unknown {
		x.Kind = f.kind()
	}
}

// compatible reports whether f can name e as to gender.
func (r *Reader) compatible(e int32, f *form) bool {
	g := r.cast.Entities[e].Gender
	return g == 0 || f.gender == 0 || g == f.gender
}

func (r *Reader) has(short uint64) bool {
	_, ok := r.acronyms[short]
	return ok
}
