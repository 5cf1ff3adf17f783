package entities

import (
	"hearsay/reading/lexicon"
	"hearsay/text"
)

// gather makes entities of the forms: longer names first, then what is short for them.
func (r *Reader) gather() {
	longest := int32(0)
	for i := range r.forms {
		f := &r.forms[i]
		if f.into >= 0 {
			continue
		}
		r.inherent(f)
		if oneGender(f.gender) == 0 {
			f.gender = 0
		}
		longest = max(longest, f.words)
	}
	r.aliases()
	for n := longest; n >= 1; n-- {
		for i := range r.forms {
			if f := &r.forms[i]; f.words != n || f.into >= 0 || f.entity != undecided || f.tag == Unknown && f.count == 0 {
				continue
			}
			if n > 1 {
				r.gatherLong(int32(i))
			} else {
				r.gatherShort(int32(i))
			}
		}
	}
}

// gatherLong finds or makes the entity of a name of several words.
func (r *Reader) gatherLong(i int32) {
	f := &r.forms[i]
	kind := f.kind()
	e := r.partner(f)
	switch {
	case e >= 0:
	case kind == Person || kind == Unknown:
		e = r.samePerson(f)
	case kind == Place:
	default:
		e = r.sameBody(f)
	}
	if e >= 0 {
		r.join(f, e)
	} else {
		e = r.found(f, kind)
	}
	r.enter(f, e)
}

// enter makes e known by the words of its name f, so that what is short for it
// finds it.
func (r *Reader) enter(f *form, e int32) {
	switch kind := r.cast.Entities[e].Kind; kind {
	case Person, Unknown:
		pair := lexicon.Sequence(lexicon.Sequence(0, f.first), f.last)
		if _, taken := r.byPair[pair]; !taken {
			r.byPair[pair] = e
		}
		r.list(r.byLast, f.last, e)
		r.list(r.byFirst, f.first, e)
		r.list(r.byStem, r.stem(f.name.End-1), e)
	case Place:
	default:
		r.list(r.byLast, f.last, e)
		r.list(r.byFirst, f.first, e)
		r.shortened(f, e)
	}
}

// samePerson is who bears another form of the full name f: without the middle
// names, with an initial for the first, or spelt a little differently. -1 for nobody.
func (r *Reader) samePerson(f *form) int32 {
	if e, ok := r.byPair[lexicon.Sequence(lexicon.Sequence(0, f.first), f.last)]; ok && r.compatible(e, f) {
		return e
	}
	found := int32(-1)
	for l := r.first(r.byLast, f.last); l >= 0; l = r.links[l].next {
		e := r.links[l].entity
		x := &r.cast.Entities[e]
		if !r.person(e) || !r.compatible(e, f) || !r.initial(f.name.First, x.Name.First) && !r.ending(f.name, x.Name) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = e
	}
	if found >= 0 {
		return found
	}
	for l := r.first(r.byFirst, f.first); l >= 0; l = r.links[l].next {
		if e := r.links[l].entity; r.person(e) && r.compatible(e, f) && alike(r.d.Form(f.name.End-1), r.d.Form(r.cast.Entities[e].Name.End-1)) {
			return e
		}
	}
	return -1
}

// initial reports whether one of two first names is the initial of the other.
func (r *Reader) initial(a, b int32) bool {
	x, y := r.d.Form(a), r.d.Form(b)
	return x[0] == y[0] && (isInitial(x) || isInitial(y))
}

// isInitial reports whether a form is one letter, or several with a stop after each: "J.", "J.R."
func isInitial(form string) bool {
	return len(form) == 1 || len(form) > 1 && form[1] == '.'
}

// ending reports whether the name a is the end of the name b, or the other way
// round: "Shams Tarn" of "Feryd Shams Tarn".
func (r *Reader) ending(a, b text.Range) bool {
	for a.Len() > 0 && b.Len() > 0 {
		if r.word(a.End-1, false) != r.word(b.End-1, false) {
			return false
		}
		a.End--
		b.End--
	}
	return true
}

// sameBody is the body that bears a longer or shorter form of the name f. -1 for none.
func (r *Reader) sameBody(f *form) int32 {
	if e, ok := r.shorts[r.key(f.name.First, f.name.End)]; ok {
		return e
	}
	if end := r.withoutCompany(f.name); end < f.name.End {
		if e, ok := r.shorts[r.key(f.name.First, end)]; ok {
			return e
		}
	}
	return -1
}

// withoutCompany is where the name ends without "Inc." and the like.
func (r *Reader) withoutCompany(name text.Range) int32 {
	end := name.End
	for end > name.First+1 && incorporated()[r.d.Tokens[end-1].Lower] {
		end--
	}
	return end
}

// shortened enters what a body's name may be shortened to: its initials; its
// end, as "Harbour Council" is of "Tarn Harbour Council"; itself without "Inc.";
// and of three words and more its beginning, when the text has that as a name.
func (r *Reader) shortened(f *form, e int32) {
	r.short(r.key(f.name.First, f.name.End), e)
	end := r.withoutCompany(f.name)
	r.short(r.key(f.name.First, end), e)
	var letters, all [2 * longestName]byte
	n, m := 0, 0
	part := true // a part of a word begins
	for i := f.name.First; i < f.name.End && m < longestName; i++ {
		t := &r.d.Tokens[i]
		if t.Shape&(text.HasUpper|text.HasLower) == 0 {
			continue
		}
		part = true
		form := r.d.Form(i)
		for k := 0; k < len(form) && m < len(all); k++ {
			if part && form[k] != '-' {
				if form[k] >= 'A' && form[k] <= 'Z' {
					letters[n] = form[k] | 0x20
					n++
				}
				all[m] = form[k] | 0x20
				m++
			}
			part = form[k] == '-'
		}
	}
	for cut := int32(1); cut <= 2 && f.name.Len()-int(cut) >= 2; cut++ {
		if r.d.Tokens[f.name.First+cut].Shape&text.FirstUpper == 0 {
			break
		}
		r.short(r.key(f.name.First+cut, f.name.End), e)
	}
	if n >= 2 {
		r.short(initials(string(letters[:n])), e)
	}
	if m > n {
		r.short(initials(string(all[:m])), e)
	}
	// "Red Dawn-K" of "Red Dawn Karst": the last word by its initial.
	if k := f.name.End - 1; k > f.name.First && r.d.Tokens[k].Shape&text.FirstUpper != 0 {
		first := r.key(f.name.First, k)
		r.short(lexicon.Sequence(first, text.Hash(string(r.d.Text[r.d.Tokens[k].Start]|0x20))), e)
	}
}

