package listing

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"hearsay/corpus/incidents"
	"hearsay/report"
)

// Words gives the words of a claim of an article. It is empty where they are
// not at hand.
type Words func(article, claim string) (string, error)

// Incidents prints incidents across articles as they come and returns how many there
// were. As text each figure stands with the words that give it if words is not nil.
// As CSV each row is an incident.
func Incidents(w io.Writer, format string, all iter.Seq2[*incidents.Incident, error], heads Heads, words Words) (int, error) {
	if format != Text {
		heads, words = nil, nil
	}
	return list(w, format, tell(all, heads, words), incidentLine{}, []string{"id", "type", "date", "place", "country", "lat", "lon",
		"killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high",
		"claimed_by", "blamed_on", "denied_by", "articles", "origins", "speakers", "reported_in", "mentioned_in"}, incidentText)
}

// told is an incident with what text says of it beside its JSON.
type told struct {
	*incidents.Incident
	heads map[string]Head
	words map[statement]string
	brief bool // of long lists only the ends are printed
}

// long is how many lines of one kind are printed of an incident in a listing, half of them
// from the beginning and half from the end.
const long = 20

// pick calls f for those of n things that are printed, in order, and leave for how many are left out.
func (t *told) pick(n int, f func(int), leave func(int)) {
	for i := range n {
		switch {
		case !t.brief || n <= long || i < long/2 || i >= n-long/2:
			f(i)
		case i == long/2:
			leave(n - long)
		}
	}
}

// statement names a claim of an article.
type statement struct{ article, claim string }

func tell(all iter.Seq2[*incidents.Incident, error], heads Heads, words Words) iter.Seq2[*told, error] {
	return func(yield func(*told, error) bool) {
		for n, err := range all {
			t := &told{n, map[string]Head{}, map[statement]string{}, words == nil}
			if err == nil {
				err = t.look(heads, words)
			}
			if !yield(t, err) || err != nil {
				return
			}
		}
	}
}

