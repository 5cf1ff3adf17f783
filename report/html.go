package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"hearsay/ledger"
)

// The page's parts: markup, and our own style and script, which the page's
// content security policy allows by their digests and nothing else.
var (
	//go:embed page/page.html
	pageMarkup string
	//go:embed page/page.css
	pageStyle string
	//go:embed page/page.js
	pageScript string
)

// page is parsed where the first page is written, and only there.
var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.New("page").Funcs(template.FuncMap{
		"visible":      visible,
		"worthMeans":   func() string { return worthMeans },
		"wordingMeans": func() string { return wordingMeans },
	}).Parse(pageMarkup + sectionMarkup)
})

// htmlWriter writes one page with a section for each ledger. The sections go
// out as they come; the list of contents, which needs them all, goes last and
// is moved to the top by the style sheet.
type htmlWriter struct {
	w        io.Writer
	rank     *Ranking // the order of the claims; nil for that of the text
	sections []sectionLink
}

// sectionLink is a line of the list of contents.
type sectionLink struct {
	Anchor, Title string
	Claims        string // how many; empty where the input failed
}

func (h *htmlWriter) Write(l *ledger.Ledger) error {
	if err := l.CheckSpans(); err != nil {
		return err
	}
	a := newArticle(l, h.anchor(), h.rank)
	if err := h.begin(a.Title); err != nil {
		return err
	}
	h.sections = append(h.sections, sectionLink{a.Anchor, a.Title, claims(len(l.Claims))})
	return h.part("article", a)
}

func (h *htmlWriter) Fail(f ledger.Failure) error {
	anchor, title := h.anchor(), f.Input
	if title == "" {
		title = "An input"
	}
	if err := h.begin(title); err != nil {
		return err
	}
	h.sections = append(h.sections, sectionLink{anchor, title, ""})
	return h.part("failure", struct{ Anchor, Title, Message string }{anchor, title, f.Message})
}

func (h *htmlWriter) Close() error {
	if err := h.begin("Nothing was read"); err != nil {
		return err
	}
	return h.part("end", struct {
		Sections []sectionLink
		Script   template.JS
	}{h.sections, template.JS(pageScript)})
}

func (h *htmlWriter) anchor() string { return "a" + strconv.Itoa(len(h.sections)+1) }

// begin writes what comes before the first section. The page is called after
// that section, as the others are not known yet.
func (h *htmlWriter) begin(title string) error {
	if len(h.sections) > 0 {
		return nil
	}
	policy := fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'",
		digest(pageStyle), digest(pageScript))
	return h.part("begin", struct {
		Title, Policy string
		Style         template.CSS
	}{title, policy, template.CSS(pageStyle)})
}

// part writes one template. It goes out whole or, on an error, not at all.
func (h *htmlWriter) part(name string, data any) error {
	t, err := pageTemplate()
	if err != nil {
		return fmt.Errorf("writing page: %w", err)
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, name, data); err != nil {
		return fmt.Errorf("writing page: %w", err)
	}
	_, err = h.w.Write(out.Bytes())
	return err
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// visible replaces control characters, which have no place in HTML.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			if r == '\r' {
				return -1
			}
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// article is one ledger as the template takes it.
type article struct {
	window   *window // nil where all is shown
	Anchor   string
	Title    string
	About    []string // site, date and byline, as far as known
	URL      string   // only http and https
	Language string
	Total    string
	Choice   string // the name of the filter's buttons
	Form     string // the id of the form that they belong to; empty for none
	Chosen   string // the footing whose claims are shown at first; empty for all
	Grounds  []ground
	Voices   []heard
	Course   []ticks
	At       string        // where in the text each of its claims stands, in thousandths, in their order
	Numbers  string        // the numbers that the entries' anchors end in, in the same order
	Words    template.HTML // the text with its marks
	Entries  []*entry      // in text order, until they are ranked
	Order    string        // of the entries, in words
	Sifted   *sifted       // by what they can be sifted; nil on a page of its own
	Ranked   bool          // it is another than that of the text

	Foremost  []place  // what to check first
	Reasons   []reason // those that the claims have
	Works     []work   // the techniques that the text uses
	notes     []*note  // of the passages, in the order of the text
	Incidents []incident
	Checks    []check
	Moments   []when
	Kin       []kin

	MoreVoices, MoreIncidents, MoreMoments int // that are not listed

	Part      string // the number of the part that is shown, where there are several
	Correct   string // where claims are corrected; empty where none can be
	CorrectOf []Field
}

