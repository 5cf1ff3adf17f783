package ledger

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// CheckSpans returns what is wrong with the first span that lies outside the
// text, is empty or cuts a character in two, or nil. It is what the other
// methods and the reports need to go by the spans at all.
func (l *Ledger) CheckSpans() error {
	text := l.Document.Text
	for i := range l.Sentences {
		if err := check(text, l.Sentences[i].Span); err != nil {
			return fmt.Errorf("sentence %s: %w", l.Sentences[i].ID, err)
		}
	}
	for i := range l.Claims {
		if err := l.Claims[i].check(text); err != nil {
			return fmt.Errorf("claim %s: %w", l.Claims[i].ID, err)
		}
	}
	for i := range l.Entities {
		for j, m := range l.Entities[i].Mentions {
			if err := check(text, m.Span); err != nil {
				return fmt.Errorf("entity %s: mention %d: %w", l.Entities[i].ID, j+1, err)
			}
		}
	}
	for i := range l.Dates {
		if err := check(text, l.Dates[i].Span); err != nil {
			return fmt.Errorf("date %d: %w", i+1, err)
		}
	}
	for i := range l.Figures {
		if err := check(text, l.Figures[i].Span); err != nil {
			return fmt.Errorf("figure %d: %w", i+1, err)
		}
	}
	for i := range l.Incidents {
		if err := l.Incidents[i].check(text); err != nil {
			return fmt.Errorf("incident %s: %w", l.Incidents[i].ID, err)
		}
	}
	for i := range l.Techniques {
		if err := check(text, l.Techniques[i].Span); err != nil {
			return fmt.Errorf("technique %d: %w", i+1, err)
		}
	}
	return nil
}

func (n *Incident) check(text string) error {
	for i, m := range n.Mentions {
		if err := check(text, m.Span); err != nil {
			return fmt.Errorf("mention %d: %w", i+1, err)
		}
	}
	for i, p := range n.Means {
		if err := check(text, p.Span); err != nil {
			return fmt.Errorf("means %d: %w", i+1, err)
		}
	}
	for _, list := range n.parties() {
		for i, p := range *list.parties {
			if err := check(text, p.Span); err != nil {
				return fmt.Errorf("%s %d: %w", list.name, i+1, err)
			}
		}
	}
	return nil
}

func (c *Claim) check(text string) error {
	for i, p := range c.Content {
		if err := check(text, p.Span); err != nil {
			return fmt.Errorf("content %d: %w", i+1, err)
		}
	}
	if c.Source != nil {
		if c.Source.Naming == NamingNone {
			if c.Source.Span != (Span{}) {
				return fmt.Errorf("source: it has a span although its naming is %q", NamingNone)
			}
		} else if err := check(text, c.Source.Span); err != nil {
			return fmt.Errorf("source: %w", err)
		}
	}
	if c.Cue != nil {
		if err := check(text, c.Cue.Span); err != nil {
			return fmt.Errorf("cue: %w", err)
		}
	}
	if c.Channel != nil {
		if err := check(text, c.Channel.Span); err != nil {
			return fmt.Errorf("channel: %w", err)
		}
	}
	return nil
}

// check reports what keeps s, in bytes, from being a span of text.
func check(text string, s Span) error {
	switch {
	case s.Start < 0 || s.End > len(text) || s.Start > s.End:
		return fmt.Errorf("bytes %d to %d are not in the text, which has %d", s.Start, s.End, len(text))
	case s.Start == s.End:
		return fmt.Errorf("the span at byte %d is empty", s.Start)
	case cuts(text, s.Start):
		return fmt.Errorf("byte %d lies inside a character", s.Start)
	case cuts(text, s.End):
		return fmt.Errorf("byte %d lies inside a character", s.End)
	}
	return nil
}

