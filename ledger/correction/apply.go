package correction

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/ledger"
)

// Apply returns the ledger that a list of corrections, in the order in which
// they were made, makes of the one that was read, and what became of each. The
// ledger that was read stays as it is; where nothing is applied it is returned itself.
//
// Corrections that were undone, or do not fit, have no effect, and what a claim of the
// ledger bears the mark of is not applied to it again. The corrected ledger keeps every rule
// of the contract that the one that was read keeps.
func Apply(asRead *ledger.Ledger, list []Correction) (*ledger.Ledger, []Outcome) {
	if !slices.ContainsFunc(list, func(c Correction) bool { return c.Standing() && !c.Kind.OfIncidents() }) {
		out := make([]Outcome, len(list))
		for i := range list {
			out[i].State = TakenBack
			if list[i].Kind.OfIncidents() && list[i].Standing() {
				out[i].State = Elsewhere
			}
		}
		return asRead, out
	}
	a := newApplier(asRead, list)
	a.run()
	return a.ledger(), a.outcomes
}

// What an Outcome says of what is not applied.
var (
	errNoClaim    = errors.New("the text no longer has this claim, or it is read so differently that it cannot be told which it is")
	errNoWords    = errors.New("the words that it gives can no longer be found in the text")
	errSourceless = errors.New("the claim has no words that name a source: say first which they are")
)

// claim is a claim on its way to the corrected ledger.
type claim struct {
	ledger.Claim
	was     original
	added   bool // by a correction
	removed bool
}

// original is what a claim is found by: its words as they were read, or added.
type original struct {
	content     []ledger.Span
	cue, source ledger.Span
}

// state is all that a correction may change.
type state struct {
	claims     []*claim
	entities   []ledger.Entity
	figures    []ledger.Figure
	incidents  []ledger.Incident
	techniques []ledger.Technique
	matches    []ledger.Match
}

// applier applies corrections to one ledger.
type applier struct {
	*page
	state
	base     *ledger.Ledger
	list     []Correction
	outcomes []Outcome
	valid    bool // the ledger that was read keeps the rules
	last     int  // the greatest number in an id of a claim
	named    int  // the same of entities
}

func newApplier(asRead *ledger.Ledger, list []Correction) *applier {
	a := &applier{page: newPage(asRead.Document.Text), base: asRead, list: list, outcomes: make([]Outcome, len(list)), valid: asRead.Validate() == nil}
	for i := range asRead.Claims {
		c := &claim{Claim: asRead.Claims[i]}
		c.was = originalOf(&c.Claim)
		a.claims = append(a.claims, c)
		a.last = max(a.last, numberIn(c.ID))
	}
	for i := range asRead.Entities {
		a.named = max(a.named, numberIn(asRead.Entities[i].ID))
	}
	a.entities, a.figures, a.incidents = asRead.Entities, asRead.Figures, asRead.Incidents
	a.techniques, a.matches = asRead.Techniques, asRead.Matches
	a.state = a.state.clone()
	return a
}

func originalOf(c *ledger.Claim) (o original) {
	for _, p := range c.Content {
		o.content = append(o.content, p.Span)
	}
	if c.Cue != nil {
		o.cue = c.Cue.Span
	}
	if c.Source != nil {
		o.source = c.Source.Span
	}
	return o
}

// numberIn is the number at the end of an id such as c12, 0 where there is none.
func numberIn(id string) int {
	n, err := strconv.Atoi(strings.TrimLeft(id, "abcdefghijklmnopqrstuvwxyz"))
	if err != nil || n < 0 || n > 1<<30 {
		return 0
	}
	return n
}

// clone copies what a correction may change in place.
func (s *state) clone() state {
	out := state{claims: make([]*claim, len(s.claims)), entities: slices.Clone(s.entities), figures: slices.Clone(s.figures),
		incidents: slices.Clone(s.incidents), techniques: slices.Clone(s.techniques), matches: slices.Clone(s.matches)}
	for i, c := range s.claims {
		d := *c
		d.Content, d.Corrected, d.Checked = slices.Clone(c.Content), slices.Clone(c.Corrected), slices.Clone(c.Checked)
		if c.Source != nil {
			source := *c.Source
			d.Source = &source
		}
		out.claims[i] = &d
	}
	for i := range out.entities {
		out.entities[i].Mentions = slices.Clone(out.entities[i].Mentions)
	}
	for i := range out.incidents {
		for _, list := range parties(&out.incidents[i]) {
			*list = slices.Clone(*list)
		}
	}
	return out
}

func parties(n *ledger.Incident) [6]*[]ledger.Party {
	return [...]*[]ledger.Party{&n.Targets, &n.Attackers, &n.ClaimedBy, &n.BlamedOn, &n.DeniedBy, &n.Arrested}
}

