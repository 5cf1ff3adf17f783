package muc4

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/ledger"
)

// typeOf maps the types of incidents that can be acts of political violence to
// the task's; the killings of organized crime are in its scope, and what looks
// like an accident is where the text tells who did it, or with what. A fight between armed sides is none by the task's definition
// ("a purely guerrilla act"), nor are protests, arrests and disasters.
var typeOf = map[ledger.IncidentType]string{
	ledger.Attack:              "ATTACK",
	ledger.AirStrike:           "ATTACK",
	ledger.Shelling:            "ATTACK",
	ledger.ChemicalWeapon:      "ATTACK",
	ledger.Grenade:             "ATTACK",
	ledger.SexualViolence:      "ATTACK",
	ledger.MobViolence:         "ATTACK",
	ledger.RemoteExplosive:     "BOMBING",
	ledger.SuicideBomb:         "BOMBING",
	ledger.Abduction:           "KIDNAPPING",
	ledger.PropertyDestruction: "ARSON",
	ledger.ManMadeDisaster:     "BOMBING",
	ledger.OrganizedCrime:      "ATTACK",
}

// countries are the task's names of those that its reports are about, and of
// their neighbours.
var countries = map[string]string{
	"AR": "ARGENTINA", "BO": "BOLIVIA", "BR": "BRAZIL", "CL": "CHILE", "CO": "COLOMBIA", "CR": "COSTA RICA", "CU": "CUBA", "EC": "ECUADOR",
	"ES": "SPAIN", "GT": "GUATEMALA", "HN": "HONDURAS", "MX": "MEXICO", "NI": "NICARAGUA", "PA": "PANAMA", "PE": "PERU", "PY": "PARAGUAY",
	"SV": "EL SALVADOR", "US": "UNITED STATES", "UY": "URUGUAY", "VE": "VENEZUELA",
}

// of interest are the nine countries with one of which an incident must have to do.
var ofInterest = map[string]bool{"SV": true, "GT": true, "HN": true, "AR": true, "BO": true, "CL": true, "CO": true, "EC": true, "PE": true}

// Respond turns the incidents of a ledger into templates. What the task leaves
// out is left out: other types, incidents of more than two months before the
// report, places outside the nine countries, and those of which nothing
// specific is told.
func Respond(l *ledger.Ledger) []Template {
	r := responder{l: l, entity: map[string]*ledger.Entity{}, claim: map[string]*ledger.Claim{}}
	for i := range l.Entities {
		r.entity[l.Entities[i].ID] = &l.Entities[i]
	}
	for i := range l.Claims {
		r.claim[l.Claims[i].ID] = &l.Claims[i]
	}
	r.published, _ = time.Parse(time.DateOnly, l.Document.Published)
	var out []Template
	for i := range l.Incidents {
		if t, ok := r.template(&l.Incidents[i]); ok {
			t.Number = strconv.Itoa(len(out) + 1)
			out = append(out, t)
		}
	}
	return out
}

type responder struct {
	l         *ledger.Ledger
	published time.Time // zero where unknown
	entity    map[string]*ledger.Entity
	claim     map[string]*ledger.Claim
}

func (r *responder) template(n *ledger.Incident) (t Template, ok bool) {
	typ, ok := typeOf[n.Type]
	if !ok {
		return t, false
	}
	if n.Type == ledger.ManMadeDisaster && len(n.ClaimedBy)+len(n.BlamedOn)+len(n.Attackers)+len(n.Means) == 0 {
		return t, false
	}
	t.Types = []string{typ}
	date, ok := r.date(n)
	if !ok {
		return t, false
	}
	location, ok := r.location(n)
	if !ok {
		return t, false
	}
	t.Slots[Date], t.Slots[Location] = date, location
	r.perpetrators(n, &t)
	t.Slots[Killed], t.Slots[Wounded] = r.toll(n.Killed), r.toll(n.Wounded)
	if len(n.Places)+len(t.Slots[Individual])+len(t.Slots[Organization])+len(t.Slots[Killed])+len(t.Slots[Wounded])+len(n.Targets) == 0 {
		return t, false
	}
	return t, true
}

func written(t time.Time) string { return strings.ToUpper(t.Format("02 Jan 06")) }

// date writes an incident's date as the task does: a day of the week is "on or
// before" the report's day, and so is what has no date. ok is false for what
// is too old.
func (r *responder) date(n *ledger.Incident) ([]Fill, bool) {
	by := func() ([]Fill, bool) {
		if r.published.IsZero() {
			return nil, true
		}
		return []Fill{{Any: []string{"- " + written(r.published)}}}, true
	}
	if n.Date == "" || r.weekday(n.Date) {
		return by()
	}
	from, to, ok := days(n.Date)
	if !ok {
		return by()
	}
	if !r.published.IsZero() {
		if to.Before(r.published.Add(-recent)) {
			return nil, false
		}
		if to.After(r.published) {
			to = r.published
		}
	}
	if !from.Before(to) {
		return []Fill{{Any: []string{written(to)}}}, true
	}
	return []Fill{{Any: []string{written(from) + " - " + written(to)}}}, true
}