// cuts reports whether byte i of text lies inside a valid character. A stray
// continuation byte is a character of its own here, as it is in a range loop.
func cuts(text string, i int) bool {
	if i >= len(text) || utf8.RuneStart(text[i]) {
		return false
	}
	for begin := i - 1; begin >= 0 && begin > i-utf8.UTFMax; begin-- {
		if utf8.RuneStart(text[begin]) {
			_, size := utf8.DecodeRuneInString(text[begin:])
			return begin+size > i
		}
	}
	return false
}

// Validate returns the first rule of the output contract that l breaks, or nil:
// spans lie in the text and cut no character, ids are unique and what they name
// exists, sentences and contents stand in text order, each claim's content
// begins in its sentence, a claim is either wholly attributed or in the
// article's own voice, within leads to a claim that holds this one and never
// round in a circle, a text that asserts something has claims, and dates,
// figures and incidents hold only values of the contract that agree.
// It takes time linear in the size of the ledger.
func (l *Ledger) Validate() error {
	v := validator{
		text:      l.Document.Text,
		sentences: make(map[string]Span, len(l.Sentences)),
		claims:    make(map[string]*Claim, len(l.Claims)),
		entities:  make(map[string]bool, len(l.Entities)),
	}
	if l.Hearsay != 0 && l.Hearsay != Version {
		return fmt.Errorf("the ledger is of version %d, not %d", l.Hearsay, Version)
	}
	if !utf8.ValidString(v.text) {
		return errors.New("document: the text is not valid UTF-8")
	}
	if p := l.Document.Published; p != "" && !edtf().MatchString(p) {
		return fmt.Errorf("document: %q is not an EDTF date", p)
	}
	if err := l.CheckSpans(); err != nil {
		return err
	}
	if err := v.entitiesOf(l); err != nil {
		return err
	}
	if err := v.sentencesOf(l); err != nil {
		return err
	}
	if err := v.claimsOf(l); err != nil {
		return err
	}
	return v.meaningOf(l)
}

// edtf matches the dates that the contract uses: whole or with unknown digits,
// with a time, approximate, or from one to the other, where ".." is open.
var edtf = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(edtfPattern) })

const (
	edtfDate    = `[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2}(T[0-9:]{8}(Z|[+-][0-9:]{5})?)?)?)?[~?%]?`
	edtfPattern = `^(` + edtfDate + `(/(` + edtfDate + `|\.\.))?|\.\./` + edtfDate + `)$`
)

type validator struct {
	text      string
	sentences map[string]Span
	claims    map[string]*Claim
	entities  map[string]bool
}

func (v *validator) entitiesOf(l *Ledger) error {
	for i := range l.Entities {
		n := &l.Entities[i]
		switch {
		case n.ID == "":
			return fmt.Errorf("entity number %d has no id", i+1)
		case v.entities[n.ID]:
			return fmt.Errorf("entity %s: there are two of this id", n.ID)
		case n.Name == "":
			return fmt.Errorf("entity %s has no name", n.ID)
		case !slices.Contains(entityTypes, n.Type):
			return fmt.Errorf("entity %s: %q is no type of entity", n.ID, n.Type)
		case len(n.Mentions) == 0:
			return fmt.Errorf("entity %s is nowhere mentioned", n.ID)
		}
		v.entities[n.ID] = true
		for j, m := range n.Mentions {
			if j > 0 && m.Start < n.Mentions[j-1].Start {
				return fmt.Errorf("entity %s: mention %d stands before the one it follows", n.ID, j+1)
			}
		}
	}
	return nil
}

func (v *validator) sentencesOf(l *Ledger) error {
	end := 0
	for i, s := range l.Sentences {
		if s.ID == "" {
			return fmt.Errorf("sentence number %d has no id", i+1)
		}
		if _, twice := v.sentences[s.ID]; twice {
			return fmt.Errorf("sentence %s: there are two of this id", s.ID)
		}
		if s.Start < end {
			return fmt.Errorf("sentence %s begins before the one it follows ends", s.ID)
		}
		end = s.End
		v.sentences[s.ID] = s.Span
	}
	return nil
}

