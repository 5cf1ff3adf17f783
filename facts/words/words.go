// Package words takes the texts of published fact-checks and of what is looked
// for among them apart into words that can be compared: posts of social media
// with their hashtags, names of accounts and addresses as well as edited prose.
//
// Words are compared by their terms: hashes of a normal form in small letters,
// without accents and endings. Numbers are brought to their value, so that
// "6,600", "6.6 thousand" and "6600" are one.
package words

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what sort of word one is.
type Kind uint8

// The kinds of words.
const (
	Plain    Kind = iota
	Name          // written with a capital letter inside a sentence, or all in capitals
	Number        // a value
	Year          // a value that is a year of our time
	Tag           // a hashtag as a whole; its parts follow it where its spelling shows them
	Handle        // the name of an account, likewise
	Function      // a word of grammar, which says little of what a text is about
	Negation      // "not", "never", "fake"'s like are plain words
)

// Word is one word of a text.
type Word struct {
	Term       uint64 // equal for words that mean the same
	Start, End int32  // the bytes of the text it was made of
	Kind       Kind
	Part       bool // it is a part of the Tag or Handle before it
}

// Reader takes texts apart. It serves one goroutine and may be used again and again.
type Reader struct {
	words []Word
	form  []byte
	text  string

	sentence bool // the next word begins a sentence
}

// Read returns the words of a text in their order. They are valid until the next call.
func (r *Reader) Read(text string) []Word {
	r.words, r.text, r.sentence = r.words[:0], text, true
	for at := 0; at < len(text); {
		c := text[at]
		switch {
		case c == ' ' || c == '\t':
			at++
		case c == '@' && at > 0 && (letter(text[at-1]) || digit(text[at-1])): // an address of mail
			at++
		case c == '#' || c == '@':
			at = r.tag(at)
		case digit(c):
			at = r.number(at)
		case letter(c):
			at = r.word(at)
		case c < utf8.RuneSelf:
			if c == '.' || c == '!' || c == '?' || c == '\n' || c == ':' || c == '"' {
				r.sentence = true
			}
			at++
		default:
			c, size := utf8.DecodeRuneInString(text[at:])
			switch {
			case unicode.IsLetter(c):
				at = r.word(at)
			case c == '“' || c == '‘' || c == '—' || c == '…':
				r.sentence = true
				fallthrough
			default:
				at += size
			}
		}
	}
	return r.words
}

func digit(c byte) bool  { return '0' <= c && c <= '9' }
func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// word reads a word that begins with a letter.
func (r *Reader) word(start int) int {
	text := r.text
	if end, ok := address(text, start); ok {
		return end
	}
	r.form = r.form[:0]
	capitals, small, mixed := 0, 0, false
	at := start
scan:
	for at < len(text) {
		c := text[at]
		switch {
		case 'a' <= c && c <= 'z':
			small++
			r.form = append(r.form, c)
			at++
		case 'A' <= c && c <= 'Z':
			capitals++
			r.form = append(r.form, c|0x20)
			at++
		case digit(c):
			if len(r.form) >= 3 && !mixed { // "covid19" is as "covid 19", but not "h1n1"
				break scan
			}
			mixed = true
			r.form = append(r.form, c)
			at++
		case c == '.' && initials(text, start, at):
			at++
		case c == '\'':
			if at+1 == len(text) || !letter(text[at+1]) {
				break scan
			}
			at++
			r.form = append(r.form, '\'')
		case c < utf8.RuneSelf:
			break scan
		default:
			letter, size := utf8.DecodeRuneInString(text[at:])
			switch {
			case letter == '’':
				if next, _ := utf8.DecodeRuneInString(text[at+size:]); !unicode.IsLetter(next) {
					break scan
				}
				r.form = append(r.form, '\'')
			case unicode.Is(unicode.Mn, letter): // an accent, or a vowel of a script that writes it so
				if letter > 0x36F {
					r.form = utf8.AppendRune(r.form, letter)
				}
			case unicode.IsLetter(letter):
				if unicode.IsUpper(letter) {
					capitals++
				} else {
					small++
				}
				if unicode.Is(unicode.Han, letter) && len(r.form) > 0 {
					break scan // written without spaces: each sign is a word
				}
				r.form = appendPlain(r.form, letter)
			default:
				break scan
			}
			at += size
		}
	}
	first, _ := utf8.DecodeRuneInString(text[start:])
	kind := Plain
	if capitals > 0 && (unicode.IsUpper(first) && !r.sentence || small > 0 && capitals > 1 || capitals > 1 && capitals < 6) {
		kind = Name
	}
	r.sentence = false
	r.finish(start, at, kind, capitals >= 2 && small == 0, false)
	return at
}

