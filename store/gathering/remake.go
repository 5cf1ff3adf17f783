package gathering

import (
	"context"
	"fmt"

	"hearsay/corpus/incidents"
	"hearsay/store"
)

// Remake puts the keys of some records, no more than most, in their table, where a migration has emptied it to
// give it another form. It reports whether there may be more: it is called again, each time in a transaction of its own,
// until there are none, before anything is gathered.
func Remake(ctx context.Context, tx Tx, most int64) (more bool, err error) {
	after := int64(0)
	if err := tx.Query(ctx, `SELECT after FROM keys_remaking`, nil, func(scan func(...any) error) error {
		more = true
		return scan(&after)
	}); err != nil || !more {
		return false, err
	}
	var args []any
	n := int64(0)
	err = tx.Query(ctx, `SELECT id, record FROM incident_records WHERE id > ? ORDER BY id LIMIT ?`, []any{after, most}, func(scan func(...any) error) error {
		var encoded []byte
		var r incidents.Record
		if err := scan(&after, &encoded); err != nil {
			return err
		}
		if err := r.UnmarshalBinary(encoded); err != nil {
			return fmt.Errorf("%w: what an article tells of an incident cannot be read: %v", store.ErrDamaged, err)
		}
		n++
		for _, k := range incidents.Keys(&r) {
			args = append(args, int64(k.Span()), int64(k.Hash), int64(k.Day), after)
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	if err := insert(ctx, tx, `INSERT INTO incident_keys (span, hash, day, id) VALUES `, 4, args); err != nil {
		return false, err
	}
	if n < most {
		return false, tx.Exec(ctx, `DELETE FROM keys_remaking`)
	}
	return true, tx.Exec(ctx, `UPDATE keys_remaking SET after = ?`, after)
}
