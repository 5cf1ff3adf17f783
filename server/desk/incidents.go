package desk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/corpus/copies/changes"
	"hearsay/corpus/incidents"
	"hearsay/server/desk/world"
	"hearsay/store"
	"hearsay/text/edtf"
)

const (
	incidentsPage  = 100 // incidents on a page of their list
	mostReports    = 40  // articles that an incident's page lists
	mostMentions   = 20  // articles that only mention it, likewise
	mostFigures    = 40  // figures of either sort, likewise
	mostParties    = 40  // who is said to have done it, likewise
	mostSameOrigin = 12  // groups of one origin, likewise
	mostCompared   = 6   // copies that it compares with what they were made from
	mostPoints     = 240 // of a chart

	// restPage is how much of one of these lists a page of its own has.
	restPage = 100
)

// incidentsView is the page of incidents: a list, a timeline and a map of it.
type incidentsView struct {
	Fields      []field
	Incidents   []incidentLine
	Spots       []spot
	Bars        []bar
	Unit        string // of the bars
	MapBox      string
	Unplaced    int
	Undated     int
	Save        []field // fields of the form that saves this search; nil where it cannot be
	Next, First string
}

type incidentLine struct {
	Path, Type, Date, Place string
	Killed, Wounded         string
	Claimed, Blamed         []string
	Support                 string
}

// spot is a place on the map.
type spot struct {
	X, Y, R     float64
	Path, Label string
	Count       int
}

// bar is a stretch of time on the timeline.
type bar struct {
	X, Width    string
	Y, Height   int
	Label, Path string
	Name        string // below the axis; empty for most
}

func (d *Desk) incidents(r *http.Request) (*view, error) {
	q := queryOf(r)
	f, err := q.filter()
	if err != nil {
		return nil, err
	}
	filter := store.IncidentFilter{Filter: f}
	filter.Before, filter.Limit = 0, 0
	if filter.Origins, err = q.origins(); err != nil {
		return nil, err
	}
	if v := q.Get("after"); v != "" {
		if filter.After, err = placeIn(v); err != nil {
			return nil, err
		}
	}
	filter.Limit = incidentsPage + 1
	list, more, err := store.First(incidentsPage, d.Store.Incidents(r.Context(), filter))
	if err != nil {
		return nil, err
	}
	p := incidentsView{Fields: q.fieldsOf("type", "place", "country", "hsince", "huntil", "since", "until", "origins")}
	for _, x := range p.Fields {
		if x.Value != "" {
			p.Save = saving(r, store.OfIncidents, "", p.Fields)
			break
		}
	}
	for _, n := range list {
		p.Incidents = append(p.Incidents, incidentLineOf(n))
	}
	p.Spots, p.MapBox, p.Unplaced = spots(list, 0.009)
	p.Bars, p.Unit, p.Undated = bars(list, q)
	if more {
		last := store.PlaceOf(list[len(list)-1])
		p.Next = q.with("/incidents", "after", strconv.FormatInt(last.Day, 10)+"."+last.ID)
	}
	if filter.After != nil {
		p.First = q.with("/incidents", "after", "")
	}
	return &view{name: "incidents", Title: "Incidents", Way: "incidents", Page: p}, nil
}

// origins are how many independent origins an incident is to have.
func (q query) origins() (int, error) {
	v := q.Get("origins")
	if v == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, &problem{http.StatusBadRequest, "That cannot be looked for", "The number of independent origins is to be a whole number."}
	}
	return n, nil
}

// placeIn is the place in the list of incidents that a page begins after.
func placeIn(s string) (*store.IncidentPlace, error) {
	day, id, ok := strings.Cut(s, ".")
	n, err := strconv.ParseInt(day, 10, 64)
	if err != nil || !ok || id == "" {
		return nil, &problem{http.StatusBadRequest, "There is no such page", "The list has no page that begins there."}
	}
	return &store.IncidentPlace{Day: n, ID: id}, nil
}

