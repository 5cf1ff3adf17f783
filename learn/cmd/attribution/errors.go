package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"hearsay/reading/attribution"
	"hearsay/text"
)

// showErrors prints every attribution whose content is not found exactly, the
// gold reading above the model's, and how many there are of each kind.
func showErrors(w io.Writer, m *attribution.Model, es []example) {
	var s attribution.Scratch
	kinds := map[string]int{}
	for _, e := range es {
		rs := m.Read(e.doc, &s)
		used := make([]bool, len(rs))
		for _, g := range e.gold {
			k := slices.IndexFunc(rs, func(r attribution.Relation) bool {
				return r.Within < 0 && r.Cue.First < g.Cue.End && g.Cue.First < r.Cue.End
			})
			if k < 0 {
				kinds["missed"]++
				fmt.Fprintf(w, "missed\n\tgold %s\n", show(e.doc, g))
				continue
			}
			used[k] = true
			kind := kindOf(rs[k], g)
			kinds[kind]++
			if kind != "right" {
				fmt.Fprintf(w, "%s\n\tgold %s\n\tours %s\n", kind, show(e.doc, g), show(e.doc, rs[k]))
			}
		}
		for k, r := range rs {
			if !used[k] && r.Within < 0 {
				kinds["spurious"]++
				fmt.Fprintf(w, "spurious\n\tours %s\n", show(e.doc, r))
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		fmt.Fprintf(w, "%6d %s\n", kinds[kind], kind)
	}
}

// kindOf says how a content differs from gold.
func kindOf(r, gold attribution.Relation) string {
	if slices.Equal(r.Content, gold.Content) {
		return "right"
	}
	if len(r.Content) != len(gold.Content) {
		return fmt.Sprintf("%d pieces for %d", len(r.Content), len(gold.Content))
	}
	var wrong []string
	last := len(gold.Content) - 1
	if r.Content[0].First != gold.Content[0].First {
		wrong = append(wrong, "begins wrong")
	}
	switch end, want := r.Content[last].End, gold.Content[last].End; {
	case end < want:
		wrong = append(wrong, "ends early")
	case end > want:
		wrong = append(wrong, "ends late")
	}
	return strings.Join(append(wrong, ""), " ")
}

// show writes an attribution on a line.
func show(d *text.Doc, r attribution.Relation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "[%s] <%s>", d.Words(r.Source), d.Words(r.Cue))
	for _, c := range r.Content {
		fmt.Fprintf(&b, " {%s}", strings.Join(strings.Fields(d.Words(c)), " "))
	}
	return b.String()
}
