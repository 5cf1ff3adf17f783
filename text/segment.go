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
