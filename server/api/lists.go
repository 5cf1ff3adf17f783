package api

import "iter"

// some takes the first of what a store yields, and reports whether there is more.
func some[T any](most int, all iter.Seq2[T, error]) (list []T, more bool, err error) {
	for v, err := range all {
		if err != nil {
			return nil, false, err
		}
		if len(list) == most {
			return list, true, nil
		}
		list = append(list, v)
	}
	return list, false, nil
}

// paged makes a page of what a store yields: each of most things as line says, and the cursor of what comes
// after the last of them, which is at place.
func paged[T, L any](most int, all iter.Seq2[T, error], line func(T) L, list string, filter any, place func(T) any) (*pageOf[L], error) {
	found, more, err := some(most, all)
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
