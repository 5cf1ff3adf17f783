package store

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"hearsay/corpus/incidents"
)

// Alerts is what a store knows of saved searches, of the webhooks that hear of
// what matches them, and of what is still to be posted there.
//
// A webhook has its own list of news: the newest versions of articles that came
// since it was opened, by whatever process. Who serves it takes news from the
// list, looks for what matches, and puts that in the outbox, which takes the news
// off the list in the same transaction. A delivery stays in the outbox until its
// outcome is known. So nothing is lost when a process is killed at any moment,
// and what may then be posted twice bears the same id.
type Alerts interface {
	// SaveSearch keeps a search, in the place of one of the same name.
	SaveSearch(ctx context.Context, s Search) error
	// Searches returns the saved searches by name.
	Searches(ctx context.Context) ([]Search, error)
	// DeleteSearch removes a search and what is still to be posted of it. A name
	// that is not in the store is ErrNotFound.
	DeleteSearch(ctx context.Context, name string) error

	// OpenHook makes a webhook known, if it is not. One that was closed stays
	// closed, unless again is set: then news are collected for it from now on.
	OpenHook(ctx context.Context, url string, again bool) (Hook, error)
	// Hooks returns the webhooks by their addresses.
	Hooks(ctx context.Context) ([]Hook, error)
	// CloseHook has no more news collected for a webhook, and forgets what is
	// still to be posted there.
	CloseHook(ctx context.Context, id, why string) error
	// DeleteHook removes a webhook with all that is known of it. An id that is
	// not in the store is ErrNotFound.
	DeleteHook(ctx context.Context, id string) error

	// News returns news of a webhook that nobody has taken off its list, the
	// oldest first, no more than most.
	News(ctx context.Context, hook string, most int) ([]News, error)
	// Queue takes news off a webhook's list and puts what was found in them in
	// the outbox. What is in it already, or was, is left out.
	Queue(ctx context.Context, hook string, seen []News, found []Delivery) error
	// Told returns the Subjects that a webhook was or will be told of, by a
	// search, for one of these articles.
	Told(ctx context.Context, hook, search string, articles []string) ([]string, error)
	// Due returns deliveries of a webhook that are to be posted now, the one that
	// is due longest first, no more than most, and keeps them for the caller: for
	// that long nobody else is given them.
	Due(ctx context.Context, hook string, keep time.Duration, most int) ([]Delivery, error)
	// NextDue returns when the next delivery is to be posted, zero for never.
	NextDue(ctx context.Context, hook string) (time.Time, error)
	// Settle keeps the Attempts and Next of a delivery, or its Outcome, with
	// which it leaves the outbox. Its id is not forgotten.
	Settle(ctx context.Context, d *Delivery) error
}

// Search is a saved search.
type Search struct {
	Name   string
	Kind   SearchKind
	Query  string         // of claims: see package query
	Filter IncidentFilter // of claims its Filter alone; Article, Order and Limit do not count

	// Of incidents: the least best figures, and words of the names of those who
	// claim it and on whom it is blamed.
	Killed, Wounded     int
	ClaimedBy, BlamedOn string

	Saved time.Time // set when it is read
}

// Wants reports whether an incident is what the search looks for beyond its Filter.
func (s *Search) Wants(n *incidents.Incident) bool {
	for _, w := range []struct {
		least int
		toll  *incidents.Toll
	}{{s.Killed, n.Killed}, {s.Wounded, n.Wounded}} {
		if w.least > 0 && (w.toll == nil || w.toll.Best < w.least) {
			return false
		}
	}
	var claimed, blamed []string
	for _, c := range n.ClaimedBy {
		claimed = append(claimed, c.Name)
	}
	for _, a := range n.BlamedOn {
		blamed = append(blamed, a.Name)
	}
	return named(s.ClaimedBy, claimed) && named(s.BlamedOn, blamed)
}

// Matching yields the incidents that a search finds. Where the store's filter
// leaves in what the search does not want, its limit does not count.
func Matching(ctx context.Context, from Incidents, s *Search) iter.Seq2[*incidents.Incident, error] {
	f := s.Filter
	if s.Killed > 0 || s.Wounded > 0 || s.ClaimedBy != "" || s.BlamedOn != "" {
		f.Limit = 0
	}
	return func(yield func(*incidents.Incident, error) bool) {
		for n, err := range from.Incidents(ctx, f) {
			if err == nil && !s.Wants(n) {
				continue
			}
			if !yield(n, err) {
				return
			}
		}
	}
}

// Try has a store look for what a search wants in an article that there is not, to
// see whether the store understands it.
func Try(ctx context.Context, in Store, s Search) error {
	s.Filter.Article = "no article"
	if s.Kind == OfIncidents {
		for _, err := range Matching(ctx, in, &s) {
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, err := range in.Claims(ctx, s.Query, s.Filter.Filter) {
		if err != nil {
			return err
		}
	}
	return nil
}

// named reports whether one of the names has all the words wanted.
func named(wanted string, names []string) bool {
	words := strings.Fields(strings.ToLower(wanted))
	if len(words) == 0 {
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool {
		have := strings.Fields(strings.ToLower(name))
		return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(have, w) })
	})
}

// SearchKind is what a search looks for.
type SearchKind string

// What a search looks for.
const (
	OfClaims    SearchKind = "claims"
	OfIncidents SearchKind = "incidents"
)

// Hook is a webhook.
type Hook struct {
	ID      string
	URL     string
	Opened  time.Time
	Closed  string // why it is closed; empty for one that is open
	News    int    // articles that are not yet looked at
	Pending int    // deliveries that are still to be posted
	Posted  int    // deliveries that were taken
	Lost    int    // deliveries that were given up
}

// News is an article that came.
type News struct {
	Number  int64
	Article string // its id; empty when it has since been removed or has come again
}

// Delivery is something to post.
type Delivery struct {
	ID       string // by which who gets it knows it again
	Search   string // the name of the search that it matches
	Subject  string // what it tells of, by a name that is the same each time
	Article  string // the id of the article that it came of; not set when it is read
	Body     string // JSON
	Made     time.Time
	Attempts int
	Next     time.Time
	Outcome  DeliveryOutcome
}

// DeliveryOutcome is what became of a delivery.
type DeliveryOutcome string

// What became of a delivery.
const (
	Pending DeliveryOutcome = ""       // it is still to be posted
	Posted  DeliveryOutcome = "posted" // it was taken
	Lost    DeliveryOutcome = "lost"   // nobody took it, and it is not tried any more
)
