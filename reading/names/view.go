package names

import (
	"strings"

	"hearsay/linear"
	"hearsay/reading/lexicon"
	"hearsay/reading/places/gazetteer"
	"hearsay/text"
	"hearsay/text/clusters"
)

// View is a text as the tagger of names sees it: the stretches in which a name
// may stand, and the features of their tokens. Training and reading both see
// texts through it. A View is reused by Reset; it serves one goroutine.
type View struct {
	doc     *text.Doc
	classes *Classes
	like    *clusters.Table
	places  *gazetteer.Table

	segments []Segment
	words    []word  // by token; filled in around segments
	placed   []uint8 // by token: what the gazetteer has of it
	seen     table   // words, pairs and abbreviations of this text to numbers in said
	said     []evidence
}

// Segment is a stretch of a sentence in which names may stand: what is
// capitalised and what lies beside it.
type Segment struct {
	text.Range
	Sentence int32
	caps     uint32 // capsNone, capsAll or capsTitle
}

// How a sentence is written.
const (
	capsNone  = iota
	capsAll   // in capitals throughout
	capsTitle // Most Words Begin With One
)

// maxSegment bounds the stretch that is decoded as one. No text has longer
// names; what was written to exhaust memory is cut there.
const maxSegment = 120

// word is what features are made of, for one token.
type word struct {
	lower           uint32 // 1 outside the sentence
	part            uint32 // what stands before the last hyphen of a word of no class, 0 for nothing
	shape           uint32 // pattern of letters, capitals, digits and marks, runs shortened
	prefix, suffix  uint32 // the first and last four bytes in lower case
	fine, mid, top  uint32 // Classes
	like            uint32 // clusters
	known           uint32 // lexicon
	place           uint32 // gazetteer
	tag             uint32
	initial, filled bool  // initial: first of its sentence, marks left out
	number          int32 // in said, -1 for none
}

// evidence is what the text as a whole shows of a word, a pair of words or an abbreviation.
type evidence struct {
	lower, inside uint16    // how often a word stands in lower case, and with a capital inside a sentence
	votes         [5]uint16 // how often the first pass gave it each Type
	// The longest name of the first pass that it is part of.
	longest     text.Range
	longestType Type
}

// outside stands for the words before and after a sentence.
var outside = word{lower: 1, number: -1}

// NewView makes a View that knows words by the tables given.
func NewView(classes *Classes, like *clusters.Table, places *gazetteer.Table) *View {
	return &View{classes: classes, like: like, places: places}
}

// Reset looks at d, which is segmented, tagged and parsed, and returns the
// segments in which names may stand. They are valid until the next Reset.
func (v *View) Reset(d *text.Doc) []Segment {
	v.doc = d
	v.segments = v.segments[:0]
	v.said = v.said[:0]
	v.seen.reset()
	if cap(v.words) < len(d.Tokens) {
		v.words = make([]word, len(d.Tokens), len(d.Tokens)*5/4)
	}
	v.words = v.words[:len(d.Tokens)]
	for i := range v.words {
		v.words[i].filled = false
	}
	v.placed = append(v.placed[:0], make([]uint8, len(d.Tokens))...)
	for k, s := range d.Sentences {
		v.divide(int32(k), s)
	}
	for _, g := range v.segments {
		v.place(g.Range)
	}
	v.count()
	return v.segments
}

// capital reports whether a name may begin with or consist of the token.
func capital(t *text.Token) bool { return t.Shape&text.HasUpper != 0 }

// divide finds the segments of a sentence.
func (v *View) divide(k int32, s text.Sentence) {
	tokens := v.doc.Tokens
	caps := capsOf(tokens[s.First:s.End])
	for i := s.First; i < s.End; {
		if !capital(&tokens[i]) {
			i++
			continue
		}
		first := i
		for first > s.First && i-first < 2 && particle(&tokens[first-1]) && (len(v.segments) == 0 || v.segments[len(v.segments)-1].End < first) {
			first--
		}
		// As far as there are capitals, with at most two other words between.
		end, last := i+1, i
		for ; end < s.End && end-last < 4 && end-first < maxSegment; end++ {
			if capital(&tokens[end]) {
				last = end
			}
		}
		end = last + 1
		if end < s.End && trails(&tokens[end]) {
			end++
		}
		v.segments = append(v.segments, Segment{text.Range{First: first, End: end}, k, caps})
		i = end
	}
}

