package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/corpus/copies"
	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/report"
	"hearsay/server/access"
	"hearsay/store"
)

// pageSize is how many lines a page of a list has.
const pageSize = 30

// query are the parameters of a request, each of them bounded.
type query struct{ url.Values }

func queryOf(r *http.Request) query { return query{r.URL.Query()} }

// text returns a parameter without the blanks around it, or a *problem.
func (q query) text(name string) (string, error) {
	s := strings.TrimSpace(q.Get(name))
	if len(s) > 2000 {
		return "", &problem{http.StatusBadRequest, "That is too long", "A search may have 2,000 characters."}
	}
	return strings.ToValidUTF8(s, "\uFFFD"), nil
}

// with is the address of the same list with some parameters otherwise; an empty
// value leaves one out.
func (q query) with(path string, pairs ...string) string {
	out := url.Values{}
	for name, values := range q.Values {
		if len(values) > 0 && values[0] != "" {
			out.Set(name, values[0])
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			out.Del(pairs[i])
		} else {
			out.Set(pairs[i], pairs[i+1])
		}
	}
	if len(out) == 0 {
		return path
	}
	return path + "?" + out.Encode()
}

// field is a choice of a filter with what was chosen.
type field struct {
	Name, Label, Kind string // Kind: text, date or choice
	Value             string
	Choices           []option
}

type option struct {
	Value, Name string
	Chosen      bool
}

var namings = []option{{"named", "named", false}, {"unnamed", "unnamed (“officials”)", false}, {"none", "nobody (“reportedly”)", false}}

var certainties = []option{{"certain", "put as certain", false}, {"probable", "put as probable", false}, {"possible", "put as possible", false}, {"unknown", "left open", false}, {"denied", "denied", false}}

