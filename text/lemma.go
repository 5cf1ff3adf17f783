package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// formClass is how the lemma of a form is found, told by its tag.
type formClass uint8

const (
	auxForm       formClass = iota // verbs in their base form, modals: only clitics change
	pronounForm                    // pronouns, determiners, adverbs: a few forms change
	verbForm                       // inflected verbs
	nounForm                       // plurals
	adjectiveForm                  // comparatives and superlatives
	numTables                      // the classes before it have a table of irregular forms
	lowerForm                      // the form in lower case
	ownForm                        // the form as it is written
)

// formClasses gives the class of every tag.
var formClasses = func() [256]formClass {
	var m [256]formClass
	for i := range m {
		m[i] = lowerForm
	}
	for c, tags := range map[formClass][]Tag{
		auxForm:       {VB, VBP, MD},
		pronounForm:   {PRP, DT, RB, TO},
		verbForm:      {VBD, VBG, VBN, VBZ},
		nounForm:      {NNS},
		adjectiveForm: {JJR, JJS, RBR, RBS},
		ownForm:       {NNP, NNPS},
	} {
		for _, t := range tags {
			m[t] = c
		}
	}
	return m
}()

// maxInflected is the most bytes of a form that has endings to take off: the
// rules look at a word's end only, but a longer one is no word.
const maxInflected = 64

// Lemmatize fills Token.Lemma with the Hash of each token's lemma, which is
// that of AppendLemma for the token's form and Tag.
func (d *Doc) Lemmatize() {
	for i := range d.Tokens {
		tok := &d.Tokens[i]
		c := formClasses[tok.Tag]
		if c == lowerForm {
			tok.Lemma = tok.Lower
			continue
		}
		if c < numTables {
			if l, ok := irregulars[c][tok.Lower]; ok {
				tok.Lemma = l.hash
				continue
			}
			if c <= pronounForm {
				tok.Lemma = tok.Lower
				continue
			}
		}
		d.lemma = AppendLemma(d.lemma[:0], d.Text[tok.Start:tok.End], tok.Tag)
		tok.Lemma = hashBytes(d.lemma)
	}
}

// LemmaOf returns the lemma of token i.
func (d *Doc) LemmaOf(i int32) string {
	return string(AppendLemma(nil, d.Form(i), d.Tokens[i].Tag))
}

// AppendLemma appends to dst the lemma of a form with that tag and returns the
// longer dst. A lemma is in lower case with straight apostrophes, save that a
// proper noun keeps its capitals and its plural. As in Universal
// Dependencies, an object pronoun goes to the subject's ("him": "he"), a
// possessive stays, a comparative or superlative goes to what it compares, a
// clitic to the word that it shortens ("n't": "not"). It does not allocate where dst has room.
func AppendLemma(dst []byte, form string, tag Tag) []byte {
	begin := len(dst)
	c := formClasses[tag]
	dst = appendForm(dst, form, c != ownForm)
	if c >= numTables || len(dst)-begin > maxInflected {
		return dst
	}
	if l, ok := irregulars[c][hashBytes(dst[begin:])]; ok {
		return append(dst[:begin], l.lemma...)
	}
	if c <= pronounForm {
		return dst
	}
	// Of a compound the last part is inflected: "by-products", "co-led".
	if i := bytes.LastIndexByte(dst[begin:], '-'); i >= 0 {
		begin += i + 1
		if l, ok := irregulars[c][hashBytes(dst[begin:])]; ok {
			return append(dst[:begin], l.lemma...)
		}
	}
	switch c {
	case verbForm:
		return verbLemma(dst, begin, tag)
	case nounForm:
		return nounLemma(dst, begin)
	default:
		return adjectiveLemma(dst, begin)
	}
}

