// Package language says what language a text is in, and above all when it is
// surely not in English.
//
// The two errors do not weigh the same. A text in German that is read as if it
// were English gives a poor ledger; an English text that is refused gives
// none. So a text counts as foreign only on positive evidence, and short texts,
// lists of names and tables of results give too little of it.
package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// Verdict is what Detect says of a text.
type Verdict struct {
	// Code is the language as a BCP 47 tag; empty where the text gives too
	// little to tell.
	Code string
	// Name is the language's name in English; empty with Code.
	Name string
	// Foreign reports that the text is not in English, and not in part either.
	Foreign bool
}

const (
	// The sample: so many windows of so many bytes, spread over the text, that
	// the cost does not grow with the text.
	windows    = 4
	windowSize = 1024

	// English running text has some 400 function words in a thousand; a text of
	// which an eighth is English has this many.
	englishPerMille = 50
	// Other languages have some of the same forms, but fewer.
	foreignPerMille = 30
	// Below so many words in lower case the letters decide too little: names,
	// tables and headlines are written with capitals.
	minLowerWords = 18
	// So many bytes of those words are enough for the trigrams, whose cost is
	// most of the whole.
	maxLower = 1024
	// So many letters of another script make a text foreign, if they are most
	// of it.
	minScriptLetters = 12
	// How far ahead of English another language must be, by whatlanggo's
	// measure from 0 to 1.
	minConfidence = 0.9
)

// Detect says what language text is in. It looks at no more than 4 KB from
// several places of the text, whatever its length.
func Detect(text string) Verdict {
	var c census
	for _, part := range sample(text) {
		c.count(part)
	}
	if c.other >= minScriptLetters && c.other*5 > (c.other+c.latin)*3 {
		return c.byScript(text)
	}
	if c.english > 0 && c.english*1000 >= c.words*englishPerMille {
		return Verdict{Code: "en", Name: "English"}
	}
	if c.english*1000 >= c.words*foreignPerMille || c.lowerWords < minLowerWords {
		return Verdict{}
	}
	info := whatlanggo.Detect(string(c.lower))
	if info.Lang < 0 || info.Lang == whatlanggo.Eng {
		return Verdict{}
	}
	// Kindred languages are hard to tell apart, but whether a text is Danish or
	// Norwegian does not matter here: what counts is that it is not English.
	duel := whatlanggo.DetectWithOptions(string(c.lower), whatlanggo.Options{
		Whitelist: map[whatlanggo.Lang]bool{info.Lang: true, whatlanggo.Eng: true},
	})
	if duel.Lang != info.Lang || duel.Confidence < minConfidence {
		return Verdict{}
	}
	return foreign(info.Lang)
}

func foreign(lang whatlanggo.Lang) Verdict {
	code := lang.Iso6391()
	if code == "" {
		code = lang.Iso6393()
	}
	// whatlanggo names the one Chinese that it knows by its ISO 639-3 name.
	name := lang.String()
	if lang == whatlanggo.Cmn {
		code, name = "zh", "Chinese"
	}
	return Verdict{Code: code, Name: name, Foreign: true}
}

// sample returns the parts of text that are looked at: all of a short text,
// windows at equal distances of a long one, cut at white space where there is
// any.
func sample(text string) []string {
	if len(text) <= windows*windowSize {
		return []string{text}
	}
	parts := make([]string, 0, windows)
	step := (len(text) - windowSize) / (windows - 1)
	for i := range windows {
		part := text[i*step : i*step+windowSize]
		if i > 0 {
			part = part[afterSpace(part):]
		}
		if i < windows-1 {
			part = part[:beforeSpace(part)]
		}
		parts = append(parts, part)
	}
	return parts
}

// afterSpace and beforeSpace give where the whole words of a window begin and
// end; a window without white space, as in Chinese, is cut between characters.
func afterSpace(s string) int {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return i
	}
	i := 0
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}

func beforeSpace(s string) int {
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		return i
	}
	i := len(s)
	for i > 0 && !utf8.RuneStart(s[i-1]) {
		i--
	}
	return max(i-1, 0)
}

// census counts what Detect decides by.
type census struct {
	words      int
	english    int    // words that are English function words
	lowerWords int    // words of at least two letters that begin in lower case
	lower      []byte // those words, one space between
	latin      int    // letters of the Latin script
	other      int    // letters of other scripts
	kana       int    // letters that only Japanese has, counted in other
}

// count takes in the words of s. Addresses are none: "amzn.to" would make many
// an advertisement English.
func (c *census) count(s string) {
	for field := range strings.FieldsSeq(s) {
		if strings.Contains(field, "://") || strings.HasPrefix(field, "www.") {
			continue
		}
		for {
			start := strings.IndexFunc(field, unicode.IsLetter)
			if start < 0 {
				break
			}
			field = field[start:]
			end := strings.IndexFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
			if end < 0 {
				end = len(field)
			}
			c.word(field[:end])
			field = field[end:]
		}
	}
}

func (c *census) word(w string) {
	c.words++
	if len(w) <= longestFunctionWord {
		var buf [longestFunctionWord]byte
		lower := buf[:0]
		for i := 0; i < len(w); i++ {
			b := w[i]
			if 'A' <= b && b <= 'Z' {
				b += 'a' - 'A'
			}
			lower = append(lower, b)
		}
		if functionWords[string(lower)] {
			c.english++
		}
	}
	letters := 0
	for _, r := range w {
		letters++
		switch {
		case r < 0x250 || unicode.Is(unicode.Latin, r):
			c.latin++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			c.kana++
			c.other++
		case unicode.IsLetter(r):
			c.other++
		}
	}
	if first, _ := utf8.DecodeRuneInString(w); letters > 1 && unicode.IsLower(first) {
		c.lowerWords++
		if len(c.lower) < maxLower {
			c.lower = append(append(c.lower, w...), ' ')
		}
	}
}

// byScript names the language of a text that is mostly not in Latin letters.
func (c *census) byScript(text string) Verdict {
	// Japanese is written with more Chinese characters than kana at times, but
	// never without kana, and Chinese never with.
	if c.kana*10 > c.other {
		return foreign(whatlanggo.Jpn)
	}
	info := whatlanggo.Detect(strings.Join(sample(text), " "))
	if info.Lang < 0 || info.Lang == whatlanggo.Eng {
		return Verdict{Code: "und", Name: "a language that is not English", Foreign: true}
	}
	return foreign(info.Lang)
}

const longestFunctionWord = 5

// functionWords are the commonest words of English that are rare in the other
// languages written in Latin letters; "in", "is", "on", "for", "at" and "a" are
// common in too many of them.
var functionWords = map[string]bool{
	"the": true, "and": true, "of": true, "to": true, "that": true, "with": true,
	"this": true, "from": true, "was": true, "were": true, "his": true, "their": true,
	"they": true, "which": true, "would": true, "been": true, "said": true, "says": true, "it": true,
	"not": true, "you": true, "be": true, "by": true, "but": true, "who": true,
	"what": true, "when": true, "than": true, "has": true, "have": true, "had": true,
	"its": true, "about": true, "after": true, "there": true, "could": true, "are": true,
	"we": true, "she": true, "my": true, "your": true, "our": true, "if": true, "as": true,
}
