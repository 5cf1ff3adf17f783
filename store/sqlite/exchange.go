package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strings"

	"hearsay/store/gathering"
)

// A Table is one of a store's tables, without those that SQLite or this home
// keeps for itself, and without who is logged in. All of them together are the store: a home in another
// database that has the same tables can take a store out of a file, or put one into it.
type Table struct {
	Name    string
	Columns []string
}

// Tables returns the store's tables, by name. Keys that wait are put in theirs first.
func (s *Store) Tables(ctx context.Context) ([]Table, error) {
	var out []Table
	err := func() error {
		if err := s.writing(ctx, func(w *writer) error { return gathering.Settle(ctx, w) }); err != nil {
			return err
		}
		// The rows of a virtual table, an index of words, are in tables named after it.
		r, err := s.read.QueryContext(ctx, `SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
			WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND t.name NOT LIKE 'goose\_%' ESCAPE '\'
				AND t.name NOT IN ('keys_waiting', 'keys_generation', 'keys_remaking', 'account_sessions') AND NOT EXISTS
				(SELECT 1 FROM sqlite_master v WHERE v.sql LIKE 'CREATE VIRTUAL%' AND (t.name = v.name OR substr(t.name, 1, length(v.name) + 1) = v.name || '_'))
			ORDER BY t.name, c.cid`)
		if err != nil {
			return err
		}
		defer r.Close()
		for r.Next() {
			var table, column string
			if err := r.Scan(&table, &column); err != nil {
				return err
			}
			if n := len(out); n == 0 || out[n-1].Name != table {
				out = append(out, Table{Name: table})
			}
			t := &out[len(out)-1]
			t.Columns = append(t.Columns, column)
		}
		return r.Err()
	}()
	if err != nil {
		return nil, fmt.Errorf("reading the store's tables: %w", told(cmp.Or(ctx.Err(), err)))
	}
	return out, nil
}

// Rows yields the rows of a table: an int64, a float64, a string, a []byte or
// nil for each of its columns. What is yielded is overwritten by the next.
func (s *Store) Rows(ctx context.Context, t Table) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		err := func() error {
			r, err := s.read.QueryContext(ctx, "SELECT "+strings.Join(t.Columns, ", ")+" FROM "+t.Name)
			if err != nil {
				return err
			}
			defer r.Close()
			row, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
			for i := range row {
				into[i] = &row[i]
			}
			for r.Next() {
				if err := r.Scan(into...); err != nil {
					return err
				}
				if !yield(row, nil) {
					return nil
				}
			}
			return r.Err()
		}()
		if err != nil {
			yield(nil, fmt.Errorf("reading the table %s: %w", t.Name, told(cmp.Or(ctx.Err(), err))))
		}
	}
}

// Fill puts rows into the tables of a new store, in one transaction.
func (s *Store) Fill(ctx context.Context, rows func(Table) iter.Seq2[[]any, error]) error {
	tables, err := s.Tables(ctx)
	if err != nil {
		return err
	}
	err = s.writing(ctx, func(w *writer) error {
		// When the transaction ends everything has to be there.
		if _, err := w.conn.ExecContext(ctx, "PRAGMA defer_foreign_keys = 1"); err != nil {
			return err
		}
		for _, t := range tables {
			insertion := fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", t.Name, strings.Join(t.Columns, ", "), strings.Repeat(", ?", len(t.Columns)-1))
			for row, err := range rows(t) {
				if err != nil {
					return err
				}
				if _, err := w.exec(ctx, insertion, row...); err != nil {
					return err
				}
			}
		}
		for _, index := range indexesOfWords {
			if _, err := w.exec(ctx, "INSERT INTO "+index+" ("+index+") VALUES ('rebuild')"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("writing the store's tables: %w", err)
	}
	return nil
}
