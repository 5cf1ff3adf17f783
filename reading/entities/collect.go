package entities

import (
	"slices"
	"strings"

	"hearsay/reading/lexicon"
	"hearsay/text"
)

const (
	longestName   = 12 // tokens; a longer run of capitals is no name
	longestPhrase = 10 // tokens before the head of a description

	longestOverlooked = 5 // tokens; a longer run that the names' reader takes for no name is none
)

// inName marks a token of a name in Reader.at before the mentions are in order.
const inName = -2

// collect finds the mentions: the names that are given, pronouns, and
// descriptions of people and bodies. It gives names their form and leaves
// their entity open.
func (r *Reader) collect(named []Named) {
	end := int32(0)
	for _, n := range named {
		if n.First < end || n.Empty() || int(n.End) > len(r.d.Tokens) || r.t.Sentence(n.First) != r.t.Sentence(n.End-1) {
			continue
		}
		end = n.End
		n = r.whole(r.trim(n))
		r.names = append(r.names, n)
		for i := n.First; i < n.End; i++ {
			r.at[i] = inName
		}
	}
	r.joinQuoted()
	r.unheadline()
	r.addKnown()
	next := 0
	for _, sent := range r.d.Sentences {
		headline := r.titleCase(sent)
		for i := sent.First; i < sent.End; {
			for next < len(r.names) && r.names[next].First < i {
				next++
			}
			if next < len(r.names) && r.names[next].First == i {
				i = r.name(sent, r.names[next])
				next++
				continue
			}
			i = r.mention(sent, i, headline)
		}
	}
	r.settle()
	slices.SortStableFunc(r.cast.Mentions, func(a, b Mention) int {
		if a.Head != b.Head {
			return int(a.Head - b.Head)
		}
		return int(a.First - b.First)
	})
	for _, n := range r.names {
		for i := n.First; i < n.End; i++ {
			r.at[i] = -1
		}
	}
	for m := range r.cast.Mentions {
		r.mark(int32(m))
	}
}

// addKnown adds the names that their reader overlooked: those of several words
// that everybody knows as a body's, those of bodies by their last word behind
// "the", and what stands alone in brackets behind a name.
func (r *Reader) addKnown() {
	tokens := r.d.Tokens
	r.more = r.more[:0]
	next := 0
	for _, sent := range r.d.Sentences {
		for i := sent.First; i < sent.End; i++ {
			for next < len(r.names) && r.names[next].End <= i {
				r.more = append(r.more, r.names[next])
				next++
			}
			if tokens[i].Shape&text.HasUpper == 0 {
				continue
			}
			end, kind := r.overlooked(sent, i, next)
			if end <= i {
				continue
			}
			for next < len(r.names) && r.names[next].First < end {
				next++ // a part of it
			}
			for k := i; k < end; k++ {
				r.at[k] = inName
			}
			r.more = append(r.more, Named{text.Range{First: i, End: end}, kind})
			i = end - 1
		}
	}
	r.more = append(r.more, r.names[min(next, len(r.names)):]...)
	r.names, r.more = r.more, r.names
}

