package text

// glyph is what a quotation mark looks like.
type glyph uint8

const (
	glyphStraight   glyph = iota // "
	glyphOpen2                   // “ ‟ ``
	glyphClose2                  // ” ''
	glyphLow2                    // „
	glyphSingle                  // '
	glyphOpen1                   // ‘ ‛ `
	glyphClose1                  // ’
	glyphLow1                    // ‚
	glyphLeft2                   // «
	glyphRight2                  // »
	glyphLeft1                   // ‹
	glyphRight1                  // ›
	glyphCorner2                 // 「 『
	glyphCorner2End              // 」 』
)

// family tells which marks can close which.
type family uint8

const (
	familyDouble family = iota
	familySingle
	familyAngle2
	familyAngle1
	familyCorner
)

var families = [...]family{
	glyphStraight: familyDouble, glyphOpen2: familyDouble, glyphClose2: familyDouble, glyphLow2: familyDouble,
	glyphSingle: familySingle, glyphOpen1: familySingle, glyphClose1: familySingle, glyphLow1: familySingle,
	glyphLeft2: familyAngle2, glyphRight2: familyAngle2, glyphLeft1: familyAngle1, glyphRight1: familyAngle1,
	glyphCorner2: familyCorner, glyphCorner2End: familyCorner,
}

// role is what a quotation mark does.
type role uint8

const (
	roleNone  role = iota // an apostrophe, a measure, or a mark without a partner
	roleOpen              // opens a quotation, or goes on with one in a new paragraph
	roleClose             // closes one
)

// maxDepth is how deep quotations are followed into one another.
const maxDepth = 8

// quote adds the quotation mark at i, which is no apostrophe.
func (s *scanner) quote(i, size int) int {
	g := glyphStraight
	switch s.text[i : i+size] {
	case "“", "‟":
		g = glyphOpen2
	case "”":
		g = glyphClose2
	case "„":
		g = glyphLow2
	case "‚":
		g = glyphLow1
	case "«":
		g = glyphLeft2
	case "»":
		g = glyphRight2
	case "‹":
		g = glyphLeft1
	case "›":
		g = glyphRight1
	case "「", "『":
		g = glyphCorner2
	case "」", "』":
		g = glyphCorner2End
	}
	s.markQuote(g)
	return s.emit(i, i+size)
}

// markQuote marks the token that is added next as a quotation mark.
func (s *scanner) markQuote(g glyph) {
	s.marks = append(s.marks, mark{token: int32(len(s.tokens)), kind: markQuote, glyph: g})
}

// pairQuotes finds the quotations among d.marks, paragraph by paragraph: it
// fills d.Quotes, the depth of every token and the role of every mark.
func (d *Doc) pairQuotes() {
	p := pairer{doc: d}
	d.Quotes = d.Quotes[:0]
	first := int32(0)
	for begin := 0; begin <= len(d.marks); {
		end, next := begin, int32(len(d.Tokens))
		for ; end < len(d.marks); end++ {
			if d.marks[end].ends() {
				next = d.marks[end].token
				break
			}
		}
		p.goesOn = end+1 < len(d.marks) && d.marks[end+1].token == next && d.marks[end+1].kind == markQuote &&
			families[d.marks[end+1].glyph] == familySingle
		p.paragraph(d.marks[begin:end], first, next-1)
		p.across = p.carried && p.closedAcross(end)
		begin, first = end+1, next
	}
	for _, q := range d.Quotes {
		for i := q.Open; i <= q.Close; i++ {
			d.Tokens[i].Quote++
		}
	}
}

// pairer is the state of pairQuotes.
type pairer struct {
	doc   *Doc
	open  [maxDepth]opened
	depth int
	// carried says that open[0] was left open by the paragraph before, across
	// that the mark to close it stands in a later line, not at its beginning.
	carried, across bool
	ahead           int // the mark that closedAcross found last
	// goesOn says that the next paragraph begins with a single mark, so that
	// one in this paragraph may do without a partner.
	goesOn bool
}

// opened is a quotation whose end has not come yet.
type opened struct {
	quote int32 // index in Doc.Quotes
	glyph glyph
}

