package techniques_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/techniques"
	"hearsay/reading/tree"
	"hearsay/text"
)

func reader(t testing.TB) *techniques.Reader {
	t.Helper()
	m, err := techniques.Default()
	if err != nil {
		t.Fatal(err)
	}
	return &techniques.Reader{Model: m}
}

// read reads a text in which [direct:…], [mixed:…] and [indirect:…] mark the
// contents of claims of that manner.
func read(t testing.TB, r *techniques.Reader, marked string, least float64) (*ledger.Ledger, *text.Doc) {
	t.Helper()
	d, spans := readingtest.Marked(t, marked)
	l := &ledger.Ledger{Document: ledger.Document{Text: d.Text}}
	for _, s := range spans {
		l.Claims = append(l.Claims, ledger.Claim{ID: s.Label + string(rune('1'+len(l.Claims))), Manner: ledger.Manner(s.Label),
			Content: []ledger.Piece{{Span: ledger.Span{Start: int(d.Tokens[s.First].Start), End: int(d.Tokens[s.End-1].End)}}}})
	}
	tr := new(tree.Tree)
	tr.Reset(d)
	r.Read(d, tr, l, least)
	return l, d
}

// find is the first technique of the label whose words have part in them.
func find(l *ledger.Ledger, label ledger.TechniqueLabel, part string) *ledger.Technique {
	for i := range l.Techniques {
		if t := &l.Techniques[i]; t.Label == label && strings.Contains(l.Quote(t.Span), part) {
			return t
		}
	}
	return nil
}

func TestRead(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		text  string
		label ledger.TechniqueLabel
		part  string
	}{
		{"Varnholt's treacherous regime has launched a disgusting assault on our children.", ledger.LoadedLanguage, "disgusting"},
		{"Those corrupt elites and radical lunatics of the council hate this town.", ledger.NameCalling, "corrupt"},
		{"Why should anyone believe a word that the governor of Ostmark says?", ledger.Doubt, "believe"},
	} {
		l, _ := read(t, r, c.text, 0)
		if find(l, c.label, c.part) == nil {
			t.Errorf("no %s with %q in %q: %v", c.label, c.part, c.text, show(l))
		}
	}
}

func show(l *ledger.Ledger) []string {
	var out []string
	for _, t := range l.Techniques {
		out = append(out, string(t.Label)+": "+l.Quote(t.Span))
	}
	return out
}

// TestPlainNewsIsQuiet reads what an agency would write.
func TestPlainNewsIsQuiet(t *testing.T) {
	l, _ := read(t, reader(t), `The council of Varnholt approved the budget for next year on Tuesday, the town clerk said.
It provides for two new buses and the repair of the bridge over the Lenne. The vote was 21 to 14.
Work on the bridge is to begin in April and to take eight months, according to the plan. Traffic will be led over Mill Street.
A spokeswoman for the bus company said the vehicles had been ordered in March.`, 0)
	if len(l.Techniques) > 0 {
		t.Errorf("found %q in plain news", show(l))
	}
}

// TestLeast checks that a reader who asks for surer ones gets those alone.
func TestLeast(t *testing.T) {
	r := reader(t)
	const s = "The treacherous regime of Varnholt has launched a disgusting assault on our children. Its evil lies will destroy the valley."
	some, _ := read(t, r, s, 0)
	few, _ := read(t, r, s, 0.3)
	none, _ := read(t, r, s, 2)
	if len(some.Techniques) <= len(few.Techniques) || len(few.Techniques) == 0 || len(none.Techniques) != 0 {
		t.Errorf("%d by default, %d from 0.3, %d from 2", len(some.Techniques), len(few.Techniques), len(none.Techniques))
	}
	for _, x := range few.Techniques {
		if x.Score < 0.3 {
			t.Errorf("a score of %v", x.Score)
		}
	}
}

func TestWhoseWords(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ text, want string }{
		{`The mayor said: “[direct:This disgusting and treacherous regime must go].”`, "direct1"},
		{`The mayor called it a “[mixed:disgusting and treacherous regime]”.`, "mixed1"},
		{`The mayor said [indirect:the disgusting and treacherous regime must go].`, ""},
		{`The disgusting and treacherous regime must go.`, ""},
		{`The clerk said [mixed:that the mayor had shouted: “[direct:This disgusting and treacherous regime must go]!” and left].`, "direct2"},
		{`The “disgusting and treacherous regime” of Varnholt will go.`, ""},
	} {
		l, _ := read(t, r, c.text, 0)
		x := find(l, ledger.LoadedLanguage, "disgusting")
		if x == nil {
			t.Errorf("nothing loaded in %q", c.text)
		} else if x.Claim != c.want {
			t.Errorf("%q: the words of %q instead of %q", c.text, x.Claim, c.want)
		}
	}
}

// TestLedgerHolds draws texts and checks what must be true of any.
func TestLedgerHolds(t *testing.T) {
	words := strings.Fields(`the a regime evil lies , . ? ! “ ” said Varnholt mayor treacherous why who benefits our nation never not destroy children because only choice — great`)
	used := reader(t)
	rapid.Check(t, func(rt *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(rt, "words"), " ")
		least := rapid.SampledFrom([]float64{0, 0.05, 0.5}).Draw(rt, "least")
		l, d := read(t, used, s, least)
		again, _ := read(t, reader(t), s, least)
		if len(l.Techniques) != len(again.Techniques) {
			rt.Fatalf("%d techniques, %d by a new reader", len(l.Techniques), len(again.Techniques))
		}
		starts, ends := map[int]bool{}, map[int]bool{}
		for _, x := range d.Tokens {
			starts[int(x.Start)], ends[int(x.End)] = true, true
		}
		for i, x := range l.Techniques {
			if x != again.Techniques[i] {
				rt.Fatalf("%v, by a new reader %v", x, again.Techniques[i])
			}
			if !starts[x.Start] || !ends[x.End] || x.End <= x.Start {
				rt.Fatalf("[%d, %d) is no run of tokens", x.Start, x.End)
			}
			if x.Score < least || x.Score > 1 || x.Label.Explanation() == "" {
				rt.Fatalf("%v", x)
			}
			if i > 0 && x.Start < l.Techniques[i-1].Start {
				rt.Fatalf("out of order: %v", l.Techniques)
			}
			for _, o := range l.Techniques[:i] {
				if o.Label == x.Label && o.Start < x.End && x.Start < o.End {
					rt.Fatalf("%v overlaps %v", x, o)
				}
			}
		}
	})
}

func TestOpenRefusesWhatIsNoModel(t *testing.T) {
	for _, data := range []string{"", "HTP1", "HTP1" + strings.Repeat("\x00", 4000), strings.Repeat("x", 5000)} {
		if _, err := techniques.Open(data); err == nil {
			t.Errorf("%d bytes were opened", len(data))
		}
	}
}
