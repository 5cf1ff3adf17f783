package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/report"
	"hearsay/server"
	"hearsay/server/access"
	"hearsay/store"
)

const (
	correctionsPage = 100
	maxCorrection   = 256 << 10 // bytes of a form
)

// correctingRoutes serve the pages on which claims are corrected.
func (d *Desk) correctingRoutes() []server.Route {
	return []server.Route{
		{Pattern: "GET /correct", Scope: access.Correct, Handler: d.page(d.correcting)},
		{Pattern: "POST /correct", Scope: access.Correct, MaxBody: maxCorrection, Handler: http.HandlerFunc(d.correct)},
		{Pattern: "GET /corrections", Handler: d.page(d.corrections)},
		{Pattern: "POST /corrections/{number}/undo", Scope: access.Correct, Handler: http.HandlerFunc(d.undo)},
	}
}

// mending is the page on which one claim is corrected, or one that was missed is added.
type mending struct {
	Article, Claim, Seen string
	Name, Path, History  string
	Text                 []run
	From                 int    // how many characters of the text come before what of it is shown
	Earlier, Later       string // where the text before it and after it is shown
	Typed                typed
	People               []string // that the text names
	Types                []choosable
	Namings              []choosable
	Problem, At          string // what is wrong, and with which form: fix, away or checked
}

// typed is what stands in the fields.
type typed struct {
	Content, Source, Cue, Speaker, Type, Naming string
	ContentAt, SourceAt, CueAt                  string // where words were selected: "12-40", by commas
	Note, Link                                  string
}

type choosable struct {
	Value, Name string
	Chosen      bool
}

// run is a stretch of the text.
type run struct{ Text, Class string }

func (d *Desk) correcting(r *http.Request) (*view, error) {
	q := r.URL.Query()
	claim := q.Get("claim")
	if claim != "" && strings.Trim(claim, "0123456789") == "" { // as a person types it
		claim = "c" + claim
	}
	return d.mend(r, q.Get("article"), claim, nil)
}

// mostBeside is how much of a text is shown beside a claim that is corrected, in bytes: what
// is before the claim and after it is a way off.
const mostBeside = 60_000

// beside shows what of the text is around a claim, or where the address asks.
func (p *mending) beside(r *http.Request, l *ledger.Ledger, c *ledger.Claim) {
	text := l.Document.Text
	begin, end := 0, len(text)
	if end > mostBeside {
		at, err := strconv.Atoi(r.FormValue("at"))
		if err != nil && c != nil && len(c.Content) > 0 {
			at = c.Content[0].Start - mostBeside/2
		}
		begin = lineIn(text, min(max(at, 0), end-1))
		end = lineIn(text, min(begin+mostBeside, end))
		way := func(at int) string {
			return "/correct?" + url.Values{"article": {p.Article}, "claim": {p.Claim}, "at": {strconv.Itoa(at)}}.Encode() + "#fulltext"
		}
		if begin > 0 {
			p.Earlier = way(max(0, begin-mostBeside))
		}
		if end < len(text) {
			p.Later = way(end)
		}
	}
	p.From = utf8.RuneCountInString(text[:begin])
	p.Text = runsOf(l, c, begin, end)
}

// lineIn is where a line begins, at a place of a text or not far before it, or else a letter does.
func lineIn(text string, at int) int {
	if at == len(text) {
		return at
	}
	if i := strings.LastIndexByte(text[max(0, at-5000):at], '\n'); i >= 0 {
		return max(0, at-5000) + i + 1
	}
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// mend makes the page, with what was typed on it if anything was.
func (d *Desk) mend(r *http.Request, article, id string, given *mending) (*view, error) {
	a, l, err := d.Store.Article(r.Context(), article)
	if err != nil {
		return nil, err
	}
	p := &mending{Article: article, Claim: id, Name: called(a.Article.Title, a.Article.URL, article), Path: articlePath(article), History: correctionsPath(article)}
	title := "Add a claim that was missed"
	var c *ledger.Claim
	if id != "" {
		if c = claimIn(l, id); c == nil {
			return nil, &problem{http.StatusNotFound, "No such claim", "The text has no claim of this number any more. It may have been corrected, or read again."}
		}
		title = "Correct claim " + strings.TrimPrefix(id, "c")
		p.Path = claimPath(article, id)
		p.Seen, p.Typed = correction.Seen(l, c), typedOf(l, c)
	}
	p.beside(r, l, c)
	for i := range l.Entities {
		if e := &l.Entities[i]; e.Type != ledger.TypePlace && len(p.People) < 200 {
			p.People = append(p.People, e.Name)
		}
	}
	v := &view{name: "correct", Title: title, Way: "articles", Page: p}
	if given != nil {
		p.Problem, p.At, p.Typed = given.Problem, given.At, given.Typed
		v.status = http.StatusUnprocessableEntity
	}
	p.Types = options(p.Typed.Type, "", "as the text has it", "person", "a person", "organization", "an organisation", "other", "something else")
	p.Namings = options(p.Typed.Naming, "", "as the words have it", "named", "named", "unnamed", "not named")
	return v, nil
}

func options(chosen string, pairs ...string) (out []choosable) {
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, choosable{pairs[i], pairs[i+1], pairs[i] == chosen})
	}
	return out
}

