package correction

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hearsay/ledger"
)

// add adds a claim that was missed. One that the text is read to make after all
// is given what the correction says of it.
func (a *applier) add(c *Correction) (*claim, error) {
	if c.After == nil || len(c.After.Content) == 0 {
		return nil, errors.New("a claim has to say something: give the words of its content")
	}
	spans, err := a.spans(c, c.After.Content)
	if err != nil {
		return nil, err
	}
	to := a.same(spans, c)
	if to == nil {
		to = &claim{added: true, Claim: ledger.Claim{ID: a.free("c", a.last)}}
		to.was.content = spans
		a.claims = append(a.claims, to)
	}
	if err := a.setContent(to, spans); err != nil {
		return nil, err
	}
	if c.After.Cue != nil {
		if err := a.setCue(c, to, c.After.Cue); err != nil {
			return nil, err
		}
	}
	if c.After.Source != nil {
		if err := a.setSource(c, to, c.After.Source); err != nil {
			return nil, err
		}
	}
	if c.After.Speaker != nil {
		if err := a.setSpeaker(to, c.After.Speaker); err != nil {
			return nil, err
		}
	}
	if to.added {
		to.was = originalOf(&to.Claim)
	}
	return to, nil
}

// same is the claim that says what is to be added, nil where there is none.
func (a *applier) same(spans []ledger.Span, c *Correction) *claim {
	const nearly = 0.9
	var cue ledger.Span
	if c.After.Cue != nil {
		cue, _ = a.words(c, c.After.Cue)
	}
	var found *claim
	most := 0.0
	for _, x := range a.claims {
		s := alike(spans, x.was.content)
		if s < nearly || x.removed || x.Cue != nil && cue != (ledger.Span{}) && overlap(x.Cue.Span, cue) == 0 {
			continue
		}
		if s > most {
			found, most = x, s
		}
	}
	return found
}

// free is an id that no claim has.
func (a *applier) free(kind string, n int) string {
	for {
		id := kind + strconv.Itoa(n)
		if !slices.ContainsFunc(a.claims, func(c *claim) bool { return c.ID == id }) {
			return id
		}
		n++
	}
}

// setContent gives a claim other words.
func (a *applier) setContent(c *claim, spans []ledger.Span) error {
	if len(spans) == 0 {
		return errors.New("a claim has to say something: its content cannot be empty")
	}
	for i, s := range spans {
		if i > 0 && s.Start < spans[i-1].End {
			return errors.New("the pieces of a content have to stand in the order of the text, and must not overlap")
		}
	}
	in := a.sentenceAt(spans[0].Start)
	if in == nil {
		return errors.New("the content begins outside of every sentence")
	}
	c.Sentence = in.ID
	c.Content = make([]ledger.Piece, len(spans))
	for i, s := range spans {
		c.Content[i].Span = s
	}
	if c.Source != nil {
		c.Manner = a.manner(c)
	}
	a.enclose(c)
	for i := range a.figures {
		f := &a.figures[i]
		if f.Claim == c.ID && !c.says(f.Span) {
			f.Claim = a.innermost(f.Span)
		} else if now := a.byID(f.Claim); f.Claim != c.ID && c.says(f.Span) && (now == nil || size(c) < size(now)) {
			f.Claim = c.ID
		}
	}
	a.wording(c)
	return nil
}

// setCue gives a claim other words that attribute it, or none. One that was on nobody's
// word is then on that of nobody in particular.
func (a *applier) setCue(from *Correction, c *claim, q *Quote) error {
	if q == nil {
		c.Cue = nil
		return nil
	}
	s, err := a.words(from, q)
	if err != nil {
		return err
	}
	c.Cue = &ledger.Piece{Span: s}
	if c.Source == nil {
		c.Source = &ledger.Source{Naming: ledger.NamingNone}
		c.Manner = a.manner(c)
	}
	return nil
}

