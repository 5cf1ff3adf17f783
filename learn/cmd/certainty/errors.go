package main

import (
	"fmt"
	"math"
	"strings"
)

// printErrors prints the claims whose score is at least so far from the mean
// label of the events in them, with these.
func printErrors(xs []example, far float64) {
	for i := range xs {
		x := &xs[i]
		for k := range x.ledger.Claims {
			c := &x.ledger.Claims[k]
			var events, words []string
			sum := 0.0
			for _, e := range x.events {
				if e.claim == k && e.token >= 0 {
					events = append(events, fmt.Sprintf("%s %.1f", x.doc.Form(e.token), e.label))
					sum += e.label
				}
			}
			if len(events) == 0 || math.Abs(sum/float64(len(events))-c.Certainty.Score) < far {
				continue
			}
			for _, p := range c.Content {
				words = append(words, x.ledger.Quote(p.Span))
			}
			cue := ""
			if c.Cue != nil {
				cue = "[" + x.ledger.Quote(c.Cue.Span) + "] "
			}
			fmt.Printf("%s, %s, %.2f: %s%s (%s)\n", c.Certainty.Level, c.Certainty.Polarity, c.Certainty.Score, cue, strings.Join(words, " … "), strings.Join(events, ", "))
		}
	}
}
