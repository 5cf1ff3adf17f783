package incidents

import (
	"math"
	"slices"

	"hearsay/ledger"
	"hearsay/text"
	"hearsay/text/edtf"
)

// incident is what the text tells of in one mention or several.
type incident struct {
	in, with     family
	first, last  int32 // mentions
	mentions     int32
	when         edtf.Days
	date         int32 // in Ledger.Dates, -1 for none
	whenCost     int32
	dated        [8]dated
	dates        int
	places       [4]int32
	placeCost    [4]int32
	placed       int
	patients     [6]uint32 // what was hit, as keys
	patient      int
	agents       [6]uint32
	agent        int
	weight       [8]weight
	kinds        int
	killed, hurt [4]float64 // figures
	kill, hurts  int
	custodian    int32 // of arrests: the incident they are for, -1 for none
	blows        bool  // told of only by words that are as often figures of speech: "hit"
	firstCount   int32 // of its figures, -1 for none
	firstVictim  int32
	vague        bool // no incident but many, or the custom of somebody
	dropped      bool
	id           string

	tolls [2]toll
	out   ledger.Incident
}

// dated is a date that mentions of an incident give, and how surely.
type dated struct {
	index  int32 // in Ledger.Dates
	weight float32
}

// weight is what speaks for an incident's being of a type.
type weight struct {
	kind  ledger.IncidentType
	score float32
}

const (
	mostOpen = 16 // incidents that a mention is compared with: those told of last
	strong   = 8  // what it counts that the grammar ties two mentions
	unfit    = math.MinInt32
)

// gather puts the mentions of one incident together: each mention goes to the
// open incident that it fits best, or else founds one.
func (r *Reader) gather() {
	r.incidents, r.recent = r.incidents[:0], r.recent[:0]
	r.tie()
	for i := range r.mentions {
		m := &r.mentions[i]
		best, at := unfit, int32(-1)
		for k := len(r.recent) - 1; k >= 0; k-- {
			if s := r.fit(int32(i), r.recent[k], len(r.recent)-1-k); s > best {
				best, at = s, r.recent[k]
			}
		}
		need := 2
		switch {
		case m.form >= bare:
			need = 0
		case m.form == indefinite && m.date < 0 && m.placed == 0 && m.patient < 0 && m.counted == 0:
			need = 3 // "the target of a shooting"
		case m.form == indefinite:
			need = 5
		}
		if m.form <= indefinite && r.turns(m.sentence) {
			need += 3 // "Meanwhile, three soldiers were killed"
		}
		if m.fresh {
			need = strong
		}
		switch {
		case at >= 0 && best >= need:
			r.join(int32(i), at)
		case m.founds && !r.denied(m):
			r.incidents = append(r.incidents, incident{first: int32(i), last: int32(i), date: -1, custodian: -1, blows: true, firstCount: -1, firstVictim: -1, in: m.in, with: m.with, vague: m.vague})
			r.join(int32(i), int32(len(r.incidents)-1))
		}
	}
}

// turns reports whether a sentence begins by turning to something else:
// "Meanwhile", "In another development".
func (r *Reader) turns(sentence int32) bool {
	s := r.d.Sentences[sentence]
	for i := s.First; i < min(s.End, s.First+3); i++ {
		if r.means[i]&turning != 0 {
			return true
		}
		if r.d.Tokens[i].Lower == lowerIn && i+1 < s.End && r.means[i+1]&onemore != 0 {
			return true
		}
	}
	return false
}

// denied reports whether m is told of only by one who denies it: "the army
// denied that a post was attacked".
func (r *Reader) denied(m *mention) bool {
	c := r.claim[m.head]
	if c == 0 || m.form == definite {
		return false
	}
	k := &r.l.Claims[c-1]
	if k.Cue == nil {
		return false
	}
	x := r.d.Cover(k.Cue.Start, k.Cue.End)
	for i := x.First; i < x.End; i++ {
		if r.means[i]&denies != 0 {
			return true
		}
	}
	return false
}

// tie notes for each mention the one above it in its tree, where the grammar
// makes them tell of one thing: "an attack that killed 30".
func (r *Reader) tie() {
	d := r.d
	r.above = sized(r.above, len(r.mentions))
	for i := range r.mentions {
		r.above[i] = -1
		x := r.mentions[i].head
		if a := r.mentions[i].agent; a >= 0 && r.told[a] != 0 && int(r.told[a]-1) != i {
			r.above[i] = r.told[a] - 1 // "the blast killed six"
			continue
		}
		for range climbs {
			t := &d.Tokens[x]
			h := t.Head
			if h < 0 {
				break
			}
			g := &d.Tokens[h]
			stop := false
			switch t.Rel {
			case text.Ccomp, text.Parataxis:
				stop = true
			case text.Conj:
				// Two nouns are two things: "a bombing and a shooting"; two verbs go on with one.
				stop = g.Tag.Noun() || t.Tag.Noun()
			case text.Obl, text.Nmod:
				// "before the attack", "four days after"
				c := r.find(x, text.Case)
				stop = c >= 0 && r.means[c]&untimely != 0
			case text.Advcl:
				c := r.find(x, text.Mark)
				stop = c >= 0 && r.means[c]&untimely != 0
			}
			if stop {
				break
			}
			if x = h; r.told[x] != 0 {
				r.above[i] = r.told[x] - 1
				break
			}
		}
	}
}

