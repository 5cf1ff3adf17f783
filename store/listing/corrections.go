package listing

import (
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"hearsay/report"
	"hearsay/store"
)

// Corrections prints corrections of incidents by hand and returns how many there were.
func Corrections(w io.Writer, format string, all iter.Seq2[*store.Correction, error]) (int, error) {
	return list(w, format, all, correctionLine{}, []string{"number", "made", "correction", "incidents", "articles", "into"}, correctionText)
}

type correctionLine struct {
	Number     int      `json:"number"`
	Made       string   `json:"made"` // RFC 3339
	Correction string   `json:"correction"`
	Incidents  []string `json:"incidents"`
	Articles   []string `json:"articles,omitempty"`
	Into       []string `json:"into"`
}

func (correctionLine) of(c *store.Correction) any {
	return correctionLine{c.Number, c.Made.UTC().Format(time.RFC3339), deed(c), c.Incidents, c.Articles, c.Into}
}

func (correctionLine) rows(c *store.Correction) [][]string {
	return [][]string{{strconv.Itoa(c.Number), c.Made.UTC().Format(time.RFC3339), deed(c), strings.Join(c.Incidents, "; "),
		strings.Join(c.Articles, "; "), strings.Join(c.Into, "; ")}}
}

func deed(c *store.Correction) string {
	if c.Split {
		return "split"
	}
	return "merge"
}

func correctionText(w io.Writer, c *store.Correction) {
	what := "merged " + strings.Join(c.Incidents, ", ")
	if c.Split {
		what = "split " + strings.Join(c.Articles, ", ") + " off " + strings.Join(c.Incidents, ", ")
	}
	fmt.Fprintf(w, "%3d  %s  %s into %s\n", c.Number, c.Made.UTC().Format("2006-01-02 15:04"), report.Line(what), report.Line(strings.Join(c.Into, " and ")))
}