// weekday reports whether the text gives that date by a day of the week.
func (r *responder) weekday(date string) bool {
	named := false
	for i := range r.l.Dates {
		d := &r.l.Dates[i]
		if d.Value != date {
			continue
		}
		words := strings.ToLower(r.l.Quote(d.Span))
		if !strings.Contains(words, "day") || strings.Contains(words, "today") || strings.Contains(words, "yesterday") {
			return false
		}
		for w := time.Sunday; w <= time.Saturday; w++ {
			named = named || strings.Contains(words, strings.ToLower(w.String()))
		}
	}
	return named
}

// days are the first and the last day of an EDTF date.
func days(edtf string) (from, to time.Time, ok bool) {
	if a, b, ok := strings.Cut(edtf, "/"); ok {
		from, _, ok1 := days(a)
		_, to, ok2 := days(b)
		return from, to, ok1 && ok2
	}
	edtf, _, _ = strings.Cut(strings.TrimRight(edtf, "~?%"), "T")
	if t, err := time.Parse(time.DateOnly, edtf); err == nil {
		return t, t, true
	}
	if t, err := time.Parse("2006-01", edtf); err == nil {
		return t, t.AddDate(0, 1, -1), true
	}
	if t, err := time.Parse("2006", edtf); err == nil {
		return t, t.AddDate(1, 0, -1), true
	}
	return from, to, false
}

// location writes an incident's places from the country to the most exact.
// Where it has none the country that the text speaks of most stands, since the
// task wants one always. ok is false outside the countries of interest.
func (r *responder) location(n *ledger.Incident) ([]Fill, bool) {
	country := ""
	var names []string
	for _, id := range n.Places {
		e := r.entity[id]
		if e == nil || e.Place == nil && len(names) > 0 {
			continue
		}
		if e.Place != nil && e.Place.Country != "" {
			if country == "" {
				country = e.Place.Country
			}
			if country != e.Place.Country {
				continue
			}
		}
		names = append(names, plain(strings.ToUpper(e.Name)))
	}
	if country == "" {
		country = r.commonest()
	}
	if country != "" && !ofInterest[country] {
		return nil, false
	}
	var levels []string
	if c := countries[country]; c != "" {
		levels = append(levels, c)
	}
	slices.Reverse(names)
	for _, m := range names {
		if !slices.Contains(levels, m) {
			levels = append(levels, m)
		}
	}
	if len(levels) == 0 {
		return nil, true
	}
	return []Fill{{Any: []string{strings.Join(levels, ": ")}}}, true
}

// commonest is the country that most mentions of places are in.
func (r *responder) commonest() string {
	count := map[string]int{}
	for i := range r.l.Entities {
		if e := &r.l.Entities[i]; e.Place != nil && e.Place.Country != "" {
			count[e.Place.Country] += len(e.Mentions)
		}
	}
	best := ""
	for c, n := range count {
		if n > count[best] || n == count[best] && c < best {
			best = c
		}
	}
	return best
}

// The task's degrees of confidence.
const (
	asFact        = "REPORTED AS FACT"
	claimed       = "CLAIMED OR ADMITTED"
	accused       = "SUSPECTED OR ACCUSED"
	byAuthorities = "SUSPECTED OR ACCUSED BY AUTHORITIES"
)

// perpetrators fills the slots of who did it. An organisation that claims an
// incident has CLAIMED OR ADMITTED it. One that is blamed is SUSPECTED OR
// ACCUSED, BY AUTHORITIES where the accuser is a government or one of its
// bodies, unless it is told without any doubt: then it is REPORTED AS FACT.
func (r *responder) perpetrators(n *ledger.Incident, t *Template) {
	for _, p := range n.ClaimedBy {
		r.perpetrator(t, p, claimed)
	}
	for _, p := range n.BlamedOn {
		r.perpetrator(t, p, r.blame(p))
	}
	for _, p := range n.Attackers {
		r.perpetrator(t, p, r.blame(p))
	}
}