// run applies the corrections one by one. One that would break a rule is refused.
func (a *applier) run() {
	for i := range a.list {
		c, o := &a.list[i], &a.outcomes[i]
		if c.Kind == Added {
			a.last++ // also for one that is not applied, so that the ids of others do not depend on that
		}
		switch {
		case !c.Standing():
			o.State = TakenBack
			continue
		case c.Kind.OfIncidents():
			o.State = Elsewhere
			continue
		}
		if to := a.marked(c); to != nil {
			o.State, o.Claim = Applied, to.ID
			continue
		}
		before := a.state.clone()
		to, err := a.apply(c)
		if err == nil {
			a.settle()
			err = a.check()
		}
		switch {
		case errors.Is(err, errNoClaim), errors.Is(err, errNoWords):
			a.state, o.State, o.Why = before, Unresolved, err.Error()
		case err != nil:
			a.state, o.State, o.Why = before, Refused, err.Error()
		default:
			o.State, o.Claim = Applied, to.ID
			a.mark(c, to)
		}
	}
	a.replace()
}

// check checks the ledger as it is now by the rules that the one that was read keeps.
func (a *applier) check() error {
	if a.valid {
		return a.ledger().Validate()
	}
	return a.ledger().CheckSpans()
}

// ledger is the ledger as it is now.
func (a *applier) ledger() *ledger.Ledger {
	l := *a.base
	l.Claims = make([]ledger.Claim, 0, len(a.claims))
	for _, c := range a.claims {
		if !c.removed {
			l.Claims = append(l.Claims, c.Claim)
		}
	}
	l.Entities, l.Figures, l.Incidents, l.Techniques, l.Matches = a.entities, a.figures, a.incidents, a.techniques, a.matches
	return &l
}

// apply applies one correction and returns its claim.
func (a *applier) apply(c *Correction) (*claim, error) {
	if c.Kind == Added {
		return a.add(c)
	}
	to := a.resolve(c)
	if to == nil {
		return nil, errNoClaim
	}
	if to.removed && c.Kind != Removed {
		return to, nil // and run says that the later one replaces it
	}
	after := c.After
	if after == nil {
		after = new(Reading)
	}
	switch c.Kind {
	case Content:
		spans, err := a.spans(c, after.Content)
		if err != nil {
			return nil, err
		}
		return to, a.setContent(to, spans)
	case Cue:
		return to, a.setCue(c, to, after.Cue)
	case Source:
		return to, a.setSource(c, to, after.Source)
	case Speaker:
		return to, a.setSpeaker(to, after.Speaker)
	case Unattributed:
		a.unattribute(to)
	case Removed:
		a.remove(to)
	case Checked:
	default:
		return nil, fmt.Errorf("%q is no kind of correction", c.Kind)
	}
	return to, nil
}

// key tells the anchors of different claims apart.
func (x *Anchor) key() string {
	b, err := json.Marshal(x)
	if err != nil {
		return ""
	}
	return string(b)
}

// resolve returns the claim that a correction is of, nil where that cannot be told. A
// claim is compared with the words of the anchor and with those that any
// correction of the same claim gives it: a later reading may have either.
func (a *applier) resolve(c *Correction) *claim {
	if c.Anchor == nil || len(c.Anchor.Content) == 0 {
		return nil
	}
	var wanted [][]ledger.Span
	if spans, ok := a.locate(c.Anchor.Content, c.Anchor.Text); ok {
		wanted = append(wanted, spans)
	}
	key := c.Anchor.key()
	for i := range a.list {
		other := &a.list[i]
		if other.Kind == Content && other.Standing() && other.After != nil && other.Anchor != nil && other.Anchor.key() == key {
			if spans, ok := a.locate(other.After.Content, other.Anchor.Text); ok {
				wanted = append(wanted, spans)
			}
		}
	}
	var cue, source ledger.Span
	if q := c.Anchor.Cue; q != nil {
		cue, _ = a.find(q, c.Anchor.Text, false)
	}
	if q := c.Anchor.Source; q != nil {
		source, _ = a.find(q, c.Anchor.Text, false)
	}
	least := leastAlike
	if c.Kind == Removed || c.Kind == Unattributed {
		least = leastToTake
	}
	return a.best(wanted, cue, source, least)
}

const (
	leastAlike    = 0.5  // share of their words that two readings of a claim have in common
	leastWithCue  = 0.25 // the same where the cue is one
	leastToTake   = 0.8  // the same for what takes a claim away, or its attribution: a better reading of it is not to suffer that
	cueCounts     = 0.2
	sourceCounts  = 0.1
	clearlyBetter = 0.05
)

