// Package ledgertest makes ledgers for tests: random ones that keep every rule
// of the output contract and are as hostile in their words as the web is.
package ledgertest

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"hearsay/ledger"
	"pgregory.net/rapid"
)

// hostile are words that something between here and the reader might act on:
// markup, terminal escapes, formulas, marks that turn the direction of a line,
// characters of two columns and of none.
var hostile = []string{
	`<script>alert(1)</script>`, `</p>`, `<img src=x onerror=alert(1)>`, `<!--`, `-->`, `</style>`, `&amp;`, `&`, `"`, `'`, "`", `{{.}}`,
	`javascript:alert(1)`, "\x1b[31mred", "\x1b]0;title\x07", "\u009b31m", "\u202e", "\u2066", "\u200f", "\x00", "\x7f", "\u2028", "\ufeff",
	"=1+1", "+1", "-1", "@SUM(A1)", "＝1", `\u0041`, `\`, "日本語の文", "한국어", "e\u0301", "👩‍👩‍👧", "🇸🇪", "ﷺ", "naïve", "“curly”", "«guillemets»",
	"unbreakable-" + "wordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordword",
}

var plain = []string{
	"the", "harbour", "bridge", "council", "said", "Orvik", "according", "to", "reportedly", "officials", "closed", "on", "Friday", "denied", "that", "it", "was", "1,200",
}

// Random generates ledgers that Validate finds nothing wrong with.
func Random() *rapid.Generator[*ledger.Ledger] {
	return rapid.Custom(func(t *rapid.T) *ledger.Ledger {
		g := generator{t: t, l: &ledger.Ledger{Hearsay: ledger.Version}}
		g.write()
		g.name()
		g.claim()
		g.mean()
		g.weigh()
		g.persuade()
		g.match()
		g.document()
		return g.l
	})
}

type generator struct {
	t     *rapid.T
	l     *ledger.Ledger
	words [][]ledger.Span // of each sentence
}

func (g *generator) n(label string, low, high int) int {
	return rapid.IntRange(low, high).Draw(g.t, label)
}

func (g *generator) chance(label string) bool { return rapid.Bool().Draw(g.t, label) }

func (g *generator) word() string {
	switch g.n("sort of word", 0, 5) {
	case 0:
		return rapid.SampledFrom(hostile).Draw(g.t, "hostile word")
	case 1:
		if w := strings.Join(strings.Fields(rapid.StringN(1, 8, -1).Draw(g.t, "any word")), ""); w != "" {
			return w
		}
	}
	return rapid.SampledFrom(plain).Draw(g.t, "plain word")
}

// write makes the text and its sentences.
func (g *generator) write() {
	var b strings.Builder
	for i := range g.n("sentences", 0, 6) {
		if i > 0 {
			b.WriteString(rapid.SampledFrom([]string{" ", "\n", "\n\n", "\r\n", "\t", "  "}).Draw(g.t, "gap"))
		}
		start := b.Len()
		var words []ledger.Span
		for j := range g.n("words", 1, 14) {
			if j > 0 {
				b.WriteByte(' ')
			}
			at := b.Len()
			b.WriteString(g.word())
			words = append(words, ledger.Span{Start: at, End: b.Len()})
		}
		b.WriteByte('.')
		g.words = append(g.words, words)
		g.l.Sentences = append(g.l.Sentences, ledger.Sentence{ID: fmt.Sprintf("s%d", i+1), Span: ledger.Span{Start: start, End: b.Len()}})
	}
	g.l.Document.Text = b.String()
}

// span covers some of a sentence's words, and none outside the given bounds.
func (g *generator) span(sentence int, within ledger.Span) ledger.Span {
	var words []ledger.Span
	for _, w := range g.words[sentence] {
		if within.Start <= w.Start && w.End <= within.End {
			words = append(words, w)
		}
	}
	first := g.n("first word", 0, len(words)-1)
	last := g.n("last word", first, len(words)-1)
	return ledger.Span{Start: words[first].Start, End: words[last].End}
}

func (g *generator) anywhere(sentence int) ledger.Span {
	return g.span(sentence, ledger.Span{End: len(g.l.Document.Text)})
}

// name makes the entities.
func (g *generator) name() {
	if len(g.words) == 0 {
		return
	}
	for i := range g.n("entities", 0, 4) {
		e := ledger.Entity{
			ID:   fmt.Sprintf("e%d", i+1),
			Type: rapid.SampledFrom([]ledger.EntityType{ledger.TypePerson, ledger.TypeOrganization, ledger.TypePlace, ledger.TypeOther}).Draw(g.t, "type"),
			Name: g.word(),
		}
		for range g.n("aliases", 0, 2) {
			e.Aliases = append(e.Aliases, g.word())
		}
		for range g.n("roles", 0, 2) {
			e.Roles = append(e.Roles, g.word())
		}
		for range g.n("mentions", 1, 3) {
			e.Mentions = append(e.Mentions, ledger.Mention{Span: g.anywhere(g.n("sentence", 0, len(g.words)-1)), Pronoun: g.chance("pronoun")})
		}
		slices.SortFunc(e.Mentions, func(a, b ledger.Mention) int { return cmp.Compare(a.Start, b.Start) })
		g.l.Entities = append(g.l.Entities, e)
	}
}

// claim makes the claims, some of them inside one before.
func (g *generator) claim() {
	type draft struct {
		claim ledger.Claim
		outer int // index of the claim this one is within; -1 for none
	}
	var drafts []draft
	for s := range g.words {
		first := len(drafts)
		for range g.n("claims", 0, 3) {
			bounds, outer := ledger.Span{End: len(g.l.Document.Text)}, -1
			if len(drafts) > first && g.chance("nested") {
				outer = g.n("outer", first, len(drafts)-1)
				bounds = drafts[outer].claim.Content[0].Span
			}
			content := g.span(s, bounds)
			c := ledger.Claim{Sentence: g.l.Sentences[s].ID, Content: []ledger.Piece{{Span: content}}}
			if rest := (ledger.Span{Start: content.End, End: g.l.Sentences[s].End}); outer < 0 && g.chance("in pieces") && content.End < g.words[s][len(g.words[s])-1].Start {
				c.Content = append(c.Content, ledger.Piece{Span: g.span(s, rest)})
			}
			if g.chance("attributed") {
				g.attribute(&c, s)
			}
			drafts = append(drafts, draft{c, outer})
		}
	}
	if len(drafts) == 0 {
		for s, words := range g.words {
			drafts = append(drafts, draft{ledger.Claim{Sentence: g.l.Sentences[s].ID, Content: []ledger.Piece{{Span: words[0]}}}, -1})
		}
	}
	order := make([]int, len(drafts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(drafts[a].claim.Content[0].Start, drafts[b].claim.Content[0].Start)
	})
	for at, i := range order {
		drafts[i].claim.ID = fmt.Sprintf("c%d", at+1)
	}
	for _, i := range order {
		c := drafts[i].claim
		if outer := drafts[i].outer; outer >= 0 {
			c.Within = drafts[outer].claim.ID
		}
		g.l.Claims = append(g.l.Claims, c)
	}
}

func (g *generator) attribute(c *ledger.Claim, sentence int) {
	c.Manner = rapid.SampledFrom([]ledger.Manner{"", ledger.MannerDirect, ledger.MannerIndirect, ledger.MannerMixed}).Draw(g.t, "manner")
	if g.chance("channel") {
		c.Channel = &ledger.Piece{Span: g.anywhere(sentence)}
	}
	naming := rapid.SampledFrom([]ledger.Naming{ledger.NamingNamed, ledger.NamingUnnamed, ledger.NamingNone}).Draw(g.t, "naming")
	c.Source = &ledger.Source{Naming: naming}
	if naming == ledger.NamingNone || g.chance("cue") {
		c.Cue = &ledger.Piece{Span: g.anywhere(sentence)}
	}
	if naming == ledger.NamingNone {
		return
	}
	c.Source.Span = g.anywhere(sentence)
	c.Source.Kind = rapid.SampledFrom([]ledger.SourceKind{"", ledger.KindPerson, ledger.KindGovernment, ledger.KindUnknown}).Draw(g.t, "kind")
	if n := len(g.l.Entities); n > 0 && g.chance("known") {
		c.Source.Entity = g.l.Entities[g.n("entity", 0, n-1)].ID
		c.Source.Speaker = g.l.Entities[g.n("speaker", 0, n-1)].ID
	}
}

// mean makes what the claims and entities mean: dates, figures, incidents.
func (g *generator) mean() {
	if len(g.words) == 0 {
		return
	}
	l := g.l
	for range g.n("incidents", 0, 3) {
		l.Incidents = append(l.Incidents, ledger.Incident{ID: fmt.Sprintf("i%d", len(l.Incidents)+1)})
	}
	for i := range l.Claims {
		l.Claims[i].Incident = g.incident()
		if g.chance("certainty") {
			x := &ledger.Certainty{Polarity: ledger.Affirmed, Score: float64(g.n("score", 0, 30)) / 10, Boosted: g.chance("boosted")}
			x.Level = rapid.SampledFrom([]ledger.Level{ledger.LevelCertain, ledger.LevelProbable, ledger.LevelPossible, ledger.LevelUnknown}).Draw(g.t, "level")
			if g.chance("denied") && x.Score > 0 {
				x.Polarity, x.Score = ledger.Denied, -x.Score
			}
			l.Claims[i].Certainty = x
		}
	}
	for i := range l.Entities {
		if g.chance("place") {
			l.Entities[i].Place = rapid.SampledFrom([]*ledger.Place{{Lat: 59.25, Lon: -18.0625, Country: "XA", Region: "XA-1", GeoNames: 12}, {Country: "XB"}, {Lat: -1e-7, Lon: 180}}).Draw(g.t, "place")
		}
	}
	for range g.n("dates", 0, 3) {
		l.Dates = append(l.Dates, ledger.Date{Piece: g.somewhere(),
			Value: rapid.SampledFrom([]string{"", "2031-05-04", "203X", "XXXX-05-04", "2031-05/..", "2031~", "2031-05-04/2031-05-09"}).Draw(g.t, "value")})
	}
	for range g.n("figures", 0, 3) {
		f := ledger.Figure{Piece: g.somewhere(), Approximate: g.chance("approximate"), Claim: g.claimID(), Incident: g.incident()}
		f.Unit = rapid.SampledFrom([]string{"", ledger.UnitKilled, ledger.UnitCount, "SEK"}).Draw(g.t, "unit")
		if g.chance("of") {
			f.Of = g.word()
		}
		low := float64(g.n("low", -5, 4000)) / 4
		switch g.n("bounds", 0, 3) {
		case 0:
			f.Value = &low
		case 1:
			high := low + float64(g.n("more", 0, 100))
			f.Low, f.High = &low, &high
		case 2:
			f.Value, f.Low = &low, &low
		default:
			f.High = &low
		}
		l.Figures = append(l.Figures, f)
	}
	slices.SortStableFunc(l.Dates, func(a, b ledger.Date) int { return cmp.Compare(a.Start, b.Start) })
	slices.SortStableFunc(l.Figures, func(a, b ledger.Figure) int { return cmp.Compare(a.Start, b.Start) })
	for i := range l.Incidents {
		g.happen(&l.Incidents[i])
	}
}

// happen fills in an incident.
func (g *generator) happen(n *ledger.Incident) {
	n.Type = rapid.SampledFrom([]ledger.IncidentType{ledger.Attack, ledger.PeacefulProtest, ledger.OtherIncident}).Draw(g.t, "type of incident")
	for range g.n("mentions of incident", 1, 3) {
		n.Mentions = append(n.Mentions, ledger.Mention{Span: g.somewhere().Span})
	}
	slices.SortFunc(n.Mentions, func(a, b ledger.Mention) int { return cmp.Compare(a.Start, b.Start) })
	n.Date = rapid.SampledFrom([]string{"", "2031-05-04", "2031-05"}).Draw(g.t, "date of incident")
	if e := g.entityID(); e != "" {
		n.Places = []string{e}
	}
	for _, t := range []**ledger.Toll{&n.Killed, &n.Wounded} {
		if g.chance("toll") {
			low := g.n("least", 0, 50)
			*t = &ledger.Toll{Low: low, Best: low + 1, High: low + 3}
			for i := range g.l.Figures {
				(*t).Figures = append((*t).Figures, i)
			}
		}
	}
	if g.chance("means") {
		n.Means = []ledger.Piece{g.somewhere()}
	}
	for _, list := range []*[]ledger.Party{&n.Targets, &n.Attackers, &n.ClaimedBy, &n.BlamedOn, &n.DeniedBy, &n.Arrested} {
		for range g.n("parties", 0, 2) {
			*list = append(*list, ledger.Party{Piece: g.somewhere(), Entity: g.entityID(), Claim: g.claimID(), By: g.entityID()})
		}
	}
}

// weigh says of some sentences and claims how far they deserve checking.
func (g *generator) weigh() {
	for i := range g.l.Sentences {
		g.worth(&g.l.Sentences[i].Worth)
	}
	for i := range g.l.Claims {
		g.worth(&g.l.Claims[i].Worth)
		g.hands(&g.l.Claims[i])
	}
}

// hands has people correct and check a claim.
func (g *generator) hands(c *ledger.Claim) {
	const when = "2031-05-05T09:00:00Z"
	if g.chance("corrected") {
		c.Corrected = append(c.Corrected, ledger.Amendment{Kind: "content", Who: g.word(), When: when, Number: g.n("number", 0, 9)})
	}
	if g.chance("checked") {
		k := ledger.Check{Note: g.word(), Who: g.word(), When: when}
		if g.chance("link") {
			k.Link = "https://check.example/" + url.PathEscape(g.word())
		}
		c.Checked = append(c.Checked, k)
	}
}

func (g *generator) worth(w *ledger.Worth) {
	if !g.chance("judged") {
		return
	}
	w.Checkworthiness = float64(g.n("check-worthiness", 1, 100)) / 100
	for _, r := range ledger.Reasons() {
		if g.chance("reason") {
			w.Reasons = append(w.Reasons, r)
		}
	}
}

// persuade marks some words with the techniques by which they persuade.
func (g *generator) persuade() {
	if len(g.words) == 0 {
		return
	}
	for range g.n("techniques", 0, 3) {
		g.l.Techniques = append(g.l.Techniques, ledger.Technique{Span: g.somewhere().Span, Claim: g.claimID(),
			Label: rapid.SampledFrom(ledger.TechniqueLabels()).Draw(g.t, "label of technique"), Score: float64(g.n("score of technique", 0, 100)) / 100})
	}
	slices.SortStableFunc(g.l.Techniques, func(a, b ledger.Technique) int { return cmp.Compare(a.Start, b.Start) })
}

// match makes published fact-checks that are about claims.
func (g *generator) match() {
	for range g.n("matches", 0, 2) {
		id := g.claimID()
		if id == "" {
			return
		}
		m := ledger.Match{Claim: id, Review: ledger.Review{URL: "https://checks.example/" + g.word(), ClaimReviewed: g.word()}, Score: float64(g.n("score of match", 0, 100)) / 100,
			Level: rapid.SampledFrom([]ledger.MatchLevel{ledger.MatchLikely, ledger.MatchRelated}).Draw(g.t, "level of match")}
		if g.chance("all of the review") {
			m.Review.Publisher, m.Review.Rating, m.Review.Published = g.word(), g.word(), "2031-05-06"
		}
		for range g.n("in common", 0, 2) {
			m.Same = append(m.Same, ledger.Same{Kind: rapid.SampledFrom([]string{"person", "figure", "word"}).Draw(g.t, "kind of same"), Text: g.word()})
		}
		g.l.Matches = append(g.l.Matches, m)
	}
}

// somewhere covers some words of some sentence.
func (g *generator) somewhere() ledger.Piece {
	return ledger.Piece{Span: g.anywhere(g.n("sentence", 0, len(g.words)-1))}
}

// incident, claimID and entityID are the id of one that is there, or none.
func (g *generator) incident() string {
	if n := g.n("which incident", 0, len(g.l.Incidents)); n > 0 {
		return g.l.Incidents[n-1].ID
	}
	return ""
}

func (g *generator) claimID() string {
	if n := g.n("which claim", 0, len(g.l.Claims)); n > 0 {
		return g.l.Claims[n-1].ID
	}
	return ""
}

func (g *generator) entityID() string {
	if n := g.n("which entity", 0, len(g.l.Entities)); n > 0 {
		return g.l.Entities[n-1].ID
	}
	return ""
}

func (g *generator) document() {
	d := &g.l.Document
	for _, f := range []*string{&d.ID, &d.URL, &d.Title, &d.Site} {
		if g.chance("field") {
			*f = g.word()
		}
	}
	for range g.n("bylines", 0, 2) {
		d.Byline = append(d.Byline, g.word())
	}
	d.Published = rapid.SampledFrom([]string{"", "2031", "2031-05", "2031-05-04", "2031~", "2031-05-04/2031-05-09"}).Draw(g.t, "published")
	d.Language = rapid.SampledFrom([]string{"", "en", "pt-BR"}).Draw(g.t, "language")
	if !strings.ContainsFunc(d.Text, unicode.IsLetter) {
		d.Language = ""
	}
}