// address skips the address of a page that begins at a word: "https://…",
// "pic.twitter.com/…", "example.org/news".
func address(text string, at int) (end int, ok bool) {
	rest := text[at:]
	switch rest[0] | 0x20 {
	case 'h':
		ok = len(rest) > 7 && (strings.EqualFold(rest[:7], "http://") || len(rest) > 8 && strings.EqualFold(rest[:8], "https://"))
	case 'p':
		ok = strings.HasPrefix(rest, "pic.twitter.com/")
	case 'w':
		ok = len(rest) > 4 && strings.EqualFold(rest[:4], "www.")
	case 't':
		ok = strings.HasPrefix(rest, "t.co/")
	}
	if !ok {
		return at, false
	}
	for at < len(text) && text[at] > ' ' && text[at] < utf8.RuneSelf {
		at++
	}
	return at, true
}

// initials reports whether the period at text[at] is one within "U.S." or "J.R.R.".
func initials(text string, start, at int) bool {
	if at-start != 1 && (at-start < 3 || text[at-2] != '.') {
		return false
	}
	return at-start >= 3 || at+2 < len(text) && letter(text[at+1]) && text[at+2] == '.'
}

// appendPlain appends a letter, small and without its accent.
func appendPlain(to []byte, c rune) []byte {
	if c < 0x250 {
		if s := unaccented(c); s != "" {
			return append(to, s...)
		}
	}
	return utf8.AppendRune(to, unicode.ToLower(c))
}

// finish makes a word of the form that has been read.
func (r *Reader) finish(start, end int, kind Kind, capitals, part bool) {
	form := r.form
	// "don't" is "do not"; of other words what follows the apostrophe is "'s" and its like, or belongs to the name.
	if n := len(form); n > 3 && form[n-3] == 'n' && form[n-2] == '\'' && form[n-1] == 't' {
		r.add(Word{Term: termNot, Start: int32(start), End: int32(end), Kind: Negation, Part: part})
		return
	}
	if at := bytes.IndexByte(form, '\''); at >= 0 {
		if len(form)-at <= 3 {
			form = form[:at]
		} else {
			form = append(form[:at], form[at+1:]...)
			if at = bytes.IndexByte(form, '\''); at >= 0 {
				form = form[:at]
			}
		}
	}
	if len(form) == 0 {
		return
	}
	w := Word{Start: int32(start), End: int32(end), Kind: kind, Part: part}
	if capitals {
		if same, ok := acronyms[string(form)]; ok {
			w.Term, w.Kind = Hash(same), Name
			r.add(w)
			return
		}
	}
	known, ok := tables[string(form)]
	switch {
	case !ok:
		w.Term = hash(stem(form))
	case known.numeral != 0:
		r.value(known.numeral, start, end, false)
		return
	case known.scale != 0 && r.scaled(known.scale, end):
		return
	case known.grammar != 0 && !(kind == Name && capitals && len(form) > 1):
		w.Term, w.Kind = known.grammarTerm, known.grammar
	case known.variant != 0:
		w.Term = known.variant
	default:
		w.Term = hash(stem(form))
	}
	r.add(w)
}

func (r *Reader) add(w Word) { r.words = append(r.words, w) }

// number reads a word that begins with a digit.
func (r *Reader) number(start int) int {
	text := r.text
	at, value, whole := start, 0.0, true
	for ; at < len(text); at++ {
		c := text[at]
		switch {
		case digit(c):
			value = value*10 + float64(c-'0')
			continue
		case c == ',' && at+3 < len(text) && digit(text[at+1]) && digit(text[at+2]) && digit(text[at+3]) && at-start <= 12:
			continue
		case c == ',' && at+2 < len(text) && digit(text[at+1]) && digit(text[at+2]) && at-start <= 6 && at+3 < len(text) && text[at+3] == ',': // 1,00,000
			continue
		case c == '.' && at+1 < len(text) && digit(text[at+1]) && whole:
			whole = false
			unit := 0.1
			for at++; at < len(text) && digit(text[at]); at++ {
				value += float64(text[at]-'0') * unit
				unit /= 10
			}
		}
		break
	}
	// What is written onto it: 100K, 20th, 90s, 5g.
	tail := at
	for tail < len(text) && letter(text[tail]) {
		tail++
	}
	if tail > at {
		unit := strings.ToLower(text[at:min(tail, at+4)])
		switch scale, ok := suffixes[unit]; {
		case tail-at > 3 && tail-at != len("lakh"):
		case ok && tail-at <= 4:
			value *= scale
			at = tail
		case at-start <= 3:
			r.form = append(append(r.form[:0], text[start:at]...), unit...)
			r.add(Word{Term: hash(r.form), Start: int32(start), End: int32(tail), Kind: Name})
			r.sentence = false
			return tail
		}
	}
	r.sentence = false
	r.value(value, start, at, whole && at-start == 4)
	return at
}

// value adds a number.
func (r *Reader) value(v float64, start, end int, year bool) {
	w := Word{Term: valueTerm(v), Start: int32(start), End: int32(end), Kind: Number}
	if year && v >= 1700 && v < 2100 {
		w.Kind = Year
	}
	r.add(w)
}

