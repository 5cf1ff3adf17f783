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
	decided := int32(0) // stops before this token were looked at with the one before them
	for i := range d.marks {
		m := &d.marks[i]
		switch m.kind {
		case markQuote:
			continue
		case markLine, markBlank:
			d.addSentence(first, m.token, paragraph)
			first = m.token
			paragraph++
			continue
		}
		if m.token < decided {
			continue
		}
		last, end, by := d.absorb(i)
		decided = end
		if end == int32(len(d.Tokens)) || !d.endsSentence(last, first, end, by) {
			continue
		}
		d.addSentence(first, end, paragraph)
		first = end
	}
	d.addSentence(first, int32(len(d.Tokens)), paragraph)
}

// closer is what stands between a stop and the end of its sentence.
type closer uint8

const (
	byNothing closer = iota
	byBracket
	byQuote
)

// absorb returns the end of what belongs to the sentence that the mark at i
// may end, further stops, closing brackets and quotation marks, and the last
// stop in it.
func (d *Doc) absorb(i int) (last int, end int32, by closer) {
	last, end = i, d.marks[i].token+1
	for i++; end < int32(len(d.Tokens)); end++ {
		if i < len(d.marks) && d.marks[i].token == end {
			m := d.marks[i]
			switch {
			case m.ends():
				return last, end, by
			case m.kind == markQuote && (m.role == roleClose || m.role == roleNone && d.closes(end)):
				by = byQuote
			case m.kind == markStop:
				last = i
			case m.kind == markEllipsis && d.Tokens[end].Start == d.Tokens[end-1].End:
			default:
				return last, end, by
			}
			i++
			continue
		}
		switch d.Text[d.Tokens[end].Start] {
		case ')', ']', '}':
			by = max(by, byBracket)
		case '[':
			// The number of a note: "[7]".
			if end+2 >= int32(len(d.Tokens)) || i < len(d.marks) && d.marks[i].token <= end+2 || d.Tokens[end+1].Shape != HasDigit || d.Text[d.Tokens[end+2].Start] != ']' {
				return last, end, by
			}
			end += 2
		default:
			return last, end, by
		}
	}
	return last, end, by
}

// closes reports whether the quotation mark i, whose partner is missing, looks
// as if it closed something.
func (d *Doc) closes(i int32) bool {
	tok := d.Tokens[i]
	return d.Tokens[i-1].End == tok.Start && !classAt(d.Text, int(tok.End)).wordy()
}

// endsSentence decides whether the sentence that began at first ends before
// the token next, with the i-th mark and what it absorbed.
func (d *Doc) endsSentence(i int, first, next int32, by closer) bool {
	m := d.marks[i]
	// What a sentence begins with is seen behind its opening marks.
	word := next
	for i++; i < len(d.marks) && d.marks[i].token <= word; i++ {
		switch k := d.marks[i]; {
		case k.ends() && k.token == next:
			return true
		case k.kind == markQuote && k.role == roleOpen && k.token == word && word+1 < int32(len(d.Tokens)):
			word++
		}
	}
	quoted := word > next
	tok := d.Tokens[word]
	r, _ := utf8.DecodeRuneInString(d.Text[tok.Start:])
	upper := unicode.IsUpper(r)
	begins := upper && (quoted || starters[tok.Lower])
	switch m.kind {
	case markStop:
		stop := d.Text[d.Tokens[m.token].Start]
		if d.bare(first, m.token) || stop == '.' && m.token == first+1 && d.Tokens[first].Shape == HasDigit {
			// Nothing was said yet, or "1." begins an entry.
			return false
		}
		switch r {
		case ',', ';', ':', '%', '/', ')', ']':
			return false
		case '-', '–', '—':
			return by == byNothing
		}
		if quoted {
			return true
		}
		if unicode.IsLower(r) {
			return by == byNothing && stop == '.'
		}
		return by != byQuote || stop == '.' || !upper || !d.saysWho(next)
	case markEllipsis:
		return begins && !d.bare(first, m.token)
	}
	switch m.abbr {
	case abbrEnd:
		return begins || upper && by == byQuote
	case abbrMonth, abbrLetter:
		return upper && starters[tok.Lower]
	case abbrTime:
		return upper && !zones[tok.Lower]
	}
	return upper && by == byQuote
}

// bare reports whether nothing but marks stands before the token stop in the
// sentence that begins at first.
func (d *Doc) bare(first, stop int32) bool {
	if stop-first > 2 {
		return false
	}
	for _, tok := range d.Tokens[first:stop] {
		if tok.Shape&^HasPunct != 0 {
			return false
		}
	}
	return true
}

// saysWho reports whether at token i, behind a question or exclamation in
// quotation marks, it goes on with who said so: “Why?” Venn asked.
func (d *Doc) saysWho(i int32) bool {
	for k := i; k < i+5 && k+1 < int32(len(d.Tokens)); k++ {
		tok := d.Tokens[k]
		if sayings[tok.Lower] {
			switch c := d.Text[d.Tokens[k+1].Start]; c {
			case '.', ',', ':':
				return k > i
			}
			return false
		}
		if tok.Shape&FirstUpper == 0 || starters[tok.Lower] {
			return false
		}
	}
	return false
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
