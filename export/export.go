// Package export holds what its formats have in common: what is handed to
// them, and what is worked out alike for all. Each format is a package below
// this one; package formats knows them all, package source gets what is to be
// written out of a store or out of ledgers, and package destination puts it
// into a file, whole or not at all.
//
// No format has a place for who is right. An accusation goes out with who makes
// it, and with nothing that turns it into a finding; of people nothing goes out
// but the names, roles and words that the article itself has.
package export

import (
	"crypto/sha1"
	"encoding/hex"
	"math"
	"strings"

	"hearsay/corpus/incidents"
	"hearsay/ledger"
)

// Writer writes what is exported in one format. It keeps nothing of what it is
// given once a method has returned, and buffers no more than a part of its
// output of a fixed size.
type Writer interface {
	// Article writes an article and what of it is wanted. A format that is of
	// incidents only leaves it out.
	Article(*Article) error
	// Incident writes what articles tell of one incident. A format that is of
	// articles only leaves it out.
	Incident(*Incident) error
	// Close writes what comes last. It does not close what is written to.
	Close() error
}

// Article is an article with its ledger. The ledger's spans lie in its text. It
// is for one goroutine, and its ledger stays as it is.
type Article struct {
	ID     string // in the store, or what the store would call it
	Ledger *ledger.Ledger

	// Claims are the ids of the claims that are wanted; nil for all that the
	// article says.
	Claims map[string]bool

	entities map[string]*ledger.Entity // by id, made when first asked for
	claims   map[string]*ledger.Claim
}

// Wants reports whether a claim is to be written.
func (a *Article) Wants(claim string) bool { return a.Claims == nil || a.Claims[claim] }

// Whole reports whether all that the article says is wanted.
func (a *Article) Whole() bool { return a.Claims == nil }

// Entity returns the entity with an id, or nil.
func (a *Article) Entity(id string) *ledger.Entity {
	if a.entities == nil {
		a.entities = make(map[string]*ledger.Entity, len(a.Ledger.Entities))
		for i := range a.Ledger.Entities {
			a.entities[a.Ledger.Entities[i].ID] = &a.Ledger.Entities[i]
		}
		delete(a.entities, "")
	}
	return a.entities[id]
}

// Claim returns the claim with an id, or nil.
func (a *Article) Claim(id string) *ledger.Claim {
	if a.claims == nil {
		a.claims = make(map[string]*ledger.Claim, len(a.Ledger.Claims))
		for i := range a.Ledger.Claims {
			a.claims[a.Ledger.Claims[i].ID] = &a.Ledger.Claims[i]
		}
		delete(a.claims, "")
	}
	return a.claims[id]
}

// Content returns the words of a claim on one line; " […] " stands between
// pieces that are apart.
func (a *Article) Content(c *ledger.Claim) string {
	var parts []string
	for _, p := range c.Content {
		parts = append(parts, a.Words(p.Span))
	}
	return strings.Join(parts, " […] ")
}

// Words returns the words of a span on one line.
func (a *Article) Words(s ledger.Span) string {
	return strings.Join(strings.Fields(a.Ledger.Quote(s)), " ")
}

// Speaker returns on whose word a claim stands: the name of the entity that
// speaks, else the words for the source. It is empty for a claim in the article's own
// voice, for none at all, and where the text names nobody.
func (a *Article) Speaker(c *ledger.Claim) string {
	if c == nil || c.Source == nil || c.Source.Naming == ledger.NamingNone {
		return ""
	}
	if e := a.Entity(c.Source.Speaker); e != nil {
		return e.Name
	}
	return a.Words(c.Source.Span)
}

// According says on whose word a claim stands in words that complete
// "According to …". A nil claim is the article's own.
func (a *Article) According(c *ledger.Claim) string {
	switch who := a.Speaker(c); {
	case who != "":
		return who
	case c != nil && c.Attributed():
		return "nobody whom the article names"
	}
	return "the article itself"
}

// Attribution says in words that begin a sentence on whose word a claim stands
// and how it is worded: "According to the Grey League (“it”), by the words
// “denied”, worded as not so". A content that is denied must not be read without it.
func (a *Article) Attribution(c *ledger.Claim) string {
	s := "According to " + a.According(c)
	if c.Source != nil && c.Source.Naming != ledger.NamingNone {
		if words := a.Words(c.Source.Span); words != a.Speaker(c) {
			s += " (“" + words + "”)"
		}
	}
	if c.Cue != nil {
		s += ", by the words “" + a.Words(c.Cue.Span) + "”"
	}
	if c.Channel != nil {
		s += ", through “" + a.Words(c.Channel.Span) + "”"
	}
	if c.Certainty != nil && c.Certainty.Polarity == ledger.Denied {
		s += ", worded as not so"
	}
	return s
}

// Incident is what one or several articles tell of one incident.
type Incident struct {
	*incidents.Incident

	// First is what the article whose record the incident is called after tells
	// of it, and In that article; both nil where that is not at hand.
	First *ledger.Incident
	In    *Article

	// URL gives the address of an article, empty where it has none; nil where none is known.
	URL func(article string) string
}

// Located reports whether it is known where on the earth the incident was.
func (n *Incident) Located() bool {
	p := n.Place
	return p != nil && (p.Lat != 0 || p.Lon != 0) && math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180
}

// Label names an incident by its type, day and place: "attack, 2031-05-02, Orvik".
func (n *Incident) Label() string {
	parts := []string{string(n.Type)}
	if n.Date != "" {
		parts = append(parts, n.Date)
	}
	if n.Place != nil {
		parts = append(parts, n.Place.Name)
	}
	return strings.Join(parts, ", ")
}

// Accuser says who makes an accusation.
func Accuser(a *incidents.Accusation) string {
	if a.By != "" {
		return a.By
	}
	return "the article itself, or nobody whom it names"
}

// Giver says who gives a figure.
func Giver(f *incidents.Statement) string {
	switch {
	case f.Speaker != "":
		return f.Speaker
	case f.Naming != "":
		return "nobody whom the article names"
	}
	return "the article itself"
}

// Key makes one id of several strings that together name a thing: forty
// hexadecimal digits, the same for the same strings in every export.
func Key(parts ...string) string {
	h := sha1.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// URN makes an IRI of several strings that together name a thing: a name-based
// UUID of version 5 (RFC 9562).
func URN(parts ...string) string {
	h := sha1.New()
	h.Write(space[:])
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	id := h.Sum(nil)[:16]
	id[6] = id[6]&0x0f | 0x50
	id[8] = id[8]&0x3f | 0x80
	s := hex.EncodeToString(id)
	return "urn:uuid:" + s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// space is the name space of our UUIDs, a number of its own.
var space = [16]byte{0x8e, 0x1b, 0x60, 0x2d, 0x5a, 0x0c, 0x4f, 0x37, 0x9a, 0x44, 0x1d, 0xc2, 0x71, 0xe6, 0x0b, 0x93}
