package entities

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hearsay/reading/lexicon"
	"hearsay/text"
)

// farthestAlias is how many tokens may stand between a name and another of the
// same one: ", who is also better known as “".
const farthestAlias = 9

// aliases notes the names that the text itself says are one's: "the Harbour
// Workers' Union (HWU)", "Shihab Tarn, also known as Feryd Hesk".
func (r *Reader) aliases() {
	for i := 1; i < len(r.names); i++ {
		a, b := r.names[i-1].Range, r.names[i].Range
		if b.First-a.End > farthestAlias || b.First == a.End || r.t.Sentence(a.First) != r.t.Sentence(b.First) {
			continue
		}
		said, known := r.saidSame(a, b)
		if !said {
			continue
		}
		f, g := r.formAt(a), r.formAt(b)
		if f < 0 || g < 0 || f == g || !known && !r.canBeSame(a, b, &r.forms[f], &r.forms[g]) {
			continue
		}
		r.pair(f, g)
		r.pair(g, f)
		r.forms[g].alias = r.forms[g].alias || r.forms[f].words > 1
		if known && r.forms[g].tag != r.forms[f].tag {
			r.forms[g].tag = r.forms[f].tag
		}
	}
}

// pair notes that f may also go by the name g.
func (r *Reader) pair(f, g int32) {
	r.links = append(r.links, link{g, r.forms[f].partner})
	r.forms[f].partner = int32(len(r.links) - 1)
}

// mostPartners bounds how many other names of one form are looked at.
const mostPartners = 6

// partner is the entity of another name that f is said to go by, -1 for none.
func (r *Reader) partner(f *form) int32 {
	l := f.partner
	for n := 0; l >= 0 && n < mostPartners; n++ {
		if e := r.forms[r.links[l].entity].entity; e >= 0 {
			return e
		}
		l = r.links[l].next
	}
	return -1
}

// formAt is the form of the name at n as settled, -1 when it has none that counts.
func (r *Reader) formAt(n text.Range) int32 {
	f, ok := r.formOf[r.identity(r.unsuffixed(n))]
	if !ok {
		return -1
	}
	for ; f >= 0; f = r.forms[f].next {
		g := f
		if into := r.forms[f].into; into >= 0 {
			g = into
		}
		if r.forms[g].tag != Unknown {
			return g
		}
	}
	return -1
}

// saidSame reports whether the words between the names a and b can say that
// both are one's: brackets around b, or "known as", which is known to.
func (r *Reader) saidSame(a, b text.Range) (said, known bool) {
	tokens := r.d.Tokens
	bracket := false
	for i := a.End; i < b.First; i++ {
		t := &tokens[i]
		switch {
		case t.Tag == text.LeftB && i == a.End:
			bracket = true
		case t.Lower == wordAs:
			if i == a.End || !callings()[tokens[i-1].Lemma] && tokens[i-1].Lower != wordTo {
				return false, false
			}
			known = true
		case renamings()[t.Lower]:
			known = true
		case between()[t.Lower], t.Tag == text.OpenQ, t.Tag == text.CloseQ, t.Tag == text.Comma:
		default:
			return false, false
		}
	}
	if !bracket {
		return known, known
	}
	end := b.End
	for int(end) < len(tokens) && (tokens[end].Tag == text.CloseQ || tokens[end].Tag == text.POS) {
		end++
	}
	return int(end) < len(tokens) && tokens[end].Tag == text.RightB, known
}

// canBeSame reports whether the name b, in brackets behind the name a, can be
// another name of the same rather than where it is or what it is part of.
func (r *Reader) canBeSame(a, b text.Range, f, g *form) bool {
	short, long := g, f
	at := b
	if f.words == 1 && g.words > 1 {
		short, long, at = f, g, a
	}
	if t := &r.d.Tokens[at.First]; long.words > 1 && short.words == 1 && t.Shape&text.HasLower == 0 && t.End-t.Start >= 2 && long.tag != Person {
		word := r.d.Form(at.First)
		for i := long.name.First; i < long.name.End; i++ {
			if c := r.d.Text[r.d.Tokens[i].Start]; c|0x20 == word[0]|0x20 {
				return true
			}
		}
		return false
	}
	switch {
	case f.tag != g.tag:
		return false
	case f.tag == Person:
		return g.words == 1 || f.last == g.last || f.first == g.first
	}
	return alike(r.d.Form(f.name.First), r.d.Form(g.name.First))
}

// word is the hash of token i as names are compared: without accents, marks
// and, asked for a surname, the Arabic article.
func (r *Reader) word(i int32, surname bool) uint32 {
	t := &r.d.Tokens[i]
	form := r.d.Form(i)
	if t.Shape&(text.HasPunct|text.HasHyphen) == 0 && ascii(form) {
		return t.Lower
	}
	if surname && t.Shape&text.HasHyphen != 0 {
		if k := article(form); k > 0 {
			form = form[k:]
		}
	}
	var b folded
	b.add(form, false)
	return text.Hash(string(b.letters[:b.n]))
}