func (v *validator) claimsOf(l *Ledger) error {
	begin := 0
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.ID == "" {
			return fmt.Errorf("claim number %d has no id", i+1)
		}
		if v.claims[c.ID] != nil {
			return fmt.Errorf("claim %s: there are two of this id", c.ID)
		}
		v.claims[c.ID] = c
		if err := v.content(c); err != nil {
			return fmt.Errorf("claim %s: %w", c.ID, err)
		}
		if err := v.attribution(c); err != nil {
			return fmt.Errorf("claim %s: %w", c.ID, err)
		}
		if c.Content[0].Start < begin {
			return fmt.Errorf("claim %s begins before the one it follows", c.ID)
		}
		begin = c.Content[0].Start
	}
	if len(l.Claims) == 0 {
		for _, s := range l.Sentences {
			if words := v.text[s.Start:s.End]; asserts(words) {
				return fmt.Errorf("sentence %s asserts something, and there is no claim", s.ID)
			}
		}
	}
	return v.nesting(l)
}

func (v *validator) content(c *Claim) error {
	if len(c.Content) == 0 {
		return errors.New("it has no content")
	}
	for i, p := range c.Content {
		if i > 0 && p.Start < c.Content[i-1].End {
			return fmt.Errorf("content %d begins before the piece it follows ends", i+1)
		}
	}
	s, ok := v.sentences[c.Sentence]
	if !ok {
		return fmt.Errorf("there is no sentence %q", c.Sentence)
	}
	if at := c.Content[0].Start; at < s.Start || at >= s.End {
		return fmt.Errorf("its content does not begin in sentence %s", c.Sentence)
	}
	return nil
}

func (v *validator) attribution(c *Claim) error {
	if c.Source == nil {
		if c.Cue != nil {
			return fmt.Errorf("it has a cue and no source: where the text names nobody the source's naming is %q", NamingNone)
		}
		if c.Channel != nil || c.Manner != "" {
			return errors.New("it has a channel or a manner although it stands in the article's own voice")
		}
		return nil
	}
	if err := v.source(c.Source); err != nil {
		return fmt.Errorf("source: %w", err)
	}
	if c.Source.Naming == NamingNone && c.Cue == nil {
		return errors.New("it has neither a cue nor anyone as its source")
	}
	if c.Manner != "" && !slices.Contains(manners, c.Manner) {
		return fmt.Errorf("%q is no manner", c.Manner)
	}
	return nil
}

func (v *validator) source(s *Source) error {
	if s.Naming == NamingNone {
		if *s != (Source{Naming: NamingNone}) {
			return fmt.Errorf("it says more than that its naming is %q", NamingNone)
		}
		return nil
	}
	switch {
	case !slices.Contains(namings, s.Naming):
		return fmt.Errorf("%q is no naming", s.Naming)
	case s.Kind != "" && !slices.Contains(sourceKinds, s.Kind):
		return fmt.Errorf("%q is no kind of source", s.Kind)
	case s.Entity != "" && !v.entities[s.Entity]:
		return fmt.Errorf("there is no entity %q", s.Entity)
	case s.Speaker != "" && !v.entities[s.Speaker]:
		return fmt.Errorf("there is no entity %q to be its speaker", s.Speaker)
	}
	return nil
}

