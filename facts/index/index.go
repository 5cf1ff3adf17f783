// Package index finds, among very many short documents, those that have most
// in common with a query: an inverted index in segments that never change.
//
// A segment is one string of bytes, written once and read where it lies, a page
// at a time, from whatever holds it. Documents have three fields, of different
// weight; how much a word counts for in a document is worked out as BM25F does
// (Robertson and Zaragoza, 2009) when the segment is made, and kept in a byte.
// Searching is by MaxScore over windows of documents with the greatest impact
// of each block (Turtle and Flood, 1995; Ding and Suel, 2011).
package index

import "math"

// Field is a part of a document.
type Field int

// The fields of a document.
const (
	Claim Field = iota // what was claimed
	Title              // the heading
	Body               // the text
	fields
)

// Weights of the fields, and what their lengths count for: the constants of
// BM25F, tuned on pairs of posts and fact-checks. They are part of a segment's form.
var (
	weight  = [fields]float64{Claim: 2.2, Title: 1.6, Body: 0.9}
	average = [fields]float64{Claim: 10, Title: 7, Body: 110} // words that are none of grammar
	bend    = [fields]float64{Claim: 0.4, Title: 0.3, Body: 0.6}
	satiety = 1.6
)

// impact is how much of a word's weight a document gets that has it so many
// times in its fields: from 0 to 1.
func impact(times, lengths [fields]int) float64 {
	var sum float64
	for f := range fields {
		if times[f] > 0 {
			sum += weight[f] * float64(times[f]) / (1 - bend[f] + bend[f]*float64(lengths[f])/average[f])
		}
	}
	return sum / (satiety + sum)
}

// Times says how often a word stands in a document's fields, up to 3 in claim
// and title, up to 15 in the body.
type Times uint8

func packTimes(n [fields]int) Times {
	return Times(min(n[Claim], 3)<<6 | min(n[Title], 3)<<4 | min(n[Body], 15))
}

// In returns how often the word stands in a field.
func (t Times) In(f Field) int {
	switch f {
	case Claim:
		return int(t >> 6)
	case Title:
		return int(t >> 4 & 3)
	}
	return int(t & 15)
}

// Rarity is the weight of a word that so many of all documents have.
func Rarity(having, all float64) float64 {
	return math.Log(1 + (all-having+0.5)/(having+0.5))
}
