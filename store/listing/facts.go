package listing

import "hearsay/facts"

// FactLine is a published fact-check in JSON.
type FactLine struct {
	ID string `json:"id"`
	facts.Review
}

// Fact is a fact-check as JSONL has it.
func Fact(r *facts.Review) FactLine { return FactLine{r.ID(), *r} }

// MatchLine is a fact-check that is, or may be, about what a text says, in JSON.
type MatchLine struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Score     float64      `json:"score"`
	Level     facts.Level  `json:"level,omitempty"`
	Publisher string       `json:"publisher,omitempty"`
	Rating    string       `json:"rating,omitempty"`
	Published string       `json:"published,omitempty"`
	Claim     string       `json:"claimReviewed"`
	Title     string       `json:"name,omitempty"`
	Same      []facts.Same `json:"same,omitempty"`
}

// Match is a match as JSONL has it.
func Match(m *facts.Match) MatchLine {
	r := m.Review
	return MatchLine{ID: m.ID, URL: r.URL, Score: Rounded(m.Score), Level: m.Level, Publisher: r.Publisher, Rating: r.Rating,
		Published: r.Published, Claim: r.Claim, Title: r.Title, Same: m.Same}
}

// Rounded is a probability with the digits that mean something.
func Rounded(p float64) float64 { return float64(int(p*10000+0.5)) / 10000 }
