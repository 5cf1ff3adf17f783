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
	"hearsay/reading/lexicon"
	"hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// mostSame is how many things are named that a match rests on.
const mostSame = 6

// telling is how rare a word has to be for that it is in both to say something.
const telling = 3.5

// same says what a text and a fact-check's claim and heading have in common:
// people, places and other names, figures, years, and the words that are rarest.
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
		// In headings that give most words a capital letter that says nothing.
		headline := capitals(m.reader.Read(text), text)
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
			case unicode.IsUpper(first) && (of.kind == words.Name || w.Kind == words.Name && !headline):
				s.Kind = facts.SameName
			case of.rarity < telling:
				last = -1
				continue
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
	for i := range all {
		if s := &all[i]; s.Kind == facts.SameName {
			if s.Kind, err = nameKind(s.Text); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(all, func(a, b shared) int {
		return cmp.Or(cmp.Compare(slices.Index(sameOrder, a.Kind), slices.Index(sameOrder, b.Kind)), cmp.Compare(b.rarity, a.rarity))
	})
	var out []facts.Same
	for _, s := range all[:min(len(all), mostSame)] {
		out = append(out, s.Same)
	}
	return out, nil
}

var sameOrder = []facts.SameKind{facts.SamePerson, facts.SameName, facts.SamePlace, facts.SameFigure, facts.SameYear, facts.SameWord}

// capitals reports whether most words of a text begin with a capital letter.
func capitals(all []words.Word, text string) bool {
	large, small := 0, 0
	for _, w := range all {
		if w.Kind == words.Function || w.Kind == words.Negation {
			continue
		}
		if c, _ := utf8.DecodeRuneInString(text[w.Start:]); unicode.IsUpper(c) {
			large++
		} else if unicode.IsLower(c) {
			small++
		}
	}
	return large > 2*small
}

// largeTown is how many people live in a town whose name alone is taken for it.
const largeTown = 100_000

// nameKind says what a name is of, as far as tables tell: a person by the given
// name, a country, a region or a large town.
func nameKind(name string) (facts.SameKind, error) {
	table, err := gazetteer.Default()
	if err != nil {
		return "", err
	}
	parts := strings.Fields(strings.NewReplacer("’s", "", "'s", "").Replace(name))
	key := uint64(0)
	for _, p := range parts {
		key = lexicon.Sequence(key, text.HashLower(p))
	}
	hits := table.Find(key)
	for i := range hits.Len() {
		h := hits.At(i)
		kind := table.Kind(h.Place)
		if h.Form == gazetteer.Name && (kind <= gazetteer.Region || kind == gazetteer.Continent || kind == gazetteer.Capital || kind.Populated() && table.Population(h.Place) >= largeTown) {
			return facts.SamePlace, nil
		}
	}
	if len(parts) > 1 && lexicon.Given(text.HashLower(parts[0])) != 0 {
		return facts.SamePerson, nil
	}
	return facts.SameName, nil
}
