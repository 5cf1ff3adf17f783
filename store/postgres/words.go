package postgres

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hearsay/store/query"
)

// PostgreSQL takes a text apart by the locale of its database, and finds in it
// host names, files and negative numbers. So that a search finds the same
// everywhere, and the same as in the other home, texts and queries are taken
// apart here, and PostgreSQL is given words of small letters and digits without
// accents, with blanks between them. What it adds is the stems of words.

// The limits of an index of words. No real article reaches them; what is beyond
// is kept and not found by its words.
const (
	maxWord  = 200     // bytes of a word: what follows is left off it
	maxWords = 400_000 // bytes of all the words of a text, so that a tsvector, of 1 MB at most, takes them
)

// word is a word of a text.
type word struct {
	start, end int // bytes of the text
	form       string
}

// wordsOf yields the words of a text in order.
func wordsOf(text string) iter.Seq[word] {
	return func(yield func(word) bool) {
		var form []byte
		start, end := 0, 0
		flush := func() bool {
			if len(form) == 0 {
				return true
			}
			w := word{start, end, string(form)}
			form = form[:0]
			return yield(w)
		}
		add := func(r rune, at, size int) bool {
			switch {
			case unicode.Is(unicode.M, r): // an accent
			case unicode.IsLetter(r) || unicode.IsNumber(r):
				if len(form) == 0 {
					start = at
				}
				if r = unicode.ToLower(r); len(form)+utf8.RuneLen(r) <= maxWord {
					form = utf8.AppendRune(form, r)
				}
				end = at + size
			default:
				return flush()
			}
			return true
		}
		for i := 0; i < len(text); {
			if c := text[i]; c < utf8.RuneSelf {
				if !add(rune(c), i, 1) {
					return
				}
				i++
				continue
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			for _, r := range string(norm.NFKD.AppendString(nil, text[i:i+size])) {
				if !add(r, i, size) {
					return
				}
			}
			i += size
		}
		flush()
	}
}

// searchable returns the words of a text for PostgreSQL.
func searchable(text string) string {
	var b strings.Builder
	for w := range wordsOf(text) {
		if b.Len()+len(w.form) >= maxWords {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.form)
	}
	return b.String()
}

// search writes a query in the language of to_tsquery, of words as searchable
// makes them and its operators, and nothing else. It is not ok if nothing can match.
func search(e query.Expr) (q string, ok bool) {
	switch e.Op {
	case query.Term:
		var list []string
		for w := range wordsOf(e.Words) {
			list = append(list, w.form)
		}
		if len(list) == 0 {
			return "", false
		}
		if e.Prefix {
			list[len(list)-1] += ":*"
		}
		return "(" + strings.Join(list, " <-> ") + ")", true
	case query.Or:
		var any []string
		for _, o := range e.Of {
			if q, ok := search(o); ok {
				any = append(any, q)
			}
		}
		return "(" + strings.Join(any, " | ") + ")", len(any) > 0
	}
	var all []string
	for _, o := range e.Of {
		q, ok := search(o)
		if !ok {
			return "", false
		}
		all = append(all, q)
	}
	for _, o := range e.Without {
		if q, ok := search(o); ok {
			all = append(all, "!"+q)
		}
	}
	return "(" + strings.Join(all, " & ") + ")", true
}

// wanted adds to whole and begun the words that a query looks for, those that
// stand as they are and those that may go on.
func wanted(e query.Expr, whole, begun []string) (w, b []string) {
	if e.Op == query.Term {
		var list []string
		for w := range wordsOf(e.Words) {
			list = append(list, w.form)
		}
		if n := len(list) - 1; e.Prefix && n >= 0 {
			return append(whole, list[:n]...), append(begun, list[n])
		}
		return append(whole, list...), begun
	}
	for _, o := range e.Of {
		whole, begun = wanted(o, whole, begun)
	}
	return whole, begun
}

// inSnippet is how many words a snippet has, and before how many of them the
// first that is looked for stands.
const (
	inSnippet = 32
	lead      = 6
)

// snippet returns the words of a text where most of those at the given places,
// which rise and count from 1, stand near together.
func snippet(text string, places []int) string {
	words := slices.Collect(wordsOf(text))
	first, most := 0, 0
	for i, p := range places {
		if p > len(words) { // of the title
			break
		}
		n := 0
		for n < len(places)-i && places[i+n] < p+inSnippet-lead {
			n++
		}
		if n > most {
			first, most = max(0, p-1-lead), n
		}
	}
	start, end := 0, len(text)
	before, after := "", ""
	if first > 0 {
		start, before = words[first].start, "…"
	}
	if last := first + inSnippet; last < len(words) {
		end, after = words[last-1].end, "…"
	}
	return before + text[start:end] + after
}
