package ledger

import (
	"cmp"
	"slices"
)

// Worth is how far a sentence or a claim deserves a fact-checker's hour: whether
// it is a factual statement, of public interest, that could be checked. It says
// nothing of whether it is so.
type Worth struct {
	Checkworthiness float64  `json:"checkworthiness,omitempty"` // a probability; 0 where it was not judged
	Reasons         []Reason `json:"reasons,omitempty"`         // in the order of Reasons
}

// Reason is one thing that speaks for checking a statement, or against it, in
// words that a person can weigh.
type Reason string

// What speaks for checking a statement, and from ReasonOpinion on what speaks
// against it.
const (
	ReasonFigure     Reason = "a figure"
	ReasonAccusation Reason = "a named accusation"
	ReasonEvent      Reason = "an event with date and place"
	ReasonComparison Reason = "a comparison"
	ReasonRecord     Reason = "a law, vote or record"
	ReasonSource     Reason = "words of a named source"

	ReasonOpinion    Reason = "an opinion"
	ReasonPrediction Reason = "a prediction: cannot be checked yet"
	ReasonQuestion   Reason = "a question"
	ReasonPrivate    Reason = "a private matter"
)

// reasons are all reasons in their order, each with its key.
var reasons = [...]struct {
	reason Reason
	key    string
}{
	{ReasonFigure, "figures"}, {ReasonAccusation, "accusations"}, {ReasonEvent, "events"}, {ReasonComparison, "comparisons"},
	{ReasonRecord, "records"}, {ReasonSource, "sources"},
	{ReasonOpinion, "opinions"}, {ReasonPrediction, "predictions"}, {ReasonQuestion, "questions"}, {ReasonPrivate, "private"},
}

// Reasons returns all reasons: those for checking a statement before those against.
func Reasons() []Reason {
	out := make([]Reason, len(reasons))
	for i := range reasons {
		out[i] = reasons[i].reason
	}
	return out
}

// Key is the one word by which r is chosen on a command line or in an address,
// such as "figures"; empty where r is none of the reasons.
func (r Reason) Key() string {
	for i := range reasons {
		if reasons[i].reason == r {
			return reasons[i].key
		}
	}
	return ""
}

// ReasonOf returns the reason with that key.
func ReasonOf(key string) (r Reason, ok bool) {
	for i := range reasons {
		if reasons[i].key == key {
			return reasons[i].reason, true
		}
	}
	return "", false
}

// Ranked returns the indexes of the claims in the order in which to check them:
// first those that have one of the preferred reasons, then the others, each by
// falling check-worthiness, and in text order where that is equal.
func (l *Ledger) Ranked(prefer ...Reason) []int {
	order := make([]int, len(l.Claims))
	for i := range order {
		order[i] = i
	}
	wanted := func(i int) int {
		if slices.ContainsFunc(l.Claims[i].Reasons, func(r Reason) bool { return slices.Contains(prefer, r) }) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(wanted(b), wanted(a)), cmp.Compare(l.Claims[b].Checkworthiness, l.Claims[a].Checkworthiness))
	})
	return order
}
