package relevance_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hearsay/store/query"
	"hearsay/store/relevance"
)

func itself(s string) string { return s }

func found(list ...string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, s := range list {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func best(t interface{ Fatal(...any) }, q string, most, limit int, list ...string) (out []string) {
	e, err := query.Parse(q)
	if err != nil {
		t.Fatal(err)
	}
	for s, err := range relevance.Best(e, found(list...), most, limit, itself) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func TestBest(t *testing.T) {
	const (
		long    = "The bridge is far away from any of the houses that stand around the mill."
		twice   = "The mill burns and the old mill bridge too, they say."
		rare    = "The heron stood in the mill."
		bridges = "Bridges everywhere."
		mills   = "Two mills."
	)
	for _, test := range []struct {
		query       string
		most, limit int
		list, want  []string
	}{
		{"mill bridge", 9, 0, []string{long, twice}, []string{twice, long}},
		{"mill OR heron", 9, 0, []string{long, mills, twice, rare}, []string{rare, mills, twice, long}},
		{"mill -heron", 9, 0, []string{long, mills}, []string{mills, long}},
		{"brid*", 9, 0, []string{long, bridges}, []string{bridges, long}},
		{`"old mill"`, 9, 0, []string{mills, twice}, []string{twice, mills}},
		{"mill", 9, 1, []string{long, mills}, []string{mills}},
		{"mill", 1, 0, []string{long, mills, twice}, []string{long, mills, twice}},
		{"mill", 2, 2, []string{long, mills, twice}, []string{mills, long}},
		{"mill", 2, 3, []string{long, mills, twice}, []string{mills, long, twice}},
		{"mill", 3, 0, []string{mills, long, mills + " "}, []string{mills, mills + " ", long}},
		{"mill", 3, 0, nil, nil},
	} {
		if got := best(t, test.query, test.most, test.limit, test.list...); !slices.Equal(got, test.want) {
			t.Errorf("%s, %d, %d: %q, want %q", test.query, test.most, test.limit, got, test.want)
		}
	}
}

// TestBestLosesNothing holds that all that is found comes once, and what is older than what is compared in its place.
func TestBestLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []string
		for i := range rapid.IntRange(0, 12).Draw(t, "finds") {
			list = append(list, fmt.Sprint(rapid.StringMatching(`((mill|bridge|toll) ){0,6}`).Draw(t, "text"), i))
		}
		most, limit := rapid.IntRange(1, 14).Draw(t, "most"), rapid.IntRange(0, 14).Draw(t, "limit")
		got := best(t, "mill OR tol*", most, 0, list...)
		for i := most; i < len(list); i++ {
			if got[i] != list[i] {
				t.Fatalf("%q is where %q should be", got[i], list[i])
			}
		}
		if limit > 0 {
			if some := best(t, "mill OR tol*", most, limit, list...); !slices.Equal(some, got[:min(limit, len(got))]) {
				t.Fatalf("%q of %q", some, got)
			}
		}
		slices.Sort(got)
		slices.Sort(list)
		if !slices.Equal(got, list) {
			t.Fatalf("%q of %q", got, list)
		}
	})
}

func TestBestStops(t *testing.T) {
	e, err := query.Parse("mill")
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the store is gone")
	failing := func(yield func(string, error) bool) {
		if yield("mill", nil) {
			yield("", broken)
		}
	}
	for _, err := range relevance.Best(e, failing, 1, 0, itself) {
		if err != nil && err != broken {
			t.Error(err)
		}
	}
	for v, err := range relevance.Best(e, failing, 5, 0, itself) {
		if err != broken {
			t.Errorf("%q, %v", v, err)
		}
	}
	for range relevance.Best(e, found("mill", "mill", "mill"), 2, 0, itself) {
		break
	}
}
