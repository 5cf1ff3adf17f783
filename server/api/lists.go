package api

import (
	"iter"

	"hearsay/store"
)

// paged makes a page of what a store yields: each of most things as line says, and the cursor of what comes
// after the last of them, which is at place.
func paged[T, L any](most int, all iter.Seq2[T, error], line func(T) L, list string, filter any, place func(T) any) (*pageOf[L], error) {
	found, more, err := store.First(most, all)
	if err != nil {
		return nil, err
	}
	p := &pageOf[L]{Page[L]{Items: make([]L, 0, len(found))}}
	for _, v := range found {
		p.Body.Items = append(p.Body.Items, line(v))
	}
	if more {
		p.Body.Next, err = cursorOf(list, filter, place(found[len(found)-1]))
	}
	return p, err
}
