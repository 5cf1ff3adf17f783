// Package alerts keeps saved searches, webhooks and what is to be posted to
// them in the tables of a store. Like package gathering it is written in SQL
// that every home's database understands, over that package's Tx.
//
// A home has these tables beside its articles (num, id, version) and versions
// (num, article, version). Times are microseconds since 1970 UTC.
//
//	alert_searches (name PRIMARY KEY, search NOT NULL, saved NOT NULL)
//	alert_hooks    (id PRIMARY KEY, url NOT NULL, opened NOT NULL, closed)
//	alert_news     (hook, num 64 bits wide, PRIMARY KEY (hook, num))
//	alert_outbox   (id PRIMARY KEY, hook, search, subject, article, body, made, attempts, next, all NOT NULL, outcome),
//	               an index on (hook, next) where outcome is NULL, and one on (hook, article)
//
// In the transaction that adds the newest version of an article a home calls
// Note, and in the one that removes an article Forget.
package alerts

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hearsay/store"
	"hearsay/store/gathering"
)

// Transaction carries out f in a transaction.
type Transaction func(ctx context.Context, f func(gathering.Tx) error) error

// Box is a store.Alerts in the tables of a store.
type Box struct{ write, read Transaction }

var _ store.Alerts = (*Box)(nil)

// New returns what is kept in the tables of a store. No two transactions of
// write may run at once, whichever process they are of.
func New(write, read Transaction) *Box { return &Box{write, read} }

// Note puts a version, which is the newest of its article, on the list of each webhook.
func Note(ctx context.Context, tx gathering.Tx, num int64) error {
	return tx.Exec(ctx, `INSERT INTO alert_news (hook, num) SELECT id, CAST(? AS BIGINT) FROM alert_hooks WHERE closed IS NULL`, num)
}

// Forget takes what is still to be posted of an article out of the outbox.
func Forget(ctx context.Context, tx gathering.Tx, article string) error {
	quoted, err := json.Marshal(article)
	if err != nil {
		return err
	}
	like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(string(quoted)) // as it stands in what tells of several articles
	return tx.Exec(ctx, `DELETE FROM alert_outbox WHERE outcome IS NULL AND (article = ? OR body LIKE ? ESCAPE '\')`, hash(article), "%"+like+"%")
}

// hash is a short name for what may be long.
func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

const maxName = 100 // characters

// SaveSearch keeps a search: see store.Alerts.
func (b *Box) SaveSearch(ctx context.Context, s store.Search) error {
	if s.Name == "" || utf8.RuneCountInString(s.Name) > maxName || !utf8.ValidString(s.Name) || strings.IndexFunc(s.Name, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
		return fmt.Errorf("%w: the name of a search has 1 to %d characters, all of which can be printed", store.ErrQuery, maxName)
	}
	packed, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return doing("saving the search "+s.Name, b.write(ctx, func(tx gathering.Tx) error {
		return tx.Exec(ctx, `INSERT INTO alert_searches (name, search, saved) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET search = excluded.search, saved = excluded.saved`,
			s.Name, string(packed), time.Now().UnixMicro())
	}))
}

