package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/ledger"
)

// moment is one day, month or year that the text speaks of, with the
// expressions that mean it.
type moment struct {
	value    string // EDTF; empty for what the text does not settle
	mentions []told
}

// told is a stretch of the text and the claim that tells of it.
type told struct {
	words string
	claim int    // the innermost, -1 for none
	about string // of a date: what is told of it
}

// timeline are the dates of the text, the earliest first, and last those that
// name no year and those of which it is not known when they are.
func (o *outline) timeline() []moment {
	dates := make([]*ledger.Date, len(o.Dates))
	for i := range o.Dates {
		dates[i] = &o.Dates[i]
	}
	slices.SortStableFunc(dates, func(a, b *ledger.Date) int {
		return cmp.Or(cmp.Compare(inTime(a.Value), inTime(b.Value)), cmp.Compare(a.Value, b.Value))
	})
	var line []moment
	for _, d := range dates {
		if n := len(line); n == 0 || line[n-1].value != d.Value {
			line = append(line, moment{value: d.Value})
		}
		m := &line[len(line)-1]
		m.mentions = append(m.mentions, told{o.Quote(d.Span), o.at(d.Start), o.around(d.Span)})
	}
	return line
}

// around is the sentence in which s stands or, where that is long, what of it
// stands next to s.
func (o *outline) around(s ledger.Span) string {
	const most = 120 // bytes
	i, found := slices.BinarySearchFunc(o.Sentences, s.Start, func(x ledger.Sentence, at int) int { return cmp.Compare(x.Start, at) })
	if !found {
		i--
	}
	if i < 0 || o.Sentences[i].End <= s.Start {
		return ""
	}
	whole := o.Sentences[i].Span
	if whole.End-whole.Start <= most {
		return o.Quote(whole)
	}
	// The words of the date stand in the middle, as far as the sentence allows.
	from := max(whole.Start, min(s.Start-most/2, whole.End-most))
	to := min(whole.End, from+most)
	text := o.Document.Text
	before, after := "", ""
	if from > whole.Start {
		if gap := strings.IndexByte(text[from:to], ' '); gap >= 0 {
			from += gap + 1
		}
		before = "… "
	}
	if to < whole.End {
		if gap := strings.LastIndexByte(text[from:to], ' '); gap > 0 {
			to = from + gap
		}
		after = " …"
	}
	return before + strings.ToValidUTF8(text[from:to], "") + after
}

// inTime puts the values of dates in the order of their beginnings.
func inTime(value string) string {
	switch {
	case value == "":
		return "~~"
	case strings.HasPrefix(value, "XX"):
		return "~" + value
	case strings.HasPrefix(value, ".."):
		return strings.TrimPrefix(value, "../")
	}
	return strings.ReplaceAll(value, "X", "0")
}

// inWords is an EDTF value as people write it. What has no shorter form stays as
// it is.
func inWords(value string) string {
	if value == "" {
		return "unsettled"
	}
	if from, to, ok := strings.Cut(value, "/"); ok {
		switch {
		case to == "..":
			return "from " + inWords(from)
		case from == "..":
			return "until " + inWords(to)
		}
		return inWords(from) + " to " + inWords(to)
	}
	if bare := strings.TrimRight(value, "~?%"); bare != value {
		return "about " + inWords(bare)
	}
	if rest, ok := strings.CutPrefix(value, "XXXX-"); ok {
		month, day, _ := strings.Cut(rest, "-")
		if n, err := strconv.Atoi(month); err == nil && n >= 1 && n <= 12 {
			month = time.Month(n).String()
		}
		return strings.TrimSpace(strings.TrimPrefix(day, "0")+" "+month) + " of some year"
	}
	if len(value) == 4 && strings.Count(value, "X") == 1 && value[3] == 'X' {
		return value[:3] + "0s"
	}
	if len(value) == 7 {
		if part := yearParts[value[5:]]; part != "" {
			return part + " " + value[:4]
		}
	}
	return value
}

// yearParts are EDTF's numbers for the parts of a year that are no months.
var yearParts = map[string]string{"21": "spring", "22": "summer", "23": "autumn", "24": "winter",
	"33": "1st quarter", "34": "2nd quarter", "35": "3rd quarter", "36": "4th quarter"}

