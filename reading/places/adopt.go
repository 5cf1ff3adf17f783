package places

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hearsay/ledger"
	"hearsay/reading/lexicon"
	"hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// adopt makes places of entities that the readers before took for bodies or
// people, where the gazetteer knows the name and the words around it speak of
// a place: "in Harl County", "Tarnow, Ohio".
func (r *Reader) adopt(d *text.Doc, l *ledger.Ledger) {
	for i := range l.Entities {
		e := &l.Entities[i]
		if e.Type == ledger.TypePlace || len(e.Roles) > 0 {
			continue
		}
		want := float32(adoptBody)
		if e.Type == ledger.TypePerson {
			want = adoptPerson
		}
		if r.speaksOfPlace(d, e) >= want {
			e.Type = ledger.TypePlace
		}
	}
}

// What the words around a name must come to before it is a place's after all.
const (
	adoptBody   = 2
	adoptPerson = 2.5
)

// speaksOfPlace weighs what speaks for an entity's being a place.
func (r *Reader) speaksOfPlace(d *text.Doc, e *ledger.Entity) float32 {
	var around, looked float32
	var name text.Range
	known := float32(0)
	for _, m := range e.Mentions {
		if m.Pronoun {
			continue
		}
		span := d.Cover(m.Start, m.End)
		if span.Empty() || span.Len() > longestName {
			return 0
		}
		if looked == 0 {
			if known = r.renown(d, span); known <= 0 {
				return 0
			}
			name = span
		} else if span.Len() != name.Len() || !same(d, span, name) {
			return 0 // it goes by longer names too: those tell what it is
		}
		if looked++; looked > mostMentions {
			break
		}
		around += r.setting(d, span)
	}
	if looked == 0 {
		return 0
	}
	return known + around/looked
}

func same(d *text.Doc, a, b text.Range) bool {
	for i := range a.Len() {
		if d.Tokens[a.First+int32(i)].Lower != d.Tokens[b.First+int32(i)].Lower {
			return false
		}
	}
	return true
}

// complete adds the places that no reader before marks: the county in "the
// Harl County Sheriff's Office", which is a body in whose name the county is
// named, and "U.S." before a noun, which taggers leave out as an adjective.
func (r *Reader) complete(d *text.Doc, l *ledger.Ledger) {
	r.covered = slices.Grow(r.covered[:0], len(d.Tokens))[:len(d.Tokens)]
	clear(r.covered)
	clear(r.entityOf)
	clear(r.listed)
	found := r.found[:0]
	for i := range l.Entities {
		e := &l.Entities[i]
		for _, m := range e.Mentions {
			span := d.Cover(m.Start, m.End)
			for k := span.First; k < span.End; k++ {
				r.covered[k] = int32(i) + 1
			}
			if m.Pronoun || e.Type == ledger.TypePlace || span.Len() < 3 {
				continue
			}
			if place := r.seat(d, span); !place.Empty() {
				found = append(found, wholly(d, place))
			}
		}
	}
	for i := range d.Tokens {
		tok := &d.Tokens[i]
		if tok.Lower == countiesWord {
			found = r.counties(d, l, int32(i), found)
		}
		if r.covered[i] == 0 && tok.Shape&(text.HasLower|text.HasUpper) == text.HasUpper && allies[tok.Lower] &&
			(i+1 == len(d.Tokens) || !contests[d.Tokens[i+1].Lower]) {
			found = append(found, wholly(d, text.Range{First: int32(i), End: int32(i) + 1}))
		}
		if r.covered[i] == 0 && tok.Shape&(text.HasHyphen|text.HasUpper) == text.HasHyphen|text.HasUpper {
			if f, ok := r.compound(d, int32(i)); ok {
				found = append(found, f)
			}
		}
	}
	// A new place's mentions come in text order, whichever rule found them.
	slices.SortStableFunc(found, byStart)
	r.found = found
	if len(found) == 0 {
		return
	}
	for i := range l.Entities {
		if e := &l.Entities[i]; e.Type == ledger.TypePlace && len(e.Mentions) > 0 {
			span := d.Cover(e.Mentions[0].Start, e.Mentions[0].End)
			if key := gazetteer.Key(d, span); r.entityOf[key] == 0 {
				r.entityOf[key] = int32(i) + 1
			}
		}
	}
	first := len(l.Entities)
	for _, f := range found {
		i := r.entityOf[f.key] - 1
		if i < 0 {
			i = int32(len(l.Entities))
			r.entityOf[f.key] = i + 1
			l.Entities = append(l.Entities, ledger.Entity{ID: "e" + strconv.Itoa(len(l.Entities)+1), Type: ledger.TypePlace, Name: d.Text[f.Start:f.End]})
		}
		e := &l.Entities[i]
		e.Mentions = append(e.Mentions, ledger.Mention{Span: f.Span})
		if int(i) < first {
			r.grown = append(r.grown, i)
		}
	}
	for _, i := range r.grown {
		m := l.Entities[i].Mentions
		slices.SortStableFunc(m, func(a, b ledger.Mention) int { return cmp.Compare(a.Start, b.Start) })
		l.Entities[i].Mentions = slices.Compact(m)
	}
	r.grown = r.grown[:0]
}

