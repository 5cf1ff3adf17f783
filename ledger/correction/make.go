package correction

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hearsay/ledger"
)

// The limits of what somebody may write, in code points.
const (
	MaxNote   = 4000
	MaxLink   = 2000
	MaxName   = 200
	maxWho    = 200
	maxWords  = 20_000 // of a content
	maxPieces = 50
	// maxStanding is how many corrections of one article may stand at a time: each is weighed whenever it is read.
	maxStanding = 500
)

// RequestError says why a Request cannot be done, for the person who made it.
type RequestError struct {
	Request int    // its place among those made together
	Kind    Kind   // its kind
	Message string // what is wrong, and what to do
}

func (e *RequestError) Error() string { return string(e.Kind) + ": " + e.Message }

// Seen is a digest of a claim as somebody sees it: what may be corrected of it.
func Seen(l *ledger.Ledger, c *ledger.Claim) string {
	h := sha256.New()
	write := func(kind string, s ledger.Span) { fmt.Fprintf(h, "%s %d %d %q\n", kind, s.Start, s.End, l.Quote(s)) }
	for _, p := range c.Content {
		write("content", p.Span)
	}
	if c.Cue != nil {
		write("cue", c.Cue.Span)
	}
	if c.Source != nil {
		fmt.Fprintf(h, "%s %s %q\n", c.Source.Naming, c.Source.Kind, nameOf(l.Entities, c.Source.Speaker))
		write("source", c.Source.Span)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func nameOf(entities []ledger.Entity, id string) string {
	for i := range entities {
		if entities[i].ID == id && id != "" {
			return entities[i].Name
		}
	}
	return ""
}

// Make makes corrections of what somebody asks for, all of them or, with a
// *RequestError, none. The ledger is the one that was read, the list what was
// corrected of it already. What comes back is in the order in which it is
// to be applied behind the list, and lacks Number, Article and Version only.
func Make(asRead *ledger.Ledger, list []Correction, who string, when time.Time, requests ...Request) ([]Correction, error) {
	if err := label(who, maxWho); err != nil || who == "" {
		return nil, &RequestError{Message: "who makes the correction has to be said, in a name that can be printed"}
	}
	order := make([]int, len(requests))
	for i := range order {
		order[i] = i
	}
	rank := func(i int) int { return slices.Index(Kinds(), requests[i].Kind) }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(rank(i), rank(j)) })
	all := slices.Clone(list)
	last := 0
	standing := 0
	for i := range list {
		last = max(last, list[i].Number)
		if list[i].Standing() {
			standing++
		}
	}
	touched := make(map[string]int)
	for _, i := range order {
		r := &requests[i]
		c, err := make1(asRead, all, r)
		if err == nil && standing >= maxStanding {
			err = fmt.Errorf("%d corrections of this text stand already: undo some that are no longer needed", standing)
		}
		if err == nil {
			last++
			standing++
			c.Number, c.Who, c.Made = last, who, when.UTC().Truncate(time.Second)
			all = append(all, *c)
			err = fits(asRead, all, r, touched, i)
		}
		if err != nil {
			return nil, &RequestError{i, r.Kind, err.Error()}
		}
	}
	if err := disjoint(asRead, all, requests, touched); err != nil {
		return nil, err
	}
	made := all[len(list):]
	for i := range made {
		made[i].Number = 0
	}
	return made, nil
}

// fits checks that the last of a list is applied, and to the claim that it is asked for.
func fits(asRead *ledger.Ledger, all []Correction, r *Request, touched map[string]int, i int) error {
	_, outcomes := Apply(asRead, all)
	o := outcomes[len(outcomes)-1]
	switch {
	case o.State != Applied:
		return errors.New(o.Why)
	case r.Kind != Added && o.Claim != r.Claim:
		return errors.New("another claim has the very same words: correct that one, or mark one of the two as no claim")
	}
	touched[o.Claim] = i
	return nil
}

// disjoint checks that what says something is not what it says.
func disjoint(asRead *ledger.Ledger, all []Correction, requests []Request, touched map[string]int) error {
	l, _ := Apply(asRead, all)
	for i := range l.Claims {
		c := &l.Claims[i]
		at, ok := touched[c.ID]
		if !ok || requests[at].Kind == Checked {
			continue
		}
		for _, p := range c.Content {
			for kind, s := range map[Kind]*ledger.Piece{Cue: c.Cue, Source: pieceOf(c.Source)} {
				if s != nil && overlap(p.Span, s.Span) > 0 {
					return &RequestError{at, kind, fmt.Sprintf("the words of the %s, %q, are part of the content: leave them out of one of the two", kind, brief(l.Quote(s.Span)))}
				}
			}
		}
		if c.Cue != nil && c.Source != nil && c.Source.Naming != ledger.NamingNone && overlap(c.Cue.Span, c.Source.Span) > 0 &&
			!holds(c.Source.Span, c.Cue.Span) { // "its statement" is both
			return &RequestError{at, Cue, fmt.Sprintf("the words of the cue, %q, are in part those of the source: leave them out of one of the two", brief(l.Quote(c.Cue.Span)))}
		}
	}
	return nil
}

