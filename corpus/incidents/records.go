package incidents

import (
	"cmp"
	"hash/fnv"
	"io"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"

	"hearsay/ledger"
	"hearsay/text/edtf"
)

// What a record keeps at most of each kind: no real article tells as much of one
// incident, and a hostile one costs no more than this.
const (
	mostFigures  = 32
	mostParties  = 16
	mostSpeakers = 16
	mostWords    = 80
	mostRecords  = 256 // of one article
)

// Records makes a record of each incident in the ledger of an article, in the ledger's order, and
// of an article without any one that stands for all of it.
// The ledger's spans must lie in its text.
func Records(article string, l *ledger.Ledger) []Record {
	m := maker{article: article, l: l, entity: make(map[string]*ledger.Entity, len(l.Entities)), claim: make(map[string]*ledger.Claim, len(l.Claims))}
	for i := range l.Entities {
		m.entity[l.Entities[i].ID] = &l.Entities[i]
	}
	for i := range l.Claims {
		m.claim[l.Claims[i].ID] = &l.Claims[i]
	}
	m.main = main(l)
	out := make([]Record, 0, min(len(l.Incidents), mostRecords))
	for i := range l.Incidents[:min(len(l.Incidents), mostRecords)] {
		out = append(out, m.record(i))
	}
	if len(out) == 0 {
		return m.whole()
	}
	return consolidate(out)
}

// whole is a record of an article that tells of no incident by itself.
func (m *maker) whole() []Record {
	r := Record{Article: m.article, Local: "i0", Published: m.l.Document.Published, Main: true}
	title := headline(m.l.Document.Title)
	r.Title = telling(mostWords, title)
	r.Words = telling(mostWords, title, m.l.Document.Text)
	r.Around = m.around(&r)
	r.Names = m.names(nil, true)
	if len(r.Title) == 0 && len(r.Names) == 0 {
		return nil
	}
	m.speakers(&r)
	return []Record{r}
}

// consolidate puts to the main record of an article those others that tell of the same
// incident in other words, as far as the article lets one know: a reader of one article sets
// incidents apart where it is in doubt.
func consolidate(records []Record) []Record {
	i := slices.IndexFunc(records, func(r Record) bool { return r.Main })
	if i < 0 {
		return records
	}
	main := &records[i]
	out := make([]Record, 0, len(records))
	for j := range records {
		if o := &records[j]; j != i && main.agrees(o) {
			main.absorb(o)
		}
	}
	for j := range records {
		if j == i || !slices.Contains(main.Also, records[j].Local) {
			out = append(out, records[j])
		}
	}
	return out
}

// agrees reports whether nothing speaks against another record of the article being of the same incident, and its day for it.
func (r *Record) agrees(o *Record) bool {
	if classOf(r.Type) != violence || classOf(o.Type) != violence || otherMeans(r.Type, o.Type) {
		return false
	}
	// Who claimed one attack must not be shown to have claimed another.
	if len(o.ClaimedBy) > 0 {
		return false
	}
	a, b := edtf.Parse(r.Date), edtf.Parse(o.Date)
	if w := whereOf(r.Places, o.Places); w == 2 || w == 3 {
		return false
	}
	switch {
	case a.Known && b.Known:
		return a.Apart(b) == 0 && max(a.Len(), b.Len()) <= 7
	case b.Known:
		p := edtf.Parse(r.Published)
		return p.Known && b.Len() <= 7 && p.First-b.Last <= aWeek && p.First >= b.First-1
	}
	return true
}

// absorb puts what another record tells to r.
func (r *Record) absorb(o *Record) {
	r.Also = append(r.Also, o.Local)
	if r.Date == "" {
		r.Date = o.Date
	}
	for _, p := range o.Places {
		if len(r.Places) < mostPlaces && !slices.Contains(r.Places, p) {
			r.Places = append(r.Places, p)
		}
	}
	if r.Killed == nil {
		r.Killed = o.Killed
	}
	if r.Wounded == nil {
		r.Wounded = o.Wounded
	}
	r.ClaimedBy, r.BlamedOn, r.DeniedBy = append(r.ClaimedBy, o.ClaimedBy...), append(r.BlamedOn, o.BlamedOn...), append(r.DeniedBy, o.DeniedBy...)
	for _, s := range o.Speakers {
		if !slices.Contains(r.Speakers, s) {
			r.Speakers = append(r.Speakers, s)
		}
	}
	r.Own = r.Own || o.Own
	r.Words = append(r.Words, o.Words...)
	slices.Sort(r.Words)
	r.Words = slices.Compact(r.Words)
}

type maker struct {
	article string
	l       *ledger.Ledger
	entity  map[string]*ledger.Entity
	claim   map[string]*ledger.Claim
	main    int
}