// meaningOf checks what claims, entities, dates, figures and incidents say
// beside their words.
func (v *validator) meaningOf(l *Ledger) error {
	incidents := make(map[string]bool, len(l.Incidents))
	for i := range l.Incidents {
		n := &l.Incidents[i]
		if n.ID == "" {
			return fmt.Errorf("incident number %d has no id", i+1)
		}
		if incidents[n.ID] {
			return fmt.Errorf("incident %s: there are two of this id", n.ID)
		}
		incidents[n.ID] = true
		if err := v.incident(n, l.Figures); err != nil {
			return fmt.Errorf("incident %s: %w", n.ID, err)
		}
	}
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Incident != "" && !incidents[c.Incident] {
			return fmt.Errorf("claim %s: there is no incident %q", c.ID, c.Incident)
		}
		if x := c.Certainty; x != nil {
			if err := x.validate(); err != nil {
				return fmt.Errorf("claim %s: certainty: %w", c.ID, err)
			}
		}
		if err := c.Worth.validate(); err != nil {
			return fmt.Errorf("claim %s: %w", c.ID, err)
		}
		for _, a := range c.Corrected {
			if err := hand(a.Who, a.When); a.Kind == "" || err != nil {
				return fmt.Errorf("claim %s: a correction of %q: %w", c.ID, a.Kind, cmp.Or(err, errors.New("it does not say of what")))
			}
		}
		for _, k := range c.Checked {
			if err := k.validate(); err != nil {
				return fmt.Errorf("claim %s: that it was checked: %w", c.ID, err)
			}
		}
	}
	for i := range l.Sentences {
		if err := l.Sentences[i].Worth.validate(); err != nil {
			return fmt.Errorf("sentence %s: %w", l.Sentences[i].ID, err)
		}
	}
	for i := range l.Techniques {
		if i > 0 && l.Techniques[i].Start < l.Techniques[i-1].Start {
			return fmt.Errorf("technique %d stands before the one it follows", i+1)
		}
		if err := v.technique(&l.Techniques[i]); err != nil {
			return fmt.Errorf("technique %d: %w", i+1, err)
		}
	}
	for i := range l.Matches {
		if err := v.match(&l.Matches[i]); err != nil {
			return fmt.Errorf("match %d: %w", i+1, err)
		}
	}
	for i := range l.Entities {
		if p := l.Entities[i].Place; p != nil {
			if err := p.validate(); err != nil {
				return fmt.Errorf("entity %s: place: %w", l.Entities[i].ID, err)
			}
		}
	}
	for i, d := range l.Dates {
		switch {
		case d.Value != "" && !edtf().MatchString(d.Value):
			return fmt.Errorf("date %d: %q is not an EDTF date", i+1, d.Value)
		case i > 0 && d.Start < l.Dates[i-1].Start:
			return fmt.Errorf("date %d stands before the one it follows", i+1)
		}
	}
	for i := range l.Figures {
		f := &l.Figures[i]
		if i > 0 && f.Start < l.Figures[i-1].Start {
			return fmt.Errorf("figure %d stands before the one it follows", i+1)
		}
		if err := v.figure(f); err != nil {
			return fmt.Errorf("figure %d: %w", i+1, err)
		}
		if f.Incident != "" && !incidents[f.Incident] {
			return fmt.Errorf("figure %d: there is no incident %q", i+1, f.Incident)
		}
	}
	return nil
}

// hand checks who did something, and when.
func hand(who, when string) error {
	if who == "" {
		return errors.New("it does not say who did it")
	}
	if _, err := time.Parse(time.RFC3339, when); err != nil {
		return fmt.Errorf("%q is no time (RFC 3339)", when)
	}
	return nil
}

func (k *Check) validate() error {
	if k.Note == "" {
		return errors.New("it has no note")
	}
	if k.Link != "" && !strings.HasPrefix(k.Link, "https://") && !strings.HasPrefix(k.Link, "http://") {
		return fmt.Errorf("%q is no address on the web", k.Link)
	}
	return hand(k.Who, k.When)
}

func (w *Worth) validate() error {
	if !(w.Checkworthiness >= 0 && w.Checkworthiness <= 1) {
		return fmt.Errorf("its check-worthiness is %v, not from 0 to 1", w.Checkworthiness)
	}
	for i, r := range w.Reasons {
		switch {
		case r.Key() == "":
			return fmt.Errorf("%q is no reason to check anything, or not to", r)
		case slices.Contains(w.Reasons[:i], r):
			return fmt.Errorf("it gives the reason %q twice", r)
		}
	}
	return nil
}

