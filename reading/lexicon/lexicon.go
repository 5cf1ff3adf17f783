// Package lexicon holds what readers know about words before they read: which
// nouns mean a person, a public body, a newspaper or a document, which stand
// before names, which names are those of women, and the like. The tables are
// general knowledge of English, small and readable; what an article says of
// its own people goes before them.
package lexicon

import (
	"strings"
	"sync"

	"hearsay/text"
)

// Class is what a word can mean, as a set of bits.
type Class uint32

// The classes of a noun.
const (
	Person       Class = 1 << iota // one human being: "minister", "aide"
	Female                         // a woman: "spokeswoman"
	Male                           // a man: "chairman"
	Kin                            // named by the tie to another: "husband", "lawyer of"
	Authority                      // a Person that in the plural speaks for the state: "officials"
	Government                     // a public body: "ministry", "army"
	Organization                   // any other body: "company", "union"
	Media                          // "newspaper", "broadcaster"
	Document                       // "report", "poll"
	Group                          // many people at once: "crowd", "militia"
	Quantifier                     // stands for people without naming them: "many", "some"
	Place                          // "city", "province"
	Generic                        // takes its meaning from what was named before: "group", "organization"
	Title                          // may stand before a name: "President", "Dr."
	Channel                        // what one speaks through: "statement", "rally"
	Audience                       // whom one speaks to: "reporters"
	Time                           // "Monday", "year"
	Newsprint                      // a word of newspapers' names: "Times"
	Company                        // a word that only names of bodies have: "Inc."
)

// Body are the classes of what is not a person but can speak.
const Body = Government | Organization | Media | Group

// Of returns the classes of the word with that hash (text.Hash of its lemma or
// lower-case form), 0 when it has none.
func Of(word uint32) Class { return tables().class[word] }

// Named returns the classes of a whole name, as hashed by Sequence, that is
// widely known: "White House" is a Government.
func Named(name uint64) Class { return tables().name[name] }

// Given returns Female, Male or both when the word is known as a given name.
func Given(word uint32) Class { return tables().given[word] }

// Full returns the word that an abbreviated title stands for, and any other
// word as it is: "governor" for "Gov.".
func Full(word uint32) uint32 {
	if f, ok := tables().full[word]; ok {
		return f
	}
	return word
}

// Demonym reports whether the word says where somebody or something is from: "Russian".
func Demonym(word uint32) bool { return tables().demonym[word] }

// Sequence adds a word to the hash of a name: the name "White House" is
// Sequence(Sequence(0, white), house) of the lower-case words' hashes.
func Sequence(name uint64, word uint32) uint64 {
	return (name ^ uint64(word)) * 0x9E3779B97F4A7C15
}

type table struct {
	class, given map[uint32]Class
	name         map[uint64]Class
	alias        map[uint64]uint64
	demonym      map[uint32]bool
	full         map[uint32]uint32
}

var tables = sync.OnceValue(func() *table {
	t := &table{
		class:   map[uint32]Class{},
		given:   map[uint32]Class{},
		name:    map[uint64]Class{},
		alias:   map[uint64]uint64{},
		demonym: map[uint32]bool{},
		full:    map[uint32]uint32{},
	}
	for _, f := range strings.Fields(abbreviations) {
		short, long, _ := strings.Cut(f, "=")
		t.full[text.Hash(short)] = text.Hash(long)
		t.full[text.Hash(short+".")] = text.Hash(long)
	}
	for _, w := range words {
		for _, f := range strings.Fields(w.list) {
			t.class[text.Hash(f)] |= w.class
		}
	}
	for _, f := range strings.Fields(femaleNames) {
		t.given[text.Hash(f)] |= Female
	}
	for _, f := range strings.Fields(maleNames) {
		t.given[text.Hash(f)] |= Male
	}
	for _, w := range names {
		for f := range strings.SplitSeq(w.list, ",") {
			t.name[sequence(f)] |= w.class
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(sameNames), "\n") {
		first := uint64(0)
		for i, f := range strings.Split(line, "=") {
			if s := sequence(f); i == 0 {
				first = s
			} else {
				t.alias[s] = first
			}
		}
	}
	for _, f := range strings.Fields(demonyms) {
		t.demonym[text.Hash(f)] = true
	}
	return t
})

// Same returns the one hash that stands for all the names of something widely
// known under several: that of "United States" for "U.S.". Any other name is
// returned as it is.
func Same(name uint64) uint64 {
	if s, ok := tables().alias[name]; ok {
		return s
	}
	return name
}

func sequence(s string) uint64 {
	h := uint64(0)
	for _, f := range strings.Fields(s) {
		h = Sequence(h, text.Hash(f))
	}
	return h
}
