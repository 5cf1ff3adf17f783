package text

import (
	"unicode"
	"unicode/utf8"
)

// maxSentence is the most tokens of a sentence: a longer one is cut, so that
// readers whose cost grows faster than a sentence's length stay linear.
const maxSentence = 400

// splitSentences fills d.Sentences from d.marks.
func (d *Doc) splitSentences() {
	d.Sentences = d.Sentences[:0]
	var first, paragraph int32
	for i := range d.marks {
		m := &d.marks[i]
		switch m.kind {
		case markQuote:
			continue
		case markLine:
			d.addSentence(first, m.token, paragraph)
			first = m.token
			paragraph++
			continue
		}
		if m.token < first {
			continue
		}
		end, closed := d.absorb(i)
		if end == int32(len(d.Tokens)) || !d.endsSentence(m, first, end, closed, i) {
			continue
		}
		d.addSentence(first, end, paragraph)
		first = end
	}
	d.addSentence(first, int32(len(d.Tokens)), paragraph)
}

// absorb returns the end of what belongs to the sentence that the mark at i
// may end: further stops, closing brackets and quotation marks. closed says
// that there was one of the latter.
func (d *Doc) absorb(i int) (end int32, closed bool) {
	end = d.marks[i].token + 1
	for i++; end < int32(len(d.Tokens)); {
		if i < len(d.marks) && d.marks[i].token == end {
			m := d.marks[i]
			switch {
			case m.kind == markLine:
				return end, closed
			case m.kind == markQuote && m.role == roleClose:
				closed = true
			case m.kind == markStop || m.kind == markEllipsis:
			default:
				return end, closed
			}
			i++
			end++
			continue
		}
		switch d.Text[d.Tokens[end].Start] {
		case ')', ']', '}':
			closed = true
			end++
			continue
		}
		break
	}
	return end, closed
}

// endsSentence decides whether the sentence that began at first ends before
// the token next, with the mark m, the i-th.
func (d *Doc) endsSentence(m *mark, first, next int32, closed bool, i int) bool {
	word := next
	for k := i + 1; k < len(d.marks) && d.marks[k].token <= word; k++ {
		if d.marks[k].kind == markLine && d.marks[k].token == next {
			return true
		}
		if d.marks[k].token == word && d.marks[k].kind == markQuote && d.marks[k].role == roleOpen && word+1 < int32(len(d.Tokens)) {
			word++
		}
	}
	quoted := word > next
	tok := d.Tokens[word]
	r, _ := utf8.DecodeRuneInString(d.Text[tok.Start:])
	lower, upper := unicode.IsLower(r), unicode.IsUpper(r)
	switch m.kind {
	case markStop:
		stop := d.Text[d.Tokens[m.token].Start]
		if m.token == first && next == first+1 {
			return false
		}
		if m.token == first+1 && d.Tokens[first].Shape == HasDigit && stop == '.' {
			// The number of an entry.
			return false
		}
		switch r {
		case ',', ';', ':', '%', '/', ')', ']':
			return false
		case '-', '–', '—':
			return !closed
		}
		if lower && !quoted {
			return !closed && stop == '.'
		}
		return true
	case markEllipsis:
		return upper && (quoted || starters[tok.Lower])
	}
	switch m.abbr {
	case aEnd:
		if closed {
			return upper
		}
		return upper && (quoted || starters[tok.Lower])
	case aMonth, aLetter:
		return upper && starters[tok.Lower]
	case aTime:
		return upper && !zones[tok.Lower]
	}
	return closed && upper
}

// zones are the words that follow a time of day, capitalised.
var zones = map[uint32]bool{}

func init() {
	for _, w := range []string{
		"est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "gmt", "utc", "bst", "cet", "ist", "eastern", "central", "mountain", "pacific", "local", "moscow", "greenwich",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.",
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	} {
		zones[Hash(w)] = true
	}
}

// addSentence adds the tokens [first, end), cut where they are too many.
func (d *Doc) addSentence(first, end, paragraph int32) {
	for end-first > maxSentence {
		cut := d.cut(first)
		d.Sentences = append(d.Sentences, Sentence{First: first, End: cut, Paragraph: paragraph})
		first = cut
	}
	if first < end {
		d.Sentences = append(d.Sentences, Sentence{First: first, End: end, Paragraph: paragraph})
	}
}

// cut returns where to cut a sentence from first that is too long: behind the
// last semicolon, else comma, of its second half, else at the limit.
func (d *Doc) cut(first int32) int32 {
	comma := first + maxSentence
	found := false
	for i := first + maxSentence - 1; i >= first+maxSentence/2; i-- {
		switch d.Text[d.Tokens[i].Start] {
		case ';':
			return i + 1
		case ',':
			if !found {
				comma, found = i+1, true
			}
		}
	}
	return comma
}
