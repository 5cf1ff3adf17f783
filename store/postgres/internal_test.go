package postgres

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	"pgregory.net/rapid"

	"hearsay/store"
	"hearsay/store/query"
)

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"":                    "",
		"São Tarn ﷺ":          "São Tarn ﷺ",
		"a\x00b":              "a\x1a00b",
		"\xff\xc3":            "\x1aff\x1ac3",
		"\x1a00":              "\x1a1a00",
		"\ufffd is no escape": "\ufffd is no escape",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
	for _, s := range []string{"\x1a", "\x1a0", "a\x1azz"} { // what escape does not make
		if got := plain(s); got != s {
			t.Errorf("plain(%q) = %q", s, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"\x00", "\x1a", "1a", "0", "\xff", "é", "\xe2\x82", "€", "x"})).Draw(t, "parts")
		s := strings.Join(parts, "")
		kept := escape(s)
		if !utf8.ValidString(kept) || strings.ContainsRune(kept, 0) {
			t.Fatalf("%q is kept as %q", s, kept)
		}
		if got := plain(kept); got != s {
			t.Fatalf("%q is kept as %q and comes back as %q", s, kept, got)
		}
	})
}

func TestSearchable(t *testing.T) {
	long := strings.Repeat("x", maxWord)
	for in, want := range map[string]string{
		"":                          "",
		"… — !":                     "",
		"The old-bridge, São Tarn.": "the old bridge sao tarn",
		"O'Lind's 3.5 km²":          "o lind s 3 5 km2",
		"e\u0301\u0323mile ÉMILE":   "emile emile",
		"ﬁre Ⅳ １２":                  "fire iv 12",
		"İstanbul":                  "istanbul",
		"a\x00b\xffc":               "a b c",
		"http://a.example/b?c=-1":   "http a example b c 1",
		"Карск":                     "карск",
		long + "yz tail":            long + " tail",
	} {
		if got := searchable(in); got != want {
			t.Errorf("searchable(%.40q) = %q, want %q", in, got, want)
		}
	}
	if n := len(searchable(strings.Repeat("abc ", maxWords))); n > maxWords {
		t.Errorf("%d bytes of words", n)
	}
}

// TestWords holds that words are made of letters and digits alone, whatever the
// text, and that they lie in it in their order.
func TestWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"\xff", "ﷺ", "é", "a", "1", " ", "<->", "&", "!", ":*", "'", "\\"}))).Draw(t, "text"), "")
		var before word
		for w := range wordsOf(text) {
			if w.start < before.start || w.end < before.end || w.end <= w.start || w.end > len(text) { // one character may be several words
				t.Fatalf("the word %+v after %+v", w, before)
			}
			before = w
			if w.form == "" || len(w.form) > maxWord || strings.ContainsAny(w.form, " \t\n&|!:*<>()'\"\\-\x00") {
				t.Fatalf("the word %+v", w)
			}
		}
	})
}

func TestSearch(t *testing.T) {
	for in, want := range map[string]string{
		"bridge":                      "(bridge)",
		"old bridge":                  "((old) & (bridge))",
		`"the old bridge"`:            "(the <-> old <-> bridge)",
		"Varga-Roh*":                  "(varga <-> roh:*)",
		"a OR b -c":                   "((a) | ((b) & !(c)))",
		`a NOT (b OR "c'd")`:          "((a) & !((b) | (c <-> d)))",
		"x&!y:*|(z)":                  "((x <-> y) & (z))", // no operator of PostgreSQL comes through
		"\u037a":                      "",                  // a letter that is an accent alone
		"\u037a OR a":                 "((a))",
		"\u037a a":                    "",
		"a -\u037a":                   "((a))",
		strings.Repeat("\ufdfa", 600): "",
	} {
		e, err := query.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := search(e)
		if want == "" && strings.HasPrefix(in, "\ufdfa") {
			if !ok || strings.Count(got, "<->") < 600 { // one character is four words
				t.Errorf("%d bytes of %d", len(got), len(in))
			}
			continue
		}
		if ok != (want != "") || ok && got != want {
			t.Errorf("search(%q) = %q, %t; want %q", in, got, ok, want)
		}
	}
}

func TestSnippet(t *testing.T) {
	var words []string
	for i := range 100 {
		words = append(words, fmt.Sprintf("w%d", i+1))
	}
	text := strings.Join(words, " ")
	span := func(first, last int) string {
		s := strings.Join(words[first-1:last], " ")
		if first > 1 {
			s = "…" + s
		}
		if last < 100 {
			s += "…"
		}
		return s
	}
	for _, test := range []struct {
		places []int
		want   string
	}{
		{nil, span(1, 32)},
		{[]int{1}, span(1, 32)},
		{[]int{50}, span(44, 75)},
		{[]int{2, 60, 62}, span(54, 85)}, // where most are
		{[]int{100}, span(94, 100)},
		{[]int{102}, span(1, 32)}, // in the title
		{[]int{3, 102, 103, 104}, span(1, 32)},
	} {
		if got := snippet(text, test.places); got != test.want {
			t.Errorf("%v: %q, want %q", test.places, got, test.want)
		}
	}
	if got := snippet("  Smoke!\n", []int{1}); got != "  Smoke!\n" {
		t.Errorf("a short text becomes %q", got)
	}
}

func TestNumbered(t *testing.T) {
	if got := numbered("SELECT a FROM b WHERE c = ? AND d IN (?, ?)"); got != "SELECT a FROM b WHERE c = $1 AND d IN ($2, $3)" {
		t.Error(got)
	}
}

// TestTold pins what becomes of errors that a test cannot have a server make.
func TestTold(t *testing.T) {
	for code, want := range map[string]error{
		"53100": store.ErrFull, "55P03": store.ErrBusy, "40P01": store.ErrBusy, "53300": store.ErrBusy,
		"57P01": store.ErrUnreachable, "57P03": store.ErrUnreachable, "XX001": store.ErrDamaged,
	} {
		if err := told(fmt.Errorf("adding: %w", &pgconn.PgError{Code: code, Message: "said"})); !errors.Is(err, want) {
			t.Errorf("%s: %v", code, err)
		}
	}
	if err := told(nil); err != nil {
		t.Error(err)
	}
}

// TestColumns holds that the columns of words are of columns that there are.
func TestColumns(t *testing.T) {
	for _, x := range indexed {
		if !slices.ContainsFunc(columnsOf[0], func(c column) bool { return c.name == x.column }) {
			t.Errorf("claims have no %s", x.column)
		}
	}
}
