package claimreview

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hearsay/facts"
)

const bridge = `{"@context":"https://schema.org","@type":"ClaimReview","url":"https://checks.example/bridge","claimReviewed":"The bridge at Orlen fell &amp; 40 people died.",` +
	`"name":"No, the Orlen bridge stands","reviewBody":"It stands.","author":{"@type":"Organization","name":"Orlen Checks"},"datePublished":"2024-03-05T09:00:00Z",` +
	`"reviewRating":{"@type":"Rating","ratingValue":1,"bestRating":5,"alternateName":"False"},"itemReviewed":{"@type":"Claim","author":{"name":"A. Fisher"},"datePublished":"2024-03-04"}}`

func TestRead(t *testing.T) {
	full := facts.Review{
		URL: "https://checks.example/bridge", Claim: "The bridge at Orlen fell & 40 people died.", Title: "No, the Orlen bridge stands", Body: "It stands.",
		Publisher: "Orlen Checks", Published: "2024-03-05", Rating: "False", Claimant: "A. Fisher", Claimed: "2024-03-04",
	}
	small := func(n int) string {
		return fmt.Sprintf(`{"@type":"ClaimReview","url":"https://checks.example/%d","claimReviewed":"Claim %d"}`, n, n)
	}
	made := func(n int) facts.Review {
		return facts.Review{URL: fmt.Sprintf("https://checks.example/%d", n), Claim: fmt.Sprintf("Claim %d", n)}
	}
	tests := map[string]struct {
		in     string
		want   []facts.Review
		errors []string
	}{
		"object":      {in: bridge, want: []facts.Review{full}},
		"byte order":  {in: "\ufeff" + bridge, want: []facts.Review{full}},
		"list":        {in: "[" + small(1) + ",\n" + small(2) + "]", want: []facts.Review{made(1), made(2)}},
		"graph":       {in: `{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},` + small(1) + `]}`, want: []facts.Review{made(1)}},
		"graph of 1":  {in: `{"@graph":` + small(1) + `}`, want: []facts.Review{made(1)}},
		"lines":       {in: small(1) + "\n\n" + small(2) + "\n", want: []facts.Review{made(1), made(2)}},
		"lines of 2":  {in: "[" + small(1) + "]\n[" + small(2) + "]", want: []facts.Review{made(1), made(2)}},
		"spread out":  {in: strings.ReplaceAll(small(1), ",", ",\n  "), want: []facts.Review{made(1)}},
		"type a list": {in: `{"@type":["Review","http://schema.org/ClaimReview"],"url":["https://checks.example/1"],"claimReviewed":{"@value":"Claim 1"}}`, want: []facts.Review{made(1)}},
		"feed": {in: `{"@type":"DataFeed","dateModified":"2024","dataFeedElement":[{"@type":"DataFeedItem","item":[` + small(1) + `]},{"@type":"DataFeedItem","item":` + small(2) + `}]}`,
			want: []facts.Review{made(1), made(2)}},
		"bad line": {in: small(1) + "\n{\"@type\":\"ClaimReview\",\n" + small(2), want: []facts.Review{made(1), made(2)}, errors: []string{"2: it is no JSON: unexpected end of JSON input"}},
		"missing": {in: `[{"@type":"ClaimReview","url":"https://checks.example/1"},{"@type":"ClaimReview","claimReviewed":"x"},{"@type":"ClaimReview","claimReviewed":"x","url":"javascript:x"},` + small(2) + `]`,
			want: []facts.Review{made(2)}, errors: []string{"1: it has no claimReviewed", "2: it has no url", `3: its url "javascript:x" is no address of a page`}},
		"another line": {in: small(1) + "\n" + `{"@type":"Article"}`, want: []facts.Review{made(1)}, errors: []string{"2: there is no ClaimReview in it"}},
		"nothing":      {in: "", errors: []string{"whole: there is no ClaimReview in it"}},
		"no JSON":      {in: "The bridge fell.", errors: []string{"whole: it is no JSON: invalid character 'T' looking for beginning of value"}},
		"cut off":      {in: "[" + small(1) + `,{"@type":`, want: []facts.Review{made(1)}, errors: []string{"whole: it is no JSON: unexpected EOF"}},
		"rating in numbers": {in: `{"@type":"ClaimReview","url":"https://checks.example/1","claimReviewed":"Claim 1","reviewRating":{"ratingValue":2,"bestRating":"5"}}`,
			want: []facts.Review{{URL: "https://checks.example/1", Claim: "Claim 1", Rating: "2 of 5"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []facts.Review
			var errors []string
			err := Read(strings.NewReader(test.in), func(f Found) bool {
				if f.Err != nil {
					errors = append(errors, fmt.Sprintf("%d: %v", f.Record, f.Err))
				} else {
					got = append(got, *f.Review)
				}
				return true
			})
			if err != nil {
				errors = append(errors, "whole: "+err.Error())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.errors, errors); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLong checks that what is too long for one record is passed over, or ends
// the reading, and does not fill the memory.
func TestLong(t *testing.T) {
	long := `{"@type":"ClaimReview","url":"https://checks.example/1","claimReviewed":"` + strings.Repeat("x", MaxRecord) + `"}`
	good := `{"@type":"ClaimReview","url":"https://checks.example/2","claimReviewed":"Claim 2"}`
	var got []string
	err := Read(strings.NewReader(good+"\n"+long+"\n"+good), func(f Found) bool {
		got = append(got, fmt.Sprint(f.Record, f.Err))
		return true
	})
	if want := []string{"1 <nil>", "2 it is longer than 16 MB", "3 <nil>"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if err := Read(strings.NewReader("["+good+","+strings.Repeat(" ", 2*MaxRecord)+good+"]"), func(Found) bool { return true }); err == nil {
		t.Error("a list with much emptiness was read")
	}
}

// TestStop checks that nothing more is read when nobody wants it.
func TestStop(t *testing.T) {
	for _, in := range []string{bridge + "\n" + bridge, "[" + bridge + "," + bridge + "]", `{"@graph":[` + bridge + "," + bridge + "]}"} {
		n := 0
		if err := Read(strings.NewReader(in), func(Found) bool { n++; return false }); n != 1 || err != nil {
			t.Errorf("%d were handed on, %v", n, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{bridge, "[" + bridge + "]", bridge + "\n" + bridge, `{"@graph":[{"@graph":[]}]}`, `{"@type":"DataFeed","dataFeedElement":{"item":[]}}`, "[[[[", `{"reviewRating":[[],{"ratingValue":{}}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		last := 0
		Read(strings.NewReader(string(b)), func(found Found) bool {
			if found.Record < last || (found.Err == nil) == (found.Review == nil) {
				t.Fatalf("record %d after %d: %v, %v", found.Record, last, found.Review, found.Err)
			}
			last = found.Record
			if r := found.Review; r != nil {
				if r.URL == "" || r.Claim == "" || !utf8.ValidString(r.Claim+r.URL+r.Body+r.Title) {
					t.Fatalf("%+v", r)
				}
				if _, err := json.Marshal(r); err != nil {
					t.Fatal(err)
				}
			}
			return true
		})
	})
}