// short enters e under a key unless another has it.
func (r *Reader) short(key uint64, e int32) {
	if _, taken := r.shorts[key]; !taken {
		r.shorts[key] = e
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
	known := lexicon.Named(f.seq) != 0
	if e := r.partner(f); e >= 0 {
		r.join(f, e)
		r.enter(f, e)
		return
	}
	t := &r.d.Tokens[f.name.First]
	if kind.Body() || kind == Unknown {
		if t.Shape&text.HasLower == 0 && t.End-t.Start >= 2 {
			if e, ok := r.shorts[initials(r.d.Form(f.name.First))]; ok {
				r.join(f, e)
				return
			}
		}
		if e, ok := r.shorts[r.key(f.name.First, f.name.End)]; ok && t.Shape&text.HasHyphen != 0 {
			r.join(f, e)
			return
		}
	}
	if kind == Person || kind == Unknown || !known && f.bodies == 0 && !f.the() && f.located*4 < f.count && (kind.Body() && r.onlyBody(r.byFirst, f.first) < 0 || kind == Place && (f.speaking > 0 || !known && f.located == 0)) {
		switch r.people(f.last, f) {
		case 0:
		case 1:
			r.join(f, r.onlyPerson(r.byLast, f.last, f))
			return
		default:
			f.entity = ambiguous
			return
		}
		if e := r.onlyPerson(r.byFirst, f.first, f); e >= 0 && (kind != Place || f.located == 0) {
			r.join(f, e)
			return
		}
		if e := r.respelt(f); e >= 0 {
			r.join(f, e)
			return
		}
	}
	if !known && kind != Person && kind != Place {
		if e := r.onlyBody(r.byLast, f.last); e >= 0 && f.the() {
			r.join(f, e)
			return
		}
		if e := r.onlyBody(r.byFirst, f.first); e >= 0 && f.located == 0 && !lexicon.Demonym(f.first) && lexicon.Of(f.first) == 0 {
			r.join(f, e)
			return
		}
	}
	if f.gender == 0 && kind == Person {
		f.gender = oneGender(lexicon.Given(f.first))
	}
	e := r.found(f, kind)
	if kind.Body() {
		r.short(r.key(f.name.First, f.name.End), e)
	}
}

// people is how many people can bear the surname, as far as it matters: 0, 1 or 2.
func (r *Reader) people(last uint32, f *form) int {
	n := 0
	for l := r.first(r.byLast, last); l >= 0 && n < 2; l = r.links[l].next {
		if e := r.links[l].entity; r.person(e) && r.compatible(e, f) {
			n++
		}
	}
	return n
}

func (r *Reader) onlyPerson(by map[uint32]int32, word uint32, f *form) int32 {
	found := int32(-1)
	for l := r.first(by, word); l >= 0; l = r.links[l].next {
		if e := r.links[l].entity; r.person(e) && r.compatible(e, f) {
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

// found makes the entity of f, or finds that of the same name when what was
// taken for two things is one after all.
func (r *Reader) found(f *form, kind Kind) int32 {
	k, ok := r.formOf[r.identity(r.unsuffixed(f.name))]
	for ; ok && k >= 0; k = r.forms[k].next {
		if e := r.forms[k].entity; e >= 0 && r.cast.Entities[e].Kind == kind && kind != Unknown {
			r.join(f, e)
			return e
		}
	}
	if kind != Place && r.peoples(f) {
		kind = Group
	}
	e := int32(len(r.cast.Entities))
	r.cast.Entities = append(r.cast.Entities, Entity{Kind: kind, Gender: f.gender, Named: true, Plural: r.peoples(f), Name: f.name, words: f.words, alias: f.alias, last: -1, subject: -1, source: -1, roles: -1})
	f.entity = e
	return e
}

// peoples reports whether f is the name of many: "Americans", "Republicans".
func (r *Reader) peoples(f *form) bool {
	t := &r.d.Tokens[f.name.First]
	return f.tag == Unknown && f.words == 1 && t.Tag == text.NNPS && r.d.Text[t.End-1] == 's'
}

// join makes f a name of e.
func (r *Reader) join(f *form, e int32) {
	f.entity = e
	x := &r.cast.Entities[e]
	if x.Gender == 0 {
		x.Gender = f.gender
	}
	if f.words > x.words && !f.alias || x.alias && !f.alias {
		x.words, x.Name, x.alias = f.words, f.name, false
	}
	if x.Kind == Unknown || x.Kind == Organization && f.kind().Body() {
		x.Kind = f.kind()
	}
}

// compatible reports whether f can name e as to gender.
func (r *Reader) compatible(e int32, f *form) bool {
	g := r.cast.Entities[e].Gender
	return g == 0 || f.gender == 0 || g == f.gender
}
