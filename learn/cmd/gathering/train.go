package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"hearsay/corpus/incidents"
)

// pair is two records that share a key, by the features that hold of them.
type pair struct {
	features []int
	same     bool
}

// pairs are those of the main records of the articles that are listed under the incidents.
func (g *archive) pairs(w io.Writer, records map[string][]incidents.Record, which func(string) bool) ([]pair, error) {
	shelf := &incidents.Memory{}
	ctx := context.Background()
	incidentOf := map[string]string{}
	var out []pair
	found, all := 0, 0
	of := map[string]int{}
	for _, a := range g.articles {
		if !which(a.Incident) {
			continue
		}
		incidentOf[a.ID] = a.Incident
		for i := range records[a.ID] {
			r := &records[a.ID][i]
			if !r.Main {
				continue
			}
			all += of[a.Incident]
			of[a.Incident]++
			keys := incidents.Keys(r)
			near, err := shelf.Sharing(ctx, keys, 1000, 1<<20)
			if err != nil {
				return nil, err
			}
			for _, k := range near {
				f := incidents.Features(r, k.Record)
				p := pair{f[:], incidentOf[k.Article] == a.Incident}
				if p.same {
					found++
				}
				out = append(out, p)
			}
			if err := shelf.Put(ctx, incidents.Kept{Record: r, ID: r.ID()}, keys); err != nil {
				return nil, err
			}
		}
	}
	fmt.Fprintf(w, "%d pairs share a key, of them %d of one incident, of %d that are\n", len(out), found, all)
	return out, nil
}

// fit learns the weights of a logistic regression with Adagrad (Duchi et al. 2011) and
// a penalty on their squares.
func fit(pairs []pair) []byte {
	const epochs, rate, penalty = 60, 0.2, 2e-5
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
