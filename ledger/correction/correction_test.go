package correction_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/ledger/ledgertest"
)

const toll = "The ferry Aurelia sank off Toll on Friday. Harbour master Ida Lunde said on Radio Toll that the ferry hit a rock, killing 12 people. " +
	"“It was steered by a drunken captain”, he added. Reportedly two children are missing.\n" +
	"The owner, Ferry Line Brenn, denies that the ferry was overloaded. The search goes on."

var made = time.Date(2031, 5, 4, 9, 30, 0, 0, time.UTC)

// span is where words stand in a text, the n-th time.
func span(text, words string, n int) ledger.Span {
	at := -1
	for range n {
		i := strings.Index(text[at+1:], words)
		if i < 0 {
			panic("no words " + words)
		}
		at += 1 + i
	}
	return ledger.Span{Start: at, End: at + len(words)}
}

func piece(text, words string) ledger.Piece { return ledger.Piece{Span: span(text, words, 1)} }

// ferry is a ledger of the text above with a few errors to correct.
func ferry(t rapid.TB) *ledger.Ledger { return ferryIn(t, toll) }

// ferryIn is the same ledger of a text that has all the words.
func ferryIn(t rapid.TB, text string) *ledger.Ledger {
	t.Helper()
	p := func(words string) ledger.Piece { return piece(text, words) }
	cue := func(words string) *ledger.Piece { x := p(words); return &x }
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{ID: "a1", Text: text}}
	at := 0
	for i, end := range []string{"on Friday.", "12 people.", "he added.", "are missing.", "was overloaded.", "goes on."} {
		s := ledger.Span{Start: at, End: span(text, end, 1).End}
		at = s.End + 1
		l.Sentences = append(l.Sentences, ledger.Sentence{ID: fmt.Sprintf("s%d", i+1), Span: s})
	}
	l.Entities = []ledger.Entity{
		{ID: "e1", Type: ledger.TypePerson, Name: "Ida Lunde", Aliases: []string{"Lunde"}, Mentions: []ledger.Mention{{Span: p("Ida Lunde").Span}}},
		{ID: "e2", Type: ledger.TypeOrganization, Name: "Ferry Line Brenn", Mentions: []ledger.Mention{{Span: p("Ferry Line Brenn").Span}}},
		{ID: "e3", Type: ledger.TypePlace, Name: "Toll", Mentions: []ledger.Mention{{Span: p("Toll").Span}}},
	}
	l.Claims = []ledger.Claim{
		{ID: "c1", Sentence: "s1", Content: []ledger.Piece{p("The ferry Aurelia sank off Toll on Friday")}},
		{ID: "c2", Sentence: "s2", Content: []ledger.Piece{p("the ferry hit a rock, killing 12 people")}, Cue: cue("said"), Manner: ledger.MannerIndirect,
			Source: &ledger.Source{Piece: p("Harbour master Ida Lunde"), Naming: ledger.NamingNamed, Kind: ledger.KindPerson, Entity: "e1", Speaker: "e1"}},
		{ID: "c3", Sentence: "s3", Content: []ledger.Piece{p("“It was steered by a drunken captain”")}, Cue: cue("added"), Manner: ledger.MannerDirect,
			Source: &ledger.Source{Piece: p("he"), Naming: ledger.NamingUnnamed, Kind: ledger.KindPerson}},
		{ID: "c4", Sentence: "s4", Content: []ledger.Piece{p("two children are missing")}, Cue: cue("Reportedly"), Manner: ledger.MannerIndirect, Source: &ledger.Source{Naming: ledger.NamingNone}},
		{ID: "c5", Sentence: "s5", Content: []ledger.Piece{p("The owner, Ferry Line Brenn, denies that the ferry was overloaded")}},
		{ID: "c6", Sentence: "s6", Content: []ledger.Piece{p("The search goes on")}},
	}
	he := span(text, "he added", 1)
	l.Claims[2].Source.Span = ledger.Span{Start: he.Start, End: he.Start + 2}
	twelve := 12.0
	l.Figures = []ledger.Figure{{Piece: p("12 people"), Value: &twelve, Unit: ledger.UnitKilled, Claim: "c2", Incident: "i1"}}
	l.Incidents = []ledger.Incident{{ID: "i1", Type: ledger.ManMadeDisaster, Mentions: []ledger.Mention{{Span: p("sank").Span}},
		Killed:   &ledger.Toll{Low: 12, Best: 12, High: 12, Figures: []int{0}},
		BlamedOn: []ledger.Party{{Piece: p("a drunken captain"), Claim: "c3"}}, DeniedBy: []ledger.Party{{Piece: p("Ferry Line Brenn"), Entity: "e2", Claim: "c5", By: "e2"}}}}
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	return l
}