// reason is one that some claims have.
type reason struct {
	Key, Name string
	First     bool // claims that have it come before the others
	Count     int
}

// work is a technique with where the text uses it.
type work struct {
	ID, Name, Explanation string
	Notes                 []*note
}

// note is what is said of one passage.
type note struct {
	ID, Label, Words, About string
	Cut                     bool // Words is not all of the passage
	Placed                  bool // the text has a place to link to
	Href                    string
	at                      int
	Work                    *work
	Claim                   place // the claim that it is shown with, if any
}

// incident is one as the page shows it.
type incident struct {
	Label, Type string
	Scene       []string
	Tolls       []figures
	Parts       []partShown
	Means, Told []place
}

// check is a published fact-check.
type check struct {
	Level, Claim, Rating, By, InCommon string
	URL                                string // only http and https
	Claims, Related                    []place
}

// figures are how many were hurt, by who says so.
type figures struct {
	Name, Sum string
	Given     []place
}

// partShown is a role in an incident and who is said to have it.
type partShown struct {
	Name  string
	Takes []place
}

// place is a stretch of the text and where to find it.
type place struct {
	Words, By string
	About     string // of a date: what is told of it; of what to check first: why
	Worth     string // of what to check first: how far it deserves it
	Href      string // of the entry of the claim it stands in, empty for none
	Label     string // of that claim
	Class     string // its footing
	Rest      int    // of the last in a list: so many are not listed, and this stands for them
}

// when is one point of the timeline.
type when struct {
	Value, In string // EDTF, and as people write it
	Told      []place
}

// kin are the entities of one type.
type kin struct {
	Name   string
	People []person
	More   int // that are not listed
}

// person is an entity, of whatever type.
type person struct {
	Name, Known string
	Count       int
}

// ground is how many claims stand on one footing.
type ground struct {
	Class, Name string
	Count       int
	X, Width    string // of its part of the bar
}

// heard is one who is heard.
type heard struct {
	Name, About, Class string
	Count              int
	Width              string // of the bar
	First              string // leads to the first claim
}

// ticks are the claims of one footing in the course of the text, as the path of an
// SVG that is 1,000 wide.
type ticks struct{ Class, Path string }

// tickLines are where the ticks of each footing begin and how long they are.
var tickLines = [footings][2]int{onNamed: {0, 26}, onUnnamed: {8, 18}, onNobody: {16, 10}, ownVoice: {29, 5}}

// entry is a claim as the list shows it.
type entry struct {
	Anchor  string // of the entry; the place in the text has "t" before it
	Href    string // leads to it
	Label   string // the claim's number or id
	Placed  bool   // the text has a place to link to
	Class   string // its footing
	Name    string // who is heard
	Role    string // of who is heard
	Lead    string // on whose word, in words
	Unnamed bool
	Manner  string
	Sure    []string // how sure the wording is, where it is not plain
	Words   []spoken // source, cue and channel as the text has them
	Content []string
	Within  *entry
	Inside  []*entry
	Level   int
	Worth   string // how far it deserves checking; empty where that was not judged
	Why     string // the reasons for that
	Keys    string // of these reasons
	Rank    int    // its place in the order by check-worthiness
	Works   []work // the techniques of the passages in it, with these
	Hedge   string // for the text: how sure the wording is, in a word or two, where that is marked there
	Sift    *sift  // whether it is shown; nil on a page of its own
	Hands   []hand // what people did to it
}

