package text

import (
	"math"
	"slices"
	"unicode/utf8"
)

// Segment divides d.Text into tokens, sentences and quotations: it fills
// Tokens (Start, End, Lower, Shape and Quote), Sentences and Quotes, and
// forgets what was there before.
//
// Tokens follow the Penn Treebank: they are in order, never overlap, and
// together cover every character that is neither white space nor a control or
// invisible formatting character between words. Bytes that are not UTF-8 are
// taken for letters. Of a text of 2 GiB or more only the part that an int32
// can count is read.
func (d *Doc) Segment() {
	text := d.Text
	if len(text) > math.MaxInt32 {
		text = text[:math.MaxInt32]
	}
	s := scanner{
		text:   text,
		tokens: slices.Grow(d.Tokens[:0], len(text)/6+16),
		marks:  d.marks[:0],
		wrap:   wrapWidth(text),
	}
	s.scan()
	d.Tokens, d.marks = s.tokens, s.marks
	d.pairQuotes()
	d.splitSentences()
}

// A mark is a token that the later passes look at, so that they need not look
// at all of them: where a sentence may end, a line ends or a quotation begins.
type mark struct {
	token int32 // for markLine and markBlank the first token behind the break
	kind  markKind
	abbr  abbr  // of a markAbbr
	glyph glyph // of a markQuote
	role  role  // of a markQuote, decided by pairQuotes
}

type markKind uint8

// ends reports whether a paragraph ends at m.
func (m mark) ends() bool { return m.kind <= markBlank }

const (
	markLine     markKind = iota // a paragraph ends with its line
	markBlank                    // a paragraph ends before a blank line
	markStop                     // . ! ? and runs of them
	markEllipsis                 // … or ...
	markAbbr                     // an abbreviation with its stop
	markQuote                    // a quotation mark, or what may be one
)

type scanner struct {
	text   string
	tokens []Token
	marks  []mark
	line   int // where the current line begins
	wrap   int // width at which lines were wrapped, 0 if they were not
}

func (s *scanner) scan() {
	t := s.text
	for i := 0; i < len(t); {
		c, size := classify(t, i)
		switch c {
		case cSpace, cJoiner:
			i += size
		case cNewline:
			i = s.lineBreak(i)
		case cLetter, cDigit:
			i = s.word(i)
		case cQuote:
			i = s.quote(i, size)
		case cApos:
			i = s.apostrophe(i, size)
		case cStop:
			i = s.stop(i)
		case cEnd:
			j := i + size
			for j < len(t) {
				c, size := classify(t, j)
				if c != cEnd {
					break
				}
				j += size
			}
			s.markNext(markStop)
			i = s.emit(i, j)
		case cEllipsis:
			j := i + size
			for j < len(t) {
				c, size := classify(t, j)
				if c != cEllipsis && c != cStop {
					break
				}
				j += size
			}
			s.markNext(markEllipsis)
			i = s.emit(i, j)
		case cHyphen:
			i = s.hyphen(i, size)
		case cEmoji:
			i = s.emoji(i, size)
		case cDash, cIdeogram:
			i = s.emit(i, i+size)
		default:
			i = s.symbol(i, size)
		}
	}
}

// emit adds the token [a, b) and returns b.
func (s *scanner) emit(a, b int) int {
	h, sh := measure(s.text[a:b])
	return s.add(a, b, h, sh)
}

func (s *scanner) add(a, b int, h uint32, sh Shape) int {
	s.tokens = append(s.tokens, Token{Start: int32(a), End: int32(b), Head: -1, Lower: h, Shape: sh})
	return b
}

// markNext marks the token that is added next.
func (s *scanner) markNext(k markKind) {
	s.marks = append(s.marks, mark{token: int32(len(s.tokens)), kind: k})
}

