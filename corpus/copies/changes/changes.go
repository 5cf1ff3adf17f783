// Package changes says what one text made of another: which figures, speakers,
// cues and degrees of certainty changed, as their ledgers have them, and which
// words were put in, left out and moved. It says what differs, never which of
// the two is right.
package changes

import (
	"sort"
	"strings"

	"hearsay/corpus/copies"
	"hearsay/ledger"
	"hearsay/text/offset"
)

// Changes are what a second text has otherwise than a first. Lists that belong
// to the ledgers are in the order of the first text, what is only in the second
// after that; Text is in the order of the second.
type Changes struct {
	A         Document      `json:"a"`
	B         Document      `json:"b"`
	OfA       float64       `json:"of_a"` // the share of the words outside quotation marks that both have
	OfB       float64       `json:"of_b"`
	Change    copies.Change `json:"change,omitempty"` // what the second did to the first; empty where they share nothing
	Figures   []Figure      `json:"figures"`
	Speakers  []Speaker     `json:"speakers"`
	Cues      []Cue         `json:"cues"`
	Certainty []Certainty   `json:"certainty"`
	Text      []Edit        `json:"text"`
}

// Document is one of the two texts.
type Document struct {
	ID        string `json:"id,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
}

// Kind is how something differs.
type Kind string

// How something differs.
const (
	Changed Kind = "changed"
	Dropped Kind = "dropped"
	Added   Kind = "added"
)

// Words are words of one of the texts. In JSON the span counts code points.
type Words struct {
	ledger.Span
	Text string `json:"text"`
}

// Number is a figure of one of the texts and on whose word it stands.
type Number struct {
	Words
	Value   *float64 `json:"value,omitempty"`
	Low     *float64 `json:"low,omitempty"`
	High    *float64 `json:"high,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Speaker string   `json:"speaker,omitempty"`
}

// Figure is a figure that differs. A is nil where it was added, B where it was dropped.
type Figure struct {
	Kind Kind    `json:"kind"`
	A    *Number `json:"a,omitempty"`
	B    *Number `json:"b,omitempty"`
}

// Claim is a claim as one of the texts has it.
type Claim struct {
	ID      string `json:"id"`
	Content Words  `json:"content"`
	Speaker string `json:"speaker,omitempty"`
}

// Speaker is a claim that is on another's word in the second text, on nobody's
// any more (dropped), or on somebody's for the first time (added).
type Speaker struct {
	Kind Kind  `json:"kind"`
	A    Claim `json:"a"`
	B    Claim `json:"b"`
}

// Cue is a claim that another word attributes.
type Cue struct {
	A     Claim  `json:"a"`
	B     Claim  `json:"b"`
	CueA  string `json:"cue_a"`
	CueB  string `json:"cue_b"`
	Surer string `json:"surer,omitempty"` // a or b, where one word vouches for more: "claimed", "said", "confirmed"
}

// Certainty is a claim that is worded more or less surely, or denied where it was affirmed.
type Certainty struct {
	A          Claim             `json:"a"`
	B          Claim             `json:"b"`
	CertaintyA *ledger.Certainty `json:"certainty_a"`
	CertaintyB *ledger.Certainty `json:"certainty_b"`
}

// Edit is words that were put in, left out, replaced or moved.
type Edit struct {
	Kind copies.EditKind `json:"kind"`
	A    *Words          `json:"a,omitempty"`
	B    *Words          `json:"b,omitempty"`
}

// Between compares two texts that were read. Their ledgers must be sound
// (ledger.CheckSpans).
func Between(a, b *ledger.Ledger) *Changes {
	al := copies.Align(copies.NewWords(a.Document.Text), copies.NewWords(b.Document.Text))
	c := comparison{Alignment: al, a: newSide(a), b: newSide(b)}
	out := &Changes{A: document(a), B: document(b), OfA: al.Match.OfA, OfB: al.Match.OfB,
		Figures: []Figure{}, Speakers: []Speaker{}, Cues: []Cue{}, Certainty: []Certainty{}, Text: []Edit{}}
	if al.Match.Shared > 0 {
		out.Change = copies.ChangeOf(al.Match.OfA, al.Match.OfB)
	}
	c.figures(out)
	c.claims(out)
	for _, e := range al.Edits {
		edit := Edit{Kind: e.Kind}
		if e.Kind != copies.Inserted {
			edit.A = new(c.a.words(e.A))
		}
		if e.Kind != copies.Deleted {
			edit.B = new(c.b.words(e.B))
		}
		out.Text = append(out.Text, edit)
	}
	return out
}