// overlooked is the end and the kind of a name that begins at i, of which at
// most parts are among the names from next on; the end is 0 for none.
func (r *Reader) overlooked(sent text.Sentence, i int32, next int) (int32, Kind) {
	tokens := r.d.Tokens
	if next < len(r.names) && r.names[next].First < i {
		return 0, Unknown // in the middle of one
	}
	whole := func(end int32) bool { // no name reaches over it
		for k := next; k < len(r.names) && r.names[k].First < end; k++ {
			if n := &r.names[k]; n.End > end || n.First == i && n.End == end && n.Kind != Unknown {
				return false
			}
		}
		return true
	}
	seq := uint64(0)
	end := int32(0)
	for k := i; k < sent.End && k < i+4; k++ {
		t := &tokens[k]
		if t.Shape&text.FirstUpper == 0 && t.Lower != wordOf && t.Lower != wordFor {
			break
		}
		seq = lexicon.Sequence(seq, t.Lower)
		if c := lexicon.Named(lexicon.Same(seq)); t.Shape&text.FirstUpper != 0 && c&lexicon.Body != 0 && c&lexicon.Place == 0 && (k > i || c&lexicon.Group != 0 && !r.plural(i) && !lexicon.Demonym(t.Lower) && t.Tag.Proper()) && whole(k+1) {
			end = k + 1
		}
	}
	if end > i {
		return end, Organization
	}
	// "Davor Hesk, also known as Feryd al-Tarn"
	if i > sent.First+1 && tokens[i-1].Lower == wordAs && callings()[tokens[i-2].Lemma] && len(r.more) > 0 && i-r.more[len(r.more)-1].End <= farthestAlias {
		if next < len(r.names) && r.names[next].First == i && r.names[next].Kind == Unknown {
			return r.names[next].End, r.more[len(r.more)-1].Kind
		}
		for end = i; end < sent.End && end-i < longestOverlooked && r.at[end] != inName && (tokens[end].Tag.Proper() && tokens[end].Shape&text.FirstUpper != 0 || article(r.d.Form(end)) > 0); end++ {
		}
		if n := &r.more[len(r.more)-1]; end > i && n.First >= sent.First && n.Kind != Unknown {
			return end, n.Kind
		}
		end = 0
	}
	if !tokens[i].Tag.Proper() && article(r.d.Form(i)) == 0 || r.at[i] == inName {
		return 0, Unknown
	}
	// "Anka Rovic (Lark)"
	if i > sent.First+1 && i+1 < sent.End && tokens[i-1].Tag == text.LeftB && tokens[i+1].Tag == text.RightB && r.at[i-2] == inName && tokens[i].End-tokens[i].Start > 2 && tokens[i].Shape&(text.HasDigit|text.HasUpper) == text.HasUpper && len(r.more) > 0 &&
		r.more[len(r.more)-1].Kind != Place && r.more[len(r.more)-1].Kind != Unknown && !party(r.d.Form(i)) && lexicon.Of(tokens[i].Lower) == 0 && !lexicon.Demonym(tokens[i].Lower) {
		return i + 1, r.more[len(r.more)-1].Kind
	}
	// "the Arvel District Court"
	if i == sent.First || tokens[i-1].Lower != wordThe {
		return 0, Unknown
	}
	for end = i; end < sent.End && end-i < longestOverlooked && tokens[end].Tag.Proper() && r.at[end] != inName && tokens[end].Shape&text.HasUpper != 0; end++ {
	}
	if c := lexicon.Of(tokens[end-1].Lower); end-i >= 2 && c&lexicon.Company != 0 && c&lexicon.Person == 0 && (end == sent.End || r.at[end] != inName && !tokens[end].Tag.Noun()) && !r.titleCase(sent) {
		return end, Organization
	}
	return 0, Unknown
}

// unheadline takes from a person's name in a headline the words before it that
// only capitals make part of it, when the text has the surname elsewhere:
// "Exploits" in "Exploits Hesk".
func (r *Reader) unheadline() {
	clear(r.surnames)
	for pass := range 2 {
		for k := range r.names {
			n := &r.names[k]
			last := r.d.Tokens[n.End-1].Lower
			if n.Kind != Person {
				continue
			}
			if pass == 0 {
				r.surnames[last]++
				continue
			}
			if n.Len() < 2 || r.surnames[last] < 2 || lexicon.Given(r.d.Tokens[n.First].Lower) != 0 || isInitial(r.d.Form(n.First)) ||
				!r.titleCase(r.d.Sentences[r.t.Sentence(n.First)]) {
				continue
			}
			if t := &r.d.Tokens[n.First]; t.Tag.Verb() || t.Tag == text.NNS || t.Tag == text.NNPS || lexicon.Of(t.Lower) != 0 {
				n.First = n.End - 1
			}
		}
	}
}

