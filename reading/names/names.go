// Package names finds the names of people, organisations and places in a text.
//
// A conditional random field labels the tokens of each stretch of capitalised
// words from their words, shapes, tags, classes and place in the tree (Ratinov
// and Roth 2009 say why these). A second one does it again, knowing what the
// first made of the same words elsewhere in the text: "Clinton" alone is who
// "Hillary Clinton" is.
package names

import (
	"strings"

	"hearsay/linear"
	"hearsay/reading/lexicon"
	"hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// Type is what a name is of.
type Type uint8

// The types of name, those of CoNLL-2003.
const (
	None Type = iota
	Person
	Organization
	Place
	Misc // nationalities, events, works
)

// Name is one name in the text.
type Name struct {
	text.Range
	Type Type
}

// Reader finds names. It keeps its memory from text to text and must not be
// used by two goroutines at once.
type Reader struct {
	model    *Model
	view     *View
	decoder  *decoder
	features []linear.Feature
	scores   [][Labels]int32
	labels   [2][]uint8 // of each pass
	found    []Name
}

// NewReader makes a Reader of texts by the model.
func NewReader(m *Model) *Reader {
	return &Reader{model: m, view: NewView(m.classes, m.like, m.places), decoder: newDecoder()}
}

// Read returns the names in d, which is tagged and parsed, in text order and none inside
// another. They are the Reader's own until the next Read.
func (r *Reader) Read(d *text.Doc) []Name {
	r.found = r.found[:0]
	segments := r.view.Reset(d)
	r.label(0, segments)
	r.view.Vote(r.labels[0])
	r.label(1, segments)
	at := 0
	for _, g := range segments {
		spans(g.Range, r.labels[1][at:at+g.Len()], func(s text.Range, t Type) {
			switch {
			case t == Organization && r.county(d, s):
				t = Place
			case (t == Person || t == Misc) && s.Len() > 1 && lexicon.Named(gazetteer.Key(d, s))&lexicon.Body != 0:
				t = Organization // "Al Jazeera" is nobody
			case t == Person:
				s = withoutTitle(d, s)
			}
			r.found = append(r.found, Name{s, t})
		})
		at += g.Len()
	}
	return r.found
}

// withoutTitle takes from a person's name what the convention leaves out of
// it and the model now and then takes in: "Mr." of "Mr. Hesk". Words that are as
// often part of a name, as in "Prince Hall", it leaves.
func withoutTitle(d *text.Doc, s text.Range) text.Range {
	for s.Len() > 1 {
		t := &d.Tokens[s.First]
		c := lexicon.Of(t.Lower)
		abbreviated := d.Text[t.End-1] == '.' && t.End-t.Start > 2
		if c&lexicon.Title == 0 || !abbreviated && (c&lexicon.Person == 0 || noble[t.Lower]) {
			break
		}
		s.First++
	}
	return s
}

// county reports whether a name is that of a county. The model has learned from
// sports pages that it may be a club.
func (r *Reader) county(d *text.Doc, s text.Range) bool {
	if s.Len() < 2 || d.Tokens[s.End-1].Lower != countyWord {
		return false
	}
	hits := r.model.places.Find(gazetteer.Key(d, s))
	return hits.Len() > 0 && r.model.places.Kind(hits.At(0).Place) == gazetteer.County
}

var countyWord = text.Hash("county")

// noble are the titles that names are made with.
var noble = func() map[uint32]bool {
	m := map[uint32]bool{}
	for _, w := range strings.Fields("king queen prince princess duke duchess baron lord saint sultan emir major general star father sister brother") {
		m[text.Hash(w)] = true
	}
	return m
}()

// label fills in the labels of a pass, segment after segment.
func (r *Reader) label(pass int, segments []Segment) {
	p := &r.model.passes[pass]
	out := r.labels[pass][:0]
	for _, g := range segments {
		from := len(out)
		r.scores = r.scores[:0]
		for i := g.First; i < g.End; i++ {
			r.features = r.view.Features(r.features[:0], g, i)
			if pass == 1 {
				r.features = r.view.SecondFeatures(r.features, g, i, r.labels[0][from:from+g.Len()])
			}
			r.scores = append(r.scores, [Labels]int32{})
			p.table.AddAll(r.features, r.scores[len(r.scores)-1][:])
			out = append(out, labelOut)
		}
		r.decoder.decode(r.scores, &p.moves, out[from:])
	}
	r.labels[pass] = out
}

// First returns the labels that the first pass gives to the segments of d, one
// after the other: what the second learns from. They are the Reader's own.
func (r *Reader) First(d *text.Doc) []uint8 {
	r.label(0, r.view.Reset(d))
	return r.labels[0]
}

// Labels returns the labels that Read gave to the segments, one after the
// other. They are the Reader's own until the next Read.
func (r *Reader) Labels() []uint8 { return r.labels[1] }
