package coref

import (
	"strings"

	"hearsay/reading/entities"
	"hearsay/text"
)

// Baseline resolves as simply as can be: names written alike are one's, and a
// pronoun of the third person means the one named last before it that can be
// meant: "he" and "she" a person, "it" a body, "they" a body or any other name.
// "I" and "we" mean nobody.
func Baseline(d *text.Doc, named []entities.Named) []Spot {
	var out []Spot
	of := map[string]int32{}
	last := map[string]int32{} // what can be meant -> the entity named last
	next := 0
	for i := range d.Tokens {
		t := &d.Tokens[i]
		if next < len(named) && named[next].First == int32(i) {
			n := named[next]
			next++
			words := strings.ToLower(d.Words(n.Range))
			e, ok := of[words]
			if !ok {
				e = int32(len(of))
				of[words] = e
			}
			out = append(out, Spot{t.Start, d.Tokens[n.End-1].End, e})
			switch {
			case n.Kind == entities.Person:
				last["he"], last["she"] = e, e
			case n.Kind.Body():
				last["it"], last["they"] = e, e
			default:
				last["they"] = e
			}
			continue
		}
		if class := Pronoun(d.Form(int32(i))); class != "" {
			if e, ok := last[class]; ok {
				out = append(out, Spot{t.Start, t.End, e})
			}
		}
	}
	return out
}

// Pronoun is "he", "she", "it" or "they" for any form of these, "" for another word.
func Pronoun(form string) string {
	switch strings.ToLower(form) {
	case "he", "him", "his", "himself":
		return "he"
	case "she", "her", "hers", "herself":
		return "she"
	case "it", "its", "itself":
		return "it"
	case "they", "them", "their", "theirs", "themselves":
		return "they"
	}
	return ""
}
