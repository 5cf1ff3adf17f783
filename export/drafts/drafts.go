// Package drafts begins fact-checks: a ClaimReview of schema.org for a claim,
// with its words, who said it, and where and when it appeared, as the article
// has it. The rating is left empty. It is for a person to fill in, and so are
// the address, the publisher and the day.
package drafts

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"hearsay/export"
	"hearsay/facts/claimreview"
	"hearsay/ledger"
)

// Of begins the fact-check of a claim of a.
func Of(a *export.Article, c *ledger.Claim) *claimreview.Document {
	doc := &a.Ledger.Document
	day := export.Day(doc.Published)
	item := &claimreview.Claim{Type: "Claim", Author: claimant(a, c), DatePublished: day}
	if address := export.Address(doc.URL); address != "" || doc.Title != "" {
		item.Appearance = &claimreview.Thing{Type: "CreativeWork", Name: cmp.Or(doc.Title, address), URL: address, DatePublished: day}
	}
	return &claimreview.Document{
		Context: "https://schema.org", Type: "ClaimReview", ClaimReviewed: strings.Trim(a.Content(c), "“”\"., "),
		Author: &claimreview.Thing{Type: "Organization"}, ReviewRating: &claimreview.Rating{Type: "Rating"}, ItemReviewed: item,
	}
}

// claimant is who the article says made the claim: somebody named, or the article itself.
func claimant(a *export.Article, c *ledger.Claim) *claimreview.Thing {
	doc := &a.Ledger.Document
	if !c.Attributed() {
		if name := cmp.Or(doc.Site, strings.Join(doc.Byline, ", ")); name != "" {
			return &claimreview.Thing{Type: "Organization", Name: name}
		}
		return nil
	}
	if c.Source == nil || c.Source.Naming != ledger.NamingNamed {
		return nil
	}
	kind := "Organization"
	if c.Source.Kind == ledger.KindPerson {
		kind = "Person"
	}
	return &claimreview.Thing{Type: kind, Name: a.Speaker(c)}
}

// against are the reasons that speak against checking a claim.
var against = []ledger.Reason{ledger.ReasonOpinion, ledger.ReasonPrediction, ledger.ReasonQuestion, ledger.ReasonPrivate}

// Writer writes the drafts of the claims that are wanted and that nothing speaks
// against checking, an object a line.
type Writer struct {
	w    io.Writer
	line bytes.Buffer
}

// New returns a Writer to w.
func New(w io.Writer) *Writer { return &Writer{w: w} }

// Article writes the drafts for an article's claims, those most worth checking first.
func (w *Writer) Article(a *export.Article) error {
	for _, i := range a.Ledger.Ranked() {
		c := &a.Ledger.Claims[i]
		if !a.Wants(c.ID) || slices.ContainsFunc(c.Reasons, func(r ledger.Reason) bool { return slices.Contains(against, r) }) {
			continue
		}
		w.line.Reset()
		e := json.NewEncoder(&w.line)
		e.SetEscapeHTML(false)
		if err := e.Encode(Of(a, c)); err != nil {
			return fmt.Errorf("writing draft: %w", err)
		}
		if _, err := w.w.Write(w.line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// Incident is nothing: drafts are of claims.
func (w *Writer) Incident(*export.Incident) error { return nil }

// Close does nothing: each line stands for itself.
func (w *Writer) Close() error { return nil }