// particle reports whether a name may begin with a token that has no capital:
// a number, or a word that stands before surnames.
func particle(t *text.Token) bool {
	return t.Shape&text.HasDigit != 0 || t.End-t.Start <= 4 && particles[t.Lower]
}

// trails reports whether a name may end with a token that has no capital: a
// number, or a genitive as in "Moody's".
func trails(t *text.Token) bool {
	return t.Shape&text.HasDigit != 0 || t.Lower == genitive || t.Lower == curlyGenitive
}

var genitive, curlyGenitive = text.Hash("'s"), text.Hash("’s")

var particles = func() map[uint32]bool {
	m := map[uint32]bool{}
	for w := range strings.FieldsSeq("de van von der den del di da das do dos du la le el al bin ibn ben abu ter ten zu zur af av y e i") {
		m[text.Hash(w)] = true
	}
	return m
}()

// longestPlace is the number of words of a place that the gazetteer is asked for.
const longestPlace = 4

// place notes the places that the gazetteer knows in a segment, from left to
// right, the longest at each word. A person's name may be one of them: what it
// comes to is learned.
func (v *View) place(r text.Range) {
	for i := r.First; i < r.End; {
		if !capital(&v.doc.Tokens[i]) {
			i++
			continue
		}
		key, end, what := uint64(0), i+1, uint8(0)
		for j := i; j < min(r.End, i+longestPlace); j++ {
			key = lexicon.Sequence(key, v.doc.Tokens[j].Lower)
			if w := v.sort(v.places.Find(key)); w != 0 {
				end, what = j+1, w
			}
		}
		if what != 0 {
			for j := i; j < end; j++ {
				v.placed[j] = what<<2 | uint8(b2u(j > i)) | uint8(b2u(j < end-1))<<1
			}
		}
		i = end
	}
}

// sort says what sort of places a name means: the number of the most telling
// one, 0 when it means none.
func (v *View) sort(hits gazetteer.Hits) uint8 {
	best := uint8(0)
	for i := range min(hits.Len(), 6) {
		h := hits.At(i)
		if s := sortOf(h.Form, v.places.Kind(h.Place), v.places.Size(h.Place)); best == 0 || s < best {
			best = s
		}
	}
	return best
}

func sortOf(f gazetteer.Form, k gazetteer.Kind, size int) uint8 {
	switch f {
	case gazetteer.Adjective, gazetteer.Inhabitants:
		return 2
	case gazetteer.Abbreviation:
		return 4
	case gazetteer.Alternate:
		return 14
	case gazetteer.Short:
		return 12
	}
	switch k {
	case gazetteer.Country:
		return 1
	case gazetteer.Region:
		return 3
	case gazetteer.Capital:
		return 5
	case gazetteer.Continent, gazetteer.Area:
		return 6
	case gazetteer.Water, gazetteer.River, gazetteer.Mountain:
		return 10
	case gazetteer.County:
		return 11
	case gazetteer.Section:
		return 13
	}
	switch { // a town, by 8·log2 of its people
	case size >= 8*17:
		return 7
	case size >= 8*14:
		return 8
	}
	return 9
}

// capsOf says how the tokens of a sentence are written.
func capsOf(tokens []text.Token) uint32 {
	var lower, upper, first int
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.End-t.Start < 2 || t.Shape&(text.HasLower|text.HasUpper) == 0:
		case t.Shape&text.HasLower == 0:
			upper++
		case t.Shape&text.FirstUpper != 0:
			first++
		case t.End-t.Start > 3:
			lower++
		}
	}
	switch {
	case upper >= 2 && upper > 3*(lower+first):
		return capsAll
	case first+upper >= 4 && lower*4 <= first+upper:
		return capsTitle
	}
	return capsNone
}

// count gathers what the whole text shows of its capitalised words.
func (v *View) count() {
	tokens := v.doc.Tokens
	for _, g := range v.segments {
		for i := g.First; i < g.End; i++ {
			if t := &tokens[i]; capital(t) {
				n := v.number(linear.Join(1, t.Lower, 0, 0))
				if g.caps == capsNone && i > v.doc.Sentences[g.Sentence].First {
					v.said[n].inside = add(v.said[n].inside)
				}
			}
		}
	}
	if len(v.said) == 0 {
		return
	}
	for i := range tokens {
		if t := &tokens[i]; t.Shape&(text.HasUpper|text.HasLower) == text.HasLower {
			if n := v.seen.find(uint64(linear.Join(1, t.Lower, 0, 0))); n >= 0 {
				v.said[n].lower = add(v.said[n].lower)
			}
		}
	}
}

