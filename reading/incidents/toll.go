package incidents

import (
	"hearsay/ledger"
	"hearsay/reading/lexicon"
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
	part      bool // it is said to be a part: "another two", "including three children"
	total     bool // it is said to be the whole
	hit       bool // it counts those who were shot, dead or not
	rank      int  // how official the speaker is
	token     int32
	sentence  int32
	mention   int32 // that it belongs to by its sentence, -1 for none
	incident  int32
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
		for j := max(x.First-4, s.First); j < min(x.End+3, s.End); j++ {
			w := r.means[j]
			switch {
			case w&more != 0 && j >= x.First-1:
				c.part = true
			case w&partly != 0 && j < x.First:
				c.part = true
			case w&total != 0:
				c.total = true
			}
		}
		c.hit = unit == hurtUnit && r.struck(c.token)
		c.rank = r.officials(f.Claim)
		r.counts = append(r.counts, c)
	}
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
		if c.mention >= 0 {
			if m := &r.mentions[c.mention]; m.counted < len(m.counts) {
				m.counts[m.counted] = int32(k)
				m.counted++
			}
		}
	}
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
	key      uint32
	named    bool
	dead     bool
	first    int32 // the token that first names them
}

// tally gives each figure its incident, finds the victims told of one by one,
// and adds them up.
func (r *Reader) tally() {
	for k := range r.counts {
		c := &r.counts[k]
		if c.mention >= 0 {
			c.incident = r.mentions[c.mention].incident
		}
		if c.incident < 0 {
			c.incident = r.current(c.token)
		}
	}
	r.victims = r.victims[:0]
	for i := range r.d.Tokens {
		w := r.means[i]
		if w&(kills|dies|wounds|hits|death|hospital|corpse) != 0 {
			r.harm(int32(i), w)
		}
	}
	for k := range r.incidents {
		r.total(int32(k))
	}
}

// harm notes whom token x says to be killed or hurt.
func (r *Reader) harm(x int32, w word) {
	d := r.d
	t := &d.Tokens[x]
	k := int32(-1)
	find := func() bool {
		if m := r.told[x]; m != 0 && r.mentions[m-1].incident >= 0 {
			k = r.mentions[m-1].incident
		} else {
			k = r.current(x)
		}
		return k >= 0
	}
	switch {
	case t.Tag.Verb() && w&(kills|dies|wounds|hits) != 0:
		if r.hypothetical(x, 0) || !find() {
			return
		}
		_, p := r.ofVerb(x)
		dead := w&(kills|dies) != 0 || r.fatal(x)
		if w&(kills|dies|wounds) == 0 && p >= 0 && !r.person(p) && !dead {
			return
		}
		r.victim(k, p, dead)
	case t.Tag.Noun() && w&death != 0:
		if r.doubted(x, 0) || !find() {
			return
		}
		for c := r.t.Child(x); c >= 0; c = r.t.Next(c) {
			switch u := &d.Tokens[c]; {
			case u.Rel == text.NmodPoss, u.Rel == text.Nmod && r.caseOf(c) == lowerOf:
				r.victim(k, c, true)
			}
		}
	case t.Lower == lowerDead && t.Tag == text.JJ:
		if !find() {
			return
		}
		// "was found dead", "is dead", "pronounced dead"
		p := r.t.Find(d, x, text.Nsubj)
		if p < 0 && t.Head >= 0 && (t.Rel == text.Xcomp || t.Rel == text.Advmod || t.Rel == text.Dep || t.Rel == text.Obj || t.Rel == text.Obl) && d.Tokens[t.Head].Tag.Verb() && !r.hypothetical(t.Head, 0) {
			a, b := r.ofVerb(t.Head)
			if p = b; p < 0 || d.Tokens[p].Lower == lowerDead {
				p = a
			}
		}
		r.victim(k, p, true)
	case w&hospital != 0 && t.Tag.Verb():
		if r.hypothetical(x, 0) || !find() {
			return
		}
		a, p := r.ofVerb(x)
		if p < 0 {
			p = a
		}
		r.victim(k, p, false)
	case w&corpse != 0 && t.Tag == text.NN:
		if !find() {
			return
		}
		for c := r.t.Child(x); c >= 0; c = r.t.Next(c) {
			switch u := &d.Tokens[c]; {
			case u.Rel == text.NmodPoss, u.Rel == text.Nmod && r.caseOf(c) == lowerOf:
				r.victim(k, c, true)
			}
		}
	}
}

// fatal reports whether a verb of hitting says that its victim died of it.
func (r *Reader) fatal(x int32) bool {
	d := r.d
	n := int32(len(d.Tokens))
	for j := max(0, x-1); j < min(n, x+4); j++ {
		if r.means[j]&fatally != 0 && (j != x+2 && j != x+3 || d.Tokens[j-1].Lower == lowerTo || r.means[j]&kills != 0) {
			return true
		}
	}
	if o := r.t.Find(d, x, text.Obj); o >= 0 && r.means[o]&reflexive != 0 {
		return true
	}
	return false
}

