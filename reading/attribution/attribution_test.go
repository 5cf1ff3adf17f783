package attribution_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/reading/attribution"
	"hearsay/reading/internal/readingtest"
	"hearsay/text"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

func model(t testing.TB) *attribution.Model {
	t.Helper()
	m, err := attribution.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// show writes an attribution on a line: source | cue | content pieces, and > before one inside another.
func show(d *text.Doc, r attribution.Relation) string {
	var pieces []string
	for _, c := range r.Content {
		pieces = append(pieces, d.Words(c))
	}
	within := ""
	if r.Within >= 0 {
		within = "> "
	}
	return within + d.Words(r.Source) + " | " + d.Words(r.Cue) + " | " + strings.Join(pieces, " … ")
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"indirect", "The mayor said that the bridge would close.",
			"The mayor | said | that the bridge would close"},
		{"direct, cue behind", "“The bridge will close,” Mayor Ada Venn said.",
			"Mayor Ada Venn | said | “The bridge will close,”"},
		{"cue between", "“The bridge will close,” she said. “We have no choice.”",
			"she | said | “The bridge will close,” … “We have no choice.”"},
		{"according to", "The bridge will close in May, according to the ministry.",
			"the ministry | according to | The bridge will close in May"},
		{"guillemets", "«The bridge will close,» Venn told reporters.",
			"Venn | told | «The bridge will close,»"},
		{"straight marks", "\"The bridge will close,\" Venn said.",
			"Venn | said | \"The bridge will close,\""},
		{"a dash and a name", "The bridge in Dunmarrow is shut.\n\n“We were never asked about the bridge.” ― Ada Venn",
			"Ada Venn | ― | “We were never asked about the bridge.”"},
		{"negated", "The mayor did not say that the bridge would close.",
			"The mayor | did not say | that the bridge would close"},
		{"a channel", "The brigade claimed the blast, saying in a statement posted on its channel that it had struck the bridge.",
			"The brigade | claimed | the blast\nThe brigade | saying | that it had struck the bridge"},
		{"a conjunction of the article's", "The bridge was built in 1950. But it is sound, the mayor said.",
			"the mayor | said | it is sound"},
		{"over paragraphs", "“The bridge will close,” Venn said.\n\n“We have waited for years. We have written letters.\n\n“Nobody came.”\n\nThe ministry is in Tormark.",
			"Venn | said | “The bridge will close,” … “We have waited for years. We have written letters. … “Nobody came.”"},
		{"an adverb", "The gunmen reportedly fled to Tormark.",
			" | reportedly | The gunmen … fled to Tormark"},
		{"in somebody's words", "In Ms. Venn’s words, the bridge is unsafe.",
			"Ms. Venn | words | the bridge is unsafe"},
		{"in the words of", "In the words of Ada Venn, the bridge was “a disgrace”.",
			"Ada Venn | In the words of | the bridge was “a disgrace”"},
		{"a title before the name, and a day", "Fourteen people were killed and 31 wounded by the bomb, health ministry spokeswoman Ana Tessel said on Friday.",
			"health ministry spokeswoman Ana Tessel | said | Fourteen people were killed and 31 wounded by the bomb"},
		{"an apposition, and a day", "Fourteen people were killed in the market on Thursday, the health ministry's spokeswoman, Ana Tessel, said late on Friday.",
			"the health ministry's spokeswoman, Ana Tessel | said | Fourteen people were killed in the market on Thursday"},
		{"who is only told of", "The bridge closed in May, when Ada Venn had said so.", "Ada Venn | had said | so"},
		{"a count, and what was said with it", "Valdria's health ministry put the death toll at 23 people in a statement posted late on Tuesday, and said that 58 people were being treated.",
			"Valdria's health ministry | put | the death toll at 23 people\nValdria's health ministry | said | that 58 people were being treated"},
		{"what is put elsewhere", "The ministry put the figures on its website.", ""},
		{"nested", "Venn said on Monday that the minister had told her that the bridge would close.",
			"Venn | said | that the minister had told her that the bridge would close\n" +
				"> the minister | told | that the bridge would close"},
		{"a blast claims lives", "The blast claimed 84 lives.", ""},
		{"done as planned", "The convoy moved according to the plan drawn up by the attackers.", ""},
		{"no attribution", "The bridge closed in May.", ""},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := readingtest.Parse(t, c.text)
			var got []string
			for _, r := range model(t).Read(d, new(attribution.Scratch)) {
				got = append(got, show(d, r))
			}
			if s := strings.Join(got, "\n"); s != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
			}
		})
	}
}

