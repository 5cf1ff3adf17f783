// Package webhook looks for what matches saved searches among the articles that
// come to a store, whoever adds them, and posts it to an address, signed as the
// Standard Webhooks specification (version 1) has it.
//
// What is found goes through the outbox of the store (see store.Alerts), and
// leaves it when it was taken, or when a day of trying is over. A delivery is
// posted at least once; one that is posted again, since nobody knows whether it
// was taken, has the same webhook-id.
package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/article/fetch"
	"hearsay/corpus/incidents"
	"hearsay/store"
	"hearsay/store/listing"
)

// The bounds.
const (
	timeout    = 15 * time.Second // of a request
	firstRetry = 5 * time.Second
	lastRetry  = 6 * time.Hour
	growth     = 4                // of the time between two attempts
	attempts   = 11               // then it is given up: a day has passed
	keep       = 2 * time.Minute  // for that long nobody else posts what this process has in hand
	look       = 10 * time.Second // how often it looks for what other processes have added
	most       = 50               // articles that are looked at at once
	patience   = 3                // failures in a row, after which nothing is posted for a while
	firstRest  = 5 * time.Second  // which grows with every further one
	longRest   = 5 * time.Minute
)

// Store is what a Poster asks of a store.
type Store interface {
	Claims(ctx context.Context, query string, f store.Filter) iter.Seq2[*store.Claim, error]
	Alerts() store.Alerts
}

// incidentStore is what a search for incidents asks of a store.
type incidentStore interface {
	Incidents(ctx context.Context, f store.IncidentFilter) iter.Seq2[*incidents.Incident, error]
	Incident(ctx context.Context, id string) (*incidents.Incident, error)
}

// Poster posts to one webhook. Set the fields before the first use.
type Poster struct {
	Store  Store
	URL    string
	Secret []byte // what deliveries are signed with: see Secret
	Client fetch.Client
	// Tell is told what becomes of deliveries.
	Tell func(Event)

	hook     string    // its id
	failures int       // in a row
	rest     time.Time // nothing is posted before
}

// Event is what became of a delivery, or of the webhook.
type Event struct {
	Kind    Kind      `json:"event"`
	Time    time.Time `json:"time"`
	Webhook string    `json:"webhook"`
	ID      string    `json:"id,omitempty"`     // of the delivery
	Search  string    `json:"search,omitempty"` // that it matches
	Message string    `json:"message,omitempty"`
	Next    time.Time `json:"next,omitzero"` // when it is posted again
}

// Kind says what happened.
type Kind string

// What can happen.
const (
	Posted Kind = "posted"   // a delivery was taken
	Failed Kind = "unposted" // a delivery was not taken, and is posted again
	Lost   Kind = "lost"     // a delivery was not taken in a day, and is given up
	Closed Kind = "closed"   // the webhook wants no more deliveries (410)
)

// ErrClosed is returned for a webhook that wants no more deliveries.
var ErrClosed = errors.New("the webhook wants no more deliveries")

// ErrSecret is returned for a secret that is none.
var ErrSecret = errors.New("the webhook's secret has to be 24 to 64 random bytes in base64, with or without whsec_ before it, such as openssl rand -base64 32 makes")

// Secret reads a secret as the specification writes it: whsec_ and base64.
func Secret(s string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(strings.TrimSpace(s), "whsec_"))
	if err != nil || len(key) < 24 || len(key) > 64 {
		return nil, ErrSecret
	}
	return key, nil
}