func (r *responder) perpetrator(t *Template, p ledger.Party, confidence string) {
	name, kind := "", ledger.EntityType("")
	if e := r.entity[p.Entity]; e != nil {
		name, kind = r.called(e, p.Span), e.Type
	}
	if name == "" {
		name = r.l.Quote(p.Span)
	}
	name = plain(strings.ToUpper(strings.Join(strings.Fields(name), " ")))
	words := plain(strings.ToUpper(strings.Join(strings.Fields(r.l.Quote(p.Span)), " ")))
	if w := phrase(words); kind == ledger.TypeOrganization && len(w) > 0 && rebels[w[head(w)]] {
		r.fill(t, Individual, words, confidence) // "guerrillas of the Front"
	}
	slot := Individual
	if kind == ledger.TypeOrganization || kind == ledger.TypePlace || body(name) {
		slot = Organization
	} else if name := r.within(p.Span); name != "" {
		r.fill(t, Organization, name, confidence)
	}
	r.fill(t, slot, name, confidence)
}

// bodies are the nouns that by the task's definitions are organisations
// without a name of their own: "the armed forces", "death squads".
var bodyNouns = map[string]bool{"ARMY": true, "FORCES": true, "GOVERNMENT": true, "MILITARY": true, "POLICE": true, "SQUAD": true, "SQUADS": true,
	"MAFIA": true, "MAFIAS": true, "CARTEL": true, "CARTELS": true, "GUARD": true, "BATTALION": true, "BRIGADE": true, "REGIME": true,
	"DICTATORSHIP": true, "DETACHMENT": true, "ORGANIZATION": true, "ORGANIZATIONS": true, "MOVEMENT": true, "FRONT": true}

// rebels are the nouns for the members of an organisation, who are individuals.
var rebels = map[string]bool{"GUERRILLAS": true, "REBELS": true, "TERRORISTS": true, "MEMBERS": true, "COMMANDOS": true, "COMMANDO": true, "MILITANTS": true,
	"SUBVERSIVES": true, "SOLDIERS": true, "TROOPS": true, "MEN": true, "FIGHTERS": true, "GUNMEN": true, "COMMANDS": true, "COLUMN": true, "COLUMNS": true}

func body(name string) bool {
	w := phrase(name)
	return len(w) > 0 && bodyNouns[w[head(w)]]
}

// called is what the words of s call e, or else its name.
func (r *responder) called(e *ledger.Entity, s ledger.Span) string {
	for _, m := range e.Mentions {
		if s.Start <= m.Start && m.End <= s.End && !m.Pronoun {
			return r.l.Quote(m.Span)
		}
	}
	return e.Name
}

// within is the organisation that the words of s name: "guerrillas of the Orvane Front" are its.
func (r *responder) within(s ledger.Span) string {
	for i := range r.l.Entities {
		e := &r.l.Entities[i]
		if e.Type != ledger.TypeOrganization {
			continue
		}
		for _, m := range e.Mentions {
			if s.Start <= m.Start && m.End <= s.End && !m.Pronoun {
				return plain(strings.ToUpper(r.l.Quote(m.Span)))
			}
		}
	}
	return ""
}

func (r *responder) fill(t *Template, slot Slot, name, confidence string) {
	for _, f := range t.Slots[slot] {
		if f.Any[0] == name {
			return
		}
	}
	t.Slots[slot] = append(t.Slots[slot], Fill{Any: []string{name}})
	if slot == Organization {
		t.Slots[Confidence] = append(t.Slots[Confidence], Fill{Any: []string{confidence}, Of: []string{name}})
	}
}

// doubting are the beginnings of the cues by which somebody accuses rather than tells.
var doubting = []string{"accus", "blam", "alleg", "suspect", "believ", "presum", "attribut", "apparent", "think", "claim", "charg", "denounc", "responsib", "held"}

// blame is the confidence with which p is said to have done it.
func (r *responder) blame(p ledger.Party) string {
	c := r.claim[p.Claim]
	if c == nil {
		return asFact
	}
	doubt := c.Certainty != nil && c.Certainty.Level != ledger.LevelCertain
	if c.Cue != nil {
		cue := strings.ToLower(r.l.Quote(c.Cue.Span))
		for _, d := range doubting {
			doubt = doubt || strings.Contains(cue, d)
		}
	}
	switch {
	case !doubt && !r.doubted(p.Span):
		return asFact
	case c.Source != nil && c.Source.Kind == ledger.KindGovernment:
		return byAuthorities
	}
	return accused
}

// doubted reports whether the sentence of s has words of accusing, so that
// what is told there of who did it is not told as a fact.
func (r *responder) doubted(s ledger.Span) bool {
	for i := range r.l.Sentences {
		if t := &r.l.Sentences[i]; t.Start <= s.Start && s.Start < t.End {
			for w := range strings.FieldsSeq(strings.ToLower(r.l.Quote(t.Span))) {
				for _, d := range doubting {
					if strings.HasPrefix(w, d) {
						return true
					}
				}
			}
			return false
		}
	}
	return false
}

func (r *responder) toll(t *ledger.Toll) []Fill {
	if t == nil || t.Best <= 0 {
		return nil
	}
	return []Fill{{Any: []string{strconv.Itoa(t.Best)}}}
}
