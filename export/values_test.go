package export_test

import (
	"regexp"
	"testing"

	"hearsay/export"
	"hearsay/export/exporttest"
)

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://orvik.example/a?b=1#c":        "https://orvik.example/a?b=1#c",
		" http://orvik.example ":               "http://orvik.example",
		"https://me:secret@orvik.example/a":    "https://orvik.example/a",
		"javascript:alert(1)":                  "",
		"file:///etc/hostname":                 "",
		"//orvik.example/a":                    "",
		"https:///a":                           "",
		"orvik.example":                        "",
		"http://orvik.example/\x00":            "",
		"":                                     "",
		"https://orvik.example/<b>\"x\" y</b>": "https://orvik.example/%3Cb%3E%22x%22%20y%3C/b%3E",
	} {
		if got := export.Address(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
}

func TestBetween(t *testing.T) {
	for in, want := range map[string][2]string{
		"2031-05-02":            {"2031-05-02", "2031-05-02"},
		"2031-05-02/2031-06-01": {"2031-05-02", "2031-06-01"},
		"2031-06-01/2031-05-02": {},
		"2031-02-30":            {},
		"2031-05":               {},
		"2031-05-02/..":         {},
		"XXXX-05-02":            {},
		"":                      {},
	} {
		if first, last := export.Between(in); first != want[0] || last != want[1] {
			t.Errorf("%q: from %q to %q", in, first, last)
		}
	}
}

var uuid5 = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// TestNames: strings are not run together into one name, and make the same name each time.
func TestNames(t *testing.T) {
	for _, name := range []func(...string) string{export.URN, export.Key} {
		seen := map[string]bool{}
		for _, parts := range [][]string{{"a", "bc"}, {"ab", "c"}, {"abc"}, {"a", "bc", ""}, {}} {
			if seen[name(parts...)] {
				t.Errorf("%q has the name of another", parts)
			}
			seen[name(parts...)] = true
		}
		if !seen[name("a", "bc")] {
			t.Error("a name is another each time")
		}
	}
	if s := export.URN("a"); !uuid5.MatchString(s) {
		t.Errorf("%s is no UUID of version 5", s)
	}
}

func TestAttribution(t *testing.T) {
	a := exporttest.Article()
	for id, want := range map[string]string{
		"c1": "According to Édna Frølich (“the harbour master Édna Frølich”), by the words “said”, through “in a letter”",
		"c4": "According to Grey League (“which”), by the words “denied”, worded as not so",
		"c5": "According to the article itself",
		"c6": "According to nobody whom the article names, by the words “reportedly”",
	} {
		if got := a.Attribution(a.Claim(id)); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
	if got := a.According(a.Claim("none")); got != "the article itself" {
		t.Errorf("no claim: %s", got)
	}
}
