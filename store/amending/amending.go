// Package amending keeps what people correct of articles in a table of a store,
// in SQL that every home's database understands:
//
//	ledger_corrections (number PRIMARY KEY, article NOT NULL, body BYTES NOT NULL, undone TEXT NOT NULL), an index on (article)
//
// The article is a number of articles (num, id). Whoever calls what writes keeps
// others from doing so until the transaction ends.
package amending

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/store"
	"hearsay/store/gathering"
)

// Of returns all that was corrected of an article, by its number, the first one first.
func Of(ctx context.Context, tx gathering.Tx, article int64) ([]correction.Correction, error) {
	return read(ctx, tx, `WHERE c.article = ? ORDER BY c.number`, article)
}

// To applies what was corrected of an article to a ledger of it.
func To(ctx context.Context, tx gathering.Tx, article int64, l *ledger.Ledger) (*ledger.Ledger, error) {
	list, err := Of(ctx, tx, article)
	if err != nil {
		return nil, err
	}
	l, _ = correction.Apply(l, list)
	return l, nil
}

// List returns the corrections that a filter selects, the last one first.
func List(ctx context.Context, tx gathering.Tx, f store.CorrectionFilter) ([]correction.Correction, error) {
	where, args := `WHERE c.number > 0`, []any{}
	if f.Article != "" {
		where, args = where+` AND a.id = ?`, append(args, f.Article)
	}
	if f.Before > 0 {
		where, args = where+` AND c.number < ?`, append(args, int64(f.Before))
	}
	if f.Standing {
		where += ` AND c.undone = ''`
	}
	all, err := read(ctx, tx, where+` ORDER BY c.number DESC`, args...)
	out := all[:0]
	for _, c := range all {
		if (f.Who == "" || c.Who == f.Who) && (f.Kind == "" || c.Kind == f.Kind) && (f.Limit == 0 || len(out) < f.Limit) {
			out = append(out, c)
		}
	}
	return out, err
}

func read(ctx context.Context, tx gathering.Tx, where string, args ...any) (out []correction.Correction, err error) {
	err = tx.Query(ctx, `SELECT c.number, a.id, c.body, c.undone FROM ledger_corrections c JOIN articles a ON a.num = c.article `+where, args, func(scan func(...any) error) error {
		var number int64
		var id, undone string
		var body []byte
		if err := scan(&number, &id, &body, &undone); err != nil {
			return err
		}
		var c correction.Correction
		err := json.Unmarshal(body, &c)
		if err == nil && undone != "" {
			c.Undone = new(correction.Undone)
			err = json.Unmarshal([]byte(undone), c.Undone)
		}
		if err != nil {
			return fmt.Errorf("%w: correction %d cannot be read: %v", store.ErrDamaged, number, err)
		}
		c.Number, c.Article = int(number), id
		out = append(out, c)
		return nil
	})
	return out, err
}

// Keep makes corrections of what somebody asks for, keeps them, and returns them.
// The ledger is that of the newest version of the article, as it was read.
func Keep(ctx context.Context, tx gathering.Tx, article int64, version int, l *ledger.Ledger, who string, requests []correction.Request) ([]correction.Correction, error) {
	list, err := Of(ctx, tx, article)
	if err != nil {
		return nil, err
	}
	made, err := correction.Make(l, list, who, time.Now(), requests...)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrCorrection, err)
	}
	last := int64(0)
	err = tx.Query(ctx, `SELECT max(number) FROM ledger_corrections`, nil, func(scan func(...any) error) error {
		var n *int64
		err := scan(&n)
		if n != nil {
			last = *n
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range made {
		last++
		made[i].Number, made[i].Version = int(last), version
		body, err := json.Marshal(made[i])
		if err != nil {
			return nil, err
		}
		if err := tx.Exec(ctx, `INSERT INTO ledger_corrections (number, article, body, undone) VALUES (?, ?, ?, '')`, last, article, body); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// Undo takes back a correction and returns the id of its article.
func Undo(ctx context.Context, tx gathering.Tx, number int, who string) (id string, err error) {
	err = tx.Query(ctx, `SELECT a.id FROM ledger_corrections c JOIN articles a ON a.num = c.article WHERE c.number = ? AND c.undone = ''`, []any{int64(number)},
		func(scan func(...any) error) error { return scan(&id) })
	if err == nil && id == "" {
		err = fmt.Errorf("%w: there is no correction %d that stands", store.ErrNotFound, number)
	}
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(correction.Undone{Who: who, When: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return "", err
	}
	return id, tx.Exec(ctx, `UPDATE ledger_corrections SET undone = ? WHERE number = ?`, string(body), int64(number))
}
