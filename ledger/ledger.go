// Package ledger holds the result of reading one text: each claim, who is said
// to have said it, and how it is worded. It is plain data and its JSON form.
//
// In memory every Span counts UTF-8 bytes of Document.Text, the unit that the
// readers work in. In JSON every span counts Unicode code points, the unit of
// the W3C Web Annotation model. Ledger's AppendJSON and UnmarshalJSON are where
// the two meet; package offset, which they count with, is all that this package
// imports of the program.
package ledger

import "slices"

// Version is the number of the output contract, the value of "hearsay" in JSON.
const Version = 1

// Span is a half-open range [Start, End) of Document.Text: bytes in memory,
// code points in JSON.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Piece is a Span that repeats the words it covers in JSON, for readability.
// In memory it is only the span: Ledger.Quote gives the words.
type Piece struct {
	Span
	Text string `json:"text,omitempty"`
}

// Ledger is what one text says and on whose word.
type Ledger struct {
	Hearsay    int         `json:"hearsay"`
	Document   Document    `json:"document"`
	Sentences  []Sentence  `json:"sentences"`
	Claims     []Claim     `json:"claims"`
	Entities   []Entity    `json:"entities,omitempty"`
	Dates      []Date      `json:"dates,omitempty"`      // in text order
	Figures    []Figure    `json:"figures,omitempty"`    // in text order
	Incidents  []Incident  `json:"incidents,omitempty"`  // in the order of their first mentions
	Techniques []Technique `json:"techniques,omitempty"` // in text order
	Matches    []Match     `json:"matches,omitempty"`    // in the order of the claims, of each the best first
}

// Document is the text that was read and what is known of where it came from.
// An unknown field is empty and left out of the JSON.
type Document struct {
	ID        string   `json:"id,omitempty"`
	URL       string   `json:"url,omitempty"`
	Title     string   `json:"title,omitempty"`
	Byline    []string `json:"byline,omitempty"`
	Site      string   `json:"site,omitempty"`
	Published string   `json:"published,omitempty"` // EDTF (ISO 8601-2)
	Language  string   `json:"language,omitempty"`  // BCP 47
	Text      string   `json:"text"`
}

// Sentence is one sentence of the text.
type Sentence struct {
	ID string `json:"id"`
	Span
	Worth
}

// Claim is one thing that the text asserts or has somebody assert. A claim
// with neither Source nor Cue stands in the article's own voice.
type Claim struct {
	ID       string  `json:"id"`
	Content  []Piece `json:"content"`           // in text order, at least one
	Sentence string  `json:"sentence"`          // the sentence its content begins in
	Source   *Source `json:"source,omitempty"`  // who is said to have said it
	Cue      *Piece  `json:"cue,omitempty"`     // the words that attribute it
	Channel  *Piece  `json:"channel,omitempty"` // through what it was said
	Manner   Manner  `json:"manner,omitempty"`  // only on attributed claims
	Within   string  `json:"within,omitempty"`  // the claim in whose content this one stands

	Certainty *Certainty `json:"certainty,omitempty"` // how sure the wording is; nil where it asserts nothing
	Incident  string     `json:"incident,omitempty"`  // the incident that the claim is about
	Worth

	Corrected []Amendment `json:"corrected,omitempty"` // what people corrected of it, in the order in which they did
	Checked   []Check     `json:"checked,omitempty"`   // who checked it, in the order in which they did
}

// Attributed reports whether the text puts the claim on someone's word, if
// only on nobody's in particular ("reportedly").
func (c *Claim) Attributed() bool { return c.Source != nil || c.Cue != nil }

// Amendment is that somebody corrected something of a claim by hand.
type Amendment struct {
	Kind   string `json:"kind"`             // what was corrected: content, cue, source, speaker, unattributed, added
	Who    string `json:"who"`              // did it
	When   string `json:"when"`             // RFC 3339
	Number int    `json:"number,omitempty"` // of the correction, in the store that has it
}

