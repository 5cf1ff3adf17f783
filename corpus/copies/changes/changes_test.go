package changes_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/corpus/copies"
	"hearsay/corpus/copies/changes"
	"hearsay/ledger"
	"hearsay/reading"
)

// between reads two texts and lists what differs, a line each.
func between(t *testing.T, a, b string) []string {
	t.Helper()
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	var ledgers [2]*ledger.Ledger
	for i, text := range []string{a, b} {
		if ledgers[i], err = r.Read(&article.Article{Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	c := changes.Between(ledgers[0], ledgers[1])
	var lines []string
	for _, f := range c.Figures {
		line := "figure " + string(f.Kind)
		for _, n := range []*changes.Number{f.A, f.B} {
			if n != nil {
				line += fmt.Sprintf(" %s (%s)", n.Text, n.Speaker)
			}
		}
		lines = append(lines, line)
	}
	for _, s := range c.Speakers {
		lines = append(lines, fmt.Sprintf("speaker %s %s > %s", s.Kind, s.A.Speaker, s.B.Speaker))
	}
	for _, q := range c.Cues {
		lines = append(lines, fmt.Sprintf("cue %s > %s %s", q.CueA, q.CueB, q.Surer))
	}
	for _, q := range c.Certainty {
		lines = append(lines, fmt.Sprintf("certainty %s > %s", q.CertaintyA.Level, q.CertaintyB.Level))
	}
	for _, e := range c.Text {
		line := string(e.Kind)
		for _, w := range []*changes.Words{e.A, e.B} {
			if w != nil {
				line += fmt.Sprintf(" %q", w.Text)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func TestBetween(t *testing.T) {
	const original = `A blast in a paint store at Oster Fell killed 12 people on Friday, the fire warden Una Brask said.

The owner claimed that the store had been inspected in March by two men from the council.

Schools in the lower town stayed closed until the smoke had cleared from the river.`
	for _, test := range []struct {
		name string
		edit []string // for strings.NewReplacer
		want []string
	}{
		{"nothing", nil, nil},
		{"a figure", []string{"12", "15"}, []string{"figure changed 12 people (Una Brask) 15 people (Una Brask)", `replaced "12" "15"`}},
		{"a cue made surer", []string{"claimed", "confirmed"}, []string{"cue claimed > confirmed b", `replaced "claimed" "confirmed"`}},
		{"another speaker", []string{"the fire warden Una Brask", "the mayor Tobias Hollin"},
			[]string{"speaker changed Una Brask > Tobias Hollin", `replaced "fire warden Una Brask" "mayor Tobias Hollin"`}},
		{"a speaker dropped", []string{", the fire warden Una Brask said.", "."},
			[]string{"speaker dropped Una Brask > ", `deleted "the fire warden Una Brask said"`}},
		{"words put in", []string{"stayed closed until", "and every nursery stayed closed until"}, []string{`inserted "and every nursery"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := between(t, original, strings.NewReplacer(test.edit...).Replace(original))
			if d := cmp.Diff(test.want, got); d != "" {
				t.Error(d)
			}
		})
	}
	p := strings.Split(original, "\n\n")
	got := between(t, original, p[0]+"\n\n"+p[2]+"\n\n"+p[1])
	want := []string{fmt.Sprintf("moved %[1]q %[1]q", strings.TrimSuffix(p[2], "."))}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestEditsMakeTheOtherText checks that what is neither deleted, replaced nor
// moved of a text is, word for word, what is neither inserted, replaced nor moved of the other.
func TestEditsMakeTheOtherText(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields("the ferry sank at dawn off a pier near Sarn and nobody was hurt Ünna twelve"))
	rapid.Check(t, func(rt *rapid.T) {
		block := rapid.SliceOfN(word, 8, 20)
		x, y, z := block.Draw(rt, "x"), block.Draw(rt, "y"), block.Draw(rt, "z")
		a := strings.Join(append(append(append([]string{}, x...), y...), z...), " ")
		b := strings.Join(append(append(append([]string{}, z...), rapid.SliceOfN(word, 0, 9).Draw(rt, "new")...), x...), " ")
		al := copies.Align(copies.NewWords(a), copies.NewWords(b))
		restA, restB := []byte(a), []byte(b)
		blank := func(text []byte, s ledger.Span) {
			for i := s.Start; i < s.End; i++ {
				text[i] = ' '
			}
		}
		for _, e := range al.Edits {
			blank(restA, e.A)
			blank(restB, e.B)
			if e.Kind == copies.Moved && a[e.A.Start:e.A.End] != b[e.B.Start:e.B.End] {
				rt.Errorf("moved %q became %q", a[e.A.Start:e.A.End], b[e.B.Start:e.B.End])
			}
		}
		if d := cmp.Diff(strings.Fields(string(restA)), strings.Fields(string(restB))); d != "" {
			rt.Errorf("%q\n%q\n%s", a, b, d)
		}
	})
}
