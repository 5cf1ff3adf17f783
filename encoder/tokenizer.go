package encoder

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Piece is a word piece: an entry of the vocabulary and the stretch of text
// that it stands for.
type Piece struct {
	ID         int32 // index in the vocabulary
	Start, End int32 // bytes of the text, half-open
	Case       Case  // of the letters of the text between Start and End
}

// Case is how the letters of a piece are written. The vocabulary has small
// letters only, so this is what is left of the capitals.
type Case uint8

const (
	Lower   Case = iota // no capital, or no letter
	Capital             // the first letter is a capital, and no other
	Upper               // capitals alone, two or more
	Mixed               // anything else
	numCases
)

// Tokenizer cuts a text into word pieces as BERT's uncased tokenizer does
// (Devlin et al. 2019; the reference is BertNormalizer, BertPreTokenizer and
// WordPiece of Hugging Face's tokenizers): control characters are dropped,
// accents too, letters made small, words cut at white space, marks of
// punctuation and Chinese characters, and each word divided into the longest
// entries of the vocabulary from left to right. Names of special pieces in the
// text ("[SEP]") are text like any other. It is not changed by use, so any
// number of goroutines may share one.
type Tokenizer struct {
	begin, inside      map[string]int32 // pieces that begin a word, and those that go on with one, without their "##"
	longest            int              // bytes of the longest of them
	first, last, other int32            // [CLS], [SEP] and [UNK]
}

const (
	mostRunes = 100                           // longer words are [UNK]
	mostBytes = (mostRunes + 1) * utf8.UTFMax // of such a word
)

// NewTokenizer makes a Tokenizer of a vocabulary in the order of its ids, each
// entry once. It has to have [UNK], [CLS] and [SEP].
func NewTokenizer(vocabulary []string) (*Tokenizer, error) {
	t := &Tokenizer{
		begin: make(map[string]int32, len(vocabulary)), inside: make(map[string]int32, len(vocabulary)/4),
		first: -1, last: -1, other: -1,
	}
	for i, entry := range vocabulary {
		id := int32(i)
		switch entry {
		case "[CLS]":
			t.first = id
		case "[SEP]":
			t.last = id
		case "[UNK]":
			t.other = id
		default:
			if piece, ok := strings.CutPrefix(entry, "##"); ok && piece != "" {
				t.inside[piece] = id
			} else {
				t.begin[entry] = id
			}
			t.longest = max(t.longest, len(entry))
		}
	}
	if t.first < 0 || t.last < 0 || t.other < 0 {
		return nil, fmt.Errorf("a vocabulary of %d entries lacks [UNK], [CLS] or [SEP]", len(vocabulary))
	}
	return t, nil
}

// entries is how many the vocabulary has.
func (t *Tokenizer) entries() int { return len(t.begin) + len(t.inside) + 3 }

// Append adds the pieces of text to pieces, without [CLS] and [SEP], and
// returns it. To their Start and End it adds at, for a text that is part of a
// longer one. Bytes that are not UTF-8 are passed over.
func (t *Tokenizer) Append(pieces []Piece, text string, at int32) []Piece {
	var w word
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r < utf8.RuneSelf {
			switch kindOfASCII[r] {
			case inWord:
				w.add(small(r), i, i+1)
			case apart:
				pieces = t.flush(pieces, &w, text, at)
				w.add(r, i, i+1)
				pieces = t.flush(pieces, &w, text, at)
			case between:
				pieces = t.flush(pieces, &w, text, at)
			}
			i++
			continue
		}
		r, size = utf8.DecodeRuneInString(text[i:])
		from, to := i, i+size
		i = to
		switch {
		case r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
			continue
		case unicode.Is(unicode.White_Space, r):
			pieces = t.flush(pieces, &w, text, at)
			continue
		}
		alone := chinese(r)
		if alone {
			pieces = t.flush(pieces, &w, text, at)
		}
		for _, c := range decompose(&w.parts, r, text[from:to]) {
			switch {
			case unicode.Is(unicode.Mn, c):
			case c < utf8.RuneSelf && kindOfASCII[c] == apart || unicode.IsPunct(c):
				pieces = t.flush(pieces, &w, text, at)
				w.add(c, from, to)
				pieces = t.flush(pieces, &w, text, at)
			case c < utf8.RuneSelf:
				w.add(small(c), from, to)
			default:
				w.add(unicode.ToLower(c), from, to)
			}
		}
		if alone {
			pieces = t.flush(pieces, &w, text, at)
		}
	}
	return t.flush(pieces, &w, text, at)
}

