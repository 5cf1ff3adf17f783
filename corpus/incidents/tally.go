package incidents

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"hearsay/ledger"
	"hearsay/text/edtf"
)

// Tally counts what the records of an incident say of its type, its day and its place, and which
// of them comes first. Records may be added in any order, each once, and none is
// taken out again. So a store need not read the thousands of records of an incident to add
// one more to them. The zero Tally is of no records.
type Tally struct {
	rank  int // of the first record, and its ID; see Order
	id    ID
	main  bool // an article reports it, and then those that mention it in passing have no say
	types votes[ledger.IncidentType]
	dates votes[string]
	where votes[Place]
}

// votes are what was said of something, by how much.
type votes[T comparable] map[T]vote

// vote is how much speaks for a value, and the first record in the order of Order that says it.
type vote struct {
	weight int
	rank   int
	id     ID
}

// Add counts one more record.
func (t *Tally) Add(k Kept) {
	if t.id == 0 || cmp.Or(cmp.Compare(rank(k), t.rank), cmp.Compare(k.ID, t.id)) < 0 {
		t.rank, t.id = rank(k), k.ID
	}
	switch {
	case k.Main && !t.main:
		t.main, t.types, t.dates, t.where = true, nil, nil, nil
	case !k.Main && t.main:
		return
	}
	t.types.add(k, k.Type, 1)
	t.dates.add(k, k.Date, dateWeight(k.Record))
	if len(k.Places) > 0 {
		t.where.add(k, k.Places[0], 1)
	}
}

// add counts what a record says; the zero value is nothing.
func (v *votes[T]) add(k Kept, value T, weight int) {
	var zero T
	if value == zero || weight == 0 {
		return
	}
	if *v == nil {
		*v = make(votes[T])
	}
	x, ok := (*v)[value]
	if !ok || cmp.Or(cmp.Compare(rank(k), x.rank), cmp.Compare(k.ID, x.id)) < 0 {
		x.rank, x.id = rank(k), k.ID
	}
	x.weight += weight
	(*v)[value] = x
}

// before compares votes by what speaks for them and then by which came first.
func (v vote) before(o vote) int {
	return cmp.Or(cmp.Compare(o.weight, v.weight), cmp.Compare(v.rank, o.rank), cmp.Compare(v.id, o.id))
}

// most is the value for which most speaks, of several the one that came first.
func (v votes[T]) most() (best T) {
	var of vote
	for value, x := range v {
		if of.weight == 0 || x.before(of) < 0 {
			best, of = value, x
		}
	}
	return best
}

// ID is that of the first record, which an incident is called by.
func (t *Tally) ID() ID { return t.id }

// Type is the type that most records give.
func (t *Tally) Type() ledger.IncidentType { return t.types.most() }

// Date is the date that most records give, as EDTF, where what was published within days of it counts
// twice, and a single day before a longer time.
func (t *Tally) Date() string { return t.dates.most() }

// Place is the place that most records give first; its Name is empty where none gives any.
func (t *Tally) Place() Place { return t.where.most() }

// dateWeight is what a record counts for its date.
func dateWeight(r *Record) int {
	const fresh = 3 // days
	d := edtf.Parse(r.Date)
	if !d.Known {
		return 0
	}
	w := 1
	if p := edtf.Parse(r.Published); p.Known && p.First >= d.First && p.First-d.Last <= fresh {
		w = 2
	}
	if d.Len() == 1 {
		w *= 100
	}
	return w
}

// tallyForm is the number of the encoding of a Tally, its first byte.
const tallyForm = 1

var errTally = errors.New("not a tally as this program writes it")

// MarshalBinary returns the tally as bytes for a store, the same for the same records.
func (t *Tally) MarshalBinary() ([]byte, error) {
	w := writer{[]byte{tallyForm}}
	w.int(t.rank)
	w.uint64(uint64(t.id))
	w.bool(t.main)
	writeVotes(&w, t.types, func(v ledger.IncidentType) { w.string(string(v)) })
	writeVotes(&w, t.dates, func(v string) { w.string(v) })
	writeVotes(&w, t.where, w.place)
	return w.b, nil
}

func writeVotes[T comparable](w *writer, v votes[T], value func(T)) {
	w.len(len(v))
	// Of one list no two have the same first record.
	for _, key := range slices.SortedFunc(maps.Keys(v), func(a, b T) int { return v[a].before(v[b]) }) {
		value(key)
		w.int(v[key].weight)
		w.int(v[key].rank)
		w.uint64(uint64(v[key].id))
	}
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (t *Tally) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != tallyForm {
		return errTally
	}
	x := reader{b: b[1:]}
	*t = Tally{rank: x.int(), id: ID(x.uint64()), main: x.bool()}
	t.types = readVotes(&x, func() ledger.IncidentType { return ledger.IncidentType(x.string()) })
	t.dates = readVotes(&x, x.string)
	t.where = readVotes(&x, x.place)
	if x.bad || len(x.b) > 0 {
		return errTally
	}
	return nil
}

func readVotes[T comparable](x *reader, value func() T) votes[T] {
	n := x.len(11)
	if n == 0 {
		return nil
	}
	v := make(votes[T], n)
	for range n {
		key := value()
		v[key] = vote{weight: x.int(), rank: x.int(), id: ID(x.uint64())}
	}
	return v
}