func types() []option {
	var list []option
	for _, t := range ledger.IncidentTypes() {
		list = append(list, option{string(t), string(t), false})
	}
	slices.SortFunc(list, func(a, b option) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// fieldsOf are the fields by which claims and incidents are sifted.
func (q query) fieldsOf(names ...string) []field {
	var list []field
	for _, name := range names {
		f := field{Name: name, Value: strings.TrimSpace(q.Get(name)), Kind: "text"}
		switch name {
		case "speaker":
			f.Label = "Speaker"
		case "place":
			f.Label = "Place"
		case "country":
			f.Label = "Country, two letters"
		case "naming":
			f.Label, f.Kind, f.Choices = "Source", "choice", slices.Clone(namings)
		case "wording":
			f.Label, f.Kind, f.Choices = "Wording", "choice", slices.Clone(certainties)
		case "type":
			f.Label, f.Kind, f.Choices = "About", "choice", types()
		case "since":
			f.Label, f.Kind = "Published from", "date"
		case "until":
			f.Label, f.Kind = "to", "date"
		case "hsince":
			f.Label, f.Kind = "Happened from", "date"
		case "huntil":
			f.Label, f.Kind = "to", "date"
		case "origins":
			f.Label, f.Kind = "Independent origins, at least", "number"
		}
		for i := range f.Choices {
			f.Choices[i].Chosen = f.Choices[i].Value == f.Value
		}
		list = append(list, f)
	}
	return list
}

// filter makes of the parameters what a store is asked for. What makes no sense
// is a *problem.
func (q query) filter() (f store.Filter, err error) {
	for _, p := range []struct {
		name string
		to   *string
	}{{"speaker", &f.Speaker}, {"place", &f.Place}, {"country", &f.Country}, {"since", &f.Since}, {"until", &f.Until}, {"hsince", &f.HappenedSince}, {"huntil", &f.HappenedUntil}} {
		if *p.to, err = q.text(p.name); err != nil {
			return f, err
		}
	}
	if f.Country = strings.ToUpper(f.Country); f.Country != "" && (len(f.Country) != 2 || strings.Trim(f.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		return f, &problem{http.StatusBadRequest, "There is no such country", "A country is a code of two letters (ISO 3166-1), such as SE."}
	}
	known := func(name string, of []option) (string, error) {
		v := q.Get(name)
		if v != "" && !slices.ContainsFunc(of, func(o option) bool { return o.Value == v }) {
			return "", &problem{http.StatusBadRequest, "That cannot be looked for", "There is nothing of the kind among what " + name + " may be."}
		}
		return v, nil
	}
	naming, err := known("naming", namings)
	if err != nil {
		return f, err
	}
	wording, err := known("wording", certainties)
	if err != nil {
		return f, err
	}
	kind, err := known("type", types())
	if err != nil {
		return f, err
	}
	f.Naming, f.Type = ledger.Naming(naming), ledger.IncidentType(kind)
	if wording == string(ledger.Denied) {
		f.Polarity = ledger.Denied
	} else {
		f.Level = ledger.Level(wording)
	}
	if before := q.Get("before"); before != "" {
		if f.Before, err = strconv.ParseInt(before, 10, 64); err != nil || f.Before <= 0 {
			return f, &problem{http.StatusBadRequest, "There is no such page", "The list has no page that begins there."}
		}
	}
	f.Limit = pageSize + 1
	return f, nil
}

// claimLine is a claim in a list.
type claimLine struct {
	*store.Claim
	Class   string // what it stands on
	Lead    string
	Name    string
	Sure    []string
	Path    string // of its article's page, at the claim
	Article string // what its article is called
	Day     string
	Said    string // what is claimed, or the beginning of it

	Match, InCommon string // beside a fact-check: how likely it is about the claim, and what that rests on
}

// mostSaid is how much of a claim a list shows, in letters.
const mostSaid = 900

func lineOf(c *store.Claim) claimLine {
	l := claimLine{Claim: c, Class: "own", Lead: "In the article’s own voice", Article: called(c.Title, c.URL, c.Article), Day: c.Published, Said: cut(c.Content, mostSaid)}
	switch {
	case c.Naming == ledger.NamingNamed, c.Naming == ledger.NamingUnnamed:
		l.Class, l.Lead, l.Name = string(c.Naming), "On the word of", cmp.Or(c.Speaker, c.Source)
	case c.Naming != "" || c.Cue != "":
		l.Class, l.Lead = "nobody", "On nobody’s word in particular"
	}
	switch c.Level {
	case ledger.LevelProbable, ledger.LevelPossible:
		l.Sure = append(l.Sure, string(c.Level))
	case ledger.LevelUnknown:
		l.Sure = append(l.Sure, "left open")
	}
	if c.Polarity == ledger.Denied {
		l.Sure = append(l.Sure, "denied")
	}
	l.Path = claimPath(c.Article, c.ID)
	return l
}

// called is the name of an article in a list.
func called(title, address, id string) string {
	if digest, ok := strings.CutPrefix(id, "sha256:"); ok && len(digest) > 8 {
		id = "Untitled text " + digest[:8]
	}
	return cmp.Or(title, address, id)
}

// found is the page of a search.
type found struct {
	Query, In   string
	Fields      []field
	Open        bool // the filters
	Claims      []claimLine
	Hits        []hit
	Next, First string
	Asked       bool
	Relevance   bool
	Other       string  // the same search in texts, or in claims
	Save        []field // what the form carries that saves this search; nil where it cannot be
}

type hit struct {
	*store.Hit
	Name, Path string
}

var searchFields = []string{"speaker", "naming", "wording", "type", "place", "country", "since", "until", "hsince", "huntil"}

func (d *Desk) search(r *http.Request) (*view, error) {
	q := queryOf(r)
	text, err := q.text("q")
	if err != nil {
		return nil, err
	}
	f, err := q.filter()
	if err != nil {
		return nil, err
	}
	p := found{Query: text, In: "claims", Relevance: q.Get("order") == "relevance"}
	if q.Get("in") == "texts" {
		p.In, p.Fields, p.Other = "texts", q.fieldsOf("since", "until"), q.with("/search", "in", "", "before", "")
	} else {
		p.Fields, p.Other = q.fieldsOf(searchFields...), q.with("/search", "in", "texts", "before", "")
	}
	for _, x := range p.Fields {
		p.Open = p.Open || x.Value != ""
	}
	if p.Relevance {
		f.Order, f.Before = store.Relevance, 0
	}
	p.Asked = text != "" || p.Open && p.In == "claims"
	if !p.Asked {
		return &view{name: "search", Title: "Search", Way: "search", Page: p}, nil
	}
	if p.In == "claims" {
		p.Save = saving(r, store.OfClaims, text, p.Fields)
	}
	var last int64
	more := false
	if p.In == "texts" {
		hits, rest, err := store.First(pageSize, d.Store.Texts(r.Context(), text, f))
		if err != nil {
			return nil, err
		}
		more = rest
		for _, h := range hits {
			p.Hits, last = append(p.Hits, hit{h, called(h.Title, h.URL, h.Article), articlePath(h.Article)}), h.Number
		}
	} else {
		claims, rest, err := store.First(pageSize, d.Store.Claims(r.Context(), text, f))
		if err != nil {
			return nil, err
		}
		more = rest
		for _, c := range claims {
			p.Claims, last = append(p.Claims, lineOf(c)), c.Number
		}
	}
	p.Next, p.First = pages(q, "/search", more && !p.Relevance, last)
	return &view{name: "search", Title: cmp.Or(text, "Claims"), Way: "search", Page: p}, nil
}

// pages are the addresses of the next page and the first, empty where there is none or it is this.
func pages(q query, path string, more bool, last int64) (next, first string) {
	if more {
		next = q.with(path, "before", strconv.FormatInt(last, 10))
	}
	if q.Get("before") != "" {
		first = q.with(path, "before", "")
	}
	return next, first
}

// articleLine is an article in a list.
type articleLine struct {
	Name, Path, Day, Site string
	Added                 string
	Version               int
}

type articlesPage struct {
	Fields      []field
	Articles    []articleLine
	Next, First string
}

func (d *Desk) articles(r *http.Request) (*view, error) {
	q := queryOf(r)
	f, err := q.filter()
	if err != nil {
		return nil, err
	}
	list, more, err := store.First(pageSize, d.Store.Articles(r.Context(), store.Filter{Since: f.Since, Until: f.Until, Before: f.Before, Limit: f.Limit, LastFirst: true}))
	if err != nil {
		return nil, err
	}
	p := articlesPage{Fields: q.fieldsOf("since", "until")}
	var last int64
	for _, a := range list {
		p.Articles = append(p.Articles, articleLine{called(a.Article.Title, a.Article.URL, a.ID), articlePath(a.ID), a.Article.Published, a.Article.Site, a.Added.Format(time.DateOnly), a.Version})
		last = a.Number
	}
	p.Next, p.First = pages(q, "/articles", more, last)
	return &view{name: "articles", Title: "Articles", Way: "articles", Page: p}, nil
}

// kept is what the collection knows of an article beside its ledger.
type kept struct {
	Corrections           string // where they are listed; empty for an older version
	Corrected, Unresolved int    // how many stand, and how many of these no longer fit
	ID, Added, Origin     string
	Version               int
	Versions              []link
	Diff                  string // what this version changed of the one before
	Copies                []copyLine
	MoreCopies            bool
}

type link struct {
	Name, Path string
	Here       bool
}

// copyLine is another article of a group of copies.
type copyLine struct {
	Name, Path, Day, Diff, How string
}

// mostCopies is how many other articles of a group are listed.
const mostCopies = 20

func (d *Desk) article(r *http.Request) (*view, error) {
	q := queryOf(r)
	id := q.Get("id")
	version := 0
	if v := q.Get("version"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			return nil, store.ErrNotFound
		}
		version = n
	}
	corrected, err := d.Store.Corrected(r.Context(), id)
	if err != nil {
		return nil, err
	}
	newest, l := corrected.Article, corrected.Ledger
	a := newest
	fields := []report.Field{{Name: "id", Value: id}}
	if version != 0 && version != newest.Version {
		if a, l, err = d.Store.Version(r.Context(), id, version); err != nil {
			return nil, err
		}
		fields = append(fields, report.Field{Name: "version", Value: strconv.Itoa(version)})
	}
	section := report.Section{Ledger: l, Title: called(a.Article.Title, a.Article.URL, id), Path: "/article", Fields: fields, Sifting: sifting(r)}
	if a == newest && access.From(r.Context()).May(access.Correct) {
		section.Correct, section.CorrectOf = "/correct", []report.Field{{Name: "article", Value: id}}
	}
	html, err := section.HTML()
	if err != nil {
		return nil, err
	}
	k := &kept{ID: id, Added: a.Added.Format("2006-01-02 15:04 MST"), Origin: a.Origin, Version: a.Version}
	if newest.Version > 1 {
		for v := newest.Version; v >= 1 && newest.Version-v < 50; v-- {
			path := articlePath(id)
			if v != newest.Version {
				path += "&version=" + strconv.Itoa(v)
			}
			k.Versions = append(k.Versions, link{fmt.Sprint("version ", v), path, v == a.Version})
		}
		if a.Version > 1 {
			k.Diff = diffPath(id, a.Version-1, id, a.Version)
		}
	}
	if a == newest {
		if err := d.copiesOf(r.Context(), k); err != nil {
			return nil, err
		}
	}
	if a == newest {
		k.Corrections = correctionsPath(id)
		for _, o := range corrected.Outcomes {
			if o.State != correction.TakenBack {
				k.Corrected++
			}
			if o.State == correction.Unresolved || o.State == correction.Refused {
				k.Unresolved++
			}
		}
	}
	return &view{name: "article", Title: called(a.Article.Title, a.Article.URL, id), Way: "articles", Ledger: true, Page: struct {
		Kept    *kept
		Section any
	}{k, html}}, nil
}

// copiesOf finds the other articles of an article's group of copies.
func (d *Desk) copiesOf(ctx context.Context, k *kept) error {
	groups, _, err := store.First(1, d.Store.Copies(ctx, store.Filter{Article: k.ID, Limit: 1}))
	if err != nil || len(groups) == 0 {
		return err
	}
	g := groups[0]
	made := map[string]copies.Copy{}
	for _, c := range g.Copies {
		made[c.Article] = c
	}
	for _, id := range g.Articles {
		if id == k.ID {
			continue
		}
		if len(k.Copies) == mostCopies {
			k.MoreCopies = true
			return nil
		}
		h, err := d.head(ctx, id)
		if err != nil {
			return err
		}
		how := ""
		if c, ok := made[id]; ok && c.Of == k.ID {
			how = "made from this"
		} else if c, ok := made[k.ID]; ok && c.Of == id {
			how = "this was made from it"
		}
		line := copyLine{Name: h.Name, Path: articlePath(id), Day: h.Day, How: how, Diff: diffPath(k.ID, 0, id, 0)}
		if how == "this was made from it" {
			line.Diff = diffPath(id, 0, k.ID, 0)
		}
		k.Copies = append(k.Copies, line)
	}
	return nil
}

// head is what an article is called in a list.
func (d *Desk) head(ctx context.Context, id string) (articleLine, error) {
	a, _, err := d.Store.Article(ctx, id)
	if errors.Is(err, store.ErrNotFound) { // it has been removed since
		return articleLine{Name: id, Path: articlePath(id)}, nil
	}
	if err != nil {
		return articleLine{}, err
	}
	return articleLine{Name: called(a.Article.Title, a.Article.URL, id), Path: articlePath(id), Day: a.Article.Published, Site: a.Article.Site}, nil
}

func diffPath(a string, versionA int, b string, versionB int) string {
	v := url.Values{"a": {a}, "b": {b}}
	if versionA != 0 {
		v.Set("av", strconv.Itoa(versionA))
	}
	if versionB != 0 {
		v.Set("bv", strconv.Itoa(versionB))
	}
	return "/diff?" + v.Encode()
}

// speakersPage lists who is heard.
type speakersPage struct {
	Fields   []field
	Speakers []speakerLine
	More     bool
}

type speakerLine struct {
	*store.Speaker
	Path, Share string
}

// mostSpeakers is how many are listed: those with the most claims.
const mostSpeakers = 100

func (d *Desk) speakers(r *http.Request) (*view, error) {
	q := queryOf(r)
	f, err := q.filter()
	if err != nil {
		return nil, err
	}
	f.Limit, f.Before = mostSpeakers+1, 0
	list, more, err := store.First(mostSpeakers, d.Store.Speakers(r.Context(), f))
	if err != nil {
		return nil, err
	}
	p := speakersPage{Fields: q.fieldsOf("speaker", "place", "country", "type", "since", "until"), More: more}
	for _, s := range list {
		p.Speakers = append(p.Speakers, speakerLine{s, "/speaker?" + url.Values{"name": {s.Name}}.Encode(), strconv.FormatFloat(100*float64(s.Claims)/float64(list[0].Claims), 'f', 1, 64) + "%"})
	}
	return &view{name: "speakers", Title: "Speakers", Way: "speakers", Page: p}, nil
}

// speakerPage is what one has said.
type speakerPage struct {
	Name        string
	Is          *store.Speaker
	Claims      []claimLine
	Fields      []field
	Next, First string
}

// A page of a speaker's claims is sought among this many, since the store finds
// by the words of a name and others may have them too.
const speakerLook = 600

func (d *Desk) speaker(r *http.Request) (*view, error) {
	q := queryOf(r)
	name, err := q.text("name")
	if err != nil {
		return nil, err
	}
	f, err := q.filter()
	if err != nil {
		return nil, err
	}
	if name == "" {
		return nil, store.ErrNotFound
	}
	p := speakerPage{Name: name, Fields: q.fieldsOf("wording", "type", "since", "until")}
	f.Speaker = name
	// Those most heard are kept in a list; whoever is not in it is counted, which
	// takes long where many others are called by the same words.
	for _, among := range []store.Filter{{Limit: mostSpeakers + 1}, {Speaker: name, Limit: 50}} {
		for s, err := range d.Store.Speakers(r.Context(), among) {
			if err != nil {
				return nil, err
			}
			if s.Name == name {
				p.Is = s
				break
			}
		}
		if p.Is != nil {
			break
		}
	}
	if p.Is == nil {
		return nil, store.ErrNotFound
	}
	f.Limit = speakerLook
	var last int64
	seen, more := 0, false
	for c, err := range d.Store.Claims(r.Context(), "", f) {
		if err != nil {
			return nil, err
		}
		if seen++; c.Speaker == name {
			if len(p.Claims) == pageSize {
				more = true
				break
			}
			p.Claims = append(p.Claims, lineOf(c))
		}
		last = c.Number
	}
	p.Next, p.First = pages(q, "/speaker", more || seen == speakerLook, last)
	return &view{name: "speaker", Title: name, Way: "speakers", Page: p}, nil
}