// Check is that somebody checked a claim, and what they wrote. It is their word
// and no finding of this program.
type Check struct {
	Note   string `json:"note"`
	Link   string `json:"link,omitempty"` // http or https
	Who    string `json:"who"`
	When   string `json:"when"` // RFC 3339
	Number int    `json:"number,omitempty"`
}

// Source is the one on whose word a claim stands. Its span is empty when
// Naming is NamingNone: then the text names nobody.
type Source struct {
	Piece
	Kind    SourceKind `json:"kind,omitempty"`
	Naming  Naming     `json:"naming"`
	Entity  string     `json:"entity,omitempty"`  // the entity that the source's words mention
	Speaker string     `json:"speaker,omitempty"` // the entity meant, pronouns and descriptions resolved
}

// SourceKind is what sort of speaker a source is.
type SourceKind string

// The kinds of source.
const (
	KindPerson       SourceKind = "person"
	KindOrganization SourceKind = "organization"
	KindGovernment   SourceKind = "government"
	KindDocument     SourceKind = "document"
	KindMedia        SourceKind = "media"
	KindGroup        SourceKind = "group"
	KindUnknown      SourceKind = "unknown"
)

// Naming is how far a source is identified.
type Naming string

// How far a source is identified.
const (
	NamingNamed   Naming = "named"   // a name, or a word that this article resolves to one
	NamingUnnamed Naming = "unnamed" // "officials", "a source close to…", "many"
	NamingNone    Naming = "none"    // nobody: "reportedly", "it is believed"
)

// Manner is how the content is reported.
type Manner string

// How content is reported.
const (
	MannerDirect   Manner = "direct"   // all in quotation marks
	MannerIndirect Manner = "indirect" // none in quotation marks
	MannerMixed    Manner = "mixed"    // partly in quotation marks
)

// Entity is one person, organisation or place that the text mentions.
type Entity struct {
	ID       string     `json:"id"`
	Type     EntityType `json:"type"`
	Name     string     `json:"name"` // the fullest form in the text
	Aliases  []string   `json:"aliases,omitempty"`
	Roles    []string   `json:"roles,omitempty"` // titles and roles as the text gives them
	Mentions []Mention  `json:"mentions"`        // in text order
	Place    *Place     `json:"place,omitempty"` // of a place, where it is known
}

// Mention is one place where the text refers to an entity.
type Mention struct {
	Span
	Pronoun bool `json:"pronoun,omitempty"` // a pronoun or a description, not a name
}

// EntityType is what sort of thing an entity is.
type EntityType string

// The types of entity.
const (
	TypePerson       EntityType = "person"
	TypeOrganization EntityType = "organization"
	TypePlace        EntityType = "place"
	TypeOther        EntityType = "other" // a speaker that is none of these: a document, a poll
)

// Certainty is how sure of a claim its wording is: the words' certainty, never
// the program's. Level and Polarity are the terms of FactBank (Saurí and
// Pustejovsky 2009), Score is on the scale of Lee et al. (2015).
type Certainty struct {
	Level    Level    `json:"level"`
	Polarity Polarity `json:"polarity"`
	Score    float64  `json:"score"`             // from -3, certainly not so, to 3, certainly so
	Boosted  bool     `json:"boosted,omitempty"` // by words that press rather than support: "it is no coincidence that"
}

// Level is how certain a wording is.
type Level string

// How certain a wording is.
const (
	LevelCertain  Level = "certain"
	LevelProbable Level = "probable"
	LevelPossible Level = "possible"
	LevelUnknown  Level = "unknown" // the wording does not commit itself: a question, a condition
)

// Polarity is whether a claim says that something is so or that it is not.
type Polarity string

// Whether a claim says that something is so.
const (
	Affirmed Polarity = "affirmed"
	Denied   Polarity = "denied"
)

// Place is where an entity is on the earth. A coordinate pair of 0, 0 is
// taken for unknown and left out.
type Place struct {
	Lat      float64 `json:"lat,omitempty"`      // WGS 84 degrees, north positive
	Lon      float64 `json:"lon,omitempty"`      // WGS 84 degrees, east positive
	Country  string  `json:"country,omitempty"`  // ISO 3166-1 alpha-2
	Region   string  `json:"region,omitempty"`   // ISO 3166-2
	GeoNames int     `json:"geonames,omitempty"` // the id in GeoNames
}

