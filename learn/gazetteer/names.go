package gazetteer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"hearsay/reading/lexicon"
	read "hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// names gathers the names of places as the reader will look them up.
type names struct {
	entries []read.Entry
	doc     text.Doc
}

// add enters names of p, each as the program itself cuts it into words, and
// the other ways in which it is commonly written.
func (n *names) add(p read.Place, form read.Form, all ...string) {
	for _, name := range all {
		if name == "" {
			continue
		}
		n.enter(p, form, name)
		for _, w := range writtenAlso {
			if rest, ok := strings.CutPrefix(name, w[0]+" "); ok {
				n.enter(p, form, w[1]+" "+rest)
			}
		}
		if form != read.Alternate && strings.Contains(name, "-") {
			n.enter(p, read.Alternate, strings.ReplaceAll(name, "-", " "))
		}
	}
}

// writtenAlso are beginnings of names in full and as they are also written.
var writtenAlso = [][2]string{{"Saint", "St."}, {"Saint", "St"}, {"St.", "Saint"}, {"St.", "St"}, {"Sainte", "Ste."}, {"Fort", "Ft."}, {"Mount", "Mt."}, {"Mount", "Mt"}}

// enter enters one name. An abbreviation's full stop may stand as a word of
// its own where a sentence ends with it, so both keys are entered.
func (n *names) enter(p read.Place, form read.Form, name string) {
	n.doc.Reset(name)
	n.doc.Segment()
	key, count := uint64(0), 0
	for i := range n.doc.Tokens {
		if n.doc.Form(int32(i)) == "." && i == len(n.doc.Tokens)-1 {
			break
		}
		key = lexicon.Sequence(key, n.doc.Tokens[i].Lower)
		count++
	}
	if count == 0 {
		return
	}
	n.entries = append(n.entries, read.Entry{Key: key, Place: p, Form: form})
	if bare, ok := strings.CutSuffix(name, "."); ok {
		for _, last := range []string{bare, name} {
			key, words := uint64(0), strings.Fields(last)
			for _, w := range words {
				key = lexicon.Sequence(key, text.HashLower(w))
			}
			n.entries = append(n.entries, read.Entry{Key: key, Place: p, Form: form})
		}
	}
}

// people enters the adjectives and inhabitants of p and their plurals.
func (n *names) people(p read.Place, all []string) {
	for _, w := range all {
		n.enter(p, read.Adjective, w)
		switch {
		case strings.HasSuffix(w, "man"):
			n.enter(p, read.Inhabitants, strings.TrimSuffix(w, "man")+"men")
		case strings.HasSuffix(w, "ese"), strings.HasSuffix(w, "ish"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "ss"):
		case strings.HasSuffix(w, "y") && !strings.ContainsAny(w[len(w)-2:len(w)-1], "aeiou"):
			n.enter(p, read.Inhabitants, strings.TrimSuffix(w, "y")+"ies")
		default:
			n.enter(p, read.Inhabitants, w+"s")
		}
	}
}

// plain returns a name without the accents that English papers leave out.
func plain(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case letters[r] != "":
			b.WriteString(letters[r])
		case r == '‘' || r == '’' || r == 'ʻ' || r == 'ʼ' || r == '`':
			b.WriteByte('\'')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// letters are those that have no accent to lose.
var letters = map[rune]string{'ł': "l", 'Ł': "L", 'ø': "o", 'Ø': "O", 'đ': "d", 'Đ': "D", 'ı': "i", 'ß': "ss", 'æ': "ae", 'Æ': "Ae", 'œ': "oe", 'ə': "a", 'Ə': "A", 'þ': "th", 'Þ': "Th", 'ð': "d"}

// latin reports whether another name of a town is one that an English paper
// could write: Latin letters, capitals at the front, no code of an airport.
func latin(s string) bool {
	if len(s) < 4 || len(s) > 40 || s == strings.ToUpper(s) {
		return false
	}
	first := true
	for _, r := range s {
		if first && (r < 'A' || r > 'Z') {
			return false
		}
		first = false
		if r > 0x17F || unicode.IsDigit(r) || strings.ContainsRune("(),/;", r) {
			return false
		}
	}
	return true
}
