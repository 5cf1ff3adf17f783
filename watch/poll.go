package watch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"hearsay/article"
	"hearsay/article/feed"
	"hearsay/article/fetch"
	"hearsay/article/fetch/polite"
	"hearsay/article/inputs"
	"hearsay/store"
)

// state is what is remembered of a feed.
type state struct {
	Next     time.Time `json:"next,omitzero"`
	ETag     string    `json:"etag,omitempty"` // with Modified and Body: of the last answer of which every item is settled
	Modified string    `json:"modified,omitempty"`
	Body     string    `json:"body,omitempty"` // its digest
	Moved    string    `json:"moved,omitempty"`
	Failures int       `json:"failures,omitempty"` // in a row
	Gone     bool      `json:"gone,omitempty"`

	Rhythm *feed.Rhythm   `json:"rhythm,omitempty"`
	List   []feed.Outline `json:"list,omitempty"`
	IsList bool           `json:"is_list,omitempty"`
}

// The names under which the memory has what is remembered of feeds and of the
// items that could not be got. What was got is known by its origin alone.
const (
	feedMark = "watch feed "
	itemMark = "watch item "
)

// address is where the feed is now.
func (e *entry) address() string {
	if e.Moved != "" {
		return e.Moved
	}
	return e.name
}

// load gets what is remembered of a feed.
func (w *Watcher) load(ctx context.Context, e *entry) error {
	kept, err := w.Memory.State(ctx, feedMark+e.name)
	if err != nil {
		return err
	}
	if kept == "" || json.Unmarshal([]byte(kept), &e.state) != nil {
		e.state = state{} // of another form: the feed is read anew
	}
	e.loaded = true
	if time.Until(e.Next) > stateAhead {
		e.Next = time.Time{} // some clock was wrong
	}
	if w.Now {
		e.Next, e.Gone = time.Time{}, false
	}
	return nil
}

func (w *Watcher) save(ctx context.Context, e *entry) error {
	b, err := json.Marshal(&e.state)
	if err != nil {
		return err
	}
	return w.Memory.Mark(context.WithoutCancel(ctx), feedMark+e.name, string(b))
}

// poll reads a feed, if it is due.
func (w *Watcher) poll(ctx context.Context, e *entry) (r result) {
	if !e.loaded {
		if err := w.load(ctx, e); err != nil {
			return result{err: err}
		}
		r.list, r.isList = e.List, e.IsList
		if e.Gone {
			return r
		}
		slack := time.Duration(0)
		if w.Once { // what starts this program comes at its own times, and may be a little early
			slack = w.every() / 5
		}
		if time.Until(e.Next) > slack {
			r.next, r.skipped = e.Next, true
			return r
		}
	}
	err := w.read(ctx, e)
	r.list, r.isList = e.List, e.IsList
	switch {
	case ctx.Err() != nil:
		return r
	case err != nil:
		r.err = err
		return r
	case e.Gone:
		return r
	}
	r.next = e.Next
	return r
}

// read polls a feed. Its error is the memory's.
func (w *Watcher) read(ctx context.Context, e *entry) error {
	address := e.address()
	res, err := w.get(ctx, address, fetch.Validators{ETag: e.ETag, LastModified: e.Modified})
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return w.failed(ctx, e, err)
	}
	body := ""
	if !res.Unchanged {
		sum := sha256.Sum256(res.Body)
		body = hex.EncodeToString(sum[:16])
	}
	if res.Unchanged || body == e.Body {
		e.Failures = 0
		w.moved(e, res)
		if !res.Unchanged { // its server names it anew each time
			e.ETag, e.Modified = res.Validators.ETag, res.Validators.LastModified
		}
		w.due(e, res.Fresh)
		if err := w.save(ctx, e); err != nil {
			return err
		}
		w.tell(Event{Kind: Polled, Feed: e.name, Next: e.Next, Counts: &Counts{}})
		return nil
	}
	if feed.Sniff(res.Body) == feed.IsOPML {
		return w.relist(ctx, e, res, body)
	}
	f, err := feed.Parse(res.Body, res.ContentType, res.URL)
	if err != nil {
		return w.failed(ctx, e, err)
	}
	return w.items(ctx, e, res, body, f)
}

// get gets a feed or a list of feeds, which may be a file.
func (w *Watcher) get(ctx context.Context, address string, have fetch.Validators) (*fetch.Response, error) {
	if !strings.Contains(address, "://") {
		body, err := os.ReadFile(address)
		if err != nil {
			return nil, err
		}
		if feed.Sniff(body) != feed.IsOPML {
			return nil, article.NewError(address, article.CodeBroken, "it is no list of feeds in OPML; give the address of a feed, or a list", nil)
		}
		return &fetch.Response{Body: body}, nil
	}
	client := w.Getter.Client()
	client.MaxBytes = feed.MaxBytes
	client.Accept = "application/atom+xml,application/rss+xml,application/feed+json;q=0.9,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
	return client.GetChanged(ctx, address, have)
}

// due sets when a feed that was read is polled again: not before Every, nor
// before the feed and its server, within bounds, want it.
func (w *Watcher) due(e *entry, fresh time.Duration) {
	interval := w.every()
	if e.IsList {
		interval = max(interval, listEvery)
	}
	asked := fresh
	if e.Rhythm != nil {
		asked = max(asked, e.Rhythm.Every)
	}
	interval = max(interval, min(asked, maxAsked))
	e.Next = time.Now().Add(interval)
	if e.Rhythm != nil {
		e.Next = e.Rhythm.Next(e.Next)
	}
	e.Next = e.Next.Add(late(interval))
}