func incidentLineOf(n *incidents.Incident) incidentLine {
	l := incidentLine{Path: "/incidents/" + url.PathEscape(n.ID), Type: string(n.Type), Date: n.Date, Killed: tolled(n.Killed), Wounded: tolled(n.Wounded), Support: supported(n.Support)}
	l.Place = placed(n.Place)
	for i, c := range n.ClaimedBy {
		if i == 3 {
			l.Claimed = append(l.Claimed, fmt.Sprintf("%d more", len(n.ClaimedBy)-3))
			break
		}
		l.Claimed = append(l.Claimed, c.Name)
	}
	for i, a := range n.BlamedOn {
		if i == 3 {
			l.Blamed = append(l.Blamed, fmt.Sprintf("%d more", len(n.BlamedOn)-3))
			break
		}
		l.Blamed = append(l.Blamed, a.Name+" "+accuser(&a))
	}
	return l
}

// accuser says who makes an accusation: it never stands without one.
func accuser(a *incidents.Accusation) string {
	if a.By != "" {
		return "by " + a.By
	}
	return "by the articles themselves or nobody named"
}

func placed(p *incidents.Where) string {
	if p == nil {
		return ""
	}
	if p.Country != "" {
		return p.Name + " (" + p.Country + ")"
	}
	return p.Name
}

// tolled is the preferred figure with the extremes that somebody gives.
func tolled(t *incidents.Toll) string {
	switch {
	case t == nil:
		return ""
	case t.Low == t.High:
		return strconv.Itoa(t.Best)
	}
	return fmt.Sprintf("%d (%d–%d)", t.Best, t.Low, t.High)
}

func supported(s incidents.Support) string {
	if s.Articles == 0 {
		return "mentioned in passing only"
	}
	return many(s.Articles, "article") + ", " + many(s.Origins, "independent origin") + ", " + many(s.Speakers, "named speaker")
}

// many is n with what is counted.
func many(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// spots are the places of incidents, those of one place together, and the part
// of the earth that has them all. A spot of one incident has a radius of this share of its width.
func spots(list []*incidents.Incident, size float64) (out []spot, box string, unplaced int) {
	type key struct{ x, y float64 }
	at := map[key]int{}
	for _, n := range list {
		if n.Place == nil || n.Place.Lat == 0 && n.Place.Lon == 0 {
			unplaced++
			continue
		}
		x, y := world.At(n.Place.Lat, n.Place.Lon)
		k := key{math.Round(x), math.Round(y)}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, spot{X: k.x, Y: k.y, Path: "/incidents/" + url.PathEscape(n.ID), Label: n.Place.Name + ": " + string(n.Type)})
		}
		s := &out[i]
		if s.Count++; s.Count == 2 {
			s.Path = "/incidents?" + url.Values{"place": {n.Place.Name}}.Encode()
		}
		if s.Count > 1 {
			s.Label = n.Place.Name + ": " + many(s.Count, "incident")
		}
	}
	// At least a part of the earth in which a person knows where they are.
	const least = 40 * world.Scale
	left, top, right, bottom := float64(world.Width), float64(world.Height), 0.0, 0.0
	for _, s := range out {
		left, right, top, bottom = min(left, s.X), max(right, s.X), min(top, s.Y), max(bottom, s.Y)
	}
	if len(out) == 0 {
		return nil, "", unplaced
	}
	width, height := max(right-left, 2*least)*1.15, max(bottom-top, least)*1.15
	width, height = max(width, 2*height), max(height, width/2)
	width, height = min(width, world.Width), min(height, world.Height)
	x := min(max((left+right-width)/2, 0), world.Width-width)
	y := min(max((top+bottom-height)/2, 0), world.Height-height)
	for i := range out {
		out[i].R = math.Round(10*width*size*math.Sqrt(float64(min(out[i].Count, 16)))) / 10
	}
	return out, fmt.Sprintf("%.0f %.0f %.0f %.0f", x, y, width, height), unplaced
}

