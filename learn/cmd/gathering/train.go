package main

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"hearsay/article"
	"hearsay/corpus/incidents"
	"hearsay/learn/polnear"
)

// pair is two records that share a key, by the features that hold of them.
type pair struct {
	features []int
	same     bool
}

// example is a record and what it tells of: its incident in the archive, or in an article of PolNeAR
// no incident that is known.
type example struct {
	record   *incidents.Record
	incident string
}

// examples are the main records of the archive's articles that are for tuning, and of those of
// PolNeAR, whose incidents nobody has written down. What an article of politics tells is seldom told in
// another, and never in the archive's but for what is left out by unsure.
func (g *archive) examples(records, political map[string][]incidents.Record) []example {
	var out []example
	add := func(records []incidents.Record, incident string) {
		for i := range records {
			if r := &records[i]; r.Main {
				out = append(out, example{r, incident})
			}
		}
	}
	for _, a := range g.articles {
		if tuning(a.Incident) {
			add(records[a.ID], a.Incident)
		}
	}
	for _, id := range sorted(political) {
		add(political[id], "")
	}
	return out
}

// politicalRecords are those of PolNeAR's articles. A first line stands for the title.
func politicalRecords(folder string) (map[string][]incidents.Record, error) {
	var articles []*article.Article
	for _, part := range [...]string{"train", "dev"} {
		list, err := polnear.Load(filepath.Join(folder, part+".jsonl"))
		if err != nil {
			return nil, err
		}
		for i := range list {
			a := &list[i]
			title, _, _ := strings.Cut(a.Text, "\n")
			articles = append(articles, &article.Article{ID: "polnear/" + a.ID, Title: title, Published: a.Published, Text: a.Text})
		}
	}
	return read(articles)
}

// unsure reports whether two records, of which one is PolNeAR's, may tell of one incident.
func unsure(a, b *incidents.Record) bool {
	return slices.ContainsFunc(a.Places, func(p incidents.Place) bool {
		return p.Region != "" && slices.ContainsFunc(b.Places, func(q incidents.Place) bool { return q.Region == p.Region })
	}) || a.Date != "" && a.Date == b.Date
}

// pairs are those of the examples that share a key.
func pairs(w io.Writer, examples []example) ([]pair, error) {
	shelf := &incidents.Memory{}
	ctx := context.Background()
	incidentOf := map[string]string{}
	var out []pair
	found, all := 0, 0
	of := map[string]int{}
	for _, e := range examples {
		r := e.record
		incidentOf[r.Article] = e.incident
		if e.incident != "" {
			all += of[e.incident]
			of[e.incident]++
		}
		keys := incidents.Keys(r)
		near, err := shelf.Sharing(ctx, keys, 1000, 1<<20)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(near, func(a, b incidents.Kept) int { return cmp.Compare(a.ID, b.ID) })
		for _, k := range near {
			known := e.incident != "" && incidentOf[k.Article] != ""
			if r.Type == "" && k.Type == "" || !known && unsure(r, k.Record) {
				continue
			}
			f := incidents.Features(r, k.Record)
			p := pair{f[:], known && incidentOf[k.Article] == e.incident}
			if p.same {
				found++
			}
			out = append(out, p)
		}
		if err := shelf.Put(ctx, incidents.Kept{Record: r, ID: r.ID()}, keys); err != nil {
			return nil, err
		}
	}
	fmt.Fprintf(w, "%d pairs share a key, of them %d of one incident, of %d that are\n", len(out), found, all)
	return out, nil
}

// fit learns the weights of a logistic regression with Adagrad (Duchi et al. 2011) and
// a penalty on their squares.
func fit(pairs []pair) []byte {
	const epochs, rate, penalty = 60, 0.2, 0.01 // the penalty is the best of several by cross-validation
	w, sum := make([]float64, incidents.NumFeatures), make([]float64, incidents.NumFeatures)
	r := rand.New(rand.NewPCG(1, 2))
	order := r.Perm(len(pairs))
	for range epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			p := &pairs[i]
			z := 0.0
			for _, f := range p.features {
				z += w[f]
			}
			want := 0.0
			if p.same {
				want = 1
			}
			slope := 1/(1+math.Exp(-z)) - want
			for _, f := range p.features {
				g := slope + penalty*w[f]
				sum[f] += g * g
				w[f] -= rate * g / math.Sqrt(sum[f]+1e-8)
			}
		}
	}
	var out []byte
	for _, v := range w {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(v)))
	}
	return out
}

// weight is one of the weights that fit learned.
func weight(w []byte, feature int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(w[4*feature:]))
}