// Sign returns the signature of a delivery: the value of webhook-signature.
func Sign(secret []byte, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%s.%d.", id, at.Unix())
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Open makes the webhook known to the store, so that what is added from now on
// is looked at. One that was closed is ErrClosed, unless again is set.
func (p *Poster) Open(ctx context.Context, again bool) error {
	h, err := p.Store.Alerts().OpenHook(ctx, p.URL, again)
	if err != nil {
		return err
	}
	p.hook = h.ID
	if h.Closed != "" {
		return fmt.Errorf("%w: %s", ErrClosed, h.Closed)
	}
	p.Client.Timeout, p.Client.Gate = timeout, nil
	return nil
}

// Run posts until ctx ends, and returns nil then. Woken, it looks at once for
// what has been added. It returns ErrClosed when the webhook does not want more;
// another error is the store's.
func (p *Poster) Run(ctx context.Context, wake <-chan struct{}) error {
	for {
		if err := p.Once(ctx); err != nil || ctx.Err() != nil {
			return stopped(ctx, err)
		}
		next, err := p.Store.Alerts().NextDue(ctx, p.hook)
		if err != nil {
			return stopped(ctx, err)
		}
		wait := look
		if !next.IsZero() {
			wait = min(wait, max(time.Until(next), time.Until(p.rest), 0))
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// stopped is no error where ctx has ended: what was in hand stays in the outbox.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Once looks for what has been added, and posts what is due, unless several
// deliveries in a row were not taken: whoever does not take those takes the next
// no better for a while.
func (p *Poster) Once(ctx context.Context) error {
	if err := p.collect(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil && !time.Now().Before(p.rest) {
		due, err := p.Store.Alerts().Due(ctx, p.hook, keep, 1)
		if err != nil || len(due) == 0 {
			return err
		}
		if err := p.post(ctx, &due[0]); err != nil {
			return err
		}
	}
	return nil
}

// collect looks at the articles that have come.
func (p *Poster) collect(ctx context.Context) error {
	for ctx.Err() == nil {
		news, err := p.Store.Alerts().News(ctx, p.hook, most)
		if err != nil || len(news) == 0 {
			return err
		}
		searches, err := p.Store.Alerts().Searches(ctx)
		if err != nil {
			return err
		}
		var found []store.Delivery
		for _, n := range news {
			if n.Article == "" {
				continue
			}
			for i := range searches {
				more, err := p.match(ctx, &searches[i], n.Article)
				if err != nil {
					return fmt.Errorf("searching for %q: %w", searches[i].Name, err)
				}
				found = append(found, more...)
			}
		}
		if err := p.Store.Alerts().Queue(ctx, p.hook, news, found); err != nil {
			return err
		}
	}
	return nil
}

// message is the body of a delivery.
type message struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      data      `json:"data"`
}

// data is what matches a search. A claim bears who says so; where nobody else
// does, its voice is the article's own. An incident bears the speaker of each
// figure, claim of responsibility and accusation.
type data struct {
	Search   string              `json:"search"`
	Voice    string              `json:"voice,omitempty"` // of a claim: article or attributed
	Claim    any                 `json:"claim,omitempty"`
	Incident *incidents.Incident `json:"incident,omitempty"`
}

// match returns what an article has that matches a search.
func (p *Poster) match(ctx context.Context, s *store.Search, article string) ([]store.Delivery, error) {
	f := s.Filter
	f.Article, f.Order, f.Limit = article, store.Newest, 0
	if s.Kind == store.OfIncidents {
		return p.incidents(ctx, s, article, f)
	}
	var found []store.Delivery
	for c, err := range p.Store.Claims(ctx, s.Query, f.Filter) {
		if err != nil {
			return nil, err
		}
		voice := "attributed"
		if c.Naming == "" && c.Cue == "" {
			voice = "article"
		}
		// What a new version of the article says as the old one did is no news.
		subject := "claim " + digest(article, c.Content, c.Source, c.Speaker, c.Cue, string(c.Polarity))
		d, err := delivery(s, subject, article, "claim.found", data{Voice: voice, Claim: listing.Claim(c)})
		if err != nil {
			return nil, err
		}
		found = append(found, d)
	}
	return found, nil
}

// incidents returns the incidents that an article reports and that match a
// search, but those that were told of by another id, before articles came that
// changed it.
func (p *Poster) incidents(ctx context.Context, s *store.Search, article string, f store.IncidentFilter) ([]store.Delivery, error) {
	in, ok := p.Store.(incidentStore)
	if !ok {
		return nil, errors.New("this store knows no incidents")
	}
	var found []store.Delivery
	for n, err := range in.Incidents(ctx, f) {
		if err != nil {
			return nil, err
		}
		if !s.Wants(n) {
			continue
		}
		told, err := p.told(ctx, in, s, n)
		if err != nil {
			return nil, err
		}
		if told {
			continue
		}
		d, err := delivery(s, "incident "+n.ID, article, "incident.found", data{Incident: n})
		if err != nil {
			return nil, err
		}
		found = append(found, d)
	}
	return found, nil
}

// told reports whether the webhook was told of an incident.
func (p *Poster) told(ctx context.Context, in incidentStore, s *store.Search, n *incidents.Incident) (bool, error) {
	subjects, err := p.Store.Alerts().Told(ctx, p.hook, s.Name, slices.Concat(n.Articles, n.Mentioned))
	if err != nil {
		return false, err
	}
	for _, subject := range subjects {
		id, ok := strings.CutPrefix(subject, "incident ")
		if !ok {
			continue
		}
		now, err := in.Incident(ctx, id)
		if err == nil && now.ID == n.ID {
			return true, nil
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
	}
	return false, nil
}

func delivery(s *store.Search, subject, article, kind string, d data) (store.Delivery, error) {
	d.Search = s.Name
	body, err := json.Marshal(message{kind, time.Now().UTC().Truncate(time.Second), d})
	return store.Delivery{Search: s.Name, Subject: subject, Article: article, Body: string(body)}, err
}

// digest returns a short name of texts that no others have.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}

// post posts a delivery. Its error is the store's, or ErrClosed.
func (p *Poster) post(ctx context.Context, d *store.Delivery) error {
	now := time.Now()
	failure := p.Client.Post(ctx, p.URL, http.Header{
		"Content-Type":      {"application/json"},
		"Webhook-Id":        {d.ID},
		"Webhook-Timestamp": {strconv.FormatInt(now.Unix(), 10)},
		"Webhook-Signature": {Sign(p.Secret, d.ID, now, []byte(d.Body))},
	}, []byte(d.Body))
	if failure != nil && ctx.Err() != nil {
		return nil // nobody knows whether it was taken: it is posted again when it is no longer kept
	}
	whole := context.WithoutCancel(ctx)
	told := Event{ID: d.ID, Search: d.Search}
	d.Attempts++
	var status *fetch.StatusError
	switch {
	case failure == nil:
		p.failures = 0
		d.Outcome, told.Kind = store.Posted, Posted
	case errors.As(failure, &status) && status.Code == http.StatusGone:
		if err := p.Store.Alerts().CloseHook(whole, p.hook, "it answered 410 Gone on "+now.UTC().Format(time.DateOnly)); err != nil {
			return err
		}
		p.tell(Event{Kind: Closed, Message: "it answered 410 Gone, and is not posted to any more"})
		return ErrClosed
	default:
		if p.failures++; p.failures >= patience {
			p.rest = now.Add(min(longRest, firstRest<<min(p.failures-patience, 10)))
		}
		d.Next = now.Add(pause(d.Attempts, status))
		told.Kind, told.Message, told.Next = Failed, failure.Error(), d.Next
		if d.Attempts == attempts {
			d.Outcome, told.Kind, told.Next = store.Lost, Lost, time.Time{}
		}
	}
	if err := p.Store.Alerts().Settle(whole, d); err != nil {
		return err
	}
	p.tell(told)
	return nil
}

// pause returns how long to wait after so many attempts: 5 s, 20 s, 80 s and so
// on up to 6 h, and a little more, so that not all come at once.
func pause(after int, status *fetch.StatusError) time.Duration {
	d := time.Duration(firstRetry)
	for range after - 1 {
		if d *= growth; d > lastRetry {
			d = lastRetry
			break
		}
	}
	if status != nil {
		d = max(d, min(status.RetryAfter, lastRetry))
	}
	return d + rand.N(d/5)
}

// Label names a webhook for a log: its path or query may be all that keeps
// others from posting to it.
func Label(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the webhook"
	}
	label := u.Scheme + "://" + u.Host
	if u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		label += "/…"
	}
	return label
}

func (p *Poster) tell(e Event) {
	e.Webhook = Label(p.URL)
	e.Time = time.Now().UTC().Truncate(time.Second)
	e.Next = e.Next.UTC().Truncate(time.Second)
	p.Tell(e)
}
