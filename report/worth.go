package report

import (
	"strconv"
	"strings"

	"hearsay/ledger"
)

// Ranking is the order by what deserves checking most. Its zero value is by
// check-worthiness alone.
type Ranking struct {
	// First are reasons: claims that have one of them come before all others.
	First []ledger.Reason
}

// deserves is the check-worthiness from which on a claim is more likely than
// not worth a fact-checker's hour.
const deserves = 0.5

// worthMeans says what the score beside a claim is.
const worthMeans = "A score from 0 to 1 says how likely it is that a claim is a statement of fact, of public interest, that could be checked. It does not say whether it is so."

// order are the claims in the order of a ranking, and in that of the text where
// there is none.
func (o *outline) order(by *Ranking) []int {
	if by != nil {
		return o.Ranked(by.First...)
	}
	order := make([]int, len(o.Claims))
	for i := range order {
		order[i] = i
	}
	return order
}

// foremost are at most n of the claims that deserve checking, in the order of
// the ranking.
func (o *outline) foremost(by *Ranking, n int) []int {
	if by == nil {
		by = &Ranking{}
	}
	var list []int
	for _, i := range o.order(by) {
		if len(list) < n && o.Claims[i].Checkworthiness >= deserves {
			list = append(list, i)
		}
	}
	return list
}

// how says what comes first in the order of r.
func (r *Ranking) how() string {
	if len(r.First) == 0 {
		return "by check-worthiness"
	}
	return "first those with " + inOrder(r.First, "or") + ", each part by check-worthiness"
}

// inOrder lists reasons in words: "a figure, a question or an opinion".
func inOrder(reasons []ledger.Reason, last string) string {
	var b strings.Builder
	for i, r := range reasons {
		switch {
		case i == 0:
		case i == len(reasons)-1:
			b.WriteString(" " + last + " ")
		default:
			b.WriteString(", ")
		}
		name, _, _ := strings.Cut(string(r), ":") // what follows says why it counts against checking
		b.WriteString(name)
	}
	return b.String()
}

// scored is a probability with two decimals, and nothing for one that was not judged.
func scored(x float64) string {
	if x == 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}

// why are the reasons of w with between them what parts them.
func why(w *ledger.Worth, between string) string {
	switch len(w.Reasons) {
	case 0:
		return ""
	case 1:
		return string(w.Reasons[0])
	}
	list := make([]string, len(w.Reasons))
	for i, r := range w.Reasons {
		list[i] = string(r)
	}
	return strings.Join(list, between)
}
