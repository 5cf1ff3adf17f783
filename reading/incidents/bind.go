package incidents

import (
	"cmp"
	"slices"

	"hearsay/ledger"
	"hearsay/text"
)

const (
	climbs   = 12 // how far up a tree is looked from a mention
	nearby   = 14 // how many dates or places of a sentence are weighed for a mention
	closeBy  = 6  // the cost within which something is told of a mention itself
	farthest = 24 // the cost at which something in a sentence is no longer a mention's
)

// link is a word above a mention in its tree, and what it costs to get there.
type link struct {
	token int32
	cost  int32
}

func sortSpots(s []spot) {
	slices.SortStableFunc(s, func(a, b spot) int { return cmp.Compare(a.token, b.token) })
}

// atOrAfter is the index of the first spot that is not before token.
func atOrAfter(s []spot, token int32) int {
	i, _ := slices.BinarySearchFunc(s, token, func(a spot, x int32) int { return cmp.Compare(a.token, x) })
	return i
}

// climb fills r.chain with the words above x as far as they belong to one
// statement: when somebody said it is not when it happened.
func (r *Reader) climb(x int32) {
	r.chained = 0
	cost := int32(0)
	for r.chained < climbs {
		r.chain[r.chained] = link{x, cost}
		r.chained++
		t := &r.d.Tokens[x]
		h := t.Head
		if h < 0 || r.d.Tokens[h].Tag.Verb() && (r.means[h]&says != 0 && r.told[h] == 0 || r.means[h]&court != 0 && r.told[x] != 0) {
			return
		}
		if c := r.find(x, text.Case, text.Mark); c >= 0 && r.means[c]&untimely != 0 {
			return // what came before or after has its own time
		}
		switch t.Rel {
		case text.Conj:
			cost += 3
		case text.ACL, text.ACLRelcl, text.Advcl, text.Ccomp, text.Parataxis:
			cost += 2
		default:
			cost++
		}
		x = h
	}
}

// cost is how far x is from the mention that was climbed from, -1 where it
// belongs to another statement.
func (r *Reader) cost(x int32) int32 {
	cost, from := int32(0), x
	for range climbs {
		for i := range r.chained {
			if r.chain[i].token == x {
				return cost + 2*r.chain[i].cost
			}
		}
		t := &r.d.Tokens[x]
		if cost > 0 && t.Tag.Verb() && r.means[x]&says != 0 && r.told[x] == 0 {
			// "police said he was shot on Friday": a parser may well hang the
			// day from the saying.
			if at := r.chain[0].token; x < at && at < from {
				return closeBy
			}
			return -1
		}
		if r.told[x] != 0 {
			return -1 // it is another mention's
		}
		if t.Head < 0 {
			return -1
		}
		switch t.Rel {
		case text.Ccomp, text.Advcl, text.ACLRelcl, text.Parataxis:
			cost += 3
		default:
			cost++
		}
		x = t.Head
	}
	return -1
}

// locate finds when and where, by its own sentence, m took place.
func (r *Reader) locate(m *mention) {
	s := r.d.Sentences[m.sentence]
	r.climb(m.head)
	m.date, m.placed = -1, 0
	best := int32(farthest)
	for i, n := atOrAfter(r.dates, s.First), 0; i < len(r.dates) && r.dates[i].token < s.End && n < nearby; i, n = i+1, n+1 {
		x := r.dates[i]
		when := r.days[x.index]
		if !when.Known || when.Len() > 366 || !r.timely(x.token) {
			continue
		}
		if c := r.cost(x.token); c >= 0 && c < best {
			best, m.date = c, x.index
			m.dateCost = c
		}
	}
	costs := &m.placeCost
	for i, n := atOrAfter(r.places, s.First), 0; i < len(r.places) && r.places[i].token < s.End && n < nearby; i, n = i+1, n+1 {
		x := r.places[i]
		c := r.cost(x.token)
		if c < 0 || c >= farthest || !r.locative(x.token, m) {
			continue
		}
		// Kept in order of cost.
		at := m.placed
		for at > 0 && costs[at-1] > c {
			at--
		}
		if at >= len(m.places) {
			continue
		}
		m.placed = min(m.placed+1, len(m.places))
		copy(costs[at+1:m.placed], costs[at:])
		copy(m.places[at+1:m.placed], m.places[at:])
		costs[at], m.places[at] = c, x.index
	}
	// What stands much farther off than the nearest is another's place.
	for m.placed > 1 && (costs[m.placed-1] > costs[0]+closeBy || r.compare(m.places[0], m.places[m.placed-1]) == apart) {
		m.placed--
	}
}

