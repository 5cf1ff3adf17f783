package main

import (
	"context"
	"io"
	"iter"
	"slices"
	"time"

	"hearsay/ledger"
	"hearsay/store"
)

// ask times what the program asks of a store. Each question is asked once so that what it
// needs is at hand, and then several times.
func ask(ctx context.Context, out io.Writer, s store.Store) error {
	const page = 20
	told := func(f store.IncidentFilter) func() (int, error) {
		return func() (int, error) { return count(s.Incidents(ctx, f)) }
	}
	texts := func(query string, f store.Filter) func() (int, error) {
		return func() (int, error) { return count(s.Texts(ctx, query, f)) }
	}
	claims := func(query string, f store.Filter) func() (int, error) {
		return func() (int, error) { return count(s.Claims(ctx, query, f)) }
	}
	for _, q := range []struct {
		what string
		do   func() (int, error)
	}{
		{"search: a frequent word", claims("police", store.Filter{Limit: page})},
		{"search: two frequent words", claims("police shooting", store.Filter{Limit: page})},
		{"search: a rarer word", claims("helicopter", store.Filter{Limit: page})},
		{"search: a phrase", claims(`"police said"`, store.Filter{Limit: page})},
		{"search: a word that is nowhere", claims("zzyzxq", store.Filter{Limit: page})},
		{"search: a beginning of words", claims("hospit*", store.Filter{Limit: page})},
		{"search: a word and a place", claims("police", store.Filter{Place: "Chicago", Limit: page})},
		{"search: a word and a speaker", claims("shot", store.Filter{Speaker: "police", Limit: page})},
		{"search: a word in some days", claims("police", store.Filter{Since: "2016-03-01", Until: "2016-03-07", Limit: page})},
		{"texts: a frequent word", texts("police", store.Filter{Limit: page})},
		{"texts: a rarer word", texts("helicopter", store.Filter{Limit: page})},
		{"texts: a phrase", texts(`"police said"`, store.Filter{Limit: page})},
		{"claims: of a speaker", claims("", store.Filter{Speaker: "sheriff", Limit: page})},
		{"claims: of a place", claims("", store.Filter{Place: "Chicago", Limit: page})},
		{"claims: of a country", claims("", store.Filter{Country: "US", Limit: page})},
		{"claims: unnamed sources", claims("", store.Filter{Naming: ledger.NamingUnnamed, Limit: page})},
		{"claims: a kind of incident", claims("", store.Filter{Type: ledger.Arrests, Limit: page})},
		{"claims: denied", claims("", store.Filter{Polarity: ledger.Denied, Limit: page})},
		{"claims: of some days", claims("", store.Filter{Since: "2016-03-01", Until: "2016-03-07", Limit: page})},
		{"copies", func() (int, error) { return count(s.Copies(ctx, store.Filter{Limit: page})) }},
		{"copies: of some days", func() (int, error) {
			return count(s.Copies(ctx, store.Filter{Since: "2016-03-01", Until: "2016-03-07", Limit: page}))
		}},
		{"incidents", told(store.IncidentFilter{Filter: store.Filter{Limit: page}})},
		{"incidents: a type", told(store.IncidentFilter{Filter: store.Filter{Type: ledger.Arrests, Limit: page}})},
		{"incidents: a place", told(store.IncidentFilter{Filter: store.Filter{Place: "Chicago", Limit: page}})},
		{"incidents: of some days", told(store.IncidentFilter{Filter: store.Filter{Since: "2016-03-01", Until: "2016-03-07", Limit: page}})},
		{"incidents: three articles and more", told(store.IncidentFilter{Filter: store.Filter{Limit: page}, Articles: 3})},
		{"speakers", func() (int, error) { return count(s.Speakers(ctx, store.Filter{Limit: page})) }},
		{"search: a frequent word, by relevance", claims("police", store.Filter{Order: store.Relevance, Limit: page})},
	} {
		a, err := timed(q.what, q.do)
		if err != nil {
			return err
		}
		if err := written(out, a); err != nil {
			return err
		}
	}
	return nil
}

// timed asks a question several times, fewer where an answer takes long.
func timed(what string, do func() (int, error)) (asked, error) {
	const times, enough = 11, 10 * time.Second
	a := asked{What: what}
	var took []time.Duration
	for began := time.Now(); len(took) < times+1 && (len(took) < 2 || time.Since(began) < enough); {
		start := time.Now()
		n, err := do()
		if err != nil {
			return a, err
		}
		took = append(took, time.Since(start))
		a.Found = n
	}
	took = took[1:]
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	a.Median, a.Slowest = ms(took[len(took)/2]), ms(took[len(took)-1])
	return a, nil
}

func count[T any](all iter.Seq2[T, error]) (n int, err error) {
	for _, err := range all {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
