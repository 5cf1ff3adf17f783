package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/text"
)

// quotes lists the quotations of a text: those inside another are indented,
// those without a closing mark end with "~".
func quotes(s string) []string {
	d := segment(s)
	var list []string
	for _, q := range d.Quotes {
		line := d.Words(text.Range{First: q.Open, End: q.Close + 1})
		if !q.Closed {
			line += "~"
		}
		for p := q.Parent; p >= 0; p = d.Quotes[p].Parent {
			line = ">" + line
		}
		list = append(list, line)
	}
	return list
}

func TestQuotes(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"curly":    {"“We left,” Venn said. “It was late.”", []string{"“We left,”", "“It was late.”"}},
		"straight": {`"We left," Venn said. "It was late."`, []string{`"We left,"`, `"It was late."`}},
		"single":   {"‘We left,’ Venn said.", []string{"‘We left,’"}},
		"straight single with apostrophes": {"'We don't know the miners' names,' Venn said, 'and it's late.'",
			[]string{"'We don't know the miners' names,'", "'and it's late.'"}},
		"apostrophes only":            {"The miners' pay wasn't Venn's. The workers’ hall, rock 'n' roll, the '90s, ’til then.", nil},
		"tex":                         {"``We left,'' Venn said.", []string{"``We left,''"}},
		"two apostrophes twice":       {"''We left,'' Venn said.", []string{"''We left,''"}},
		"three apostrophes":           {"''He said, 'No,''' Venn recalled.", []string{"''He said, 'No,'''", ">'No,'"}},
		"guillemets":                  {"«We left», Venn said. ‹So› »it« was.", []string{"«We left»", "‹So›", "»it«"}},
		"low":                         {"„We left“, Venn said. ‚So‘ it was. „Late.”", []string{"„We left“", "‚So‘", "„Late.”"}},
		"closing mark on either side": {"”We left”, Venn said.", []string{"”We left”"}},
		"opening mark on either side": {"Venn called it “untrue.“ Then she left.", []string{"“untrue.“"}},
		"curly and straight":          {"“We left,\" Venn said.", []string{"“We left,\""}},
		"nested": {"“He told us, ‘Leave now,’ and we left,” Venn said.",
			[]string{"“He told us, ‘Leave now,’ and we left,”", ">‘Leave now,’"}},
		"nested at the end":      {"“He told us, ‘Leave now.’”", []string{"“He told us, ‘Leave now.’”", ">‘Leave now.’"}},
		"nested straight":        {`"He told us, 'Leave now,' and we left," Venn said.`, []string{`"He told us, 'Leave now,' and we left,"`, ">'Leave now,'"}},
		"nested same straight":   {`"He said "no" to me," Venn recalled.`, []string{`"He said "no" to me,"`, `>"no"`}},
		"possessive inside":      {"‘The miners’ pay is late,’ Venn said.", []string{"‘The miners’ pay is late,’"}},
		"scare quotes":           {"The “reform” closed 'surplus' pits.", []string{"“reform”", "'surplus'"}},
		"paragraphs":             {"“We left.\n\n“It was late.\n\n“Nobody was hurt,” Venn said.", []string{"“We left.\n\n“It was late.\n\n“Nobody was hurt,”"}},
		"paragraphs straight":    {"\"We left.\n\n\"It was late,\" Venn said.", []string{"\"We left.\n\n\"It was late,\""}},
		"over lines":             {"\"We left.\nIt was late.\nNobody was hurt,\" Venn said.\n\"No,\" she added.", []string{"\"We left.\nIt was late.\nNobody was hurt,\"", "\"No,\""}},
		"not over lines":         {"\"We left, Venn said.\nIt was late.\nOne called it \"odd\".", []string{"\"We left, Venn said.~", "\"odd\""}},
		"not over a blank line":  {"\"We left, Venn said.\n\nOdd\" it was.", []string{"\"We left, Venn said.~"}},
		"closed on its own line": {"\" We left .\n\" Venn said .", []string{"\" We left .\n\""}},
		"unclosed":               {"“We left, Venn said.\n\nThe road is “closed.”", []string{"“We left, Venn said.~", "“closed.”"}},
		"unclosed then quote":    {`"We left, Venn said. "It was late," she added.`, []string{`"We left, Venn said.~`, `"It was late,"`}},
		"unclosed inside":        {"“He said, ‘Leave now,” Venn recalled, and ‘so’ it’s.", []string{"“He said, ‘Leave now,”", ">‘Leave now,~", "‘so’"}},
		"apostrophe turned":      {"“He said, ‘Leave now,” Venn recalled, and it’s so.", []string{"“He said, ‘Leave now,”"}},
		"paragraphs single":      {"‘We left.\n\n‘It was late,’ Venn said.", []string{"‘We left.\n\n‘It was late,’"}},
		"stray closer":           {"We left,” Venn said. “It was late.”", []string{"“It was late.”"}},
		"stray straight":         {"We left,\" Venn said. \"It was late.\"", []string{"\"It was late.\""}},
		"feet and inches":        {`Venn, 6' 2" tall, drove a 40' boat with a 12" screen. "It is late," she said.`, []string{`"It is late,"`}},
		"inches inside":          {`"The pipe is 12" wide," Venn said.`, []string{`"The pipe is 12"`}},
		"number at the end":      {`Venn called it "Plan 9" once.`, []string{`"Plan 9"`}},
		"brackets":               {`Venn ("the boss") left (he said "no").`, []string{`"the boss"`, `"no"`}},
		"dash":                   {`Venn—"the boss"—left.`, []string{`"the boss"`}},
		"between spaces":         {`" We left , " Venn said . " It was late . "`, []string{`" We left , "`, `" It was late . "`}},
		"comma behind":           {`" We left ", Venn said.`, []string{`" We left "`}},
		"ellipsis first":         {"\"...and we left,\" Venn said.", []string{"\"...and we left,\""}},
		"corner":                 {"「漢字」", []string{"「漢字」"}},
		"empty":                  {`Venn said "" and left.`, []string{`""`}},
	} {
		if got := quotes(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %s\n got %q\nwant %q", name, c.text, got, c.want)
		}
	}
}

func TestQuoteDepth(t *testing.T) {
	d := segment("Venn: “He said ‘no’ twice.” So")
	var got strings.Builder
	for i, tok := range d.Tokens {
		fmt.Fprintf(&got, "%s%d ", d.Form(int32(i)), tok.Quote)
	}
	want := "Venn0 :0 “1 He1 said1 ‘2 no2 ’2 twice1 .1 ”1 So0 "
	if got.String() != want {
		t.Errorf("got %s, want %s", got.String(), want)
	}
}

// TestQuoteDepthIsBounded opens more quotations than are followed.
func TestQuoteDepthIsBounded(t *testing.T) {
	d := segment(strings.Repeat("“a ‘b «c ", 1000))
	deepest := uint8(0)
	for _, tok := range d.Tokens {
		deepest = max(deepest, tok.Quote)
	}
	if deepest > 8 {
		t.Errorf("a token stands in %d quotations", deepest)
	}
	if err := checkSegments(d); err != nil {
		t.Error(err)
	}
}
