package incidents

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hearsay/ledger"
	"hearsay/reading/tree"
)

// write enters in the ledger the incidents of which something is known, and
// in its figures and claims what they are about.
func (r *Reader) write() {
	l := r.l
	for i := range r.mentions {
		if m := &r.mentions[i]; m.incident >= 0 {
			r.instruments(m)
		}
	}
	for k := range r.incidents {
		n := &r.incidents[k]
		r.settle(n, int32(k))
		n.dropped = !r.worth(n) || n.custodian >= 0 && !r.incidents[n.custodian].dropped
	}
	// In the order of their first mentions, which is that of their founding.
	for k := range r.incidents {
		n := &r.incidents[k]
		if n.dropped {
			continue
		}
		n.id = "i" + strconv.Itoa(len(l.Incidents)+1)
		o := n.out
		o.ID = n.id
		// "The group" that claims a deed is not told of again as an attacker.
		o.Attackers = slices.DeleteFunc(o.Attackers, func(p ledger.Party) bool {
			return slices.ContainsFunc(o.ClaimedBy, func(c ledger.Party) bool {
				return c.Span == p.Span && p.Claim == c.Claim && r.means[tree.Head(r.d, r.d.Cover(p.Start, p.End))]&fighter == 0
			})
		})
		o.Type = n.kind()
		if n.date >= 0 {
			o.Date = day(l.Dates[n.date].Value, l.Quote(l.Dates[n.date].Span))
		}
		o.Places = r.where(n)
		o.Killed, o.Wounded = r.tollOf(int32(k), killedUnit), r.tollOf(int32(k), hurtUnit)
		l.Incidents = append(l.Incidents, o)
	}
	at := func(k int32) *ledger.Incident {
		if k < 0 {
			return nil
		}
		if r.incidents[k].dropped {
			if k = r.incidents[k].custodian; k < 0 || r.incidents[k].dropped {
				return nil
			}
		}
		i, _ := number(r.incidents[k].id, 'i')
		return &l.Incidents[i]
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if o := at(m.incident); o != nil {
			o.Mentions = append(o.Mentions, ledger.Mention{Span: r.span(m.trigger), Pronoun: m.form == renewed})
		}
	}
	for i := range l.Incidents {
		slices.SortFunc(l.Incidents[i].Mentions, func(a, b ledger.Mention) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	}
	for i := range r.counts {
		c := &r.counts[i]
		if o := at(c.incident); o != nil {
			l.Figures[c.index].Incident = o.ID
		}
	}
	r.claims(at)
}

// claims says of each claim which incident it is about: the one that most of
// the mentions in its content tell of.
func (r *Reader) claims(at func(int32) *ledger.Incident) {
	for i := range r.mentions {
		m := &r.mentions[i]
		c := r.claim[m.head]
		if c == 0 {
			continue
		}
		if o := at(m.incident); o != nil && r.l.Claims[c-1].Incident == "" {
			r.l.Claims[c-1].Incident = o.ID
		}
	}
	for i := range r.l.Incidents {
		for _, p := range r.l.Incidents[i].ClaimedBy {
			if c, ok := number(p.Claim, 'c'); ok && c < len(r.l.Claims) && r.l.Claims[c].Incident == "" {
				r.l.Claims[c].Incident = r.l.Incidents[i].ID
			}
		}
	}
}

// day is a date without a hedge that belongs to the hour: what was "around 6
// p.m. Monday" was on Monday.
func day(value, words string) string {
	if v, ok := strings.CutSuffix(value, "~"); ok && len(v) == len("2006-01-02") && strings.ContainsFunc(words, func(c rune) bool { return c == ':' || c == 'm' || c == 'n' }) {
		for _, w := range [...]string{":", "a.m", "p.m", "am", "pm", "noon", "night", "clock"} {
			if strings.Contains(words, w) {
				return v
			}
		}
	}
	return value
}

// worth reports whether enough is told of n to count it as an incident. Words
// of fighting are used of debates and markets as well: without anybody hurt,
// claimed or held, it takes a place with a day, a target or another mention.
func (r *Reader) worth(n *incident) bool {
	if n.vague || n.in == deals && !n.when.Known {
		return false
	}
	if n.tolls[killedUnit].known || n.tolls[hurtUnit].known || len(n.out.ClaimedBy)+len(n.out.DeniedBy)+len(n.out.Arrested) > 0 {
		return true
	}
	if n.blows {
		return false
	}
	acted := len(n.out.BlamedOn)+len(n.out.Attackers) > 0
	switch {
	case n.placed > 0:
		return n.when.Known || len(n.out.Targets) > 0 || acted || n.mentions >= 2
	case n.when.Known:
		return n.mentions >= 2 || n.dates > 0 && (len(n.out.Targets) > 0 || acted || n.in&violence == 0)
	}
	return len(n.out.Targets) > 0 && acted || n.mentions >= 3 && n.in&(deals|protests) == 0
}

// kind is the type for which most speaks.
func (n *incident) kind() ledger.IncidentType {
	best := weight{ledger.Attack, -1}
	for _, w := range n.weight[:n.kinds] {
		if w.kind != ledger.Attack && w.kind != ledger.OtherIncident {
			w.score *= 1.5 // to say more is to be preferred
		}
		if w.score > best.score {
			best = w
		}
	}
	return best.kind
}

// where is the incident's places as ids, the most exact first.
func (r *Reader) where(n *incident) []string {
	if n.placed == 0 {
		return nil
	}
	list := slices.Clone(n.places[:n.placed])
	slices.SortStableFunc(list, func(a, b int32) int {
		return cmp.Compare(exactness(r.l.Entities[b].Place), exactness(r.l.Entities[a].Place))
	})
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = r.l.Entities[e].ID
	}
	return out
}

func (r *Reader) tollOf(k int32, unit int) *ledger.Toll {
	t := &r.incidents[k].tolls[unit]
	if !t.known {
		return nil
	}
	out := &ledger.Toll{Low: int(t.low), Best: int(t.best), High: int(t.high), Figures: []int{}}
	for i := r.incidents[k].firstCount; i >= 0; i = r.counts[i].next {
		if c := &r.counts[i]; c.unit == unit {
			out.Figures = append(out.Figures, int(c.index))
		}
	}
	return out
}
