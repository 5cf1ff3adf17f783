package listing

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"

	"hearsay/corpus/copies"
	"hearsay/report"
)

// Head is what is known of an article beside its text. Unknown fields are empty.
type Head struct {
	Published string // EDTF
	Title     string
	URL       string
}

// Heads gives the head of an article by its id. Where it fails the listing does.
type Heads func(id string) (Head, error)

// Copies prints groups of copies as they come and returns how many there were. As CSV
// each row is an article of a group, which is told by its first article.
func Copies(w io.Writer, format string, groups iter.Seq2[copies.Group, error], heads Heads) (int, error) {
	if format == JSONL {
		heads = nil // a group in JSON has ids alone
	}
	return list(w, format, describe(groups, heads), groupLine{}, []string{"first", "article", "published", "title", "url", "of", "change"}, groupText)
}

// group is a group with the heads of its articles, where they are printed.
type group struct {
	copies.Group
	members []member
}

type member struct {
	Head
	id     string
	of     string
	change copies.Change
}

func describe(groups iter.Seq2[copies.Group, error], heads Heads) iter.Seq2[*group, error] {
	return func(yield func(*group, error) bool) {
		for g, err := range groups {
			d := &group{Group: g}
			if err == nil && heads != nil {
				err = d.describe(heads)
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func (g *group) describe(heads Heads) error {
	made := make(map[string]copies.Copy, len(g.Copies))
	for _, c := range g.Copies {
		made[c.Article] = c
	}
	for _, id := range g.Articles {
		h, err := heads(id)
		if err != nil {
			return err
		}
		g.members = append(g.members, member{h, id, made[id].Of, made[id].Change})
	}
	return nil
}

type groupLine struct{}

func (groupLine) of(g *group) any { return g.Group }

func (groupLine) rows(g *group) [][]string {
	var rows [][]string
	for _, m := range g.members {
		rows = append(rows, []string{g.First, m.id, m.Published, m.Title, m.URL, m.of, string(m.change)})
	}
	return rows
}

// groupText prints the articles from the first to the last, and what each took
// from which.
func groupText(w io.Writer, g *group) {
	fmt.Fprintf(w, "%d articles of one origin\n", len(g.members))
	for _, m := range g.members {
		fmt.Fprintf(w, "  %-10s  %s", report.Line(cmp.Or(m.Published, "no day")), report.Line(m.id))
		if m.Title != "" {
			fmt.Fprintf(w, "  %s", report.Line(m.Title))
		}
		if m.of != "" {
			unsure := ""
			if !g.before(m.of, m.Published) {
				unsure = ", or the other way round"
			}
			fmt.Fprintf(w, "  (%s from %s%s)", m.change, report.Line(m.of), unsure)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}

// before reports whether an article of the group appeared on a day before the
// given one, both being known.
func (g *group) before(id, day string) bool {
	i := slices.IndexFunc(g.members, func(m member) bool { return m.id == id })
	return i >= 0 && g.members[i].Published != "" && len(g.members[i].Published) == len(day) && g.members[i].Published < day
}