// Date is an expression of time. Value is EDTF (ISO 8601-2), empty where the
// text and its date of publication do not settle it.
type Date struct {
	Piece
	Value string `json:"value,omitempty"`
}

// Figure is a number that the text gives of something. Value is the number
// as stated; Low and High are what the wording commits itself to: "at least 40"
// has a Value and a Low of 40 and no High, "between 30 and 40" has no Value,
// "dozens" a Low of 24. A bound that the wording does not give is nil.
type Figure struct {
	Piece
	Value       *float64 `json:"value,omitempty"`
	Low         *float64 `json:"low,omitempty"`
	High        *float64 `json:"high,omitempty"`
	Approximate bool     `json:"approximate,omitempty"` // "about", "nearly", "some"
	Unit        string   `json:"unit,omitempty"`        // one of the Units, or an ISO 4217 currency for money
	Of          string   `json:"of,omitempty"`          // what is counted, in the text's words: "soldiers"
	Claim       string   `json:"claim,omitempty"`       // the innermost claim that gives it, and so its speaker
	Incident    string   `json:"incident,omitempty"`
}

// The units of figures that are told apart. What is counted and is none of
// these has UnitCount, money has the currency's ISO 4217 code.
const (
	UnitKilled    = "killed"
	UnitWounded   = "wounded"
	UnitMissing   = "missing"
	UnitArrested  = "arrested"
	UnitDisplaced = "displaced"
	UnitAttackers = "attackers"
	UnitHostages  = "hostages"
	UnitPercent   = "percent"
	UnitShare     = "share" // "half of them": Value is 0.5
	UnitAge       = "years of age"
	UnitCount     = "count"
	UnitMeasure   = "measure" // of length, weight, duration…: Of has the unit's words
)

// Incident is one thing that the text says happened. Everything in it is what
// the text or somebody in it says; the claims named say who.
type Incident struct {
	ID       string       `json:"id"`
	Type     IncidentType `json:"type"`
	Mentions []Mention    `json:"mentions"`         // the words that tell of it, in text order
	Date     string       `json:"date,omitempty"`   // EDTF
	Places   []string     `json:"places,omitempty"` // entities, the most exact first

	Killed    *Toll   `json:"killed,omitempty"`
	Wounded   *Toll   `json:"wounded,omitempty"`
	Targets   []Party `json:"targets,omitempty"`   // who or what was hit
	Means     []Piece `json:"means,omitempty"`     // the weapons
	Attackers []Party `json:"attackers,omitempty"` // who acted, as told in words that accuse nobody by name: "gunmen"

	ClaimedBy []Party `json:"claimed_by,omitempty"` // who says that they did it
	BlamedOn  []Party `json:"blamed_on,omitempty"`  // who is said to have done it: an accusation
	DeniedBy  []Party `json:"denied_by,omitempty"`  // who says that they did not
	Arrested  []Party `json:"arrested,omitempty"`   // who is said to be held for it
}

// Party is somebody or something that has a part in an incident, by the claim
// that says so. Entity is empty where the words name nobody whom the ledger lists.
type Party struct {
	Piece
	Entity string `json:"entity,omitempty"`
	Claim  string `json:"claim,omitempty"`
	By     string `json:"by,omitempty"` // the entity that says so; empty for the article or an unnamed source
}

// partyList is one of an incident's lists of parties under its name in JSON.
type partyList struct {
	name    string
	parties *[]Party
}

// parties are all of an incident's lists of parties.
func (n *Incident) parties() [6]partyList {
	return [...]partyList{{"targets", &n.Targets}, {"attackers", &n.Attackers}, {"claimed_by", &n.ClaimedBy}, {"blamed_on", &n.BlamedOn},
		{"denied_by", &n.DeniedBy}, {"arrested", &n.Arrested}}
}