// appendForm appends a form with straight apostrophes, in lower case if lower.
func appendForm(dst []byte, form string, lower bool) []byte {
	for i := 0; i < len(form); {
		if b := form[i]; b < utf8.RuneSelf {
			if lower {
				b = lowered[b]
			}
			dst = append(dst, b)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(form[i:])
		switch {
		case r == '‘' || r == '’' || r == 'ʼ':
			r = '\''
		case lower && r != utf8.RuneError:
			r = unicode.ToLower(r)
		}
		dst = utf8.AppendRune(dst, r)
		i += size
	}
	return dst
}

func hashBytes(w []byte) uint32 {
	h := uint32(hashSeed)
	for _, b := range w {
		h = (h ^ uint32(b)) * hashPrime
	}
	return h
}

// verbLemma takes the ending off the verb dst[begin:].
func verbLemma(dst []byte, begin int, tag Tag) []byte {
	w := dst[begin:]
	for _, p := range verbPrefixes {
		if len(w) > len(p)+2 && hasPrefix(w, p) {
			if l, ok := irregulars[verbForm][hashBytes(w[len(p):])]; ok {
				return append(dst[:begin+len(p)], l.lemma...)
			}
		}
	}
	n := len(w)
	cut := func(k int) []byte { return dst[:len(dst)-k] }
	switch {
	case tag == VBZ:
		return withoutS(dst, begin)
	case tag == VBG && n > 4 && hasSuffix(w, "ing"):
		return base(cut(3), begin, false)
	case tag != VBG && n > 3 && hasSuffix(w, "ied"):
		if n == 4 {
			return cut(1)
		}
		return append(cut(3), 'y')
	case tag != VBG && n > 4 && hasSuffix(w, "eed"):
		return cut(1)
	case tag != VBG && n > 3 && hasSuffix(w, "ed"):
		return base(cut(2), begin, true)
	}
	return dst
}

// nounLemma makes the plural dst[begin:] a singular.
func nounLemma(dst []byte, begin int) []byte {
	w := dst[begin:]
	n := len(w)
	switch {
	case n > 4 && hasSuffix(w, "men"):
		dst[len(dst)-2] = 'a'
		return dst
	case n > 6 && hasSuffix(w, "people"):
		return dst
	case n > 8 && hasSuffix(w, "children"):
		return dst[:len(dst)-3]
	case n > 2 && hasSuffix(w, "'s"):
		return dst[:len(dst)-2]
	}
	return withoutS(dst, begin)
}

// withoutS takes the ending -s or -es off dst[begin:].
func withoutS(dst []byte, begin int) []byte {
	w := dst[begin:]
	n := len(w)
	if n < 3 || w[n-1] != 's' || w[n-2] == 's' {
		return dst
	}
	k := 1
	for _, s := range [...]string{"sses", "shes", "ches", "xes", "zzes", "tzes", "oes"} {
		if n > len(s) && hasSuffix(w, s) {
			k = 2
		}
	}
	if n > 4 && hasSuffix(w, "ies") {
		return append(dst[:len(dst)-3], 'y')
	}
	if n <= 5 && hasSuffix(w, "oes") {
		k = 1
	}
	return dst[:len(dst)-k]
}

// adjectiveLemma takes the ending -er or -est off dst[begin:].
func adjectiveLemma(dst []byte, begin int) []byte {
	w := dst[begin:]
	k := 0
	switch {
	case len(w) > 4 && hasSuffix(w, "est"):
		k = 3
	case len(w) > 3 && hasSuffix(w, "er"):
		k = 2
	default:
		return dst
	}
	if i := len(w) - k - 1; i > 1 && w[i] == 'i' {
		dst[begin+i] = 'y'
		return dst[:begin+i+1]
	}
	return base(dst[:len(dst)-k], begin, false)
}

// base gives the stem dst[begin:], which an ending was taken off, what it had
// before the ending: one consonant for two, or an e. ed says that the ending
// was that of a past tense.
func base(dst []byte, begin int, ed bool) []byte {
	w := dst[begin:]
	n := len(w)
	if n < 2 {
		return dst
	}
	if w[n-1] == w[n-2] && !vowel(w[n-1]) {
		if doubled(w) {
			return dst[:len(dst)-1]
		}
		return dst
	}
	if ed && hasSuffix(w, "ing") && n > 4 {
		// Verbs in -ing have no -ed: "hinged" is of "hinge".
		return append(dst, 'e')
	}
	if takesE(w) {
		return append(dst, 'e')
	}
	return dst
}

// doubled reports whether the two consonants that end the stem w are one
// before no ending: "stopp", not "miss".
func doubled(w []byte) bool {
	switch w[len(w)-1] {
	case 's', 'f':
		return false
	case 'z':
		return string(w) == "quizz"
	case 'l':
		if len(w) < 6 {
			return string(w) == "fuell" || string(w) == "duell" || string(w) == "diall"
		}
		for _, s := range [...]string{"spell", "swell", "smell", "foretell", "stall", "recall", "befall", "wall", "ball", "roll", "fill", "will", "rill", "skill", "still", "pull", "poll", "chill", "spill"} {
			if hasSuffix(w, s) {
				return hasSuffix(w, "troll") || hasSuffix(w, "dispell") || hasSuffix(w, "rivall")
			}
		}
		return true
	}
	switch string(w) {
	case "add", "odd", "ebb", "egg", "err", "inn", "purr", "butt", "boycott", "whirr", "burr":
		return false
	}
	return true
}

// takesE reports whether the stem w ends in a silent e before no ending.
func takesE(w []byte) bool {
	var buf [maxStemEnd + 1]byte
	// The longest ending listed decides; ^ stands for the word's beginning.
	k := len(w)
	if k <= maxStemEnd-1 {
		buf[0] = '^'
		copy(buf[1:], w)
		if e, ok := stemEnds[string(buf[:k+1])]; ok {
			return e
		}
	}
	for k = min(k, maxStemEnd); k > 0; k-- {
		if e, ok := stemEnds[string(w[len(w)-k:])]; ok {
			return e
		}
	}
	return false
}

func vowel(b byte) bool {
	switch b {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	}
	return false
}

func hasSuffix(w []byte, s string) bool { return len(w) >= len(s) && string(w[len(w)-len(s):]) == s }

func hasPrefix(w []byte, s string) bool { return len(w) >= len(s) && string(w[:len(s)]) == s }
