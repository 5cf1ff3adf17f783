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
)

// collect finds the mentions: names, pronouns, and descriptions of people and
// bodies. It gives names their form and leaves their entity open.
func (r *Reader) collect() {
	for s, sent := range r.d.Sentences {
		if r.titleCase(sent) {
			r.titles = append(r.titles, int32(s))
			r.pronouns(sent)
			continue
		}
		for i := sent.First; i < sent.End; {
			i = r.mention(sent, i)
		}
	}
	for i := range r.forms {
		r.lasts[r.forms[i].last]++
	}
	for _, s := range r.titles {
		r.knownNames(r.d.Sentences[s])
	}
	for _, i := range r.doubtful {
		if r.lasts[r.d.Tokens[i].Lower] > 0 {
			m := Mention{Range: text.Range{First: i, End: i + 1}, Form: Name, head: i, np: i}
			m.form = r.formFor(m.Range)
			r.add(m)
		}
	}
	slices.SortStableFunc(r.cast.Mentions, func(a, b Mention) int {
		if a.head != b.head {
			return int(a.head - b.head)
		}
		return int(a.First - b.First)
	})
	for m := range r.cast.Mentions {
		r.mark(int32(m))
	}
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
	if r.at[x.head] < 0 || x.Form != Name {
		r.at[x.head] = m
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

// mention finds the mention that begins at token i, if one does, and returns
// the token to go on from.
func (r *Reader) mention(sent text.Sentence, i int32) int32 {
	t := &r.d.Tokens[i]
	switch {
	case t.Tag == text.PRP || t.Tag == text.PRPS:
		r.pronoun(i)
		return i + 1
	case t.Shape&text.FirstUpper != 0 && r.wellKnown(sent, i) > i+1:
		return r.name(sent, i, r.wellKnown(sent, i))
	case r.nameToken(i):
		if end := r.runEnd(sent, i); end > i {
			return r.name(sent, i, end)
		}
		return i + 1
	case i == sent.First && t.Shape&(text.FirstUpper|text.HasLower) == text.FirstUpper|text.HasLower && t.End-t.Start > 2 &&
		(t.Tag == text.JJ || t.Tag == text.NN || t.Tag == text.NNS || t.Tag.Verb()) && lexicon.Of(r.lemma(i)) == 0 && !lexicon.Demonym(t.Lower):
		// A surname that the tagger does not know may begin the sentence.
		r.doubtful = append(r.doubtful, i)
	case t.Tag == text.NN || t.Tag == text.NNS:
		r.description(sent, i)
	case r.from[i] >= 0 && (t.Tag.Noun() || t.Tag == text.JJ || t.Tag == text.JJS || t.Tag == text.JJR || t.Tag == text.CD || t.Tag == text.DT):
		r.describe(sent, i)
	}
	return i + 1
}

// wellKnown is the end of a name of several words that begins at i and is
// known to everybody, whatever its tags; i when there is none.
func (r *Reader) wellKnown(sent text.Sentence, i int32) int32 {
	tokens := r.d.Tokens
	seq := lexicon.Sequence(0, tokens[i].Lower)
	end := i
	for k := i + 1; k < sent.End && k < i+4; k++ {
		if tokens[k].Shape&text.FirstUpper == 0 && tokens[k].Lower != wordOf && tokens[k].Lower != wordFor {
			break
		}
		seq = lexicon.Sequence(seq, tokens[k].Lower)
		if tokens[k].Shape&text.FirstUpper != 0 && lexicon.Named(lexicon.Same(seq)) != 0 {
			end = k + 1
		}
	}
	if end > i && end < sent.End && tokens[end].Tag.Proper() && !r.isTime(end) {
		return i // a longer name
	}
	return end
}

func (r *Reader) pronouns(sent text.Sentence) {
	for i := sent.First; i < sent.End; i++ {
		if t := &r.d.Tokens[i]; t.Tag == text.PRP || t.Tag == text.PRPS {
			r.pronoun(i)
		}
	}
}

func (r *Reader) pronoun(i int32) {
	p, ok := pronouns[r.d.Tokens[i].Lower]
	if !ok {
		return
	}
	m := Mention{Range: text.Range{First: i, End: i + 1}, Form: Pronoun, head: i, np: i, form: -1, gender: p.gender}
	if p.number == many {
		m.flags |= plural
	}
	r.add(m)
}

// add completes m and takes it in.
func (r *Reader) add(m Mention) {
	t := &r.d.Tokens[m.head]
	m.Entity, m.sentence, m.said = -1, r.t.Sentence(m.head), -1
	// The head that the source's own tree gives may be any token of a name.
	for i := m.np; i < m.End; i++ {
		if k := r.from[i]; k >= 0 && (i == m.head || m.Form == Name && (i >= m.First || r.d.Tokens[i].Tag.Proper())) {
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

// nameToken reports whether a name may begin with token i.
func (r *Reader) nameToken(i int32) bool {
	t := &r.d.Tokens[i]
	if t.Shape&text.HasUpper == 0 || r.isTime(i) || r.compound(i) {
		return false
	}
	return t.Tag.Proper() && !party(r.d.Form(i)) || r.capital(i) || r.leads(i) ||
		t.Shape&text.FirstUpper != 0 && t.Tag != text.PRP && t.Tag != text.PRPS && t.Tag != text.DT && t.Tag != text.IN &&
			lexicon.Given(t.Lower) != 0 && i+1 < int32(len(r.d.Tokens)) && r.d.Tokens[i+1].Tag.Proper()
}

// capital reports whether token i is written as a name although it is not
// tagged as one: all in capitals, or behind "the" inside a sentence.
func (r *Reader) capital(i int32) bool {
	t := &r.d.Tokens[i]
	if !t.Tag.Noun() || t.End-t.Start < 3 {
		return false
	}
	return t.Shape&text.HasLower == 0 && r.from[i] >= 0 ||
		t.Shape&text.FirstUpper != 0 && i > 0 && r.d.Tokens[i-1].Lower == wordThe && r.d.Tokens[i-1].Shape&text.HasUpper == 0
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

// leads reports whether token i, no proper noun by its tag, is written as the
// first word of a name inside a sentence: "Clear" in "the association Clear Tarn".
func (r *Reader) leads(i int32) bool {
	tokens := r.d.Tokens
	t := &tokens[i]
	if i == 0 || int(i)+1 >= len(tokens) || t.Shape&text.FirstUpper == 0 || t.Shape&text.HasLower == 0 || tokens[i-1].Shape&(text.HasLower|text.HasUpper) == 0 && tokens[i-1].Tag != text.Comma {
		return false
	}
	next := &tokens[i+1]
	return (t.Tag == text.JJ || t.Tag.Noun() || t.Tag.Verb()) && next.Tag.Proper() && next.Shape&text.FirstUpper != 0 &&
		!lexicon.Demonym(t.Lower) && lexicon.Of(t.Lower)&(lexicon.Title|lexicon.Person|lexicon.Time) == 0 && r.t.Sentence(i) == r.t.Sentence(i-1)
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

// runEnd is the end of the run of name tokens that begins at i.
func (r *Reader) runEnd(sent text.Sentence, i int32) int32 {
	tokens := r.d.Tokens
	j := i + 1
	for j < sent.End && j-i < longestName {
		t := &tokens[j]
		if t.Tag.Proper() && t.Shape&(text.HasUpper|text.HasDigit) != 0 && !r.compound(j) {
			if r.isTime(j) && lexicon.Given(tokens[j-1].Lower) == 0 {
				break
			}
			j++
			continue
		}
		next := j+1 < sent.End && tokens[j+1].Tag.Proper() && tokens[j+1].Shape&text.HasUpper != 0 && !r.isTime(j+1)
		if next && t.Shape&text.FirstUpper != 0 && (t.Tag.Noun() || t.Tag == text.JJ || t.Tag == text.VBG || t.Tag == text.VBN) {
			j++
			continue
		}
		before := lexicon.Of(tokens[j-1].Lower)
		switch t.Lower {
		case wordOf, wordFor, wordOn:
			k := j + 1
			if k < sent.End && tokens[k].Lower == wordThe {
				k++
			}
			if k < sent.End && tokens[k].Tag.Proper() && tokens[k].Shape&text.HasUpper != 0 && !r.isTime(k) &&
				before&(lexicon.Government|lexicon.Organization|lexicon.Company) != 0 && before&lexicon.Person == 0 {
				j = k + 1
				continue
			}
		case wordAnd:
			if next && j-i >= 2 && r.holds(i, j, wordOf, wordFor) {
				j += 2
				continue
			}
		case wordAmp:
			if next {
				j += 2
				continue
			}
		}
		if particle(t.Lower) {
			k := j + 1
			if k < sent.End && !tokens[k].Tag.Proper() && particle(tokens[k].Lower) {
				k++
			}
			if k < sent.End && tokens[k].Tag.Proper() && tokens[k].Shape&text.HasUpper != 0 {
				j = k + 1
				continue
			}
		}
		// "Harbour Workers' Union"
		if t.Tag == text.POS && tokens[j-1].Tag == text.NNPS && next && lexicon.Of(tokens[j+1].Lower)&lexicon.Company != 0 {
			j += 2
			continue
		}
		break
	}
	if j-i >= longestName && j < sent.End && tokens[j].Tag.Proper() {
		// A line in capitals, not a name: skip it whole.
		return i
	}
	return j
}

func (r *Reader) holds(i, j int32, words ...uint32) bool {
	for ; i < j; i++ {
		if slices.Contains(words, r.d.Tokens[i].Lower) {
			return true
		}
	}
	return false
}

// name takes in the run [i, end) of name tokens: titles, a name, or both. It
// returns the token to go on from.
func (r *Reader) name(sent text.Sentence, i, end int32) int32 {
	tokens := r.d.Tokens
	titled := false
	if known := lexicon.Named(r.sequence(i, end)); known == 0 {
		if k := r.lastTitle(i, end); k >= 0 {
			switch {
			case k == end-1:
				// "the Foreign Minister": a description with capitals.
				r.describe(sent, k)
				return end
			default:
				if k > i {
					r.inTitle(sent, i, k)
				}
				i, titled = k+1, true
			}
		}
		for i < end-1 && lexicon.Demonym(tokens[i].Lower) && lexicon.Of(tokens[end-1].Lower)&(lexicon.Company|lexicon.Government|lexicon.Organization) == 0 {
			i++
		}
	}
	if !titled && end-i == 1 && lexicon.Demonym(tokens[i].Lower) && lexicon.Named(r.sequence(i, end)) == 0 && tokens[i].Shape&text.HasLower != 0 && tokens[i].Tag == text.NNP {
		return end // "Russian" before a noun
	}
	if c := lexicon.Of(tokens[i].Lower); !titled && end-i == 1 && (i == sent.First && c&(lexicon.Body|lexicon.Person) != 0 && c&lexicon.Newsprint == 0 || c&(lexicon.Document|lexicon.Quantifier|lexicon.Audience) != 0 ||
		c&lexicon.Generic != 0 && (i == sent.First || tokens[i-1].Lower != wordThe)) && c&lexicon.Newsprint == 0 && lexicon.Named(r.sequence(i, end)) == 0 && lexicon.Given(tokens[i].Lower) == 0 {
		if r.from[i] >= 0 {
			r.describe(sent, i)
		}
		return end
	}
	if !titled && end-i == 1 && lexicon.Of(tokens[i].Lower)&lexicon.Title != 0 && lexicon.Named(r.sequence(i, end)) == 0 {
		if lexicon.Of(tokens[i].Lower)&lexicon.Person != 0 {
			r.describe(sent, i)
		}
		return end
	}
	head := i
	for k := i; k < end; k++ {
		if h := tokens[k].Head; h < i || h >= end {
			head = k
			break
		}
	}
	m := Mention{Range: text.Range{First: i, End: end}, Form: Name, head: head}
	m.np = r.phraseStart(sent, i)
	for k := m.np; k < i; k++ {
		m.gender |= gender(lexicon.Of(tokens[k].Lower))
	}
	// "the Islamic State group": the noun that follows belongs to the name.
	if k := r.genericAfter(sent, i, end); k >= 0 {
		m.End = k + 1
		m.head = k
	}
	m.form = r.formFor(text.Range{First: i, End: end})
	r.evidence(sent, &m, i, end)
	r.add(m)
	return m.End
}

// inTitle takes in a body that stands in a title: "White House" before "Press Secretary".
func (r *Reader) inTitle(sent text.Sentence, i, k int32) {
	for n := min(k-i, 4); n >= 1; n-- {
		end := i + n
		known := lexicon.Named(r.sequence(i, end))
		if known&(lexicon.Government|lexicon.Organization|lexicon.Media|lexicon.Place) == 0 {
			if n < 2 || lexicon.Of(r.d.Tokens[end-1].Lower)&lexicon.Company == 0 || lexicon.Of(r.d.Tokens[end-1].Lower)&lexicon.Title != 0 {
				continue
			}
		}
		m := Mention{Range: text.Range{First: i, End: end}, Form: Name, head: end - 1, np: i}
		m.form = r.formFor(m.Range)
		r.evidence(sent, &m, i, end)
		m.head = end - 1
		r.add(m)
		return
	}
}

// lastTitle is the last token of [i, end) that is a title, when what follows
// it can be a person's name; -1 for none.
func (r *Reader) lastTitle(i, end int32) int32 {
	tokens := r.d.Tokens
	last := lexicon.Of(tokens[end-1].Lower)
	for k := end - 1; k >= i; k-- {
		c := lexicon.Of(tokens[k].Lower)
		if c&lexicon.Title == 0 {
			continue
		}
		if k == end-1 {
			if k > i && honorific(tokens[k-1].Lower) {
				continue // "Mr. King"
			}
			if c&lexicon.Person != 0 && (k > i || c&lexicon.Company == 0) && !r.ends(i, end) {
				return k
			}
			continue
		}
		if last&lexicon.Company != 0 || last&lexicon.Place != 0 && end-k > 2 {
			return -1
		}
		// "Vice President Joe Biden" is a title and a name, "Prince William
		// County" and "Foreign Affairs" are not.
		if c&lexicon.Person != 0 || end-k <= 4 && (gender(c) != 0 || k+1 < end && abbreviated(r.d.Form(k)) || lexicon.Given(tokens[k+1].Lower) != 0 || k == i && honorific(tokens[k].Lower)) {
			return k
		}
	}
	return -1
}

// ends reports whether the title at the end of [i, end) is rather a surname: "Stephen King".
func (r *Reader) ends(i, end int32) bool {
	return end-i == 2 && lexicon.Given(r.d.Tokens[i].Lower) != 0
}

func abbreviated(form string) bool { return form[len(form)-1] == '.' }

// phraseStart walks left from a name or noun over what belongs to its phrase:
// adjectives, nouns, a determiner or possessor.
func (r *Reader) phraseStart(sent text.Sentence, i int32) int32 {
	tokens := r.d.Tokens
	k := i
	for k > sent.First && i-k < longestPhrase {
		t := &tokens[k-1]
		switch {
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
	h := r.d.Tokens[i].Head
	return k == i-1 && (h == k || r.d.Tokens[k].Head == i) && r.isTitle(k)
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
	m := Mention{Form: Description, head: i, form: -1}
	m.np = r.phraseStart(sent, i)
	m.First, m.End = m.np, i+1
	t := &tokens[i]
	c := lexicon.Of(r.lemma(i))
	if t.Tag == text.NNS || t.Tag == text.NNPS || t.Tag == text.CD && t.Lower != wordOne || c&lexicon.Quantifier != 0 && t.Lemma == t.Lower && t.Tag != text.NN {
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

// knownNames finds in a headline the names that the text has elsewhere, and
// those known to everybody.
func (r *Reader) knownNames(sent text.Sentence) {
	for i := sent.First; i < sent.End; {
		i += r.knownName(sent, i)
	}
}

// knownName takes in the longest known name at i and returns the tokens to step over.
func (r *Reader) knownName(sent text.Sentence, i int32) int32 {
	tokens := r.d.Tokens
	if tokens[i].Shape&text.FirstUpper == 0 {
		return 1
	}
	for n := min(6, sent.End-i); n >= 1; n-- {
		last := &tokens[i+n-1]
		if last.Shape&text.FirstUpper == 0 || n == 1 && !last.Tag.Noun() && !last.Tag.Proper() {
			continue
		}
		seq := r.sequence(i, i+n)
		_, known := r.formOf[seq]
		known = known || n == 1 && r.lasts[tokens[i].Lower] > 0 && lexicon.Of(tokens[i].Lower) == 0
		if !known && lexicon.Named(seq) == 0 && !(n >= 2 && n <= 3 && lexicon.Given(tokens[i].Lower) != 0 && last.Tag.Proper() && lexicon.Of(last.Lower) == 0) {
			continue
		}
		m := Mention{Range: text.Range{First: i, End: i + n}, Form: Name, head: i, np: i}
		for k := i; k < i+n; k++ {
			if h := tokens[k].Head; h < i || h >= i+n {
				m.head = k
				break
			}
		}
		m.form = r.formFor(m.Range)
		r.add(m)
		return n
	}
	if r.from[i] >= 0 && (tokens[i].Tag.Noun() || tokens[i].Tag.Proper()) {
		r.describe(sent, i)
	}
	return 1
}

// sequence is the hash of the name [i, end) as the lexicon has it.
func (r *Reader) sequence(i, end int32) uint64 {
	h := uint64(0)
	for ; i < end; i++ {
		h = lexicon.Sequence(h, r.d.Tokens[i].Lower)
	}
	return lexicon.Same(h)
}

func gender(c lexicon.Class) lexicon.Class { return c & (lexicon.Female | lexicon.Male) }
