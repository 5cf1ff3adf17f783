package claimreview

import "hearsay/facts"

// Document is a ClaimReview as JSON-LD, with what schema.org and those who read
// ClaimReviews require of it.
type Document struct {
	Context       string  `json:"@context"`
	Type          string  `json:"@type"`
	URL           string  `json:"url"`
	ClaimReviewed string  `json:"claimReviewed"`
	Name          string  `json:"name,omitempty"`
	Author        *Thing  `json:"author,omitempty"`
	DatePublished *string `json:"datePublished,omitempty"`
	ReviewBody    string  `json:"reviewBody,omitempty"`
	ReviewRating  *Rating `json:"reviewRating,omitempty"`
	ItemReviewed  *Claim  `json:"itemReviewed,omitempty"`
}

// Thing is a person, an organization, or something published.
type Thing struct {
	Type          string `json:"@type"`
	Name          string `json:"name"`
	URL           string `json:"url,omitempty"`
	DatePublished string `json:"datePublished,omitempty"`
}

// Rating is a Rating of schema.org.
type Rating struct {
	Type          string `json:"@type"`
	AlternateName string `json:"alternateName"`
}

// Claim is a Claim of schema.org.
type Claim struct {
	Type          string `json:"@type"`
	Author        *Thing `json:"author,omitempty"`
	DatePublished string `json:"datePublished,omitempty"`
	Appearance    *Thing `json:"appearance,omitempty"` // where it was made
}

// Of returns a fact-check as a ClaimReview. Read makes the same fact-check of it.
func Of(r *facts.Review) *Document {
	d := &Document{Context: "https://schema.org", Type: "ClaimReview", URL: r.URL, ClaimReviewed: r.Claim, Name: r.Title, ReviewBody: r.Body}
	if r.Published != "" {
		d.DatePublished = &r.Published
	}
	if r.Publisher != "" {
		d.Author = &Thing{Type: "Organization", Name: r.Publisher}
	}
	if r.Rating != "" {
		d.ReviewRating = &Rating{Type: "Rating", AlternateName: r.Rating}
	}
	if r.Claimant != "" || r.Claimed != "" {
		d.ItemReviewed = &Claim{Type: "Claim", DatePublished: r.Claimed}
		if r.Claimant != "" {
			d.ItemReviewed.Author = &Thing{Type: "Thing", Name: r.Claimant}
		}
	}
	return d
}
