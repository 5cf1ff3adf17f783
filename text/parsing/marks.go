package parsing

import "hearsay/text"

// kind is what sort of mark of punctuation a token is.
type kind uint8

const (
	comma kind = iota
	stop
	colon
	otherMark
	openQuote
	closeQuote
	openBracket
	closeBracket
	noMark
)

// group puts the kinds into four.
var group = [...]uint8{0, 1, 1, 1, 2, 2, 3, 3}

func kindOf(t text.Tag) kind {
	switch t {
	case text.Comma:
		return comma
	case text.Stop:
		return stop
	case text.Colon:
		return colon
	case text.Hyph:
		return otherMark
	case text.OpenQ:
		return openQuote
	case text.CloseQ:
		return closeQuote
	case text.LeftB:
		return openBracket
	case text.RightB:
		return closeBracket
	}
	return noMark
}

// hang gives every mark its head, by the rules of Stanford's converter: a mark
// between words hangs from the lowest word whose subtree reaches across it, one
// outside them from the root.
func (s *State) hang(tokens []text.Token) {
	if s.n == 0 { // nothing but marks: the first is the root of the others
		for i := range tokens {
			tokens[i].Head, tokens[i].Rel = s.first, text.Punct
		}
		tokens[0].Head, tokens[0].Rel = -1, text.Root
		return
	}
	next := int32(0) // the word after the mark
	// The words from which the last comma and the last bracket hang that nothing has closed.
	pause, bracket := int32(-1), int32(-1)
	gap := gap{next: -1}
	place, head := outside, s.words[s.n].first
	for i := range tokens {
		k := kindOf(tokens[i].Tag)
		if k == noMark {
			next++
			place = outside
			continue
		}
		if next > 0 {
			if gap.next != next {
				gap = s.gap(next)
			}
			opened := int32(-1)
			switch k {
			case comma:
				// One before a closing quotation mark stands for the quotation's full stop.
				if i+1 == len(tokens) || kindOf(tokens[i+1].Tag) != closeQuote {
					opened = pause
				}
			case closeBracket:
				opened = bracket
			}
			p, h := between, gap.across
			switch {
			case opened >= 0 && s.words[opened].end == next-1:
				p, h = closing, opened
			case gap.behind >= 0 && (k == openQuote || k == openBracket || s.words[gap.behind].rel == text.Conj):
				p, h = opening, gap.behind
			}
			if p > place || p == place && (p != closing || s.above(h, head)) {
				place, head = p, h // else the arc would cross that of the mark before
			}
			switch {
			case k == comma && place == closing:
				pause = -1
			case k == comma:
				pause = head
			case k == openBracket:
				bracket = head
			}
		}
		tokens[i].Head = s.first + s.words[head].token
	}
}

// above reports whether word a is word b or one that b hangs from.
func (s *State) above(a, b int32) bool {
	for b != a && b != s.n {
		b = s.words[b].head
	}
	return b == a
}

// The places of a mark.
const (
	outside = iota // before the first word
	closing        // at the end of the subtree of the word from which the mark hangs that it answers
	between        // below the lowest word whose subtree reaches across it
	opening        // at the front of a subtree that begins behind it
)

// gap is the space before the word next.
type gap struct {
	next   int32
	across int32 // the lowest word whose subtree reaches across, the sentence's top when none does
	behind int32 // the child of across, itself before the gap, whose subtree begins at next; -1 for none
}

func (s *State) gap(next int32) gap {
	g := gap{next: next, across: next - 1, behind: -1}
	for s.words[g.across].end < next && s.words[g.across].head != s.n {
		g.across = s.words[g.across].head
	}
	if next == s.n || g.across >= next {
		return g
	}
	child := next
	for s.words[child].head != g.across {
		child = s.words[child].head
	}
	if s.words[child].edge == next {
		g.behind = child
	}
	return g
}
