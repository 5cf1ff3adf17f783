package article_test

import (
	"fmt"
	"strings"
	"testing"

	"hearsay/article"
)

// published gives what becomes of a line's date.
func published(t *testing.T, date string) string {
	t.Helper()
	var g article.Getter
	for a, err := range g.JSONL(t.Context(), strings.NewReader(fmt.Sprintf(`{"text":"The mill burns.","published":%q}`, date)), "x") {
		if err != nil {
			t.Fatal(err)
		}
		return a.Published
	}
	t.Fatal("no article")
	return ""
}

func TestPublished(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"2024-03-27":                    "2024-03-27",
		" 2024-03-27\n":                 "2024-03-27",
		"2024-03":                       "2024-03",
		"2024":                          "2024",
		"2024~":                         "2024~",
		"2024-03?":                      "2024-03?",
		"XXXX-03-04":                    "XXXX-03-04",
		"202X":                          "202X",
		"2024-21":                       "2024-21", // spring
		"2024-03-04/2024-03-09":         "2024-03-04/2024-03-09",
		"2024-03-04/..":                 "2024-03-04/..",
		"/..":                           "",
		"2024-03-27T23:30:00-05:00":     "2024-03-27",
		"2024-03-27T08:15:00Z":          "2024-03-27",
		"2024-03-27T08:15:00.123Z":      "2024-03-27",
		"2024-03-27T08:15:00+0100":      "2024-03-27",
		"2024-03-27 08:15:00":           "2024-03-27",
		"2024-03-27T08:15":              "2024-03-27",
		"20240327":                      "2024-03-27",
		"2024/03/27":                    "2024-03-27",
		"Wed, 27 Mar 2024 08:15:00 GMT": "2024-03-27",
		"27 March 2024":                 "2024-03-27",
		"March 27, 2024":                "2024-03-27",
		"Wednesday, March 27, 2024":     "2024-03-27",
		"2024-02-30":                    "", // there is none
		"2024-13":                       "",
		"03/04/2024":                    "", // the day or the month first?
		"yesterday":                     "",
		"27":                            "",
	} {
		if got := published(t, in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