// word is a word that is being gathered: its letters after they were made
// small and plain, and where in the text each came from. It keeps the first 101
// of them, which are enough to know that a word is too long.
type word struct {
	letters    [mostBytes]byte
	size       int // bytes of letters
	count      int
	at         [mostRunes + 2]int16 // the first byte of each letter, and the end of the last
	start, end [mostRunes + 1]int32
	parts      [8]rune
}

func (w *word) add(r rune, start, end int) {
	if w.count > mostRunes { // too long already: only its end is still of interest
		w.end[mostRunes] = int32(end)
		return
	}
	w.start[w.count], w.end[w.count] = int32(start), int32(end)
	if r < utf8.RuneSelf {
		w.letters[w.size] = byte(r)
		w.size++
	} else {
		w.size += utf8.EncodeRune(w.letters[w.size:], r)
	}
	w.count++
	w.at[w.count] = int16(w.size)
}

// flush adds the pieces of the word that was gathered, and begins a new one.
func (t *Tokenizer) flush(pieces []Piece, w *word, text string, at int32) []Piece {
	if w.count == 0 {
		return pieces
	}
	before := len(pieces)
	known, table := w.count <= mostRunes, t.begin
	for i := 0; known && i < w.count; {
		from := int(w.at[i])
		k := w.count
		for int(w.at[k])-from > t.longest {
			k--
		}
		id, ok := int32(0), false
		for ; k > i; k-- {
			if id, ok = table[string(w.letters[from:w.at[k]])]; ok {
				break
			}
		}
		if known = ok; !ok {
			break
		}
		pieces = append(pieces, t.piece(id, text, w.start[i], w.end[k-1], at))
		i, table = k, t.inside
	}
	if !known {
		pieces = append(pieces[:before], t.piece(t.other, text, w.start[0], w.end[w.count-1], at))
	}
	w.size, w.count = 0, 0
	return pieces
}

func (t *Tokenizer) piece(id int32, text string, start, end, at int32) Piece {
	return Piece{ID: id, Start: start + at, End: end + at, Case: caseOf(text[start:end])}
}

// caseOf tells how the letters of s are written.
func caseOf(s string) Case {
	var capitals, letters int
	first := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		var letter, capital bool
		if r < utf8.RuneSelf {
			capital = 'A' <= r && r <= 'Z'
			letter = capital || 'a' <= r && r <= 'z'
		} else {
			r, size = utf8.DecodeRuneInString(s[i:])
			letter, capital = unicode.IsLetter(r), unicode.IsUpper(r)
		}
		i += size
		if !letter {
			continue
		}
		if capital {
			capitals++
			first = first || letters == 0
		}
		letters++
	}
	switch {
	case capitals == 0:
		return Lower
	case capitals == 1 && first:
		return Capital
	case capitals == letters:
		return Upper
	}
	return Mixed
}

// What a character of ASCII does to words.
const (
	inWord = iota
	between
	apart // it is a word of its own
	gone
)

var kindOfASCII = func() (kind [utf8.RuneSelf]uint8) {
	for r := range kind {
		switch c := rune(r); {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			kind[r] = between
		case c < ' ' || c == 0x7f:
			kind[r] = gone
		case '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~':
			kind[r] = apart
		}
	}
	return kind
}()

func small(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// decompose returns the canonical decomposition (Unicode's NFD) of r, whose
// bytes are s. A character has four parts at most.
func decompose(parts *[8]rune, r rune, s string) []rune {
	const (
		hangul, last       = 0xAC00, 0xD7A3
		lead, vowel, trail = 0x1100, 0x1161, 0x11A7
		perLead, perVowel  = 21 * 28, 28
	)
	if hangul <= r && r <= last { // by arithmetic, as the standard has it
		i := r - hangul
		out := append(parts[:0], lead+i/perLead, vowel+i%perLead/perVowel)
		if i%perVowel != 0 {
			out = append(out, trail+i%perVowel)
		}
		return out
	}
	d := norm.NFD.PropertiesString(s).Decomposition()
	if d == nil {
		return append(parts[:0], r)
	}
	out := parts[:0]
	for len(d) > 0 && len(out) < len(parts) {
		c, size := utf8.DecodeRune(d)
		out, d = append(out, c), d[size:]
	}
	return out
}

// chinese reports whether r is one of the ideographs that are words of their
// own, by the blocks that BERT's tokenizer names.
func chinese(r rune) bool {
	return r >= 0x3400 && (r <= 0x4DBF || 0x4E00 <= r && r <= 0x9FFF || 0xF900 <= r && r <= 0xFAFF || 0x20000 <= r && r <= 0x2A6DF ||
		0x2A700 <= r && r <= 0x2B81F || 0x2B920 <= r && r <= 0x2CEAF || 0x2F800 <= r && r <= 0x2FA1F)
}
