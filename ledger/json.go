package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"hearsay/text/offset"
)

// MarshalJSON writes the ledger by the output contract: every span in code
// points of document.text, and on Pieces the words they cover as "text".
// It is AppendJSON for encoding/json, which checks and copies what it is given:
// write with AppendJSON where speed matters.
func (l Ledger) MarshalJSON() ([]byte, error) { return l.AppendJSON(nil) }

// AppendJSON appends the ledger's JSON to dst, on one line and with no newline
// at its end, and returns the longer slice. It equals what encoding/json would
// write, at a fraction of the cost.
//
// A byte of the text that is no part of valid UTF-8 counts as one code point
// and is written as U+FFFD, so that the spans hold in the text as it is
// written. Characters that a terminal or a reader of lines could act on (the
// control characters, U+2028 and U+2029) are written as escapes.
//
// What CheckSpans refuses is an error, and dst is then returned as it was; the
// other rules of the contract are Validate's.
func (l *Ledger) AppendJSON(dst []byte) ([]byte, error) {
	if err := l.CheckSpans(); err != nil {
		return dst, fmt.Errorf("writing ledger: %w", err)
	}
	e := encoder{buf: dst, text: l.Document.Text, at: offset.NewRunes(l.Document.Text)}
	if dst == nil {
		// The text, its contents a second time, and the spans.
		e.buf = make([]byte, 0, 3*len(l.Document.Text)+256)
	}
	e.ledger(l)
	return e.buf, nil
}

