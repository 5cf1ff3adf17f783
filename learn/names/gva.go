package names

import (
	"bufio"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"hearsay/reading/names"
)

// GVA loads every n-th article of the Gun Violence Archive in the folder. Of
// the names in them those are known that the archive lists with the incident:
// the people and the city; and the homes of people, as in "Anna Tolvik, 24, of
// Orvane". Articles of which nothing is known are left out.
func GVA(folder string, n int) ([]Article, error) {
	type participant struct{ Name string }
	known := map[string][]Span{} // by incident: Start and End are not used
	forms := map[string][]string{}
	err := jsonLines(filepath.Join(folder, "incidents.jsonl.gz"), func(line []byte) error {
		var x struct {
			ID, City     string
			Participants []participant
		}
		if err := json.Unmarshal(line, &x); err != nil {
			return err
		}
		add := func(form string, t names.Type) {
			if form = strings.TrimSpace(form); len(form) > 2 && unicode.IsUpper(rune(form[0])) && !slices.Contains(forms[x.ID], form) {
				forms[x.ID] = append(forms[x.ID], form)
				known[x.ID] = append(known[x.ID], Span{Type: t})
			}
		}
		for _, p := range x.Participants {
			words := strings.Fields(p.Name)
			if len(words) < 2 {
				continue
			}
			add(strings.Join(words, " "), names.Person)
			add(words[0]+" "+words[len(words)-1], names.Person)
			if last := words[len(words)-1]; len(last) > 3 && !strings.Contains(last, ".") {
				add(last, names.Person)
			}
		}
		city, _, _ := strings.Cut(x.City, " (")
		add(city, names.Place)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("loading the Gun Violence Archive: %w", err)
	}
	var out []Article
	k := 0
	err = jsonLines(filepath.Join(folder, "articles.jsonl.gz"), func(line []byte) error {
		if k++; k%n != 0 {
			return nil
		}
		var x struct{ Incident, Text string }
		if err := json.Unmarshal(line, &x); err != nil {
			return err
		}
		a := Article{Corpus: distant, Text: x.Text, Silver: true}
		for i, form := range forms[x.Incident] {
			for at := 0; ; {
				f := strings.Index(x.Text[at:], form)
				if f < 0 {
					break
				}
				at += f + len(form)
				if whole(x.Text, at-len(form), at) {
					a.Names = append(a.Names, Span{at - len(form), at, known[x.Incident][i].Type})
				}
			}
		}
		a.Names = append(a.Names, homes(x.Text)...)
		// The longest of those that overlap.
		slices.SortStableFunc(a.Names, func(x, y Span) int { return (y.End - y.Start) - (x.End - x.Start) })
		var kept []Span
		for _, s := range a.Names {
			if !slices.ContainsFunc(kept, func(k Span) bool { return s.Start < k.End && k.Start < s.End }) {
				kept = append(kept, s)
			}
		}
		slices.SortFunc(kept, func(x, y Span) int { return x.Start - y.Start })
		if a.Names = kept; len(kept) > 0 {
			out = append(out, a)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("loading the Gun Violence Archive: %w", err)
	}
	return out, nil
}

// distant is the Corpus of texts of which only some of the names are known.
const distant = "distant"

// whole reports whether no letter stands before or after a piece of s.
func whole(s string, start, end int) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(s) && (s[i] >= 0x80 || unicode.IsLetter(rune(s[i])) || s[i] == '-')
	}
	return !letter(start-1) && !letter(end)
}

// homes finds places in the pattern ", 24, of Orvane".
func homes(s string) []Span {
	var out []Span
	for at := 0; ; {
		f := strings.Index(s[at:], ", of ")
		if f < 0 {
			return out
		}
		at += f + len(", of ")
		if i := at - len(", of "); i < 4 || !digit(s[i-1]) || !digit(s[i-2]) || s[i-3] != ' ' || s[i-4] != ',' {
			continue
		}
		end := at
		for words := 0; words < 3; words++ {
			e := end
			if words > 0 {
				if e >= len(s) || s[e] != ' ' {
					break
				}
				e++
			}
			if e >= len(s) || s[e] < 'A' || s[e] > 'Z' {
				break
			}
			for e < len(s) && (unicode.IsLetter(rune(s[e])) || s[e] >= 0x80) {
				e++
			}
			end = e
		}
		if end > at && (end == len(s) || strings.IndexByte(" ,.;\n", s[end]) >= 0) {
			out = append(out, Span{at, end, names.Place})
		}
	}
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

func jsonLines(path string, each func(line []byte) error) error {
	r, err := open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<24)
	for n := 1; s.Scan(); n++ {
		if err := each(s.Bytes()); err != nil {
			return fmt.Errorf("%s, line %d: %w", path, n, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