// trim is a name without what its reader may leave at its ends: marks, "the",
// "Mr." and other titles. What is taken for none of people, bodies and places
// although everybody knows it as a body is one.
func (r *Reader) trim(n Named) Named {
	tokens := r.d.Tokens
	for n.Len() > 1 && tokens[n.First].Shape&(text.HasLower|text.HasUpper|text.HasDigit) == 0 {
		n.First++
	}
	for n.Len() > 1 && (tokens[n.End-1].Tag == text.POS || tokens[n.End-1].Tag == text.OpenQ || tokens[n.End-1].Tag == text.CloseQ) {
		n.End--
	}
	if lexicon.Named(r.sequence(n.First, n.End))&lexicon.Group != 0 && !r.plural(n.End-1) && !lexicon.Demonym(tokens[n.First].Lower) {
		n.Kind = Organization
	}
	switch n.Kind {
	case Person:
		if t := &tokens[n.First]; n.Len() > 1 && !t.Tag.Noun() && t.Tag != text.JJ && n.First == r.d.Sentences[r.t.Sentence(n.First)].First && lexicon.Given(t.Lower) == 0 && t.Shape&text.HasLower != 0 && tokens[n.First+1].Shape&text.FirstUpper != 0 {
			n.First++ // "Notice Hesk smiling"
		}
		for n.Len() > 1 && lexicon.Of(tokens[n.First].Lower)&lexicon.Title != 0 && lexicon.Given(tokens[n.First].Lower) == 0 {
			n.First++
		}
	case Organization:
		if n.Len() > 1 && tokens[n.First].Lower == wordThe && lexicon.Named(r.sequence(n.First, n.End)) == 0 {
			n.First++
		}
	case Unknown:
		if c := lexicon.Named(r.sequence(n.First, n.End)); c&lexicon.Body != 0 && c&lexicon.Place == 0 && !r.plural(n.End-1) && !lexicon.Demonym(tokens[n.First].Lower) {
			n.Kind = Organization
		}
	}
	return n
}

// plural reports whether token i is written as the name of many: "Iraqis".
func (r *Reader) plural(i int32) bool {
	t := &r.d.Tokens[i]
	return t.Shape&text.HasLower != 0 && r.d.Text[t.End-1] == 's'
}

// whole is the name n with the word before it when that is written as a part
// of it, though none that names begin with: "Clear" in "the association, Clear Tarn".
func (r *Reader) whole(n Named) Named {
	i := n.First - 1
	if n.Kind == Unknown || i < 1 || r.t.Sentence(i-1) != r.t.Sentence(n.First) || r.at[i] == inName {
		return n
	}
	t, before := &r.d.Tokens[i], &r.d.Tokens[i-1]
	if t.Shape&(text.FirstUpper|text.HasLower) == text.FirstUpper|text.HasLower && !t.Tag.Proper() && (t.Tag == text.JJ || t.Tag == text.NN || t.Tag.Verb()) &&
		(before.Shape&text.HasLower != 0 && before.Shape&text.HasUpper == 0 || before.Tag == text.Comma) && !lexicon.Demonym(t.Lower) &&
		lexicon.Of(t.Lower)&(lexicon.Title|lexicon.Person|lexicon.Time) == 0 {
		n.First = i
	}
	return n
}

// mention finds the pronoun or description at token i, which is in no name,
// and returns the token to go on from.
func (r *Reader) mention(sent text.Sentence, i int32, headline bool) int32 {
	t := &r.d.Tokens[i]
	switch {
	case t.Tag == text.PRP || t.Tag == text.PRPS:
		r.pronoun(i)
	case headline && r.from[i] < 0:
		// Its capitals say nothing, and it seldom describes whom it does not name.
	case t.Tag == text.NN || t.Tag == text.NNS:
		r.description(sent, i)
	case t.Tag.Proper() && t.Shape&text.HasUpper != 0:
		return r.proper(sent, i, headline)
	case r.from[i] >= 0 && (t.Tag == text.JJ || t.Tag == text.JJS || t.Tag == text.JJR || t.Tag == text.CD || t.Tag == text.DT):
		r.describe(sent, i)
	}
	return i + 1
}

// proper takes in what a run of proper nouns from i on, none of them in a
// name, describes: "the Prime Minister", "the Senate". A run that speaks is
// taken for a name that was overlooked.
func (r *Reader) proper(sent text.Sentence, i int32, headline bool) int32 {
	tokens := r.d.Tokens
	end, from := i, false
	for end < sent.End && tokens[end].Tag.Proper() && r.at[end] != inName && !r.isTime(end) && end-i < longestName {
		from = from || r.from[end] >= 0
		end++
	}
	if end == i {
		return i + 1
	}
	if end < sent.End && (r.at[end] == inName || tokens[end].Tag.Noun() && tokens[end-1].Head == end) && !from {
		return end // a title, or a modifier
	}
	c := lexicon.Of(tokens[end-1].Lower)
	switch {
	case end < sent.End && r.at[end] == inName:
	case end-i > 1 && end-i < 5 && honorific(tokens[i].Lower) && abbreviated(r.d.Form(i)):
		r.name(sent, Named{Range: text.Range{First: i + 1, End: end}, Kind: Person}) // "Mr. King"
	case c&(lexicon.Person|lexicon.Body) != 0 && (end-i == 1 || c&lexicon.Person != 0) && lexicon.Of(tokens[end-1].Lower)&lexicon.Newsprint == 0:
		r.describe(sent, end-1)
	case from && !headline && end-i <= longestOverlooked && !r.compound(end-1) && !party(r.d.Form(end-1)):
		r.name(sent, Named{Range: text.Range{First: i, End: end}, Kind: Unknown})
	}
	return end
}

