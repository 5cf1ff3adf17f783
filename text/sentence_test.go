package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/text"
)

// sentences joins the sentences of each paragraph by bars.
func sentences(s string) []string {
	d := segment(s)
	var list []string
	for i, sent := range d.Sentences {
		words := strings.Join(strings.Fields(d.Words(text.Range{First: sent.First, End: sent.End})), " ")
		if i > 0 && d.Sentences[i-1].Paragraph == sent.Paragraph {
			list[len(list)-1] += " | " + words
		} else {
			list = append(list, words)
		}
	}
	return list
}

func TestSentences(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"stops":               {"Venn left. Did she? She did! Nobody knew.", []string{"Venn left. | Did she? | She did! | Nobody knew."}},
		"titles and initials": {"Mr. Venn met Lt. Col. J. R. Osk. He left.", []string{"Mr. Venn met Lt. Col. J. R. Osk. | He left."}},
		"abbreviation inside": {"The U.S. envoy met Orrin Inc. officers at 9 p.m. Monday in Vell, Calif., on Jan. 5.",
			[]string{"The U.S. envoy met Orrin Inc. officers at 9 p.m. Monday in Vell, Calif., on Jan. 5."}},
		"abbreviation at the end": {"He left the U.S. The envoy works for Orrin Inc. She came at 9 p.m. Osk did not. It was Jan. The end.",
			[]string{"He left the U.S. | The envoy works for Orrin Inc. | She came at 9 p.m. | Osk did not. | It was Jan. | The end."}},
		"never at the end":   {"Boats, e.g. The Heron, sail. Venn vs. Osk goes on.", []string{"Boats, e.g. The Heron, sail. | Venn vs. Osk goes on."}},
		"closing marks":      {"“We left.” “When?” (It was late.) [So it was.] Then nothing.", []string{"“We left.” | “When?” | (It was late.) | [So it was.] | Then nothing."}},
		"inside a quotation": {"“I left. I was tired,” he said.", []string{"“I left. | I was tired,” he said."}},
		"question then who":  {"“Why?” he asked. “No!” Venn said. “So?” The boat left.", []string{"“Why?” he asked. | “No!” Venn said. | “So?” | The boat left."}},
		"stray closing mark": {"We left.” Then they came.", []string{"We left.” | Then they came."}},
		"straight marks":     {`"We left." "When?" She said "no." They came.`, []string{`"We left." | "When?" | She said "no." | They came.`}},
		"between spaces":     {`" We left . " Venn was late .`, []string{`" We left . " | Venn was late .`}},
		"ellipsis":           {"We left … and came. We left... Then we came. Wait. ... No.", []string{"We left … and came. | We left... | Then we came. | Wait. | ... No."}},
		"spaced ellipsis":    {"We left . . . and came . . . . Then no.", []string{"We left . . . and came . . . . | Then no."}},
		"number in a list":   {"1. Boats left. 2. They came.", []string{"1. Boats left. | 2. They came."}},
		"note":               {"The boat left.[7] It came.", []string{"The boat left.[7] | It came."}},
		"missing space":      {"The boat left.Then it came.", []string{"The boat left. | Then it came."}},
		"lower case after":   {"Orrin! leads. (Really?) and so on.", []string{"Orrin! leads. | (Really?) and so on."}},
		"blank lines":        {"Fire closes port\n\nVenn left\n \nOsk came.", []string{"Fire closes port", "Venn left", "Osk came."}},
		"single lines":       {"Fire closes port\nVenn left the hall.\nOsk came.", []string{"Fire closes port", "Venn left the hall.", "Osk came."}},
		"line broken off":    {"Venn left the\nhall, and\nwent home.", []string{"Venn left the hall, and went home."}},
		"other line ends":    {"One\r\nTwo\rThree\u2028Four\u2029Five\u0085Six\fSeven", []string{"One", "Two", "Three", "Four", "Five", "Six", "Seven"}},
		"other scripts":      {"是。不是？Да. Нет.", []string{"是。 | 不是？ | Да. | Нет."}},
		"abbreviation, bracket": {"He left (Vell, Ariz.) Friday. She is of Vell (Ky.). Osk came.",
			[]string{"He left (Vell, Ariz.) Friday. | She is of Vell (Ky.). | Osk came."}},
		"nothing": {" \n\n ", nil},
	} {
		if got := sentences(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q\n got %q\nwant %q", name, c.text, got, c.want)
		}
	}
}

func TestWrappedLines(t *testing.T) {
	wrapped := `FIRE CLOSES PORT

The port of Harrow Point will stay closed for at least nine days, its
director said on Tuesday. A fire that began in a storeroom had spread to
the main hall before the crews of the Fire Service came.
Nobody was hurt.
Mirela Ostrand, who has run the port since it was rebuilt, said that its
sprinklers had been tested in May:
- in the hall, by the port's own staff, with a record kept of each of the
  tests and of who made it
- in the storeroom
`
	want := []string{
		"FIRE CLOSES PORT",
		"The port of Harrow Point will stay closed for at least nine days, its director said on Tuesday. | " +
			"A fire that began in a storeroom had spread to the main hall before the crews of the Fire Service came.",
		"Nobody was hurt.",
		"Mirela Ostrand, who has run the port since it was rebuilt, said that its sprinklers had been tested in May:",
		"- in the hall, by the port's own staff, with a record kept of each of the tests and of who made it",
		"- in the storeroom",
	}
	if got := sentences(wrapped); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := sentences(strings.ReplaceAll(wrapped, "\n", "\r\n")); !slices.Equal(got, want) {
		t.Errorf("with \\r\\n got %q", got)
	}
}

// TestLongSentence checks that a sentence is cut where it is too long, and at
// the best place.
func TestLongSentence(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want string
	}{
		"words":     {strings.Repeat("word ", 1000), "400 400 200"},
		"commas":    {strings.Repeat(strings.Repeat("word ", 98)+"word, ", 10), "400 400 200"},
		"semicolon": {strings.Repeat("word ", 299) + "word; " + strings.Repeat("word, ", 100), "301 200"},
		"early":     {strings.Repeat("word ", 9) + "word; " + strings.Repeat("word ", 500), "400 111"},
		"fits":      {strings.Repeat("word ", 399) + ".", "400"},
	} {
		var got []string
		for _, s := range segment(c.text).Sentences {
			got = append(got, fmt.Sprint(s.End-s.First))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: sentences of %v tokens, want %s", name, got, c.want)
		}
	}
}

// TestHugeTexts checks the promises of Segment on long texts of one kind.
func TestHugeTexts(t *testing.T) {
	for _, unit := range []string{"word ", "word", `"`, "“", "’", "‘a ", ". ", "!) ", "a.", "a@", "漢", "\xff", "\n", "“A\n\n", "<a", "\u200d", "http://a"} {
		d := segment(strings.Repeat(unit, 500_000/len(unit)))
		if err := checkSegments(d); err != nil {
			t.Errorf("%q repeated: %v", unit, err)
		}
	}
}
