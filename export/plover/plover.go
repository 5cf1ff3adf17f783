// Package plover writes incidents as event records after PLOVER, the Political
// Language Ontology for Verifiable Event Records of the Open Event Data Alliance
// (manual, draft 0.8, 2021): a JSON object a line, with PLOVER's names for fields,
// event categories, modes and contexts. docs/export.md says which type becomes which category.
//
// PLOVER's "source" is who acts. Here it holds only who says of themselves that
// they did it, with the articles that report so, and actors told of in words that
// accuse nobody by name ("gunmen"). That somebody is blamed is a record of its
// own, of the category ACCUSE, from who accuses to who is accused, linked to the
// incident. Nobody is a source because another says so, and no person is a target by name.
package plover

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"hearsay/corpus/incidents"
	"hearsay/export"
	"hearsay/ledger"
)

// Event is one record. The names of its fields are PLOVER's; those behind
// Comment are our own.
type Event struct {
	ID       string    `json:"id"`
	Date     string    `json:"date,omitempty"`    // YYYY-MM-DD; left out where no day is known
	EndDate  string    `json:"enddate,omitempty"` // YYYY-MM-DD
	Source   []Actor   `json:"source"`            // who acts; empty where nobody is known to
	Target   []Actor   `json:"target,omitempty"`
	Event    string    `json:"event"`
	Mode     string    `json:"mode,omitempty"`
	Context  []string  `json:"context,omitempty"`
	EventLoc *Location `json:"eventLoc,omitempty"`
	Dead     *int      `json:"dead,omitempty"`
	Injured  *int      `json:"injured,omitempty"`
	Link     string    `json:"link,omitempty"` // the incident that an accusation is about
	Citation []string  `json:"citation"`       // the articles
	URL      []string  `json:"url,omitempty"`
	Coder    string    `json:"coder"`
	Codebook string    `json:"codebook"`
	Comment  string    `json:"comment"`

	Type     string   `json:"incident_type,omitempty"`
	When     string   `json:"date_edtf,omitempty"`
	Killed   *Figures `json:"dead_figures,omitempty"`
	Wounded  *Figures `json:"injured_figures,omitempty"`
	DeniedBy []Actor  `json:"denied_by,omitempty"`
	Articles int      `json:"articles,omitempty"` // how many report it
	Origins  int      `json:"origins,omitempty"`  // of how many independent origins
}

// Actor is an actor object. Standing and Reported say on what footing it stands here.
type Actor struct {
	Text     string   `json:"actorText"`
	Sector   string   `json:"sector,omitempty"`
	Standing string   `json:"standing"`
	Reported []string `json:"reported_in,omitempty"` // articles
}

// Location has the names of GeoNames' table, as PLOVER prescribes.
type Location struct {
	GeoNames  int      `json:"geonameid,omitempty"`
	Name      string   `json:"name"`
	Latitude  *float64 `json:"latitude,omitempty"`
	Longitude *float64 `json:"longitude,omitempty"`
	Country   string   `json:"country code,omitempty"`
	Region    string   `json:"admin1 code,omitempty"` // ISO 3166-2
}

// Figures are all figures that somebody gives, their extremes, and the one that the
// rule of docs/incidents.md prefers.
type Figures struct {
	Low   int     `json:"low"`
	Best  int     `json:"best"`
	High  int     `json:"high"`
	Given []Given `json:"given"`
}

// Given is a figure with who gives it.
type Given struct {
	Value   int    `json:"value"`
	By      string `json:"by"`
	Article string `json:"article"`
}

// The fields that are alike in every record.
const (
	coder    = "hearsay"
	codebook = "PLOVER 0.8 (2021), as docs/export.md of hearsay maps it"
	told     = "As articles report it, on the word of those whom they name. Nothing here is a finding."
	accuses  = "An accusation, as articles report it. Nothing here says that it is so."
)

// kind is what PLOVER calls a type of incident.
type kind struct {
	event, mode string
	context     []string
}

// kinds map the types of incident to PLOVER. A type that PLOVER has no category
// for is not in it: a disaster is a context there and no event.
var kinds = map[ledger.IncidentType]kind{
	ledger.ArmedClash:          {"ASSAULT", "", []string{"military"}},
	ledger.GovernmentRegains:   {"COERCE", "confiscate", []string{"military"}},
	ledger.NonStateOvertakes:   {"COERCE", "confiscate", []string{"military"}},
	ledger.NonViolentTransfer:  {"RETREAT", "withdraw", []string{"military"}},
	ledger.HeadquartersFounded: {"MOBILIZE", "troops", []string{"military"}},
	ledger.AirStrike:           {"ASSAULT", "heavy-weapons", []string{"military"}},
	ledger.Shelling:            {"ASSAULT", "heavy-weapons", []string{"military"}},
	ledger.RemoteExplosive:     {"ASSAULT", "explosives", nil},
	ledger.SuicideBomb:         {"ASSAULT", "suicide-attack", nil},
	ledger.Grenade:             {"ASSAULT", "explosives", nil},
	ledger.ChemicalWeapon:      {"ASSAULT", "unconventional", []string{"cbrn"}},
	ledger.Attack:              {"ASSAULT", "", nil},
	ledger.Abduction:           {"ASSAULT", "abduct", nil},
	ledger.SexualViolence:      {"ASSAULT", "sexual", nil},
	ledger.MobViolence:         {"ASSAULT", "", nil},
	ledger.ViolentDemo:         {"PROTEST", "riot", nil},
	ledger.PeacefulProtest:     {"PROTEST", "demo", nil},
	ledger.ProtestIntervention: {"PROTEST", "demo", nil},
	ledger.ForceAgainstProtest: {"ASSAULT", "", []string{"rights_freedoms"}},
	ledger.PropertyDestruction: {"ASSAULT", "destroy", nil},
	ledger.Agreement:           {"AGREE", "", nil},
	ledger.Arrests:             {"COERCE", "arrest", []string{"legal"}},
	ledger.ChangeToGroup:       {"MOBILIZE", "troops", nil},
	ledger.DisruptedWeapons:    {"COERCE", "confiscate", []string{"military"}},
	ledger.Diplomacy:           {"SANCTION", "", []string{"diplomatic"}},
}