// word reads a word or number that begins with the letter or digit at i.
func (s *scanner) word(i int) int {
	t := s.text
	h := uint32(hashSeed)
	j := i
	var sh Shape
	for j < len(t) && classes[t[j]] == cLetter {
		h = (h ^ uint32(lowered[t[j]])) * hashPrime
		sh |= shapes[t[j]]
		j++
	}
	if j == i {
		return s.compound(i, j)
	}
	if j < len(t) {
		switch t[j] {
		case ' ', ',', '\n', ';', ')', '"', '?', '!':
		case '.':
			if j+1 < len(t) && !classAt(t, j+1).blank() {
				return s.compound(i, j)
			}
			if j-i < 8 {
				// Short enough for an abbreviation.
				return s.compound(i, j)
			}
		default:
			return s.compound(i, j)
		}
	}
	if shapes[t[i]]&HasUpper != 0 {
		sh |= FirstUpper
	}
	if j-i == 5 || j-i == 6 {
		if n := joined[h]; n != 0 {
			s.emit(i, i+n)
			return s.emit(i+n, j)
		}
	}
	return s.add(i, j, h, sh)
}

// unitAt reports whether a word of number begins at t[i], as in "$45million".
func unitAt(t string, i int) bool {
	for _, w := range [...]string{"million", "billion", "trillion", "percent"} {
		if len(t)-i >= len(w) && t[i:i+len(w)] == w {
			return true
		}
	}
	return false
}

// allNumber reports whether t is a number, short enough to be one.
func allNumber(t string) bool {
	for i := range len(t) {
		if c := t[i]; i > 24 || (c < '0' || c > '9') && c != '.' && c != ',' {
			return false
		}
	}
	return true
}

// joined are words that stand for two, by the hash of their lower-cased form,
// with the length of the first.
var joined = map[uint32]int{
	Hash("cannot"): 3,
	Hash("gonna"):  3, Hash("gotta"): 3, Hash("wanna"): 3, Hash("lemme"): 3, Hash("gimme"): 3,
}

// compound reads a token that begins with the letter or digit at i, of which
// the bytes before j are known to be letters. It takes in whatever joins
// letters and digits to one word: hyphens, apostrophes, the stops of
// abbreviations, the separators of numbers, addresses.
func (s *scanner) compound(i, j int) int {
	t := s.text
	part := i // where the part after the last hyphen or slash begins
	dot := i  // where the part after the last stop, hyphen or slash begins
	last := cLetter
	if j == i {
		last = cSpace
	}
	for j < len(t) {
		c, size := classify(t, j)
		if c.wordy() {
			if last == cDigit && c == cLetter && unitAt(t, j) && allNumber(t[i:j]) {
				break
			}
			j += size
			last = c
			continue
		}
		next := classAt(t, j+size)
		switch c {
		case cJoiner:
			k := j + size
			for k < len(t) {
				c, size := classify(t, k)
				if c != cJoiner {
					break
				}
				k += size
			}
			if classAt(t, k).wordy() {
				j = k
				continue
			}
		case cHyphen:
			if next.wordy() {
				j += size
				part, dot = j, j
				last = cHyphen
				continue
			}
		case cApos:
			if last.wordy() && next == cLetter && t[j] != '`' && (t[j] != 0xE2 || t[j+2] != 0x98 || cliticAt(t, j+size)) {
				j += size
				last = cLetter
				continue
			}
		case cStop:
			switch {
			case next == cStop:
			case next.wordy():
				if k := s.dotted(i, dot, j, last); k > j {
					j, dot = k, k
					last = cStop
					continue
				}
				if j-dot == 1 && last == cLetter {
					// An initial run into the name: "J.Smith".
					return s.finish(i, j+1, abbrLetter)
				}
			default:
				k := trailing(t, i, part, j)
				if k == abbrNone || k != abbrEnd && k != abbrTime && s.endsLine(j+1) {
					break
				}
				if (next == cHyphen || next == cApos || (j+1 < len(t) && t[j+1] == '/')) && classAt(t, j+2).wordy() && k != abbrNumber {
					j++
					last = cLetter
					continue
				}
				return s.finish(i, j+1, k)
			}
		case cSymbol:
			switch t[j] {
			case ',':
				if last == cDigit && next == cDigit {
					j++
					continue
				}
			case ':':
				if last == cDigit && next == cDigit {
					j++
					continue
				}
				if j+3 < len(t) && t[j+1] == '/' && t[j+2] == '/' && j-i <= 12 && !classAt(t, j+3).blank() {
					return s.emit(i, addressEnd(t, j+3))
				}
			case '/':
				if last.wordy() && isDomain(t[i:j]) {
					return s.emit(i, addressEnd(t, j))
				}
				if last.wordy() && next.wordy() {
					j++
					part, dot = j, j
					last = cHyphen
					continue
				}
			case '_':
				k := j + 1
				for k < len(t) && t[k] == '_' {
					k++
				}
				if classAt(t, k).wordy() {
					j = k
					last = cHyphen
					continue
				}
			case '&':
				if upperAt(t, j-1) && upperAt(t, j+1) {
					j++
					last = cHyphen
					continue
				}
			case '@':
				if k := mailEnd(t, j); k > j {
					return s.emit(i, k)
				}
			case '$':
				if j-i <= 3 && next == cDigit && allUpper(t[i:j]) {
					return s.emit(i, j+1)
				}
			}
		}
		break
	}
	return s.finish(i, j, abbrNone)
}