// setSource says which words name a claim's source. Claims within it that stand on
// the same words, and have none of their own, follow.
func (a *applier) setSource(from *Correction, c *claim, o *Origin) error {
	if o == nil {
		return errors.New("a source is to have words; a claim that is on nobody's word is to be marked as the article's own")
	}
	var now ledger.Source
	if o.Naming == ledger.NamingNone {
		if c.Cue == nil {
			return errors.New("a claim whose source nobody names has to have a cue, such as “reportedly”")
		}
		now = ledger.Source{Naming: ledger.NamingNone}
	} else {
		s, err := a.words(from, &o.Quote)
		if err != nil {
			return err
		}
		if a.sentenceAt(s.Start) == nil {
			return errors.New("the words of the source stand outside of every sentence")
		}
		now = a.sourceOf(s, o, c.Source)
	}
	var old ledger.Source
	if c.Source != nil {
		old = *c.Source
	}
	for _, x := range a.dependent(c, &old) {
		source := now
		x.Source = &source
		if x.Manner == "" {
			x.Manner = a.manner(x)
		}
		a.spoken(x, old.Speaker)
	}
	return nil
}

// sourceOf is what is known of a source by its words, by what somebody says of it, and by
// what it was read as before.
func (a *applier) sourceOf(s ledger.Span, o *Origin, before *ledger.Source) ledger.Source {
	now := ledger.Source{Piece: ledger.Piece{Span: s}, Naming: ledger.NamingUnnamed}
	if before != nil && overlap(before.Span, s) > 0 {
		now.Naming, now.Kind, now.Entity, now.Speaker = before.Naming, before.Kind, before.Entity, before.Speaker
		if now.Entity != "" && !a.mentioned(now.Entity, s) {
			now.Entity = ""
		}
	}
	if e := a.mentionIn(s); e != nil && now.Entity == "" {
		now.Entity = e.ID
		if now.Speaker == "" {
			now.Naming, now.Speaker = ledger.NamingNamed, e.ID
			now.Kind = cmp.Or(now.Kind, kindOf(e.Type))
		}
	}
	now.Naming, now.Kind = cmp.Or(o.Naming, now.Naming), cmp.Or(o.Kind, now.Kind)
	return now
}

func kindOf(t ledger.EntityType) ledger.SourceKind {
	switch t {
	case ledger.TypePerson:
		return ledger.KindPerson
	case ledger.TypeOrganization:
		return ledger.KindOrganization
	}
	return ""
}

// mentioned reports whether an entity is mentioned in a span.
func (a *applier) mentioned(entity string, s ledger.Span) bool {
	e := a.entity(entity)
	return e != nil && slices.ContainsFunc(e.Mentions, func(m ledger.Mention) bool { return s.Start <= m.Start && m.End <= s.End })
}

// mentionIn is the entity of the longest mention in a span, a person or an organisation before a place.
func (a *applier) mentionIn(s ledger.Span) (found *ledger.Entity) {
	longest := 0
	for i := range a.entities {
		e := &a.entities[i]
		for _, m := range e.Mentions {
			n := m.End - m.Start
			if s.Start > m.Start || m.End > s.End {
				continue
			}
			if e.Type != ledger.TypePlace {
				n += len(a.text)
			}
			if n > longest {
				found, longest = e, n
			}
		}
	}
	return found
}

func (a *applier) entity(id string) *ledger.Entity {
	for i := range a.entities {
		if a.entities[i].ID == id && id != "" {
			return &a.entities[i]
		}
	}
	return nil
}

// dependent are a claim and those within it that were read to stand on its source and have no cue of their own.
func (a *applier) dependent(c *claim, source *ledger.Source) []*claim {
	out := []*claim{c}
	if c.Source == nil {
		return out
	}
	for _, x := range a.claims {
		own := x.Cue != nil && (c.Cue == nil || x.Cue.Span != c.Cue.Span)
		if x != c && !x.removed && x.Within == c.ID && !own && x.Source != nil && *x.Source == *source {
			out = append(out, x)
		}
	}
	return out
}