// TestResponsibility checks that a claim of responsibility has its claimant
// and its deed, wherever the cue is taken to end.
func TestResponsibility(t *testing.T) {
	for _, s := range []string{
		"The Blue Shore Brigade did not delay in claiming responsibility for the blast.",
		"The Blue Shore Brigade claimed responsibility for the blast.",
		"The Blue Shore Brigade has denied responsibility for the blast.",
	} {
		d := readingtest.Parse(t, s)
		found := false
		for _, r := range model(t).Read(d, new(attribution.Scratch)) {
			said := d.Words(r.Cue) + " " + d.Words(r.Content[0])
			found = found || d.Words(r.Source) == "The Blue Shore Brigade" && strings.HasSuffix(said, "responsibility for the blast")
		}
		if !found {
			t.Errorf("%s: not found", s)
		}
	}
}

// TestTurns reads the record of a debate, and takes no single heading for a turn.
func TestTurns(t *testing.T) {
	m := model(t)
	d := readingtest.Parse(t, "VENN: The bridge will close.\n\nHESK: It will not.\n\nVENN: I have signed the order.")
	rs := m.Read(d, new(attribution.Scratch))
	if len(rs) != 3 || d.Words(rs[1].Source) != "HESK" || d.Words(rs[1].Content[0]) != "It will not." {
		for _, r := range rs {
			t.Log(show(d, r))
		}
		t.Error("three turns not read as such")
	}
	d = readingtest.Parse(t, "UPDATE: The bridge in Dunmarrow has closed.\n\nTraffic is sent over the old ford.")
	for _, r := range m.Read(d, new(attribution.Scratch)) {
		if d.Words(r.Source) == "UPDATE" {
			t.Errorf("a heading is no speaker: %s", show(d, r))
		}
	}
}

var pieces = []string{"Venn", "the minister", "said", "told", "claimed", "that", "“", "”", "\"", "'", "«", "»", "according to", "reportedly",
	"the blast", "lives", ",", ".", ":", "\n", "\n\n", "―", "-", "HESK:", "is believed to", "it", "closed", "(", ")", "and", "84", "é", "\x80"}

// TestReadKeepsToTheText checks on texts made at random that spans lie inside
// the text, that a content holds no word of its own cue, that nesting is what
// it says, and that a used Scratch reads like a new one.
func TestReadKeepsToTheText(t *testing.T) {
	m := model(t)
	var used attribution.Scratch
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 80).Draw(t, "pieces"), " ")
		d := new(text.Doc)
		d.Reset(s)
		d.Segment()
		tagger, _ := tagging.Default()
		parser, _ := parsing.Default()
		tagger.Tag(d)
		d.Lemmatize()
		parser.Parse(d, new(parsing.Scratch))
		rs := slices.Clone(m.Read(d, &used))
		n := int32(len(d.Tokens))
		valid := func(r text.Range) bool { return 0 <= r.First && r.First < r.End && r.End <= n }
		for i, r := range rs {
			if !valid(r.Cue) || len(r.Content) == 0 || !r.Source.Empty() && !valid(r.Source) {
				t.Fatalf("%q: %+v", s, r)
			}
			last := int32(0)
			for _, c := range r.Content {
				if !valid(c) || c.First < last || c.First < r.Cue.End && r.Cue.First < c.End {
					t.Fatalf("%q: content %v of %+v", s, c, r)
				}
				last = c.End
			}
			if r.Within >= 0 {
				if int(r.Within) == i || !slices.ContainsFunc(rs[r.Within].Content, func(c text.Range) bool { return c.First <= r.Cue.First && r.Cue.End <= c.End }) {
					t.Fatalf("%q: %d is not within %d", s, i, r.Within)
				}
			}
			if i > 0 && r.Cue.First < rs[i-1].Cue.First {
				t.Fatalf("%q: cues out of order", s)
			}
		}
		again := m.Read(d, new(attribution.Scratch))
		if fmt.Sprint(rs) != fmt.Sprint(again) {
			t.Fatalf("%q: a used scratch reads\n%v, a new one\n%v", s, rs, again)
		}
	})
}

func TestOpenRefusesWhatIsNoModel(t *testing.T) {
	for _, data := range []string{"", "HAT1", "HAT1\xff\xff\xff\xff", "something else entirely"} {
		if _, err := attribution.Open(data); err == nil {
			t.Errorf("%q opened", data)
		}
	}
}

// BenchmarkRead reads an article of one paragraph a hundred times over.
func BenchmarkRead(b *testing.B) {
	d := readingtest.Parse(b, strings.Repeat("The mayor of Dunmarrow, Ada Venn, said on Monday that the bridge over the Sull would close for repairs. "+
		"“We have no choice,” she told reporters. According to the ministry, the work will take a year and cost 40 million crowns.\n\n", 100))
	m := model(b)
	var s attribution.Scratch
	b.ReportAllocs()
	for b.Loop() {
		m.Read(d, &s)
	}
	b.ReportMetric(float64(b.N)*float64(len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}