func (v *validator) technique(t *Technique) error {
	switch {
	case t.Label.Name() == "":
		return fmt.Errorf("%q is no label of a technique", t.Label)
	case !(t.Score >= 0 && t.Score <= 1):
		return fmt.Errorf("its score is %v, not from 0 to 1", t.Score)
	case t.Claim != "" && v.claims[t.Claim] == nil:
		return fmt.Errorf("there is no claim %q", t.Claim)
	}
	return nil
}

func (v *validator) match(m *Match) error {
	switch {
	case v.claims[m.Claim] == nil:
		return fmt.Errorf("there is no claim %q", m.Claim)
	case m.Review.URL == "" || m.Review.ClaimReviewed == "":
		return errors.New("its review has no url, or no claimReviewed")
	case m.Review.Published != "" && !edtf().MatchString(m.Review.Published):
		return fmt.Errorf("%q is not an EDTF date", m.Review.Published)
	case !(m.Score >= 0 && m.Score <= 1):
		return fmt.Errorf("its score is %v, not from 0 to 1", m.Score)
	case m.Level != MatchLikely && m.Level != MatchRelated:
		return fmt.Errorf("%q is no level of a match", m.Level)
	}
	for _, s := range m.Same {
		if !slices.Contains(sameKinds, s.Kind) || s.Text == "" {
			return fmt.Errorf("%q of the kind %q is nothing that it has in common", s.Text, s.Kind)
		}
	}
	return nil
}

// sameKinds are the kinds of what a claim and a fact-check may have in common.
var sameKinds = []string{"person", "place", "name", "figure", "year", "word"}

func (v *validator) figure(f *Figure) error {
	for _, x := range []*float64{f.Value, f.Low, f.High} {
		if x != nil && (math.IsNaN(*x) || math.IsInf(*x, 0)) {
			return errors.New("it holds what is no number")
		}
	}
	switch {
	case f.Value == nil && f.Low == nil && f.High == nil:
		return errors.New("it says no number")
	case f.Low != nil && f.High != nil && *f.Low > *f.High:
		return fmt.Errorf("its low, %v, is above its high, %v", *f.Low, *f.High)
	case f.Claim != "" && v.claims[f.Claim] == nil:
		return fmt.Errorf("there is no claim %q", f.Claim)
	}
	return nil
}

func (v *validator) incident(n *Incident, figures []Figure) error {
	switch {
	case !slices.Contains(incidentTypes, n.Type):
		return fmt.Errorf("%q is no type of incident", n.Type)
	case len(n.Mentions) == 0:
		return errors.New("it is nowhere mentioned")
	case n.Date != "" && !edtf().MatchString(n.Date):
		return fmt.Errorf("%q is not an EDTF date", n.Date)
	}
	for i, m := range n.Mentions {
		if i > 0 && m.Start < n.Mentions[i-1].Start {
			return fmt.Errorf("mention %d stands before the one it follows", i+1)
		}
	}
	for _, e := range n.Places {
		if !v.entities[e] {
			return fmt.Errorf("there is no entity %q to be its place", e)
		}
	}
	for _, list := range n.parties() {
		for i, p := range *list.parties {
			switch {
			case p.Entity != "" && !v.entities[p.Entity]:
				return fmt.Errorf("%s %d: there is no entity %q", list.name, i+1, p.Entity)
			case p.By != "" && !v.entities[p.By]:
				return fmt.Errorf("%s %d: there is no entity %q to say so", list.name, i+1, p.By)
			case p.Claim != "" && v.claims[p.Claim] == nil:
				return fmt.Errorf("%s %d: there is no claim %q", list.name, i+1, p.Claim)
			}
		}
	}
	for _, t := range []*Toll{n.Killed, n.Wounded} {
		if t == nil {
			continue
		}
		if t.Low < 0 || t.Low > t.Best || t.Best > t.High {
			return fmt.Errorf("a toll of %d, at best %d, at most %d", t.Low, t.Best, t.High)
		}
		for _, f := range t.Figures {
			if f < 0 || f >= len(figures) {
				return fmt.Errorf("a toll names figure %d of %d", f, len(figures))
			}
		}
	}
	return nil
}