// book is a list of corrections that grows as a store's does.
type book struct {
	t    rapid.TB
	read *ledger.Ledger
	list []correction.Correction
}

func (b *book) correct(requests ...correction.Request) {
	b.t.Helper()
	made, err := correction.Make(b.read, b.list, "anna", made, requests...)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range made {
		c.Number = len(b.list) + 1
		b.list = append(b.list, c)
	}
}

func (b *book) now() (*ledger.Ledger, []correction.Outcome) { return correction.Apply(b.read, b.list) }

func claimOf(t rapid.TB, l *ledger.Ledger, id string) *ledger.Claim {
	t.Helper()
	for i := range l.Claims {
		if l.Claims[i].ID == id {
			return &l.Claims[i]
		}
	}
	t.Fatalf("there is no claim %s", id)
	return nil
}

func words(s ...string) (out []correction.Quote) {
	for _, w := range s {
		out = append(out, correction.Quote{Exact: w})
	}
	return out
}

func quote(s string) *correction.Quote { return &correction.Quote{Exact: s} }

func source(s string) *correction.Origin {
	return &correction.Origin{Quote: correction.Quote{Exact: s}}
}

// told is a claim in words.
func told(l *ledger.Ledger, c *ledger.Claim) string {
	var b strings.Builder
	if s := c.Source; s != nil {
		name := ""
		for _, e := range l.Entities {
			if e.ID == s.Speaker {
				name = e.Name
			}
		}
		fmt.Fprintf(&b, "[%s|%s|%s|%s] ", l.Quote(s.Span), s.Naming, s.Kind, name)
	}
	if c.Cue != nil {
		fmt.Fprintf(&b, "<%s> ", l.Quote(c.Cue.Span))
	}
	for i, p := range c.Content {
		if i > 0 {
			b.WriteString(" … ")
		}
		b.WriteString(l.Quote(p.Span))
	}
	if c.Within != "" {
		b.WriteString(" in " + c.Within)
	}
	return b.String() + cmp.Or(" "+string(c.Manner), "")
}

