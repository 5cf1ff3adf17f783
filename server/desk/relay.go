package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hearsay/corpus/incidents"
)

// relay is a drawing of who relays whom: speakers on the left, on the right the
// independent origins that have their word, each with its articles.
type relay struct {
	Height   int
	Speakers []node
	Origins  []node
	Links    []wire
	More     int // speakers that are not drawn
}

// node is a speaker or an origin in the drawing.
type node struct {
	Y        int
	Name     string
	Path     string // of an origin: its first article
	Articles []int  // of an origin: their numbers
}

// Label is what an origin is called in the drawing.
func (n node) Label() string {
	var list []string
	for i, a := range n.Articles {
		if i == 4 {
			list = append(list, "…")
			break
		}
		list = append(list, "["+strconv.Itoa(a)+"]")
	}
	return strings.Join(list, " ")
}

// wire joins a speaker to an origin.
type wire struct{ Y1, Y2 int }

// How many speakers are drawn, how high a line is, and how many letters of a name fit.
const (
	mostRelayed = 16
	relayLine   = 24
	relayName   = 30
)

// relayOf draws whose word the articles of an incident have: of figures, and of
// who did it. It is nil where nobody is relayed by two.
func relayOf(n *incidents.Incident, number map[string]int, who *givers) *relay {
	origin := map[string]string{} // of an article: the first of those that count as one with it
	together := map[string][]int{}
	for _, id := range n.Articles {
		origin[id] = id
	}
	for _, ids := range n.SameOrigin {
		for _, id := range ids {
			origin[id] = ids[0]
		}
	}
	for _, id := range n.Articles {
		together[origin[id]] = append(together[origin[id]], number[id])
	}
	says := map[string][]string{} // of a speaker: the origins
	add := func(name, article string) {
		if o, ok := origin[article]; ok && name != "" && !slices.Contains(says[name], o) {
			says[name] = append(says[name], o)
		}
	}
	for _, t := range []*incidents.Toll{n.Killed, n.Wounded} {
		if t == nil {
			continue
		}
		for i := range t.Figures {
			if f := &t.Figures[i]; f.Speaker != "" {
				add(who.name(f), f.Article)
			}
		}
	}
	for _, a := range n.BlamedOn {
		for _, article := range a.Articles {
			add(cmp.Or(who.names[folded(a.By)], a.By), article)
		}
	}
	for _, list := range [][]incidents.Claimant{n.ClaimedBy, n.DeniedBy} {
		for _, c := range list {
			for _, article := range c.Articles {
				add(cmp.Or(who.names[folded(c.Name)], c.Name), article)
			}
		}
	}
	names := make([]string, 0, len(says))
	shared := false
	for name, origins := range says {
		names = append(names, name)
		shared = shared || len(origins) > 1
	}
	if !shared {
		return nil
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(says[b]), len(says[a])), cmp.Compare(a, b)) })
	r := &relay{More: max(0, len(names)-mostRelayed)}
	at := map[string]int{}
	for i, name := range names[:min(len(names), mostRelayed)] {
		y := relayLine/2 + i*relayLine
		r.Speakers = append(r.Speakers, node{Y: y, Name: cut(name, relayName)})
		slices.SortFunc(says[name], func(a, b string) int { return cmp.Compare(number[a], number[b]) })
		for _, o := range says[name] {
			if _, ok := at[o]; !ok {
				if len(r.Origins) == 2*mostRelayed {
					continue
				}
				at[o] = relayLine/2 + len(r.Origins)*relayLine
				r.Origins = append(r.Origins, node{Y: at[o], Path: articlePath(o), Articles: together[o]})
			}
			r.Links = append(r.Links, wire{y, at[o]})
		}
	}
	r.Height = relayLine * max(len(r.Speakers), len(r.Origins))
	return r
}

// cut is s with no more than so many letters.
func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return strings.TrimSpace(string(r[:most-1])) + "…"
}