// tied reports whether the grammar ties mention i to one of incident k in
// its sentence.
func (r *Reader) tied(i, k int32) bool {
	if p := r.above[i]; p >= 0 && r.mentions[p].incident == k {
		return true
	}
	for j, n := i-1, 0; j >= 0 && n < 8 && r.mentions[j].sentence == r.mentions[i].sentence; j, n = j-1, n+1 {
		if r.mentions[j].incident != k {
			continue
		}
		if r.above[j] == i || r.above[i] >= 0 && r.above[j] == r.above[i] && r.mentions[i].form == verbal {
			return true
		}
	}
	return false
}

// fit says how well mention i goes with incident k, which was told of so many
// incidents ago; unfit where it cannot.
func (r *Reader) fit(i, k int32, ago int) int {
	m, n := &r.mentions[i], &r.incidents[k]
	// A shooting may be an accident, and an accident be told as a shooting.
	if m.in&n.with == 0 && n.in&m.with == 0 && m.with&n.in == 0 {
		return unfit
	}
	tied := r.tied(i, k)
	if m.vague != n.vague && !(n.vague && m.plural && m.form == definite) && !(tied && n.vague && m.form == verbal) {
		return unfit
	}
	score := 0
	if tied {
		score += strong
	}
	if m.fresh && !tied {
		score -= 4
	}
	// "The deadliest since the bombing of November 2019" sets two deeds side by side.
	if !tied && m.date >= 0 && m.dateCost <= closeBy && r.caseOf(m.head) == lowerSince && r.mentions[n.last].sentence == m.sentence {
		return unfit
	}
	if s := r.follows(m); s >= 0 && r.told[s] != 0 && r.mentions[r.told[s]-1].incident == k {
		return unfit
	}
	// When.
	if m.date >= 0 && n.when.Known {
		when := r.days[m.date]
		switch gap := when.Apart(n.when); {
		case gap > 1 && !tied && m.dateCost <= closeBy && n.whenCost <= closeBy:
			return unfit
		case gap > 1 && !tied:
			score -= 3
		case gap > 0 && !tied && r.another(m, n):
			return unfit
		case gap > 0:
			score -= 1
		case when.Len() == 1 && n.when.Len() == 1:
			score += 3
		default:
			score++
		}
	}
	// Where.
	if m.placed > 0 && n.placed > 0 {
		best := apart
		for _, a := range m.places[:m.placed] {
			for _, b := range n.places[:n.placed] {
				best = max(best, r.compare(a, b))
			}
		}
		switch best {
		case samePlace:
			score += 3
		case within:
			score++
		case unsure:
			score--
		case apart:
			if !tied {
				return unfit
			}
			score -= 4
		}
	}
	// Whom, by whom, how many.
	if key := r.key(m.patient); key != 0 && slices.Contains(n.patients[:n.patient], key) {
		score += 2
		if m.form == verbal || m.form == indefinite {
			score++
		}
	}
	if key := r.key(m.agent); key != 0 && slices.Contains(n.agents[:n.agent], key) {
		score++
	}
	score += r.figured(m, n)
	// How near in the text, and how much of it is about n.
	switch gap := m.sentence - r.mentions[n.last].sentence; {
	case gap == 0:
		score += 2
	case gap <= 2:
		score += 2
	case gap <= 5:
		score++
	}
	if ago == 0 {
		score++
	}
	if n.mentions >= 4 {
		score++
	}
	if m.in == n.in && m.in != violence {
		score++
	}
	if m.in == kidnaps && m.form <= indefinite && n.in&kidnaps == 0 && !tied {
		score -= 3 // who is taken away is seldom taken in what was told as something else
	}
	return score
}

// follows is the word for what is said to have come after m, -1 for none: "the attack
// came a day after a bomb had killed four".
func (r *Reader) follows(m *mention) int32 {
	x := m.head
	for range climbs {
		t := &r.d.Tokens[x]
		if t.Head < 0 {
			return -1
		}
		link := int32(-1)
		switch t.Rel {
		case text.Advcl:
			link = r.find(x, text.Mark)
		case text.Obl, text.Nmod:
			link = r.find(x, text.Case)
		}
		if x = t.Head; link >= 0 && r.means[link]&untimely != 0 && r.means[x]&comes != 0 {
			return r.find(x, text.Nsubj)
		}
	}
	return -1
}

// another reports whether m tells of somebody by name who is not one of those
// named that n befell.
func (r *Reader) another(m *mention, n *incident) bool {
	if m.patient < 0 || !r.named[m.patient] || n.patient == 0 {
		return false
	}
	key := r.key(m.patient)
	for _, p := range n.patients[:n.patient] {
		if p == key {
			return false
		}
	}
	return true
}