func document(l *ledger.Ledger) Document {
	return Document{ID: l.Document.ID, URL: l.Document.URL, Title: l.Document.Title, Published: l.Document.Published}
}

// side is one of the ledgers with what is looked up in it.
type side struct {
	*ledger.Ledger
	runes offset.Runes
	names map[string]string // of entities by ID
	claim map[string]int    // by ID
}

func newSide(l *ledger.Ledger) *side {
	s := &side{Ledger: l, runes: offset.NewRunes(l.Document.Text), names: map[string]string{}, claim: map[string]int{}}
	for i := range l.Entities {
		s.names[l.Entities[i].ID] = l.Entities[i].Name
	}
	for i := range l.Claims {
		s.claim[l.Claims[i].ID] = i
	}
	return s
}

// words are the words of a span, for JSON: from here on it counts code points.
func (s *side) words(span ledger.Span) Words {
	return Words{ledger.Span{Start: s.runes.CodePoint(span.Start), End: s.runes.CodePoint(span.End)}, s.Quote(span)}
}

// speaker is on whose word a claim stands, by name where there is one.
func (s *side) speaker(c *ledger.Claim) string {
	switch {
	case !c.Attributed():
		return ""
	case c.Source == nil || c.Source.Naming == ledger.NamingNone:
		return "nobody named"
	case s.names[c.Source.Speaker] != "":
		return s.names[c.Source.Speaker]
	case s.names[c.Source.Entity] != "":
		return s.names[c.Source.Entity]
	}
	return strings.TrimRight(s.Quote(c.Source.Span), ",;: ") // "a nurse, who gave no name,"
}

// content is a claim's content from its first word to its last.
func content(c *ledger.Claim) ledger.Span {
	return ledger.Span{Start: c.Content[0].Start, End: c.Content[len(c.Content)-1].End}
}

func (s *side) told(c *ledger.Claim) Claim {
	return Claim{ID: c.ID, Content: s.words(content(c)), Speaker: s.speaker(c)}
}

type comparison struct {
	*copies.Alignment
	a, b *side
}

// figures finds the figures that differ.
func (c *comparison) figures(out *Changes) {
	used := make([]bool, len(c.b.Figures))
	for i := range c.a.Figures {
		f := &c.a.Figures[i]
		other := -1
		if at, ok := c.Opposite(f.Span); ok {
			const most = 8 // figures in the place of one
			from := sort.Search(len(c.b.Figures), func(k int) bool { return c.b.Figures[k].End > at.Start })
			for k := from; k < min(from+most, len(c.b.Figures)) && c.b.Figures[k].Start < at.End; k++ {
				if !used[k] && (other < 0 || c.b.Figures[k].Unit == f.Unit && c.b.Figures[other].Unit != f.Unit) {
					other = k
				}
			}
		}
		if other >= 0 {
			used[other] = true
			if g := &c.b.Figures[other]; !sameFigure(f, g) {
				out.Figures = append(out.Figures, Figure{Changed, c.a.number(f), c.b.number(g)})
			}
		} else if !c.KeptA(f.Span) {
			out.Figures = append(out.Figures, Figure{Dropped, c.a.number(f), nil})
		}
	}
	for k := range c.b.Figures {
		if g := &c.b.Figures[k]; !used[k] && !c.KeptB(g.Span) {
			out.Figures = append(out.Figures, Figure{Added, nil, c.b.number(g)})
		}
	}
}

func sameFigure(f, g *ledger.Figure) bool {
	same := func(x, y *float64) bool { return x == nil && y == nil || x != nil && y != nil && *x == *y }
	return f.Unit == g.Unit && f.Approximate == g.Approximate && same(f.Value, g.Value) && same(f.Low, g.Low) && same(f.High, g.High)
}

func (s *side) number(f *ledger.Figure) *Number {
	n := &Number{Words: s.words(f.Span), Value: f.Value, Low: f.Low, High: f.High, Unit: f.Unit}
	if i, ok := s.claim[f.Claim]; ok {
		n.Speaker = s.speaker(&s.Claims[i])
	}
	return n
}

