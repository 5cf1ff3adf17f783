package reading

import (
	"slices"

	"hearsay/reading/lexicon"
	"hearsay/text"
)

const (
	longestKnown   = 7 // words of a widely known name
	shortestLetter = 3 // letters of an abbreviation
	longestLetter  = 7
)

// recapitalize gives back the capitals of names in a text of capitals whose
// case s a model has guessed, where more is known than the words around them
// tell: names that everybody knows, and the abbreviations that the text itself
// explains ("the Orvane Liberation Front [OLF]"). d is the text as it was, cut
// into tokens; s is as long as it.
func recapitalize(d *text.Doc, s string) string {
	out := []byte(s)
	short := map[uint32]bool{}
	for i := range int32(len(d.Tokens)) {
		if x := abbreviated(d, i); x >= 0 {
			short[d.Tokens[x].Lower] = true
		}
	}
	for i := int32(0); int(i) < len(d.Tokens); i++ {
		t := &d.Tokens[i]
		if short[t.Lower] {
			copy(out[t.Start:t.End], d.Text[t.Start:t.End])
			continue
		}
		end := known(d, i)
		for k := i; k < end; k++ {
			t := &d.Tokens[k]
			switch size := int(t.End - t.Start); {
			case end == i+1 && size <= 4:
				copy(out[t.Start:t.End], d.Text[t.Start:t.End])
			case k > i && size <= 3:
				// "of", "for"
			default:
				out[t.Start] = d.Text[t.Start]
			}
		}
		i = max(i, end-1)
	}
	return string(out)
}

// known is the end of the longest widely known name of a body that begins at
// token i, 0 for none.
func known(d *text.Doc, i int32) int32 {
	end := int32(0)
	seq := uint64(0)
	for k := i; k < min(int32(len(d.Tokens)), i+longestKnown); k++ {
		t := &d.Tokens[k]
		seq = lexicon.Sequence(seq, t.Lower)
		c := lexicon.Named(lexicon.Same(seq))
		if c&lexicon.Place != 0 {
			continue
		}
		if c&lexicon.Group != 0 && t.End-t.Start > 2 || c&lexicon.Body != 0 && k > i {
			end = k + 1
		}
	}
	return end
}

// abbreviated is the token of the abbreviation that a bracket at token i gives
// for the name before it or explains, -1 for none.
func abbreviated(d *text.Doc, i int32) int32 {
	tokens := d.Tokens
	open := func(k int32) bool { return d.Form(k) == "[" || d.Form(k) == "(" }
	if !open(i) || i == 0 || int(i)+2 >= len(tokens) {
		return -1
	}
	if d.Form(i+2) == "]" || d.Form(i+2) == ")" {
		if letters(d, i-1) >= 0 && short(d, i+1) {
			return i + 1
		}
		return -1
	}
	if !short(d, i-1) {
		return -1
	}
	// Most of the letters begin words in the bracket, in whatever order: the
	// name may be given in another language.
	form := d.Form(i - 1)
	var left [256]int
	words := 0
	for k := i + 1; k < min(int32(len(tokens)), i+12) && d.Form(k) != "]" && d.Form(k) != ")"; k++ {
		left[d.Form(k)[0]]++
		words++
	}
	found := 0
	for k := range len(form) {
		if left[form[k]] > 0 {
			left[form[k]]--
			found++
		}
	}
	if words < 2 || 2*found <= len(form) {
		return -1
	}
	return i - 1
}

// letters is how many letters token i has, -1 where it is no word.
func letters(d *text.Doc, i int32) int {
	t := &d.Tokens[i]
	if t.Shape&text.HasUpper == 0 {
		return -1
	}
	return int(t.End - t.Start)
}

// short reports whether token i can be an abbreviation.
func short(d *text.Doc, i int32) bool {
	n := letters(d, i)
	return n >= shortestLetter && n <= longestLetter && lexicon.Of(d.Tokens[i].Lower) == 0
}

const longestDateline = 24 // tokens

// splitDateline makes the dateline of a report, "LIMA, 3 MAY 89 (AGENCY) --",
// a sentence of its own, so that no reader takes the city for the subject of
// what follows.
func splitDateline(d *text.Doc) {
	if len(d.Sentences) == 0 {
		return
	}
	s := d.Sentences[0]
	for i := s.First + 1; i < min(s.End-1, s.First+longestDateline); i++ {
		if f := d.Form(i); f == "--" || f == "—" {
			if s.End-i > 3 {
				rest := s
				s.End, rest.First = i+1, i+1
				d.Sentences[0] = s
				d.Sentences = slices.Insert(d.Sentences, 1, rest)
			}
			return
		}
	}
}
