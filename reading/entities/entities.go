// Package entities finds the people, bodies and places that a text names and
// decides for every pronoun and description whom it means, and so who speaks.
//
// It works in passes, the surest first, after the multi-pass sieve of
// Raghunathan et al. (2010): names are found and put together over the whole
// text; then, from the first word to the last, descriptions and pronouns are
// given to the one they fit among those mentioned shortly before; at the end
// "I" goes to whoever speaks the quotation around it. What fits nobody well
// stays unresolved. The cost is linear in the text: every search looks at a
// bounded number of candidates.
package entities

import (
	"hearsay/reading/lexicon"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Said is one attribution, as ranges of the text's tokens.
type Said struct {
	Source  text.Range // empty when the text names nobody
	Cue     text.Range
	Content []text.Range
}

// Named is one name that stands in the text and what its reader takes it for:
// Person, Organization, Place, or Unknown for what is none of these.
type Named struct {
	text.Range
	Kind Kind
}

// Kind is what sort of thing an entity is.
type Kind uint8

// The kinds of entity.
const (
	Unknown Kind = iota
	Person
	Organization
	Government
	Media
	Group
	Document
	Place
	numKinds
)

// Body reports whether k can speak and is not a person or a document.
func (k Kind) Body() bool {
	return k == Organization || k == Government || k == Media || k == Group
}

// Form is how a mention refers.
type Form uint8

// The forms of a mention.
const (
	Name        Form = iota // by a proper name
	Description             // by a noun: "the minister"
	Pronoun                 // "he"
)

// Entity is one person, body, place or document of the text.
type Entity struct {
	Kind   Kind
	Gender lexicon.Class // Female, Male or neither
	Named  bool          // some mention gives its name
	Plural bool          // several people: "officials"
	Name   text.Range    // the fullest name, or for what has none the first description
	Count  int32         // mentions
	Spoken int32         // attributions of which it is the speaker

	words   int32 // words of the fullest name
	alias   bool  // the name is one that stands behind another
	last    int32 // its last mention so far, -1 for none
	subject int32 // its last mention so far that was a subject, -1 for none
	source  int32 // its last mention so far that was a source, -1 for none
	roles   int32 // the last of its roles, -1 for none
	head    uint32
}

// Mention is one place where the text refers to an entity.
type Mention struct {
	text.Range
	Form   Form
	Entity int32 // index in Cast.Entities, -1 when unresolved
	Head   int32 // the token that the sentence's tree has for it; of "the Red Dawn group" it stands behind the name

	np       int32 // the first token of the whole phrase, titles and determiner included
	form     int32 // of a Name: index of its form
	sentence int32
	said     int32 // the attribution of which it is the source, -1 for none
	gender   lexicon.Class
	flags    flag
}

type flag uint16

const (
	subject flag = 1 << iota
	possessive
	quoted
	definite   // with "the", "this", "that"
	indefinite // with "a", "an", "some"
	owned      // has a possessor or an of-phrase that says whose it is
	plural
	identified // a proper name or nationality stands among its modifiers
	done       // it has been given its entity, or been found to have none
)

// Role is what the text calls an entity besides its name.
type Role struct {
	Entity int32
	text.Range
	Plain bool // it says no more than that it is one of people: "man"

	next int32 // the entity's role before this one, -1 for none
	head uint32
}

// Speaker says who speaks in one attribution.
type Speaker struct {
	Mention int32 // the mention that the source's words are, -1 for none
	Literal int32 // the entity that the words themselves name or describe, -1 for none or a pronoun
	Entity  int32 // the entity that speaks, -1 when unknown
}

// Cast is who and what appears in a text.
type Cast struct {
	Entities []Entity
	Mentions []Mention // in text order
	Roles    []Role    // in text order for each entity
	Speakers []Speaker // one for each attribution
}

// Reader finds speakers. The zero Reader is ready; it keeps its memory from
// text to text and must not be used by two goroutines at once.
type Reader struct {
	d     *text.Doc
	t     *tree.Tree
	said  []Said
	cast  Cast
	at    []int32 // token -> the mention it belongs to by name or as head, -1
	cover []int32 // token -> the innermost attribution whose content it stands in, -1
	from  []int32 // token -> the attribution of whose source it is the head, -1

	forms    []form
	formOf   map[uint64]int32
	byLast   map[uint32]int32 // surname -> head of a list in links
	byFirst  map[uint32]int32
	byPair   map[uint64]int32 // first and last name -> entity
	byStem   map[uint32]int32 // first letters of a surname
	shorts   map[uint64]int32 // what a body's name is shortened to -> entity
	byHead   map[uint32]int32 // noun of a role or description -> head of a list in links
	exact    map[uint64]int32 // a whole description -> entity
	links    []link
	spoken   map[voice]int32 // whom "we" and "you" mean in each mouth
	names    []Named
	more     []Named          // names while some are added
	surnames map[uint32]int32 // of names of people
	merges   []link           // a description's entity, and whom it was then said to be
	recent   [window]int32
	seen     int // how many of recent are in use
}

// window is how many entities, the last mentioned first, a pronoun or
// description can go to.
const window = 40

type link struct {
	entity, next int32
}

// Read finds who and what appears in d, whose tree is t, and who speaks in
// each attribution. The Cast is the Reader's own until the next Read.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, named []Named, said []Said) *Cast {
	r.reset(d, t, said)
	r.collect(named)
	r.gather()
	r.resolve()
	r.speak()
	return &r.cast
}

func (r *Reader) reset(d *text.Doc, t *tree.Tree, said []Said) {
	r.d, r.t, r.said = d, t, said
	n := len(d.Tokens)
	r.at, r.cover, r.from = sized(r.at, n), sized(r.cover, n), sized(r.from, n)
	for i := range n {
		r.at[i], r.cover[i], r.from[i] = -1, -1, -1
	}
	for k := range said {
		if h := tree.Head(d, said[k].Source); h >= 0 {
			r.from[h] = int32(k)
		}
		for _, c := range said[k].Content {
			for i := c.First; i < c.End; i++ {
				if o := r.cover[i]; o < 0 || width(said[k].Content) < width(said[o].Content) {
					r.cover[i] = int32(k)
				}
			}
		}
	}
	c := &r.cast
	c.Entities, c.Mentions, c.Roles, c.Speakers = c.Entities[:0], c.Mentions[:0], c.Roles[:0], c.Speakers[:0]
	r.forms, r.links, r.names, r.seen = r.forms[:0], r.links[:0], r.names[:0], 0
	r.merges = r.merges[:0]
	r.formOf, r.byPair, r.shorts, r.exact = empty(r.formOf), empty(r.byPair), empty(r.shorts), empty(r.exact)
	r.byStem, r.surnames = empty(r.byStem), empty(r.surnames)
	r.byLast, r.byFirst, r.byHead = empty(r.byLast), empty(r.byFirst), empty(r.byHead)
}

// empty returns m without what it holds, or a new map where m has grown so
// large that to clear it for every short text would cost more.
func empty[K comparable](m map[K]int32) map[K]int32 {
	if m == nil || len(m) > 1<<12 {
		return map[K]int32{}
	}
	clear(m)
	return m
}

func width(content []text.Range) int32 {
	if len(content) == 0 {
		return 0
	}
	return content[len(content)-1].End - content[0].First
}

func sized(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n, n+n/4)
	}
	return s[:n]
}
