package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hearsay/ledger"
)

// outline is a ledger arranged for people: who is heard, which claims stand
// on what, and which stand inside another. It copes with ids that lead
// nowhere or in a circle.
type outline struct {
	*ledger.Ledger
	entities map[string]*ledger.Entity
	outer    []int   // of each claim, the claim it is shown under; -1 for none
	inner    [][]int // of each claim, those shown under it, in order
	voices   []voice // most heard first
	voice    []int   // of each claim, its place in voices; -1 for nobody and for the article itself
	count    [footings]int
	claimAt  map[string]int // id of a claim -> its index
	layered  bool           // names, places and dates are marked in the text
	covers   []cover        // which claim is innermost where; made when first asked for
	passages []passage      // whose wording is a technique of persuasion, in the order of the text
	worded   [][]int        // of each claim, the passages shown with it; nil where there are none at all
}

// footing is what a claim stands on.
type footing int

const (
	onNamed footing = iota
	onUnnamed
	onNobody
	ownVoice
	footings
)

// footingNames say what claims stand on.
var footingNames = [footings]string{"on a named source", "on an unnamed source", "on nobody's word in particular", "in the article's own voice"}

// footingOf is what c stands on.
func footingOf(c *ledger.Claim) footing {
	switch {
	case !c.Attributed():
		return ownVoice
	case c.Source == nil || c.Source.Naming == ledger.NamingNone:
		return onNobody
	case c.Source.Naming == ledger.NamingNamed:
		return onNamed
	}
	return onUnnamed
}

// voice is one who is heard in the text.
type voice struct {
	name   string         // the entity's, or the source's words where it is none
	entity *ledger.Entity // nil where the source is no entity
	kind   ledger.SourceKind
	named  bool
	claims []int // in order
}

// role says in a word or a few who v is, as far as the ledger knows.
func (v *voice) role() string {
	if v.entity != nil && len(v.entity.Roles) > 0 {
		return v.entity.Roles[0]
	}
	if v.kind != ledger.KindUnknown {
		return string(v.kind)
	}
	return ""
}

func newOutline(l *ledger.Ledger) *outline {
	o := &outline{
		Ledger:   l,
		entities: make(map[string]*ledger.Entity, len(l.Entities)),
		inner:    make([][]int, len(l.Claims)),
		voice:    make([]int, len(l.Claims)),
	}
	for i := range l.Entities {
		o.entities[l.Entities[i].ID] = &l.Entities[i]
	}
	o.nest()
	o.gather()
	o.find()
	return o
}

// nest finds under which claim each is shown.
func (o *outline) nest() {
	at := make(map[string]int, len(o.Claims))
	for i := range o.Claims {
		at[o.Claims[i].ID] = i
	}
	o.claimAt = at
	o.outer = make([]int, len(o.Claims))
	for i := range o.Claims {
		o.outer[i] = -1
		if w := o.Claims[i].Within; w != "" {
			if j, ok := at[w]; ok {
				o.outer[i] = j
			}
		}
	}
	const (
		unseen = iota
		onWay
		leadsOut
	)
	state := make([]byte, len(o.Claims))
	var way []int
	for i := range o.Claims {
		way = way[:0]
		j := i
		for ; j >= 0 && state[j] == unseen; j = o.outer[j] {
			state[j] = onWay
			way = append(way, j)
		}
		if j >= 0 && state[j] == onWay {
			o.outer[j] = -1 // the circle is cut here
		}
		for _, j := range way {
			state[j] = leadsOut
		}
	}
	for i, j := range o.outer {
		if j >= 0 {
			o.inner[j] = append(o.inner[j], i)
		}
	}
}

// gather finds who is heard with which claims.
func (o *outline) gather() {
	at := make(map[string]int)
	for i := range o.Claims {
		c := &o.Claims[i]
		f := footingOf(c)
		o.count[f]++
		o.voice[i] = -1
		if f == ownVoice || f == onNobody {
			continue
		}
		entity := o.speaker(c.Source)
		source := o.words(&c.Source.Piece)
		words := whole(source)
		key := "words " + fold(words)
		if entity != nil {
			key = "entity " + entity.ID
		}
		v, ok := at[key]
		if !ok {
			v = len(o.voices)
			at[key] = v
			o.voices = append(o.voices, voice{name: words, entity: entity})
			if entity != nil && entity.Name != "" {
				o.voices[v].name = entity.Name
			}
		}
		who := &o.voices[v]
		who.claims = append(who.claims, i)
		who.named = who.named || f == onNamed
		if who.kind == "" || who.kind == ledger.KindUnknown {
			who.kind = c.Source.Kind
		}
	}
	slices.SortStableFunc(o.voices, func(a, b voice) int { return cmp.Compare(len(b.claims), len(a.claims)) })
	for v := range o.voices {
		for _, i := range o.voices[v].claims {
			o.voice[i] = v
		}
	}
}

