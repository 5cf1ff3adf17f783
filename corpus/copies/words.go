package copies

import (
	"unicode"
	"unicode/utf8"
)

// Words is a text as its words are compared: without regard to capitals,
// punctuation and white space.
type Words struct {
	Text   string
	hash   []uint32
	start  []int32 // bytes of Text
	end    []int32
	plain  []bool // words without which there is no text: "the", "of"
	quoted []bool // stands in quotation marks
	own    int    // words outside quotation marks
}

// NewWords divides a text of less than 2 GiB.
func NewWords(text string) *Words {
	n := len(text)/5 + 1
	w := &Words{Text: text, hash: make([]uint32, 0, n), start: make([]int32, 0, n), end: make([]int32, 0, n),
		plain: make([]bool, 0, n), quoted: make([]bool, 0, n)}
	in := quotation{}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			in.mark(text, i, r, size)
			i += size
			continue
		}
		start, h := i, offsetBasis
		for i < len(text) {
			r, size = utf8.DecodeRuneInString(text[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				break
			}
			h = (h ^ uint32(unicode.ToLower(r))) * prime
			i += size
		}
		w.hash = append(w.hash, h)
		w.start, w.end = append(w.start, int32(start)), append(w.end, int32(i))
		w.plain = append(w.plain, plainWords[h])
		w.quoted = append(w.quoted, in.closing != 0)
		if in.closing == 0 {
			w.own++
		}
	}
	return w
}

// Len is the number of words.
func (w *Words) Len() int { return len(w.hash) }

// Comparable reports whether the text is long enough to be a copy of any.
func (w *Words) Comparable() bool { return len(w.hash) >= fewWords }

// quotation follows quotation marks through a text. One that is not closed ends
// with its paragraph.
type quotation struct {
	closing rune // the mark that will close the open quotation; 0 where none is open
}

func (q *quotation) mark(text string, i int, r rune, size int) {
	switch {
	case r == '\n':
		if i+1 < len(text) && text[i+1] == '\n' {
			q.closing = 0
		}
	case q.closing == r:
		// The mark that closes single quotation marks is the apostrophe too: "the players’ union".
		if next, _ := utf8.DecodeRuneInString(text[i+size:]); r != '’' || !unicode.IsLetter(next) {
			q.closing = 0
		}
	case q.closing != 0:
	case r == '“', r == '„':
		q.closing = '”'
	case r == '"':
		q.closing = '"'
	case r == '«':
		q.closing = '»'
	case r == '‘':
		q.closing = '’'
	}
}

// FNV-1a's constants, 32 bits, by which words are hashed character by character.
const (
	offsetBasis uint32 = 2166136261
	prime       uint32 = 16777619
)

// plainWords are words by which no text is told from another.
var plainWords = func() map[uint32]bool {
	m := map[uint32]bool{}
	for _, word := range [...]string{"a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by",
		"can", "could", "did", "do", "for", "from", "had", "has", "have", "he", "her", "his", "i", "if", "in", "into", "is", "it", "its", "more", "no",
		"not", "of", "on", "one", "or", "our", "out", "over", "said", "s", "she", "so", "some", "than", "that", "the", "their", "them", "then", "there",
		"they", "this", "to", "told", "two", "up", "was", "we", "were", "what", "when", "where", "which", "who", "will", "with", "would", "you"} {
		h := offsetBasis
		for _, r := range word {
			h = (h ^ uint32(r)) * prime
		}
		m[h] = true
	}
	return m
}()