// setSpeaker says whom the words of a source mean. Whatever stands on the same words is said by the same.
func (a *applier) setSpeaker(c *claim, who *Identity) error {
	if c.Source == nil || c.Source.Naming == ledger.NamingNone {
		return errSourceless
	}
	speaker := ""
	if who != nil {
		speaker = a.identify(who, c.Source.Span)
	}
	at := c.Source.Span
	for _, x := range a.claims {
		if x.removed || x.Source == nil || x.Source.Naming == ledger.NamingNone || x.Source.Span != at {
			continue
		}
		old := x.Source.Speaker
		x.Source.Speaker = speaker
		if e := a.entity(speaker); e != nil {
			x.Source.Naming = ledger.NamingNamed
			if old != speaker {
				x.Source.Kind = cmp.Or(kindOf(e.Type), x.Source.Kind)
			}
		}
		a.spoken(x, old)
	}
	return nil
}

// identify returns the entity of a name: one of the text, or one that somebody
// said is meant by these words.
func (a *applier) identify(who *Identity, by ledger.Span) string {
	named := func(has func(*ledger.Entity) bool) string {
		for i := range a.entities {
			e := &a.entities[i]
			if has(e) && (who.Type == "" || e.Type == who.Type) {
				return e.ID
			}
		}
		return ""
	}
	is := func(s string) bool { return strings.EqualFold(s, who.Name) }
	id := cmp.Or(named(func(e *ledger.Entity) bool { return e.Name == who.Name }), named(func(e *ledger.Entity) bool { return is(e.Name) }),
		named(func(e *ledger.Entity) bool { return slices.ContainsFunc(e.Aliases, is) }))
	if id == "" {
		a.named++
		id = "e" + strconv.Itoa(a.named)
		a.entities = append(a.entities, ledger.Entity{ID: id, Type: cmp.Or(who.Type, ledger.TypePerson), Name: who.Name})
	}
	e := a.entity(id)
	for _, m := range e.Mentions {
		if overlap(m.Span, by) > 0 {
			return id
		}
	}
	e.Mentions = append(e.Mentions, ledger.Mention{Span: by, Pronoun: true})
	slices.SortStableFunc(e.Mentions, func(a, b ledger.Mention) int { return cmp.Compare(a.Start, b.Start) })
	return id
}

// unattribute puts a claim, and those within it that stood on its source, on the article's own word.
func (a *applier) unattribute(c *claim) {
	var old ledger.Source
	if c.Source != nil {
		old = *c.Source
	}
	for _, x := range a.dependent(c, &old) {
		x.Source, x.Cue, x.Channel, x.Manner = nil, nil, nil, ""
		a.spoken(x, old.Speaker)
		a.wording(x)
	}
}

// remove takes a claim away. What it gave is given by the claim around it, if there is one.
func (a *applier) remove(c *claim) {
	c.removed = true
	for i := range a.figures {
		if f := &a.figures[i]; f.Claim == c.ID {
			f.Claim = a.innermost(f.Span)
		}
	}
	for i := range a.incidents {
		n := &a.incidents[i]
		for _, list := range parties(n) {
			// Who did a deed, by whatever account, is somebody's word: without a claim that says it, it is nobody's.
			accused := list == &n.ClaimedBy || list == &n.BlamedOn || list == &n.DeniedBy || list == &n.Arrested
			*list = slices.DeleteFunc(*list, func(p ledger.Party) bool {
				return accused && p.Claim == c.ID && a.innermost(p.Span) == ""
			})
			for j := range *list {
				p := &(*list)[j]
				if p.Claim != c.ID {
					continue
				}
				if p.Claim = a.innermost(p.Span); p.Claim == "" {
					p.By = ""
				} else if heir := a.byID(p.Claim); heir.Source == nil {
					p.By = ""
				} else {
					p.By = heir.Source.Speaker
				}
			}
		}
	}
	a.wording(c)
	a.matches = slices.DeleteFunc(a.matches, func(m ledger.Match) bool { return m.Claim == c.ID })
	for _, x := range a.claims {
		if x.Within == c.ID {
			x.Within = ""
			a.surround(x)
		}
	}
}