func (m *maker) record(i int) Record {
	n := &m.l.Incidents[i]
	r := Record{Article: m.article, Local: n.ID, Published: m.l.Document.Published, Main: i == m.main, Type: n.Type, Date: n.Date}
	for _, id := range n.Places {
		e := m.entity[id]
		if e == nil || len(r.Places) == mostPlaces {
			continue
		}
		p := Place{Name: e.Name}
		if e.Place != nil {
			p.Place = *e.Place
		}
		r.Places = append(r.Places, p)
	}
	r.Killed, r.Wounded = m.count(n.Killed), m.count(n.Wounded)
	r.ClaimedBy, r.BlamedOn, r.DeniedBy = m.parties(n.ClaimedBy), m.parties(n.BlamedOn), m.parties(n.DeniedBy)
	m.speakers(&r)
	near := m.near(n)
	r.Names = m.names(near, r.Main)
	var texts []string
	if r.Main {
		title := headline(m.l.Document.Title)
		texts = append(texts, title)
		r.Title = telling(mostWords, title)
		r.Around = m.around(&r)
	}
	for _, s := range near {
		texts = append(texts, m.l.Quote(s))
	}
	r.Words = telling(mostWords, texts...)
	return r
}

// near are the sentences that tell of an incident, and if it is told of in few those beside them.
func (m *maker) near(n *ledger.Incident) []ledger.Span {
	const enough = 4
	in := map[int]bool{}
	for _, x := range n.Mentions {
		i := sort.Search(len(m.l.Sentences), func(i int) bool { return m.l.Sentences[i].End > x.Start })
		if i < len(m.l.Sentences) {
			in[i] = true
		}
	}
	beside := len(in) < enough
	var out []ledger.Span
	for i := range m.l.Sentences {
		if in[i] || beside && (in[i-1] || in[i+1]) {
			out = append(out, m.l.Sentences[i].Span)
		}
	}
	return out
}

// around are the places that the article names often and that r does not have.
func (m *maker) around(r *Record) []Place {
	const most = 6
	type counted struct {
		p *ledger.Entity
		n int
	}
	var list []counted
	for i := range m.l.Entities {
		e := &m.l.Entities[i]
		if e.Type != ledger.TypePlace || e.Place == nil || e.Place.Region == "" ||
			slices.ContainsFunc(r.Places, func(p Place) bool { return p.Place == *e.Place }) {
			continue
		}
		list = append(list, counted{e, len(e.Mentions)})
	}
	slices.SortStableFunc(list, func(a, b counted) int { return b.n - a.n })
	var out []Place
	for _, c := range list[:min(len(list), most)] {
		out = append(out, Place{c.p.Name, *c.p.Place})
	}
	return out
}

func (m *maker) count(t *ledger.Toll) *Count {
	if t == nil {
		return nil
	}
	c := &Count{Low: t.Low, Best: t.Best, High: t.High}
	for _, i := range t.Figures {
		if i < 0 || i >= len(m.l.Figures) || len(c.Figures) == mostFigures {
			continue
		}
		f := &m.l.Figures[i]
		to := Figure{Value: -1, Low: whole(f.Low), High: whole(f.High), Approximate: f.Approximate, Claim: f.Claim}
		if !m.presumes(f.Claim) {
			to.Speaker = m.speaker(f.Claim)
		}
		switch {
		case f.Value != nil:
			to.Value = whole(f.Value)
		case f.Low != nil && f.High != nil:
			to.Value = (to.Low + to.High) / 2
		default:
			to.Value = max(to.Low, to.High)
		}
		if to.Value < 0 {
			continue
		}
		c.Figures = append(c.Figures, to)
		if to.Value == t.Best && to.Speaker != (Speaker{}) && m.official(f.Claim) {
			c.Official = true
		}
	}
	return c
}

// whole is a number of people, -1 for none.
func whole(v *float64) int {
	if v == nil || !(*v >= 0 && *v <= 1e9) {
		return -1
	}
	return int(math.Round(*v))
}

// called is what somebody is called in words that name a source, without what these go on to
// say of him: "The ministry, which had first spoken of 23,".
func called(words string) string {
	for _, clause := range [...]string{", who ", ", whose ", ", which "} {
		if at := strings.Index(words, clause); at > 0 {
			words = words[:at]
		}
	}
	return strings.TrimRight(words, ",;: ")
}

// presumes reports whether a claim says something of a deed and takes for known what else
// its content tells of it: who blames a group for "the bomb that killed 14" gives no count,
// the article does.
func (m *maker) presumes(claim string) bool {
	c := m.claim[claim]
	if c == nil || c.Cue == nil {
		return false
	}
	for w := range strings.FieldsSeq(fold(m.l.Quote(c.Cue.Span))) {
		for _, p := range [...]string{"blam", "accus", "condemn", "denounc", "deplor", "responsib"} {
			if strings.HasPrefix(w, p) {
				return true
			}
		}
	}
	return false
}