func TestCorrections(t *testing.T) {
	for _, c := range []struct {
		name     string
		requests []correction.Request
		claim    string
		want     string
	}{
		{"content", []correction.Request{{Kind: correction.Content, Claim: "c2", After: &correction.Reading{Content: words("the ferry hit a rock", "killing 12 people")}}},
			"c2", "[Harbour master Ida Lunde|named|person|Ida Lunde] <said> the ferry hit a rock … killing 12 people indirect"},
		{"part of a quotation", []correction.Request{{Kind: correction.Content, Claim: "c3", After: &correction.Reading{Content: words("he added", "Reportedly two")[1:]}}},
			"c3", "[he|unnamed|person|] <added> Reportedly two indirect"},
		{"boundary of a source", []correction.Request{{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: source("Ida Lunde")}}},
			"c2", "[Ida Lunde|named|person|Ida Lunde] <said> the ferry hit a rock, killing 12 people indirect"},
		{"another source", []correction.Request{{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: source("Radio   Toll")}}},
			"c2", "[Radio Toll|unnamed||] <said> the ferry hit a rock, killing 12 people indirect"},
		{"speaker of the text", []correction.Request{{Kind: correction.Speaker, Claim: "c3", After: &correction.Reading{Speaker: &correction.Identity{Name: "lunde"}}}},
			"c3", "[he|named|person|Ida Lunde] <added> “It was steered by a drunken captain” direct"},
		{"speaker whom the text does not name", []correction.Request{{Kind: correction.Speaker, Claim: "c3", After: &correction.Reading{Speaker: &correction.Identity{Name: " Per  Strand "}}}},
			"c3", "[he|named|person|Per Strand] <added> “It was steered by a drunken captain” direct"},
		{"nobody known", []correction.Request{{Kind: correction.Speaker, Claim: "c2"}},
			"c2", "[Harbour master Ida Lunde|named|person|] <said> the ferry hit a rock, killing 12 people indirect"},
		{"an attribution that was missed", []correction.Request{
			{Kind: correction.Source, Claim: "c5", After: &correction.Reading{Source: source("The owner, Ferry Line Brenn")}},
			{Kind: correction.Content, Claim: "c5", After: &correction.Reading{Content: words("the ferry was overloaded")}},
			{Kind: correction.Cue, Claim: "c5", After: &correction.Reading{Cue: quote("denies")}}},
			"c5", "[The owner, Ferry Line Brenn|named|organization|Ferry Line Brenn] <denies> the ferry was overloaded indirect"},
		{"on nobody's word in particular", []correction.Request{{Kind: correction.Cue, Claim: "c1", After: &correction.Reading{Cue: quote("on Friday.")}},
			{Kind: correction.Content, Claim: "c1", After: &correction.Reading{Content: words("The ferry Aurelia sank")}}},
			"c1", "[|none||] <on Friday.> The ferry Aurelia sank indirect"},
		{"no attribution", []correction.Request{{Kind: correction.Unattributed, Claim: "c2"}}, "c2", "the ferry hit a rock, killing 12 people "},
		{"a claim that was missed", []correction.Request{{Kind: correction.Added, After: &correction.Reading{Content: words("the ferry was overloaded"),
			Source: source("Ferry Line Brenn"), Cue: quote("denies")}}}, "c7", "[Ferry Line Brenn|named|organization|Ferry Line Brenn] <denies> the ferry was overloaded indirect"},
		{"checked", []correction.Request{{Kind: correction.Checked, Claim: "c4", Note: "The police list\r\nhas two.", Link: "HTTPS://police.example/list"}},
			"c4", "[|none||] <Reportedly> two children are missing indirect"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &book{t: t, read: ferry(t)}
			b.correct(c.requests...)
			l, outcomes := b.now()
			for i, o := range outcomes {
				if o.State != correction.Applied || o.Claim != c.claim {
					t.Errorf("correction %d: %+v", i+1, o)
				}
			}
			if err := l.Validate(); err != nil {
				t.Error(err)
			}
			x := claimOf(t, l, c.claim)
			if got := told(l, x); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if n := len(x.Corrected) + len(x.Checked); n != len(c.requests) {
				t.Errorf("%d marks, want %d", n, len(c.requests))
			}
			if _, err := l.AppendJSON(nil); err != nil {
				t.Error(err)
			}
			if diff := gocmp.Diff(ferry(t), b.read); diff != "" {
				t.Errorf("the ledger that was read has changed:\n%s", diff)
			}
		})
	}
}

func TestWhatFollowsFromACorrection(t *testing.T) {
	b := &book{t: t, read: ferry(t)}
	b.correct(correction.Request{Kind: correction.Content, Claim: "c2", After: &correction.Reading{Content: words("the ferry hit a rock")}})
	l, _ := b.now()
	if l.Figures[0].Claim != "" {
		t.Errorf("a figure that nobody's claim has any more is given by %q", l.Figures[0].Claim)
	}
	b.correct(correction.Request{Kind: correction.Added, After: &correction.Reading{Content: words("killing 12 people"), Source: source("Ida Lunde")}})
	if l, _ = b.now(); l.Figures[0].Claim != "c7" {
		t.Errorf("the figure is given by %q, not by the claim that was added", l.Figures[0].Claim)
	}
	b.correct(correction.Request{Kind: correction.Speaker, Claim: "c3", After: &correction.Reading{Speaker: &correction.Identity{Name: "Ida Lunde"}}})
	if l, _ = b.now(); l.Incidents[0].BlamedOn[0].By != "e1" {
		t.Errorf("the accusation is made by %q, not by the corrected speaker", l.Incidents[0].BlamedOn[0].By)
	}
	b.correct(correction.Request{Kind: correction.Removed, Claim: "c3"})
	if l, _ = b.now(); len(l.Incidents[0].BlamedOn) != 0 {
		t.Error("an accusation stands without a claim that makes it")
	}
	if len(l.Claims) != 6 || slices.ContainsFunc(l.Claims, func(c ledger.Claim) bool { return c.ID == "c3" }) {
		t.Errorf("%d claims", len(l.Claims))
	}
}

