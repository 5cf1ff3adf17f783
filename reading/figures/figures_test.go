package figures_test

import (
	"fmt"
	"strings"
	"testing"

	"hearsay/ledger"
	"hearsay/reading/figures"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/text"
)

// read reads the figures of a text without dates, names and claims.
func read(t testing.TB, s string) (*text.Doc, *ledger.Ledger) {
	t.Helper()
	d := readingtest.Parse(t, s)
	var tr tree.Tree
	tr.Reset(d)
	l := &ledger.Ledger{Document: ledger.Document{Text: s}}
	new(figures.Reader).Read(d, &tr, l)
	return d, l
}

// describe writes a figure as "words: value [low, high] unit of": "~" stands
// before what is approximate, and what is not given is left out.
func describe(l *ledger.Ledger, f ledger.Figure) string {
	var b strings.Builder
	b.WriteString(l.Quote(f.Span) + ":")
	if f.Approximate {
		b.WriteString(" ~")
	}
	if f.Value != nil {
		fmt.Fprintf(&b, " %.10g", *f.Value)
	}
	if f.Low != nil || f.High != nil {
		b.WriteString(" [")
		if f.Low != nil {
			fmt.Fprintf(&b, "%.10g", *f.Low)
		}
		b.WriteString(",")
		if f.High != nil {
			fmt.Fprintf(&b, "%.10g", *f.High)
		}
		b.WriteString("]")
	}
	b.WriteString(" " + f.Unit)
	if f.Of != "" {
		b.WriteString(" of " + f.Of)
	}
	return b.String()
}

func TestFigures(t *testing.T) {
	for s, want := range map[string]string{
		"The blast in Port Arvel killed 84 people.":          "84 people: 84 killed of people",
		"84 people were killed in Port Arvel.":               "84 people: 84 killed of people",
		"A death toll of 84 was given.":                      "84: 84 killed",
		"The toll rose from 133 to 144.":                     "133: 133 killed; 144: 144 killed",
		"The storm claimed 84 lives.":                        "84 lives: 84 killed of lives",
		"The blast left 30 dead and 17 wounded.":             "30 dead: 30 killed; 17 wounded: 17 wounded",
		"Security forces managed to arrest all four gunmen.": "four gunmen: 4 arrested of gunmen",
		"No one was killed.":                                 "No one: 0 killed",
	} {
		_, l := read(t, s)
		var got []string
		for _, f := range l.Figures {
			got = append(got, describe(l, f))
		}
		if g := strings.Join(got, "; "); g != want {
			t.Errorf("%s\n got %s\nwant %s", s, g, want)
		}
	}
}
