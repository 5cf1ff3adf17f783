// Package ftm writes what articles say as entities of FollowTheMoney, the data
// model of investigative tools such as Aleph and OpenAleph: a JSON object a line.
//
// An article is an Article; somebody who acts in it a Person or Organization of
// that article alone, since two articles that give one name need not mean one
// person; the name in the article a Mention; what somebody claims, or blames on
// somebody, a Note with who says so; an incident across articles an Event.
//
// Nothing states guilt. FollowTheMoney can link people to an Event ("involved",
// "organizer") and to one another; none of these links is written, because a
// text that somebody did a thing is a claim. Of people nothing is written but the
// names and roles that the article gives, and only of those who act in public in
// it: who speak by name, have a role, or are said by somebody to have a part in an incident.
package ftm

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"hearsay/corpus/incidents"
	"hearsay/export"
	"hearsay/ledger"
)

// Entity is an entity of FollowTheMoney.
type Entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// add adds values to a property, each once and none that is empty.
func (e *Entity) add(property string, values ...string) {
	const few = 32
	has := e.Properties[property]
	var seen map[string]bool // of many: an incident may have thousands of articles
	if len(has)+len(values) > few {
		seen = make(map[string]bool, len(has)+len(values))
		for _, v := range has {
			seen[v] = true
		}
	}
	for _, v := range values {
		v = clean(v)
		if v == "" || seen[v] || seen == nil && slices.Contains(has, v) {
			continue
		}
		if seen != nil {
			seen[v] = true
		}
		has = append(has, v)
	}
	if len(has) > 0 {
		e.Properties[property] = has
	}
}

// clean returns a value as FollowTheMoney keeps it: valid, without control
// characters or white space around it.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(s)
}

// line returns a text on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// id makes the id of an entity of the strings that together name it.
func id(parts ...string) string { return "hearsay-" + export.Key(parts...) }

// Writer writes entities.
type Writer struct {
	w    io.Writer
	line bytes.Buffer
}

// New returns a Writer to w.
func New(w io.Writer) *Writer { return &Writer{w: w} }

// Close does nothing: each line stands for itself.
func (w *Writer) Close() error { return nil }

func entity(schema string, named ...string) *Entity {
	return &Entity{ID: id(append([]string{schema}, named...)...), Schema: schema, Properties: map[string][]string{}}
}

func (w *Writer) write(e *Entity) error {
	w.line.Reset()
	j := json.NewEncoder(&w.line)
	j.SetEscapeHTML(false)
	if err := j.Encode(e); err != nil {
		return fmt.Errorf("writing entity: %w", err)
	}
	_, err := w.w.Write(w.line.Bytes())
	return err
}

// Article writes the entities of an article.
func (w *Writer) Article(a *export.Article) error {
	m := newMaker(a)
	if err := w.write(m.document()); err != nil {
		return err
	}
	public := m.public()
	for i := range a.Ledger.Entities {
		e := &a.Ledger.Entities[i]
		if !public[e.ID] {
			continue
		}
		for _, x := range []*Entity{m.actor(e), m.mention(e)} {
			if err := w.write(x); err != nil {
				return err
			}
		}
	}
	for i := range a.Ledger.Claims {
		c := &a.Ledger.Claims[i]
		if !a.Wants(c.ID) || slices.Contains(c.Reasons, ledger.ReasonPrivate) {
			continue
		}
		if err := w.write(m.note(c, public)); err != nil {
			return err
		}
	}
	for i := range a.Ledger.Incidents {
		for _, x := range m.parts(&a.Ledger.Incidents[i], public) {
			if err := w.write(x); err != nil {
				return err
			}
		}
	}
	return nil
}

// maker makes the entities of one article.
type maker struct {
	*export.Article
	article string              // the id of its entity
	wording map[string][]string // by claim, the techniques of persuasion in what it quotes; of "" in the article's own words
}

func newMaker(a *export.Article) *maker {
	m := &maker{a, id("Article", a.ID), map[string][]string{}}
	for i := range a.Ledger.Techniques {
		t := &a.Ledger.Techniques[i]
		if name := "wording: " + t.Label.Name(); t.Label.Name() != "" && !slices.Contains(m.wording[t.Claim], name) {
			m.wording[t.Claim] = append(m.wording[t.Claim], name)
		}
	}
	return m
}

func (m *maker) document() *Entity {
	d := &m.Ledger.Document
	e := entity("Article", m.ID)
	e.add("title", line(d.Title))
	e.add("fileName", line(m.ID))
	e.add("sourceUrl", export.Address(d.URL))
	e.add("author", d.Byline...)
	e.add("publisher", line(d.Site))
	e.add("publishedAt", date(d.Published)...)
	e.add("language", languages[strings.ToLower(primary(d.Language))])
	e.add("mimeType", "text/plain")
	e.add("bodyText", d.Text)
	sum := sha1.Sum([]byte(d.Text))
	e.add("contentHash", hex.EncodeToString(sum[:]))
	e.add("generator", "hearsay")
	if m.Whole() {
		e.add("keywords", m.wording[""]...)
	}
	return e
}