// spoken lets what incidents tell by a claim follow its speaker.
func (a *applier) spoken(c *claim, old string) {
	now := ""
	if c.Source != nil {
		now = c.Source.Speaker
	}
	if now == old {
		return
	}
	for i := range a.incidents {
		n := &a.incidents[i]
		for _, list := range parties(n) {
			for j := range *list {
				p := &(*list)[j]
				if p.Claim != c.ID {
					continue
				}
				if p.By == old {
					p.By = now
				}
				// Who claims or denies a deed is who says so.
				if (list == &n.ClaimedBy || list == &n.DeniedBy) && p.Entity == old && old != "" {
					p.Entity = now
				}
			}
		}
	}
}

// wording takes the techniques that no longer stand in what a claim quotes out of it.
func (a *applier) wording(c *claim) {
	for i := range a.techniques {
		if t := &a.techniques[i]; t.Claim == c.ID && (c.removed || c.Source == nil || !c.says(ledger.Span{Start: t.Start, End: t.Start + 1})) {
			t.Claim = ""
		}
	}
}

// enclose keeps what stands within what, when a claim's content has changed.
func (a *applier) enclose(c *claim) {
	if outer := a.byID(c.Within); outer == nil || !holds(hull(outer), hull(c)) {
		c.Within = ""
		a.surround(c)
	}
	for _, x := range a.claims {
		if x.Within == c.ID && x != c && !holds(hull(c), hull(x)) {
			x.Within = ""
			a.surround(x)
		}
	}
}

// surround finds the attributed claim around one that stands within none: the innermost that is longer.
func (a *applier) surround(c *claim) {
	var found *claim
	for _, x := range a.claims {
		if x == c || x.removed || x.Source == nil || size(x) <= size(c) || !x.says(hull(c)) {
			continue
		}
		if found == nil || size(x) < size(found) {
			found = x
		}
	}
	if found != nil {
		c.Within = found.ID
	}
}

// innermost is the shortest claim that says the words of a span.
func (a *applier) innermost(s ledger.Span) string {
	var found *claim
	for _, x := range a.claims {
		if !x.removed && x.says(s) && (found == nil || size(x) <= size(found)) {
			found = x
		}
	}
	if found == nil {
		return ""
	}
	return found.ID
}

func (a *applier) byID(id string) *claim {
	for _, c := range a.claims {
		if c.ID == id && !c.removed && id != "" {
			return c
		}
	}
	return nil
}

// says reports whether a span lies in a piece of the claim's content.
func (c *claim) says(s ledger.Span) bool {
	return slices.ContainsFunc(c.Content, func(p ledger.Piece) bool { return holds(p.Span, s) })
}

func hull(c *claim) ledger.Span {
	return ledger.Span{Start: c.Content[0].Start, End: c.Content[len(c.Content)-1].End}
}

func size(c *claim) int { h := hull(c); return h.End - h.Start }

func holds(s, t ledger.Span) bool { return s.Start <= t.Start && t.End <= s.End }

// settle puts the claims in the order of the text, of those that begin together the longest first.
func (a *applier) settle() {
	slices.SortStableFunc(a.claims, func(x, y *claim) int {
		return cmp.Or(cmp.Compare(hull(x).Start, hull(y).Start), cmp.Compare(size(y), size(x)))
	})
}

// manner says whether all, none or some of the words of a content are in quotation marks. A
// quotation begins and ends within a paragraph.
func (a *applier) manner(c *claim) ledger.Manner {
	begin := strings.LastIndexByte(a.text[:c.Content[0].Start], '\n') + 1
	quoted, words, depth, inWord := 0, 0, 0, false
	for i, r := range a.text[begin:hull(c).End] {
		switch {
		case r == '\n':
			depth = 0
		case r == '“' || r == '«' || r == '„':
			depth = 1
		case r == '”' || r == '»':
			depth = 0
		case r == '"':
			depth = 1 - depth
		}
		in := isWord(r) && !unicode.IsMark(r)
		if in && !inWord && c.says(ledger.Span{Start: begin + i, End: begin + i + 1}) {
			words++
			quoted += depth
		}
		inWord = in
	}
	switch quoted {
	case 0:
		return ledger.MannerIndirect
	case words:
		return ledger.MannerDirect
	}
	return ledger.MannerMixed
}
