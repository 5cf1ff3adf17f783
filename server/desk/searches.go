package desk

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/ledger"
	"hearsay/report"
	"hearsay/server/access"
	"hearsay/store"
)

// savedSearch is one in the list of those that were saved, here or elsewhere.
type savedSearch struct {
	Name, Kind, Path, Saved string
	For                     []string
	Beyond                  bool // it asks for more than its page here can
}

func (d *Desk) searches(r *http.Request) (*view, error) {
	all, err := d.Store.Alerts().Searches(r.Context())
	if err != nil {
		return nil, err
	}
	list := make([]savedSearch, 0, len(all))
	for i := range all {
		list = append(list, savedOf(&all[i]))
	}
	return &view{name: "searches", Title: "Saved searches", Way: "search", Page: struct {
		Searches []savedSearch
		May      bool // remove them
	}{list, access.From(r.Context()).May(access.Admin)}}, nil
}

// saveSearch saves the search for claims or incidents that a form has, under a name that none has yet.
func (d *Desk) saveSearch(w http.ResponseWriter, r *http.Request) {
	err := d.savedFrom(r)
	if err != nil {
		d.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/searches", http.StatusSeeOther)
}

func (d *Desk) savedFrom(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	q := query{r.PostForm}
	name, err := q.text("name")
	if err != nil {
		return err
	}
	if name == "" || len(name) > mostName {
		return &problem{http.StatusUnprocessableEntity, "That name cannot be given", fmt.Sprintf("A saved search has a name of at most %d characters. Go back and give one.", mostName)}
	}
	f, err := q.filter()
	if err != nil {
		return err
	}
	words, err := q.text("q")
	if err != nil {
		return err
	}
	all, err := d.Store.Alerts().Searches(r.Context())
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(s store.Search) bool { return s.Name == name }) {
		return &problem{http.StatusConflict, "That name is taken", "There is a saved search called " + report.Line(name) + ". Go back and give this one another name, or remove that one first."}
	}
	f.Before, f.Limit = 0, 0
	search := store.Search{Name: name, Kind: store.OfClaims, Query: words, Filter: store.IncidentFilter{Filter: f}}
	if q.Get("kind") == string(store.OfIncidents) {
		search.Kind, search.Query = store.OfIncidents, ""
		if search.Filter.Origins, err = q.origins(); err != nil {
			return err
		}
	}
	if err := store.Try(r.Context(), d.Store, search); err != nil {
		return err
	}
	return d.Store.Alerts().SaveSearch(r.Context(), search)
}

// saving is a form that saves the search that was made: what it looks for.
func saving(r *http.Request, kind store.SearchKind, words string, fields []field) []field {
	if !access.From(r.Context()).May(access.Admin) {
		return nil
	}
	save := []field{{Name: "kind", Value: string(kind)}}
	if words != "" {
		save = append(save, field{Name: "q", Value: words})
	}
	for _, x := range fields {
		if x.Value != "" {
			save = append(save, field{Name: x.Name, Value: x.Value})
		}
	}
	return save
}

// mostName is how long the name of a saved search may be, in bytes.
const mostName = 100

// removeSearch removes a saved search.
func (d *Desk) removeSearch(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		d.fail(w, r, broken(err))
		return
	}
	if err := d.Store.Alerts().DeleteSearch(r.Context(), r.PostForm.Get("name")); err != nil {
		d.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/searches", http.StatusSeeOther)
}

// savedOf says what a search looks for, and where its page is.
func savedOf(s *store.Search) savedSearch {
	out := savedSearch{Name: s.Name, Kind: string(s.Kind), Saved: s.Saved.Format(time.DateOnly)}
	v := url.Values{}
	f := &s.Filter
	certainty := string(f.Level)
	if f.Polarity == ledger.Denied {
		certainty = string(ledger.Denied)
	}
	atLeast := func(n int) string {
		if n > 0 {
			return strconv.Itoa(n)
		}
		return ""
	}
	for _, p := range []struct{ parameter, name, value string }{
		{"q", "words", s.Query}, {"speaker", "speaker", f.Speaker}, {"naming", "source", string(f.Naming)}, {"wording", "wording", certainty},
		{"type", "about", string(f.Type)}, {"place", "place", f.Place}, {"country", "country", f.Country}, {"since", "published from", f.Since}, {"until", "published until", f.Until},
		{"hsince", "happened from", f.HappenedSince}, {"huntil", "happened until", f.HappenedUntil}, {"origins", "independent origins, at least", atLeast(f.Origins)},
		{"", "articles, at least", atLeast(f.Articles)}, {"", "killed, at least", atLeast(s.Killed)}, {"", "wounded, at least", atLeast(s.Wounded)},
		{"", "claimed by", s.ClaimedBy}, {"", "blamed on", s.BlamedOn},
	} {
		if p.value == "" {
			continue
		}
		out.For = append(out.For, p.name+" "+p.value)
		if p.parameter == "" {
			out.Beyond = true
		} else {
			v.Set(p.parameter, p.value)
		}
	}
	if f.Score != nil {
		out.Beyond = true
		out.For = append(out.For, "certainty "+strings.Join([]string{strconv.FormatFloat(f.Score.Low, 'f', -1, 64), strconv.FormatFloat(f.Score.High, 'f', -1, 64)}, " to "))
	}
	out.Path = cmp.Or(map[store.SearchKind]string{store.OfIncidents: "/incidents"}[s.Kind], "/search") + "?" + v.Encode()
	return out
}
