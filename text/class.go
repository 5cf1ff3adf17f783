package text

import (
	"unicode"
	"unicode/utf8"
)

// class says what a character is to the scanner.
type class uint8

const (
	cSpace    class = iota // white space and control characters: between tokens
	cNewline               // \n and \r
	cLetter                // letters, combining marks, bytes that are no UTF-8
	cDigit                 // 0-9
	cHyphen                // - and its Unicode twins that join words
	cApos                  // ' ‘ ’ ` and what looks like them
	cQuote                 // quotation marks that are nothing else
	cStop                  // .
	cEnd                   // ! ? and their kin in other scripts
	cDash                  // – — ―
	cEllipsis              // …
	cSymbol                // everything else, a token of its own
	cIdeogram              // a letter of a script without spaces, a token of its own
	cEmoji                 // pictographs, which join with what modifies them
	cJoiner                // invisible: part of a word when inside one, else as white space
	cWide                  // the first byte of a character to be decoded
)

var (
	classes [256]class
	lowered [256]byte  // ASCII lower case, other bytes as they are
	shapes  [256]Shape // ASCII: what the byte adds to a token's Shape
)

func init() {
	for b := range 256 {
		lowered[b] = byte(b)
		switch c := byte(b); {
		case c >= utf8.RuneSelf:
			classes[b] = cWide
		case c == '\n' || c == '\r' || c == '\f' || c == '\v':
			classes[b] = cNewline
		case c <= ' ' || c == 0x7f:
			classes[b] = cSpace
		case c >= 'a' && c <= 'z':
			classes[b], shapes[b] = cLetter, HasLower
		case c >= 'A' && c <= 'Z':
			classes[b], shapes[b], lowered[b] = cLetter, HasUpper, c+'a'-'A'
		case c >= '0' && c <= '9':
			classes[b], shapes[b] = cDigit, HasDigit
		default:
			shapes[b] = HasPunct
			switch c {
			case '-':
				classes[b] = cHyphen
			case '\'', '`':
				classes[b] = cApos
			case '"':
				classes[b] = cQuote
			case '.':
				classes[b] = cStop
			case '!', '?':
				classes[b] = cEnd
			default:
				classes[b] = cSymbol
			}
		}
	}
}