func TestBeforeAndAfter(t *testing.T) {
	b := &book{t: t, read: ferry(t)}
	b.correct(correction.Request{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: source("Ida Lunde")}, Note: "The office is no part of it."})
	c := b.list[0]
	if c.Who != "anna" || !c.Made.Equal(made) || c.Before.Source.Exact != "Harbour master Ida Lunde" || c.Before.Speaker.Name != "Ida Lunde" || c.After.Source.Exact != "Ida Lunde" {
		t.Errorf("%+v", c)
	}
	want := correction.Quote{Exact: "Ida Lunde", Prefix: "The ferry Aurelia sank off Toll on Friday. Harbour master ", Suffix: " said on Radio Toll that the ferry hit a rock, killing 12 peo", Start: 58, End: 67}
	want.Prefix = toll[max(0, want.Start-60):want.Start]
	want.Suffix = toll[want.End : want.End+60]
	if c.After.Source.Quote != want {
		t.Errorf("got  %+v\nwant %+v", c.After.Source.Quote, want)
	}
	if got := c.Anchor.Content[0].Exact; got != "the ferry hit a rock, killing 12 people" {
		t.Errorf("anchored at %q", got)
	}
	if c.Anchor.Cue.Exact != "said" || c.Anchor.Source.Exact != "Harbour master Ida Lunde" {
		t.Errorf("%+v", c.Anchor)
	}
}

func TestRefusals(t *testing.T) {
	long := strings.Repeat("a", 5000)
	for _, c := range []struct {
		name    string
		request correction.Request
		want    string
	}{
		{"no claim", correction.Request{Kind: correction.Removed, Claim: "c9"}, "there is no claim c9"},
		{"no kind", correction.Request{Kind: "truth", Claim: "c1"}, `"truth" is nothing that can be corrected`},
		{"incidents", correction.Request{Kind: correction.Merge}, "is nothing that can be corrected of a claim"},
		{"empty content", correction.Request{Kind: correction.Content, Claim: "c1", After: &correction.Reading{Content: words(" ")}}, "the content is empty"},
		{"no content", correction.Request{Kind: correction.Content, Claim: "c1"}, "give the words of its content"},
		{"words that are not there", correction.Request{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: source("Ida Lund\u202eXX")}}, "the text has no words"},
		{"outside of the text", correction.Request{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: &correction.Origin{Quote: correction.Quote{Start: 4, End: 90000}}}}, "lies outside of the text"},
		{"outside of every sentence", correction.Request{Kind: correction.Content, Claim: "c2", After: &correction.Reading{Content: []correction.Quote{{Start: 42, End: 43}}}}, "is empty"},
		{"overlapping pieces", correction.Request{Kind: correction.Content, Claim: "c2", After: &correction.Reading{Content: words("a rock, killing", "killing 12")}}, "must not overlap"},
		{"source in its content", correction.Request{Kind: correction.Source, Claim: "c5", After: &correction.Reading{Source: source("Ferry Line Brenn")}}, "are part of the content"},
		{"speaker of nobody's words", correction.Request{Kind: correction.Speaker, Claim: "c4", After: &correction.Reading{Speaker: &correction.Identity{Name: "Ida Lunde"}}}, "say first which they are"},
		{"nobody and no cue", correction.Request{Kind: correction.Source, Claim: "c1", After: &correction.Reading{Source: &correction.Origin{Naming: ledger.NamingNone}}}, "has to have a cue"},
		{"no source at all", correction.Request{Kind: correction.Source, Claim: "c2"}, "marked as the article's own"},
		{"no cue of nobody", correction.Request{Kind: correction.Cue, Claim: "c4"}, "neither a cue nor anyone"},
		{"naming", correction.Request{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: &correction.Origin{Naming: "secret"}}}, `"secret" is not a way`},
		{"kind of source", correction.Request{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: &correction.Origin{Kind: "robot"}}}, `"robot" is no kind`},
		{"type of speaker", correction.Request{Kind: correction.Speaker, Claim: "c2", After: &correction.Reading{Speaker: &correction.Identity{Name: "X", Type: "robot"}}}, `"robot" is no type`},
		{"name of a speaker", correction.Request{Kind: correction.Speaker, Claim: "c2", After: &correction.Reading{Speaker: &correction.Identity{Name: "X\x1b"}}}, "cannot be shown"},
		{"long name", correction.Request{Kind: correction.Speaker, Claim: "c2", After: &correction.Reading{Speaker: &correction.Identity{Name: long}}}, "too long"},
		{"nothing new", correction.Request{Kind: correction.Cue, Claim: "c2", After: &correction.Reading{Cue: quote("said")}}, "what it says already"},
		{"already the article's own", correction.Request{Kind: correction.Unattributed, Claim: "c1"}, "what it says already"},
		{"checked without a note", correction.Request{Kind: correction.Checked, Claim: "c1", Note: " \n"}, "write in a note"},
		{"long note", correction.Request{Kind: correction.Checked, Claim: "c1", Note: long}, "too long"},
		{"note with escapes", correction.Request{Kind: correction.Checked, Claim: "c1", Note: "\x1b[31m"}, "cannot be shown"},
		{"script as link", correction.Request{Kind: correction.Checked, Claim: "c1", Note: "x", Link: "javascript:alert(1)"}, "an address on the web"},
		{"link with a password", correction.Request{Kind: correction.Checked, Claim: "c1", Note: "x", Link: "https://a:b@c.example/"}, "an address on the web"},
		{"stale", correction.Request{Kind: correction.Removed, Claim: "c1", Seen: "0011"}, "was changed meanwhile"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := correction.Make(ferry(t), nil, "anna", made, c.request)
			var e *correction.RequestError
			if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want ...%s...", err, c.want)
			}
		})
	}
	for _, who := range []string{"", "a\nb", long} {
		if _, err := correction.Make(ferry(t), nil, who, made, correction.Request{Kind: correction.Removed, Claim: "c1"}); err == nil {
			t.Errorf("%q may correct", who)
		}
	}
	all := make([]correction.Request, 6)
	for i := range all {
		all[i] = correction.Request{Kind: correction.Removed, Claim: fmt.Sprintf("c%d", i+1)}
	}
	if _, err := correction.Make(ferry(t), nil, "anna", made, all...); err == nil || !strings.Contains(err.Error(), "asserts something") {
		t.Errorf("a text without a claim: %v", err)
	}
}

