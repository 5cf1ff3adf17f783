package matching

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/facts"
	"hearsay/facts/index"
	"hearsay/facts/words"
)

// mostSame is how many things are named that a match rests on.
const mostSame = 6

// same says what a text and a fact-check's claim and heading have in common:
// names, figures, years, and the words that are rarest.
func (m *Matcher) same(segments []*index.Segment, h index.Hit) ([]facts.Same, error) {
	_, claim, title, err := segments[h.Segment].Doc(h.Doc)
	if err != nil {
		return nil, err
	}
	type shared struct {
		facts.Same
		rarity float64
	}
	var all []shared
	m.seen = m.seen[:0]
	for _, text := range []string{claim, title} {
		last := -1 // in all, of the word just before
		end := 0   // of that word
		for _, w := range m.reader.Read(text) {
			i, ok := m.query.place[w.Term]
			if !ok || has(m.seen, w.Term) {
				last = -1
				continue
			}
			m.seen = append(m.seen, w.Term)
			of := &m.query.words[i]
			form := text[w.Start:w.End]
			s := shared{facts.Same{Kind: facts.SameWord, Text: form}, of.rarity}
			first, _ := utf8.DecodeRuneInString(form)
			switch {
			case w.Kind == words.Number:
				s.Kind = facts.SameFigure
			case w.Kind == words.Year:
				s.Kind = facts.SameYear
			case of.kind == words.Name && unicode.IsUpper(first), w.Kind == words.Name && of.rarity > 3:
				s.Kind = facts.SameName
			case of.rarity < 3.5:
				last = -1
				continue // it says too little
			}
			if last >= 0 && s.Kind == facts.SameName && all[last].Kind == facts.SameName && strings.TrimSpace(text[end:w.Start]) == "" {
				all[last].Text += " " + form
				all[last].rarity += of.rarity
			} else {
				all = append(all, s)
				last = len(all) - 1
			}
			end = int(w.End)
		}
	}
	slices.SortStableFunc(all, func(a, b shared) int {
		return cmp.Or(cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(b.rarity, a.rarity))
	})
	var out []facts.Same
	for _, s := range all[:min(len(all), mostSame)] {
		out = append(out, s.Same)
	}
	return out, nil
}

func rank(k facts.SameKind) int {
	return slices.Index([]facts.SameKind{facts.SamePerson, facts.SamePlace, facts.SameName, facts.SameFigure, facts.SameYear, facts.SameWord}, k)
}