// classify returns the class and the size of the character at s[i].
func classify(s string, i int) (class, int) {
	c := classes[s[i]]
	if c != cWide {
		return c, 1
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	return classifyRune(r, size), size
}

// classBefore returns the class of the character that ends at s[i]; white space at the start.
func classBefore(s string, i int) class {
	if i == 0 {
		return cNewline
	}
	if c := classes[s[i-1]]; c != cWide {
		return c
	}
	r, size := utf8.DecodeLastRuneInString(s[:i])
	return classifyRune(r, size)
}

// classAt returns the class of the character at s[i]; white space at the end.
func classAt(s string, i int) class {
	if i >= len(s) {
		return cNewline
	}
	c, _ := classify(s, i)
	return c
}

func classifyRune(r rune, size int) class {
	switch {
	case r == utf8.RuneError:
		// A stray byte is most often a letter of another encoding.
		return cLetter
	case r < 0xA0:
		if r == 0x85 {
			return cNewline
		}
		return cSpace
	case r < 0x100:
		switch r {
		case 0xA0:
			return cSpace
		case 0xAD:
			return cJoiner
		case '«', '»':
			return cQuote
		case '´':
			return cApos
		case 'ª', 'º', 'µ', '²', '³', '¹', '¼', '½', '¾':
			return cLetter
		case '×', '÷':
			return cSymbol
		}
		if r >= 0xC0 {
			return cLetter
		}
		return cSymbol
	case r < 0x250:
		return cLetter
	case r >= 0x2000 && r < 0x2070:
		switch {
		case r <= 0x200A || r == 0x202F || r == 0x205F:
			return cSpace
		case r == 0x2028 || r == 0x2029:
			return cNewline
		case r <= 0x200F || (r >= 0x202A && r <= 0x202E) || r >= 0x2060:
			return cJoiner
		case r == 0x2010 || r == 0x2011:
			return cHyphen
		case r >= 0x2012 && r <= 0x2015:
			return cDash
		case r == '‘' || r == '’' || r == '‛':
			return cApos
		case r == '‚' || (r >= '“' && r <= '‟') || r == '‹' || r == '›':
			return cQuote
		case r == '…':
			return cEllipsis
		case r == '‼' || r == '‽' || (r >= 0x2047 && r <= 0x2049):
			return cEnd
		}
		return cSymbol
	}
	switch {
	case r == 0x02BC || r == 0x02B9 || r == 0xFF07:
		return cApos
	case r == 0x3000 || r == 0x1680:
		return cSpace
	case r == 0xFEFF || r == 0x061C || r == 0x180E || (r >= 0xFE00 && r <= 0xFE0F) || (r >= 0xE0000 && r <= 0xE0FFF):
		return cJoiner
	case r >= 0x3040 && r <= 0x309F, r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF,
		r >= 0xF900 && r <= 0xFAFF, r >= 0x20000 && r <= 0x3FFFF:
		return cIdeogram
	case r >= 0x300C && r <= 0x300F, r == 0xFF02:
		return cQuote
	case r == 0x3002, r == 0xFF01, r == 0xFF1F, r == 0xFF0E, r == 0xFF61, r == 0x061F, r == 0x06D4, r == 0x0964, r == 0x0965:
		return cEnd
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF:
		return cEmoji
	case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
		return cLetter
	case unicode.IsSpace(r):
		return cSpace
	}
	return cSymbol
}

// wordy reports whether a character of class c may stand inside a word.
func (c class) wordy() bool { return c == cLetter || c == cDigit }

// blank reports whether c is no part of any token when it stands alone.
func (c class) blank() bool { return c == cSpace || c == cNewline || c == cJoiner }

const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

// HashLower is Hash of form in lower case with its apostrophes made straight,
// the value of Token.Lower.
func HashLower(form string) uint32 {
	h, _ := measure(form)
	return h
}

// measure returns the HashLower and the Shape of a form.
func measure(form string) (uint32, Shape) {
	h := uint32(hashSeed)
	var sh Shape
	first := true // no letter seen yet
	for i := 0; i < len(form); {
		b := form[i]
		if b < utf8.RuneSelf {
			h = (h ^ uint32(lowered[b])) * hashPrime
			s := shapes[b]
			if b == '-' && i > 0 {
				s = HasHyphen
			}
			if s&(HasLower|HasUpper) != 0 && first {
				first = false
				if s&HasUpper != 0 {
					s |= FirstUpper
				}
			}
			sh |= s
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(form[i:])
		switch c := classifyRune(r, size); c {
		case cApos:
			if r != '‘' && r != '’' && r != 'ʼ' {
				break
			}
			sh |= HasPunct
			h = (h ^ '\'') * hashPrime
			i += size
			continue
		case cLetter, cIdeogram:
			switch {
			case unicode.IsUpper(r) || unicode.IsTitle(r):
				sh |= HasUpper
				if first {
					sh |= FirstUpper
				}
				first = false
			case unicode.IsLetter(r):
				sh |= HasLower
				first = false
			case unicode.IsNumber(r):
				sh |= HasDigit
			}
		case cHyphen, cDash:
			if i > 0 {
				sh |= HasHyphen
			} else {
				sh |= HasPunct
			}
		default:
			sh |= HasPunct
		}
		if r != utf8.RuneError {
			r = unicode.ToLower(r)
		}
		var buf [utf8.UTFMax]byte
		for _, b := range buf[:utf8.EncodeRune(buf[:], r)] {
			h = (h ^ uint32(b)) * hashPrime
		}
		i += size
	}
	return h, sh
}