type spoken struct {
	Words, Role string
	Apart       bool
}

// levels are how many claims inside claims the style sheet tells apart.
const levels = 3

var (
	footingClasses = [footings]string{"named", "unnamed", "nobody", "own"}
	roleClasses    = [...]string{isSource: "source", isCue: "cue", isChannel: "channel", isContent: "content"}

	plainID = regexp.MustCompile(`^c(0|[1-9][0-9]{0,5})$`)
)

func newArticle(l *ledger.Ledger, anchor string, rank *Ranking) *article {
	o := newOutline(l)
	a := articleOf(o, anchor, nil)
	a.weigh(o, rank)
	return a
}

// articleOf is a ledger as the template takes it, with the text and the course of the
// part that w shows, or of all where w is nil.
func articleOf(o *outline, anchor string, w *window) *article {
	d := &o.Document
	a := &article{
		window:   w,
		Anchor:   anchor,
		Title:    o.title(),
		About:    o.origin(),
		URL:      webAddress(d.URL),
		Language: d.Language,
		Total:    claims(len(o.Claims)),
		Choice:   anchor + "-show",
		Order:    "in the order of the text",
	}
	a.ground(o)
	a.enter(o)
	a.hear(o)
	a.work(o)
	a.draw(o)
	a.happen(o)
	a.check(o)
	a.date(o)
	a.cast(o)
	return a
}

// ground counts what the claims stand on.
func (a *article) ground(o *outline) {
	before := 0
	for f, n := range o.count {
		g := ground{Class: footingClasses[f], Name: strings.ReplaceAll(footingNames[f], "'", "’"), Count: n}
		if total := len(o.Claims); total > 0 {
			g.X, g.Width = percent(before, total), percent(n, total)
		}
		before += n
		a.Grounds = append(a.Grounds, g)
	}
}

// enter makes the entries.
func (a *article) enter(o *outline) {
	depth := o.depths()
	entries := make([]entry, len(o.Claims))
	var paths [footings]strings.Builder
	var at, numbers []byte
	begin, long := 0, len(o.Document.Text)
	if w := a.window; w != nil && w.here < len(w.parts) {
		begin, long = w.parts[w.here].Start, w.parts[w.here].End-w.parts[w.here].Start
	}
	number := o.numbers()
	a.Entries = make([]*entry, len(o.Claims))
	for i := range o.Claims {
		c := &o.Claims[i]
		f := footingOf(c)
		e := &entries[i]
		a.Entries[i] = e
		e.Anchor = a.Anchor + "c" + strconv.Itoa(number(i))
		e.Href = a.window.toClaim(i, e.Anchor)
		e.Label = label(c.ID)
		if plainID.MatchString(c.ID) {
			e.Label = c.ID[1:]
		}
		e.Class = footingClasses[f]
		e.Sure = sure(c)
		if o.layered {
			e.Hedge = strings.Join(e.Sure, ", ")
		}
		e.Manner, e.Level = string(c.Manner), min(depth[i], levels-1)
		switch f {
		case onNamed, onUnnamed:
			v := &o.voices[o.voice[i]]
			e.Lead, e.Name, e.Role = "On the word of", v.name, v.role()
			e.Unnamed = f == onUnnamed
		case onNobody:
			e.Lead = "On nobody’s word in particular"
		case ownVoice:
			e.Lead = "In the article’s own voice"
		}
		for _, p := range o.attribution(c) {
			e.Words = append(e.Words, spoken{p.words, roleClasses[p.is], p.apart})
		}
		for _, p := range c.Content {
			e.Content = append(e.Content, o.Quote(p.Span))
		}
		e.Worth, e.Why = scored(c.Checkworthiness), why(&c.Worth, " · ")
		if !a.window.lists(i) {
			continue
		}
		numbers = append(strconv.AppendInt(numbers, int64(number(i)), 10), ' ')
		if len(c.Content) > 0 {
			x := 1000 * (c.Content[0].Start - begin) / long
			fmt.Fprintf(&paths[f], "M%d %dv%d", x+2, tickLines[f][0], tickLines[f][1])
			at = strconv.AppendInt(at, int64(x), 10)
		}
		at = append(at, ' ')
	}
	for f := range paths {
		if paths[f].Len() > 0 {
			a.Course = append(a.Course, ticks{footingClasses[f], paths[f].String()})
		}
	}
	a.At, a.Numbers = strings.TrimSuffix(string(at), " "), strings.TrimSuffix(string(numbers), " ")
	for i, j := range o.outer {
		if j >= 0 {
			entries[i].Within = &entries[j]
			entries[j].Inside = append(entries[j].Inside, &entries[i])
		}
	}
}

