package incidents

import (
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
)

// The two tolls that are kept.
const (
	killedUnit = iota
	hurtUnit
)

// count is one of the ledger's figures of killed or wounded people.
type count struct {
	index     int32 // in Ledger.Figures
	unit      int
	value     float64
	low, high float64
	exact     bool // a number, and not a bound or a guess at one
	one       bool // somebody told of as a person and not as a number
	part      bool // it is said to be a part: "including three children"
	tally     bool // it adds up many incidents: "45 people this year"
	further   bool // it comes on top of what was told, and is not in a sum with that: "another two"
	total     bool // it is said to be the whole
	hit       bool // it counts those who were shot, dead or not
	summed    bool // it is in the sum of another
	rank      int  // how official the speaker is
	token     int32
	sentence  int32
	mention   int32 // that it belongs to by its sentence, -1 for none
	incident  int32
	next      int32 // the next of its incident's, -1 for none
}

// toll is how many people an incident hurt.
type toll struct {
	known           bool
	low, best, high float64
}

// reckon reads the ledger's figures of killed and wounded people, and ties
// each to the mention that it belongs to in its sentence.
func (r *Reader) reckon() {
	r.counts = r.counts[:0]
	d := r.d
	for i := range r.l.Figures {
		f := &r.l.Figures[i]
		unit := killedUnit
		switch f.Unit {
		case ledger.UnitKilled:
		case ledger.UnitWounded:
			unit = hurtUnit
		default:
			continue
		}
		x := d.Cover(f.Start, f.End)
		if x.Empty() {
			continue
		}
		c := count{index: int32(i), unit: unit, token: tree.Head(d, x), mention: -1, incident: -1}
		if c.sentence = r.t.Sentence(c.token); c.sentence < 0 {
			continue
		}
		switch {
		case f.Value != nil:
			c.value = *f.Value
			c.exact = !f.Approximate && (f.Low == nil) == (f.High == nil)
		case f.Low != nil:
			c.value = *f.Low
		case f.High != nil:
			c.value = *f.High
		default:
			continue
		}
		if c.value < 0 || c.value > 1e8 {
			continue
		}
		c.low, c.high = c.value, c.value
		if f.Low != nil {
			c.low = *f.Low
		}
		if f.High != nil {
			c.high = *f.High
		}
		s := d.Sentences[c.sentence]
		c.one = c.value == 1
		for j := x.First; j < x.End; j++ {
			if d.Tokens[j].Tag == text.CD && !r.named[j] || d.Tokens[j].Lower == lowerOne {
				c.one = false
			}
		}
		for j := max(x.First-4, s.First); j < min(x.End+3, s.End); j++ {
			w := r.means[j]
			inside := j >= x.First && j < x.End
			switch {
			case w&more != 0 && !r.than(j+1) && (inside || j == x.First-1 || j == x.End && d.Tokens[j].Tag.Noun()):
				c.further = true
			case w&partly != 0 && j < x.First:
				c.part = true
			case w&total != 0:
				c.total = true
			}
		}
		if x.End+1 < s.End && d.Tokens[x.End].Lower == lowerOf && d.Tokens[x.End+1].Tag != text.CD && r.means[x.End+1]&(those|again) != 0 {
			c.part = true // "two of them", "three of the wounded"
		}
		for j := x.End; j < min(x.End+3, s.End); j++ {
			// "five have since died"
			c.further = c.further || d.Tokens[j].Lower == lowerSince && j+1 < s.End && d.Tokens[j+1].Tag.Verb()
		}
		r.means[c.token] |= harmed
		c.tally = r.yearly(c.sentence)
		c.hit = unit == hurtUnit && r.struck(c.token)
		c.rank = r.officials(f.Claim)
		r.counts = append(r.counts, c)
	}
	r.sumUp()
	// Each mention of a sentence is weighed for each of its figures.
	first := 0
	for k := range r.counts {
		c := &r.counts[k]
		for first < len(r.mentions) && r.mentions[first].sentence < c.sentence {
			first++
		}
		best := int32(farthest)
		for j, n := first, 0; j < len(r.mentions) && r.mentions[j].sentence == c.sentence && n < nearby; j, n = j+1, n+1 {
			m := &r.mentions[j]
			if m.in&(deals|custody) != 0 {
				continue
			}
			r.climb(m.head)
			if v := r.cost(c.token); v >= 0 && v < best {
				best, c.mention = v, int32(j)
			}
		}
		if c.mention >= 0 && c.tally && r.mentions[c.mention].form <= indefinite {
			r.mentions[c.mention].vague = true // "45 people were killed in 2022"
		}
		if c.mention >= 0 && !c.one {
			if m := &r.mentions[c.mention]; m.counted < len(m.counts) {
				m.counts[m.counted] = int32(k)
				m.counted++
			}
		}
	}
}

// than reports whether token i is "than": "more than 40" are no more of anything.
func (r *Reader) than(i int32) bool {
	return int(i) < len(r.d.Tokens) && r.d.Tokens[i].Lower == lowerThan
}

