// Package store says what Hearsay keeps of the articles it has read, and how
// it is asked for. The homes of a store, each in a folder of its own, are kept
// to one behaviour by the tests of package storetest.
//
// A store holds articles, each in one or more versions. A version is a text
// with its ledger. What the newest version says (its claims, entities, dates,
// figures and incidents) can be searched; older versions are kept whole and are
// not searched.
package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hearsay/article"
	"hearsay/corpus/copies"
	"hearsay/ledger"
)

// Store is a home of articles. All of its methods may be called from several
// goroutines at once, and several processes may have one store open.
type Store interface {
	// Add keeps an article and its ledger and returns the article's id. What
	// the store knows already stays as it is. The ledger's text must be the
	// article's, and its spans must lie in it; the other rules of the contract
	// are up to who read it. Origin names the input that the article came from. When Add
	// returns without an error all of it is kept, otherwise none of it is.
	Add(ctx context.Context, origin string, a *article.Article, l *ledger.Ledger) (id string, o Outcome, err error)

	// AddAll is Add for several articles: all of them are kept, or none. It
	// costs less than as many calls of Add. The results are in the order of
	// the items.
	AddAll(ctx context.Context, items []Item) ([]Result, error)

	// Known reports whether the newest version of the article has this very
	// text, so that it need not be read again, and the article's id.
	Known(ctx context.Context, a *article.Article) (id string, ok bool, err error)

	// Remove removes an article in all its versions with all that came from it.
	// An id that is not in the store is ErrNotFound.
	Remove(ctx context.Context, id string) error

	// Article returns the newest version of an article. An id that is not in
	// the store is ErrNotFound.
	Article(ctx context.Context, id string) (*Article, *ledger.Ledger, error)

	// Version returns one version of an article, the first being 1.
	Version(ctx context.Context, id string, version int) (*Article, *ledger.Ledger, error)

	// Articles yields the newest versions of the articles that f selects, in
	// the order that they were added, or if f.LastFirst is set the other way round.
	// Of f only Since, Until, Article, LastFirst, Before and Limit count.
	Articles(ctx context.Context, f Filter) iter.Seq2[*Article, error]

	// Claims yields the claims that f selects, those of the article added last
	// first, an article's in the order of its text. If query is not empty (see
	// package query), only claims whose content it matches.
	Claims(ctx context.Context, query string, f Filter) iter.Seq2[*Claim, error]

	// Texts yields the articles whose newest text the query matches, the one
	// added last first. Of f only Since, Until, Article, Order, Before and Limit count.
	Texts(ctx context.Context, query string, f Filter) iter.Seq2[*Hit, error]

	// Speakers yields those on whose word the claims that f selects stand, by
	// name, the one with the most claims first.
	Speakers(ctx context.Context, f Filter) iter.Seq2[*Speaker, error]

	// Copies yields the groups of copies with an article that f selects, the
	// group of the article added last first. Of f only Since, Until, Article, Before and
	// Limit count, the last as a number of groups. Groups do not depend on the
	// order in which the articles were added, and are what the newest versions make.
	Copies(ctx context.Context, f Filter) iter.Seq2[copies.Group, error]

	Incidents
	Corrections

	// Mark keeps the state of an input, so that reading it can be resumed, and
	// State returns it: "" for an input that was never marked. What a state
	// says is up to the caller. Marking with "" forgets the input.
	Mark(ctx context.Context, origin, state string) error
	State(ctx context.Context, origin string) (state string, err error)

	// Alerts is what the store knows of saved searches and webhooks.
	Alerts() Alerts

	// Jobs is the work that a server has taken on.
	Jobs() Jobs

	// Accounts is what the store knows of those who may use it through a server.
	Accounts() Accounts

	// Stats counts what the store holds.
	Stats(ctx context.Context) (Stats, error)

	// Verify checks that the store holds together and returns what is wrong as
	// an error that wraps ErrDamaged and one error for each finding.
	Verify(ctx context.Context) error

	// Backup writes a copy of the store, as it is at one moment, to a file. A
	// file that is there already is not touched unless overwrite is set. Accounts, tokens
	// and the audit log are in it, sessions are not.
	Backup(ctx context.Context, file string, overwrite bool) error

	// Restore puts what a file made by Backup holds in the place of all that
	// the store holds. A file that is damaged is refused, and changes nothing.
	// Whoever was logged in is not any more, and tokens are marked as Restored.
	Restore(ctx context.Context, file string) error

	Close() error
}

