package words

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// kinds are how the kinds are written in tests.
var kinds = [...]string{Plain: "", Name: "N", Number: "9", Year: "Y", Tag: "#", Handle: "@", Function: "f", Negation: "not"}

func read(text string) string {
	var r Reader
	var out []string
	for _, w := range r.Read(text) {
		s := text[w.Start:w.End]
		if k := kinds[w.Kind]; k != "" {
			s += "/" + k
		}
		if w.Part {
			s = "+" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestRead(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"The bridge at Orvik fell.":     "The/f bridge at/f Orvik/N fell",
		"It won’t open, O'Dell said.":   "It/f won’t/not open O'Dell/N said",
		"See https://x.example/a now":   "See now",
		"fell.pic.twitter.com/abc Ja":   "fell Ja",
		"mail a@orvik.example":          "mail a/f orvik example",
		"#OrvikBridge falls":            "#OrvikBridge/# +Orvik +Bridge falls",
		"#FloodXNews2031_now":           "#FloodXNews2031_now/# +Flood +X +News +2031/Y +now",
		"#orvik @orvik_news":            "#orvik/# @orvik_news/@ +orvik +news",
		"#Fallpic.twitter.com/xYz rest": "#Fall/# rest",
		"#1 and #2031":                  "1/9 and/f 2031/Y",
		"6,600 or 6.5 or 2031 or 1,000": "6,600/9 or/f 6.5/9 or/f 2031/Y or/f 1,000/9",
		"40 thousand dead, $2.5bn, 30K": "40 thousand/9 dead 2.5bn/9 30K/9",
		"forty thousand":                "forty thousand/9",
		"10-month-old, 5G, H1N1, B52":   "10/9 month old 5G/N H1N1/N B52/N",
		"U.S. and US say us":            "U.S./N and/f US/N say us/f",
		"Covid-19 COVID19":              "Covid 19/9 COVID/N 19/9",
		"no 日本 naïve":                   "no/not 日 本 naïve",
	} {
		if got := read(in); got != want {
			t.Errorf("%q\n got %s\nwant %s", in, got, want)
		}
	}
}

// TestSame checks that what means the same has one term.
func TestSame(t *testing.T) {
	for _, words := range [][]string{
		{"bridges", "bridge", "Bridge", "BRIDGE", "bridge's", "bridge’s"},
		{"closed", "close", "closing", "closes"},
		{"stopped", "stops", "stopping"},
		{"6,600", "6600", "6.6 thousand", "6.6K"},
		{"forty", "40"}, {"120 MILLION", "120,000,000", "120m"}, {"3 lakh", "300,000"},
		{"U.S.", "US", "USA", "America"},
		{"café", "cafe", "Café"}, {"children", "kids", "child"}, {"vaccine", "vaccines", "vaccinated", "vax"},
		{"died", "death", "dead"}, {"Sept", "September"}, {"photo", "picture", "image"}, {"coronavirus", "COVID"},
		{"don't", "not", "never"}, {"running", "ran", "run"}, {"voters", "voting", "votes"},
	} {
		var r Reader
		first := r.Read(words[0])[0].Term
		for _, w := range words[1:] {
			if got := r.Read(w); len(got) != 1 || got[0].Term != first {
				t.Errorf("%q is not as %q: %+v", w, words[0], got)
			}
		}
	}
	var r Reader
	whole := r.Read("66")[0].Term
	if r.Read("6.6")[0].Term == whole {
		t.Error("66 is as 6.6")
	}
	if Of("bridges") != r.Read("Bridge")[0].Term || Of("kids") != r.Read("child")[0].Term {
		t.Error("Of is not as Read")
	}
}

// TestAnyText checks that words lie in the text, in its order, whatever it is.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { sound(t, rapid.String().Draw(t, "text")) })
}

func FuzzRead(f *testing.F) {
	f.Add("#OrvikBridge @x U.S. 6,600 don't https://x.example pic.twitter.com/a")
	f.Fuzz(func(t *testing.T, text string) { sound(t, text) })
}

type failer interface{ Fatalf(string, ...any) }

func sound(t failer, text string) {
	var r Reader
	last := int32(0)
	got := r.Read(text)
	for _, w := range got {
		if w.Start < last || w.End <= w.Start || int(w.End) > len(text) {
			t.Fatalf("%q: a word at %d to %d after one at %d", text, w.Start, w.End, last)
		}
		last = w.Start
	}
	again := append([]Word(nil), got...)
	if d := cmp.Diff(again, r.Read(text)); d != "" {
		t.Fatalf("read again: %s", d)
	}
}
