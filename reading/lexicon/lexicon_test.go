package lexicon

import (
	"strings"
	"testing"

	"hearsay/text"
)

func TestOf(t *testing.T) {
	for word, want := range map[string]Class{
		"minister": Person | Title, "spokeswoman": Person | Female, "official": Person | Authority, "ministry": Government | Generic,
		"poll": Document, "newspaper": Media, "militia": Group, "company": Organization | Generic, "statement": Channel, "reporter": Audience,
		"monday": Time, "mr.": Title | Male,
	} {
		if got := Of(text.Hash(word)); got&want != want {
			t.Errorf("%q is %b, without some of %b", word, got, want)
		}
	}
	if got := Of(text.Hash("zebrafish")); got != 0 {
		t.Errorf("a word of no list is %b", got)
	}
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]Class{"white house": Government, "reuters": Media, "united nations": Organization, "hamas": Group, "russia": Place} {
		if got := Named(sequence(name)); got&want == 0 {
			t.Errorf("%q is %b, not %b", name, got, want)
		}
	}
	if Same(sequence("u.s.")) != Same(sequence("united states")) {
		t.Error("“U.S.” and “United States” are two")
	}
	if s := sequence("port arvel"); Same(s) != s {
		t.Error("a name of its own was given another's")
	}
	if Full(text.Hash("gov.")) != text.Hash("governor") || Full(text.Hash("mayor")) != text.Hash("mayor") {
		t.Error("a title in short is not its full form")
	}
}

// TestTables finds slips of the pen: a table is looked up by lower-case words,
// and an alias stands for something that is listed.
func TestTables(t *testing.T) {
	var all []string
	for _, w := range words {
		all = append(all, w.list)
	}
	for _, w := range names {
		all = append(all, w.list)
	}
	for _, list := range append(all, femaleNames, maleNames, demonyms, sameNames, abbreviations) {
		if list != strings.ToLower(list) {
			t.Errorf("capitals in %.40q…", list)
		}
		if strings.Contains(list, ",,") {
			t.Errorf("an empty name in %.40q…", list)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(sameNames), "\n") {
		known := false
		for f := range strings.SplitSeq(line, "=") {
			known = known || Named(sequence(f)) != 0
		}
		if !known {
			t.Errorf("none of %q is a listed name", line)
		}
	}
}