// The errors that a caller may want to tell apart.
var (
	ErrNotFound    = errors.New("not in the store")
	ErrNoStore     = errors.New("there is no store yet; hearsay add makes one")
	ErrFull        = errors.New("the disk is full, or the store has reached its limit of size")
	ErrBusy        = errors.New("another program keeps the store locked")
	ErrUnreachable = errors.New("the database cannot be reached")
	ErrDamaged     = errors.New("the store is damaged")
	ErrExists      = errors.New("the file is there already")
	ErrLater       = errors.New("a later correction concerns the same incidents")
	ErrEnded       = errors.New("it has ended already")
	ErrTaken       = errors.New("the name is taken")
	ErrQuery       = errors.New("the query cannot be understood")
)

// Item is an article to add.
type Item struct {
	Origin  string
	Article *article.Article
	Ledger  *ledger.Ledger
}

// Result is what became of an Item.
type Result struct {
	ID      string
	Outcome Outcome
}

// Outcome is what adding an article did.
type Outcome uint8

// What adding an article did.
const (
	Added   Outcome = iota // it is new
	Known                  // it was there with this text; nothing was changed
	Changed                // it was there with another text, which is kept as an older version
)

// String returns the outcome in one lower-case word.
func (o Outcome) String() string {
	return [...]string{"added", "known", "changed"}[min(o, Changed)]
}

// Article is a version of an article as it was added.
type Article struct {
	ID      string
	Version int // from 1
	Article article.Article
	Hash    [sha256.Size]byte // SHA-256 of the text
	Added   time.Time         // when this version was added
	Origin  string            // the input it came from
	Number  int64             // of the article, for Filter.Before; from Articles only
}

// Filter selects what is asked for. A zero field leaves everything in.
type Filter struct {
	Since, Until string // days, 2006-01-02, both included, that the day of publication lies between
	Article      string // an article's id
	Place        string // words of the name of a place that the claim tells of
	Country      string // ISO 3166-1 alpha-2, of a place that the claim tells of
	Speaker      string // words of the name, an alias, a role of the speaker, or of the source
	Naming       ledger.Naming
	Level        ledger.Level
	Polarity     ledger.Polarity
	Score        *Interval           // the score of the claim's certainty lies in; claims without one are left out
	Type         ledger.IncidentType // of the incident that the claim is about

	// Days, both included, that the time of the incident that the claim is
	// about lies between; claims about none, or one of no known day, are left out.
	HappenedSince, HappenedUntil string

	Order Order
	Limit int // 0 for no limit

	// Before, unless it is 0, leaves out of articles, claims and hits those of this
	// Number and above: where the last one found has it, it selects what comes
	// after, from what was added last to what was added first. Claims and hits
	// that are in the order of Relevance, and articles without LastFirst, do not
	// come in this order.
	Before    int64
	LastFirst bool // of articles only: the one added last first
}

// Interval is what lies between two numbers, both included.
type Interval struct{ Low, High float64 }