func TestSeen(t *testing.T) {
	l := ferry(t)
	seen := correction.Seen(l, &l.Claims[1])
	if _, err := correction.Make(l, nil, "anna", made, correction.Request{Kind: correction.Removed, Claim: "c2", Seen: seen}); err != nil {
		t.Error(err)
	}
	l.Claims[1].Source.Speaker = "e2"
	if correction.Seen(l, &l.Claims[1]) == seen {
		t.Error("another speaker is not seen")
	}
}

func TestReplacedAndUndone(t *testing.T) {
	b := &book{t: t, read: ferry(t)}
	speaker := func(name string) {
		b.correct(correction.Request{Kind: correction.Speaker, Claim: "c3", After: &correction.Reading{Speaker: &correction.Identity{Name: name}}})
	}
	speaker("Per Strand")
	speaker("Ida Lunde")
	l, o := b.now()
	if o[0].State != correction.Replaced || o[0].By != 2 || o[1].State != correction.Applied {
		t.Errorf("%+v", o)
	}
	if b.list[1].Before.Speaker.Name != "Per Strand" {
		t.Errorf("it replaced %+v", b.list[1].Before)
	}
	if m := claimOf(t, l, "c3").Corrected; len(m) != 2 || m[1].Number != 2 {
		t.Errorf("%+v", m)
	}
	b.list[1].Undone = &correction.Undone{Who: "bo", When: made}
	if l, o = b.now(); o[0].State != correction.Applied || o[1].State != correction.TakenBack || !strings.Contains(told(l, claimOf(t, l, "c3")), "Per Strand") {
		t.Errorf("%+v", o)
	}
	b.list[0].Undone = &correction.Undone{Who: "bo", When: made}
	if l, _ = b.now(); l != b.read {
		t.Error("with nothing left to apply it is not the ledger that was read")
	}
}