// dotted decides whether the stop at j, with a letter or digit on either side,
// joins them, and returns where to go on if it does.
func (s *scanner) dotted(i, dot, j int, last class) int {
	t := s.text
	if last == cDigit && classes[t[j+1]] == cDigit {
		return j + 1
	}
	// The label after the stop, as far as it matters.
	k := j + 1
	for k < len(t) && k < j+64 && (classes[t[k]] == cLetter || classes[t[k]] == cDigit) {
		k++
	}
	if !upperAt(t, j+1) {
		return j + 1
	}
	switch {
	case k == j+2 && (j-dot == 1 || (j-dot == 2 && t[dot] == 'P' && t[dot+1] == 'h')):
		// U.S., Ph.D.
		return j + 1
	case k < len(t) && t[k] == '@':
		return j + 1
	case topLevel[string(lowerASCII(t[j+1:k]))]:
		return j + 1
	}
	return j
}

// finish adds the word [i, j), its clitics as tokens of their own, and marks
// the last of them if it is an abbreviation.
func (s *scanner) finish(i, j int, a abbr) int {
	s.split(i, j, 3)
	if a != abbrNone {
		s.marks = append(s.marks, mark{token: int32(len(s.tokens) - 1), kind: markAbbr, abbr: a})
	}
	return j
}

// split adds the word [i, j) after cutting off at most n clitics.
func (s *scanner) split(i, j, n int) {
	if n > 0 {
		if p := clitic(s.text[i:j]); p > 0 {
			s.split(i, i+p, n-1)
			s.emit(i+p, j)
			return
		}
	}
	s.emit(i, j)
}

// clitic returns where in the word a clitic begins, 0 if it has none.
func clitic(w string) int {
	for k := len(w) - 1; k > 0 && k >= len(w)-6; k-- {
		size := 0
		switch {
		case w[k] == '\'':
			size = 1
		case w[k] == 0xE2 && k+2 < len(w) && w[k+1] == 0x80 && (w[k+2] == 0x98 || w[k+2] == 0x99):
			size = 3
		case w[k] == 0xCA && k+1 < len(w) && w[k+1] == 0xBC:
			size = 2
		default:
			continue
		}
		tail := w[k+size:]
		switch {
		case len(tail) == 1:
			switch tail[0] | 0x20 {
			case 's', 'm', 'd':
				return k
			case 't':
				if k > 1 && w[k-1]|0x20 == 'n' {
					return k - 1
				}
			}
		case len(tail) == 2:
			switch [2]byte{tail[0] | 0x20, tail[1] | 0x20} {
			case [2]byte{'l', 'l'}, [2]byte{'r', 'e'}, [2]byte{'v', 'e'}:
				return k
			}
		case len(tail) == 3:
			if tail == "all" && k == 1 && w[0]|0x20 == 'y' {
				return k + size
			}
		}
		return 0
	}
	return 0
}