func abbreviated(form string) bool { return form[len(form)-1] == '.' }

// name takes in a name and returns the token to go on from.
func (r *Reader) name(sent text.Sentence, n Named) int32 {
	tokens := r.d.Tokens
	m := Mention{Range: n.Range, Form: Name, Head: n.First}
	for k := n.First; k < n.End; k++ {
		if h := tokens[k].Head; h < n.First || h >= n.End {
			m.Head = k
			break
		}
	}
	m.np = n.First
	if n.Kind != Unknown {
		m.np = r.phraseStart(sent, n.First)
	}
	for k := m.np; k < n.First; k++ {
		m.gender |= gender(lexicon.Of(tokens[k].Lower))
	}
	m.form = r.formFor(n)
	next := n.End
	// "the Islamic State group": the noun behind it means the same.
	if k := r.genericAfter(sent, n.First, n.End); k >= 0 {
		m.Head = k
		next = k + 1
	}
	r.evidence(sent, &m)
	r.add(m)
	return next
}

// joinQuoted makes one name of two that only a quotation mark parts, where the
// whole is widely known: “ISIS” Khorasan.
func (r *Reader) joinQuoted() {
	kept := r.names[:0]
	for _, n := range r.names {
		if len(kept) > 0 {
			a := &kept[len(kept)-1]
			if n.First == a.End+1 && a.First > 0 && r.d.Tokens[a.End].Tag == text.CloseQ && r.d.Tokens[a.First-1].Tag == text.OpenQ &&
				lexicon.Named(r.sequence(a.First, n.End)) != 0 {
				r.at[a.End] = inName
				a.End = n.End
				continue
			}
		}
		kept = append(kept, n)
	}
	r.names = kept
}

// mark enters mention m at its tokens: every token of a name, the head of a description.
func (r *Reader) mark(m int32) {
	x := &r.cast.Mentions[m]
	if x.Form == Name {
		for i := x.First; i < x.End; i++ {
			if r.at[i] < 0 {
				r.at[i] = m
			}
		}
	}
	if r.at[x.Head] < 0 || x.Form != Name {
		r.at[x.Head] = m
	}
}

// titleCase reports whether a sentence is written as a headline, with capitals
// that say nothing of names.
func (r *Reader) titleCase(s text.Sentence) bool {
	words, upper := 0, 0
	for i := s.First; i < s.End && i < s.First+60; i++ {
		t := &r.d.Tokens[i]
		if t.Shape&text.FirstUpper == 0 && (t.Tag == text.VBD || t.Tag == text.VBZ || t.Tag == text.VBP || t.Tag == text.MD) {
			return false // a headline writes its verb with a capital
		}
		if t.Shape&(text.HasLower|text.HasUpper) == 0 || t.End-t.Start < 4 && t.Shape&text.FirstUpper == 0 {
			continue
		}
		words++
		if t.Shape&text.FirstUpper != 0 {
			upper++
		}
	}
	return words >= 5 && upper*5 >= words*4
}

func (r *Reader) pronoun(i int32) {
	p, ok := pronouns[r.d.Tokens[i].Lower]
	if !ok {
		return
	}
	m := Mention{Range: text.Range{First: i, End: i + 1}, Form: Pronoun, Head: i, np: i, form: -1, gender: p.gender}
	if p.number == many {
		m.flags |= plural
	}
	r.add(m)
}