// key is the hash by which the text's names are compared: accents, marks and
// what stands in brackets are left out, and hyphens part words.
func (r *Reader) key(i, end int32) uint64 {
	h := uint64(0)
	inside := false
	for ; i < end; i++ {
		t := &r.d.Tokens[i]
		switch {
		case t.Tag == text.LeftB:
			inside = true
		case t.Tag == text.RightB:
			inside = false
		case inside || t.Shape == text.HasPunct:
		case t.Shape&(text.HasPunct|text.HasHyphen) == 0 && ascii(r.d.Form(i)):
			h = lexicon.Sequence(h, t.Lower)
		default:
			form := r.d.Form(i)
			for form != "" {
				var b folded
				form = b.add(form, true)
				if b.n > 0 {
					h = lexicon.Sequence(h, text.Hash(string(b.letters[:b.n])))
				}
			}
		}
	}
	return h
}

// article is the length of "al-" and its like at the head of a name, 0 for none.
func article(form string) int {
	for _, a := range [...]string{"al-", "el-", "ul-", "as-", "ash-", "ad-", "at-", "ar-", "an-", "az-"} {
		if len(form) > len(a) && equalFold(form[:len(a)], a) {
			return len(a)
		}
	}
	return 0
}

func equalFold(s, lower string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// folded is a word in lower case, without accents and marks. What is longer
// than it holds is cut off.
type folded struct {
	letters [48]byte
	n       int
}

// add folds s, up to its first hyphen when that parts words, and returns what
// is left.
func (b *folded) add(s string, hyphens bool) string {
	for i, c := range s {
		if hyphens && (c == '-' || c == '‐' || c == '‑' || c == '–') {
			return s[i+utf8.RuneLen(c):]
		}
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '&' {
				b.put(string(c))
			}
			continue
		}
		if !unicode.IsLetter(c) {
			continue
		}
		if plain, ok := unaccented[unicode.ToLower(c)]; ok {
			b.put(plain)
			continue
		}
		if p := norm.NFD.PropertiesString(s[i:]); len(p.Decomposition()) > 0 && p.Decomposition()[0] < utf8.RuneSelf {
			b.put(string(p.Decomposition()[0] | 0x20))
			continue
		}
		b.put(string(unicode.ToLower(c)))
	}
	return ""
}

func (b *folded) put(s string) {
	if b.n+len(s) <= len(b.letters) {
		b.n += copy(b.letters[b.n:], s)
	}
}

// unaccented has the letters that Unicode does not take apart.
var unaccented = map[rune]string{'ø': "o", 'đ': "d", 'ł': "l", 'ı': "i", 'æ': "ae", 'œ': "oe", 'ß': "ss", 'ð': "d", 'þ': "th", 'ħ': "h"}

// alike reports whether two names may be spellings of one: "Zelensky" and
// "Zelenskyy". They begin alike and differ in at most one letter of five, two of eight.
func alike(x, y string) bool {
	var a, b folded
	a.add(x, false)
	b.add(y, false)
	most := 0
	switch n := min(a.n, b.n); {
	case n >= 8:
		most = 2
	case n >= 5:
		most = 1
	default:
		return a.n == b.n && a.letters == b.letters
	}
	if a.letters[0] != b.letters[0] || max(a.n, b.n)-min(a.n, b.n) > most {
		return false
	}
	// Levenshtein's distance; the words are at most as long as folded holds.
	var row [len(a.letters) + 1]int
	for j := range b.n + 1 {
		row[j] = j
	}
	for i := range a.n {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b.n {
			cost := diagonal
			if a.letters[i] != b.letters[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[b.n] <= most
}

// respelt is the one person whose surname is spelt a little differently from f,
// -1 for none.
func (r *Reader) respelt(f *form) int32 {
	if f.tag != Person {
		return -1
	}
	found := int32(-1)
	for l := r.first(r.byStem, r.stem(f.name.End-1)); l >= 0; l = r.links[l].next {
		e := r.links[l].entity
		if x := &r.cast.Entities[e]; r.person(e) && r.compatible(e, f) && x.words > 1 && alike(r.d.Form(f.name.End-1), r.d.Form(x.Name.End-1)) {
			if found >= 0 && found != e {
				return -1
			}
			found = e
		}
	}
	return found
}

// stem is what spellings of one surname begin with.
func (r *Reader) stem(i int32) uint32 {
	var b folded
	form := r.d.Form(i)
	b.add(form[article(form):], false)
	return text.Hash(string(b.letters[:min(b.n, 4)]))
}