func TestAnotherReading(t *testing.T) {
	b := &book{t: t, read: ferry(t)}
	b.correct(correction.Request{Kind: correction.Content, Claim: "c2", After: &correction.Reading{Content: words("the ferry hit a rock")}})
	b.correct(correction.Request{Kind: correction.Speaker, Claim: "c3", After: &correction.Reading{Speaker: &correction.Identity{Name: "Ida Lunde"}}})
	b.correct(correction.Request{Kind: correction.Checked, Claim: "c6", Note: "Seen."})
	b.correct(correction.Request{Kind: correction.Added, After: &correction.Reading{Content: words("the ferry was overloaded"), Source: source("Ferry Line Brenn"), Cue: quote("denies")}})
	// Other models: other ids, other boundaries, one claim no longer there, and the one that was added is.
	l := ferry(t)
	p := func(s string) ledger.Piece { return piece(toll, s) }
	l.Claims = slices.Delete(l.Claims, 5, 6)
	l.Claims[1].Content = []ledger.Piece{p("the ferry hit a rock")}
	l.Claims[2].Content = []ledger.Piece{p("It was steered by a drunken captain")}
	denies := p("denies")
	l.Claims[4] = ledger.Claim{ID: "c5", Sentence: "s5", Content: []ledger.Piece{p("the ferry was overloaded")}, Cue: &denies, Manner: ledger.MannerIndirect, Source: &ledger.Source{Piece: p("The owner"), Naming: ledger.NamingUnnamed}}
	for i := range l.Claims {
		l.Claims[i].ID = fmt.Sprintf("c%d", 40+i)
	}
	l.Figures, l.Incidents = nil, nil
	b.read = l
	now, o := b.now()
	want := []correction.Outcome{{State: correction.Applied, Claim: "c41"}, {State: correction.Applied, Claim: "c42"}, {State: correction.Unresolved}, {State: correction.Applied, Claim: "c44"}}
	for i := range o {
		if o[i].State != want[i].State || o[i].Claim != want[i].Claim {
			t.Errorf("correction %d: %+v, want %+v", i+1, o[i], want[i])
		}
	}
	if o[2].Why == "" {
		t.Error("it is not said why one does not fit")
	}
	if got := told(now, claimOf(t, now, "c44")); got != "[Ferry Line Brenn|named|organization|Ferry Line Brenn] <denies> the ferry was overloaded indirect" || len(now.Claims) != 5 {
		t.Error(got)
	}
}

func TestAnotherText(t *testing.T) {
	corrected := func(t *testing.T) *book {
		b := &book{t: t, read: ferry(t)}
		b.correct(correction.Request{Kind: correction.Speaker, Claim: "c3", After: &correction.Reading{Speaker: &correction.Identity{Name: "Ida Lunde"}}})
		b.correct(correction.Request{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: source("Ida Lunde")}})
		b.correct(correction.Request{Kind: correction.Checked, Claim: "c1", Note: "Seen."})
		return b
	}
	for _, c := range []struct {
		name, old, new string
		gone           int // the correction that no longer fits; 0 for none
	}{
		{"what comes before", "The ferry Aurelia", "Update at noon.\n\nThe ferry Aurelia", 0},
		{"a word of the content", "a drunken captain", "a sleeping captain", 0},
		{"a word more beside the source", "Harbour master Ida", "Acting harbour master Ida", 0},
		{"the sentence before", "sank off Toll on Friday", "went down near the rocks of Little Brenn on Thursday", 3},
		{"the name", "Ida Lunde", "Ada Lande", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := corrected(t)
			text := strings.Replace(toll, c.old, c.new, 1)
			old := b.read
			b.read = moved(old, text, strings.Index(toll, c.old), len(c.old), len(c.new))
			_, o := b.now()
			for i := range o {
				want := correction.Applied
				if i+1 == c.gone {
					want = correction.Unresolved
				}
				if o[i].State != want || want == correction.Applied && o[i].Claim != b.of(i) {
					t.Errorf("correction %d: %+v, want %s", i+1, o[i], want)
				}
			}
		})
	}
}

// of is the claim that a correction of corrected is of.
func (b *book) of(i int) string { return []string{"c3", "c2", "c1"}[i] }