// add completes m and takes it in.
func (r *Reader) add(m Mention) {
	t := &r.d.Tokens[m.Head]
	m.Entity, m.sentence, m.said = -1, r.t.Sentence(m.Head), -1
	// The head that the source's own tree gives may be any token of a name.
	for i := m.np; i < max(m.End, m.Head+1); i++ {
		if k := r.from[i]; k >= 0 && (i == m.Head || m.Form == Name && (i >= m.First || r.d.Tokens[i].Tag.Proper())) {
			m.said = k
		}
	}
	switch t.Rel {
	case text.Nsubj, text.NsubjPass, text.Csubj:
		m.flags |= subject
	case text.NmodPoss:
		m.flags |= possessive
	}
	if t.Quote > 0 {
		m.flags |= quoted
	}
	r.cast.Mentions = append(r.cast.Mentions, m)
}

// compound reports whether token i is a name made an adjective: "York-based".
func (r *Reader) compound(i int32) bool {
	if r.d.Tokens[i].Shape&text.HasHyphen == 0 {
		return false
	}
	form := r.d.Form(i)
	k := strings.LastIndexByte(form, '-')
	return k >= 0 && joins()[text.Hash(form[k+1:])]
}

// party reports whether a form is what stands in brackets behind the name of a
// member of the US Congress: "R-Iowa".
func party(form string) bool {
	return len(form) > 3 && (form[0] == 'R' || form[0] == 'D' || form[0] == 'I') && form[1] == '-' && form[2] >= 'A' && form[2] <= 'Z'
}

// isTime reports whether token i is a day or month rather than a name.
func (r *Reader) isTime(i int32) bool {
	t := &r.d.Tokens[i]
	return lexicon.Of(t.Lower)&lexicon.Time != 0 && lexicon.Given(t.Lower) == 0
}

// phraseStart walks left from a name or noun over what belongs to its phrase:
// adjectives, nouns, a determiner or possessor.
func (r *Reader) phraseStart(sent text.Sentence, i int32) int32 {
	tokens := r.d.Tokens
	k := i
	for k > sent.First && i-k < longestPhrase {
		t := &tokens[k-1]
		switch {
		case k == i && r.at[k-1] == inName && r.at[i] == inName:
			return k // "in Tormark Hesk said"
		case t.Tag == text.DT || t.Tag == text.PRPS || t.Tag == text.PDT:
			return k - 1
		case t.Tag == text.POS:
			// The possessor too: a name, or a noun with its own determiner.
			k--
			for k > sent.First && i-k < longestPhrase && (tokens[k-1].Tag.Noun() || tokens[k-1].Tag == text.DT || tokens[k-1].Tag == text.PRPS || tokens[k-1].Tag == text.JJ) {
				k--
				if tokens[k].Tag == text.DT || tokens[k].Tag == text.PRPS {
					break
				}
			}
			return k
		case t.Tag.Noun() && !r.isTime(k-1), t.Tag == text.JJ, t.Tag == text.JJS, t.Tag == text.JJR, t.Tag == text.CD, t.Tag == text.Hyph,
			(t.Tag == text.VBN || t.Tag == text.VBG) && k < i && k-2 >= sent.First && (tokens[k-2].Tag == text.DT || tokens[k-2].Tag == text.JJ || tokens[k-2].Tag == text.PRPS):
			// A noun that the tree hangs elsewhere ends the phrase: "told reporters Smith".
			if t.Tag.Noun() && t.Head >= 0 && (t.Rel == text.Nsubj || t.Rel == text.Obj || t.Rel == text.Iobj || t.Rel == text.Obl || t.Rel == text.NmodTmod || t.Rel == text.NsubjPass) {
				if !r.titleBefore(k-1, i) {
					return k
				}
			}
			k--
		case (t.Lower == wordOf || t.Lower == wordFor) && k-2 >= sent.First && k < i && r.isTitle(k-2):
			// "former Secretary of State Hillary Clinton"
			k--
		default:
			return k
		}
	}
	return k
}

// titleBefore reports whether the noun at k is a role directly before i, which
// a tree may make the head: "spokesman Peskov".
func (r *Reader) titleBefore(k, i int32) bool {
	tokens := r.d.Tokens
	return k == i-1 && r.isTitle(k) && (tokens[i].Head == k || tokens[k].Head == i || int(i)+1 < len(tokens) && (tokens[i+1].Head == k || tokens[k].Head == i+1))
}

func (r *Reader) isTitle(k int32) bool {
	return lexicon.Of(r.lemma(k))&(lexicon.Title|lexicon.Person) != 0
}

