package correction

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ledger"
	"hearsay/text/offset"
)

const (
	around       = 60      // code points of a prefix, or a suffix
	nearlyAll    = 0.6     // the least share of its words by which a quote is found again
	leastScore   = 0.6     // the least score, of words and surroundings, at which it is
	clearly      = 0.02    // by how much the best place must be better than the next
	shortQuote   = 3       // words, with fewer of which a quote needs surroundings
	leastContext = 0.4     // share of a short quote's surroundings that must be there
	mostSteps    = 1 << 26 // of comparing a quote's words with a text's
	mostPlaces   = 1000    // exact ones that are looked at
	ofWords      = 0.6     // of a score: what the words count, and the rest the surroundings
	farWords     = 4       // more words than a prefix has that are compared with it
)

// page is a text in which quotes are found.
type page struct {
	text   string
	at     offset.Runes
	digest string
	words  []word // once they are wanted
}

// word is a run of letters and digits, in small letters.
type word struct {
	ledger.Span
	letters string
}

func newPage(text string) *page {
	sum := sha256.Sum256([]byte(text))
	return &page{text: text, at: offset.NewRunes(text), digest: hex.EncodeToString(sum[:8])}
}

// quote makes a quote of a span of the text, in bytes.
func (p *page) quote(s ledger.Span) Quote {
	q := Quote{Exact: p.text[s.Start:s.End], Start: p.at.CodePoint(s.Start), End: p.at.CodePoint(s.End)}
	q.Prefix = p.text[p.at.Byte(max(q.Start-around, 0)):s.Start]
	q.Suffix = p.text[s.End:p.at.Byte(min(q.End+around, p.at.Count()))]
	return q
}

func (p *page) quotes(list []ledger.Span) []Quote {
	out := make([]Quote, len(list))
	for i, s := range list {
		out[i] = p.quote(s)
	}
	return out
}

// position is the span that q's Start and End mean, if they lie in the text.
func (p *page) position(q *Quote) (ledger.Span, bool) {
	if q.Start < 0 || q.Start >= q.End || q.End > p.at.Count() {
		return ledger.Span{}, false
	}
	return ledger.Span{Start: p.at.Byte(q.Start), End: p.at.Byte(q.End)}, true
}

// place is where a quote may be.
type place struct {
	ledger.Span
	alike float64 // the share of the quote's words that are there
	score float64 // that and the share of its surroundings
	ends  bool    // its first and last words are those of the quote
}

// find finds a quote that was made in a text with this digest. Where several
// places would do equally well it finds none. Where the words are not all
// there, exactly asks that they begin and end as the quote does.
func (p *page) find(q *Quote, digest string, exactly bool) (ledger.Span, bool) {
	if s, ok := p.position(q); ok && digest == p.digest && p.text[s.Start:s.End] == q.Exact {
		return s, true
	}
	if q.Exact == "" {
		return ledger.Span{}, false
	}
	places := p.exact(q.Exact)
	prefix, suffix := wordsOf(q.Prefix), wordsOf(q.Suffix)
	n := len(wordsOf(q.Exact))
	for i := range places {
		p.weigh(&places[i], prefix, suffix)
	}
	if !slices.ContainsFunc(places, func(x place) bool { return x.score == 1 }) {
		for _, x := range p.alike(q.Exact) {
			if !slices.ContainsFunc(places, func(known place) bool { return overlap(known.Span, x.Span) > 0 }) {
				p.weigh(&x, prefix, suffix)
				places = append(places, x)
			}
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(b.score, a.score) })
	switch {
	case len(places) == 0 || places[0].score < leastScore-1e-9:
		return ledger.Span{}, false
	case len(places) > 1 && places[1].score > places[0].score-clearly:
		return ledger.Span{}, false
	case n < shortQuote && places[0].score < ofWords+(1-ofWords)*leastContext-1e-9:
		return ledger.Span{}, false
	case exactly && !places[0].ends:
		return ledger.Span{}, false
	}
	return places[0].Span, true
}

// nearest finds words that somebody gave, of which white space need not be as
// in the text, and of several places the one nearest to another.
func (p *page) nearest(words string, to ledger.Span) (best ledger.Span, ok bool) {
	fields := strings.Fields(words)
	if len(fields) == 0 {
		return best, false
	}
	for from := 0; from < len(p.text); {
		i := strings.Index(p.text[from:], fields[0])
		if i < 0 {
			break
		}
		s := ledger.Span{Start: from + i, End: from + i + len(fields[0])}
		from = s.Start + 1
		if s.End = p.follow(s.End, fields[1:]); s.End < 0 {
			continue
		}
		if !ok || p.worse(best, s, to) {
			best, ok = s, true
		}
	}
	return best, ok
}

// follow returns where words end that follow one another from a place on, -1 where they do not.
func (p *page) follow(at int, words []string) int {
	for _, w := range words {
		next := at + len(p.text[at:]) - len(strings.TrimLeftFunc(p.text[at:], unicode.IsSpace))
		if next == at || !strings.HasPrefix(p.text[next:], w) {
			return -1
		}
		at = next + len(w)
	}
	return at
}

// worse reports whether s is a better place for words near a span than best: one
// that does not cut a word before one that does, and then the nearer one.
func (p *page) worse(best, s, to ledger.Span) bool {
	if a, b := p.cutsWord(best), p.cutsWord(s); a != b {
		return a
	}
	return distance(s, to) < distance(best, to)
}