// add counts one more, as far as the counter goes.
func add(n uint16) uint16 {
	if n == 1<<16-1 {
		return n
	}
	return n + 1
}

// number returns the number in said of a key, a new one if need be.
func (v *View) number(key linear.Feature) int32 {
	n, fresh := v.seen.add(uint64(key), int32(len(v.said)))
	if fresh {
		v.said = append(v.said, evidence{})
	}
	return n
}

// at returns what is known of token i of the sentence s.
func (v *View) at(i int32, s text.Sentence) *word {
	if i < s.First || i >= s.End {
		return &outside
	}
	w := &v.words[i]
	if !w.filled {
		v.fill(w, i, s)
	}
	return w
}

func (v *View) fill(w *word, i int32, s text.Sentence) {
	t := &v.doc.Tokens[i]
	form := v.doc.Text[t.Start:t.End]
	low := t.Lower
	switch { // as the words are written that the tables know
	case low == curlyGenitive:
		low = genitive
	case t.Shape&text.HasPunct != 0 && strings.Contains(form, "’"):
		low = text.HashLower(strings.ReplaceAll(form, "’", "'"))
	}
	c := v.classes.Of(low)
	part := uint32(0)
	if c.Fine == 0 && t.Shape&text.HasHyphen != 0 {
		// "al-Sadiq" is like "Sadiq", "Orvane-based" like all that is based somewhere.
		if k := strings.LastIndexByte(form, '-'); k > 0 && k < len(form)-1 {
			c = v.classes.Of(text.HashLower(form[k+1:]))
			part = text.HashLower(form[:k])
		}
	}
	*w = word{lower: low, part: part, fine: uint32(c.Fine), mid: uint32(c.Middle), top: uint32(c.Top), like: uint32(v.like.Of(low)),
		tag: uint32(t.Tag), place: uint32(v.placed[i]), filled: true, number: -1}
	w.shape = pattern(form)
	for k := max(0, len(form)-4); k < len(form); k++ {
		w.suffix = w.suffix<<8 | uint32(lower(form[k]))
	}
	for k := range min(4, len(form)) {
		w.prefix = w.prefix<<8 | uint32(lower(form[k]))
	}
	w.known = knownAs(low)
	if capital(t) {
		w.number = v.seen.find(uint64(linear.Join(1, t.Lower, 0, 0)))
	}
	w.initial = i == s.First || i == s.First+1 && v.doc.Tokens[s.First].Shape&(text.HasLower|text.HasUpper|text.HasDigit) == 0
}

// knownAs is what the lexicon says of a word that bears on names.
func knownAs(word uint32) uint32 {
	const bears = lexicon.Person | lexicon.Government | lexicon.Organization | lexicon.Media | lexicon.Place | lexicon.Title |
		lexicon.Newsprint | lexicon.Company | lexicon.Time | lexicon.Group
	k := uint32(lexicon.Of(word) & bears)
	if g := lexicon.Given(word); g != 0 {
		k |= 1 << 30
	}
	if lexicon.Demonym(word) {
		k |= 1 << 31
	}
	return k
}

// pattern is the form's shape: runs of capitals, small letters and digits are
// each one sign after their second, other characters stand for themselves.
func pattern(form string) uint32 {
	h := uint32(2166136261)
	var last byte
	run := 0
	for i := 0; i < len(form); i++ {
		b := form[i]
		switch {
		case b >= 'A' && b <= 'Z':
			b = 'X'
		case b >= 'a' && b <= 'z':
			b = 'x'
		case b >= '0' && b <= '9':
			b = 'd'
		case strings.HasPrefix(form[i:], "’"):
			b = '\''
			i += len("’") - 1
		case b >= 0x80:
			b = 'x'
		}
		if b == last {
			if run++; run > 2 {
				continue
			}
		} else {
			run = 1
		}
		last = b
		h = (h ^ uint32(b)) * 16777619
	}
	return h
}

func lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}