// claims finds the claims that both texts have and that are attributed or
// worded otherwise.
func (c *comparison) claims(out *Changes) {
	used := make([]bool, len(c.b.Claims))
	for i := range c.a.Claims {
		x := &c.a.Claims[i]
		at, ok := c.Opposite(content(x))
		if !ok {
			continue
		}
		k := c.b.nearest(at, used)
		if k < 0 {
			continue
		}
		used[k] = true
		y := &c.b.Claims[k]
		a, b := c.a.told(x), c.b.told(y)
		switch {
		case a.Speaker != "" && b.Speaker == "":
			out.Speakers = append(out.Speakers, Speaker{Dropped, a, b})
		case a.Speaker == "" && b.Speaker != "":
			out.Speakers = append(out.Speakers, Speaker{Added, a, b})
		case !sameName(a.Speaker, b.Speaker):
			out.Speakers = append(out.Speakers, Speaker{Changed, a, b})
		}
		if x.Cue != nil && y.Cue != nil {
			cueA, cueB := c.a.Quote(x.Cue.Span), c.b.Quote(y.Cue.Span)
			if !strings.EqualFold(cueA, cueB) {
				out.Cues = append(out.Cues, Cue{a, b, cueA, cueB, surer(cueA, cueB)})
			}
		}
		if p, q := x.Certainty, y.Certainty; p != nil && q != nil && (p.Level != q.Level || p.Polarity != q.Polarity) {
			out.Certainty = append(out.Certainty, Certainty{a, b, p, q})
		}
	}
}

// nearest is the claim whose content has most in common with a span, and at least half of
// either, or -1. Claims are in the order of where they begin; one is looked for
// among those that begin close by.
func (s *side) nearest(at ledger.Span, used []bool) int {
	low := sort.Search(len(s.Claims), func(k int) bool { return content(&s.Claims[k]).Start >= at.Start })
	const close = 8
	found, most := -1, 0
	for k := max(0, low-close); k < min(len(s.Claims), low+close); k++ {
		has := content(&s.Claims[k])
		both := min(has.End, at.End) - max(has.Start, at.Start)
		if !used[k] && 2*both >= max(has.End-has.Start, at.End-at.Start) && both > most {
			found, most = k, both
		}
	}
	return found
}

// sameName reports whether of two names one has all words of the other: "Una
// Brask" and "Brask".
func sameName(a, b string) bool {
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	has := map[string]bool{}
	for _, w := range y {
		has[w] = true
	}
	for _, w := range x {
		if w != "the" && !has[w] {
			return false
		}
	}
	return true
}

// surer says which of two cues vouches for more of what it attributes, where the table knows both.
func surer(a, b string) string {
	x, y := strength(a), strength(b)
	switch {
	case x == 0 || y == 0 || x == y:
		return ""
	case x > y:
		return "a"
	}
	return "b"
}

// strength is 1 for cues that keep their distance, 2 for those that do nothing
// but attribute, 3 for those that vouch for what they attribute, and 0 for others.
func strength(cue string) int {
	for word := range strings.FieldsSeq(strings.ToLower(cue)) {
		for _, c := range cues {
			if strings.HasPrefix(word, c.begins) {
				return c.strength
			}
		}
	}
	return 0
}

// cues are what attributing words begin with.
var cues = [...]struct {
	begins   string
	strength int
}{
	{"alleg", 1}, {"claim", 1}, {"suggest", 1}, {"believ", 1}, {"suspect", 1}, {"specul", 1}, {"assum", 1}, {"think", 1}, {"thought", 1},
	{"purport", 1}, {"hint", 1}, {"rumour", 1}, {"rumor", 1}, {"guess", 1}, {"apparently", 1}, {"reportedly", 1},
	{"said", 2}, {"say", 2}, {"told", 2}, {"tell", 2}, {"state", 2}, {"stating", 2}, {"report", 2}, {"add", 2}, {"according", 2}, {"announc", 2},
	{"confirm", 3}, {"reveal", 3}, {"prove", 3}, {"proving", 3}, {"show", 3}, {"admit", 3}, {"acknowledg", 3}, {"establish", 3}, {"know", 3},
	{"knew", 3}, {"discover", 3}, {"verif", 3}, {"demonstrat", 3}, {"expos", 3},
}