// best is the claim that is most like one that had these words, if one clearly is.
func (a *applier) best(wanted [][]ledger.Span, cue, source ledger.Span, least float64) *claim {
	var found, next *claim
	score, second := 0.0, 0.0
	for _, c := range a.claims {
		s := 0.0
		for _, w := range wanted {
			s = max(s, alike(w, c.was.content))
		}
		sameCue := overlap(cue, c.was.cue) > 0
		if s < leastWithCue || s < least && !(sameCue && least == leastAlike) {
			continue
		}
		if s == 1 && cue == c.was.cue && source == c.was.source {
			return c
		}
		switch {
		case sameCue:
			s += cueCounts
		case cue != ledger.Span{} && c.was.cue != ledger.Span{}:
			s -= cueCounts
		}
		if overlap(source, c.was.source) > 0 {
			s += sourceCounts
		}
		if s > score {
			found, next, score, second = c, found, s, score
		} else if s > second {
			next, second = c, s
		}
	}
	if next != nil && second > score-clearlyBetter {
		return nil
	}
	return found
}

// locate finds the pieces of a content again: all of them, in their order.
func (a *applier) locate(content []Quote, digest string) ([]ledger.Span, bool) {
	spans := make([]ledger.Span, len(content))
	for i := range content {
		s, ok := a.find(&content[i], digest, false)
		if !ok || i > 0 && s.Start < spans[i-1].End {
			return nil, false
		}
		spans[i] = s
	}
	return spans, len(spans) > 0
}

// spans are the pieces that a correction gives a claim.
func (a *applier) spans(c *Correction, content []Quote) ([]ledger.Span, error) {
	spans := make([]ledger.Span, len(content))
	for i := range content {
		s, err := a.words(c, &content[i])
		if err != nil {
			return nil, err
		}
		spans[i] = s
	}
	return spans, nil
}

// words finds words that a correction gives a claim.
func (a *applier) words(c *Correction, q *Quote) (ledger.Span, error) {
	digest := ""
	if c.Anchor != nil {
		digest = c.Anchor.Text
	}
	s, ok := a.find(q, digest, true)
	if !ok {
		return s, errNoWords
	}
	return s, nil
}

// marked is the claim that bears the mark of a correction already, nil where none does.
func (a *applier) marked(c *Correction) *claim {
	for _, x := range a.claims {
		if c.Number != 0 && (slices.ContainsFunc(x.Corrected, func(m ledger.Amendment) bool { return m.Number == c.Number }) ||
			slices.ContainsFunc(x.Checked, func(k ledger.Check) bool { return k.Number == c.Number })) {
			return x
		}
	}
	return nil
}

// mark writes down on a claim what was corrected of it.
func (a *applier) mark(c *Correction, to *claim) {
	when := c.Made.UTC().Format(time.RFC3339)
	if c.Kind == Checked {
		to.Checked = append(to.Checked, ledger.Check{Note: c.Note, Link: c.Link, Who: c.Who, When: when, Number: c.Number})
		return
	}
	to.Corrected = append(to.Corrected, ledger.Amendment{Kind: string(c.Kind), Who: c.Who, When: when, Number: c.Number})
}

// replace finds what a later correction of the same claim replaces.
func (a *applier) replace() {
	for i := range a.list {
		o := &a.outcomes[i]
		if o.State != Applied {
			continue
		}
		for j := i + 1; j < len(a.list); j++ {
			if later := &a.outcomes[j]; later.State == Applied && later.Claim == o.Claim && a.list[j].Kind.replaces(a.list[i].Kind) {
				o.State, o.By = Replaced, a.list[j].Number
			}
		}
	}
}

// replaces reports whether a correction of this kind leaves nothing of an earlier one of the same claim.
func (k Kind) replaces(earlier Kind) bool {
	switch {
	case k == Removed:
		return true
	case earlier == Checked || earlier == Added || earlier == Removed:
		return false
	case k == Unattributed:
		return earlier == Source || earlier == Cue || earlier == Speaker || earlier == Unattributed
	case k == Source || k == Cue:
		return earlier == k || earlier == Unattributed
	}
	return k == earlier
}

// sentenceAt is the sentence in which a byte stands, nil where it stands in none.
func (a *applier) sentenceAt(at int) *ledger.Sentence {
	i, found := slices.BinarySearchFunc(a.base.Sentences, at, func(s ledger.Sentence, at int) int { return cmp.Compare(s.Start, at) })
	if !found {
		i--
	}
	if i < 0 || at >= a.base.Sentences[i].End {
		return nil
	}
	return &a.base.Sentences[i]
}