// cliticAt reports whether what stands at t[i] is the rest of a clitic.
func cliticAt(t string, i int) bool {
	k := i
	for k < len(t) && k < i+3 && classes[t[k]] == cLetter {
		k++
	}
	switch string(lowerASCII(t[i:k])) {
	case "s", "t", "d", "m", "ll", "re", "ve":
		return true
	}
	return false
}

// endsLine reports whether at i, but for blanks, a paragraph ends. A word that
// is an abbreviation only before another is none there: "Plan B."
func (s *scanner) endsLine(i int) bool {
	t := s.text
	for i < len(t) && t[i] == ' ' {
		i++
	}
	return i == len(t) || t[i] == '\n' && (s.wrap == 0 || classAt(t, i+1) == cNewline)
}

// trailing returns what kind of abbreviation the stop at t[j] makes of the word
// [i, j), whose part after the last hyphen or slash begins at part.
func trailing(t string, i, part, j int) abbr {
	if j == part {
		return abbrNone
	}
	if k := abbreviation(t, part, j); k != abbrNone && (part == i || (upperAt(t, part) && k == abbrEnd)) {
		return k
	}
	if j-part == 1 {
		if upperAt(t, part) && part == i {
			return abbrLetter
		}
		return abbrNone
	}
	if j-part > 24 || (j-part)%2 == 0 {
		return abbrNone
	}
	for k := part; k < j; k++ {
		if (k-part)%2 == 0 != (classes[t[k]] == cLetter) || ((k-part)%2 == 1 && t[k] != '.') {
			return abbrNone
		}
	}
	return abbrEnd
}

func upperAt(t string, i int) bool { return i >= 0 && i < len(t) && t[i] >= 'A' && t[i] <= 'Z' }

func allUpper(t string) bool {
	for i := range len(t) {
		if !upperAt(t, i) {
			return false
		}
	}
	return true
}

// lowerASCII returns the first bytes of w, at most 16, in lower case, on the
// caller's stack where the compiler can keep it there.
func lowerASCII(w string) []byte {
	var buf [16]byte
	n := copy(buf[:], w)
	for i := range n {
		buf[i] = lowered[buf[i]]
	}
	return buf[:n]
}

// topLevel are the domains that make "Name.Domain" an address even with a capital.
var topLevel = map[string]bool{"com": true, "net": true, "org": true, "gov": true, "edu": true, "tv": true, "info": true}

// shortDomains are the further top-level domains before a path.
var shortDomains = map[string]bool{"mil": true, "int": true, "biz": true, "eu": true, "uk": true, "us": true, "ca": true, "de": true,
	"fr": true, "ru": true, "io": true, "co": true, "me": true, "ly": true, "be": true, "st": true, "fm": true, "gl": true, "gd": true,
	"al": true, "cc": true, "au": true, "in": true, "it": true, "es": true, "nl": true, "ch": true, "at": true, "pl": true, "ua": true, "cn": true, "jp": true}

// isDomain reports whether w is a host name.
func isDomain(w string) bool {
	if len(w) > 253 {
		return false
	}
	dot := -1
	for k := len(w) - 1; k > 0; k-- {
		if w[k] == '.' {
			dot = k
			break
		}
	}
	if dot < 0 || len(w)-dot > 8 {
		return false
	}
	top := lowerASCII(w[dot+1:])
	return topLevel[string(top)] || shortDomains[string(top)]
}

// addressEnd returns the end of the address that goes on at t[i]: marks that
// close a sentence or a bracket around it are no part of it.
func addressEnd(t string, i int) int {
	open := 0
	j := i
	for j < len(t) {
		c, size := classify(t, j)
		if c.blank() || c == cQuote || c == cEllipsis || c == cDash || t[j] == '<' || t[j] == '>' {
			break
		}
		if c == cApos && t[j] != '\'' {
			break
		}
		if t[j] == '(' {
			open++
		}
		j += size
	}
	for j > i {
		switch t[j-1] {
		case '.', ',', ';', ':', '!', '?', '\'', ']', '}', '*':
			j--
			continue
		case ')':
			if open == 0 {
				j--
				continue
			}
		}
		break
	}
	return j
}

