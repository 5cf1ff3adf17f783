// Package conditions makes of a filter the conditions of a query, as the homes of a store have them in
// common: of the tables claims c, versions v, articles a and incidents.
package conditions

import (
	"fmt"
	"strings"
	"time"

	"hearsay/store"
)

// Where collects the conditions of a query and their values. The zero Where has none.
type Where struct {
	Conditions []string
	Args       []any
}

// Add adds a condition, whose parameters are marked by "?".
func (w *Where) Add(condition string, args ...any) {
	w.Conditions = append(w.Conditions, condition)
	w.Args = append(w.Args, args...)
}

// Equal adds the condition that column is value, if one is wanted.
func (w *Where) Equal(column, value string) {
	if value != "" {
		w.Add(column+" = ?", value)
	}
}

// Published adds what a filter says of the days on which articles appeared.
func (w *Where) Published(f *store.Filter) error {
	if err := WholeDays(f.Since, f.Until); err != nil {
		return err
	}
	if f.Since != "" {
		w.Add("v.last >= ?", f.Since)
	}
	if f.Until != "" {
		w.Add("v.first <= ?", f.Until)
	}
	return nil
}

// Happened adds what a filter says of the day of a claim's incident.
func (w *Where) Happened(f *store.Filter) error {
	if f.HappenedSince+f.HappenedUntil == "" {
		return nil
	}
	if err := WholeDays(f.HappenedSince, f.HappenedUntil); err != nil {
		return err
	}
	of, args := "", []any(nil)
	if f.HappenedSince != "" {
		of, args = of+" AND i.last >= ?", append(args, f.HappenedSince)
	}
	if f.HappenedUntil != "" {
		of, args = of+" AND i.first <= ?", append(args, f.HappenedUntil)
	}
	w.Add("c.incident IS NOT NULL AND EXISTS (SELECT 1 FROM incidents i WHERE i.version = c.version AND i.id = c.incident"+of+")", args...)
	return nil
}

// Before adds the condition that the column num comes before a filter's Before.
func (w *Where) Before(num string, f *store.Filter) {
	if f.Before != 0 {
		w.Add(num+" < ?", f.Before)
	}
}

// String returns the conditions as they follow the tables of a query.
func (w *Where) String() string {
	if len(w.Conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.Conditions, " AND ")
}

// WholeDays refuses what is not empty and no day, with an error that wraps store.ErrQuery.
func WholeDays(days ...string) error {
	for _, day := range days {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return fmt.Errorf("%w: %q is not a day such as 2024-03-27", store.ErrQuery, day)
		}
	}
	return nil
}

// InTurn orders articles by the column num, as a filter wants it.
func InTurn(num string, f *store.Filter) string {
	if f.LastFirst {
		return NewestFirst(num)
	}
	return " ORDER BY " + num
}

// NewestFirst orders by the column num, backwards.
func NewestFirst(num string) string { return " ORDER BY " + num + " DESC" }

// Limit bounds what is found to so many, if n is positive.
func Limit(n int) string {
	if n > 0 {
		return fmt.Sprintf(" LIMIT %d", n)
	}
	return ""
}