func (p *page) cutsWord(s ledger.Span) bool {
	inWord := func(at int) bool {
		before, _ := utf8.DecodeLastRuneInString(p.text[:at])
		after, _ := utf8.DecodeRuneInString(p.text[at:])
		return isWord(before) && isWord(after)
	}
	return inWord(s.Start) || inWord(s.End)
}

func distance(a, b ledger.Span) int {
	return max(a.Start-b.End, b.Start-a.End, 0)
}

// exact returns the places where the very words are.
func (p *page) exact(words string) (out []place) {
	for from := 0; len(out) < mostPlaces; {
		i := strings.Index(p.text[from:], words)
		if i < 0 {
			return out
		}
		s := ledger.Span{Start: from + i, End: from + i + len(words)}
		out = append(out, place{Span: s, alike: 1, ends: true})
		from = s.End
	}
	return out
}

// alike returns places where most of the words are, in order, none overlapping
// another: the best alignments of the words with the text's (Sellers 1980).
func (p *page) alike(words string) (out []place) {
	want, have := wordsOf(words), p.allWords()
	m := len(want)
	if m < shortQuote || m*len(have) > mostSteps {
		return nil
	}
	type cell struct{ cost, start int }
	column, next := make([]cell, m+1), make([]cell, m+1)
	for j := range column {
		column[j] = cell{j, 0}
	}
	for i, h := range have {
		next[0] = cell{0, i + 1}
		for j := 1; j <= m; j++ {
			swap := column[j-1]
			if want[j-1].letters != h.letters {
				swap.cost++
			}
			best := swap
			if more := column[j]; more.cost+1 < best.cost { // a word of the text too many
				best = cell{more.cost + 1, more.start}
			}
			if less := next[j-1]; less.cost+1 < best.cost { // a word of the quote is gone
				best = cell{less.cost + 1, less.start}
			}
			next[j] = best
		}
		column, next = next, column
		end := column[m]
		alike := 1 - float64(end.cost)/float64(m)
		if alike < nearlyAll || end.start > i {
			continue
		}
		first, last := have[end.start], have[i]
		x := place{Span: ledger.Span{Start: first.Start, End: last.End}, alike: alike,
			ends: first.letters == want[0].letters && last.letters == want[m-1].letters}
		lead, tail := words[:want[0].Start], words[want[m-1].End:]
		if strings.HasSuffix(p.text[:x.Start], lead) {
			x.Start -= len(lead)
		}
		if strings.HasPrefix(p.text[x.End:], tail) {
			x.End += len(tail)
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b place) int { return cmp.Compare(b.alike, a.alike) })
	kept := out[:0]
	for _, x := range out {
		if !slices.ContainsFunc(kept, func(k place) bool { return overlap(k.Span, x.Span) > 0 }) {
			kept = append(kept, x)
		}
	}
	return kept
}

// weigh scores a place by its words and by how many words of a prefix and a suffix
// stand before and behind it, in their order.
func (p *page) weigh(x *place, prefix, suffix []word) {
	all := p.allWords()
	context := 0.5 // of a quote that had nothing around it nothing can be said
	if n := len(prefix) + len(suffix); n > 0 {
		before, _ := slices.BinarySearchFunc(all, x.Start, func(w word, at int) int { return cmp.Compare(w.End, at+1) })
		behind, _ := slices.BinarySearchFunc(all, x.End, func(w word, at int) int { return cmp.Compare(w.Start, at) })
		there := common(prefix, all[max(before-len(prefix)-farWords, 0):before]) +
			common(suffix, all[behind:min(behind+len(suffix)+farWords, len(all))])
		context = float64(there) / float64(n)
	}
	x.score = ofWords*x.alike + (1-ofWords)*context
}

// common is how many words two lists have in common, in one order.
func common(a, b []word) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		corner := 0
		for j, y := range b {
			above := row[j+1]
			if x.letters == y.letters {
				row[j+1] = corner + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			corner = above
		}
	}
	return row[len(b)]
}

func (p *page) allWords() []word {
	if p.words == nil {
		p.words = wordsOf(p.text)
	}
	return p.words
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func wordsOf(text string) (out []word) {
	begin := -1
	for i, r := range text {
		switch in := isWord(r); {
		case in && begin < 0:
			begin = i
		case !in && begin >= 0:
			out = append(out, word{ledger.Span{Start: begin, End: i}, strings.ToLower(text[begin:i])})
			begin = -1
		}
	}
	if begin >= 0 {
		out = append(out, word{ledger.Span{Start: begin, End: len(text)}, strings.ToLower(text[begin:])})
	}
	return out
}

// overlap is how many bytes two spans have in common.
func overlap(a, b ledger.Span) int { return max(min(a.End, b.End)-max(a.Start, b.Start), 0) }

// alike is the share of the bytes of two lists of spans, each without overlaps, that both have
// (Jaccard 1912).
func alike(a, b []ledger.Span) float64 {
	both, all := 0, 0
	for _, x := range a {
		all += x.End - x.Start
		for _, y := range b {
			both += overlap(x, y)
		}
	}
	for _, y := range b {
		all += y.End - y.Start
	}
	if all == both {
		return 0
	}
	return float64(both) / float64(all-both)
}