// counties marks the names in a list before the word "counties", "Barl, Tamm
// and Orrin counties", as those of counties, and adds to found those that no
// reader marked.
func (r *Reader) counties(d *text.Doc, l *ledger.Ledger, word int32, found []found) []found {
	end := word
	for i := word - 1; i >= -1 && i >= word-longestList; i-- {
		separates := i < 0 || d.Tokens[i].Tag == text.Comma || d.Tokens[i].Tag == text.CC || d.Tokens[i].Shape&text.FirstUpper == 0
		if !separates {
			continue
		}
		span := text.Range{First: i + 1, End: end}
		if span.Empty() {
			if i >= 0 && (d.Tokens[i].Tag == text.Comma || d.Tokens[i].Tag == text.CC) { // ", and"
				end = i
				continue
			}
			return found
		}
		if !r.isCounty(d, span) {
			return found
		}
		r.listed[span.First] = true
		if e := r.covered[span.First]; e == 0 {
			found = append(found, wholly(d, span))
		} else if x := &l.Entities[e-1]; len(x.Roles) == 0 && len(x.Mentions) == 1 && d.Cover(x.Mentions[0].Start, x.Mentions[0].End) == span {
			x.Type = ledger.TypePlace
		}
		if i < 0 || d.Tokens[i].Tag != text.Comma && d.Tokens[i].Tag != text.CC {
			return found
		}
		end = i
	}
	return found
}

// longestList is how many tokens before "counties" are looked at.
const longestList = 60

func (r *Reader) isCounty(d *text.Doc, span text.Range) bool {
	if span.Len() > longestName {
		return false
	}
	hits := r.table.Find(gazetteer.Key(d, span))
	for i := range min(hits.Len(), mostHits) {
		if r.table.Kind(hits.At(i).Place) == gazetteer.County {
			return true
		}
	}
	return false
}

// found is a place that no reader before marked.
type found struct {
	ledger.Span
	key uint64
}

func byStart(a, b found) int { return cmp.Compare(a.Start, b.Start) }

func wholly(d *text.Doc, span text.Range) found {
	return found{ledger.Span{Start: int(d.Tokens[span.First].Start), End: int(d.Tokens[span.End-1].End)}, gazetteer.Key(d, span)}
}

// compound returns the place in a word with a hyphen: in "Ohio-based", and
// after the party of a politician, "D-Ohio".
func (r *Reader) compound(d *text.Doc, i int32) (found, bool) {
	form := d.Form(i)
	first, last, ok := strings.Cut(form, "-")
	if !ok || first == "" || last == "" {
		return found{}, false
	}
	start := int(d.Tokens[i].Start)
	f := found{Span: ledger.Span{Start: start, End: start + len(first)}}
	switch {
	case compounds[last]:
	case parties[first]:
		f.Span = ledger.Span{Start: start + len(first) + 1, End: start + len(form)}
	default:
		return found{}, false
	}
	word := text.HashLower(d.Text[f.Start:f.End])
	if f.Start == start { // "Hong Kong-based" begins before
		for n := min(2, i); n > 0; n-- {
			key := lexicon.Sequence(gazetteer.Key(d, text.Range{First: i - n, End: i}), word)
			if r.isPlace(key, false) {
				return found{ledger.Span{Start: int(d.Tokens[i-n].Start), End: f.End}, key}, r.covered[i-n] == 0
			}
		}
		if i > 0 && d.Tokens[i-1].Tag.Proper() {
			return found{}, false
		}
	}
	f.key = lexicon.Sequence(0, word)
	return f, r.isPlace(f.key, i > 0 && d.Tokens[i-1].Tag == text.Comma)
}

// isPlace reports whether the key is that of a place's own name, or where
// short counts, of a county's short one.
func (r *Reader) isPlace(key uint64, short bool) bool {
	hits := r.table.Find(key)
	for i := range min(hits.Len(), mostHits) {
		if form := hits.At(i).Form; form == gazetteer.Name || form == gazetteer.Abbreviation || form == gazetteer.Short && short {
			return true
		}
	}
	return false
}