// paragraph pairs the marks of the paragraph of tokens [first, last].
func (p *pairer) paragraph(marks []mark, first, last int32) {
	if last < first {
		return
	}
	var straights, opens, closes int
	closer1 := -1 // the last mark that may close a single quotation
	begun := false
	for i := range marks {
		m := &marks[i]
		if m.kind != markQuote {
			continue
		}
		switch m.glyph {
		case glyphStraight:
			straights++
		case glyphOpen2:
			opens++
		case glyphClose2:
			closes++
		case glyphSingle, glyphClose1, glyphOpen1:
			if _, closing := p.sides(m); closing {
				closer1 = i
			}
		}
		if m.token == first {
			begun = true
		}
	}
	if p.carried && !begun {
		p.carried = false
		if !p.across {
			p.depth = 0
		}
	}
	for i := range marks {
		m := &marks[i]
		if m.kind != markQuote {
			continue
		}
		if m.token == first && p.carried {
			p.carried = false
			if m.glyph == glyphStraight && p.open[0].glyph == glyphStraight && classAt(p.doc.Text, int(p.doc.Tokens[m.token].End)).blank() {
				// A line break between a sentence and its closing mark.
				p.close(0, m)
				continue
			}
			if families[m.glyph] == families[p.open[0].glyph] && m.glyph != glyphClose1 {
				m.role = roleOpen
				continue
			}
			p.depth = 0
		}
		opening, closing := p.sides(m)
		fam := families[m.glyph]
		at := p.innermost(fam)
		switch m.glyph {
		case glyphStraight:
			switch {
			case p.measure(m, at >= 0):
			case at < 0 && (opening || !closing):
				p.push(m)
			case at < 0:
			case opening && !closing && straights%2 == 1 && p.open[at].glyph == glyphStraight:
				// The one before was never closed: this is the next.
				p.leave(at, m.token-1)
				p.push(m)
			case opening && !closing:
				p.push(m)
			default:
				p.close(at, m)
			}
		case glyphOpen2, glyphLow2:
			switch {
			case at >= 0 && m.glyph == glyphOpen2 && (p.open[at].glyph == glyphLow2 || closing && !opening):
				p.close(at, m)
			case at >= 0 && p.open[at].glyph == glyphOpen2 && opens > closes:
				p.leave(at, m.token-1)
				p.push(m)
			default:
				p.push(m)
			}
		case glyphSingle:
			switch {
			case p.measure(m, false):
			case at >= 0 && closing && !p.possessive(m, closer1 > i):
				p.close(at, m)
			case at < 0 && opening && !closing && (closer1 > i || p.goesOn):
				p.push(m)
			}
		case glyphOpen1, glyphLow1:
			switch {
			case at >= 0 && (p.open[at].glyph == glyphLow1 || closing && !opening):
				p.close(at, m)
			case !closing && (closer1 > i || p.goesOn):
				p.push(m)
			}
		case glyphClose1:
			if at >= 0 && closing && !p.possessive(m, closer1 > i) {
				p.close(at, m)
			}
		case glyphLeft2, glyphLeft1, glyphCorner2:
			if at >= 0 && (p.open[at].glyph == glyphRight2 || p.open[at].glyph == glyphRight1) {
				p.close(at, m)
			} else {
				p.push(m)
			}
		case glyphClose2, glyphRight2, glyphRight1, glyphCorner2End:
			switch {
			case at >= 0:
				p.close(at, m)
			case opening && !closing:
				// ”so” and »so«
				p.push(m)
			}
		}
	}
	if p.depth > 0 {
		p.leave(0, last)
		p.depth, p.carried = 1, true
	}
}

// closedAcross reports whether the quotation left open before the line break
// d.marks[at] ends in a later line: whether the next double mark before a blank
// line may close it and begins no line.
func (p *pairer) closedAcross(at int) bool {
	marks := p.doc.marks
	if families[p.open[0].glyph] != familyDouble {
		return false
	}
	// What lies before the mark found last time holds none.
	for at = max(at, p.ahead); at < len(marks); at++ {
		p.ahead = at
		m := &marks[at]
		if m.kind == markBlank {
			return false
		}
		if m.kind == markQuote && families[m.glyph] == familyDouble {
			opening, closing := p.sides(m)
			return (closing || !opening) && !(marks[at-1].ends() && marks[at-1].token == m.token)
		}
	}
	return false
}

// innermost returns where in p.open the innermost quotation of a family is, -1 if there is none.
func (p *pairer) innermost(f family) int {
	for i := p.depth - 1; i >= 0; i-- {
		if families[p.open[i].glyph] == f {
			return i
		}
	}
	return -1
}