// person reports whether token x can mean one human being.
func (r *Reader) person(x int32) bool {
	t := &r.d.Tokens[x]
	if e := r.entity[x]; e != 0 {
		return r.l.Entities[e-1].Type == ledger.TypePerson
	}
	if t.Tag == text.PRP {
		return r.means[x]&someone != 0
	}
	return r.means[x]&human != 0 || lexicon.Of(t.Lemma)&(lexicon.Person|lexicon.Kin) != 0 || aged(r.d.Form(x)) || t.Tag == text.NNP && r.agedBeside(x)
}

// aged reports whether a word is an age that stands for a person: "17-year-old".
func aged(s string) bool {
	return len(s) > 8 && s[0] >= '0' && s[0] <= '9' && s[len(s)-8:] == "year-old"
}

// agedBeside reports whether an age follows a name: "Ann Lee, 34,".
func (r *Reader) agedBeside(x int32) bool {
	d := r.d
	for j := x + 1; j < min(int32(len(d.Tokens)), x+5); j++ {
		if d.Tokens[j].Tag == text.CD {
			return d.Tokens[j-1].Tag == text.Comma && d.Tokens[j].End-d.Tokens[j].Start <= 2
		}
	}
	return false
}

// victim notes that the person p, and those coordinated with them, were hurt.
func (r *Reader) victim(k, p int32, dead bool) {
	for n := 0; p >= 0 && n < 8; n++ {
		r.hurt(k, p, dead)
		next := int32(-1)
		for c := r.t.Child(p); c >= 0; c = r.t.Next(c) {
			if t := &r.d.Tokens[c]; t.Rel == text.Conj && (t.Tag.Noun() || t.Tag == text.CD || t.Tag == text.JJ) {
				if n == 0 {
					r.hurt(k, c, dead)
				} else {
					next = c
				}
			}
		}
		p = next
	}
}

func (r *Reader) hurt(k, p int32, dead bool) {
	d := r.d
	t := &d.Tokens[p]
	if t.Tag == text.NNS || t.Tag == text.NNPS || r.t.Find(d, p, text.Nummod) >= 0 && t.Tag.Noun() && !t.Tag.Proper() && !r.single(p) {
		return
	}
	if r.means[p]&reflexive != 0 {
		if h := t.Head; h >= 0 {
			if a, _ := r.ofVerb(h); a >= 0 && r.means[a]&reflexive == 0 {
				p = a
				t = &d.Tokens[p]
			}
		}
	}
	if !r.person(p) {
		return
	}
	v := victim{incident: k, dead: dead, first: p}
	old := false // refers to somebody told of
	switch e := r.entity[p]; {
	case e != 0:
		v.key = uint32(e)
		v.named = named(&r.l.Entities[e-1])
	case t.Tag == text.PRP:
		old = true
	default:
		v.key = t.Lemma | 1<<31
		v.named = t.Tag.Proper()
		old = r.determined(p)&again != 0 && !v.named
		if !old && !v.named {
			v.key ^= uint32(p) * 2654435761 // each is another
			v.key |= 1 << 31
		}
	}
	for i := len(r.victims) - 1; i >= 0 && i >= len(r.victims)-64; i-- {
		o := &r.victims[i]
		if o.incident == k && o.key == v.key {
			o.dead = o.dead || dead
			return
		}
	}
	if old {
		// "he", "the victim": whoever was told of last.
		for i := len(r.victims) - 1; i >= 0 && i >= len(r.victims)-4; i-- {
			if o := &r.victims[i]; o.incident == k {
				o.dead = o.dead || dead
				return
			}
		}
	}
	r.victims = append(r.victims, v)
}

// single reports whether the number before a noun is one.
func (r *Reader) single(p int32) bool {
	c := r.t.Find(r.d, p, text.Nummod)
	return c >= 0 && (r.d.Tokens[c].Lower == lowerOne || c > p)
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
	var best, hit *count
	var killed, wounded *count
	for i := range r.counts {
		c := &r.counts[i]
		if c.incident != k {
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
	for i := range r.victims {
		v := &r.victims[i]
		if v.incident != k {
			continue
		}
		switch {
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
	dead, all := max(deadNamed, deadUnnamed), max(allNamed, allUnnamed)
	best = killed
	if best != nil {
		n.tolls[killedUnit] = toll{true, best.low, best.value, best.high}
		dead = best.value
	} else if dead > 0 {
		n.tolls[killedUnit] = toll{true, dead, dead, dead}
	}
	switch {
	case wounded != nil:
		n.tolls[hurtUnit] = toll{true, wounded.low, wounded.value, wounded.high}
	case hit != nil && hit.value > dead:
		v := hit.value - dead
		n.tolls[hurtUnit] = toll{true, v, v, v}
	case hit == nil && all > dead && dead == max(deadNamed, deadUnnamed):
		v := all - dead
		n.tolls[hurtUnit] = toll{true, v, v, v}
	}
	// What others say widens what is possible.
	for i := range r.counts {
		c := &r.counts[i]
		if c.incident != k || c.part || c.hit {
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
