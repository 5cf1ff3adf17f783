package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay/ledger"
)

// passage is a stretch of the text whose wording is a technique of persuasion.
type passage struct {
	ledger.Span        // without the blanks around it
	number      int    // of the passages, in the order of the text
	label       string // t1, t2…
	technique   ledger.TechniqueLabel
	score       float64
	by          int // the claim whose speaker's words they are; -1 for the article's own

	// claim is where a list of claims shows the passage, so that each shows
	// once: the innermost claim whose content it begins in or, if none, reaches
	// into. -1 for none. shown is what of it lies in one piece of that content.
	claim int
	shown ledger.Span
}

// wordingMeans says what the marks of techniques are.
const wordingMeans = "A mark says how the wording works on its reader. It does not say whether what is said is so."

// find finds the passages, and which claim each is shown with.
func (o *outline) find() {
	if len(o.Techniques) == 0 {
		return
	}
	o.passages = make([]passage, len(o.Techniques))
	for i := range o.Techniques {
		t := &o.Techniques[i]
		p := passage{Span: t.Span, technique: t.Label, score: t.Score, by: -1}
		if t.Claim != "" {
			p.by = o.claim(t.Claim)
		}
		words := strings.TrimLeft(o.Quote(p.Span), blanks)
		p.Start = p.End - len(words)
		p.End = p.Start + len(strings.TrimRight(words, blanks))
		o.passages[i] = p
	}
	slices.SortStableFunc(o.passages, func(a, b passage) int { return cmp.Compare(a.Start, b.Start) })
	o.worded = make([][]int, len(o.Claims))
	for i := range o.passages {
		p := &o.passages[i]
		p.number, p.label = i, "t"+strconv.Itoa(i+1)
		if o.place(p); p.claim >= 0 {
			o.worded[p.claim] = append(o.worded[p.claim], i)
		}
	}
}

// blanks are cut off both ends of a passage.
const blanks = " \t\r\n"

// place finds the claim that p is shown with.
func (o *outline) place(p *passage) {
	at := p.Start
	if p.claim = o.at(at); p.claim < 0 {
		// Between two stretches of no claim stands one of some claim.
		k, _ := slices.BinarySearchFunc(o.covers, at+1, func(c cover, i int) int { return cmp.Compare(c.from, i) })
		if k == len(o.covers) || o.covers[k].from >= p.End {
			return
		}
		p.claim, at = o.covers[k].claim, o.covers[k].from
	}
	if p.claim < 0 {
		return
	}
	content := o.Claims[p.claim].Content
	k, _ := slices.BinarySearchFunc(content, at+1, func(x ledger.Piece, i int) int { return cmp.Compare(x.End, i) })
	if k < len(content) && content[k].Start < p.End {
		p.shown = ledger.Span{Start: max(p.Start, content[k].Start), End: min(p.End, content[k].End)}
	}
}

// name is what p's technique is called.
func (p *passage) name() string { return cmp.Or(p.technique.Name(), string(p.technique)) }

// whose says whose wording p is.
func (o *outline) whose(p *passage) string {
	if p.by < 0 {
		return "the article’s own words"
	}
	if v := o.voice[p.by]; v >= 0 {
		return "in the words of " + o.voices[v].name
	}
	return "quoted from nobody in particular"
}

// techniquesOf names the techniques in claim i, each once with whose it is.
func (o *outline) techniquesOf(i int) string {
	if o.worded == nil {
		return ""
	}
	var names []string
	for _, k := range o.worded[i] {
		p := &o.passages[k]
		name := p.name() + " (the article's)"
		if p.by >= 0 {
			name = p.name() + " (the speaker's)"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "; ")
}

// technique is one of them with where the text uses it.
type technique struct {
	label    ledger.TechniqueLabel
	passages []*passage
}

// techniques are those that the text uses, in the order in which each is used first.
func (o *outline) techniques() []technique {
	var list []technique
	at := make(map[ledger.TechniqueLabel]int)
	for i := range o.passages {
		p := &o.passages[i]
		k, ok := at[p.technique]
		if !ok {
			k = len(list)
			at[p.technique] = k
			list = append(list, technique{label: p.technique})
		}
		list[k].passages = append(list[k].passages, p)
	}
	return list
}

// opening is s as far as most bytes, at a gap between words where there is one,
// and whether that leaves something out.
func opening(s string, most int) (string, bool) {
	if len(s) <= most {
		return s, false
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	s = s[:most]
	if gap := strings.LastIndexByte(s, ' '); gap > 0 {
		s = s[:gap]
	}
	return s, true
}
