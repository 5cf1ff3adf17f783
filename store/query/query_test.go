package query_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hearsay/store/query"
)

func term(words string) query.Expr { return query.Expr{Words: words} }

func TestParse(t *testing.T) {
	for in, want := range map[string]query.Expr{
		"bridge":              term("bridge"),
		`"the old bridge"`:    term("the old bridge"),
		"bridg*":              {Words: "bridg", Prefix: true},
		`"old bridg"*`:        {Words: "old bridg", Prefix: true},
		"old bridge":          {Op: query.And, Of: []query.Expr{term("old"), term("bridge")}},
		"old AND bridge":      {Op: query.And, Of: []query.Expr{term("old"), term("bridge")}},
		"a OR b c":            {Op: query.Or, Of: []query.Expr{term("a"), {Op: query.And, Of: []query.Expr{term("b"), term("c")}}}},
		"(a OR b) c":          {Op: query.And, Of: []query.Expr{{Op: query.Or, Of: []query.Expr{term("a"), term("b")}}, term("c")}},
		"a -b NOT c":          {Op: query.And, Of: []query.Expr{term("a")}, Without: []query.Expr{term("b"), term("c")}},
		"a NOT -b":            {Op: query.And, Of: []query.Expr{term("a"), term("b")}},
		"a-b or":              {Op: query.And, Of: []query.Expr{term("a-b"), term("or")}},
		`"OR"`:                term("OR"),
		"((a))":               term("a"),
		"x\u0000y":            term("x y"),
		`near"by"`:            {Op: query.And, Of: []query.Expr{term("near"), term("by")}},
		"a -(b OR c)":         {Op: query.And, Of: []query.Expr{term("a")}, Without: []query.Expr{{Op: query.Or, Of: []query.Expr{term("b"), term("c")}}}},
		"content:x ^2 y'; --": {},
	} {
		got, err := query.Parse(in)
		if want.Op == query.Term && want.Words == "" {
			if err == nil {
				t.Errorf("%q is taken for %+v", in, got)
			}
			continue
		}
		if d := cmp.Diff(want, got); err != nil || d != "" {
			t.Errorf("%q: %v %s", in, err, d)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, why := range map[string]string{
		"":                             "is empty",
		" \t":                          "is empty",
		`"open`:                        "not closed",
		"(a":                           "not closed",
		"a)":                           "too many",
		"()":                           "lacks a word before a closing bracket",
		"a OR":                         "lacks a word at its end",
		"OR a":                         "lacks a word before OR",
		"a AND AND b":                  "lacks a word before AND",
		"a -":                          "lacks a word at its end",
		"-a":                           "only what is not to be found",
		"a OR -b":                      "only what is not to be found",
		"a (-b)":                       "only what is not to be found",
		"*":                            "no word",
		`"..."`:                        "no word",
		"\xff":                         "UTF-8",
		strings.Repeat("a ", 101):      "more than 100 terms",
		strings.Repeat("a", 2001):      "2001 bytes",
		strings.Repeat("(", 100) + "a": "20 deep",
	} {
		_, err := query.Parse(in)
		var e *query.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), why) {
			t.Errorf("%.40q: %v; want an error with %q", in, err, why)
		}
	}
}

func TestNames(t *testing.T) {
	got, err := query.Names(`  Mara "O'Lind" - `)
	want := query.Expr{Op: query.And, Of: []query.Expr{term("Mara"), term(`"O'Lind"`)}}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
	for _, in := range []string{"", "?!", strings.Repeat("x", 3000), strings.Repeat("x ", 500)} {
		if got, err := query.Names(in); err == nil {
			t.Errorf("%.20q is taken for %+v", in, got)
		}
	}
}

// FuzzParse holds what homes rely on: terms with a word in them, without
// control characters, and something to find in each And and Or.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`ferry (collision OR blast) -insurance`, `"opened fire"* AND x`, "a NOT (b OR c*)", "((((", `"`, "-", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := query.Parse(s)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("the error has more than one line: %q", err)
			}
			return
		}
		check(t, e, 0)
	})
}

func check(t *testing.T, e query.Expr, depth int) {
	if depth > 50 {
		t.Fatal("too deep")
	}
	if e.Op == query.Term {
		word := strings.ContainsFunc(e.Words, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
		if !word || strings.ContainsFunc(e.Words, unicode.IsControl) || !utf8.ValidString(e.Words) || len(e.Of)+len(e.Without) > 0 {
			t.Errorf("a term %+v", e)
		}
		return
	}
	if len(e.Of) == 0 || e.Words != "" || e.Op == query.Or && len(e.Without) > 0 {
		t.Errorf("an expression %+v", e)
	}
	for _, o := range append(e.Of, e.Without...) {
		check(t, o, depth+1)
	}
}
