// Package places says where on the earth the places of a text are.
//
// The names come from the readers before; each is looked up in the gazetteer,
// and among the places of that name the one is chosen that fits the text best
// by a linear score: its size, the countries and regions that the text speaks
// of, what stands beside the name ("Springfield, Ill.", "a town in Ohio") and
// how near it lies to the text's other places. A name has one meaning in one
// text. What is not in the gazetteer is left without a place.
package places

import (
	"hearsay/ledger"
	"hearsay/reading/places/gazetteer"
	"hearsay/reading/tree"
	"hearsay/text"
)

// Reader is the reader of places. The zero Reader is ready; it keeps its memory
// from text to text and must not be used by two goroutines at once.
type Reader struct {
	// Weights are the worths of the features, nil for the program's own.
	Weights *Weights

	table *gazetteer.Table
	talk  talk
	names []name
	cands []candidate

	covered  []int32          // by token: the number of an entity that it is a mention of plus one
	listed   map[int32]bool   // by token: a name in a list of counties begins with it
	entityOf map[uint64]int32 // by the key of a name: the number of its entity plus one
	found    []found
	grown    []int32
}

// Read gives the entities of l that are places their Place. The ledger is that
// of d so far, whose tree is t.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, l *ledger.Ledger) {
	if r.table == nil {
		table, err := gazetteer.Default()
		if err != nil {
			return // the program's own table is sound: its tests open it
		}
		r.table = table
		r.entityOf, r.listed = map[uint64]int32{}, map[int32]bool{}
	}
	r.adopt(d, l)
	r.complete(d, l)
	r.names, r.cands = r.names[:0], r.cands[:0]
	r.talk.listen(d, r.table)
	for i := range l.Entities {
		if l.Entities[i].Type == ledger.TypePlace && len(r.names) < mostNames {
			r.collect(d, &l.Entities[i], int32(i))
		}
	}
	r.settle()
	for i := range r.names {
		n := &r.names[i]
		if n.best < 0 {
			continue
		}
		p := r.cands[n.best].place
		lat, lon := r.table.At(p)
		l.Entities[n.entity].Place = &ledger.Place{Lat: lat, Lon: lon, Country: r.table.CountryCode(p), Region: r.table.RegionCode(p),
			GeoNames: r.table.GeoNames(p)}
	}
}

// Worths returns the weights that r scores by.
func (r *Reader) Worths() Weights { return *r.weights() }

func (r *Reader) weights() *Weights {
	if r.Weights != nil {
		return r.Weights
	}
	return &learned
}