// at is the innermost claim whose content covers byte i, -1 for none.
func (o *outline) at(i int) int {
	if o.covers == nil {
		o.cover()
	}
	k, found := slices.BinarySearchFunc(o.covers, i, func(c cover, i int) int { return cmp.Compare(c.from, i) })
	if !found {
		k--
	}
	if k < 0 {
		return -1
	}
	return o.covers[k].claim
}

// cover says which claim is the innermost from a byte on.
type cover struct {
	from, claim int
}

// cover finds the innermost claims of the whole text, in one pass over the
// contents in their order: what opened last and is still open is innermost.
func (o *outline) cover() {
	type piece struct {
		ledger.Span
		claim int
	}
	var pieces []piece
	for i := range o.Claims {
		for _, p := range o.Claims[i].Content {
			pieces = append(pieces, piece{p.Span, i})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.claim, b.claim))
	})
	o.covers = []cover{{0, -1}}
	set := func(from, claim int) {
		if last := &o.covers[len(o.covers)-1]; last.from == from {
			last.claim = claim
		} else {
			o.covers = append(o.covers, cover{from, claim})
		}
	}
	var open []piece
	close := func(until int) {
		for len(open) > 0 && open[len(open)-1].End <= until {
			end := open[len(open)-1].End
			for len(open) > 0 && open[len(open)-1].End <= end {
				open = open[:len(open)-1]
			}
			if len(open) > 0 {
				set(end, open[len(open)-1].claim)
			} else {
				set(end, -1)
			}
		}
	}
	for _, p := range pieces {
		close(p.Start)
		open = append(open, p)
		set(p.Start, p.claim)
	}
	close(len(o.Document.Text))
}

// who is on whose word claim i stands, in a few words.
func (o *outline) who(i int) string {
	switch {
	case i < 0:
		return theArticle
	case o.voice[i] >= 0:
		return o.voices[o.voice[i]].name
	case footingOf(&o.Claims[i]) == onNobody:
		return "nobody in particular"
	}
	return theArticle
}

const theArticle = "the article"

// claim is the index of the claim of that id, -1 for none.
func (o *outline) claim(id string) int {
	if i, ok := o.claimAt[id]; ok {
		return i
	}
	return -1
}

// given is a figure and who gives it.
type given struct {
	words string
	by    string
	claim int
}

// toll is how many an incident is said to have hurt, and who said how many.
type toll struct {
	name  string
	sum   string
	given []given
}

// tolls are those of n, each with its figures in the order of the text.
func (o *outline) tolls(n *ledger.Incident) []toll {
	var list []toll
	for _, t := range []struct {
		name string
		toll *ledger.Toll
	}{{"killed", n.Killed}, {"wounded", n.Wounded}} {
		if t.toll == nil {
			continue
		}
		x := toll{name: t.name, sum: strconv.Itoa(t.toll.Best)}
		if t.toll.Low < t.toll.High {
			x.sum += ", from " + strconv.Itoa(t.toll.Low) + " to " + strconv.Itoa(t.toll.High) + " as told"
		}
		for _, i := range t.toll.Figures {
			if i >= 0 && i < len(o.Figures) {
				f := &o.Figures[i]
				c := o.claim(f.Claim)
				x.given = append(x.given, given{o.Quote(f.Span), o.who(c), c})
			}
		}
		list = append(list, x)
	}
	return list
}

// partTaken is a role in an incident and who is said to have it. Its name never says
// more than that it is said.
type partTaken struct {
	name  string
	takes []taker
}

// taker is one who has a part in an incident.
type taker struct {
	name  string
	by    string // who says so; empty where the role's name says it
	claim int
}

