package store

import (
	"context"
	"iter"
	"math"
	"time"

	"hearsay/corpus/incidents"
	"hearsay/text/edtf"
)

// Incidents is what a store knows of incidents across its articles. They are
// made of the newest versions, as articles come and go, and do not depend on
// the order in which they came.
type Incidents interface {
	// Incidents yields the incidents that f selects: the one that happened last
	// first, those of no known day after all others, and those of one day in
	// the order of their ids.
	Incidents(ctx context.Context, f IncidentFilter) iter.Seq2[*incidents.Incident, error]

	// Incident returns the incident that a record belongs to: any record's id
	// names it. An id that is not in the store is ErrNotFound.
	Incident(ctx context.Context, id string) (*incidents.Incident, error)

	// Merge makes one incident of several, by the ids of any of their records,
	// and returns its id. It stays one whatever comes later.
	Merge(ctx context.Context, ids ...string) (id string, err error)

	// Split takes what some articles tell out of an incident and makes another
	// of it. It returns the ids of what is left and of the other, which stay
	// apart whatever comes later. Articles that tell nothing of the incident,
	// or all that tell of it, are an error.
	Split(ctx context.Context, id string, articles ...string) (rest, out string, err error)

	// Corrections yields the merges and splits made, the first one first,
	// without those that were undone.
	Corrections(ctx context.Context) iter.Seq2[*Correction, error]

	// Undo takes back a correction: its records are gathered as they were before
	// it, by an earlier correction or by none. A number that no correction has
	// is ErrNotFound. One whose records a later correction concerns is an error
	// that wraps ErrLater, until that one is undone.
	Undo(ctx context.Context, number int) error
}

// IncidentFilter selects incidents. A zero field leaves everything in.
type IncidentFilter struct {
	// Of Filter, HappenedSince and HappenedUntil are compared with the day of the
	// incident; Type, Place and Country with its own; Since and Until with the
	// days of publication of the articles that report it, Article with their
	// ids, one being enough. Speaker, Naming, Level, Polarity and Score select
	// incidents about which one and the same claim of those articles is of
	// that kind. Order does not count.
	Filter

	Articles int // least number of articles that report it
	Origins  int // least number of independent origins

	// After, unless it is nil, leaves out what comes up to this place in their order:
	// where it is that of the last one found, it selects what comes after.
	After *IncidentPlace `json:"-"`
}

// IncidentPlace is a place in the order of incidents.
type IncidentPlace struct {
	Day int64  `json:"d"` // the last on which it may have happened, negated; see NoDay
	ID  string `json:"i"`
}

// NoDay is the Day of an incident that happened on no known one. It comes after all others.
const NoDay = math.MaxInt32

// PlaceOf is where an incident stands among others.
func PlaceOf(n *incidents.Incident) IncidentPlace {
	if d := edtf.Parse(n.Date); d.Known {
		return IncidentPlace{-int64(d.Last), n.ID}
	}
	return IncidentPlace{NoDay, n.ID}
}

// Correction is a merge or a split made by hand.
type Correction struct {
	Number    int       // from 1, never used again
	Split     bool      // otherwise a merge
	Made      time.Time // to the second
	Incidents []string  // what was merged, or what was split, by the ids given
	Articles  []string  // of a split: the articles that were taken out
	Into      []string  // the ids of what came of it: one, or of a split what was left and the other
}
