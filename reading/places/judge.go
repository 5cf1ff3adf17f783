package places

import (
	"math"

	"hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// judge scores the candidates of n by what the text says, the other names left
// out, and keeps the best.
func (r *Reader) judge(d *text.Doc, n *name) {
	if n.first == n.end {
		return
	}
	all := r.cands[n.first:n.end]
	looked := 0
	for _, m := range n.mentions {
		if m.Pronoun {
			continue
		}
		if looked++; looked > mostMentions {
			break
		}
		r.around(d, d.Cover(m.Start, m.End), all)
	}
	for j := range all {
		all[j].alone(r, n, &all[j].features)
		all[j].score = r.weights().dot(&all[j].features)
	}
	r.prune(n)
}

// around looks for the names of larger places beside a mention, and marks the
// candidates that lie in one of them.
func (r *Reader) around(d *text.Doc, span text.Range, all []candidate) {
	if span.Empty() {
		return
	}
	for i := span.First + 1; i < span.End; i++ { // the mention itself may go on: "Alexandria, Louisiana"
		if d.Tokens[i].Tag == text.Comma {
			span.End = i
		}
	}
	end := int32(len(d.Tokens))
	at := span.End
	if at < end && (d.Tokens[at].Lower == countiesWord || sorts[d.Tokens[at].Lower] != 0) { // "Madison and Orrin counties, Georgia"
		at++
	}
	if at < end && (d.Tokens[at].Tag == text.Comma || d.Tokens[at].Tag == text.LeftB) && at+1 < end {
		if hits, n := container(d, r.table, at+1); n > 0 {
			r.mark(all, hits, true)
		} else {
			r.phrase(d, at+1, all)
		}
	} else if at < end {
		r.phrase(d, at, all)
	}
	// "the Russian city of Kazan", "Louisiana's Alexandria"
	for i := span.First - 1; i >= 0 && i >= span.First-5; i-- {
		tok := &d.Tokens[i]
		if tok.Tag == text.Comma || tok.Tag == text.Stop || tok.Tag.Verb() {
			break
		}
		if !begins(d, i) {
			continue
		}
		if hits, n := container(d, r.table, i); n > 0 {
			r.mark(all, hits, false)
		}
		break
	}
}

// phrase looks for "in" or "of" and the name of a place within a few words:
// ", a town in Ohio", "in the Kerman region of Iran".
func (r *Reader) phrase(d *text.Doc, at int32, all []candidate) {
	for i := at; i < at+7 && int(i)+1 < len(d.Tokens); i++ {
		switch tag := d.Tokens[i].Tag; {
		case tag == text.IN:
			form := d.Form(i)
			if form != "in" && form != "of" && form != "near" && form != "outside" {
				continue
			}
			for i++; i < at+9 && int(i) < len(d.Tokens); i++ {
				if begins(d, i) {
					if hits, n := container(d, r.table, i); n > 0 {
						r.mark(all, hits, false)
					}
					return
				}
			}
			return
		case tag.Verb() && i > at || tag == text.Stop:
			return
		}
	}
}

// container returns what the longest name beginning with the token can mean
// as a place that others lie in.
func container(d *text.Doc, t *gazetteer.Table, at int32) (gazetteer.Hits, int32) {
	if d.Tokens[at].Shape&text.FirstUpper == 0 {
		if d.Form(at) != "the" || int(at)+1 >= len(d.Tokens) {
			return gazetteer.Hits{}, 0
		}
		at++
	}
	for n := int32(4); n > 0; n-- {
		if int(at+n) > len(d.Tokens) || d.Tokens[at+n-1].Shape&text.FirstUpper == 0 {
			continue
		}
		hits := t.Find(gazetteer.Key(d, text.Range{First: at, End: at + n}))
		if hits.Len() > 0 {
			return hits, n
		}
	}
	return gazetteer.Hits{}, 0
}

// mark marks the candidates that lie in one of the hits, a country, a region
// or a county that is called one.
func (r *Reader) mark(all []candidate, hits gazetteer.Hits, beside bool) {
	for i := range min(hits.Len(), mostHits) {
		h := hits.At(i)
		kind := r.table.Kind(h.Place)
		if kind > gazetteer.County {
			break // they stand first
		}
		if kind == gazetteer.County && h.Form != gazetteer.Name || h.Form == gazetteer.Alternate {
			continue
		}
		for j := range all {
			c := &all[j]
			if c.place == h.Place || h.Place != c.country && h.Place != c.region && h.Place != c.county {
				continue
			}
			if beside {
				c.beside = true
			} else {
				c.about = true
			}
		}
	}
}

// settle chooses one candidate for each name: first the best alone, then, a
// few times over, the best given how near the others' choices lie.
func (r *Reader) settle() {
	for i := range r.names {
		n := &r.names[i]
		if n.first < n.end {
			n.best = n.first
		}
	}
	for range 3 {
		changed := false
		for i := range r.names {
			n := &r.names[i]
			if n.end-n.first < 2 {
				continue
			}
			best, most := n.best, float32(math.Inf(-1))
			for j := n.first; j < n.end; j++ {
				c := &r.cands[j]
				var f Features
				c.together(r, i, &f)
				if score := c.score + r.weights().dot(&f); score > most {
					best, most = j, score
				}
			}
			changed = changed || best != n.best
			n.best = best
		}
		if !changed {
			break
		}
	}
	for i := range r.names {
		r.prefersTown(&r.names[i])
	}
}

// prefersTown chooses, in place of a region that has its name from its chief
// town, that town, where a good part of the region's people live: "Istanbul".
// What is called a region or a province has no towns among its candidates.
func (r *Reader) prefersTown(n *name) {
	if n.best < 0 || r.cands[n.best].kind != gazetteer.Region {
		return
	}
	region := r.cands[n.best].place
	for j := n.first; j < n.end; j++ {
		c := &r.cands[j]
		if c.kind.Populated() && c.form == gazetteer.Name && r.table.Size(c.place) >= r.table.Size(region)-quarter &&
			(c.region == region || r.close(c, &r.cands[n.best])) {
			n.best = j
			return
		}
	}
}

// quarter is how much smaller a quarter of a population is, as Table.Size has it.
const quarter = 16

// close reports whether two candidates lie within about 100 km of each other.
func (r *Reader) close(a, b *candidate) bool { return a.x*b.x+a.y*b.y+a.z*b.z > 1-1.2e-4 }