// taken are the parts in n, in the order in which they are shown.
func (o *outline) taken(n *ledger.Incident) []partTaken {
	var list []partTaken
	for _, p := range []struct {
		name    string
		parties []ledger.Party
		by      bool
	}{
		{"target", n.Targets, false},
		{"ascribed to", n.Attackers, true},
		{"claimed by", n.ClaimedBy, false},
		{"blamed on", n.BlamedOn, true},
		{"denied by", n.DeniedBy, false},
		{"arrested", n.Arrested, true},
	} {
		if len(p.parties) == 0 {
			continue
		}
		x := partTaken{name: p.name}
		for i := range p.parties {
			party := &p.parties[i]
			t := taker{name: o.Quote(party.Span), claim: o.claim(party.Claim)}
			if e := o.entities[party.Entity]; e != nil {
				t.name = e.Name
			}
			if p.by {
				t.by = o.who(t.claim)
				if e := o.entities[party.By]; e != nil {
					t.by = e.Name
				}
			}
			if !slices.Contains(x.takes, t) {
				x.takes = append(x.takes, t)
			}
		}
		list = append(list, x)
	}
	return list
}

// scene is when and where n is said to have happened.
func (o *outline) scene(n *ledger.Incident) []string {
	var list []string
	if n.Date != "" {
		list = append(list, inWords(n.Date))
	}
	for _, id := range n.Places {
		if e := o.entities[id]; e != nil {
			list = append(list, e.Name)
		}
	}
	return list
}

// mentioned are n's mentions in the text's words, each way of putting it once.
func (o *outline) mentioned(n *ledger.Incident) []told {
	var list []told
	seen := map[string]bool{}
	for _, m := range n.Mentions {
		words := o.Quote(m.Span)
		if key := fold(words); !seen[key] {
			seen[key] = true
			list = append(list, told{words: words, claim: o.at(m.Start)})
		}
	}
	return list
}

// means are the weapons of n.
func (o *outline) means(n *ledger.Incident) []told {
	list := make([]told, len(n.Means))
	for i, p := range n.Means {
		list[i] = told{words: o.Quote(p.Span), claim: o.at(p.Start)}
	}
	return list
}

// kindred are the entities of one type, the most mentioned first.
type kindred struct {
	name     string
	entities []*ledger.Entity
}

// kin are the text's entities by type.
func (o *outline) kin() []kindred {
	list := []kindred{{name: "People"}, {name: "Organisations"}, {name: "Places"}, {name: "Others"}}
	for i := range o.Entities {
		e := &o.Entities[i]
		k := 3
		switch e.Type {
		case ledger.TypePerson:
			k = 0
		case ledger.TypeOrganization:
			k = 1
		case ledger.TypePlace:
			k = 2
		}
		list[k].entities = append(list[k].entities, e)
	}
	for k := range list {
		slices.SortStableFunc(list[k].entities, func(a, b *ledger.Entity) int { return cmp.Compare(len(b.Mentions), len(a.Mentions)) })
	}
	return slices.DeleteFunc(list, func(k kindred) bool { return len(k.entities) == 0 })
}

// known is what the ledger says of e beside its name: roles, other names, where it is.
func known(e *ledger.Entity) string {
	list := slices.Clone(e.Roles)
	if others := otherNames(e); len(others) > 0 {
		list = append(list, "also "+strings.Join(others, ", "))
	}
	if p := e.Place; p != nil {
		if p.Country != "" {
			list = append(list, p.Country)
		}
		if p.Lat != 0 || p.Lon != 0 {
			list = append(list, degrees(p.Lat, "N", "S")+", "+degrees(p.Lon, "E", "W"))
		}
	}
	return strings.Join(list, "; ")
}

// otherNames are the aliases of e that are no part of its name.
func otherNames(e *ledger.Entity) []string {
	var list []string
	for _, a := range e.Aliases {
		if !strings.Contains(fold(e.Name), fold(a)) {
			list = append(list, a)
		}
	}
	return list
}

func degrees(x float64, positive, negative string) string {
	if x < 0 {
		x, positive = -x, negative
	}
	return strconv.FormatFloat(x, 'f', 2, 64) + " " + positive
}

// sure says how sure c's wording is, and nothing where it is plainly put.
func sure(c *ledger.Claim) []string {
	x := c.Certainty
	if x == nil {
		return nil
	}
	var list []string
	if x.Level != ledger.LevelCertain {
		level := string(x.Level)
		if x.Level == ledger.LevelUnknown {
			level = "left open"
		}
		list = append(list, level)
	}
	if x.Polarity == ledger.Denied {
		list = append(list, "denied")
	}
	if x.Boosted {
		list = append(list, "boosted")
	}
	return list
}