// UnmarshalJSON reads a ledger written by the output contract and turns its
// spans into bytes. Fields it does not know are passed over. It checks that
// each span lies in the text and is not empty, and where a Piece repeats its
// words, that they are the text's; the other rules are Validate's. A failure
// record is returned as an error of type Failure. On an error l is unchanged.
func (l *Ledger) UnmarshalJSON(data []byte) error {
	type plain Ledger // Ledger without this method
	var in struct {
		plain
		Error *failure `json:"error"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("reading ledger: %w", plainly(err))
	}
	switch {
	case in.Hearsay == 0:
		return errors.New(`reading ledger: no "hearsay" number: this is not a ledger`)
	case in.Hearsay != Version:
		return fmt.Errorf("reading ledger: it is of version %d, and this program reads version %d", in.Hearsay, Version)
	case in.Error != nil:
		return Failure(*in.Error)
	}
	out := Ledger(in.plain)
	d := decoder{text: out.Document.Text, at: offset.NewRunes(out.Document.Text)}
	if err := d.ledger(&out); err != nil {
		return fmt.Errorf("reading ledger: %w", err)
	}
	*l = out
	return nil
}

// plainly says what is wrong with JSON without the names of Go types.
func plainly(err error) error {
	var typ *json.UnmarshalTypeError
	if errors.As(err, &typ) {
		if typ.Field == "" {
			return fmt.Errorf("a JSON %s where an object should stand", typ.Value)
		}
		return fmt.Errorf("%s: a JSON %s does not belong here (byte %d)", typ.Field, typ.Value, typ.Offset)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("not valid JSON at byte %d: %w", syntax.Offset, syntax)
	}
	return err
}

// encoder appends one ledger, its spans checked, to buf.
type encoder struct {
	buf  []byte
	text string
	at   offset.Runes

	lastByte, lastPoint int // the offset converted last
}

func (e *encoder) ledger(l *Ledger) {
	e.raw(`{"hearsay":`)
	e.int(Version)
	e.raw(`,"document":`)
	e.document(&l.Document)
	e.raw(`,"sentences":[`)
	for i := range l.Sentences {
		s := &l.Sentences[i]
		e.comma(i)
		e.raw(`{"id":`)
		e.string(s.ID)
		e.raw(`,`)
		e.span(s.Span)
		e.worth(&s.Worth)
		e.raw(`}`)
	}
	e.raw(`],"claims":[`)
	for i := range l.Claims {
		e.comma(i)
		e.claim(&l.Claims[i])
	}
	e.raw(`]`)
	if len(l.Entities) > 0 {
		e.raw(`,"entities":[`)
		for i := range l.Entities {
			e.comma(i)
			e.entity(&l.Entities[i])
		}
		e.raw(`]`)
	}
	if len(l.Dates) > 0 {
		e.raw(`,"dates":[`)
		for i := range l.Dates {
			e.comma(i)
			e.raw(`{`)
			e.quoted(l.Dates[i].Piece)
			e.optional(`,"value":`, l.Dates[i].Value)
			e.raw(`}`)
		}
		e.raw(`]`)
	}
	if len(l.Figures) > 0 {
		e.raw(`,"figures":[`)
		for i := range l.Figures {
			e.comma(i)
			e.figure(&l.Figures[i])
		}
		e.raw(`]`)
	}
	if len(l.Incidents) > 0 {
		e.raw(`,"incidents":[`)
		for i := range l.Incidents {
			e.comma(i)
			e.incident(&l.Incidents[i])
		}
		e.raw(`]`)
	}
	if len(l.Techniques) > 0 {
		e.raw(`,"techniques":[`)
		for i := range l.Techniques {
			e.comma(i)
			e.technique(&l.Techniques[i])
		}
		e.raw(`]`)
	}
	if len(l.Matches) > 0 {
		e.raw(`,"matches":[`)
		for i := range l.Matches {
			e.comma(i)
			e.match(&l.Matches[i])
		}
		e.raw(`]`)
	}
	e.raw(`}`)
}

func (e *encoder) document(d *Document) {
	e.raw(`{`)
	for _, f := range [...]struct{ key, value string }{
		{`"id":`, d.ID}, {`"url":`, d.URL}, {`"title":`, d.Title},
	} {
		if f.value != "" {
			e.raw(f.key)
			e.string(f.value)
			e.raw(`,`)
		}
	}
	if len(d.Byline) > 0 {
		e.raw(`"byline":`)
		e.strings(d.Byline)
		e.raw(`,`)
	}
	for _, f := range [...]struct{ key, value string }{
		{`"site":`, d.Site}, {`"published":`, d.Published}, {`"language":`, d.Language},
	} {
		if f.value != "" {
			e.raw(f.key)
			e.string(f.value)
			e.raw(`,`)
		}
	}
	e.raw(`"text":`)
	e.string(d.Text)
	e.raw(`}`)
}

func (e *encoder) claim(c *Claim) {
	e.raw(`{"id":`)
	e.string(c.ID)
	e.raw(`,"content":[`)
	for i, p := range c.Content {
		e.comma(i)
		e.piece(p)
	}
	e.raw(`],"sentence":`)
	e.string(c.Sentence)
	if c.Source != nil {
		e.raw(`,"source":`)
		e.source(c.Source)
	}
	if c.Cue != nil {
		e.raw(`,"cue":`)
		e.piece(*c.Cue)
	}
	if c.Channel != nil {
		e.raw(`,"channel":`)
		e.piece(*c.Channel)
	}
	e.optional(`,"manner":`, string(c.Manner))
	e.optional(`,"within":`, c.Within)
	if x := c.Certainty; x != nil {
		e.raw(`,"certainty":{"level":`)
		e.string(string(x.Level))
		e.raw(`,"polarity":`)
		e.string(string(x.Polarity))
		e.raw(`,"score":`)
		e.float(x.Score)
		if x.Boosted {
			e.raw(`,"boosted":true`)
		}
		e.raw(`}`)
	}
	e.optional(`,"incident":`, c.Incident)
	e.worth(&c.Worth)
	e.hands(c)
	e.raw(`}`)
}

// hands appends what people did to a claim.
func (e *encoder) hands(c *Claim) {
	if len(c.Corrected) > 0 {
		e.raw(`,"corrected":[`)
		for i, a := range c.Corrected {
			e.comma(i)
			e.raw(`{"kind":`)
			e.string(a.Kind)
			e.hand(a.Who, a.When, a.Number)
		}
		e.raw(`]`)
	}
	if len(c.Checked) > 0 {
		e.raw(`,"checked":[`)
		for i, k := range c.Checked {
			e.comma(i)
			e.raw(`{"note":`)
			e.string(k.Note)
			e.optional(`,"link":`, k.Link)
			e.hand(k.Who, k.When, k.Number)
		}
		e.raw(`]`)
	}
}

// hand appends who did something, and ends an object.
func (e *encoder) hand(who, when string, number int) {
	e.raw(`,"who":`)
	e.string(who)
	e.raw(`,"when":`)
	e.string(when)
	if number != 0 {
		e.raw(`,"number":`)
		e.int(number)
	}
	e.raw(`}`)
}

func (e *encoder) worth(w *Worth) {
	if w.Checkworthiness != 0 {
		e.raw(`,"checkworthiness":`)
		e.float(w.Checkworthiness)
	}
	if len(w.Reasons) > 0 {
		e.raw(`,"reasons":[`)
		for i, r := range w.Reasons {
			e.comma(i)
			e.string(string(r))
		}
		e.raw(`]`)
	}
}

func (e *encoder) source(s *Source) {
	e.raw(`{"naming":`)
	e.string(string(s.Naming))
	if s.Naming != NamingNone {
		e.raw(`,`)
		e.quoted(s.Piece)
	}
	e.optional(`,"kind":`, string(s.Kind))
	e.optional(`,"entity":`, s.Entity)
	e.optional(`,"speaker":`, s.Speaker)
	e.raw(`}`)
}

func (e *encoder) entity(n *Entity) {
	e.raw(`{"id":`)
	e.string(n.ID)
	e.raw(`,"type":`)
	e.string(string(n.Type))
	e.raw(`,"name":`)
	e.string(n.Name)
	if len(n.Aliases) > 0 {
		e.raw(`,"aliases":`)
		e.strings(n.Aliases)
	}
	if len(n.Roles) > 0 {
		e.raw(`,"roles":`)
		e.strings(n.Roles)
	}
	e.mentions(n.Mentions)
	if p := n.Place; p != nil {
		e.raw(`,"place":`)
		e.place(p)
	}
	e.raw(`}`)
}

func (e *encoder) mentions(list []Mention) {
	e.raw(`,"mentions":[`)
	for i, m := range list {
		e.comma(i)
		e.raw(`{`)
		e.span(m.Span)
		if m.Pronoun {
			e.raw(`,"pronoun":true`)
		}
		e.raw(`}`)
	}
	e.raw(`]`)
}

// place appends p, which says something.
func (e *encoder) place(p *Place) {
	open := byte('{')
	key := func(k string) {
		e.buf = append(e.buf, open)
		e.raw(k)
		open = ','
	}
	if p.Lat != 0 || p.Lon != 0 {
		key(`"lat":`)
		e.float(p.Lat)
		key(`"lon":`)
		e.float(p.Lon)
	}
	if p.Country != "" {
		key(`"country":`)
		e.string(p.Country)
	}
	if p.Region != "" {
		key(`"region":`)
		e.string(p.Region)
	}
	if p.GeoNames != 0 {
		key(`"geonames":`)
		e.int(p.GeoNames)
	}
	if open == '{' {
		e.raw(`{`)
	}
	e.raw(`}`)
}

func (e *encoder) figure(f *Figure) {
	e.raw(`{`)
	e.quoted(f.Piece)
	for _, x := range [...]struct {
		key   string
		value *float64
	}{{`,"value":`, f.Value}, {`,"low":`, f.Low}, {`,"high":`, f.High}} {
		if x.value != nil {
			e.raw(x.key)
			e.float(*x.value)
		}
	}
	if f.Approximate {
		e.raw(`,"approximate":true`)
	}
	e.optional(`,"unit":`, f.Unit)
	e.optional(`,"of":`, f.Of)
	e.optional(`,"claim":`, f.Claim)
	e.optional(`,"incident":`, f.Incident)
	e.raw(`}`)
}

func (e *encoder) incident(n *Incident) {
	e.raw(`{"id":`)
	e.string(n.ID)
	e.raw(`,"type":`)
	e.string(string(n.Type))
	e.mentions(n.Mentions)
	e.optional(`,"date":`, n.Date)
	if len(n.Places) > 0 {
		e.raw(`,"places":`)
		e.strings(n.Places)
	}
	e.toll(`,"killed":`, n.Killed)
	e.toll(`,"wounded":`, n.Wounded)
	e.parties(`,"targets":[`, n.Targets)
	if len(n.Means) > 0 {
		e.raw(`,"means":[`)
		for i, p := range n.Means {
			e.comma(i)
			e.piece(p)
		}
		e.raw(`]`)
	}
	e.parties(`,"attackers":[`, n.Attackers)
	e.parties(`,"claimed_by":[`, n.ClaimedBy)
	e.parties(`,"blamed_on":[`, n.BlamedOn)
	e.parties(`,"denied_by":[`, n.DeniedBy)
	e.parties(`,"arrested":[`, n.Arrested)
	e.raw(`}`)
}

// technique appends t with its explanation, which JSON repeats for its readers
// and memory does not.
func (e *encoder) technique(t *Technique) {
	e.raw(`{`)
	e.span(t.Span)
	e.raw(`,"label":`)
	e.string(string(t.Label))
	e.raw(`,"score":`)
	e.float(t.Score)
	e.optional(`,"claim":`, t.Claim)
	e.optional(`,"explanation":`, t.Label.Explanation())
	e.raw(`}`)
}

func (e *encoder) match(m *Match) {
	e.raw(`{"claim":`)
	e.string(m.Claim)
	e.raw(`,"review":{"url":`)
	e.string(m.Review.URL)
	e.optional(`,"publisher":`, m.Review.Publisher)
	e.optional(`,"rating":`, m.Review.Rating)
	e.optional(`,"published":`, m.Review.Published)
	e.raw(`,"claimReviewed":`)
	e.string(m.Review.ClaimReviewed)
	e.raw(`},"score":`)
	e.float(m.Score)
	e.raw(`,"level":`)
	e.string(string(m.Level))
	if len(m.Same) > 0 {
		e.raw(`,"same":[`)
		for i, s := range m.Same {
			e.comma(i)
			e.raw(`{"kind":`)
			e.string(s.Kind)
			e.raw(`,"text":`)
			e.string(s.Text)
			e.raw(`}`)
		}
		e.raw(`]`)
	}
	e.raw(`}`)
}

func (e *encoder) toll(key string, t *Toll) {
	if t == nil {
		return
	}
	e.raw(key)
	e.raw(`{"low":`)
	e.int(t.Low)
	e.raw(`,"best":`)
	e.int(t.Best)
	e.raw(`,"high":`)
	e.int(t.High)
	e.raw(`,"figures":[`)
	for i, f := range t.Figures {
		e.comma(i)
		e.int(f)
	}
	e.raw(`]}`)
}

func (e *encoder) parties(key string, list []Party) {
	if len(list) == 0 {
		return
	}
	e.raw(key)
	for i := range list {
		p := &list[i]
		e.comma(i)
		e.raw(`{`)
		e.quoted(p.Piece)
		e.optional(`,"entity":`, p.Entity)
		e.optional(`,"claim":`, p.Claim)
		e.optional(`,"by":`, p.By)
		e.raw(`}`)
	}
	e.raw(`]`)
}

func (e *encoder) piece(p Piece) {
	e.raw(`{`)
	e.quoted(p)
	e.raw(`}`)
}

// quoted appends a piece's span and the words it covers.
func (e *encoder) quoted(p Piece) {
	e.span(p.Span)
	e.raw(`,"text":`)
	e.string(e.text[p.Start:p.End])
}

func (e *encoder) span(s Span) {
	e.raw(`"start":`)
	e.int(e.codePoint(s.Start))
	e.raw(`,"end":`)
	e.int(e.codePoint(s.End))
}

// codePoint counts on from the offset before, as most spans stand near the
// last: that is quicker than a lookup.
func (e *encoder) codePoint(off int) int {
	const near = 256
	switch by := off - e.lastByte; {
	case by >= 0 && by < near:
		e.lastPoint += utf8.RuneCountInString(e.text[e.lastByte:off])
	case by < 0 && by > -near:
		e.lastPoint -= utf8.RuneCountInString(e.text[off:e.lastByte])
	default:
		e.lastPoint = e.at.CodePoint(off)
	}
	e.lastByte = off
	return e.lastPoint
}

func (e *encoder) optional(key, value string) {
	if value != "" {
		e.raw(key)
		e.string(value)
	}
}

func (e *encoder) strings(list []string) {
	e.raw(`[`)
	for i, s := range list {
		e.comma(i)
		e.string(s)
	}
	e.raw(`]`)
}

func (e *encoder) comma(i int) {
	if i > 0 {
		e.buf = append(e.buf, ',')
	}
}

func (e *encoder) raw(s string) { e.buf = append(e.buf, s...) }
func (e *encoder) int(n int)    { e.buf = strconv.AppendInt(e.buf, int64(n), 10) }
func (e *encoder) float(x float64) {
	e.buf = strconv.AppendFloat(e.buf, x, 'f', -1, 64)
}
func (e *encoder) string(s string) { e.buf = appendString(e.buf, s) }

const hex = "0123456789abcdef"

// appendString appends s as a JSON string.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	done := 0
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf {
			if !escaped[b] {
				i++
				continue
			}
			dst = append(dst, s[done:i]...)
			switch b {
			case '"', '\\':
				dst = append(dst, '\\', b)
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[b>>4], hex[b&15])
			}
			i++
			done = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			dst = append(dst, s[done:i]...)
			dst = append(dst, `\ufffd`...)
		case r < 0xA0 || r == '\u2028' || r == '\u2029':
			dst = append(dst, s[done:i]...)
			dst = append(dst, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			i += size
			continue
		}
		i += size
		done = i
	}
	dst = append(dst, s[done:]...)
	return append(dst, '"')
}

// escaped marks the ASCII bytes that do not stand for themselves in a string.
var escaped = func() (t [utf8.RuneSelf]bool) {
	for b := range t {
		t[b] = b < ' ' || b == '"' || b == '\\' || b == 0x7F
	}
	return t
}()

// decoder turns one ledger's spans from code points into bytes, in place.
type decoder struct {
	text string
	at   offset.Runes
}

func (d *decoder) ledger(l *Ledger) error {
	l.Document.Byline = tidy(l.Document.Byline)
	l.Sentences = tidy(l.Sentences)
	for i := range l.Sentences {
		l.Sentences[i].Reasons = tidy(l.Sentences[i].Reasons)
		if err := d.span(&l.Sentences[i].Span); err != nil {
			return fmt.Errorf("sentence %s: %w", l.Sentences[i].ID, err)
		}
	}
	l.Claims = tidy(l.Claims)
	for i := range l.Claims {
		if err := d.claim(&l.Claims[i]); err != nil {
			return fmt.Errorf("claim %s: %w", l.Claims[i].ID, err)
		}
	}
	l.Entities = tidy(l.Entities)
	for i := range l.Entities {
		n := &l.Entities[i]
		n.Aliases, n.Roles, n.Mentions = tidy(n.Aliases), tidy(n.Roles), tidy(n.Mentions)
		for j := range n.Mentions {
			if err := d.span(&n.Mentions[j].Span); err != nil {
				return fmt.Errorf("entity %s: mention %d: %w", n.ID, j+1, err)
			}
		}
	}
	return d.meaning(l)
}

// meaning does for dates, figures, incidents and techniques what ledger does for the rest.
func (d *decoder) meaning(l *Ledger) error {
	l.Dates, l.Figures, l.Incidents, l.Matches = tidy(l.Dates), tidy(l.Figures), tidy(l.Incidents), tidy(l.Matches)
	l.Techniques = tidy(l.Techniques)
	for i := range l.Techniques {
		if err := d.span(&l.Techniques[i].Span); err != nil {
			return fmt.Errorf("technique %d: %w", i+1, err)
		}
	}
	for i := range l.Matches {
		l.Matches[i].Same = tidy(l.Matches[i].Same)
	}
	for i := range l.Dates {
		if err := d.piece(&l.Dates[i].Piece); err != nil {
			return fmt.Errorf("date %d: %w", i+1, err)
		}
	}
	for i := range l.Figures {
		if err := d.piece(&l.Figures[i].Piece); err != nil {
			return fmt.Errorf("figure %d: %w", i+1, err)
		}
	}
	for i := range l.Incidents {
		if err := d.incident(&l.Incidents[i]); err != nil {
			return fmt.Errorf("incident %s: %w", l.Incidents[i].ID, err)
		}
	}
	return nil
}

func (d *decoder) incident(n *Incident) error {
	n.Mentions, n.Places, n.Means = tidy(n.Mentions), tidy(n.Places), tidy(n.Means)
	for i := range n.Mentions {
		if err := d.span(&n.Mentions[i].Span); err != nil {
			return fmt.Errorf("mention %d: %w", i+1, err)
		}
	}
	for i := range n.Means {
		if err := d.piece(&n.Means[i]); err != nil {
			return fmt.Errorf("means %d: %w", i+1, err)
		}
	}
	for _, list := range n.parties() {
		*list.parties = tidy(*list.parties)
		for i := range *list.parties {
			if err := d.piece(&(*list.parties)[i].Piece); err != nil {
				return fmt.Errorf("%s %d: %w", list.name, i+1, err)
			}
		}
	}
	for _, t := range []*Toll{n.Killed, n.Wounded} {
		if t != nil {
			t.Figures = tidy(t.Figures)
		}
	}
	return nil
}

func (d *decoder) claim(c *Claim) error {
	c.Content, c.Reasons, c.Corrected, c.Checked = tidy(c.Content), tidy(c.Reasons), tidy(c.Corrected), tidy(c.Checked)
	for i := range c.Content {
		if err := d.piece(&c.Content[i]); err != nil {
			return fmt.Errorf("content %d: %w", i+1, err)
		}
	}
	if c.Source != nil {
		if c.Source.Naming == NamingNone {
			if c.Source.Piece != (Piece{}) {
				return fmt.Errorf("source: it has a span although its naming is %q", NamingNone)
			}
		} else if err := d.piece(&c.Source.Piece); err != nil {
			return fmt.Errorf("source: %w", err)
		}
	}
	if c.Cue != nil {
		if err := d.piece(c.Cue); err != nil {
			return fmt.Errorf("cue: %w", err)
		}
	}
	if c.Channel != nil {
		if err := d.piece(c.Channel); err != nil {
			return fmt.Errorf("channel: %w", err)
		}
	}
	return nil
}

// piece turns p's span into bytes and drops its words: in memory they are the
// text's alone.
func (d *decoder) piece(p *Piece) error {
	start, end := p.Start, p.End
	if err := d.span(&p.Span); err != nil {
		return err
	}
	if covered := d.text[p.Start:p.End]; p.Text != "" && p.Text != covered {
		return fmt.Errorf("code points %d to %d of the text are %s, not %s", start, end, brief(covered), brief(p.Text))
	}
	p.Text = ""
	return nil
}

func (d *decoder) span(s *Span) error {
	switch {
	case s.Start < 0 || s.End > d.at.Count() || s.Start > s.End:
		return fmt.Errorf("code points %d to %d are not in the text, which has %d", s.Start, s.End, d.at.Count())
	case s.Start == s.End:
		return fmt.Errorf("the span at code point %d is empty", s.Start)
	}
	s.Start, s.End = d.at.Byte(s.Start), d.at.Byte(s.End)
	return nil
}

// brief quotes s for an error message, cut where it is long.
func brief(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) > most {
		return strconv.Quote(string([]rune(s)[:most])) + "…"
	}
	return strconv.Quote(s)
}

// tidy makes an empty list nil, so that a ledger reads back as it was written.
func tidy[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