// push opens a quotation at m.
func (p *pairer) push(m *mark) {
	if p.depth == maxDepth {
		return
	}
	q := Quote{Open: m.token, Close: m.token, Parent: -1}
	if p.depth > 0 {
		q.Parent = p.open[p.depth-1].quote
	}
	p.open[p.depth] = opened{quote: int32(len(p.doc.Quotes)), glyph: m.glyph}
	p.depth++
	p.doc.Quotes = append(p.doc.Quotes, q)
	m.role = roleOpen
}

// close closes the quotation p.open[at] with m, and leaves those inside it unclosed.
func (p *pairer) close(at int, m *mark) {
	p.leave(at+1, m.token-1)
	q := &p.doc.Quotes[p.open[at].quote]
	q.Close, q.Closed = m.token, true
	p.depth = at
	m.role = roleClose
}

// leave ends the quotations p.open[at:] unclosed with the token last.
func (p *pairer) leave(at int, last int32) {
	for ; p.depth > at; p.depth-- {
		p.doc.Quotes[p.open[p.depth-1].quote].Close = last
	}
}

// sides tells from what stands on either side of a mark whether it may open
// and whether it may close a quotation.
func (p *pairer) sides(m *mark) (opening, closing bool) {
	t := p.doc.Text
	tok := p.doc.Tokens[m.token]
	before, after := classBefore(t, int(tok.Start)), classAt(t, int(tok.End))
	if before.blank() {
		if p.stops(int(tok.End), after) {
			return false, true
		}
		// Between two spaces, as in a text kept in tokens, it is either.
		return !after.blank(), false
	}
	switch before {
	case cQuote, cApos:
		// As the mark before it, if the two stand together: “‘so’”.
		if m.token > 0 && p.doc.Tokens[m.token-1].End == tok.Start {
			opening = !after.blank() && (after.wordy() || after == cQuote || after == cApos)
			closing = !after.wordy()
			return opening, closing
		}
	case cDash, cHyphen, cSymbol:
		if before == cSymbol {
			switch t[tok.Start-1] {
			case '(', '[', '{', '<', '/', ':', '=':
				return !after.blank(), false
			case ')', ']', '}', ',', ';', '%', '$':
				return false, !after.wordy() || t[tok.Start-1] == ',' && m.glyph == glyphStraight
			}
		}
		return after.wordy() || after == cEllipsis, !after.wordy()
	}
	return false, !after.wordy()
}

// stops reports whether what follows a mark at i, of the class after, is a
// stop, comma or closing bracket: what follows a quotation and begins none.
func (p *pairer) stops(i int, after class) bool {
	t := p.doc.Text
	switch after {
	case cEnd:
		return true
	case cStop:
		return classAt(t, i+1).blank()
	case cSymbol:
		switch t[i] {
		case ',', ';', ':', ')', ']', '}':
			return true
		}
	}
	return false
}

// possessive reports whether an apostrophe that may close a quotation more
// probably ends a plural possessive ("the workers’ pay") because a better
// partner follows.
func (p *pairer) possessive(m *mark, more bool) bool {
	if !more {
		return false
	}
	t := p.doc.Text
	tok := p.doc.Tokens[m.token]
	end := int(tok.End)
	return tok.Start > 0 && t[tok.Start-1]|0x20 == 's' && end+1 < len(t) && t[end] == ' ' && classes[t[end+1]] == cLetter && t[end+1] >= 'a'
}

// measure reports whether a straight mark stands for feet, inches, minutes or
// seconds: behind a number, where no quotation waits for its end.
func (p *pairer) measure(m *mark, waiting bool) bool {
	t := p.doc.Text
	tok := p.doc.Tokens[m.token]
	if tok.Start == 0 || classes[t[tok.Start-1]] != cDigit {
		return false
	}
	end := int(tok.End)
	if m.glyph == glyphSingle {
		next := classAt(t, end)
		return next == cDigit || next == cSpace && classAt(t, end+1) == cDigit
	}
	if !waiting {
		return true
	}
	if m.token < 2 {
		return false
	}
	feet := p.doc.Tokens[m.token-2]
	return feet.End-feet.Start == 1 && t[feet.Start] == '\'' && feet.Start > 0 && classes[t[feet.Start-1]] == cDigit
}
