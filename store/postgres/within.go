package postgres

import (
	"context"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"hearsay/store/gathering"
)

// within is a transaction as package gathering wants it.
type within struct{ tx pgx.Tx }

var _ gathering.Tx = within{}

// Exec implements gathering.Tx.
func (w within) Exec(ctx context.Context, text string, args ...any) error {
	_, err := w.tx.Exec(ctx, numbered(text), escaped(args)...)
	return err
}

// Query implements gathering.Tx.
func (w within) Query(ctx context.Context, text string, args []any, each func(scan func(...any) error) error) error {
	r, err := w.tx.Query(ctx, numbered(text), escaped(args)...)
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
