// Package readingtest makes parsed texts for the tests of the readers.
package readingtest

import (
	"slices"
	"strings"
	"testing"

	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

// Parse divides, tags and parses s with the models that are built in.
func Parse(tb testing.TB, s string) *text.Doc {
	tb.Helper()
	tagger, err := tagging.Default()
	if err != nil {
		tb.Fatal(err)
	}
	parser, err := parsing.Default()
	if err != nil {
		tb.Fatal(err)
	}
	d := new(text.Doc)
	d.Reset(s)
	d.Segment()
	tagger.Tag(d)
	d.Lemmatize()
	parser.Parse(d, new(parsing.Scratch))
	return d
}

// Span is a labelled part of a text, as tokens.
type Span struct {
	Label string
	text.Range
}

// Marked parses a text in which "[label:words]" labels words, and returns the
// text without the labels and the labelled spans in the order in which they
// begin. Labels may nest.
func Marked(tb testing.TB, s string) (*text.Doc, []Span) {
	tb.Helper()
	type bytes struct {
		label      string
		start, end int
	}
	var (
		b     strings.Builder
		spans []bytes
		open  []int
	)
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			label, _, ok := strings.Cut(s[i+1:], ":")
			if !ok {
				tb.Fatalf("%q: a bracket without a label", s)
			}
			open = append(open, len(spans))
			spans = append(spans, bytes{label: label, start: b.Len()})
			i += len(label) + 1
		case ']':
			if len(open) == 0 {
				tb.Fatalf("%q: a bracket closes that was not open", s)
			}
			spans[open[len(open)-1]].end = b.Len()
			open = open[:len(open)-1]
		default:
			b.WriteByte(s[i])
		}
	}
	d := Parse(tb, b.String())
	var out []Span
	for _, x := range spans {
		first, _ := slices.BinarySearchFunc(d.Tokens, x.start, func(t text.Token, at int) int { return int(t.Start) - at })
		end := first
		for end < len(d.Tokens) && int(d.Tokens[end].End) <= x.end {
			end++
		}
		if first == end || int(d.Tokens[first].Start) != x.start || int(d.Tokens[end-1].End) != x.end {
			tb.Fatalf("%q: %q is no run of tokens", s, b.String()[x.start:x.end])
		}
		out = append(out, Span{x.label, text.Range{First: int32(first), End: int32(end)}})
	}
	return d, out
}

// All returns the spans with the label.
func All(spans []Span, label string) []text.Range {
	var out []text.Range
	for _, s := range spans {
		if s.Label == label {
			out = append(out, s.Range)
		}
	}
	return out
}

// One returns the first span with the label, an empty one when there is none.
func One(spans []Span, label string) text.Range {
	if all := All(spans, label); len(all) > 0 {
		return all[0]
	}
	return text.Range{}
}
