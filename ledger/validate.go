package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
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
// round in a circle, and a text that asserts something has claims.
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
	return v.claimsOf(l)
}

// edtf matches the dates that the contract uses: whole or with unknown digits,
// with a time, approximate, or from one to the other.
var edtf = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(edtfPattern) })

const edtfPattern = `^[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2}(T[0-9:]{8}(Z|[+-][0-9:]{5})?)?)?)?[~?%]?(/[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?[~?%]?)?$`

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
	entityTypes = []EntityType{TypePerson, TypeOrganization, TypePlace, TypeOther}
	sourceKinds = []SourceKind{KindPerson, KindOrganization, KindGovernment, KindDocument, KindMedia, KindGroup, KindUnknown}
	namings     = []Naming{NamingNamed, NamingUnnamed, NamingNone}
	manners     = []Manner{MannerDirect, MannerIndirect, MannerMixed}
)
