package casing_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hearsay/text"
	"hearsay/text/casing"
)

func restore(tb testing.TB, s string) string {
	tb.Helper()
	m, err := casing.Default()
	if err != nil {
		tb.Fatal(err)
	}
	d := new(text.Doc)
	d.Reset(s)
	d.Segment()
	return m.Restore(d)
}

func TestRestore(t *testing.T) {
	for _, want := range []string{
		"The president of Bolivia said on Monday that two soldiers were killed near La Paz.",
		"Police arrested John O'Hara and Anna McKay in London.",
		"The U.S. government sent 20 engineers to the north of Peru in May.",
		"She was a member of a U.S.-based company.",
	} {
		if got := restore(t, strings.ToUpper(want)); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

func TestShouted(t *testing.T) {
	for _, c := range []struct {
		s    string
		want bool
	}{
		{"", false},
		{"NATO UN EU", false},
		{"THE MAYOR SPOKE AT NOON.", true},
		{"THE MAYOR SPOKE AT NOON, SAID A McKAY OF THE ORVANE POST OFFICE.", true},
		{"THE MAYOR SPOKE at noon.", false},
		{"The mayor spoke at noon.", false},
		{"МЭР ВЫСТУПИЛ СЕГОДНЯ УТРОМ", true},
		{"12 34 56 78 90", false},
		{strings.Repeat("the mayor spoke ", 100) + strings.Repeat("THE MAYOR SPOKE ", 100), false},
	} {
		if got := casing.Shouted(c.s); got != c.want {
			t.Errorf("Shouted(%.40q) = %v", c.s, got)
		}
	}
}

// TestOffsetsStay checks on any text that nothing but the case of letters
// changes, and no letter its length.
func TestOffsetsStay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`([A-ZÁÑİẞ'’.-]{1,8}[ ,.\n]){0,30}`)).Draw(r, "text")
		got := restore(t, s)
		if len(got) != len(s) {
			r.Fatalf("%d bytes became %d: %q, %q", len(s), len(got), s, got)
		}
		for i := 0; i < len(s); {
			a, n := utf8.DecodeRuneInString(s[i:])
			b, m := utf8.DecodeRuneInString(got[i:])
			if n != m || a != b && strings.ToLower(string(a)) != string(b) {
				r.Fatalf("%q became %q at %d of %q", a, b, i, s)
			}
			i += n
		}
		if again := restore(t, s); again != got {
			r.Fatalf("%q, then %q", got, again)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	for _, data := range []string{"", "HCM1", "HCM1\x04\x00\x00\x00", "HCM1\x04\x00\x00\x00\x01\x00\x00\x00", "HCM1\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00nothing"} {
		if _, err := casing.Open(data); err == nil {
			t.Errorf("%q is a model", data)
		}
	}
}