// official reports whether a claim stands on the word of one who counts the dead: by
// the words that name the source, by the name of the speaker, or by an office that the text gives him.
func (m *maker) official(claim string) bool {
	c := m.claim[claim]
	if c == nil || c.Source == nil {
		return false
	}
	if c.Source.Kind == ledger.KindGovernment || c.Source.End > c.Source.Start && counts(m.l.Quote(c.Source.Span)) {
		return true
	}
	e := m.entity[cmp.Or(c.Source.Speaker, c.Source.Entity)]
	return e != nil && (counts(e.Name) || slices.ContainsFunc(e.Roles, counts))
}

// counts reports whether words name somebody in an office that counts the dead, now.
func counts(words string) bool {
	found := false
	for w := range strings.FieldsFuncSeq(fold(words), func(c rune) bool { return !unicode.IsLetter(c) }) {
		if w == "former" || w == "ex" {
			return false
		}
		found = found || officials[w]
	}
	return found
}

var officials = map[string]bool{"police": true, "sheriff": true, "hospital": true, "coroner": true, "ministry": true, "minister": true, "officials": true,
	"authorities": true, "army": true, "military": true, "governor": true, "mayor": true, "fire": true, "medical": true, "deputies": true, "investigators": true,
	"officers": true, "detectives": true, "troopers": true, "prosecutors": true, "sgt": true, "lt": true, "capt": true, "chief": true}

func (m *maker) speaker(claim string) Speaker {
	c := m.claim[claim]
	if c == nil || c.Source == nil {
		return Speaker{}
	}
	s := Speaker{Naming: c.Source.Naming, Kind: c.Source.Kind}
	if e := m.entity[cmp.Or(c.Source.Speaker, c.Source.Entity)]; e != nil {
		s.Name = e.Name
	} else if c.Source.End > c.Source.Start {
		s.Name = called(m.l.Quote(c.Source.Span))
	}
	return s
}

// speakers finds on whose word the article tells of the incident.
func (m *maker) speakers(r *Record) {
	seen := map[Speaker]bool{}
	for i := range m.l.Claims {
		c := &m.l.Claims[i]
		if c.Incident != r.Local {
			continue
		}
		if !c.Attributed() {
			r.Own = r.Own || c.Within == ""
			continue
		}
		s := m.speaker(c.ID)
		if s.Name == "" || seen[s] || len(r.Speakers) == mostSpeakers {
			continue
		}
		seen[s] = true
		r.Speakers = append(r.Speakers, s)
	}
}

func (m *maker) parties(list []ledger.Party) []Party {
	var out []Party
	for i := range list {
		p := &list[i]
		to := Party{Claim: p.Claim}
		if e := m.entity[p.Entity]; e != nil {
			to.Name = e.Name
		} else if p.End > p.Start {
			to.Name = m.l.Quote(p.Span)
		}
		if e := m.entity[p.By]; e != nil {
			to.By = e.Name
		} else if s := m.speaker(p.Claim); fold(s.Name) != fold(to.Name) {
			to.By = s.Name // "two officials"
		}
		if to.Name != "" && len(out) < mostParties {
			out = append(out, to)
		}
	}
	return out
}

// names are hashes of the names of people whom some sentences name, or all sentences.
func (m *maker) names(near []ledger.Span, all bool) []uint64 {
	var out []uint64
	for i := range m.l.Entities {
		e := &m.l.Entities[i]
		if e.Type != ledger.TypePerson || !strings.Contains(strings.TrimSpace(e.Name), " ") || rarity(NameHash(e.Name)) < rarest {
			continue // who is in the news all the time ties nothing together
		}
		if !all && !slices.ContainsFunc(e.Mentions, func(x ledger.Mention) bool {
			return slices.ContainsFunc(near, func(s ledger.Span) bool { return s.Start <= x.Start && x.End <= s.End })
		}) {
			continue
		}
		h := fnv.New64a()
		io.WriteString(h, "name\x00"+fold(e.Name))
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// main is the incident that an article tells most of, -1 for none: that with the most
// mentions, where it counts that it is told of early, has a toll and a day, and that the day is near that of the article.
func main(l *ledger.Ledger) int {
	best, most := -1, 0.0
	published := edtf.Parse(l.Document.Published)
	for i := range l.Incidents {
		n := &l.Incidents[i]
		w := float64(len(n.Mentions))
		if n.Killed != nil || n.Wounded != nil {
			w += 3
		}
		if d := edtf.Parse(n.Date); d.Known {
			w += 1
			if gap := published.First - d.Last; published.Known && d.Len() <= 31 {
				switch {
				case gap >= -1 && gap <= aWeek:
					w += 3
				case gap > 180:
					w -= 3
				}
			}
		}
		if len(n.Mentions) > 0 && sort.Search(len(l.Sentences), func(i int) bool { return l.Sentences[i].End > n.Mentions[0].Start }) < 3 {
			w += 3
		}
		if c := classOf(n.Type); c == custody || c == deals {
			w /= 2
		}
		if w > most {
			best, most = i, w
		}
	}
	return best
}

// fold is a name in small letters with single spaces.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