// figured compares the numbers of hurt people that belong to m with n's.
func (r *Reader) figured(m *mention, n *incident) int {
	score := 0
	for c := range r.countsOf(m) {
		list := n.killed[:n.kill]
		if c.unit == hurtUnit {
			list = n.hurt[:n.hurts]
		}
		for _, v := range list {
			if v == c.value && c.value > 1 {
				return 3
			}
			if v != c.value && c.exact && m.form == indefinite {
				score = -1
			}
		}
	}
	return score
}

// join makes mention i one of incident k.
func (r *Reader) join(i, k int32) {
	m, n := &r.mentions[i], &r.incidents[k]
	m.incident = k
	n.last = i
	n.mentions++
	if m.date >= 0 && (m.in != custody || n.in == custody) {
		if !n.when.Known || n.when.Covers(r.days[m.date]) || m.dateCost <= closeBy && n.whenCost > closeBy {
			n.when, n.whenCost = r.days[m.date], m.dateCost
		}
		r.date(n, m)
	}
	for i, p := range m.places[:m.placed] {
		r.place(n, p, m.placeCost[i])
	}
	if key := r.key(m.patient); key != 0 && n.patient < len(n.patients) && !slices.Contains(n.patients[:n.patient], key) {
		n.patients[n.patient] = key
		n.patient++
	}
	if key := r.key(m.agent); key != 0 && n.agent < len(n.agents) && !slices.Contains(n.agents[:n.agent], key) {
		n.agents[n.agent] = key
		n.agent++
	}
	for c := range r.countsOf(m) {
		if c.unit == killedUnit && n.kill < len(n.killed) {
			n.killed[n.kill] = c.value
			n.kill++
		} else if c.unit == hurtUnit && n.hurts < len(n.hurt) {
			n.hurt[n.hurts] = c.value
			n.hurts++
		}
	}
	if r.means[m.head]&(neutral|hits) == 0 {
		n.blows = false
	}
	if m.form != renewed {
		w := m.score
		if r.means[m.head]&neutral != 0 {
			w *= 0.25
		}
		r.weigh(n, m.kind, w)
		// The more exact family narrows what else can be told of it.
		if n.in == violence && m.in != violence && r.means[m.head]&neutral == 0 {
			n.in, n.with = m.in, m.with|n.in
		}
	}
	for j, x := range r.recent {
		if x == k {
			r.recent = append(r.recent[:j], r.recent[j+1:]...)
			break
		}
	}
	if len(r.recent) == mostOpen {
		r.recent = append(r.recent[:0], r.recent[1:]...)
	}
	r.recent = append(r.recent, k)
}

// place adds a place to n, unless the text puts n nearer to another that is far
// from it.
func (r *Reader) place(n *incident, p, cost int32) {
	kept := 0
	for i := range n.placed {
		q := n.places[i]
		if q == p {
			n.placeCost[i] = min(n.placeCost[i], cost)
			return
		}
		if r.compare(p, q) == apart {
			if n.placeCost[i] <= cost {
				return
			}
			continue
		}
		n.places[kept], n.placeCost[kept] = q, n.placeCost[i]
		kept++
	}
	n.placed = kept
	if kept < len(n.places) {
		n.places[kept], n.placeCost[kept] = p, cost
		n.placed++
	}
}

// date notes the day that m gives for n.
func (r *Reader) date(n *incident, m *mention) {
	w := 4 / float32(3+m.dateCost)
	for i := range n.dated[:n.dates] {
		if c := &n.dated[i]; r.days[c.index] == r.days[m.date] {
			c.weight += w
			return
		}
	}
	if n.dates < len(n.dated) {
		n.dated[n.dates] = dated{m.date, w}
		n.dates++
	}
}

// weigh adds to what speaks for n's being of a type.
func (r *Reader) weigh(n *incident, kind ledger.IncidentType, score float32) {
	for j := range n.weight[:n.kinds] {
		if n.weight[j].kind == kind {
			n.weight[j].score += score
			return
		}
	}
	if n.kinds < len(n.weight) {
		n.weight[n.kinds] = weight{kind, score}
		n.kinds++
	}
}

// key stands for who or what a token means: its entity, or else its lemma.
func (r *Reader) key(x int32) uint32 {
	if x < 0 {
		return 0
	}
	if e := r.entity[x]; e != 0 {
		return uint32(e)
	}
	t := &r.d.Tokens[x]
	if !t.Tag.Noun() {
		return 0
	}
	return t.Lemma | 1<<31
}

// distance is the distance of two places in kilometres.
func distance(a, b *ledger.Place) float64 {
	const radius, degree = 6371, math.Pi / 180
	lat, lon := (b.Lat-a.Lat)*degree, (b.Lon-a.Lon)*degree
	h := math.Pow(math.Sin(lat/2), 2) + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*math.Pow(math.Sin(lon/2), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}