// yearly reports whether the only times that a sentence gives are long ones: what
// it counts then is the sum of many incidents.
func (r *Reader) yearly(sentence int32) bool {
	s := r.d.Sentences[sentence]
	long := false
	for i, n := atOrAfter(r.dates, s.First), 0; i < len(r.dates) && r.dates[i].token < s.End && n < nearby; i, n = i+1, n+1 {
		switch w := r.days[r.dates[i].index]; {
		case !w.Known:
		case w.Len() > 100:
			long = true
		default:
			return false
		}
	}
	return long
}

// sumUp makes one of the figures that a sentence gives side by side: "two men
// and two women were hurt" hurt four, and so did "a girl and three others".
func (r *Reader) sumUp() {
	for k := range r.counts {
		c := &r.counts[k]
		if c.part {
			continue
		}
		whole := false
		for j, n := k-1, 0; j >= 0 && n < 8 && r.counts[j].sentence == c.sentence; j, n = j-1, n+1 {
			o := &r.counts[j]
			if o.unit != c.unit || o.part || o.summed || o.hit != c.hit {
				continue
			}
			if !c.further && !r.beside(o.token, c.token) || c.one && o.one {
				continue
			}
			o.summed = true
			c.value, c.low, c.high = c.value+o.value, c.low+o.low, c.high+o.high
			c.exact = c.exact && o.exact
			c.one = false
			whole = true
		}
		c.further = c.further && !whole
	}
}

// beside reports whether the grammar coordinates b with a.
func (r *Reader) beside(a, b int32) bool {
	for range 3 {
		t := &r.d.Tokens[b]
		if t.Rel != text.Conj || t.Head < 0 {
			return false
		}
		if t.Head == a {
			return true
		}
		b = t.Head
	}
	return false
}

// struck reports whether those counted are said to have been hit, which tells
// nothing of whether they lived: "four people were shot".
func (r *Reader) struck(x int32) bool {
	for range 4 {
		h := r.d.Tokens[x].Head
		if h < 0 {
			return false
		}
		if r.means[h]&wounds != 0 {
			return false
		}
		if r.means[h]&hits != 0 {
			return true
		}
		x = h
	}
	return false
}

// officials is how official the speaker of a claim is: 2 for those who count
// the dead, 1 for others and the article, 0 for those whom nobody names.
func (r *Reader) officials(claim string) int {
	i, ok := number(claim, 'c')
	if !ok || i >= len(r.l.Claims) {
		return 1
	}
	s := r.l.Claims[i].Source
	switch {
	case s == nil:
		return 1
	case s.Kind == ledger.KindGovernment:
		return 2
	case s.Naming == ledger.NamingNone:
		return 0
	}
	x := r.d.Cover(s.Start, s.End)
	for j := x.First; j < min(x.End, x.First+12); j++ {
		if r.means[j]&official != 0 {
			return 2
		}
	}
	return 1
}

// number reads the number in an id of the ledger, counted from 0.
func number(id string, kind byte) (int, bool) {
	if len(id) < 2 || id[0] != kind || len(id) > 9 {
		return 0, false
	}
	n := 0
	for i := 1; i < len(id); i++ {
		if id[i] < '0' || id[i] > '9' {
			return 0, false
		}
		n = n*10 + int(id[i]-'0')
	}
	return n - 1, n > 0
}

// victim is one person who is told to have been killed or hurt.
type victim struct {
	incident int32
	key      uint32 // the entity or the lemma
	named    bool
	dead     bool
	hit      bool  // shot or struck, which does not say whether they lived
	sort     word  // what the words for them say of their age and sex
	sentence int32 // in which they were told of last
	next     int32 // the next of the incident's, -1 for none
}

// tally gives each figure its incident, finds the victims told of one by one,
// and adds them up.
func (r *Reader) tally() {
	r.victims = r.victims[:0]
	for k := range r.counts {
		c := &r.counts[k]
		if c.mention >= 0 {
			c.incident = r.mentions[c.mention].incident
		}
		if c.incident < 0 {
			c.incident = r.current(c.token)
		}
		if c.one && !c.tally && c.incident >= 0 {
			r.person(c)
		}
	}
	// Each incident's own, as lists in text order.
	for k := len(r.counts) - 1; k >= 0; k-- {
		if c := &r.counts[k]; c.incident >= 0 {
			n := &r.incidents[c.incident]
			c.next, n.firstCount = n.firstCount, int32(k)
		}
	}
	for k := len(r.victims) - 1; k >= 0; k-- {
		v := &r.victims[k]
		n := &r.incidents[v.incident]
		v.next, n.firstVictim = n.firstVictim, int32(k)
	}
	for k := range r.incidents {
		r.total(int32(k))
	}
}