// bars count incidents by days, months or years, whichever give few bars.
func bars(list []*incidents.Incident, q query) (out []bar, unit string, undated int) {
	var days []time.Time
	for _, n := range list {
		day, ok := dayOf(n.Date)
		if !ok {
			undated++
			continue
		}
		days = append(days, day)
	}
	if len(days) == 0 {
		return nil, "", undated
	}
	first, last := slices.MinFunc(days, time.Time.Compare), slices.MaxFunc(days, time.Time.Compare)
	begin := func(t time.Time) time.Time { return t }
	next := func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
	name := func(t time.Time) string { return t.Format("2 Jan 2006") }
	unit = "day"
	switch span := last.Sub(first); {
	case span > 10*366*24*time.Hour:
		unit = "year"
		begin = func(t time.Time) time.Time { return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC) }
		next = func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }
		name = func(t time.Time) string { return t.Format("2006") }
	case span > 92*24*time.Hour:
		unit = "month"
		begin = func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }
		next = func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
		name = func(t time.Time) string { return t.Format("Jan 2006") }
	}
	count := map[time.Time]int{}
	most := 0
	for _, d := range days {
		count[begin(d)]++
		most = max(most, count[begin(d)])
	}
	const mostBars, high = 400, 56
	var all []time.Time
	for t := begin(first); !t.After(last) && len(all) < mostBars; t = next(t) {
		all = append(all, t)
	}
	for i, t := range all {
		n := count[t]
		b := bar{X: percent(float64(i) / float64(len(all))), Width: percent(min(0.85/float64(len(all)), 0.06))}
		if i == 0 || i == len(all)-1 {
			b.Name = name(t)
		}
		if n > 0 {
			b.Height = max(3, high*n/most)
			b.Y = high - b.Height
			b.Label = name(t) + ": " + many(n, "incident")
			b.Path = q.with("/incidents", "hsince", t.Format(time.DateOnly), "huntil", next(t).AddDate(0, 0, -1).Format(time.DateOnly), "after", "")
		}
		if n > 0 || b.Name != "" {
			out = append(out, b)
		}
	}
	return out, unit, undated
}

func percent(of float64) string { return strconv.FormatFloat(100*of, 'f', 2, 64) + "%" }

// dayOf is the day of an EDTF date: the first of a month, a year or an interval.
func dayOf(date string) (time.Time, bool) {
	days := edtf.Parse(date)
	return time.Unix(int64(days.First)*24*60*60, 0).UTC(), days.Known
}

// incidentView is the page of an incident, or one on which one of its lists goes on.
type incidentView struct {
	incidentLine
	ID         string
	Corrected  bool
	List       string // of a list's own page: which it is
	Range      string // of a list's own page: "41 to 140 of 300"
	Prev, Next string // of a list's own page: where the list goes on
	Tolls      []tollView
	Parties    []party
	Origins    []origin
	Reported   []articleLine
	Mentioned  []articleLine
	Spots      []spot
	MapBox     string
	Relay      *relay

	// What the lists leave out, and where the rest is.
	MoreParties, MoreOrigins, MoreArticles rest
}

// rest is what a list leaves out.
type rest struct {
	Many int
	Path string
}

// party is who claims a deed, is blamed for it or denies it, and where it says so.
type party struct {
	Role, Name, By string
	Articles       []numbered
}

// numbered is an article by its place in the list.
type numbered struct {
	Number int
	Path   string
}

// origin is articles that count as one: copies, and what relays one speaker only.
type origin struct {
	Articles []originArticle
	More     int // that are not listed
}

type originArticle struct {
	numbered
	Name    string
	Changed string // what it changed of the first
	Diff    string
}