func doing(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// Searches returns the saved searches: see store.Alerts.
func (b *Box) Searches(ctx context.Context) (all []store.Search, err error) {
	err = b.read(ctx, func(tx gathering.Tx) error {
		all = nil
		return tx.Query(ctx, `SELECT name, search, saved FROM alert_searches ORDER BY name`, nil, func(scan func(...any) error) error {
			var name, packed string
			var saved int64
			if err := scan(&name, &packed, &saved); err != nil {
				return err
			}
			var s store.Search
			d := json.NewDecoder(bytes.NewReader([]byte(packed)))
			d.DisallowUnknownFields() // what is not understood would be left out, and too much be found
			if err := d.Decode(&s); err != nil {
				return fmt.Errorf("%s is of another form, a later hearsay may have saved it: %w", name, err)
			}
			s.Name, s.Saved = name, time.UnixMicro(saved).UTC()
			all = append(all, s)
			return nil
		})
	})
	return all, doing("reading the saved searches", err)
}

// DeleteSearch removes a search: see store.Alerts.
func (b *Box) DeleteSearch(ctx context.Context, name string) error {
	return doing("deleting the search "+name, b.write(ctx, func(tx gathering.Tx) error {
		if err := exists(ctx, tx, `SELECT count(*) FROM alert_searches WHERE name = ?`, name); err != nil {
			return err
		}
		if err := tx.Exec(ctx, `DELETE FROM alert_outbox WHERE outcome IS NULL AND search = ?`, name); err != nil {
			return err
		}
		return tx.Exec(ctx, `DELETE FROM alert_searches WHERE name = ?`, name)
	}))
}

// exists makes of a count of 0 ErrNotFound.
func exists(ctx context.Context, tx gathering.Tx, count string, args ...any) error {
	n, err := number(ctx, tx, count, args...)
	if err == nil && n == 0 {
		return store.ErrNotFound
	}
	return err
}

// number returns the one number that a query yields.
func number(ctx context.Context, tx gathering.Tx, text string, args ...any) (n int64, err error) {
	err = tx.Query(ctx, text, args, func(scan func(...any) error) error { return scan(&n) })
	return n, err
}

// OpenHook makes a webhook known: see store.Alerts.
func (b *Box) OpenHook(ctx context.Context, url string, again bool) (h store.Hook, err error) {
	id := hash(url)
	err = b.write(ctx, func(tx gathering.Tx) error {
		if err := tx.Exec(ctx, `INSERT INTO alert_hooks (id, url, opened) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING`, id, url, time.Now().UnixMicro()); err != nil {
			return err
		}
		if again {
			if err := tx.Exec(ctx, `UPDATE alert_hooks SET closed = NULL WHERE id = ?`, id); err != nil {
				return err
			}
		}
		all, err := hooks(ctx, tx)
		for _, one := range all {
			if one.ID == id {
				h = one
			}
		}
		return err
	})
	return h, doing("opening the webhook", err)
}

// Hooks returns the webhooks: see store.Alerts.
func (b *Box) Hooks(ctx context.Context) (all []store.Hook, err error) {
	err = b.read(ctx, func(tx gathering.Tx) error {
		all, err = hooks(ctx, tx)
		return err
	})
	return all, doing("reading the webhooks", err)
}

func hooks(ctx context.Context, tx gathering.Tx) (all []store.Hook, err error) {
	err = tx.Query(ctx, `SELECT h.id, h.url, h.opened, h.closed, (SELECT count(*) FROM alert_news n WHERE n.hook = h.id),
			(SELECT count(*) FROM alert_outbox o WHERE o.hook = h.id AND o.outcome IS NULL), (SELECT count(*) FROM alert_outbox o WHERE o.hook = h.id AND o.outcome = ?),
			(SELECT count(*) FROM alert_outbox o WHERE o.hook = h.id AND o.outcome = ?)
		FROM alert_hooks h ORDER BY h.url`, []any{string(store.Posted), string(store.Lost)}, func(scan func(...any) error) error {
		var h store.Hook
		var opened int64
		var closed *string
		if err := scan(&h.ID, &h.URL, &opened, &closed, &h.News, &h.Pending, &h.Posted, &h.Lost); err != nil {
			return err
		}
		h.Opened = time.UnixMicro(opened).UTC()
		if closed != nil {
			h.Closed = *closed
		}
		all = append(all, h)
		return nil
	})
	return all, err
}

// CloseHook closes a webhook: see store.Alerts.
func (b *Box) CloseHook(ctx context.Context, id, why string) error {
	return doing("closing the webhook", b.write(ctx, func(tx gathering.Tx) error {
		for _, text := range [...]string{`DELETE FROM alert_news WHERE hook = ?`, `DELETE FROM alert_outbox WHERE outcome IS NULL AND hook = ?`} {
			if err := tx.Exec(ctx, text, id); err != nil {
				return err
			}
		}
		return tx.Exec(ctx, `UPDATE alert_hooks SET closed = ? WHERE id = ?`, cmp.Or(why, "closed"), id)
	}))
}

// DeleteHook removes a webhook: see store.Alerts.
func (b *Box) DeleteHook(ctx context.Context, id string) error {
	return doing("deleting the webhook", b.write(ctx, func(tx gathering.Tx) error {
		if err := exists(ctx, tx, `SELECT count(*) FROM alert_hooks WHERE id = ?`, id); err != nil {
			return err
		}
		for _, text := range [...]string{`DELETE FROM alert_news WHERE hook = ?`, `DELETE FROM alert_outbox WHERE hook = ?`, `DELETE FROM alert_hooks WHERE id = ?`} {
			if err := tx.Exec(ctx, text, id); err != nil {
				return err
			}
		}
		return nil
	}))
}

// News returns news: see store.Alerts.
func (b *Box) News(ctx context.Context, hook string, most int) (all []store.News, err error) {
	err = b.read(ctx, func(tx gathering.Tx) error {
		all = nil
		return tx.Query(ctx, `SELECT n.num, a.id FROM alert_news n LEFT JOIN versions v ON v.num = n.num LEFT JOIN articles a ON a.num = v.article AND a.version = v.version
			WHERE n.hook = ? ORDER BY n.num LIMIT ?`, []any{hook, int64(most)}, func(scan func(...any) error) error {
			var n store.News
			var id *string
			if err := scan(&n.Number, &id); err != nil {
				return err
			}
			if id != nil {
				n.Article = *id
			}
			all = append(all, n)
			return nil
		})
	})
	return all, doing("reading what is new", err)
}

// Queue puts what was found in the outbox: see store.Alerts.
func (b *Box) Queue(ctx context.Context, hook string, seen []store.News, found []store.Delivery) error {
	return doing("keeping what is to be posted", b.write(ctx, func(tx gathering.Tx) error {
		open, err := number(ctx, tx, `SELECT count(*) FROM alert_hooks WHERE id = ? AND closed IS NULL`, hook)
		if err != nil {
			return err
		}
		for _, n := range seen {
			if err := tx.Exec(ctx, `DELETE FROM alert_news WHERE hook = ? AND num = ?`, hook, n.Number); err != nil {
				return err
			}
		}
		if open == 0 { // it was closed in the meantime
			return nil
		}
		for i, d := range found {
			now := time.Now().UnixMicro() - int64(len(found)-i) // so that they are due, and are posted in their order
			if err := tx.Exec(ctx, `INSERT INTO alert_outbox (id, hook, search, subject, article, body, made, attempts, next) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (id) DO NOTHING`,
				"msg_"+hash(hook, d.Search, d.Subject), hook, d.Search, d.Subject, hash(d.Article), d.Body, now, now); err != nil {
				return err
			}
		}
		return nil
	}))
}

// askedAtOnce is how many articles are asked about with one question, which is
// then always the same one and worth preparing.
const askedAtOnce = 50

var askTold = `SELECT subject FROM alert_outbox WHERE search = ? AND hook = ? AND article IN (?` + strings.Repeat(", ?", askedAtOnce-1) + `) ORDER BY subject`

// Told returns what a webhook knows: see store.Alerts.
func (b *Box) Told(ctx context.Context, hook, search string, articles []string) (all []string, err error) {
	err = b.read(ctx, func(tx gathering.Tx) error {
		all = nil
		for some := range slices.Chunk(articles, askedAtOnce) {
			args := []any{search, hook}
			for i := range askedAtOnce {
				args = append(args, hash(some[min(i, len(some)-1)]))
			}
			if err := tx.Query(ctx, askTold, args, func(scan func(...any) error) error {
				var subject string
				err := scan(&subject)
				all = append(all, subject)
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
	return all, doing("reading what was posted", err)
}

// Due returns what is to be posted now: see store.Alerts.
func (b *Box) Due(ctx context.Context, hook string, keep time.Duration, most int) (all []store.Delivery, err error) {
	err = b.write(ctx, func(tx gathering.Tx) error {
		all = nil
		now := time.Now()
		err := tx.Query(ctx, `SELECT id, search, subject, body, made, attempts FROM alert_outbox WHERE hook = ? AND outcome IS NULL AND next <= ? ORDER BY next, id LIMIT ?`,
			[]any{hook, now.UnixMicro(), int64(most)}, func(scan func(...any) error) error {
				var d store.Delivery
				var made int64
				if err := scan(&d.ID, &d.Search, &d.Subject, &d.Body, &made, &d.Attempts); err != nil {
					return err
				}
				d.Made = time.UnixMicro(made).UTC()
				all = append(all, d)
				return nil
			})
		if err != nil {
			return err
		}
		for i := range all {
			all[i].Next = now.Add(keep)
			if err := tx.Exec(ctx, `UPDATE alert_outbox SET next = ? WHERE id = ?`, all[i].Next.UnixMicro(), all[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return all, doing("reading what is to be posted", err)
}

// NextDue returns when something is to be posted: see store.Alerts.
func (b *Box) NextDue(ctx context.Context, hook string) (next time.Time, err error) {
	err = b.read(ctx, func(tx gathering.Tx) error {
		n, err := number(ctx, tx, `SELECT coalesce(min(next), 0) FROM alert_outbox WHERE hook = ? AND outcome IS NULL`, hook)
		if n > 0 {
			next = time.UnixMicro(n).UTC()
		}
		return err
	})
	return next, doing("reading when something is to be posted", err)
}

// Settle keeps what became of a delivery: see store.Alerts.
func (b *Box) Settle(ctx context.Context, d *store.Delivery) error {
	return doing("keeping what became of "+d.ID, b.write(ctx, func(tx gathering.Tx) error {
		if d.Outcome == store.Pending {
			return tx.Exec(ctx, `UPDATE alert_outbox SET attempts = ?, next = ? WHERE id = ?`, int64(d.Attempts), d.Next.UnixMicro(), d.ID)
		}
		return tx.Exec(ctx, `UPDATE alert_outbox SET attempts = ?, outcome = ?, body = '' WHERE id = ?`, int64(d.Attempts), string(d.Outcome), d.ID)
	}))
}