// Toll is how many people an incident is said to have hurt. Best is the figure
// that the rule in docs/incidents.md prefers; Low and High are the extremes given.
type Toll struct {
	Low     int   `json:"low"`
	Best    int   `json:"best"`
	High    int   `json:"high"`
	Figures []int `json:"figures"` // indexes in Ledger.Figures
}

// IncidentType is what sort of thing happened: the sub-event names of ACLED's
// codebook in lower case, and four sorts of news that it has no name for.
type IncidentType string

// The types of incident. Definitions in words of our own stand in
// docs/incidents.md.
const (
	ArmedClash          IncidentType = "armed clash"
	GovernmentRegains   IncidentType = "government regains territory"
	NonStateOvertakes   IncidentType = "non-state actor overtakes territory"
	NonViolentTransfer  IncidentType = "non-violent transfer of territory"
	HeadquartersFounded IncidentType = "headquarters or base established"
	AirStrike           IncidentType = "air/drone strike"
	Shelling            IncidentType = "shelling/artillery/missile attack"
	RemoteExplosive     IncidentType = "remote explosive/landmine/ied"
	SuicideBomb         IncidentType = "suicide bomb"
	Grenade             IncidentType = "grenade"
	ChemicalWeapon      IncidentType = "chemical weapon"
	Attack              IncidentType = "attack"
	Abduction           IncidentType = "abduction/forced disappearance"
	SexualViolence      IncidentType = "sexual violence"
	MobViolence         IncidentType = "mob violence"
	ViolentDemo         IncidentType = "violent demonstration"
	PeacefulProtest     IncidentType = "peaceful protest"
	ProtestIntervention IncidentType = "protest with intervention"
	ForceAgainstProtest IncidentType = "excessive force against protesters"
	PropertyDestruction IncidentType = "looting/property destruction"
	Agreement           IncidentType = "agreement"
	Arrests             IncidentType = "arrests"
	ChangeToGroup       IncidentType = "change to group/activity"
	DisruptedWeapons    IncidentType = "disrupted weapons use"
	Diplomacy           IncidentType = "diplomatic event"
	OrganizedCrime      IncidentType = "organised crime"
	NaturalDisaster     IncidentType = "natural disaster"
	ManMadeDisaster     IncidentType = "man-made disaster"
	OtherIncident       IncidentType = "other"
)

// IncidentTypes returns all types of incident, in the order of the constants.
func IncidentTypes() []IncidentType { return slices.Clone(incidentTypes) }

// Match is a published fact-check that is, or may be, about what a claim says.
// It reports that the check was published; its rating is its publisher's word.
type Match struct {
	Claim  string     `json:"claim"`
	Review Review     `json:"review"`
	Score  float64    `json:"score"`          // from 0 to 1: how probable it is that the check is about this very claim
	Level  MatchLevel `json:"level"`          // what that amounts to
	Same   []Same     `json:"same,omitempty"` // what it rests on
}

// Review is a published fact-check: a ClaimReview of schema.org.
type Review struct {
	URL           string `json:"url"`
	Publisher     string `json:"publisher,omitempty"`
	Rating        string `json:"rating,omitempty"`    // in the publisher's words
	Published     string `json:"published,omitempty"` // EDTF
	ClaimReviewed string `json:"claimReviewed"`
}

// MatchLevel is how sure it is that a fact-check is about a claim.
type MatchLevel string

// How sure it is that a fact-check is about a claim.
const (
	MatchLikely  MatchLevel = "likely"  // more likely than not about the same claim
	MatchRelated MatchLevel = "related" // about something that the claim has to do with
)

// Same is something that a claim and a fact-check have in common.
type Same struct {
	Kind string `json:"kind"` // person, place, name, figure, year or word
	Text string `json:"text"` // as the fact-check has it
}

// Quote returns the words that s covers in the ledger's text. CheckSpans says
// whether s is in it.
func (l *Ledger) Quote(s Span) string { return l.Document.Text[s.Start:s.End] }