// moved is a ledger of a text in which words at a place became longer or shorter.
func moved(l *ledger.Ledger, text string, at, old, new int) *ledger.Ledger {
	move := func(s ledger.Span) ledger.Span {
		shift := func(x int) int {
			switch {
			case x <= at:
				return x
			case x >= at+old:
				return x + new - old
			}
			return at + min(x-at, new)
		}
		s.End = shift(s.End)
		if s.Start = shift(s.Start); old == 0 && s.Start == at { // what is put before something is not in it
			s.Start += new
		}
		return s
	}
	out := *l
	out.Document.Text = text
	out.Figures, out.Incidents, out.Dates, out.Techniques, out.Matches = nil, nil, nil, nil, nil
	out.Sentences = slices.Clone(l.Sentences)
	for i := range out.Sentences {
		out.Sentences[i].Span = move(l.Sentences[i].Span)
	}
	out.Claims = slices.Clone(l.Claims)
	for i := range out.Claims {
		c := &out.Claims[i]
		c.Incident = ""
		c.Content = slices.Clone(c.Content)
		for j := range c.Content {
			c.Content[j].Span = move(c.Content[j].Span)
		}
		if c.Cue != nil {
			c.Cue = &ledger.Piece{Span: move(c.Cue.Span)}
		}
		if c.Channel != nil {
			c.Channel = &ledger.Piece{Span: move(c.Channel.Span)}
		}
		if c.Source != nil {
			s := *c.Source
			if s.Naming != ledger.NamingNone {
				s.Span = move(s.Span)
			}
			c.Source = &s
		}
	}
	out.Entities = slices.Clone(l.Entities)
	for i := range out.Entities {
		out.Entities[i].Mentions = slices.Clone(out.Entities[i].Mentions)
		for j := range out.Entities[i].Mentions {
			out.Entities[i].Mentions[j].Span = move(out.Entities[i].Mentions[j].Span)
		}
	}
	return &out
}

// TestRepeatedWords: where the same words stand twice the correction stays with the one that it was made of.
func TestRepeatedWords(t *testing.T) {
	text := "The mayor said it was late. The boats left at noon with forty men. The mayor said it was late."
	p := func(words string, n int) ledger.Piece { return ledger.Piece{Span: span(text, words, n)} }
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{Text: text}, Sentences: []ledger.Sentence{
		{ID: "s1", Span: span(text, "The mayor said it was late.", 1)}, {ID: "s2", Span: span(text, "The boats left at noon with forty men.", 1)}, {ID: "s3", Span: span(text, "The mayor said it was late.", 2)}}}
	for i, n := range []int{1, 2} {
		cue := p("said", n)
		l.Claims = append(l.Claims, ledger.Claim{ID: fmt.Sprintf("c%d", i+1), Sentence: []string{"s1", "s3"}[i], Content: []ledger.Piece{p("it was late", n)}, Cue: &cue,
			Source: &ledger.Source{Piece: p("The mayor", n), Naming: ledger.NamingUnnamed}})
	}
	b := &book{t: t, read: l}
	b.correct(correction.Request{Kind: correction.Checked, Claim: "c2", Note: "The second."})
	later := "Soon. " + text
	b.read = moved(l, later, 0, 0, len("Soon. "))
	if _, o := b.now(); o[0].State != correction.Applied || o[0].Claim != "c2" {
		t.Errorf("%+v", o[0])
	}
}

// some draws corrections of claims of a ledger, of which those that Make refuses are left out.
func some(t *rapid.T, l *ledger.Ledger, n int) []correction.Correction {
	var list []correction.Correction
	for range rapid.IntRange(0, n).Draw(t, "corrections") {
		now, _ := correction.Apply(l, list)
		if len(now.Claims) == 0 {
			break
		}
		c := &now.Claims[rapid.IntRange(0, len(now.Claims)-1).Draw(t, "claim")]
		r := correction.Request{Claim: c.ID, Kind: rapid.SampledFrom(correction.Kinds()[:8]).Draw(t, "kind"), Seen: correction.Seen(now, c), Note: "n"}
		points := len([]rune(l.Document.Text))
		anywhere := func(label string) correction.Quote {
			a, b := rapid.IntRange(0, points).Draw(t, label+" start"), rapid.IntRange(0, points).Draw(t, label+" end")
			return correction.Quote{Start: min(a, b), End: max(a, b)}
		}
		cue := anywhere("cue")
		r.After = &correction.Reading{Content: []correction.Quote{anywhere("content")}, Cue: &cue, Source: &correction.Origin{Quote: anywhere("source")},
			Speaker: &correction.Identity{Name: rapid.SampledFrom([]string{"Per Strand", "Orvik", "the council", "Ida"}).Draw(t, "speaker")}}
		if rapid.Bool().Draw(t, "alone") {
			r.After.Source, r.After.Cue = nil, nil
		}
		made, err := correction.Make(l, list, "anna", made, r)
		if err != nil {
			continue
		}
		made[0].Number = len(list) + 1
		list = append(list, made[0])
	}
	return list
}