// mailEnd returns the end of the mail address whose @ is at t[i], i if it is none.
func mailEnd(t string, i int) int {
	j := i + 1
	dot := 0
	for j < len(t) && j < i+254 {
		c := classes[t[j]]
		if c == cStop && classAt(t, j+1).wordy() {
			dot = j
		} else if !c.wordy() && c != cHyphen {
			break
		}
		j++
	}
	if dot == 0 || classes[t[i+1]] == cHyphen {
		return i
	}
	return j
}

// apostrophe reads what begins with the apostrophe or single quotation mark at i.
func (s *scanner) apostrophe(i, size int) int {
	t := s.text
	before := classBefore(t, i)
	// Two together are one double mark; of three, the inner one is single.
	twice := func(i int) bool { return i+2*size <= len(t) && t[i:i+size] == t[i+size:i+2*size] }
	if j := i + size; t[i] != 0xC2 && twice(i) && (before.blank() || !twice(j) || twice(j+size)) {
		g := glyphClose2
		if t[i] == '`' || (size == 3 && t[i+2] == 0x98) {
			g = glyphOpen2
		}
		s.markQuote(g)
		return s.emit(i, j+size)
	}
	after := i + size
	if t[i] != '`' && !before.wordy() {
		k := after
		for k < len(t) && k < after+8 && classes[t[k]].wordy() {
			k++
		}
		rest := lowerASCII(t[after:k])
		whole := !classAt(t, k).wordy()
		switch {
		case len(rest) == 0:
		case whole && classes[rest[0]] == cDigit && (len(rest) == 2 || (len(rest) == 3 && rest[2] == 's')) && classes[rest[1]] == cDigit:
			// '90s and '16
			return s.emit(i, k)
		case whole && (string(rest) == "em" || string(rest) == "til" || string(rest) == "cuz"):
			return s.emit(i, k)
		case whole && (size != 3 || t[i+2] == 0x99):
			switch string(rest) {
			case "cause", "till", "bout", "round":
				return s.emit(i, k)
			case "n":
				// rock 'n' roll
				if c, size := classify(t, min(k, len(t)-1)); c == cApos && k < len(t) {
					k += size
				}
				return s.emit(i, k)
			case "tis", "twas":
				s.emit(i, after+1)
				return s.emit(after+1, k)
			case "s", "d", "m", "ll", "re", "ve":
				// A clitic that something else than its word stands before.
				if before != cSpace && before != cNewline || string(rest) != "d" && string(rest) != "m" {
					return s.emit(i, k)
				}
			}
		}
	}
	switch {
	case t[i] == '`':
		s.markQuote(glyphOpen1)
	case t[i] == '\'' || size == 2:
		s.markQuote(glyphSingle)
	case t[i+2] == 0x98 || t[i+2] == 0x9B:
		s.markQuote(glyphOpen1)
	default:
		s.markQuote(glyphClose1)
	}
	return s.emit(i, after)
}

// stop reads what begins with the stop at i.
func (s *scanner) stop(i int) int {
	t := s.text
	j := i + 1
	for j < len(t) && t[j] == '.' {
		j++
	}
	switch {
	case j-i > 1:
		s.markNext(markEllipsis)
	case j+3 < len(t) && t[j:j+4] == " . .":
		// Dots spaced out are one ellipsis too.
		for j+1 < len(t) && t[j] == ' ' && t[j+1] == '.' {
			j += 2
		}
		s.markNext(markEllipsis)
	case classAt(t, j) == cDigit && classBefore(t, i).blank():
		return s.compound(i, j)
	default:
		s.markNext(markStop)
	}
	return s.emit(i, j)
}

