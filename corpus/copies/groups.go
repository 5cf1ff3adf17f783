package copies

import (
	"cmp"
	"slices"
	"time"

	"hearsay/ledger"
)

// Group is a set of copies of a common original.
type Group struct {
	Articles []string `json:"articles"` // IDs by day of publication, the first one first
	// First is the article that appeared first, as far as the days tell. Of those
	// of one day, or of no known day, it is the one whose words most of the others have.
	First string `json:"first"`
	// Copies say how others were made. One that has nothing in common with any that
	// appeared before it, though with one that appeared after it, is not among them.
	Copies []Copy `json:"copies"`

	Number int64 `json:"-"` // its place among the groups of a store; from its Copies only
}

// Copy says of one article from which other one it was made, or both from
// what is not at hand, and how they differ.
type Copy struct {
	Article string `json:"article"`
	Of      string `json:"of"` // the earlier one with which it has most in common
	Change  Change `json:"change"`
}

// Change is what a copy did to its original.
type Change string

// What a copy did to its original.
const (
	Reprinted Change = "reprinted" // each has what the other has
	Shortened Change = "shortened" // it lacks some of the original and has nothing else
	Extended  Change = "extended"  // it has all of the original, and more
	Edited    Change = "edited"    // each has what the other lacks
)

// ChangeOf is what the second of two texts did to the first: ofFirst is the
// share of the first one's words that both have, ofSecond of the second's.
func ChangeOf(ofFirst, ofSecond float64) Change {
	const all = 0.95
	switch {
	case ofFirst >= all && ofSecond >= all:
		return Reprinted
	case ofSecond >= all:
		return Shortened
	case ofFirst >= all:
		return Extended
	}
	return Edited
}

// member is a text on its way into a group.
type member struct {
	text   *Text
	day    string
	links  []side
	shared int // words that it has in common with others, over all its links
	group  int // a member of the same group; its own number for the first of a group
	of     int // the member that it was joined to, or -1
	basis  []ledger.Span
	change Change
}

// side is a link as one of its texts sees it.
type side struct {
	to           int
	own          int
	ofMe, ofThem float64
	inMe, inThem []ledger.Span
}

// Groups gathers copies of a common original. The result depends on the sets of texts
// and links alone, not on their order. Links to texts that are not given are left out.
//
// Texts join in the order of their days. One joins the text with which it has
// most in common, unless what they share is not what that one took from its own original:
// a round-up that reprints two stories does not make them one.
func Groups(texts []*Text, links []Link) []Group {
	members := make([]member, len(texts))
	for i, t := range texts {
		members[i] = member{text: t, day: day(t.Published)}
	}
	number := make(map[string]int, len(texts))
	for i := range members {
		number[members[i].text.ID] = i
	}
	for _, l := range links {
		a, okA := number[l.A]
		b, okB := number[l.B]
		if !okA || !okB || a == b {
			continue
		}
		members[a].links = append(members[a].links, side{b, l.Own, l.OfA, l.OfB, l.InA, l.InB})
		members[b].links = append(members[b].links, side{a, l.Own, l.OfB, l.OfA, l.InB, l.InA})
		members[a].shared += l.Own
		members[b].shared += l.Own
	}
	order := make([]int, 0, len(members))
	for i := range members {
		if len(members[i].links) > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return members[a].before(&members[b]) })
	return gather(members, order)
}

// day is the whole day of a date, or what comes after all days.
func day(published string) string {
	if _, err := time.Parse(time.DateOnly, published); err != nil {
		return "unknown"
	}
	return published
}

// before compares members by when they appeared and, where that is the same or
// unknown, by how much of them stands in others: what an editor put in stands
// nowhere else.
func (m *member) before(o *member) int {
	return cmp.Or(cmp.Compare(m.day, o.day), cmp.Compare(o.shared, m.shared), cmp.Compare(m.text.ID, o.text.ID))
}

func gather(members []member, order []int) []Group {
	rank := make([]int, len(members))
	for at, i := range order {
		rank[i] = at
	}
	for at, i := range order {
		m := &members[i]
		m.group, m.of = i, -1
		earlier := slices.DeleteFunc(slices.Clone(m.links), func(h side) bool { return rank[h.to] >= at })
		slices.SortFunc(earlier, func(a, b side) int { return cmp.Or(b.own-a.own, rank[a.to]-rank[b.to]) })
		for _, h := range earlier {
			o := &members[h.to]
			if o.of >= 0 && !sameMatter(h.inThem, o.basis) {
				continue
			}
			switch {
			case m.of < 0:
				m.of, m.basis, m.change = h.to, h.inMe, ChangeOf(h.ofThem, h.ofMe)
				m.group = root(members, h.to)
			case sameMatter(h.inMe, m.basis):
				join(members, rank, m.group, h.to)
			}
		}
	}
	gathered := make(map[int]int) // from a group's first member to its place in groups
	var groups []Group
	for _, i := range order {
		r := root(members, i)
		at, ok := gathered[r]
		if !ok {
			at = len(groups)
			gathered[r] = at
			groups = append(groups, Group{First: members[i].text.ID})
		}
		g := &groups[at]
		g.Articles = append(g.Articles, members[i].text.ID)
		if of := members[i].of; of >= 0 {
			g.Copies = append(g.Copies, Copy{Article: members[i].text.ID, Of: members[of].text.ID, Change: members[i].change})
		}
	}
	return slices.DeleteFunc(groups, func(g Group) bool { return len(g.Articles) < 2 })
}

// root is the first member of i's group.
func root(members []member, i int) int {
	for members[i].group != i {
		members[i].group = members[members[i].group].group
		i = members[i].group
	}
	return i
}

// join makes one group of two, under the first of both.
func join(members []member, rank []int, a, b int) {
	a, b = root(members, a), root(members, b)
	if rank[a] > rank[b] {
		a, b = b, a
	}
	members[b].group = a
}

// sameMatter reports whether of two sets of passages of one text a quarter of the
// smaller lies in the other.
func sameMatter(a, b []ledger.Span) bool {
	both, sumA, sumB := 0, 0, 0
	for _, s := range a {
		sumA += s.End - s.Start
	}
	for _, s := range b {
		sumB += s.End - s.Start
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		both += max(0, min(a[i].End, b[j].End)-max(a[i].Start, b[j].Start))
		if a[i].End < b[j].End {
			i++
		} else {
			j++
		}
	}
	return both > 0 && 4*both >= min(sumA, sumB)
}