// lemma is the hash by which a noun is looked up.
func (r *Reader) lemma(i int32) uint32 {
	// A name keeps its capitals in the lemma.
	if t := &r.d.Tokens[i]; t.Lemma != 0 && !t.Tag.Proper() {
		return t.Lemma
	}
	return r.d.Tokens[i].Lower
}

// genericAfter is the token of a general noun that names the body again after
// its name, with at most two modifiers between: "the Islamic State terrorist
// group". -1 for none.
func (r *Reader) genericAfter(sent text.Sentence, i, end int32) int32 {
	tokens := r.d.Tokens
	if lexicon.Named(r.sequence(i, end))&lexicon.Place != 0 || lexicon.Demonym(tokens[end-1].Lower) {
		return -1
	}
	for k := end; k < sent.End && k < end+3; k++ {
		t := &tokens[k]
		if t.Tag == text.NN && renames(t.Lower) && (k+1 == sent.End || !tokens[k+1].Tag.Noun()) {
			// Only when the name hangs from the noun.
			if h := tokens[end-1].Head; h == k || tokens[i].Head == k || h >= i && h < end && tokens[h].Head == k {
				return k
			}
			return -1
		}
		if t.Tag != text.NN && t.Tag != text.JJ {
			return -1
		}
	}
	return -1
}

// description takes in the noun at i when it is the head of a phrase that
// means a person or a body, or is a source.
func (r *Reader) description(sent text.Sentence, i int32) {
	t := &r.d.Tokens[i]
	c := lexicon.Of(r.lemma(i))
	if r.from[i] < 0 {
		if c&(lexicon.Person|lexicon.Body) == 0 {
			return
		}
		if i+1 < sent.End && r.d.Tokens[i+1].Tag.Noun() && t.Head > i && t.Head < i+4 {
			return // a modifier: "police officer"
		}
		if t.Rel == text.Compound || t.Rel == text.Flat {
			return
		}
	}
	r.describe(sent, i)
}

// describe takes in the description whose head is i.
func (r *Reader) describe(sent text.Sentence, i int32) {
	tokens := r.d.Tokens
	m := Mention{Form: Description, Head: i, form: -1}
	m.np = r.phraseStart(sent, i)
	m.First, m.End = m.np, i+1
	t := &tokens[i]
	c := lexicon.Of(r.lemma(i))
	if (t.Tag == text.NNS || t.Tag == text.NNPS) && (t.Lemma != t.Lower || c&lexicon.Government == 0) || t.Tag == text.CD && t.Lower != wordOne || c&lexicon.Quantifier != 0 && t.Lemma == t.Lower && t.Tag != text.NN {
		m.flags |= plural
	}
	m.gender = gender(c)
	for k := m.np; k < i; k++ {
		switch tokens[k].Tag {
		case text.DT:
			switch tokens[k].Lower {
			case wordThe, wordThis, wordThat, wordThese, wordThose:
				if k == m.np {
					m.flags |= definite
				}
			default:
				m.flags |= indefinite
			}
		case text.PRPS, text.POS:
			m.flags |= owned
		case text.NNP, text.NNPS:
			m.flags |= identified
		case text.CD:
			if k == m.np {
				m.flags |= indefinite
			}
		default:
			if lexicon.Demonym(tokens[k].Lower) {
				m.flags |= identified
			}
		}
	}
	if m.np == i && t.Tag == text.NNP {
		m.flags |= definite // "Prime Minister" on its own
	}
	// What follows says whose: "the leader of the party", "a spokesman for the ministry".
	for k := r.t.Child(i); k >= 0; k = r.t.Next(k) {
		if k > i && (tokens[k].Rel == text.Nmod || tokens[k].Rel == text.ACLRelcl || tokens[k].Rel == text.ACL) && k < i+8 {
			m.flags |= owned
		}
	}
	r.add(m)
}

// sequence is the hash of the name [i, end) as the lexicon has it. Marks in it
// do not count.
func (r *Reader) sequence(i, end int32) uint64 {
	h := uint64(0)
	for ; i < end; i++ {
		if t := &r.d.Tokens[i]; t.Shape != text.HasPunct {
			h = lexicon.Sequence(h, t.Lower)
		}
	}
	return lexicon.Same(h)
}

func gender(c lexicon.Class) lexicon.Class { return c & (lexicon.Female | lexicon.Male) }