func TestRandomCorrections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledgertest.Random().Draw(t, "ledger")
		before, err := l.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		list := some(t, l, 5)

		now, outcomes := correction.Apply(l, list)
		if err := now.Validate(); err != nil {
			t.Fatalf("corrected, it breaks a rule: %v", err)
		}
		for i, o := range outcomes {
			if o.State != correction.Applied && o.State != correction.Replaced {
				t.Fatalf("correction %d, of the ledger that it was made of: %+v", i+1, o)
			}
		}
		once, err := now.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := correction.Apply(l, list)
		if twice, _ := again.AppendJSON(nil); string(twice) != string(once) {
			t.Fatalf("it is not the same each time:\n%s\n%s", once, twice)
		}
		// What was taken away bears no mark, and another may be much like it.
		removed := slices.ContainsFunc(list, func(c correction.Correction) bool { return c.Kind == correction.Removed })
		onto, _ := correction.Apply(now, list)
		if twice, _ := onto.AppendJSON(nil); !removed && string(twice) != string(once) {
			t.Fatalf("applied to what it made, it changes it:\n%s\n%s", once, twice)
		}
		for i := range list {
			list[i].Undone = &correction.Undone{Who: "bo", When: made}
		}
		undone, _ := correction.Apply(l, list)
		after, err := undone.AppendJSON(nil)
		if err != nil || string(after) != string(before) {
			t.Fatalf("undone, it is not as before: %v\n%s\n%s", err, before, after)
		}
	})
}

func TestExamples(t *testing.T) {
	b := &book{t: t, read: ferry(t)}
	b.correct(correction.Request{Kind: correction.Checked, Claim: "c1", Note: "Seen."})
	if _, ok := correction.ExampleOf(b.read, b.list); ok {
		t.Error("a claim that was only checked is something to learn from")
	}
	b.correct(correction.Request{Kind: correction.Source, Claim: "c2", After: &correction.Reading{Source: source("Ida Lunde")}})
	b.correct(correction.Request{Kind: correction.Content, Claim: "c2", After: &correction.Reading{Content: words("the ferry hit a rock")}})
	b.correct(correction.Request{Kind: correction.Removed, Claim: "c6"})
	b.correct(correction.Request{Kind: correction.Added, After: &correction.Reading{Content: words("the ferry was overloaded"), Cue: quote("denies"), Source: source("Ferry Line Brenn")}})
	e, ok := correction.ExampleOf(b.read, b.list)
	if !ok || e.Document.Text != toll || len(e.Claims) != 3 {
		t.Fatalf("%+v", e)
	}
	first, removed, added := e.Claims[0], e.Claims[1], e.Claims[2]
	if first.Read.Source.Exact != "Harbour master Ida Lunde" || first.Corrected.Source.Exact != "Ida Lunde" || first.Read.Cue.Exact != "said" ||
		first.Corrected.Content[0].Exact != "the ferry hit a rock" || first.Corrected.Speaker.Name != "Ida Lunde" || len(first.Corrections) != 2 || first.Corrections[1].Who != "anna" {
		t.Errorf("%+v", first)
	}
	if removed.Corrected != nil || removed.Read == nil || added.Read != nil || added.Corrected.Cue.Exact != "denies" {
		t.Errorf("%+v\n%+v", removed, added)
	}
}

// TestInsertions: whatever words come in before or behind, a correction stays with its claim.
func TestInsertions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &book{t: t, read: ferry(t)}
		id := rapid.SampledFrom([]string{"c1", "c2", "c3", "c4", "c5", "c6"}).Draw(t, "claim")
		b.correct(correction.Request{Kind: correction.Checked, Claim: id, Note: "Seen."})
		for range rapid.IntRange(1, 4).Draw(t, "insertions") {
			ends := []int{0}
			for _, s := range b.read.Sentences {
				ends = append(ends, s.End)
			}
			at := rapid.SampledFrom(ends).Draw(t, "at")
			words := " " + strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"the", "ferry", "said", "that", "Lunde", "added", "“So it was”,", "missing.", "Two", "years", "è", "日本"}), 1, 12).Draw(t, "words"), " ") + " "
			text := b.read.Document.Text
			b.read = moved(b.read, text[:at]+words+text[at:], at, 0, len(words))
		}
		_, o := b.now()
		if o[0].State != correction.Applied || o[0].Claim != id {
			t.Fatalf("%+v, want %s, in %q", o[0], id, b.read.Document.Text)
		}
	})
}