// failed sets when a feed that could not be read is tried again, and says why
// it could not.
func (w *Watcher) failed(ctx context.Context, e *entry, err error) error {
	var status *fetch.StatusError
	told := Event{Kind: Failed, Feed: e.name}
	if errors.As(err, &status) && status.Code == http.StatusGone {
		e.Gone = true
		told.Kind = Gone
	} else {
		e.Failures++
		back := maxBackOff
		if e.Failures < 16 { // more would be too many minutes to reckon with
			back = min(maxBackOff, w.every()<<e.Failures)
		}
		back = max(back, w.every())
		if status != nil {
			back = max(back, min(status.RetryAfter, maxBackOff))
		}
		e.Next = time.Now().Add(back + late(back))
		if e.Moved != "" && e.Failures >= forgetMoved {
			e.Moved = ""
		}
		told.Next = e.Next
	}
	why := inputs.Fail(e.name, err)
	told.Code, told.Message = why.Code, why.Error()
	if err := w.save(ctx, e); err != nil {
		return err
	}
	w.tell(told)
	return nil
}

// moved remembers where permanent redirects have led, once a feed was found there.
func (w *Watcher) moved(e *entry, res *fetch.Response) {
	if res.Moved != "" && res.Moved != e.Moved && res.Moved != e.name {
		e.Moved = res.Moved
		w.tell(Event{Kind: Moved, Feed: e.name, To: e.Moved})
	}
}

// relist reads a list of feeds.
func (w *Watcher) relist(ctx context.Context, e *entry, res *fetch.Response, body string) error {
	outlines, err := feed.ParseOPML(res.Body, res.ContentType, res.URL)
	if err != nil {
		return w.failed(ctx, e, err)
	}
	w.moved(e, res)
	e.List, e.IsList, e.Rhythm, e.Failures = outlines, true, nil, 0
	e.ETag, e.Modified, e.Body = res.Validators.ETag, res.Validators.LastModified, body
	w.due(e, res.Fresh)
	if err := w.save(ctx, e); err != nil {
		return err
	}
	w.tell(Event{Kind: List, Feed: e.name, Feeds: len(outlines), Next: e.Next})
	return nil
}

// items takes in the items of a feed. What the feed is known by is only
// remembered when each of them is settled: until then it has to come again.
func (w *Watcher) items(ctx context.Context, e *entry, res *fetch.Response, body string, f *feed.Feed) error {
	w.moved(e, res)
	e.List, e.IsList, e.Rhythm, e.Failures = nil, false, nil, 0
	if f.Rhythm != (feed.Rhythm{}) {
		e.Rhythm = &f.Rhythm
	}
	e.ETag, e.Modified, e.Body = "", "", ""
	w.due(e, res.Fresh)
	if err := w.save(ctx, e); err != nil { // were the program killed now, the feed would not be asked again at once
		return err
	}
	var n Counts
	walker := inputs.Walker{Getter: w.Getter}
	for it := range walker.Feed(ctx, e.name, f) {
		if n.Added+n.Changed+n.Refused >= maxNew {
			n.Left++
			continue
		}
		if err := w.item(ctx, e, it, &n); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	if n.Left == 0 {
		e.ETag, e.Modified, e.Body = res.Validators.ETag, res.Validators.LastModified, body
	}
	w.due(e, res.Fresh) // from now on: getting the pages may have taken long
	if err := w.save(ctx, e); err != nil {
		return err
	}
	w.tell(Event{Kind: Polled, Feed: e.name, Counts: &n, Next: e.Next})
	return nil
}

// item takes in an item. Its error is the memory's.
func (w *Watcher) item(ctx context.Context, e *entry, it inputs.Item, n *Counts) error {
	mark := itemMark + it.Origin
	kept, err := w.Memory.State(ctx, mark)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	tried := 0
	if tries, ok := strings.CutPrefix(kept, it.State+" "); ok {
		if tried, err = strconv.Atoi(tries); err != nil || tried >= maxTries {
			n.Known++
			return nil
		}
	}
	id, outcome, err := w.Add(ctx, it)
	var refused *article.Error
	switch {
	case err == nil:
		switch outcome {
		case store.Added:
			n.Added++
		case store.Changed:
			n.Changed++
		default:
			n.Known++
			return nil
		}
		w.tell(Event{Kind: Article, Feed: e.name, Item: it.Name, ID: id, Outcome: outcome.String()})
		return nil
	case !errors.As(err, &refused):
		return err
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, polite.ErrResting):
		n.Left++ // it was not even asked for
		return nil
	}
	n.Refused++
	if tried++; !passes(refused) {
		tried = maxTries
	}
	if tried < maxTries {
		n.Left++
	}
	w.tell(Event{Kind: Refused, Feed: e.name, Item: it.Name, Code: refused.Code, Message: refused.Error()})
	return w.Memory.Mark(context.WithoutCancel(ctx), mark, fmt.Sprint(it.State, " ", tried))
}

// passes reports whether what keeps an item from being read may be over soon.
func passes(err *article.Error) bool {
	return err.Code == article.CodeTimeout || err.Code == article.CodeFetch
}