// person notes somebody who was killed or hurt: anew, or as one told of.
func (r *Reader) person(c *count) {
	p := c.token
	t := &r.d.Tokens[p]
	v := victim{incident: c.incident, dead: c.unit == killedUnit, hit: c.hit, sentence: c.sentence, sort: r.means[p] & (female | young | grown)}
	det := r.determined(p)
	switch e := r.entity[p]; {
	case e != 0 && named(&r.l.Entities[e-1]):
		v.key = uint32(e)
		v.named = r.l.Entities[e-1].Type == ledger.TypePerson
	case t.Tag.Proper():
		v.key, v.named = t.Lower|1<<31, true
	case e != 0:
		v.key = uint32(e)
	default:
		v.key = t.Lemma | 1<<31
	}
	same := func(o *victim) {
		o.dead = o.dead || v.dead
		o.hit = o.hit && v.hit
		o.sentence = v.sentence
	}
	oldest := max(0, len(r.victims)-64)
	for i := len(r.victims) - 1; i >= oldest; i-- {
		o := &r.victims[i]
		if o.incident == v.incident && o.key == v.key && (v.key < 1<<31 || v.named || o.sentence != v.sentence && det&onemore == 0) {
			same(o)
			return
		}
	}
	if v.named || det&onemore != 0 {
		r.victims = append(r.victims, v)
		return
	}
	// "he", "the victim": whoever was told of last. "A boy", some sentences
	// after "a teenager", is told of again.
	old := det&again != 0 || t.Tag == text.PRP
	for i := len(r.victims) - 1; i >= oldest; i-- {
		o := &r.victims[i]
		if o.incident != v.incident || !old && (o.named || o.sentence == v.sentence) {
			continue
		}
		if v.sort&female != o.sort&female && v.sort&grown != 0 && o.sort&grown != 0 || v.sort&young != 0 && o.sort&grown != 0 || v.sort&grown != 0 && o.sort&young != 0 {
			continue
		}
		if old || v.dead == o.dead || v.hit || o.hit {
			same(o)
			return
		}
	}
	r.victims = append(r.victims, v)
}

// named reports whether an entity has a name and not only a description.
func named(e *ledger.Entity) bool {
	for _, m := range e.Mentions {
		if !m.Pronoun {
			return true
		}
	}
	return false
}

// total adds up the tolls of incident k by the rule in docs/incidents.md.
func (r *Reader) total(k int32) {
	n := &r.incidents[k]
	var killed, wounded, hit *count
	for i := n.firstCount; i >= 0; i = r.counts[i].next {
		c := &r.counts[i]
		if c.one || c.summed || c.tally {
			continue
		}
		switch {
		case c.unit == killedUnit:
			killed = better(killed, c)
		case c.hit:
			hit = better(hit, c)
		default:
			wounded = better(wounded, c)
		}
	}
	var deadNamed, deadUnnamed, allNamed, allUnnamed float64
	for i := n.firstVictim; i >= 0; i = r.victims[i].next {
		switch v := &r.victims[i]; {
		case v.named && v.dead:
			deadNamed++
			allNamed++
		case v.named:
			allNamed++
		case v.dead:
			deadUnnamed++
			allUnnamed++
		default:
			allUnnamed++
		}
	}
	single := max(deadNamed, deadUnnamed)
	dead, all := single, max(allNamed, allUnnamed)
	// "Nobody was hurt" is said of some place or hour as well.
	if killed != nil && killed.value == 0 && dead > 0 {
		killed = nil
	}
	if wounded != nil && wounded.value <= 1 && all-single > wounded.value {
		wounded = nil
	}
	switch {
	case killed != nil:
		n.tolls[killedUnit] = toll{true, killed.low, killed.value, killed.high}
		dead = killed.value
	case dead > 0:
		n.tolls[killedUnit] = toll{true, dead, dead, dead}
	}
	switch {
	case wounded != nil && !(hit != nil && (wounded.part || hit.value-dead > wounded.value)):
		n.tolls[hurtUnit] = toll{true, wounded.low, wounded.value, wounded.high}
	case hit != nil && hit.value > dead:
		v := hit.value - dead
		n.tolls[hurtUnit] = toll{true, v, v, v}
	case hit == nil && all > single:
		v := all - single
		n.tolls[hurtUnit] = toll{true, v, v, v}
	}
	// What others say widens what is possible.
	for i := n.firstCount; i >= 0; i = r.counts[i].next {
		c := &r.counts[i]
		if c.part || c.further || c.hit || c.one || c.summed || c.tally {
			continue
		}
		t := &n.tolls[c.unit]
		t.low, t.high = min(t.low, c.low), max(t.high, c.high)
	}
}

// better is the one of two figures of one thing that is preferred.
func better(a, b *count) *count {
	switch {
	case a == nil:
		return b
	case a.part != b.part:
		if a.part {
			return b
		}
		return a
	case a.exact != b.exact:
		if b.exact {
			return b
		}
		return a
	case a.total != b.total:
		if b.total {
			return b
		}
		return a
	case b.rank > a.rank && b.value >= a.value:
		return b
	case b.value > a.value && b.rank >= a.rank:
		return b
	}
	return a
}