// numbers are those by which the claims are known: of their ids, which stay when a claim
// is taken out, and otherwise of their order.
func (o *outline) numbers() func(i int) int {
	known := make(map[string]bool, len(o.Claims))
	for i := range o.Claims {
		if id := o.Claims[i].ID; !plainID.MatchString(id) || known[id] {
			return func(i int) int { return i + 1 }
		} else {
			known[id] = true
		}
	}
	return func(i int) int {
		n, _ := strconv.Atoi(o.Claims[i].ID[1:])
		return n
	}
}

// hear lists who is heard.
func (a *article) hear(o *outline) {
	for i := range o.voices {
		v := &o.voices[i]
		h := heard{Name: v.name, About: v.role(), Class: "unnamed", Count: len(v.claims)}
		if v.named {
			h.Class = "named"
		}
		h.Width = percent(len(v.claims), len(o.voices[0].claims))
		h.First = a.Entries[v.claims[0]].Href
		a.Voices = append(a.Voices, h)
	}
}

// work lists the techniques.
func (a *article) work(o *outline) {
	if len(o.passages) == 0 {
		return
	}
	notes := make([]note, len(o.passages))
	a.notes = make([]*note, len(o.passages))
	for i := range o.passages {
		p, n := &o.passages[i], &notes[i]
		a.notes[i] = n
		n.ID, n.Label, n.About, n.at = a.Anchor+p.label, p.label, o.whose(p), p.Start
		n.Href = "#" + n.ID
		if a.window != nil {
			n.Href = a.window.href(a.window.at(p.Start), n.ID)
		}
		if p.score > 0 {
			n.About += ", " + scored(p.score)
		}
		n.Words, n.Cut = opening(o.Quote(p.Span), mostOfPassage)
		if p.claim >= 0 {
			n.Claim = a.place(a.Entries[p.claim].Label, "", p.claim)
		}
	}
	techniques := o.techniques()
	a.Works = make([]work, len(techniques))
	for k, t := range techniques {
		w := &a.Works[k]
		w.ID, w.Name, w.Explanation = a.Anchor+"w"+strconv.Itoa(k+1), t.passages[0].name(), t.label.Explanation()
		for _, p := range t.passages {
			n := a.notes[p.number]
			n.Work = w
			w.Notes = append(w.Notes, n)
			if p.claim < 0 {
				continue
			}
			e := a.Entries[p.claim]
			if last := len(e.Works) - 1; last < 0 || e.Works[last].ID != w.ID {
				e.Works = append(e.Works, work{ID: w.ID, Name: w.Name})
			}
			last := &e.Works[len(e.Works)-1]
			last.Notes = append(last.Notes, n)
		}
	}
}

// mostForemost is how many claims are named as what to check first.
const mostForemost = 10