// hyphen reads what begins with the hyphen at i: a dash, or a sign.
func (s *scanner) hyphen(i, size int) int {
	t := s.text
	j := i + size
	for j < len(t) && t[j] == '-' {
		j++
	}
	if j == i+size && classAt(t, j) == cDigit && classBefore(t, i).blank() {
		return s.compound(i, j)
	}
	return s.emit(i, j)
}

// emoji reads a pictograph and what modifies or joins it.
func (s *scanner) emoji(i, size int) int {
	t := s.text
	j := i + size
	for j < len(t) && t[j] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(t[j:])
		switch {
		case r == 0x200D:
			next, n := utf8.DecodeRuneInString(t[j+size:])
			if classifyRune(next, n) == cEmoji {
				size += n
			}
		case r >= 0xFE00 && r <= 0xFE0F, r >= 0x1F3FB && r <= 0x1F3FF, r == 0x20E3, r >= 0xE0020 && r <= 0xE007F:
		default:
			return s.emit(i, j)
		}
		j += size
	}
	return s.emit(i, j)
}

// symbol reads what begins with the mark at i that is none of the others.
func (s *scanner) symbol(i, size int) int {
	t := s.text
	j := i + size
	next := classAt(t, j)
	switch t[i] {
	case '#', '@':
		if next == cLetter && !classBefore(t, i).wordy() {
			for j < len(t) {
				c, size := classify(t, j)
				if !c.wordy() && t[j] != '_' {
					break
				}
				j += size
			}
			if classAt(t, j) == cApos {
				if _, size := classify(t, j); cliticAt(t, j+size) {
					for j += size; j < len(t) && classes[t[j]] == cLetter; j++ {
					}
				}
			}
			s.split(i, j, 1)
			return j
		}
	case '+':
		if next == cDigit && classBefore(t, i).blank() {
			return s.compound(i, j)
		}
	case '&':
		k := j
		for k < len(t) && k < j+8 && (classes[t[k]].wordy() || t[k] == '#') {
			k++
		}
		if k > j && k < len(t) && t[k] == ';' {
			return s.emit(i, k+1)
		}
	case '<':
		if k := tagEnd(t, i); k > i {
			return s.emit(i, k)
		}
	case '*', '_', '=', '~', '|':
	default:
		return s.emit(i, j)
	}
	for j < len(t) && t[j] == t[i] {
		j++
	}
	return s.emit(i, j)
}

// tagEnd returns the end of the markup tag that begins at t[i], i if none does.
func tagEnd(t string, i int) int {
	j := i + 1
	if j < len(t) && t[j] == '/' {
		j++
	}
	if j >= len(t) || classes[t[j]] != cLetter {
		return i
	}
	for ; j < len(t) && j < i+256; j++ {
		switch t[j] {
		case '>':
			return j + 1
		case '<', '\n':
			return i
		}
	}
	return i
}

// lineBreak passes over the end of a line at i and the blanks behind it, and
// marks that a paragraph ends there unless the line was only wrapped.
func (s *scanner) lineBreak(i int) int {
	t := s.text
	end := i
	lines := 0
	line := i // where the next line begins
	for i < len(t) {
		c, size := classify(t, i)
		if !c.blank() {
			break
		}
		if c == cNewline {
			switch {
			case t[i] == '\r' && i+1 < len(t) && t[i+1] == '\n':
				size = 2
				lines++
			case t[i] == '\n' || t[i] == '\r' || size == 2:
				lines++
			case size == 3 && t[i+2] == 0xA8:
				lines++
			default:
				lines += 2
			}
			line = i + size
		}
		i += size
	}
	if lines != 1 || i >= len(t) || !softBreak(t[s.line:end], t[i:], s.wrap) {
		if n := int32(len(s.tokens)); n > 0 {
			k := markLine
			if lines > 1 {
				k = markBlank
			}
			s.marks = append(s.marks, mark{token: n, kind: k})
		}
	}
	s.line = line
	return i
}
