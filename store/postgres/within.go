package postgres

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"hearsay/store/gathering"
)

// within is a transaction as package gathering wants it. What is written is
// sent together with the next question, or by flush: the way to the server and
// back takes longer than most of what is done there.
type within struct {
	tx      pgx.Tx
	pending pgx.Batch
}

var _ gathering.Tx = (*within)(nil)

// mostPending is how many statements wait for the next question at most.
const mostPending = 256

// Exec implements gathering.Tx.
func (w *within) Exec(ctx context.Context, text string, args ...any) error {
	w.pending.Queue(numbered(text), escaped(args)...)
	if w.pending.Len() < mostPending {
		return nil
	}
	return w.flush(ctx)
}

// flush carries out what waits.
func (w *within) flush(ctx context.Context) error {
	if w.pending.Len() == 0 {
		return nil
	}
	return w.send(ctx, w.pending.Len(), func(pgx.BatchResults) error { return nil })
}

// flushed carries out f in a transaction, with all that it writes.
func flushed(ctx context.Context, tx pgx.Tx, f func(gathering.Tx) error) error {
	w := &within{tx: tx}
	if err := f(w); err != nil {
		return err
	}
	return w.flush(ctx)
}

// Query implements gathering.Tx.
func (w *within) Query(ctx context.Context, text string, args []any, each func(scan func(...any) error) error) error {
	rows := func(r pgx.Rows, err error) error {
		if err != nil {
			return err
		}
		defer r.Close()
		for r.Next() {
			if err := each(func(dest ...any) error { return scanPlain(r, dest) }); err != nil {
				return err
			}
		}
		return r.Err()
	}
	text, args = numbered(text), escaped(args)
	writes := w.pending.Len()
	if writes == 0 {
		return rows(w.tx.Query(ctx, text, args...))
	}
	w.pending.Queue(text, args...)
	return w.send(ctx, writes, func(r pgx.BatchResults) error { return rows(r.Query()) })
}

// send sends what waits: statements that write, and maybe a question, whose
// results last is called for.
func (w *within) send(ctx context.Context, writes int, last func(pgx.BatchResults) error) error {
	batch := w.pending
	w.pending = pgx.Batch{}
	r := w.tx.SendBatch(ctx, &batch)
	for range writes {
		if _, err := r.Exec(); err != nil {
			r.Close() // which says the same
			return err
		}
	}
	err := last(r)
	return cmp.Or(err, r.Close())
}

// scanPlain scans a row and turns what stands for bytes that a column does not
// take into these bytes.
func scanPlain(r pgx.Row, dest []any) error {
	if err := r.Scan(dest...); err != nil {
		return err
	}
	for _, d := range dest {
		switch d := d.(type) {
		case *string:
			*d = plain(*d)
		case **string:
			if *d != nil {
				**d = plain(**d)
			}
		}
	}
	return nil
}

// escaped are arguments as columns keep them.
func escaped(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		if s, ok := a.(string); ok {
			a = escape(s)
		}
		out[i] = a
	}
	return out
}

// texts are statements with numbered parameters, by what they were made of.
// They are as many as there are in the program.
var texts sync.Map

// numbered returns a statement with $1, $2 and so on for its parameters, which
// it marks by "?". No statement of ours has that sign for anything else.
func numbered(text string) string {
	if v, ok := texts.Load(text); ok {
		return v.(string)
	}
	var b strings.Builder
	n := 0
	for part := range strings.SplitSeq(text, "?") {
		if n > 0 {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteString(part)
		n++
	}
	texts.Store(text, b.String())
	return b.String()
}