func (c *Certainty) validate() error {
	switch {
	case !slices.Contains(levels, c.Level):
		return fmt.Errorf("%q is no level", c.Level)
	case c.Polarity != Affirmed && c.Polarity != Denied:
		return fmt.Errorf("%q is no polarity", c.Polarity)
	case !(c.Score >= -3 && c.Score <= 3):
		return fmt.Errorf("a score of %v is not between -3 and 3", c.Score)
	case c.Score < 0 && c.Polarity == Affirmed || c.Score > 0 && c.Polarity == Denied:
		return fmt.Errorf("a score of %v for what is %s", c.Score, c.Polarity)
	}
	return nil
}

func (p *Place) validate() error {
	switch {
	case *p == Place{}:
		return errors.New("it says nothing")
	case !(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180):
		return fmt.Errorf("%v, %v are no coordinates", p.Lat, p.Lon)
	case p.Country != "" && !country(p.Country):
		return fmt.Errorf("%q is not of the form of a country's code", p.Country)
	case p.GeoNames < 0:
		return fmt.Errorf("%d is no id of GeoNames", p.GeoNames)
	}
	return nil
}

func country(s string) bool {
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'
}

// nesting checks within: that it names a claim whose content holds this one's
// and that it leads out of every claim. A claim is walked from once, as those
// on its way are then known to lead out.
func (v *validator) nesting(l *Ledger) error {
	out := make(map[string]bool, len(l.Claims))
	var way []string
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Within != "" {
			outer := v.claims[c.Within]
			if outer == nil {
				return fmt.Errorf("claim %s: there is no claim %q for it to be within", c.ID, c.Within)
			}
			if !hull(outer).holds(hull(c)) {
				return fmt.Errorf("claim %s does not lie within the content of %s", c.ID, c.Within)
			}
		}
		way = way[:0]
		for at := c; at.Within != "" && !out[at.ID]; {
			way = append(way, at.ID)
			if len(way) > len(l.Claims) {
				return fmt.Errorf("claim %s is within itself", c.ID)
			}
			if at = v.claims[at.Within]; at == nil {
				break // reported when the loop reaches that claim
			}
		}
		for _, id := range way {
			out[id] = true
		}
	}
	return nil
}

// hull is the span from a claim's first word to its last.
func hull(c *Claim) Span { return Span{c.Content[0].Start, c.Content[len(c.Content)-1].End} }

func (s Span) holds(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// asserts reports whether a sentence has words and is not a question.
func asserts(words string) bool {
	return strings.ContainsFunc(words, unicode.IsLetter) && !strings.ContainsAny(words, "?？؟")
}

var (
	entityTypes   = []EntityType{TypePerson, TypeOrganization, TypePlace, TypeOther}
	sourceKinds   = []SourceKind{KindPerson, KindOrganization, KindGovernment, KindDocument, KindMedia, KindGroup, KindUnknown}
	namings       = []Naming{NamingNamed, NamingUnnamed, NamingNone}
	levels        = []Level{LevelCertain, LevelProbable, LevelPossible, LevelUnknown}
	manners       = []Manner{MannerDirect, MannerIndirect, MannerMixed}
	incidentTypes = []IncidentType{ArmedClash, GovernmentRegains, NonStateOvertakes, NonViolentTransfer, HeadquartersFounded, AirStrike, Shelling,
		RemoteExplosive, SuicideBomb, Grenade, ChemicalWeapon, Attack, Abduction, SexualViolence, MobViolence, ViolentDemo, PeacefulProtest,
		ProtestIntervention, ForceAgainstProtest, PropertyDestruction, Agreement, Arrests, ChangeToGroup, DisruptedWeapons, Diplomacy,
		OrganizedCrime, NaturalDisaster, ManMadeDisaster, OtherIncident}
)