func pieceOf(s *ledger.Source) *ledger.Piece {
	if s == nil || s.Naming == ledger.NamingNone {
		return nil
	}
	return &s.Piece
}

func brief(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// make1 makes one correction.
func make1(asRead *ledger.Ledger, list []Correction, r *Request) (*Correction, error) {
	if r.Kind.OfIncidents() || !slices.Contains(Kinds(), r.Kind) {
		return nil, fmt.Errorf("%q is nothing that can be corrected of a claim", r.Kind)
	}
	note, link, err := written(r)
	if err != nil {
		return nil, err
	}
	a := newApplier(asRead, list)
	a.run()
	out := &Correction{Kind: r.Kind, Note: note, Link: link}
	var of *claim
	near := ledger.Span{}
	if r.Kind != Added {
		if of = a.byID(r.Claim); of == nil {
			return nil, fmt.Errorf("there is no claim %s in this text any more: look at it again", r.Claim)
		}
		if l := a.ledger(); r.Seen != "" && r.Seen != Seen(l, &of.Claim) {
			return nil, errors.New("this claim was changed meanwhile, by somebody else or by another reading: look at it again")
		}
		near = hull(of)
		out.Anchor = &Anchor{Text: a.digest, Content: a.quotes(of.was.content)}
		if of.was.cue != (ledger.Span{}) {
			q := a.quote(of.was.cue)
			out.Anchor.Cue = &q
		}
		if of.was.source != (ledger.Span{}) {
			q := a.quote(of.was.source)
			out.Anchor.Source = &q
		}
		out.Before = a.before(r.Kind, of)
	}
	if out.After, err = a.after(r, near); err != nil {
		return nil, err
	}
	if r.Kind == Added {
		out.Anchor = &Anchor{Text: a.digest, Content: out.After.Content, Cue: out.After.Cue}
		if s := out.After.Source; s != nil && s.Naming != ledger.NamingNone {
			out.Anchor.Source = &s.Quote
		}
	} else if r.Kind != Checked && r.Kind != Removed && sameReading(out.Before, out.After) {
		return nil, errors.New("that is what it says already")
	}
	return out, nil
}

// before is what a claim says of what is corrected.
func (a *applier) before(kind Kind, c *claim) *Reading {
	r := new(Reading)
	wants := func(kinds ...Kind) bool { return kind == Removed || slices.Contains(kinds, kind) }
	if wants(Content) {
		for _, p := range c.Content {
			r.Content = append(r.Content, a.quote(p.Span))
		}
	}
	if c.Cue != nil && wants(Cue, Unattributed) {
		q := a.quote(c.Cue.Span)
		r.Cue = &q
	}
	if s := c.Source; s != nil {
		if wants(Source, Unattributed) {
			r.Source = &Origin{Naming: s.Naming, Kind: s.Kind}
			if s.Naming != ledger.NamingNone {
				r.Source.Quote = a.quote(s.Span)
			}
		}
		if e := a.entity(s.Speaker); e != nil && wants(Source, Speaker, Unattributed) {
			r.Speaker = &Identity{Name: e.Name, Type: e.Type}
		}
	}
	if r.empty() {
		return nil
	}
	return r
}

func (r *Reading) empty() bool {
	return len(r.Content) == 0 && r.Cue == nil && r.Source == nil && r.Speaker == nil
}

// after is what is asked for, its words looked up in the text. It holds only what its kind changes.
func (a *applier) after(r *Request, near ledger.Span) (*Reading, error) {
	in := r.After
	if in == nil {
		in = new(Reading)
	}
	out := new(Reading)
	wants := func(k Kind) bool { return r.Kind == k || r.Kind == Added }
	if wants(Content) {
		if len(in.Content) == 0 || len(in.Content) > maxPieces {
			return nil, errors.New("a claim has to say something: give the words of its content")
		}
		for i := range in.Content {
			s, err := a.given(&in.Content[i], near, "content")
			if err != nil {
				return nil, err
			}
			out.Content = append(out.Content, a.quote(s))
			near = s
		}
		slices.SortFunc(out.Content, func(x, y Quote) int { return cmp.Compare(x.Start, y.Start) })
	}
	if wants(Cue) && in.Cue != nil && (in.Cue.Exact != "" || in.Cue.End > in.Cue.Start) {
		s, err := a.given(in.Cue, near, "cue")
		if err != nil {
			return nil, err
		}
		q := a.quote(s)
		out.Cue = &q
	}
	if wants(Source) && in.Source != nil {
		if err := known(in.Source); err != nil {
			return nil, err
		}
		out.Source = &Origin{Naming: in.Source.Naming, Kind: in.Source.Kind}
		if in.Source.Naming == ledger.NamingNone {
			out.Source.Kind = ""
		} else {
			s, err := a.given(&in.Source.Quote, near, "source")
			if err != nil {
				return nil, err
			}
			out.Source.Quote = a.quote(s)
		}
	}
	if wants(Speaker) && in.Speaker != nil && strings.TrimSpace(in.Speaker.Name) != "" {
		name := strings.Join(strings.Fields(in.Speaker.Name), " ")
		if err := label(name, MaxName); err != nil {
			return nil, fmt.Errorf("the name of the speaker %w", err)
		}
		if t := in.Speaker.Type; t != "" && !slices.Contains([]ledger.EntityType{ledger.TypePerson, ledger.TypeOrganization, ledger.TypePlace, ledger.TypeOther}, t) {
			return nil, fmt.Errorf("%q is no type of speaker", t)
		}
		out.Speaker = &Identity{Name: name, Type: in.Speaker.Type}
	}
	if out.empty() {
		return nil, nil
	}
	return out, nil
}

func known(o *Origin) error {
	if n := o.Naming; n != "" && !slices.Contains([]ledger.Naming{ledger.NamingNamed, ledger.NamingUnnamed, ledger.NamingNone}, n) {
		return fmt.Errorf("%q is not a way to name a source: it is named, unnamed or none", n)
	}
	kinds := []ledger.SourceKind{ledger.KindPerson, ledger.KindOrganization, ledger.KindGovernment, ledger.KindDocument, ledger.KindMedia, ledger.KindGroup, ledger.KindUnknown}
	if k := o.Kind; k != "" && !slices.Contains(kinds, k) {
		return fmt.Errorf("%q is no kind of source", k)
	}
	return nil
}

// given finds words that somebody gave: at the place that they gave, or the nearest.
func (a *applier) given(q *Quote, near ledger.Span, what string) (ledger.Span, error) {
	at, ok := a.position(q)
	if utf8.RuneCountInString(q.Exact) > maxWords || ok && q.End-q.Start > maxWords {
		return ledger.Span{}, fmt.Errorf("the words of the %s are too many: at most %d characters", what, maxWords)
	}
	if s := at; ok && (q.Exact == "" || strings.Join(strings.Fields(a.text[s.Start:s.End]), " ") == strings.Join(strings.Fields(q.Exact), " ")) {
		words := a.text[s.Start:s.End]
		s.Start += len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
		s.End -= len(words) - len(strings.TrimRightFunc(words, unicode.IsSpace))
		if s.Start < s.End {
			return s, nil
		}
	}
	if strings.TrimSpace(q.Exact) == "" {
		return ledger.Span{}, fmt.Errorf("the %s is empty, or lies outside of the text: give its words as they stand there", what)
	}
	s, ok := a.nearest(q.Exact, near)
	if !ok {
		return s, fmt.Errorf("the text has no words %q: give the words of the %s as they stand there", brief(q.Exact), what)
	}
	return s, nil
}

// sameReading reports whether two readings say the same of what they both may say.
func sameReading(before, after *Reading) bool {
	b, a := cmp.Or(before, new(Reading)), cmp.Or(after, new(Reading))
	if !slices.Equal(b.Content, a.Content) || !same(b.Cue, a.Cue) || (b.Source == nil) != (a.Source == nil) {
		return false
	}
	if a.Source != nil {
		return b.Source.Quote == a.Source.Quote && (a.Source.Naming == "" || a.Source.Naming == b.Source.Naming) && (a.Source.Kind == "" || a.Source.Kind == b.Source.Kind)
	}
	return (b.Speaker == nil) == (a.Speaker == nil) && (a.Speaker == nil || a.Speaker.Name == b.Speaker.Name && (a.Speaker.Type == "" || a.Speaker.Type == b.Speaker.Type))
}

func same[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// written returns the note and the link of a request as they are kept.
func written(r *Request) (note, link string, err error) {
	note, link = strings.TrimSpace(strings.ReplaceAll(r.Note, "\r\n", "\n")), strings.TrimSpace(r.Link)
	switch {
	case r.Kind == Checked && note == "":
		return "", "", errors.New("write in a note what was checked and what was found")
	case utf8.RuneCountInString(note) > MaxNote:
		return "", "", fmt.Errorf("the note is too long: at most %d characters", MaxNote)
	case !utf8.ValidString(note) || strings.ContainsFunc(note, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return "", "", errors.New("the note holds characters that cannot be shown")
	case link == "":
		return note, "", nil
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || utf8.RuneCountInString(link) > MaxLink ||
		!utf8.ValidString(link) || strings.ContainsFunc(link, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return "", "", errors.New("the link has to be an address on the web, such as https://example.org/page")
	}
	return note, u.String(), nil
}

// label checks a name that somebody wrote.
func label(s string, most int) error {
	switch {
	case utf8.RuneCountInString(s) > most:
		return fmt.Errorf("is too long: at most %d characters", most)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("holds characters that cannot be shown")
	}
	return nil
}
