package coref

import (
	"slices"
	"strings"

	"hearsay/learn/conllu"
	"hearsay/learn/treebank"
	"hearsay/text"
)

// Document is one text of GUM with its gold mentions.
type Document struct {
	ID, Genre string
	Gold      *text.Doc // GUM's own tokens, tags and trees
	Mentions  []Mention
}

// Mention is one gold mention: tokens of Document.Gold.
type Mention struct {
	text.Range
	Group string  // of those that mean the same one
	Type  string  // person, organization, place, object, event, time, abstract…
	Core  []int32 // the tokens that any name of it must have: its head, or the parts of a name
}

// Load reads the documents of a file of the GUM corpus that are of one of the
// genres; of all genres when none is given.
func Load(path string, genres ...string) ([]Document, error) {
	docs, err := conllu.Load(path)
	if err != nil {
		return nil, err
	}
	texts, err := treebank.GUM(path, false)
	if err != nil {
		return nil, err
	}
	var out []Document
	for i, c := range docs {
		if len(genres) > 0 && !slices.Contains(genres, c.Genre()) {
			continue
		}
		d := Document{ID: c.ID, Genre: c.Genre(), Gold: texts[i].Doc, Mentions: mentions(c)}
		lemmas(d.Gold, c)
		out = append(out, d)
	}
	return out, nil
}

// lemmas fills in the lemmas that the treebank's texts lack.
func lemmas(d *text.Doc, c conllu.Document) {
	i := 0
	for _, s := range c.Sentences {
		for _, w := range s.Words {
			d.Tokens[i].Lemma = text.Hash(strings.ToLower(w.Lemma))
			i++
		}
	}
}

// mentions are the document's annotated mentions, in the order in which they open.
func mentions(c conllu.Document) []Mention {
	var out []Mention
	for _, e := range c.Entities() {
		m := Mention{Range: text.Range{First: int32(e.First), End: int32(e.End)}, Group: e.Group, Type: e.Type}
		for _, k := range e.Core {
			m.Core = append(m.Core, int32(k))
		}
		out = append(out, m)
	}
	return out
}

// Spot is one mention that was found, as bytes of the text, and the number of
// whom it means.
type Spot struct {
	Start, End int32
	Entity     int32
}

// Chains puts gold mentions and found ones into chains over common numbers.
// What was found is often the name alone, where gold has the whole phrase; so a
// found mention is the smallest gold one around it of whose core it has a word,
// each gold mention being found once at most. Given types, only the gold
// mentions of these count, and of what was found all but those of other types.
func (d *Document) Chains(spots []Spot, types ...string) (gold, found Chains) {
	counts := func(m *Mention) bool { return len(types) == 0 || slices.Contains(types, m.Type) }
	g := map[string][]int{}
	var groups []string
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if !counts(m) {
			continue
		}
		if g[m.Group] == nil {
			groups = append(groups, m.Group)
		}
		g[m.Group] = append(g[m.Group], i)
	}
	for _, group := range groups {
		gold = append(gold, g[group])
	}
	f := map[int32][]int{}
	taken := make([]bool, len(d.Mentions))
	var order []int32
	for k, s := range spots {
		m := d.Match(s.Start, s.End, taken)
		if m >= 0 {
			taken[m] = true
			if !counts(&d.Mentions[m]) {
				continue
			}
		} else {
			m = len(d.Mentions) + k // one that gold lacks
		}
		if f[s.Entity] == nil {
			order = append(order, s.Entity)
		}
		f[s.Entity] = append(f[s.Entity], m)
	}
	for _, e := range order {
		found = append(found, f[e])
	}
	return gold, found
}

// Match is the smallest gold mention around the bytes [start, end) of whose
// core they have a word, those in taken left out; -1 for none.
func (d *Document) Match(start, end int32, taken []bool) int {
	at := d.Gold.Cover(int(start), int(end))
	best := -1
	for i, m := range d.Mentions {
		if m.First > at.First {
			break // in text order
		}
		if m.End < at.End || taken != nil && taken[i] || best >= 0 && m.Len() >= d.Mentions[best].Len() {
			continue
		}
		if slices.ContainsFunc(m.Core, func(c int32) bool { return c >= at.First && c < at.End }) {
			best = i
		}
	}
	return best
}
