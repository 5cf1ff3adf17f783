package places

import (
	"cmp"
	"math"
	"slices"

	"hearsay/ledger"
	"hearsay/reading/lexicon"
	"hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// name is one place entity: the candidates for what it names are
// Reader.cands[first:end].
type name struct {
	entity     int32
	mentions   []ledger.Mention
	first, end int32
	best       int32   // the chosen candidate, -1 for none
	largest    float32 // doublings of people in the largest town of the name
	own        own
}

// candidate is one place that a name can mean.
type candidate struct {
	place   gazetteer.Place
	form    gazetteer.Form
	kind    gazetteer.Kind
	country gazetteer.Place
	region  gazetteer.Place
	county  gazetteer.Place
	x, y, z float32 // the direction from the earth's centre
	beside  bool    // a place it lies in is named right beside it
	about   bool    // or in the words around it

	features Features // those of the name alone
	score    float32  // theirs
}

// Bounds that keep the cost of one name constant, whatever the text.
const (
	mostMentions   = 12     // of one entity that are looked at
	mostHits       = 400    // places of one name that are scored
	mostCandidates = 24     // of them that are compared with the text's other places
	longestName    = 6      // words
	mostNames      = 20_000 // entities of one text that are placed
)

// collect looks the entity's names up and enters its candidates.
func (r *Reader) collect(d *text.Doc, e *ledger.Entity, entity int32) {
	n := name{entity: entity, first: int32(len(r.cands)), best: -1, mentions: e.Mentions}
	looked := 0
	for _, m := range e.Mentions {
		if m.Pronoun {
			continue
		}
		if looked++; looked > mostMentions {
			break
		}
		span := d.Cover(m.Start, m.End)
		hits, want := r.lookUp(d, span)
		if hits.Len() == 0 && span.Len() <= longestName { // "Ohio" in "Ohio-based"
			hits = r.table.Find(clipped(d, span, m.Span))
		}
		if hits.Len() > 0 {
			if int(span.End) < len(d.Tokens) && want == 0 && d.Tokens[span.End].Shape&text.FirstUpper == 0 {
				want = sorts[d.Tokens[span.End].Lower] &^ towns // "the Kerman region"
			}
			if r.listed[span.First] {
				want = 1 << gazetteer.County
			}
			r.enter(hits, want)
			break
		}
	}
	n.end = int32(len(r.cands))
	for _, c := range r.cands[n.first:n.end] {
		if c.kind.Populated() {
			n.largest = max(n.largest, float32(r.table.Size(c.place))/8)
		}
		if c.kind <= gazetteer.Region {
			n.own.areas++
		}
	}
	for _, m := range e.Mentions {
		if !m.Pronoun {
			n.own.mentions++
		}
	}
	r.judge(d, &n)
	r.names = append(r.names, n)
}

// clipped is the key of the words of span as far as they lie in at.
func clipped(d *text.Doc, span text.Range, at ledger.Span) uint64 {
	key := uint64(0)
	for i := span.First; i < span.End; i++ {
		tok := &d.Tokens[i]
		key = lexicon.Sequence(key, text.HashLower(d.Text[max(int(tok.Start), at.Start):min(int(tok.End), at.End)]))
	}
	return key
}

// enter adds the hits as candidates.
func (r *Reader) enter(hits gazetteer.Hits, want kinds) {
	t := r.table
	suits := func(k gazetteer.Kind) bool { return want == 0 || want&(1<<k) != 0 }
	some := false
	for i := range min(hits.Len(), mostHits) {
		if suits(t.Kind(hits.At(i).Place)) {
			some = true
			break
		}
	}
	for i := range min(hits.Len(), mostHits) {
		h := hits.At(i)
		kind := t.Kind(h.Place)
		if some && !suits(kind) {
			continue
		}
		lat, lon := t.At(h.Place)
		lat, lon = lat*math.Pi/180, lon*math.Pi/180
		c := candidate{place: h.Place, form: h.Form, kind: kind, country: t.Country(h.Place), region: t.Region(h.Place), county: t.County(h.Place)}
		c.x, c.y, c.z = float32(math.Cos(lat)*math.Cos(lon)), float32(math.Cos(lat)*math.Sin(lon)), float32(math.Sin(lat))
		r.cands = append(r.cands, c)
	}
}

// kinds is a set of kinds of place, the bit 1<<k for k; 0 is any.
type kinds uint32

// lookUp finds what the words of span can mean: as they stand, without the
// words that say what sort of place it is ("Kerman region", "the city of
// Basra"), which then tell which kinds it can be, and without what says which
// part of it is meant ("northern Syria", "downtown Houston").
func (r *Reader) lookUp(d *text.Doc, span text.Range) (gazetteer.Hits, kinds) {
	want := kinds(0)
	for !span.Empty() {
		first, last := d.Tokens[span.First].Lower, d.Tokens[span.End-1].Lower
		if span.Len() <= longestName {
			if hits := r.table.Find(gazetteer.Key(d, span)); hits.Len() > 0 {
				if want == 0 && span.Len() > 1 { // "Red Sea" is a sea before it is a province
					want = sorts[first] | sorts[last]
				}
				return hits, want
			}
		}
		switch {
		case span.Len() > 1 && parts[first]:
			span.First++
		case span.Len() > 2 && sorts[first] != 0 && d.Form(span.First+1) == "of":
			want = sorts[first]
			span.First += 2
		case span.Len() > 1 && sorts[last] != 0:
			want = sorts[last]
			span.End--
		case span.Len() > 1 && (parts[last] || d.Tokens[span.End-1].Tag == text.POS || d.Tokens[span.End-1].Shape&(text.HasLower|text.HasUpper) == 0):
			span.End--
		case span.Len() > 1 && sorts[first] != 0: // "Province Anbar"
			want = sorts[first]
			span.First++
		default:
			return r.cut(d, span)
		}
	}
	return gazetteer.Hits{}, 0
}

// cut looks up the part of a name before its first comma: "Alexandria, Louisiana".
func (r *Reader) cut(d *text.Doc, span text.Range) (gazetteer.Hits, kinds) {
	for i := span.First + 1; i < span.End && i-span.First <= longestName; i++ {
		if d.Tokens[i].Tag == text.Comma {
			return r.table.Find(gazetteer.Key(d, text.Range{First: span.First, End: i})), 0
		}
	}
	return gazetteer.Hits{}, 0
}

// prune keeps of the candidates from first on those that score best alone.
func (r *Reader) prune(n *name) {
	all := r.cands[n.first:n.end]
	slices.SortStableFunc(all, func(a, b candidate) int { return -cmp.Compare(a.score, b.score) })
	n.end = min(n.end, n.first+mostCandidates)
	r.cands = r.cands[:n.end]
}
