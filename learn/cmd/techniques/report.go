package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"hearsay/ledger"
)

func above(xs []finding, threshold float64) []span {
	var out []span
	for _, x := range xs {
		if x.score >= threshold {
			out = append(out, x.span)
		}
	}
	return out
}

func measure(xs []example, found [][]finding, threshold float64) *scores {
	s := new(scores)
	for i := range xs {
		s.add(above(found[i], threshold), xs[i].Gold)
	}
	return s
}

func (s score) String() string {
	return fmt.Sprintf("precision %.3f, recall %.3f, F1 %.4f (%d found, %d wanted)", s.precision(), s.recall(), s.f1(), s.found, s.wanted)
}

func report(xs, old []example, found, foundOld [][]finding, threshold float64) {
	fmt.Println("by threshold, cross-validated over the articles: labels on SemEval-2023, spans on SemEval-2020")
	for _, t := range []float64{0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.2, 0.3, 0.5} {
		fmt.Printf("  %.2f  labels %v; spans %v\n", t, measure(xs, found, t).labels, measure(old, foundOld, t).spans)
	}
	s := measure(xs, found, threshold)
	fmt.Printf("at %.2f:\n  labels %v\n  spans  %v\n", threshold, s.labels, measure(old, foundOld, threshold).spans)
	for _, l := range ledger.TechniqueLabels() {
		if e := s.each[l]; e != nil {
			fmt.Printf("  %-31s %v\n", l, *e)
		}
	}
	var bins [10]struct{ n, score, right float64 }
	n, off := 0.0, 0.0
	for i := range xs {
		for _, f := range found[i] {
			if f.score < threshold {
				continue
			}
			b := &bins[min(9, int(10*f.score))]
			b.n++
			b.score += f.score
			if right(f.span, xs[i].Gold) {
				b.right++
			}
			n++
		}
	}
	for k, b := range bins {
		off += math.Abs(b.score - b.right)
		if b.n > 0 {
			fmt.Printf("  scores from %.1f: %5.0f, on average %.3f, right %.3f\n", float64(k)/10, b.n, b.score/b.n, b.right/b.n)
		}
	}
	fmt.Printf("  calibration error %.4f\n", off/n)
}

// reportDensity prints how many techniques are found in so many words.
func reportDensity(name string, xs []example, found [][]finding, threshold float64) {
	words, n, own := 0, 0, 0
	for i := range xs {
		words += len(strings.Fields(xs[i].Doc.Text))
		for _, f := range found[i] {
			if f.score >= threshold {
				n++
				if c := xs[i].Doc.Cover(f.Start, f.End); xs[i].Doc.Tokens[c.First].Quote == 0 {
					own++
				}
			}
		}
	}
	fmt.Printf("%s: %.1f techniques in 1,000 words, %.1f of them outside quotation marks\n", name, 1000*float64(n)/float64(words), 1000*float64(own)/float64(words))
}

// printErrors prints what is found and what is wanted of a technique, side by side.
func printErrors(xs []example, found [][]finding, threshold float64, label string) {
	for i := range xs {
		t := xs[i].Doc.Text
		around := func(x span) string {
			return strings.ReplaceAll(t[max(0, x.Start-60):x.Start]+"[["+t[x.Start:x.End]+"]]"+t[x.End:min(len(t), x.End+40)], "\n", " ")
		}
		for _, f := range found[i] {
			if string(f.Label) == label && f.score >= threshold {
				fmt.Printf("found %v %.2f %s: %s\n", right(f.span, xs[i].Gold), f.score, xs[i].ID, strings.ToValidUTF8(around(f.span), ""))
			}
		}
		for _, g := range xs[i].Gold {
			near := func(f finding) bool {
				return f.Label == g.Label && f.score >= threshold && f.Start < g.End && g.Start < f.End
			}
			if string(g.Label) == label && !slices.ContainsFunc(found[i], near) {
				fmt.Printf("missed %s: %s\n", xs[i].ID, strings.ToValidUTF8(around(g), ""))
			}
		}
	}
}
