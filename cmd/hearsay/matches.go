package main

import (
	"context"
	"strings"

	"hearsay/facts"
	"hearsay/ledger"
	"hearsay/store/checks"
	"hearsay/store/listing"
)

// checksIn returns the published fact-checks of a store, nil where it keeps none.
func checksIn(s any) *checks.Shelf {
	if home, ok := s.(checks.Home); ok {
		return home.Checks()
	}
	return nil
}

// mostMatches is how many fact-checks are named for one claim.
const mostMatches = 3

// match adds to a ledger the published fact-checks that are about its claims.
func match(ctx context.Context, f *checks.Finder, l *ledger.Ledger) error {
	for i := range l.Claims {
		if err := ctx.Err(); err != nil {
			return err
		}
		c := &l.Claims[i]
		found, err := f.Match(ctx, claimWords(l, c), mostMatches, true)
		if err != nil {
			return err
		}
		for _, m := range found {
			l.Matches = append(l.Matches, matched(c.ID, &m))
		}
	}
	return nil
}

// matched is a match as a ledger has it.
func matched(claim string, m *facts.Match) ledger.Match {
	r := m.Review
	out := ledger.Match{Claim: claim, Score: listing.Rounded(m.Score), Level: ledger.MatchLevel(m.Level),
		Review: ledger.Review{URL: r.URL, Publisher: r.Publisher, Rating: r.Rating, Published: r.Published, ClaimReviewed: r.Claim}}
	for _, s := range m.Same {
		out.Same = append(out.Same, ledger.Same{Kind: string(s.Kind), Text: s.Text})
	}
	return out
}

// claimWords are the words by which fact-checks of a claim are looked for: what is
// claimed and, since that may say "he", who is said to have said it.
func claimWords(l *ledger.Ledger, c *ledger.Claim) string {
	var parts []string
	for _, p := range c.Content {
		parts = append(parts, l.Quote(p.Span))
	}
	if c.Source != nil {
		for i := range l.Entities {
			if l.Entities[i].ID == c.Source.Speaker {
				parts = append(parts, "("+l.Entities[i].Name+")")
			}
		}
	}
	return strings.Join(parts, " ")
}