// weigh puts the claims in the order of a ranking, and says which to check first
// and by what they can be put in another order. The rest of the page has to be there.
func (a *article) weigh(o *outline, rank *Ranking) {
	entries := a.Entries
	count := make(map[ledger.Reason]int)
	judged := false
	for i := range o.Claims {
		c := &o.Claims[i]
		judged = judged || c.Checkworthiness > 0
		keys := make([]string, len(c.Reasons))
		for k, r := range c.Reasons {
			keys[k] = r.Key()
			count[r]++
		}
		entries[i].Keys = strings.Join(keys, " ")
	}
	if judged {
		for place, i := range o.Ranked() {
			entries[i].Rank = place + 1
		}
		for _, r := range ledger.Reasons() {
			if n := count[r]; n > 0 {
				a.Reasons = append(a.Reasons, reason{Key: r.Key(), Name: string(r), Count: n, First: rank != nil && slices.Contains(rank.First, r)})
			}
		}
	}
	for _, i := range o.foremost(rank, mostForemost) {
		words, cut := opening(o.content(&o.Claims[i], " […] "), mostOfPassage)
		if cut {
			words += " …"
		}
		p := a.place(words, o.who(i), i)
		p.About, p.Worth = entries[i].Why, entries[i].Worth
		a.Foremost = append(a.Foremost, p)
	}
	if rank == nil {
		return
	}
	a.Order, a.Ranked = rank.how(), true
	a.Entries = make([]*entry, len(entries))
	for place, i := range o.order(rank) {
		a.Entries[place] = entries[i]
	}
}

// place is words that stand in claim i.
func (a *article) place(words, by string, i int) place {
	p := place{Words: words, By: by}
	if i >= 0 {
		e := a.Entries[i]
		p.Href, p.Label, p.Class = e.Href, e.Label, e.Class
	}
	return p
}

func (a *article) places(list []told) []place {
	out := make([]place, len(list))
	for i, t := range list {
		out[i] = a.place(t.words, "", t.claim)
		out[i].About = t.about
	}
	return out
}

// happen lists the incidents.
func (a *article) happen(o *outline) {
	for i := range o.Incidents {
		n := &o.Incidents[i]
		x := incident{Label: label(n.ID), Type: string(n.Type), Scene: o.scene(n), Means: a.places(o.means(n)), Told: a.places(o.mentioned(n))}
		for _, t := range o.tolls(n) {
			f := figures{Name: t.name, Sum: t.sum}
			for _, g := range t.given {
				f.Given = append(f.Given, a.place(g.words, g.by, g.claim))
			}
			x.Tolls = append(x.Tolls, f)
		}
		for _, p := range o.taken(n) {
			shown := partShown{Name: p.name}
			for _, t := range p.takes {
				shown.Takes = append(shown.Takes, a.place(t.name, t.by, t.claim))
			}
			x.Parts = append(x.Parts, shown)
		}
		a.Incidents = append(a.Incidents, x)
	}
}

// check lists the published fact-checks.
func (a *article) check(o *outline) {
	for _, k := range o.checks() {
		c := check{Level: string(k.Level), Claim: k.Review.ClaimReviewed, Rating: k.Review.Rating, By: publication(&k.Review), InCommon: inCommon(k.Same), URL: webAddress(k.Review.URL)}
		for _, i := range k.claims {
			c.Claims = append(c.Claims, a.place(a.Entries[i].Label, "", i))
		}
		for _, i := range k.related {
			c.Related = append(c.Related, a.place(a.Entries[i].Label, "", i))
		}
		a.Checks = append(a.Checks, c)
	}
}

// date lists the dates.
func (a *article) date(o *outline) {
	for _, m := range o.timeline() {
		a.Moments = append(a.Moments, when{Value: m.value, In: inWords(m.value), Told: a.places(m.mentions)})
	}
}

// cast lists the entities.
func (a *article) cast(o *outline) {
	for _, k := range o.kin() {
		x := kin{Name: k.name}
		for _, e := range k.entities {
			x.People = append(x.People, person{Name: e.Name, Known: known(e), Count: len(e.Mentions)})
		}
		a.Kin = append(a.Kin, x)
	}
}

func percent(n, of int) string {
	return strconv.FormatFloat(100*float64(n)/float64(of), 'f', 2, 64) + "%"
}

// webAddress is s where a browser may go there, and empty where not.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