func (d *Desk) incident(r *http.Request) (*view, error) {
	ctx := r.Context()
	n, err := d.Store.Incident(ctx, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	number := numbersOf(n)
	p := incidentView{incidentLine: incidentLineOf(n), ID: n.ID, Corrected: n.Corrected}
	// begun is the beginning of a list, and what the rest of it is.
	begun := func(name string, total, most int) (int, rest) {
		if total <= most {
			return total, rest{}
		}
		return most, rest{total - most, p.Path + "/" + name + "?from=" + strconv.Itoa(most)}
	}
	reported, more := begun("articles", len(n.Articles), mostReports)
	if p.Reported, err = d.reports(ctx, n.Articles[:reported], 1); err != nil {
		return nil, err
	}
	p.MoreArticles = more
	mentioned := min(len(n.Mentioned), mostMentions)
	if p.Mentioned, err = d.reports(ctx, n.Mentioned[:mentioned], 1+len(n.Articles)); err != nil {
		return nil, err
	}
	if left := len(n.Mentioned) - mentioned; left > 0 {
		p.MoreArticles.Many += left
		if p.MoreArticles.Path == "" {
			p.MoreArticles.Path = p.Path + "/articles?from=" + strconv.Itoa(len(n.Articles)+mentioned)
		}
	}
	parties := partiesOf(n, number)
	k, more := begun("parties", len(parties), mostParties)
	p.Parties, p.MoreParties = parties[:k], more
	k, p.MoreOrigins = begun("origins", len(n.SameOrigin), mostSameOrigin)
	if p.Origins, err = d.origins(ctx, n.SameOrigin[:k], number); err != nil {
		return nil, err
	}
	who := giversOf(n.Killed, n.Wounded)
	p.Tolls = tollsOf(n, number, who)
	for i := range p.Tolls {
		t := &p.Tolls[i]
		k, t.More = begun(t.List, len(t.Rows), mostFigures)
		t.Rows = t.Rows[:k]
	}
	p.Relay = relayOf(n, number, who)
	p.Spots, p.MapBox, _ = spots([]*incidents.Incident{n}, 0.013)
	return &view{name: "incident", Title: p.title(), Way: "incidents", Page: p}, nil
}

// incidentList is the page on which one of an incident's lists goes on.
func (d *Desk) incidentList(r *http.Request) (*view, error) {
	ctx, q := r.Context(), queryOf(r)
	n, err := d.Store.Incident(ctx, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	from, err := strconv.Atoi(cmp.Or(q.Get("from"), "0"))
	if err != nil || from < 0 {
		return nil, &problem{http.StatusBadRequest, "There is no such page", "The list has no page that begins there."}
	}
	number := numbersOf(n)
	p := incidentView{incidentLine: incidentLineOf(n), ID: n.ID, Corrected: n.Corrected, List: r.PathValue("list")}
	total, size := 0, restPage
	// here is the stretch of a list that this page has.
	here := func(long int) (int, int) {
		total = long
		return min(from, long), min(from+size, long)
	}
	switch p.List {
	case "articles":
		all := slices.Concat(n.Articles, n.Mentioned)
		i, j := here(len(all))
		mentioned := max(i, min(j, len(n.Articles)))
		if p.Reported, err = d.reports(ctx, all[i:mentioned], i+1); err == nil {
			p.Mentioned, err = d.reports(ctx, all[mentioned:j], mentioned+1)
		}
	case "parties":
		all := partiesOf(n, number)
		i, j := here(len(all))
		p.Parties = all[i:j]
	case "origins":
		size = restPage / 4
		i, j := here(len(n.SameOrigin))
		p.Origins, err = d.origins(ctx, n.SameOrigin[i:j], number)
	default:
		tolls := tollsOf(n, number, giversOf(n.Killed, n.Wounded))
		k := slices.IndexFunc(tolls, func(t tollView) bool { return t.List == p.List })
		if k < 0 {
			return nil, errNowhere
		}
		t := tolls[k]
		i, j := here(len(t.Rows))
		t.Rows, t.Series, t.Steps = t.Rows[i:j], nil, nil
		p.Tolls = []tollView{t}
	}
	if err != nil {
		return nil, err
	}
	path := p.Path + "/" + p.List + "?from="
	if from+size < total {
		p.Next = path + strconv.Itoa(from+size)
	}
	if from > 0 {
		p.Prev = path + strconv.Itoa(max(0, from-size))
	}
	p.Range = fmt.Sprintf("%d to %d of %d", min(from+1, total), min(from+size, total), total)
	return &view{name: "incident", Title: p.title() + ": " + p.List, Way: "incidents", Page: p}, nil
}

// title is what an incident's page is called.
func (p *incidentView) title() string {
	if p.Place == "" {
		return p.Type
	}
	return p.Type + ", " + p.Place
}

// numbersOf numbers the articles of an incident: those that report it, then those that mention it.
func numbersOf(n *incidents.Incident) map[string]int {
	number := make(map[string]int, len(n.Articles)+len(n.Mentioned))
	for i, id := range slices.Concat(n.Articles, n.Mentioned) {
		number[id] = i + 1
	}
	return number
}

// reports are articles as an incident lists them, numbered from first.
func (d *Desk) reports(ctx context.Context, ids []string, first int) (out []articleLine, err error) {
	for i, id := range ids {
		h, err := d.head(ctx, id)
		if err != nil {
			return nil, err
		}
		h.Version = first + i
		out = append(out, h)
	}
	return out, nil
}

// mostCited is how many articles are named beside one that says so.
const mostCited = 12

func partiesOf(n *incidents.Incident, number map[string]int) (out []party) {
	at := func(ids []string) (out []numbered) {
		for _, id := range ids[:min(len(ids), mostCited)] {
			out = append(out, numbered{number[id], articlePath(id)})
		}
		return out
	}
	for _, c := range n.ClaimedBy {
		out = append(out, party{"claimed by", c.Name, "", at(c.Articles)})
	}
	for _, a := range n.BlamedOn {
		out = append(out, party{"blamed on", a.Name, accuser(&a), at(a.Articles)})
	}
	for _, c := range n.DeniedBy {
		out = append(out, party{"denied by", c.Name, "", at(c.Articles)})
	}
	return out
}

// origins are the articles that count as one, with what each changed of the first of them.
func (d *Desk) origins(ctx context.Context, groups [][]string, number map[string]int) (out []origin, err error) {
	compared := 0
	for _, ids := range groups {
		o := origin{More: max(0, len(ids)-mostCited)}
		for j, id := range ids[:len(ids)-o.More] {
			h, err := d.head(ctx, id)
			if err != nil {
				return nil, err
			}
			a := originArticle{numbered: numbered{number[id], h.Path}, Name: h.Name}
			if j > 0 {
				a.Diff = diffPath(ids[0], 0, id, 0)
				if compared < mostCompared {
					compared++
					if a.Changed, err = d.changed(ctx, ids[0], id); err != nil {
						return nil, err
					}
				}
			}
			o.Articles = append(o.Articles, a)
		}
		out = append(out, o)
	}
	return out, nil
}

// changed sums up what one article has otherwise than another.
func (d *Desk) changed(ctx context.Context, a, b string) (string, error) {
	_, la, err := d.Store.Article(ctx, a)
	if err != nil {
		return "", err
	}
	_, lb, err := d.Store.Article(ctx, b)
	if err != nil {
		return "", err
	}
	if len(la.Document.Text)+len(lb.Document.Text) > maxText {
		return "", nil
	}
	c := changes.Between(la, lb)
	if c.OfB < 0.2 {
		return "in other words: it relays the same speaker", nil
	}
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{len(c.Figures), "figure"}, {len(c.Speakers), "speaker"}, {len(c.Cues), "verb of saying"}, {len(c.Certainty), "degree of certainty"}, {len(c.Text), "passage"}} {
		if x.n > 0 {
			s := many(x.n, x.what)
			s = strings.Replace(strings.Replace(s, "verb of sayings", "verbs of saying", 1), "degree of certaintys", "degrees of certainty", 1)
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return "word for word", nil
	}
	return "changed: " + strings.Join(parts, ", "), nil
}

// tollView is how many were killed, or wounded: a chart by speaker and a list.
type tollView struct {
	Name, Sum string
	List      string // what the page is called on which the rows go on
	Rows      []figureRow
	More      rest
	Series    []series
	Steps     []segment // what the rule preferred, over time
	Ticks     []tick
	Days      []tick
}

type figureRow struct {
	Day, Amount, Speaker, Shape string
	Articles                    []numbered
}

// series is one who gives figures.
type series struct {
	Name, Shape string
	Points      []point
	Lines       []segment
}

type point struct {
	X     string
	Y     float64
	Label string
}

type segment struct {
	X1, X2 string
	Y1, Y2 float64
}

type tick struct {
	X, Label string
	Y        float64
	Anchor   string
}

// shapes tell speakers apart where colours do not; the last is for all further ones.
var shapes = []string{"s0", "s1", "s2", "s3", "s4", "s5"}

const chartHigh = 180

// tollsOf are the figures of an incident.
func tollsOf(n *incidents.Incident, number map[string]int, who *givers) (out []tollView) {
	for _, t := range []struct {
		name string
		toll *incidents.Toll
	}{{"Killed", n.Killed}, {"Wounded", n.Wounded}} {
		if t.toll != nil {
			out = append(out, tollOf(t.name, t.toll, number, who))
		}
	}
	return out
}

func tollOf(name string, t *incidents.Toll, number map[string]int, who *givers) tollView {
	v := tollView{Name: name, Sum: tolled(t), List: strings.ToLower(name)}
	type row struct{ day, amount, speaker string }
	at := map[row]int{}
	for i := range t.Figures {
		f := &t.Figures[i]
		k := row{cmp.Or(f.Published, "no day"), f.Worded(), who.name(f)}
		where := numbered{number[f.Article], claimPath(f.Article, f.Claim)}
		if j, ok := at[k]; ok {
			known := slices.ContainsFunc(v.Rows[j].Articles, func(a numbered) bool { return a.Number == where.Number })
			if !known && len(v.Rows[j].Articles) < mostCited {
				v.Rows[j].Articles = append(v.Rows[j].Articles, where)
			}
			continue
		}
		at[k] = len(v.Rows)
		v.Rows = append(v.Rows, figureRow{k.day, k.amount, k.speaker, who.shape[k.speaker], []numbered{where}})
	}
	v.chart(t, who)
	return v
}

// chart places the figures by day and number, where they are of more than one day.
func (v *tollView) chart(t *incidents.Toll, who *givers) {
	most := 1
	var days []time.Time
	for i := range t.Figures {
		if !t.Figures[i].Part {
			most = max(most, t.Figures[i].Value)
		}
		if d, ok := dayOf(t.Figures[i].Published); ok {
			days = append(days, d)
		}
	}
	if len(days) == 0 {
		return
	}
	first, last := slices.MinFunc(days, time.Time.Compare), slices.MaxFunc(days, time.Time.Compare)
	if first.Equal(last) {
		return // the table says as much of one day
	}
	span := last.Sub(first)
	x := func(d time.Time) string { return percent(0.07 + 0.9*float64(d.Sub(first))/float64(span)) }
	y := func(n int) float64 { return math.Round(10*(chartHigh-(chartHigh-14)*float64(n)/float64(most))) / 10 }
	v.Days = []tick{{X: x(first), Label: first.Format(time.DateOnly), Anchor: "start"}, {X: x(last), Label: last.Format(time.DateOnly), Anchor: "end"}}
	v.Ticks = []tick{{Y: y(0), Label: "0"}, {Y: y(most), Label: strconv.Itoa(most)}}
	if most >= 4 {
		v.Ticks = append(v.Ticks, tick{Y: y(most / 2), Label: strconv.Itoa(most / 2)})
	}
	for i, m := range t.Movement {
		day, ok := dayOf(m.Published)
		if !ok {
			continue
		}
		to := "98%"
		if i+1 < len(t.Movement) {
			if next, ok := dayOf(t.Movement[i+1].Published); ok {
				to = x(next)
				v.Steps = append(v.Steps, segment{to, to, y(m.Best), y(t.Movement[i+1].Best)})
			}
		}
		v.Steps = append(v.Steps, segment{x(day), to, y(m.Best), y(m.Best)})
	}
	drawn := 0
	for _, name := range who.order {
		s := series{Name: name, Shape: who.shape[name]}
		seen := map[point]bool{}
		for j := range t.Figures {
			f := &t.Figures[j]
			day, ok := dayOf(f.Published)
			if !ok || f.Part || who.name(f) != name {
				continue
			}
			p := point{x(day), y(f.Value), fmt.Sprintf("%s, %s, %s", f.Worded(), name, f.Published)}
			if seen[p] || drawn == mostPoints {
				continue
			}
			seen[p] = true
			s.Points = append(s.Points, p)
			drawn++
		}
		if name != byArticle && name != byNobody { // those are many
			s.Lines = joined(s.Points)
		}
		if len(s.Points) == 0 {
			continue
		}
		if k := len(v.Series); k > 0 && v.Series[k-1].Shape == s.Shape {
			last := &v.Series[k-1]
			last.Name, last.Lines = "others", nil
			last.Points = append(last.Points, s.Points...)
			continue
		}
		v.Series = append(v.Series, s)
	}
}

// joined joins the highest of one's figures of each day with that of the next.
func joined(points []point) (lines []segment) {
	var last *point
	for i := 0; i < len(points); {
		high := i
		for j := i; i < len(points) && points[i].X == points[j].X; i++ {
			if points[i].Y < points[high].Y {
				high = i
			}
		}
		if last != nil {
			lines = append(lines, segment{last.X, points[high].X, last.Y, points[high].Y})
		}
		last = &points[high]
	}
	return lines
}

// What stands for a speaker where there is none.
const (
	byArticle = "the article itself"
	byNobody  = "nobody named"
)

// givers are those who give the figures of an incident. "Police" and "the police" are one.
type givers struct {
	names map[string]string // as they stand first, by their small letters
	order []string          // the one with the most figures first
	shape map[string]string // the mark of each
}

func giversOf(tolls ...*incidents.Toll) *givers {
	g := &givers{names: map[string]string{}, shape: map[string]string{}}
	given := map[string]int{}
	for _, t := range tolls {
		if t == nil {
			continue
		}
		for i := range t.Figures {
			f := &t.Figures[i]
			if key := folded(f.Speaker); f.Speaker != "" && g.names[key] == "" {
				g.names[key] = f.Speaker
			}
			name := g.name(f)
			if given[name] == 0 {
				g.order = append(g.order, name)
			}
			given[name]++
		}
	}
	slices.SortStableFunc(g.order, func(a, b string) int { return cmp.Or(cmp.Compare(given[b], given[a]), cmp.Compare(a, b)) })
	for i, name := range g.order {
		g.shape[name] = shapes[min(i, len(shapes)-1)]
	}
	return g
}

// name is who gives a figure.
func (g *givers) name(f *incidents.Statement) string {
	switch {
	case f.Speaker == "" && f.Naming != "":
		return byNobody
	case f.Speaker == "":
		return byArticle
	}
	return cmp.Or(g.names[folded(f.Speaker)], f.Speaker)
}

func folded(name string) string { return strings.TrimPrefix(strings.ToLower(name), "the ") }
