// Package ledger holds the result of reading one text: each claim, who is said
// to have said it, and how it is worded. It is plain data and its JSON form.
//
// In memory every Span counts UTF-8 bytes of Document.Text, the unit that the
// readers work in. In JSON every span counts Unicode code points, the unit of
// the W3C Web Annotation model. Ledger's AppendJSON and UnmarshalJSON are where
// the two meet; package offset, which they count with, is all that this package
// imports of the program.
package ledger

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
	Hearsay   int        `json:"hearsay"`
	Document  Document   `json:"document"`
	Sentences []Sentence `json:"sentences"`
	Claims    []Claim    `json:"claims"`
	Entities  []Entity   `json:"entities,omitempty"`
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
}

// Attributed reports whether the text puts the claim on someone's word, if
// only on nobody's in particular ("reportedly").
func (c *Claim) Attributed() bool { return c.Source != nil || c.Cue != nil }

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

// Quote returns the words that s covers in the ledger's text. CheckSpans says
// whether s is in it.
func (l *Ledger) Quote(s Span) string { return l.Document.Text[s.Start:s.End] }