var (
	compounds = map[string]bool{"based": true, "born": true, "area": true, "wide": true, "bound": true, "controlled": true, "held": true, "administered": true}
	parties   = map[string]bool{"D": true, "R": true, "I": true, "DFL": true}
)

// seat returns the place whose own body a longer name names, empty for none:
// the county at its beginning, or the town before "Police", "City Council".
func (r *Reader) seat(d *text.Doc, span text.Range) text.Range {
	for n := min(3, int32(span.Len())-1); n > 0; n-- {
		part := text.Range{First: span.First, End: span.First + n}
		last, next := &d.Tokens[part.End-1], &d.Tokens[part.End]
		county := n > 1 && sorts[last.Lower]&(1<<gazetteer.County) != 0
		if !county && (!ownBodies[next.Lower] || lexicon.Of(last.Lower) != 0 || sorts[last.Lower] != 0) {
			continue
		}
		if !county && r.table.Find(gazetteer.Key(d, text.Range{First: part.First, End: part.End + 1})).Len() > 0 {
			return text.Range{} // "Kansas City"
		}
		hits := r.table.Find(gazetteer.Key(d, part))
		for i := range min(hits.Len(), mostHits) {
			if h := hits.At(i); h.Form == gazetteer.Name && county == (r.table.Kind(h.Place) == gazetteer.County) {
				return part
			}
		}
	}
	return text.Range{}
}

// renown says how well the name is known as that of a place; 0 for one that
// is not.
func (r *Reader) renown(d *text.Doc, span text.Range) float32 {
	key := gazetteer.Key(d, span)
	if lexicon.Named(key)&lexicon.Body != 0 {
		return 0
	}
	hits := r.table.Find(key)
	best := float32(0)
	for i := range min(hits.Len(), mostHits) {
		h := hits.At(i)
		if h.Form != gazetteer.Name {
			continue
		}
		known := float32(0)
		switch kind := r.table.Kind(h.Place); kind {
		case gazetteer.Country, gazetteer.Region:
			known = 1
		case gazetteer.County:
			known = 0.5
			if span.Len() > 1 && sorts[d.Tokens[span.End-1].Lower] != 0 {
				known = 3
			}
		case gazetteer.Continent, gazetteer.Area, gazetteer.Water, gazetteer.River, gazetteer.Mountain:
			known = 1
		default:
			known = max(0.1, (float32(r.table.Size(h.Place))/8-12)/5) // 1 for a city of 130,000
		}
		best = max(best, known)
	}
	return best
}

// setting says how far the words around a mention speak of a place.
func (r *Reader) setting(d *text.Doc, span text.Range) float32 {
	s := float32(0)
	if i := span.First - 1; i >= 0 {
		switch w := d.Tokens[i].Lower; {
		case within[w]:
			s += 1.5
		case towards[w]:
			s += 0.7
		}
	}
	if int(span.End) < len(d.Tokens) {
		switch next := &d.Tokens[span.End]; {
		case next.Tag == text.Comma && int(span.End)+1 < len(d.Tokens):
			if hits, n := container(d, r.table, span.End+1); n > 0 && r.table.Kind(hits.At(0).Place) <= gazetteer.Region &&
				(hits.At(0).Form != gazetteer.Abbreviation || abbreviates(d, span.End+1)) {
				s += 2
			}
		case locals[next.Lower]:
			s += 1
		case next.Tag == text.CD: // a table of results
			s -= 2
		case next.Tag.Verb():
			s -= 0.5
		}
	}
	return s
}

var (
	countiesWord = text.Hash("counties")
	// allies are countries' names in capitals that stand before nouns as adjectives do.
	allies = hashed(map[string]bool{"us u.s. uk u.k. usa u.s.a. uae": true})
	// contests are words after which such a name is part of that of a contest: "U.S. Open".
	contests = hashed(map[string]bool{"open amateur masters championship championships cup league women's men's": true})
	// ownBodies are words for bodies of the town or state that is named before them.
	ownBodies = hashed(map[string]bool{"police fire city town township village sheriff sheriff's highway municipal": true})
	within    = hashed(map[string]bool{"in near outside around throughout across inside": true})
	towards   = hashed(map[string]bool{"from to at of toward towards through leaving visiting": true})
	// locals are words before which a place's name says where somebody or something is at home.
	locals = hashed(map[string]bool{`police officials official residents resident native man woman teen teenager boy girl couple family mayor
		council city town county area street firefighters authorities voters`: true})
)