func primary(tag string) string {
	p, _, _ := strings.Cut(tag, "-")
	return p
}

// languages are the three letters (ISO 639-3) that FollowTheMoney wants for the
// two of BCP 47.
var languages = map[string]string{
	"ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est", "fa": "fas",
	"fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit",
	"lv": "lav", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe",
	"tr": "tur", "uk": "ukr", "zh": "zho",
}

// date returns an EDTF date as FollowTheMoney writes one, a day, a month or a
// year; none for any other.
func date(s string) []string {
	if export.Day(s) != "" || len(s) == len("2006-01") && export.Day(s+"-01") != "" || len(s) == len("2006") && export.Day(s+"-01-01") != "" {
		return []string{s}
	}
	return nil
}

// public are the entities of which something is written.
func (m *maker) public() map[string]bool {
	in := map[string]bool{}
	for i := range m.Ledger.Claims {
		c := &m.Ledger.Claims[i]
		if c.Source != nil && c.Source.Naming == ledger.NamingNamed && m.Wants(c.ID) && !slices.Contains(c.Reasons, ledger.ReasonPrivate) {
			in[c.Source.Speaker] = true
		}
	}
	for i := range m.Ledger.Incidents {
		n := &m.Ledger.Incidents[i]
		for _, l := range lists(n) {
			for _, p := range l.parties {
				if p.Claim == "" || m.Wants(p.Claim) {
					in[p.Entity] = true
				}
			}
		}
	}
	for i := range m.Ledger.Entities {
		e := &m.Ledger.Entities[i]
		if m.Whole() && (e.Type == ledger.TypeOrganization || len(e.Roles) > 0) {
			in[e.ID] = true
		}
	}
	for i := range m.Ledger.Entities {
		if e := &m.Ledger.Entities[i]; e.Type != ledger.TypePerson && e.Type != ledger.TypeOrganization || clean(line(e.Name)) == "" {
			delete(in, e.ID)
		}
	}
	delete(in, "")
	return in
}

// schemaOf is the schema of a person or body.
func schemaOf(e *ledger.Entity) string {
	if e.Type == ledger.TypePerson {
		return "Person"
	}
	return "Organization"
}

func (m *maker) actorID(e *ledger.Entity) string { return id(schemaOf(e), m.ID, e.ID) }

func (m *maker) actor(e *ledger.Entity) *Entity {
	x := entity(schemaOf(e), m.ID, e.ID)
	x.add("name", line(e.Name))
	for _, s := range e.Aliases {
		if line(s) != line(e.Name) {
			x.add("alias", line(s))
		}
	}
	for _, s := range e.Roles {
		if e.Type == ledger.TypePerson {
			x.add("position", line(s))
		} else {
			x.add("classification", line(s))
		}
	}
	x.add("proof", m.article)
	return x
}

func (m *maker) mention(e *ledger.Entity) *Entity {
	x := entity("Mention", m.ID, e.ID)
	x.add("document", m.article)
	x.add("name", line(e.Name))
	x.add("resolved", m.actorID(e))
	x.add("detectedSchema", schemaOf(e))
	return x
}

// about adds what a Note is about: the article, and whom of it.
func (m *maker) about(x *Entity, public map[string]bool, entities ...string) {
	x.add("entity", m.article)
	for _, id := range entities {
		if e := m.Entity(id); e != nil && public[id] {
			x.add("entity", m.actorID(e))
		}
	}
	x.add("proof", m.article)
	x.add("sourceUrl", export.Address(m.Ledger.Document.URL))
}

// note is a claim with on whose word it stands.
func (m *maker) note(c *ledger.Claim, public map[string]bool) *Entity {
	x := entity("Note", m.ID, c.ID)
	x.add("name", "A claim, according to "+m.According(c))
	x.add("description", m.Attribution(c)+": "+m.Content(c))
	speaker := ""
	if c.Source != nil {
		speaker = c.Source.Speaker
	}
	m.about(x, public, speaker)
	x.add("keywords", "claim")
	if !c.Attributed() {
		x.add("keywords", "the article's own voice")
	}
	if c.Source != nil {
		x.add("keywords", "source: "+string(c.Source.Naming))
	}
	if v := c.Certainty; v != nil {
		x.add("keywords", "worded as "+string(v.Level), string(v.Polarity))
	}
	for _, r := range c.Reasons {
		x.add("keywords", string(r))
	}
	if c.Checkworthiness > 0 {
		x.add("summary", fmt.Sprintf("Check-worthiness %.2f.", c.Checkworthiness))
	}
	x.add("keywords", m.wording[c.ID]...)
	return x
}

// list is one way to have a part in an incident, and the words for it, in which
// %[1]s is who has it and %[2]s who says so.
type list struct {
	name    string
	words   string
	parties []ledger.Party
}