// ParseCertainty reads how people and programs ask for claims by their wording: a level,
// "denied", or a range of scores in -3..3 such as "1..3". Empty asks for nothing.
func ParseCertainty(how string) (level ledger.Level, polarity ledger.Polarity, score *Interval, err error) {
	switch l := ledger.Level(how); l {
	case "", ledger.LevelCertain, ledger.LevelProbable, ledger.LevelPossible, ledger.LevelUnknown:
		return l, "", nil, nil
	case ledger.Level(ledger.Denied):
		return "", ledger.Denied, nil, nil
	}
	low, high, _ := strings.Cut(how, "..")
	x, errLow := strconv.ParseFloat(low, 64)
	y, errHigh := strconv.ParseFloat(high, 64)
	if errLow != nil || errHigh != nil || !(-3 <= x && x <= y && y <= 3) { // so that NaN is refused
		return "", "", nil, fmt.Errorf("is certain, probable, possible, unknown, denied, or a range of scores in -3..3 such as 1..3, not %q", how)
	}
	return "", "", &Interval{Low: x, High: y}, nil
}

// Order is the order of what a query finds.
type Order uint8

// The orders of what a query finds.
const (
	Newest    Order = iota // what was added last first
	Relevance              // the best match of the newest first, as package relevance has it, and then what was added before
)

// Claim is a claim of an article's newest version, in words.
type Claim struct {
	Article   string // id
	URL       string
	Title     string
	Published string // EDTF
	ID        string // in the article's ledger: "c1"
	Content   string // pieces that stand apart are joined by " … "
	Source    string // the words that name the source
	Kind      ledger.SourceKind
	Naming    ledger.Naming // empty for a claim in the article's own voice
	Speaker   string        // the name of the entity that speaks
	Cue       string
	Manner    ledger.Manner
	Level     ledger.Level
	Polarity  ledger.Polarity
	Score     float64             // of certainty; 0 without a Level
	Incident  string              // in the article's ledger: "i1"
	Type      ledger.IncidentType // of that incident
	Places    []string            // names of the places that the claim tells of
	Number    int64               // for Filter.Before
}

// Hit is an article whose text a query matches.
type Hit struct {
	Article   string // id
	URL       string
	Title     string
	Published string // EDTF
	Snippet   string // the words around a match
	Number    int64  // for Filter.Before
}

// Speaker is one name on whose word claims stand. Articles are read one by one,
// so two people of one name are one Speaker, and one person whom two articles
// name differently is two.
type Speaker struct {
	Name     string
	Kind     ledger.SourceKind // the most frequent
	Claims   int
	Articles int
	First    string // the earliest day of publication, 2006-01-02
	Last     string // the latest
}

// First takes up to most of what a store yields, and says whether there is more.
func First[T any](most int, all iter.Seq2[T, error]) (list []T, more bool, err error) {
	for v, err := range all {
		if err != nil {
			return nil, false, err
		}
		if len(list) == most {
			return list, true, nil
		}
		list = append(list, v)
	}
	return list, false, nil
}

// Stats are counts of what a store holds. Claims and what follows are those of
// the newest versions.
type Stats struct {
	Articles   int   `json:"articles"`
	Versions   int   `json:"versions"`
	Claims     int   `json:"claims"`
	Attributed int   `json:"attributed"` // claims on somebody's word
	Entities   int   `json:"entities"`
	Dates      int   `json:"dates"`
	Figures    int   `json:"figures"`
	Incidents  int   `json:"incidents"`
	Inputs     int   `json:"inputs"` // inputs with a state
	Bytes      int64 `json:"bytes"`  // on disk
	Schema     int   `json:"schema"` // the number of the store's form
}

// ID returns the identity of an article: the id that it came with, else its
// address, normalised, else the hash of its text.
func ID(a *article.Article) string {
	if a.ID != "" {
		return a.ID
	}
	if u := NormalURL(a.URL); u != "" {
		return u
	}
	sum := sha256.Sum256([]byte(a.Text))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// NormalURL returns an address in one of the forms that mean the same (RFC 3986,
// section 6.2): scheme and host in small letters, no default port, no fragment,
// no user, and an empty path as "/". What is no absolute address stays as it is.
func NormalURL(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return address
	}
	u.Scheme = strings.ToLower(u.Scheme)
	u.Host = strings.ToLower(u.Host)
	if port := u.Port(); port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.Path = cmp.Or(u.Path, "/")
	return u.String()
}