// whole is a source's words without what ties them to those that follow.
func whole(source string) string { return cmp.Or(strings.TrimRight(source, " ,;:–—"), source) }

// speaker is the entity that speaks, as far as the ledger knows one.
func (o *outline) speaker(s *ledger.Source) *ledger.Entity {
	if e := o.entities[s.Speaker]; e != nil {
		return e
	}
	return o.entities[s.Entity]
}

// roots are those of the claims that are shown under no other, and rest the others.
func (o *outline) roots(claims []int) (roots, rest []int) {
	for _, i := range claims {
		if o.outer[i] < 0 {
			roots = append(roots, i)
		} else {
			rest = append(rest, i)
		}
	}
	return roots, rest
}

// on lists the claims that stand on f.
func (o *outline) on(f footing) []int {
	var list []int
	for i := range o.Claims {
		if footingOf(&o.Claims[i]) == f {
			list = append(list, i)
		}
	}
	return list
}

// words are what p covers; none for a piece that is not there.
func (o *outline) words(p *ledger.Piece) string {
	if p == nil {
		return ""
	}
	return o.Quote(p.Span)
}

// content is what c claims, in the text's own words, with gap between its pieces.
func (o *outline) content(c *ledger.Claim, gap string) string {
	if len(c.Content) == 1 {
		return o.Quote(c.Content[0].Span)
	}
	var b strings.Builder
	for i, p := range c.Content {
		if i > 0 {
			b.WriteString(gap)
		}
		b.WriteString(o.Quote(p.Span))
	}
	return b.String()
}

// part is some of the words that attribute a claim.
type part struct {
	words string
	is    role
	apart bool // there are other words between this part and the one before
}

// role is what a stretch of the text does in an attribution.
type role int

const (
	isSource role = iota
	isCue
	isChannel
	isContent
)

// attribution is the source, cue and channel of c in the order of the text.
func (o *outline) attribution(c *ledger.Claim) []part {
	type piece struct {
		ledger.Span
		is role
	}
	var pieces []piece
	if c.Source != nil && c.Source.Naming != ledger.NamingNone {
		pieces = append(pieces, piece{c.Source.Span, isSource})
	}
	if c.Cue != nil {
		pieces = append(pieces, piece{c.Cue.Span, isCue})
	}
	if c.Channel != nil {
		pieces = append(pieces, piece{c.Channel.Span, isChannel})
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.Start, b.Start) })
	parts := make([]part, len(pieces))
	for i, p := range pieces {
		apart := i > 0 && pieces[i-1].End < p.Start && strings.ContainsFunc(o.Document.Text[pieces[i-1].End:p.Start], isWord)
		parts[i] = part{o.Quote(p.Span), p.is, apart}
	}
	return parts
}

// isWord reports whether r is part of a word.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// title is what the document is called in a report.
func (o *outline) title() string {
	d := &o.Document
	id := d.ID
	if at := strings.LastIndexAny(id, `/\`); at >= 0 && id[at+1:] != "" {
		id = id[at+1:] // a file: the folders are no part of its name
	}
	return cmp.Or(d.Title, id, d.URL, "Untitled text")
}

// origin is what is known of where the document comes from: site, date, byline.
func (o *outline) origin() []string {
	var known []string
	for _, s := range []string{o.Document.Site, o.Document.Published, strings.Join(o.Document.Byline, ", ")} {
		if s != "" {
			known = append(known, s)
		}
	}
	return known
}

// fold makes two ways of writing the same words equal.
func fold(words string) string {
	return strings.TrimPrefix(strings.ToLower(strings.Join(strings.Fields(words), " ")), "the ")
}

// claims is "1 claim", "2 claims".
func claims(n int) string { return count(n, "claim", "claims") }

// count is n with what is counted.
func count(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + several
}