func lists(n *ledger.Incident) []list {
	return []list{
		{"claimed_by", claimed + ", according to %[2]s", n.ClaimedBy},
		{"blamed_on", blamed, n.BlamedOn},
		{"denied_by", denied + ", according to %[2]s", n.DeniedBy},
		{"arrested", "An arrest of %[1]s, according to %[2]s, which is a suspicion", n.Arrested},
	}
}

// What is said of who did it. It has no verb, since who is spoken of may be many.
const (
	claimed = "A claim of responsibility by %[1]s"
	blamed  = "An accusation against %[1]s by %[2]s"
	denied  = "A denial by %[1]s"
)

// parts are the parts that somebody is said to have in an incident of the
// article, a Note each.
func (m *maker) parts(n *ledger.Incident, public map[string]bool) []*Entity {
	var out []*Entity
	what := string(n.Type)
	if n.Date != "" {
		what += ", " + n.Date
	}
	for _, l := range lists(n) {
		for i, p := range l.parties {
			if p.Claim != "" && !m.Wants(p.Claim) {
				continue
			}
			who := "“" + m.Words(p.Span) + "”" // the article's words, such as "the attackers", are not ours
			if e := m.Entity(p.Entity); e != nil && public[p.Entity] {
				who = e.Name
			} else if e != nil && e.Type == ledger.TypePerson {
				continue // not written under a name, so not by other words either
			}
			by := m.According(m.Claim(p.Claim))
			if e := m.Entity(p.By); e != nil {
				by = e.Name
			}
			x := entity("Note", m.ID, n.ID, l.name, fmt.Sprint(i))
			words := fmt.Sprintf(l.words, who, by)
			x.add("name", line(words))
			said := words + " (" + what + ")."
			if c := m.Claim(p.Claim); c != nil {
				said += " In the words of the article: “" + m.Content(c) + "”"
			}
			x.add("description", said)
			m.about(x, public, p.Entity, p.By)
			x.add("keywords", strings.ReplaceAll(l.name, "_", " "))
			out = append(out, x)
		}
	}
	return out
}

// Incident writes an incident across articles and what is said of who did it.
func (w *Writer) Incident(n *export.Incident) error {
	x := entity("Event", n.ID)
	x.add("name", line(n.Label()))
	x.add("recordId", n.ID)
	x.add("keywords", string(n.Type))
	if days := date(n.Date); days != nil {
		x.add("date", days...)
	} else if first, last := export.Between(n.Date); first != "" {
		x.add("startDate", first)
		x.add("endDate", last)
	}
	if p := n.Place; p != nil {
		x.add("location", line(p.Name))
		x.add("country", strings.ToLower(p.Country))
	}
	var notes []string
	for _, t := range []struct {
		what string
		toll *incidents.Toll
	}{{"killed", n.Killed}, {"wounded", n.Wounded}} {
		if t.toll == nil {
			continue
		}
		for i := range t.toll.Figures {
			notes = append(notes, line(figure(&t.toll.Figures[i], t.what)))
		}
	}
	x.add("notes", notes...)
	x.add("summary", fmt.Sprintf("Articles that report it: %d. Independent origins: %d.", n.Support.Articles, n.Support.Origins))
	x.add("proof", documents(slices.Concat(n.Articles, n.Mentioned))...)
	if err := w.write(x); err != nil {
		return err
	}
	for _, y := range saidOf(n, x.ID) {
		if err := w.write(y); err != nil {
			return err
		}
	}
	return nil
}

// documents are the ids of the entities of articles.
func documents(articles []string) []string {
	out := make([]string, len(articles))
	for i, a := range articles {
		out[i] = id("Article", a)
	}
	return out
}

// figure says a figure with who gives it.
func figure(f *incidents.Statement, what string) string {
	s := fmt.Sprintf("%d %s, according to %s in %s", f.Value, what, export.Giver(f), f.Article)
	if f.Published != "" {
		s += ", " + f.Published
	}
	return s
}

// saidOf are the claims of responsibility, accusations and denials of an incident, a Note each.
func saidOf(n *export.Incident, event string) (out []*Entity) {
	note := func(keyword, words, who, by string, articles []string) {
		x := entity("Note", n.ID, keyword, who, by)
		words = line(words)
		x.add("name", words)
		x.add("description", words+", in so many articles: "+strconv.Itoa(len(articles))+" ("+line(n.Label())+").")
		x.add("entity", event)
		x.add("proof", documents(articles)...)
		x.add("keywords", keyword)
		out = append(out, x)
	}
	for _, c := range n.ClaimedBy {
		note("claimed by", fmt.Sprintf(claimed, c.Name), c.Name, "", c.Articles)
	}
	for _, a := range n.BlamedOn {
		note("blamed on", fmt.Sprintf(blamed, a.Name, export.Accuser(&a)), a.Name, a.By, a.Articles)
	}
	for _, c := range n.DeniedBy {
		note("denied by", fmt.Sprintf(denied, c.Name), c.Name, "", c.Articles)
	}
	return out
}