func claimIn(l *ledger.Ledger, id string) *ledger.Claim {
	i := slices.IndexFunc(l.Claims, func(c ledger.Claim) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &l.Claims[i]
}

// typedOf are the fields as a claim has them: a piece of its content a line.
func typedOf(l *ledger.Ledger, c *ledger.Claim) (t typed) {
	var pieces []string
	for _, p := range c.Content {
		pieces = append(pieces, oneLine(l.Quote(p.Span)))
	}
	t.Content = strings.Join(pieces, "\n")
	if c.Cue != nil {
		t.Cue = oneLine(l.Quote(c.Cue.Span))
	}
	if s := c.Source; s != nil {
		t.Source = oneLine(l.Quote(s.Span))
		for i := range l.Entities {
			if l.Entities[i].ID == s.Speaker && s.Speaker != "" {
				t.Speaker = l.Entities[i].Name
			}
		}
	}
	return t
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// runsOf cuts a stretch of a text where what belongs to a claim begins and ends.
func runsOf(l *ledger.Ledger, c *ledger.Claim, begin, end int) (out []run) {
	type part struct {
		ledger.Span
		class string
	}
	var parts []part
	if c != nil {
		for _, p := range c.Content {
			parts = append(parts, part{p.Span, "content"})
		}
		if c.Source != nil && c.Source.End > c.Source.Start {
			parts = append(parts, part{c.Source.Span, "source"})
		}
		if c.Cue != nil {
			parts = append(parts, part{c.Cue.Span, "cue"})
		}
	}
	text := l.Document.Text
	cuts := []int{begin, end}
	for _, p := range parts {
		cuts = append(cuts, min(max(p.Start, begin), end), min(max(p.End, begin), end))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := 1; i < len(cuts); i++ {
		x := run{Text: text[cuts[i-1]:cuts[i]]}
		for _, p := range parts {
			if p.Start <= cuts[i-1] && cuts[i] <= p.End {
				x.Class = p.class
			}
		}
		out = append(out, x)
	}
	return out
}

func correctionsPath(article string) string {
	return "/corrections?" + url.Values{"article": {article}}.Encode()
}

// correct keeps what was corrected, and leads back to the claim.
func (d *Desk) correct(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		d.fail(w, r, broken(err))
		return
	}
	f := r.PostForm
	article, id := f.Get("article"), f.Get("claim")
	now := typed{Content: f.Get("content"), Source: f.Get("source"), Cue: f.Get("cue"), Speaker: f.Get("speaker"), Type: f.Get("type"), Naming: f.Get("naming"),
		ContentAt: f.Get("content-at"), SourceAt: f.Get("source-at"), CueAt: f.Get("cue-at"), Note: f.Get("note"), Link: f.Get("link")}
	_, l, err := d.Store.Article(r.Context(), article)
	if err != nil {
		d.fail(w, r, err)
		return
	}
	again := func(message string) {
		v, err := d.mend(r, article, id, &mending{Problem: message, At: f.Get("do"), Typed: now})
		if err != nil {
			d.fail(w, r, err)
			return
		}
		d.write(w, r, v)
	}
	c := claimIn(l, id)
	if id != "" && c == nil {
		d.fail(w, r, &problem{http.StatusConflict, "No such claim", "The text has no claim of this number any more. It may have been corrected, or read again."})
		return
	}
	if c != nil && f.Get("seen") != correction.Seen(l, c) {
		again("This claim was changed meanwhile, by somebody else or by another reading. Look at it again: nothing was kept.")
		return
	}
	requests := requestsOf(l, c, f.Get("do"), &now)
	if len(requests) == 0 {
		again("Nothing was changed.")
		return
	}
	made, err := d.Store.Correct(r.Context(), article, access.From(r.Context()).Name, requests...)
	var refused *correction.RequestError
	switch {
	case errors.As(err, &refused):
		again(strings.ToUpper(refused.Message[:1]) + refused.Message[1:] + ".")
	case err != nil:
		d.fail(w, r, err)
	default:
		d.Log.InfoContext(r.Context(), "corrected", "article", article, "corrections", len(made))
		path := articlePath(article)
		if id != "" && f.Get("do") != string(correction.Removed) {
			path = claimPath(article, id)
		}
		http.Redirect(w, r, path, http.StatusSeeOther)
	}
}

// requestsOf makes of a form what is asked for: one correction for each field that was changed.
func requestsOf(l *ledger.Ledger, c *ledger.Claim, do string, now *typed) (out []correction.Request) {
	ask := func(k correction.Kind, after *correction.Reading) {
		r := correction.Request{Kind: k, After: after, Note: now.Note, Link: now.Link}
		if c != nil {
			r.Claim = c.ID
		}
		out = append(out, r)
	}
	all := &correction.Reading{}
	for i, line := range lines(now.Content) {
		all.Content = append(all.Content, selected(line, now.ContentAt, i))
	}
	if now.Source != "" {
		all.Source = &correction.Origin{Quote: selected(now.Source, now.SourceAt, 0), Naming: ledger.Naming(now.Naming)}
	}
	if now.Cue != "" {
		q := selected(now.Cue, now.CueAt, 0)
		all.Cue = &q
	}
	if now.Speaker != "" {
		all.Speaker = &correction.Identity{Name: now.Speaker, Type: ledger.EntityType(now.Type)}
	}
	if c == nil {
		ask(correction.Added, all)
		return out
	}
	switch k := correction.Kind(do); k {
	case correction.Unattributed, correction.Removed, correction.Checked:
		ask(k, nil)
		return out
	}
	was := typedOf(l, c)
	if now.Source == "" && now.Cue == "" && (was.Source != "" || was.Cue != "") {
		ask(correction.Unattributed, nil)
		was.Source, was.Cue, was.Speaker = "", "", now.Speaker // of nobody's words there is no speaker
	}
	if now.ContentAt != "" || !slices.Equal(lines(was.Content), lines(now.Content)) {
		ask(correction.Content, all)
	}
	if now.Cue != was.Cue || now.CueAt != "" {
		ask(correction.Cue, all)
	}
	if now.Source != was.Source || now.SourceAt != "" || now.Naming != "" && now.Source != "" {
		if all.Source == nil {
			all.Source = &correction.Origin{Naming: ledger.NamingNone}
		}
		ask(correction.Source, all)
	}
	if now.Speaker != was.Speaker {
		ask(correction.Speaker, all)
	}
	return out
}

func lines(s string) (out []string) {
	for line := range strings.Lines(s) {
		if line = oneLine(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// selected is words that were typed, and where they were selected if they were.
func selected(words, at string, n int) correction.Quote {
	q := correction.Quote{Exact: words}
	if places := strings.Split(at, ","); n < len(places) {
		from, to, _ := strings.Cut(places[n], "-")
		start, err := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if err == nil && err2 == nil {
			q.Start, q.End = start, end
		}
	}
	return q
}

// correctionsView is the page of corrections.
type correctionsView struct {
	Article, Name, Path string // empty for those of all articles
	Add                 string
	Who                 string
	Lines               []correctionLine
	Next, First         string
}

type correctionLine struct {
	Number                   int
	Kind, Who, Made          string
	Claim, Before, After     string
	Note, Link               string
	Article, Path            string
	State, Why               string
	Undone, Undo, WhoPath    string
	Unresolved, Undoable, By bool
}

var kindNames = map[correction.Kind]string{correction.Content: "what is said", correction.Cue: "the words that attribute it", correction.Source: "the words of the source",
	correction.Speaker: "who speaks", correction.Unattributed: "no attribution: the article’s own words", correction.Removed: "no claim", correction.Added: "a claim that was missed", correction.Checked: "checked"}

func (d *Desk) corrections(r *http.Request) (*view, error) {
	ctx, q := r.Context(), r.URL.Query()
	f := store.CorrectionFilter{Article: q.Get("article"), Who: q.Get("who"), Limit: correctionsPage + 1}
	if b := q.Get("before"); b != "" {
		n, err := strconv.Atoi(b)
		if err != nil || n < 1 {
			return nil, &problem{http.StatusBadRequest, "There is no such page", "The list has no page that begins there."}
		}
		f.Before = n
	}
	p := correctionsView{Article: f.Article, Who: f.Who}
	outcomes := map[int]correction.Outcome{}
	if f.Article != "" {
		c, err := d.Store.Corrected(ctx, f.Article)
		if err != nil {
			return nil, err
		}
		p.Name, p.Path = called(c.Article.Article.Title, c.Article.Article.URL, f.Article), articlePath(f.Article)
		p.Add = "/correct?" + url.Values{"article": {f.Article}}.Encode()
		for i := range c.Corrections {
			outcomes[c.Corrections[i].Number] = c.Outcomes[i]
		}
	}
	list, more, err := store.First(correctionsPage, d.Store.ClaimCorrections(ctx, f))
	if err != nil {
		return nil, err
	}
	may := access.From(ctx).May(access.Correct)
	for _, c := range list {
		x := correctionLineOf(c)
		if o, ok := outcomes[c.Number]; ok {
			x.State, x.Why, x.Unresolved = string(o.State), o.Why, o.State == correction.Unresolved || o.State == correction.Refused
			if o.By != 0 {
				x.State = fmt.Sprintf("replaced by %d", o.By)
			}
			if o.Claim != "" {
				x.Path = claimPath(f.Article, o.Claim)
			}
		}
		x.Undoable = may && c.Standing()
		p.Lines = append(p.Lines, x)
	}
	if more && len(list) > 0 {
		next := url.Values{"before": {strconv.Itoa(list[len(list)-1].Number)}}
		for k, v := range map[string]string{"article": f.Article, "who": f.Who} {
			if v != "" {
				next.Set(k, v)
			}
		}
		p.Next = "/corrections?" + next.Encode()
	}
	return &view{name: "corrections", Title: "Corrections", Way: "articles", Page: p}, nil
}

func correctionLineOf(c *correction.Correction) correctionLine {
	x := correctionLine{Number: c.Number, Kind: kindNames[c.Kind], Who: c.Who, Made: c.Made.Format("2006-01-02 15:04"), Note: c.Note, Link: c.Link,
		Article: c.Article, Path: articlePath(c.Article), WhoPath: "/corrections?" + url.Values{"who": {c.Who}}.Encode(),
		Before: readingWords(c.Before), After: readingWords(c.After), Undo: fmt.Sprintf("/corrections/%d/undo", c.Number)}
	if c.Anchor != nil {
		x.Claim = quoted(c.Anchor.Content)
	}
	if u := c.Undone; u != nil {
		x.Undone = "undone by " + u.Who + ", " + u.When.Format("2006-01-02 15:04")
	}
	return x
}

func quoted(list []correction.Quote) string {
	var out []string
	for i := range list {
		out = append(out, oneLine(list[i].Exact))
	}
	return strings.Join(out, " … ")
}

// readingWords is a reading in words.
func readingWords(r *correction.Reading) string {
	if r == nil {
		return ""
	}
	var parts []string
	add := func(name, words string) {
		if words != "" {
			parts = append(parts, name+words)
		}
	}
	if r.Source != nil {
		if r.Source.Naming == ledger.NamingNone {
			add("source: ", "nobody named")
		} else {
			add("source: ", "“"+oneLine(r.Source.Exact)+"”")
		}
	}
	if r.Speaker != nil {
		add("speaker: ", r.Speaker.Name)
	}
	if r.Cue != nil {
		add("cue: ", "“"+oneLine(r.Cue.Exact)+"”")
	}
	if len(r.Content) > 0 {
		add("", "“"+quoted(r.Content)+"”")
	}
	return strings.Join(parts, ", ")
}

// undo takes back a correction, and leads to those of its article.
func (d *Desk) undo(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		d.fail(w, r, store.ErrNotFound)
		return
	}
	if err := r.ParseForm(); err != nil {
		d.fail(w, r, broken(err))
		return
	}
	err = d.Store.UndoCorrection(r.Context(), number, access.From(r.Context()).Name)
	if errors.Is(err, store.ErrNotFound) {
		err = &problem{http.StatusConflict, "Undone already", report.Line(fmt.Sprintf("No correction %d stands. Somebody may have undone it meanwhile.", number))}
	}
	if err != nil {
		d.fail(w, r, err)
		return
	}
	path := "/corrections"
	if article := r.PostForm.Get("article"); article != "" {
		path = correctionsPath(article)
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
}