// Writer writes records.
type Writer struct {
	w    io.Writer
	line bytes.Buffer
}

// New returns a Writer to w.
func New(w io.Writer) *Writer { return &Writer{w: w} }

// Article is nothing: records are of incidents.
func (w *Writer) Article(*export.Article) error { return nil }

// Close does nothing: each line stands for itself.
func (w *Writer) Close() error { return nil }

// Incident writes the record of an incident, if PLOVER has a category for it,
// and one for each accusation.
func (w *Writer) Incident(n *export.Incident) error {
	k, ok := kinds[n.Type]
	if ok {
		if err := w.write(record(n, k)); err != nil {
			return err
		}
	}
	for i := range n.BlamedOn {
		if err := w.write(accusation(n, i)); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) write(e *Event) error {
	w.line.Reset()
	j := json.NewEncoder(&w.line)
	j.SetEscapeHTML(false)
	if err := j.Encode(e); err != nil {
		return fmt.Errorf("writing event: %w", err)
	}
	_, err := w.w.Write(w.line.Bytes())
	return err
}

func record(n *export.Incident, k kind) *Event {
	e := &Event{ID: n.ID, Source: []Actor{}, Event: k.event, Mode: k.mode, Context: k.context, EventLoc: location(n), Citation: n.Articles, URL: addresses(n, n.Articles),
		Coder: coder, Codebook: codebook, Comment: told, Type: string(n.Type), When: n.Date, Articles: n.Support.Articles, Origins: n.Support.Origins}
	if len(e.Citation) == 0 {
		e.Citation, e.URL = n.Mentioned, addresses(n, n.Mentioned)
	}
	if e.Date, e.EndDate = export.Between(n.Date); e.Date == e.EndDate {
		e.EndDate = ""
	}
	for _, c := range n.ClaimedBy {
		e.Source = append(e.Source, Actor{Text: c.Name, Standing: "claims to have done it", Reported: c.Articles})
	}
	for _, c := range n.DeniedBy {
		e.DeniedBy = append(e.DeniedBy, Actor{Text: c.Name, Standing: "denies having done it", Reported: c.Articles})
	}
	if n.First != nil {
		e.Source = append(e.Source, first(n, n.First.Attackers, "acted, in words that accuse nobody by name")...)
		e.Target = first(n, n.First.Targets, "was hit")
	}
	if t := n.Killed; t != nil {
		e.Dead, e.Killed = &t.Best, figures(t)
	}
	if t := n.Wounded; t != nil {
		e.Injured, e.Wounded = &t.Best, figures(t)
	}
	return e
}

// first are parties as the first article words them, without people by name.
func first(n *export.Incident, list []ledger.Party, standing string) (out []Actor) {
	for _, p := range list {
		if e := n.In.Entity(p.Entity); e != nil && e.Type == ledger.TypePerson {
			continue
		}
		by := n.In.According(n.In.Claim(p.Claim))
		out = append(out, Actor{Text: n.In.Words(p.Span), Standing: standing + ", according to " + by, Reported: []string{n.In.ID}})
	}
	return out
}

func figures(t *incidents.Toll) *Figures {
	f := &Figures{Low: t.Low, Best: t.Best, High: t.High, Given: []Given{}}
	for i := range t.Figures {
		f.Given = append(f.Given, Given{t.Figures[i].Value, export.Giver(&t.Figures[i]), t.Figures[i].Article})
	}
	return f
}

func accusation(n *export.Incident, i int) *Event {
	a := &n.BlamedOn[i]
	e := &Event{ID: export.Key("accusation", n.ID, a.Name, a.By), Source: []Actor{}, Event: "ACCUSE", Mode: "disapprove", EventLoc: nil, Link: n.ID,
		Target: []Actor{{Text: a.Name, Standing: "is accused by " + export.Accuser(a), Reported: a.Articles}}, Citation: a.Articles, URL: addresses(n, a.Articles),
		Coder: coder, Codebook: codebook, Comment: accuses}
	if a.By != "" {
		e.Source = append(e.Source, Actor{Text: a.By, Standing: "accuses", Reported: a.Articles})
	}
	return e
}

func location(n *export.Incident) *Location {
	p := n.Place
	if p == nil {
		return nil
	}
	l := &Location{GeoNames: p.GeoNames, Name: p.Name, Country: p.Country, Region: p.Region}
	if n.Located() {
		l.Latitude, l.Longitude = &p.Lat, &p.Lon
	}
	return l
}

func addresses(n *export.Incident, articles []string) (out []string) {
	if n.URL == nil {
		return nil
	}
	for _, a := range articles {
		if u := export.Address(n.URL(a)); u != "" {
			out = append(out, u)
		}
	}
	return out
}