// look looks up what is not in the incident itself.
func (t *told) look(heads Heads, words Words) (err error) {
	if heads != nil {
		for _, list := range [...][]string{t.Articles, t.Mentioned} {
			t.pick(len(list), func(i int) {
				if err == nil {
					t.heads[list[i]], err = heads(list[i])
				}
			}, func(int) {})
		}
	}
	if err != nil {
		return err
	}
	if words != nil {
		for _, toll := range [...]*incidents.Toll{t.Killed, t.Wounded} {
			if toll == nil {
				continue
			}
			for _, f := range toll.Figures {
				at := statement{f.Article, f.Claim}
				if t.words[at], err = words(f.Article, f.Claim); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

type incidentLine struct{}

func (incidentLine) of(t *told) any { return t.Incident }

func (incidentLine) rows(t *told) [][]string {
	row := []string{t.ID, string(t.Type), t.Date}
	if p := t.Place; p == nil {
		row = append(row, "", "", "", "")
	} else if p.Lat == 0 && p.Lon == 0 {
		row = append(row, p.Name, p.Country, "", "")
	} else {
		row = append(row, p.Name, p.Country, number(p.Lat), number(p.Lon))
	}
	for _, toll := range [...]*incidents.Toll{t.Killed, t.Wounded} {
		if toll == nil {
			row = append(row, "", "", "")
		} else {
			row = append(row, strconv.Itoa(toll.Low), strconv.Itoa(toll.Best), strconv.Itoa(toll.High))
		}
	}
	var blamed []string
	for _, a := range t.BlamedOn {
		blamed = append(blamed, a.Name+", "+accuser(&a))
	}
	return [][]string{append(row, claimants(t.ClaimedBy), strings.Join(blamed, "; "), claimants(t.DeniedBy), strconv.Itoa(t.Support.Articles),
		strconv.Itoa(t.Support.Origins), strconv.Itoa(t.Support.Speakers), strings.Join(t.Articles, "; "), strings.Join(t.Mentioned, "; "))}
}

func claimants(list []incidents.Claimant) string {
	var names []string
	for _, c := range list {
		names = append(names, c.Name)
	}
	return strings.Join(names, "; ")
}

// accuser says who makes an accusation: it never stands without one.
func accuser(a *incidents.Accusation) string {
	if a.By != "" {
		return "by " + a.By
	}
	return "by the article itself or nobody named"
}

// incidentText prints an incident as a block. Its articles, whose ids may be long, are
// numbered in it: "[2] c7" is a claim of the second.
func incidentText(w io.Writer, t *told) {
	line := func(indent int, words string) { fmt.Fprintf(w, "%*s%s\n", indent, "", report.Line(words)) }
	head := string(t.Type)
	if t.Date != "" {
		head += ", " + t.Date
	} else {
		head += ", day unknown"
	}
	if t.Place != nil {
		head += ", " + t.Place.Name
		if t.Place.Country != "" {
			head += " (" + t.Place.Country + ")"
		}
	}
	if t.Corrected {
		head += "; put together by hand"
	}
	fmt.Fprintf(w, "%s  ", report.Line(t.ID))
	line(0, head)
	number := make(map[string]int)
	for _, id := range slices.Concat(t.Articles, t.Mentioned) {
		number[id] = len(number) + 1
	}
	at := func(articles []string) string {
		var out []string
		t.pick(len(articles), func(i int) { out = append(out, fmt.Sprintf("[%d]", number[articles[i]])) },
			func(n int) { out = append(out, fmt.Sprintf("… %d more …", n)) })
		return strings.Join(out, " ")
	}
	leave := func(n int) { line(4, fmt.Sprintf("… %d more; hearsay incidents show %s prints all", n, t.ID)) }
	if t.Support.Articles == 0 {
		line(2, "no article reports it")
	} else {
		line(2, counted(t.Support.Articles, "article")+", "+counted(t.Support.Origins, "independent origin")+", "+counted(t.Support.Speakers, "speaker"))
	}
	t.pick(len(t.SameOrigin), func(i int) { line(2, "of one origin: "+at(t.SameOrigin[i])) }, leave)
	t.toll(w, "Killed", t.Killed, number, leave)
	t.toll(w, "Wounded", t.Wounded, number, leave)
	for _, c := range t.ClaimedBy {
		line(2, "Claimed by "+c.Name+" "+at(c.Articles))
	}
	for _, a := range t.BlamedOn {
		line(2, "Blamed on "+a.Name+", "+accuser(&a)+" "+at(a.Articles))
	}
	for _, c := range t.DeniedBy {
		line(2, "Denied by "+c.Name+" "+at(c.Articles))
	}
	for _, list := range [...]struct {
		title    string
		articles []string
	}{{"Reported in", t.Articles}, {"Mentioned in passing in", t.Mentioned}} {
		if len(list.articles) == 0 {
			continue
		}
		line(2, list.title)
		t.pick(len(list.articles), func(i int) {
			id := list.articles[i]
			h := t.heads[id]
			fmt.Fprintf(w, "    [%d]  %-10s  %s", number[id], report.Line(cmp.Or(h.Published, "no day")), report.Line(id))
			if h.Title != "" {
				fmt.Fprintf(w, "  %s", report.Line(h.Title))
			}
			fmt.Fprintln(w)
		}, leave)
	}
	fmt.Fprintln(w)
}

// toll prints what is said of how many were hurt: the figures by day, and how
// the one preferred has moved.
func (t *told) toll(w io.Writer, title string, n *incidents.Toll, number map[string]int, leave func(int)) {
	if n == nil {
		return
	}
	fmt.Fprintf(w, "  %s: %s\n", title, span(n.Low, n.Best, n.High))
	var rows []figureRow
	at := make(map[figureKey]int)
	wide := 0
	for i := range n.Figures {
		f := &n.Figures[i]
		row := figureKey{cmp.Or(f.Published, "no day"), f.Worded(), speaker(f)}
		where := statement{f.Article, f.Claim}
		key := row
		key.speaker = strings.TrimPrefix(strings.ToLower(key.speaker), "the ") // "Police", "the police"
		if row, ok := at[key]; ok {
			if !slices.Contains(rows[row].where, where) { // "two men and two women"
				rows[row].where = append(rows[row].where, where)
			}
			continue
		}
		at[key] = len(rows)
		rows = append(rows, figureRow{row, []statement{where}})
		wide = max(wide, len(row.amount))
	}
	t.pick(len(rows), func(i int) {
		r := &rows[i]
		var where []string
		t.pick(len(r.where), func(i int) {
			where = append(where, strings.TrimSpace(fmt.Sprintf("[%d] %s", number[r.where[i].article], r.where[i].claim)))
		}, func(n int) { where = append(where, fmt.Sprintf("… %d more …", n)) })
		fmt.Fprintf(w, "    %-10s  %-*s  %s  %s\n", report.Line(r.published), wide, r.amount, report.Line(r.speaker), report.Line(strings.Join(where, " ")))
		if said := t.words[r.where[0]]; said != "" {
			fmt.Fprintf(w, "%16s%s\n", "", report.Line("“"+said+"”"))
		}
	}, leave)
	if len(n.Movement) > 1 {
		var moved []string
		t.pick(len(n.Movement), func(i int) {
			m := n.Movement[i]
			moved = append(moved, span(m.Low, m.Best, m.High)+" on "+m.Published)
		}, func(n int) { moved = append(moved, fmt.Sprintf("… %d more …", n)) })
		fmt.Fprintf(w, "    %s\n", report.Line("over time: "+strings.Join(moved, "; ")))
	}
}

// figureKey is what articles have to agree in to stand on one line.
type figureKey struct{ published, amount, speaker string }

type figureRow struct {
	figureKey
	where []statement
}

// span is the preferred figure with the extremes that somebody gives.
func span(low, best, high int) string {
	s := strconv.Itoa(best)
	if low != best || high != best {
		s += fmt.Sprintf(" (from %d to %d)", low, high)
	}
	return s
}

// speaker is who gives a figure.
func speaker(f *incidents.Statement) string {
	switch {
	case f.Speaker != "":
		return f.Speaker
	case f.Naming != "":
		return "nobody named"
	}
	return "the article itself"
}
