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
	"time"

	"hearsay/article"
	"hearsay/corpus/incidents"
	"hearsay/learn/polnear"
	"hearsay/text/edtf"
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

// crowded makes pairs that are not of one incident as they are where much happens: what two articles of the
// archive tell of different shootings is put in one town and one week. Where a town has two
// shootings a year, that two reports name it and a near day is all but proof, and the weights would
// make one attack of a week of war.
func crowded(examples []example) []pair {
	r := rand.New(rand.NewPCG(3, 4))
	var told []example
	for _, e := range examples {
		if e.incident != "" && e.record.Tells() && len(e.record.Places) > 0 {
			told = append(told, e)
		}
	}
	var out []pair
	for _, e := range told {
		// Half of them are told of in politics, or in no incident at all.
		o := told[r.IntN(len(told))]
		if r.IntN(2) == 0 {
			o = examples[r.IntN(len(examples))]
		}
		if o.incident == e.incident {
			continue
		}
		f := incidents.Features(e.record, moved(o.record, e.record, int32(r.IntN(5))))
		out = append(out, pair{f[:], false})
	}
	return out
}

// moved is a record as if it told of something in the place of another, some days later.
func moved(o, to *incidents.Record, days int32) *incidents.Record {
	m := *o
	m.Places, m.Around = to.Places, to.Around
	if !o.Tells() {
		m.Places, m.Around = nil, append(slices.Clone(to.Places), to.Around...)
	}
	own, other := wordsOf(o.Places, o.Around), wordsOf(to.Places, to.Around)
	m.Words, m.Title = exchange(o.Words, own, to.Words, other), exchange(o.Title, own, to.Title, other)
	from, at := dayOf(o), dayOf(to)
	if from == 0 || at == 0 {
		return &m
	}
	m.Date, m.Published = later(o.Date, at+days-from), later(o.Published, at+days-from)
	return &m
}

// exchange puts in the place of words of one list's places those of the other's that its text has.
func exchange(words []uint32, own map[uint32]bool, others []uint32, place map[uint32]bool) []uint32 {
	var out []uint32
	for _, w := range words {
		if !own[w] {
			out = append(out, w)
		}
	}
	for _, w := range others {
		if place[w] {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func wordsOf(lists ...[]incidents.Place) map[uint32]bool {
	out := map[uint32]bool{}
	for _, list := range lists {
		for _, p := range list {
			incidents.EachWord(p.Name, func(w uint32) { out[w] = true })
		}
	}
	return out
}

func dayOf(r *incidents.Record) int32 {
	if d := edtf.Parse(r.Date); d.Known {
		return d.First
	}
	return edtf.Parse(r.Published).First
}

// later is a date some days later; of one that is no single day it is the first day's.
func later(date string, days int32) string {
	d := edtf.Parse(date)
	if !d.Known {
		return date
	}
	return time.Unix(int64(d.First+days)*24*60*60, 0).UTC().Format(time.DateOnly)
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
