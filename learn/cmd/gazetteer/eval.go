package main

import (
	"fmt"
	"go/format"
	"log"
	"math"
	"strings"

	"hearsay/learn/analysis"
	"hearsay/learn/geoparsing"
	"hearsay/ledger"
	"hearsay/reading/places"
	"hearsay/reading/places/gazetteer"
	"hearsay/reading/tree"
	"hearsay/text"
)

// reading is an article as the reader of places gets it, the marked toponyms
// taken for the places that were found.
type reading struct {
	article *geoparsing.Article
	doc     text.Doc
	tree    tree.Tree
	ledger  ledger.Ledger
	entity  []int // of each toponym
}

// load reads and parses the articles of the corpora. Of each corpus only those
// whose number leaves the remainder part by 2 count, all of them for a part of -1.
func load(paths string, part int) ([]*reading, error) {
	a, err := analysis.New()
	if err != nil {
		return nil, err
	}
	var out []*reading
	for path := range strings.SplitSeq(paths, ",") {
		articles, err := geoparsing.Load(path)
		if err != nil {
			return nil, err
		}
		for number := range articles {
			if part >= 0 && number%2 != part {
				continue
			}
			x := &reading{article: &articles[number]}
			a.Fill(&x.doc, x.article.Text)
			x.tree.Reset(&x.doc)
			byName := map[string]int{}
			for _, g := range x.article.Gold {
				name := x.article.Text[g.Start:g.End]
				e, ok := byName[name]
				if !ok {
					e = len(x.ledger.Entities)
					byName[name] = e
					x.ledger.Entities = append(x.ledger.Entities, ledger.Entity{Type: ledger.TypePlace, Name: name})
				}
				entity := &x.ledger.Entities[e]
				entity.Mentions = append(entity.Mentions, ledger.Mention{Span: ledger.Span{Start: g.Start, End: g.End}})
				x.entity = append(x.entity, e)
			}
			out = append(out, x)
		}
	}
	return out, nil
}

// evaluate places the toponyms of the articles and returns the share of those
// with coordinates that come to lie within 161 km of where they are.
func evaluate(articles []*reading, w *places.Weights, show bool) float64 {
	r := places.Reader{Weights: w}
	near, placed, unknown := 0, 0, 0
	for number, x := range articles {
		l := x.ledger
		l.Entities = append([]ledger.Entity(nil), l.Entities...)
		r.Read(&x.doc, &x.tree, &l)
		for i, g := range x.article.Gold {
			if !g.Placed {
				continue
			}
			placed++
			p, name := l.Entities[x.entity[i]].Place, x.article.Text[g.Start:g.End]
			switch {
			case p == nil:
				unknown++
				if show {
					fmt.Printf("%d\tunknown\t%s\t%.2f,%.2f\t%s\n", number, name, g.Lat, g.Lon, around(x.article.Text, g))
				}
			case geoparsing.Kilometres(p.Lat, p.Lon, g.Lat, g.Lon) <= 161:
				near++
			case show:
				fmt.Printf("%d\twrong %.0f km\t%s\t%.2f,%.2f\t%s %s %.2f,%.2f\t%s\n", number, geoparsing.Kilometres(p.Lat, p.Lon, g.Lat, g.Lon), name, g.Lat, g.Lon,
					p.Country, p.Region, p.Lat, p.Lon, around(x.article.Text, g))
			}
		}
	}
	share := float64(near) / float64(placed)
	log.Printf("%.4f of %d toponyms within 161 km, %d not in the gazetteer", share, placed, unknown)
	return share
}

func around(s string, g geoparsing.Toponym) string {
	return fmt.Sprintf("%q [%s] %q", s[max(0, g.Start-50):g.Start], s[g.Start:g.End], s[g.End:min(len(s), g.End+50)])
}

// choice is one name with the places that it can mean, and which are right.
type choice struct {
	features []places.Features
	right    []bool
	weight   float64
}

// learn finds weights by which the right places score best: those of a
// log-linear model of the choice among a name's candidates. What the other
// names mean is as the weights of the round before had it.
func learn(articles []*reading, rounds int) *places.Weights {
	w := (&places.Reader{}).Worths()
	for round := range rounds {
		r := places.Reader{Weights: &w}
		var choices []choice
		for _, x := range articles {
			l := x.ledger
			l.Entities = append([]ledger.Entity(nil), l.Entities...)
			r.Read(&x.doc, &x.tree, &l)
			gold := make([]*geoparsing.Toponym, len(l.Entities))
			count := make([]float64, len(l.Entities))
			for i := range x.article.Gold {
				if g := &x.article.Gold[i]; g.Placed {
					gold[x.entity[i]] = g
					count[x.entity[i]]++
				}
			}
			of := make([]choice, len(l.Entities))
			r.Explain(func(entity int, p gazetteer.Place, lat, lon float64, f *places.Features) {
				g := gold[entity]
				if g == nil {
					return
				}
				c := &of[entity]
				c.weight = math.Sqrt(count[entity])
				c.features = append(c.features, *f)
				c.right = append(c.right, geoparsing.Kilometres(lat, lon, g.Lat, g.Lon) <= 161)
			})
			for _, c := range of {
				some := false
				for _, right := range c.right {
					some = some || right
				}
				if some && len(c.right) > 1 {
					choices = append(choices, c)
				}
			}
		}
		w = fit(choices)
		log.Printf("round %d: %d names", round+1, len(choices))
		evaluate(articles, &w, false)
	}
	return &w
}

// fit climbs the log-likelihood of the right places, by AdaGrad over the
// choices in order, with a penalty on large weights.
func fit(choices []choice) places.Weights {
	const (
		passes  = 60
		rate    = 0.3
		penalty = 0.002
	)
	var w, squares, sum [places.NumFeatures]float64
	steps := 0.0
	given := places.Given()
	for k, v := range given {
		w[k] = float64(v)
	}
	for pass := range passes {
		for _, c := range choices {
			scores := make([]float64, len(c.features))
			top := math.Inf(-1)
			for i := range c.features {
				for k, v := range c.features[i] {
					scores[i] += float64(v) * w[k]
				}
				top = math.Max(top, scores[i])
			}
			all, right := 0.0, 0.0
			for i := range scores {
				scores[i] = math.Exp(scores[i] - top)
				all += scores[i]
				if c.right[i] {
					right += scores[i]
				}
			}
			var g [places.NumFeatures]float64
			for i := range scores {
				d := -scores[i] / all
				if c.right[i] {
					d += scores[i] / right
				}
				for k, v := range c.features[i] {
					g[k] += c.weight * d * float64(v)
				}
			}
			for k := range w {
				d := g[k] - penalty*w[k]
				if _, set := given[k]; set || d == 0 {
					continue
				}
				squares[k] += d * d
				w[k] += rate * d / math.Sqrt(squares[k]+1e-6)
			}
		}
		if pass >= passes/2 {
			steps++
			for k := range w {
				sum[k] += w[k]
			}
		}
	}
	var out places.Weights
	for k := range out {
		out[k] = float32(math.Round(sum[k]/steps*100) / 100)
	}
	return out
}

// source writes weights as the Go source of package places.
func source(w *places.Weights) ([]byte, error) {
	var b strings.Builder
	b.WriteString("// Code generated by learn/cmd/gazetteer -learn; DO NOT EDIT.\n\npackage places\n\nvar learned = Weights{\n")
	for i, v := range w {
		if v != 0 {
			fmt.Fprintf(&b, "\t%d: %v,\n", i, v)
		}
	}
	b.WriteString("}\n")
	return format.Source([]byte(b.String()))
}