// scaled multiplies the number just before with "thousand", "million", ….
func (r *Reader) scaled(scale float64, end int) bool {
	if len(r.words) == 0 {
		return false
	}
	last := &r.words[len(r.words)-1]
	if last.Kind != Number || end-int(last.End) > 12 {
		return false
	}
	v, ok := numerals[strings.ToLower(r.text[last.Start:last.End])]
	if !ok {
		var err error
		if v, err = strconv.ParseFloat(strings.ReplaceAll(r.text[last.Start:last.End], ",", ""), 64); err != nil {
			return false
		}
	}
	last.Term, last.End = valueTerm(v*scale), int32(end)
	return true
}

// tag reads a hashtag, or the name of an account: as a whole, then its parts
// where capitals, digits or underscores show them.
func (r *Reader) tag(start int) int {
	text := r.text
	kind := Tag
	if text[start] == '@' {
		kind = Handle
	}
	at := start + 1
	for at < len(text) {
		c, size := utf8.DecodeRuneInString(text[at:])
		if c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.M, c) {
			break
		}
		at += size
	}
	// An address may be glued to it: "#newspic.twitter.com/…".
	end := at
	if i := strings.LastIndex(text[start:at], "pic"); i > 0 && strings.HasPrefix(text[at:], ".twitter.com/") {
		end = start + i
		for at < len(text) && text[at] > ' ' && text[at] < utf8.RuneSelf {
			at++
		}
	}
	if end-start < 2 {
		return max(at, start+1)
	}
	if kind == Tag && digits(text[start+1:end]) { // "#1"
		return max(r.number(start+1), at)
	}
	r.form = r.form[:0]
	for _, c := range text[start+1 : end] {
		if c != '_' {
			r.form = appendPlain(r.form, c)
		}
	}
	whole := len(r.words)
	r.add(Word{Term: hash(stem(r.form)), Start: int32(start), End: int32(end), Kind: kind})
	parts := 0
	for from := start + 1; from < end; {
		to := part(text[:end], from)
		if to > from {
			parts++
			r.partOf(from, to)
		}
		from = max(to, from+1)
		if from < end && text[from] == '_' {
			from++
		}
	}
	if parts <= 1 { // a single word, which is not twice in the text
		if len(r.words) > whole+1 {
			last := r.words[len(r.words)-1]
			r.words = r.words[:whole]
			last.Start, last.Kind, last.Part = int32(start), kind, false
			r.add(last)
		}
	}
	r.sentence = false
	return at
}

// partOf adds a part of a hashtag.
func (r *Reader) partOf(from, to int) {
	if digits(r.text[from:to]) {
		v, _ := strconv.ParseFloat(r.text[from:to], 64)
		r.value(v, from, to, to-from == 4)
		r.words[len(r.words)-1].Part = true
		return
	}
	r.form = r.form[:0]
	small := false
	for _, c := range r.text[from:to] {
		small = small || unicode.IsLower(c)
		r.form = appendPlain(r.form, c)
	}
	r.finish(from, to, Plain, !small && to-from > 1, true)
}

func digits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return len(s) > 0
}

// part returns where the part of a hashtag that begins at from ends: "BlackLives",
// "TXGov", "Covid19", "stop_it".
func part(s string, from int) int {
	class := func(at int) (rune, int) {
		c, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case c == '_':
			return '_', size
		case unicode.IsDigit(c):
			return '0', size
		case unicode.IsUpper(c):
			return 'A', size
		}
		return 'a', size
	}
	first, at := class(from)
	at += from
	if first == '_' {
		return from
	}
	capitals := 0
	if first == 'A' {
		capitals = 1
	}
	for last := from; at < len(s); {
		now, size := class(at)
		switch {
		case now == '_' || (now == '0') != (first == '0'):
			return at
		case now == 'A':
			if capitals == 0 || at > from && !allCapitals(s[from:at]) {
				return at
			}
			capitals++
		case now == 'a' && capitals > 1:
			return last // the last capital begins the next word
		}
		last = at
		at += size
	}
	return at
}

func allCapitals(s string) bool {
	for _, c := range s {
		if !unicode.IsUpper(c) {
			return false
		}
	}
	return true
}

// Hash returns the term of a normal form.
func Hash(form string) uint64 { return hash(form) }

// hash is FNV-1a of 64 bits, its bits mixed once more so that all of them can be used to sort by.
func hash[T string | []byte](form T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(form) {
		h = (h ^ uint64(form[i])) * 1099511628211
	}
	return mix(h)
}

func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// valueTerm returns the term of a number, by the first six digits that count.
func valueTerm(v float64) uint64 {
	if v > 0 {
		scale := math.Pow(10, 5-math.Floor(math.Log10(v)))
		v = math.Round(v*scale) / scale
	}
	return mix(math.Float64bits(v) * 0x9e3779b97f4a7c15)
}

// Joined is the term of two words that stand side by side.
func Joined(a, b uint64) uint64 { return mix(a*3 + b) }

var termNot = Hash("not")

// Of returns the term of a word in small letters.
func Of(word string) uint64 {
	if same, ok := variants[word]; ok {
		return Hash(same)
	}
	return hash(stem([]byte(word)))
}

// Grammar reports whether a word in small letters is one of grammar.
func Grammar(word string) bool {
	_, ok := grammar[word]
	return ok
}