// settle chooses n's day among those that its mentions give, or takes that of
// a sentence beside them.
func (r *Reader) settle(n *incident, k int32) {
	best := float32(0)
	for _, c := range n.dated[:n.dates] {
		w := c.weight
		for _, o := range n.dated[:n.dates] {
			if o.index != c.index && r.days[o.index].Covers(r.days[c.index]) && r.days[o.index] != r.days[c.index] {
				w += o.weight
			}
		}
		if r.days[c.index].Len() == 1 {
			w *= 2
		}
		if w > best {
			best, n.date = w, c.index
		}
	}
	if n.date >= 0 {
		n.when = r.days[n.date]
		if n.when.Len() <= 2 {
			return
		}
	}
	for i, seen := n.first, 0; i <= n.last && seen < 4; i++ {
		if r.mentions[i].incident != k || r.follows(&r.mentions[i]) >= 0 { // the days beside it are those of the other
			continue
		}
		seen++
		s := r.mentions[i].sentence
		for _, at := range [...]int32{s, s - 1, s + 1} {
			if x := r.dayOf(at); x >= 0 && (n.date < 0 || n.when.Covers(r.days[x])) {
				n.date, n.when = x, r.days[x]
				return
			}
		}
	}
}

// dayOf is the date of the one day that a sentence tells of, -1 where it
// tells of none or of several, or only when something was said.
func (r *Reader) dayOf(sentence int32) int32 {
	if sentence < 0 || int(sentence) >= len(r.d.Sentences) {
		return -1
	}
	s := r.d.Sentences[sentence]
	found := int32(-1)
	for i, n := atOrAfter(r.dates, s.First), 0; i < len(r.dates) && r.dates[i].token < s.End && n < nearby; i, n = i+1, n+1 {
		x := r.dates[i]
		if w := r.days[x.index]; !w.Known || w.Len() > 2 || !r.timely(x.token) {
			continue
		}
		if found >= 0 && r.days[found] != r.days[x.index] {
			return -1
		}
		h := r.d.Tokens[x.token].Head
		if h >= 0 && r.d.Tokens[h].Tag.Verb() && r.means[h]&(says|court) != 0 {
			continue
		}
		found = x.index
	}
	return found
}

// timely reports whether a date says when something was, not since when or
// until when.
func (r *Reader) timely(x int32) bool {
	// The day a page was posted or changed is no day of what it tells.
	for j := max(0, x-7); j < x; j++ {
		if r.means[j]&posted != 0 {
			return false
		}
	}
	if x+1 < int32(len(r.d.Tokens)) && r.d.Tokens[x+1].Lower == lowerBlock {
		return false // "the 1900 block of"
	}
	c := r.find(x, text.Case, text.Mark)
	if c < 0 {
		return true
	}
	if r.means[c]&untimely != 0 {
		// "just after 9 p.m. Sunday" was on Sunday.
		return c > 0 && r.means[c-1]&shortly != 0
	}
	// "at 1830" is an hour.
	return !(r.d.Tokens[c].Lower == lowerAt && r.d.Tokens[x].Tag == text.CD)
}

// locative reports whether a place's name says where m was: "in Moscow",
// "a Moscow suburb" where that is where it was, "an attack on Moscow".
func (r *Reader) locative(x int32, m *mention) bool {
	if !r.named[x] && r.d.Tokens[x].Tag != text.NN {
		return false
	}
	country := r.entity[x] != 0 && r.state(r.entity[x])
	for range 5 {
		t := &r.d.Tokens[x]
		// "The U.S. embassy" need not be in the United States.
		if country && (t.Rel == text.Compound || t.Rel == text.NmodPoss || t.Rel == text.Amod) && t.Head != m.head && r.find(x, text.Case) < 0 {
			return false
		}
		if x == m.head {
			return true // "the Moscow attack"
		}
		if x == m.patient {
			return true
		}
		if c := r.find(x, text.Case); c >= 0 && r.d.Tokens[c].Tag != text.POS {
			if r.means[c]&place != 0 {
				return true
			}
			if r.d.Tokens[c].Lower != lowerOf && r.d.Tokens[c].Lower != lowerOn && r.d.Tokens[c].Lower != lowerAgainst {
				return false
			}
		}
		switch t.Rel {
		case text.Compound, text.Nmod, text.NmodPoss, text.Appos, text.Flat, text.Conj, text.Amod, text.Dep, text.NmodTmod, text.Obl:
		default:
			return false
		}
		if x = t.Head; x < 0 {
			return false
		}
	}
	return false
}

// alike is what two places are to one another.
type alike int8

const (
	apart     alike = -1
	unsure    alike = 0
	within    alike = 1
	samePlace alike = 2
)

// compare says what two places of the ledger are to one another.
func (r *Reader) compare(a, b int32) alike {
	if a == b {
		return samePlace
	}
	x, y := r.l.Entities[a].Place, r.l.Entities[b].Place
	if x == nil || y == nil {
		return unsure
	}
	if x.Country != "" && y.Country != "" && x.Country != y.Country {
		return apart
	}
	if x.Region != "" && y.Region != "" && x.Region != y.Region {
		return apart
	}
	if x.Lat == 0 && x.Lon == 0 || y.Lat == 0 && y.Lon == 0 {
		return unsure
	}
	if x.Region == "" || y.Region == "" {
		return within
	}
	switch km := distance(x, y); {
	case km < 30:
		return samePlace
	case km > 80:
		return apart
	}
	return unsure
}

// exactness orders places by how closely they say where.
func exactness(p *ledger.Place) int {
	switch {
	case p == nil || p.Country == "":
		return 0
	case p.Region == "" && p.GeoNames != 0:
		return 1 // a country
	default:
		return 2
	}
}
